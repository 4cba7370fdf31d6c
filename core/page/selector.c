/* selector.c - finds the elements of a page that a selector matches.
 *
 * One walk down the table, parents before children. For each element a mask
 * says which compounds it matches, with all that stands before them:
 *
 *   "nav a > b"     nav 001     ul 000     a 010     b 100  ◄ the end: a match
 *
 * so what a combinator asks about (the parent, any ancestor, the sibling before,
 * any before) is a mask that is there already, nothing is tried twice, and the
 * time is linear whatever the selector. For :has the walk goes over the table
 * once before, to see what its inner compounds match, and hands that up. */
#include "page/selector.h"

#include "base/memory.h"
#include "base/slice.h"
#include "page/selector_parts.h"

/* What is looked up once for each element. */
typedef struct names {
    uint64_t bits; /* sheaf_name_bit of its classes and its id */
    sheaf_slice classes;
    sheaf_slice id;
} names;

/* Of :contains: the first place of its text at or behind `from`. */
typedef struct cursor {
    size_t from;
    size_t next;
} cursor;

enum { MASKS = 6, PAGE_BITS = 4096 };

struct sheaf_selection {
    const sheaf_page *page;
    names *names;
    uint64_t bits[PAGE_BITS / 64]; /* of all names on the page */
    size_t capacity;               /* of names and the masks */
    uint64_t *masks; /* MASKS arrays of capacity + 1: the last is the parent of roots */
    uint64_t *own;   /* compounds that an element matches */
    uint64_t *all;   /* the same of it and its ancestors */
    uint64_t *last;  /* of its child that was walked last */
    uint64_t *any;   /* of all its children that were walked */
    uint64_t *kids;  /* inner compounds of :has that its children match */
    uint64_t *deep;  /* the same of all below it */
    uint32_t *found;
    sheaf_arena arena; /* names with references, decoded */
    sheaf_buffer value;
    cursor cursors[SHEAF_SELECTOR_CURSORS];
};

sheaf_selection *sheaf_selection_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_selection));
}

static void free_tables(sheaf_selection *s) {
    sheaf_free(s->names);
    sheaf_free(s->masks);
    sheaf_free(s->found);
    s->names = NULL;
    s->masks = NULL;
    s->found = NULL;
    s->capacity = 0;
}

void sheaf_selection_free(sheaf_selection *selection) {
    if (!selection)
        return;
    free_tables(selection);
    sheaf_arena_clear(&selection->arena);
    sheaf_buffer_clear(&selection->value);
    sheaf_free(selection);
}

/* ---- names ----------------------------------------------------------------------- */

static bool grow(sheaf_selection *s, size_t count) {
    if (s->masks && count <= s->capacity)
        return true;
    size_t capacity = count + count / 2 + 64;
    free_tables(s);
    if (capacity > SIZE_MAX / MASKS / sizeof(names))
        return false;
    s->names = sheaf_malloc(capacity * sizeof *s->names);
    s->masks = sheaf_malloc(MASKS * (capacity + 1) * sizeof *s->masks);
    s->found = sheaf_malloc(capacity * sizeof *s->found);
    if (!s->names || !s->masks || !s->found)
        return free_tables(s), false;
    s->capacity = capacity;
    uint64_t **const masks[MASKS] = {&s->own, &s->all, &s->last, &s->any, &s->kids, &s->deep};
    for (size_t i = 0; i < MASKS; i++)
        *masks[i] = s->masks + i * (capacity + 1);
    return true;
}

static bool next_word(sheaf_slice text, size_t *at, sheaf_slice *word) {
    while (*at < text.size && sheaf_is_space(text.data[*at]))
        ++*at;
    size_t from = *at;
    while (*at < text.size && !sheaf_is_space(text.data[*at]))
        ++*at;
    *word = sheaf_slice_part(text, from, *at);
    return *at > from;
}

