/* passages.c - sentences that share three words in a row are fitted to one another.
 *
 *   texts ─► units ─► runs of three words ─► pairs of units ─► those that fit ─► groups
 *
 * Runs of three are many: when there are more than can be sorted at once, only one in
 * so many is looked at, the same ones in all texts; a sentence of twenty words has
 * enough of them even then. Sentences are fitted to sentences and quotations to
 * quotations, each in the longer of the two; but in none of twice its length, which
 * would tie all that stands in that one together. */
#include "index/passages.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "index/align.h"
#include "index/copies.h"
#include "index/pairing.h"

enum {
    RUN = 3,
    LEAST_WORDS = 5,
    KEYS_MAX = 1 << 23,
    COUNTERS = 1 << 16,
    COMMON_FROM = 1000,  /* times that a word must stand there to be called common, */
    COMMON_ONE_IN = 1000 /* and once in so many words */
};

static const double ENOUGH = 0.45;

typedef struct unit {
    size_t first; /* of all forms */
    uint32_t text, from, to;
    uint32_t count;
    bool quotation;
} unit;

struct sheaf_passages {
    sheaf_form *forms;
    size_t form_count, form_capacity;
    unit *units;
    size_t unit_count, unit_capacity;
    uint32_t texts;
    sheaf_hashed_words words;
    sheaf_units pieces;
    sheaf_groups groups;
    sheaf_place *places; /* as groups.members */
};

sheaf_passages *sheaf_passages_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_passages));
}

void sheaf_passages_free(sheaf_passages *p) {
    if (!p)
        return;
    sheaf_hashed_words_clear(&p->words);
    sheaf_units_clear(&p->pieces);
    sheaf_groups_clear(&p->groups);
    sheaf_free(p->places);
    sheaf_free(p->forms);
    sheaf_free(p->units);
    sheaf_free(p);
}

/* ---- texts come in ---------------------------------------------------------------- */

static bool make_room(void **items, size_t *capacity, size_t count, size_t more, size_t size) {
    if (*capacity - count >= more)
        return true;
    size_t room = count + more + count / 2 + 64;
    void *bigger = room < SIZE_MAX / size ? sheaf_realloc(*items, room * size) : NULL;
    if (!bigger)
        return false;
    *items = bigger;
    *capacity = room;
    return true;
}

static bool add_units(sheaf_passages *p) {
    if (!make_room((void **)&p->units, &p->unit_capacity, p->unit_count, p->pieces.count,
                   sizeof *p->units))
        return false;
    for (size_t i = 0; i < p->pieces.count; i++) {
        const sheaf_unit *piece = &p->pieces.items[i];
        if (piece->count >= LEAST_WORDS)
            p->units[p->unit_count++] = (unit){p->form_count + piece->first,
                                               p->texts,
                                               piece->from,
                                               piece->to,
                                               piece->count,
                                               piece->quotation};
    }
    return true;
}

sheaf_status sheaf_passages_add(sheaf_passages *p, sheaf_slice text, sheaf_error *error) {
    if (!sheaf_hashed_words_of(&p->words, text) || !sheaf_units_of(&p->pieces, text, &p->words) ||
        !make_room((void **)&p->forms, &p->form_capacity, p->form_count, p->words.count,
                   sizeof *p->forms) ||
        !add_units(p))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (p->unit_count > UINT32_MAX || p->texts == UINT32_MAX)
        return sheaf_fail(error, SHEAF_LIMIT, "more sentences than can be counted");
    sheaf_forms_of(p->forms + p->form_count, text, &p->words);
    p->form_count += p->words.count;
    p->texts++;
    return SHEAF_OK;
}

/* ---- common words ----------------------------------------------------------------- */

static uint32_t *counter_of(uint32_t *counters, const sheaf_form *form) {
    return &counters[(form->whole >> 1) % COUNTERS];
}

/* Marks what stands everywhere, so that neither "it was added to the" nor a formula
 * that thousands of articles have ties sentences together. In some dozens of articles
 * nothing is common. Words may share a counter: a rare one is then marked by chance. */
static bool mark_common(sheaf_passages *p) {
    uint32_t *counters = sheaf_calloc(COUNTERS, sizeof *counters);
    size_t common = p->form_count / COMMON_ONE_IN;
    if (!counters)
        return false;
    if (common < COMMON_FROM)
        common = COMMON_FROM;
    for (size_t i = 0; i < p->form_count; i++)
        ++*counter_of(counters, &p->forms[i]);
    for (size_t i = 0; i < p->form_count; i++) {
        if (*counter_of(counters, &p->forms[i]) > common)
            p->forms[i].whole |= SHEAF_FORM_COMMON;
    }
    sheaf_free(counters);
    return true;
}

/* ---- pairs of units ------------------------------------------------------------------ */

static uint32_t key_of(const sheaf_form *words, bool quotation) {
    uint64_t hash = quotation ? 1 : 2;
    for (unsigned i = 0; i < RUN; i++) {
        hash = (hash ^ words[i].whole) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 16);
}

static bool all_common(const sheaf_form *words) {
    return words[0].whole & words[1].whole & words[2].whole & SHEAF_FORM_COMMON;
}

