/* bind_article.c - an article in Lua: a small handle whose fields are read
 * when they are touched.
 *
 *   lent:   [tag | loan* | ticket]                          12 to 24 bytes, no __gc
 *   owned:  [tag | loan* | ticket | loan | charged | words]  loan* points inside
 *
 * A lender (a loop over a file, a plugin that is called) lends one article
 * after another; the ticket tells a late handle from a good one, so nothing
 * needs to be found and cleared when a loan ends, not even after an error.
 * The tag is checked instead of the metatable, which is twice as fast; Lua
 * code cannot make userdata, so no other one can bear it. */
#include "script/bind.h"

#include "article/json.h"
#include "article/row.h"
#include "article/url.h"
#include "base/utf8.h"
#include "script/state.h"
#include "text/fold.h"
#include "text/words.h"

static const char handle_tag;

typedef struct handle {
    const void *tag;
    sheaf_loan *loan;
    uint64_t ticket;
} handle;

typedef struct owner {
    handle handle;
    sheaf_loan loan;
    size_t charged;
} owner;

enum { FIELD_SITE = SHEAF_FIELD_COUNT, FIELD_WORDS, FIELD_ENTRIES };

/* ---- loans ------------------------------------------------------------------ */

void sheaf_loan_begin(sheaf_loan *loan, sheaf_article *article) {
    loan->ticket++;
    loan->article = article;
    loan->has_words = loan->has_folded = false;
}

void sheaf_loan_end(sheaf_loan *loan) {
    loan->ticket++;
    loan->article = NULL;
}

void sheaf_loan_clear(sheaf_loan *loan) {
    sheaf_loan_end(loan);
    sheaf_buffer_clear(&loan->folded);
}

void sheaf_article_lend(lua_State *L, sheaf_loan *loan, int owner_index) {
    if (owner_index != 0)
        owner_index = lua_absindex(L, owner_index);
    handle *lent = lua_newuserdatauv(L, sizeof *lent, owner_index != 0);
    *lent = (handle){&handle_tag, loan, loan->ticket};
    if (owner_index != 0) {
        lua_pushvalue(L, owner_index);
        lua_setiuservalue(L, -2, 1);
    }
    luaL_setmetatable(L, "sheaf.article");
}

sheaf_article *sheaf_article_push(lua_State *L) {
    owner *own = lua_newuserdatauv(L, sizeof *own, 0);
    *own = (owner){.handle = {&handle_tag, &own->loan, 0}};
    luaL_setmetatable(L, "sheaf.article.own");
    own->loan.article = sheaf_article_new();
    sheaf_check_memory(L, !own->loan.article);
    return own->loan.article;
}

static handle *test_handle(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || lua_rawlen(L, index) < sizeof(handle))
        return NULL;
    handle *article = lua_touserdata(L, index);
    return article->tag == &handle_tag ? article : NULL;
}

static handle *check_handle(lua_State *L, int index) {
    handle *article = test_handle(L, index);
    if (!article)
        luaL_typeerror(L, index, "article");
    if (article->ticket != article->loan->ticket)
        luaL_error(L, "article used after its call; keep a:copy()");
    return article;
}

/* The owner of an owned article, or NULL for a lent one. */
static owner *owner_of(handle *article) {
    owner *own = (owner *)(void *)article;
    return article->loan == &own->loan ? own : NULL;
}

sheaf_article *sheaf_article_unread(lua_State *L, int index) {
    return check_handle(L, index)->loan->article;
}

sheaf_article *sheaf_article_check(lua_State *L, int index) {
    sheaf_article *article = sheaf_article_unread(L, index);
    if (article->view.pending) {
        sheaf_row_fetch_all(article);
        sheaf_check_memory(L, article->arena.failed);
    }
    return article;
}

