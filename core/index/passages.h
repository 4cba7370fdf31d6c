/* passages.h - sentences and quotations that stand in several texts of many.
 *
 * Each group is one passage in all the wordings that it has: what is close to any of
 * them belongs to it. Texts are numbered from 0, as they were added. */
#ifndef SHEAF_INDEX_PASSAGES_H
#define SHEAF_INDEX_PASSAGES_H

#include "sheaf.h"

typedef struct sheaf_passages sheaf_passages;

sheaf_passages *sheaf_passages_new(void); /* NULL: no memory */
void sheaf_passages_free(sheaf_passages *passages);

/* Keeps eight bytes a word; the text itself may go. SHEAF_LIMIT when there are more
 * words, or sentences, than 32 bits can count. */
sheaf_status sheaf_passages_add(sheaf_passages *passages, sheaf_slice text, sheaf_error *error);

/* One place of a passage: bytes of a text. variant counts its wordings from 0, in the
 * order in which they come; the same words have the same, whatever their punctuation. */
typedef struct sheaf_place {
    uint32_t text, from, to, variant;
} sheaf_place;

typedef struct sheaf_passage {
    const sheaf_place *places; /* in order of texts; owned by passages */
    uint32_t count, texts, variants;
    bool quotation;
} sheaf_passage;

/* Finds all, once everything was added; in order of their first places. */
sheaf_status sheaf_passages_find(sheaf_passages *passages, size_t *count, sheaf_error *error);
void sheaf_passages_get(const sheaf_passages *passages, size_t i, sheaf_passage *passage);

#endif
