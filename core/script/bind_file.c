/* bind_file.c - a sheaf open for reading: articles, rows, what is known of it.
 *
 * A walk reads from the file below it, and Lua may collect or close the two in
 * any order; so the file is shared by count, and goes with its last user. */
#include "script/bind.h"

#include <limits.h>

#include "article/row.h"
#include "article/url.h"
#include "base/memory.h"
#include "store/history.h"
#include "store/select.h"
#include "store/store.h"

/* bind_select.c */
sheaf_select *sheaf_select_from_list(lua_State *L, int index, const sheaf_file *file, uint64_t from,
                                     uint64_t to);

typedef struct shared_file {
    sheaf_file *file;
    unsigned users;
} shared_file;

typedef struct file_handle {
    shared_file *shared; /* NULL: closed */
} file_handle;

typedef struct walk {
    shared_file *shared;
    sheaf_scan *scan;
    sheaf_select *select; /* for rows, when a test was given */
    sheaf_article *article;
    sheaf_loan loan;
    uint64_t next; /* ordinal, for rows */
    uint64_t end;
} walk;

static void release(shared_file **shared) {
    if (*shared && --(*shared)->users == 0) {
        sheaf_file_close((*shared)->file);
        sheaf_free(*shared);
    }
    *shared = NULL;
}

static sheaf_file *check_file(lua_State *L) {
    file_handle *handle = luaL_checkudata(L, 1, "sheaf.file");
    if (!handle->shared)
        luaL_error(L, "the file is closed already");
    return handle->shared->file;
}

sheaf_file *sheaf_check_file(lua_State *L, int index) {
    file_handle *handle = luaL_checkudata(L, index, "sheaf.file");
    if (!handle->shared)
        luaL_error(L, "the file is closed already");
    return handle->shared->file;
}

struct shared_file *sheaf_share_file(lua_State *L, int index) {
    sheaf_check_file(L, index);
    shared_file *shared = ((file_handle *)lua_touserdata(L, index))->shared;
    shared->users++;
    return shared;
}

void sheaf_let_go_file(struct shared_file **shared) {
    release(shared);
}

int sheaf_bind_open(lua_State *L) {
    sheaf_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    file_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->shared = NULL;
    luaL_setmetatable(L, "sheaf.file");
    shared_file *shared = sheaf_calloc(1, sizeof *shared);
    sheaf_check_memory(L, !shared);
    if (sheaf_file_open(&shared->file, path, &error) != SHEAF_OK) {
        sheaf_free(shared);
        return sheaf_push_failure(L, &error);
    }
    shared->users = 1;
    handle->shared = shared;
    return 1;
}

static int file_close(lua_State *L) {
    file_handle *handle = luaL_checkudata(L, 1, "sheaf.file");
    release(&handle->shared);
    return 0;
}

static int file_count(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)sheaf_file_live(check_file(L)));
    return 1;
}

static int file_positions(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)sheaf_file_count(check_file(L)));
    return 1;
}

/* ---- walks -------------------------------------------------------------------- */

static int walk_close(lua_State *L) {
    walk *w = luaL_checkudata(L, 1, "sheaf.walk");
    sheaf_loan_clear(&w->loan);
    sheaf_scan_close(w->scan);
    sheaf_select_close(w->select);
    sheaf_article_free(w->article);
    w->scan = NULL;
    w->select = NULL;
    w->article = NULL;
    release(&w->shared);
    return 0;
}

/* The positions t.from and t.to of the options at 2, as ordinals [next, end). */
static void take_range(lua_State *L, walk *w, uint64_t count) {
    lua_Integer from = 1, to = (lua_Integer)count;
    if (!lua_isnoneornil(L, 2)) {
        luaL_checktype(L, 2, LUA_TTABLE);
        lua_getfield(L, 2, "from");
        lua_getfield(L, 2, "to");
        from = luaL_optinteger(L, -2, from);
        to = luaL_optinteger(L, -1, to);
        lua_pop(L, 2);
    }
    from = from < 1 ? 1 : from;
    to = to > (lua_Integer)count ? (lua_Integer)count : to;
    w->end = to < from ? 0 : (uint64_t)to;
    w->next = to < from ? 0 : (uint64_t)from - 1;
}

/* Pushes a walk over the file at 1; the options at 2 stay its user value. */
static walk *push_walk(lua_State *L) {
    sheaf_file *file = check_file(L);
    shared_file *shared = ((file_handle *)lua_touserdata(L, 1))->shared;
    lua_settop(L, 2);
    walk *w = lua_newuserdatauv(L, sizeof *w, 1);
    memset(w, 0, sizeof *w);
    luaL_setmetatable(L, "sheaf.walk");
    w->shared = shared;
    shared->users++;
    take_range(L, w, sheaf_file_count(file));
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, "reject");
        lua_setiuservalue(L, -2, 1);
    }
    return w;
}

