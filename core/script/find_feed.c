/* find_feed.c - articles of a sheaf on their way to a builder.
 *
 * Threads unpack frames and read rows, a chunk at a time; what a chunk leaves is the
 * fields that are looked through, one behind the other:
 *
 *   ordinal (8)   sizes of fields and language (4 each)   their bytes
 *
 * The builder takes them in order, so that any number of threads makes the same. */
#include "article/row.h"
#include "article/url.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "script/find_parts.h"
#include "store/chunks.h"

enum { SLICES = SHEAF_INDEX_FIELDS + 1 };

/* ---- documents ------------------------------------------------------------------ */

static sheaf_slice since(const sheaf_buffer *room, size_t from) {
    return (sheaf_slice){room->data ? room->data + from : NULL, room->size - from};
}

static void add_line(sheaf_buffer *room, sheaf_slice line) {
    sheaf_buffer_add(room, line);
    sheaf_buffer_char(room, '\n');
}

void sheaf_find_document(sheaf_index_document *out, const sheaf_article *article,
                         sheaf_buffer *room) {
    size_t keywords, authors;
    sheaf_slice byline = article->field[SHEAF_FIELD_BYLINE];
    sheaf_buffer_reset(room);
    add_line(room, sheaf_url_site(article->field[SHEAF_FIELD_URL]));
    add_line(room, article->field[SHEAF_FIELD_PUBLISHER]);
    keywords = room->size;
    for (size_t i = 0; i < article->keywords.count; i++)
        add_line(room, article->keywords.items[i]);
    authors = room->size;
    for (size_t i = 0; i < article->authors.count; i++)
        add_line(room, article->authors.items[i].name);
    if (article->authors.count == 0)
        add_line(room, byline);
    out->field[SHEAF_INDEX_HEADLINE] = article->field[SHEAF_FIELD_HEADLINE];
    out->field[SHEAF_INDEX_TEXT] = article->field[SHEAF_FIELD_TEXT];
    out->field[SHEAF_INDEX_SITE] = (sheaf_slice){room->data, room->data ? keywords : 0};
    out->field[SHEAF_INDEX_AUTHORS] = since(room, authors);
    out->field[SHEAF_INDEX_KEYWORDS] =
        sheaf_slice_part(since(room, keywords), 0, authors - keywords);
    out->language = article->field[SHEAF_FIELD_LANGUAGE];
}

/* ---- chunks --------------------------------------------------------------------- */

typedef struct packed {
    sheaf_buffer bytes;
    uint64_t damaged;
} packed;

typedef struct worker {
    sheaf_article *article;
    sheaf_buffer room;
} worker;

typedef struct feeding {
    sheaf_find_feed *feed;
    worker *workers;
    size_t count;
} feeding;

static void put_number(sheaf_buffer *out, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++)
        sheaf_buffer_char(out, (char)(value >> (8 * i) & 0xFF));
}

static void pack(sheaf_buffer *out, uint64_t ordinal, const sheaf_index_document *document) {
    put_number(out, ordinal, 8);
    for (size_t i = 0; i < SHEAF_INDEX_FIELDS; i++)
        put_number(out, document->field[i].size, 4);
    put_number(out, document->language.size, 4);
    for (size_t i = 0; i < SHEAF_INDEX_FIELDS; i++)
        sheaf_buffer_add(out, document->field[i]);
    sheaf_buffer_add(out, document->language);
}

static sheaf_slice take_bytes(sheaf_slice *rest, size_t size) {
    sheaf_slice bytes = sheaf_slice_part(*rest, 0, size);
    *rest = sheaf_slice_part(*rest, size, rest->size);
    return bytes;
}

static uint64_t take_number(sheaf_slice *rest, size_t size) {
    uint64_t value = 0;
    sheaf_slice bytes = take_bytes(rest, size);
    for (size_t i = 0; i < bytes.size; i++)
        value |= (uint64_t)(uint8_t)bytes.data[i] << (8 * i);
    return value;
}

static uint64_t unpack(sheaf_slice *rest, sheaf_index_document *document) {
    size_t sizes[SLICES];
    uint64_t ordinal = take_number(rest, 8);
    for (size_t i = 0; i < SLICES; i++)
        sizes[i] = (size_t)take_number(rest, 4);
    for (size_t i = 0; i < SHEAF_INDEX_FIELDS; i++)
        document->field[i] = take_bytes(rest, sizes[i]);
    document->language = take_bytes(rest, sizes[SHEAF_INDEX_FIELDS]);
    return ordinal;
}

