/* date_parse.h - what the two halves of the date parser share. */
#ifndef SHEAF_ARTICLE_DATE_PARSE_H
#define SHEAF_ARTICLE_DATE_PARSE_H

#include "article/date.h"

/* Reads a date that begins at text[*at] and moves *at behind it. running text
 * is held to a stricter form: no bare years, no digits alone. */
bool sheaf_date_read(sheaf_date *out, sheaf_slice text, size_t *at, bool running);

/* True when the calendar has such a day, and the clock such a time. */
bool sheaf_date_is_valid(const sheaf_date *date);

/* The size of the digit at text[at], ASCII, Arabic, Persian, Indian, Thai or
 * full-width, and its value; 0 when there is none. */
size_t sheaf_date_digit(sheaf_slice text, size_t at, int *value);

/* The size of the letter, or mark on one, at text[at]; 0 when there is none. */
size_t sheaf_date_letter(sheaf_slice text, size_t at);

#endif