/* References in names are rare: only then there is anything to decode. */
static sheaf_slice decoded(sheaf_selection *s, sheaf_slice value) {
    if (sheaf_slice_find_char(value, 0, '&') == SIZE_MAX)
        return value;
    sheaf_buffer_reset(&s->value);
    sheaf_html_unescape(&s->value, value, true);
    return sheaf_arena_copy(&s->arena, sheaf_buffer_view(&s->value));
}

/* The word of the page's bits in which a name has its own, which is put in *bit. */
static uint64_t *page_word(sheaf_selection *s, uint64_t hash, uint64_t *bit) {
    *bit = (uint64_t)1 << (hash >> 6 & 63);
    return &s->bits[(hash >> 12) % (PAGE_BITS / 64)];
}

/* Notes a name of an element; returns its bit. */
static uint64_t note(sheaf_selection *s, sheaf_slice name, bool is_id) {
    uint64_t bit, hash = sheaf_name_hash(name, is_id);
    uint64_t *word = page_word(s, hash, &bit);
    *word |= bit;
    return sheaf_name_bit(hash);
}

static void look_up(sheaf_selection *s, const sheaf_page_element *element, names *out) {
    sheaf_slice word;
    size_t at = 0;
    *out = (names){0};
    if (element->flags & SHEAF_PAGE_HAS_CLASS &&
        sheaf_page_attribute(element, "class", &out->classes)) {
        out->classes = decoded(s, out->classes);
        while (next_word(out->classes, &at, &word))
            out->bits |= note(s, word, false);
    }
    if (element->flags & SHEAF_PAGE_HAS_ID && sheaf_page_attribute(element, "id", &out->id)) {
        out->id = decoded(s, out->id);
        out->bits |= note(s, out->id, true);
    }
}

bool sheaf_selection_begin(sheaf_selection *selection, const sheaf_page *page) {
    selection->page = page;
    sheaf_arena_reset(&selection->arena);
    if (!grow(selection, page->element_count))
        return false;
    memset(selection->bits, 0, sizeof selection->bits);
    for (size_t i = 0; i < page->element_count; i++)
        look_up(selection, &page->elements[i], &selection->names[i]);
    return !selection->arena.failed && !selection->value.failed;
}

/* ---- one test ---------------------------------------------------------------------- */

static bool same(sheaf_slice a, sheaf_slice b, bool fold) {
    return fold ? sheaf_slice_equal_fold(a, b) : sheaf_slice_equal(a, b);
}

static bool has_word(sheaf_slice text, sheaf_slice wanted, bool fold) {
    sheaf_slice word;
    size_t at = 0;
    while (next_word(text, &at, &word)) {
        if (same(word, wanted, fold))
            return true;
    }
    return false;
}

static bool has_part(sheaf_slice text, sheaf_slice wanted, bool fold) {
    if (!fold)
        return sheaf_slice_find(text, 0, wanted) != SIZE_MAX;
    for (size_t at = 0; at + wanted.size <= text.size; at++) {
        if (sheaf_slice_equal_fold(sheaf_slice_part(text, at, at + wanted.size), wanted))
            return true;
    }
    return false;
}

static bool value_fits(const sheaf_test *test, sheaf_slice value) {
    sheaf_slice wanted = test->value;
    size_t size = wanted.size, rest = value.size - size;
    bool fits = value.size >= size;
    switch (test->kind) {
    case SHEAF_TEST_EQUAL: return same(value, wanted, test->fold);
    case SHEAF_TEST_WORD: return has_word(value, wanted, test->fold);
    case SHEAF_TEST_DASH:
        return fits && same(sheaf_slice_part(value, 0, size), wanted, test->fold) &&
               (rest == 0 || value.data[size] == '-');
    case SHEAF_TEST_START:
        return fits && size && same(sheaf_slice_part(value, 0, size), wanted, test->fold);
    case SHEAF_TEST_FINISH:
        return fits && size && same(sheaf_slice_part(value, rest, value.size), wanted, test->fold);
    case SHEAF_TEST_PART: return fits && size && has_part(value, wanted, test->fold);
    default: return true; /* HAVING */
    }
}

