/* sketch.h - what is kept of every article, so that copies are found among many.
 *
 *   bands     14 keys of minima (minhash.h)        finds pairs that are nearly the same
 *   sample    one shingle in 40, at least eight    finds pairs of which one holds a part
 *                                                  of the other, however long it is
 *
 * About 120 bytes an article of 600 words. Sketches of parts are joined in their
 * order: any number of threads, or of machines, comes to the same. An article is
 * its number, from 0. */
#ifndef SHEAF_INDEX_SKETCH_H
#define SHEAF_INDEX_SKETCH_H

#include "base/buffer.h"
#include "index/shingles.h"

typedef struct sheaf_sketches sheaf_sketches;

sheaf_sketches *sheaf_sketches_new(void); /* NULL: no memory */
void sheaf_sketches_free(sheaf_sketches *sketches);

/* Adds the next article; one without words is never like another. */
sheaf_status sheaf_sketches_add(sheaf_sketches *sketches, const sheaf_shingles *shingles,
                                sheaf_error *error);

/* Adds all articles of other behind those that are there. */
sheaf_status sheaf_sketches_join(sheaf_sketches *sketches, const sheaf_sketches *other,
                                 sheaf_error *error);

size_t sheaf_sketches_count(const sheaf_sketches *sketches);
size_t sheaf_sketches_bytes(const sheaf_sketches *sketches); /* that they take */

/* Sketches as bytes, the same on every machine; and from them. SHEAF_BAD_INPUT. */
void sheaf_sketches_write(sheaf_buffer *out, const sheaf_sketches *sketches);
sheaf_status sheaf_sketches_read(sheaf_sketches **out, sheaf_slice bytes, sheaf_error *error);

/* Two articles that may have enough in common; a < b. */
typedef struct sheaf_candidate {
    uint32_t a, b;
} sheaf_candidate;

/* All pairs, in order, of which one may hold a share of at least `least` (0 to 1) of
 * the shingles of the other. Free them with sheaf_free. */
sheaf_status sheaf_sketches_pairs(const sheaf_sketches *sketches, double least,
                                  sheaf_candidate **pairs, size_t *count, sheaf_error *error);

#endif
