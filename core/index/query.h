/* query.h - what is looked for, as a tree.
 *
 *   talks peace            both words, in any form:  talk, talking, …
 *   =talks                 this form alone (case and accents are never looked at)
 *   "peace talks"          these words, one behind the other
 *   peace OR war, -war, NOT war, (…)
 *   peace NEAR/5 talks     within 5 words of one another; ONEAR: in this order
 *   negot*  korona~1       by beginning; with up to 1 letter (or 2) other
 *   headline:talks  text: author: site: keyword:
 *   published:2022-02..2022-03  language:ru
 *   talks^2                counts double in ranking
 *
 * The text of a query is not trusted either: its size, depth and number of parts
 * have limits. docs/search.md tells users. */
#ifndef SHEAF_INDEX_QUERY_H
#define SHEAF_INDEX_QUERY_H

#include "base/arena.h"
#include "index/index.h"

typedef enum sheaf_query_kind {
    SHEAF_QUERY_TERM,
    SHEAF_QUERY_PHRASE, /* of terms, each with its offset in slots */
    SHEAF_QUERY_NEAR,   /* two parts */
    SHEAF_QUERY_AND,
    SHEAF_QUERY_OR,
    SHEAF_QUERY_NOT,    /* one part */
    SHEAF_QUERY_COLUMN, /* what the catalog knows */
    SHEAF_QUERY_ALL,
    SHEAF_QUERY_NOTHING /* a word without letters */
} sheaf_query_kind;

typedef enum sheaf_query_match {
    SHEAF_MATCH_EXACT,
    SHEAF_MATCH_STEM,
    SHEAF_MATCH_PREFIX,
    SHEAF_MATCH_FUZZY
} sheaf_query_match;

typedef enum sheaf_query_column {
    SHEAF_COLUMN_PUBLISHED,
    SHEAF_COLUMN_LANGUAGE
} sheaf_query_column;

typedef struct sheaf_query_node sheaf_query_node;
struct sheaf_query_node {
    sheaf_query_kind kind;
    double boost;
    unsigned list; /* sheaf_index_list */
    /* a term */
    sheaf_slice key, spelling;
    sheaf_query_match match;
    unsigned edits;  /* of a fuzzy one */
    uint32_t offset; /* in its phrase */
    size_t number;   /* among the terms of the query */
    /* near */
    uint32_t distance;
    bool ordered;
    /* a column: published from (inclusive) and before (exclusive); or a language in from */
    sheaf_query_column column;
    sheaf_slice from, before;
    sheaf_query_node **parts;
    size_t count, capacity;
};

enum {
    SHEAF_QUERY_BYTES = 16384,
    SHEAF_QUERY_DEPTH = 64,
    SHEAF_QUERY_NODES = 1024,
    SHEAF_QUERY_NEAR_MOST = 10000,
    SHEAF_QUERY_NEAR_USUAL = 10
};

typedef struct sheaf_query {
    sheaf_arena arena; /* holds all that follows */
    sheaf_query_node *root;
    sheaf_query_node **terms;
    size_t term_count, term_capacity;
    size_t nodes;
    bool needs_positions;
} sheaf_query;

/* Reads a query. SHEAF_BAD_INPUT: *at is the byte of text at which it stops making
 * sense. The caller clears the query, also when this fails. */
sheaf_status sheaf_query_parse(sheaf_query *out, sheaf_slice text, size_t *at, sheaf_error *error);
void sheaf_query_clear(sheaf_query *query);

/* Does a word differ from the pattern by at most so many edits? */
bool sheaf_query_fuzzy_match(sheaf_slice pattern, sheaf_slice word, unsigned edits);

/* What a date of EDTF to the year, month or day ends before: 2022-12 -> 2023-01.
 * False when it is none. */
bool sheaf_query_date_end(sheaf_slice date, char out[16]);

#endif
