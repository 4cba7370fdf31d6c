/* scratch.c - memory for the length of one binding, and small pushes. */
#include "script/bind.h"

static int clear_buffer(lua_State *L) {
    sheaf_buffer_clear(lua_touserdata(L, 1));
    return 0;
}

static int clear_arena(lua_State *L) {
    sheaf_arena_clear(lua_touserdata(L, 1));
    return 0;
}

void sheaf_set_closer(lua_State *L, const char *name, lua_CFunction clear) {
    if (luaL_newmetatable(L, name)) {
        lua_pushcfunction(L, clear);
        lua_setfield(L, -2, "__close");
        lua_pushcfunction(L, clear);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
}

sheaf_buffer *sheaf_scratch_buffer(lua_State *L) {
    sheaf_buffer *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
    sheaf_buffer_init(buffer);
    sheaf_set_closer(L, "sheaf.buffer", clear_buffer);
    return buffer;
}

sheaf_arena *sheaf_scratch_arena(lua_State *L) {
    sheaf_arena *arena = lua_newuserdatauv(L, sizeof *arena, 0);
    sheaf_arena_init(arena);
    sheaf_set_closer(L, "sheaf.arena", clear_arena);
    return arena;
}

/* lua_settop over a slot that is still to be closed is unsafe in Lua 5.4.4. */
void sheaf_scratch_end(lua_State *L) {
    lua_closeslot(L, -1);
    lua_pop(L, 1);
}

void sheaf_check_memory(lua_State *L, bool failed) {
    if (failed)
        luaL_error(L, "not enough memory");
}

sheaf_slice sheaf_check_slice(lua_State *L, int index) {
    sheaf_slice slice;
    slice.data = luaL_checklstring(L, index, &slice.size);
    return slice;
}

void sheaf_push_slice(lua_State *L, sheaf_slice slice) {
    lua_pushlstring(L, slice.data, slice.size);
}

void sheaf_set_slice(lua_State *L, const char *key, sheaf_slice slice) {
    if (slice.size == 0)
        return;
    sheaf_push_slice(L, slice);
    lua_setfield(L, -2, key);
}

void sheaf_set_integer(lua_State *L, const char *key, lua_Integer number) {
    lua_pushinteger(L, number);
    lua_setfield(L, -2, key);
}

int sheaf_push_failure(lua_State *L, const sheaf_error *error) {
    luaL_pushfail(L);
    lua_pushstring(L, error->message[0] ? error->message : sheaf_status_text(error->status));
    return 2;
}

void sheaf_make_class(lua_State *L, const char *name, const luaL_Reg *methods,
                      const luaL_Reg *metamethods) {
    if (luaL_newmetatable(L, name)) {
        luaL_setfuncs(L, metamethods, 0);
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_newtable(L);
        luaL_setfuncs(L, methods, 0);
        lua_setfield(L, -2, "__index");
    }
    lua_pop(L, 1);
}
