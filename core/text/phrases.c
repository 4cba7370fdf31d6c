/* phrases.c - sets of phrases, made so that most of a text need not be asked for
 * its words. phrases_find.c does the finding:
 *
 *     text ─► runs ─► keys ─► bitmaps ─(few)─► words ─► table ─► compare ─► visit
 *
 * Runs of letters and digits are cheap to find, and so are their keys of 64
 * bits: eight bytes without case, and the length (phrases_runs.h). Bitmaps of
 * what phrases begin with say of nearly all runs, by their key alone and
 * together with the key of the next, that no phrase begins there. Only at the
 * others are the words of the text asked for, which get keys the same way, of
 * their folded bytes; a table is asked by them, and what it gives is compared.
 *
 * Words may be asked for from any byte on that surely parts two of them, so
 * that looking at one place needs no more than the bytes around it. Words are
 * cut at apostrophes. The bitmaps hold the keys of both runs and words. */
#include "text/phrases.h"

#include "base/memory.h"
#include "text/fold.h"
#include "text/phrases_parts.h"

/* ---- keys -------------------------------------------------------------------- */

sheaf_slice sheaf_phrase_fold(char out[FOLDED], sheaf_slice word) {
    size_t size = sheaf_fold_word(out, FOLDED, word);
    return size ? sheaf_slice_from(out, size) : word;
}

/* The key of a word: a function of the folded word. Most need no folding for that. */
static uint64_t key_of(const sheaf_run_units *units, sheaf_slice word) {
    uint64_t key = sheaf_run_key_of(units, word);
    if (key != SHEAF_RUN_HARD)
        return key;
    char folded[FOLDED];
    word = sheaf_phrase_fold(folded, word);
    key = sheaf_run_key_of(units, word);
    if (key != SHEAF_RUN_HARD)
        return key;
    uint64_t bytes = 0;
    memcpy(&bytes, word.data, word.size < 8 ? word.size : 8);
    return sheaf_run_key(bytes, word.size);
}

size_t sheaf_phrase_cut(const sheaf_run_units *units, token *out, sheaf_slice text, sheaf_word word,
                        size_t room) {
    size_t count = 0;
    sheaf_slice whole = sheaf_slice_part(text, 0, word.to);
    for (size_t from = word.from, at = from; at <= word.to && count < room; at++) {
        size_t apostrophe = at < word.to ? apostrophe_size(whole, at) : 1;
        if (!apostrophe)
            continue;
        if (at > from) {
            uint64_t key = key_of(units, sheaf_slice_part(text, from, at));
            out[count++] = (token){key, (uint32_t)from, (uint32_t)at};
        }
        from = at + apostrophe;
        at = from - 1;
    }
    return count;
}

/* ---- making a set ---------------------------------------------------------------- */

static bool read_phrase(sheaf_phrases *set, one_phrase *item) {
    sheaf_word word;
    token parts[NEAR];
    size_t capacity = 0;
    for (size_t at = 0; sheaf_words_next(item->text, &at, &word, 1);) {
        size_t count = sheaf_phrase_cut(&set->filter.units, parts, item->text, word, NEAR);
        for (size_t i = 0; i < count; i++) {
            if (item->count == capacity &&
                !sheaf_arena_grow(&set->arena, (void **)&item->words, item->count, &capacity,
                                  sizeof *item->words))
                return false;
            item->words[item->count++] = parts[i];
        }
    }
    if (item->count > MOST_WORDS)
        item->count = 0;
    return true;
}

