/* align.c - each sentence of a is fitted into b; what of b is left over is its own.
 *
 * What fits is a run of words of b. Where that run takes most of a sentence of b, all
 * of that sentence is shown, so that differences at its ends are seen too. */
#include "index/align.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

static const uint64_t CELLS_MAX = 4000000000u;

typedef struct side {
    sheaf_slice text;
    sheaf_hashed_words words;
    sheaf_units units;
    sheaf_form *forms;
    bool *covered; /* words of b that something of a was found in */
} side;

static bool add(sheaf_alignment *out, sheaf_aligned item) {
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? 2 * out->capacity : 64;
        sheaf_aligned *items = sheaf_realloc(out->items, capacity * sizeof *items);
        if (!items)
            return false;
        out->items = items;
        out->capacity = capacity;
    }
    out->items[out->count++] = item;
    return true;
}

static bool open_side(side *s, sheaf_slice text) {
    s->text = sheaf_slice_part(text, 0, UINT32_MAX);
    if (!sheaf_hashed_words_of(&s->words, s->text) ||
        !sheaf_units_of(&s->units, s->text, &s->words))
        return false;
    s->forms = sheaf_malloc(s->words.count * sizeof *s->forms);
    s->covered = sheaf_calloc(s->words.count, sizeof *s->covered);
    if (!s->forms || !s->covered)
        return false;
    sheaf_forms_of(s->forms, s->text, &s->words);
    return true;
}

static void close_side(side *s) {
    sheaf_hashed_words_clear(&s->words);
    sheaf_units_clear(&s->units);
    sheaf_free(s->forms);
    sheaf_free(s->covered);
}

/* The sentence that a word is in. */
static const sheaf_unit *sentence_of(const side *s, uint32_t word) {
    size_t from = 0, to = s->units.sentences;
    while (from + 1 < to) {
        size_t middle = (from + to) / 2;
        if (s->units.items[middle].first <= word)
            from = middle;
        else
            to = middle;
    }
    return &s->units.items[from];
}

static uint32_t overlap(const sheaf_unit *unit, const sheaf_fit *fit) {
    uint32_t from = unit->first > fit->from ? unit->first : fit->from;
    uint32_t end = unit->first + unit->count, to = end < fit->to ? end : fit->to;
    return to > from ? to - from : 0;
}

static bool takes_most(const sheaf_unit *unit, const sheaf_fit *fit) {
    return 2 * overlap(unit, fit) > unit->count;
}

/* Bytes of b for a fit; for sentences rounded to whole ones, and those covered. */
static void place(side *b, const sheaf_fit *fit, sheaf_aligned *item) {
    const sheaf_unit *first = sentence_of(b, fit->from), *last = sentence_of(b, fit->to - 1);
    item->b_from = b->words.items[fit->from].from;
    item->b_to = b->words.items[fit->to - 1].to;
    memset(b->covered + fit->from, true, (fit->to - fit->from) * sizeof *b->covered);
    if (item->quotation)
        return;
    if (takes_most(first, fit))
        item->b_from = first->from;
    if (takes_most(last, fit))
        item->b_to = last->to;
}

static bool align_unit(sheaf_alignment *out, sheaf_fitter *fitter, const side *a, side *b,
                       const sheaf_unit *unit) {
    sheaf_fit fit;
    sheaf_aligned item = {.kind = SHEAF_ALIGNED_ONLY_A,
                          .quotation = unit->quotation,
                          .a_from = unit->from,
                          .a_to = unit->to};
    if (!sheaf_fit_find(fitter, &fit, a->forms + unit->first, unit->count, b->forms,
                        b->words.count))
        return false;
    if (sheaf_fit_counts(&fit, unit->count)) {
        item.kind =
            sheaf_fit_is_whole(&fit, unit->count) ? SHEAF_ALIGNED_SHARED : SHEAF_ALIGNED_ALTERED;
        item.score = fit.score;
        place(b, &fit, &item);
    }
    return add(out, item);
}

static bool is_covered(const side *b, const sheaf_unit *unit) {
    uint32_t covered = 0;
    for (uint32_t i = 0; i < unit->count; i++)
        covered += b->covered[unit->first + i];
    return 2 * covered > unit->count;
}

/* In order of b among what is found there; what is only in a stays behind what it
 * follows in a. So: each own sentence of b goes in front of the first row that lies
 * behind it in b. */
static bool insert_own(sheaf_alignment *out, size_t first, const side *b, const sheaf_unit *unit) {
    size_t at = first;
    sheaf_aligned item = {.kind = SHEAF_ALIGNED_ONLY_B,
                          .quotation = unit->quotation,
                          .b_from = unit->from,
                          .b_to = unit->to};
    if (is_covered(b, unit))
        return true;
    if (!add(out, item))
        return false;
    for (size_t i = first; i + 1 < out->count; i++) {
        if (out->items[i].b_to > 0 && out->items[i].b_from < unit->from)
            at = i + 1;
    }
    memmove(out->items + at + 1, out->items + at, (out->count - 1 - at) * sizeof item);
    out->items[at] = item;
    return true;
}

/* Sentences alone, or quotations alone. */
static bool align_units(sheaf_alignment *out, const side *a, side *b, bool quotations) {
    sheaf_fitter fitter = {0};
    size_t start = out->count;
    bool fine = true;
    memset(b->covered, false, b->words.count * sizeof *b->covered);
    for (size_t i = 0; i < a->units.count && fine; i++) {
        if (a->units.items[i].quotation == quotations)
            fine = align_unit(out, &fitter, a, b, &a->units.items[i]);
    }
    for (size_t i = 0; i < b->units.count && fine; i++) {
        if (b->units.items[i].quotation == quotations)
            fine = insert_own(out, start, b, &b->units.items[i]);
    }
    sheaf_fitter_clear(&fitter);
    return fine;
}

sheaf_status sheaf_align(sheaf_alignment *out, sheaf_slice a_text, sheaf_slice b_text,
                         sheaf_error *error) {
    side a = {0}, b = {0};
    sheaf_status status = SHEAF_OK;
    out->count = 0;
    if (!open_side(&a, a_text) || !open_side(&b, b_text))
        status = SHEAF_NO_MEMORY;
    else if ((uint64_t)a.words.count * b.words.count > CELLS_MAX)
        status = SHEAF_LIMIT;
    else if (!align_units(out, &a, &b, false) || !align_units(out, &a, &b, true))
        status = SHEAF_NO_MEMORY;
    if (status == SHEAF_NO_MEMORY)
        sheaf_fail(error, status, "out of memory");
    if (status == SHEAF_LIMIT)
        sheaf_fail(error, status, "texts of %zu and %zu words are too long to be compared",
                   a.words.count, b.words.count);
    close_side(&a);
    close_side(&b);
    return status;
}

void sheaf_alignment_clear(sheaf_alignment *alignment) {
    sheaf_free(alignment->items);
    *alignment = (sheaf_alignment){0};
}
