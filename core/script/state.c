/* state.c - making a limited Lua state, and calling into it. */
#include "script/state.h"

#include <stdio.h>

#include <lauxlib.h>

#include "base/memory.h"
#include "base/status.h"

/* A refusal that a collection does not cure ends the call; where it happened is
 * noted here, since Lua calls no handler when memory is out. A block that grows
 * may be the stack of Lua itself, which cannot be looked at just then. */
static void *refuse(sheaf_state *state, const void *block) {
    state->fault.line = 0;
    if (!block && state->budget.running)
        sheaf_fault_here(&state->fault, state->budget.running);
    return NULL;
}

static bool fits(const sheaf_state *state, size_t more) {
    return !state->limit || (state->used <= state->limit && more <= state->limit - state->used);
}

static void *allocate(void *context, void *block, size_t before, size_t after) {
    sheaf_state *state = context;
    if (!block)
        before = 0;
    if (after == 0) {
        state->used -= before;
        sheaf_free(block);
        return NULL;
    }
    if (after > before && !fits(state, after - before))
        return refuse(state, block);
    void *grown = sheaf_realloc(block, after);
    if (!grown)
        return after > before ? refuse(state, block) : block;
    state->used += after - before;
    return grown;
}

sheaf_state *sheaf_state_of(lua_State *L) {
    void *context;
    return lua_getallocf(L, &context) == allocate ? context : NULL;
}

/* The hook of a call that is out of time. A coroutine made in an earlier call
 * may still carry it: there it only takes itself off. */
static void stop(lua_State *L, lua_Debug *info) {
    (void)info;
    sheaf_state *state = sheaf_state_of(L);
    if (!state->budget.expired) {
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    if (state->fault.kind != SHEAF_FAULT_TIME) {
        state->fault.kind = SHEAF_FAULT_TIME;
        state->fault.line = 0;
        sheaf_fault_trace(&state->fault, L);
    }
    luaL_error(L, "out of time");
}

sheaf_state *sheaf_state_new(size_t memory, double seconds) {
    sheaf_state *state = sheaf_calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->limit = memory;
    sheaf_budget_init(&state->budget, stop);
    sheaf_budget_allow(&state->budget, seconds);
    state->lua = lua_newstate(allocate, state);
    if (!state->lua) {
        sheaf_free(state);
        return NULL;
    }
    return state;
}

void sheaf_state_free(sheaf_state *state) {
    if (!state)
        return;
    lua_close(state->lua);
    sheaf_budget_clear(&state->budget);
    sheaf_source_clear(&state->sources);
    sheaf_free(state->folder);
    sheaf_free(state->shared);
    sheaf_free(state);
}

/* Buffers of Lua's own library raise lack of memory as an ordinary error, and
 * so do our bindings: it is known by its words. */
static bool says_no_memory(lua_State *L, int index) {
    sheaf_slice text;
    if (lua_type(L, index) != LUA_TSTRING)
        return false;
    text.data = lua_tolstring(L, index, &text.size);
    return sheaf_slice_ends(text, SLICE("not enough memory"));
}

/* Message handler: C only, for inside a hook nothing could stop it. */
static int on_error(lua_State *L) {
    sheaf_state *state = sheaf_state_of(L);
    sheaf_fault *fault = &state->fault;
    if (fault->kind == SHEAF_FAULT_TIME || fault->kind == SHEAF_FAULT_MEMORY)
        return 1;
    if (fault->kind != SHEAF_FAULT_SYNTAX)
        fault->kind = says_no_memory(L, 1) ? SHEAF_FAULT_MEMORY : SHEAF_FAULT_ERROR;
    fault->line = 0;
    sheaf_fault_trace(fault, L);
    if (lua_type(L, 1) == LUA_TTABLE) { /* raw: no code of the plugin runs here */
        lua_pushliteral(L, "message");
        lua_rawget(L, 1);
    }
    if (lua_isstring(L, -1)) {
        sheaf_slice text;
        text.data = lua_tolstring(L, -1, &text.size);
        sheaf_fault_say(fault, text);
    } else {
        snprintf(fault->message, sizeof fault->message, "the error is a %s, not a text",
                 luaL_typename(L, 1));
    }
    return 1;
}

static void say_limit(sheaf_state *state) {
    char *out = state->fault.message;
    size_t room = sizeof state->fault.message;
    if (state->fault.kind == SHEAF_FAULT_TIME) {
        snprintf(out, room, "stopped: it took more than %g seconds",
                 (double)(state->budget.allowed - 1) * SHEAF_TICK_MILLISECONDS / 1000);
    } else if (state->limit >= 1u << 20) {
        snprintf(out, room, "stopped: it needs more than %zu MiB of memory", state->limit >> 20);
    } else {
        snprintf(out, room, "stopped: it needs more than %zu KiB of memory", state->limit >> 10);
    }
}

static void explain(sheaf_state *state, int status) {
    sheaf_fault *fault = &state->fault;
    if (state->budget.expired)
        fault->kind = SHEAF_FAULT_TIME;
    else if (status == LUA_ERRMEM)
        fault->kind = SHEAF_FAULT_MEMORY;
    if (fault->kind == SHEAF_FAULT_NONE) { /* an error in handling the error */
        fault->kind = SHEAF_FAULT_ERROR;
        sheaf_fault_say(fault, SLICE("the stack is full"));
    }
    if (fault->kind == SHEAF_FAULT_TIME || fault->kind == SHEAF_FAULT_MEMORY)
        say_limit(state);
    sheaf_fault_settle(fault, state->sources);
    if (!fault->file[0] && state->sources) {
        const sheaf_source *first = state->sources;
        while (first->next)
            first = first->next;
        snprintf(fault->file, sizeof fault->file, "%s", first->name + 1);
    }
}

bool sheaf_state_call(sheaf_state *state, lua_CFunction function, void *request, int results) {
    lua_State *L = state->lua;
    sheaf_error error;
    lua_settop(L, 0);
    sheaf_fault_reset(&state->fault);
    state->calls++;
    state->depth = 0;
    if (sheaf_budget_begin(&state->budget, L, &error) != SHEAF_OK) {
        state->fault.kind = SHEAF_FAULT_ERROR;
        sheaf_fault_say(&state->fault, sheaf_slice_of(error.message));
        return false;
    }
    lua_pushcfunction(L, on_error);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, request);
    int status = lua_pcall(L, 1, results, 1);
    if (status != LUA_OK)
        explain(state, status);
    sheaf_budget_end(&state->budget);
    return status == LUA_OK;
}

