/* page_boxes.h - the block-level elements that hold text, and sums over them.
 *
 * Blocks that begin in an element are a range, so what a box holds is the
 * difference of two running sums. Boxes stand parents first. */
#ifndef SHEAF_READ_PAGE_BOXES_H
#define SHEAF_READ_PAGE_BOXES_H

#include "page/page_features.h"

typedef struct sheaf_page_sums {
    uint32_t words;
    uint32_t linked; /* words in links, in thousandths */
    uint32_t prose;  /* words of blocks that look like prose */
    uint32_t sentences;
    uint32_t images;
    uint32_t inputs;
} sheaf_page_sums;

typedef struct sheaf_page_box {
    uint32_t element;
    uint32_t parent; /* SHEAF_PAGE_NONE for the root */
    uint32_t first_block;
    uint32_t block_end;
    uint32_t depth;
    uint32_t place;    /* among the boxes of its parent */
    uint32_t children; /* boxes directly in it */
    uint32_t classes;  /* its own, and those of inline elements between it and its parent */
    uint32_t score;    /* how much it looks like the container of the story */
    uint32_t article;  /* the nearest box around, or it, of that sort; SHEAF_PAGE_NONE */
    uint32_t main;
    uint32_t story;
    uint32_t body;
    uint8_t distance[SHEAF_PAGE_WORD_COUNT]; /* steps up to a box with such a class */
} sheaf_page_box;

enum { SHEAF_PAGE_FAR = 13 }; /* the greatest distance */

typedef struct sheaf_page_boxes {
    sheaf_page_box *items;
    size_t count;
    size_t capacity;
    uint32_t *of_element; /* by element: the box that it is or stands in */
    size_t of_element_capacity;
    sheaf_page_sums *sums; /* before block i; one more than blocks */
    size_t sums_capacity;
    uint32_t top; /* the box that looks most like the story; SHEAF_PAGE_NONE */
    uint32_t articles;
} sheaf_page_boxes;

/* Makes the boxes and sets facts[].box, link_bytes, images, … False: no memory. */
bool sheaf_page_boxes_make(sheaf_page_boxes *boxes, const sheaf_page *page,
                           sheaf_page_block_facts *facts);

/* Sums up facts (after their text has been measured) and finds the top box. */
bool sheaf_page_boxes_sum(sheaf_page_boxes *boxes, const sheaf_page *page,
                          const sheaf_page_block_facts *facts);

void sheaf_page_boxes_clear(sheaf_page_boxes *boxes);

/* What stands in the blocks [from, to), which are clamped. */
sheaf_page_sums sheaf_page_sums_between(const sheaf_page_boxes *boxes, size_t blocks, long from,
                                        long to);
sheaf_page_sums sheaf_page_sums_of(const sheaf_page_boxes *boxes, const sheaf_page_box *box);

#endif
