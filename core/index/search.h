/* search.h - the best articles for a query, out of any number of segments.
 *
 * Segments are gone through one after the other, with the statistics of all of
 * them, so that how articles are spread over segments, and sheaves, does not
 * change a score. Of equal scores the article that comes first is better. */
#ifndef SHEAF_INDEX_SEARCH_H
#define SHEAF_INDEX_SEARCH_H

#include "index/match.h"

typedef struct sheaf_search_hit {
    size_t part;  /* number of the segment */
    uint32_t doc; /* in it */
    double score;
} sheaf_search_hit;

typedef struct sheaf_search_options {
    size_t limit;              /* most hits; 0: all */
    bool in_order;             /* of segments and articles, not of scores: the first ones then */
    bool total;                /* count all that match, whatever the limit */
    sheaf_match_column column; /* or NULL */
    /* Does an article of a segment not count any more? Or NULL. */
    bool (*gone)(void *context, const sheaf_index *index, uint32_t doc);
    /* Told of each match, in order; then all are looked at. Or NULL. */
    sheaf_status (*found)(void *context, const sheaf_search_hit *hit, sheaf_error *error);
    void *context;
} sheaf_search_options;

typedef struct sheaf_search_result {
    sheaf_search_hit *hits;
    size_t count, room;
    uint64_t total; /* that were met */
    bool exact;     /* total is of all that match; else there may be more */
} sheaf_search_result;

/* The caller clears the result, also when this fails. */
sheaf_status sheaf_search(sheaf_search_result *out, const sheaf_query *query,
                          const sheaf_index *const *parts, size_t count,
                          const sheaf_search_options *options, sheaf_error *error);
void sheaf_search_result_clear(sheaf_search_result *result);

#endif
