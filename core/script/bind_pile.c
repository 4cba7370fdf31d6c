/* bind_pile.c - walking a pile of files and archives, article by article.
 *
 * The pile tells of what it refuses from deep inside of C, where no error may
 * pass: the function that is told is called protected, and what it raises is
 * raised again when the pile has come back. */
#include "script/bind.h"

#include "read/pile.h"
#include "script/page.h"

typedef struct pile_handle {
    sheaf_pile *pile;
    sheaf_article *article;
    sheaf_loan loan;
    lua_State *caller; /* who asked for the next article, while asking */
    bool raised;       /* an error waits in VALUE_ERROR */
} pile_handle;

enum { VALUE_PATHS = 1, VALUE_ARRAY, VALUE_REJECT, VALUE_PASS, VALUE_RULES, VALUE_ERROR };

typedef struct rejection {
    const char *place;
    const char *reason;
    sheaf_status status;
} rejection;

/* Function, rejection -> calls it. */
static int call_reject(lua_State *L) {
    const rejection *what = lua_touserdata(L, 2);
    lua_settop(L, 1);
    lua_pushstring(L, what->place);
    lua_pushstring(L, sheaf_status_text(what->status));
    lua_pushstring(L, what->reason);
    lua_call(L, 3, 0);
    return 0;
}

/* Calls the function in a slot of the iterator's handle, protected. */
static void call_back(pile_handle *handle, int slot, lua_CFunction call, void *what) {
    lua_State *L = handle->caller;
    if (!L || handle->raised || !lua_checkstack(L, 4))
        return;
    lua_pushcfunction(L, call);
    lua_getiuservalue(L, lua_upvalueindex(1), slot);
    lua_pushlightuserdata(L, what);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
        handle->raised = true;
        lua_setiuservalue(L, lua_upvalueindex(1), VALUE_ERROR);
    }
}

static void on_reject(void *context, const char *place, sheaf_status status, const char *reason) {
    rejection what = {place ? place : "", reason ? reason : "", status};
    call_back(context, VALUE_REJECT, call_reject, &what);
}

typedef struct passing {
    const char *what;
    uint64_t count;
} passing;

/* Function, passing -> calls it. */
static int call_pass(lua_State *L) {
    const passing *passed = lua_touserdata(L, 2);
    lua_settop(L, 1);
    lua_pushstring(L, passed->what);
    lua_pushinteger(L, (lua_Integer)passed->count);
    lua_call(L, 2, 0);
    return 0;
}

static void on_pass(void *context, const char *what, uint64_t count) {
    passing passed = {what, count};
    call_back(context, VALUE_PASS, call_pass, &passed);
}

static int pile_close(lua_State *L) {
    pile_handle *handle = luaL_checkudata(L, 1, "sheaf.pile");
    handle->caller = NULL;
    sheaf_loan_clear(&handle->loan);
    sheaf_pile_close(handle->pile);
    sheaf_article_free(handle->article);
    handle->pile = NULL;
    handle->article = NULL;
    return 0;
}

