/* phrases.c - finds phrases without asking for the words of most of a text.
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

#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/phrases_runs.h"
#include "text/segment.h"

enum {
    BATCH = 512,      /* runs */
    FOLDED = 256,     /* bytes */
    NEAR = 16,        /* words of a phrase between apostrophes, and bytes of a gap */
    PARTS = NEAR * 2, /* the same for a text */
    MOST_WORDS = 100,
    TAKE = 4,       /* words at a time, */
    TAKE_MANY = 16, /* and where all of them are looked at */
    WINDOW = MOST_WORDS + PARTS * (TAKE_MANY + 1),
    WORK = 4096,
};

/* A word of a text or of a phrase. */
typedef struct token {
    uint64_t key;
    uint32_t from, to;
} token;

typedef struct one_phrase {
    sheaf_slice text; /* as given */
    token *words;
    uint32_t count;
    uint32_t next; /* of the same keys, plus one; 0: none */
} one_phrase;

/* Phrases whose first words have the same keys. */
typedef struct entry {
    uint32_t tag;    /* upper half of the key */
    uint32_t number; /* of the first phrase plus one; 0: free */
} entry;

struct sheaf_phrases {
    sheaf_arena arena;
    one_phrase *phrases;
    size_t count;
    entry *table;
    uint64_t *firsts;  /* bitmaps by the upper bits of keys: first words of phrases; */
    uint64_t *singles; /* those that are the whole phrase; */
    uint64_t *pairs;   /* and the first two words of the others */
    unsigned bits;     /* 2^bits entries; 4 times as many bits in firsts, 16 times in the others */
    sheaf_run_units units;
};

/* ---- keys -------------------------------------------------------------------- */

static uint64_t key_of(sheaf_slice word) {
    uint64_t bytes = 0;
    memcpy(&bytes, word.data, word.size < 8 ? word.size : 8);
    return sheaf_run_key(bytes, word.size);
}

/* Folds a word into out; one too long for that stays as it is. */
static sheaf_slice fold_word(char out[FOLDED], sheaf_slice word) {
    size_t size = sheaf_fold_word(out, FOLDED, word);
    return size ? sheaf_slice_from(out, size) : word;
}

static inline size_t apostrophe_size(sheaf_slice text, size_t at) {
    const char *bytes = text.data + at;
    if (*bytes == '\'')
        return 1;
    bool curly = *bytes == '\xE2' && text.size - at >= 3 && bytes[1] == '\x80' &&
                 (bytes[2] == '\x98' || bytes[2] == '\x99');
    return curly ? 3 : 0;
}

/* The parts of a word between its apostrophes, folded for their keys. */
static size_t cut_word(token *out, sheaf_slice text, sheaf_word word, size_t room) {
    size_t count = 0;
    sheaf_slice whole = sheaf_slice_part(text, 0, word.to);
    for (size_t from = word.from, at = from; at <= word.to && count < room; at++) {
        size_t apostrophe = at < word.to ? apostrophe_size(whole, at) : 1;
        if (!apostrophe)
            continue;
        if (at > from) {
            char folded[FOLDED];
            uint64_t key = key_of(fold_word(folded, sheaf_slice_part(text, from, at)));
            out[count++] = (token){key, (uint32_t)from, (uint32_t)at};
        }
        from = at + apostrophe;
        at = from - 1;
    }
    return count;
}

/* The key of a word of plain ASCII without apostrophes; 0 for any other, or too
 * near to the end of text to be read by eights. */
static uint64_t plain_key(sheaf_slice text, sheaf_word word) {
    uint64_t first = 0;
    for (size_t at = word.from; at < word.to; at += 8) {
        uint64_t eight;
        if (text.size - at < 8)
            return 0;
        memcpy(&eight, text.data + at, sizeof eight);
        first = at == word.from ? eight : first;
        uint64_t quote = eight ^ 0x2727272727272727u;
        uint64_t odd = (eight | ((quote - 0x0101010101010101u) & ~quote)) & 0x8080808080808080u;
        if (word.to - at < 8)
            odd &= ((uint64_t)1 << (word.to - at) * 8) - 1;
        if (odd)
            return 0;
    }
    return sheaf_run_key(first, word.to - word.from);
}

/* ---- making a set ---------------------------------------------------------------- */

