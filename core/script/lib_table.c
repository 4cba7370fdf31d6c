/* lib_table.c - table functions whose loops a time-out can end.
 *
 * The stock ones trust __len and run in C, where no hook is called; these look
 * at the clock as they go. Results are the same. */
#include <limits.h>

#include <lauxlib.h>

#include "script/sandbox.h"
#include "script/state.h"

enum { POLL_EVERY = 1024 };

static void poll(lua_State *L, lua_Integer step) {
    if (step % POLL_EVERY == 0)
        sheaf_state_poll(L);
}

static bool has(lua_State *L, const char *event) {
    if (luaL_getmetafield(L, 1, event) == LUA_TNIL)
        return false;
    lua_pop(L, 1);
    return true;
}

/* A table, or what acts like one in all the named ways. */
static void check_table(lua_State *L, int index, bool reads, bool writes) {
    if (lua_istable(L, index))
        return;
    lua_pushvalue(L, index);
    lua_insert(L, 1);
    bool like = (!reads || has(L, "__index")) && (!writes || has(L, "__newindex"));
    lua_remove(L, 1);
    if (!like)
        luaL_checktype(L, index, LUA_TTABLE);
}

static int table_insert(lua_State *L) {
    check_table(L, 1, true, true);
    lua_Integer end = (lua_Integer)((lua_Unsigned)luaL_len(L, 1) + 1);
    int given = lua_gettop(L);
    if (given == 2) {
        lua_seti(L, 1, end);
        return 0;
    }
    if (given != 3)
        return luaL_error(L, "wrong number of arguments to 'insert'");
    lua_Integer position = luaL_checkinteger(L, 2);
    luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
    for (lua_Integer i = end; i > position; i--) {
        poll(L, i);
        lua_geti(L, 1, i - 1);
        lua_seti(L, 1, i);
    }
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    check_table(L, 1, true, true);
    lua_Integer size = luaL_len(L, 1);
    lua_Integer position = luaL_optinteger(L, 2, size);
    if (lua_gettop(L) >= 2)
        luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2,
                      "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < size; position++) {
        poll(L, position);
        lua_geti(L, 1, position + 1);
        lua_seti(L, 1, position);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

/* move(a1, f, e, t [, a2]) */
static int table_move(lua_State *L) {
    lua_Integer from = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int target = !lua_isnoneornil(L, 5) ? 5 : 1;
    check_table(L, 1, true, false);
    check_table(L, target, false, true);
    if (last >= from) {
        luaL_argcheck(L, from > 0 || last < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = last - from + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool upward =
            to > last || to <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer at = upward ? i : count - 1 - i;
            poll(L, i);
            lua_geti(L, 1, from + at);
            lua_seti(L, target, to + at);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_item(lua_State *L, luaL_Buffer *text, lua_Integer i) {
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
    luaL_addvalue(text);
}

static int table_concat(lua_State *L) {
    check_table(L, 1, true, false);
    lua_Integer size = luaL_len(L, 1);
    size_t gap_size;
    const char *gap = luaL_optlstring(L, 2, "", &gap_size);
    lua_Integer i = luaL_optinteger(L, 3, 1);
    lua_Integer last = luaL_optinteger(L, 4, size);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (; i < last; i++) {
        poll(L, i);
        add_item(L, &text, i);
        luaL_addlstring(&text, gap, gap_size);
    }
    if (i == last)
        add_item(L, &text, i);
    luaL_pushresult(&text);
    return 1;
}

/* The comparison that the stock sort is given: looks at the clock, then does
 * what was asked for. Upvalue: the caller's function or nil. */
static int compare(lua_State *L) {
    sheaf_state_poll(L);
    if (lua_isnil(L, lua_upvalueindex(1))) {
        lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
        return 1;
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

/* sort(t [, f]); upvalue: the stock sort. */
static int table_sort(lua_State *L) {
    luaL_checkany(L, 1);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_pushcclosure(L, compare, 1);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void sheaf_lib_table(lua_State *L) {
    static const luaL_Reg functions[] = {{"insert", table_insert},
                                         {"remove", table_remove},
                                         {"move", table_move},
                                         {"concat", table_concat},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
    lua_getfield(L, -1, "sort");
    lua_pushcclosure(L, table_sort, 1);
    lua_setfield(L, -2, "sort");
}
