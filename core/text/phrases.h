/* phrases.h - which of thousands of phrases a text holds, and where.
 *
 * Phrases match as whole words; case and accents do not matter. Between two
 * words of a phrase there may be blanks and hyphens, or what the phrase itself
 * has there. An apostrophe parts words here, so that "Paris" is found in
 * "Paris's". */
#ifndef SHEAF_TEXT_PHRASES_H
#define SHEAF_TEXT_PHRASES_H

#include "base/slice.h"

typedef struct sheaf_phrases sheaf_phrases;

typedef struct sheaf_phrase_hit {
    uint32_t phrase;   /* its number, from 0 in the order given */
    uint32_t from, to; /* bytes of the text */
} sheaf_phrase_hit;

/* A set that keeps copies of count phrases, in valid UTF-8; one without a word,
 * or of more than a hundred, is never found. NULL when memory is out. */
sheaf_phrases *sheaf_phrases_new(const sheaf_slice *phrases, size_t count);
void sheaf_phrases_free(sheaf_phrases *set);

size_t sheaf_phrases_count(const sheaf_phrases *set);
size_t sheaf_phrases_memory(const sheaf_phrases *set);                     /* bytes */
sheaf_slice sheaf_phrases_text(const sheaf_phrases *set, uint32_t phrase); /* as it was given */

/* Calls visit for each phrase that text holds, in order of where they begin;
 * those that overlap too. Now and then in long work without a find it is called
 * with NULL. It returns false to stop. text is valid UTF-8. */
typedef bool sheaf_phrase_visit(void *context, const sheaf_phrase_hit *hit);
void sheaf_phrases_find(const sheaf_phrases *set, sheaf_slice text, sheaf_phrase_visit *visit,
                        void *context);

#endif
