/* slice.h - small verbs on borrowed bytes. */
#ifndef SHEAF_BASE_SLICE_H
#define SHEAF_BASE_SLICE_H

#include <string.h>

#include "sheaf.h"

/* A slice of a string literal. */
#define SLICE(literal) ((sheaf_slice){(literal), sizeof(literal) - 1})
/* Arguments for "%.*s". */
#define SLICE_ARGS(slice) (int)(slice).size, (slice).data

static inline sheaf_slice sheaf_slice_of(const char *string) {
    return (sheaf_slice){string, string ? strlen(string) : 0};
}

static inline sheaf_slice sheaf_slice_from(const char *data, size_t size) {
    return (sheaf_slice){data, size};
}

/* The bytes [from, to) of slice; both are clamped to it. */
static inline sheaf_slice sheaf_slice_part(sheaf_slice slice, size_t from, size_t to) {
    if (to > slice.size)
        to = slice.size;
    if (from > to)
        from = to;
    return (sheaf_slice){slice.data ? slice.data + from : NULL, to - from};
}

/* The first eight bytes as a number, the first lowest; zeros where slice has less. */
static inline uint64_t sheaf_slice_eight(sheaf_slice slice) {
    const unsigned char *p = (const unsigned char *)slice.data;
    uint64_t eight = 0, last = 0;
    if (slice.size >= 8) {
        for (int i = 0; i < 8; i++) /* one load, where bytes are in this order */
            eight |= (uint64_t)p[i] << (8 * i);
    } else if (slice.size >= 4) {
        for (size_t i = 0; i < 4; i++) {
            eight |= (uint64_t)p[i] << (8 * i);
            last |= (uint64_t)p[slice.size - 4 + i] << (8 * i);
        }
        eight |= last << (8 * (slice.size - 4));
    } else if (slice.size > 0) {
        eight = p[0] | (uint64_t)p[slice.size / 2] << (8 * (slice.size / 2)) |
                (uint64_t)p[slice.size - 1] << (8 * (slice.size - 1));
    }
    return eight;
}

static inline bool sheaf_slice_equal(sheaf_slice a, sheaf_slice b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool sheaf_slice_is(sheaf_slice a, const char *string) {
    return sheaf_slice_equal(a, sheaf_slice_of(string));
}

static inline bool sheaf_slice_starts(sheaf_slice slice, sheaf_slice head) {
    return slice.size >= head.size &&
           (head.size == 0 || memcmp(slice.data, head.data, head.size) == 0);
}

static inline bool sheaf_slice_ends(sheaf_slice slice, sheaf_slice tail) {
    return slice.size >= tail.size && (tail.size == 0 || memcmp(slice.data + slice.size - tail.size,
                                                                tail.data, tail.size) == 0);
}

static inline bool sheaf_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool sheaf_is_digit(char c) {
    return c >= '0' && c <= '9';
}
static inline bool sheaf_is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
static inline bool sheaf_is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
static inline bool sheaf_is_alpha(char c) {
    return sheaf_is_upper(c) || sheaf_is_lower(c);
}
static inline char sheaf_to_lower(char c) {
    return sheaf_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

/* Offset of the first c at or after from, or SIZE_MAX. */
static inline size_t sheaf_slice_find_char(sheaf_slice slice, size_t from, char c) {
    if (from >= slice.size)
        return SIZE_MAX;
    const char *hit = memchr(slice.data + from, c, slice.size - from);
    return hit ? (size_t)(hit - slice.data) : SIZE_MAX;
}

/* Offset of the first needle at or after from, or SIZE_MAX. */
size_t sheaf_slice_find(sheaf_slice slice, size_t from, sheaf_slice needle);

/* Without ASCII white space and no-break spaces at either end. */
sheaf_slice sheaf_slice_trim(sheaf_slice slice);

/* Equal but for the case of ASCII letters. */
bool sheaf_slice_equal_fold(sheaf_slice a, sheaf_slice b);

/* Is word one of a list parted by blanks, whatever the case of ASCII letters? */
bool sheaf_slice_is_one_of(sheaf_slice word, const char *list);

/* Memory order, shorter first on a tie: a total order for sorting. */
int sheaf_slice_compare(sheaf_slice a, sheaf_slice b);

/* Takes the next line off *rest, without its LF, CRLF or CR. False at the end. */
bool sheaf_slice_line(sheaf_slice *rest, sheaf_slice *line);

#endif
