/* phrases.c - finds phrases while words go by.
 *
 * Every word of a text gets a key of 64 bits: its first eight bytes without
 * case, and its length. A bitmap says for nearly all of them that no phrase
 * begins so. For the others a table is asked, by the key of that word alone and
 * together with the key of the next; what it gives is compared byte by byte.
 *
 *     text ─► words ─► keys ─► bitmap ─(few)─► table ─► compare ─► visit
 *
 * Keys of plain ASCII words come straight from the text; the others are folded
 * first. Words are cut at apostrophes. */
#include "text/phrases.h"

#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/segment.h"

enum { BATCH = 512, FOLDED = 256, NEAR = 16, MOST_WORDS = 100, WORK = 4096 };

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
    size_t longest;    /* in words */
};

/* ---- keys -------------------------------------------------------------------- */

static uint64_t scatter(uint64_t key) {
    key *= 0x9E3779B97F4A7C15u;
    return key ^ key >> 32;
}

/* Of eight bytes, of which the first size count, and of the length. No branch:
 * long words come as they like. */
static inline uint64_t key_of_bytes(uint64_t bytes, size_t size) {
    static const uint64_t counted[9] = {
        0,          0xFF,         0xFFFF,         0xFFFFFF,
        UINT32_MAX, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
        UINT64_MAX,
    };
    return scatter(((bytes | 0x2020202020202020u) & counted[size < 8 ? size : 8]) + size);
}

static uint64_t key_of(sheaf_slice word) {
    uint64_t bytes = 0;
    memcpy(&bytes, word.data, word.size < 8 ? word.size : 8);
    return key_of_bytes(bytes, word.size);
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

/* Where the next byte is that is no plain ASCII, or an apostrophe, or too near
 * to the end of text to be read by eights. */
static size_t find_special(sheaf_slice text, size_t at) {
    for (; at + 16 <= text.size; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, sizeof eight);
        uint64_t quote = eight ^ 0x2727272727272727u;
        if ((eight | ((quote - 0x0101010101010101u) & ~quote)) & 0x8080808080808080u)
            break;
    }
    for (; at + 8 <= text.size; at++) {
        if ((unsigned char)text.data[at] >= 0x80 || text.data[at] == '\'')
            return at;
    }
    return at < text.size ? at : text.size;
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
    if (item->count > set->longest)
        set->longest = item->count;
    return true;
}

static inline uint64_t pair_key(uint64_t first, uint64_t second) {
    return scatter(first ^ (second << 7 | second >> 57));
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

/* Every word is looked up in this one, so it is small. */
static inline uint64_t begins(const sheaf_phrases *set, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 2);
    return set->firsts[bit / 64] >> bit % 64 & 1;
}

static inline uint64_t holds(const sheaf_phrases *set, const uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    return bitmap[bit / 64] >> bit % 64 & 1;
}