sheaf_slice sheaf_article_text(lua_State *L, int index) {
    sheaf_article *article = sheaf_article_unread(L, index);
    sheaf_row_fetch(article, SHEAF_FIELD_TEXT);
    sheaf_check_memory(L, article->arena.failed);
    return article->field[SHEAF_FIELD_TEXT];
}

sheaf_loan *sheaf_article_loan(lua_State *L, int index) {
    return check_handle(L, index)->loan;
}

sheaf_article *sheaf_article_test(lua_State *L, int index) {
    handle *article = test_handle(L, index);
    return article && article->ticket == article->loan->ticket ? article->loan->article : NULL;
}

void sheaf_article_account(lua_State *L, int index) {
    owner *own = owner_of(check_handle(L, index));
    size_t size = own->loan.article->arena.total;
    if (size <= own->charged)
        return;
    sheaf_check_memory(L, !sheaf_state_charge(L, size - own->charged));
    own->charged = size;
}

static int article_collect(lua_State *L) {
    owner *own = lua_touserdata(L, 1);
    sheaf_state_discharge(L, own->charged);
    own->charged = 0;
    sheaf_article_free(own->loan.article);
    sheaf_loan_clear(&own->loan);
    return 0;
}

/* ---- fields ------------------------------------------------------------------ */

static size_t count_words(sheaf_loan *loan) {
    if (!loan->has_words) {
        loan->words = sheaf_word_count(loan->article->field[SHEAF_FIELD_TEXT]);
        loan->has_words = true;
    }
    return loan->words;
}

static void push_text(lua_State *L, sheaf_slice text) {
    if (text.size)
        sheaf_push_slice(L, text);
    else
        lua_pushnil(L);
}

uint64_t sheaf_article_fields(sheaf_slice name) {
    sheaf_field field = sheaf_field_by_name(name);
    if (field == SHEAF_FIELD_TEXT)
        return UINT64_C(1) << field | UINT64_C(1) << FIELD_WORDS;
    if (field == SHEAF_FIELD_URL)
        return UINT64_C(1) << field | UINT64_C(1) << FIELD_SITE;
    if (field < SHEAF_FIELD_COUNT)
        return UINT64_C(1) << field;
    if (sheaf_slice_is(name, "site"))
        return UINT64_C(1) << FIELD_SITE;
    if (sheaf_slice_is(name, "words"))
        return UINT64_C(1) << FIELD_WORDS;
    for (unsigned i = 0; sheaf_field_entries[i].name; i++) {
        if (sheaf_slice_is(name, sheaf_field_entries[i].name))
            return UINT64_C(1) << (FIELD_ENTRIES + i);
    }
    return 0;
}

/* What the field is, or is worked out from, is read from the row if it was not yet. */
static void fetch_field(lua_State *L, const sheaf_loan *loan, lua_Integer number) {
    sheaf_article *article = loan->article;
    if (number < SHEAF_FIELD_COUNT)
        sheaf_row_fetch(article, (sheaf_field)number);
    else if (number == FIELD_WORDS)
        sheaf_row_fetch(article, loan->has_words ? SHEAF_FIELD_COUNT : SHEAF_FIELD_TEXT);
    else if (number == FIELD_SITE)
        sheaf_row_fetch(article, SHEAF_FIELD_URL);
    else
        sheaf_row_fetch_key(article,
                            sheaf_slice_of(sheaf_field_entries[number - FIELD_ENTRIES].name));
    sheaf_check_memory(L, article->arena.failed);
}

static void push_field(lua_State *L, sheaf_loan *loan, lua_Integer number) {
    sheaf_article *article = loan->article;
    if (article->view.pending)
        fetch_field(L, loan, number);
    if (number < SHEAF_FIELD_COUNT)
        push_text(L, article->field[number]);
    else if (number == FIELD_WORDS)
        lua_pushinteger(L, (lua_Integer)count_words(loan));
    else if (number == FIELD_SITE)
        push_text(L,
                  loan->site.size ? loan->site : sheaf_url_site(article->field[SHEAF_FIELD_URL]));
    else
        sheaf_field_entries[number - FIELD_ENTRIES].push(L, article);
}

