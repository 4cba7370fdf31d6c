/* sketch_pairs.c - which articles share a key of a band, or enough of their samples.
 *
 * Keys are taken a part at a time, so that what is sorted at once is small beside
 * the sketches; pairing.h tells which pairs are made of those that share one.
 * Pairs of bands stand for themselves. Those of samples are counted: the number of
 * shared ones says how much is shared, and what is far too little is dropped. */
#include "base/memory.h"
#include "base/status.h"
#include "index/pairing.h"
#include "index/sketch_parts.h"

enum { PART_KEYS = 1 << 20 }; /* about how many keys are sorted at once */

static void pair_bands(sheaf_keys *pairs, sheaf_keys *keys, const sheaf_sketches *s) {
    for (unsigned band = 0; band < SHEAF_BANDS; band++) {
        for (size_t i = 0; i < s->count; i++) {
            if (s->items[i].sampled)
                sheaf_keys_add(keys, (uint64_t)s->items[i].bands[band] << 32 | i);
        }
        sheaf_pair_keys(pairs, keys);
    }
    sheaf_keys_sort(pairs);
    sheaf_keys_drop_doubles(pairs);
}

/* Shingles whose lowest bits are part, and the articles that have them. */
static void gather_part(sheaf_keys *keys, const sheaf_sketches *s, uint32_t part, uint32_t parts) {
    const uint32_t *sample = s->samples;
    for (size_t i = 0; i < s->count; i++) {
        for (uint32_t k = 0; k < s->items[i].sampled; k++, sample++) {
            if (*sample % parts == part)
                sheaf_keys_add(keys, (uint64_t)*sample << 32 | i);
        }
    }
}

static void pair_samples(sheaf_keys *pairs, sheaf_keys *keys, const sheaf_sketches *s) {
    uint32_t parts = (uint32_t)(s->sample_count / PART_KEYS) + 1;
    for (uint32_t part = 0; part < parts && !pairs->failed; part++) {
        gather_part(keys, s, part, parts);
        sheaf_pair_keys(pairs, keys);
    }
    sheaf_keys_sort(pairs);
}

/* May a pair with so many shingles of its samples in common have a share of least?
 * Chance may have taken half as many as were to be expected, and some more. */
static bool is_enough(const sheaf_sketches *s, uint64_t pair, size_t shared, double least) {
    uint32_t a = s->items[pair >> 32].sampled, b = s->items[(uint32_t)pair].sampled;
    double expected = least * (a < b ? a : b);
    return (double)shared >= expected * 0.5 - 1;
}

/* Of pairs that stand there several times, once those that are enough. */
static void keep_enough(sheaf_keys *pairs, const sheaf_sketches *s, double least) {
    size_t kept = 0;
    for (size_t from = 0, to; from < pairs->count; from = to) {
        to = from + 1;
        while (to < pairs->count && pairs->items[to] == pairs->items[from])
            to++;
        if (is_enough(s, pairs->items[from], to - from, least))
            pairs->items[kept++] = pairs->items[from];
    }
    pairs->count = kept;
}

static sheaf_status give(const sheaf_keys *all, sheaf_candidate **pairs, size_t *count,
                         sheaf_error *error) {
    sheaf_candidate *out = sheaf_malloc(all->count * sizeof *out);
    if (!out && all->count)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < all->count; i++)
        out[i] = (sheaf_candidate){(uint32_t)(all->items[i] >> 32), (uint32_t)all->items[i]};
    *pairs = out;
    *count = all->count;
    return SHEAF_OK;
}

sheaf_status sheaf_sketches_pairs(const sheaf_sketches *s, double least, sheaf_candidate **pairs,
                                  size_t *count, sheaf_error *error) {
    sheaf_keys of_bands = {0}, of_samples = {0}, keys = {0};
    sheaf_status status = SHEAF_NO_MEMORY;
    pair_bands(&of_bands, &keys, s);
    pair_samples(&of_samples, &keys, s);
    keep_enough(&of_samples, s, least);
    for (size_t i = 0; i < of_samples.count; i++)
        sheaf_keys_add(&of_bands, of_samples.items[i]);
    sheaf_keys_sort(&of_bands);
    sheaf_keys_drop_doubles(&of_bands);
    if (keys.failed || of_bands.failed || of_samples.failed)
        sheaf_fail(error, status, "out of memory");
    else
        status = give(&of_bands, pairs, count, error);
    sheaf_keys_clear(&keys);
    sheaf_keys_clear(&of_bands);
    sheaf_keys_clear(&of_samples);
    return status;
}
