/* html_scan.h - looks for a few bytes at once, sixteen bytes a step.
 *
 * SSE2 is part of every x86-64; elsewhere the same searches go byte by byte.
 * All return the offset of the first hit in [at, size), or size. */
#ifndef SHEAF_READ_HTML_SCAN_H
#define SHEAF_READ_HTML_SCAN_H

#include "sheaf.h"

#if defined(__SSE2__) && !defined(SHEAF_NO_SIMD)
#include <emmintrin.h>
#define SHEAF_HTML_SSE2 1
#endif

/* HTML's white space; the standard turns CR into LF before it looks. */
static inline bool sheaf_html_is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* ---- bytes that end the name of a tag: white space, '/', '>' ---- */

static inline bool sheaf_html_ends_name(char c) {
    return c == '>' || c == '/' || sheaf_html_is_space(c);
}

static inline bool sheaf_html_ends_attribute(char c) {
    return c == '=' || c == '/' || sheaf_html_is_space(c);
}

#ifdef SHEAF_HTML_SSE2

static inline __m128i sheaf_html_load(const char *at) {
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

static inline unsigned sheaf_html_equal(__m128i bytes, char c) {
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
}

/* The last bytes of data from at on, fewer than 16: loaded with those before them, which
 * are shifted out. *count is how many bits of a mask to shift. */
static inline __m128i sheaf_html_load_last(const char *data, size_t at, size_t size,
                                           unsigned *count) {
    *count = (unsigned)(16 - (size - at));
    return sheaf_html_load(data + size - 16);
}

static inline unsigned sheaf_html_low(__m128i bytes) {
    return (unsigned)_mm_movemask_epi8(
        _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ')), bytes));
}

/* The end of the name of a tag, and of an attribute. Names are short: one step finds a
 * byte that can end it; that it does is looked at then. */
static inline size_t sheaf_html_scan_name(const char *data, size_t at, size_t size) {
    if (size - at >= 16) {
        __m128i bytes = sheaf_html_load(data + at);
        unsigned hits =
            sheaf_html_equal(bytes, '>') | sheaf_html_equal(bytes, '/') | sheaf_html_low(bytes);
        at += hits ? (unsigned)__builtin_ctz(hits) : 16;
    }
    while (at < size && !sheaf_html_ends_name(data[at]))
        at++;
    return at;
}

static inline size_t sheaf_html_scan_attribute(const char *data, size_t at, size_t size) {
    if (size - at >= 16) {
        __m128i bytes = sheaf_html_load(data + at);
        unsigned hits =
            sheaf_html_equal(bytes, '=') | sheaf_html_equal(bytes, '/') | sheaf_html_low(bytes);
        at += hits ? (unsigned)__builtin_ctz(hits) : 16;
    }
    while (at < size && !sheaf_html_ends_attribute(data[at]))
        at++;
    return at;
}

static inline unsigned sheaf_html_two(__m128i bytes, char a, char b) {
    return sheaf_html_equal(bytes, a) | sheaf_html_equal(bytes, b);
}

/* The first a or b. */
static inline size_t sheaf_html_scan_two(const char *data, size_t at, size_t size, char a, char b) {
    for (; size - at >= 16; at += 16) {
        unsigned hits = sheaf_html_two(sheaf_html_load(data + at), a, b);
        if (hits)
            return at + (unsigned)__builtin_ctz(hits);
    }
    if (size >= 16 && at < size) {
        unsigned before;
        __m128i bytes = sheaf_html_load_last(data, at, size, &before);
        unsigned hits = sheaf_html_two(bytes, a, b) >> before;
        return hits ? at + (unsigned)__builtin_ctz(hits) : size;
    }
    while (at < size && data[at] != a && data[at] != b)
        at++;
    return at;
}

/* The first '<'. *special is set when CR, NUL or a third byte stands before it. */
static inline size_t sheaf_html_scan_text(const char *data, size_t at, size_t size, char third,
                                          bool *special) {
    for (; size - at >= 16; at += 16) {
        __m128i bytes = sheaf_html_load(data + at);
        unsigned hits = sheaf_html_equal(bytes, '<');
        unsigned others = sheaf_html_two(bytes, '\r', '\0') | sheaf_html_equal(bytes, third);
        if (hits) {
            unsigned first = (unsigned)__builtin_ctz(hits);
            *special |= (others & ((1u << first) - 1)) != 0;
            return at + first;
        }
        *special |= others != 0;
    }
    for (; at < size && data[at] != '<'; at++)
        *special |= data[at] == '\r' || data[at] == '\0' || data[at] == third;
    return at;
}

/* The first '&', CR or NUL. */
static inline size_t sheaf_html_scan_special(const char *data, size_t at, size_t size) {
    for (; size - at >= 16; at += 16) {
        __m128i bytes = sheaf_html_load(data + at);
        unsigned hits = sheaf_html_equal(bytes, '&') | sheaf_html_two(bytes, '\r', '\0');
        if (hits)
            return at + (unsigned)__builtin_ctz(hits);
    }
    if (size >= 16 && at < size) {
        unsigned before;
        __m128i bytes = sheaf_html_load_last(data, at, size, &before);
        unsigned hits =
            (sheaf_html_equal(bytes, '&') | sheaf_html_two(bytes, '\r', '\0')) >> before;
        return hits ? at + (unsigned)__builtin_ctz(hits) : size;
    }
    while (at < size && data[at] != '&' && data[at] != '\r' && data[at] != '\0')
        at++;
    return at;
}

/* The first byte beyond ' '. */
static inline size_t sheaf_html_skip_low(const char *data, size_t at, size_t size) {
    for (; size - at >= 16; at += 16) {
        unsigned low = sheaf_html_low(sheaf_html_load(data + at));
        if (low != 0xFFFF)
            return at + (unsigned)__builtin_ctz(~low);
    }
    while (at < size && (unsigned char)data[at] <= ' ')
        at++;
    return at;
}

#else

static inline size_t sheaf_html_scan_name(const char *data, size_t at, size_t size) {
    while (at < size && !sheaf_html_ends_name(data[at]))
        at++;
    return at;
}

static inline size_t sheaf_html_scan_attribute(const char *data, size_t at, size_t size) {
    while (at < size && !sheaf_html_ends_attribute(data[at]))
        at++;
    return at;
}

static inline size_t sheaf_html_skip_low(const char *data, size_t at, size_t size) {
    while (at < size && (unsigned char)data[at] <= ' ')
        at++;
    return at;
}

static inline size_t sheaf_html_scan_special(const char *data, size_t at, size_t size) {
    while (at < size && data[at] != '&' && data[at] != '\r' && data[at] != '\0')
        at++;
    return at;
}

static inline size_t sheaf_html_scan_two(const char *data, size_t at, size_t size, char a, char b) {
    while (at < size && data[at] != a && data[at] != b)
        at++;
    return at;
}

static inline size_t sheaf_html_scan_text(const char *data, size_t at, size_t size, char third,
                                          bool *special) {
    for (; at < size && data[at] != '<'; at++)
        *special |= data[at] == '\r' || data[at] == '\0' || data[at] == third;
    return at;
}

#endif

#endif