/* Methods that see to what they may read themselves. */
static bool is_whole(sheaf_slice method) {
    return sheaf_slice_is(method, "json") || sheaf_slice_is(method, "table") ||
           sheaf_slice_is(method, "copy") || sheaf_slice_is(method, "set") ||
           sheaf_slice_is(method, "apply") || sheaf_slice_is(method, "attach");
}

/* Of a plugin that names its needs: those fields that are part of the row. */
static uint64_t row_fields(void) {
    const uint64_t worked_out = UINT64_C(1) << FIELD_SITE | UINT64_C(1) << FIELD_WORDS |
                                sheaf_article_fields(SLICE("layers"));
    return ((UINT64_C(1) << (FIELD_ENTRIES + 12)) - 1) & ~worked_out;
}

void sheaf_article_permit(lua_State *L, const sheaf_loan *loan, int keys) {
    if (!loan->denied)
        return;
    if (!lua_istable(L, keys)) {
        if (loan->denied & row_fields())
            luaL_error(L,
                       "this reads the whole article: the plugin needs all fields, or no 'needs'");
        return;
    }
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, keys, i) == LUA_TSTRING &&
            (loan->denied & sheaf_article_fields(sheaf_check_slice(L, -1))) ==
                sheaf_article_fields(sheaf_check_slice(L, -1)) &&
            sheaf_article_fields(sheaf_check_slice(L, -1)))
            luaL_error(L, "'%s' is not among what the plugin needs: add \"%s\" to its needs",
                       lua_tostring(L, -1), lua_tostring(L, -1));
        lua_pop(L, 1);
    }
}

static int refuse_field(lua_State *L) {
    return luaL_error(L, "'%s' is not among what the plugin needs: add \"%s\" to its needs",
                      lua_tostring(L, 2), lua_tostring(L, 2));
}

/* a.name; upvalue: name -> number of a field, or a method. */
static int article_index(lua_State *L) {
    handle *article = check_handle(L, 1);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    switch (lua_rawget(L, lua_upvalueindex(1))) {
    case LUA_TNUMBER:
        if (article->loan->denied >> lua_tointeger(L, -1) & 1)
            return refuse_field(L);
        push_field(L, article->loan, lua_tointeger(L, -1));
        return 1;
    case LUA_TFUNCTION:
        if (article->loan->denied >> SHEAF_FIELD_TEXT & 1 && !is_whole(sheaf_check_slice(L, 2)))
            return luaL_error(L, "a:%s() reads the text: add \"text\" to the needs of the plugin",
                              lua_tostring(L, 2));
        return 1;
    default: break;
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "an article has no field of type %s", luaL_typename(L, 2));
    lua_pushvalue(L, lua_upvalueindex(1));
    return sheaf_unknown_name(L, "an article", sheaf_check_slice(L, 2));
}

static int article_newindex(lua_State *L) {
    return luaL_error(L,
                      "fields of an article are not assigned: use a:copy() and set(field, value)");
}

/* ---- methods ------------------------------------------------------------------ */

/* Are the characters that meet at text[at] parts of one word? */
static bool joined(sheaf_slice text, size_t at) {
    if (at == 0 || at >= text.size)
        return false;
    size_t from = at, to = at, word = 0, start, end;
    sheaf_utf8_previous(text, &from);
    sheaf_utf8_next(text, &to);
    sheaf_slice pair = sheaf_slice_part(text, from, to);
    return sheaf_word_next(pair, &word, &start, &end) && start == 0 && end == pair.size;
}

/* How often a phrase stands in text, but no more than `most`. */
static size_t count_phrase(sheaf_slice text, sheaf_slice phrase, size_t most) {
    size_t at = 0;
    size_t count = 0;
    while (count < most && (at = sheaf_slice_find(text, at, phrase)) != SIZE_MAX) {
        bool whole = !joined(text, at) && !joined(text, at + phrase.size);
        count += whole;
        at += whole ? phrase.size : 1;
    }
    return count;
}

