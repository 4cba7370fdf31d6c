/* words.h - words in running text: how many, and where. segment.h says what a
 * word is, and gives many at a time. */
#ifndef SHEAF_TEXT_WORDS_H
#define SHEAF_TEXT_WORDS_H

#include "base/slice.h"

/* The next word at or after *at; *at moves on. False at the end. */
bool sheaf_word_next(sheaf_slice text, size_t *at, size_t *start, size_t *end);

size_t sheaf_word_count(sheaf_slice text);

#endif
