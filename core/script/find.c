/* find.c - searches sheaves: what is indexed by its index, the rest by reading it. */
#include "script/find.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/wanted.h"
#include "script/find_parts.h"
#include "store/index_entries.h"
#include "store/select.h"

typedef struct found_file {
    sheaf_file *file;
    sheaf_index *segments;
    size_t count;
    sheaf_find_range *gaps;
    size_t gap_count;
} found_file;

/* A segment of some file: its own, or one made for the query. */
typedef struct part {
    sheaf_index index;
    size_t file;
    char *bytes; /* of one that was made */
} part;

struct sheaf_finder {
    found_file *files;
    size_t count;
    part *parts;
    size_t part_count, part_room;
};

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- segments and gaps ---------------------------------------------------------- */

sheaf_status sheaf_find_segments(const sheaf_file *file, sheaf_index **segments, size_t *count,
                                 sheaf_error *error) {
    sheaf_slice name, data;
    size_t all = 0;
    while (sheaf_file_index(file, all, &name, &data))
        all++;
    *count = 0;
    *segments = sheaf_calloc(all + 1, sizeof **segments);
    if (!*segments)
        return no_memory(error);
    for (size_t i = 0; sheaf_file_index(file, i, &name, &data); i++) {
        sheaf_index *segment = &(*segments)[*count];
        sheaf_status status = sheaf_index_open(segment, data, error);
        if (status == SHEAF_OK && segment->first + segment->docs > sheaf_file_count(file))
            status = sheaf_fail(error, SHEAF_CORRUPT, "it tells of articles that are not there");
        if (status != SHEAF_OK)
            return sheaf_fail_within(error, status, "%.*s (drop it with sheaf index --anew)",
                                     SLICE_ARGS(name));
        (*count)++;
    }
    return SHEAF_OK;
}

static int compare_ranges(const void *a, const void *b) {
    const sheaf_find_range *one = a, *other = b;
    return (one->from > other->from) - (one->from < other->from);
}

sheaf_status sheaf_find_gaps(const sheaf_file *file, const sheaf_index *segments, size_t count,
                             sheaf_find_range **ranges, size_t *range_count, sheaf_error *error) {
    uint64_t next = 0, end = sheaf_file_count(file);
    size_t gaps = 0;
    sheaf_find_range *list = sheaf_calloc(2 * count + 2, sizeof *list);
    if (!list)
        return no_memory(error);
    sheaf_find_range *had = list + count + 1;
    for (size_t i = 0; i < count; i++)
        had[i] = (sheaf_find_range){segments[i].first, segments[i].first + segments[i].docs};
    if (count > 1)
        qsort(had, count, sizeof *had, compare_ranges);
    for (size_t i = 0; i < count; i++) {
        if (had[i].from > next)
            list[gaps++] = (sheaf_find_range){next, had[i].from};
        next = had[i].to > next ? had[i].to : next;
    }
    if (next < end)
        list[gaps++] = (sheaf_find_range){next, end};
    *ranges = list;
    *range_count = gaps;
    return SHEAF_OK;
}

/* ---- opening -------------------------------------------------------------------- */

static part *new_part(sheaf_finder *f) {
    if (f->part_count == f->part_room) {
        size_t room = f->part_room ? 2 * f->part_room : 8;
        part *bigger = sheaf_realloc(f->parts, room * sizeof *bigger);
        if (!bigger)
            return NULL;
        f->parts = bigger;
        f->part_room = room;
    }
    f->parts[f->part_count] = (part){0};
    return &f->parts[f->part_count++];
}

static sheaf_status open_file(sheaf_finder *f, size_t i, sheaf_error *error) {
    found_file *file = &f->files[i];
    sheaf_status status = sheaf_find_segments(file->file, &file->segments, &file->count, error);
    if (status == SHEAF_OK)
        status = sheaf_find_gaps(file->file, file->segments, file->count, &file->gaps,
                                 &file->gap_count, error);
    return status;
}

sheaf_status sheaf_finder_open(sheaf_finder **out, sheaf_file *const *files, size_t count,
                               sheaf_error *error) {
    sheaf_finder *f = sheaf_calloc(1, sizeof *f);
    sheaf_status status = SHEAF_OK;
    if (!f)
        return no_memory(error);
    f->files = sheaf_calloc(count + 1, sizeof *f->files);
    if (!f->files)
        status = no_memory(error);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        f->files[i].file = files[i];
        f->count = i + 1;
        status = open_file(f, i, error);
    }
    if (status == SHEAF_OK)
        *out = f;
    else
        sheaf_finder_close(f);
    return status;
}

static void drop_parts(sheaf_finder *f) {
    for (size_t i = 0; i < f->part_count; i++)
        sheaf_free(f->parts[i].bytes);
    f->part_count = 0;
}

