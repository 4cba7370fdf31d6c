/* match.c - the tree of a query becomes a tree of iterators. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "index/match_parts.h"

void sheaf_iterator_fail(sheaf_iterator *it, sheaf_status status) {
    if (it->matcher->status == SHEAF_OK)
        it->matcher->status = status;
    it->doc = SHEAF_LIST_END;
}

static uint32_t seek(sheaf_iterator *it, uint32_t target) {
    return it->class->seek(it, target);
}

/* ---- all parts ------------------------------------------------------------------ */

static uint32_t and_seek(sheaf_iterator *it, uint32_t target) {
    for (size_t i = 0; i < it->count;) {
        uint32_t doc = seek(it->parts[i], target);
        if (doc == SHEAF_LIST_END)
            return it->doc = doc;
        i = doc == target ? i + 1 : 0;
        target = doc;
    }
    return it->doc = target;
}

static double sum_scores(sheaf_iterator *it) {
    double sum = 0;
    for (size_t i = 0; i < it->count; i++)
        sum += it->parts[i]->doc == it->doc ? it->parts[i]->class->score(it->parts[i]) : 0;
    return sum;
}

static double sum_bounds(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    double sum = 0;
    *last = SHEAF_LIST_END - 1;
    for (size_t i = 0; i < it->count && it->doc != SHEAF_LIST_END; i++) {
        uint32_t end;
        sum += it->parts[i]->class->bound(it->parts[i], target, &end);
        *last = end < *last ? end : *last;
    }
    return sum;
}

static const sheaf_iterator_class and_class = {and_seek, sum_scores, sum_bounds, NULL};

/* ---- any part ------------------------------------------------------------------- */

static uint32_t or_seek(sheaf_iterator *it, uint32_t target) {
    uint32_t least = SHEAF_LIST_END;
    for (size_t i = 0; i < it->count; i++) {
        uint32_t doc = seek(it->parts[i], target);
        least = doc < least ? doc : least;
    }
    return it->doc = least;
}

static int compare_spans(const void *a, const void *b) {
    const sheaf_span *one = a, *other = b;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return (one->to > other->to) - (one->to < other->to);
}

static bool or_spans(sheaf_iterator *it, sheaf_spans *out) {
    sheaf_spans one = {0};
    bool fine = true;
    for (size_t i = 0; i < it->count && fine; i++) {
        if (it->parts[i]->doc != it->doc)
            continue;
        one.count = 0;
        fine = it->parts[i]->class->spans(it->parts[i], &one);
        for (size_t j = 0; j < one.count && fine; j++)
            fine = sheaf_spans_add(out, one.items[j].from, one.items[j].to);
    }
    sheaf_spans_clear(&one);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_spans);
    return fine;
}

static const sheaf_iterator_class or_class = {or_seek, sum_scores, sum_bounds, or_spans};

/* ---- without scores ------------------------------------------------------------- */

static double no_score(sheaf_iterator *it) {
    (void)it;
    return 0;
}

static double no_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    (void)it;
    (void)target;
    *last = SHEAF_LIST_END - 1;
    return 0;
}

/* What it was asked before must not be asked again: its part has gone on since. */
static uint32_t not_seek(sheaf_iterator *it, uint32_t target) {
    uint32_t docs = it->matcher->index->docs;
    if (it->started && it->doc >= target)
        return it->doc;
    it->started = true;
    while (target < docs && seek(it->parts[0], target) == target)
        target++;
    if (it->matcher->status != SHEAF_OK)
        target = docs;
    return it->doc = target < docs ? target : SHEAF_LIST_END;
}

static const sheaf_iterator_class not_class = {not_seek, no_score, no_bound, NULL};

static uint32_t all_seek(sheaf_iterator *it, uint32_t target) {
    return it->doc = target < it->matcher->index->docs ? target : SHEAF_LIST_END;
}

static const sheaf_iterator_class all_class = {all_seek, no_score, no_bound, NULL};

static uint32_t nothing_seek(sheaf_iterator *it, uint32_t target) {
    (void)target;
    return it->doc = SHEAF_LIST_END;
}

static bool nothing_spans(sheaf_iterator *it, sheaf_spans *out) {
    (void)it;
    (void)out;
    return true;
}

