/* module.h - require "sheaf.core". */
#ifndef SHEAF_SCRIPT_MODULE_H
#define SHEAF_SCRIPT_MODULE_H

#include <lua.h>

/* The folder that has lua/ and plugins/, for core.home(); set by the binary in
 * the registry under this key before the module is opened. */
#define SHEAF_HOME_KEY "sheaf.home"

__attribute__((visibility("default"))) int luaopen_sheaf_core(lua_State *L);

#endif
