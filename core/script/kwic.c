/* kwic.c - from places to lines, in many threads.
 *
 *   places    file, article, slots       all of them, in order
 *   chosen    a sample, or the first     before anything is unpacked
 *   batches   places of one window       one unpacks its frames once, in any thread
 *   lines     by their keys              of equal ones the first place is first
 *
 * A batch keeps its lines in an arena of its own; batches are in order, so that any
 * number of threads makes the same. */
#include "script/kwic.h"

#include <stdlib.h>

#include "article/row.h"
#include "article/url.h"
#include "base/jobs.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/glance.h"

typedef struct found_place {
    uint32_t file;
    sheaf_kwic_place place;
    uint64_t ordinal;
} found_place;

typedef struct sheaf_kwic_batch {
    size_t from, to; /* of the places */
    sheaf_arena arena;
    sheaf_kwic_entry **lines;
    size_t count, room;
    uint64_t damaged;
} batch;

typedef struct worker {
    sheaf_scan *scan;
    size_t file; /* of the scan */
    sheaf_article *article;
} worker;

typedef struct run {
    sheaf_file *const *files;
    const sheaf_kwic_options *options;
    sheaf_kwic *out;
    found_place *places;
    size_t count, room;
    sheaf_kwic_place *chosen; /* places of the articles, beside `places` */
    worker *workers;
} run;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- places --------------------------------------------------------------------- */

static bool has_room(run *r, size_t more) {
    if (r->room - r->count >= more)
        return true;
    size_t room = 2 * r->room + more + 1024;
    found_place *bigger = sheaf_realloc(r->places, room * sizeof *bigger);
    if (!bigger)
        return false;
    r->places = bigger;
    r->room = room;
    return true;
}

/* A sample is drawn of all places; without one, what is behind the most is only counted. */
static sheaf_status keep(void *context, size_t file, uint64_t ordinal,
                         const sheaf_kwic_place *places, size_t count, sheaf_error *error) {
    run *r = context;
    size_t most = r->options->sample ? SIZE_MAX : SHEAF_KWIC_MOST;
    r->out->total += count;
    r->out->articles += count > 0;
    if (count > most - r->count) {
        r->out->cut = true;
        count = most - r->count;
    }
    if (!has_room(r, count))
        return no_memory(error);
    for (size_t i = 0; i < count; i++)
        r->places[r->count++] = (found_place){(uint32_t)file, places[i], ordinal};
    return SHEAF_OK;
}

/* SplitMix64. */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Each set of `wanted` places is as likely as any other; they stay in order. */
static void draw(run *r, size_t wanted) {
    uint64_t state = r->options->seed;
    size_t kept = 0, all = r->count;
    for (size_t i = 0; i < all && kept < wanted; i++) {
        double chance = (double)(next_random(&state) >> 11) * 0x1p-53;
        if (chance * (double)(all - i) < (double)(wanted - kept))
            r->places[kept++] = r->places[i];
    }
    r->count = kept;
}

static void choose(run *r) {
    const sheaf_kwic_options *o = r->options;
    if (o->sample)
        draw(r, o->sample < SHEAF_KWIC_MOST ? o->sample : SHEAF_KWIC_MOST);
    if (o->limit && o->order.count == 0 && r->count > o->limit)
        r->count = o->limit;
}

/* ---- batches -------------------------------------------------------------------- */

static bool add_batch(sheaf_kwic *out, size_t *room, size_t from, size_t to) {
    if (from == to)
        return true;
    if (out->batch_count == *room) {
        size_t more = *room ? 2 * *room : 16;
        batch *bigger = sheaf_realloc(out->batches, more * sizeof *bigger);
        if (!bigger)
            return false;
        out->batches = bigger;
        *room = more;
    }
    batch *made = &out->batches[out->batch_count++];
    *made = (batch){.from = from, .to = to};
    sheaf_arena_init(&made->arena);
    return true;
}

/* Cuts the places of one file, from `at` on, where windows end. Returns where they end. */
static size_t cut_file(run *r, size_t at, size_t *room) {
    sheaf_chunk *list = NULL;
    size_t count = 0, from = at;
    uint32_t file = r->places[at].file;
    if (!sheaf_file_windows(r->files[file], &list, &count))
        return SIZE_MAX;
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        while (at < r->count && r->places[at].file == file && r->places[at].ordinal < list[i].to)
            at++;
        fine = add_batch(r->out, room, from, at);
        from = at;
    }
    while (at < r->count && r->places[at].file == file)
        at++;
    fine = fine && add_batch(r->out, room, from, at);
    sheaf_free(list);
    return fine ? at : SIZE_MAX;
}

