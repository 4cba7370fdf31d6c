/* find.h - joins sheaves and their indexes: who asks for words gets articles.
 *
 * What a sheaf has no index of is read and looked through: a small index is made of
 * it in memory, of the words of the query alone, so that found is found, and ranked,
 * by the same code either way. */
#ifndef SHEAF_SCRIPT_FIND_H
#define SHEAF_SCRIPT_FIND_H

#include "article/article.h"
#include "base/buffer.h"
#include "index/build.h"
#include "index/kwic.h"
#include "index/query.h"
#include "index/search.h"
#include "store/store.h"

/* The fields of an article that are looked through; lists are joined in room, which is
 * reset first. */
void sheaf_find_document(sheaf_index_document *out, const sheaf_article *article,
                         sheaf_buffer *room);

/* ---- making an index ------------------------------------------------------------ */

typedef struct sheaf_find_build {
    bool positions;
    unsigned threads;
    size_t slots; /* of a run; 0: as many as are good */
    bool anew;    /* drop what there is */
    /* Now and then: how many articles of how many are done. NULL is allowed. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
} sheaf_find_build;

typedef struct sheaf_find_counts {
    uint64_t articles; /* that the index has learnt */
    uint64_t indexed;  /* that it has, now */
    uint64_t segments;
    uint64_t damaged; /* could not be read, and were passed over */
    uint64_t bytes;   /* of the index */
} sheaf_find_counts;

/* Brings the index of the sheaf at path up to date, in one commit. */
sheaf_status sheaf_find_index(const char *path, const sheaf_find_build *options,
                              sheaf_find_counts *counts, sheaf_error *error);

/* ---- searching ------------------------------------------------------------------ */

/* An open sheaf and its segments. file must stay. */
typedef struct sheaf_finder sheaf_finder;

sheaf_status sheaf_finder_open(sheaf_finder **out, sheaf_file *const *files, size_t count,
                               sheaf_error *error);
void sheaf_finder_close(sheaf_finder *finder);

/* How many articles no index has. */
uint64_t sheaf_finder_unindexed(const sheaf_finder *finder);

typedef struct sheaf_find_hit {
    size_t file;
    uint64_t ordinal;
    double score;
} sheaf_find_hit;

typedef struct sheaf_find_result {
    sheaf_find_hit *hits;
    size_t count;
    uint64_t total;
    bool exact;       /* total is of all */
    uint64_t scanned; /* articles that had to be read */
} sheaf_find_result;

/* limit 0: all. in_order: by file and ordinal, unranked. total: count all. The caller
 * frees result->hits. */
sheaf_status sheaf_finder_run(sheaf_finder *finder, const sheaf_query *query, size_t limit,
                              bool in_order, bool total, unsigned threads,
                              sheaf_find_result *result, sheaf_error *error);

/* Told of each article that a query finds, in order, and of the places in it. */
typedef sheaf_status (*sheaf_finder_placed)(void *context, size_t file, uint64_t ordinal,
                                            const sheaf_kwic_place *places, size_t count,
                                            sheaf_error *error);

/* Where the words of a query stand; see kwic.h. What has no index, or one without
 * positions, is read. */
sheaf_status sheaf_finder_places(sheaf_finder *finder, const sheaf_query *query, unsigned threads,
                                 sheaf_finder_placed told, void *context, uint64_t *scanned,
                                 sheaf_error *error);

/* Does one article match? For piles, which have neither index nor catalog. */
sheaf_status sheaf_find_test(const sheaf_query *query, const sheaf_article *article,
                             sheaf_buffer *room, bool *matches, sheaf_error *error);

#endif
