/* bind_text.c - the helpers: dates, credits, words, folding, finding.
 *
 * Text from Lua may be anything; what the core wants as UTF-8 is mended first.
 * Positions are Lua's: from 1, end included. */
#include "script/bind.h"

#include "article/credit.h"
#include "article/date.h"
#include "article/url.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/words.h"

sheaf_slice sheaf_check_text(lua_State *L, int index) {
    sheaf_slice text = sheaf_check_slice(L, index);
    if (sheaf_utf8_valid(text))
        return text;
    sheaf_buffer *mended = sheaf_scratch_buffer(L);
    sheaf_utf8_repair(mended, text);
    sheaf_check_memory(L, mended->failed);
    return sheaf_buffer_view(mended);
}

static int bind_date(lua_State *L) {
    sheaf_date date;
    sheaf_slice text = sheaf_check_slice(L, 1);
    if (!sheaf_date_parse(&date, sheaf_slice_trim(text)))
        return luaL_pushfail(L), 1;
    sheaf_slice edtf = sheaf_date_text(sheaf_scratch_arena(L), &date);
    sheaf_check_memory(L, edtf.size == 0);
    sheaf_push_slice(L, edtf);
    return 1;
}

static int bind_date_range(lua_State *L) {
    int64_t first, last;
    if (!sheaf_date_range(sheaf_check_slice(L, 1), &first, &last))
        return luaL_pushfail(L), 1;
    lua_pushinteger(L, first);
    lua_pushinteger(L, last);
    return 2;
}

static int bind_dateline(lua_State *L) {
    sheaf_dateline found = {0};
    size_t size = 0;
    sheaf_slice text = sheaf_check_text(L, 1);
    sheaf_arena *arena = sheaf_scratch_arena(L);
    bool is_one = sheaf_dateline_parse(&found, &size, text, arena);
    sheaf_check_memory(L, arena->failed);
    if (!is_one)
        return luaL_pushfail(L), 1;
    lua_createtable(L, 0, 4);
    sheaf_set_slice(L, "raw", found.raw);
    sheaf_set_slice(L, "place", found.place);
    sheaf_set_slice(L, "date", found.date);
    sheaf_set_slice(L, "agency", found.agency);
    lua_pushinteger(L, (lua_Integer)size);
    return 2;
}

static int bind_byline(lua_State *L) {
    sheaf_slice line = sheaf_check_text(L, 1);
    sheaf_article *article = sheaf_article_push(L);
    bool is_one = sheaf_byline_parse(article, line);
    sheaf_check_memory(L, article->arena.failed);
    if (!is_one)
        return luaL_pushfail(L), 1;
    lua_getfield(L, -1, "authors");
    return 1;
}

static int bind_site(lua_State *L) {
    sheaf_slice site = sheaf_url_site(sheaf_check_slice(L, 1));
    if (site.size)
        sheaf_push_slice(L, site);
    else
        luaL_pushfail(L);
    return 1;
}

static int bind_fold(lua_State *L) {
    sheaf_slice text = sheaf_check_text(L, 1);
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    sheaf_fold(out, text);
    sheaf_check_memory(L, out->failed);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

static int bind_count_words(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)sheaf_word_count(sheaf_check_text(L, 1)));
    return 1;
}

static int bind_language(lua_State *L) {
    double confidence = 0;
    lua_pushstring(L, sheaf_language_of(sheaf_check_text(L, 1), &confidence));
    lua_pushnumber(L, confidence);
    return 2;
}

/* Iterators keep their text, mended, and the offset to go on from as upvalues. */
static int push_iterator(lua_State *L, lua_CFunction next) {
    sheaf_push_slice(L, sheaf_check_text(L, 1));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next, 2);
    return 1;
}

static sheaf_slice iterator_text(lua_State *L, size_t *at) {
    *at = (size_t)lua_tointeger(L, lua_upvalueindex(2));
    return sheaf_check_slice(L, lua_upvalueindex(1));
}

static void iterator_move(lua_State *L, size_t at) {
    lua_pushinteger(L, (lua_Integer)at);
    lua_replace(L, lua_upvalueindex(2));
}

static int push_place(lua_State *L, size_t start, size_t end) {
    lua_pushinteger(L, (lua_Integer)start + 1);
    lua_pushinteger(L, (lua_Integer)end);
    return 3;
}

static int next_date(lua_State *L) {
    sheaf_date date;
    size_t at, start, end;
    sheaf_slice text = iterator_text(L, &at);
    if (!sheaf_date_find(&date, text, at, true, &start, &end))
        return 0;
    iterator_move(L, end);
    sheaf_slice edtf = sheaf_date_text(sheaf_scratch_arena(L), &date);
    sheaf_check_memory(L, edtf.size == 0);
    sheaf_push_slice(L, edtf);
    return push_place(L, start, end);
}

static int bind_find_dates(lua_State *L) {
    return push_iterator(L, next_date);
}

static int next_url(lua_State *L) {
    size_t at, start, end;
    sheaf_slice text = iterator_text(L, &at);
    if (!sheaf_url_find(text, at, &start, &end))
        return 0;
    iterator_move(L, end);
    sheaf_push_slice(L, sheaf_slice_part(text, start, end));
    return push_place(L, start, end);
}

static int bind_find_urls(lua_State *L) {
    return push_iterator(L, next_url);
}

void sheaf_bind_text(lua_State *L) {
    static const luaL_Reg functions[] = {{"date", bind_date},
                                         {"date_range", bind_date_range},
                                         {"dateline", bind_dateline},
                                         {"byline", bind_byline},
                                         {"site", bind_site},
                                         {"fold", bind_fold},

                                         {"count_words", bind_count_words},
                                         {"language", bind_language},
                                         {"markdown", sheaf_bind_markdown},
                                         {"find_dates", bind_find_dates},
                                         {"find_urls", bind_find_urls},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
    sheaf_bind_words(L);
}