void sheaf_finder_close(sheaf_finder *f) {
    if (!f)
        return;
    drop_parts(f);
    for (size_t i = 0; i < f->count; i++) {
        sheaf_free(f->files[i].segments);
        sheaf_free(f->files[i].gaps);
    }
    sheaf_free(f->files);
    sheaf_free(f->parts);
    sheaf_free(f);
}

static uint64_t live_in(const sheaf_file *file, sheaf_find_range range) {
    uint64_t live = 0;
    for (uint64_t i = range.from; i < range.to; i++)
        live += !sheaf_file_dropped(file, i);
    return live;
}

uint64_t sheaf_finder_unindexed(const sheaf_finder *f) {
    uint64_t count = 0;
    for (size_t i = 0; i < f->count; i++) {
        for (size_t j = 0; j < f->files[i].gap_count; j++)
            count += live_in(f->files[i].file, f->files[i].gaps[j]);
    }
    return count;
}

/* ---- reading what is not indexed ------------------------------------------------ */

typedef struct scanning {
    sheaf_finder *finder;
    size_t file;
    sheaf_index_builder *builder;
} scanning;

static sheaf_status put_bytes(void *context, sheaf_slice bytes, sheaf_error *error) {
    sheaf_buffer_add(context, bytes);
    return ((sheaf_buffer *)context)->failed ? no_memory(error) : SHEAF_OK;
}

/* A run of the builder becomes a part. */
static sheaf_status keep_run(void *context, sheaf_error *error) {
    scanning *s = context;
    sheaf_buffer bytes = {0};
    part *made = new_part(s->finder);
    if (!made)
        return no_memory(error);
    sheaf_status status = sheaf_index_builder_finish(s->builder, put_bytes, &bytes, error);
    if (status == SHEAF_OK)
        status = sheaf_index_open(&made->index, sheaf_buffer_view(&bytes), error);
    made->bytes = bytes.data;
    made->file = s->file;
    return status;
}

static sheaf_status scan_range(sheaf_finder *f, size_t file, sheaf_find_range range,
                               sheaf_wanted *wanted, unsigned threads, sheaf_error *error) {
    sheaf_index_options options = {
        .positions = true, .slots = 4 << 20, .wanted = sheaf_wanted_by, .context = wanted};
    scanning s = {f, file, sheaf_index_builder_new(range.from, &options)};
    if (!s.builder)
        return no_memory(error);
    sheaf_find_feed feed = {.file = f->files[file].file,
                            .range = range,
                            .threads = threads,
                            .builder = s.builder,
                            .flush = keep_run,
                            .context = &s};
    sheaf_status status = sheaf_find_feed_run(&feed, error);
    sheaf_index_builder_free(s.builder);
    return status;
}

/* ---- columns -------------------------------------------------------------------- */

static sheaf_file *file_of(const sheaf_finder *f, const sheaf_index *index) {
    const part *at = (const part *)(const void *)index; /* index is its first member */
    return f->files[at->file].file;
}

/* What lacks a year sorts behind all years as text, and is not meant. */
static size_t steps_of(const sheaf_query_node *node, sheaf_test steps[3]) {
    size_t count = 0;
    if (node->column == SHEAF_COLUMN_LANGUAGE) {
        steps[0] =
            (sheaf_test){.field = SHEAF_TEST_LANGUAGE, .relation = SHEAF_EQUAL, .text = node->from};
        return 1;
    }
    steps[count++] = (sheaf_test){.field = SHEAF_TEST_PUBLISHED,
                                  .relation = SHEAF_LESS,
                                  .text = node->before.size ? node->before : SLICE("9999")};
    if (node->from.size) {
        steps[count++] = (sheaf_test){
            .field = SHEAF_TEST_PUBLISHED, .relation = SHEAF_MORE_EQUAL, .text = node->from};
        steps[count++] = (sheaf_test){.kind = SHEAF_TEST_AND};
    }
    return count;
}

static sheaf_status column(void *context, const sheaf_index *index, const sheaf_query_node *node,
                           uint8_t *bits, sheaf_error *error) {
    sheaf_test steps[3];
    sheaf_select *select;
    uint64_t ordinal;
    size_t count = steps_of(node, steps);
    if (index->docs == 0)
        return SHEAF_OK;
    sheaf_status status = sheaf_select_open(&select, file_of(context, index), steps, count,
                                            index->first, index->first + index->docs, error);
    if (status != SHEAF_OK)
        return status;
    while ((status = sheaf_select_next(select, &ordinal, error)) == SHEAF_OK) {
        uint64_t doc = ordinal - index->first;
        if (doc < index->docs)
            bits[doc / 8] |= (uint8_t)(1u << (doc % 8));
    }
    sheaf_select_close(select);
    return status == SHEAF_END ? SHEAF_OK : status;
}

static bool gone(void *context, const sheaf_index *index, uint32_t doc) {
    return sheaf_file_dropped(file_of(context, index), index->first + doc);
}

/* ---- running -------------------------------------------------------------------- */

