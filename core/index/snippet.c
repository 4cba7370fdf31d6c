/* snippet.c - finds the words that are meant, then a window with the most of them. */
#include "index/snippet.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "index/token.h"

enum { TEXT_MOST = 4 << 20, TOKENS = 256, MARKS_MOST = 65536, TERMS = 64 };

void sheaf_snippet_clear(sheaf_snippet *snippet) {
    sheaf_free(snippet->marks);
    *snippet = (sheaf_snippet){0};
}

typedef struct match {
    size_t from, to;
    size_t term;
} match;

typedef struct matches {
    match *items;
    size_t count, room;
} matches;

static bool add_match(matches *all, match one) {
    if (all->count == MARKS_MOST)
        return true;
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : 64;
        match *bigger = sheaf_realloc(all->items, room * sizeof *bigger);
        if (!bigger)
            return false;
        all->items = bigger;
        all->room = room;
    }
    all->items[all->count++] = one;
    return true;
}

static bool find_matches(matches *all, sheaf_wanted *wanted, sheaf_slice text,
                         sheaf_slice language) {
    sheaf_tokens cutter;
    sheaf_token tokens[TOKENS];
    size_t count;
    sheaf_tokens_begin(&cutter, text);
    while ((count = sheaf_tokens_next(&cutter, tokens, TOKENS)) > 0) {
        for (size_t i = 0; i < count; i++) {
            char room[SHEAF_TERM_MAX];
            sheaf_slice spelling = sheaf_slice_part(text, tokens[i].from, tokens[i].to);
            if (tokens[i].kind == SHEAF_TOKEN_NONE)
                continue;
            sheaf_slice word = {room, sheaf_token_fold(room, spelling)};
            size_t term =
                word.size ? sheaf_wanted_term(wanted, word, spelling, language, 0) : SIZE_MAX;
            if (term != SIZE_MAX && !add_match(all, (match){tokens[i].from, tokens[i].to, term}))
                return false;
        }
    }
    return true;
}

/* How many bytes so many characters of the text are, about. */
static size_t bytes_of(sheaf_slice text, size_t width) {
    sheaf_slice some = sheaf_utf8_prefix(text, 4096);
    size_t count = sheaf_utf8_count(some);
    return count ? width * some.size / count + 1 : width;
}

/* A window is worth its different terms first, then how often they stand in it. */
static size_t worth(const matches *all, size_t from, size_t to) {
    uint64_t seen = 0;
    for (size_t i = from; i < to; i++)
        seen |= (uint64_t)1 << (all->items[i].term % TERMS);
    return (size_t)__builtin_popcountll(seen) * 16 + (to - from > 15 ? 15 : to - from);
}

static void best_window(const matches *all, size_t bytes, size_t *from, size_t *to) {
    size_t best = 0, end = 0;
    *from = *to = 0;
    for (size_t i = 0; i < all->count; i++) {
        while (end < all->count && all->items[end].to <= all->items[i].from + bytes)
            end++;
        size_t here = worth(all, i, end > i ? end : i + 1);
        if (here > best) {
            best = here;
            *from = i;
            *to = end > i ? end : i + 1;
        }
        while (i + 1 < end && end - i > 64)
            i++; /* many in a window: no need to try each */
    }
}

static bool is_blank_at(sheaf_slice text, size_t at) {
    return at >= text.size || sheaf_is_space(text.data[at]);
}

/* Moves to the beginning of a word at or after at, but not beyond limit. */
static size_t word_start(sheaf_slice text, size_t at, size_t limit) {
    size_t from = at;
    if (at == 0)
        return 0;
    while (at < limit && !is_blank_at(text, at - 1))
        at++;
    if (at < limit || is_blank_at(text, at - 1))
        return at;
    while (from < limit && ((unsigned char)text.data[from] & 0xC0) == 0x80)
        from++; /* a script without blanks */
    return from;
}

static size_t word_end(sheaf_slice text, size_t at, size_t limit) {
    size_t to = at;
    if (at >= text.size)
        return text.size;
    while (at > limit && !is_blank_at(text, at))
        at--;
    if (at > limit || is_blank_at(text, at))
        return at;
    while (to > limit && ((unsigned char)text.data[to] & 0xC0) == 0x80)
        to--;
    return to;
}

static void place(sheaf_snippet *out, sheaf_slice text, const matches *all, size_t first,
                  size_t last, size_t bytes) {
    size_t from = 0, to = 0;
    if (last > first) {
        from = all->items[first].from;
        to = all->items[last - 1].to;
    }
    size_t spare = bytes > to - from ? bytes - (to - from) : 0;
    size_t before = spare / 3 < from ? spare / 3 : from;
    size_t start = from - before;
    size_t end = to + (spare - before) < text.size ? to + (spare - before) : text.size;
    out->from = word_start(text, start, from);
    out->to = word_end(text, end, to);
}

static bool keep_marks(sheaf_snippet *out, const matches *all) {
    out->marks = sheaf_malloc((all->count + 1) * sizeof *out->marks);
    if (!out->marks)
        return false;
    for (size_t i = 0; i < all->count; i++) {
        const match *m = &all->items[i];
        sheaf_snippet_mark *last = out->count ? &out->marks[out->count - 1] : NULL;
        if (m->from < out->from || m->to > out->to)
            continue;
        if (last && m->from <= last->to)
            last->to = m->to > last->to ? m->to : last->to;
        else
            out->marks[out->count++] = (sheaf_snippet_mark){m->from, m->to};
    }
    return true;
}

bool sheaf_snippet_make(sheaf_snippet *out, sheaf_wanted *wanted, sheaf_slice text,
                        sheaf_slice language, size_t width) {
    matches all = {0};
    size_t first = 0, last = 0;
    *out = (sheaf_snippet){0};
    text = sheaf_utf8_prefix(text, TEXT_MOST);
    bool fine = find_matches(&all, wanted, text, language);
    if (fine && width > 0) {
        size_t bytes = bytes_of(text, width);
        best_window(&all, bytes, &first, &last);
        place(out, text, &all, first, last, bytes);
    } else {
        out->to = text.size;
    }
    fine = fine && keep_marks(out, &all);
    sheaf_free(all.items);
    return fine;
}
