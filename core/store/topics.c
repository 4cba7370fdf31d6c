/* topics.c - halves articles by the main direction of their words.
 *
 *   words    │ of article 0 │ of article 1 │ …     hashes of 16 bits, each once
 *   learn    drops words that hardly any or very many articles have, and numbers
 *            the rest
 *   halve    score of an article ─► weight of each word: sum of the scores of the
 *            articles that have it ─► score of an article: mean weight of its words
 *            ─► …  a few times; then the lower half is one part, the upper another
 *
 * The turns of halve are the power method for the first principal component, so
 * the cut goes through where the articles differ most. A word is a run of at
 * least four letters, or two neighbours of scripts that have no blanks. */
#include "store/topics.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/ranges.h"

enum {
    WORDS = 1 << 16,
    LOOK = 4096, /* bytes of a row that are looked at: a topic shows early */
    SHORTEST = 4,
    TURNS = 2,
    RARE = 4,
    WEIGHT_MAX = 1 << 16,
    SCALE = 64,
    DASHES = 0xE2 /* begins the quotation marks and dashes of UTF-8, and no letters to speak of */
};

typedef struct member {
    size_t from;    /* in words */
    uint32_t count; /* of words */
    uint32_t bytes; /* of the row */
} member;

struct sheaf_topics {
    uint16_t *words;
    size_t word_count, word_capacity;
    member *members;
    size_t count, capacity;
    uint32_t having[WORDS]; /* how many articles have a word */
    uint8_t seen[WORDS / 8];
    uint32_t number[WORDS];
    int32_t weight[WORDS];
    int64_t sum[WORDS];
    uint32_t numbers; /* of words that are left */
    int64_t *scores;  /* by position, while sorting */
    uint64_t *keys;
    uint32_t *moved;
    size_t room;
};

sheaf_topics *sheaf_topics_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_topics));
}

void sheaf_topics_free(sheaf_topics *t) {
    if (!t)
        return;
    sheaf_free(t->words);
    sheaf_free(t->members);
    sheaf_free(t->scores);
    sheaf_free(t->keys);
    sheaf_free(t->moved);
    sheaf_free(t);
}

void sheaf_topics_reset(sheaf_topics *t) {
    t->count = t->word_count = 0;
    memset(t->having, 0, sizeof t->having);
}

/* ---- words -------------------------------------------------------------------- */

static bool grow(void **items, size_t capacity, size_t size) {
    void *bigger = sheaf_realloc(*items, capacity * size);
    if (bigger)
        *items = bigger;
    return bigger != NULL;
}

static bool make_room(sheaf_topics *t) {
    if (t->word_count + LOOK > t->word_capacity) {
        size_t capacity = 2 * t->word_capacity + 4 * LOOK;
        if (!grow((void **)&t->words, capacity, sizeof *t->words))
            return false;
        t->word_capacity = capacity;
    }
    if (t->count == t->capacity) {
        size_t capacity = 2 * t->capacity + 256;
        if (!grow((void **)&t->members, capacity, sizeof *t->members))
            return false;
        t->capacity = capacity;
    }
    return true;
}

/* Notes a word of the last article, once. */
static void note(sheaf_topics *t, uint32_t hash) {
    uint16_t word = (uint16_t)(hash ^ hash >> 16);
    uint8_t bit = (uint8_t)(1u << (word & 7));
    if (t->seen[word >> 3] & bit)
        return;
    t->seen[word >> 3] |= bit;
    t->words[t->word_count++] = word;
    t->having[word]++;
}

/* What the bytes of a row are: letters of words, and beginnings of a sign of scripts
 * that have no blanks. A bit a byte, and nothing behind the end. */
typedef struct marks {
    uint64_t letters[LOOK / 64 + 1];
    uint64_t signs[LOOK / 64 + 1];
} marks;

static void classify(const uint8_t bytes[64], uint64_t *letters, uint64_t *signs) {
    *letters = sheaf_range(bytes, 'a', 'z') | sheaf_range(bytes, 'A', 'Z') |
               sheaf_range(bytes, 0x80, 0xDF);
    *signs = sheaf_range(bytes, 0xE0, 0xFF) & ~sheaf_range(bytes, DASHES, DASHES);
}

static void mark(marks *to, const uint8_t *bytes, size_t count) {
    uint8_t rest[64] = {0};
    memset(to, 0, sizeof *to);
    size_t at = 0;
    for (; at + 64 <= count; at += 64)
        classify(bytes + at, &to->letters[at / 64], &to->signs[at / 64]);
    memcpy(rest, bytes + at, count - at);
    classify(rest, &to->letters[at / 64], &to->signs[at / 64]);
}

/* The first bit from at on that is as wanted (0: set, ~0: clear), or end. */
static size_t next_bit(const uint64_t *bits, size_t at, size_t end, uint64_t flip) {
    while (at < end) {
        uint64_t rest = (bits[at / 64] ^ flip) >> at % 64;
        if (rest) {
            at += (size_t)__builtin_ctzll(rest);
            return at < end ? at : end;
        }
        at = (at / 64 + 1) * 64;
    }
    return end;
}

