/* parcel.h - plain data as bytes, to travel between states, threads and machines.
 *
 *   n t f N            nil, true, false, sheaf.null
 *   i d                8 bytes, least first: an integer, a number
 *   s SIZE bytes       a string
 *   T COUNT (key value)*   a table, its keys in order: equal data gives equal bytes
 *
 * SIZE and COUNT are 4 bytes, least first. What is packed comes from code that we do not trust,
 * what is unpacked from files too: depth, values and bytes have limits. */
#ifndef SHEAF_SCRIPT_PARCEL_H
#define SHEAF_SCRIPT_PARCEL_H

#include <lua.h>

#include "base/buffer.h"

/* Appends the value at index. NULL, or why it is no plain data. Raises when memory is out. */
const char *sheaf_parcel_pack(lua_State *L, int index, sheaf_buffer *out);

/* Pushes what was packed. NULL, or why not, and then nothing is pushed; may raise. */
const char *sheaf_parcel_push(lua_State *L, sheaf_slice bytes);

#endif