/* Returns what a generic for wants: closure, two nils, and what to close. */
static int return_walk(lua_State *L, lua_CFunction next) {
    lua_pushvalue(L, 3);
    lua_pushcclosure(L, next, 1);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushvalue(L, 3);
    return 4;
}

/* Tells a damaged article to the reject function; raises when there is none. */
static void reject(lua_State *L, uint64_t ordinal, const sheaf_error *error) {
    if (lua_getiuservalue(L, lua_upvalueindex(1), 1) != LUA_TFUNCTION)
        luaL_error(L, "%s", error->message);
    lua_pushinteger(L, (lua_Integer)ordinal + 1);
    lua_pushstring(L, error->message);
    lua_call(L, 2, 0);
}

static int next_article(lua_State *L) {
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_error error = {0};
    uint64_t ordinal = 0;
    sheaf_slice json;
    walk *w = lua_touserdata(L, lua_upvalueindex(1));
    while (w->scan) {
        sheaf_loan_end(&w->loan);
        sheaf_status status = sheaf_scan_next(w->scan, &ordinal, &json, &error);
        if (status == SHEAF_END)
            break;
        if (status == SHEAF_OK)
            status = sheaf_row_read(w->article, json, &limits, &error);
        if (status == SHEAF_OK) {
            sheaf_loan_begin(&w->loan, w->article);
            sheaf_article_lend(L, &w->loan, lua_upvalueindex(1));
            return 1;
        }
        reject(L, ordinal, &error);
    }
    return 0;
}

