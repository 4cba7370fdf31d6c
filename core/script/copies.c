/* copies.c - first all articles are sketched, then candidates are read again.
 *
 *   chunks of a sheaf ─► sketches of each, by all threads ─► joined in order
 *   candidates ─► their texts, by all threads ─► matches ─► groups
 *
 * Dropped and damaged articles have an empty sketch, so that the number of an
 * article is its ordinal and what stands before its file. */
#include "script/copies.h"

#include <string.h>

#include "article/row.h"
#include "base/memory.h"
#include "base/status.h"
#include "store/chunks.h"

enum { WORKERS_MAX = 64 };

/* What a thread uses again and again. */
typedef struct worker {
    sheaf_article *article;
    sheaf_shingles shingles;
    sheaf_scan *scan; /* of file, while candidates are read */
    size_t file;
} worker;

typedef struct chunk_result {
    sheaf_sketches *sketches;
    uint64_t articles, damaged;
} chunk_result;

typedef struct run {
    const sheaf_hunt *hunt;
    sheaf_found *found;
    sheaf_sketches *all;
    uint64_t base; /* number of the first article of the file at hand */
    worker workers[WORKERS_MAX];
} run;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static unsigned threads_of(const sheaf_hunt *hunt) {
    return hunt->threads > WORKERS_MAX ? WORKERS_MAX : hunt->threads;
}

static sheaf_article *article_of(worker *w) {
    if (!w->article)
        w->article = sheaf_article_new();
    return w->article;
}

/* ---- sketches ------------------------------------------------------------------- */

/* Empty sketches until there are count. */
static sheaf_status fill(sheaf_sketches *sketches, uint64_t count, sheaf_error *error) {
    static const sheaf_shingles none = {0};
    sheaf_status status = SHEAF_OK;
    while (sheaf_sketches_count(sketches) < count && status == SHEAF_OK)
        status = sheaf_sketches_add(sketches, &none, error);
    return status;
}

static sheaf_status sketch_row(worker *w, sheaf_slice json, sheaf_sketches *sketches,
                               sheaf_error *error) {
    sheaf_article *article = article_of(w);
    if (!article)
        return no_memory(error);
    sheaf_status status = sheaf_row_read(article, json, &SHEAF_LIMITS_DEFAULT, error);
    if (status != SHEAF_OK)
        return status;
    if (!sheaf_shingles_of(&w->shingles, article->field[SHEAF_FIELD_TEXT]))
        return no_memory(error);
    return sheaf_sketches_add(sketches, &w->shingles, error);
}

/* Until the scan ends; what cannot be read is counted and passed over. */
static sheaf_status sketch_rows(worker *w, const sheaf_chunk *chunk, sheaf_scan *scan,
                                chunk_result *result, sheaf_error *error) {
    sheaf_slice json;
    uint64_t ordinal = chunk->from;
    for (;;) {
        sheaf_status status = sheaf_scan_next(scan, &ordinal, &json, error);
        if (status == SHEAF_END)
            return fill(result->sketches, chunk->to - chunk->from, error);
        if (status == SHEAF_OK)
            status = fill(result->sketches, ordinal - chunk->from, error);
        if (status == SHEAF_OK)
            status = sketch_row(w, json, result->sketches, error);
        if (status == SHEAF_NO_MEMORY)
            return status;
        result->articles += status == SHEAF_OK;
        result->damaged += status != SHEAF_OK;
    }
}

static void drop_result(void *context, void *result) {
    chunk_result *r = result;
    (void)context;
    if (r)
        sheaf_sketches_free(r->sketches);
    sheaf_free(r);
}

static sheaf_status sketch_chunk(void *context, unsigned number, const sheaf_chunk *chunk,
                                 sheaf_scan *scan, void **result, sheaf_error *error) {
    run *r = context;
    chunk_result *made = sheaf_calloc(1, sizeof *made);
    if (made)
        made->sketches = sheaf_sketches_new();
    *result = made;
    if (!made || !made->sketches)
        return no_memory(error);
    return sketch_rows(&r->workers[number], chunk, scan, made, error);
}

static sheaf_status take_chunk(void *context, const sheaf_chunk *chunk, void *result,
                               sheaf_error *error) {
    run *r = context;
    const chunk_result *made = result;
    sheaf_status status = fill(r->all, r->base + chunk->from, error);
    if (status == SHEAF_OK)
        status = sheaf_sketches_join(r->all, made->sketches, error);
    r->found->articles += made->articles;
    r->found->damaged += made->damaged;
    drop_result(NULL, result);
    return status;
}

