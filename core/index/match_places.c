/* match_places.c - phrases and NEAR: articles that have all parts, then where.
 *
 * A match is a span of slots. NEAR gives a span for each pair of spans that are
 * near enough, so that NEARs can be nested. Where a segment has no positions, all
 * articles that have the parts pass; who asked must look at them again. */
#include <stdlib.h>

#include "base/memory.h"
#include "index/match_parts.h"

bool sheaf_spans_add(sheaf_spans *spans, uint32_t from, uint32_t to) {
    if (spans->count == SHEAF_SPANS_MOST)
        return true; /* it matches often enough */
    if (spans->count == spans->room) {
        size_t room = spans->room ? 2 * spans->room : 64;
        sheaf_span *bigger = sheaf_realloc(spans->items, room * sizeof *bigger);
        if (!bigger)
            return false;
        spans->items = bigger;
        spans->room = room;
    }
    spans->items[spans->count++] = (sheaf_span){from, to};
    return true;
}

/* Room for count more, and one. */
static bool reserve(sheaf_spans *spans, size_t count) {
    if (count < spans->room - spans->count)
        return true;
    size_t room = spans->room + spans->room / 2 + count + 64;
    sheaf_span *bigger = sheaf_realloc(spans->items, room * sizeof *bigger);
    if (!bigger)
        return false;
    spans->items = bigger;
    spans->room = room;
    return true;
}

bool sheaf_spans_add_slots(sheaf_spans *spans, const uint32_t *slots, size_t count, uint32_t base) {
    if (count > SHEAF_SPANS_MOST - spans->count)
        count = SHEAF_SPANS_MOST - spans->count;
    if (count == 0)
        return true;
    if (!reserve(spans, count))
        return false;
    sheaf_span *to = spans->items + spans->count;
    for (size_t i = 0; i < count; i++)
        to[i] = (sheaf_span){slots[i] + base, slots[i] + base};
    spans->count += count;
    return true;
}

void sheaf_spans_clear(sheaf_spans *spans) {
    sheaf_free(spans->items);
    *spans = (sheaf_spans){0};
}

/* ---- phrases -------------------------------------------------------------------- */

/* Leaves the places (slots where the phrase would begin) at which the part stands, too.
 * Which of the two goes on is nobody's guess, so that nothing here is a branch. */
static void keep_where(sheaf_spans *begins, const sheaf_spans *part, uint32_t offset) {
    size_t kept = 0;
    sheaf_span *items = begins->items;
    for (size_t i = 0, at = 0; i < begins->count && at < part->count;) {
        uint64_t wanted = (uint64_t)items[i].from + offset, slot = part->items[at].from;
        items[kept] = items[i];
        kept += wanted == slot;
        i += wanted <= slot;
        at += slot <= wanted;
    }
    begins->count = kept;
}

/* The same places, so much earlier; those that would be before the first slot are not. */
static bool begin_where(sheaf_spans *out, const sheaf_spans *part, uint32_t offset) {
    if (!reserve(out, part->count))
        return false;
    for (size_t i = 0; i < part->count; i++) {
        uint32_t from = part->items[i].from - offset;
        out->items[out->count] = (sheaf_span){from, from};
        out->count += part->items[i].from >= offset;
    }
    return true;
}

static uint32_t offset_of(const sheaf_iterator *it, const sheaf_iterator *part) {
    return part->node->offset - it->node->parts[0]->offset;
}

/* The rarest part says where the phrase can begin; positions of the others are read as
 * long as some place is left. */
static bool phrase_spans(sheaf_iterator *it, sheaf_spans *out) {
    sheaf_spans *places = &it->places[0];
    const sheaf_query_node *last = it->node->parts[it->count - 1];
    uint32_t offset = offset_of(it, it->parts[0]);
    if (!it->parts[0]->class->spans(it->parts[0], places))
        return false;
    if (!begin_where(out, places, offset))
        return false;
    for (size_t i = 1; i < it->count && out->count > 0; i++) {
        if (!it->parts[i]->class->spans(it->parts[i], places))
            return false;
        keep_where(out, places, offset_of(it, it->parts[i]));
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].to = out->items[i].from + last->offset - it->node->parts[0]->offset;
    return true;
}

/* ---- near ----------------------------------------------------------------------- */

