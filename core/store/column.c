/* column.c - finds the least that a list of numbers can be stored in. */
#include "store/column.h"

#include "base/memory.h"

void sheaf_numbers_add(sheaf_numbers *numbers, uint64_t value) {
    if (numbers->count == numbers->capacity && !numbers->failed) {
        size_t capacity = numbers->capacity ? numbers->capacity * 2 : 64;
        uint64_t *items = sheaf_realloc(numbers->items, capacity * sizeof *items);
        numbers->failed = !items;
        if (items) {
            numbers->items = items;
            numbers->capacity = capacity;
        }
    }
    if (!numbers->failed)
        numbers->items[numbers->count++] = value;
}

void sheaf_numbers_clear(sheaf_numbers *numbers) {
    sheaf_free(numbers->items);
    *numbers = (sheaf_numbers){0};
}

uint64_t sheaf_column_floor(const sheaf_column *column, uint64_t value) {
    uint64_t low = 0, high = column->count;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (sheaf_column_get(column, middle) <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Least number that is not 0, and all bits in which the others differ from it
 * by subtraction. 0 when all are 0. */
static uint64_t least(const sheaf_numbers *numbers) {
    uint64_t best = 0;
    for (size_t i = 0; i < numbers->count; i++) {
        uint64_t value = numbers->items[i];
        if (value && (!best || value < best))
            best = value;
    }
    return best;
}

static uint64_t spread(const sheaf_numbers *numbers, uint64_t from, uint64_t *largest) {
    uint64_t all = 0;
    *largest = 0;
    for (size_t i = 0; i < numbers->count; i++) {
        uint64_t above = numbers->items[i] ? numbers->items[i] - from : 0;
        all |= above;
        if (above > *largest)
            *largest = above;
    }
    return all;
}

static void choose(sheaf_column *shape, const sheaf_numbers *numbers) {
    uint64_t from = least(numbers), largest;
    *shape = (sheaf_column){.count = numbers->count};
    if (!from)
        return;
    uint64_t all = spread(numbers, from, &largest);
    while (all && !(all & 1)) {
        all >>= 1;
        shape->shift++;
    }
    shape->base = from - ((uint64_t)1 << shape->shift);
    for (uint64_t stored = (largest >> shape->shift) + 1; stored; stored >>= 8)
        shape->width++;
}

void sheaf_column_write(sheaf_column *shape, sheaf_buffer *out, const sheaf_numbers *numbers) {
    choose(shape, numbers);
    shape->mask = sheaf_column_mask(shape->width);
    uint64_t from = shape->base + ((uint64_t)1 << shape->shift);
    if (!sheaf_buffer_reserve(out, numbers->count * shape->width))
        return;
    for (size_t i = 0; i < numbers->count; i++) {
        uint64_t value = numbers->items[i];
        sheaf_put(out, value ? ((value - from) >> shape->shift) + 1 : 0, shape->width);
    }
}
