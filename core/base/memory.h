/* memory.h - the one seam through which the core allocates.
 *
 * A test can make allocation number n fail (sheaf_memory_fail_at) and so walk
 * through every out-of-memory path in turn. */
#ifndef SHEAF_BASE_MEMORY_H
#define SHEAF_BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* As malloc, calloc, realloc and free; sizes of 0 are allowed. */
void *sheaf_malloc(size_t size);
void *sheaf_calloc(size_t count, size_t size);
void *sheaf_realloc(void *old, size_t size);
void sheaf_free(void *memory);

/* Tests only: the allocation with this number (from 0), counted from now in
 * this thread, and all after it fail. UINT64_MAX switches it off. Returns how
 * many were asked for since the last call. */
uint64_t sheaf_memory_fail_at(uint64_t number);

#endif
