/* page.c - any bytes as a page: parsed, judged, filled; parsed again, the same. */
#include <stdlib.h>

#include "base/slice.h"
#include "page/page.h"

static const sheaf_limits limits = {.document_bytes = 1 << 16,
                                    .text_bytes = 1 << 16,
                                    .field_bytes = 1 << 12,
                                    .list_items = 64,
                                    .block_items = 256};

static void check_elements(const sheaf_page *page) {
    for (size_t i = 0; i < page->element_count; i++) {
        const sheaf_page_element *element = &page->elements[i];
        if (element->parent != SHEAF_PAGE_NONE && element->parent >= i)
            abort();
        if (element->end <= i || element->end > page->element_count ||
            element->text_from > element->text_to || element->text_to > page->text.size ||
            element->first_block > element->block_end || element->block_end > page->block_count)
            abort();
    }
}

static void check_blocks(const sheaf_page *page) {
    uint32_t behind = 0;
    for (size_t i = 0; i < page->block_count; i++) {
        const sheaf_page_block *block = &page->blocks[i];
        if (block->from < behind || block->to <= block->from || block->to > page->text.size ||
            block->element >= page->element_count || block->source_to > page->source.size ||
            block->source_from >= block->source_to || block->why[0] == '\0')
            abort();
        behind = block->to;
    }
}

static void read_page(sheaf_page *page, sheaf_article *article, sheaf_slice source) {
    sheaf_article_reset(article);
    if (sheaf_page_parse(page, source, &limits, NULL) != SHEAF_OK)
        return;
    sheaf_page_find(page);
    check_elements(page);
    check_blocks(page);
    sheaf_page_fill(article, page);
    if (page->failed)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice source = {(const char *)data, size};
    sheaf_page page;
    sheaf_article once, again;
    sheaf_page_init(&page);
    sheaf_article_init(&once);
    sheaf_article_init(&again);
    read_page(&page, &once, source);
    read_page(&page, &again, source);
    if (!sheaf_slice_equal(once.field[SHEAF_FIELD_TEXT], again.field[SHEAF_FIELD_TEXT]))
        abort();
    sheaf_article_clear(&again);
    sheaf_article_clear(&once);
    sheaf_page_clear(&page);
    return 0;
}
