/* bind_public.c - puts the public functions together; sorted, article, version. */
#include "script/bind.h"

#include <stdlib.h>

/* Order of keys: numbers by value, then strings by bytes, then the rest as it
 * comes, false before true. */
static int rank(int type) {
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : type == LUA_TBOOLEAN ? 2 : 3;
}

/* Keys a, b -> does a come first? Given to table.sort. */
static int comes_first(lua_State *L) {
    int a = lua_type(L, 1), b = lua_type(L, 2);
    if (rank(a) != rank(b))
        lua_pushboolean(L, rank(a) < rank(b));
    else if (a == LUA_TNUMBER)
        lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
    else if (a == LUA_TSTRING)
        lua_pushboolean(L,
                        sheaf_slice_compare(sheaf_check_slice(L, 1), sheaf_check_slice(L, 2)) < 0);
    else
        lua_pushboolean(L, a == LUA_TBOOLEAN && !lua_toboolean(L, 1) && lua_toboolean(L, 2));
    return 1;
}

/* Upvalues: table, its keys in order, how many were given. */
static int next_sorted(lua_State *L) {
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL)
        return 1;
    lua_pushvalue(L, -1);
    lua_gettable(L, lua_upvalueindex(1));
    return 2;
}

/* sorted(t); upvalue: the sort of the state's own table library. */
static int bind_sorted(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_newtable(L);
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, ++count);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 2);
    lua_pushcfunction(L, comes_first);
    lua_call(L, 2, 0);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_sorted, 3);
    return 1;
}

int sheaf_bind_article(lua_State *L) {
    sheaf_article_from_table(L, 1);
    return 1;
}

/* The global `table` may be anything by the time sorted is called, so its sort
 * is kept. */
static void bind_sort(lua_State *L) {
    lua_getglobal(L, "table");
    lua_getfield(L, -1, "sort");
    lua_remove(L, -2);
    lua_pushcclosure(L, bind_sorted, 1);
    lua_setfield(L, -2, "sorted");
}

void sheaf_bind_helpers(lua_State *L) {
    sheaf_bind_text(L);
    sheaf_bind_json(L);
    bind_sort(L);
    lua_pushliteral(L, SHEAF_VERSION);
    lua_setfield(L, -2, "version");
}

void sheaf_bind_public(lua_State *L) {
    static const luaL_Reg functions[] = {{"open", sheaf_bind_open},
                                         {"read", sheaf_bind_read},
                                         {"article", sheaf_bind_article},
                                         {"page", sheaf_bind_page},
                                         {NULL, NULL}};
    sheaf_open_articles(L, true);
    sheaf_open_files(L);
    sheaf_open_layers(L);
    sheaf_open_index(L);
    sheaf_open_piles(L);
    sheaf_open_rules(L);
    sheaf_open_sinks(L);
    sheaf_bind_helpers(L);
    sheaf_bind_rules(L);
    sheaf_bind_writers(L);
    sheaf_bind_queries(L);
    sheaf_bind_kwic(L);
    sheaf_bind_counts(L);
    sheaf_bind_copies(L);
    luaL_setfuncs(L, functions, 0);
}