/* What must be read: gaps, and, for a query of positions, segments without any. */
static bool must_read(const sheaf_query *query, const sheaf_index *segment) {
    return query->needs_positions && !segment->positions;
}

static sheaf_status gather(sheaf_finder *f, const sheaf_query *query, unsigned threads,
                           uint64_t *scanned, sheaf_error *error) {
    sheaf_wanted wanted;
    sheaf_status status = SHEAF_OK;
    sheaf_wanted_init(&wanted, query);
    drop_parts(f);
    for (size_t i = 0; i < f->count && status == SHEAF_OK; i++) {
        const found_file *file = &f->files[i];
        for (size_t j = 0; j < file->count && status == SHEAF_OK; j++) {
            const sheaf_index *segment = &file->segments[j];
            sheaf_find_range range = {segment->first, segment->first + segment->docs};
            part *kept = must_read(query, segment) ? NULL : new_part(f);
            if (kept) {
                *kept = (part){.index = *segment, .file = i};
                continue;
            }
            status = scan_range(f, i, range, &wanted, threads, error);
            *scanned += live_in(file->file, range);
        }
        for (size_t j = 0; j < file->gap_count && status == SHEAF_OK; j++) {
            status = scan_range(f, i, file->gaps[j], &wanted, threads, error);
            *scanned += live_in(file->file, file->gaps[j]);
        }
    }
    sheaf_wanted_clear(&wanted);
    return status;
}

/* Parts in the order of files and ordinals. */
static int compare_parts(const void *a, const void *b) {
    const part *one = a, *other = b;
    if (one->file != other->file)
        return one->file < other->file ? -1 : 1;
    return (one->index.first > other->index.first) - (one->index.first < other->index.first);
}

static sheaf_status take_hits(const sheaf_finder *f, const sheaf_search_result *found,
                              sheaf_find_result *result, sheaf_error *error) {
    result->hits = sheaf_malloc((found->count + 1) * sizeof *result->hits);
    if (!result->hits)
        return no_memory(error);
    for (size_t i = 0; i < found->count; i++) {
        const part *from = &f->parts[found->hits[i].part];
        result->hits[i] = (sheaf_find_hit){from->file, from->index.first + found->hits[i].doc,
                                           found->hits[i].score};
    }
    result->count = found->count;
    result->total = found->total;
    result->exact = found->exact;
    return SHEAF_OK;
}

sheaf_status sheaf_finder_run(sheaf_finder *f, const sheaf_query *query, size_t limit,
                              bool in_order, bool total, unsigned threads,
                              sheaf_find_result *result, sheaf_error *error) {
    sheaf_search_options options = {.limit = limit,
                                    .in_order = in_order,
                                    .total = total,
                                    .column = column,
                                    .gone = gone,
                                    .context = f};
    sheaf_search_result found = {0};
    *result = (sheaf_find_result){0};
    sheaf_status status = gather(f, query, threads, &result->scanned, error);
    if (status == SHEAF_OK && f->part_count > 1)
        qsort(f->parts, f->part_count, sizeof *f->parts, compare_parts);
    const sheaf_index **list = sheaf_malloc((f->part_count + 1) * sizeof(sheaf_index *));
    if (status == SHEAF_OK && !list)
        status = no_memory(error);
    for (size_t i = 0; list && i < f->part_count; i++)
        list[i] = &f->parts[i].index;
    if (status == SHEAF_OK)
        status = sheaf_search(&found, query, list, f->part_count, &options, error);
    if (status == SHEAF_OK)
        status = take_hits(f, &found, result, error);
    sheaf_search_result_clear(&found);
    sheaf_free(list);
    return status;
}

/* ---- places --------------------------------------------------------------------- */

typedef struct placing {
    sheaf_finder *finder;
    const part *part;
    sheaf_finder_placed told;
    void *context;
} placing;

static sheaf_status place(void *context, uint32_t doc, const sheaf_kwic_place *places, size_t count,
                          sheaf_error *error) {
    placing *p = context;
    if (gone(p->finder, &p->part->index, doc))
        return SHEAF_OK;
    return p->told(p->context, p->part->file, p->part->index.first + doc, places, count, error);
}

sheaf_status sheaf_finder_places(sheaf_finder *f, const sheaf_query *query, unsigned threads,
                                 sheaf_finder_placed told, void *context, uint64_t *scanned,
                                 sheaf_error *error) {
    placing p = {.finder = f, .told = told, .context = context};
    sheaf_query placed = *query; /* lent: nothing of it is freed here */
    placed.needs_positions = true;
    sheaf_status status = gather(f, &placed, threads, scanned, error);
    if (status == SHEAF_OK && f->part_count > 1)
        qsort(f->parts, f->part_count, sizeof *f->parts, compare_parts);
    for (size_t i = 0; i < f->part_count && status == SHEAF_OK; i++) {
        p.part = &f->parts[i];
        status = sheaf_kwic_walk(&placed, &p.part->index, column, f, place, &p, error);
    }
    return status;
}