static bool read_phrase(sheaf_phrases *set, one_phrase *item) {
    sheaf_word word;
    token parts[NEAR];
    size_t capacity = 0;
    for (size_t at = 0; sheaf_words_next(item->text, &at, &word, 1);) {
        size_t count = cut_word(parts, item->text, word, NEAR);
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

static inline uint64_t pair_key(uint64_t first, uint64_t second) {
    return sheaf_run_scatter(first ^ (second << 7 | second >> 57));
}

static uint64_t entry_key(const token *words, size_t count) {
    return count > 1 ? pair_key(words[0].key, words[1].key) : words[0].key;
}

/* The entry of a key, or the free one where it belongs. Keys of which half is
 * the same share one, since phrases are compared anyhow. */
static entry *probe(const sheaf_phrases *set, uint64_t key) {
    size_t mask = ((size_t)1 << set->bits) - 1;
    for (size_t i = (size_t)key & mask;; i = (i + 1) & mask) {
        entry *here = &set->table[i];
        if (here->number == 0 || here->tag == key >> 32)
            return here;
    }
}

/* ---- filters: bitmaps by the upper bits of keys ---- */

/* Every run is looked up in this one, so it is small. */
static inline uint64_t begins(const sheaf_phrases *set, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 2);
    return set->firsts[bit / 64] >> bit % 64 & 1;
}

static void put_first(const sheaf_phrases *set, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 2);
    set->firsts[bit / 64] |= (uint64_t)1 << bit % 64;
}

static inline uint64_t holds(const sheaf_phrases *set, const uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    return bitmap[bit / 64] >> bit % 64 & 1;
}

