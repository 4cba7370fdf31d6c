/* warc_seen.c - open addressing over 64-bit hashes; 0 marks a free slot. */
#include "read/warc_seen.h"

#include "base/hash.h"
#include "base/memory.h"

enum { FIRST_SLOTS = 1024, MOST_SLOTS = 1 << 22 };

typedef struct generation {
    uint64_t *slots;
    size_t capacity, count;
} generation;

struct sheaf_seen {
    generation young, old;
};

sheaf_seen *sheaf_seen_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_seen));
}

void sheaf_seen_free(sheaf_seen *seen) {
    if (!seen)
        return;
    sheaf_free(seen->young.slots);
    sheaf_free(seen->old.slots);
    sheaf_free(seen);
}

static uint64_t hash_of(sheaf_slice key) {
    uint64_t hash = sheaf_hash64(key);
    return hash ? hash : 1;
}

static uint64_t *slot_for(const generation *set, uint64_t hash) {
    size_t at = (size_t)hash & (set->capacity - 1);
    while (set->slots[at] && set->slots[at] != hash)
        at = (at + 1) & (set->capacity - 1);
    return &set->slots[at];
}

static bool has(const generation *set, uint64_t hash) {
    return set->count && *slot_for(set, hash) == hash;
}

static bool grow(generation *set) {
    size_t wanted = set->capacity ? set->capacity * 2 : FIRST_SLOTS;
    generation bigger = {sheaf_calloc(wanted, sizeof *bigger.slots), wanted, set->count};
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->slots[i])
            *slot_for(&bigger, set->slots[i]) = set->slots[i];
    }
    sheaf_free(set->slots);
    *set = bigger;
    return true;
}

bool sheaf_seen_add(sheaf_seen *seen, sheaf_slice key) {
    uint64_t hash = hash_of(key);
    generation *young = &seen->young;
    if (key.size == 0 || has(young, hash))
        return true;
    if (young->count >= MOST_SLOTS / 2) {
        sheaf_free(seen->old.slots);
        seen->old = *young;
        *young = (generation){0};
    }
    if (young->count >= young->capacity / 2 && !grow(young))
        return false;
    *slot_for(young, hash) = hash;
    young->count++;
    return true;
}

bool sheaf_seen_has(const sheaf_seen *seen, sheaf_slice key) {
    uint64_t hash = hash_of(key);
    return key.size && (has(&seen->young, hash) || has(&seen->old, hash));
}
