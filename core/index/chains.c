/* chains.c - writes numbers into pieces, and reads them.
 *
 * A reader knows where a piece ends as the writer did: the sizes follow from one
 * another, and a piece is left when another number might not fit. */
#include "index/chains.h"

#include <string.h>

#include "base/memory.h"
#include "index/bits.h"

enum {
    SMALLEST = 16,
    DOUBLINGS = 6, /* up to 1024 bytes */
    LINK = sizeof(uint8_t *),
    NUMBER = 5, /* most bytes of one */
    ARTICLE = 1,
    FIELD = 2,
    USUAL = 3 /* the field that an article begins with: the text */
};

static uint32_t size_of(unsigned piece) {
    return (uint32_t)SMALLEST << (piece < DOUBLINGS ? piece : DOUBLINGS);
}

/* ---- writing -------------------------------------------------------------------- */

static bool grow(sheaf_chain *chain, sheaf_arena *arena) {
    uint32_t size = size_of(chain->pieces);
    uint8_t *piece = sheaf_arena_alloc(arena, size);
    if (!piece)
        return false;
    if (chain->first)
        memcpy(chain->at + chain->left, &piece, LINK);
    else
        chain->first = piece;
    chain->at = piece;
    chain->left = (uint16_t)(size - LINK);
    if (chain->pieces < DOUBLINGS)
        chain->pieces++;
    return true;
}

static inline bool put(sheaf_chain *chain, sheaf_arena *arena, uint32_t number, unsigned kind) {
    if (chain->left < NUMBER && !grow(chain, arena))
        return false;
    uint8_t *at = chain->at;
    for (number = number << 2 | kind; number >= 0x80; number >>= 7)
        *at++ = (uint8_t)(0x80 | (number & 0x7F));
    *at++ = (uint8_t)number;
    chain->left = (uint16_t)(chain->left - (at - chain->at));
    chain->at = at;
    return true;
}

bool sheaf_chain_add(sheaf_chain *chain, sheaf_arena *arena, sheaf_place place) {
    if (place.article + 1 != chain->article) {
        if (!put(chain, arena, place.article + 1 - chain->article, ARTICLE))
            return false;
        chain->article = place.article + 1;
        chain->next = (uint32_t)USUAL << SHEAF_PLACE_SHIFT;
    }
    uint32_t field = sheaf_place_field(place);
    if (field != chain->next >> SHEAF_PLACE_SHIFT) {
        if (!put(chain, arena, field, FIELD))
            return false;
        chain->next = field << SHEAF_PLACE_SHIFT;
    }
    uint32_t distance = place.where - chain->next;
    chain->next = place.where + 1;
    return put(chain, arena, distance, 0);
}

/* ---- reading -------------------------------------------------------------------- */

/* Room for what size bytes may hold. */
static bool reserve(sheaf_place **out, size_t *room, size_t count, size_t size) {
    if (*room - count >= size)
        return true;
    size_t more = 2 * *room + size + 256;
    sheaf_place *bigger = sheaf_realloc(*out, more * sizeof *bigger);
    if (!bigger)
        return false;
    *out = bigger;
    *room = more;
    return true;
}

/* A number without a branch: which size is next is nobody's guess. Behind the last number of
 * a piece is its link, so that eight bytes can be read. */
static inline const uint8_t *take(const uint8_t *at, uint32_t *number) {
    uint64_t some = sheaf_bits_load(at);
    unsigned size = (unsigned)__builtin_ctzll((~some & 0x8080808080u) | (uint64_t)1 << 39) / 8 + 1;
    some &= ((uint64_t)1 << 8 * size) - 1;
    *number = (uint32_t)((some & 0x7F) | (some >> 1 & 0x3F80) | (some >> 2 & 0x1FC000) |
                         (some >> 3 & 0xFE00000) | (some >> 4 & 0xF0000000));
    return at + size;
}

/* The places of a piece, from at to end; next is what the next one is told from. */
static sheaf_place *read_piece(const uint8_t *at, const uint8_t *end, sheaf_place *next,
                               sheaf_place *out) {
    sheaf_place here = *next;
    while (at < end) {
        uint32_t number;
        at = take(at, &number);
        uint32_t kind = number & 3;
        number >>= 2;
        here.article += kind == ARTICLE ? number : 0;
        here.where = kind == 0         ? here.where + number
                     : kind == ARTICLE ? (uint32_t)USUAL << SHEAF_PLACE_SHIFT
                                       : number << SHEAF_PLACE_SHIFT;
        *out = here;
        out += kind == 0;
        here.where += kind == 0;
    }
    *next = here;
    return out;
}

bool sheaf_chain_read(const sheaf_chain *chain, sheaf_place **out, size_t *room, size_t *count) {
    const uint8_t *piece = chain->first, *last = chain->at + chain->left;
    sheaf_place next = {UINT32_MAX, 0};
    *count = 0;
    for (unsigned i = 0; piece; i++) {
        uint32_t size = size_of(i);
        const uint8_t *link = piece + size - LINK, *behind = NULL;
        bool newest = link == last;
        if (!newest) {
            memcpy(&behind, link, LINK);
            __builtin_prefetch(behind);
            __builtin_prefetch(behind + size_of(i + 1) - LINK);
        }
        if (!reserve(out, room, *count, size))
            return false;
        const uint8_t *end = newest ? chain->at : link - NUMBER + 1;
        *count = (size_t)(read_piece(piece, end, &next, *out + *count) - *out);
        piece = behind;
    }
    return true;
}
