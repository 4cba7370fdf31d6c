/* dump.c - any bytes through the text-dump reader; what comes out must hold the
 * promises of the record: blocks within the text and in order, sources within
 * the bytes, provenance within the whole. */
#include <stdlib.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump.h"

static const sheaf_limits limits = {.document_bytes = 1 << 20,
                                    .text_bytes = 1 << 18,
                                    .field_bytes = 1 << 12,
                                    .list_items = 64,
                                    .block_items = 4096};

static void promise(bool kept) {
    if (!kept)
        abort();
}

static void check_blocks(const sheaf_article *article, size_t size) {
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    size_t behind = 0;
    promise(sheaf_utf8_valid(text));
    for (size_t i = 0; i < article->blocks.count; i++) {
        const sheaf_block *block = &article->blocks.items[i];
        promise(block->from >= behind && block->from < block->to && block->to <= text.size);
        promise(block->source_from <= block->source_to && block->source_to <= size);
        promise(text.data[block->from] != ' ' && text.data[block->to - 1] != ' ');
        behind = block->to;
    }
}

static void check_article(const sheaf_article *article, sheaf_slice source, size_t size) {
    for (int field = 0; field < SHEAF_FIELD_COUNT; field++)
        promise(sheaf_utf8_valid(article->field[field]));
    promise(article->provenance.from < article->provenance.to && article->provenance.to <= size);
    promise(source.size == article->provenance.to - article->provenance.from);
    check_blocks(article, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice bytes = sheaf_slice_from((const char *)data, size);
    sheaf_dump *dump = NULL;
    sheaf_article article;
    sheaf_slice source;
    promise(sheaf_dump_bid(bytes) <= 50);
    if (sheaf_dump_open(&dump, bytes, &limits, NULL) != SHEAF_OK)
        return 0;
    sheaf_article_init(&article);
    while (sheaf_dump_next(dump, &article, &source, NULL) == SHEAF_OK) {
        promise(sheaf_article_finish(&article, source, 0, &limits, NULL) == SHEAF_OK);
        check_article(&article, source, size);
        sheaf_article_reset(&article);
    }
    promise(sheaf_dump_note(dump)[0] != '\0');
    sheaf_dump_close(dump);
    sheaf_article_clear(&article);
    return 0;
}
