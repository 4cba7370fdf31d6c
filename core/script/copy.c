/* copy.c - plain data from one Lua state to another.
 *
 * What is copied comes from code that we do not trust: depth, number of values
 * and bytes have limits, and a table that holds itself is refused. Reading uses
 * only functions that cannot raise, so the target may be in a protected call
 * while the source is at rest, or the other way round. */
#include "script/bind.h"

enum { DEPTH = 32, VALUES = 1000000, BYTES = 256 << 20 };

typedef struct copier {
    lua_State *to;
    lua_State *from;
    bool functions_as_true;
    size_t values;
    size_t bytes;
    int depth;
    const void *path[DEPTH]; /* the tables that we are inside of */
} copier;

static const char *copy_value(copier *copy, int index);

static const char *enter(copier *copy, const void *table) {
    for (int i = 0; i < copy->depth; i++) {
        if (copy->path[i] == table)
            return "a table that holds itself cannot be handed over";
    }
    if (copy->depth == DEPTH)
        return "tables are nested too deep to be handed over";
    if (!lua_checkstack(copy->from, 4))
        return "tables are nested too deep to be handed over";
    luaL_checkstack(copy->to, 6, "nested too deep");
    copy->path[copy->depth++] = table;
    return NULL;
}

static const char *copy_table(copier *copy, int index) {
    const char *problem = enter(copy, lua_topointer(copy->from, index));
    if (problem)
        return problem;
    lua_createtable(copy->to, 0, 0);
    lua_pushnil(copy->from);
    while (lua_next(copy->from, index)) {
        int value = lua_gettop(copy->from), key_type = lua_type(copy->from, value - 1);
        if (key_type != LUA_TSTRING && key_type != LUA_TNUMBER && key_type != LUA_TBOOLEAN)
            problem = "a table with such keys cannot be handed over";
        if (!problem)
            problem = copy_value(copy, value - 1);
        if (!problem) {
            problem = copy_value(copy, value);
            if (problem)
                lua_pop(copy->to, 1);
        }
        if (problem) {
            lua_pop(copy->from, 2);
            lua_pop(copy->to, 1);
            return problem;
        }
        lua_rawset(copy->to, -3);
        lua_pop(copy->from, 1);
    }
    copy->depth--;
    return NULL;
}

static const char *copy_string(copier *copy, int index) {
    size_t size;
    const char *text = lua_tolstring(copy->from, index, &size);
    if (size > BYTES - copy->bytes)
        return "too much data to be handed over";
    copy->bytes += size;
    lua_pushlstring(copy->to, text, size);
    return NULL;
}

static const char *copy_value(copier *copy, int index) {
    if (++copy->values > VALUES)
        return "too many values to be handed over";
    switch (lua_type(copy->from, index)) {
    case LUA_TNONE:
    case LUA_TNIL: lua_pushnil(copy->to); return NULL;
    case LUA_TBOOLEAN: lua_pushboolean(copy->to, lua_toboolean(copy->from, index)); return NULL;
    case LUA_TNUMBER:
        if (lua_isinteger(copy->from, index))
            lua_pushinteger(copy->to, lua_tointeger(copy->from, index));
        else
            lua_pushnumber(copy->to, lua_tonumber(copy->from, index));
        return NULL;
    case LUA_TSTRING: return copy_string(copy, index);
    case LUA_TTABLE: return copy_table(copy, index);
    case LUA_TLIGHTUSERDATA:
        if (lua_touserdata(copy->from, index))
            return "a userdata cannot be handed over";
        lua_pushlightuserdata(copy->to, NULL);
        return NULL;
    case LUA_TFUNCTION:
        if (!copy->functions_as_true)
            return "a function cannot be handed over";
        lua_pushboolean(copy->to, 1);
        return NULL;
    case LUA_TUSERDATA: return "an article or other userdata cannot be handed over";
    default: return "a coroutine cannot be handed over";
    }
}

const char *sheaf_copy_value(lua_State *to, lua_State *from, int index, bool functions_as_true) {
    copier copy = {.to = to, .from = from, .functions_as_true = functions_as_true};
    if (!lua_checkstack(from, 4))
        return "no room to hand over";
    luaL_checkstack(to, 6, "no room");
    return copy_value(&copy, lua_absindex(from, index));
}
