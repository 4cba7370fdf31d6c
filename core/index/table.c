/* table.c - keys that share their beginnings.
 *
 * Invariant of a walk: key holds size bytes, whatever the file says; a number
 * that leads out of a block makes the walk broken. */
#include "index/table.h"

#include "base/slice.h"

enum { LONG = 15 }; /* sizes from this on go on in a varint */

void sheaf_table_writer_clear(sheaf_table_writer *writer) {
    sheaf_buffer_clear(&writer->blocks);
    sheaf_buffer_clear(&writer->index);
    memset(writer, 0, sizeof *writer);
}

static size_t shared_size(const sheaf_table_writer *writer, sheaf_slice key) {
    size_t size = 0, most = key.size < writer->last_size ? key.size : writer->last_size;
    while (size < most && writer->last[size] == key.data[size])
        size++;
    return size;
}

void sheaf_table_add(sheaf_table_writer *writer, sheaf_slice key, sheaf_slice value) {
    size_t shared = 0;
    if (writer->count++ % SHEAF_TABLE_BLOCK == 0) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            sheaf_buffer_char(&writer->index, (char)(writer->blocks.size >> shift & 0xFF));
    } else {
        shared = shared_size(writer, key);
    }
    size_t more = key.size - shared;
    sheaf_buffer_char(&writer->blocks,
                      (char)((shared < LONG ? shared : LONG) << 4 | (more < LONG ? more : LONG)));
    if (shared >= LONG)
        sheaf_varint_put(&writer->blocks, shared - LONG);
    if (more >= LONG)
        sheaf_varint_put(&writer->blocks, more - LONG);
    sheaf_buffer_append(&writer->blocks, key.data + shared, more);
    if (writer->sized)
        sheaf_varint_put(&writer->blocks, value.size);
    sheaf_buffer_add(&writer->blocks, value);
    memcpy(writer->last, key.data, key.size);
    writer->last_size = key.size;
}

static uint64_t block_count(uint64_t count) {
    return count / SHEAF_TABLE_BLOCK + (count % SHEAF_TABLE_BLOCK != 0);
}

bool sheaf_table_open(sheaf_table *out, sheaf_slice blocks, sheaf_slice index, uint64_t count,
                      sheaf_table_measure measure) {
    *out = (sheaf_table){blocks, index, count, measure};
    return index.size % 4 == 0 && index.size / 4 == block_count(count);
}

static sheaf_slice block_at(const sheaf_table *table, uint64_t block) {
    if (block >= table->index.size / 4)
        return (sheaf_slice){0};
    uint32_t from = sheaf_bits_load32((const uint8_t *)table->index.data + 4 * block);
    return sheaf_slice_part(table->blocks, from, table->blocks.size);
}

static bool take_bytes(sheaf_slice *rest, uint64_t size, sheaf_slice *out) {
    if (size > rest->size)
        return false;
    *out = (sheaf_slice){rest->data, (size_t)size};
    rest->data += size;
    rest->size -= (size_t)size;
    return true;
}

/* Both sizes in a byte, or more. */
static bool take_sizes(sheaf_slice *rest, uint64_t *shared, uint64_t *more) {
    uint64_t extra = 0;
    if (rest->size == 0)
        return false;
    uint8_t both = (uint8_t)*rest->data++;
    rest->size--;
    *shared = both >> 4;
    *more = both & LONG;
    if (*shared == LONG && (!sheaf_varint_take(rest, &extra) || extra > SHEAF_KEY_MAX))
        return false;
    *shared += *shared == LONG ? extra : 0;
    if (*more == LONG && (!sheaf_varint_take(rest, &extra) || extra > SHEAF_KEY_MAX))
        return false;
    *more += *more == LONG ? extra : 0;
    return true;
}

static bool read_entry(sheaf_table_walk *walk) {
    uint64_t shared, size;
    sheaf_slice part;
    if (!take_sizes(&walk->rest, &shared, &size) || shared > walk->size ||
        size > SHEAF_KEY_MAX - shared || !take_bytes(&walk->rest, size, &part))
        return false;
    memcpy(walk->key + shared, part.data, part.size);
    walk->size = (size_t)shared + part.size;
    if (walk->table->measure)
        size = walk->table->measure(walk->rest, walk->number % SHEAF_TABLE_BLOCK == 0);
    else if (!sheaf_varint_take(&walk->rest, &size))
        return false;
    return take_bytes(&walk->rest, size, &walk->value);
}

bool sheaf_table_walk_block(sheaf_table_walk *walk, const sheaf_table *table, uint64_t block) {
    walk->table = table;
    walk->number = block * SHEAF_TABLE_BLOCK;
    walk->size = 0;
    walk->broken = false;
    if (block >= table->index.size / 4)
        return false;
    walk->rest = block_at(table, block);
    walk->broken = !read_entry(walk);
    return !walk->broken;
}

bool sheaf_table_walk_next(sheaf_table_walk *walk) {
    uint64_t next = walk->number + 1;
    if (walk->broken || next >= walk->table->count)
        return false;
    if (next % SHEAF_TABLE_BLOCK == 0)
        return sheaf_table_walk_block(walk, walk->table, next / SHEAF_TABLE_BLOCK);
    walk->number = next;
    walk->broken = !read_entry(walk);
    return !walk->broken;
}

/* The first key of a block, which is told whole. */
static sheaf_slice first_key(const sheaf_table *table, uint64_t block) {
    sheaf_slice rest = block_at(table, block), key;
    uint64_t shared, size;
    if (take_sizes(&rest, &shared, &size) && take_bytes(&rest, size, &key))
        return key;
    return (sheaf_slice){0};
}

uint64_t sheaf_table_block_of(const sheaf_table *table, sheaf_slice key) {
    uint64_t low = 0, high = table->index.size / 4;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (sheaf_slice_compare(first_key(table, middle), key) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}
