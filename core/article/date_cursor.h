/* date_cursor.h - the cursor that the rules for dates move, and what it takes.
 *
 * Each verb takes what it can and says so, or leaves the cursor where it was;
 * sheaf_date_take_basic_time and sheaf_date_take_iso_time may leave it inside, for a caller
 * that starts again. */
#ifndef SHEAF_ARTICLE_DATE_CURSOR_H
#define SHEAF_ARTICLE_DATE_CURSOR_H

#include "article/date_parse.h"

typedef struct sheaf_date_cursor {
    sheaf_slice text;
    size_t at;
    bool running; /* in running text: be strict */
} sheaf_date_cursor;

/* ---- date_cursor.c ---- */

/* The byte at the cursor, or 0 at the end. */
char sheaf_date_peek(const sheaf_date_cursor *c);
bool sheaf_date_take(sheaf_date_cursor *c, const char *literal);
bool sheaf_date_take_any(sheaf_date_cursor *c, const char *chars);

/* Blanks, a few at most; line ends only where the whole string is a date. */
bool sheaf_date_skip_blanks(sheaf_date_cursor *c);

/* A whole run of digits, which must number from least to most. */
bool sheaf_date_take_number(sheaf_date_cursor *c, int least, int most, int *value);

/* Length of the run of digits at the cursor, counted up to 15. */
int sheaf_date_count_digits(const sheaf_date_cursor *c);

/* A run of letters of at most 64 bytes. */
bool sheaf_date_take_word(sheaf_date_cursor *c, sheaf_slice *word);

/* One of the words in list, which are parted by blanks; case does not matter. */
bool sheaf_date_take_word_of(sheaf_date_cursor *c, const char *list);

/* ---- date_clock.c ---- */

/* A time and its zone. announced: a word such as "kl." said that one follows. */
bool sheaf_date_take_time(sheaf_date_cursor *c, sheaf_date *date, bool announced);

/* What parts a date from its time: a blank, a sign, a word. */
bool sheaf_date_take_time_gap(sheaf_date_cursor *c, bool *announced);

/* "0913" or "091305". */
bool sheaf_date_take_basic_time(sheaf_date_cursor *c, sheaf_date *date);

/* What stands behind the T of ISO 8601: "09:13Z", "0913+0300". */
bool sheaf_date_take_iso_time(sheaf_date_cursor *c, sheaf_date *date);

#endif
