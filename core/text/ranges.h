/* ranges.h - which of 64 bytes are in [low, high], a bit a byte, the first lowest.
 *
 * In each width that machines have; whoever calls one of another width than the
 * compiler's default has looked whether the machine can. */
#ifndef SHEAF_TEXT_RANGES_H
#define SHEAF_TEXT_RANGES_H

#include <stdint.h>

typedef uint64_t sheaf_range_function(const unsigned char *bytes, unsigned char low,
                                      unsigned char high);

#if defined(__x86_64__)

#include <immintrin.h>

#define SHEAF_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define SHEAF_AVX512 __attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt")))

static inline uint64_t sheaf_range_16(const unsigned char *bytes, unsigned char low,
                                      unsigned char high) {
    __m128i all = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i from = _mm_sub_epi8(all, _mm_set1_epi8((char)low));
    __m128i within = _mm_min_epu8(from, _mm_set1_epi8((char)(high - low)));
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(within, from));
}

static inline uint64_t sheaf_range(const unsigned char *bytes, unsigned char low,
                                   unsigned char high) {
    return sheaf_range_16(bytes, low, high) | sheaf_range_16(bytes + 16, low, high) << 16 |
           sheaf_range_16(bytes + 32, low, high) << 32 |
           sheaf_range_16(bytes + 48, low, high) << 48;
}

SHEAF_AVX2 static inline uint64_t sheaf_range_32(const unsigned char *bytes, unsigned char low,
                                                 unsigned char high) {
    __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i from = _mm256_sub_epi8(all, _mm256_set1_epi8((char)low));
    __m256i within = _mm256_min_epu8(from, _mm256_set1_epi8((char)(high - low)));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(within, from));
}

SHEAF_AVX2 static inline uint64_t sheaf_range_avx2(const unsigned char *bytes, unsigned char low,
                                                   unsigned char high) {
    return sheaf_range_32(bytes, low, high) | sheaf_range_32(bytes + 32, low, high) << 32;
}

SHEAF_AVX512 static inline uint64_t sheaf_range_avx512(const unsigned char *bytes,
                                                       unsigned char low, unsigned char high) {
    __m512i all = _mm512_loadu_si512(bytes);
    __m512i from = _mm512_sub_epi8(all, _mm512_set1_epi8((char)low));
    return _mm512_cmple_epu8_mask(from, _mm512_set1_epi8((char)(high - low)));
}

#else

static inline uint64_t sheaf_range(const unsigned char *bytes, unsigned char low,
                                   unsigned char high) {
    uint64_t within = 0;
    for (int i = 0; i < 64; i++)
        within |= (uint64_t)((unsigned char)(bytes[i] - low) <= (unsigned char)(high - low)) << i;
    return within;
}

#endif

#endif
