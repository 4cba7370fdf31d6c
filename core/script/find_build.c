/* find_build.c - sheaf index: what the index lacks is read, and becomes segments.
 *
 *   articles ──► runs, in a temporary file ──► joined with neighbours ──► entries
 *
 * A segment is joined with the one before it when that is less than twice as large,
 * as long as the two together are not too large: so their number grows as the
 * logarithm of what there is, and each article is written again a few times only.
 * What was joined is taken off the list, in the same commit. */
#include "script/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/merge.h"
#include "script/find_parts.h"
#include "store/index_entries.h"

enum { PAGE = 1 << 16 }; /* runs begin at multiples of it, so that they can be mapped */

static const uint64_t largest = (uint64_t)160 << 20; /* bytes of a segment that was joined */

/* A segment: of the sheaf (name is set), or a run in the temporary file. */
typedef struct piece {
    sheaf_slice name;
    sheaf_slice bytes;
    uint64_t offset, size;
    uint64_t first, docs;
    bool positions;
    size_t group; /* pieces of one group are joined */
} piece;

typedef struct building {
    const sheaf_find_build *options;
    sheaf_index_commit *commit;
    sheaf_index_builder *builder;
    sheaf_find_counts *counts;
    FILE *runs;
    uint64_t written; /* to runs */
    piece *pieces;
    size_t count, room;
    uint64_t done, total;
} building;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static piece *new_piece(building *b) {
    if (b->count == b->room) {
        size_t room = b->room ? 2 * b->room : 16;
        piece *bigger = sheaf_realloc(b->pieces, room * sizeof *bigger);
        if (!bigger)
            return NULL;
        b->pieces = bigger;
        b->room = room;
    }
    b->pieces[b->count] = (piece){0};
    return &b->pieces[b->count++];
}

/* ---- runs ----------------------------------------------------------------------- */

static sheaf_status put_run(void *context, sheaf_slice bytes, sheaf_error *error) {
    building *b = context;
    if (fwrite(bytes.data, 1, bytes.size, b->runs) != bytes.size)
        return sheaf_fail_errno(error, "cannot write", "a temporary file");
    b->written += bytes.size;
    return SHEAF_OK;
}

static sheaf_status fill_page(building *b, sheaf_error *error) {
    static const char zeros[PAGE];
    uint64_t over = b->written % PAGE;
    return over ? put_run(b, (sheaf_slice){zeros, PAGE - (size_t)over}, error) : SHEAF_OK;
}

static sheaf_status flush(void *context, sheaf_error *error) {
    building *b = context;
    piece *made = new_piece(b);
    if (!made)
        return no_memory(error);
    if (!b->runs && !(b->runs = tmpfile()))
        return sheaf_fail_errno(error, "cannot make", "a temporary file");
    made->docs = sheaf_index_builder_count(b->builder);
    made->first = sheaf_index_builder_first(b->builder);
    made->positions = b->options->positions;
    sheaf_status status = fill_page(b, error);
    made->offset = b->written;
    if (status == SHEAF_OK)
        status = sheaf_index_builder_finish(b->builder, put_run, b, error);
    made->size = b->written - made->offset;
    return status;
}

static void progress(void *context, uint64_t articles) {
    building *b = context;
    b->done += articles;
    if (b->options->progress)
        b->options->progress(b->options->context, b->done, b->total);
}

static sheaf_status build_range(building *b, sheaf_find_range range, sheaf_error *error) {
    sheaf_index_options options = {.positions = b->options->positions, .slots = b->options->slots};
    b->builder = sheaf_index_builder_new(range.from, &options);
    if (!b->builder)
        return no_memory(error);
    sheaf_find_feed feed = {.file = sheaf_index_commit_file(b->commit),
                            .range = range,
                            .threads = b->options->threads,
                            .builder = b->builder,
                            .flush = flush,
                            .progress = progress,
                            .context = b};
    sheaf_status status = sheaf_find_feed_run(&feed, error);
    b->counts->damaged += feed.damaged;
    b->counts->articles += range.to - range.from;
    sheaf_index_builder_free(b->builder);
    return status;
}

/* ---- what there is -------------------------------------------------------------- */

static sheaf_status drop_all(building *b, sheaf_error *error) {
    sheaf_slice name, data;
    sheaf_status status = SHEAF_OK;
    const sheaf_file *file = sheaf_index_commit_file(b->commit);
    for (size_t i = 0; status == SHEAF_OK && sheaf_file_index(file, i, &name, &data); i++)
        status = sheaf_index_commit_drop(b->commit, name, error);
    return status;
}

static sheaf_status look_at_old(building *b, const sheaf_index *segments, size_t count,
                                sheaf_error *error) {
    sheaf_slice name, data;
    const sheaf_file *file = sheaf_index_commit_file(b->commit);
    for (size_t i = 0; i < count && sheaf_file_index(file, i, &name, &data); i++) {
        piece *old = new_piece(b);
        if (!old)
            return no_memory(error);
        *old = (piece){.name = name,
                       .bytes = data,
                       .size = data.size,
                       .first = segments[i].first,
                       .docs = segments[i].docs,
                       .positions = segments[i].positions};
    }
    return SHEAF_OK;
}

/* ---- joining -------------------------------------------------------------------- */

