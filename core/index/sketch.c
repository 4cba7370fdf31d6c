/* sketch.c - gathers bands and samples, joins them, and writes them down.
 *
 * A shingle is in the sample when its rank is low enough, whatever article it
 * stands in: what two samples share is what the articles share. Short articles,
 * which might have none so, add those of lowest rank. */
#include "index/sketch.h"

#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/sketch_parts.h"

sheaf_sketches *sheaf_sketches_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_sketches));
}

void sheaf_sketches_free(sheaf_sketches *sketches) {
    if (!sketches)
        return;
    sheaf_free(sketches->items);
    sheaf_free(sketches->samples);
    sheaf_free(sketches);
}

size_t sheaf_sketches_count(const sheaf_sketches *sketches) {
    return sketches->count;
}

size_t sheaf_sketches_bytes(const sheaf_sketches *sketches) {
    return sketches->count * sizeof *sketches->items +
           sketches->sample_count * sizeof *sketches->samples;
}

/* Makes room for more of an array; grows by a quarter, since it may be large. */
static void *roomier(void *items, size_t *capacity, size_t count, size_t more, size_t size) {
    if (*capacity - count >= more)
        return items;
    size_t room = count + more + count / 4 + 64;
    void *bigger = room < SIZE_MAX / size ? sheaf_realloc(items, room * size) : NULL;
    if (bigger)
        *capacity = room;
    return bigger;
}

