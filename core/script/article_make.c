/* article_make.c - an article from a Lua table, as good as one from a reader. */
#include "script/bind.h"

/* words and site are worked out, so they are let pass; all else must be known. */
static void check_names(lua_State *L, int index) {
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "an article is made from named fields");
        sheaf_slice name = sheaf_check_slice(L, -1);
        if (!sheaf_article_can_set(name) && !sheaf_slice_is(name, "words") &&
            !sheaf_slice_is(name, "site")) {
            sheaf_article_suggest(L, name);
            luaL_error(L, "%s", lua_tostring(L, -1));
        }
    }
}

/* Gives it what readers give: clean text, blocks, language, an id. */
static void finish(lua_State *L, sheaf_article *article, int index) {
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_error error = {0};
    sheaf_slice id = article->field[SHEAF_FIELD_ID];
    sheaf_buffer *source = sheaf_scratch_buffer(L);
    const char *problem = sheaf_encode_value(L, index, source);
    if (problem)
        luaL_error(L, "article: %s", problem);
    sheaf_check_memory(L, source->failed);
    if (sheaf_article_finish(article, sheaf_buffer_view(source), 0, &limits, &error) != SHEAF_OK)
        luaL_error(L, "article: %s", error.message);
    if (id.size)
        article->field[SHEAF_FIELD_ID] = id;
    sheaf_scratch_end(L);
}

sheaf_article *sheaf_article_from_table(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checktype(L, index, LUA_TTABLE);
    check_names(L, index);
    sheaf_article *article = sheaf_article_push(L);
    int made = lua_gettop(L);
    if (!sheaf_article_set_fields(L, article, index, true))
        luaL_error(L, "%s", lua_tostring(L, -1));
    if (article->field[SHEAF_FIELD_TEXT].size || article->field[SHEAF_FIELD_HEADLINE].size)
        finish(L, article, index);
    lua_pushliteral(L, "words");
    if (lua_rawget(L, index) == LUA_TNUMBER && !article->field[SHEAF_FIELD_TEXT].size) {
        sheaf_loan *loan = sheaf_article_loan(L, made);
        loan->words = (size_t)lua_tointeger(L, -1);
        loan->has_words = true;
    }
    lua_settop(L, made);
    sheaf_article_account(L, made);
    return article;
}
