/* warc.c - crawls: WARC and ARC files as a reader of a pile.
 *
 *   members ──► window ──► frame: head, block ──► document ──► child input
 *
 * A record is brought into the window as a whole and looked at there; its document is
 * lent to whoever reads it, mostly without a copy. Text that a crawl has made of a
 * page becomes an article here. What is no document is counted by kind, and a repeat
 * of what was seen is too.
 *
 * Bad records are told with their byte in the file, and the walk goes on at the next
 * one. Other readers need not know of crawls: see sheaf_input_about for what they are
 * told, and origin.c for what enters the provenance. */
#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/origin.h"
#include "read/reader.h"
#include "read/warc_document.h"
#include "read/warc_frame.h"
#include "read/warc_seen.h"
#include "read/warc_text.h"

typedef struct crawl {
    sheaf_input *input;
    sheaf_reporter *reporter;
    sheaf_framer framer;
    sheaf_http_decoder decoder;
    size_t pending;         /* bytes of the window that the record given last stands in */
    uint64_t offset, inner; /* its place, or that of the next record: for mark */
    uint64_t check;         /* of the record at that place, 0 when it was not read */
    uint64_t expected;      /* by resume, of the first record; 0: any */
} crawl;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static int bid(const sheaf_input *input, sheaf_slice head) {
    return !input->folder && sheaf_framer_bids(head) ? 95 : 0;
}

static void close_crawl(void *state) {
    crawl *self = state;
    sheaf_framer_clear(&self->framer);
    sheaf_http_decoder_clear(&self->decoder);
    sheaf_free(self);
}

static sheaf_status open_crawl(void **state, sheaf_input *input, sheaf_reporter *reporter,
                               sheaf_error *error) {
    crawl *self = sheaf_calloc(1, sizeof *self);
    if (!self)
        return no_memory(error);
    self->input = input;
    self->reporter = reporter;
    sheaf_status status = sheaf_framer_open(&self->framer, input, reporter, error);
    if (status)
        close_crawl(self);
    else
        *state = self;
    return status;
}

/* ---- children -------------------------------------------------------------------------------- */

/* The last name of a URL, for bids. */
static void name_of(char *out, size_t size, sheaf_slice url) {
    size_t end = 0;
    while (end < url.size && url.data[end] != '?' && url.data[end] != '#')
        end++;
    size_t from = end;
    while (from > 0 && url.data[from - 1] != '/')
        from--;
    size_t length = end - from < size ? end - from : size - 1;
    if (length)
        memcpy(out, url.data + from, length);
    out[length] = '\0';
}

static sheaf_status make_child(crawl *self, const sheaf_crawl_document *document,
                               sheaf_input **child, sheaf_error *error) {
    char name[256];
    sheaf_slice url = document->about.url.size ? document->about.url : document->about.record_id;
    sheaf_slice entry = sheaf_arena_copy(&self->framer.arena, url);
    name_of(name, sizeof name, url);
    *child = sheaf_input_child(self->input, entry.data ? entry.data : "", name);
    if (!*child)
        return no_memory(error);
    sheaf_input_lend(*child, document->bytes);
    return SHEAF_OK;
}

/* Its type does not tell what it is, and nobody who may wants to read it. */
static bool nobody_bids(const sheaf_input *child, const sheaf_crawl_document *document) {
    if (document->sniff == SHEAF_CRAWL_SURE)
        return false;
    const sheaf_reader *reader =
        sheaf_reader_for(child, sheaf_slice_part(document->bytes, 0, SHEAF_BID_BYTES));
    bool json = reader == &sheaf_json_reader;
    switch (document->sniff) {
    case SHEAF_CRAWL_SNIFF_ANY: return !reader || reader->nests;
    case SHEAF_CRAWL_SNIFF_JSON: return !json;
    case SHEAF_CRAWL_SNIFF_MARKUP:
        return !reader || reader->nests || json || reader == &sheaf_dump_reader;
    default: return false;
    }
}

/* ---- what is known of a document ------------------------------------------------------------- */

/* What is wrong with it; what the crawler has cut off itself is noted, not told. */
static void note_what_is_wrong(crawl *self, sheaf_crawl_document *document,
                               const sheaf_frame *frame) {
    sheaf_slice cut = frame->record.truncated;
    if (document->about.digest_wrong && !document->note)
        document->note = "its digest is wrong";
    document->about.note = sheaf_slice_of(document->note);
    if (!frame->whole)
        document->about.note = SLICE("the file ends, or is damaged, within the record");
    else if (cut.size)
        document->about.note =
            sheaf_arena_format(&self->framer.arena, "cut off by the crawler: %.*s",
                               (int)(cut.size < 40 ? cut.size : 40), cut.data);
    else if (document->note)
        sheaf_framer_tell(&self->framer, SHEAF_BAD_INPUT, frame->offset, document->note);
}

