/* counts.c - articles to counters, then the rows that are wanted.
 *
 *   catalog   → the group of each article      before anything is unpacked
 *   chunks    → a counter a thread             any article in any of them
 *   merge     → rows                           those behind the limit are let go now and then */
#include "script/counts.h"

#include <stdlib.h>

#include "article/row.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/glance.h"

enum { KEPT_LEAST = 1 << 15, GROUPS_MOST = 1 << 20 };

typedef struct worker {
    sheaf_counter *counter;
    sheaf_article *article;
    uint64_t damaged;
} worker;

typedef struct run {
    sheaf_file *const *files;
    size_t count;
    const sheaf_tally_options *options;
    sheaf_tally *out;
    uint32_t **groups; /* of each file: of each ordinal */
    sheaf_map labels;
    worker *workers;
    unsigned threads;
    const uint32_t *here;  /* groups of the file that is read */
    sheaf_tally_row floor; /* of one group: what comes behind it is not among the first */
    bool has_floor;
} run;

static const uint32_t left_out = UINT32_MAX;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- groups --------------------------------------------------------------------- */

/* The first part of a date that is known so far; empty when it is not. */
static sheaf_slice date_part(sheaf_slice date, size_t size) {
    for (size_t i = 0; i < size && i < date.size; i++) {
        if (!sheaf_is_digit(date.data[i]) && date.data[i] != '-')
            return (sheaf_slice){0};
    }
    return date.size < size ? (sheaf_slice){0} : sheaf_slice_part(date, 0, size);
}

static sheaf_slice label_of(const sheaf_glance *glance, sheaf_tally_by by) {
    switch (by) {
    case SHEAF_TALLY_SITE: return glance->site;
    case SHEAF_TALLY_PUBLISHER: return glance->publisher;
    case SHEAF_TALLY_LANGUAGE: return glance->language;
    case SHEAF_TALLY_YEAR: return date_part(glance->published, 4);
    case SHEAF_TALLY_MONTH: return date_part(glance->published, 7);
    case SHEAF_TALLY_DAY: return date_part(glance->published, 10);
    case SHEAF_TALLY_TOGETHER:
    case SHEAF_TALLY_SIDES: break;
    }
    return (sheaf_slice){0};
}

/* The number of a label; left_out when memory is out. */
static uint32_t number_of(run *r, sheaf_slice label) {
    static const char none[1];
    label = label.size ? label : (sheaf_slice){none, 0};
    const uint64_t *known = sheaf_map_get(&r->labels, label);
    if (known)
        return (uint32_t)*known;
    sheaf_slice kept = label.size ? sheaf_arena_copy(&r->out->names, label) : label;
    if (!kept.data || r->labels.count >= GROUPS_MOST ||
        !sheaf_map_put(&r->labels, kept, r->labels.count))
        return left_out;
    return (uint32_t)r->labels.count - 1;
}

static sheaf_status group_file(run *r, size_t file, sheaf_error *error) {
    const sheaf_tally_options *o = r->options;
    uint64_t count = sheaf_file_count(r->files[file]);
    const uint8_t *side = o->side ? o->side[file] : NULL;
    uint32_t *groups = sheaf_calloc((size_t)count + 1, sizeof *groups);
    r->groups[file] = groups;
    if (!groups)
        return no_memory(error);
    for (uint64_t i = 0; i < count; i++) {
        sheaf_glance glance;
        if ((side && side[i] == SHEAF_TALLY_NOT) || sheaf_file_dropped(r->files[file], i)) {
            groups[i] = left_out;
        } else if (o->by == SHEAF_TALLY_SIDES) {
            groups[i] = side ? side[i] : 0;
        } else if (o->by != SHEAF_TALLY_TOGETHER) {
            sheaf_file_glance(r->files[file], i, &glance);
            groups[i] = number_of(r, label_of(&glance, o->by));
            if (groups[i] == left_out)
                return no_memory(error);
        }
    }
    return SHEAF_OK;
}

static int compare_groups(const void *a, const void *b) {
    return sheaf_slice_compare(((const sheaf_tally_group *)a)->name,
                               ((const sheaf_tally_group *)b)->name);
}