static void put_first(const sheaf_phrases *set, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 2);
    set->firsts[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void put_in(const sheaf_phrases *set, uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    bitmap[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* The first runs of the folded words of a phrase; how many there are, up to START. */
static size_t first_runs(const sheaf_phrases *set, const one_phrase *item, sheaf_run *first) {
    sheaf_runs runs;
    char folded[FOLDED];
    size_t count = 0;
    for (uint32_t i = 0; i < item->count && count < START; i++) {
        const token *word = &item->words[i];
        sheaf_slice text =
            sheaf_phrase_fold(folded, sheaf_slice_part(item->text, word->from, word->to));
        runs.count = runs.suspects = 0;
        for (size_t at = 0; at < text.size && runs.count < START;)
            sheaf_runs_path(set->path)(&runs, &set->filter, text, &at);
        for (size_t k = 0; k < runs.count && count < START; k++)
            first[count++] = runs.run[k];
    }
    return count;
}

/* A text has a hard run where a phrase has one, and those pass by themselves. */
static void put_runs(sheaf_phrases *set, const one_phrase *item) {
    sheaf_run runs[START] = {{0}};
    size_t count = first_runs(set, item, runs);
    if (runs[0].key == SHEAF_RUN_HARD)
        return;
    put_first(set, runs[0].key);
    if (count == 1) {
        put_in(set, set->singles, runs[0].key);
        return;
    }
    if (runs[1].key == SHEAF_RUN_HARD)
        return;
    uint64_t pair = pair_key(runs[0].key, runs[1].key);
    put_in(set, set->pairs, pair);
    if (count == 2)
        put_in(set, set->starts, pair);
    else if (runs[2].key != SHEAF_RUN_HARD)
        put_in(set, set->starts, pair_key(pair, runs[2].key));
}

static void put_words(sheaf_phrases *set, const one_phrase *item) {
    put_first(set, item->words[0].key);
    if (item->count > 1)
        put_in(set, set->pairs, pair_key(item->words[0].key, item->words[1].key));
    else
        put_in(set, set->singles, item->words[0].key);
}

static void enter(sheaf_phrases *set, uint32_t number) {
    one_phrase *item = &set->phrases[number];
    if (item->count == 0)
        return;
    put_runs(set, item);
    put_words(set, item);
    uint64_t key = entry_key(item->words, item->count);
    entry *place = probe(set, key);
    item->next = place->number;
    *place = (entry){(uint32_t)(key >> 32), number + 1};
}

static bool fill(sheaf_phrases *set, const sheaf_slice *phrases, size_t count) {
    set->bits = 6;
    while ((size_t)1 << set->bits < count * 2)
        set->bits++;
    set->phrases = sheaf_arena_zero(&set->arena, count, sizeof *set->phrases);
    set->table = sheaf_arena_zero(&set->arena, (size_t)1 << set->bits, sizeof *set->table);
    size_t size = (size_t)1 << set->bits >> 2;
    set->singles = sheaf_arena_zero(&set->arena, size, sizeof *set->singles);
    set->firsts = sheaf_arena_zero(&set->arena, size / 4, sizeof *set->firsts);
    set->pairs = sheaf_arena_zero(&set->arena, size, sizeof *set->pairs);
    set->starts = sheaf_arena_zero(&set->arena, size, sizeof *set->starts);
    if (set->arena.failed)
        return false;
    sheaf_run_units_init(&set->filter.units);
    set->filter.bits = set->firsts;
    set->filter.shift = 64 - set->bits - 2;
    set->path = SHEAF_RUNS_PATHS - 1;
    while (!sheaf_runs_path(set->path))
        set->path--;
    put_first(set, SHEAF_RUN_HARD);
    put_in(set, set->singles, SHEAF_RUN_HARD);
    for (; set->count < count; set->count++) {
        one_phrase *item = &set->phrases[set->count];
        item->text = sheaf_arena_copy(&set->arena, phrases[set->count]);
        if (set->arena.failed || !read_phrase(set, item))
            return false;
    }
    for (size_t i = count; i-- > 0;)
        enter(set, (uint32_t)i); /* the first comes to be the first of its chain */
    return true;
}

sheaf_phrases *sheaf_phrases_new(const sheaf_slice *phrases, size_t count) {
    sheaf_phrases *set = count < UINT32_MAX / 4 ? sheaf_calloc(1, sizeof *set) : NULL;
    if (!set)
        return NULL;
    sheaf_arena_init(&set->arena);
    if (fill(set, phrases, count))
        return set;
    sheaf_phrases_free(set);
    return NULL;
}

void sheaf_phrases_free(sheaf_phrases *set) {
    if (!set)
        return;
    sheaf_arena_clear(&set->arena);
    sheaf_free(set);
}

size_t sheaf_phrases_count(const sheaf_phrases *set) {
    return set->count;
}

size_t sheaf_phrases_memory(const sheaf_phrases *set) {
    return set->arena.total + sizeof *set;
}

sheaf_slice sheaf_phrases_text(const sheaf_phrases *set, uint32_t phrase) {
    return set->phrases[phrase].text;
}
