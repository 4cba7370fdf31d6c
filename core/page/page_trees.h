/* page_trees.h - boosted trees over the features of blocks. */
#ifndef SHEAF_READ_PAGE_TREES_H
#define SHEAF_READ_PAGE_TREES_H

#include <stddef.h>
#include <stdint.h>

/* One node: go to left when the feature is at most threshold, else to left + 1.
 * left counts from the root of the tree. A leaf leads to itself. */
typedef struct sheaf_page_tree_node {
    int16_t threshold;
    uint8_t feature;
    uint8_t left;
} sheaf_page_tree_node;

/* Outside of these sums a block will not turn any more. */
typedef struct sheaf_page_tree_doubt {
    int32_t low;
    int32_t high;
} sheaf_page_tree_doubt;

/* The table: page_trees_table.c, made by bench/extract/train.py. */
extern const int32_t sheaf_page_trees_base;
extern const int32_t sheaf_page_trees_count;
extern const int32_t sheaf_page_trees_features;
extern const uint16_t sheaf_page_trees_starts[];
extern const uint8_t sheaf_page_trees_depths[];
extern const sheaf_page_tree_node sheaf_page_trees_nodes[];
extern const int16_t sheaf_page_trees_values[];
extern const int32_t sheaf_page_trees_check_every;
extern const sheaf_page_tree_doubt sheaf_page_trees_doubts[];

/* Scores count rows that stand stride numbers apart: how sure it is, from 0 to 1,
 * that the block is a part of the story. */
void sheaf_page_trees_score(float *scores, const int16_t *rows, size_t stride, size_t count);

#endif
