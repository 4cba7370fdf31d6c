/* segment.h - the catalog of a segment while it is being written.
 *
 * Each section is a list of numbers or a buffer of bytes until it is encoded.
 * Out of memory is sticky and told by sheaf_segment_failed. */
#ifndef SHEAF_STORE_SEGMENT_H
#define SHEAF_STORE_SEGMENT_H

#include "base/arena.h"
#include "base/map.h"
#include "store/catalog.h"

typedef struct sheaf_dictionary {
    sheaf_map codes; /* name to 1 + index */
    sheaf_arena arena;
    bool failed;
} sheaf_dictionary;

typedef struct sheaf_segment {
    uint64_t first;
    sheaf_numbers numbers[SHEAF_SECTION_COUNT];
    sheaf_buffer bytes[SHEAF_SECTION_COUNT];
    sheaf_dictionary dictionary[3]; /* of languages, sites, publishers */
    uint64_t *ids;                  /* a table of the ids so far; slot 0s are free */
    size_t id_capacity;
    bool zero_id; /* 0 is an id too */
    bool failed;
} sheaf_segment;

/* What a segment learns of an article when it is added. */
typedef struct sheaf_segment_row {
    uint64_t id;
    bool odd;
    uint64_t published; /* a stamp */
    sheaf_slice language;
    sheaf_slice site;
    sheaf_slice publisher;
    uint64_t words;
    uint64_t bytes;
    uint32_t url_hash; /* 0: not told */
} sheaf_segment_row;

void sheaf_segment_init(sheaf_segment *segment, uint64_t first);
void sheaf_segment_clear(sheaf_segment *segment);
bool sheaf_segment_failed(const sheaf_segment *segment);

static inline uint64_t sheaf_segment_rows(const sheaf_segment *segment) {
    return segment->numbers[SHEAF_SECTION_ID].count;
}

bool sheaf_segment_has(const sheaf_segment *segment, uint64_t id);

void sheaf_segment_add(sheaf_segment *segment, const sheaf_segment_row *row);

static inline void sheaf_segment_put(sheaf_segment *segment, sheaf_section section,
                                     uint64_t value) {
    sheaf_numbers_add(&segment->numbers[section], value);
}

/* Appends the whole catalog. SHEAF_NO_MEMORY. */
sheaf_status sheaf_segment_encode(sheaf_segment *segment, sheaf_buffer *out, sheaf_error *error);

#endif
