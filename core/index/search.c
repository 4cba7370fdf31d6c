/* search.c - statistics first, then the walk, with a heap of the best.
 *
 * When the heap is full, its worst score is what an article has to beat. Blocks
 * whose bound is no more than that are passed over unread. */
#include "index/search.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"

typedef struct search {
    const sheaf_query *query;
    const sheaf_index *const *parts;
    size_t count;
    const sheaf_search_options *options;
    sheaf_search_result *out;
    sheaf_matcher **matchers;
    double *weights;
    double average;
    bool skips; /* may pass over what cannot be among the best */
} search;

void sheaf_search_result_clear(sheaf_search_result *result) {
    sheaf_free(result->hits);
    *result = (sheaf_search_result){0};
}

/* ---- the heap: its worst hit is the first --------------------------------------- */

static bool is_worse(const sheaf_search_hit *a, const sheaf_search_hit *b) {
    if (a->score < b->score || a->score > b->score)
        return a->score < b->score;
    return a->part != b->part ? a->part > b->part : a->doc > b->doc;
}

static void swap(sheaf_search_hit *a, sheaf_search_hit *b) {
    sheaf_search_hit held = *a;
    *a = *b;
    *b = held;
}

static void sift_up(sheaf_search_hit *heap, size_t at) {
    while (at > 0 && is_worse(&heap[at], &heap[(at - 1) / 2])) {
        swap(&heap[at], &heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static void sift_down(sheaf_search_hit *heap, size_t count) {
    for (size_t at = 0, child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && is_worse(&heap[child + 1], &heap[child]))
            child++;
        if (!is_worse(&heap[child], &heap[at]))
            break;
        swap(&heap[at], &heap[child]);
    }
}

static bool add_hit(search *s, const sheaf_search_hit *hit) {
    sheaf_search_result *out = s->out;
    if (out->count == out->room) {
        size_t room = out->room ? 2 * out->room : 64;
        sheaf_search_hit *bigger = sheaf_realloc(out->hits, room * sizeof *bigger);
        if (!bigger)
            return false;
        out->hits = bigger;
        out->room = room;
    }
    out->hits[out->count++] = *hit;
    return true;
}

static bool is_full(const search *s) {
    return s->options->limit && s->out->count == s->options->limit;
}

static bool offer(search *s, const sheaf_search_hit *hit) {
    sheaf_search_result *out = s->out;
    if (!is_full(s)) {
        if (!add_hit(s, hit))
            return false;
        if (!s->options->in_order && s->options->limit)
            sift_up(out->hits, out->count - 1);
    } else if (!s->options->in_order && is_worse(&out->hits[0], hit)) {
        out->hits[0] = *hit;
        sift_down(out->hits, out->count);
    }
    return true;
}

/* ---- the walk ------------------------------------------------------------------- */

/* Where to go on, when nothing up to *last can be among the best. */
static bool can_skip(search *s, sheaf_matcher *m, uint32_t doc, uint32_t *last) {
    if (!s->skips || !is_full(s))
        return false;
    return sheaf_matcher_bound(m, doc, last) * (1 + 1e-9) <= s->out->hits[0].score;
}

static sheaf_status take(search *s, size_t part, uint32_t doc, sheaf_error *error) {
    const sheaf_search_options *o = s->options;
    sheaf_matcher *m = s->matchers[part];
    if (o->gone && o->gone(o->context, s->parts[part], doc))
        return SHEAF_OK;
    sheaf_search_hit hit = {part, doc, o->in_order && !o->found ? 0 : sheaf_matcher_score(m)};
    s->out->total++;
    if (!offer(s, &hit))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return o->found ? o->found(o->context, &hit, error) : SHEAF_OK;
}

static sheaf_status walk(search *s, size_t part, sheaf_error *error) {
    sheaf_matcher *m = s->matchers[part];
    bool early = s->options->in_order && !s->options->total && !s->options->found;
    sheaf_status status = SHEAF_OK;
    uint32_t bounded = 0, last;
    if (s->skips && is_full(s))
        sheaf_matcher_floor(m, s->out->hits[0].score);
    for (uint32_t doc = sheaf_matcher_seek(m, 0); doc != SHEAF_LIST_END && status == SHEAF_OK;) {
        if (early && is_full(s))
            break;
        if (doc >= bounded && can_skip(s, m, doc, &last)) {
            doc = sheaf_matcher_seek(m, last + 1);
            continue;
        }
        if (doc >= bounded && s->skips && is_full(s))
            bounded = last == UINT32_MAX ? last : last + 1;
        status = take(s, part, doc, error);
        if (s->skips && is_full(s))
            sheaf_matcher_floor(m, s->out->hits[0].score);
        doc = sheaf_matcher_seek(m, doc + 1);
    }
    return status == SHEAF_OK ? sheaf_matcher_status(m, error) : status;
}

/* ---- statistics ----------------------------------------------------------------- */

static sheaf_status open_all(search *s, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < s->count && status == SHEAF_OK; i++)
        status = sheaf_matcher_open(&s->matchers[i], s->query, s->parts[i], s->options->column,
                                    s->options->context, error);
    return status;
}

static void weigh(search *s) {
    double docs = 0, length = 0;
    for (size_t i = 0; i < s->count; i++) {
        docs += s->parts[i]->docs;
        length += (double)s->parts[i]->length;
    }
    s->average = docs > 0 ? length / docs : 0;
    for (size_t i = 0; i < s->query->term_count; i++) {
        double articles = 0;
        for (size_t j = 0; j < s->count; j++)
            articles += (double)sheaf_matcher_articles(s->matchers[j], i);
        s->weights[i] = log(1 + (docs - articles + 0.5) / (articles + 0.5));
    }
}

static int compare_hits(const void *a, const void *b) {
    return is_worse(a, b) ? 1 : is_worse(b, a) ? -1 : 0;
}

static sheaf_status run(search *s, sheaf_error *error) {
    sheaf_status status = open_all(s, error);
    if (status == SHEAF_OK)
        weigh(s);
    for (size_t i = 0; i < s->count && status == SHEAF_OK; i++) {
        status = sheaf_matcher_start(s->matchers[i], s->weights, s->average, error);
        if (status == SHEAF_OK)
            status = walk(s, i, error);
    }
    if (status == SHEAF_OK && !s->options->in_order && s->out->count > 1)
        qsort(s->out->hits, s->out->count, sizeof *s->out->hits, compare_hits);
    return status;
}

sheaf_status sheaf_search(sheaf_search_result *out, const sheaf_query *query,
                          const sheaf_index *const *parts, size_t count,
                          const sheaf_search_options *options, sheaf_error *error) {
    search s = {.query = query, .parts = parts, .count = count, .options = options, .out = out};
    *out = (sheaf_search_result){0};
    s.skips = options->limit && !options->in_order && !options->total && !options->found;
    s.matchers = sheaf_calloc(count + 1, sizeof(sheaf_matcher *));
    s.weights = sheaf_calloc(query->term_count + 1, sizeof *s.weights);
    sheaf_status status = SHEAF_NO_MEMORY;
    if (s.matchers && s.weights)
        status = run(&s, error);
    else
        sheaf_fail(error, status, "out of memory");
    out->exact = !s.skips && !(options->in_order && !options->total && !options->found);
    for (size_t i = 0; s.matchers && i < count; i++)
        sheaf_matcher_close(s.matchers[i]);
    sheaf_free(s.matchers);
    sheaf_free(s.weights);
    return status;
}
