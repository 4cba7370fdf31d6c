/* utf8.c - a table-free decoder; runs of ASCII go many bytes at a time.
 *
 * Every byte of a crawl is checked, so where the processor has AVX2 validation goes
 * 32 bytes a step, whatever the script: three lookups by half bytes say of every pair
 * of neighbours what can be wrong with it, after Keiser and Lemire ("Validating UTF-8
 * in less than one instruction per byte"). Elsewhere it goes letter by letter. */
#include "base/utf8.h"

#if defined(__x86_64__) && !defined(SHEAF_NO_SIMD)
#include <immintrin.h>
#define SHEAF_UTF8_AVX2 1
#endif

static size_t ascii_run(sheaf_slice text, size_t at) {
#if defined(__SSE2__) && !defined(SHEAF_NO_SIMD)
    for (; at + 16 <= text.size; at += 16)
        if (_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(text.data + at))))
            break;
#endif
    while (at + 8 <= text.size) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        if (eight & 0x8080808080808080u)
            break;
        at += 8;
    }
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

/* Length of the well-formed sequence at p, 0 when there is none. *bad is then
 * the length of the maximal part that a reader should replace. */
static size_t sequence(const unsigned char *p, size_t size, size_t *bad) {
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t length;
    *bad = 1;
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        length = 2;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF)
        length = 3;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        length = 4;
    else
        return 0;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    for (size_t i = 1; i < length; i++) {
        if (i >= size || p[i] < low || p[i] > high) {
            *bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

#ifdef SHEAF_UTF8_AVX2

/* What a pair of bytes can be wrong by; the last is no fault by itself, but says that a
 * second byte of continuation stands here, which must be the third or fourth of a letter. */
enum {
    TOO_SHORT = 1,   /* a letter begins, and no continuation follows */
    TOO_LONG = 2,    /* ASCII, and a continuation follows */
    OVERLONG_3 = 4,  /* E0 and below A0 */
    TOO_LARGE = 8,   /* F4 and from 90 on; F5 and more */
    SURROGATE = 16,  /* ED and from A0 on */
    OVERLONG_2 = 32, /* C0, C1 */
    LARGER = 64,     /* F5 and more with below 90; F0 and below 90 */
    TWO_CONTS = 128,
    CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS
};

/* clang-format off */
static const uint8_t by_first_high[32] = {
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | LARGER,
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | LARGER};
#define FIRST_LOW                                                                                  \
    CARRY | OVERLONG_3 | OVERLONG_2 | LARGER, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE, \
    CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER,            \
    CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER,            \
    CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER,                                        \
    CARRY | TOO_LARGE | LARGER | SURROGATE, CARRY | TOO_LARGE | LARGER, CARRY | TOO_LARGE | LARGER
static const uint8_t by_first_low[32] = {FIRST_LOW, FIRST_LOW};
#define SECOND_HIGH                                                                                \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,        \
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | LARGER,                                       \
    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,                                    \
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,                                     \
    TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,                                     \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT
static const uint8_t by_second_high[32] = {SECOND_HIGH, SECOND_HIGH};
/* clang-format on */

#define AVX2 __attribute__((target("avx2")))

static AVX2 __m256i load(const void *bytes) {
    return _mm256_loadu_si256(bytes);
}

/* bytes moved on by count, with the last of before in front. */
#define BEHIND(bytes, before, count)                                                               \
    _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - (count))

static AVX2 __m256i look(const uint8_t table[32], __m256i halves) {
    return _mm256_shuffle_epi8(load(table), _mm256_and_si256(halves, _mm256_set1_epi8(15)));
}

/* Not zero where something is wrong in bytes, given the 32 before. */
static AVX2 __m256i faults(__m256i bytes, __m256i before) {
    __m256i first = BEHIND(bytes, before, 1);
    __m256i pairs =
        _mm256_and_si256(_mm256_and_si256(look(by_first_high, _mm256_srli_epi16(first, 4)),
                                          look(by_first_low, first)),
                         look(by_second_high, _mm256_srli_epi16(bytes, 4)));
    __m256i third = _mm256_subs_epu8(BEHIND(bytes, before, 2), _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(BEHIND(bytes, before, 3), _mm256_set1_epi8(0xF0 - 0x80));
    __m256i inner = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(-128));
    return _mm256_xor_si256(inner, pairs);
}

/* Whether the next four steps are ASCII. */
static AVX2 bool plain_steps(const char *at) {
    __m256i front = _mm256_or_si256(load(at), load(at + 32));
    __m256i back = _mm256_or_si256(load(at + 64), load(at + 96));
    return _mm256_movemask_epi8(_mm256_or_si256(front, back)) == 0;
}

/* Whole steps of 32; *at is then behind what was looked at, on the start of a letter.
 * False where something is wrong. */
static AVX2 bool valid_in_steps(sheaf_slice text, size_t *at) {
    __m256i before = _mm256_setzero_si256(), wrong = _mm256_setzero_si256();
    size_t end = text.size & ~(size_t)31, i = 0;
    bool ascii = true; /* all of before */
    for (; i < end; i += 32) {
        while (ascii && end - i >= 4 * 32 && plain_steps(text.data + i))
            i += 4 * 32;
        if (i == end)
            break;
        __m256i bytes = load(text.data + i);
        bool plain = _mm256_movemask_epi8(bytes) == 0;
        if (!plain || !ascii)
            wrong = _mm256_or_si256(wrong, faults(bytes, before));
        if (!plain && !_mm256_testz_si256(wrong, wrong))
            return false;
        before = bytes;
        ascii = plain;
    }
    while (i > 0 && end - i < 4 && ((unsigned char)text.data[i - 1] & 0xC0) == 0x80)
        i--;
    if (i > 0 && (unsigned char)text.data[i - 1] >= 0xC0)
        i--;
    else
        i = end; /* the last letter is whole, or it is wrong */
    *at = i;
    return _mm256_testz_si256(wrong, wrong);
}

#endif

bool sheaf_utf8_valid(sheaf_slice text) {
    size_t bad;
    size_t at = 0;
#ifdef SHEAF_UTF8_AVX2
    if (text.size >= 64 && __builtin_cpu_supports("avx2") && !valid_in_steps(text, &at))
        return false;
#endif
    at = ascii_run(text, at);
    while (at < text.size) {
        size_t length = sequence((const unsigned char *)text.data + at, text.size - at, &bad);
        if (length == 0)
            return false;
        at += length;
        if (at < text.size && (unsigned char)text.data[at] < 0x80)
            at = ascii_run(text, at);
    }
    return true;
}

uint32_t sheaf_utf8_next(sheaf_slice text, size_t *at) {
    const unsigned char *p = (const unsigned char *)text.data + *at;
    size_t bad;
    size_t length = sequence(p, text.size - *at, &bad);
    if (length == 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += length;
    switch (length) {
    case 1: return p[0];
    case 2: return (uint32_t)((p[0] & 0x1F) << 6 | (p[1] & 0x3F));
    case 3: return (uint32_t)((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
    default:
        return (uint32_t)((p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 |
                          (p[3] & 0x3F));
    }
}

uint32_t sheaf_utf8_previous(sheaf_slice text, size_t *at) {
    size_t start = *at - 1;
    while (start > 0 && *at - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    size_t end = start;
    uint32_t code_point = sheaf_utf8_next(text, &end);
    if (end != *at) {
        *at -= 1;
        return 0xFFFD;
    }
    *at = start;
    return code_point;
}

void sheaf_utf8_append(sheaf_buffer *buffer, uint32_t c) {
    char bytes[4];
    size_t size;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        bytes[0] = (char)c;
        size = 1;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        size = 2;
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        size = 3;
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        size = 4;
    }
    sheaf_buffer_append(buffer, bytes, size);
}

size_t sheaf_utf8_repair(sheaf_buffer *buffer, sheaf_slice text) {
    size_t replaced = 0;
    size_t kept = 0;
    size_t at = 0;
    while ((at = ascii_run(text, at)) < text.size) {
        size_t bad;
        size_t length = sequence((const unsigned char *)text.data + at, text.size - at, &bad);
        if (length) {
            at += length;
            continue;
        }
        sheaf_buffer_append(buffer, text.data + kept, at - kept);
        sheaf_buffer_append(buffer, "\xEF\xBF\xBD", 3);
        replaced++;
        at += bad;
        kept = at;
    }
    sheaf_buffer_append(buffer, text.data + kept, text.size - kept);
    return replaced;
}

size_t sheaf_utf8_count(sheaf_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

sheaf_slice sheaf_utf8_prefix(sheaf_slice text, size_t size) {
    if (text.size <= size)
        return text;
    while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80)
        size--;
    return (sheaf_slice){text.data, size};
}