static bool attribute_fits(sheaf_selection *s, const sheaf_test *test,
                           const sheaf_page_element *element) {
    sheaf_slice value;
    if (!element->attributes.size || !sheaf_page_attribute(element, test->name.data, &value))
        return false;
    if (test->kind != SHEAF_TEST_HAVING && sheaf_slice_find_char(value, 0, '&') != SIZE_MAX) {
        sheaf_buffer_reset(&s->value);
        sheaf_html_unescape(&s->value, value, true);
        value = sheaf_buffer_view(&s->value);
    }
    return value_fits(test, value);
}

static bool is_last(const sheaf_page *page, const sheaf_page_element *element) {
    return element->end >= page->element_count ||
           page->elements[element->end].parent != element->parent;
}

/* Is there a whole n of at least 0 with step * n + offset = place? Both from 1. */
static bool nth_fits(const sheaf_test *test, uint32_t place) {
    int64_t rest = (int64_t)place + 1 - test->offset;
    if (test->step == 0)
        return rest == 0;
    return rest % test->step == 0 && rest / test->step >= 0;
}

/* Elements come in the order of their texts, so a cursor goes on from where it is. */
static bool contains(sheaf_selection *s, const sheaf_test *test,
                     const sheaf_page_element *element) {
    cursor *at = &s->cursors[test->number];
    if (element->text_from < at->from || element->text_from > at->next) {
        at->from = element->text_from;
        at->next = sheaf_slice_find(sheaf_buffer_view(&s->page->text), at->from, test->value);
    }
    return at->next != SIZE_MAX && at->next + test->value.size <= element->text_to;
}

static bool compound_fits(sheaf_selection *s, const sheaf_compound *compound, size_t number);

static bool list_fits(sheaf_selection *s, const sheaf_test *test, size_t number) {
    for (const sheaf_compound *c = test->list; c; c = c->next) {
        if (compound_fits(s, c, number))
            return true;
    }
    return false;
}

static bool test_fits(sheaf_selection *s, const sheaf_test *test, size_t number) {
    const sheaf_page_element *element = &s->page->elements[number];
    const names *known = &s->names[number];
    switch (test->kind) {
    case SHEAF_TEST_TAG: return element->tag == test->number;
    case SHEAF_TEST_NAME: return sheaf_slice_equal_fold(element->name, test->name);
    case SHEAF_TEST_CLASS: return has_word(known->classes, test->name, false);
    case SHEAF_TEST_ID: return sheaf_slice_equal(known->id, test->name);
    case SHEAF_TEST_FIRST: return element->place == 0;
    case SHEAF_TEST_LAST: return is_last(s->page, element);
    case SHEAF_TEST_NTH: return nth_fits(test, element->place);
    case SHEAF_TEST_EMPTY:
        return element->end == number + 1 && element->text_to <= element->text_from;
    case SHEAF_TEST_ROOT: return element->parent == SHEAF_PAGE_NONE;
    case SHEAF_TEST_CONTAINS: return contains(s, test, element);
    case SHEAF_TEST_IS: return list_fits(s, test, number);
    case SHEAF_TEST_NOT: return !list_fits(s, test, number);
    case SHEAF_TEST_HAS:
        return ((s->kids[number] & test->children) | (s->deep[number] & test->below)) != 0;
    default: return attribute_fits(s, test, element);
    }
}

static bool compound_fits(sheaf_selection *s, const sheaf_compound *compound, size_t number) {
    if (compound->names & ~s->names[number].bits)
        return false;
    for (const sheaf_test *test = compound->tests; test; test = test->next) {
        if (!test_fits(s, test, number))
            return false;
    }
    return true;
}

/* ---- the walks ------------------------------------------------------------------------ */