static void drop(void *context, void *result) {
    packed *p = result;
    (void)context;
    if (p)
        sheaf_buffer_clear(&p->bytes);
    sheaf_free(p);
}

static sheaf_status read_all(worker *w, sheaf_scan *scan, packed *p) {
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_index_document document;
    sheaf_error cause = {0};
    sheaf_slice json;
    uint64_t ordinal;
    for (;;) {
        sheaf_status status = sheaf_scan_next(scan, &ordinal, &json, &cause);
        if (status == SHEAF_END)
            return SHEAF_OK;
        if (status == SHEAF_OK)
            status = sheaf_row_read(w->article, json, &limits, &cause);
        if (status == SHEAF_NO_MEMORY)
            return status;
        if (status != SHEAF_OK) {
            p->damaged++;
            continue;
        }
        sheaf_find_document(&document, w->article, &w->room);
        pack(&p->bytes, ordinal, &document);
        if (w->room.failed || p->bytes.failed)
            return SHEAF_NO_MEMORY;
    }
}

static sheaf_status work(void *context, unsigned number, const sheaf_chunk *chunk, sheaf_scan *scan,
                         void **result, sheaf_error *error) {
    worker *w = &((feeding *)context)->workers[number];
    packed *p = sheaf_calloc(1, sizeof *p);
    (void)chunk;
    if (!w->article)
        w->article = sheaf_article_new();
    sheaf_status status = p && w->article ? read_all(w, scan, p) : SHEAF_NO_MEMORY;
    if (status == SHEAF_OK) {
        *result = p;
        return SHEAF_OK;
    }
    drop(NULL, p);
    return sheaf_fail(error, status, "out of memory");
}

static sheaf_status add(sheaf_find_feed *feed, const sheaf_index_document *document,
                        sheaf_error *error) {
    sheaf_status status = sheaf_index_builder_add(feed->builder, document, error);
    feed->next++;
    if (status == SHEAF_OK && sheaf_index_builder_full(feed->builder))
        status = feed->flush(feed->context, error);
    return status;
}

static sheaf_status add_until(sheaf_find_feed *feed, uint64_t ordinal, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    while (feed->next < ordinal && status == SHEAF_OK)
        status = add(feed, NULL, error);
    return status;
}

static sheaf_status take(void *context, const sheaf_chunk *chunk, void *result,
                         sheaf_error *error) {
    sheaf_find_feed *feed = ((feeding *)context)->feed;
    packed *p = result;
    sheaf_slice rest = sheaf_buffer_view(&p->bytes);
    sheaf_status status = SHEAF_OK;
    feed->damaged += p->damaged;
    while (rest.size && status == SHEAF_OK) {
        sheaf_index_document document;
        status = add_until(feed, unpack(&rest, &document), error);
        if (status == SHEAF_OK)
            status = add(feed, &document, error);
    }
    if (status == SHEAF_OK)
        status = add_until(feed, chunk->to, error);
    if (feed->progress)
        feed->progress(feed->context, chunk->to - chunk->from);
    drop(NULL, p);
    return status;
}

sheaf_status sheaf_find_feed_run(sheaf_find_feed *feed, sheaf_error *error) {
    /* The builder is the slow part, and each worker holds a window of rows. */
    unsigned threads = feed->threads > 1 ? 2 : 1;
    feeding f = {.feed = feed, .count = threads};
    feed->next = feed->range.from;
    f.workers = sheaf_calloc(threads, sizeof *f.workers);
    if (!f.workers)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_chunks chunks = {.from = feed->range.from,
                           .to = feed->range.to,
                           .threads = threads,
                           .ahead = 1, /* each is up to 24 MiB */
                           .work = work,
                           .take = take,
                           .drop = drop,
                           .context = &f};
    sheaf_status status = sheaf_file_chunks(feed->file, &chunks, error);
    if (status == SHEAF_OK)
        status = add_until(feed, feed->range.to, error);
    if (status == SHEAF_OK && sheaf_index_builder_count(feed->builder) > 0)
        status = feed->flush(feed->context, error);
    for (size_t i = 0; i < f.count; i++) {
        sheaf_article_free(f.workers[i].article);
        sheaf_buffer_clear(&f.workers[i].room);
    }
    sheaf_free(f.workers);
    return status;
}
