/* fit.c - the best place of a piece in a longer text (Smith and Waterman).
 *
 *              … Kremlin spokesman branded such an empty and …      text
 *   Kremlin       4
 *   spokesman             8
 *   called                        7      6                          a change costs 1,
 *   an                                          10                  and so does a gap
 *   empty                                             14
 *
 * Every cell holds the best score of a way that ends there, where that way began, and
 * how many words were equal on it. Columns of the text go by one after another, so
 * that memory is as long as the piece. */
#include "base/memory.h"
#include "index/align.h"

enum { EQUAL = 4, STEM = 2, COMMON = 1, CHANGE = -1, GAP = -1, LEAST_WORDS = 5, SHORTEST = 3 };

static const double ENOUGH = 0.4;

struct fit_cell {
    int32_t score;
    uint32_t from; /* word of the text */
    uint32_t same;
};
typedef struct fit_cell cell;

/* What the word a of a piece gives where b stands in the text. */
static int score_of(const sheaf_form *a, const sheaf_form *b) {
    if (a->whole != b->whole && a->stem != b->stem)
        return CHANGE;
    return a->whole & SHEAF_FORM_COMMON ? COMMON : a->whole == b->whole ? EQUAL : STEM;
}

static cell better(cell one, cell other) {
    return other.score > one.score ? other : one;
}

/* One word of the text: column goes from what it was for the word before to what it is
 * for this one. Returns the best cell. */
static cell next_column(cell *column, const sheaf_form *piece, size_t size, const sheaf_form *word,
                        uint32_t at) {
    cell corner = {0, at, 0}, best = {0, at, 0};
    for (size_t i = 0; i < size; i++) {
        cell before = column[i], here = {0, at + 1, 0};
        int score = score_of(&piece[i], word);
        cell way = corner;
        if (way.score == 0)
            way = (cell){0, at, 0};
        way.score += score;
        way.same += piece[i].whole == word->whole;
        here = better(here, way);
        before.score += GAP;
        here = better(here, before);
        if (i > 0) {
            cell above = column[i - 1];
            above.score += GAP;
            here = better(here, above);
        }
        corner = column[i];
        column[i] = here;
        best = better(best, here);
    }
    return best;
}

static bool make_room(sheaf_fitter *fitter, size_t size) {
    if (size <= fitter->capacity)
        return true;
    sheaf_free(fitter->cells);
    fitter->cells = sheaf_malloc(size * sizeof *fitter->cells);
    fitter->capacity = fitter->cells ? size : 0;
    return fitter->cells != NULL;
}

bool sheaf_fit_find(sheaf_fitter *fitter, sheaf_fit *fit, const sheaf_form *piece, size_t size,
                    const sheaf_form *text, size_t count) {
    cell best = {0, 0, 0};
    int64_t most = 0;
    if (!make_room(fitter, size))
        return false;
    for (size_t i = 0; i < size; i++)
        fitter->cells[i] = (cell){0, 0, 0};
    *fit = (sheaf_fit){0};
    for (size_t i = 0; i < size; i++)
        most += score_of(&piece[i], &piece[i]);
    for (size_t j = 0; j < count; j++) {
        cell found = next_column(fitter->cells, piece, size, &text[j], (uint32_t)j);
        if (found.score <= best.score)
            continue;
        best = found;
        *fit = (sheaf_fit){found.from, (uint32_t)j + 1, found.same,
                           (double)found.score / (double)most};
    }
    return true;
}

void sheaf_forms_of(sheaf_form *forms, sheaf_slice text, const sheaf_hashed_words *words) {
    for (size_t i = 0; i < words->count; i++)
        forms[i] = (sheaf_form){(uint32_t)words->items[i].hash & ~(uint32_t)SHEAF_FORM_COMMON,
                                (uint32_t)sheaf_hashed_word_stem(&words->items[i], text)};
}

bool sheaf_fit_may(const sheaf_form *piece, size_t size, const sheaf_form *text, size_t count,
                   double score) {
    int64_t best = 0, most = 0;
    for (size_t i = 0; i < size; i++) {
        int own = score_of(&piece[i], &piece[i]);
        uint32_t whole = 0, stem = 0;
        for (size_t j = 0; j < count; j++) {
            whole |= piece[i].whole == text[j].whole;
            stem |= piece[i].stem == text[j].stem;
        }
        best += whole ? own : !stem ? 0 : own < STEM ? own : STEM;
        most += own;
    }
    return (double)best >= score * (double)most;
}

bool sheaf_fit_is_whole(const sheaf_fit *fit, size_t size) {
    return fit->same == size && fit->score > 0.99;
}

bool sheaf_fit_counts(const sheaf_fit *fit, size_t size) {
    return (sheaf_fit_is_whole(fit, size) && size >= SHORTEST) ||
           (fit->same >= LEAST_WORDS && fit->score >= ENOUGH);
}

void sheaf_fitter_clear(sheaf_fitter *fitter) {
    sheaf_free(fitter->cells);
    *fitter = (sheaf_fitter){0};
}
