/* match.h - a query bound to one segment: which articles, and how well.
 *
 *   open      each term becomes words, and words become articles; how many articles
 *             each term has can be asked then, since ranking needs it of all segments
 *   start     weights are known
 *   seek      the first article that matches, not below a target; then score
 *
 * A term of one word is walked through as it is stored. One of several words, or
 * of the text alone, is added up first. */
#ifndef SHEAF_INDEX_MATCH_H
#define SHEAF_INDEX_MATCH_H

#include "index/query.h"

/* Sets the bits of the articles of a segment for which a COLUMN node holds. */
typedef sheaf_status (*sheaf_match_column)(void *context, const sheaf_index *index,
                                           const sheaf_query_node *node, uint8_t *bits,
                                           sheaf_error *error);

typedef struct sheaf_matcher sheaf_matcher;

/* query and index must stay. column may be NULL: then no column holds. */
sheaf_status sheaf_matcher_open(sheaf_matcher **out, const sheaf_query *query,
                                const sheaf_index *index, sheaf_match_column column, void *context,
                                sheaf_error *error);
void sheaf_matcher_close(sheaf_matcher *matcher);

/* In how many articles of the segment term number i of the query stands. */
uint64_t sheaf_matcher_articles(const sheaf_matcher *matcher, size_t i);

/* weights: of each term. average: length of an article. */
sheaf_status sheaf_matcher_start(sheaf_matcher *matcher, const double *weights, double average,
                                 sheaf_error *error);

/* SHEAF_LIST_END: no more, or something is broken. */
uint32_t sheaf_matcher_seek(sheaf_matcher *matcher, uint32_t target);

/* Of the article that was found last. */
double sheaf_matcher_score(sheaf_matcher *matcher);

/* No article from target to *last (inclusive) scores more than this. */
double sheaf_matcher_bound(sheaf_matcher *matcher, uint32_t target, uint32_t *last);

/* From now on articles that score no more than this may be passed over. */
void sheaf_matcher_floor(sheaf_matcher *matcher, double score);

/* SHEAF_OK, or why the walk ended early. */
sheaf_status sheaf_matcher_status(const sheaf_matcher *matcher, sheaf_error *error);

#endif
