/* forgive.c - lets nil be compared, indexed and called in expressions.
 *
 * What an article lacks is nil. An expression of one line should pass over
 * such an article rather than fail on it: with this, nil is never less nor
 * more than anything, what is in it is nil, and joined to text it is nothing.
 * The methods of strings can be called on it and give nil; no other method can,
 * so that a misspelt one is told.
 * For -e only; a plugin of several lines is better told of its mistake. */
#include <lauxlib.h>

#include "script/sandbox.h"

static int nothing(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

/* nil.name: nil, but something to call where name is a method of strings. */
static int index_nil(lua_State *L) {
    lua_getglobal(L, "string");
    lua_pushvalue(L, 2);
    if (lua_istable(L, -2) && lua_rawget(L, -2) == LUA_TFUNCTION)
        lua_pushcfunction(L, nothing);
    else
        lua_pushnil(L);
    return 1;
}

static int never(lua_State *L) {
    lua_pushboolean(L, 0);
    return 1;
}

static int zero(lua_State *L) {
    lua_pushinteger(L, 0);
    return 1;
}

static int join(lua_State *L) {
    int told = lua_isnil(L, 1) ? 2 : 1;
    if (lua_isnil(L, told))
        lua_pushliteral(L, "");
    else
        luaL_tolstring(L, told, NULL);
    return 1;
}

void sheaf_forgive_nil(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"__lt", never},    {"__le", never},    {"__index", index_nil},
        {"__add", nothing}, {"__sub", nothing}, {"__mul", nothing},
        {"__div", nothing}, {"__unm", nothing}, {"__len", zero},
        {"__concat", join}, {NULL, NULL}};
    lua_pushnil(L);
    luaL_newlib(L, methods);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
