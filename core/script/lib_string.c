/* lib_string.c - string.rep and string.format for the sandbox.
 *
 * rep of an empty string would loop for ever in C; format tells addresses by
 * %p, and by %s of a table. Both check first and leave the work to the stock
 * function, which is their upvalue. Patterns are in lib_pattern.c. */
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox.h"

/* In our own frame, so that its errors name the caller's line. */
static int call_stock(lua_State *L) {
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int string_rep(lua_State *L) {
    size_t size, gap;
    luaL_checklstring(L, 1, &size);
    luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &gap);
    if (size == 0 && gap == 0)
        return lua_pushliteral(L, ""), 1;
    return call_stock(L);
}

static int string_format(lua_State *L) {
    size_t size;
    const char *at = luaL_checklstring(L, 1, &size);
    const char *end = at + size;
    int argument = 1, given = lua_gettop(L);
    while (at < end) {
        if (*at++ != '%')
            continue;
        if (at < end && *at == '%') {
            at++;
            continue;
        }
        argument++;
        while (at < end && *at && strchr("-+#0 .123456789", *at))
            at++;
        if (at < end && *at == 'p')
            return luaL_error(L, "%%p is not available in a plugin");
        if (at < end && *at == 's' && argument <= given && !lua_isstring(L, argument)) {
            sheaf_lib_text(L, argument, NULL);
            lua_replace(L, argument);
            lua_settop(L, given);
        }
    }
    return call_stock(L);
}

static void wrap(lua_State *L, const char *name, lua_CFunction function) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void sheaf_lib_string(lua_State *L) {
    wrap(L, "rep", string_rep);
    wrap(L, "format", string_format);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
}