static uint32_t four(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Of how a word begins, how it ends and how long it is, whatever its case. */
static uint32_t hash_word(const uint8_t *from, size_t size) {
    enum { SMALL = 0x20202020 };
    uint32_t hash = ((four(from) | SMALL) + (uint32_t)size) * 0x9E3779B1u;
    hash ^= hash >> 15;
    return (hash ^ (four(from + size - SHORTEST) | SMALL)) * 0x85EBCA6Bu;
}

static void note_words(sheaf_topics *t, const uint8_t *bytes, size_t size) {
    marks found;
    uint32_t before = 0;
    mark(&found, bytes, size);
    for (size_t at = next_bit(found.letters, 0, size, 0); at < size;) {
        size_t end = next_bit(found.letters, at, size, ~(uint64_t)0);
        at += at > 0 && bytes[at - 1] == '\\'; /* a line end in JSON */
        if (end >= at + SHORTEST)
            note(t, hash_word(bytes + at, end - at));
        at = next_bit(found.letters, end, size, 0);
    }
    for (size_t at = next_bit(found.signs, 0, size, 0); at + 2 < size;) {
        uint32_t sign = (uint32_t)bytes[at] << 16 | (uint32_t)bytes[at + 1] << 8 | bytes[at + 2];
        note(t, (sign * 0x85EBCA6Bu ^ before) * 0x9E3779B1u);
        before = sign;
        at = next_bit(found.signs, at + 3, size, 0);
    }
}

bool sheaf_topics_add(sheaf_topics *t, sheaf_slice row) {
    if (!make_room(t))
        return false;
    member *m = &t->members[t->count++];
    const uint8_t *bytes = (const uint8_t *)row.data;
    m->from = t->word_count;
    m->bytes = (uint32_t)row.size;
    note_words(t, bytes, row.size < LOOK ? row.size : LOOK);
    m->count = (uint32_t)(t->word_count - m->from);
    for (size_t i = m->from; i < t->word_count; i++)
        t->seen[t->words[i] >> 3] = 0;
    return true;
}

bool sheaf_topics_learn(sheaf_topics *t) {
    size_t common = t->count / 16 + RARE, to = 0;
    t->numbers = 0;
    for (size_t word = 0; word < WORDS; word++) {
        bool tells = t->having[word] >= RARE && t->having[word] <= common;
        t->number[word] = tells ? t->numbers++ : WORDS;
    }
    for (size_t i = 0; i < t->count; i++) {
        member *m = &t->members[i];
        size_t from = m->from;
        m->from = to;
        for (size_t k = 0; k < m->count; k++) {
            uint32_t number = t->number[t->words[from + k]];
            if (number < WORDS)
                t->words[to++] = (uint16_t)number;
        }
        m->count = (uint32_t)(to - m->from);
    }
    if (t->room >= t->count)
        return true;
    t->room = 0;
    if (!grow((void **)&t->scores, t->count, sizeof *t->scores) ||
        !grow((void **)&t->keys, t->count, sizeof *t->keys) ||
        !grow((void **)&t->moved, t->count, sizeof *t->moved))
        return false;
    t->room = t->count;
    return true;
}

/* ---- halving ------------------------------------------------------------------ */

/* Weights of words from the scores of articles, which add up to about 0. */
static void weigh(sheaf_topics *t, const uint32_t *articles, size_t count) {
    int64_t most = 1;
    memset(t->sum, 0, t->numbers * sizeof *t->sum);
    for (size_t i = 0; i < count; i++) {
        const member *m = &t->members[articles[i]];
        const uint16_t *words = t->words + m->from;
        for (size_t k = 0; k < m->count; k++)
            t->sum[words[k]] += t->scores[i];
    }
    for (size_t word = 0; word < t->numbers; word++) {
        int64_t size = t->sum[word] < 0 ? -t->sum[word] : t->sum[word];
        most = size > most ? size : most;
    }
    int64_t divisor = most / WEIGHT_MAX + 1;
    for (size_t word = 0; word < t->numbers; word++)
        t->weight[word] = (int32_t)(t->sum[word] / divisor);
}

/* Scores of articles from the weights of their words. */
static void score(sheaf_topics *t, const uint32_t *articles, size_t count) {
    int64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        const member *m = &t->members[articles[i]];
        const uint16_t *words = t->words + m->from;
        int64_t sum = 0;
        for (size_t k = 0; k < m->count; k++)
            sum += t->weight[words[k]];
        t->scores[i] = sum * SCALE / ((int64_t)m->count + 1);
        all += t->scores[i];
    }
    int64_t mean = all / (int64_t)count;
    for (size_t i = 0; i < count; i++)
        t->scores[i] -= mean;
}

static int compare(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* Sorts by score, equal ones in the order that they have. */
static void arrange(sheaf_topics *t, uint32_t *articles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        t->keys[i] = (uint64_t)(t->scores[i] + ((int64_t)1 << 40)) << 20 | i;
        t->moved[i] = articles[i];
    }
    qsort(t->keys, count, sizeof *t->keys, compare);
    for (size_t i = 0; i < count; i++)
        articles[i] = t->moved[t->keys[i] & 0xFFFFF];
}

void sheaf_topics_sort(sheaf_topics *t, uint32_t *articles, size_t count, size_t enough) {
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += t->members[articles[i]].bytes;
    if (bytes <= enough || count < 3)
        return;
    for (size_t i = 0; i < count; i++)
        t->scores[i] = 2 * (int64_t)i - (int64_t)count;
    for (int turn = 0; turn < TURNS; turn++) {
        weigh(t, articles, count);
        score(t, articles, count);
    }
    arrange(t, articles, count);
    sheaf_topics_sort(t, articles, count / 2, enough);
    sheaf_topics_sort(t, articles + count / 2, count - count / 2, enough);
}
