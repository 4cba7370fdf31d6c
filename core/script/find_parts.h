/* find_parts.h - what find*.c share. */
#ifndef SHEAF_SCRIPT_FIND_PARTS_H
#define SHEAF_SCRIPT_FIND_PARTS_H

#include "script/find.h"

/* Ordinals [from, to) of a sheaf. */
typedef struct sheaf_find_range {
    uint64_t from, to;
} sheaf_find_range;

/* Gives builder all articles of a range; dropped and damaged ones as nothing. When the
 * builder is full, and at the end, flush is called. */
typedef struct sheaf_find_feed {
    const sheaf_file *file;
    sheaf_find_range range;
    unsigned threads;
    sheaf_index_builder *builder;
    sheaf_status (*flush)(void *context, sheaf_error *error);
    void (*progress)(void *context, uint64_t articles); /* or NULL */
    void *context;
    uint64_t damaged; /* counted up */
    uint64_t next;    /* ordinal; for the feed itself */
} sheaf_find_feed;

sheaf_status sheaf_find_feed_run(sheaf_find_feed *feed, sheaf_error *error);

/* The ordinals of a file that none of its segments has, in order. *ranges is the
 * caller's to free. A damaged segment is told to be damaged. */
sheaf_status sheaf_find_gaps(const sheaf_file *file, const sheaf_index *segments, size_t count,
                             sheaf_find_range **ranges, size_t *range_count, sheaf_error *error);

/* Opens all segments of a file; the caller frees them. */
sheaf_status sheaf_find_segments(const sheaf_file *file, sheaf_index **segments, size_t *count,
                                 sheaf_error *error);

#endif
