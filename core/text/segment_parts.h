/* segment_parts.h - what segment.c and segment_blocks.c know of each other. */
#ifndef SHEAF_TEXT_SEGMENT_PARTS_H
#define SHEAF_TEXT_SEGMENT_PARTS_H

#include "text/segment.h"

typedef size_t sheaf_words_function(sheaf_slice text, size_t *at, sheaf_word *words, size_t max);

/* As sheaf_words_next, one character at a time, until *at has reached least. */
size_t sheaf_words_slow(sheaf_slice text, size_t *at, size_t least, sheaf_word *words, size_t max);

/* The function of a path by blocks; NULL when this machine has it not. */
sheaf_words_function *sheaf_words_fast(sheaf_words_path path);

#endif
