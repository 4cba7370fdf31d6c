/* slice.c - the verbs on borrowed bytes that are too long to inline. */
#define _GNU_SOURCE
#include "base/slice.h"

#if defined(__SSE2__) && !defined(SHEAF_NO_SIMD)
#include <emmintrin.h>
#endif

#if defined(__SSE2__) && !defined(SHEAF_NO_SIMD)

static unsigned equal_bytes(const char *at, __m128i byte) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, byte));
}

/* Looks for places where the first and the last byte of needle are right, 16 a step, as
 * long as there are so many: *from is then where to go on. Short needles only: each place
 * is looked at by itself. */
static const char *find_in_steps(sheaf_slice slice, size_t *from, sheaf_slice needle) {
    __m128i first = _mm_set1_epi8(needle.data[0]);
    __m128i last = _mm_set1_epi8(needle.data[needle.size - 1]);
    size_t at = *from;
    for (; slice.size - at >= 16 + needle.size; at += 16) {
        const char *here = slice.data + at;
        unsigned hits = equal_bytes(here, first) & equal_bytes(here + needle.size - 1, last);
        for (; hits; hits &= hits - 1) {
            const char *place = here + __builtin_ctz(hits);
            if (memcmp(place, needle.data, needle.size) == 0)
                return place;
        }
    }
    *from = at;
    return NULL;
}

#else

static const char *find_in_steps(sheaf_slice slice, size_t *from, sheaf_slice needle) {
    (void)slice, (void)from, (void)needle;
    return NULL;
}

#endif

size_t sheaf_slice_find(sheaf_slice slice, size_t from, sheaf_slice needle) {
    enum { SHORT = 16 };
    if (needle.size == 0)
        return from <= slice.size ? from : SIZE_MAX;
    if (from >= slice.size)
        return SIZE_MAX;
    if (needle.size <= SHORT) {
        const char *early = find_in_steps(slice, &from, needle);
        if (early)
            return (size_t)(early - slice.data);
    }
    const char *hit = memmem(slice.data + from, slice.size - from, needle.data, needle.size);
    return hit ? (size_t)(hit - slice.data) : SIZE_MAX;
}

static bool ends_with_nbsp(sheaf_slice slice) {
    return sheaf_slice_ends(slice, SLICE("\xC2\xA0"));
}

sheaf_slice sheaf_slice_trim(sheaf_slice slice) {
    for (;;) {
        if (slice.size && sheaf_is_space(slice.data[0]))
            slice = sheaf_slice_part(slice, 1, slice.size);
        else if (sheaf_slice_starts(slice, SLICE("\xC2\xA0")))
            slice = sheaf_slice_part(slice, 2, slice.size);
        else
            break;
    }
    for (;;) {
        if (slice.size && sheaf_is_space(slice.data[slice.size - 1]))
            slice.size--;
        else if (ends_with_nbsp(slice))
            slice.size -= 2;
        else
            return slice;
    }
}

bool sheaf_slice_equal_fold(sheaf_slice a, sheaf_slice b) {
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (sheaf_to_lower(a.data[i]) != sheaf_to_lower(b.data[i]))
            return false;
    }
    return true;
}

int sheaf_slice_compare(sheaf_slice a, sheaf_slice b) {
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool sheaf_slice_line(sheaf_slice *rest, sheaf_slice *line) {
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    const char *lone = memchr(rest->data, '\r', size);
    size_t next = end ? size + 1 : size;
    if (lone) {
        size_t at = (size_t)(lone - rest->data);
        next = (end && at + 1 == size) ? size + 1 : at + 1;
        size = at;
    }
    *line = sheaf_slice_part(*rest, 0, size);
    *rest = sheaf_slice_part(*rest, next, rest->size);
    return true;
}

bool sheaf_slice_is_one_of(sheaf_slice word, const char *list) {
    sheaf_slice words = sheaf_slice_of(list);
    for (size_t at = 0; at < words.size;) {
        size_t end = sheaf_slice_find_char(words, at, ' ');
        if (sheaf_slice_equal_fold(word, sheaf_slice_part(words, at, end)))
            return true;
        at = end == SIZE_MAX ? words.size : end + 1;
    }
    return false;
}
