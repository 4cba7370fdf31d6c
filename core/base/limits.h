/* limits.h - how much of anything untrusted input may make us do.
 *
 * One struct, so that every limit has one name, one default and one place.
 * Whoever passes a limit is told its name: see sheaf_limits in docs/limits.md. */
#ifndef SHEAF_BASE_LIMITS_H
#define SHEAF_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

typedef struct sheaf_limits {
    size_t line_bytes;        /* one JSON line */
    size_t document_bytes;    /* one file or entry that is read whole: dump, page, JSON document */
    size_t text_bytes;        /* the text of one article */
    size_t field_bytes;       /* any other text field */
    size_t list_items;        /* keywords, authors, images, links, … of one article */
    size_t block_items;       /* blocks of one article */
    size_t json_depth;        /* nesting of arrays and objects */
    size_t archive_depth;     /* archives in archives */
    uint64_t archive_entries; /* entries of one archive */
    uint64_t archive_bytes;   /* unpacked bytes of one archive, with all that is nested in it */
    uint64_t archive_ratio;   /* unpacked : packed, looked at beyond archive_ratio_from */
    uint64_t archive_ratio_from;
} sheaf_limits;

#define SHEAF_LIMITS_INITIALISER                                                                   \
    {                                                                                              \
        .line_bytes = (size_t)64 << 20, .document_bytes = (size_t)32 << 20,                        \
        .text_bytes = (size_t)16 << 20, .field_bytes = (size_t)64 << 10, .list_items = 4096,       \
        .block_items = 200000, .json_depth = 256, .archive_depth = 4, .archive_entries = 10000000, \
        .archive_bytes = (uint64_t)1 << 40, .archive_ratio = 250,                                  \
        .archive_ratio_from = (uint64_t)64 << 20                                                   \
    }

#define SHEAF_LIMITS_DEFAULT ((sheaf_limits)SHEAF_LIMITS_INITIALISER)

#endif