/* Groups are numbered in the order of their names. */
static bool name_groups(run *r) {
    sheaf_tally *out = r->out;
    bool labelled = r->labels.count > 0;
    out->group_count = labelled ? r->labels.count : r->options->by == SHEAF_TALLY_SIDES ? 2 : 1;
    out->groups = sheaf_calloc(out->group_count + 1, sizeof *out->groups);
    uint32_t *rank = sheaf_calloc(out->group_count + 1, sizeof *rank);
    for (size_t i = 0, at = 0; labelled && out->groups && i < r->labels.capacity; i++) {
        if (r->labels.slots[i].key.data)
            out->groups[at++].name = r->labels.slots[i].key;
    }
    bool fine = out->groups && rank;
    if (fine && labelled) {
        qsort(out->groups, out->group_count, sizeof *out->groups, compare_groups);
        for (size_t i = 0; i < out->group_count; i++)
            rank[*sheaf_map_get(&r->labels, out->groups[i].name)] = (uint32_t)i;
        for (size_t i = 0; i < r->count; i++) {
            for (uint64_t j = 0, end = sheaf_file_count(r->files[i]); j < end; j++) {
                if (r->groups[i][j] != left_out)
                    r->groups[i][j] = rank[r->groups[i][j]];
            }
        }
    }
    sheaf_free(rank);
    return fine;
}

/* ---- counting ------------------------------------------------------------------- */

static sheaf_status count_article(run *r, worker *w, uint32_t group, sheaf_slice json,
                                  sheaf_error *error) {
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_status status = sheaf_row_read(w->article, json, &limits, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_counter_article(w->counter, group);
    if (r->options->fields & SHEAF_TALLY_HEADLINE)
        status = sheaf_counter_text(w->counter, w->article->field[SHEAF_FIELD_HEADLINE], error);
    if (status == SHEAF_OK && r->options->fields & SHEAF_TALLY_TEXT)
        status = sheaf_counter_text(w->counter, w->article->field[SHEAF_FIELD_TEXT], error);
    return status;
}

static bool is_bad_article(sheaf_status status) {
    return status != SHEAF_OK && status != SHEAF_NO_MEMORY && status != SHEAF_IO;
}

static sheaf_status work(void *context, unsigned number, const sheaf_chunk *chunk, sheaf_scan *scan,
                         void **result, sheaf_error *error) {
    run *r = context;
    worker *w = &r->workers[number];
    sheaf_status status = SHEAF_OK;
    (void)result;
    for (uint64_t i = chunk->from; i < chunk->to && status == SHEAF_OK; i++) {
        uint64_t ordinal;
        sheaf_slice json;
        if (r->here[i] == left_out)
            continue;
        sheaf_scan_move(scan, i, i + 1);
        status = sheaf_scan_next(scan, &ordinal, &json, error);
        if (status == SHEAF_OK)
            status = count_article(r, w, r->here[i], json, error);
        if (is_bad_article(status)) {
            w->damaged++;
            status = SHEAF_OK;
        }
        if (status == SHEAF_OK)
            status = sheaf_counter_settle(w->counter, error);
    }
    return status;
}

static sheaf_status open_workers(run *r, sheaf_error *error) {
    sheaf_counter_options options = {
        .n = r->options->n, .groups = (uint32_t)r->out->group_count, .stop = r->options->stop};
    r->workers = sheaf_calloc(r->threads, sizeof *r->workers);
    if (!r->workers)
        return no_memory(error);
    for (unsigned i = 0; i < r->threads; i++) {
        r->workers[i].article = sheaf_article_new();
        r->workers[i].counter = sheaf_counter_new(&options);
        if (!r->workers[i].article || !r->workers[i].counter)
            return no_memory(error);
    }
    return SHEAF_OK;
}

static sheaf_status count_all(run *r, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < r->count && status == SHEAF_OK; i++) {
        sheaf_chunks chunks = {.threads = r->threads, .work = work, .context = r};
        r->here = r->groups[i];
        status = sheaf_file_chunks(r->files[i], &chunks, error);
    }
    return status;
}

/* ---- rows ----------------------------------------------------------------------- */

static int compare_numbers(double a, double b) {
    return (a < b) - (a > b);
}

