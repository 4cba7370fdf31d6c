/* script_run.c - runs a user's script: sheaf run SCRIPT.lua ARGS...
 *
 * The rule is one sentence: a script may read what was named on its command
 * line and write to its output. With trust it gets all of Lua instead. */
#include "script/bind.h"
#include "script/out.h"
#include "script/sandbox.h"
#include "script/state.h"

#include <stdio.h>
#include <lualib.h>

static const lua_Number default_memory = 1024.0 * 1024 * 1024;

typedef struct run_request {
    sheaf_state *state;
    lua_State *host; /* args lie at ARGS of its stack */
    sheaf_slice source;
    const char *chunk;
    sheaf_sink *sink; /* or NULL */
    bool trust;
} run_request;

enum { ARGS = 2 };

/* ---- what a script may read ---------------------------------------------------- */

/* Raises unless the path on the top is in the table of upvalue 1. */
static void check_allowed(lua_State *L) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL)
        luaL_error(L,
                   "'%s' is not on the command line of this script: name it there, or use --trust",
                   lua_tostring(L, -2));
    lua_pop(L, 1);
}

static int open_allowed(lua_State *L) {
    luaL_checkstring(L, 1);
    lua_settop(L, 1);
    check_allowed(L);
    return sheaf_bind_open(L);
}

/* Works on a copy of the list, so that what was checked is what is read. */
static int read_allowed(lua_State *L) {
    lua_settop(L, 2);
    if (!lua_istable(L, 1)) {
        luaL_checkstring(L, 1);
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, -2, 1);
        lua_replace(L, 1);
    }
    lua_newtable(L);
    for (lua_Integer i = 1, count = (lua_Integer)lua_rawlen(L, 1); i <= count; i++) {
        lua_rawgeti(L, 1, i);
        luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "expected a list of paths");
        check_allowed(L);
        lua_rawseti(L, 3, i);
    }
    lua_replace(L, 1);
    return sheaf_bind_read(L);
}

/* Pushes the set of arguments, from the global arg. */
static void push_allowed(lua_State *L) {
    lua_newtable(L);
    lua_getglobal(L, "arg");
    for (lua_Integer i = 1, count = (lua_Integer)lua_rawlen(L, -1); i <= count; i++) {
        lua_rawgeti(L, -1, i);
        lua_pushboolean(L, 1);
        lua_rawset(L, -4);
    }
    lua_pop(L, 1);
}

/* ---- output ---------------------------------------------------------------------- */

/* print goes to standard output, in turn with `out` when that is the same.
 * Upvalue: out, or nil. */
static int script_print(lua_State *L) {
    int count = lua_gettop(L);
    sheaf_buffer *line = sheaf_scratch_buffer(L);
    for (int i = 1; i <= count; i++) {
        sheaf_slice text;
        text.data = sheaf_lib_text(L, i, &text.size);
        if (i > 1)
            sheaf_buffer_char(line, '\t');
        sheaf_buffer_add(line, text);
    }
    sheaf_buffer_char(line, '\n');
    sheaf_check_memory(L, line->failed);
    sheaf_sink *sink =
        lua_isnil(L, lua_upvalueindex(1)) ? NULL : sheaf_out_check(L, lua_upvalueindex(1));
    if (!sink || sink->memory || sink->path) {
        fwrite(line->data, 1, line->size, stdout);
        fflush(stdout);
        return 0;
    }
    sheaf_buffer_add(&sink->buffer, sheaf_buffer_view(line));
    if (sheaf_sink_settle(sink) != SHEAF_OK)
        return luaL_error(L, "%s", sink->error.message);
    return 0;
}

static void give_output(lua_State *L, sheaf_sink *sink) {
    if (sink)
        sheaf_out_push(L, sink);
    else
        lua_pushnil(L);
    lua_pushvalue(L, -1);
    lua_setglobal(L, "out");
    lua_pushcclosure(L, script_print, 1);
    lua_setglobal(L, "print");
}

/* ---- putting it together ------------------------------------------------------------ */

static void give_args(lua_State *L, const run_request *run) {
    const char *problem = NULL;
    lua_newtable(L);
    if (!lua_isnil(run->host, ARGS)) {
        lua_pop(L, 1);
        problem = sheaf_copy_value(L, run->host, ARGS, false);
    }
    if (problem)
        luaL_error(L, "args: %s", problem);
    lua_setglobal(L, "arg");
}

