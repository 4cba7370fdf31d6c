/* bind_index.c - indexes and searches, as Lua sees them.
 *
 *   sheaf.query("peace NEAR/5 talks")       a query, or nil, why, and at which byte
 *   file:search(query, {limit = 10})        {total =, exact =, scanned =, {position =, score =}…}
 *   query:test(article)                     for articles that are in no sheaf
 *   query:snippet(article, 200)             text, {{from, to}…} counted as Lua counts */
#include "script/bind.h"

#include "base/memory.h"
#include "index/snippet.h"
#include "script/find.h"

typedef struct query_handle {
    sheaf_query query;
    sheaf_wanted wanted;
    sheaf_buffer room;
} query_handle;

static int query_close(lua_State *L) {
    query_handle *q = luaL_checkudata(L, 1, "sheaf.query");
    sheaf_wanted_clear(&q->wanted);
    sheaf_query_clear(&q->query);
    sheaf_buffer_clear(&q->room);
    return 0;
}

/* query(text) -> query | nil, why, byte */
static int bind_query(lua_State *L) {
    sheaf_error error = {0};
    size_t at = 0;
    sheaf_slice text = sheaf_check_slice(L, 1);
    query_handle *q = lua_newuserdatauv(L, sizeof *q, 0);
    memset(q, 0, sizeof *q);
    luaL_setmetatable(L, "sheaf.query");
    sheaf_status status = sheaf_query_parse(&q->query, text, &at, &error);
    sheaf_wanted_init(&q->wanted, &q->query);
    if (status == SHEAF_OK)
        return 1;
    luaL_pushfail(L);
    lua_pushstring(L, error.message);
    lua_pushinteger(L, (lua_Integer)at + 1);
    return 3;
}

static query_handle *check_query(lua_State *L, int index) {
    query_handle *q = luaL_checkudata(L, index, "sheaf.query");
    if (!q->query.root)
        luaL_error(L, "the query is closed already");
    return q;
}

/* ---- articles ------------------------------------------------------------------- */

