/* snippet.h - the piece of a text that shows best why it was found. */
#ifndef SHEAF_INDEX_SNIPPET_H
#define SHEAF_INDEX_SNIPPET_H

#include "index/wanted.h"

typedef struct sheaf_snippet_mark {
    size_t from, to; /* bytes of the text */
} sheaf_snippet_mark;

typedef struct sheaf_snippet {
    size_t from, to;           /* of the text; whole words */
    sheaf_snippet_mark *marks; /* within, in order, none over another */
    size_t count, room;
} sheaf_snippet;

/* About width characters around the most terms that stand together; without any, the
 * beginning. width 0: the whole text. False when memory is out. The caller clears it. */
bool sheaf_snippet_make(sheaf_snippet *out, sheaf_wanted *wanted, sheaf_slice text,
                        sheaf_slice language, size_t width);
void sheaf_snippet_clear(sheaf_snippet *snippet);

#endif
