/* counts.h - words and n-grams of sheaves, counted in many threads, and the first of them.
 *
 * Articles are told apart by groups: by a field of the catalog, or in two sides that are
 * compared. The counts do not depend on the number of threads. */
#ifndef SHEAF_SCRIPT_COUNTS_H
#define SHEAF_SCRIPT_COUNTS_H

#include "base/arena.h"
#include "index/counts.h"
#include "store/store.h"

typedef enum sheaf_tally_by {
    SHEAF_TALLY_TOGETHER,
    SHEAF_TALLY_SITE,
    SHEAF_TALLY_PUBLISHER,
    SHEAF_TALLY_LANGUAGE,
    SHEAF_TALLY_YEAR,
    SHEAF_TALLY_MONTH,
    SHEAF_TALLY_DAY,
    SHEAF_TALLY_SIDES /* two: `side` says which */
} sheaf_tally_by;

typedef enum sheaf_tally_order {
    SHEAF_TALLY_COUNT,
    SHEAF_TALLY_ARTICLES,
    SHEAF_TALLY_WORD,
    SHEAF_TALLY_KEYNESS, /* of sides: log-likelihood, what the first has more of comes first */
    SHEAF_TALLY_RATIO    /* of sides */
} sheaf_tally_order;

typedef enum sheaf_tally_fields {
    SHEAF_TALLY_TEXT = 1,
    SHEAF_TALLY_HEADLINE = 2
} sheaf_tally_fields;

enum { SHEAF_TALLY_NOT = 255 };

typedef struct sheaf_tally_options {
    unsigned n;
    sheaf_tally_by by;
    sheaf_tally_order order;
    unsigned fields;   /* sheaf_tally_fields, added up */
    uint64_t min;      /* least count; of sides: of both together */
    uint64_t articles; /* least articles */
    size_t limit;      /* most rows of a group; 0: all */
    unsigned threads;
    const sheaf_map *stop; /* see index/counts.h */
    const sheaf_map *only; /* n-grams that are wanted, or NULL: all */
    /* Of each file, a byte for each ordinal: its side, or SHEAF_TALLY_NOT. NULL: all are 0. */
    uint8_t *const *side;
} sheaf_tally_options;

typedef struct sheaf_tally_row {
    sheaf_slice key;
    uint32_t group;
    uint64_t count, articles;
    uint64_t other, other_articles; /* of sides: in the second */
    double keyness, ratio;
} sheaf_tally_row;

typedef struct sheaf_tally_group {
    sheaf_slice name;
    uint64_t words, articles;
    uint64_t kinds; /* different n-grams */
} sheaf_tally_group;

typedef struct sheaf_tally {
    sheaf_tally_row *rows; /* by group, then as ordered */
    size_t count, room;
    sheaf_tally_group *groups;
    size_t group_count;
    uint64_t kinds;   /* of all groups */
    uint64_t damaged; /* articles that could not be read */
    sheaf_arena arena, names;
} sheaf_tally;

/* {0} is empty. The caller clears it, also when this fails. */
sheaf_status sheaf_tally_run(sheaf_tally *out, sheaf_file *const *files, size_t count,
                             const sheaf_tally_options *options, sheaf_error *error);
void sheaf_tally_clear(sheaf_tally *tally);

#endif
