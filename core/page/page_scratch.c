/* page_scratch.c - what a page keeps from one source to the next. */
#include "base/memory.h"
#include "page/page_dates.h"
#include "page/page_features.h"
#include "page/page_measure.h"
#include "page/page_parts.h"

enum { FIRST_CAPACITY = 256 };

bool sheaf_page_grow(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *bigger = sheaf_realloc(*items, wanted * size);
    if (!bigger)
        return false;
    *items = bigger;
    *capacity = wanted;
    return true;
}

static void free_scratch(sheaf_page_scratch *scratch) {
    if (!scratch)
        return;
    sheaf_page_words_free(scratch->words);
    sheaf_page_phrases_free(scratch->phrases);
    sheaf_page_ago_free(scratch->ago);
    sheaf_page_features_free(scratch->features);
    sheaf_buffer_clear(&scratch->decoded);
    sheaf_arena_clear(&scratch->embedded);
    sheaf_free(scratch);
}

sheaf_page_scratch *sheaf_page_scratch_of(sheaf_page *page) {
    sheaf_page_scratch *scratch = page->scratch;
    if (scratch)
        return scratch;
    scratch = sheaf_calloc(1, sizeof *scratch);
    if (!scratch)
        return NULL;
    sheaf_arena_init(&scratch->embedded);
    scratch->words = sheaf_page_words_new();
    scratch->phrases = scratch->words ? sheaf_page_phrases_new(scratch->words) : NULL;
    scratch->ago = scratch->phrases ? sheaf_page_ago_new() : NULL;
    if (!scratch->ago) {
        free_scratch(scratch);
        return NULL;
    }
    page->scratch = scratch;
    return scratch;
}

void sheaf_page_init(sheaf_page *page) {
    *page = (sheaf_page){0};
}

void sheaf_page_clear(sheaf_page *page) {
    free_scratch(page->scratch);
    sheaf_free(page->elements);
    sheaf_free(page->blocks);
    sheaf_buffer_clear(&page->text);
    sheaf_page_init(page);
}
