/* module_entry.c - what a plain lua5.4 finds in core.so. The reference makes
 * the linker take the bindings out of their static library. */
#include "script/module.h"

__attribute__((used)) static int (*const entry)(lua_State *) = luaopen_sheaf_core;
