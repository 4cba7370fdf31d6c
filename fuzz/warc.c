/* warc.c - any bytes as a crawl: plain, gzip, zstd, ARC. What comes out must keep the
 * promises of sheaf_input_about, and every mark must lead back to its record. */
#include <stdlib.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "read/reader.h"
#include "read/warc_seen.h"

static const sheaf_limits limits = {.line_bytes = 1 << 14,
                                    .document_bytes = 1 << 15,
                                    .text_bytes = 1 << 14,
                                    .field_bytes = 256,
                                    .list_items = 8,
                                    .block_items = 64,
                                    .json_depth = 16,
                                    .archive_depth = 2,
                                    .archive_bytes = 1 << 22,
                                    .archive_ratio = 100,
                                    .archive_ratio_from = 1 << 18};

enum { MOST_RECORDS = 200 };

typedef struct walk {
    sheaf_input *input;
    sheaf_cost cost;
    sheaf_reporter reporter;
    void *state;
    sheaf_buffer mark; /* behind the first that was given */
    uint64_t place;    /* of that one */
    size_t given;
} walk;

static void promise(bool kept) {
    if (!kept)
        abort();
}

static bool begin(walk *w, sheaf_slice bytes) {
    sheaf_error error;
    *w = (walk){.reporter = {.seen = sheaf_seen_new()}};
    w->input = sheaf_input_memory("x.warc", bytes, &w->cost, &limits);
    promise(w->input && w->reporter.seen);
    return sheaf_warc_reader.open(&w->state, w->input, &w->reporter, &error) == SHEAF_OK;
}

static void end(walk *w) {
    if (w->state)
        sheaf_warc_reader.close(w->state);
    sheaf_seen_free(w->reporter.seen);
    sheaf_input_close(w->input);
    sheaf_buffer_clear(&w->mark);
}

static void check_child(sheaf_input *child) {
    sheaf_slice bytes;
    sheaf_error error;
    const sheaf_input_about *about = child->about;
    promise(about && about->from < about->to);
    promise(!(about->digest_ok && about->digest_wrong));
    promise(sheaf_input_whole(child, SIZE_MAX, &bytes, &error) == SHEAF_OK && bytes.size > 0);
    sheaf_input_close(child);
}

static void check_article(const sheaf_article *article) {
    promise(article->provenance.from < article->provenance.to);
    promise(sheaf_utf8_valid(article->field[SHEAF_FIELD_TEXT]));
}

/* One thing; false at the end. */
static bool step(walk *w, sheaf_article *article) {
    sheaf_input *child = NULL;
    sheaf_error error;
    sheaf_article_reset(article);
    if (sheaf_warc_reader.next(w->state, article, &child, &error) != SHEAF_OK)
        return false;
    bool first = w->given++ == 0 && child;
    if (first) {
        sheaf_warc_reader.mark(w->state, &w->mark);
        w->place = child->about->from;
    }
    if (child)
        check_child(child);
    else
        check_article(article);
    return true;
}

/* Where the first document was a child, its mark gives it again. */
static void check_mark(sheaf_slice bytes, sheaf_slice mark, uint64_t place) {
    walk again;
    sheaf_error error;
    sheaf_article article;
    sheaf_input *child = NULL;
    sheaf_article_init(&article);
    promise(begin(&again, bytes));
    promise(sheaf_warc_reader.resume(again.state, mark, &error) == SHEAF_OK);
    promise(sheaf_warc_reader.next(again.state, &article, &child, &error) == SHEAF_OK);
    promise(child && child->about->from == place);
    sheaf_input_close(child);
    end(&again);
    sheaf_article_clear(&article);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    walk w;
    sheaf_article article;
    sheaf_slice bytes = {(const char *)data, size};
    sheaf_input named = {.name = (char *)(uintptr_t) "x"};
    sheaf_warc_reader.bid(&named, bytes);
    sheaf_article_init(&article);
    if (begin(&w, bytes)) {
        while (w.given < MOST_RECORDS && step(&w, &article))
            continue;
        if (w.mark.size)
            check_mark(bytes, sheaf_buffer_view(&w.mark), w.place);
    }
    end(&w);
    sheaf_article_clear(&article);
    return 0;
}
