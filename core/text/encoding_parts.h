/* encoding_parts.h - what the parts of encoding say to one another.
 * Only core/text/encoding*.c include it. */
#ifndef SHEAF_TEXT_ENCODING_PARTS_H
#define SHEAF_TEXT_ENCODING_PARTS_H

#include "text/encoding.h"

/* ---- tables (encoding_pages.c, encoding_labels.c) -------------------------- */

typedef struct sheaf_encoding_page {
    const char *name;
    uint16_t points[128]; /* of the bytes 0x80 to 0xFF; 0: none */
} sheaf_encoding_page;

extern const sheaf_encoding_page sheaf_encoding_pages[];
extern const size_t sheaf_encoding_page_count;

typedef struct sheaf_encoding_label {
    const char *label;
    const char *name;
} sheaf_encoding_label;

/* Sorted by label. */
extern const sheaf_encoding_label sheaf_encoding_labels[];
extern const size_t sheaf_encoding_label_count;

/* The page of that name; NULL when the encoding is none of eight bits. */
const sheaf_encoding_page *sheaf_encoding_page_named(const char *name);

/* ---- evidence --------------------------------------------------------------- */

/* What the markup itself says (encoding_meta.c): the standard's name, or NULL.
 * *why becomes "meta" or "XML declaration". */
const char *sheaf_encoding_in_markup(sheaf_slice bytes, const char **why);

/* What bytes that are no UTF-8 look like (encoding_guess.c): a name and how
 * sure it is. name is NULL when there is nothing to go by. */
sheaf_encoding_guess sheaf_encoding_look(sheaf_slice bytes);

/* By how much bytes look more like the best guess than like name, in nats for
 * each byte beyond ASCII; 0 when name is the best guess. */
double sheaf_encoding_doubt(sheaf_slice bytes, const char *name);

#endif
