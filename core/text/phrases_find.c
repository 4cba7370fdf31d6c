/* phrases_find.c - where the phrases of a set stand in a text.
 *
 * Runs are taken by the batch; the bitmaps leave few of them. From where such a
 * run stands words are asked for, as few as will do, into a window that moves
 * over the text: tokens are those that the next run may need, too. Around hard
 * runs all words are looked at. */
#include "base/utf8.h"
#include "text/phrases_parts.h"

enum {
    TAKE = 4,       /* words at a time, */
    TAKE_MANY = 16, /* and where all of them are looked at */
    WINDOW = MOST_WORDS + PARTS * (TAKE_MANY + 1),
    WORK = 4096, /* phrases compared between two calls without a find */
};

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

typedef struct search {
    const sheaf_phrases *set;
    sheaf_slice text;
    sheaf_phrase_visit *visit;
    void *context;
    size_t compared;   /* with phrases, so far */
    size_t runs_at;    /* runs were taken up to here */
    size_t words_at;   /* words were taken up to here, */
    size_t take;       /* so many at a time */
    size_t begin, end; /* those of tokens that are still to be looked at */
    token tokens[WINDOW];
    sheaf_runs runs;
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
    if (sheaf_slice_equal(a, b) || (is_short_ascii(a) && is_short_ascii(b)))
        return true;
    char folded_a[FOLDED], folded_b[FOLDED];
    return sheaf_slice_equal(sheaf_phrase_fold(folded_a, a), sheaf_phrase_fold(folded_b, b));
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
            look->end += sheaf_phrase_cut(&look->set->filter.units, look->tokens + look->end,
                                          look->text, words[i], PARTS);
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

/* Those that the next run does not clear. */
static size_t question(const search *look, uint16_t *suspects, size_t count) {
    const sheaf_phrases *set = look->set;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const sheaf_run *run = &look->runs.run[look->runs.suspect[i]];
        suspects[kept] = look->runs.suspect[i];
        kept += holds(set, set->pairs, pair_key(run[0].key, run[1].key)) |
                holds(set, set->singles, run[0].key) | (run[1].key == SHEAF_RUN_HARD);
    }
    return kept;
}

/* Those that the two next runs do not clear. */
static size_t question_again(const search *look, uint16_t *suspects, size_t count) {
    const sheaf_phrases *set = look->set;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const sheaf_run *run = &look->runs.run[suspects[i]];
        uint64_t pair = pair_key(run[0].key, run[1].key);
        suspects[kept] = suspects[i];
        kept += holds(set, set->starts, pair) |
                holds(set, set->starts, pair_key(pair, run[2].key)) |
                holds(set, set->singles, run[0].key) | (run[1].key == SHEAF_RUN_HARD) |
                (run[2].key == SHEAF_RUN_HARD);
    }
    return kept;
}

/* Visits what begins at the first `sure` runs, and drops them. */
static bool visit_runs(search *look, size_t sure) {
    sheaf_runs *runs = &look->runs;
    uint16_t suspects[SHEAF_RUNS_MOST];
    size_t count = runs->suspects;
    while (count > 0 && runs->suspect[count - 1] >= sure)
        count--;
    size_t left = question_again(look, suspects, question(look, suspects, count));
    for (size_t i = 0; i < left; i++) {
        if (!visit_run(look, &runs->run[suspects[i]]))
            return false;
    }
    runs->suspects -= count;
    for (size_t i = 0; i < runs->suspects; i++)
        runs->suspect[i] = (uint16_t)(runs->suspect[i + count] - sure);
    runs->count -= sure;
    memmove(runs->run, runs->run + sure, runs->count * sizeof *runs->run);
    return true;
}

void sheaf_phrases_find_by(int path, const sheaf_phrases *set, sheaf_slice text,
                           sheaf_phrase_visit *visit, void *context) {
    sheaf_runs_function *next_runs = sheaf_runs_path(path);
    search look; /* without its lists, which nobody reads before they are written */
    look.set = set;
    look.text = text;
    look.visit = visit;
    look.context = context;
    look.runs.count = look.runs.suspects = look.runs_at = look.words_at = 0;
    look.compared = look.begin = look.end = 0;
    look.take = TAKE;
    if (text.size > UINT32_MAX)
        look.text.size = UINT32_MAX;
    while (look.runs_at < look.text.size) {
        next_runs(&look.runs, &set->filter, look.text, &look.runs_at);
        if (look.runs.count >= START && !visit_runs(&look, look.runs.count - START + 1))
            return;
    }
    for (size_t i = 0; i < START - 1; i++)
        look.runs.run[look.runs.count + i].key = SHEAF_RUN_NONE;
    visit_runs(&look, look.runs.count);
}

void sheaf_phrases_find(const sheaf_phrases *set, sheaf_slice text, sheaf_phrase_visit *visit,
                        void *context) {
    sheaf_phrases_find_by(set->path, set, text, visit, context);
}
