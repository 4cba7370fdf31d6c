/* shingles.c - five words to one number, and sets of those.
 *
 * The hashes of the words are turned by different amounts and added, so that
 * order counts: any change of one word changes all of the sum. */
#include "index/shingles.h"

#include "base/memory.h"

static uint64_t turn(uint64_t bits, unsigned by) {
    return bits << by | bits >> (64 - by);
}

/* A character that stands alone becomes the pair of it and the one behind it. */
static void pair_up(sheaf_hashed_words *words) {
    sheaf_hashed_word *items = words->items;
    for (size_t i = 0; i + 1 < words->count; i++) {
        if (items[i].hash & items[i + 1].hash & SHEAF_HASHED_ALONE &&
            items[i].to == items[i + 1].from)
            items[i].hash = (turn(items[i].hash, 29) + items[i + 1].hash) | SHEAF_HASHED_ALONE;
    }
}

static bool reserve(sheaf_shingles *shingles, size_t count) {
    if (count <= shingles->capacity)
        return true;
    size_t capacity = count + count / 2;
    sheaf_free(shingles->ids);
    sheaf_free(shingles->ranks);
    shingles->ids = sheaf_malloc(capacity * sizeof *shingles->ids);
    shingles->ranks = sheaf_malloc(capacity * sizeof *shingles->ranks);
    shingles->capacity = shingles->ids && shingles->ranks ? capacity : 0;
    return shingles->capacity > 0;
}

static void put(sheaf_shingles *shingles, size_t i, uint64_t sum) {
    sum *= 0x9E3779B97F4A7C15u;
    shingles->ids[i] = (uint32_t)(sum >> 32);
    shingles->ranks[i] = (uint32_t)(sum ^ sum >> 29);
}

/* All the words there are, when they are fewer than five. */
static void put_short(sheaf_shingles *shingles, const sheaf_hashed_word *words, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum = turn(sum, 13) + words[i].hash;
    put(shingles, 0, sum);
}

bool sheaf_shingles_of(sheaf_shingles *shingles, sheaf_slice text) {
    shingles->count = 0;
    if (!sheaf_hashed_words_of(&shingles->words, text))
        return false;
    size_t words = shingles->words.count;
    const sheaf_hashed_word *w = shingles->words.items;
    if (words == 0)
        return true;
    if (!reserve(shingles, words))
        return false;
    pair_up(&shingles->words);
    if (words < SHEAF_SHINGLE_WORDS) {
        put_short(shingles, w, words);
        shingles->count = 1;
        return true;
    }
    shingles->count = words - SHEAF_SHINGLE_WORDS + 1;
    for (size_t i = 0; i < shingles->count; i++)
        put(shingles, i,
            w[i].hash + turn(w[i + 1].hash, 13) + turn(w[i + 2].hash, 26) +
                turn(w[i + 3].hash, 39) + turn(w[i + 4].hash, 52));
    return true;
}

void sheaf_shingles_clear(sheaf_shingles *shingles) {
    sheaf_free(shingles->ids);
    sheaf_free(shingles->ranks);
    sheaf_hashed_words_clear(&shingles->words);
    *shingles = (sheaf_shingles){0};
}

/* By one byte of each, keeping the order of those where it is the same. */
static void sort_by_byte(uint32_t *to, const uint32_t *from, size_t count, unsigned shift) {
    size_t places[257] = {0};
    for (size_t i = 0; i < count; i++)
        places[(from[i] >> shift & 0xFF) + 1]++;
    for (unsigned byte = 0; byte < 256; byte++)
        places[byte + 1] += places[byte];
    for (size_t i = 0; i < count; i++)
        to[places[from[i] >> shift & 0xFF]++] = from[i];
}

void sheaf_shingles_sort(sheaf_shingles *shingles) {
    size_t kept = 0, count = shingles->count;
    uint32_t *ids = shingles->ids;
    if (count == 0)
        return;
    for (unsigned shift = 0; shift < 32; shift += 16) {
        sort_by_byte(shingles->ranks, ids, count, shift);
        sort_by_byte(ids, shingles->ranks, count, shift + 8);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || ids[i] != ids[kept - 1])
            ids[kept++] = ids[i];
    }
    shingles->count = kept;
}

size_t sheaf_shingles_shared(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count) {
    size_t i = 0, j = 0, shared = 0;
    while (i < a_count && j < b_count) {
        uint32_t left = a[i], right = b[j];
        shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    return shared;
}