static void complete_about(crawl *self, sheaf_crawl_document *document, const sheaf_frame *frame) {
    sheaf_input_about *about = &document->about;
    if (frame->whole)
        sheaf_crawl_check(document, &frame->record);
    else
        about->digest = frame->record.payload_digest;
    note_what_is_wrong(self, document, frame);
    about->crawl = sheaf_slice_of(self->input->entry);
    about->from = frame->offset;
    about->to = sheaf_members_end_of(self->framer.members, frame->size);
}

/* ---- repeats -----------------------------------------------------------------------------------
 */

static sheaf_status remember(crawl *self, const sheaf_record *record, sheaf_error *error) {
    sheaf_seen *seen = self->reporter->seen;
    if (!seen || (sheaf_seen_add(seen, record->id) && sheaf_seen_add(seen, record->payload_digest)))
        return SHEAF_OK;
    return no_memory(error);
}

/* The same as a record before: no second article. */
static void pass_revisit(crawl *self, const sheaf_frame *frame) {
    const sheaf_record *record = &frame->record;
    const sheaf_seen *seen = self->reporter->seen;
    char text[300];
    if (seen &&
        (sheaf_seen_has(seen, record->refers_to) || sheaf_seen_has(seen, record->payload_digest))) {
        sheaf_report_passed(self->reporter, "repeats of what is in the pile", 1);
        return;
    }
    const char *passed = sheaf_crawl_passed(record, frame->block);
    if (passed) {
        sheaf_report_passed(self->reporter, passed, 1);
        return;
    }
    sheaf_slice what = record->refers_to.size ? record->refers_to : record->payload_digest;
    snprintf(text, sizeof text, "a repeat of a record that was not seen: %.*s",
             (int)(what.size < 200 ? what.size : 200), what.size ? what.data : "?");
    sheaf_framer_tell(&self->framer, SHEAF_MISSING, frame->offset, text);
}

/* ---- what becomes of a record ---------------------------------------------------------------- */

/* Text of a conversion, at once. */
static sheaf_status give_text(crawl *self, const sheaf_crawl_document *document,
                              sheaf_article *article, sheaf_error *error) {
    const sheaf_limits *limits = self->input->limits;
    const sheaf_input_about *about = &document->about;
    sheaf_input described = *self->input; /* for the origin alone */
    described.about = about;
    if (self->framer.arena.failed)
        return no_memory(error);
    sheaf_status status = sheaf_warc_text(article, document->bytes, about, limits, error);
    if (status)
        return status;
    sheaf_origin_set(article, &described, about->from, about->to, "warc");
    article->original = document->bytes;
    return sheaf_article_finish(article, document->bytes, 0, limits, error);
}

/* Sets *child to the document, or counts it where nobody would read it. */
static sheaf_status give_child(crawl *self, sheaf_crawl_document *document,
                               const sheaf_frame *frame, sheaf_input **child, sheaf_error *error) {
    sheaf_input *made;
    sheaf_status status = make_child(self, document, &made, error);
    if (status)
        return status;
    if (nobody_bids(made, document)) {
        sheaf_report_passed(self->reporter, document->about.doubt, 1);
        sheaf_input_close(made);
        return SHEAF_OK;
    }
    complete_about(self, document, frame);
    if (self->framer.arena.failed || !sheaf_input_describe(made, &document->about)) {
        sheaf_input_close(made);
        return no_memory(error);
    }
    *child = made;
    return SHEAF_OK;
}

/* Gives what the record holds: an article or *child; neither when it is passed over. */
static sheaf_status give(crawl *self, const sheaf_frame *frame, sheaf_article *article,
                         sheaf_input **child, sheaf_error *error) {
    sheaf_crawl_document document;
    if (frame->record.kind == SHEAF_RECORD_REVISIT) {
        pass_revisit(self, frame);
        return SHEAF_OK;
    }
    sheaf_status status = sheaf_crawl_open(&document, &frame->record, frame->block, &self->decoder,
                                           &self->framer.arena, self->input->limits, error);
    if (!status)
        status = remember(self, &frame->record, error);
    if (status)
        return status;
    if (document.passed) {
        sheaf_report_passed(self->reporter, document.passed, 1);
        return SHEAF_OK;
    }
    if (!document.text)
        return give_child(self, &document, frame, child, error);
    complete_about(self, &document, frame);
    return give_text(self, &document, article, error);
}

/* A record that is larger than any document may be, and no lie. */
static sheaf_status pass_large(crawl *self, const sheaf_frame *frame, sheaf_error *error) {
    char text[120];
    const char *passed = sheaf_crawl_passed(&frame->record, frame->block);
    snprintf(text, sizeof text,
             "a record of %llu MiB: larger than %zu MiB, the limit for one document",
             (unsigned long long)(frame->record.length >> 20),
             self->input->limits->document_bytes >> 20);
    if (passed)
        sheaf_report_passed(self->reporter, passed, 1);
    else
        sheaf_framer_tell(&self->framer, SHEAF_LIMIT, frame->offset, text);
    return sheaf_framer_pass(&self->framer, frame, error);
}

