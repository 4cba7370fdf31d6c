/* phrases_parts.h - what phrases.c, which makes sets of phrases, and
 * phrases_find.c share. */
#ifndef SHEAF_TEXT_PHRASES_PARTS_H
#define SHEAF_TEXT_PHRASES_PARTS_H

#include "base/arena.h"
#include "text/phrases.h"
#include "text/phrases_runs.h"
#include "text/segment.h"

enum {
    FOLDED = 256,     /* bytes */
    START = 3,        /* runs of a phrase that are in bitmaps */
    NEAR = 16,        /* words of a phrase between apostrophes, and bytes of a gap */
    PARTS = NEAR * 2, /* the same words for a text */
    MOST_WORDS = 100,
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
    uint64_t *pairs;   /* the first two words of the others; */
    uint64_t *starts;  /* the first three runs of phrases, or two that are the whole phrase */
    unsigned bits;     /* 2^bits entries; 4 times as many bits in firsts, 16 times in the others */
    sheaf_run_filter filter; /* by firsts */
    int path;                /* of runs, the fastest */
};

/* Folds a word into out; one too long for that stays as it is. */
sheaf_slice sheaf_phrase_fold(char out[FOLDED], sheaf_slice word);

/* The parts of a word between its apostrophes, up to room; how many. */
size_t sheaf_phrase_cut(const sheaf_run_units *units, token *out, sheaf_slice text, sheaf_word word,
                        size_t room);

static inline size_t apostrophe_size(sheaf_slice text, size_t at) {
    const char *bytes = text.data + at;
    if (*bytes == '\'')
        return 1;
    bool curly = *bytes == '\xE2' && text.size - at >= 3 && bytes[1] == '\x80' &&
                 (bytes[2] == '\x98' || bytes[2] == '\x99');
    return curly ? 3 : 0;
}

static inline uint64_t pair_key(uint64_t first, uint64_t second) {
    return sheaf_run_scatter(first ^ (second << 7 | second >> 57));
}

static inline uint64_t entry_key(const token *words, size_t count) {
    return count > 1 ? pair_key(words[0].key, words[1].key) : words[0].key;
}

/* The entry of a key, or the free one where it belongs. Keys of which half is
 * the same share one, since phrases are compared anyhow. */
static inline entry *probe(const sheaf_phrases *set, uint64_t key) {
    size_t mask = ((size_t)1 << set->bits) - 1;
    for (size_t i = (size_t)key & mask;; i = (i + 1) & mask) {
        entry *here = &set->table[i];
        if (here->number == 0 || here->tag == key >> 32)
            return here;
    }
}

/* Every run is looked up in this one, so it is small. */
static inline uint64_t begins(const sheaf_phrases *set, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 2);
    return set->firsts[bit / 64] >> bit % 64 & 1;
}

/* The larger bitmaps. */
static inline uint64_t holds(const sheaf_phrases *set, const uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    return bitmap[bit / 64] >> bit % 64 & 1;
}

#endif
