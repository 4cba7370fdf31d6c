/* state.h - a Lua state that cannot hurt its host.
 *
 * Its memory has a cap, each call has a time limit, and what its code can see
 * is an allow-list (see sandbox.h). Nothing in it is ever called but through
 * sheaf_state_call, which protects, limits and explains; so no error of the
 * inner state can reach its panic function.
 *
 * Two states meet in one C stack, and an error in either is a longjmp. The
 * rule that keeps them whole: while a function runs inside a state by
 * sheaf_state_call, it calls nothing that can raise in another state. */
#ifndef SHEAF_SCRIPT_STATE_H
#define SHEAF_SCRIPT_STATE_H

#include <lua.h>

#include "script/budget.h"
#include "script/problem.h"

typedef struct sheaf_state {
    lua_State *lua;
    size_t used;    /* bytes held by Lua, and charged to it */
    size_t limit;   /* 0: no limit */
    unsigned depth; /* coroutines being closed inside one another */
    uint64_t calls;
    sheaf_budget budget;
    sheaf_fault fault;
    sheaf_source *sources;
    char *folder; /* whose lib/ require sees, or NULL */
    char *shared; /* where sheaf/NAME.lua is the module "sheaf.NAME", or NULL */
} sheaf_state;

/* A state without libraries. NULL: no memory. */
sheaf_state *sheaf_state_new(size_t memory, double seconds);
void sheaf_state_free(sheaf_state *state);

/* The state that L or its coroutines belong to; NULL when L is a host's. */
sheaf_state *sheaf_state_of(lua_State *L);

/* Runs function with request as a light userdata, protected and in budget. On
 * true, results lie from index 2 of state->lua on, until the next call. On
 * false, state->fault tells. */
bool sheaf_state_call(sheaf_state *state, lua_CFunction function, void *request, int results);

/* Raises when the call is out of time: for loops in C that Lua code can make
 * long. Does nothing in a host. */
void sheaf_state_poll(lua_State *L);

/* Memory outside of Lua that Lua code made us hold; false when over the cap. */
bool sheaf_state_charge(lua_State *L, size_t size);
void sheaf_state_discharge(lua_State *L, size_t size);

/* True when an error caught in a sandbox must not stop there: out of time or
 * memory. status is what lua_pcall or lua_resume gave, with the error on the
 * top of the stack of L. */
bool sheaf_state_is_final(lua_State *L, int status);

/* Compiles text, never bytecode, under name ("@file" or "=word") and leaves
 * the function, or the error, on the stack as luaL_loadbuffer does. The text
 * is kept to show its lines. Call it within sheaf_state_call. */
int sheaf_state_load(lua_State *L, sheaf_slice text, const char *name);

/* Takes the limits that the plugin's table on the top asks for (limits.c). */
void sheaf_limits_take(lua_State *L);

#endif
