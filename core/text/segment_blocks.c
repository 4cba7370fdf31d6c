/* segment_blocks.c - where words begin and end, 64 bytes at a time.
 *
 * A block begins where a word may begin. Each question about its bytes is
 * answered by a mask of 64 bits, bit i for byte i; the bytes of a character of
 * two or three all bear its bit:
 *
 *     text     It's 3.14 -- na
 *     letter   11.1.........11
 *     number   .....1.11......
 *     joined   ..1...1........    one that joins what stands at both of its sides
 *     words    1111.1111....11    their union; they begin where it begins
 *
 * Characters that the masks do not know (other scripts, marks, signs without
 * width) cut the block: words that surely end before them are taken, and
 * segment.c goes on by character until it has passed them. A word is sure when
 * what follows it is known, and, if that may join, what follows that too.
 *
 * The same lines are compiled twice, for AVX2 and for AVX-512. */
#include "text/ranges.h"
#include "text/segment_parts.h"

#if defined(__x86_64__)

#define INLINE static inline __attribute__((always_inline))

enum { BLOCK = 64, SLOW_STRIDE = 48 };

typedef struct masks {
    uint64_t letter, number, joiner;
    uint64_t mid_letter, mid_number; /* of one byte: what may join letters, or digits */
    uint64_t mid_quote;              /* first byte of U+2018 and U+2019, which may join both */
    uint64_t known;
} masks;

INLINE void ascii_masks(masks *m, const unsigned char *bytes, sheaf_range_function *range) {
    uint64_t both = range(bytes, '.', '.') | range(bytes, '\'', '\'');
    m->letter = range(bytes, 'a', 'z') | range(bytes, 'A', 'Z');
    m->number = range(bytes, '0', '9');
    m->joiner = range(bytes, '_', '_');
    m->mid_letter = both | range(bytes, ':', ':');
    m->mid_number = both | range(bytes, ',', ',') | range(bytes, ';', ';');
    m->mid_quote = 0;
    m->known = range(bytes, 0, 0x7F);
}

/* A mask of first bytes made one of whole characters of two bytes. */
INLINE uint64_t two(uint64_t leads) {
    return leads | leads << 1;
}

INLINE uint64_t three(uint64_t leads) {
    return leads | leads << 1 | leads << 2;
}

/* Latin, Greek, Cyrillic: U+00A0 to U+052F, but for what is no plain letter. */
INLINE void european_masks(masks *m, const unsigned char *bytes, sheaf_range_function *range) {
    uint64_t trail = range(bytes, 0x80, 0xBF) >> 1;
    uint64_t signs =
        range(bytes, 0xC2, 0xC2) &
        (range(bytes, 0xA0, 0xA9) | range(bytes, 0xAB, 0xAB) | range(bytes, 0xBB, 0xBB)) >> 1;
    uint64_t times = (range(bytes, 0x97, 0x97) | range(bytes, 0xB7, 0xB7)) >> 1;
    uint64_t letters = range(bytes, 0xC4, 0xC9) | range(bytes, 0xD0, 0xD1) |
                       range(bytes, 0xD3, 0xD3) | (range(bytes, 0xC3, 0xC3) & ~times) |
                       (range(bytes, 0xD2, 0xD2) & range(bytes, 0x8A, 0xBF) >> 1) |
                       (range(bytes, 0xCE, 0xCE) & range(bytes, 0xA3, 0xBF) >> 1) |
                       (range(bytes, 0xCF, 0xCF) & range(bytes, 0x80, 0xB5) >> 1);
    letters &= trail;
    m->letter |= two(letters);
    m->known |= two(letters | signs);
}

/* Arabic letters and digits, U+0621 to U+06D3; marks are left to the slow way.
 * Its comma may join digits, so it is known only where none stands before. */
