/* pairing.c - numbers that grow, and pairs of what shares a key. */
#include "index/pairing.h"

#include <stdlib.h>

#include "base/memory.h"

enum { RUN_ALL = 24 }; /* longest run of which all pairs are looked at */

void sheaf_keys_add(sheaf_keys *list, uint64_t number) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity + list->capacity / 2 : 4096;
        uint64_t *items = sheaf_realloc(list->items, capacity * sizeof *items);
        if (!items) {
            list->failed = true;
            return;
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = number;
}

static int compare_numbers(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

void sheaf_keys_sort(sheaf_keys *list) {
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_numbers);
}

void sheaf_keys_drop_doubles(sheaf_keys *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static void push_pair(sheaf_keys *pairs, uint64_t key_a, uint64_t key_b) {
    if ((uint32_t)key_a != (uint32_t)key_b)
        sheaf_keys_add(pairs, key_a << 32 | (uint32_t)key_b);
}

/* Keys of one run; their articles ascend. */
static void pair_run(sheaf_keys *pairs, const uint64_t *run, size_t count) {
    for (size_t j = 1; j < count; j++) {
        if (count > RUN_ALL) {
            push_pair(pairs, run[0], run[j]);
            if (j > 1)
                push_pair(pairs, run[j - 1], run[j]);
            continue;
        }
        for (size_t i = 0; i < j; i++)
            push_pair(pairs, run[i], run[j]);
    }
}

void sheaf_pair_keys(sheaf_keys *pairs, sheaf_keys *keys) {
    sheaf_keys_sort(keys);
    sheaf_keys_drop_doubles(keys);
    for (size_t from = 0, to; from < keys->count; from = to) {
        to = from + 1;
        while (to < keys->count && keys->items[to] >> 32 == keys->items[from] >> 32)
            to++;
        pair_run(pairs, keys->items + from, to - from);
    }
    pairs->failed |= keys->failed;
    keys->count = 0;
}

void sheaf_keys_clear(sheaf_keys *list) {
    sheaf_free(list->items);
    *list = (sheaf_keys){0};
}