static void give_sandboxed(lua_State *L) {
    lua_newtable(L);
    sheaf_open_articles(L, false);
    sheaf_open_sinks(L);
    sheaf_open_files(L);
    sheaf_open_layers(L);
    sheaf_open_piles(L);
    sheaf_open_rules(L);
    sheaf_bind_helpers(L);
    sheaf_bind_rules(L);
    sheaf_bind_copies(L);
    lua_pushcfunction(L, sheaf_bind_article);
    lua_setfield(L, -2, "article");
    lua_pushcfunction(L, sheaf_bind_page);
    lua_setfield(L, -2, "page");
    push_allowed(L);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, open_allowed, 1);
    lua_setfield(L, -3, "open");
    lua_pushcclosure(L, read_allowed, 1);
    lua_setfield(L, -2, "read");
    lua_pushvalue(L, -1);
    lua_setglobal(L, "sheaf");
    sheaf_sandbox_require(L);
}

static void give_trusted(lua_State *L) {
    lua_newtable(L);
    sheaf_bind_public(L);
    lua_pushvalue(L, -1);
    lua_setglobal(L, "sheaf");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_insert(L, -2);
    lua_setfield(L, -2, "sheaf");
    lua_pop(L, 1);
}

static int run_inner(lua_State *L) {
    const run_request *run = lua_touserdata(L, 1);
    sheaf_sandbox_open(L, run->trust);
    give_args(L, run);
    if (run->trust)
        give_trusted(L);
    else
        give_sandboxed(L);
    give_output(L, run->sink);
    if (sheaf_state_load(L, run->source, run->chunk) != LUA_OK)
        return lua_error(L);
    int count = 0;
    lua_getglobal(L, "arg");
    int arg = lua_gettop(L);
    for (lua_Integer i = 1; i <= 200 && lua_rawgeti(L, arg, i) != LUA_TNIL; i++)
        count++;
    lua_settop(L, arg + count);
    lua_remove(L, arg);
    lua_call(L, count, 0);
    return 0;
}

/* ---- core.script{...} ------------------------------------------------------------------ */

static int free_state(lua_State *L) {
    sheaf_state **state = lua_touserdata(L, 1);
    sheaf_state_free(*state);
    *state = NULL;
    return 0;
}

/* Pushes a state that goes with the calling function. */
static sheaf_state *push_state(lua_State *L, size_t memory, double seconds) {
    sheaf_state **state = lua_newuserdatauv(L, sizeof *state, 0);
    *state = NULL;
    if (luaL_newmetatable(L, "sheaf.script_state")) {
        lua_pushcfunction(L, free_state);
        lua_setfield(L, -2, "__close");
        lua_pushcfunction(L, free_state);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
    *state = sheaf_state_new(memory, seconds);
    sheaf_check_memory(L, !*state);
    return *state;
}

static lua_Number option_number(lua_State *L, const char *name, lua_Number missing) {
    lua_getfield(L, 1, name);
    lua_Number number = luaL_optnumber(L, -1, missing);
    lua_pop(L, 1);
    return number > 0 && number < 1e15 ? number : missing;
}

static int bind_script(lua_State *L) {
    run_request run = {.host = L};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (lua_getfield(L, 1, "args") != LUA_TNIL)
        luaL_checktype(L, ARGS, LUA_TTABLE);
    lua_getfield(L, 1, "source");
    run.source = sheaf_check_slice(L, -1);
    lua_getfield(L, 1, "name");
    run.chunk = luaL_optstring(L, -1, "=script");
    if (*run.chunk != '@' && *run.chunk != '=')
        run.chunk = lua_pushfstring(L, "@%s", run.chunk);
    lua_getfield(L, 1, "trust");
    run.trust = lua_toboolean(L, -1);
    if (lua_getfield(L, 1, "out") != LUA_TNIL)
        run.sink = sheaf_out_check(L, -1);
    lua_Number memory = option_number(L, "memory", default_memory);
    run.state = push_state(L, (size_t)memory, option_number(L, "seconds", 0));
    if (sheaf_state_call(run.state, run_inner, &run, 0) &&
        (!run.sink || run.sink->error.status == SHEAF_OK))
        return lua_pushboolean(L, 1), 1;
    sheaf_fault *fault = &run.state->fault;
    if (run.sink && run.sink->error.status != SHEAF_OK) {
        sheaf_fault_reset(fault);
        fault->kind = SHEAF_FAULT_ERROR;
        sheaf_fault_say(fault, sheaf_slice_of(run.sink->error.message));
    }
    luaL_pushfail(L);
    sheaf_fault_push(L, fault, NULL);
    return 2;
}

void sheaf_bind_scripts(lua_State *L) {
    lua_pushcfunction(L, bind_script);
    lua_setfield(L, -2, "script");
}
