/* lib_coroutine.c - coroutines that the time limit follows.
 *
 * A hook belongs to one coroutine. Whoever resumes another moves the watch
 * there and back, and hands on what must not be caught. Closing is counted:
 * Lua before 5.4.6 forgets how deep the C stack is when a coroutine is closed
 * while another is being closed. */
#include <lauxlib.h>

#include "script/sandbox.h"
#include "script/state.h"

enum { CLOSE_DEPTH = 16 };

static lua_State *check_coroutine(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static bool is_dead(lua_State *co) {
    lua_Debug info;
    return lua_status(co) == LUA_OK && !lua_getstack(co, 0, &info) && lua_gettop(co) == 0;
}

/* Moves count values over and runs co. The number of results, moved back, or
 * -1 with the error. */
static int resume(lua_State *L, lua_State *co, int count) {
    int results;
    sheaf_state *state = sheaf_state_of(L);
    if (!lua_checkstack(co, count))
        return lua_pushliteral(L, "too many arguments to resume"), -1;
    lua_xmove(L, co, count);
    lua_State *before = sheaf_budget_follow(&state->budget, co);
    int status = lua_resume(co, L, count, &results);
    sheaf_budget_follow(&state->budget, before);
    if (sheaf_state_is_final(co, status)) {
        lua_xmove(co, L, 1);
        return lua_error(L);
    }
    if (status != LUA_OK && status != LUA_YIELD)
        return lua_xmove(co, L, 1), -1;
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        return lua_pushliteral(L, "too many results to resume"), -1;
    }
    lua_xmove(co, L, results);
    return results;
}

static int coroutine_resume(lua_State *L) {
    lua_State *co = check_coroutine(L);
    if (co == L || is_dead(co)) {
        lua_pushboolean(L, 0);
        lua_pushstring(L, co == L ? "cannot resume non-suspended coroutine"
                                  : "cannot resume dead coroutine");
        return 2;
    }
    int results = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    lua_insert(L, results < 0 ? -2 : -(results + 1));
    return results < 0 ? 2 : results + 1;
}

/* Closes co; true when it had ended well. Otherwise its error is left on it. */
static bool close_coroutine(lua_State *L, lua_State *co) {
    sheaf_state *state = sheaf_state_of(L);
    if (state->depth >= CLOSE_DEPTH)
        luaL_error(L, "coroutines are closed too deep inside one another");
    state->depth++;
    lua_State *before = sheaf_budget_follow(&state->budget, co);
    int status = lua_resetthread(co);
    sheaf_budget_follow(&state->budget, before);
    state->depth--;
    if (sheaf_state_is_final(co, status)) {
        lua_xmove(co, L, 1);
        lua_error(L);
    }
    return status == LUA_OK;
}

static int coroutine_close(lua_State *L) {
    lua_State *co = check_coroutine(L);
    lua_Debug info;
    if (co == L || (lua_status(co) == LUA_OK && lua_getstack(co, 0, &info)))
        return luaL_error(L, "cannot close a running coroutine");
    lua_settop(L, 1);
    if (close_coroutine(L, co))
        return lua_pushboolean(L, 1), 1;
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

static int wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    if (co == L)
        return luaL_error(L, "cannot resume non-suspended coroutine");
    if (is_dead(co))
        return luaL_error(L, "cannot resume dead coroutine");
    int results = resume(L, co, lua_gettop(L));
    if (results >= 0)
        return results;
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD && !close_coroutine(L, co))
        lua_xmove(co, L, 1);
    return lua_error(L); /* stock Lua puts our place before that of the error */
}

static int coroutine_wrap(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

void sheaf_lib_coroutine(lua_State *L) {
    static const luaL_Reg functions[] = {{"resume", coroutine_resume},
                                         {"close", coroutine_close},
                                         {"wrap", coroutine_wrap},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