static int file_articles(lua_State *L) {
    sheaf_error error = {0};
    walk *w = push_walk(L);
    w->article = sheaf_article_new();
    sheaf_check_memory(L, !w->article);
    if (sheaf_scan_open(&w->scan, w->shared->file, w->next, w->end, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    return return_walk(L, next_article);
}

static void push_row(lua_State *L, const sheaf_row_columns *row) {
    lua_createtable(L, 0, 10);
    sheaf_set_integer(L, "position", (lua_Integer)row->ordinal + 1);
    sheaf_set_slice(L, "id", row->id);
    sheaf_set_slice(L, "url", row->url);
    sheaf_set_slice(L, "site", row->site);
    sheaf_set_slice(L, "headline", row->headline);
    sheaf_set_slice(L, "publisher", row->publisher);
    sheaf_set_slice(L, "published", row->published);
    sheaf_set_slice(L, "language", row->language);
    sheaf_set_integer(L, "words", (lua_Integer)row->words);
    sheaf_set_integer(L, "bytes", (lua_Integer)row->bytes);
}

static int next_row(lua_State *L) {
    sheaf_error error = {0};
    sheaf_row_columns row;
    walk *w = lua_touserdata(L, lua_upvalueindex(1));
    while (w->shared && w->next < w->end && sheaf_file_dropped(w->shared->file, w->next))
        w->next++;
    if (!w->shared || w->next >= w->end)
        return 0;
    if (sheaf_file_row(w->shared->file, w->next++, &row, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    push_row(L, &row);
    return 1;
}

static int next_selected(lua_State *L) {
    sheaf_error error = {0};
    sheaf_row_columns row;
    uint64_t ordinal;
    walk *w = lua_touserdata(L, lua_upvalueindex(1));
    if (!w->select)
        return 0;
    sheaf_status status = sheaf_select_next(w->select, &ordinal, &error);
    if (status == SHEAF_END)
        return 0;
    if (status == SHEAF_OK)
        status = sheaf_file_row(w->shared->file, ordinal, &row, &error);
    if (status != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    push_row(L, &row);
    return 1;
}

/* rows{from=, to=, test=}; the test stays the user value of the walk. */
static int file_rows(lua_State *L) {
    walk *w = push_walk(L);
    if (!lua_istable(L, 2) || lua_getfield(L, 2, "test") == LUA_TNIL) {
        lua_settop(L, 3);
        return return_walk(L, next_row);
    }
    luaL_checktype(L, 4, LUA_TTABLE);
    w->select = sheaf_select_from_list(L, 4, w->shared->file, w->next, w->end);
    lua_setiuservalue(L, 3, 1);
    return return_walk(L, next_selected);
}

/* ---- single articles ------------------------------------------------------------- */

/* A URL as it stands, or else as it would have been stored; or an id like one. */
static sheaf_status find_url(lua_State *L, sheaf_file *file, uint64_t *ordinal, sheaf_slice url,
                             sheaf_error *error) {
    sheaf_status status = sheaf_file_find_url(file, ordinal, url, error);
    if (status == SHEAF_MISSING) {
        sheaf_error other;
        sheaf_slice usual = sheaf_url_normalise(sheaf_scratch_arena(L), url);
        if (sheaf_file_find_url(file, ordinal, usual, &other) == SHEAF_OK ||
            sheaf_file_find(file, ordinal, url, &other) == SHEAF_OK)
            return SHEAF_OK;
    }
    return status;
}

static sheaf_status find(lua_State *L, sheaf_file *file, uint64_t *ordinal, sheaf_error *error) {
    if (lua_type(L, 2) != LUA_TNUMBER) {
        sheaf_slice name = sheaf_check_slice(L, 2);
        return sheaf_slice_find(name, 0, SLICE("://")) == SIZE_MAX
                   ? sheaf_file_find(file, ordinal, name, error)
                   : find_url(L, file, ordinal, name, error);
    }
    lua_Integer position = luaL_checkinteger(L, 2);
    if (position >= 1 && (uint64_t)position <= sheaf_file_count(file)) {
        *ordinal = (uint64_t)position - 1;
        return SHEAF_OK;
    }
    error->status = SHEAF_MISSING;
    lua_pushfstring(L, "no article %I; there are %I", (LUAI_UACINT)position,
                    (LUAI_UACINT)sheaf_file_count(file));
    strncpy(error->message, lua_tostring(L, -1), sizeof error->message - 1);
    return error->status;
}

static int file_get(lua_State *L) {
    sheaf_error error = {0};
    uint64_t ordinal = 0;
    sheaf_file *file = check_file(L);
    if (find(L, file, &ordinal, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_article *article = sheaf_article_push(L);
    if (sheaf_file_read(file, ordinal, article, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_article_account(L, -1);
    lua_pushinteger(L, (lua_Integer)ordinal + 1);
    return 2;
}

/* file:original(article) -> the bytes that it was read from */
static int file_original(lua_State *L) {
    sheaf_error error = {0};
    const sheaf_file *file = check_file(L);
    sheaf_slice sha256 = sheaf_article_check(L, 2)->provenance.sha256;
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    if (sheaf_file_original(file, sha256, out, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

static int file_info(lua_State *L) {
    sheaf_error error = {0};
    sheaf_about about;
    if (sheaf_file_about(check_file(L), &about, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_createtable(L, 0, 16);
    sheaf_set_slice(L, "path", about.path);
    sheaf_set_integer(L, "articles", (lua_Integer)about.articles);
    if (about.dropped)
        sheaf_set_integer(L, "dropped", (lua_Integer)about.dropped);
    sheaf_set_integer(L, "commits", (lua_Integer)about.commits);
    sheaf_set_integer(L, "entries", (lua_Integer)about.entries);
    sheaf_set_integer(L, "segments", (lua_Integer)about.segments);
    sheaf_set_integer(L, "bytes", (lua_Integer)about.bytes);
    sheaf_set_integer(L, "dead_bytes", (lua_Integer)about.dead_bytes);
    sheaf_set_integer(L, "torn", (lua_Integer)about.torn);
    if (about.rebuilt) {
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, "rebuilt");
    }
    if (about.writing) {
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, "writing");
    }
    sheaf_set_integer(L, "row_bytes", (lua_Integer)about.row_bytes);
    sheaf_set_integer(L, "article_bytes", (lua_Integer)about.article_bytes);
    sheaf_set_integer(L, "catalog_bytes", (lua_Integer)about.catalog_bytes);
    sheaf_set_integer(L, "index_bytes", (lua_Integer)about.index_bytes);
    sheaf_set_slice(L, "created", about.created);
    sheaf_set_slice(L, "tool", about.tool);
    sheaf_set_slice(L, "plan", about.plan);
    sheaf_set_slice(L, "sha256", about.sha256);
    return 1;
}

/* ---- history --------------------------------------------------------------------- */

static int close_history(lua_State *L) {
    sheaf_history **history = lua_touserdata(L, 1);
    sheaf_history_close(*history);
    *history = NULL;
    return 0;
}

/* Pushes a userdata that owns a history, so that an error cannot leak it. */
static sheaf_history **push_history(lua_State *L) {
    sheaf_history **history = lua_newuserdatauv(L, sizeof *history, 0);
    *history = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close_history);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return history;
}

static void push_line(lua_State *L, const sheaf_history_line *line) {
    lua_createtable(L, 0, 10);
    sheaf_set_integer(L, "commit", (lua_Integer)line->commit);
    sheaf_set_integer(L, "articles", (lua_Integer)line->articles);
    sheaf_set_integer(L, "added", (lua_Integer)line->added);
    sheaf_set_integer(L, "removed", (lua_Integer)line->removed);
    sheaf_set_integer(L, "bytes", (lua_Integer)line->bytes);
    sheaf_set_slice(L, "created", line->created);
    sheaf_set_slice(L, "tool", line->tool);
    sheaf_set_slice(L, "plan", line->plan);
    sheaf_set_slice(L, "sha256", line->sha256);
    lua_pushboolean(L, line->past);
    lua_setfield(L, -2, "past");
}

static void push_signature(lua_State *L, const sheaf_signature *signature) {
    lua_createtable(L, 0, 4);
    sheaf_set_integer(L, "commit", (lua_Integer)signature->commit);
    sheaf_set_slice(L, "manifest", signature->manifest);
    sheaf_set_slice(L, "key", signature->key);
    lua_pushboolean(L, sheaf_signature_holds(signature));
    lua_setfield(L, -2, "holds");
}

/* file:history() -> list of commits, list of signatures */
static int file_history(lua_State *L) {
    sheaf_error error = {0};
    const sheaf_file *file = check_file(L);
    sheaf_history **history = push_history(L);
    if (sheaf_history_open(history, file, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    size_t count = sheaf_history_count(*history);
    lua_createtable(L, count < INT_MAX ? (int)count : 0, 0);
    for (size_t i = 0; i < count; i++) {
        sheaf_history_line line = sheaf_history_get(*history, i);
        push_line(L, &line);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_newtable(L);
    for (size_t i = 0; i < sheaf_history_signatures(*history); i++) {
        push_signature(L, sheaf_history_signature(*history, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 2;
}

/* ---- verify ---------------------------------------------------------------------- */

enum { PROBLEMS_MAX = 1000 };

/* What verify tells, kept until Lua may be called again; progress is called at
 * once, and what it raises is kept too. */
typedef struct listener {
    lua_State *L;
    sheaf_buffer *problems; /* sentences, each with a newline */
    size_t count;
    bool raised; /* the error is on the top of the stack */
} listener;

static void on_problem(void *context, const char *sentence) {
    listener *to = context;
    if (to->count++ >= PROBLEMS_MAX)
        return;
    sheaf_buffer_append(to->problems, sentence, strlen(sentence));
    sheaf_buffer_char(to->problems, '\n');
}

static void on_progress(void *context, uint64_t done, uint64_t total) {
    listener *to = context;
    if (to->raised || !lua_isfunction(to->L, 2))
        return;
    lua_pushvalue(to->L, 2);
    lua_pushinteger(to->L, (lua_Integer)done);
    lua_pushinteger(to->L, (lua_Integer)total);
    to->raised = lua_pcall(to->L, 2, 0, 0) != LUA_OK;
}

static int file_verify(lua_State *L) {
    sheaf_error error = {0};
    sheaf_file *file = check_file(L);
    lua_Integer threads = luaL_optinteger(L, 3, 1);
    luaL_argcheck(L, threads >= 0 && threads <= 256, 3, "from 0 to 256 threads");
    lua_settop(L, 2);
    listener to = {.L = L, .problems = sheaf_scratch_buffer(L)};
    sheaf_verify_options options = {on_problem, on_progress, &to, (unsigned)threads};
    sheaf_status status = sheaf_file_verify(file, &options, &error);
    if (to.raised)
        return lua_error(L);
    if (status == SHEAF_OK)
        return lua_pushboolean(L, 1), 1;
    if (to.count == 0)
        on_problem(&to, error.message);
    luaL_pushfail(L);
    lua_newtable(L);
    sheaf_slice rest = sheaf_buffer_view(to.problems), line;
    for (lua_Integer i = 1; sheaf_slice_line(&rest, &line); i++) {
        sheaf_push_slice(L, line);
        lua_rawseti(L, -2, i);
    }
    return 2;
}

void sheaf_open_files(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"articles", file_articles}, {"rows", file_rows},       {"get", file_get},
        {"count", file_count},       {"info", file_info},       {"history", file_history},
        {"verify", file_verify},     {"close", file_close},     {"positions", file_positions},
        {"original", file_original}, {"pick", sheaf_file_pick}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__len", file_count}, {"__gc", file_close}, {"__close", file_close}, {NULL, NULL}};
    static const luaL_Reg nothing[] = {{NULL, NULL}};
    static const luaL_Reg walking[] = {{"__gc", walk_close}, {"__close", walk_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.file", methods, metamethods);
    sheaf_make_class(L, "sheaf.walk", nothing, walking);
    sheaf_open_picks(L);
}
