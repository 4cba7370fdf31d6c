/* encoding_models.h - the tables that the detector weighs bytes with.
 *
 * Costs are letters: 'a' is 0 and each further one six tenths of a bit more.
 *
 * A model of an eight-bit encoding has a row for each symbol and in it the cost
 * of each symbol that may follow:
 *
 *   0 marks  1 signs  2 nothing  3 foreign letters  4… its own letters beyond
 *   ASCII  | blank  a…z (or one symbol for all of them, outside of Latin)
 *
 * Rows of the symbols behind the bar end at the bar: what ASCII says is the
 * same in every encoding. */
#ifndef SHEAF_TEXT_ENCODING_MODELS_H
#define SHEAF_TEXT_ENCODING_MODELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sheaf_encoding_model {
    const char *name;        /* of the encoding */
    const uint16_t *letters; /* small ones, in order */
    size_t letter_count;
    bool latin; /* a to z are told apart */
    const char *const *rows;
    int against; /* bits: how much rarer than its neighbours it is */
} sheaf_encoding_model;

extern const sheaf_encoding_model sheaf_encoding_models[];
extern const size_t sheaf_encoding_model_count;

/* The commonest characters of a language of many, in order, with their costs. */
typedef struct sheaf_encoding_wide {
    const char *name;
    const uint16_t *points;
    const char *costs;
    size_t count;
} sheaf_encoding_wide;

extern const sheaf_encoding_wide sheaf_encoding_wides[];
extern const size_t sheaf_encoding_wide_count;

#endif
