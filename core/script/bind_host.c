/* bind_host.c - what the command line needs of the system, and no more. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/hash.h"
#include "script/bind.h"
#include "script/host.h"
#include "script/module.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static int host_isatty(lua_State *L) {
    lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
    return 1;
}

/* Columns of the terminal on standard error or output; nil when neither is one. */
static int host_terminal_width(lua_State *L) {
    struct winsize size;
    for (int fd = STDERR_FILENO; fd >= STDOUT_FILENO; fd--) {
        if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
            lua_pushinteger(L, size.ws_col);
            return 1;
        }
    }
    luaL_pushfail(L);
    return 1;
}

static int host_now(lua_State *L) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    lua_pushnumber(L, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
    return 1;
}

/* How many processors this process may use. */
static int host_cores(lua_State *L) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    lua_pushinteger(L, cores > 0 ? cores : 1);
    return 1;
}

static int host_executable(lua_State *L) {
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    if (size > 0 && (size_t)size < sizeof path)
        lua_pushlstring(L, path, (size_t)size);
    else
        luaL_pushfail(L);
    return 1;
}

static int host_realpath(lua_State *L) {
    char path[PATH_MAX];
    const char *given = luaL_checkstring(L, 1);
    if (!realpath(given, path)) {
        luaL_pushfail(L);
        lua_pushfstring(L, "%s: %s", given, strerror(errno));
        return 2;
    }
    lua_pushstring(L, path);
    return 1;
}

static int host_home(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, SHEAF_HOME_KEY);
    return 1;
}

static atomic_int interrupts; /* free of locks, so that a handler may set it */

atomic_int *sheaf_interrupt_flag(void) {
    return &interrupts;
}

static void on_interrupt(int number) {
    (void)number;
    atomic_store(&interrupts, 1);
}

/* The first SIGINT is noted, so that loops can end in order; the next one ends
 * the process. */
static int host_catch_interrupt(lua_State *L) {
    (void)L;
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    return 0;
}

static int host_interrupted(lua_State *L) {
    lua_pushboolean(L, atomic_load(&interrupts));
    return 1;
}

/* sha256(bytes) -> 64 digits */
static int host_sha256(lua_State *L) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_sha256(sheaf_check_slice(L, 1), digest);
    sheaf_hex(hex, digest, sizeof digest);
    lua_pushlstring(L, hex, SHEAF_SHA256_HEX);
    return 1;
}

/* sha256_file(path) -> 64 digits, size | nil, reason */
static int host_sha256_file(lua_State *L) {
    static const size_t piece = (size_t)1 << 20;
    const char *path = luaL_checkstring(L, 1);
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    char *bytes = lua_newuserdatauv(L, piece, 0);
    FILE *file = fopen(path, "rb");
    sheaf_sha256_state *state = file ? sheaf_sha256_new() : NULL;
    lua_Integer size = 0;
    bool fine = state != NULL;
    for (size_t got; fine && (got = fread(bytes, 1, piece, file)) > 0; size += (lua_Integer)got)
        sheaf_sha256_update(state, sheaf_slice_from(bytes, got));
    fine = fine && !ferror(file);
    int problem = errno;
    if (fine)
        sheaf_sha256_finish(state, digest);
    sheaf_sha256_free(state);
    if (file)
        fclose(file);
    if (!fine)
        return luaL_fileresult(L, 0, (errno = problem, path));
    sheaf_hex(hex, digest, sizeof digest);
    lua_pushlstring(L, hex, SHEAF_SHA256_HEX);
    lua_pushinteger(L, size);
    return 2;
}

/* From now on this process notes no time in sheaves. */
static int host_timeless(lua_State *L) {
    (void)L;
    unsetenv("SOURCE_DATE_EPOCH");
    return 0;
}

static int host_peak_memory(lua_State *L) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    lua_pushinteger(L, (lua_Integer)usage.ru_maxrss * 1024);
    return 1;
}

/* suggest(name, list) -> the nearest of the list, or nil */
static int host_suggest(lua_State *L) {
    sheaf_suggestion near;
    sheaf_suggest_begin(&near, sheaf_check_slice(L, 1));
    luaL_checktype(L, 2, LUA_TTABLE);
    for (lua_Integer i = 1, count = luaL_len(L, 2); i <= count; i++) {
        lua_geti(L, 2, i);
        sheaf_suggest_try(&near, sheaf_check_slice(L, -1));
        lua_pop(L, 1);
    }
    if (near.name[0])
        lua_pushstring(L, near.name);
    else
        luaL_pushfail(L);
    return 1;
}

void sheaf_bind_host(lua_State *L) {
    static const luaL_Reg functions[] = {{"isatty", host_isatty},
                                         {"terminal_width", host_terminal_width},
                                         {"now", host_now},
                                         {"cores", host_cores},
                                         {"executable", host_executable},
                                         {"realpath", host_realpath},
                                         {"home", host_home},
                                         {"catch_interrupt", host_catch_interrupt},
                                         {"interrupted", host_interrupted},
                                         {"peak_memory", host_peak_memory},
                                         {"suggest", host_suggest},
                                         {"sha256", host_sha256},
                                         {"sha256_file", host_sha256_file},
                                         {"timeless", host_timeless},
                                         {"lent_original", sheaf_bind_lent_original},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