static int compare_pieces(const void *a, const void *b) {
    const piece *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

static bool may_join(const piece *left, const piece *right, uint64_t left_size,
                     uint64_t right_size) {
    return left->first + left->docs == right->first && left->positions == right->positions &&
           left_size < 2 * right_size && left_size + right_size <= largest;
}

/* Gives each piece its group: a group is the place of its first piece. */
static void group(building *b, uint64_t *sizes) {
    size_t last = 0;
    if (b->count > 1)
        qsort(b->pieces, b->count, sizeof *b->pieces, compare_pieces);
    for (size_t i = 0; i < b->count; i++) {
        b->pieces[i].group = last = i;
        sizes[i] = b->pieces[i].size;
        while (last > 0) {
            size_t before = b->pieces[last - 1].group;
            if (!may_join(&b->pieces[last - 1], &b->pieces[last], sizes[before], sizes[last]))
                break;
            sizes[before] += sizes[last];
            for (size_t j = last; j <= i; j++)
                b->pieces[j].group = before;
            last = before;
        }
    }
}

static sheaf_status put_entry(void *context, sheaf_slice bytes, sheaf_error *error) {
    building *b = context;
    b->counts->bytes += bytes.size;
    return sheaf_index_commit_put(b->commit, bytes, error);
}

static sheaf_status map_run(building *b, piece *run, sheaf_error *error) {
    void *at =
        mmap(NULL, (size_t)run->size, PROT_READ, MAP_PRIVATE, fileno(b->runs), (off_t)run->offset);
    if (at == MAP_FAILED)
        return sheaf_fail_errno(error, "cannot map", "a temporary file");
    run->bytes = (sheaf_slice){at, (size_t)run->size};
    return SHEAF_OK;
}

static void unmap_runs(piece *pieces, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!pieces[i].name.size && pieces[i].bytes.data)
            munmap((void *)(uintptr_t)pieces[i].bytes.data, pieces[i].bytes.size);
    }
}

static sheaf_status write_entry(building *b, piece *pieces, size_t count, sheaf_error *error) {
    sheaf_index *parts = sheaf_calloc(count, sizeof *parts);
    sheaf_status status = parts ? SHEAF_OK : no_memory(error);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        if (!pieces[i].name.size)
            status = map_run(b, &pieces[i], error);
        if (status == SHEAF_OK)
            status = sheaf_index_open(&parts[i], pieces[i].bytes, error);
        if (status == SHEAF_OK && pieces[i].name.size)
            status = sheaf_index_commit_drop(b->commit, pieces[i].name, error);
    }
    if (status == SHEAF_OK)
        status = sheaf_index_commit_begin(b->commit, error);
    if (status == SHEAF_OK)
        status = count == 1 ? put_entry(b, pieces[0].bytes, error)
                            : sheaf_index_merge(parts, count, put_entry, b, error);
    if (status == SHEAF_OK)
        status = sheaf_index_commit_end(b->commit, error);
    unmap_runs(pieces, count);
    sheaf_free(parts);
    return status;
}

static sheaf_status write_groups(building *b, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    uint64_t *sizes = sheaf_calloc(b->count + 1, sizeof *sizes);
    if (!sizes)
        return no_memory(error);
    if (b->runs && fflush(b->runs) != 0)
        status = sheaf_fail_errno(error, "cannot write", "a temporary file");
    group(b, sizes);
    for (size_t from = 0, to; from < b->count && status == SHEAF_OK; from = to) {
        piece *first = &b->pieces[from];
        for (to = from + 1; to < b->count && b->pieces[to].group == from;)
            to++;
        b->counts->segments++;
        if (to - from == 1 && first->name.size)
            b->counts->bytes += first->size;
        else
            status = write_entry(b, first, to - from, error);
    }
    sheaf_free(sizes);
    return status;
}

/* ---- all of it ------------------------------------------------------------------ */

static sheaf_status build(building *b, sheaf_error *error) {
    const sheaf_file *file = sheaf_index_commit_file(b->commit);
    sheaf_index *segments = NULL;
    sheaf_find_range *gaps = NULL;
    size_t count = 0, gap_count = 0;
    sheaf_status status =
        b->options->anew ? drop_all(b, error) : sheaf_find_segments(file, &segments, &count, error);
    if (status == SHEAF_OK)
        status = look_at_old(b, segments, count, error);
    if (status == SHEAF_OK)
        status = sheaf_find_gaps(file, segments, count, &gaps, &gap_count, error);
    for (size_t i = 0; i < gap_count; i++)
        b->total += gaps[i].to - gaps[i].from;
    for (size_t i = 0; i < gap_count && status == SHEAF_OK; i++)
        status = build_range(b, gaps[i], error);
    if (status == SHEAF_OK && gap_count > 0)
        status = write_groups(b, error);
    if (status == SHEAF_OK && gap_count > 0)
        status = sheaf_index_commit_finish(b->commit, "index", error);
    b->counts->indexed = sheaf_file_live(file);
    sheaf_free(segments);
    sheaf_free(gaps);
    return status;
}

sheaf_status sheaf_find_index(const char *path, const sheaf_find_build *options,
                              sheaf_find_counts *counts, sheaf_error *error) {
    building b = {.options = options, .counts = counts};
    *counts = (sheaf_find_counts){0};
    sheaf_status status = sheaf_index_commit_open(&b.commit, path, error);
    if (status == SHEAF_OK)
        status = build(&b, error);
    sheaf_index_commit_close(b.commit);
    if (b.runs)
        fclose(b.runs);
    sheaf_free(b.pieces);
    return status;
}
