/* counts.c - n-grams of one thread: a table of hashes.
 *
 *   slot = the first bits of the hash      so that the table, read from front to back, is
 *                                          sorted but for neighbours that were pushed on
 *
 * The hash of an n-gram is made of those of its words, as text: it is the same in
 * every counter, whatever numbers words have there. */
#include "index/counts.h"

#include <math.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/counts_parts.h"
#include "text/segment.h"

enum { WORDS = 256, ROWS = 750000 /* in a table of a million slots */, VOCABULARY_MOST = 1 << 19 };

static const size_t vocabulary_bytes = (size_t)48 << 20;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- making --------------------------------------------------------------------- */

sheaf_counter *sheaf_counter_new(const sheaf_counter_options *options) {
    sheaf_counter *c = sheaf_calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->options = *options;
    if (c->options.rows == 0)
        c->options.rows = ROWS;
    c->together = options->groups <= SHEAF_COUNTS_TOGETHER;
    c->capacity = 4096;
    c->shift = 64 - 12;
    c->grams = sheaf_calloc(c->capacity, sizeof *c->grams);
    c->words = sheaf_calloc((size_t)options->groups + 1, sizeof *c->words);
    c->articles = sheaf_calloc((size_t)options->groups + 1, sizeof *c->articles);
    if (c->grams && c->words && c->articles)
        return c;
    sheaf_counter_free(c);
    return NULL;
}

void sheaf_counter_free(sheaf_counter *c) {
    if (!c)
        return;
    sheaf_vocabulary_clear(&c->vocabulary);
    sheaf_free(c->hashes);
    sheaf_free(c->grams);
    sheaf_free(c->words);
    sheaf_free(c->articles);
    sheaf_free(c->runs);
    if (c->file)
        fclose(c->file);
    sheaf_free(c);
}

const uint64_t *sheaf_counter_words(const sheaf_counter *c) {
    return c->words;
}

const uint64_t *sheaf_counter_articles(const sheaf_counter *c) {
    return c->articles;
}

/* ---- the table ------------------------------------------------------------------ */

static bool grow(sheaf_counter *c) {
    size_t capacity = 4 * c->capacity;
    sheaf_gram *grams = sheaf_calloc(capacity, sizeof *grams);
    if (!grams)
        return false;
    c->shift -= 2;
    for (size_t i = 0; i < c->capacity; i++) {
        if (c->grams[i].count == 0)
            continue;
        size_t at = (size_t)(c->grams[i].hash >> c->shift);
        while (grams[at].count)
            at = (at + 1) & (capacity - 1);
        grams[at] = c->grams[i];
    }
    sheaf_free(c->grams);
    c->grams = grams;
    c->capacity = capacity;
    return true;
}

static void count_one(sheaf_counter *c, const uint32_t *words, uint64_t hash) {
    unsigned n = c->options.n;
    size_t at = (size_t)(hash >> c->shift);
    sheaf_gram *g = &c->grams[at];
    for (; g->count; g = &c->grams[at = (at + 1) & (c->capacity - 1)]) {
        if (g->hash == hash && g->group == c->group &&
            memcmp(g->words, words, n * sizeof *words) == 0)
            break;
    }
    if (g->count == 0) {
        g->hash = hash;
        g->group = c->group;
        memcpy(g->words, words, n * sizeof *words);
        g->articles = 0;
        c->count++;
    }
    if (g->articles == 0 || g->last != c->article) {
        g->articles++;
        g->last = c->article;
    }
    g->count += g->count < UINT32_MAX;
}

/* ---- words ---------------------------------------------------------------------- */

/* Words that are new have no hash yet. */
static bool learn(sheaf_counter *c) {
    const sheaf_vocabulary *v = &c->vocabulary;
    if (v->word_count + 1 > c->hash_room) {
        size_t room = 2 * v->word_count + 4096;
        uint64_t *bigger = sheaf_realloc(c->hashes, room * sizeof *bigger);
        if (!bigger)
            return false;
        c->hashes = bigger;
        c->hash_room = room;
    }
    for (size_t i = c->hash_count; i <= v->word_count; i++) {
        bool stop = i > 0 && c->options.stop && sheaf_map_get(c->options.stop, v->words[i]);
        c->hashes[i] = i ? (sheaf_hash64(v->words[i]) & ~(uint64_t)1) | stop : 0;
    }
    c->hash_count = v->word_count + 1;
    return true;
}

/* Is the end of a sentence or paragraph among the bytes between two words? */
static bool is_break(const char *at, const char *end) {
    for (; at < end; at++) {
        unsigned char b = (unsigned char)*at;
        if (b == '.' || b == '!' || b == '?' || b == '\n')
            return true;
        if (b >= 0xE3 && end - at > 2 &&
            (memcmp(at, "\xE3\x80\x82", 3) == 0 || memcmp(at, "\xEF\xBC\x81", 3) == 0 ||
             memcmp(at, "\xEF\xBC\x9F", 3) == 0))
            return true;
    }
    return false;
}

/* The last words of a row of them, newest last. */
typedef struct row {
    uint32_t words[2 * SHEAF_COUNTS_N];
    unsigned count;
} row;

static inline uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