static sheaf_status sketch_files(run *r, sheaf_error *error) {
    sheaf_chunks chunks = {.threads = threads_of(r->hunt),
                           .work = sketch_chunk,
                           .take = take_chunk,
                           .drop = drop_result,
                           .context = r};
    for (size_t i = 0; i < r->hunt->file_count; i++) {
        const sheaf_file *file = r->hunt->files[i];
        sheaf_status status = sheaf_file_chunks(file, &chunks, error);
        r->base += sheaf_file_count(file);
        if (status == SHEAF_OK)
            status = fill(r->all, r->base, error);
        if (status != SHEAF_OK)
            return status;
    }
    return SHEAF_OK;
}

/* ---- texts of candidates ----------------------------------------------------------- */

void sheaf_hunt_locate(const sheaf_hunt *hunt, uint32_t article, size_t *file, uint64_t *ordinal) {
    uint64_t left = article;
    size_t i = 0;
    while (i + 1 < hunt->file_count && left >= sheaf_file_count(hunt->files[i]))
        left -= sheaf_file_count(hunt->files[i++]);
    *file = i;
    *ordinal = left;
}

static sheaf_status open_scan(run *r, worker *w, size_t file, sheaf_error *error) {
    if (w->scan && w->file == file)
        return SHEAF_OK;
    sheaf_scan_close(w->scan);
    w->scan = NULL;
    w->file = file;
    return sheaf_scan_open(&w->scan, r->hunt->files[file], 0, 0, error);
}

static sheaf_status text_of(void *context, unsigned number, uint32_t article, sheaf_slice *text,
                            sheaf_error *error) {
    run *r = context;
    worker *w = &r->workers[number];
    sheaf_slice json;
    size_t file;
    uint64_t ordinal;
    sheaf_hunt_locate(r->hunt, article, &file, &ordinal);
    sheaf_status status = open_scan(r, w, file, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_scan_move(w->scan, ordinal, ordinal + 1);
    status = sheaf_scan_next(w->scan, &ordinal, &json, error);
    if (status == SHEAF_OK && !article_of(w))
        return no_memory(error);
    if (status == SHEAF_OK)
        status = sheaf_row_read(w->article, json, &SHEAF_LIMITS_DEFAULT, error);
    if (status == SHEAF_OK)
        *text = w->article->field[SHEAF_FIELD_TEXT];
    return status;
}

static sheaf_status find_matches(run *r, sheaf_error *error) {
    sheaf_candidate *pairs = NULL;
    size_t count = 0;
    sheaf_copies_options options = {.least = r->hunt->least,
                                    .fewest = r->hunt->fewest,
                                    .threads = threads_of(r->hunt),
                                    .text = text_of,
                                    .context = r};
    sheaf_status status = sheaf_sketches_pairs(r->all, r->hunt->least, &pairs, &count, error);
    r->found->candidates = count;
    r->found->sketch_bytes = sheaf_sketches_bytes(r->all);
    sheaf_sketches_free(r->all); /* of no use any more, and large */
    r->all = NULL;
    if (status == SHEAF_OK)
        status = sheaf_copies_measure(pairs, count, &options, &r->found->matches, &r->found->count,
                                      error);
    sheaf_free(pairs);
    if (status == SHEAF_OK)
        status = sheaf_copies_group(&r->found->groups, r->found->matches, r->found->count, error);
    return status;
}

/* ---- the whole ---------------------------------------------------------------------- */

sheaf_status sheaf_hunt_run(const sheaf_hunt *hunt, sheaf_found *found, sheaf_error *error) {
    run *r = sheaf_calloc(1, sizeof *r);
    memset(found, 0, sizeof *found);
    if (!r)
        return no_memory(error);
    *r = (run){.hunt = hunt, .found = found, .all = sheaf_sketches_new()};
    sheaf_status status = r->all ? sketch_files(r, error) : no_memory(error);
    if (status == SHEAF_OK)
        status = find_matches(r, error);
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        sheaf_article_free(r->workers[i].article);
        sheaf_shingles_clear(&r->workers[i].shingles);
        sheaf_scan_close(r->workers[i].scan);
    }
    sheaf_sketches_free(r->all);
    sheaf_free(r);
    if (status != SHEAF_OK)
        sheaf_found_clear(found);
    return status;
}

void sheaf_found_clear(sheaf_found *found) {
    sheaf_free(found->matches);
    sheaf_groups_clear(&found->groups);
    memset(found, 0, sizeof *found);
}
