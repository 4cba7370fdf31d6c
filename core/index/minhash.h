/* minhash.h - texts that share most of their shingles share a band of minima.
 *
 *   shingles ─► 112 orders, the first of each ─► 14 bands of 8 ─► 14 keys
 *
 * Two texts of which a part j of all shingles is in both have one least value in
 * common with probability j, and all of a band with j^8. With 14 bands, a pair with
 * j = .9 has an equal key in 999 cases of 1000, one with j = .5 in 5 of 100. */
#ifndef SHEAF_INDEX_MINHASH_H
#define SHEAF_INDEX_MINHASH_H

#include "sheaf.h"

enum { SHEAF_BANDS = 14, SHEAF_BAND_ROWS = 8, SHEAF_MINIMA = SHEAF_BANDS * SHEAF_BAND_ROWS };

/* The least value of each order over the ids of shingles; UINT32_MAX without any.
 * As fast as the processor allows; the same on all of them. */
void sheaf_minhash(uint32_t least[SHEAF_MINIMA], const uint32_t *ids, size_t count);

/* The same without special instructions: what the other is tested against. */
void sheaf_minhash_plain(uint32_t least[SHEAF_MINIMA], const uint32_t *ids, size_t count);

void sheaf_minhash_bands(uint32_t keys[SHEAF_BANDS], const uint32_t least[SHEAF_MINIMA]);

#endif
