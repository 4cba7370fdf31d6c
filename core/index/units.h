/* units.h - the pieces of a text that are looked for in others: sentences, and what
 * stands in quotation marks. */
#ifndef SHEAF_INDEX_UNITS_H
#define SHEAF_INDEX_UNITS_H

#include "index/hashed_words.h"

typedef struct sheaf_unit {
    uint32_t from, to;     /* bytes of the text */
    uint32_t first, count; /* its words, of the words */
    bool quotation;        /* and then it lies within sentences; from and to are without marks */
} sheaf_unit;

/* {0} is empty; the memory is used again by the next text. Sentences come first, in
 * order, then quotations of at least four words. */
typedef struct sheaf_units {
    sheaf_unit *items;
    size_t count, capacity;
    size_t sentences; /* how many of them are no quotations */
} sheaf_units;

/* words are those of text. A sentence of more than 60 words, as pages give whose
 * punctuation was lost, is cut. False when memory is out. */
bool sheaf_units_of(sheaf_units *units, sheaf_slice text, const sheaf_hashed_words *words);
void sheaf_units_clear(sheaf_units *units);

#endif
