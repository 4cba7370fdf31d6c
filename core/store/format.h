/* format.h - the numbers and names that docs/format.md fixes.
 *
 * Everything of more than one byte is little-endian, on disk and in these
 * helpers, whatever the machine. */
#ifndef SHEAF_STORE_FORMAT_H
#define SHEAF_STORE_FORMAT_H

#include <string.h>

#include "base/buffer.h"

#define SHEAF_FORMAT_VERSION 1
#define SHEAF_MIMETYPE_NAME "mimetype"
#define SHEAF_MIMETYPE_HEAD "application/vnd.sheaf+zip;version="
#define SHEAF_MIMETYPE SHEAF_MIMETYPE_HEAD "1"

/* What bounds the memory of a reader, whoever wrote the file. */
#define SHEAF_ROW_MAX ((size_t)128 << 20)                     /* one row of JSON */
#define SHEAF_WINDOW_MAX (SHEAF_ROW_MAX + ((size_t)32 << 20)) /* raw bytes of one window */
#define SHEAF_DIRECTORY_MAX ((size_t)256 << 20)               /* data of one .commit entry */
#define SHEAF_MANIFEST_MAX ((size_t)256 << 20)

/* What a writer keeps to; a reader takes other sizes too. */
#define SHEAF_WINDOW_BYTES ((size_t)24 << 20)
#define SHEAF_FIRST_WINDOW_BYTES                                                                   \
    ((size_t)6 << 20) /* of a commit; the next one has twice as many                               \
                       */
#define SHEAF_WINDOW_ROWS ((size_t)65536)
#define SHEAF_BLOCK_BYTES ((size_t)64 << 20)
#define SHEAF_SEGMENT_ROWS ((size_t)131072)
#define SHEAF_FRAME_BYTES ((size_t)352 << 10)
#define SHEAF_TEXT_FRAME_BYTES ((size_t)128 << 10)
#define SHEAF_FRAME_MAX ((size_t)8 << 20)
#define SHEAF_LEVEL 10
#define SHEAF_COMMIT_LAST 999999 /* numbers have six digits in names, */
#define SHEAF_PART_LAST 9999     /* parts have four */

static inline uint16_t sheaf_get16(const void *from) {
    const uint8_t *b = from;
    return (uint16_t)(b[0] | b[1] << 8);
}

static inline uint32_t sheaf_get32(const void *from) {
    const uint8_t *b = from;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint64_t sheaf_get64(const void *from) {
    const uint8_t *b = from;
    return sheaf_get32(b) | (uint64_t)sheaf_get32(b + 4) << 32;
}

/* Appends the low size bytes of value. */
static inline void sheaf_put(sheaf_buffer *buffer, uint64_t value, size_t size) {
    uint8_t bytes[8];
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
    sheaf_buffer_append(buffer, bytes, size);
}

#endif
