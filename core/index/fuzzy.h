/* fuzzy.h - which of sorted words are nearly alike.
 *
 * Letters put in, taken out, changed, or two neighbours swapped, each counts one. A
 * word shares the work of its beginning with the word before it; and where nothing
 * that begins like it can be near enough, all such words can be passed over. */
#ifndef SHEAF_INDEX_FUZZY_H
#define SHEAF_INDEX_FUZZY_H

#include "sheaf.h"

enum { SHEAF_FUZZY_POINTS = 64 }; /* letters that are looked at */

typedef struct sheaf_fuzzy {
    uint32_t pattern[SHEAF_FUZZY_POINTS];
    size_t size; /* of the pattern */
    unsigned edits;
    size_t depth; /* letters of the word that have their row */
    uint32_t points[SHEAF_FUZZY_POINTS + 1];
    size_t ends[SHEAF_FUZZY_POINTS + 1]; /* bytes of the word up to each row */
    unsigned char rows[SHEAF_FUZZY_POINTS + 1][SHEAF_FUZZY_POINTS + 1];
    unsigned char least[SHEAF_FUZZY_POINTS + 1]; /* of each row */
} sheaf_fuzzy;

void sheaf_fuzzy_begin(sheaf_fuzzy *fuzzy, sheaf_slice pattern, unsigned edits);

/* Is a word near enough? same: how many bytes it begins with like the word before. *hopeless
 * gets the size of a beginning with which no word is; 0: there is none. */
bool sheaf_fuzzy_match(sheaf_fuzzy *fuzzy, sheaf_slice word, size_t same, size_t *hopeless);

#endif
