/* sandbox.c - puts a sandbox together from an allow-list.
 *
 * While a plugin loads it may define globals. Freezing moves them all behind
 * an empty table that reads from them and refuses to be written, so that a
 * forgotten `local` is an error with a line and not a value that leaks from
 * one article to the next. */
#include "script/sandbox.h"

#include <stdio.h>
#include <sys/stat.h>

#include <lauxlib.h>
#include <lualib.h>

#include "base/memory.h"
#include "script/state.h"

enum { LIBRARY_BYTES = 4 << 20, SHARED_PREFIX = sizeof "sheaf." - 1 };

/* Keeps only the named fields of the table on the top. */
static void keep_only(lua_State *L, const char *const *names) {
    lua_newtable(L);
    for (; *names; names++) {
        lua_getfield(L, -2, *names);
        lua_setfield(L, -2, *names);
    }
    lua_remove(L, -2);
}

static void open_base(lua_State *L) {
    static const char *const names[] = {"assert",   "error",    "getmetatable", "ipairs", "next",
                                        "pairs",    "rawequal", "rawget",       "rawlen", "select",
                                        "tonumber", "type",     "_VERSION",     NULL};
    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    keep_only(L, names);
    sheaf_lib_base(L);
    sheaf_lib_protect(L);
    sheaf_lib_pairs(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pop(L, 1);
}

/* randomseed(n): a number is asked for; without one the stock function takes
 * time and addresses. */
static int math_randomseed(lua_State *L) {
    luaL_checknumber(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static void harden_math(lua_State *L) {
    lua_getfield(L, -1, "randomseed");
    lua_pushvalue(L, -1);
    lua_pushinteger(L, 1);
    lua_call(L, 1, 0);
    lua_pushcclosure(L, math_randomseed, 1);
    lua_setfield(L, -2, "randomseed");
}

static void harden_os(lua_State *L) {
    static const char *const names[] = {"time", "date", "clock", NULL};
    keep_only(L, names);
}

static void harden_string(lua_State *L) {
    sheaf_lib_string(L);
    sheaf_lib_pattern(L);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

static void open_library(lua_State *L, const char *name, lua_CFunction open,
                         void (*harden)(lua_State *)) {
    luaL_requiref(L, name, open, 0);
    if (harden)
        harden(L);
    lua_setglobal(L, name);
}

/* luaL_requiref notes the stock tables here; nothing may find them again. */
static void forget_loaded(lua_State *L) {
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

static void open_trusted(lua_State *L) {
    luaL_openlibs(L);
    lua_pushglobaltable(L);
    sheaf_lib_protect(L);
    lua_getfield(L, -1, LUA_COLIBNAME);
    sheaf_lib_coroutine(L);
    lua_pop(L, 2);
}

void sheaf_sandbox_open(lua_State *L, bool trust) {
    if (trust) {
        open_trusted(L);
        return;
    }
    open_base(L);
    open_library(L, LUA_STRLIBNAME, luaopen_string, harden_string);
    open_library(L, LUA_TABLIBNAME, luaopen_table, sheaf_lib_table);
    open_library(L, LUA_MATHLIBNAME, luaopen_math, harden_math);
    open_library(L, LUA_UTF8LIBNAME, luaopen_utf8, NULL);
    open_library(L, LUA_COLIBNAME, luaopen_coroutine, sheaf_lib_coroutine);
    open_library(L, LUA_OSLIBNAME, luaopen_os, harden_os);
    forget_loaded(L);
}

static int refuse_global(lua_State *L) {
    return luaL_error(L, "'%s' is set as a global: write 'local %s'", luaL_tolstring(L, 2, NULL),
                      luaL_tolstring(L, 2, NULL));
}

void sheaf_sandbox_freeze(lua_State *L) {
    lua_pushglobaltable(L);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, -3)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    lua_pushnil(L);
    while (lua_next(L, -3)) { /* assigning nil while walking is allowed */
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, -5);
    }
    lua_createtable(L, 0, 3);
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

/* With dots only where a file's ending is wanted, and never in front. */
static bool is_plain_name(sheaf_slice name, bool dots) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool dot = dots && c == '.' && i > 0;
        if (!sheaf_is_alpha(c) && !sheaf_is_digit(c) && c != '_' && c != '-' && !dot)
            return false;
    }
    return name.size > 0 && name.size < 128;
}

/* "sheaf.NAME" */
static bool is_shared_name(const char *name) {
    return strncmp(name, "sheaf.", SHARED_PREFIX) == 0;
}

/* Reads a whole small file as a string on the stack; false: cannot be read.
 * The stream is open only while nothing can raise. */
static bool push_file(lua_State *L, const char *path) {
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > LIBRARY_BYTES)
        return false;
    luaL_Buffer text;
    size_t size = (size_t)info.st_size;
    char *room = luaL_buffinitsize(L, &text, size + 1);
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool whole = fread(room, 1, size, file) == size;
    fclose(file);
    if (whole)
        luaL_pushresultsize(&text, size);
    return whole;
}

/* Where the module is: in the plugin's lib/, or for "sheaf.NAME" among those that
 * plugins share. */
static const char *library_path(lua_State *L, const char *name) {
    sheaf_state *state = sheaf_state_of(L);
    if (is_shared_name(name)) {
        if (!state->shared)
            luaL_error(L, "module '%s' not found: nothing is shared here", name);
        return lua_pushfstring(L, "%s/sheaf/%s.lua", state->shared, name + SHARED_PREFIX);
    }
    if (!state->folder)
        luaL_error(L, "module '%s' not found: only a plugin folder has a lib/", name);
    return lua_pushfstring(L, "%s/lib/%s.lua", state->folder, name);
}

/* Runs the file of the module and leaves its value on the stack. */
static void load_library(lua_State *L, const char *name) {
    const char *path = library_path(L, name);
    const char *chunk = lua_pushfstring(L, "@%s", path);
    if (!push_file(L, path))
        luaL_error(L, "module '%s' not found: cannot read %s", name, path);
    sheaf_slice text;
    text.data = lua_tolstring(L, -1, &text.size);
    if (sheaf_state_load(L, text, chunk) != LUA_OK)
        lua_error(L);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) {
        lua_pushboolean(L, 1);
        lua_replace(L, -2);
    }
}

