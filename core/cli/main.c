/* main.c - opens an interpreter, finds our Lua files, and hands over to them.
 *
 * What the environment says about Lua (LUA_INIT, LUA_PATH, LUA_CPATH) is for
 * other programs: we look for Lua files in one folder of ours only, which is
 * the first of these that has lua/sheaf in it:
 *
 *   $SHEAF_HOME                       told
 *   folder of the binary/../share/sheaf   installed
 *   folder of the binary/../..            build/release/sheaf in a checkout
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lualib.h>

#include "script/module.h"

enum { EXIT_WRONG = 2 };

/* True when folder holds our Lua files; its real path goes to home. */
static bool is_home(const char *folder, char home[PATH_MAX]) {
    char probe[PATH_MAX + 16];
    if (!realpath(folder, home))
        return false;
    snprintf(probe, sizeof probe, "%s/lua/sheaf", home);
    return access(probe, R_OK) == 0;
}

static bool find_home(char home[PATH_MAX]) {
    static const char *const beside[] = {"../share/sheaf", "../.."};
    char program[PATH_MAX], folder[2 * PATH_MAX];
    const char *told = getenv("SHEAF_HOME");
    if (told && *told)
        return is_home(told, home);
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (size <= 0)
        return false;
    program[size] = '\0';
    *strrchr(program, '/') = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        snprintf(folder, sizeof folder, "%s/%s", program, beside[i]);
        if (is_home(folder, home))
            return true;
    }
    return false;
}

/* C modules: where the system keeps them, but never the working folder. */
static void set_cpath(lua_State *L) {
    luaL_Buffer kept;
    lua_getfield(L, -1, "cpath");
    const char *at = lua_tostring(L, -1);
    luaL_buffinit(L, &kept);
    while (at && *at) {
        size_t size = strcspn(at, ";");
        if (*at == '/') {
            luaL_addlstring(&kept, at, size);
            luaL_addchar(&kept, ';');
        }
        at += size + (at[size] == ';');
    }
    luaL_pushresult(&kept);
    lua_setfield(L, -3, "cpath");
    lua_pop(L, 1);
}

static void set_paths(lua_State *L, const char *home) {
    lua_pushstring(L, home);
    lua_setfield(L, LUA_REGISTRYINDEX, SHEAF_HOME_KEY);
    lua_getglobal(L, "package");
    lua_pushfstring(L, "%s/lua/?.lua;%s/lua/?/init.lua", home, home);
    lua_setfield(L, -2, "path");
    set_cpath(L);
    lua_getfield(L, -1, "preload");
    lua_pushcfunction(L, luaopen_sheaf_core);
    lua_setfield(L, -2, "sheaf.core");
    lua_pop(L, 2);
}

static void set_arguments(lua_State *L, int argc, char **argv) {
    lua_createtable(L, argc, 1);
    for (int i = 0; i < argc; i++) {
        lua_pushstring(L, argv[i]);
        lua_rawseti(L, -2, i);
    }
    lua_pushvalue(L, -1);
    lua_setglobal(L, "arg");
}

/* argc, argv, home -> exit status */
static int run(lua_State *L) {
    int argc = (int)lua_tointeger(L, 1);
    char **argv = lua_touserdata(L, 2);
    lua_pushboolean(L, 1); /* for luaL_openlibs: do not ask the environment */
    lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
    luaL_openlibs(L);
    set_paths(L, lua_touserdata(L, 3));
    lua_getglobal(L, "require");
    lua_pushliteral(L, "sheaf.cli");
    lua_call(L, 1, 1);
    lua_getfield(L, -1, "main");
    set_arguments(L, argc, argv);
    lua_call(L, 1, 1);
    return 1;
}

static int explain(lua_State *L) {
    const char *message = luaL_tolstring(L, 1, NULL);
    luaL_traceback(L, L, message, 1);
    return 1;
}

int main(int argc, char **argv) {
    char home[PATH_MAX];
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is told by write */
    if (!find_home(home)) {
        fputs("sheaf: its Lua files are missing; set SHEAF_HOME to the folder that holds lua/\n",
              stderr);
        return EXIT_WRONG;
    }
    lua_State *L = luaL_newstate();
    if (!L) {
        fputs("sheaf: out of memory\n", stderr);
        return EXIT_WRONG;
    }
    lua_pushcfunction(L, explain);
    lua_pushcfunction(L, run);
    lua_pushinteger(L, argc);
    lua_pushlightuserdata(L, argv);
    lua_pushlightuserdata(L, home);
    int status = EXIT_WRONG;
    if (lua_pcall(L, 3, 1, 1) != LUA_OK)
        fprintf(stderr, "sheaf: internal error: %s\n", lua_tostring(L, -1));
    else
        status = (int)lua_tointeger(L, -1);
    lua_close(L);
    return status;
}
