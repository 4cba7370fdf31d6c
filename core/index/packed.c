/* packed.c - 128 numbers in as few bits as most of them need. */
#include "index/bits.h"

/* The width that takes the fewest bytes. A number that does not fit takes a byte for its
 * place, and one for each 7 bits that are left: one at the width, at the width and 7, and
 * so on, as long as it is longer than that. */
static unsigned best_width(const uint32_t numbers[SHEAF_BLOCK]) {
    uint8_t counts[33] = {0};
    size_t longer = 0, more[7] = {0}, least = SIZE_MAX;
    unsigned best = 32;
    for (unsigned i = 0; i < SHEAF_BLOCK; i++)
        counts[sheaf_bits_of(numbers[i])]++;
    for (unsigned width = 33; width-- > 0;) {
        more[width % 7] += longer;
        size_t size = 16 * (size_t)width + longer + more[width % 7];
        if (size <= least) {
            least = size;
            best = width;
        }
        longer += counts[width];
    }
    return best;
}

void sheaf_packed_put(sheaf_buffer *out, const uint32_t numbers[SHEAF_BLOCK]) {
    unsigned width = best_width(numbers), count = 0;
    uint8_t places[SHEAF_BLOCK];
    sheaf_bit_writer bits = {.out = out};
    uint32_t mask = (uint32_t)(((uint64_t)1 << width) - 1);
    for (unsigned i = 0; i < SHEAF_BLOCK; i++) {
        if (numbers[i] > mask)
            places[count++] = (uint8_t)i;
    }
    sheaf_buffer_char(out, (char)width);
    sheaf_buffer_char(out, (char)count);
    for (unsigned i = 0; i < SHEAF_BLOCK && width > 0; i++)
        sheaf_bits_put(&bits, numbers[i] & mask, width);
    sheaf_bits_end(&bits);
    sheaf_buffer_append(out, places, count);
    for (unsigned i = 0; i < count; i++)
        sheaf_varint_put(out, numbers[places[i]] >> width);
}

/* Inlined once for each width, so that shifts and masks are constants. */
static inline void unpack(uint32_t *out, const uint8_t *from, unsigned width) {
    uint64_t mask = ((uint64_t)1 << width) - 1;
    for (unsigned i = 0; i < SHEAF_BLOCK; i += 8, from += width) {
        for (unsigned j = 0; j < 8; j++)
            out[i + j] =
                (uint32_t)(sheaf_bits_load(from + (j * width >> 3)) >> (j * width & 7) & mask);
    }
}

static void unpack_any(uint32_t *out, const uint8_t *from, unsigned width) {
#define WIDTH(w)                                                                                   \
    case w: unpack(out, from, w); break;
    switch (width) {
        /* clang-format off */
        WIDTH(1) WIDTH(2) WIDTH(3) WIDTH(4) WIDTH(5) WIDTH(6) WIDTH(7) WIDTH(8)
        WIDTH(9) WIDTH(10) WIDTH(11) WIDTH(12) WIDTH(13) WIDTH(14) WIDTH(15) WIDTH(16)
    default: unpack(out, from, width);
        /* clang-format on */
    }
#undef WIDTH
}

/* The head of packed numbers, when all but the varints is there. */
static bool read_head(const sheaf_slice *bytes, unsigned *width, unsigned *count) {
    if (bytes->size < 2)
        return false;
    *width = (uint8_t)bytes->data[0];
    *count = (uint8_t)bytes->data[1];
    return *width <= 32 && *count <= SHEAF_BLOCK && bytes->size >= 2 + 16 * *width + *count;
}

bool sheaf_packed_take(sheaf_slice *bytes, uint32_t out[SHEAF_BLOCK]) {
    unsigned width, count;
    if (!read_head(bytes, &width, &count))
        return false;
    const uint8_t *from = (const uint8_t *)bytes->data + 2;
    if (width == 0)
        memset(out, 0, SHEAF_BLOCK * sizeof *out);
    else
        unpack_any(out, from, width);
    const uint8_t *places = from + 16 * (size_t)width;
    size_t head = 2 + 16 * (size_t)width + count;
    *bytes = (sheaf_slice){bytes->data + head, bytes->size - head};
    for (unsigned i = 0; i < count; i++) {
        uint64_t rest;
        if (!sheaf_varint_take(bytes, &rest) || rest > (width > 31 ? 0 : UINT32_MAX >> width) ||
            places[i] >= SHEAF_BLOCK)
            return false;
        out[places[i]] |= (uint32_t)(rest << width);
    }
    return true;
}

bool sheaf_packed_skip(sheaf_slice *bytes) {
    unsigned width, count;
    if (!read_head(bytes, &width, &count))
        return false;
    size_t head = 2 + 16 * (size_t)width + count;
    *bytes = (sheaf_slice){bytes->data + head, bytes->size - head};
    for (unsigned i = 0; i < count; i++) {
        uint64_t rest;
        if (!sheaf_varint_take(bytes, &rest))
            return false;
    }
    return true;
}
