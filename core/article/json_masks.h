/* json_masks.h - what of JSON stands where in 64 bytes: a bit for each byte.
 *
 * sheaf_json_masks_plain is the meaning; sheaf_json_masks is the same in fewer
 * steps where the processor has them. */
#ifndef SHEAF_ARTICLE_JSON_MASKS_H
#define SHEAF_ARTICLE_JSON_MASKS_H

#include "sheaf.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SHEAF_JSON_BLOCK = 64 };

typedef struct sheaf_json_masks {
    uint64_t quotes;
    uint64_t slashes;  /* backslashes */
    uint64_t brackets; /* of all four kinds */
} sheaf_json_masks;

static inline sheaf_json_masks sheaf_json_masks_plain(const char *block) {
    sheaf_json_masks masks = {0, 0, 0};
    for (unsigned i = 0; i < SHEAF_JSON_BLOCK; i++) {
        char c = block[i];
        masks.quotes |= (uint64_t)(c == '"') << i;
        masks.slashes |= (uint64_t)(c == '\\') << i;
        masks.brackets |= (uint64_t)(c == '{' || c == '}' || c == '[' || c == ']') << i;
    }
    return masks;
}

static inline sheaf_json_masks sheaf_json_masks_of(const char *block) {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    const __m128i open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}');
    const __m128i curl = _mm_set1_epi8(0x20); /* makes [ and ] to { and } */
    sheaf_json_masks masks = {0, 0, 0};
    for (unsigned i = 0; i < SHEAF_JSON_BLOCK; i += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
        __m128i curled = _mm_or_si128(some, curl);
        __m128i either = _mm_or_si128(_mm_cmpeq_epi8(curled, open), _mm_cmpeq_epi8(curled, close));
        masks.quotes |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, quote)) << i;
        masks.slashes |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, slash)) << i;
        masks.brackets |= (uint64_t)(unsigned)_mm_movemask_epi8(either) << i;
    }
    return masks;
#else
    return sheaf_json_masks_plain(block);
#endif
}

/* Offset of the quote that ends a short string from *at on; SIZE_MAX where that
 * is too much to ask, and nothing before the new *at ends it or escapes. */
static inline size_t sheaf_json_string_stop(sheaf_slice in, size_t *at) {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    for (int i = 0; i < 2 && in.size - *at >= 16; i++) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(in.data + *at));
        unsigned quotes = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, quote));
        unsigned slashes = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, slash));
        if (slashes)
            break;
        if (quotes)
            return *at + (unsigned)__builtin_ctz(quotes);
        *at += 16;
    }
#endif
    return SIZE_MAX;
}

#endif
