/* kwic.h - a concordance: where the words of a query stand, and what is around them.
 *
 * First all places are found, by slots, in segments (see match.h); then, of those that are
 * wanted, the articles are read and lines are made. A place is of the text or of the
 * headline; words that a query finds in other fields choose articles and make no lines.
 * With AND and OR each part makes lines of its own, what stands behind NOT makes none. */
#ifndef SHEAF_INDEX_KWIC_H
#define SHEAF_INDEX_KWIC_H

#include "index/match.h"

enum { SHEAF_KWIC_HEADLINE, SHEAF_KWIC_TEXT };

typedef struct sheaf_kwic_place {
    uint32_t from, to; /* slots of the field, both inclusive */
    uint8_t field;
} sheaf_kwic_place;

/* Told of the places of each article that matches, in order; there may be none. */
typedef sheaf_status (*sheaf_kwic_found)(void *context, uint32_t doc,
                                         const sheaf_kwic_place *places, size_t count,
                                         sheaf_error *error);

/* Goes through one segment, which has positions. column: see match.h. */
sheaf_status sheaf_kwic_walk(const sheaf_query *query, const sheaf_index *index,
                             sheaf_match_column column, void *column_context,
                             sheaf_kwic_found found, void *context, sheaf_error *error);

/* ---- lines ---------------------------------------------------------------------- */

/* What lines are sorted by: one step after the other. */
typedef enum sheaf_kwic_by {
    SHEAF_KWIC_LEFT, /* the word at `number` to the left, from 1 on */
    SHEAF_KWIC_RIGHT,
    SHEAF_KWIC_NODE, /* what was found */
    SHEAF_KWIC_DATE,
    SHEAF_KWIC_SITE,
    SHEAF_KWIC_LANGUAGE
} sheaf_kwic_by;

enum { SHEAF_KWIC_STEPS = 8, SHEAF_KWIC_FAR = 5 /* words to the left or right */ };

typedef struct sheaf_kwic_step {
    sheaf_kwic_by by;
    unsigned number;
    bool descending;
} sheaf_kwic_step;

typedef struct sheaf_kwic_order {
    sheaf_kwic_step steps[SHEAF_KWIC_STEPS];
    size_t count;
} sheaf_kwic_order;

/* What a line needs to know of its article. */
typedef struct sheaf_kwic_article {
    sheaf_slice headline, text;
    sheaf_slice date, site, language;
} sheaf_kwic_article;

typedef struct sheaf_kwic_line {
    uint32_t from, to;    /* bytes of the field */
    uint32_t first, last; /* characters of it */
    uint8_t field;
    sheaf_slice left, node, right; /* on one line: a blank for each run of white space */
    sheaf_slice key;               /* lines in the order of keys are sorted */
} sheaf_kwic_line;

typedef sheaf_status (*sheaf_kwic_told)(void *context, const sheaf_kwic_line *line);

/* Makes the lines of places of one field, in order of slots; strings are in the arena.
 * width: most characters on either side. */
sheaf_status sheaf_kwic_lines(sheaf_arena *arena, const sheaf_kwic_article *article,
                              const sheaf_kwic_place *places, size_t count, size_t width,
                              const sheaf_kwic_order *order, sheaf_kwic_told told, void *context);

#endif
