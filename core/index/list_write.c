/* list_write.c - articles of a word, 128 at a time. */
#include <stdlib.h>

#include "base/memory.h"
#include "index/list.h"

void sheaf_list_writer_init(sheaf_list_writer *writer, uint32_t docs, bool positions) {
    memset(writer, 0, sizeof *writer);
    writer->docs_most = docs;
    writer->positions = positions;
}

void sheaf_list_writer_clear(sheaf_list_writer *writer) {
    sheaf_free(writer->at);
    sheaf_buffer_clear(&writer->skips);
    sheaf_buffer_clear(&writer->blocks);
    sheaf_buffer_clear(&writer->places);
    sheaf_buffer_clear(&writer->scratch);
    sheaf_list_writer_init(writer, writer->docs_most, writer->positions);
}

static void put_number(sheaf_buffer *out, uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++)
        sheaf_buffer_char(out, (char)(value >> (8 * i) & 0xFF));
}

/* How many bits the distances of positions take, above those of k itself. */
static uint64_t ones_with(const sheaf_list_writer *w, unsigned k) {
    uint64_t ones = 0;
    for (size_t i = 0; i < w->at_count; i++) {
        uint32_t more = w->at[i] >> k;
        ones += more < SHEAF_RICE_ONES ? more : SHEAF_RICE_ONES + 32;
    }
    return ones + k * (uint64_t)w->at_count;
}

static unsigned distances_k(const sheaf_list_writer *w) {
    uint64_t sum = 0;
    if (w->at_count == 1)
        return w->at[0] ? sheaf_bits_of(w->at[0] > 0xFFFFFF ? 0xFFFFFF : w->at[0]) - 1 : 0;
    for (size_t i = 0; i < w->at_count; i++)
        sum += w->at[i];
    unsigned k = sheaf_rice_k(sum + w->at_count, w->at_count ? w->at_count : 1);
    uint64_t bits = ones_with(w, k), fewer;
    while (k > 0 && (fewer = ones_with(w, k - 1)) < bits) {
        bits = fewer;
        k--;
    }
    return k;
}

/* starts, when not NULL, gets the bit at which each run of PART articles begins. */
static void put_places(const sheaf_list_writer *w, sheaf_bit_writer *bits, unsigned k,
                       uint64_t *starts) {
    size_t begin = bits->out->size;
    for (size_t i = 0, at = 0; i < w->held; i++) {
        if (starts && i % SHEAF_PART == 0)
            starts[i / SHEAF_PART] = 8 * (bits->out->size - begin) + bits->count;
        sheaf_bits_put_rice(bits, w->freqs[i] - w->counts[i], 0);
        for (uint32_t j = 0; j < w->counts[i]; j++)
            sheaf_bits_put_rice(bits, w->at[at++], k);
    }
}

/* Where positions are many, each run of PART articles can be read alone. */
static void put_block_places(sheaf_list_writer *w) {
    uint64_t starts[SHEAF_PARTS];
    unsigned k = distances_k(w);
    sheaf_bit_writer bits = {.out = &w->scratch};
    w->scratch.size = 0;
    put_places(w, &bits, k, starts);
    sheaf_bits_end(&bits);
    bool parted = w->at_count >= 4 * SHEAF_BLOCK && starts[SHEAF_PARTS - 1] <= 0xFFFFFF;
    sheaf_buffer_char(&w->places, (char)(k | (parted ? SHEAF_PARTED : 0u)));
    for (unsigned i = 1; i < SHEAF_PARTS && parted; i++)
        put_number(&w->places, starts[i], 3);
    sheaf_buffer_add(&w->places, sheaf_buffer_view(&w->scratch));
}

/* The block that is held, whole: its bytes, its positions, and its skip. */
static void put_block(sheaf_list_writer *w) {
    uint32_t gaps[SHEAF_BLOCK], freqs[SHEAF_BLOCK], most = 0, next = w->block_next;
    uint8_t least = 0xFF;
    size_t before = w->blocks.size, places_before = w->places.size;
    for (unsigned i = 0; i < SHEAF_BLOCK; i++) {
        gaps[i] = w->docs[i] - next;
        next = w->docs[i] + 1;
        freqs[i] = w->freqs[i] - 1;
        most = w->freqs[i] > most ? w->freqs[i] : most;
        least = w->norms[i] < least ? w->norms[i] : least;
    }
    sheaf_packed_put(&w->blocks, gaps);
    sheaf_packed_put(&w->blocks, freqs);
    if (w->positions)
        put_block_places(w);
    put_number(&w->skips, w->docs[SHEAF_BLOCK - 1], 4);
    put_number(&w->skips, w->blocks.size - before, 2);
    put_number(&w->skips, most > 0xFFFF ? 0xFFFF : most, 2);
    put_number(&w->skips, least, 1);
    if (w->positions)
        put_number(&w->skips, w->places.size - places_before, 4);
    w->block_next = next;
    w->held = 0;
    w->at_count = 0;
}

/* The first position of an article is a distance from 0. */
static bool keep_positions(sheaf_list_writer *w, const uint32_t *positions, uint32_t count) {
    if (count > w->at_capacity - w->at_count) {
        size_t capacity = 2 * w->at_capacity + count + 64;
        uint32_t *bigger = sheaf_realloc(w->at, capacity * sizeof *bigger);
        if (!bigger)
            return false;
        w->at = bigger;
        w->at_capacity = capacity;
    }
    w->at[w->at_count++] = positions[0];
    for (uint32_t i = 1; i < count; i++)
        w->at[w->at_count++] = positions[i] - positions[i - 1] - 1;
    return true;
}

void sheaf_list_add(sheaf_list_writer *w, uint32_t doc, uint32_t freq, uint8_t norm,
                    const uint32_t *positions, uint32_t count) {
    if (w->failed)
        return;
    if (w->positions && count > 0 && !keep_positions(w, positions, count)) {
        w->failed = true;
        return;
    }
    w->docs[w->held] = doc;
    w->freqs[w->held] = freq;
    w->norms[w->held] = norm;
    w->counts[w->held++] = w->positions ? count : 0;
    w->next = doc + 1;
    w->total++;
    if (w->held == SHEAF_BLOCK)
        put_block(w);
}

static void put_tail(sheaf_list_writer *w, sheaf_buffer *out) {
    sheaf_bit_writer bits = {.out = out};
    uint32_t next = w->block_next;
    unsigned k = sheaf_tail_k(w->docs_most - w->block_next, w->held);
    for (unsigned i = 0; i < w->held; i++) {
        sheaf_bits_put_rice(&bits, w->docs[i] - next, k);
        sheaf_bits_put_rice(&bits, w->freqs[i] - 1, 0);
        next = w->docs[i] + 1;
    }
    if (w->positions) {
        k = distances_k(w);
        sheaf_bits_put(&bits, k, 5);
        put_places(w, &bits, k, NULL);
    }
    sheaf_bits_end(&bits);
}

uint64_t sheaf_list_end(sheaf_list_writer *w, sheaf_buffer *out) {
    uint64_t total = w->total;
    w->failed =
        w->failed || w->skips.failed || w->blocks.failed || w->places.failed || w->scratch.failed;
    sheaf_buffer_add(out, sheaf_buffer_view(&w->skips));
    sheaf_buffer_add(out, sheaf_buffer_view(&w->blocks));
    sheaf_buffer_add(out, sheaf_buffer_view(&w->places));
    if (w->held > 0)
        put_tail(w, out);
    w->skips.size = w->blocks.size = w->places.size = 0;
    w->held = 0;
    w->at_count = 0;
    w->total = 0;
    w->next = w->block_next = 0;
    return total;
}
