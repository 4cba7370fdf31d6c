/* match_parts.h - what match*.c share: iterators over the articles of a segment.
 *
 * An iterator stands on an article, `doc`, or at SHEAF_LIST_END. seek goes on to
 * the first one not below a target, and never back. */
#ifndef SHEAF_INDEX_MATCH_PARTS_H
#define SHEAF_INDEX_MATCH_PARTS_H

#include "index/expand.h"
#include "index/match.h"

/* One place of a match: slots, both inclusive. */
typedef struct sheaf_span {
    uint32_t from, to;
} sheaf_span;

typedef struct sheaf_spans {
    sheaf_span *items;
    size_t count, room;
} sheaf_spans;

enum { SHEAF_SPANS_MOST = 1 << 20 }; /* in one article */

typedef struct sheaf_iterator sheaf_iterator;

typedef struct sheaf_iterator_class {
    uint32_t (*seek)(sheaf_iterator *it, uint32_t target);
    double (*score)(sheaf_iterator *it);
    double (*bound)(sheaf_iterator *it, uint32_t target, uint32_t *last);
    bool (*spans)(sheaf_iterator *it, sheaf_spans *out); /* of doc, in order; NULL: has none */
} sheaf_iterator_class;

/* A term: its words, and, when they are not walked through as they are stored, what they
 * add up to. */
typedef struct sheaf_leaf {
    const sheaf_query_node *node;
    sheaf_expansion words;
    bool streamed; /* one word, or some forms of one: a list of each */
    uint32_t *docs, *freqs;
    size_t count; /* of docs */
    uint64_t articles;
} sheaf_leaf;

struct sheaf_iterator {
    const sheaf_iterator_class *class;
    sheaf_matcher *matcher;
    const sheaf_query_node *node;
    uint32_t doc;
    bool started; /* it stands on doc; for those that do not find it out otherwise */
    double weight;
    double floor;  /* what scores no more than this may be passed over; 0: nothing may */
    uint64_t cost; /* about how many articles it has */
    sheaf_iterator **parts;
    size_t count;
    /* terms */
    const sheaf_leaf *leaf;
    size_t at;             /* in docs */
    sheaf_cursor *cursors; /* of each word: the list that is walked through; then, when
                              positions are asked for, those of the fields */
    size_t walked, cursor_count;
    bool all_open;
    double *tails; /* what the tail of each that is walked bounds; 0: not known yet */
    /* phrases and near */
    sheaf_spans *places; /* of the parts, then its own */
    /* columns */
    uint8_t *bits;
};

struct sheaf_matcher {
    const sheaf_query *query;
    const sheaf_index *index;
    sheaf_match_column column;
    void *context;
    sheaf_arena arena;
    sheaf_leaf *leaves;
    const double *weights;
    sheaf_iterator *root;
    sheaf_iterator **made; /* all, for closing */
    size_t made_count, made_room;
    double saturation[256]; /* what a frequency of 1 is weighed against, by norm */
    sheaf_status status;
};

enum { SHEAF_PLACE_WORDS = 1024 }; /* of one term in a phrase or NEAR */

/* BM25, with k1 = 1.2 and b = 0.75. */
static inline double sheaf_saturate(double freq, double against) {
    return 2.2 * freq / (freq + against);
}

sheaf_status sheaf_leaf_open(sheaf_leaf *leaf, const sheaf_index *index,
                             const sheaf_query_node *node, sheaf_error *error);
void sheaf_leaf_close(sheaf_leaf *leaf);

/* How often a term stands in doc, weighted by field; and what bounds what that gives,
 * without the weight of the term. */
uint32_t sheaf_term_freq(sheaf_iterator *it);
double sheaf_term_bound(sheaf_iterator *it, uint32_t target, uint32_t *last);

extern const sheaf_iterator_class sheaf_streamed_class, sheaf_added_class, sheaf_places_class;

bool sheaf_spans_add(sheaf_spans *spans, uint32_t from, uint32_t to);
bool sheaf_spans_add_slots(sheaf_spans *spans, const uint32_t *slots, size_t count, uint32_t base);
void sheaf_spans_clear(sheaf_spans *spans);

/* The iterator says that bytes are broken, or memory is out. */
void sheaf_iterator_fail(sheaf_iterator *it, sheaf_status status);

#endif
