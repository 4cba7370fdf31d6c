/* pile.h - where in a pile its articles have come to, and going on from there. */
#ifndef SHEAF_READ_PILE_H
#define SHEAF_READ_PILE_H

#include "base/buffer.h"

/* Appends the position behind the last article that was given, as JSON. False,
 * with nothing appended, when a name in it is no UTF-8 or memory is out. */
bool sheaf_pile_position(const sheaf_pile *pile, sheaf_buffer *out);

/* Goes on from such a position; right after opening the same paths. What is
 * before it is not opened, or stepped over. SHEAF_MISUSE, here or at the first
 * article, when the pile is not what it was. */
sheaf_status sheaf_pile_resume(sheaf_pile *pile, sheaf_slice position, sheaf_error *error);

#endif
