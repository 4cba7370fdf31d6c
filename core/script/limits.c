/* limits.c - the limits that a plugin asks for itself.
 *
 *   limits = { memory = 256, time = 10 }    MiB in all, seconds a call
 *
 * It may ask for more than the default and for less, up to a maximum of the
 * host. Where the host has set limits of its own, nobody asks the plugin. */
#include "script/state.h"

#include <lauxlib.h>

enum { MOST_MEBIBYTES = 1024, MOST_SECONDS = 60 };

/* The number at key of the table on the top; missing when it is not there. */
static lua_Number limit_at(lua_State *L, const char *key, lua_Number missing, int most) {
    lua_Number number = missing;
    if (lua_getfield(L, -1, key) != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TNUMBER)
            luaL_error(L, "limits: '%s' must be a number", key);
        number = lua_tonumber(L, -1);
        if (!(number > 0) || number > most)
            luaL_error(L, "limits: '%s' must be above 0 and at most %d", key, most);
    }
    lua_pop(L, 1);
    return number;
}

/* Misspelt limits would leave the plugin with others than it counts on. */
static void check_names(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING || (strcmp(lua_tostring(L, -1), "memory") != 0 &&
                                               strcmp(lua_tostring(L, -1), "time") != 0))
            luaL_error(L, "limits: there are only 'memory' in MiB and 'time' in seconds");
    }
}

void sheaf_limits_take(lua_State *L) {
    sheaf_state *state = sheaf_state_of(L);
    int type = lua_getfield(L, -1, "limits");
    if (type == LUA_TTABLE) {
        check_names(L);
        lua_Number memory = limit_at(L, "memory", 0, MOST_MEBIBYTES);
        lua_Number seconds = limit_at(L, "time", 0, MOST_SECONDS);
        if (memory > 0)
            state->limit = (size_t)(memory * (1 << 20));
        if (seconds > 0)
            sheaf_budget_allow(&state->budget, seconds);
    } else if (type != LUA_TNIL) {
        luaL_error(L, "'limits' must be a table, as in { memory = 256, time = 10 }");
    }
    lua_pop(L, 1);
}
