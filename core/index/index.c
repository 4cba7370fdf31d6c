/* index.c - opens a segment and finds words in it. */
#include "index/index.h"

#include "base/hash.h"
#include "base/slice.h"
#include "base/status.h"

/* The footer, in order of its bytes:
 *
 *   0 magic  8 version  12 flags  16 first  24 docs  32 length  40 words  48 stems
 *   56 to 111: sizes of the seven sections before it  112 zero  120 checksum */
enum { SECTIONS = 7, SIZES_AT = 56, CHECKSUM_AT = 120, VERSION = 1 };

static uint64_t number_at(sheaf_slice footer, size_t at) {
    return sheaf_bits_load((const uint8_t *)footer.data + at);
}

/* Cuts the sections off, in order. False when they do not fill the bytes. */
static bool cut(sheaf_slice bytes, sheaf_slice footer, sheaf_slice section[SECTIONS]) {
    uint64_t at = 0, end = bytes.size - SHEAF_INDEX_FOOTER;
    for (size_t i = 0; i < SECTIONS; i++) {
        uint64_t size = number_at(footer, SIZES_AT + 8 * i);
        if (size > end - at)
            return false;
        section[i] = sheaf_slice_part(bytes, (size_t)at, (size_t)(at + size));
        at += size;
    }
    return at == end;
}

static bool tags_are_sound(sheaf_slice tags) {
    return tags.size <= 1024 && (tags.size == 0 || tags.data[tags.size - 1] == 0);
}

/* ---- values of words ------------------------------------------------------------- */

/* The first byte is the mask, from 0xE0 on; else the word has the list ALL alone, and the
 * byte is of its count. */
enum { MASKED = 0xE0 };

static bool take_mask(sheaf_slice *value, uint8_t *mask) {
    *mask = 1u << SHEAF_LIST_ALL;
    if (value->size == 0)
        return false;
    if ((uint8_t)*value->data >= MASKED) {
        *mask = (uint8_t)*value->data++ & (uint8_t)~MASKED;
        value->size--;
    }
    return true;
}

/* Where lists begin (in the first value of a block), mask, then two counts a list. */
static size_t measure(sheaf_slice rest, bool first) {
    size_t before = rest.size;
    uint64_t number;
    uint8_t mask;
    if ((first && !sheaf_varint_take(&rest, &number)) || !take_mask(&rest, &mask))
        return SIZE_MAX;
    for (unsigned i = 2 * (unsigned)__builtin_popcount(mask); i > 0; i--) {
        if (!sheaf_varint_take(&rest, &number))
            return SIZE_MAX;
    }
    return before - rest.size;
}

/* ---- opening -------------------------------------------------------------------- */

sheaf_status sheaf_index_open(sheaf_index *out, sheaf_slice bytes, sheaf_error *error) {
    sheaf_slice section[SECTIONS];
    sheaf_index index = {.bytes = bytes};
    if (bytes.size < SHEAF_INDEX_FOOTER)
        return sheaf_fail(error, SHEAF_CORRUPT, "the index is cut off");
    sheaf_slice footer = sheaf_slice_part(bytes, bytes.size - SHEAF_INDEX_FOOTER, bytes.size);
    if (!sheaf_slice_starts(footer, SLICE("SHEAFIDX")) ||
        sheaf_hash64(sheaf_slice_part(footer, 0, CHECKSUM_AT)) != number_at(footer, CHECKSUM_AT))
        return sheaf_fail(error, SHEAF_CORRUPT, "the index has no sound footer");
    uint64_t version = number_at(footer, 8);
    if ((version & 0xFFFFFFFF) != VERSION || version >> 33 != 0)
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "the index is of a newer version");
    uint64_t docs = number_at(footer, 24);
    index.positions = (version >> 32 & 1) != 0;
    index.first = number_at(footer, 16);
    index.docs = (uint32_t)docs;
    index.length = number_at(footer, 32);
    if (docs > INT32_MAX || index.first > INT64_MAX - docs || !cut(bytes, footer, section) ||
        section[5].size != docs || !tags_are_sound(section[6]) ||
        !sheaf_table_open(&index.words, section[1], section[2], number_at(footer, 40), measure) ||
        !sheaf_table_open(&index.stems, section[3], section[4], number_at(footer, 48), NULL))
        return sheaf_fail(error, SHEAF_CORRUPT, "sizes in the index do not fit");
    index.lists = section[0];
    index.norms = (const uint8_t *)section[5].data;
    index.languages = section[6];
    *out = index;
    return SHEAF_OK;
}

/* ---- words ---------------------------------------------------------------------- */

/* Reads what the walk stands on. Lists follow one another; the first word of a
 * block says where. */
static bool read_term(sheaf_term_walk *w) {
    sheaf_slice value = w->walk.value;
    sheaf_term *term = &w->term;
    term->number = w->walk.number;
    if ((w->walk.number % SHEAF_TABLE_BLOCK == 0 && !sheaf_varint_take(&value, &w->end)) ||
        !take_mask(&value, &term->mask))
        return false;
    for (unsigned i = 0; i < SHEAF_LIST_COUNT; i++) {
        if (!(term->mask >> i & 1))
            continue;
        if (!sheaf_varint_take(&value, &term->articles[i]) ||
            !sheaf_varint_take(&value, &term->size[i]) || w->end > w->index->lists.size ||
            term->size[i] > w->index->lists.size - w->end || term->articles[i] > w->index->docs)
            return false;
        term->offset[i] = w->end;
        w->end += term->size[i];
    }
    return true;
}

static bool stand(sheaf_term_walk *w, bool there) {
    if (there && read_term(w))
        return true;
    w->broken = there || w->walk.broken;
    return false;
}

bool sheaf_term_walk_next(sheaf_term_walk *w) {
    return !w->broken && stand(w, sheaf_table_walk_next(&w->walk));
}

static bool walk_block(sheaf_term_walk *w, const sheaf_index *index, uint64_t block) {
    w->index = index;
    w->broken = false;
    w->end = 0;
    return stand(w, sheaf_table_walk_block(&w->walk, &index->words, block));
}

bool sheaf_term_walk_from(sheaf_term_walk *w, const sheaf_index *index, sheaf_slice key) {
    bool there = walk_block(w, index, sheaf_table_block_of(&index->words, key));
    while (there && sheaf_slice_compare(sheaf_table_key(&w->walk), key) < 0)
        there = sheaf_term_walk_next(w);
    return there;
}

bool sheaf_term_walk_number(sheaf_term_walk *w, const sheaf_index *index, uint64_t number) {
    bool there = walk_block(w, index, number / SHEAF_TABLE_BLOCK);
    while (there && w->walk.number < number)
        there = sheaf_term_walk_next(w);
    return there;
}

sheaf_status sheaf_index_find(const sheaf_index *index, sheaf_slice key, sheaf_term *term,
                              sheaf_error *error) {
    sheaf_term_walk walk;
    bool there = sheaf_term_walk_from(&walk, index, key);
    if (walk.broken)
        return sheaf_fail(error, SHEAF_CORRUPT, "the words of the index are damaged");
    if (!there || !sheaf_slice_equal(sheaf_table_key(&walk.walk), key))
        return SHEAF_MISSING;
    *term = walk.term;
    return SHEAF_OK;
}

sheaf_list sheaf_index_list_of(const sheaf_index *index, const sheaf_term *term, unsigned which) {
    return (sheaf_list){(const uint8_t *)index->lists.data + term->offset[which], term->size[which],
                        term->articles[which], index->docs, index->positions};
}