/* Headline and text without case and accents; made once a loan. */
static sheaf_slice folded_text(lua_State *L, sheaf_loan *loan) {
    if (!loan->has_folded) {
        sheaf_row_fetch(loan->article, SHEAF_FIELD_HEADLINE);
        sheaf_row_fetch(loan->article, SHEAF_FIELD_TEXT);
        sheaf_check_memory(L, loan->article->arena.failed);
        sheaf_buffer_reset(&loan->folded);
        sheaf_fold(&loan->folded, loan->article->field[SHEAF_FIELD_HEADLINE]);
        sheaf_buffer_char(&loan->folded, '\n');
        sheaf_fold(&loan->folded, loan->article->field[SHEAF_FIELD_TEXT]);
        sheaf_check_memory(L, loan->folded.failed);
        loan->has_folded = true;
    }
    return sheaf_buffer_view(&loan->folded);
}

/* Of the phrase at 2. */
static size_t count_here(lua_State *L, size_t most) {
    sheaf_loan *loan = sheaf_article_loan(L, 1);
    sheaf_slice phrase = sheaf_slice_trim(sheaf_check_slice(L, 2));
    luaL_argcheck(L, sheaf_utf8_valid(phrase), 2, "not valid UTF-8");
    sheaf_buffer *folded = sheaf_scratch_buffer(L);
    sheaf_fold(folded, phrase);
    sheaf_check_memory(L, folded->failed);
    sheaf_slice text = folded_text(L, loan);
    return folded->size ? count_phrase(text, sheaf_buffer_view(folded), most) : 0;
}

static int article_has(lua_State *L) {
    lua_pushboolean(L, count_here(L, 1) > 0);
    return 1;
}

static int article_count(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)count_here(L, SIZE_MAX));
    return 1;
}

/* a:find(pattern [, init]) → first byte, last byte, captures: in the text. */
static int article_find(lua_State *L) {
    sheaf_push_slice(L, sheaf_article_text(L, 1));
    lua_replace(L, 1);
    lua_settop(L, 3);
    return sheaf_string_find(L);
}

/* Upvalues: article, number of the block before. */
static int next_paragraph(lua_State *L) {
    const sheaf_article *article = sheaf_article_check(L, lua_upvalueindex(1));
    size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(2));
    if (i >= article->blocks.count)
        return 0;
    const sheaf_block *block = &article->blocks.items[i];
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_replace(L, lua_upvalueindex(2));
    sheaf_push_slice(L, sheaf_slice_part(article->field[SHEAF_FIELD_TEXT], block->from, block->to));
    lua_pushstring(L, sheaf_block_kind_names[block->kind]);
    return 2;
}

static int article_paragraphs(lua_State *L) {
    sheaf_article_check(L, 1);
    lua_settop(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_paragraph, 2);
    return 1;
}

static void write_keys(lua_State *L, sheaf_buffer *out, const sheaf_article *article, int keys) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    size_t before = out->size;
    sheaf_buffer_char(out, '{');
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, keys, i) != LUA_TSTRING) {
            out->size = before;
            luaL_error(L, "keys: expected a list of field names");
        }
        sheaf_slice key = sheaf_check_slice(L, -1);
        if (i > 1)
            sheaf_buffer_char(out, ',');
        sheaf_json_write(out, key);
        sheaf_buffer_char(out, ':');
        if (sheaf_slice_is(key, "layers"))
            sheaf_layers_write(out, article);
        else if (!sheaf_row_write_key(out, article, key)) {
            out->size = before;
            luaL_error(L, "keys: a row has no '%s'", key.data);
        }
        lua_pop(L, 1);
    }
    sheaf_buffer_char(out, '}');
}

