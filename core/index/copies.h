/* copies.h - how much two articles share, and which belong together.
 *
 *   sketches ─► candidates ─► measured on the texts themselves ─► matches ─► groups
 *
 * News that copy one another often share less than a third of their shingles, and
 * one may be a small part of the other. So what counts is the share of the article
 * that has fewer of them: of a note that stands whole in a long report, 1. */
#ifndef SHEAF_INDEX_COPIES_H
#define SHEAF_INDEX_COPIES_H

#include "index/sketch.h"

/* Lends the text of an article until the next call with the same worker, each of
 * which asks for articles in rising order. An empty text is like no other. */
typedef sheaf_status (*sheaf_text_fn)(void *context, unsigned worker, uint32_t article,
                                      sheaf_slice *text, sheaf_error *error);

/* The share from which on two are told when nothing else is said. */
#define SHEAF_COPIES_LEAST 0.3

typedef struct sheaf_copies_options {
    double least; /* share of the smaller one from which on two are told; 0: SHEAF_COPIES_LEAST */
    uint32_t fewest;  /* shingles that two must share when they are not nearly the same, with a
                         share of .8; 0: 24 */
    unsigned threads; /* 0 or 1: the caller's alone */
    sheaf_text_fn text;
    void *context;
} sheaf_copies_options;

/* Counts are of different shingles. */
typedef struct sheaf_match {
    uint32_t a, b;   /* articles; a < b */
    uint32_t shared; /* that both have */
    uint32_t in_a, in_b;
    bool same; /* byte for byte */
} sheaf_match;

/* The share of the smaller of the two, and of both together (Jaccard). */
double sheaf_match_share(const sheaf_match *match);
double sheaf_match_jaccard(const sheaf_match *match);

/* Measures candidates, which are in order; those with enough in common are given,
 * in order. Free them with sheaf_free. What is in memory at once is bounded. */
sheaf_status sheaf_copies_measure(const sheaf_candidate *pairs, size_t count,
                                  const sheaf_copies_options *options, sheaf_match **matches,
                                  size_t *found, sheaf_error *error);

/* Articles that matches tie together, directly or by way of others: in groups, of each
 * the lowest article first, in order of those. starts has one more than there are
 * groups: group g is members[starts[g]] up to members[starts[g + 1]]. */
typedef struct sheaf_groups {
    uint32_t *members;
    size_t *starts;
    size_t count;
} sheaf_groups;
sheaf_status sheaf_copies_group(sheaf_groups *groups, const sheaf_match *matches, size_t count,
                                sheaf_error *error);
void sheaf_groups_clear(sheaf_groups *groups);

#endif
