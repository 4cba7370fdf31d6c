/* hashed_words.h - the words of a text as numbers that are equal when the words are.
 *
 * Case, accents and apostrophes do not count: "Moscow's", "MOSCOWS" and "moscow’s"
 * are one word. Everything that compares texts begins with this list. */
#ifndef SHEAF_INDEX_HASHED_WORDS_H
#define SHEAF_INDEX_HASHED_WORDS_H

#include "sheaf.h"

/* Set in the hash of a character that stands alone, as Han, Kana and Thai do. */
#define SHEAF_HASHED_ALONE ((uint64_t)1 << 63)

typedef struct sheaf_hashed_word {
    uint64_t hash;
    uint32_t from, to; /* bytes of the text */
} sheaf_hashed_word;

/* {0} is an empty list; the memory is used again by the next text. */
typedef struct sheaf_hashed_words {
    sheaf_hashed_word *items;
    size_t count, capacity;
} sheaf_hashed_words;

/* The words of text, which is valid UTF-8; what is behind the first 4 GiB is left
 * out. False when memory is out. */
bool sheaf_hashed_words_of(sheaf_hashed_words *words, sheaf_slice text);

/* The same for the first five letters of a word, or all of it when there are fewer:
 * equal in most forms of one word. */
uint64_t sheaf_hashed_word_stem(const sheaf_hashed_word *word, sheaf_slice text);

void sheaf_hashed_words_clear(sheaf_hashed_words *words);

#endif
