/* minhash.c - 112 orders of all numbers, and the first of a set in each.
 *
 * The ids of shingles are hashes already, spread evenly. So an order needs no more
 * than a salt: what comes first is the id that is nearest to it when both are xored.
 * Salts are spread evenly, too (multiples of the golden ratio), so that hardly two
 * orders are alike. They are fixed: keys are the same everywhere and may be written
 * down. Least values stay in registers while all ids go by. */
#include "index/minhash.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HAS_WIDE 1
#include <immintrin.h>
#endif

typedef struct salts {
    uint32_t of[SHEAF_MINIMA];
} salts;

static salts make_salts(void) {
    salts s;
    for (uint32_t k = 0; k < SHEAF_MINIMA; k++)
        s.of[k] = (k + 1) * 0x9E3779B9u;
    return s;
}

static void least_plain(uint32_t *least, const salts *s, const uint32_t *ids, size_t count) {
    for (unsigned k = 0; k < SHEAF_MINIMA; k++) {
        uint32_t low = UINT32_MAX, salt = s->of[k];
        for (size_t i = 0; i < count; i++)
            low = (ids[i] ^ salt) < low ? ids[i] ^ salt : low;
        least[k] = low;
    }
}

#ifdef HAS_WIDE
/* Seven registers of sixteen lanes: all orders at once. */
__attribute__((target("avx512f"))) static void least_512(uint32_t *least, const salts *s,
                                                         const uint32_t *ids, size_t count) {
    enum { LANES = 16, PARTS = SHEAF_MINIMA / LANES };
    __m512i salt[PARTS], low[PARTS];
    for (unsigned k = 0; k < PARTS; k++) {
        salt[k] = _mm512_loadu_si512(s->of + k * LANES);
        low[k] = _mm512_set1_epi32(-1);
    }
    for (size_t i = 0; i < count; i++) {
        __m512i id = _mm512_set1_epi32((int)ids[i]);
        for (unsigned k = 0; k < PARTS; k++)
            low[k] = _mm512_min_epu32(low[k], _mm512_xor_si512(id, salt[k]));
    }
    for (unsigned k = 0; k < PARTS; k++)
        _mm512_storeu_si512(least + k * LANES, low[k]);
}

/* Seven registers of eight lanes, for one half and then for the other. */
__attribute__((target("avx2"))) static void least_256(uint32_t *least, const salts *s,
                                                      const uint32_t *ids, size_t count) {
    enum { LANES = 8, PARTS = 7 };
    for (unsigned half = 0; half < SHEAF_MINIMA; half += LANES * PARTS) {
        __m256i salt[PARTS], low[PARTS];
        for (unsigned k = 0; k < PARTS; k++) {
            const void *from = s->of + half + k * LANES;
            salt[k] = _mm256_loadu_si256(from);
            low[k] = _mm256_set1_epi32(-1);
        }
        for (size_t i = 0; i < count; i++) {
            __m256i id = _mm256_set1_epi32((int)ids[i]);
            for (unsigned k = 0; k < PARTS; k++)
                low[k] = _mm256_min_epu32(low[k], _mm256_xor_si256(id, salt[k]));
        }
        for (unsigned k = 0; k < PARTS; k++)
            _mm256_storeu_si256((__m256i *)(void *)(least + half + k * LANES), low[k]);
    }
}
#endif

void sheaf_minhash(uint32_t least[SHEAF_MINIMA], const uint32_t *ids, size_t count) {
    const salts s = make_salts();
#ifdef HAS_WIDE
    if (__builtin_cpu_supports("avx512f"))
        least_512(least, &s, ids, count);
    else if (__builtin_cpu_supports("avx2"))
        least_256(least, &s, ids, count);
    else
#endif
        least_plain(least, &s, ids, count);
}

void sheaf_minhash_plain(uint32_t least[SHEAF_MINIMA], const uint32_t *ids, size_t count) {
    const salts s = make_salts();
    least_plain(least, &s, ids, count);
}

void sheaf_minhash_bands(uint32_t keys[SHEAF_BANDS], const uint32_t least[SHEAF_MINIMA]) {
    for (unsigned band = 0; band < SHEAF_BANDS; band++) {
        uint64_t hash = band;
        for (unsigned row = 0; row < SHEAF_BAND_ROWS; row++) {
            hash = (hash ^ least[band * SHEAF_BAND_ROWS + row]) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 32;
        }
        keys[band] = (uint32_t)(hash >> 16);
    }
}
