/* arena.h - memory that is given back all at once.
 *
 *   chunk ──► chunk ──► chunk      newest first; each at least twice the one
 *   [head|used......|free]         before, so few are made
 *
 * An article and all that it holds live in one arena. Out of memory is sticky:
 * allocation returns NULL and sheaf_arena_failed stays true until reset, so
 * that a parser may check once at its end. */
#ifndef SHEAF_BASE_ARENA_H
#define SHEAF_BASE_ARENA_H

#include "sheaf.h"

typedef struct sheaf_arena_chunk sheaf_arena_chunk;

typedef struct sheaf_arena {
    sheaf_arena_chunk *newest;
    size_t total; /* bytes held in chunks */
    bool failed;
} sheaf_arena;

void sheaf_arena_init(sheaf_arena *arena);

/* Forgets all that was allocated; keeps the largest chunk, up to 1 MiB. */
void sheaf_arena_reset(sheaf_arena *arena);

void sheaf_arena_clear(sheaf_arena *arena);

/* Aligned for any type; contents undefined. NULL when memory is out. */
void *sheaf_arena_alloc(sheaf_arena *arena, size_t size);

/* Like calloc, with the product checked. */
void *sheaf_arena_zero(sheaf_arena *arena, size_t count, size_t size);

/* A copy with a zero byte behind it; empty when memory is out. */
sheaf_slice sheaf_arena_copy(sheaf_arena *arena, sheaf_slice slice);

/* printf into the arena. */
sheaf_slice sheaf_arena_format(sheaf_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Grows an array in the arena to hold one more: doubles by copying. items
 * points at the array pointer; count is how many are in use; *capacity is
 * updated. False when memory is out. */
bool sheaf_arena_grow(sheaf_arena *arena, void **items, size_t count, size_t *capacity,
                      size_t size);

#endif
