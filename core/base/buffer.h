/* buffer.h - text that grows, with sticky out-of-memory.
 *
 * Append as often as you like, look at `failed` once at the end. After a
 * failure nothing more is appended and the contents stay valid. */
#ifndef SHEAF_BASE_BUFFER_H
#define SHEAF_BASE_BUFFER_H

#include <string.h>

#include "sheaf.h"

typedef struct sheaf_buffer {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} sheaf_buffer;

/* {0} is an empty buffer too. */
void sheaf_buffer_init(sheaf_buffer *buffer);

/* Empties it and keeps its memory; a failure is forgotten. */
void sheaf_buffer_reset(sheaf_buffer *buffer);

/* Frees its memory. */
void sheaf_buffer_clear(sheaf_buffer *buffer);

/* Makes room for size more bytes. False, and failed, when memory is out. */
bool sheaf_buffer_reserve(sheaf_buffer *buffer, size_t size);

void sheaf_buffer_append(sheaf_buffer *buffer, const void *data, size_t size);
void sheaf_buffer_printf(sheaf_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void sheaf_buffer_add(sheaf_buffer *buffer, sheaf_slice slice) {
    sheaf_buffer_append(buffer, slice.data, slice.size);
}

static inline void sheaf_buffer_char(sheaf_buffer *buffer, char c) {
    if (buffer->size < buffer->capacity && !buffer->failed)
        buffer->data[buffer->size++] = c;
    else
        sheaf_buffer_append(buffer, &c, 1);
}

static inline sheaf_slice sheaf_buffer_view(const sheaf_buffer *buffer) {
    return (sheaf_slice){buffer->data, buffer->size};
}

#endif