static const sheaf_iterator_class nothing_class = {nothing_seek, no_score, no_bound, nothing_spans};

static uint32_t column_seek(sheaf_iterator *it, uint32_t target) {
    uint32_t docs = it->matcher->index->docs;
    while (target < docs && !(it->bits[target / 8] >> (target % 8) & 1))
        target += target % 8 == 0 && it->bits[target / 8] == 0 ? 8 : 1;
    return it->doc = target < docs ? target : SHEAF_LIST_END;
}

static const sheaf_iterator_class column_class = {column_seek, no_score, no_bound, NULL};

/* ---- making --------------------------------------------------------------------- */

static const sheaf_iterator_class *class_of(const sheaf_query_node *node, const sheaf_leaf *leaf) {
    switch (node->kind) {
    case SHEAF_QUERY_TERM: return leaf->streamed ? &sheaf_streamed_class : &sheaf_added_class;
    case SHEAF_QUERY_PHRASE:
    case SHEAF_QUERY_NEAR: return &sheaf_places_class;
    case SHEAF_QUERY_AND: return &and_class;
    case SHEAF_QUERY_OR: return &or_class;
    case SHEAF_QUERY_NOT: return &not_class;
    case SHEAF_QUERY_COLUMN: return &column_class;
    case SHEAF_QUERY_ALL: return &all_class;
    case SHEAF_QUERY_NOTHING: break;
    }
    return &nothing_class;
}

static sheaf_iterator *new_iterator(sheaf_matcher *m, const sheaf_query_node *node) {
    if (!sheaf_arena_grow(&m->arena, (void **)&m->made, m->made_count, &m->made_room,
                          sizeof *m->made))
        return NULL;
    sheaf_iterator *it = sheaf_arena_zero(&m->arena, 1, sizeof *it);
    if (!it)
        return NULL;
    m->made[m->made_count++] = it;
    it->matcher = m;
    it->node = node;
    it->count = node->count;
    it->leaf = node->kind == SHEAF_QUERY_TERM ? &m->leaves[node->number] : NULL;
    it->class = class_of(node, it->leaf);
    it->parts = sheaf_arena_zero(&m->arena, node->count + 1, sizeof *it->parts);
    it->places = sheaf_arena_zero(&m->arena, node->count + 1, sizeof *it->places);
    return it->parts && it->places ? it : NULL;
}

static bool open_column(sheaf_iterator *it, sheaf_error *error) {
    sheaf_matcher *m = it->matcher;
    it->bits = sheaf_arena_zero(&m->arena, m->index->docs / 8 + 1, 1);
    if (!it->bits)
        return false;
    if (m->column)
        m->status = m->column(m->context, m->index, it->node, it->bits, error);
    return m->status == SHEAF_OK;
}

static double weight_of(const sheaf_matcher *m, const sheaf_query_node *node) {
    double sum = node->kind == SHEAF_QUERY_TERM ? m->weights[node->number] : 0;
    for (size_t i = 0; i < node->count; i++)
        sum += weight_of(m, node->parts[i]);
    return sum * node->boost;
}

static uint64_t cost_of(const sheaf_iterator *it) {
    uint64_t cost = it->matcher->index->docs;
    bool least = it->node->kind == SHEAF_QUERY_AND || it->node->kind == SHEAF_QUERY_PHRASE ||
                 it->node->kind == SHEAF_QUERY_NEAR;
    if (it->leaf)
        return it->leaf->articles;
    if (it->node->kind == SHEAF_QUERY_OR)
        cost = 0;
    for (size_t i = 0; i < it->count; i++) {
        if (least && it->parts[i]->cost < cost)
            cost = it->parts[i]->cost;
        if (it->node->kind == SHEAF_QUERY_OR)
            cost += it->parts[i]->cost;
    }
    return cost;
}

static int compare_costs(const void *a, const void *b) {
    const sheaf_iterator *one = *(sheaf_iterator *const *)a, *other = *(sheaf_iterator *const *)b;
    if (one->cost != other->cost)
        return one->cost < other->cost ? -1 : 1;
    return (one->node > other->node) - (one->node < other->node);
}

