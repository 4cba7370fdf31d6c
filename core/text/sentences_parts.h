/* sentences_parts.h - what sentences.c and sentences_words.c know of each other. */
#ifndef SHEAF_TEXT_SENTENCES_PARTS_H
#define SHEAF_TEXT_SENTENCES_PARTS_H

#include "text/sentence_tables.h"
#include "text/sentences.h"

/* A run of stops, and what closes behind it. */
typedef struct sentence_stop {
    size_t at, end;
    unsigned dots;  /* full points; three for U+2026 */
    unsigned marks; /* ! and ? */
    bool other;     /* of a script without capitals */
    bool spaced;    /* . . . */
    bool closed;    /* something closes */
    bool quoted;    /* a quotation does */
} sentence_stop;

/* What comes behind blanks and opening signs. */
typedef struct sentence_follower {
    size_t at;
    uint32_t first; /* the first character, opening or not */
    bool parted;    /* there was a blank */
    bool opened;    /* there was an opening sign */
    sheaf_sentence_class class;
    sheaf_slice word;
} sentence_follower;

void sheaf_sentence_set_language(sheaf_sentences *walk, sheaf_slice language);

/* Does a single full point end the sentence that began at start? */
bool sheaf_sentence_point_ends(const sheaf_sentences *walk, size_t start, sentence_stop stop,
                               sentence_follower next);

/* "Go!" Maria said: does it tell who spoke? */
bool sheaf_sentence_is_said(const sheaf_sentences *walk, sentence_follower next);

#endif