static int compare_rows(const void *a, const void *b, sheaf_tally_order order) {
    const sheaf_tally_row *one = a, *other = b;
    int by = 0;
    if (one->group != other->group)
        return one->group < other->group ? -1 : 1;
    if (order == SHEAF_TALLY_COUNT)
        by = (one->count < other->count) - (one->count > other->count);
    else if (order == SHEAF_TALLY_ARTICLES)
        by = (one->articles < other->articles) - (one->articles > other->articles);
    else if (order == SHEAF_TALLY_KEYNESS)
        by = compare_numbers(one->keyness, other->keyness);
    else if (order == SHEAF_TALLY_RATIO)
        by = compare_numbers(one->ratio, other->ratio);
    return by ? by : sheaf_slice_compare(one->key, other->key);
}

static int by_count(const void *a, const void *b) {
    return compare_rows(a, b, SHEAF_TALLY_COUNT);
}
static int by_articles(const void *a, const void *b) {
    return compare_rows(a, b, SHEAF_TALLY_ARTICLES);
}
static int by_word(const void *a, const void *b) {
    return compare_rows(a, b, SHEAF_TALLY_WORD);
}
static int by_keyness(const void *a, const void *b) {
    return compare_rows(a, b, SHEAF_TALLY_KEYNESS);
}
static int by_ratio(const void *a, const void *b) {
    return compare_rows(a, b, SHEAF_TALLY_RATIO);
}

static void sort_rows(run *r) {
    static int (*const orders[])(const void *, const void *) = {by_count, by_articles, by_word,
                                                                by_keyness, by_ratio};
    sheaf_tally *out = r->out;
    if (out->count > 1)
        qsort(out->rows, out->count, sizeof *out->rows, orders[r->options->order]);
}

static void set_floor(run *r) {
    const sheaf_tally *out = r->out;
    bool one = out->group_count == 1 || r->options->by == SHEAF_TALLY_SIDES;
    r->has_floor = one && r->options->limit && out->count == r->options->limit;
    if (r->has_floor)
        r->floor = out->rows[out->count - 1];
}

/* Sorts, and lets go what is behind the limit; keys that stay move to a new arena. */
static bool prune(run *r) {
    sheaf_tally *out = r->out;
    sheaf_arena arena;
    size_t kept = 0, of_group = 0;
    sort_rows(r);
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < out->count; i++) {
        of_group = i > 0 && out->rows[i].group == out->rows[i - 1].group ? of_group + 1 : 0;
        if (r->options->limit && of_group >= r->options->limit)
            continue;
        sheaf_tally_row row = out->rows[i];
        row.key = sheaf_arena_copy(&arena, row.key);
        out->rows[kept++] = row;
    }
    bool fine = !arena.failed;
    sheaf_arena_clear(&out->arena);
    out->arena = arena;
    out->count = kept;
    set_floor(r);
    return fine;
}

/* How many rows are held before some are let go. */
static size_t room_for(const run *r) {
    size_t limit = r->options->limit, groups = r->out->group_count;
    if (limit == 0 || limit > SIZE_MAX / 4 / groups)
        return SIZE_MAX;
    return 2 * limit * groups > KEPT_LEAST ? 2 * limit * groups : KEPT_LEAST;
}

/* A row that cannot be among the first any more is passed over. */
static sheaf_status add_row(run *r, const sheaf_tally_row *row, sheaf_error *error) {
    sheaf_tally *out = r->out;
    if (r->has_floor && compare_rows(row, &r->floor, r->options->order) > 0)
        return SHEAF_OK;
    if (out->count >= room_for(r) && !prune(r))
        return no_memory(error);
    if (out->count == out->room) {
        size_t room = 2 * out->room + 1024;
        sheaf_tally_row *bigger = sheaf_realloc(out->rows, room * sizeof *bigger);
        if (!bigger)
            return no_memory(error);
        out->rows = bigger;
        out->room = room;
    }
    sheaf_tally_row *made = &out->rows[out->count++];
    *made = *row;
    made->key = sheaf_arena_copy(&out->arena, row->key);
    return made->key.data ? SHEAF_OK : no_memory(error);
}

