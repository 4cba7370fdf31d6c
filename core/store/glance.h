/* glance.h - what the numbers of the catalog say of one article, for threads.
 *
 * Nothing is unpacked and nothing is shared, so that several threads may look at one file. What
 * stands among the strings of the catalog is not told here: see sheaf_file_row. */
#ifndef SHEAF_STORE_GLANCE_H
#define SHEAF_STORE_GLANCE_H

#include "store/chunks.h"
#include "store/stamp.h"

typedef struct sheaf_glance {
    sheaf_slice language, site, publisher;
    sheaf_slice id, published; /* good until the next glance into the same place */
    bool whole;                /* false: id or published is longer than what is told */
    uint64_t words, bytes;     /* bytes of its row */
    char id_text[17];
    char published_text[SHEAF_STAMP_ROOM];
} sheaf_glance;

/* ordinal is below the count of the file. */
void sheaf_file_glance(const sheaf_file *file, uint64_t ordinal, sheaf_glance *out);

/* The windows of a file as chunks, in a list to be freed with sheaf_free. NULL with *count 0
 * when there are none; false: no memory. */
bool sheaf_file_windows(const sheaf_file *file, sheaf_chunk **list, size_t *count);

#endif
