/* map.c - linear probing, at most three quarters full. */
#include "base/map.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"

void sheaf_map_clear(sheaf_map *map) {
    sheaf_free(map->slots);
    *map = (sheaf_map){0};
}

/* The slot of key, or the free one where it belongs. */
static sheaf_map_slot *probe(const sheaf_map *map, sheaf_slice key, uint64_t hash) {
    size_t mask = map->capacity - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        sheaf_map_slot *slot = &map->slots[i];
        if (!slot->key.data || (slot->hash == hash && sheaf_slice_equal(slot->key, key)))
            return slot;
    }
}

static bool grow(sheaf_map *map) {
    sheaf_map bigger = {.capacity = map->capacity ? map->capacity * 2 : 16, .count = map->count};
    bigger.slots = sheaf_calloc(bigger.capacity, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++) {
        const sheaf_map_slot *slot = &map->slots[i];
        if (slot->key.data)
            *probe(&bigger, slot->key, slot->hash) = *slot;
    }
    sheaf_free(map->slots);
    *map = bigger;
    return true;
}

uint64_t *sheaf_map_get(const sheaf_map *map, sheaf_slice key) {
    if (map->count == 0)
        return NULL;
    sheaf_map_slot *slot = probe(map, key, sheaf_hash64(key));
    return slot->key.data ? &slot->value : NULL;
}

uint64_t *sheaf_map_put(sheaf_map *map, sheaf_slice key, uint64_t initial) {
    if ((map->count + 1) * 4 > map->capacity * 3 && !grow(map))
        return NULL;
    if (!key.data)
        key.data = "";
    uint64_t hash = sheaf_hash64(key);
    sheaf_map_slot *slot = probe(map, key, hash);
    if (!slot->key.data) {
        *slot = (sheaf_map_slot){key, hash, initial};
        map->count++;
    }
    return &slot->value;
}
