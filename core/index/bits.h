/* bits.h - numbers of a few bits each, for lists of the index.
 *
 *   packed      128 numbers: width W (1 byte), how many do not fit (1), the low W
 *               bits of each, lowest bit first; then for those that do not fit their
 *               places (1 each), and what is left of them as varints
 *   Rice        v as (v >> k) ones and a zero, then k bits; from 20 ones on
 *               there is no zero, and 32 bits of v follow
 *   varint      7 bits a byte, lowest first, the high bit says that more follow
 *
 * A reader is given the end and notes when it has passed it; up to 16 bytes
 * behind the end must be readable. */
#ifndef SHEAF_INDEX_BITS_H
#define SHEAF_INDEX_BITS_H

#include <string.h>

#include "base/buffer.h"

enum { SHEAF_RICE_ONES = 20, SHEAF_BLOCK = 128, SHEAF_BITS_SLACK = 16 };

static inline uint64_t sheaf_bits_load(const uint8_t *from) {
    uint64_t value;
    memcpy(&value, from, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

static inline uint32_t sheaf_bits_load32(const uint8_t *from) {
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
           (uint32_t)from[3] << 24;
}

/* How many bits a number needs. */
static inline unsigned sheaf_bits_of(uint32_t value) {
    return value ? 32u - (unsigned)__builtin_clz(value) : 0;
}

/* ---- writing -------------------------------------------------------------------- */

typedef struct sheaf_bit_writer {
    sheaf_buffer *out;
    uint64_t held;
    unsigned count;
} sheaf_bit_writer;

/* width is at most 32. */
static inline void sheaf_bits_put(sheaf_bit_writer *w, uint32_t value, unsigned width) {
    w->held |= (uint64_t)value << w->count;
    w->count += width;
    if (w->count < 32)
        return;
    const char word[4] = {(char)(w->held & 0xFF), (char)(w->held >> 8 & 0xFF),
                          (char)(w->held >> 16 & 0xFF), (char)(w->held >> 24 & 0xFF)};
    if (w->out->capacity - w->out->size >= sizeof word ||
        sheaf_buffer_reserve(w->out, sizeof word)) {
        memcpy(w->out->data + w->out->size, word, sizeof word);
        w->out->size += sizeof word;
    }
    w->held >>= 32;
    w->count -= 32;
}

static inline void sheaf_bits_put_rice(sheaf_bit_writer *w, uint32_t value, unsigned k) {
    uint32_t ones = value >> k;
    if (ones >= SHEAF_RICE_ONES) {
        sheaf_bits_put(w, (1u << SHEAF_RICE_ONES) - 1, SHEAF_RICE_ONES);
        sheaf_bits_put(w, value, 32);
        return;
    }
    sheaf_bits_put(w, (1u << ones) - 1, ones + 1);
    if (k > 0)
        sheaf_bits_put(w, value & ((1u << k) - 1), k);
}

/* Fills the last byte up. */
static inline void sheaf_bits_end(sheaf_bit_writer *w) {
    for (unsigned done = 0; done < w->count; done += 8, w->held >>= 8)
        sheaf_buffer_char(w->out, (char)(w->held & 0xFF));
    w->held = 0;
    w->count = 0;
}

/* The k that suits numbers with this sum. */
static inline unsigned sheaf_rice_k(uint64_t sum, uint64_t count) {
    unsigned k = 0;
    while (k < 24 && (count << (k + 1)) <= sum)
        k++;
    return k;
}

/* The k of the articles of a tail: left is how many there may still be. */
static inline unsigned sheaf_tail_k(uint64_t left, uint64_t count) {
    return sheaf_rice_k(left, count);
}

static inline void sheaf_varint_put(sheaf_buffer *out, uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        sheaf_buffer_char(out, (char)(0x80 | (value & 0x7F)));
    sheaf_buffer_char(out, (char)value);
}

/* ---- reading -------------------------------------------------------------------- */

typedef struct sheaf_bit_reader {
    const uint8_t *data;
    uint64_t at, end; /* in bits */
} sheaf_bit_reader;

static inline bool sheaf_bits_passed(const sheaf_bit_reader *r) {
    return r->at > r->end;
}

/* The next 57 bits or more. Behind the end: zeros. */
static inline uint64_t sheaf_bits_peek(const sheaf_bit_reader *r) {
    if (r->at > r->end)
        return 0;
    return sheaf_bits_load(r->data + (r->at >> 3)) >> (r->at & 7);
}

/* width is at most 32. */
static inline uint32_t sheaf_bits_take(sheaf_bit_reader *r, unsigned width) {
    uint64_t some = sheaf_bits_peek(r);
    r->at += width;
    return (uint32_t)(some & (((uint64_t)1 << width) - 1));
}

/* k is at most 24. */
static inline uint32_t sheaf_bits_take_rice(sheaf_bit_reader *r, unsigned k) {
    uint64_t some = sheaf_bits_peek(r);
    unsigned ones = (unsigned)__builtin_ctzll(~some | (uint64_t)1 << SHEAF_RICE_ONES);
    if (ones >= SHEAF_RICE_ONES) {
        r->at += SHEAF_RICE_ONES;
        return sheaf_bits_take(r, 32);
    }
    r->at += ones + 1 + k;
    return ones << k | (uint32_t)(some >> (ones + 1) & (((uint64_t)1 << k) - 1));
}

/* False when bytes end or it has more than 64 bits. */
static inline bool sheaf_varint_take(sheaf_slice *bytes, uint64_t *value) {
    uint64_t sum = 0;
    for (unsigned shift = 0; shift < 64 && bytes->size > 0; shift += 7) {
        uint8_t byte = (uint8_t)*bytes->data++;
        bytes->size--;
        sum |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *value = sum;
            return true;
        }
    }
    return false;
}

/* 128 packed numbers from the front of bytes; false when they end. */
bool sheaf_packed_take(sheaf_slice *bytes, uint32_t out[SHEAF_BLOCK]);

/* Passes over them. */
bool sheaf_packed_skip(sheaf_slice *bytes);

void sheaf_packed_put(sheaf_buffer *out, const uint32_t numbers[SHEAF_BLOCK]);

#endif
