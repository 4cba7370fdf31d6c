/* sandbox.h - what code in a limited state can see, and how it is hardened.
 *
 * Names come from an allow-list. Whatever the stock library does in a loop of
 * C that a hook cannot interrupt, or that tells an address, or that could
 * catch a time-out, is replaced by functions of ours in lib_*.c; the rest is
 * stock. Each opener expects the stock library as a table on the top of the
 * stack and hardens it in place. All run within sheaf_state_call. */
#ifndef SHEAF_SCRIPT_SANDBOX_H
#define SHEAF_SCRIPT_SANDBOX_H

#include <stdbool.h>

#include <lua.h>

/* Gives the state its globals: the allow-list, or with trust everything that
 * Lua has. pcall, xpcall and coroutines are ours in both. */
void sheaf_sandbox_open(lua_State *L, bool trust);

/* From now on, setting a global raises. */
void sheaf_sandbox_freeze(lua_State *L);

/* Makes require: it loads NAME.lua of the folder's lib/, for plain names, and
 * knows "sheaf", which is the value on the top of the stack (popped). */
void sheaf_sandbox_require(lua_State *L);

/* Sets our functions in the table on the top of the stack. */
void sheaf_lib_base(lua_State *L);
void sheaf_lib_protect(lua_State *L); /* pcall, xpcall */
void sheaf_lib_pairs(lua_State *L);   /* expects next */
void sheaf_lib_coroutine(lua_State *L);
void sheaf_lib_table(lua_State *L);
void sheaf_lib_string(lua_State *L);
void sheaf_lib_pattern(lua_State *L);

/* Pushes the text of a value as tostring does, but never an address. */
const char *sheaf_lib_text(lua_State *L, int index, size_t *size);

/* Lets nil be compared, indexed and called in this state: see forgive.c. */
void sheaf_forgive_nil(lua_State *L);

#endif
