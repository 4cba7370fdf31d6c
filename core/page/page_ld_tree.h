/* page_ld_tree.h - the JSON in a page's scripts, as a flat tree, mended where broken. */
#ifndef SHEAF_READ_PAGE_LD_TREE_H
#define SHEAF_READ_PAGE_LD_TREE_H

#include "base/arena.h"

#define SHEAF_LD_NONE UINT32_MAX

typedef enum sheaf_ld_kind {
    SHEAF_LD_OBJECT,
    SHEAF_LD_ARRAY,
    SHEAF_LD_STRING,
    SHEAF_LD_OTHER /* numbers, true, false, null */
} sheaf_ld_kind;

typedef struct sheaf_ld_node {
    sheaf_slice key; /* raw; empty in arrays */
    sheaf_slice raw; /* strings: between the quotes; others: as written; empty for containers */
    uint32_t parent;
    uint32_t first; /* first child, or SHEAF_LD_NONE */
    uint32_t last;
    uint32_t next; /* next sibling, or SHEAF_LD_NONE */
    uint8_t kind;  /* sheaf_ld_kind */
    bool escaped;
} sheaf_ld_node;

/* Node 0 is an array of all that stood at the top of any script. {.arena = …} is an
 * empty tree; it lives in the arena. */
typedef struct sheaf_ld_tree {
    sheaf_arena *arena;
    sheaf_ld_node *nodes;
    size_t count;
    size_t capacity;
} sheaf_ld_tree;

/* Adds the values of one script. Never fails: what cannot be read is passed over. The
 * script must outlive the tree. */
void sheaf_ld_tree_read(sheaf_ld_tree *tree, sheaf_slice script);

/* The member of an object, or NULL. */
const sheaf_ld_node *sheaf_ld_member(const sheaf_ld_tree *tree, const sheaf_ld_node *object,
                                     const char *key);

/* The first child and the next sibling, or NULL. */
static inline const sheaf_ld_node *sheaf_ld_at(const sheaf_ld_tree *tree, uint32_t index) {
    return index == SHEAF_LD_NONE ? NULL : &tree->nodes[index];
}

/* A string (or number), unescaped into the arena; empty for all else. References of
 * HTML are left as they are. */
sheaf_slice sheaf_ld_text(const sheaf_ld_tree *tree, const sheaf_ld_node *node);

#endif
