/* html_tables.h - tables that make_html_tables.py writes into html_tables.c. */
#ifndef SHEAF_READ_HTML_TABLES_H
#define SHEAF_READ_HTML_TABLES_H

#include "page/html_tags.h"

/* A perfect hash: (key * factor) >> (64 - bits) is the slot of a tag. The key of
 * a name is its first eight letters, the first in the lowest byte. */
enum { SHEAF_HTML_TAG_SLOT_BITS = 10 };
extern const uint64_t sheaf_html_tag_factor;
extern const uint64_t sheaf_html_tag_keys[];
extern const uint8_t sheaf_html_tag_slots[];

/* A named reference: its letters are sheaf_html_name_letters[at .. at + size). */
typedef struct sheaf_html_name {
    uint32_t first;
    uint16_t second; /* a second code point, or 0 */
    uint16_t at;
    uint8_t size;
    uint8_t legacy; /* counts without a semicolon too */
} sheaf_html_name;

/* Open addressing over FNV-1a, folded once. Slots name rows, or are empty. */
enum { SHEAF_HTML_NAME_SLOTS = 4096, SHEAF_HTML_NAME_EMPTY = 0xFFFF };
extern const sheaf_html_name sheaf_html_names[];
extern const uint16_t sheaf_html_name_slots[];
extern const char sheaf_html_name_letters[];

#endif
