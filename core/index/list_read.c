/* list_read.c - walks over the articles of a word.
 *
 * The bytes are not trusted. Sizes in skips are summed up and compared with the
 * size of the list when it is opened; the articles of a block must end at the
 * one that its skip names, which is below the number of articles. Whatever is
 * wrong makes the cursor broken, and it then stands at the end. */
#include "base/memory.h"
#include "index/list.h"

enum { SKIP = 9, SKIP_POSITIONS = 13 };

static uint64_t skip_size(const sheaf_cursor *c) {
    return c->list.positions ? SKIP_POSITIONS : SKIP;
}

static const uint8_t *skip_of(const sheaf_cursor *c, uint64_t block) {
    return c->list.data + block * skip_size(c);
}

static uint32_t last_of(const sheaf_cursor *c, uint64_t block) {
    return sheaf_bits_load32(skip_of(c, block));
}

static uint64_t bytes_of(const sheaf_cursor *c, uint64_t block) {
    const uint8_t *skip = skip_of(c, block);
    return (uint64_t)skip[4] | (uint64_t)skip[5] << 8;
}

static uint64_t places_of(const sheaf_cursor *c, uint64_t block) {
    return c->list.positions ? sheaf_bits_load32(skip_of(c, block) + 9) : 0;
}

static uint32_t break_off(sheaf_cursor *c) {
    c->broken = true;
    c->held = c->index = 0;
    return c->doc = SHEAF_LIST_END;
}

static void hold(sheaf_cursor *c, unsigned held) {
    c->held = held;
    c->index = 0;
    c->places_from = c->places_to = c->places_end = 0;
    c->doc = held ? c->docs[0] : SHEAF_LIST_END;
}

/* Numbers between articles become articles. False when they leave the segment. */
static bool add_up(sheaf_cursor *c, unsigned count, uint64_t next) {
    for (unsigned i = 0; i < count; i++) {
        next += c->docs[i];
        c->docs[i] = (uint32_t)next++;
    }
    return count == 0 || next <= c->list.docs;
}

static uint64_t next_after(const sheaf_cursor *c) {
    return c->block == 0 ? 0 : (uint64_t)last_of(c, c->block - 1) + 1;
}

static void read_block(sheaf_cursor *c) {
    sheaf_slice bytes = {(const char *)c->list.data + c->block_at, (size_t)bytes_of(c, c->block)};
    c->freqs_read = false;
    if (!sheaf_packed_take(&bytes, c->docs) || !add_up(c, SHEAF_BLOCK, next_after(c)) ||
        c->docs[SHEAF_BLOCK - 1] != last_of(c, c->block)) {
        break_off(c);
        return;
    }
    c->freqs_at = bytes;
    hold(c, SHEAF_BLOCK);
}

/* Frequencies that cannot be read are 1, and the cursor is broken. */
static void read_freqs(sheaf_cursor *c) {
    c->freqs_read = true;
    if (!sheaf_packed_take(&c->freqs_at, c->freqs)) {
        memset(c->freqs, 0, sizeof c->freqs);
        c->broken = true;
    }
    for (unsigned i = 0; i < SHEAF_BLOCK; i++)
        c->freqs[i] += c->freqs[i] != UINT32_MAX;
}

static void read_tail(sheaf_cursor *c) {
    unsigned count = (unsigned)(c->list.articles % SHEAF_BLOCK);
    sheaf_bit_reader r = {c->list.data, 8 * c->tail_at, 8 * c->list.size};
    uint64_t next = next_after(c);
    unsigned k = count ? sheaf_tail_k(c->list.docs > next ? c->list.docs - next : 0, count) : 0;
    for (unsigned i = 0; i < count; i++) {
        c->docs[i] = sheaf_bits_take_rice(&r, k);
        uint32_t freq = sheaf_bits_take_rice(&r, 0);
        c->freqs[i] = freq + (freq != UINT32_MAX);
    }
    c->freqs_read = true;
    c->tail = r;
    if (sheaf_bits_passed(&r) || !add_up(c, count, next))
        break_off(c);
    else
        hold(c, count);
}

static void read_here(sheaf_cursor *c) {
    if (c->block < c->blocks)
        read_block(c);
    else
        read_tail(c);
}

/* Sums up the skips. False when they do not fit the list. */
static bool measure(sheaf_cursor *c) {
    uint64_t skips = c->blocks * skip_size(c), blocks = 0, places = 0;
    if (c->blocks > c->list.size / skip_size(c))
        return false;
    for (uint64_t i = 0; i < c->blocks; i++) {
        if (bytes_of(c, i) < 2 || last_of(c, i) >= c->list.docs ||
            (i > 0 && last_of(c, i) <= last_of(c, i - 1)))
            return false;
        blocks += bytes_of(c, i);
        places += places_of(c, i);
    }
    c->block_at = skips;
    c->places_at = skips + blocks;
    c->tail_at = skips + blocks + places;
    return c->tail_at <= c->list.size;
}

void sheaf_cursor_open(sheaf_cursor *c, const sheaf_list *list) {
    c->list = *list;
    c->at = NULL;
    c->at_capacity = 0;
    c->broken = false;
    c->block = 0;
    c->blocks = list->articles / SHEAF_BLOCK;
    if (measure(c))
        read_here(c);
    else
        break_off(c);
}

void sheaf_cursor_close(sheaf_cursor *c) {
    sheaf_free(c->at);
    c->at = NULL;
}

/* Passes over the block that is held. */
static void leave(sheaf_cursor *c) {
    c->block_at += bytes_of(c, c->block);
    c->places_at += places_of(c, c->block);
    c->block++;
}

