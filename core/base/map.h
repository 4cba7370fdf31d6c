/* map.h - byte strings to numbers: an open-addressing table.
 *
 * Keys are borrowed: they must outlive the map (keep them in an arena). */
#ifndef SHEAF_BASE_MAP_H
#define SHEAF_BASE_MAP_H

#include "sheaf.h"

typedef struct sheaf_map_slot {
    sheaf_slice key; /* data NULL: free */
    uint64_t hash;
    uint64_t value;
} sheaf_map_slot;

typedef struct sheaf_map {
    sheaf_map_slot *slots; /* a power of two of them */
    size_t capacity;
    size_t count;
} sheaf_map;

/* {0} is an empty map. */
void sheaf_map_clear(sheaf_map *map);

/* Pointer to the value of key, or NULL. Valid until the next put. */
uint64_t *sheaf_map_get(const sheaf_map *map, sheaf_slice key);

/* Pointer to the value of key, put in as initial when new. NULL: no memory. */
uint64_t *sheaf_map_put(sheaf_map *map, sheaf_slice key, uint64_t initial);

#endif
