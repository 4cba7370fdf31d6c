/* header_lines.h - "Name: value" lines, as HTTP and WARC have them.
 *
 * Lines end with CRLF or LF; a line that begins with a blank goes on with the value
 * before it (folding). A line without a colon is passed over. */
#ifndef SHEAF_READ_HEADER_LINES_H
#define SHEAF_READ_HEADER_LINES_H

#include "base/arena.h"
#include "base/slice.h"

/* Offset behind the empty line that ends a head, or SIZE_MAX. */
size_t sheaf_header_end(sheaf_slice bytes);

/* Takes the next header off rest. The value is trimmed; folded, it has line ends
 * in it: see sheaf_header_unfold. False at the end. */
bool sheaf_header_next(sheaf_slice *rest, sheaf_slice *name, sheaf_slice *value);

/* The value with runs of white space as one blank; in the arena when that changes it. */
sheaf_slice sheaf_header_unfold(sheaf_arena *arena, sheaf_slice value);

/* Digits and nothing else, without overflow. */
bool sheaf_header_number(sheaf_slice value, uint64_t *number);

#endif
