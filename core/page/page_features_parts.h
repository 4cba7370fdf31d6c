/* page_features_parts.h - what the two halves of the features share: page_features.c
 * measures blocks, page_features_rows.c makes rows of numbers of them. */
#ifndef SHEAF_READ_PAGE_FEATURES_PARTS_H
#define SHEAF_READ_PAGE_FEATURES_PARTS_H

#include "page/page_boxes.h"
#include "page/page_compare.h"

typedef struct sheaf_page_path_slot {
    uint32_t key; /* 0: free */
    uint32_t prose;
    uint32_t blocks;
} sheaf_page_path_slot;

typedef struct sheaf_page_text_slot {
    uint64_t hash; /* 0: free */
    uint32_t blocks;
} sheaf_page_text_slot;

struct sheaf_page_features {
    const sheaf_page *page;
    sheaf_page_block_facts *facts;
    size_t facts_capacity;
    int16_t *rows; /* of the blocks in doubt; one more for a row that is asked for */
    uint32_t *doubtful;
    size_t doubtful_count;
    sheaf_page_hashes hashes;
    sheaf_page_boxes boxes;
    sheaf_page_compare compare;
    sheaf_page_path_slot *paths;
    sheaf_page_text_slot *texts; /* of blocks */
    size_t table_capacity;
    size_t table_size;
    uint32_t main_path;
    uint32_t main_parent_path;
    uint32_t *starts; /* how many blocks begin with these two words, by slot */
    uint32_t headline;
    uint32_t h1_count;
    uint32_t ld_words; /* of blocks that JSON-LD says too */
    uint32_t ld_first; /* the first and last such block; none: first > last */
    uint32_t ld_last;
};

static inline const sheaf_page_element *sheaf_page_features_element(const sheaf_page_features *f,
                                                                    size_t block) {
    return &f->page->elements[f->page->blocks[block].element];
}

static inline const sheaf_page_box *sheaf_page_features_box(const sheaf_page_features *f,
                                                            uint32_t index) {
    return index == SHEAF_PAGE_NONE ? NULL : &f->boxes.items[index];
}

/* Thousandths; no more than all. */
static inline uint16_t sheaf_page_share(uint32_t part, uint32_t whole) {
    if (whole == 0)
        return 0;
    if (part >= whole)
        return 1000;
    if (part < UINT32_MAX / 1000)
        return (uint16_t)(part * 1000 / whole);
    return (uint16_t)((uint64_t)part * 1000 / whole);
}

/* Notes of each block what stands before and behind it. */
void sheaf_page_features_walk(sheaf_page_features *features);

/* Writes the row of a block. */
void sheaf_page_features_put(const sheaf_page_features *features, int16_t *row, size_t block);

#endif