static sheaf_status make_room(sheaf_sketches *s, size_t articles, size_t samples,
                              sheaf_error *error) {
    if (articles > UINT32_MAX - s->count)
        return sheaf_fail(error, SHEAF_LIMIT, "more than 4,294,967,295 articles");
    sketch *items = roomier(s->items, &s->capacity, s->count, articles, sizeof *items);
    if (items)
        s->items = items;
    uint32_t *all = roomier(s->samples, &s->sample_capacity, s->sample_count, samples, sizeof *all);
    if (all)
        s->samples = all;
    return items && (all || samples == 0) ? SHEAF_OK
                                          : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* The shingles of the lowest ranks; equal ones count once. */
static uint32_t sample_lowest(uint32_t *out, const sheaf_shingles *shingles) {
    uint32_t ranks[SAMPLE_LEAST], count = 0;
    for (size_t i = 0; i < shingles->count; i++) {
        uint32_t rank = shingles->ranks[i], at = count;
        if (count == SAMPLE_LEAST && rank >= ranks[SAMPLE_LEAST - 1])
            continue;
        while (at > 0 && ranks[at - 1] > rank)
            at--;
        if (at > 0 && ranks[at - 1] == rank)
            continue;
        count += count < SAMPLE_LEAST;
        for (uint32_t k = count - 1; k > at; k--) {
            ranks[k] = ranks[k - 1];
            out[k] = out[k - 1];
        }
        ranks[at] = rank;
        out[at] = shingles->ids[i];
    }
    return count;
}

/* Chosen shingles into out, which has room for SAMPLE_MOST; returns how many. */
static uint32_t choose_sample(uint32_t *out, const sheaf_shingles *shingles) {
    uint32_t count = 0;
    for (size_t i = 0; i < shingles->count && count < SAMPLE_MOST; i++) {
        if (shingles->ranks[i] <= UINT32_MAX / SAMPLE_ONE_IN)
            out[count++] = shingles->ids[i];
    }
    return count >= SAMPLE_LEAST ? count : sample_lowest(out, shingles);
}

sheaf_status sheaf_sketches_add(sheaf_sketches *s, const sheaf_shingles *shingles,
                                sheaf_error *error) {
    uint32_t least[SHEAF_MINIMA];
    size_t most = shingles->count < SAMPLE_MOST ? shingles->count : SAMPLE_MOST;
    sheaf_status status = make_room(s, 1, most, error);
    if (status != SHEAF_OK)
        return status;
    sketch *next = &s->items[s->count++];
    memset(next, 0, sizeof *next);
    if (shingles->count == 0)
        return SHEAF_OK;
    sheaf_minhash(least, shingles->ids, shingles->count);
    sheaf_minhash_bands(next->bands, least);
    next->sampled = choose_sample(s->samples + s->sample_count, shingles);
    s->sample_count += next->sampled;
    return SHEAF_OK;
}

sheaf_status sheaf_sketches_join(sheaf_sketches *s, const sheaf_sketches *other,
                                 sheaf_error *error) {
    sheaf_status status = make_room(s, other->count, other->sample_count, error);
    if (status != SHEAF_OK)
        return status;
    if (other->count)
        memcpy(s->items + s->count, other->items, other->count * sizeof *s->items);
    if (other->sample_count)
        memcpy(s->samples + s->sample_count, other->samples,
               other->sample_count * sizeof *s->samples);
    s->count += other->count;
    s->sample_count += other->sample_count;
    return SHEAF_OK;
}

/* ---- as bytes ------------------------------------------------------------------
 *
 * "SKETCH01", then of each article 14 keys, a number, and so many shingles; all of
 * them 32 bits, the lowest byte first. */

static const char MAGIC[8] = {'S', 'K', 'E', 'T', 'C', 'H', '0', '1'};

static void write_number(sheaf_buffer *out, uint32_t number) {
    unsigned char bytes[4];
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(number >> 8 * i);
    sheaf_buffer_append(out, bytes, sizeof bytes);
}

static uint32_t read_number(sheaf_slice *rest) {
    uint32_t number = 0;
    for (unsigned i = 0; i < 4; i++)
        number |= (uint32_t)(unsigned char)rest->data[i] << 8 * i;
    *rest = sheaf_slice_part(*rest, 4, rest->size);
    return number;
}

void sheaf_sketches_write(sheaf_buffer *out, const sheaf_sketches *s) {
    const uint32_t *sample = s->samples;
    sheaf_buffer_append(out, MAGIC, sizeof MAGIC);
    for (size_t i = 0; i < s->count; i++) {
        for (unsigned band = 0; band < SHEAF_BANDS; band++)
            write_number(out, s->items[i].bands[band]);
        write_number(out, s->items[i].sampled);
        for (uint32_t k = 0; k < s->items[i].sampled; k++)
            write_number(out, *sample++);
    }
}

static sheaf_status read_one(sheaf_sketches *s, sheaf_slice *rest, sheaf_error *error) {
    sketch next;
    if (rest->size < sizeof next)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "sketches end in the middle of one");
    for (unsigned band = 0; band < SHEAF_BANDS; band++)
        next.bands[band] = read_number(rest);
    next.sampled = read_number(rest);
    if (next.sampled > SAMPLE_MOST || rest->size / 4 < next.sampled)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "a sketch with a sample of %u shingles",
                          (unsigned)next.sampled);
    sheaf_status status = make_room(s, 1, next.sampled, error);
    if (status != SHEAF_OK)
        return status;
    s->items[s->count++] = next;
    for (uint32_t k = 0; k < next.sampled; k++)
        s->samples[s->sample_count++] = read_number(rest);
    return SHEAF_OK;
}

sheaf_status sheaf_sketches_read(sheaf_sketches **out, sheaf_slice bytes, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (!sheaf_slice_starts(bytes, sheaf_slice_from(MAGIC, sizeof MAGIC)))
        return sheaf_fail(error, SHEAF_BAD_INPUT, "these are no sketches");
    sheaf_slice rest = sheaf_slice_part(bytes, sizeof MAGIC, bytes.size);
    sheaf_sketches *s = sheaf_sketches_new();
    if (!s)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    while (rest.size && status == SHEAF_OK)
        status = read_one(s, &rest, error);
    if (status == SHEAF_OK)
        *out = s;
    else
        sheaf_sketches_free(s);
    return status;
}
