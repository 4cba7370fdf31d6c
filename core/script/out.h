/* out.h - a sink as Lua sees it, in the host and in a plugin.
 *
 * The host's Sink owns its sink; what a plugin is given as `out` borrows it
 * and can write, but neither close nor discard. */
#ifndef SHEAF_SCRIPT_OUT_H
#define SHEAF_SCRIPT_OUT_H

#include <lua.h>

#include "script/sink.h"

typedef struct sheaf_out {
    const void *tag;
    sheaf_sink *sink; /* NULL: not to be written to any more */
} sheaf_out;

/* Pushes one that borrows sink. Set its sink to NULL when that goes. */
sheaf_out *sheaf_out_push(lua_State *L, sheaf_sink *sink);

/* The sink of a host's Sink or of an out; raises for anything else. */
sheaf_sink *sheaf_out_check(lua_State *L, int index);

#endif