static int query_test(lua_State *L) {
    sheaf_error error = {0};
    bool matches = false;
    query_handle *q = check_query(L, 1);
    sheaf_article *article = sheaf_article_check(L, 2);
    if (sheaf_find_test(&q->query, article, &q->room, &matches, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    lua_pushboolean(L, matches);
    return 1;
}

/* Marks of a snippet, from 1 and with the last byte included, as string.sub takes them. */
static void push_marks(lua_State *L, const sheaf_snippet *snippet) {
    lua_createtable(L, (int)snippet->count, 0);
    for (size_t i = 0; i < snippet->count; i++) {
        lua_createtable(L, 2, 0);
        lua_pushinteger(L, (lua_Integer)(snippet->marks[i].from - snippet->from) + 1);
        lua_rawseti(L, -2, 1);
        lua_pushinteger(L, (lua_Integer)(snippet->marks[i].to - snippet->from));
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int marked(lua_State *L, query_handle *q, sheaf_slice text, sheaf_slice language,
                  size_t width) {
    sheaf_snippet snippet;
    bool fine = sheaf_snippet_make(&snippet, &q->wanted, text, language, width);
    if (fine) {
        sheaf_push_slice(L, sheaf_slice_part(text, snippet.from, snippet.to));
        push_marks(L, &snippet);
        lua_pushboolean(L, snippet.from > 0);
        lua_pushboolean(L, snippet.to < text.size);
    }
    sheaf_snippet_clear(&snippet);
    sheaf_check_memory(L, !fine);
    return 4;
}

/* query:snippet(article, width) -> text, marks, something before?, something behind? */
static int query_snippet(lua_State *L) {
    query_handle *q = check_query(L, 1);
    sheaf_article *article = sheaf_article_check(L, 2);
    lua_Integer width = luaL_optinteger(L, 3, 240);
    return marked(L, q, article->field[SHEAF_FIELD_TEXT], article->field[SHEAF_FIELD_LANGUAGE],
                  width < 0 ? 0 : (size_t)width);
}

/* query:marks(text, language) -> text, marks: all of it */
static int query_marks(lua_State *L) {
    query_handle *q = check_query(L, 1);
    sheaf_slice text = sheaf_check_slice(L, 2);
    sheaf_slice language = lua_isnoneornil(L, 3) ? (sheaf_slice){0} : sheaf_check_slice(L, 3);
    return marked(L, q, text, language, 0);
}

/* ---- searching ------------------------------------------------------------------ */

typedef struct search_options {
    size_t limit;
    bool in_order, total;
    unsigned threads;
} search_options;

static search_options take_options(lua_State *L, int index) {
    search_options o = {.limit = 10, .threads = 1};
    if (lua_isnoneornil(L, index))
        return o;
    luaL_checktype(L, index, LUA_TTABLE);
    lua_getfield(L, index, "limit");
    lua_Integer limit = luaL_optinteger(L, -1, 10);
    lua_getfield(L, index, "in_order");
    lua_getfield(L, index, "total");
    lua_getfield(L, index, "threads");
    lua_Integer threads = luaL_optinteger(L, -1, 1);
    o.limit = limit < 0 ? 10 : (size_t)limit;
    o.in_order = lua_toboolean(L, -3);
    o.total = lua_toboolean(L, -2);
    o.threads = threads < 1 || threads > 256 ? 1 : (unsigned)threads;
    lua_pop(L, 4);
    return o;
}

static void push_result(lua_State *L, const sheaf_find_result *result, bool several) {
    lua_createtable(L, (int)result->count, 3);
    for (size_t i = 0; i < result->count; i++) {
        lua_createtable(L, 0, 3);
        sheaf_set_integer(L, "position", (lua_Integer)result->hits[i].ordinal + 1);
        lua_pushnumber(L, result->hits[i].score);
        lua_setfield(L, -2, "score");
        if (several)
            sheaf_set_integer(L, "file", (lua_Integer)result->hits[i].file + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    sheaf_set_integer(L, "total", (lua_Integer)result->total);
    sheaf_set_integer(L, "scanned", (lua_Integer)result->scanned);
    lua_pushboolean(L, result->exact);
    lua_setfield(L, -2, "exact");
}

/* What a search holds while Lua may raise. */
typedef struct finding {
    sheaf_finder *finder;
    sheaf_find_result result;
} finding;

static int finding_close(lua_State *L) {
    finding *f = luaL_checkudata(L, 1, "sheaf.finding");
    sheaf_finder_close(f->finder);
    sheaf_free(f->result.hits);
    memset(f, 0, sizeof *f);
    return 0;
}

static int run(lua_State *L, sheaf_file *const *files, size_t count, query_handle *q,
               const search_options *o, bool several) {
    sheaf_error error = {0};
    finding *f = lua_newuserdatauv(L, sizeof *f, 0);
    memset(f, 0, sizeof *f);
    luaL_setmetatable(L, "sheaf.finding");
    lua_toclose(L, -1);
    sheaf_status status = sheaf_finder_open(&f->finder, files, count, &error);
    if (status == SHEAF_OK)
        status = sheaf_finder_run(f->finder, &q->query, o->limit, o->in_order, o->total, o->threads,
                                  &f->result, &error);
    if (status != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    push_result(L, &f->result, several);
    return 1;
}

/* The query at index: a query, or a text that is made one; else nil, why, byte. */
static query_handle *take_query(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING)
        return check_query(L, index);
    lua_pushcfunction(L, bind_query);
    lua_pushvalue(L, index);
    lua_call(L, 1, 3);
    if (lua_isnil(L, -3))
        return NULL;
    lua_pop(L, 2);
    lua_replace(L, index);
    return check_query(L, index);
}

const sheaf_query *sheaf_take_query(lua_State *L, int index) {
    query_handle *q = take_query(L, index);
    return q ? &q->query : NULL;
}

/* file:search(query, options) -> result | nil, why, byte */
static int file_search(lua_State *L) {
    sheaf_file *file = sheaf_check_file(L, 1);
    search_options o = take_options(L, 3);
    query_handle *q = take_query(L, 2);
    return q ? run(L, &file, 1, q, &o, false) : 3;
}

/* search(files, query, options): the same in several; hits say in which */
static int bind_search(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    size_t count = (size_t)luaL_len(L, 1);
    search_options o = take_options(L, 3);
    query_handle *q = take_query(L, 2);
    if (!q)
        return 3;
    luaL_argcheck(L, count <= 10000, 1, "too many sheaves");
    sheaf_file **files = lua_newuserdatauv(L, (count + 1) * sizeof(sheaf_file *), 0);
    for (size_t i = 0; i < count; i++) {
        lua_geti(L, 1, (lua_Integer)i + 1);
        files[i] = sheaf_check_file(L, -1);
        lua_pop(L, 1);
    }
    return run(L, files, count, q, &o, true);
}

/* file:unindexed() -> how many articles no index has */
static int file_unindexed(lua_State *L) {
    sheaf_error error = {0};
    sheaf_file *file = sheaf_check_file(L, 1);
    sheaf_finder *finder;
    if (sheaf_finder_open(&finder, &file, 1, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushinteger(L, (lua_Integer)sheaf_finder_unindexed(finder));
    sheaf_finder_close(finder);
    return 1;
}

/* ---- making --------------------------------------------------------------------- */

/* The function at the index in context is told; a raise in it is kept for the end. */
typedef struct teller {
    lua_State *L;
    int function;
    bool failed;
} teller;

static void on_progress(void *context, uint64_t done, uint64_t total) {
    teller *t = context;
    if (t->function == 0 || t->failed)
        return;
    lua_pushvalue(t->L, t->function);
    lua_pushinteger(t->L, (lua_Integer)done);
    lua_pushinteger(t->L, (lua_Integer)total);
    if (lua_pcall(t->L, 2, 0, 0) != LUA_OK) {
        t->failed = true;
        lua_pop(t->L, 1);
    }
}

/* index(path, {positions=, threads=, anew=, progress=}) -> counts */
static int bind_index(lua_State *L) {
    sheaf_error error = {0};
    sheaf_find_counts counts;
    teller t = {.L = L};
    sheaf_find_build build = {.positions = true, .progress = on_progress, .context = &t};
    const char *path = luaL_checkstring(L, 1);
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, "positions");
        build.positions = lua_isnil(L, -1) || lua_toboolean(L, -1);
        lua_getfield(L, 2, "anew");
        build.anew = lua_toboolean(L, -1);
        lua_getfield(L, 2, "threads");
        lua_Integer threads = luaL_optinteger(L, -1, 1);
        build.threads = threads < 1 || threads > 256 ? 1 : (unsigned)threads;
        lua_settop(L, 2);
        if (lua_getfield(L, 2, "progress") == LUA_TFUNCTION)
            t.function = lua_gettop(L);
    }
    if (sheaf_find_index(path, &build, &counts, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_createtable(L, 0, 5);
    sheaf_set_integer(L, "articles", (lua_Integer)counts.articles);
    sheaf_set_integer(L, "indexed", (lua_Integer)counts.indexed);
    sheaf_set_integer(L, "segments", (lua_Integer)counts.segments);
    sheaf_set_integer(L, "damaged", (lua_Integer)counts.damaged);
    sheaf_set_integer(L, "bytes", (lua_Integer)counts.bytes);
    return 1;
}

/* ---- openers -------------------------------------------------------------------- */

void sheaf_open_index(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"test", query_test}, {"snippet", query_snippet}, {"marks", query_marks}, {NULL, NULL}};
    static const luaL_Reg meta[] = {{"__gc", query_close}, {"__close", query_close}, {NULL, NULL}};
    static const luaL_Reg none[] = {{NULL, NULL}};
    static const luaL_Reg finding_meta[] = {
        {"__gc", finding_close}, {"__close", finding_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.query", methods, meta);
    sheaf_make_class(L, "sheaf.finding", none, finding_meta);
    static const luaL_Reg file_methods[] = {
        {"search", file_search}, {"unindexed", file_unindexed}, {NULL, NULL}};
    luaL_getmetatable(L, "sheaf.file");
    lua_getfield(L, -1, "__index");
    luaL_setfuncs(L, file_methods, 0);
    lua_pop(L, 2);
}

void sheaf_bind_queries(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"query", bind_query}, {"search", bind_search}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}

void sheaf_bind_indexing(lua_State *L) {
    static const luaL_Reg functions[] = {{"index", bind_index}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
