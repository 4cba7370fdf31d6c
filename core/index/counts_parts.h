/* counts_parts.h - what counts*.c share: a counter and its runs.
 *
 * A run is rows in the order of (hash, key, group):
 *   hash (8)   articles (8)   count (8)   group (4)   size of key (4)   key */
#ifndef SHEAF_INDEX_COUNTS_PARTS_H
#define SHEAF_INDEX_COUNTS_PARTS_H

#include <stdio.h>

#include "base/buffer.h"
#include "index/counts.h"
#include "index/vocabulary.h"

/* count 0: free. */
typedef struct sheaf_gram {
    uint64_t hash;
    uint32_t words[SHEAF_COUNTS_N];
    uint32_t group;
    uint32_t count, articles;
    uint32_t last; /* number of the article that was counted last */
} sheaf_gram;

/* An n-gram on its way: its slot is being fetched while others are counted. */
typedef struct sheaf_gram_due {
    uint64_t hash;
    uint32_t words[SHEAF_COUNTS_N];
} sheaf_gram_due;

enum { SHEAF_GRAMS_DUE = 16 };

typedef struct sheaf_count_run {
    uint64_t offset, size;
} sheaf_count_run;

struct sheaf_counter {
    sheaf_counter_options options;
    bool together; /* groups of an n-gram are beside one another */
    sheaf_vocabulary vocabulary;
    uint64_t *hashes; /* of words, by number; the lowest bit tells a stop word */
    size_t hash_room, hash_count;
    sheaf_gram *grams;
    size_t capacity; /* a power of two */
    unsigned shift;  /* 64 - its bits: slots are in the order of hashes */
    size_t count;
    uint32_t group, article;
    sheaf_gram_due due[SHEAF_GRAMS_DUE];
    unsigned due_from, due_to;  /* modulo SHEAF_GRAMS_DUE */
    uint64_t *words, *articles; /* by group */
    FILE *file;
    uint64_t written;
    sheaf_count_run *runs;
    size_t run_count, run_room;
};

enum { SHEAF_COUNT_HEAD = 32 };

/* The table becomes a run. */
sheaf_status sheaf_counter_spill(sheaf_counter *counter, sheaf_error *error);

#endif
