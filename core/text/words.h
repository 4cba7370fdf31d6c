/* words.h - words in running text: how many, and where. */
#ifndef SHEAF_TEXT_WORDS_H
#define SHEAF_TEXT_WORDS_H

#include "base/slice.h"

/* The next word at or after *at; *at moves behind it. A word is a run of
 * letters, marks and digits, with single apostrophes, points and hyphen-free
 * joiners inside (UAX #29 WB6, WB7, WB11, WB12); each Han, Kana or Thai
 * character stands alone. False at the end. */
bool sheaf_word_next(sheaf_slice text, size_t *at, size_t *start, size_t *end);

size_t sheaf_word_count(sheaf_slice text);

#endif