static int next_article(lua_State *L) {
    sheaf_error error = {0};
    pile_handle *handle = lua_touserdata(L, lua_upvalueindex(1));
    if (!handle->pile)
        return 0;
    sheaf_loan_end(&handle->loan);
    handle->caller = L;
    sheaf_status status = sheaf_pile_next(handle->pile, handle->article, &error);
    handle->caller = NULL;
    if (handle->raised) {
        lua_getiuservalue(L, lua_upvalueindex(1), VALUE_ERROR);
        return lua_error(L);
    }
    if (status == SHEAF_END)
        return 0;
    if (status != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    sheaf_loan_begin(&handle->loan, handle->article);
    sheaf_article_lend(L, &handle->loan, lua_upvalueindex(1));
    return 1;
}

/* pile:position() -> where the next article begins, for read's {from=}; nil when
 * a name in the pile cannot be written down */
static int pile_position(lua_State *L) {
    pile_handle *handle = luaL_checkudata(L, 1, "sheaf.pile");
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    if (handle->pile && sheaf_pile_position(handle->pile, out))
        sheaf_push_slice(L, sheaf_buffer_view(out));
    else
        lua_pushnil(L);
    return 1;
}

/* Goes on from options.from, if it is there. */
static sheaf_status resume(lua_State *L, sheaf_pile *pile, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (!lua_istable(L, 2))
        return status;
    if (lua_getfield(L, 2, "from") != LUA_TNIL)
        status = sheaf_pile_resume(pile, sheaf_check_slice(L, -1), error);
    lua_pop(L, 1);
    return status;
}

/* The paths at 1, a string or a list, as an array on the stack; the strings are
 * kept alive by the table that is pushed below it. */
static const char **take_paths(lua_State *L, size_t *count) {
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, -2, 1);
    } else {
        luaL_checktype(L, 1, LUA_TTABLE);
        lua_newtable(L);
        for (lua_Integer i = 1, n = luaL_len(L, 1); i <= n; i++) {
            if (lua_geti(L, 1, i) != LUA_TSTRING)
                luaL_error(L, "paths: expected a list of strings");
            lua_rawseti(L, -2, i);
        }
    }
    int kept = lua_gettop(L);
    *count = lua_rawlen(L, kept);
    const char **paths = lua_newuserdatauv(L, (*count + 1) * sizeof *paths, 0);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, kept, (lua_Integer)i + 1);
        paths[i] = lua_tostring(L, -1);
        lua_pop(L, 1);
    }
    return paths;
}

/* options.threads, from 0 to 256 */
static unsigned threads_of(lua_State *L, int index) {
    lua_getfield(L, index, "threads");
    lua_Integer threads = luaL_optinteger(L, -1, 1);
    luaL_argcheck(L, threads >= 0 && threads <= 256, index, "from 0 to 256 threads");
    lua_pop(L, 1);
    return (unsigned)threads;
}

/* read(paths [, {reader=, reject=, pass=, from=, threads=}]) -> an iterator, and what closes it */
int sheaf_bind_read(lua_State *L) {
    sheaf_error error = {0};
    size_t count;
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    const char **paths = take_paths(L, &count); /* 3: strings, 4: array */
    pile_handle *handle = lua_newuserdatauv(L, sizeof *handle, VALUE_ERROR);
    memset(handle, 0, sizeof *handle);
    luaL_setmetatable(L, "sheaf.pile");
    sheaf_pile_options options = {.reject_context = handle, .pass_context = handle};
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, "reader");
        options.reader = luaL_optstring(L, -1, NULL);
        lua_rawseti(L, 3, 0);
        options.threads = threads_of(L, 2);
        if (lua_getfield(L, 2, "reject") != LUA_TNIL)
            options.reject = on_reject;
        lua_setiuservalue(L, 5, VALUE_REJECT);
        if (lua_getfield(L, 2, "pass") != LUA_TNIL)
            options.pass = on_pass;
        lua_setiuservalue(L, 5, VALUE_PASS);
        if (lua_getfield(L, 2, "rules") != LUA_TNIL)
            options.rules = sheaf_rules_share(L, -1);
        lua_setiuservalue(L, 5, VALUE_RULES);
    }
    lua_pushvalue(L, 3);
    lua_setiuservalue(L, 5, VALUE_PATHS);
    lua_pushvalue(L, 4);
    lua_setiuservalue(L, 5, VALUE_ARRAY);
    handle->article = sheaf_article_new();
    sheaf_check_memory(L, !handle->article);
    if (sheaf_pile_open(&handle->pile, paths, count, &options, &error) != SHEAF_OK ||
        resume(L, handle->pile, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushvalue(L, 5);
    lua_pushcclosure(L, next_article, 1);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushvalue(L, 5);
    return 4;
}

void sheaf_open_piles(lua_State *L) {
    static const luaL_Reg methods[] = {{"position", pile_position}, {NULL, NULL}};
    static const luaL_Reg closing[] = {{"__gc", pile_close}, {"__close", pile_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.pile", methods, closing);
}