static void put_in(const sheaf_phrases *set, uint64_t *bitmap, uint64_t key) {
    uint64_t bit = key >> (64 - set->bits - 4);
    bitmap[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void enter(sheaf_phrases *set, uint32_t number) {
    one_phrase *item = &set->phrases[number];
    if (item->count == 0)
        return;
    uint64_t bit = item->words[0].key >> (64 - set->bits - 2);
    set->firsts[bit / 64] |= (uint64_t)1 << bit % 64;
    if (item->count > 1)
        put_in(set, set->pairs, pair_key(item->words[0].key, item->words[1].key));
    else
        put_in(set, set->singles, item->words[0].key);
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
    sheaf_slice text;
    sheaf_phrase_visit *visit;
    void *context;
    size_t at;      /* words were taken up to here */
    size_t special; /* before it all is plain ASCII without apostrophes */
    size_t count;   /* of tokens */
    size_t suspect_count;
    size_t compared; /* with phrases, so far */
    token tokens[BATCH + 1];
    uint16_t suspects[BATCH + 1]; /* tokens that phrases may begin with */
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

/* Two words of the same key. That says all of up to eight bytes of ASCII. */
static bool same_word(sheaf_slice a, sheaf_slice b) {
    unsigned char all = 0;
    for (size_t i = 0; i < a.size; i++)
        all |= (unsigned char)a.data[i];
    if (a.size <= 8 && all < 0x80)
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

/* All phrases of an entry that stand at words. False to stop. */
static bool visit_entry(search *look, const token *words, size_t left, size_t keys) {
    for (uint32_t number = probe(look->set, entry_key(words, keys))->number; number;) {
        const one_phrase *item = &look->set->phrases[number - 1];
        number = item->next;
        if ((item->count > 1) != (keys > 1))
            continue;
        if (++look->compared % WORK == 0 && !look->visit(look->context, NULL))
            return false;
        if (item->count <= left && is_here(look, words, item)) {
            sheaf_phrase_hit hit = {(uint32_t)(item - look->set->phrases), words[0].from,
                                    words[item->count - 1].to};
            if (!look->visit(look->context, &hit))
                return false;
        }
    }
    return true;
}

/* No branch here: what a bitmap says is as good as chance. */
static inline void add_token(search *look, token next) {
    look->tokens[look->count] = next;
    look->suspects[look->suspect_count] = (uint16_t)look->count++;
    look->suspect_count += begins(look->set, next.key);
}

static void add_special(search *look, sheaf_word word, size_t left) {
    token parts[NEAR * 2];
    size_t count = cut_word(parts, look->text, word, NEAR * 2);
    for (size_t i = 0; i < count && look->count + left < BATCH; i++)
        add_token(look, parts[i]);
    if (look->special < word.to)
        look->special = find_special(look->text, word.to);
}

/* Adds words up to the next special one; how many. */
static size_t add_plain(search *to, const sheaf_word *words, size_t count) {
    const uint64_t *firsts = to->set->firsts;
    unsigned shift = 64 - to->set->bits - 2;
    size_t special = to->special;
    token *tokens = to->tokens + to->count;
    uint16_t *suspects = to->suspects;
    size_t found = to->suspect_count;
    size_t i = 0;
    for (; i < count && words[i].to <= special; i++) {
        uint64_t bytes;
        memcpy(&bytes, to->text.data + words[i].from, sizeof bytes);
        uint64_t key = key_of_bytes(bytes, words[i].to - words[i].from);
        uint64_t bit = key >> shift;
        tokens[i] = (token){key, words[i].from, words[i].to};
        suspects[found] = (uint16_t)(to->count + i);
        found += firsts[bit / 64] >> bit % 64 & 1;
    }
    to->count += i;
    to->suspect_count = found;
    return i;
}

/* Takes a batch of words in. False when there are no more. */
static bool take_words(search *look) {
    sheaf_word words[BATCH / 2];
    size_t got = sheaf_words_next(look->text, &look->at, words, BATCH / 2);
    for (size_t i = 0; i < got; i++) {
        i += add_plain(look, words + i, got - i);
        if (i < got)
            add_special(look, words[i], got - i);
    }
    return got > 0;
}

/* Visits what begins at a suspect. False to stop. */
static bool visit_suspect(search *look, size_t at) {
    const sheaf_phrases *set = look->set;
    const token *words = look->tokens + at;
    size_t left = look->count - at;
    if (holds(set, set->singles, words->key) && !visit_entry(look, words, left, 1))
        return false;
    return left < 2 || !holds(set, set->pairs, pair_key(words[0].key, words[1].key)) ||
           visit_entry(look, words, left, 2);
}

/* Of the suspects among the first `sure` tokens, those that the next token does
 * not clear. */
static size_t question(const search *look, size_t count, uint16_t *left) {
    const sheaf_phrases *set = look->set;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const token *words = look->tokens + look->suspects[i];
        left[kept] = look->suspects[i];
        kept += holds(set, set->pairs, pair_key(words[0].key, words[1].key)) |
                holds(set, set->singles, words[0].key);
    }
    return kept;
}

/* Visits what begins at the first `sure` tokens, and drops them. */
static bool visit_suspects(search *look, size_t sure) {
    uint16_t left[BATCH];
    size_t count = look->suspect_count;
    look->tokens[look->count] = (token){0, 0, 0};
    while (count > 0 && look->suspects[count - 1] >= sure)
        count--;
    size_t kept = question(look, count, left);
    for (size_t i = 0; i < kept; i++) {
        if (!visit_suspect(look, left[i]))
            return false;
    }
    look->suspect_count -= count;
    for (size_t i = 0; i < look->suspect_count; i++)
        look->suspects[i] = (uint16_t)(look->suspects[i + count] - sure);
    look->count -= sure;
    memmove(look->tokens, look->tokens + sure, look->count * sizeof *look->tokens);
    return true;
}

void sheaf_phrases_find(const sheaf_phrases *set, sheaf_slice text, sheaf_phrase_visit *visit,
                        void *context) {
    search look; /* without its lists, which nobody reads before they are written */
    look.set = set;
    look.text = text;
    look.visit = visit;
    look.context = context;
    look.at = look.count = look.suspect_count = look.compared = 0;
    size_t kept = set->longest + 1; /* what a phrase that begins earlier may end in */
    if (text.size > UINT32_MAX)
        look.text.size = UINT32_MAX;
    look.special = find_special(look.text, 0);
    while (take_words(&look)) {
        if (!visit_suspects(&look, look.count > kept ? look.count - kept : 0))
            return;
    }
    visit_suspects(&look, look.count);
}
