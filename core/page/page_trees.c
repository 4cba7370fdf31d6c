/* page_trees.c - walks the trees, eight blocks abreast.
 *
 * A walk down one tree is a chain of loads, each waiting for the one before;
 * eight chains side by side hide that. All leaves of a tree lie at its greatest
 * depth, as it were, because a leaf leads to itself: no branch to guess.
 *
 * After some trees there is no doubt about most blocks of a page: menus, footers,
 * plain paragraphs. They are left there and the others close ranks; the table says
 * from training which sums leave no doubt. */
#include "page/page_trees.h"

#include <math.h>
#include <stdbool.h>

enum { ABREAST = 8, CHUNK = 512, LOG_ODDS = 2048 };

/* Rows on their way through the trees. */
typedef struct rank {
    const int16_t *rows;
    size_t stride;
    int32_t sums[CHUNK + 1]; /* the last takes what rows that fill up a group come to */
    uint16_t doubtful[CHUNK + ABREAST];
    size_t count;
} rank;

/* Adds the values of some trees to the sums of eight rows. */
static void walk(rank *r, const uint16_t *members, int tree, int until) {
    const int16_t *rows[ABREAST];
    for (int i = 0; i < ABREAST; i++)
        rows[i] = r->rows + (members[i] == CHUNK ? 0 : members[i]) * r->stride;
    int32_t sums[ABREAST] = {0};
    for (; tree < until; tree++) {
        const sheaf_page_tree_node *nodes = sheaf_page_trees_nodes + sheaf_page_trees_starts[tree];
        const int16_t *values = sheaf_page_trees_values + sheaf_page_trees_starts[tree];
        uint32_t at[ABREAST] = {0};
        for (int depth = sheaf_page_trees_depths[tree]; depth > 0; depth--)
            for (int i = 0; i < ABREAST; i++) {
                sheaf_page_tree_node node = nodes[at[i]];
                at[i] = node.left + (uint32_t)(rows[i][node.feature] > node.threshold);
            }
        for (int i = 0; i < ABREAST; i++)
            sums[i] += values[at[i]];
    }
    for (int i = 0; i < ABREAST; i++)
        r->sums[members[i]] += sums[i];
}

/* Leaves the rows that are beyond doubt. */
static void close_ranks(rank *r, sheaf_page_tree_doubt doubt) {
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        int32_t sum = r->sums[r->doubtful[i]];
        if (sum > doubt.low && sum < doubt.high)
            r->doubtful[count++] = r->doubtful[i];
    }
    r->count = count;
}

static void score_chunk(rank *r) {
    int tree = 0;
    for (int check = 0; tree < sheaf_page_trees_count && r->count > 0; check++) {
        int until = tree + sheaf_page_trees_check_every;
        until = until < sheaf_page_trees_count ? until : sheaf_page_trees_count;
        for (size_t i = r->count; i < r->count + ABREAST; i++)
            r->doubtful[i] = CHUNK;
        for (size_t i = 0; i < r->count; i += ABREAST)
            walk(r, r->doubtful + i, tree, until);
        close_ranks(r, sheaf_page_trees_doubts[check]);
        tree = until;
    }
}

void sheaf_page_trees_score(float *scores, const int16_t *rows, size_t stride, size_t count) {
    for (size_t from = 0; from < count; from += CHUNK) {
        rank r = {.rows = rows + from * stride, .stride = stride};
        r.count = count - from < CHUNK ? count - from : CHUNK;
        for (size_t i = 0; i < r.count; i++) {
            r.doubtful[i] = (uint16_t)i;
            r.sums[i] = sheaf_page_trees_base;
        }
        size_t all = r.count;
        score_chunk(&r);
        for (size_t i = 0; i < all; i++)
            scores[from + i] = 1.0f / (1.0f + expf(-(float)r.sums[i] / LOG_ODDS));
    }
}
