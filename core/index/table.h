/* table.h - sorted keys with a few bytes each, most of each key left out.
 *
 *   block of 16:  how much of the key before is kept and how much follows (4 bits each,
 *                 more with varints), what follows, value; 16 times
 *   index:        where each block begins, 4 bytes
 *
 * Keys are found by halving the index, then walking through one block. */
#ifndef SHEAF_INDEX_TABLE_H
#define SHEAF_INDEX_TABLE_H

#include "index/bits.h"

enum { SHEAF_TABLE_BLOCK = 16, SHEAF_KEY_MAX = 255 };

typedef struct sheaf_table_writer {
    sheaf_buffer blocks, index;
    char last[SHEAF_KEY_MAX];
    size_t last_size;
    uint64_t count;
    bool sized; /* values have their size before them */
} sheaf_table_writer;

void sheaf_table_writer_clear(sheaf_table_writer *writer);

/* Keys ascend and have 1 to SHEAF_KEY_MAX bytes. */
void sheaf_table_add(sheaf_table_writer *writer, sheaf_slice key, sheaf_slice value);

/* The size of the value that rest begins with; SIZE_MAX when it makes no sense. first: its
 * key is the first of a block. */
typedef size_t (*sheaf_table_measure)(sheaf_slice rest, bool first);

typedef struct sheaf_table {
    sheaf_slice blocks;
    sheaf_slice index;
    uint64_t count;
    sheaf_table_measure measure; /* NULL: each value has its size before it */
} sheaf_table;

/* False when sizes do not fit. */
bool sheaf_table_open(sheaf_table *out, sheaf_slice blocks, sheaf_slice index, uint64_t count,
                      sheaf_table_measure measure);

/* A walk through keys, in order. */
typedef struct sheaf_table_walk {
    const sheaf_table *table;
    uint64_t number; /* of the key it stands on */
    sheaf_slice rest;
    char key[SHEAF_KEY_MAX];
    size_t size;
    sheaf_slice value;
    bool broken;
} sheaf_table_walk;

/* To the beginning of a block. False at the end or when the bytes make no sense. */
bool sheaf_table_walk_block(sheaf_table_walk *walk, const sheaf_table *table, uint64_t block);
bool sheaf_table_walk_next(sheaf_table_walk *walk);

/* The block in which key is, if it is anywhere. */
uint64_t sheaf_table_block_of(const sheaf_table *table, sheaf_slice key);

static inline sheaf_slice sheaf_table_key(const sheaf_table_walk *walk) {
    return (sheaf_slice){walk->key, walk->size};
}

#endif
