/* kwic.c - all places of a query in a segment.
 *
 * The matcher stands on an article; each part of the query that has positions and
 * matches there says where. Slots of ALL tell of which field they are, those of a
 * single field do not, so that the query is asked. */
#include "index/kwic.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "index/match_parts.h"

typedef struct places {
    sheaf_kwic_place *items;
    size_t count, room;
    sheaf_spans spans;
} places;

static bool add_place(places *all, sheaf_kwic_place place) {
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : 64;
        sheaf_kwic_place *bigger = sheaf_realloc(all->items, room * sizeof *bigger);
        if (!bigger)
            return false;
        all->items = bigger;
        all->room = room;
    }
    all->items[all->count++] = place;
    return true;
}

/* The field that a part of the query looks in: that of its first word. */
static unsigned list_of(const sheaf_query_node *node) {
    while (node->kind != SHEAF_QUERY_TERM && node->count > 0)
        node = node->parts[0];
    return node->list;
}

/* False for a field that has no lines. */
static bool place_of(sheaf_kwic_place *out, unsigned list, sheaf_span span) {
    uint32_t base = 0;
    if (list == SHEAF_LIST_ALL && span.from >= sheaf_list_base(SHEAF_LIST_HEADLINE)) {
        if (span.from >= sheaf_list_base(SHEAF_LIST_HEADLINE + 1))
            return false;
        base = sheaf_list_base(SHEAF_LIST_HEADLINE);
        list = SHEAF_LIST_HEADLINE;
    }
    if (list != SHEAF_LIST_ALL && list != SHEAF_LIST_TEXT && list != SHEAF_LIST_HEADLINE)
        return false;
    *out = (sheaf_kwic_place){span.from - base, span.to - base,
                              list == SHEAF_LIST_HEADLINE ? SHEAF_KWIC_HEADLINE : SHEAF_KWIC_TEXT};
    return true;
}

static bool add_spans(places *all, sheaf_iterator *it) {
    unsigned list = list_of(it->node);
    sheaf_kwic_place place;
    all->spans.count = 0;
    if (!it->class->spans(it, &all->spans))
        return false;
    for (size_t i = 0; i < all->spans.count; i++) {
        if (place_of(&place, list, all->spans.items[i]) && !add_place(all, place))
            return false;
    }
    return true;
}

static bool gather(places *all, sheaf_iterator *it) {
    bool fine = true;
    switch (it->node->kind) {
    case SHEAF_QUERY_TERM:
    case SHEAF_QUERY_PHRASE:
    case SHEAF_QUERY_NEAR: return add_spans(all, it);
    case SHEAF_QUERY_AND:
    case SHEAF_QUERY_OR:
        for (size_t i = 0; i < it->count && fine; i++)
            fine = it->parts[i]->doc != it->doc || gather(all, it->parts[i]);
        return fine;
    case SHEAF_QUERY_NOT:
    case SHEAF_QUERY_COLUMN:
    case SHEAF_QUERY_ALL:
    case SHEAF_QUERY_NOTHING: break;
    }
    return true;
}

static int compare_places(const void *a, const void *b) {
    const sheaf_kwic_place *one = a, *other = b;
    if (one->field != other->field)
        return one->field < other->field ? -1 : 1;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return (one->to > other->to) - (one->to < other->to);
}

/* In order, and none twice. */
static void arrange(places *all) {
    size_t kept = 0;
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, compare_places);
    for (size_t i = 0; i < all->count; i++) {
        sheaf_kwic_place place = all->items[i];
        if (kept == 0 || compare_places(&all->items[kept - 1], &place) != 0)
            all->items[kept++] = place;
    }
    all->count = kept;
}

static sheaf_status walk(sheaf_matcher *m, places *all, sheaf_kwic_found found, void *context,
                         sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (uint32_t doc = sheaf_matcher_seek(m, 0); doc != SHEAF_LIST_END && status == SHEAF_OK;
         doc = sheaf_matcher_seek(m, doc + 1)) {
        all->count = 0;
        if (!gather(all, m->root) && m->status == SHEAF_OK)
            m->status = SHEAF_NO_MEMORY;
        if (m->status != SHEAF_OK)
            break;
        arrange(all);
        status = found(context, doc, all->items, all->count, error);
    }
    return status == SHEAF_OK ? sheaf_matcher_status(m, error) : status;
}

sheaf_status sheaf_kwic_walk(const sheaf_query *query, const sheaf_index *index,
                             sheaf_match_column column, void *column_context,
                             sheaf_kwic_found found, void *context, sheaf_error *error) {
    sheaf_matcher *matcher = NULL;
    places all = {0};
    double *weights = sheaf_calloc(query->term_count + 1, sizeof *weights);
    if (!weights)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = sheaf_matcher_open(&matcher, query, index, column, column_context, error);
    if (status == SHEAF_OK)
        status = sheaf_matcher_start(matcher, weights, 1, error);
    if (status == SHEAF_OK)
        status = walk(matcher, &all, found, context, error);
    sheaf_matcher_close(matcher);
    sheaf_spans_clear(&all.spans);
    sheaf_free(all.items);
    sheaf_free(weights);
    return status;
}