static sheaf_status add_sides(run *r, sheaf_slice key, const sheaf_count *counts, size_t count,
                              sheaf_error *error) {
    const sheaf_tally_group *groups = r->out->groups;
    sheaf_tally_row row = {.key = key};
    for (size_t i = 0; i < count; i++) {
        *(counts[i].group ? &row.other : &row.count) = counts[i].count;
        *(counts[i].group ? &row.other_articles : &row.articles) = counts[i].articles;
    }
    if (row.count + row.other < r->options->min ||
        row.articles + row.other_articles < r->options->articles)
        return SHEAF_OK;
    row.keyness = sheaf_counts_g2(row.count, row.other, groups[0].words, groups[1].words);
    row.ratio = sheaf_counts_log_ratio(row.count, row.other, groups[0].words, groups[1].words);
    return add_row(r, &row, error);
}

static sheaf_status told(void *context, sheaf_slice key, const sheaf_count *counts, size_t count,
                         sheaf_error *error) {
    run *r = context;
    const sheaf_tally_options *o = r->options;
    sheaf_status status = SHEAF_OK;
    r->out->kinds++;
    for (size_t i = 0; i < count; i++)
        r->out->groups[counts[i].group].kinds++;
    if (o->only && !sheaf_map_get(o->only, key))
        return SHEAF_OK;
    if (o->by == SHEAF_TALLY_SIDES)
        return add_sides(r, key, counts, count, error);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        sheaf_tally_row row = {.key = key,
                               .group = counts[i].group,
                               .count = counts[i].count,
                               .articles = counts[i].articles};
        if (row.count >= o->min && row.articles >= o->articles)
            status = add_row(r, &row, error);
    }
    return status;
}

static sheaf_status gather(run *r, sheaf_error *error) {
    sheaf_counter **counters = sheaf_calloc(r->threads, sizeof(sheaf_counter *));
    if (!counters)
        return no_memory(error);
    for (unsigned i = 0; i < r->threads; i++) {
        counters[i] = r->workers[i].counter;
        r->out->damaged += r->workers[i].damaged;
        for (size_t j = 0; j < r->out->group_count; j++) {
            r->out->groups[j].words += sheaf_counter_words(counters[i])[j];
            r->out->groups[j].articles += sheaf_counter_articles(counters[i])[j];
        }
    }
    sheaf_status status = sheaf_counts_merge(counters, r->threads, told, r, error);
    sheaf_free(counters);
    if (status == SHEAF_OK && !prune(r))
        status = no_memory(error);
    return status;
}

/* ---- entry points --------------------------------------------------------------- */

static sheaf_status tally(run *r, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < r->count && status == SHEAF_OK; i++)
        status = group_file(r, i, error);
    if (status == SHEAF_OK && !name_groups(r))
        status = no_memory(error);
    if (status == SHEAF_OK)
        status = open_workers(r, error);
    if (status == SHEAF_OK)
        status = count_all(r, error);
    return status == SHEAF_OK ? gather(r, error) : status;
}

sheaf_status sheaf_tally_run(sheaf_tally *out, sheaf_file *const *files, size_t count,
                             const sheaf_tally_options *options, sheaf_error *error) {
    run r = {.files = files, .count = count, .options = options, .out = out};
    *out = (sheaf_tally){0};
    sheaf_arena_init(&out->arena);
    sheaf_arena_init(&out->names);
    r.threads = options->threads ? options->threads : 1;
    r.groups = sheaf_calloc(count + 1, sizeof *r.groups);
    sheaf_status status = r.groups ? tally(&r, error) : no_memory(error);
    for (size_t i = 0; r.groups && i < count; i++)
        sheaf_free(r.groups[i]);
    sheaf_free(r.groups);
    sheaf_map_clear(&r.labels);
    for (unsigned i = 0; r.workers && i < r.threads; i++) {
        sheaf_article_free(r.workers[i].article);
        sheaf_counter_free(r.workers[i].counter);
    }
    sheaf_free(r.workers);
    return status;
}

void sheaf_tally_clear(sheaf_tally *t) {
    sheaf_free(t->rows);
    sheaf_free(t->groups);
    sheaf_arena_clear(&t->arena);
    sheaf_arena_clear(&t->names);
    *t = (sheaf_tally){0};
}