static void put_in(const sheaf_phrases *set, uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    bitmap[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* The first two runs of the folded words of a phrase; how many there are. */
static size_t first_runs(const sheaf_phrases *set, const one_phrase *item, sheaf_run *two) {
    sheaf_runs_function *next = sheaf_runs_path(SHEAF_RUNS_SCALAR);
    sheaf_run runs[SHEAF_RUNS_ROOM * 2];
    char folded[FOLDED];
    size_t count = 0;
    for (uint32_t i = 0; i < item->count && count < 2; i++) {
        const token *word = &item->words[i];
        size_t at = 0;
        size_t got =
            next(&set->units, fold_word(folded, sheaf_slice_part(item->text, word->from, word->to)),
                 &at, runs, SHEAF_RUNS_ROOM * 2);
        for (size_t k = 0; k < got && count < 2; k++)
            two[count++] = runs[k];
    }
    return count;
}

/* Where the first run is hard, that of a text is hard as well, and always looked at. */
static void put_runs(sheaf_phrases *set, const one_phrase *item) {
    sheaf_run runs[2];
    size_t count = first_runs(set, item, runs);
    if (count == 0 || runs[0].key == SHEAF_RUN_HARD)
        return;
    put_first(set, runs[0].key);
    if (count == 1)
        put_in(set, set->singles, runs[0].key);
    else if (runs[1].key != SHEAF_RUN_HARD)
        put_in(set, set->pairs, pair_key(runs[0].key, runs[1].key));
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
    if (set->arena.failed)
        return false;
    sheaf_run_units_init(&set->units);
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

/* ---- finding ---------------------------------------------------------------------- */

typedef struct search {
    const sheaf_phrases *set;
    sheaf_runs_function *next_runs;
    sheaf_slice text;
    sheaf_phrase_visit *visit;
    void *context;
    size_t compared; /* with phrases, so far */
    size_t runs_at;  /* runs were taken up to here */
    size_t run_count;
    size_t words_at;   /* words were taken up to here, */
    size_t take;       /* so many at a time */
    size_t begin, end; /* those of tokens that are still to be looked at */
    token tokens[WINDOW];
    sheaf_run runs[BATCH + 1];
} search;

/* Blanks and hyphens alone, and no blank line? */
static bool is_thin(sheaf_slice gap) {
    unsigned lines = 0;
    for (size_t at = 0; at < gap.size;) {
        uint32_t c = sheaf_utf8_next(gap, &at);
        bool thin = c == ' ' || c == '\n' || c == '\t' || c == '-' || c == 0xA0 || c == 0xAD ||
                    (c >= 0x2009 && c <= 0x2012);
        lines += c == '\n';
        if (!thin || lines > 1)
            return false;
    }
    return gap.size <= NEAR;
}

/* May text have gap where a phrase has held? */
static bool same_gap(sheaf_slice gap, sheaf_slice held) {
    if (gap.size == 0 || sheaf_slice_equal(gap, held))
        return gap.size == held.size;
    size_t apostrophe = apostrophe_size(gap, 0);
    if (apostrophe && apostrophe == gap.size)
        return held.size && apostrophe_size(held, 0) == held.size;
    return is_thin(gap);
}

static bool is_short_ascii(sheaf_slice word) {
    unsigned char all = 0;
    for (size_t i = 0; word.size <= 8 && i < word.size; i++)
        all |= (unsigned char)word.data[i];
    return word.size <= 8 && all < 0x80;
}

/* Two words of the same key. That says all of up to eight bytes of ASCII. */
static bool same_word(sheaf_slice a, sheaf_slice b) {
    if (is_short_ascii(a) && is_short_ascii(b))
        return true;
    char folded_a[FOLDED], folded_b[FOLDED];
    return sheaf_slice_equal(fold_word(folded_a, a), fold_word(folded_b, b));
}

static bool is_here(const search *look, const token *words, const one_phrase *item) {
    for (uint32_t i = 0; i < item->count; i++) {
        sheaf_slice here = sheaf_slice_part(look->text, words[i].from, words[i].to);
        sheaf_slice wanted = sheaf_slice_part(item->text, item->words[i].from, item->words[i].to);
        if (words[i].key != item->words[i].key || !same_word(here, wanted))
            return false;
        if (i == 0)
            continue;
        sheaf_slice gap = sheaf_slice_part(look->text, words[i - 1].to, words[i].from);
        sheaf_slice held = sheaf_slice_part(item->text, item->words[i - 1].to, item->words[i].from);
        if (!same_gap(gap, held))
            return false;
    }
    return true;
}

/* ---- words, where they are asked for ---- */

/* Does this byte part words, whatever stands beside it? Marks that may join
 * letters or digits do not, and "\"" may join Hebrew ones. */
static bool parts_words(char byte) {
    unsigned char code = (unsigned char)byte;
    return code < 0x80 && !sheaf_is_alpha(byte) && !sheaf_is_digit(byte) &&
           memchr("_'.,:;\"", byte, 7) == NULL;
}

/* Goes on with words not far before from. */
static void seek_words(search *look, size_t from) {
    size_t at = from;
    while (at > look->words_at && !parts_words(look->text.data[at - 1]))
        at--;
    look->words_at = at > look->words_at ? at - 1 : at;
    look->begin = look->end = 0;
}

static void take_words(search *look) {
    sheaf_word words[TAKE_MANY];
    if (WINDOW - look->end < PARTS * TAKE_MANY) {
        look->end -= look->begin;
        memmove(look->tokens, look->tokens + look->begin, look->end * sizeof *look->tokens);
        look->begin = 0;
    }
    size_t got = sheaf_words_next(look->text, &look->words_at, words, look->take);
    for (size_t i = 0; i < got; i++) {
        uint64_t key = plain_key(look->text, words[i]);
        if (key)
            look->tokens[look->end++] = (token){key, words[i].from, words[i].to};
        else
            look->end += cut_word(look->tokens + look->end, look->text, words[i], PARTS);
    }
}

/* Are there so many words? This moves them. */
static bool have_words(search *look, size_t count) {
    while (look->end - look->begin < count && look->words_at < look->text.size)
        take_words(look);
    return look->end - look->begin >= count;
}

/* ---- looking at the words ---- */

static bool visit_phrase(search *look, const one_phrase *item) {
    if (++look->compared % WORK == 0 && !look->visit(look->context, NULL))
        return false;
    if (!have_words(look, item->count))
        return true;
    const token *words = look->tokens + look->begin;
    if (!is_here(look, words, item))
        return true;
    sheaf_phrase_hit hit = {(uint32_t)(item - look->set->phrases), words[0].from,
                            words[item->count - 1].to};
    return look->visit(look->context, &hit);
}

/* All phrases of an entry that stand here. False to stop. */
static bool visit_entry(search *look, size_t keys) {
    uint64_t key = entry_key(look->tokens + look->begin, keys);
    for (uint32_t number = probe(look->set, key)->number; number;) {
        const one_phrase *item = &look->set->phrases[number - 1];
        number = item->next;
        if ((item->count > 1) == (keys > 1) && !visit_phrase(look, item))
            return false;
    }
    return true;
}

/* Visits what begins at the first word. False to stop. */
static bool visit_word(search *look) {
    const sheaf_phrases *set = look->set;
    uint64_t key = look->tokens[look->begin].key;
    if (!begins(set, key))
        return true;
    if (holds(set, set->singles, key) && !visit_entry(look, 1))
        return false;
    if (!have_words(look, 2))
        return true;
    uint64_t pair = pair_key(key, look->tokens[look->begin + 1].key);
    return !holds(set, set->pairs, pair) || visit_entry(look, 2);
}

/* Visits what begins in [from, to), and is behind all that was visited. */
static bool visit_part(search *look, size_t from, size_t to) {
    if (from > look->words_at)
        seek_words(look, from);
    for (; have_words(look, 1); look->begin++) {
        const token *word = look->tokens + look->begin;
        if (word->from >= to)
            return true;
        if (word->from >= from && !visit_word(look))
            return false;
    }
    return true;
}

/* A word may begin with "_" before its run. */
static bool visit_run(search *look, const sheaf_run *run) {
    size_t from = run->from;
    while (from > 0 && look->text.data[from - 1] == '_')
        from--;
    bool hard = run->key == SHEAF_RUN_HARD;
    look->take = hard && run->to - run->from > TAKE_MANY ? TAKE_MANY : TAKE;
    return visit_part(look, from, hard ? run->to : run->from + 1);
}

/* ---- looking at the runs ---- */

/* Of the first count runs, those that phrases may begin with. No branch here:
 * what a bitmap says is as good as chance. */
static size_t suspect(const search *look, size_t count, uint16_t *suspects) {
    const uint64_t *firsts = look->set->firsts;
    unsigned shift = 64 - look->set->bits - 2;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = look->runs[i].key >> shift;
        suspects[found] = (uint16_t)i;
        found += firsts[bit / 64] >> bit % 64 & 1;
    }
    return found;
}

/* Those that the next run does not clear. */
static size_t question(const search *look, uint16_t *suspects, size_t count) {
    const sheaf_phrases *set = look->set;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const sheaf_run *run = &look->runs[suspects[i]];
        suspects[kept] = suspects[i];
        kept += holds(set, set->pairs, pair_key(run[0].key, run[1].key)) |
                holds(set, set->singles, run[0].key) | (run[1].key == SHEAF_RUN_HARD);
    }
    return kept;
}

/* Visits what begins at the first count runs, and drops them. */
static bool visit_runs(search *look, size_t count) {
    uint16_t suspects[BATCH + 1];
    size_t left = question(look, suspects, suspect(look, count, suspects));
    for (size_t i = 0; i < left; i++) {
        if (!visit_run(look, &look->runs[suspects[i]]))
            return false;
    }
    look->run_count -= count;
    memmove(look->runs, look->runs + count, look->run_count * sizeof *look->runs);
    return true;
}

static void take_runs(search *look) {
    look->run_count += look->next_runs(&look->set->units, look->text, &look->runs_at,
                                       look->runs + look->run_count, BATCH - look->run_count);
}

void sheaf_phrases_find_by(int path, const sheaf_phrases *set, sheaf_slice text,
                           sheaf_phrase_visit *visit, void *context) {
    search look; /* without its lists, which nobody reads before they are written */
    look.set = set;
    look.next_runs = sheaf_runs_path(path);
    look.text = text;
    look.visit = visit;
    look.context = context;
    look.compared = look.runs_at = look.run_count = look.words_at = look.begin = look.end = 0;
    look.take = TAKE;
    if (text.size > UINT32_MAX)
        look.text.size = UINT32_MAX;
    while (look.runs_at < look.text.size) {
        take_runs(&look);
        if (look.run_count > 1 && !visit_runs(&look, look.run_count - 1))
            return;
    }
    look.runs[look.run_count].key = SHEAF_RUN_NONE;
    visit_runs(&look, look.run_count);
}

void sheaf_phrases_find(const sheaf_phrases *set, sheaf_slice text, sheaf_phrase_visit *visit,
                        void *context) {
    int path = SHEAF_RUNS_PATHS - 1;
    while (!sheaf_runs_path(path))
        path--;
    sheaf_phrases_find_by(path, set, text, visit, context);
}