INLINE void arabic_masks(masks *m, const unsigned char *bytes, sheaf_range_function *range) {
    uint64_t d8 = range(bytes, 0xD8, 0xD8);
    uint64_t d9 = range(bytes, 0xD9, 0xD9);
    uint64_t letters = (d8 & range(bytes, 0xA0, 0xBF) >> 1) |
                       (d9 & (range(bytes, 0x80, 0x8A) | range(bytes, 0xB1, 0xBF)) >> 1) |
                       (range(bytes, 0xDA, 0xDA) & range(bytes, 0x80, 0xBF) >> 1) |
                       (range(bytes, 0xDB, 0xDB) & range(bytes, 0x80, 0x93) >> 1);
    uint64_t numbers = d9 & range(bytes, 0xA0, 0xA9) >> 1;
    m->letter |= two(letters);
    m->number |= two(numbers);
    uint64_t comma = d8 & range(bytes, 0x8C, 0x8C) >> 1 & ~(m->number << 1) & ~(uint64_t)1;
    uint64_t signs = d8 & (range(bytes, 0x9B, 0x9B) | range(bytes, 0x9F, 0x9F)) >> 1;
    m->known |= two(letters | numbers | comma | signs);
}

/* Dashes, quotation marks, dots; letters of Vietnamese; syllables of Korean. */
INLINE void other_masks(masks *m, const unsigned char *bytes, sheaf_range_function *range) {
    uint64_t trail = range(bytes, 0x80, 0xBF);
    uint64_t e2 = range(bytes, 0xE2, 0xE2) & range(bytes, 0x80, 0x80) >> 1;
    uint64_t signs =
        e2 & (range(bytes, 0x90, 0x97) | range(bytes, 0x9A, 0xA3) | range(bytes, 0xA6, 0xA6)) >> 2;
    m->mid_quote = e2 & range(bytes, 0x98, 0x99) >> 2;
    uint64_t letters = (range(bytes, 0xE1, 0xE1) & range(bytes, 0xB8, 0xBB) >> 1) |
                       (range(bytes, 0xEA, 0xEA) & range(bytes, 0xB0, 0xBF) >> 1) |
                       range(bytes, 0xEB, 0xEC) |
                       (range(bytes, 0xED, 0xED) & range(bytes, 0x80, 0x9D) >> 1);
    letters &= trail >> 1 & trail >> 2;
    m->letter |= three(letters);
    m->known |= three(letters | signs | m->mid_quote);
}

/* known becomes the bytes before the first that is not. */
INLINE void find_masks(masks *m, const unsigned char *bytes, sheaf_range_function *range) {
    ascii_masks(m, bytes, range);
    if (m->known == UINT64_MAX)
        return;
    if (range(bytes, 0xC2, 0xD3))
        european_masks(m, bytes, range);
    if (range(bytes, 0xD8, 0xDB))
        arabic_masks(m, bytes, range);
    if (range(bytes, 0xE1, 0xED))
        other_masks(m, bytes, range);
    m->known = (~m->known & (m->known + 1)) - 1;
}

typedef struct block {
    uint64_t starts, ends; /* of words that are sure, the n-th with the n-th */
    unsigned used;         /* the next block begins here, at the earliest */
    bool cut;              /* what stands there must be passed slowly */
} block;

INLINE uint64_t joined(uint64_t mid, uint64_t beside) {
    return mid & beside << 1 & beside >> 1;
}

INLINE unsigned lowest(uint64_t mask) {
    return (unsigned)__builtin_ctzll(mask);
}

