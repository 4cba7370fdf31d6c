/* diff_words.c - what was changed in a text, word by word.
 *
 * Myers' greedy algorithm: how far can one come along each diagonal with D
 * changes? What it found for each D is kept, so that the way can be walked back.
 * Texts that differ in more than a few hundred words are not worth the time. */
#include "text/diff_words.h"

#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { CHANGES_MAX = 1000 };

typedef struct words {
    sheaf_slice *items; /* each with the white space behind it */
    size_t count;
} words;

typedef struct edit {
    char kind; /* '=', '-' or '+' */
    size_t at; /* word of old, or of new for '+' */
} edit;

/* Scripts that write no blanks between words. */
static bool stands_alone(uint32_t c) {
    return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x2E80 && c < 0xA000) || c >= 0x20000;
}

/* Offset behind the word that begins at from, and behind the white space that follows. */
static size_t word_end(sheaf_slice text, size_t from) {
    size_t to = from, next = from;
    bool alone = from < text.size && stands_alone(sheaf_utf8_next(text, &next));
    to = alone ? next : from;
    while (!alone && to < text.size && !sheaf_is_space(text.data[to])) {
        next = to;
        if (stands_alone(sheaf_utf8_next(text, &next)))
            break;
        to = next;
    }
    while (to < text.size && sheaf_is_space(text.data[to]))
        to++;
    return to;
}

static bool cut(words *out, sheaf_slice text) {
    size_t from = 0, capacity = text.size / 2 + 1;
    out->items = sheaf_malloc(capacity * sizeof *out->items);
    if (!out->items)
        return false;
    while (from < text.size) {
        size_t to = word_end(text, from);
        if (out->count == capacity) {
            sheaf_slice *bigger = sheaf_realloc(out->items, 2 * capacity * sizeof *bigger);
            if (!bigger)
                return false;
            out->items = bigger;
            capacity *= 2;
        }
        out->items[out->count++] = sheaf_slice_part(text, from, to);
        from = to;
    }
    return true;
}

/* Words are the same whatever space follows them. */
static bool same(sheaf_slice a, sheaf_slice b) {
    return sheaf_slice_equal(sheaf_slice_trim(a), sheaf_slice_trim(b));
}

/* Furthest old word reached on diagonal k with d changes, out of d - 1. */
static size_t step(const size_t *far, int d, int k, int middle) {
    if (k == -d || (k != d && far[middle + k - 1] < far[middle + k + 1]))
        return far[middle + k + 1];
    return far[middle + k - 1] + 1;
}

/* Fills trace with what was far before each d; returns the number of changes, -1
 * when they are too many. */
static int search(const words *a, const words *b, size_t **trace, size_t *far, int most) {
    const int middle = most + 1;
    const size_t size = (size_t)(2 * most + 3) * sizeof *far;
    for (int d = 0; d <= most; d++) {
        trace[d] = sheaf_malloc(size);
        if (!trace[d])
            return -1;
        memcpy(trace[d], far, size);
        for (int k = -d; k <= d; k += 2) {
            size_t x = step(far, d, k, middle), y = (size_t)((long long)x - k);
            while (x < a->count && y < b->count && same(a->items[x], b->items[y]))
                x++, y++;
            far[middle + k] = x;
            if (x >= a->count && y >= b->count)
                return d;
        }
    }
    return -1;
}

/* Walks back from the ends of both; edits come out last first. */
static size_t walk_back(const words *a, const words *b, size_t *const *trace, int d, int most,
                        edit *edits) {
    const int middle = most + 1;
    size_t x = a->count, y = b->count, count = 0;
    for (; d >= 0; d--) {
        int k = (int)((long long)x - (long long)y);
        const size_t *far = trace[d];
        bool down = k == -d || (k != d && far[middle + k - 1] < far[middle + k + 1]);
        int before = down ? k + 1 : k - 1;
        size_t from_x = d ? far[middle + before] : 0;
        size_t from_y = d ? (size_t)((long long)from_x - before) : 0;
        while (x > from_x && y > from_y && (d == 0 || x > from_x + !down) &&
               (d == 0 || y > from_y + down)) {
            edits[count++] = (edit){'=', --x};
            y--;
        }
        if (d == 0)
            break;
        edits[count++] = down ? (edit){'+', --y} : (edit){'-', --x};
    }
    return count;
}

/* Runs of one kind are told as one piece of text. */
static void tell(const words *a, const words *b, const edit *edits, size_t count,
                 sheaf_piece_fn piece, void *context) {
    for (size_t i = count; i-- > 0;) {
        const words *side = edits[i].kind == '+' ? b : a;
        size_t last = i;
        while (last > 0 && edits[last - 1].kind == edits[i].kind)
            last--;
        const char *from = side->items[edits[i].at].data;
        sheaf_slice end = side->items[edits[last].at];
        piece(context, edits[i].kind, sheaf_slice_from(from, (size_t)(end.data + end.size - from)));
        i = last;
    }
}

static bool compare(const words *a, const words *b, sheaf_piece_fn piece, void *context) {
    size_t all = a->count + b->count;
    int most = all < CHANGES_MAX ? (int)all : CHANGES_MAX;
    size_t *far = sheaf_calloc((size_t)(2 * most + 3), sizeof *far);
    size_t **trace = sheaf_calloc((size_t)most + 1, sizeof *trace);
    edit *edits = sheaf_malloc(all * sizeof *edits);
    int changes = far && trace && edits ? search(a, b, trace, far, most) : -1;
    if (changes >= 0)
        tell(a, b, edits, walk_back(a, b, trace, changes, most, edits), piece, context);
    for (int i = 0; trace && i <= most; i++)
        sheaf_free(trace[i]);
    sheaf_free(trace);
    sheaf_free(far);
    sheaf_free(edits);
    return changes >= 0;
}

bool sheaf_diff_words(sheaf_slice old_text, sheaf_slice new_text, sheaf_piece_fn piece,
                      void *context) {
    words a = {0}, b = {0};
    bool done = cut(&a, old_text) && cut(&b, new_text) && compare(&a, &b, piece, context);
    sheaf_free(a.items);
    sheaf_free(b.items);
    return done;
}