static bool cut(run *r) {
    size_t room = 0, at = 0;
    while (at < r->count && at != SIZE_MAX)
        at = cut_file(r, at, &room);
    r->chosen = sheaf_malloc((r->count + 1) * sizeof *r->chosen);
    for (size_t i = 0; r->chosen && i < r->count; i++)
        r->chosen[i] = r->places[i].place;
    return r->chosen && at != SIZE_MAX;
}

/* ---- lines ---------------------------------------------------------------------- */

typedef struct telling {
    batch *to;
    sheaf_kwic_entry known; /* of the article */
} telling;

static sheaf_status add_line(void *context, const sheaf_kwic_line *line) {
    telling *t = context;
    batch *b = t->to;
    if (b->count == b->room &&
        !sheaf_arena_grow(&b->arena, (void **)&b->lines, b->count, &b->room, sizeof *b->lines))
        return SHEAF_NO_MEMORY;
    sheaf_kwic_entry *made = sheaf_arena_alloc(&b->arena, sizeof *made);
    if (!made)
        return SHEAF_NO_MEMORY;
    *made = t->known;
    made->line = *line;
    b->lines[b->count++] = made;
    return SHEAF_OK;
}

static sheaf_slice kept(sheaf_arena *arena, sheaf_slice text) {
    return text.size ? sheaf_arena_copy(arena, text) : (sheaf_slice){0};
}

static sheaf_status make_lines(run *r, batch *b, const sheaf_article *a, size_t from, size_t to) {
    const sheaf_slice *field = a->field;
    telling t = {.to = b};
    t.known = (sheaf_kwic_entry){
        .file = r->places[from].file,
        .ordinal = r->places[from].ordinal,
        .id = kept(&b->arena, field[SHEAF_FIELD_ID]),
        .url = kept(&b->arena, field[SHEAF_FIELD_URL]),
        .date = kept(&b->arena, field[SHEAF_FIELD_PUBLISHED]),
        .site = kept(&b->arena, sheaf_url_site(field[SHEAF_FIELD_URL])),
        .publisher = kept(&b->arena, field[SHEAF_FIELD_PUBLISHER]),
        .language = kept(&b->arena, field[SHEAF_FIELD_LANGUAGE]),
        .headline = kept(&b->arena, field[SHEAF_FIELD_HEADLINE]),
    };
    sheaf_kwic_article article = {.headline = field[SHEAF_FIELD_HEADLINE],
                                  .text = field[SHEAF_FIELD_TEXT],
                                  .date = t.known.date,
                                  .site = t.known.site,
                                  .language = t.known.language};
    return sheaf_kwic_lines(&b->arena, &article, r->chosen + from, to - from, r->options->width,
                            &r->options->order, add_line, &t);
}

/* An article that cannot be read is counted, and makes no lines. */
static sheaf_status read_article(run *r, batch *b, worker *w, size_t from, size_t to) {
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_error cause = {0};
    sheaf_slice json;
    uint64_t ordinal = r->places[from].ordinal;
    sheaf_scan_move(w->scan, ordinal, ordinal + 1);
    sheaf_status status = sheaf_scan_next(w->scan, &ordinal, &json, &cause);
    if (status == SHEAF_OK)
        status = sheaf_row_read(w->article, json, &limits, &cause);
    if (status == SHEAF_OK)
        return make_lines(r, b, w->article, from, to);
    b->damaged++;
    return status == SHEAF_NO_MEMORY ? status : SHEAF_OK;
}

static sheaf_status prepare(run *r, worker *w, size_t file, sheaf_error *error) {
    if (!w->article && !(w->article = sheaf_article_new()))
        return no_memory(error);
    if (w->scan && w->file == file)
        return SHEAF_OK;
    sheaf_scan_close(w->scan);
    w->scan = NULL;
    w->file = file;
    return sheaf_scan_open(&w->scan, r->files[file], 0, 0, error);
}

