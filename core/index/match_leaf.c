/* match_leaf.c - terms: the articles of their words, and where they stand there. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "index/match_parts.h"

void sheaf_leaf_close(sheaf_leaf *leaf) {
    sheaf_expansion_clear(&leaf->words);
    sheaf_free(leaf->docs);
    sheaf_free(leaf->freqs);
    leaf->docs = leaf->freqs = NULL;
}

/* Lists are read from ALL for the text, too. */
static unsigned stored_list(const sheaf_query_node *node) {
    return node->list == SHEAF_LIST_TEXT ? SHEAF_LIST_ALL : node->list;
}

/* ---- adding up ------------------------------------------------------------------ */

static bool add_list(uint32_t *sums, const sheaf_index *index, const sheaf_term *word,
                     unsigned list, bool less) {
    sheaf_cursor *c = sheaf_malloc(sizeof *c);
    if (!c)
        return false;
    sheaf_list bytes = sheaf_index_list_of(index, word, list);
    sheaf_cursor_open(c, &bytes);
    for (uint32_t doc = c->doc; doc != SHEAF_LIST_END; doc = sheaf_cursor_next(c)) {
        uint32_t freq = sheaf_cursor_freq(c);
        if (!less)
            sums[doc] = sums[doc] > UINT32_MAX - freq ? UINT32_MAX : sums[doc] + freq;
        else if (freq > sums[doc] / sheaf_list_weight(list))
            sums[doc] = 0;
        else
            sums[doc] -= freq * sheaf_list_weight(list);
    }
    bool sound = !c->broken;
    sheaf_cursor_close(c);
    sheaf_free(c);
    return sound;
}

/* How often a word stands in the text is what the other fields leave of ALL. */
static bool add_word(uint32_t *sums, const sheaf_index *index, const sheaf_term *word,
                     const sheaf_query_node *node) {
    unsigned list = stored_list(node);
    if (!(word->mask >> list & 1))
        return true;
    bool sound = add_list(sums, index, word, list, false);
    for (unsigned i = SHEAF_LIST_HEADLINE; node->list == SHEAF_LIST_TEXT && i < SHEAF_LIST_SITE;
         i++) {
        if (word->mask >> i & 1)
            sound = sound && add_list(sums, index, word, i, true);
    }
    return sound;
}

static bool collect(sheaf_leaf *leaf, const uint32_t *sums, uint32_t docs) {
    size_t count = 0;
    for (uint32_t i = 0; i < docs; i++)
        count += sums[i] != 0;
    leaf->docs = sheaf_malloc((count + 1) * sizeof *leaf->docs);
    leaf->freqs = sheaf_malloc((count + 1) * sizeof *leaf->freqs);
    if (!leaf->docs || !leaf->freqs)
        return false;
    for (uint32_t i = 0; i < docs; i++) {
        if (sums[i]) {
            leaf->docs[leaf->count] = i;
            leaf->freqs[leaf->count++] = sums[i];
        }
    }
    leaf->articles = leaf->count;
    return true;
}

