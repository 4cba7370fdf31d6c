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

static const double MOST = 2.2; /* that sheaf_saturate gives */

enum { FORMS = 32 }; /* of a word that are walked through side by side */

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

/* Forms of a word are counted as if they never met in an article: that is known at once, and
 * it is the same whether the articles are in one segment or in many. */
static uint64_t articles_of(const sheaf_leaf *leaf, unsigned list) {
    uint64_t sum = 0;
    for (size_t i = 0; i < leaf->words.count; i++) {
        if (leaf->words.words[i].mask >> list & 1)
            sum += leaf->words.words[i].articles[list];
    }
    return sum;
}

sheaf_status sheaf_leaf_open(sheaf_leaf *leaf, const sheaf_index *index,
                             const sheaf_query_node *node, sheaf_error *error) {
    leaf->node = node;
    sheaf_status status = sheaf_expand(&leaf->words, index, node, error);
    if (status != SHEAF_OK)
        return status;
    bool forms = node->match == SHEAF_MATCH_STEM;
    bool sum = node->list != SHEAF_LIST_TEXT && (forms || leaf->words.count == 1);
    leaf->streamed = sum && leaf->words.count <= FORMS;
    if (!leaf->streamed)
        status = add_up(leaf, index, error);
    if (sum)
        leaf->articles = articles_of(leaf, node->list);
    return status;
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

static void open_list(sheaf_iterator *it, const sheaf_term *word, unsigned list) {
    sheaf_list bytes = sheaf_index_list_of(it->matcher->index, word, list);
    sheaf_cursor *cursor = &it->cursors[it->cursor_count++];
    sheaf_cursor_open(cursor, &bytes);
    cursor->base = it->node->list == SHEAF_LIST_ALL ? sheaf_list_base(list) : 0;
}

/* Room for all cursors; those of the list that is walked through are opened. */
static bool open_cursors(sheaf_iterator *it) {
    const sheaf_leaf *leaf = it->leaf;
    unsigned lists = lists_of(it->node), walked = stored_list(it->node);
    if (it->cursors)
        return true;
    if (leaf->words.count > SHEAF_PLACE_WORDS) {
        sheaf_iterator_fail(it, SHEAF_LIMIT);
        return false;
    }
    it->cursors = sheaf_malloc((cursors_of(leaf, lists) + 1) * sizeof *it->cursors);
    it->tails = sheaf_arena_zero(&it->matcher->arena, leaf->words.count + 1, sizeof *it->tails);
    if (!it->cursors || !it->tails) {
        sheaf_iterator_fail(it, SHEAF_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; i < leaf->words.count; i++) {
        if (leaf->words.words[i].mask >> walked & 1)
            open_list(it, &leaf->words.words[i], walked);
    }
    it->walked = it->cursor_count;
    return true;
}

/* Positions of fields are in lists of their own. */
static bool open_all(sheaf_iterator *it) {
    const sheaf_expansion *words = &it->leaf->words;
    if (!open_cursors(it))
        return false;
    unsigned lists = it->all_open ? 0 : lists_of(it->node) & ~(1u << stored_list(it->node));
    it->all_open = true;
    for (size_t i = 0; i < words->count && lists; i++) {
        for (unsigned list = 0; list < SHEAF_LIST_COUNT; list++) {
            if (words->words[i].mask & lists & 1u << list)
                open_list(it, &words->words[i], list);
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
    if (!open_all(it))
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

/* ---- words as they are stored --------------------------------------------------- */

/* Headlines and names are short: their length says nothing. */
static double against(const sheaf_iterator *it, uint32_t doc) {
    const sheaf_matcher *m = it->matcher;
    bool plain = it->node->list == SHEAF_LIST_ALL || it->node->list == SHEAF_LIST_TEXT;
    return plain ? m->saturation[m->index->norms[doc]] : 1.2;
}

static uint32_t streamed_seek(sheaf_iterator *it, uint32_t target) {
    uint32_t least = SHEAF_LIST_END;
    if (!open_cursors(it))
        return it->doc = SHEAF_LIST_END;
    for (size_t i = 0; i < it->walked; i++) {
        uint32_t doc = sheaf_cursor_seek(&it->cursors[i], target);
        least = doc < least ? doc : least;
    }
    it->doc = least;
    for (size_t i = 0; i < it->walked; i++) {
        if (it->cursors[i].broken)
            sheaf_iterator_fail(it, SHEAF_CORRUPT);
    }
    return it->doc;
}

uint32_t sheaf_term_freq(sheaf_iterator *it) {
    uint64_t sum = 0;
    if (!it->leaf->streamed)
        return it->leaf->freqs[it->at];
    for (size_t i = 0; i < it->walked; i++) {
        if (it->cursors[i].doc == it->doc)
            sum += sheaf_cursor_freq(&it->cursors[i]);
    }
    return sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
}

static double streamed_score(sheaf_iterator *it) {
    return it->weight * sheaf_saturate(sheaf_term_freq(it), against(it, it->doc));
}

/* Skips say nothing of a tail, but its articles are at hand. */
static double tail_bound(sheaf_iterator *it, size_t i) {
    const sheaf_cursor *c = &it->cursors[i];
    if (it->tails[i] > 0)
        return it->tails[i];
    for (unsigned j = 0; j < c->held; j++) {
        double one = sheaf_saturate(c->freqs[j], against(it, c->docs[j]));
        it->tails[i] = one > it->tails[i] ? one : it->tails[i];
    }
    return it->tails[i];
}

static double cursor_bound(sheaf_iterator *it, size_t i, uint32_t target, uint32_t *last) {
    const sheaf_cursor *c = &it->cursors[i];
    uint32_t freq;
    uint8_t norm;
    *last = SHEAF_LIST_END - 1;
    if (c->doc == SHEAF_LIST_END)
        return 0;
    if (c->block == c->blocks)
        return tail_bound(it, i);
    sheaf_cursor_bound(c, target, &freq, &norm, last);
    bool plain = it->node->list == SHEAF_LIST_ALL;
    return sheaf_saturate(freq, plain ? it->matcher->saturation[norm] : 1.2);
}

/* Forms together give no more than the sum of what each gives. */
double sheaf_term_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    double sum = 0;
    *last = SHEAF_LIST_END - 1;
    if (it->doc == SHEAF_LIST_END)
        return 0;
    for (size_t i = 0; i < it->walked && it->leaf->streamed; i++) {
        uint32_t end;
        sum += cursor_bound(it, i, target, &end);
        *last = end < *last ? end : *last;
    }
    return it->leaf->streamed && sum < MOST ? sum : MOST;
}

static double term_bound(sheaf_iterator *it, uint32_t target, uint32_t *last) {
    return it->weight * sheaf_term_bound(it, target, last);
}

const sheaf_iterator_class sheaf_streamed_class = {streamed_seek, streamed_score, term_bound,
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

const sheaf_iterator_class sheaf_added_class = {added_seek, added_score, term_bound, term_spans};