static void gather_keys(const sheaf_passages *p, sheaf_keys *keys) {
    uint32_t one_in = (uint32_t)(p->form_count / KEYS_MAX) + 1;
    for (size_t u = 0; u < p->unit_count; u++) {
        const unit *here = &p->units[u];
        for (uint32_t i = 0; i + RUN <= here->count; i++) {
            const sheaf_form *words = p->forms + here->first + i;
            uint32_t key = key_of(words, here->quotation);
            if (key % one_in == 0 && !all_common(words))
                sheaf_keys_add(keys, (uint64_t)key << 32 | u);
        }
    }
}

static bool fits(const sheaf_passages *p, sheaf_fitter *fitter, const unit *a, const unit *b,
                 bool *fine) {
    sheaf_fit fit;
    const unit *piece = a->count <= b->count ? a : b, *longer = piece == a ? b : a;
    if (longer->count > 2 * piece->count ||
        !sheaf_fit_may(p->forms + piece->first, piece->count, p->forms + longer->first,
                       longer->count, ENOUGH))
        return false;
    *fine = sheaf_fit_find(fitter, &fit, p->forms + piece->first, piece->count,
                           p->forms + longer->first, longer->count);
    return *fine && fit.same >= LEAST_WORDS && fit.score >= ENOUGH;
}

/* Those pairs that fit, as matches of units. */
static sheaf_match *match_pairs(const sheaf_passages *p, const sheaf_keys *pairs, size_t *count) {
    bool fine = true;
    sheaf_fitter fitter = {0};
    sheaf_match *matches = sheaf_malloc(pairs->count * sizeof *matches);
    *count = 0;
    for (size_t i = 0; matches && i < pairs->count && fine; i++) {
        uint32_t a = (uint32_t)(pairs->items[i] >> 32), b = (uint32_t)pairs->items[i];
        if (p->units[a].text != p->units[b].text &&
            fits(p, &fitter, &p->units[a], &p->units[b], &fine))
            matches[(*count)++] = (sheaf_match){.a = a, .b = b};
    }
    sheaf_fitter_clear(&fitter);
    if (fine)
        return matches;
    sheaf_free(matches);
    return NULL;
}

/* ---- groups ----------------------------------------------------------------------------- */

static bool same_words(const sheaf_passages *p, const unit *a, const unit *b) {
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (p->forms[a->first + i].whole != p->forms[b->first + i].whole)
            return false;
    }
    return true;
}

/* The number of the wording of member i of a group that begins at first. */
static uint32_t variant_of(const sheaf_passages *p, size_t first, size_t i, uint32_t variants) {
    const unit *here = &p->units[p->groups.members[i]];
    for (size_t k = first; k < i; k++) {
        if (same_words(p, &p->units[p->groups.members[k]], here))
            return p->places[k].variant;
    }
    return variants;
}

static bool make_places(sheaf_passages *p) {
    const sheaf_groups *groups = &p->groups;
    p->places = sheaf_malloc(groups->starts[groups->count] * sizeof *p->places);
    for (size_t g = 0; p->places && g < groups->count; g++) {
        uint32_t variants = 0;
        for (size_t i = groups->starts[g]; i < groups->starts[g + 1]; i++) {
            const unit *u = &p->units[groups->members[i]];
            uint32_t variant = variant_of(p, groups->starts[g], i, variants);
            variants += variant == variants;
            p->places[i] = (sheaf_place){u->text, u->from, u->to, variant};
        }
    }
    return p->places != NULL;
}

sheaf_status sheaf_passages_find(sheaf_passages *p, size_t *count, sheaf_error *error) {
    sheaf_keys keys = {0}, pairs = {0};
    sheaf_match *matches = NULL;
    size_t found = 0;
    sheaf_status status = SHEAF_NO_MEMORY;
    if (!mark_common(p))
        return sheaf_fail(error, status, "out of memory");
    gather_keys(p, &keys);
    sheaf_pair_keys(&pairs, &keys);
    sheaf_keys_sort(&pairs);
    sheaf_keys_drop_doubles(&pairs);
    if (!pairs.failed)
        matches = match_pairs(p, &pairs, &found);
    sheaf_keys_clear(&keys);
    sheaf_keys_clear(&pairs);
    if (matches)
        status = sheaf_copies_group(&p->groups, matches, found, error);
    sheaf_free(matches);
    if (status == SHEAF_OK && !make_places(p))
        status = SHEAF_NO_MEMORY;
    if (status == SHEAF_NO_MEMORY)
        return sheaf_fail(error, status, "out of memory");
    *count = p->groups.count;
    return status;
}

void sheaf_passages_get(const sheaf_passages *p, size_t i, sheaf_passage *passage) {
    size_t first = p->groups.starts[i];
    *passage = (sheaf_passage){.places = p->places + first,
                               .count = (uint32_t)(p->groups.starts[i + 1] - first),
                               .quotation = p->units[p->groups.members[first]].quotation};
    for (uint32_t k = 0; k < passage->count; k++) {
        const sheaf_place *here = &passage->places[k];
        passage->texts += k == 0 || here->text != here[-1].text;
        passage->variants =
            here->variant >= passage->variants ? here->variant + 1 : passage->variants;
    }
}