static size_t parent_of(const sheaf_selection *s, size_t number) {
    uint32_t parent = s->page->elements[number].parent;
    return parent == SHEAF_PAGE_NONE ? s->capacity : parent;
}

static void forget_cursors(sheaf_selection *s) {
    for (size_t i = 0; i < SHEAF_SELECTOR_CURSORS; i++)
        s->cursors[i] = (cursor){SIZE_MAX, 0};
}

/* What of :has the children of each element match, and what all below it. */
static void look_below(sheaf_selection *s, const sheaf_selector *selector) {
    size_t count = s->page->element_count;
    forget_cursors(s);
    for (size_t i = 0; i < count; i++) {
        s->kids[i] = s->deep[i] = 0;
        s->own[i] = 0;
        for (size_t j = 0; j < selector->inner_count; j++)
            s->own[i] |= (uint64_t)compound_fits(s, selector->inner[j], i) << j;
    }
    for (size_t i = count; i-- > 0;) {
        size_t parent = parent_of(s, i);
        if (parent == s->capacity)
            continue;
        s->kids[parent] |= s->own[i];
        s->deep[parent] |= s->own[i] | s->deep[i];
    }
}

/* The compounds that may match an element, by what stands before them. */
static uint64_t candidates(const sheaf_selection *s, const sheaf_selector *selector,
                           size_t parent) {
    return selector->starts | (s->all[parent] << 1 & selector->descendants) |
           (s->own[parent] << 1 & selector->children) |
           (s->last[parent] << 1 & selector->adjacent) | (s->any[parent] << 1 & selector->siblings);
}

static uint64_t matching(sheaf_selection *s, const sheaf_selector *selector, uint64_t open,
                         size_t number) {
    uint64_t own = 0;
    for (size_t i = 0; open; i++, open >>= 1) {
        if (open & 1 && compound_fits(s, &selector->compounds[i], number))
            own |= (uint64_t)1 << i;
    }
    return own;
}

static size_t walk(sheaf_selection *s, const sheaf_selector *selector) {
    size_t root = s->capacity, found = 0;
    forget_cursors(s);
    s->own[root] = s->all[root] = s->last[root] = s->any[root] = 0;
    for (size_t i = 0; i < s->page->element_count; i++) {
        size_t parent = parent_of(s, i);
        uint64_t own = matching(s, selector, candidates(s, selector, parent), i);
        s->own[i] = own;
        s->all[i] = own | s->all[parent];
        s->last[i] = s->any[i] = 0;
        s->last[parent] = own;
        s->any[parent] |= own;
        if (own & selector->ends)
            s->found[found++] = (uint32_t)i;
    }
    return found;
}

static bool names_are_there(sheaf_selection *s, const sheaf_compound *compound) {
    for (const sheaf_test *test = compound->tests; test; test = test->next) {
        uint64_t bit;
        const uint64_t *word = page_word(s, test->hash, &bit);
        if ((test->kind == SHEAF_TEST_CLASS || test->kind == SHEAF_TEST_ID) && !(*word & bit))
            return false;
    }
    return true;
}

/* Is there an alternative all of whose names are somewhere on the page? Rules for
 * another make of the same site are passed over by this without a walk. */
static bool may_match(sheaf_selection *s, const sheaf_selector *selector) {
    bool fits = true;
    for (size_t i = 0; i < selector->count; i++) {
        uint64_t bit = (uint64_t)1 << i;
        fits = (fits || selector->starts & bit) && names_are_there(s, &selector->compounds[i]);
        if (fits && selector->ends & bit)
            return true;
    }
    return false;
}

bool sheaf_selection_find(sheaf_selection *selection, const sheaf_selector *selector,
                          const uint32_t **elements, size_t *count) {
    *elements = selection->found;
    *count = 0;
    if (!may_match(selection, selector))
        return !selection->value.failed;
    if (selector->inner_count)
        look_below(selection, selector);
    *count = walk(selection, selector);
    return !selection->value.failed;
}