/* Layers that were joined become the last key of the row. */
static void write_joined(sheaf_buffer *out, const sheaf_article *article) {
    if (article->layers.count == 0 || out->size == 0 || out->data[out->size - 1] != '}')
        return;
    out->size--;
    sheaf_buffer_add(out, SLICE(",\"layers\":"));
    sheaf_layers_write(out, article);
    sheaf_buffer_char(out, '}');
}

void sheaf_article_write(lua_State *L, sheaf_buffer *out, const sheaf_article *article, int keys) {
    if (lua_isnoneornil(L, keys)) {
        sheaf_row_write(out, article);
        write_joined(out, article);
    } else {
        luaL_checktype(L, keys, LUA_TTABLE);
        write_keys(L, out, article, keys);
    }
    sheaf_check_memory(L, out->failed);
}

static int article_json(lua_State *L) {
    const sheaf_article *article = sheaf_article_unread(L, 1);
    lua_settop(L, 2);
    sheaf_article_permit(L, sheaf_article_loan(L, 1), 2);
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    sheaf_article_write(L, out, article, 2);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

static bool is_empty_table(lua_State *L) {
    if (!lua_istable(L, -1))
        return lua_isnil(L, -1);
    lua_pushnil(L);
    if (!lua_next(L, -2))
        return true;
    lua_pop(L, 2);
    return false;
}

static int article_table(lua_State *L) {
    sheaf_loan *loan = sheaf_article_loan(L, 1);
    const sheaf_article *article = sheaf_article_check(L, 1);
    lua_settop(L, 1);
    sheaf_article_permit(L, loan, 2);
    lua_createtable(L, 0, 24);
    for (int i = 0; i < SHEAF_FIELD_COUNT; i++)
        sheaf_set_slice(L, sheaf_field_names[i], article->field[i]);
    sheaf_set_slice(L, "site", sheaf_url_site(article->field[SHEAF_FIELD_URL]));
    sheaf_set_integer(L, "words", (lua_Integer)count_words(loan));
    for (const sheaf_field_entry *entry = sheaf_field_entries; entry->name; entry++) {
        entry->push(L, article);
        if (is_empty_table(L))
            lua_pop(L, 1);
        else
            lua_setfield(L, -2, entry->name);
    }
    return 1;
}

static void copy_layers(sheaf_article *to, const sheaf_article *from) {
    for (size_t i = 0; i < from->layers.count; i++) {
        sheaf_attribute layer = {sheaf_arena_copy(&to->arena, from->layers.items[i].name),
                                 sheaf_arena_copy(&to->arena, from->layers.items[i].value)};
        SHEAF_LIST_ADD(to, layers, layer);
    }
}

static int article_copy(lua_State *L) {
    const sheaf_article *article = sheaf_article_unread(L, 1);
    lua_settop(L, 1);
    sheaf_article_permit(L, sheaf_article_loan(L, 1), 2);
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_error error = {0};
    sheaf_buffer *row = sheaf_scratch_buffer(L);
    sheaf_row_write(row, article);
    sheaf_check_memory(L, row->failed);
    sheaf_article *copy = sheaf_article_push(L);
    if (sheaf_row_read(copy, sheaf_buffer_view(row), &limits, &error) != SHEAF_OK)
        return luaL_error(L, "cannot copy: %s", error.message);
    copy_layers(copy, article);
    sheaf_check_memory(L, copy->arena.failed);
    sheaf_article_account(L, -1);
    return 1;
}

/* What was counted in the old text no longer holds. */
static void forget_counts(sheaf_loan *loan) {
    loan->has_words = loan->has_folded = false;
}

static int article_set(lua_State *L) {
    handle *article = check_handle(L, 1);
    if (!owner_of(article))
        return luaL_error(L, "only a copy can be changed: use a:copy()");
    sheaf_slice name = sheaf_check_slice(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (!sheaf_article_assign(L, article->loan->article, name, 3))
        return luaL_error(L, "%s", lua_tostring(L, -1));
    forget_counts(article->loan);
    sheaf_article_account(L, 1);
    lua_settop(L, 1);
    return 1;
}

/* a:apply(plugin, fields), host only: what an extractor gave, put in place. */
static int article_apply(lua_State *L) {
    sheaf_loan *loan = sheaf_article_loan(L, 1);
    sheaf_slice plugin = sheaf_check_slice(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    forget_counts(loan);
    if (!sheaf_article_apply(L, loan->article, plugin, 3)) {
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    return 1;
}

/* a:attach(name, found), host only: what an extractor gave, as a layer. */
static int article_attach(lua_State *L) {
    sheaf_loan *loan = sheaf_article_loan(L, 1);
    sheaf_slice name = sheaf_check_slice(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    if (!sheaf_layers_attach(L, loan->article, name, 3)) {
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    return 1;
}

/* a:forget(plugin), host only: drops the attribute of that name. */
static int article_forget(lua_State *L) {
    sheaf_article_drop_attribute(sheaf_article_check(L, 1), sheaf_check_slice(L, 2));
    return 0;
}

static int article_text(lua_State *L) {
    const sheaf_article *article = sheaf_article_test(L, 1);
    if (!article)
        return lua_pushliteral(L, "article (used after its call)"), 1;
    sheaf_slice id = article->field[SHEAF_FIELD_ID];
    lua_pushliteral(L, "article ");
    sheaf_push_slice(L, id.size ? id : SLICE("without id"));
    lua_concat(L, 2);
    return 1;
}

/* ---- opening ------------------------------------------------------------------ */

/* The table that a.name looks into. */
static void push_names(lua_State *L, bool trusted) {
    static const luaL_Reg methods[] = {{"has", article_has},
                                       {"count", article_count},
                                       {"find", article_find},
                                       {"tokens", sheaf_article_tokens},
                                       {"sentences", sheaf_article_sentences},
                                       {"matches", sheaf_article_matches},
                                       {"match_any", sheaf_article_match_any},
                                       {"paragraphs", article_paragraphs},
                                       {"json", article_json},
                                       {"table", article_table},
                                       {"copy", article_copy},
                                       {"set", article_set},
                                       {NULL, NULL}};
    lua_createtable(L, 0, 48);
    luaL_setfuncs(L, methods, 0);
    if (trusted) {
        lua_pushcfunction(L, article_apply);
        lua_setfield(L, -2, "apply");
        lua_pushcfunction(L, article_attach);
        lua_setfield(L, -2, "attach");
        lua_pushcfunction(L, article_forget);
        lua_setfield(L, -2, "forget");
    }
    for (int i = 0; i < SHEAF_FIELD_COUNT; i++)
        sheaf_set_integer(L, sheaf_field_names[i], i);
    sheaf_set_integer(L, "site", FIELD_SITE);
    sheaf_set_integer(L, "words", FIELD_WORDS);
    for (int i = 0; sheaf_field_entries[i].name; i++)
        sheaf_set_integer(L, sheaf_field_entries[i].name, FIELD_ENTRIES + i);
}

/* Expects the names on the top and keeps them there. */
static void make_class(lua_State *L, const char *name, bool collected) {
    static const luaL_Reg metamethods[] = {
        {"__newindex", article_newindex}, {"__tostring", article_text}, {NULL, NULL}};
    luaL_newmetatable(L, name);
    luaL_setfuncs(L, metamethods, 0);
    lua_pushliteral(L, "article");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, article_index, 1);
    lua_setfield(L, -2, "__index");
    if (collected) {
        lua_pushcfunction(L, article_collect);
        lua_setfield(L, -2, "__gc");
    }
    lua_pop(L, 1);
}

void sheaf_open_articles(lua_State *L, bool trusted) {
    push_names(L, trusted);
    make_class(L, "sheaf.article", false);
    make_class(L, "sheaf.article.own", true);
    lua_pop(L, 1);
}
