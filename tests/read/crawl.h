/* crawl.h - makes crawls for tests, reads them, and keeps what came of it. */
#ifndef SHEAF_TESTS_READ_CRAWL_H
#define SHEAF_TESTS_READ_CRAWL_H

#include <libdeflate.h>
#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>

#include "base/slice.h"
#include "check.h"
#include "read/reader.h"
#include "read/warc_seen.h"

enum { CRAWL_MOST = 64, CRAWL_TEXT = 512 };

typedef struct crawl_given {
    char url[CRAWL_TEXT];
    char text[CRAWL_TEXT]; /* the beginning of its document */
    size_t size;
    char record[CRAWL_TEXT];
    char note[CRAWL_TEXT];
    char type[CRAWL_TEXT];
    char retrieved[64];
    bool right, wrong; /* digest */
    uint64_t from, to;
    char mark[64];
} crawl_given;

typedef struct crawl_result {
    crawl_given given[CRAWL_MOST];
    int count;
    char told[CRAWL_MOST][CRAWL_TEXT];
    int told_count;
    char passed[CRAWL_MOST][CRAWL_TEXT];
    int passed_count;
    sheaf_status status;
    char failure[CRAWL_TEXT];
} crawl_result;

/* ---- making ---------------------------------------------------------------------------------- */

static inline void crawl_http(sheaf_buffer *out, const char *headers, const char *body) {
    sheaf_buffer_printf(out, "HTTP/1.1 200 OK\r\n%s\r\n%s", headers, body);
}

/* A record around block; more is further lines of its head, each with CRLF. */
static inline void crawl_record(sheaf_buffer *out, const char *type, const char *url,
                                const char *more, sheaf_slice block) {
    sheaf_buffer_printf(out,
                        "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                        "WARC-Date: 2021-03-04T05:06:07Z\r\nWARC-Record-ID: <urn:x:%s>\r\n"
                        "%sContent-Length: %zu\r\n\r\n",
                        type, url, url, more, block.size);
    sheaf_buffer_add(out, block);
    sheaf_buffer_printf(out, "\r\n\r\n");
}

/* A response with an HTML page. */
static inline void crawl_page(sheaf_buffer *out, const char *url, const char *more,
                              const char *body) {
    sheaf_buffer block = {0};
    crawl_http(&block, "Content-Type: text/html; charset=utf-8\r\n", body);
    crawl_record(out, "response", url, more, sheaf_buffer_view(&block));
    sheaf_buffer_clear(&block);
}

/* bytes as one gzip member. */
static inline void crawl_gzip(sheaf_buffer *out, sheaf_slice bytes) {
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(6);
    size_t room = libdeflate_gzip_compress_bound(packer, bytes.size);
    if (!sheaf_buffer_reserve(out, room))
        abort();
    out->size +=
        libdeflate_gzip_compress(packer, bytes.data, bytes.size, out->data + out->size, room);
    libdeflate_free_compressor(packer);
}

static inline void crawl_zstd(sheaf_buffer *out, sheaf_slice bytes, sheaf_slice dictionary) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(bytes.size);
    if (!sheaf_buffer_reserve(out, room))
        abort();
    out->size += ZSTD_compress_usingDict(context, out->data + out->size, room, bytes.data,
                                         bytes.size, dictionary.data, dictionary.size, 3);
    ZSTD_freeCCtx(context);
}

/* A dictionary from samples; its size. */
static inline size_t crawl_train(char *out, size_t room, const char *samples, const size_t *sizes,
                                 unsigned count) {
    size_t size = ZDICT_trainFromBuffer(out, room, samples, sizes, count);
    if (ZDICT_isError(size))
        abort();
    return size;
}

/* ---- reading --------------------------------------------------------------------------------- */

static inline void crawl_on_reject(void *context, const char *place, sheaf_status status,
                                   const char *reason) {
    crawl_result *out = context;
    (void)place;
    (void)status;
    if (out->told_count < CRAWL_MOST)
        snprintf(out->told[out->told_count++], CRAWL_TEXT, "%s", reason);
}

static inline void crawl_on_pass(void *context, const char *what, uint64_t count) {
    crawl_result *out = context;
    for (; count > 0 && out->passed_count < CRAWL_MOST; count--)
        snprintf(out->passed[out->passed_count++], CRAWL_TEXT, "%s", what);
}

#define CRAWL_COPY(field, slice)                                                                   \
    snprintf(field, sizeof(field), "%.*s", (int)((slice).size < CRAWL_TEXT ? (slice).size : 500),  \
             (slice).size ? (slice).data : "")

