/* dump_reader.c - the text-dump parser as a reader of a pile. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/dump.h"
#include "read/origin.h"
#include "read/reader.h"

typedef struct dump_source {
    sheaf_dump *dump;
    sheaf_input *input;
    uint64_t given;
} dump_source;

static int bid(const sheaf_input *input, sheaf_slice head) {
    return input->folder ? 0 : sheaf_dump_bid(head);
}

static void close_dump(void *state) {
    dump_source *self = state;
    sheaf_dump_close(self->dump);
    sheaf_free(self);
}

static sheaf_status open_dump(void **state, sheaf_input *input, sheaf_reporter *reporter,
                              sheaf_error *error) {
    sheaf_slice bytes;
    (void)reporter;
    sheaf_status status = sheaf_input_whole(input, input->limits->document_bytes, &bytes, error);
    if (status)
        return status;
    dump_source *self = sheaf_calloc(1, sizeof *self);
    if (!self)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    self->input = input;
    status = sheaf_dump_open(&self->dump, bytes, input->limits, error);
    if (status) {
        sheaf_free(self);
        return status;
    }
    *state = self;
    return SHEAF_OK;
}

static sheaf_status next(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error) {
    dump_source *self = state;
    sheaf_slice source;
    (void)child;
    sheaf_status status = sheaf_dump_next(self->dump, article, &source, error);
    if (status == SHEAF_END && self->given == 0)
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "%s", sheaf_dump_note(self->dump));
    if (status)
        return status;
    self->given++;
    sheaf_origin_set(article, self->input, article->provenance.from, article->provenance.to,
                     "dump");
    article->original = source;
    return sheaf_article_finish(article, source, 0, self->input->limits, error);
}

const sheaf_reader sheaf_dump_reader = {
    .name = "dump", .bid = bid, .open = open_dump, .next = next, .close = close_dump};