/* require(name); upvalue: the modules there are. false marks one being loaded. */
static int sandbox_require(lua_State *L) {
    sheaf_slice name;
    name.data = luaL_checklstring(L, 1, &name.size);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    int kind = lua_rawget(L, lua_upvalueindex(1));
    if (kind == LUA_TBOOLEAN && !lua_toboolean(L, -1))
        return luaL_error(L, "module '%s' requires itself, or has failed before", name.data);
    if (kind != LUA_TNIL)
        return 1;
    size_t skipped = is_shared_name(name.data) ? SHARED_PREFIX : 0;
    if (!is_plain_name(sheaf_slice_part(name, skipped, name.size), false))
        return luaL_error(L, "module '%s' not found: only plain names of the plugin's lib/",
                          name.data);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 0);
    lua_rawset(L, lua_upvalueindex(1));
    load_library(L, name.data);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, lua_upvalueindex(1));
    return 1;
}

/* sheaf.data(name): the bytes of the plugin's data/NAME. */
static int sandbox_data(lua_State *L) {
    sheaf_slice name;
    name.data = luaL_checklstring(L, 1, &name.size);
    sheaf_state *state = sheaf_state_of(L);
    if (!state->folder || !is_plain_name(name, true))
        return luaL_error(L, "no data '%s': only plain names in the data/ of a plugin folder",
                          name.data);
    const char *path = lua_pushfstring(L, "%s/data/%s", state->folder, name.data);
    if (!push_file(L, path))
        return luaL_error(L, "no data '%s': cannot read %s", name.data, path);
    return 1;
}

void sheaf_sandbox_require(lua_State *L) {
    lua_pushcfunction(L, sandbox_data);
    lua_setfield(L, -2, "data");
    lua_createtable(L, 0, 4);
    lua_insert(L, -2);
    lua_setfield(L, -2, "sheaf");
    lua_pushcclosure(L, sandbox_require, 1);
    lua_setglobal(L, "require");
}
