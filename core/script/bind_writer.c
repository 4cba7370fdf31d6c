/* bind_writer.c - making a sheaf, and adding to one. Host only. */
#include "script/bind.h"
#include "store/store.h"

typedef struct writer_handle {
    sheaf_writer *writer; /* NULL: closed */
} writer_handle;

static sheaf_writer *check_writer(lua_State *L) {
    writer_handle *handle = luaL_checkudata(L, 1, "sheaf.writer");
    if (!handle->writer)
        luaL_error(L, "the writer is closed already");
    return handle->writer;
}

/* The integer options[name], from 0 to most; 0 when it is not there. */
static lua_Integer option(lua_State *L, const char *name, lua_Integer most) {
    lua_getfield(L, 2, name);
    lua_Integer value = luaL_optinteger(L, -1, 0);
    lua_pop(L, 1);
    if (value < 0 || value > most)
        luaL_error(L, "%s must be from 0 to %I", name, (LUAI_UACINT)most);
    return value;
}

static bool flag(lua_State *L, const char *name) {
    lua_getfield(L, 2, name);
    bool value = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return value;
}

/* {level=, frame_bytes=, threads=, wait=, plan=, hold=, originals=}; the text stays
 * in the table at 2. */
static sheaf_writer_options take_options(lua_State *L) {
    sheaf_writer_options options = {0};
    if (lua_isnoneornil(L, 2))
        return options;
    luaL_checktype(L, 2, LUA_TTABLE);
    options.level = (int)option(L, "level", 19);
    options.frame_bytes = (size_t)option(L, "frame_bytes", 8 << 20);
    options.threads = (unsigned)option(L, "threads", 256);
    options.wait = (unsigned)option(L, "wait", 1000000000);
    options.hold = flag(L, "hold");
    options.originals = flag(L, "originals");
    lua_getfield(L, 2, "plan");
    options.plan = luaL_optstring(L, -1, NULL);
    return options;
}

static int open_writer(lua_State *L, sheaf_writer_mode mode) {
    sheaf_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    sheaf_writer_options options = take_options(L);
    writer_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->writer = NULL;
    luaL_setmetatable(L, "sheaf.writer");
    if (sheaf_writer_open(&handle->writer, path, mode, &options, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return 1;
}

static int bind_create(lua_State *L) {
    return open_writer(L, SHEAF_WRITER_CREATE);
}

static int bind_append(lua_State *L) {
    return open_writer(L, SHEAF_WRITER_APPEND);
}

static int bind_resume(lua_State *L) {
    return open_writer(L, SHEAF_WRITER_RESUME);
}

static int writer_add(lua_State *L) {
    sheaf_error error = {0};
    sheaf_writer *writer = check_writer(L);
    const sheaf_article *article =
        lua_istable(L, 2) ? sheaf_article_from_table(L, 2) : sheaf_article_check(L, 2);
    sheaf_status status = sheaf_writer_add(writer, article, &error);
    if (status == SHEAF_OK)
        return lua_pushboolean(L, 1), 1;
    if (status != SHEAF_EXISTS)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 0);
    lua_pushliteral(L, "already there");
    return 2;
}

static int writer_commit(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_writer_commit(check_writer(L), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

/* writer:plan(text): what the next commit notes */
static int writer_plan(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_writer_plan(check_writer(L), luaL_checkstring(L, 2), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

/* writer:publish(): what was held back gets its name */
static int writer_publish(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_writer_publish(check_writer(L), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static int writer_counts(lua_State *L) {
    sheaf_writer_counts counts;
    sheaf_writer_counts_get(check_writer(L), &counts);
    lua_createtable(L, 0, 6);
    sheaf_set_integer(L, "articles", (lua_Integer)counts.articles);
    sheaf_set_integer(L, "existed", (lua_Integer)counts.existed);
    sheaf_set_integer(L, "row_bytes", (lua_Integer)counts.row_bytes);
    sheaf_set_integer(L, "written", (lua_Integer)counts.written);
    sheaf_set_integer(L, "commits", (lua_Integer)counts.commits);
    sheaf_set_integer(L, "torn", (lua_Integer)counts.torn);
    return 1;
}

static int writer_close(lua_State *L) {
    writer_handle *handle = luaL_checkudata(L, 1, "sheaf.writer");
    sheaf_writer_close(handle->writer);
    handle->writer = NULL;
    return 0;
}

void sheaf_bind_writers(lua_State *L) {
    static const luaL_Reg methods[] = {{"add", writer_add},
                                       {"commit", writer_commit},
                                       {"plan", writer_plan},
                                       {"publish", writer_publish},
                                       {"counts", writer_counts},
                                       {"close", writer_close},
                                       {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", writer_close}, {"__close", writer_close}, {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"create", bind_create}, {"append", bind_append}, {"resume", bind_resume}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.writer", methods, metamethods);
    luaL_setfuncs(L, functions, 0);
}
