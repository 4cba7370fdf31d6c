/* chains.h - where each word stands in a run of articles, held in few bytes.
 *
 *   chain ─► [a3 7 2 a1 │next]─►[5 f0 1 4 …     │next]─►[a9 6 …        ]
 *
 * Numbers are varints with two bits that say what they are: the distance to another
 * article, a field, or a distance between positions. Pieces double, so that words
 * that are met once take little and common ones are rarely linked. So a word of the
 * text takes some two bytes until the run is written, and writing it needs no other
 * memory than what is read from front to back. */
#ifndef SHEAF_INDEX_CHAINS_H
#define SHEAF_INDEX_CHAINS_H

#include "base/arena.h"

/* A place in an article: its field in the high bits, and its position there. */
enum { SHEAF_PLACE_SHIFT = 29 };
#define SHEAF_PLACE_POSITIONS ((uint32_t)1 << SHEAF_PLACE_SHIFT)

typedef struct sheaf_place {
    uint32_t article, where;
} sheaf_place;

static inline uint32_t sheaf_place_field(sheaf_place place) {
    return place.where >> SHEAF_PLACE_SHIFT;
}

static inline uint32_t sheaf_place_position(sheaf_place place) {
    return place.where & (SHEAF_PLACE_POSITIONS - 1);
}

/* {0} is an empty one. */
typedef struct sheaf_chain {
    uint8_t *at, *first;
    uint32_t article; /* of the last place, plus 1; 0: there is none */
    uint32_t next;    /* place behind it */
    uint16_t left;    /* bytes of the piece */
    uint8_t pieces;
} sheaf_chain;

/* Adds a place. They come by article; those of an article by field, and of a field
 * ascending. False when memory is out. */
bool sheaf_chain_add(sheaf_chain *chain, sheaf_arena *arena, sheaf_place place);

/* All places, in order, into *out, which has room for *room of them and is made larger
 * where that is too few. *count is how many there are. False when memory is out. */
bool sheaf_chain_read(const sheaf_chain *chain, sheaf_place **out, size_t *room, size_t *count);

#endif