static sheaf_status work(void *context, unsigned number, size_t job, sheaf_error *error) {
    run *r = context;
    worker *w = &r->workers[number];
    batch *b = &r->out->batches[job];
    sheaf_status status = prepare(r, w, r->places[b->from].file, error);
    for (size_t from = b->from, to; from < b->to && status == SHEAF_OK; from = to) {
        for (to = from + 1; to < b->to && r->places[to].ordinal == r->places[from].ordinal;)
            to++;
        status = read_article(r, b, w, from, to);
        if (status != SHEAF_OK)
            no_memory(error);
    }
    return status;
}

static sheaf_status read_all(run *r, sheaf_error *error) {
    sheaf_jobs jobs = {.count = r->out->batch_count,
                       .threads = r->options->threads,
                       .ahead = r->out->batch_count + 1,
                       .work = work,
                       .context = r};
    unsigned workers = sheaf_jobs_workers(&jobs);
    r->workers = sheaf_calloc(workers + 1, sizeof *r->workers);
    if (!r->workers)
        return no_memory(error);
    sheaf_status status = sheaf_jobs_run(&jobs, error);
    for (unsigned i = 0; i < workers; i++) {
        sheaf_scan_close(r->workers[i].scan);
        sheaf_article_free(r->workers[i].article);
    }
    sheaf_free(r->workers);
    return status;
}

/* ---- order ---------------------------------------------------------------------- */

static int compare_entries(const void *a, const void *b) {
    const sheaf_kwic_entry *one = *(sheaf_kwic_entry *const *)a;
    const sheaf_kwic_entry *other = *(sheaf_kwic_entry *const *)b;
    int order = sheaf_slice_compare(one->line.key, other->line.key);
    if (order != 0)
        return order;
    if (one->file != other->file)
        return one->file < other->file ? -1 : 1;
    if (one->ordinal != other->ordinal)
        return one->ordinal < other->ordinal ? -1 : 1;
    if (one->line.field != other->line.field)
        return one->line.field < other->line.field ? -1 : 1;
    if (one->line.from != other->line.from)
        return one->line.from < other->line.from ? -1 : 1;
    return (one->line.to > other->line.to) - (one->line.to < other->line.to);
}

static bool order(run *r) {
    sheaf_kwic *out = r->out;
    size_t count = 0;
    for (size_t i = 0; i < out->batch_count; i++)
        count += out->batches[i].count;
    out->lines = sheaf_malloc((count + 1) * sizeof *out->lines);
    if (!out->lines)
        return false;
    for (size_t i = 0; i < out->batch_count; i++) {
        const batch *b = &out->batches[i];
        for (size_t j = 0; j < b->count; j++)
            out->lines[out->count++] = b->lines[j];
        out->damaged += b->damaged;
    }
    if (r->options->order.count > 0 && out->count > 1)
        qsort(out->lines, out->count, sizeof *out->lines, compare_entries);
    if (r->options->limit && out->count > r->options->limit)
        out->count = r->options->limit;
    return true;
}

/* ---- entry points --------------------------------------------------------------- */

static sheaf_status find(run *r, size_t count, const sheaf_query *query, sheaf_error *error) {
    sheaf_finder *finder = NULL;
    sheaf_status status = sheaf_finder_open(&finder, r->files, count, error);
    if (status != SHEAF_OK)
        return status;
    status =
        sheaf_finder_places(finder, query, r->options->threads, keep, r, &r->out->scanned, error);
    sheaf_finder_close(finder);
    return status;
}

sheaf_status sheaf_kwic_run(sheaf_kwic *out, sheaf_file *const *files, size_t count,
                            const sheaf_query *query, const sheaf_kwic_options *options,
                            sheaf_error *error) {
    run r = {.files = files, .options = options, .out = out};
    *out = (sheaf_kwic){0};
    sheaf_status status = find(&r, count, query, error);
    if (status == SHEAF_OK) {
        choose(&r);
        status = cut(&r) ? read_all(&r, error) : no_memory(error);
    }
    if (status == SHEAF_OK && !order(&r))
        status = no_memory(error);
    sheaf_free(r.places);
    sheaf_free(r.chosen);
    return status;
}

void sheaf_kwic_clear(sheaf_kwic *kwic) {
    for (size_t i = 0; i < kwic->batch_count; i++)
        sheaf_arena_clear(&kwic->batches[i].arena);
    sheaf_free(kwic->batches);
    sheaf_free(kwic->lines);
    *kwic = (sheaf_kwic){0};
}
