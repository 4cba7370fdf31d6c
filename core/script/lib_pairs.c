/* lib_pairs.c - pairs that goes in the order of the keys.
 *
 * Stock Lua walks a table in an order that differs from run to run, since
 * strings are hashed with a seed made from addresses and the time. A plugin
 * that writes while it walks would give other bytes each time. Here numbers
 * come first, by value, then strings, by bytes, then false and true; keys that
 * have no order of their own, such as tables, come last.
 *
 * The keys are those at the beginning of the walk: what is removed on the way
 * is left out, what is added is not met. A plain list, and a table of one key,
 * is walked by stock `next`, which costs nothing more. */
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/slice.h"
#include "script/sandbox.h"
#include "script/state.h"

typedef enum key_rank { KEY_NUMBER, KEY_STRING, KEY_FALSE, KEY_TRUE, KEY_OTHER } key_rank;

typedef struct sort_key {
    key_rank rank;
    bool whole; /* a number: integer, or else real */
    lua_Integer integer;
    lua_Number real;
    sheaf_slice text; /* lent by the table that is walked */
    lua_Integer at;   /* where the key lies in the list of keys */
} sort_key;

static sort_key key_of(lua_State *L, int index, lua_Integer at) {
    sort_key key = {.rank = KEY_OTHER, .at = at};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key.rank = KEY_NUMBER;
        key.whole = lua_isinteger(L, index);
        key.integer = lua_tointeger(L, index);
        key.real = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        key.rank = KEY_STRING;
        key.text.data = lua_tolstring(L, index, &key.text.size);
        break;
    case LUA_TBOOLEAN: key.rank = lua_toboolean(L, index) ? KEY_TRUE : KEY_FALSE; break;
    default: break;
    }
    return key;
}

static int compare_numbers(const sort_key *a, const sort_key *b) {
    if (a->whole && b->whole)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return (a->real > b->real) - (a->real < b->real);
}

static int compare(const void *one, const void *other) {
    const sort_key *a = one, *b = other;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    int order = a->rank == KEY_NUMBER   ? compare_numbers(a, b)
                : a->rank == KEY_STRING ? sheaf_slice_compare(a->text, b->text)
                                        : 0;
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* How many keys the table at 1 has; *plain: stock next walks them in order. */
static lua_Integer count_keys(lua_State *L, bool *plain) {
    lua_Integer count = 0;
    *plain = true;
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        count++;
        if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) != count)
            *plain = false;
    }
    *plain = *plain || count < 2;
    return count;
}

/* Pushes the list of the keys, in order. */
static void push_sorted(lua_State *L, lua_Integer count) {
    sort_key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    int found = lua_gettop(L) - 1;
    lua_Integer at = 0;
    lua_pushnil(L);
    while (at < count && lua_next(L, 1)) {
        lua_pop(L, 1);
        keys[at] = key_of(L, -1, at + 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, found, ++at);
    }
    lua_settop(L, found + 1);
    qsort(keys, (size_t)at, sizeof *keys, compare);
    for (lua_Integer i = 0; i < at; i++) {
        lua_rawgeti(L, found, keys[i].at);
        lua_rawseti(L, found + 1, i + 1);
    }
}

/* next_key(table, key); upvalues: the keys, how many were given */
static int next_key(lua_State *L) {
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 1);
    while (lua_rawgeti(L, lua_upvalueindex(1), ++at) != LUA_TNIL) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) {
            lua_pushinteger(L, at);
            lua_replace(L, lua_upvalueindex(2));
            return 2;
        }
        lua_settop(L, 1);
    }
    return 1;
}

/* pairs(t); upvalue: stock next */
static int sorted_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    bool plain;
    lua_Integer count = count_keys(L, &plain);
    sheaf_state_poll(L);
    if (plain) {
        lua_pushvalue(L, lua_upvalueindex(1));
    } else {
        luaL_argcheck(L, count < 1 << 30, 1, "too many keys");
        push_sorted(L, count);
        lua_pushinteger(L, 0);
        lua_pushcclosure(L, next_key, 2);
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

void sheaf_lib_pairs(lua_State *L) {
    lua_getfield(L, -1, "next");
    lua_pushcclosure(L, sorted_pairs, 1);
    lua_setfield(L, -2, "pairs");
}
