/* chunks.c - windows of the catalog as numbered jobs.
 *
 * Windows are where a chunk may end: an article of one window never needs a
 * frame of another. One that is broken makes no chunk of its own; what it should
 * hold is then in the chunk before, and reading tells. */
#include "store/chunks.h"

#include "base/jobs.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"
#include "store/glance.h"

typedef struct run {
    const sheaf_file *file;
    const sheaf_chunks *calls;
    sheaf_chunk *list;
    size_t count, capacity;
    sheaf_scan **scans; /* one a worker, made at its first chunk */
    void **results;     /* by number, modulo ahead; NULL: none */
    size_t ahead;
} run;

static bool add_chunk(run *r, uint64_t from, uint64_t to) {
    if (from < r->calls->from)
        from = r->calls->from;
    if (r->calls->to && to > r->calls->to)
        to = r->calls->to;
    if (from >= to)
        return true;
    if (r->count == r->capacity) {
        size_t capacity = r->capacity ? 2 * r->capacity : 16;
        sheaf_chunk *list = sheaf_realloc(r->list, capacity * sizeof *list);
        if (!list)
            return false;
        r->list = list;
        r->capacity = capacity;
    }
    r->list[r->count] = (sheaf_chunk){r->count, from, to};
    r->count++;
    return true;
}

static bool cut(run *r, const sheaf_catalog *catalog) {
    const sheaf_column *windows = &catalog->section[SHEAF_SECTION_WINDOW];
    uint64_t from = 0;
    for (uint64_t i = 1; i < windows->count; i++) {
        uint64_t to = sheaf_column_get(windows, i);
        if (to <= from || to >= catalog->rows)
            continue;
        if (!add_chunk(r, catalog->first + from, catalog->first + to))
            return false;
        from = to;
    }
    return add_chunk(r, catalog->first + from, catalog->first + catalog->rows);
}

bool sheaf_file_windows(const sheaf_file *file, sheaf_chunk **list, size_t *count) {
    sheaf_chunks all = {0};
    run r = {.file = file, .calls = &all};
    bool listed = true;
    for (size_t i = 0; i < file->volume_count && listed; i++)
        listed = cut(&r, &file->volumes[i].catalog);
    if (!listed) {
        sheaf_free(r.list);
        r = (run){0};
    }
    *list = r.list;
    *count = r.count;
    return listed;
}

static sheaf_status work(void *context, unsigned worker, size_t job, sheaf_error *error) {
    run *r = context;
    const sheaf_chunk *chunk = &r->list[job];
    void *result = NULL;
    sheaf_status status = SHEAF_OK;
    if (!r->scans[worker])
        status = sheaf_scan_open(&r->scans[worker], r->file, 0, 0, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_scan_move(r->scans[worker], chunk->from, chunk->to);
    status = r->calls->work(r->calls->context, worker, chunk, r->scans[worker], &result, error);
    r->results[job % r->ahead] = result;
    return status;
}

static sheaf_status take(void *context, size_t job, sheaf_error *error) {
    run *r = context;
    void *result = r->results[job % r->ahead];
    r->results[job % r->ahead] = NULL;
    return r->calls->take ? r->calls->take(r->calls->context, &r->list[job], result, error)
                          : SHEAF_OK;
}

static void drop_rest(run *r) {
    for (size_t i = 0; i < r->ahead; i++) {
        if (r->results[i] && r->calls->drop)
            r->calls->drop(r->calls->context, r->results[i]);
        else
            sheaf_free(r->results[i]);
    }
}

sheaf_status sheaf_file_chunks(const sheaf_file *file, const sheaf_chunks *chunks,
                               sheaf_error *error) {
    run r = {.file = file, .calls = chunks};
    bool listed = true;
    for (size_t i = 0; i < file->volume_count && listed; i++)
        listed = cut(&r, &file->volumes[i].catalog);
    sheaf_jobs jobs = {.count = r.count,
                       .threads = chunks->threads,
                       .ahead = chunks->ahead,
                       .work = work,
                       .take = take,
                       .context = &r};
    r.ahead = sheaf_jobs_ahead(&jobs);
    r.results = sheaf_calloc(r.ahead, sizeof *r.results);
    unsigned workers = sheaf_jobs_workers(&jobs);
    r.scans = sheaf_calloc(workers, sizeof(sheaf_scan *));
    sheaf_status status = SHEAF_NO_MEMORY;
    if (listed && r.results && r.scans) {
        status = sheaf_jobs_run(&jobs, error);
        drop_rest(&r);
    } else {
        sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    for (unsigned i = 0; r.scans && i < workers; i++)
        sheaf_scan_close(r.scans[i]);
    sheaf_free(r.scans);
    sheaf_free(r.results);
    sheaf_free(r.list);
    return status;
}
