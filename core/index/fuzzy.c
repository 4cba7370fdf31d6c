/* fuzzy.c - the table of edit distances, a row for each letter of the word.
 *
 *            k  o  r  o  n  a
 *         0  1  2  3  4  5  6
 *      k  1  0  1  2  3  4  5        what a row holds follows from the two above it;
 *      a  2  1  1  2  3  4  4        when all of both are too much, so will be all
 *      r  3  2  2  1  2  3  4        that come below */
#include "index/fuzzy.h"

#include "base/utf8.h"

void sheaf_fuzzy_begin(sheaf_fuzzy *f, sheaf_slice pattern, unsigned edits) {
    f->size = f->depth = 0;
    f->edits = edits;
    for (size_t at = 0; at < pattern.size && f->size < SHEAF_FUZZY_POINTS;)
        f->pattern[f->size++] = sheaf_utf8_next(pattern, &at);
    for (size_t j = 0; j <= f->size; j++)
        f->rows[0][j] = (unsigned char)j;
    f->ends[0] = 0;
    f->least[0] = 0;
}

static unsigned least_of(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static void add_row(sheaf_fuzzy *f, uint32_t point, size_t end) {
    size_t i = ++f->depth;
    unsigned char *row = f->rows[i], *above = f->rows[i - 1];
    unsigned least = row[0] = (unsigned char)i;
    f->points[i] = point;
    f->ends[i] = end;
    for (size_t j = 1; j <= f->size; j++) {
        unsigned cost = above[j - 1] + (point != f->pattern[j - 1] ? 1u : 0u);
        cost = least_of(cost, least_of(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && f->points[i - 1] == f->pattern[j - 1] && point == f->pattern[j - 2])
            cost = least_of(cost, f->rows[i - 2][j - 2] + 1u);
        row[j] = (unsigned char)cost;
        least = least_of(least, cost);
    }
    f->least[i] = (unsigned char)least;
}

/* A swap leaps over a row and costs one. */
static bool is_hopeless(const sheaf_fuzzy *f) {
    return f->depth > 0 && f->least[f->depth] > f->edits && f->least[f->depth - 1] >= f->edits;
}

bool sheaf_fuzzy_match(sheaf_fuzzy *f, sheaf_slice word, size_t same, size_t *hopeless) {
    while (f->depth > 0 && f->ends[f->depth] > same)
        f->depth--;
    for (size_t at = f->ends[f->depth];
         at < word.size && f->depth < SHEAF_FUZZY_POINTS && !is_hopeless(f);) {
        uint32_t point = sheaf_utf8_next(word, &at);
        add_row(f, point, at);
    }
    *hopeless = is_hopeless(f) ? f->ends[f->depth] : 0;
    return *hopeless == 0 && f->rows[f->depth][f->size] <= f->edits;
}