static bool count_due(sheaf_counter *c) {
    const sheaf_gram_due *due = &c->due[c->due_from++ % SHEAF_GRAMS_DUE];
    if (c->count >= c->capacity / 4 * 3 && !grow(c))
        return false;
    count_one(c, due->words, due->hash);
    return true;
}

static bool count_row(sheaf_counter *c, const uint32_t *words) {
    unsigned n = c->options.n;
    uint64_t hash = n;
    if ((c->hashes[words[0]] | c->hashes[words[n - 1]]) & 1)
        return true;
    for (unsigned i = 0; i < n; i++)
        hash = mix(hash, c->hashes[words[i]]);
    if (!c->together)
        hash = mix(hash, (c->group + 1) * 0xD6E8FEB86659FD93u);
    hash *= 0xD6E8FEB86659FD93u;
    __builtin_prefetch(&c->grams[hash >> c->shift], 1);
    if (c->due_to - c->due_from == SHEAF_GRAMS_DUE && !count_due(c))
        return false;
    sheaf_gram_due *due = &c->due[c->due_to++ % SHEAF_GRAMS_DUE];
    due->hash = hash;
    memcpy(due->words, words, n * sizeof *words);
    return true;
}

static bool count_rest(sheaf_counter *c) {
    bool fine = true;
    while (fine && c->due_from != c->due_to)
        fine = count_due(c);
    return fine;
}

static bool add_word(sheaf_counter *c, row *r, uint32_t word) {
    unsigned n = c->options.n;
    if (word >= c->hash_count && !learn(c))
        return false;
    if (r->count == 2 * SHEAF_COUNTS_N) {
        memmove(r->words, r->words + r->count - (n - 1), (n - 1) * sizeof *r->words);
        r->count = n - 1;
    }
    r->words[r->count++] = word;
    return r->count < n || count_row(c, r->words + r->count - n);
}

void sheaf_counter_article(sheaf_counter *c, uint32_t group) {
    c->group = group;
    c->article++;
    c->articles[group]++;
}

/* The numbers of some words; 0: of none. What is known of each is being fetched meanwhile. */
static bool number_words(sheaf_counter *c, sheaf_slice text, const sheaf_word *words, size_t count,
                         uint32_t *numbers) {
    static const uint32_t no_language = 1u << SHEAF_LANGUAGES_MAX;
    for (size_t i = 0; i < count; i++) {
        sheaf_slice word = {text.data + words[i].from, words[i].to - words[i].from};
        numbers[i] =
            sheaf_vocabulary_word(&c->vocabulary, word, text.size - words[i].from, no_language);
        if (numbers[i] < c->hash_count)
            __builtin_prefetch(&c->hashes[numbers[i]]);
    }
    return !c->vocabulary.failed;
}

sheaf_status sheaf_counter_text(sheaf_counter *c, sheaf_slice text, sheaf_error *error) {
    sheaf_word words[WORDS];
    uint32_t numbers[WORDS];
    size_t at = 0, count = WORDS, end = 0;
    row r = {.count = 0};
    while (count == WORDS) {
        count = sheaf_words_next(text, &at, words, WORDS);
        if (!number_words(c, text, words, count, numbers))
            return no_memory(error);
        for (size_t i = 0; i < count; i++) {
            if (c->options.n > 1 && is_break(text.data + end, text.data + words[i].from))
                r.count = 0;
            end = words[i].to;
            if (numbers[i] && !add_word(c, &r, numbers[i]))
                return no_memory(error);
            c->words[c->group] += numbers[i] > 0;
        }
    }
    return count_rest(c) ? SHEAF_OK : no_memory(error);
}

sheaf_status sheaf_counter_settle(sheaf_counter *c, sheaf_error *error) {
    bool many =
        c->vocabulary.word_count > VOCABULARY_MOST || c->vocabulary.arena.total > vocabulary_bytes;
    if (c->count < c->options.rows && !many)
        return SHEAF_OK;
    sheaf_status status = sheaf_counter_spill(c, error);
    if (many) {
        sheaf_vocabulary_clear(&c->vocabulary);
        c->hash_count = 0;
    }
    return status;
}

/* ---- measures ------------------------------------------------------------------- */

static double part_of(double seen, double expected) {
    return seen > 0 && expected > 0 ? seen * log(seen / expected) : 0;
}

double sheaf_counts_g2(uint64_t a, uint64_t b, uint64_t words_a, uint64_t words_b) {
    double all = (double)words_a + (double)words_b, both = (double)a + (double)b;
    if (words_a == 0 || words_b == 0)
        return 0;
    double in_a = (double)words_a * both / all, in_b = (double)words_b * both / all;
    double g2 = 2 * (part_of((double)a, in_a) + part_of((double)b, in_b));
    g2 = g2 > 0 ? g2 : 0;
    return (double)a < in_a ? -g2 : g2;
}

double sheaf_counts_log_ratio(uint64_t a, uint64_t b, uint64_t words_a, uint64_t words_b) {
    double one = a ? (double)a : 0.5, other = b ? (double)b : 0.5;
    if (words_a == 0 || words_b == 0)
        return 0;
    return log2(one / (double)words_a) - log2(other / (double)words_b);
}