static uint32_t to_the_end(sheaf_cursor *c) {
    c->block = c->blocks;
    c->held = c->index = 0;
    return c->doc = SHEAF_LIST_END;
}

uint32_t sheaf_cursor_next(sheaf_cursor *c) {
    if (c->doc == SHEAF_LIST_END)
        return c->doc;
    if (++c->index < c->held)
        return c->doc = c->docs[c->index];
    if (c->block == c->blocks)
        return to_the_end(c);
    leave(c);
    read_here(c);
    return c->doc;
}

uint32_t sheaf_cursor_seek(sheaf_cursor *c, uint32_t target) {
    if (c->doc >= target)
        return c->doc;
    if (c->block < c->blocks && last_of(c, c->block) < target) {
        do
            leave(c);
        while (c->block < c->blocks && last_of(c, c->block) < target);
        read_here(c);
    }
    while (c->index + 8 < c->held && c->docs[c->index + 8] < target)
        c->index += 8;
    while (c->index < c->held && c->docs[c->index] < target)
        c->index++;
    if (c->index >= c->held)
        return c->broken ? c->doc : to_the_end(c);
    return c->doc = c->docs[c->index];
}

uint32_t sheaf_cursor_freq(sheaf_cursor *c) {
    if (!c->freqs_read)
        read_freqs(c);
    return c->freqs[c->index];
}

/* ---- positions -------------------------------------------------------------------- */

static bool reserve(sheaf_cursor *c, size_t count) {
    if (c->at && count <= c->at_capacity)
        return true;
    size_t capacity = 2 * c->at_capacity > count ? 2 * c->at_capacity : count + 256;
    uint32_t *bigger = sheaf_realloc(c->at, capacity * sizeof *bigger);
    if (!bigger)
        return false;
    c->at = bigger;
    c->at_capacity = capacity;
    return true;
}

/* Finds where the positions are told of the block, the tail, or the part of a block that
 * the cursor is in. */
static void begin_places(sheaf_cursor *c) {
    c->places_from = 0;
    c->places_end = c->held;
    if (c->block == c->blocks) {
        c->places = c->tail;
        c->places_k = sheaf_bits_take(&c->places, 5);
    } else {
        const uint8_t *bytes = c->list.data + c->places_at;
        uint64_t at = 8 * c->places_at + 8, end = 8 * (c->places_at + places_of(c, c->block));
        c->places_k = bytes[0] & (SHEAF_PARTED - 1u);
        if (bytes[0] & SHEAF_PARTED) {
            unsigned part = c->index / SHEAF_PART;
            c->places_from = part * SHEAF_PART;
            c->places_end = c->places_from + SHEAF_PART;
            const uint8_t *start = bytes + 1 + 3 * (part ? part - 1 : 0);
            at += 24 * (SHEAF_PARTS - 1);
            at +=
                part ? (uint64_t)start[0] | (uint64_t)start[1] << 8 | (uint64_t)start[2] << 16 : 0;
        }
        c->places = (sheaf_bit_reader){c->list.data, at, end};
    }
    c->places_to = c->places_from;
    c->starts[c->places_from] = 0;
}

/* How many fewer than its frequency, then so many distances, for each article up to the one
 * at hand. Each takes a bit or more, so that the bytes bound what is reserved. */
static bool read_places(sheaf_cursor *c) {
    if (!c->freqs_read)
        read_freqs(c);
    if (c->index < c->places_from || c->index >= c->places_end)
        begin_places(c);
    sheaf_bit_reader r = c->places;
    unsigned k = c->places_k;
    for (; c->places_to <= c->index && k <= 24; c->places_to++) {
        unsigned i = c->places_to;
        size_t total = c->starts[i];
        uint32_t fewer = sheaf_bits_take_rice(&r, 0), before = 0;
        uint32_t count = fewer <= c->freqs[i] ? c->freqs[i] - fewer : 0;
        if (sheaf_bits_passed(&r) || count > r.end - r.at || !reserve(c, total + count))
            return false;
        uint32_t *at = c->at + total;
        for (uint32_t j = 0; j < count; j++) {
            before += sheaf_bits_take_rice(&r, k);
            at[j] = before++;
        }
        c->starts[i + 1] = (uint32_t)total + count;
    }
    c->places = r;
    return k <= 24 && !sheaf_bits_passed(&r);
}

const uint32_t *sheaf_cursor_positions(sheaf_cursor *c, size_t *count) {
    *count = 0;
    if (!c->list.positions || c->doc == SHEAF_LIST_END)
        return NULL;
    bool there = c->index >= c->places_from && c->index < c->places_to;
    if (!there && !read_places(c)) {
        break_off(c);
        return NULL;
    }
    *count = c->starts[c->index + 1] - c->starts[c->index];
    return c->at + c->starts[c->index];
}

/* ---- bounds -------------------------------------------------------------------- */

void sheaf_cursor_bound(const sheaf_cursor *c, uint32_t target, uint32_t *freq, uint8_t *norm,
                        uint32_t *last) {
    uint64_t block = c->block;
    while (block < c->blocks && last_of(c, block) < target)
        block++;
    *freq = UINT32_MAX;
    *norm = 0;
    *last = SHEAF_LIST_END - 1;
    if (block == c->blocks)
        return;
    const uint8_t *skip = skip_of(c, block);
    uint32_t most = (uint32_t)skip[6] | (uint32_t)skip[7] << 8;
    *freq = most == 0xFFFF ? UINT32_MAX : most;
    *norm = skip[8];
    *last = last_of(c, block);
}