void sheaf_state_poll(lua_State *L) {
    sheaf_state *state = sheaf_state_of(L);
    if (state && state->budget.expired)
        stop(L, NULL);
}

bool sheaf_state_charge(lua_State *L, size_t size) {
    sheaf_state *state = sheaf_state_of(L);
    if (!state)
        return true;
    if (!fits(state, size))
        lua_gc(L, LUA_GCCOLLECT, 0);
    if (!fits(state, size))
        return false;
    state->used += size;
    return true;
}

void sheaf_state_discharge(lua_State *L, size_t size) {
    sheaf_state *state = sheaf_state_of(L);
    if (state)
        state->used -= size;
}

bool sheaf_state_is_final(lua_State *L, int status) {
    sheaf_state *state = sheaf_state_of(L);
    if (!state || status == LUA_OK || status == LUA_YIELD)
        return false;
    if (state->fault.kind == SHEAF_FAULT_SYNTAX)
        state->fault.kind = SHEAF_FAULT_NONE;
    bool memory = status == LUA_ERRMEM || says_no_memory(L, -1);
    if (memory && state->fault.kind != SHEAF_FAULT_TIME)
        state->fault.kind = SHEAF_FAULT_MEMORY;
    return state->budget.expired || state->fault.kind == SHEAF_FAULT_MEMORY;
}

int sheaf_state_load(lua_State *L, sheaf_slice text, const char *name) {
    sheaf_state *state = sheaf_state_of(L);
    if (text.size && text.data[0] == '#') { /* a "#!" line is for the shell */
        size_t end = sheaf_slice_find_char(text, 0, '\n');
        text = sheaf_slice_part(text, end, text.size);
    }
    if (!sheaf_source_add(&state->sources, name, text))
        luaL_error(L, "not enough memory");
    int status = luaL_loadbufferx(L, text.data, text.size, name, "t");
    if (status == LUA_ERRSYNTAX)
        state->fault.kind = SHEAF_FAULT_SYNTAX;
    return status;
}
