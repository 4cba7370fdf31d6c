/* segment.h - words in running text, with byte offsets (UAX #29).
 *
 * What UAX #29 calls a word and holds a letter or a digit is a word here. One
 * thing differs: scripts that write no blanks (Han, Kana, Thai, Lao, Khmer,
 * Burmese) give each of their characters as a word of its own, Katakana too,
 * with the marks that sit on it. */
#ifndef SHEAF_TEXT_SEGMENT_H
#define SHEAF_TEXT_SEGMENT_H

#include "base/slice.h"

enum { SHEAF_WORD_LETTERS, SHEAF_WORD_NUMBER, SHEAF_WORD_IDEOGRAPH };

typedef struct sheaf_word {
    uint32_t from, to; /* bytes of the text */
    uint8_t kind;      /* letters (perhaps with digits among them), a number without letters, or
                          one character of a script without blanks */
} sheaf_word;

/* Puts up to max words of text from *at on into words, moves *at behind them,
 * and returns how many; fewer than max at the end of text only. *at is 0 or
 * what the call before left there. White space and
 * punctuation are no words. Bytes that are no UTF-8 part words. What lies
 * behind 4 GiB is not seen. */
size_t sheaf_words_next(sheaf_slice text, size_t *at, sheaf_word *words, size_t max);

/* The next boundary of UAX #29 behind from, without any change of ours; from
 * is 0 or a boundary, and less than text.size. */
size_t sheaf_word_boundary(sheaf_slice text, size_t from);

/* For tests and benchmarks: the ways in which sheaf_words_next can go. All give
 * the same words; it takes the last one that this machine has. */
typedef enum sheaf_words_path {
    SHEAF_WORDS_SCALAR,
    SHEAF_WORDS_AVX2,
    SHEAF_WORDS_AVX512,
    SHEAF_WORDS_PATHS
} sheaf_words_path;
bool sheaf_words_path_exists(sheaf_words_path path);
size_t sheaf_words_next_by(sheaf_words_path path, sheaf_slice text, size_t *at, sheaf_word *words,
                           size_t max);

#endif
