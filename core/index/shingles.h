/* shingles.h - runs of five words of a text, as numbers.
 *
 * What two texts have in common is counted in shingles: of a sentence that was
 * copied and changed in one word, all runs but five are still the same. Where
 * words are single characters (Han, Kana, Thai), a run is of five overlapping
 * pairs of them. A text of fewer than five words is one shingle. */
#ifndef SHEAF_INDEX_SHINGLES_H
#define SHEAF_INDEX_SHINGLES_H

#include "index/hashed_words.h"

enum { SHEAF_SHINGLE_WORDS = 5 };

/* {0} is empty. In the order of the text, and as often as they stand there. */
typedef struct sheaf_shingles {
    uint32_t *ids;   /* half of the hash: what it is */
    uint32_t *ranks; /* the other half: by which some are chosen as a sample */
    size_t count, capacity;
    sheaf_hashed_words words;
} sheaf_shingles;

/* False when memory is out. */
bool sheaf_shingles_of(sheaf_shingles *shingles, sheaf_slice text);
void sheaf_shingles_clear(sheaf_shingles *shingles);

/* Sorts ids and drops those that are there twice; ranks mean nothing then. */
void sheaf_shingles_sort(sheaf_shingles *shingles);

/* How many ids two sorted lists share. */
size_t sheaf_shingles_shared(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count);

#endif
