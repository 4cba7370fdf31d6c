/* column.h - a list of numbers in as few bytes as their range needs.
 *
 * Each number takes width bytes (0 to 8). A stored 0 is the number 0; any other
 * stored s is base + (s << shift). So ids take 8 bytes, the word counts of news
 * take 2, dates without time about 2, and what is always 0 takes none. */
#ifndef SHEAF_STORE_COLUMN_H
#define SHEAF_STORE_COLUMN_H

#include "store/format.h"

/* Numbers on their way into a column. */
typedef struct sheaf_numbers {
    uint64_t *items;
    size_t count;
    size_t capacity;
    bool failed; /* sticky: memory was out */
} sheaf_numbers;

void sheaf_numbers_add(sheaf_numbers *numbers, uint64_t value);
void sheaf_numbers_clear(sheaf_numbers *numbers);

/* A column in a mapped file. At least 8 readable bytes follow data. */
typedef struct sheaf_column {
    const uint8_t *data;
    uint64_t count;
    uint64_t base;
    uint64_t mask;
    uint8_t width;
    uint8_t shift;
} sheaf_column;

/* Number i, which must be below count. */
static inline uint64_t sheaf_column_get(const sheaf_column *column, uint64_t i) {
    uint64_t stored = sheaf_get64(column->data + i * column->width) & column->mask;
    return stored ? column->base + (stored << column->shift) : 0;
}

/* The last i with column[i] <= value, in a column that ascends from 0. */
uint64_t sheaf_column_floor(const sheaf_column *column, uint64_t value);

/* Chooses width, shift and base, and appends the numbers. */
void sheaf_column_write(sheaf_column *shape, sheaf_buffer *out, const sheaf_numbers *numbers);

/* The mask that belongs to a width. */
static inline uint64_t sheaf_column_mask(unsigned width) {
    return width >= 8 ? UINT64_MAX : ((uint64_t)1 << (8 * width)) - 1;
}

#endif
