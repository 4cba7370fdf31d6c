/* buffer.c - growing by half again, checked sizes. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

void sheaf_buffer_init(sheaf_buffer *buffer) {
    *buffer = (sheaf_buffer){0};
}

void sheaf_buffer_reset(sheaf_buffer *buffer) {
    buffer->size = 0;
    buffer->failed = false;
}

void sheaf_buffer_clear(sheaf_buffer *buffer) {
    sheaf_free(buffer->data);
    sheaf_buffer_init(buffer);
}

bool sheaf_buffer_reserve(sheaf_buffer *buffer, size_t size) {
    if (buffer->failed)
        return false;
    if (buffer->capacity - buffer->size >= size)
        return true;
    if (size > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    size_t wanted = buffer->capacity + buffer->capacity / 2 + 64;
    if (wanted < buffer->size + size)
        wanted = buffer->size + size;
    char *bigger = sheaf_realloc(buffer->data, wanted);
    if (!bigger) {
        buffer->failed = true;
        return false;
    }
    buffer->data = bigger;
    buffer->capacity = wanted;
    return true;
}

void sheaf_buffer_append(sheaf_buffer *buffer, const void *data, size_t size) {
    if (size == 0 || !sheaf_buffer_reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

void sheaf_buffer_printf(sheaf_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size >= 0 && sheaf_buffer_reserve(buffer, (size_t)size + 1)) {
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}
