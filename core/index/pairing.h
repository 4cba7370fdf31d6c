/* pairing.h - things that share a key, as pairs.
 *
 *   key, thing ─► sorted by key ─► runs of one key ─► pairs of its things
 *
 * Both are 32 bits, the key in the upper half. In a short run all pairs are made; in
 * a long one, as a piece of an agency or the footer of a site makes, each thing with
 * the one before it and with the first, since n that are alike need n links and not
 * n * n. */
#ifndef SHEAF_INDEX_PAIRING_H
#define SHEAF_INDEX_PAIRING_H

#include "sheaf.h"

/* {0} is empty. Out of memory is sticky: look at failed once at the end. */
typedef struct sheaf_keys {
    uint64_t *items;
    size_t count, capacity;
    bool failed;
} sheaf_keys;

void sheaf_keys_add(sheaf_keys *list, uint64_t number);
void sheaf_keys_sort(sheaf_keys *list);
void sheaf_keys_drop_doubles(sheaf_keys *list); /* of a sorted list */
void sheaf_keys_clear(sheaf_keys *list);

/* Sorts keys, adds to pairs those of each run, the lower thing in the upper half, and
 * empties keys. A pair comes once for each key that it shares. */
void sheaf_pair_keys(sheaf_keys *pairs, sheaf_keys *keys);

#endif
