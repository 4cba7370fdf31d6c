/* selector_parts.h - a compiled selector: selector_parse.c makes it, selector.c
 * matches it.
 *
 *   "nav a, .x > p:not(.y)"
 *
 *   compounds   nav   a   .x   p         bit i of a mask is compound i
 *   combinator   -   ' '   -   '>'       to the compound before; - begins
 *   ends              *         *        the last of each alternative
 */
#ifndef SHEAF_READ_SELECTOR_PARTS_H
#define SHEAF_READ_SELECTOR_PARTS_H

#include "base/arena.h"
#include "base/hash.h"
#include "page/selector.h"

typedef enum sheaf_test_kind {
    SHEAF_TEST_TAG,  /* number */
    SHEAF_TEST_NAME, /* a tag that html_tags.h does not know */
    SHEAF_TEST_CLASS,
    SHEAF_TEST_ID,
    SHEAF_TEST_HAVING, /* [name] */
    SHEAF_TEST_EQUAL,
    SHEAF_TEST_WORD,   /* ~= */
    SHEAF_TEST_DASH,   /* |= */
    SHEAF_TEST_START,  /* ^= */
    SHEAF_TEST_FINISH, /* $= */
    SHEAF_TEST_PART,   /* *= */
    SHEAF_TEST_FIRST,
    SHEAF_TEST_LAST,
    SHEAF_TEST_NTH, /* step, offset */
    SHEAF_TEST_EMPTY,
    SHEAF_TEST_ROOT,
    SHEAF_TEST_CONTAINS, /* number: of the cursor */
    SHEAF_TEST_IS,       /* list */
    SHEAF_TEST_NOT,
    SHEAF_TEST_HAS /* children, below: bits of inner compounds */
} sheaf_test_kind;

typedef struct sheaf_test sheaf_test;

/* What one element is asked. */
typedef struct sheaf_compound {
    uint64_t names; /* bits of the classes and ids that it needs; see sheaf_name_bit */
    sheaf_test *tests;
    struct sheaf_compound *next; /* in lists of :is and :not */
} sheaf_compound;

struct sheaf_test {
    sheaf_test_kind kind;
    bool fold;     /* value is compared without case */
    uint64_t hash; /* of a class or id: sheaf_name_hash */
    uint32_t number;
    int32_t step;
    int32_t offset;
    sheaf_slice name;
    sheaf_slice value;
    sheaf_compound *list;
    uint64_t children;
    uint64_t below;
    sheaf_test *next;
};

enum { SHEAF_SELECTOR_CURSORS = 16 };

struct sheaf_selector {
    sheaf_arena arena;
    sheaf_compound compounds[SHEAF_SELECTOR_COMPOUNDS];
    size_t count;
    uint64_t starts, descendants, children, adjacent, siblings, ends; /* masks of compounds */
    sheaf_compound *inner[SHEAF_SELECTOR_COMPOUNDS];                  /* of all :has */
    size_t inner_count;
    size_t cursor_count; /* of all :contains */
};

static inline uint64_t sheaf_name_hash(sheaf_slice name, bool is_id) {
    return sheaf_hash64(name) + (is_id ? 31 : 0);
}

/* One bit of 64 for a name, so that most elements are passed over without
 * comparing bytes. */
static inline uint64_t sheaf_name_bit(uint64_t hash) {
    return (uint64_t)1 << (hash & 63);
}

#endif
