/* index.h - one segment of an inverted index: which words stand in which articles.
 *
 *   ┌───────┬───────┬─────────────┬───────┬─────────────┬───────┬───────────┬────────┐
 *   │ lists │ words │ their index │ stems │ their index │ norms │ languages │ footer │
 *   └───────┴───────┴─────────────┴───────┴─────────────┴───────┴───────────┴────────┘
 *
 * A segment tells of a run of articles, numbered from 0; `first` is the ordinal of
 * the first of them in the sheaf. It is written in one go, from front to back, and
 * never changed. Its bytes are not trusted: opening checks that all sections lie
 * within, and lists are checked where they are read.
 *
 * A word has up to five lists. The first is of all fields that a plain word is
 * looked for in, and its frequencies are weighted by field; its positions are those in
 * the text. The others are of one field each. How often a word stands in the text is
 * what is left of the first when the others are taken away. */
#ifndef SHEAF_INDEX_INDEX_H
#define SHEAF_INDEX_INDEX_H

#include "index/list.h"
#include "index/table.h"

typedef enum sheaf_index_list {
    SHEAF_LIST_ALL,
    SHEAF_LIST_HEADLINE,
    SHEAF_LIST_KEYWORDS,
    SHEAF_LIST_AUTHORS,
    SHEAF_LIST_SITE, /* not part of ALL */
    SHEAF_LIST_COUNT,
    SHEAF_LIST_TEXT = SHEAF_LIST_COUNT /* not a list of its own */
} sheaf_index_list;

/* What one occurrence counts for in ALL. */
static inline uint32_t sheaf_list_weight(unsigned list) {
    return list == SHEAF_LIST_HEADLINE ? 3 : list == SHEAF_LIST_KEYWORDS ? 2 : 1;
}

enum {
    SHEAF_INDEX_FOOTER = 128,
    SHEAF_STEM_MARK = 0 /* between language and stem in a key */
};

typedef struct sheaf_index {
    sheaf_slice bytes;
    uint64_t first; /* ordinal of its first article */
    uint32_t docs;
    uint64_t length; /* of all articles, weighted */
    bool positions;
    sheaf_slice lists;
    sheaf_table words, stems;
    const uint8_t *norms;
    sheaf_slice languages; /* tags, a zero behind each */
} sheaf_index;

/* Views into bytes. SHEAF_CORRUPT or SHEAF_UNSUPPORTED. */
sheaf_status sheaf_index_open(sheaf_index *out, sheaf_slice bytes, sheaf_error *error);

/* Slots of the fields of an article, in one line: those of the text come first. */
static inline uint32_t sheaf_list_base(unsigned list) {
    return list == SHEAF_LIST_ALL ? 0 : 0x40000000u + 0x10000000u * list;
}

/* A word of the segment. */
typedef struct sheaf_term {
    uint64_t number;
    uint8_t mask; /* bit i: it has list i */
    uint64_t articles[SHEAF_LIST_COUNT];
    uint64_t offset[SHEAF_LIST_COUNT], size[SHEAF_LIST_COUNT];
} sheaf_term;

/* A walk over words; term is of the one that it stands on. */
typedef struct sheaf_term_walk {
    const sheaf_index *index;
    sheaf_table_walk walk;
    sheaf_term term;
    uint64_t end; /* of the lists so far */
    bool broken;
} sheaf_term_walk;

/* Stands on the first word not before key. False at the end. */
bool sheaf_term_walk_from(sheaf_term_walk *walk, const sheaf_index *index, sheaf_slice key);
bool sheaf_term_walk_number(sheaf_term_walk *walk, const sheaf_index *index, uint64_t number);
bool sheaf_term_walk_next(sheaf_term_walk *walk);

/* Finds one word. SHEAF_MISSING without error text. */
sheaf_status sheaf_index_find(const sheaf_index *index, sheaf_slice key, sheaf_term *term,
                              sheaf_error *error);

/* List number which, of the mask, of a term. */
sheaf_list sheaf_index_list_of(const sheaf_index *index, const sheaf_term *term, unsigned which);

/* Lengths in one byte, four bits of mantissa: 0 to 15 are themselves. */
static inline uint8_t sheaf_norm_of(uint64_t length) {
    uint32_t l = length > 0xFFFFF ? 0xFFFFF : (uint32_t)length;
    unsigned bits = sheaf_bits_of(l);
    return (uint8_t)(l < 16 ? l : 16 + (bits - 5) * 16 + ((l >> (bits - 5)) & 15));
}

static inline double sheaf_norm_length(uint8_t norm) {
    unsigned shift = norm < 16 ? 0 : (unsigned)(norm - 16) / 16;
    return norm < 16 ? norm
                     : ((double)(16 + norm % 16) + (shift ? 0.5 : 0)) * (double)(1u << shift);
}

#endif