INLINE block cut_block(const masks *m) {
    uint64_t quotes =
        m->mid_quote & ((m->letter << 1 & m->letter >> 3) | (m->number << 1 & m->number >> 3));
    uint64_t words = m->letter | m->number | m->joiner | joined(m->mid_letter, m->letter) |
                     joined(m->mid_number, m->number) | three(quotes);
    uint64_t doubtful =
        ((m->mid_letter | m->mid_number) & ~(m->known >> 1)) | (m->mid_quote & ~(m->known >> 3));
    block found = {.starts = words & ~(words << 1) & m->known,
                   .ends = ~words & words << 1 & m->known & ~doubtful};
    unsigned sure = (unsigned)__builtin_popcountll(found.ends);
    uint64_t open = found.starts;
    for (unsigned i = 0; i < sure; i++)
        open &= open - 1;
    unsigned end = m->known == UINT64_MAX ? BLOCK : lowest(~m->known);
    found.used = open ? lowest(open) : end;
    found.cut = end < BLOCK || found.used == 0;
    return found;
}

INLINE uint8_t kind_of(const masks *m, unsigned from, unsigned to) {
    uint64_t inside = (UINT64_MAX >> (BLOCK - (to - from))) << from;
    return m->letter & inside ? SHEAF_WORD_LETTERS : SHEAF_WORD_NUMBER;
}

/* Puts the words of a block down, as many as find room; a run of joiners is
 * none. *at: where the block begins, and then the end of the last of them when
 * there is no room for all. */
INLINE size_t put_words(const masks *m, block found, size_t *at, sheaf_word *words, size_t max) {
    size_t count = 0;
    uint32_t base = (uint32_t)*at;
    bool plain = !(m->number | m->joiner);
    while (found.ends) {
        unsigned from = lowest(found.starts);
        unsigned to = lowest(found.ends);
        if (count == max) {
            *at = base + from;
            return count;
        }
        found.starts &= found.starts - 1;
        found.ends &= found.ends - 1;
        words[count] =
            (sheaf_word){base + from, base + to, plain ? SHEAF_WORD_LETTERS : kind_of(m, from, to)};
        uint64_t inside = (UINT64_MAX >> (BLOCK - (to - from))) << from;
        count += plain || ((m->letter | m->number) & inside) != 0;
    }
    *at += found.used;
    return count;
}

/* Words of the last bytes are found in a copy with zeros behind it, which part words. */
INLINE const unsigned char *whole_block(sheaf_slice text, size_t at, unsigned char *copy) {
    if (text.size - at >= BLOCK)
        return (const unsigned char *)text.data + at;
    memset(copy, 0, BLOCK);
    memcpy(copy, text.data + at, text.size - at);
    return copy;
}

INLINE size_t next_words(sheaf_slice text, size_t *at, sheaf_word *words, size_t max,
                         sheaf_range_function *range) {
    unsigned char copy[BLOCK];
    size_t count = 0;
    while (*at < text.size && count < max) {
        masks m;
        find_masks(&m, whole_block(text, *at, copy), range);
        block found = cut_block(&m);
        size_t begun = *at;
        count += put_words(&m, found, at, words + count, max - count);
        if (found.cut && *at == begun + found.used)
            count += sheaf_words_slow(text, at, *at + SLOW_STRIDE, words + count, max - count);
    }
    if (*at > text.size)
        *at = text.size;
    return count;
}

SHEAF_AVX2 static size_t words_avx2(sheaf_slice text, size_t *at, sheaf_word *words, size_t max) {
    return next_words(text, at, words, max, sheaf_range_avx2);
}

SHEAF_AVX512 static size_t words_avx512(sheaf_slice text, size_t *at, sheaf_word *words,
                                        size_t max) {
    return next_words(text, at, words, max, sheaf_range_avx512);
}

sheaf_words_function *sheaf_words_fast(sheaf_words_path path) {
    if (path == SHEAF_WORDS_AVX2 && __builtin_cpu_supports("avx2") &&
        __builtin_cpu_supports("bmi2"))
        return words_avx2;
    if (path == SHEAF_WORDS_AVX512 && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("bmi2"))
        return words_avx512;
    return NULL;
}

#else

sheaf_words_function *sheaf_words_fast(sheaf_words_path path) {
    (void)path;
    return NULL;
}

#endif
