/* lib_base.c - basic functions of the sandbox that differ from the stock ones.
 *
 * tostring tells no addresses; setmetatable takes no __gc, since finalizers
 * run with hooks off; rawset keeps off the frozen globals; load takes text
 * only; pcall and xpcall let time-outs and lack of memory through, and call
 * the handler of xpcall after unwinding, where hooks are on. */
#include <stdio.h>
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox.h"
#include "script/state.h"

const char *sheaf_lib_text(lua_State *L, int index, size_t *size) {
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
            lua_pop(L, 1);
            return luaL_tolstring(L, index, size);
        }
        if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
            return lua_tolstring(L, -1, size);
        break;
    case LUA_TFUNCTION:
    case LUA_TTHREAD:
    case LUA_TLIGHTUSERDATA: break;
    default: return luaL_tolstring(L, index, size);
    }
    lua_pushstring(L, luaL_typename(L, index));
    return lua_tolstring(L, -1, size);
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    sheaf_lib_text(L, 1, NULL);
    return 1;
}

static int base_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "__gc is not available in a plugin");
        lua_pop(L, 1);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int base_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    lua_pushglobaltable(L);
    if (lua_rawequal(L, 1, -1))
        return luaL_error(L, "globals cannot be set with rawset");
    lua_pop(L, 1);
    lua_rawset(L, 1);
    return 1;
}

static int base_collectgarbage(lua_State *L) {
    const char *what = luaL_optstring(L, 1, "collect");
    if (strcmp(what, "count") != 0)
        return luaL_error(L, "collectgarbage: only \"count\" is available in a plugin");
    lua_pushnumber(L, lua_gc(L, LUA_GCCOUNT) + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
    return 1;
}

/* load(text [, name [, mode [, env]]]): text only, and not under a file's name. */
static int base_load(lua_State *L) {
    size_t size;
    const char *text = luaL_checklstring(L, 1, &size);
    const char *name = luaL_optstring(L, 2, "=(load)");
    if (strncmp(luaL_optstring(L, 3, "t"), "b", 2) == 0) {
        lua_pushnil(L);
        lua_pushliteral(L, "compiled code is not available in a plugin");
        return 2;
    }
    lua_settop(L, 4);
    if (luaL_loadbufferx(L, text, size, *name == '@' ? "=(load)" : name, "t") != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (!lua_isnil(L, 4)) {
        lua_pushvalue(L, 4);
        lua_setupvalue(L, -2, 1);
    }
    return 1;
}

/* To standard error: data goes through the exporter's writer. */
static int base_print(lua_State *L) {
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        size_t size;
        const char *text = sheaf_lib_text(L, i, &size);
        if (i > 1)
            fputc('\t', stderr);
        fwrite(text, 1, size, stderr);
        lua_pop(L, 1);
    }
    fputc('\n', stderr);
    return 0;
}

/* What both kinds of call do when the protected call has come back. */
static int finish_pcall(lua_State *L, int status, lua_KContext first) {
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)first;
    if (sheaf_state_is_final(L, status))
        return lua_error(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

static int finish_handler(lua_State *L, int status, lua_KContext context) {
    (void)context;
    if (sheaf_state_is_final(L, status))
        return lua_error(L);
    lua_pushboolean(L, 0);
    lua_replace(L, 2);
    return lua_gettop(L) - 1;
}

/* Stack: handler, true, results of the function or its error. */
static int finish_xpcall(lua_State *L, int status, lua_KContext context) {
    (void)context;
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - 1;
    if (sheaf_state_is_final(L, status))
        return lua_error(L);
    lua_pushvalue(L, 1);
    lua_insert(L, -2);
    status = lua_pcallk(L, 1, LUA_MULTRET, 0, 0, finish_handler);
    return finish_handler(L, status, 0);
}

/* xpcall(f, handler, ...) */
static int base_xpcall(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rotate(L, 1, 2); /* handler, true, f, handler, ... */
    lua_remove(L, 4);
    int status = lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 0, 0, finish_xpcall);
    return finish_xpcall(L, status, 0);
}

void sheaf_lib_protect(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"pcall", base_pcall}, {"xpcall", base_xpcall}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}

void sheaf_lib_base(lua_State *L) {
    static const luaL_Reg functions[] = {{"tostring", base_tostring},
                                         {"setmetatable", base_setmetatable},
                                         {"rawset", base_rawset},
                                         {"collectgarbage", base_collectgarbage},
                                         {"load", base_load},
                                         {"print", base_print},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
