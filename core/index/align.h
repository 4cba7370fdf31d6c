/* align.h - where the sentences and quotations of one text stand in another.
 *
 *   shared    the same words, in the same order
 *   altered   most of the words: some were changed, put in or left out
 *   only      in one of them alone
 *
 * Words count, punctuation does not: what lost its quotation marks on the way, or its
 * full stops, is found all the same. */
#ifndef SHEAF_INDEX_ALIGN_H
#define SHEAF_INDEX_ALIGN_H

#include "index/units.h"

/* ---- one piece in a run of words ------------------------------------------------- */

/* A word as it is compared: whole, and by its beginning, which is the same in most
 * forms of it ("tension", "tensions"). The lowest bit of whole is set in words that
 * are so common that they count little; at first in none. */
enum { SHEAF_FORM_COMMON = 1 };
typedef struct sheaf_form {
    uint32_t whole;
    uint32_t stem;
} sheaf_form;

/* Forms of all words; forms has room for words->count. */
void sheaf_forms_of(sheaf_form *forms, sheaf_slice text, const sheaf_hashed_words *words);

typedef struct sheaf_fit {
    uint32_t from, to; /* of the longer one: the words that fit */
    uint32_t same;     /* words that are equal */
    double score;      /* 0 to 1; 1: all of the piece, word for word */
} sheaf_fit;

/* Memory for fitting; {0} is empty. */
typedef struct sheaf_fitter {
    struct fit_cell *cells;
    size_t capacity;
} sheaf_fitter;

/* The run of words of text in which piece fits best. False when memory is out. */
bool sheaf_fit_find(sheaf_fitter *fitter, sheaf_fit *fit, const sheaf_form *piece, size_t size,
                    const sheaf_form *text, size_t count);
/* Can the score be so high at all? Much cheaper than to find it: looks only at which
 * words there are, and not at their order. */
bool sheaf_fit_may(const sheaf_form *piece, size_t size, const sheaf_form *text, size_t count,
                   double score);

void sheaf_fitter_clear(sheaf_fitter *fitter);

/* Does all of a piece of so many words stand there, and nothing between them? */
bool sheaf_fit_is_whole(const sheaf_fit *fit, size_t size);

/* Is it enough to say that the piece stands there, in other words maybe? */
bool sheaf_fit_counts(const sheaf_fit *fit, size_t size);

/* ---- two texts ---------------------------------------------------------------------- */

typedef enum sheaf_aligned_kind {
    SHEAF_ALIGNED_SHARED,
    SHEAF_ALIGNED_ALTERED,
    SHEAF_ALIGNED_ONLY_A,
    SHEAF_ALIGNED_ONLY_B
} sheaf_aligned_kind;

typedef struct sheaf_aligned {
    sheaf_aligned_kind kind;
    bool quotation;
    uint32_t a_from, a_to, b_from, b_to; /* bytes; from = to: not there */
    double score;
} sheaf_aligned;

typedef struct sheaf_alignment {
    sheaf_aligned *items;
    size_t count, capacity;
} sheaf_alignment;

/* First the sentences of a in order; those of b alone come behind the sentence that
 * they follow in b, as far as that can be said. Then quotations in the same way.
 * SHEAF_LIMIT when both are books. */
sheaf_status sheaf_align(sheaf_alignment *out, sheaf_slice a, sheaf_slice b, sheaf_error *error);
void sheaf_alignment_clear(sheaf_alignment *alignment);

#endif
