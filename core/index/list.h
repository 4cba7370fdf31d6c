/* list.h - where a word stands: articles, how often, and at which positions.
 *
 *   ┌───────┬─────────┬────────────────┬──────┐
 *   │ skips │ blocks  │ positions of   │ tail │
 *   │       │ of 128  │ each block     │      │
 *   └───────┴─────────┴────────────────┴──────┘
 *
 * Blocks are packed numbers, the tail of up to 127 articles is Rice codes; so most
 * words, which stand in few articles, have a tail and nothing else. A skip has
 * the last article of a block, sizes, and what bounds the score of any article
 * in it. docs/format.md has the bytes. */
#ifndef SHEAF_INDEX_LIST_H
#define SHEAF_INDEX_LIST_H

#include "index/bits.h"

/* Positions of a block can be told in parts, of so many articles each. */
enum { SHEAF_PART = 16, SHEAF_PARTS = SHEAF_BLOCK / SHEAF_PART, SHEAF_PARTED = 0x20 };

/* ---- writing -------------------------------------------------------------------- */

typedef struct sheaf_list_writer {
    bool positions;
    uint32_t docs_most; /* how many articles the segment has */
    uint32_t docs[SHEAF_BLOCK], freqs[SHEAF_BLOCK], counts[SHEAF_BLOCK];
    uint8_t norms[SHEAF_BLOCK];
    uint32_t *at; /* distances between positions of those that are held */
    size_t at_count, at_capacity;
    unsigned held;
    uint64_t total; /* articles so far */
    uint32_t next;  /* the least article that may come */
    uint32_t block_next;
    sheaf_buffer skips, blocks, places, scratch;
    bool failed;
} sheaf_list_writer;

/* docs: of the segment; all articles are below it. */
void sheaf_list_writer_init(sheaf_list_writer *writer, uint32_t docs, bool positions);
void sheaf_list_writer_clear(sheaf_list_writer *writer);

/* One article; articles ascend, and so do positions. freq, which is at least
 * count and 1, is what ranking counts. */
void sheaf_list_add(sheaf_list_writer *writer, uint32_t doc, uint32_t freq, uint8_t norm,
                    const uint32_t *positions, uint32_t count);

/* Appends the list to out and starts an empty one. Returns its articles. Failures
 * are sticky in writer->failed and out. */
uint64_t sheaf_list_end(sheaf_list_writer *writer, sheaf_buffer *out);

/* ---- reading -------------------------------------------------------------------- */

#define SHEAF_LIST_END UINT32_MAX

typedef struct sheaf_list {
    const uint8_t *data; /* SHEAF_BITS_SLACK bytes behind it can be read */
    uint64_t size;
    uint64_t articles;
    uint32_t docs; /* of the segment: all numbers are below it */
    bool positions;
} sheaf_list;

typedef struct sheaf_cursor {
    sheaf_list list;
    uint64_t blocks; /* whole ones */
    uint64_t block;  /* that is held; blocks: the tail */
    uint64_t block_at, places_at;
    uint64_t tail_at;
    uint32_t doc; /* SHEAF_LIST_END behind the last */
    unsigned index, held;
    bool freqs_read;
    unsigned places_from, places_to; /* whose positions are in at */
    unsigned places_end, places_k;   /* up to where the reader can go on with them */
    sheaf_bit_reader places;
    uint32_t base; /* for the caller */
    bool broken;   /* the bytes make no sense; doc is SHEAF_LIST_END then */
    uint32_t docs[SHEAF_BLOCK], freqs[SHEAF_BLOCK];
    uint32_t starts[SHEAF_BLOCK + 1]; /* of the positions of each */
    uint32_t *at;
    size_t at_capacity;
    sheaf_slice freqs_at;  /* packed frequencies of a block */
    sheaf_bit_reader tail; /* where positions of the tail begin */
} sheaf_cursor;

/* Stands on the first article. */
void sheaf_cursor_open(sheaf_cursor *cursor, const sheaf_list *list);
void sheaf_cursor_close(sheaf_cursor *cursor);

/* The first article not below target. */
uint32_t sheaf_cursor_seek(sheaf_cursor *cursor, uint32_t target);
uint32_t sheaf_cursor_next(sheaf_cursor *cursor);
uint32_t sheaf_cursor_freq(sheaf_cursor *cursor);

/* Positions in the article it stands on, ascending; good until it moves. */
const uint32_t *sheaf_cursor_positions(sheaf_cursor *cursor, size_t *count);

/* What bounds all articles from target up to *last (inclusive): most that freq can
 * be, and least norm. Does not move the cursor; target is not below its article. */
void sheaf_cursor_bound(const sheaf_cursor *cursor, uint32_t target, uint32_t *freq, uint8_t *norm,
                        uint32_t *last);

#endif
