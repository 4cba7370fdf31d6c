/* hashed_words.c - cuts words, folds them, and hashes what is left.
 *
 * Nearly all words are up to 16 letters of ASCII: two loads, case taken off in the
 * registers, one multiplication. All others go through sheaf_fold_word; the same
 * letters come to the same hash by either way. */
#include "index/hashed_words.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/segment.h"

enum { SHORT = 16, FOLDED = 512, AT_ONCE = 512, STEM = 5 };

#define EVERY(byte) (0x0101010101010101u * (uint64_t)(byte))

__extension__ typedef unsigned __int128 wide;

static uint64_t mix(uint64_t a, uint64_t b) {
    wide product = (wide)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD6E8FEB86659FD93u);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_short(uint64_t low, uint64_t high, size_t size) {
    return mix(low, high + size);
}

/* Of folded bytes, any number of them. */
static uint64_t hash_folded(const char *bytes, size_t size) {
    uint64_t parts[2] = {0, 0}, hash = size;
    if (size <= SHORT) {
        memcpy(parts, bytes, size);
        return hash_short(parts[0], parts[1], size);
    }
    for (size_t i = 0; i < size; i += 8) {
        uint64_t part = 0;
        memcpy(&part, bytes + i, size - i < 8 ? size - i : 8);
        hash = mix(hash ^ part, i + 1);
    }
    return hash;
}

static size_t drop_apostrophes(char *bytes, size_t size) {
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        bool curly = size - i >= 3 && (memcmp(bytes + i, "\xE2\x80\x99", 3) == 0 ||
                                       memcmp(bytes + i, "\xE2\x80\x98", 3) == 0);
        if (curly)
            i += 2;
        else if (bytes[i] != '\'')
            bytes[kept++] = bytes[i];
    }
    return kept;
}

static uint64_t hash_slowly(sheaf_slice word) {
    char folded[FOLDED];
    size_t size = sheaf_fold_word(folded, sizeof folded, word);
    if (size == 0)
        return hash_folded(word.data, word.size);
    size_t kept = drop_apostrophes(folded, size);
    return hash_folded(folded, kept);
}

#ifdef __SSE2__
/* Sixteen bytes at once: what does not belong to the word is masked away. False for
 * what has an apostrophe or is no ASCII; bytes may be read sixteen far. */
static bool hash_quickly(uint64_t *hash, const char *bytes, size_t size) {
    static const uint8_t masks[2 * SHORT] = {255, 255, 255, 255, 255, 255, 255, 255,
                                             255, 255, 255, 255, 255, 255, 255, 255};
    const void *mask = masks + SHORT - size, *from = bytes;
    __m128i word = _mm_and_si128(_mm_loadu_si128(from), _mm_loadu_si128(mask));
    __m128i other = _mm_or_si128(word, _mm_cmpeq_epi8(word, _mm_set1_epi8('\'')));
    if (_mm_movemask_epi8(other))
        return false;
    __m128i letter = _mm_sub_epi8(word, _mm_set1_epi8('A'));
    __m128i capital = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
    word = _mm_or_si128(word, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
    *hash = hash_short((uint64_t)_mm_cvtsi128_si64(word),
                       (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(word, word)), size);
    return true;
}
#else
/* Which of eight ASCII bytes are capitals: 0x20 in their places. */
static uint64_t capitals(uint64_t bytes) {
    uint64_t from_a = bytes + EVERY(0x80 - 'A'), behind_z = bytes + EVERY(0x80 - 'Z' - 1);
    return (from_a & ~behind_z & EVERY(0x80)) >> 2;
}

/* Is one of eight ASCII bytes an apostrophe? */
static bool has_apostrophe(uint64_t bytes) {
    uint64_t other = bytes ^ EVERY('\'');
    return ((other - EVERY(1)) & ~other & EVERY(0x80)) != 0;
}

/* The same with two registers of eight bytes. */
static bool hash_quickly(uint64_t *hash, const char *bytes, size_t size) {
    uint64_t parts[2] = {0, 0};
    memcpy(parts, bytes, size);
    if (((parts[0] | parts[1]) & EVERY(0x80)) || has_apostrophe(parts[0]) ||
        has_apostrophe(parts[1]))
        return false;
    *hash = hash_short(parts[0] | capitals(parts[0]), parts[1] | capitals(parts[1]), size);
    return true;
}
#endif

/* room: how many bytes may be read from the beginning of word on. */
static uint64_t hash_word(const char *bytes, size_t size, size_t room) {
    uint64_t hash;
    if (size <= SHORT && room >= SHORT && hash_quickly(&hash, bytes, size))
        return hash;
    return hash_slowly(sheaf_slice_from(bytes, size));
}

static bool make_room(sheaf_hashed_words *words) {
    size_t capacity = words->capacity ? 2 * words->capacity : 2 * AT_ONCE;
    sheaf_hashed_word *items = sheaf_realloc(words->items, capacity * sizeof *items);
    if (!items)
        return false;
    words->items = items;
    words->capacity = capacity;
    return true;
}

/* Characters that stand alone are told by the highest bit. They have no case: their
 * bytes are taken as they are. */
static uint64_t hash_of(const sheaf_word *word, sheaf_slice text) {
    const char *bytes = text.data + word->from;
    size_t size = word->to - word->from;
    if (word->kind == SHEAF_WORD_IDEOGRAPH)
        return hash_folded(bytes, size) | SHEAF_HASHED_ALONE;
    return hash_word(bytes, size, text.size - word->from) & ~SHEAF_HASHED_ALONE;
}

bool sheaf_hashed_words_of(sheaf_hashed_words *words, sheaf_slice text) {
    sheaf_word some[AT_ONCE];
    size_t at = 0, count;
    words->count = 0;
    while ((count = sheaf_words_next(text, &at, some, AT_ONCE)) > 0) {
        if (words->capacity - words->count < count && !make_room(words))
            return false;
        sheaf_hashed_word *next = words->items + words->count;
        for (size_t i = 0; i < count; i++)
            next[i] = (sheaf_hashed_word){hash_of(&some[i], text), some[i].from, some[i].to};
        words->count += count;
    }
    return true;
}

uint64_t sheaf_hashed_word_stem(const sheaf_hashed_word *word, sheaf_slice text) {
    char folded[FOLDED];
    size_t at = 0, size = sheaf_fold_word(folded, sizeof folded,
                                          sheaf_slice_part(text, word->from, word->to));
    if (size == 0)
        return word->hash;
    sheaf_slice letters = {folded, drop_apostrophes(folded, size)};
    for (unsigned i = 0; i < STEM && at < letters.size; i++)
        sheaf_utf8_next(letters, &at);
    return hash_folded(folded, at);
}

void sheaf_hashed_words_clear(sheaf_hashed_words *words) {
    sheaf_free(words->items);
    *words = (sheaf_hashed_words){0};
}