static sheaf_status add_up(sheaf_leaf *leaf, const sheaf_index *index, sheaf_error *error) {
    uint32_t *sums = sheaf_calloc((size_t)index->docs + 1, sizeof *sums);
    bool sound = sums != NULL;
    for (size_t i = 0; i < leaf->words.count && sound; i++)
        sound = add_word(sums, index, &leaf->words.words[i], leaf->node);
    if (sums && !sound) {
        sheaf_free(sums);
        return sheaf_fail(error, SHEAF_CORRUPT, "a list of the index is damaged");
    }
    bool fine = sums && collect(leaf, sums, index->docs);
    sheaf_free(sums);
    return fine ? SHEAF_OK : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

sheaf_status sheaf_leaf_open(sheaf_leaf *leaf, const sheaf_index *index,
                             const sheaf_query_node *node, sheaf_error *error) {
    leaf->node = node;
    sheaf_status status = sheaf_expand(&leaf->words, index, node, error);
    if (status != SHEAF_OK)
        return status;
    leaf->streamed = leaf->words.count == 1 && node->list != SHEAF_LIST_TEXT &&
                     leaf->words.words[0].mask >> node->list & 1;
    if (!leaf->streamed)
        return add_up(leaf, index, error);
    leaf->articles = leaf->words.words[0].articles[node->list];
    return SHEAF_OK;
}

/* ---- places --------------------------------------------------------------------- */

static size_t cursors_of(const sheaf_leaf *leaf, unsigned lists) {
    size_t count = 0;
    for (size_t i = 0; i < leaf->words.count; i++)
        count += (size_t)__builtin_popcount(leaf->words.words[i].mask & lists);
    return count;
}

/* The lists in which positions stand: those of ALL are in the lists of the fields, too. */
static unsigned lists_of(const sheaf_query_node *node) {
    return node->list == SHEAF_LIST_ALL ? (1u << SHEAF_LIST_SITE) - 1 : 1u << stored_list(node);
}

/* The first one is of the list that is walked through. */
static bool open_cursors(sheaf_iterator *it) {
    const sheaf_leaf *leaf = it->leaf;
    unsigned lists = lists_of(it->node);
    if (it->cursors)
        return true;
    if (leaf->words.count > SHEAF_PLACE_WORDS) {
        sheaf_iterator_fail(it, SHEAF_LIMIT);
        return false;
    }
    it->cursors = sheaf_malloc((cursors_of(leaf, lists) + 1) * sizeof *it->cursors);
    if (!it->cursors) {
        sheaf_iterator_fail(it, SHEAF_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; i < leaf->words.count; i++) {
        const sheaf_term *word = &leaf->words.words[i];
        for (unsigned list = 0; list < SHEAF_LIST_COUNT; list++) {
            if (!(word->mask & lists & 1u << list))
                continue;
            sheaf_list bytes = sheaf_index_list_of(it->matcher->index, word, list);
            sheaf_cursor *cursor = &it->cursors[it->cursor_count++];
            sheaf_cursor_open(cursor, &bytes);
            cursor->base = it->node->list == SHEAF_LIST_ALL ? sheaf_list_base(list) : 0;
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

static bool term_spans(sheaf_iterator *it, sheaf_spans *out) {
    size_t sources = 0;
    if (!open_cursors(it))
        return false;
    out->count = 0;
    for (size_t i = 0; i < it->cursor_count; i++) {
        size_t count = 0, before = out->count;
        if (sheaf_cursor_seek(&it->cursors[i], it->doc) != it->doc)
            continue;
        const uint32_t *at = sheaf_cursor_positions(&it->cursors[i], &count);
        if (!sheaf_spans_add_slots(out, at, count, it->cursors[i].base))
            return false;
        sources += out->count > before;
    }
    for (size_t i = 0; i < it->cursor_count; i++) {
        if (it->cursors[i].broken)
            sheaf_iterator_fail(it, SHEAF_CORRUPT);
    }
    if (sources > 1 && it->leaf->words.count > 1) /* lists of one word are in order */
        qsort(out->items, out->count, sizeof *out->items, compare_spans);
    return it->matcher->status == SHEAF_OK;
}

/* ---- one word, as it is stored -------------------------------------------------- */

/* Headlines and names are short: their length says nothing. */
static double against(const sheaf_iterator *it, uint32_t doc) {
    const sheaf_matcher *m = it->matcher;
    bool plain = it->node->list == SHEAF_LIST_ALL || it->node->list == SHEAF_LIST_TEXT;
    return plain ? m->saturation[m->index->norms[doc]] : 1.2;
}

static uint32_t streamed_seek(sheaf_iterator *it, uint32_t target) {
    if (!open_cursors(it) || it->cursor_count == 0)
        return it->doc = SHEAF_LIST_END;
    it->doc = sheaf_cursor_seek(it->cursors, target);
    if (it->cursors->broken)
        sheaf_iterator_fail(it, SHEAF_CORRUPT);
    return it->doc;
}

static double streamed_score(sheaf_iterator *it) {
    return it->weight * sheaf_saturate(sheaf_cursor_freq(it->cursors), against(it, it->doc));
}

static double streamed_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    uint32_t freq;
    uint8_t norm;
    if (it->doc == SHEAF_LIST_END) {
        *last = SHEAF_LIST_END - 1;
        return 0;
    }
    sheaf_cursor_bound(it->cursors, target, &freq, &norm, last);
    bool plain = it->node->list == SHEAF_LIST_ALL;
    return it->weight * sheaf_saturate(freq, plain ? it->matcher->saturation[norm] : 1.2);
}

const sheaf_iterator_class sheaf_streamed_class = {streamed_seek, streamed_score, streamed_bound,
                                                   term_spans};

/* ---- several, added up ---------------------------------------------------------- */

static uint32_t added_seek(sheaf_iterator *it, uint32_t target) {
    const sheaf_leaf *leaf = it->leaf;
    size_t step = 1;
    if (it->doc != SHEAF_LIST_END && it->doc >= target && it->at < leaf->count &&
        leaf->docs[it->at] == it->doc)
        return it->doc;
    while (it->at + step < leaf->count && leaf->docs[it->at + step] < target) {
        it->at += step;
        step *= 2;
    }
    while (it->at < leaf->count && leaf->docs[it->at] < target) {
        step = step > 1 ? step / 2 : 1;
        if (it->at + step < leaf->count && leaf->docs[it->at + step] < target)
            it->at += step;
        else if (step == 1)
            it->at++;
    }
    return it->doc = it->at < leaf->count ? leaf->docs[it->at] : SHEAF_LIST_END;
}

static double added_score(sheaf_iterator *it) {
    return it->weight * sheaf_saturate(it->leaf->freqs[it->at], against(it, it->doc));
}

static double added_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    (void)target;
    *last = SHEAF_LIST_END - 1;
    return it->doc == SHEAF_LIST_END ? 0 : it->weight * 2.2;
}

const sheaf_iterator_class sheaf_added_class = {added_seek, added_score, added_bound, term_spans};