static sheaf_iterator *make(sheaf_matcher *m, const sheaf_query_node *node, double boost,
                            sheaf_error *error) {
    sheaf_iterator *it = new_iterator(m, node);
    if (!it)
        return NULL;
    it->weight = boost * weight_of(m, node);
    for (size_t i = 0; i < node->count; i++) {
        it->parts[i] = make(m, node->parts[i], boost * node->boost, error);
        if (!it->parts[i])
            return NULL;
    }
    if (node->kind == SHEAF_QUERY_COLUMN && !open_column(it, error))
        return NULL;
    it->cost = cost_of(it);
    if (node->kind == SHEAF_QUERY_AND || node->kind == SHEAF_QUERY_PHRASE)
        qsort(it->parts, it->count, sizeof *it->parts, compare_costs);
    return it;
}

/* ---- entry points --------------------------------------------------------------- */

sheaf_status sheaf_matcher_open(sheaf_matcher **out, const sheaf_query *query,
                                const sheaf_index *index, sheaf_match_column column, void *context,
                                sheaf_error *error) {
    sheaf_matcher *m = sheaf_calloc(1, sizeof *m);
    sheaf_status status = SHEAF_OK;
    if (!m)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    m->query = query;
    m->index = index;
    m->column = column;
    m->context = context;
    sheaf_arena_init(&m->arena);
    m->leaves = sheaf_arena_zero(&m->arena, query->term_count + 1, sizeof *m->leaves);
    if (!m->leaves)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < query->term_count && status == SHEAF_OK; i++)
        status = sheaf_leaf_open(&m->leaves[i], index, query->terms[i], error);
    if (status == SHEAF_OK)
        *out = m;
    else
        sheaf_matcher_close(m);
    return status;
}

static void close_iterator(sheaf_iterator *it) {
    for (size_t i = 0; i < it->cursor_count; i++)
        sheaf_cursor_close(&it->cursors[i]);
    sheaf_free(it->cursors);
    for (size_t i = 0; it->places && i <= it->count; i++)
        sheaf_spans_clear(&it->places[i]);
}

void sheaf_matcher_close(sheaf_matcher *m) {
    if (!m)
        return;
    for (size_t i = 0; i < m->made_count; i++)
        close_iterator(m->made[i]);
    for (size_t i = 0; m->leaves && i < m->query->term_count; i++)
        sheaf_leaf_close(&m->leaves[i]);
    sheaf_arena_clear(&m->arena);
    sheaf_free(m);
}

uint64_t sheaf_matcher_articles(const sheaf_matcher *m, size_t i) {
    return m->leaves[i].articles;
}

sheaf_status sheaf_matcher_start(sheaf_matcher *m, const double *weights, double average,
                                 sheaf_error *error) {
    m->weights = weights;
    for (unsigned i = 0; i < 256; i++)
        m->saturation[i] =
            1.2 * (0.25 + 0.75 * sheaf_norm_length((uint8_t)i) / (average > 0 ? average : 1));
    m->root = make(m, m->query->root, 1, error);
    if (m->root || m->status != SHEAF_OK)
        return m->status;
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

uint32_t sheaf_matcher_seek(sheaf_matcher *m, uint32_t target) {
    uint32_t doc = seek(m->root, target);
    return m->status == SHEAF_OK ? doc : SHEAF_LIST_END;
}

double sheaf_matcher_score(sheaf_matcher *m) {
    return m->root->class->score(m->root);
}

double sheaf_matcher_bound(sheaf_matcher *m, uint32_t target, uint32_t *last) {
    return m->root->class->bound(m->root, target, last);
}

void sheaf_matcher_floor(sheaf_matcher *m, double score) {
    m->root->floor = score;
}

sheaf_status sheaf_matcher_status(const sheaf_matcher *m, sheaf_error *error) {
    if (m->status == SHEAF_CORRUPT)
        return sheaf_fail(error, m->status, "a list of the index is damaged");
    if (m->status == SHEAF_LIMIT)
        return sheaf_fail(error, m->status,
                          "in a phrase or NEAR, a word with * or ~ stands for at most %d words",
                          SHEAF_PLACE_WORDS);
    return m->status == SHEAF_OK ? SHEAF_OK
                                 : sheaf_fail(error, m->status, "%s", sheaf_status_text(m->status));
}
