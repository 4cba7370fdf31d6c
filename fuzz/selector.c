/* selector.c - a selector (the first line) compiled and looked for in a page (the
 * rest). What is refused has a message; what is found comes in order, and an element
 * is found by a selector or by its :not, never by both. */
#include <stdio.h>
#include <stdlib.h>

#include "base/slice.h"
#include "page/selector.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

/* Marks what selector finds in page with bit. */
static void find(const sheaf_page *page, sheaf_slice text, uint8_t *marks, uint8_t bit) {
    sheaf_selector *selector = NULL;
    sheaf_error error = {0};
    if (sheaf_selector_compile(&selector, text, &error) != SHEAF_OK) {
        if (error.message[0] == '\0')
            abort();
        return;
    }
    sheaf_selection *selection = sheaf_selection_new();
    const uint32_t *found;
    size_t count = 0;
    if (!selection || !sheaf_selection_begin(selection, page) ||
        !sheaf_selection_find(selection, selector, &found, &count))
        abort();
    for (size_t i = 0; i < count; i++) {
        if (found[i] >= page->element_count || (i > 0 && found[i] <= found[i - 1]))
            abort();
        marks[found[i]] |= bit;
    }
    sheaf_selection_free(selection);
    sheaf_selector_free(selector);
}

static void check(const sheaf_page *page, sheaf_slice selector) {
    uint8_t *marks = calloc(page->element_count + 1, 1);
    sheaf_buffer other = {0};
    if (!marks)
        abort();
    find(page, selector, marks, 1);
    sheaf_buffer_printf(&other, ":not(%.*s)", SLICE_ARGS(selector));
    if (sheaf_slice_find_char(selector, 0, ')') == SIZE_MAX)
        find(page, sheaf_buffer_view(&other), marks, 2);
    for (size_t i = 0; i < page->element_count; i++) {
        if (marks[i] == 3)
            abort();
    }
    sheaf_buffer_clear(&other);
    free(marks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice rest = {(const char *)data, size}, selector;
    sheaf_page page;
    if (!sheaf_slice_line(&rest, &selector))
        return 0;
    sheaf_page_init(&page);
    if (sheaf_page_parse(&page, rest, &limits, NULL) == SHEAF_OK)
        check(&page, selector);
    sheaf_page_clear(&page);
    return 0;
}
