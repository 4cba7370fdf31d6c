/* counts.h - how often each word, or each n words in a row, stand in many texts.
 *
 * Exact, in bounded memory: a counter has a table of some 750,000 n-grams (50 MB); when it
 * is full its rows go to a temporary file in the order of their hashes, and in the end
 * all runs of all counters are merged. So sums are the same however texts are spread
 * over counters. An n-gram does not reach over the end of a sentence or paragraph.
 *
 * Words are those of segment.h, folded; scripts without blanks give characters. */
#ifndef SHEAF_INDEX_COUNTS_H
#define SHEAF_INDEX_COUNTS_H

#include "base/map.h"

enum { SHEAF_COUNTS_N = 5, SHEAF_COUNTS_TOGETHER = 2, SHEAF_COUNTS_KEY = 1280 };

typedef struct sheaf_counter_options {
    unsigned n;            /* words of an n-gram, 1 to SHEAF_COUNTS_N */
    uint32_t groups;       /* that texts are told apart by */
    size_t rows;           /* of a table; 0: 750,000 */
    const sheaf_map *stop; /* folded words with which no n-gram begins or ends, or NULL */
} sheaf_counter_options;

/* One thread at a time may use a counter. */
typedef struct sheaf_counter sheaf_counter;

/* NULL when memory is out. stop must stay. */
sheaf_counter *sheaf_counter_new(const sheaf_counter_options *options);
void sheaf_counter_free(sheaf_counter *counter);

/* A new article begins, of this group; then its texts are added. */
void sheaf_counter_article(sheaf_counter *counter, uint32_t group);
sheaf_status sheaf_counter_text(sheaf_counter *counter, sheaf_slice text, sheaf_error *error);

/* Makes room when the table is full; between articles, so that each is counted once. */
sheaf_status sheaf_counter_settle(sheaf_counter *counter, sheaf_error *error);

/* Words so far, stop words among them, of each group; and its articles. */
const uint64_t *sheaf_counter_words(const sheaf_counter *counter);
const uint64_t *sheaf_counter_articles(const sheaf_counter *counter);

typedef struct sheaf_count {
    uint32_t group;
    uint64_t count;
    uint64_t articles;
} sheaf_count;

/* Told of each n-gram once for all groups in which it stands when there are at most
 * SHEAF_COUNTS_TOGETHER of them, else once for each. The key has a blank between words. */
typedef sheaf_status (*sheaf_counts_told)(void *context, sheaf_slice key, const sheaf_count *counts,
                                          size_t count, sheaf_error *error);

/* Merges what the counters have; they take no more texts then. Counters have the same options. */
sheaf_status sheaf_counts_merge(sheaf_counter *const *counters, size_t count,
                                sheaf_counts_told told, void *context, sheaf_error *error);

/* ---- measures ------------------------------------------------------------------- */

/* Log-likelihood that a differs from b by chance alone, out of so many words each; below 0
 * when it is rarer in a. */
double sheaf_counts_g2(uint64_t a, uint64_t b, uint64_t words_a, uint64_t words_b);

/* How many doublings a's share is above b's; a count of 0 is taken for a half. */
double sheaf_counts_log_ratio(uint64_t a, uint64_t b, uint64_t words_a, uint64_t words_b);

#endif