/* ---- the walk -------------------------------------------------------------------------------- */

static uint64_t check_of(const sheaf_record *record) {
    uint64_t sum = sheaf_hash64(record->id) ^ sheaf_hash64(record->url) * 3 ^ record->length;
    return (sum >> 8) | 1;
}

/* Is the first record after resume the one that it looks for? */
static sheaf_status check_resumed(crawl *self, const sheaf_record *record, sheaf_error *error) {
    bool right = self->expected == 0 || self->expected == check_of(record);
    self->expected = 0;
    return right ? SHEAF_OK : sheaf_mark_stale(error, SLICE("another record"));
}

/* Brings the record into the window; *given false: it was passed over. */
static sheaf_status bring(crawl *self, sheaf_frame *frame, bool *given, sheaf_error *error) {
    *given = true;
    if (frame->record.length <= self->input->limits->document_bytes)
        return sheaf_framer_bring(&self->framer, frame, error);
    sheaf_status status = sheaf_framer_weigh(&self->framer, frame, given, error);
    return status || *given ? status : pass_large(self, frame, error);
}

/* What bodies have unpacked to counts for the file, even where nothing came of it. */
static sheaf_status charge(crawl *self, sheaf_input **child, sheaf_error *error) {
    size_t unpacked = self->decoder.unpacked;
    self->decoder.unpacked = 0;
    sheaf_status status = sheaf_input_charge(self->input, unpacked, error);
    if (status && *child) {
        sheaf_input_close(*child);
        *child = NULL;
    }
    return status;
}

static bool is_about_the_record(sheaf_status status) {
    return status == SHEAF_LIMIT || status == SHEAF_BAD_INPUT || status == SHEAF_UNSUPPORTED;
}

/* The next record. What is wrong with it alone is told and no failure. */
static sheaf_status next_record(crawl *self, sheaf_article *article, sheaf_input **child,
                                sheaf_error *error) {
    sheaf_frame frame;
    sheaf_error bad = {0};
    bool brought = false;
    sheaf_status status = sheaf_framer_find(&self->framer, &frame, error);
    if (!status)
        status = check_resumed(self, &frame.record, error);
    if (!status)
        status = bring(self, &frame, &brought, error);
    if (status || !brought)
        return status;
    self->pending = frame.size;
    self->offset = frame.offset;
    self->inner = frame.inner;
    self->check = check_of(&frame.record);
    status = give(self, &frame, article, child, &bad);
    if (charge(self, child, error))
        return SHEAF_LIMIT;
    if (is_about_the_record(status)) {
        sheaf_framer_tell(&self->framer, status, frame.offset, bad.message);
        sheaf_article_reset(article);
        return SHEAF_OK;
    }
    return status ? sheaf_fail(error, status, "%s", bad.message) : SHEAF_OK;
}

static void take_pending(crawl *self) {
    sheaf_members_take(self->framer.members, self->pending);
    self->pending = 0;
}

static sheaf_status next(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error) {
    crawl *self = state;
    bool given = false;
    *child = NULL;
    while (!given) {
        take_pending(self);
        sheaf_status status = next_record(self, article, child, error);
        if (status)
            return status;
        given = *child || article->field[SHEAF_FIELD_ID].size;
    }
    if (!*child) { /* an article: mark goes on behind it */
        take_pending(self);
        sheaf_members_place(self->framer.members, &self->offset, &self->inner);
        self->check = 0;
    }
    return SHEAF_OK;
}

/* "offset.inner.check" of the record given last, or of the next one. */
static void mark(const void *state, sheaf_buffer *out) {
    const crawl *self = state;
    sheaf_buffer_printf(out, "%llu.%llu.%llu", (unsigned long long)self->offset,
                        (unsigned long long)self->inner, (unsigned long long)self->check);
}

static sheaf_status resume(void *state, sheaf_slice mark, sheaf_error *error) {
    crawl *self = state;
    uint64_t offset, inner;
    if (!sheaf_mark_number(&mark, &offset) || !sheaf_mark_number(&mark, &inner) ||
        !sheaf_mark_number(&mark, &self->expected))
        return sheaf_mark_stale(error, SLICE("a crawl"));
    sheaf_status status = sheaf_members_seek(self->framer.members, offset, inner, error);
    return status == SHEAF_BAD_INPUT ? sheaf_mark_stale(error, SLICE("a longer crawl")) : status;
}

const sheaf_reader sheaf_warc_reader = {
    .name = "warc",
    .nests = true,
    .bid = bid,
    .open = open_crawl,
    .next = next,
    .close = close_crawl,
    .mark = mark,
    .resume = resume,
};
