/* arena.c - bump allocation in chunks. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

struct sheaf_arena_chunk {
    sheaf_arena_chunk *older;
    size_t capacity;
    size_t used;
    alignas(max_align_t) char bytes[];
};

enum { FIRST_CHUNK = 4096, KEPT_CHUNK = 1 << 20 };

void sheaf_arena_init(sheaf_arena *arena) {
    *arena = (sheaf_arena){0};
}

static void free_chunks(sheaf_arena_chunk *chunk) {
    while (chunk) {
        sheaf_arena_chunk *older = chunk->older;
        sheaf_free(chunk);
        chunk = older;
    }
}

void sheaf_arena_clear(sheaf_arena *arena) {
    free_chunks(arena->newest);
    sheaf_arena_init(arena);
}

void sheaf_arena_reset(sheaf_arena *arena) {
    sheaf_arena_chunk *kept = arena->newest;
    arena->failed = false;
    if (!kept)
        return;
    if (kept->capacity > KEPT_CHUNK) {
        sheaf_arena_clear(arena);
        return;
    }
    free_chunks(kept->older);
    kept->older = NULL;
    kept->used = 0;
    arena->total = kept->capacity;
}

static sheaf_arena_chunk *add_chunk(sheaf_arena *arena, size_t size) {
    size_t capacity = arena->newest ? arena->newest->capacity * 2 : FIRST_CHUNK;
    if (capacity > KEPT_CHUNK)
        capacity = KEPT_CHUNK;
    if (capacity < size)
        capacity = size;
    if (capacity > SIZE_MAX / 2)
        return NULL;
    sheaf_arena_chunk *chunk = sheaf_malloc(sizeof *chunk + capacity);
    if (!chunk)
        return NULL;
    *chunk = (sheaf_arena_chunk){.older = arena->newest, .capacity = capacity};
    arena->newest = chunk;
    arena->total += capacity;
    return chunk;
}

void *sheaf_arena_alloc(sheaf_arena *arena, size_t size) {
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 4) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) & ~(align - 1);
    sheaf_arena_chunk *chunk = arena->newest;
    if (!chunk || chunk->capacity - chunk->used < size)
        chunk = add_chunk(arena, size);
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    void *memory = chunk->bytes + chunk->used;
    chunk->used += size;
    return memory;
}

void *sheaf_arena_zero(sheaf_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    void *memory = sheaf_arena_alloc(arena, count * size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

sheaf_slice sheaf_arena_copy(sheaf_arena *arena, sheaf_slice slice) {
    char *copy = sheaf_arena_alloc(arena, slice.size + 1);
    if (!copy)
        return (sheaf_slice){0};
    if (slice.size)
        memcpy(copy, slice.data, slice.size);
    copy[slice.size] = '\0';
    return (sheaf_slice){copy, slice.size};
}

sheaf_slice sheaf_arena_format(sheaf_arena *arena, const char *format, ...) {
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = size < 0 ? NULL : sheaf_arena_alloc(arena, (size_t)size + 1);
    if (text)
        vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text ? (sheaf_slice){text, (size_t)size} : (sheaf_slice){0};
}

bool sheaf_arena_grow(sheaf_arena *arena, void **items, size_t count, size_t *capacity,
                      size_t size) {
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted > SIZE_MAX / 4 / size) {
        arena->failed = true;
        return false;
    }
    void *bigger = sheaf_arena_alloc(arena, wanted * size);
    if (!bigger)
        return false;
    if (count)
        memcpy(bigger, *items, count * size);
    *items = bigger;
    *capacity = wanted;
    return true;
}
