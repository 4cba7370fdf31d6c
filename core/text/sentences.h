/* sentences.h - sentences in running text, with byte offsets.
 *
 * UAX #29 says where a sentence may end; what stands around such a place says
 * whether it does: abbreviations of the language, initials, numbers, dots left
 * out, quotations and who said them, datelines, lists. A blank line always ends
 * a sentence; a single line end does where lines are a list and not wrapped. */
#ifndef SHEAF_TEXT_SENTENCES_H
#define SHEAF_TEXT_SENTENCES_H

#include "base/map.h"
#include "base/slice.h"

/* What running text teaches: words that are written small within sentences, and
 * words that bear a point within them. {0} knows nothing. It borrows the text
 * that it learned from, which must outlive it. */
typedef struct sheaf_sentence_habits {
    sheaf_map words;
} sheaf_sentence_habits;

/* Learns from text too. False when memory is out. */
bool sheaf_sentences_learn(sheaf_sentence_habits *habits, sheaf_slice text);
void sheaf_sentence_habits_clear(sheaf_sentence_habits *habits);

/* A walk over the sentences of a text; no memory is held. Fields are its own. */
typedef struct sheaf_sentences {
    sheaf_slice text;
    const sheaf_sentence_habits *habits;
    uint32_t languages;   /* a bit for each whose abbreviations count */
    bool greek, ordinals; /* ; asks; "3." may be "third" */
    bool lines;           /* each line of this paragraph ends a sentence */
    size_t at, paragraph, paragraph_end;
    size_t item;          /* where the next item of a list begins, or SIZE_MAX */
    uint32_t item_number; /* its number, or letter */
    int item_style;
} sheaf_sentences;

/* language: BCP 47; of others than those known, the rules for all count.
 * habits may be NULL. */
void sheaf_sentences_begin(sheaf_sentences *walk, sheaf_slice text, sheaf_slice language,
                           const sheaf_sentence_habits *habits);

/* The next sentence, [*from, *to), without blanks around it; false at the end. */
bool sheaf_sentence_next(sheaf_sentences *walk, size_t *from, size_t *to);

/* The next boundary of UAX #29 as it stands, behind from < text.size, which is
 * 0 or a boundary. */
size_t sheaf_sentence_boundary(sheaf_slice text, size_t from);

#endif