static size_t first_from(const sheaf_spans *spans, uint64_t slot) {
    size_t low = 0, high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->items[middle].from < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Pairs of a and a b that begins within distance behind it. */
static bool behind(const sheaf_spans *a, const sheaf_spans *b, uint32_t distance,
                   sheaf_spans *out) {
    for (size_t i = 0; i < a->count; i++) {
        uint64_t from = (uint64_t)a->items[i].to + 1;
        for (size_t j = first_from(b, from); j < b->count && b->items[j].from < from + distance;
             j++) {
            if (!sheaf_spans_add(out, a->items[i].from, b->items[j].to))
                return false;
        }
    }
    return true;
}

static int compare_spans(const void *a, const void *b) {
    const sheaf_span *one = a, *other = b;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return (one->to > other->to) - (one->to < other->to);
}

static void sort_spans(sheaf_spans *spans) {
    size_t kept = 0;
    if (spans->count > 1)
        qsort(spans->items, spans->count, sizeof *spans->items, compare_spans);
    for (size_t i = 0; i < spans->count; i++) {
        sheaf_span span = spans->items[i];
        if (kept == 0 || compare_spans(&spans->items[kept - 1], &span) != 0)
            spans->items[kept++] = span;
    }
    spans->count = kept;
}

static bool near_spans(sheaf_iterator *it, sheaf_spans *out) {
    const sheaf_spans *a = &it->places[0], *b = &it->places[1];
    for (size_t i = 0; i < 2; i++) {
        it->places[i].count = 0;
        if (!it->parts[i]->class->spans(it->parts[i], &it->places[i]))
            return false;
        if (it->places[i].count == 0)
            return true;
    }
    bool fine = behind(a, b, it->node->distance, out);
    if (fine && !it->node->ordered)
        fine = behind(b, a, it->node->distance, out);
    sort_spans(out);
    return fine;
}

/* ---- both ----------------------------------------------------------------------- */

/* Finds the spans of doc; false when there are none, or after a failure. */
static bool look(sheaf_iterator *it) {
    sheaf_spans *own = &it->places[it->count];
    own->count = 0;
    bool fine = it->node->kind == SHEAF_QUERY_PHRASE ? phrase_spans(it, own) : near_spans(it, own);
    if (!fine)
        sheaf_iterator_fail(it, SHEAF_NO_MEMORY);
    return fine && own->count > 0;
}

/* The first article from target on that has all parts. */
static uint32_t meet(sheaf_iterator *it, uint32_t target) {
    for (size_t i = 0; i < it->count;) {
        uint32_t doc = it->parts[i]->class->seek(it->parts[i], target);
        if (doc == SHEAF_LIST_END)
            return doc;
        i = doc == target ? i + 1 : 0;
        target = doc;
    }
    return target;
}

static double against(const sheaf_iterator *it) {
    const sheaf_matcher *m = it->matcher;
    bool plain = it->node->list == SHEAF_LIST_ALL || it->node->list == SHEAF_LIST_TEXT;
    return plain ? m->saturation[m->index->norms[it->doc]] : 1.2;
}

/* The most that a phrase can score in doc: it stands there no more often than its rarest
 * word. So most articles need not be looked at when the best are wanted. */
static double most_here(const sheaf_iterator *it) {
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < it->count; i++) {
        uint32_t freq = sheaf_term_freq(it->parts[i]);
        least = freq < least ? freq : least;
    }
    return it->weight * sheaf_saturate(least, against(it));
}

static bool is_hopeless(const sheaf_iterator *it) {
    return it->floor > 0 && it->node->kind == SHEAF_QUERY_PHRASE &&
           most_here(it) * (1 + 1e-9) <= it->floor;
}

static uint32_t places_seek(sheaf_iterator *it, uint32_t target) {
    if (it->started && it->doc >= target)
        return it->doc;
    it->started = true;
    for (;; target++) {
        it->doc = meet(it, target);
        if (it->doc != SHEAF_LIST_END && is_hopeless(it)) {
            target = it->doc;
            continue;
        }
        if (it->doc == SHEAF_LIST_END || !it->matcher->index->positions || look(it))
            return it->doc;
        if (it->matcher->status != SHEAF_OK)
            return it->doc = SHEAF_LIST_END;
        target = it->doc;
    }
}

static double places_score(sheaf_iterator *it) {
    size_t count = it->matcher->index->positions ? it->places[it->count].count : 1;
    return it->weight * sheaf_saturate((double)count, against(it));
}

/* A phrase gives no more than any of its words. */
static double places_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    double least = 2.2;
    *last = SHEAF_LIST_END - 1;
    if (it->doc == SHEAF_LIST_END)
        return 0;
    for (size_t i = 0; i < it->count && it->node->kind == SHEAF_QUERY_PHRASE; i++) {
        uint32_t end;
        double one = sheaf_term_bound(it->parts[i], target, &end);
        least = one < least ? one : least;
        *last = end < *last ? end : *last;
    }
    return it->weight * least;
}

static bool own_spans(sheaf_iterator *it, sheaf_spans *out) {
    const sheaf_spans *own = &it->places[it->count];
    for (size_t i = 0; i < own->count; i++) {
        if (!sheaf_spans_add(out, own->items[i].from, own->items[i].to))
            return false;
    }
    return true;
}

const sheaf_iterator_class sheaf_places_class = {places_seek, places_score, places_bound,
                                                 own_spans};