static inline void crawl_keep_child(crawl_given *to, sheaf_input *child,
                                    const sheaf_limits *limits) {
    sheaf_slice bytes;
    sheaf_error error;
    const sheaf_input_about *about = child->about;
    if (sheaf_input_whole(child, limits->document_bytes, &bytes, &error))
        abort();
    CRAWL_COPY(to->url, about->url);
    CRAWL_COPY(to->text, bytes);
    CRAWL_COPY(to->record, about->record_id);
    CRAWL_COPY(to->note, about->note);
    CRAWL_COPY(to->type, about->content_type);
    CRAWL_COPY(to->retrieved, about->retrieved);
    to->size = bytes.size;
    to->right = about->digest_ok;
    to->wrong = about->digest_wrong;
    to->from = about->from;
    to->to = about->to;
    sheaf_input_close(child);
}

static inline void crawl_keep_article(crawl_given *to, const sheaf_article *article) {
    CRAWL_COPY(to->url, article->field[SHEAF_FIELD_URL]);
    CRAWL_COPY(to->text, article->field[SHEAF_FIELD_TEXT]);
    CRAWL_COPY(to->note, article->field[SHEAF_FIELD_HEADLINE]);
    CRAWL_COPY(to->record, article->provenance.record);
    CRAWL_COPY(to->retrieved, article->field[SHEAF_FIELD_RETRIEVED]);
    to->from = article->provenance.from;
    to->to = article->provenance.to;
}

static inline void crawl_walk(crawl_result *out, void *state, const sheaf_limits *limits) {
    sheaf_article article;
    sheaf_error error = {0};
    sheaf_buffer mark = {0};
    sheaf_article_init(&article);
    while (out->count < CRAWL_MOST) {
        sheaf_input *child = NULL;
        sheaf_article_reset(&article);
        out->status = sheaf_warc_reader.next(state, &article, &child, &error);
        if (out->status)
            break;
        crawl_given *to = &out->given[out->count++];
        if (child)
            crawl_keep_child(to, child, limits);
        else
            crawl_keep_article(to, &article);
        sheaf_buffer_reset(&mark);
        sheaf_warc_reader.mark(state, &mark);
        CRAWL_COPY(to->mark, sheaf_buffer_view(&mark));
    }
    snprintf(out->failure, sizeof out->failure, "%.500s", error.message);
    sheaf_buffer_clear(&mark);
    sheaf_article_clear(&article);
}

/* Reads input, which is closed, as a crawl; mark is where to go on, or NULL. */
static inline void crawl_read_input(crawl_result *out, sheaf_input *input, const char *mark,
                                    const sheaf_limits *limits) {
    sheaf_error error = {0};
    void *state;
    *out = (crawl_result){0};
    sheaf_reporter reporter = {crawl_on_reject, out, crawl_on_pass, out, sheaf_seen_new()};
    out->status =
        input ? sheaf_warc_reader.open(&state, input, &reporter, &error) : SHEAF_NO_MEMORY;
    if (!out->status) {
        if (mark)
            out->status = sheaf_warc_reader.resume(state, sheaf_slice_of(mark), &error);
        if (!out->status)
            crawl_walk(out, state, limits);
        sheaf_warc_reader.close(state);
    }
    sheaf_input_close(input);
    sheaf_seen_free(reporter.seen);
}

static inline void crawl_read_from(crawl_result *out, sheaf_slice bytes, const char *mark,
                                   const sheaf_limits *limits) {
    sheaf_cost cost;
    crawl_read_input(out, sheaf_input_memory("x.warc", bytes, &cost, limits), mark, limits);
}

static inline void crawl_read(crawl_result *out, sheaf_buffer *bytes) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    CHECK(!bytes->failed);
    crawl_read_from(out, sheaf_buffer_view(bytes), NULL, &limits);
    sheaf_buffer_clear(bytes);
}

/* Is there a line that holds this? */
static inline bool crawl_told(const crawl_result *out, const char *part) {
    for (int i = 0; i < out->told_count; i++) {
        if (strstr(out->told[i], part))
            return true;
    }
    return false;
}

static inline int crawl_passed(const crawl_result *out, const char *what) {
    int count = 0;
    for (int i = 0; i < out->passed_count; i++)
        count += strcmp(out->passed[i], what) == 0;
    return count;
}

#define CHECK_STRING(got, wanted) CHECK_TEXT(sheaf_slice_of(got), wanted)

#endif
