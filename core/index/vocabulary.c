/* vocabulary.c - two tables: spellings to words, and words to numbers. */
#include "index/vocabulary.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"

void sheaf_vocabulary_clear(sheaf_vocabulary *v) {
    sheaf_word_wanted wanted = v->wanted;
    void *context = v->context;
    sheaf_free(v->slots);
    sheaf_free(v->spellings);
    sheaf_free(v->words);
    sheaf_map_clear(&v->numbers);
    sheaf_arena_clear(&v->arena);
    memset(v, 0, sizeof *v);
    v->wanted = wanted;
    v->context = context;
}

static sheaf_slice main_tag(sheaf_slice tag) {
    size_t end = sheaf_slice_find_char(tag, 0, '-');
    return end == SIZE_MAX ? tag : sheaf_slice_part(tag, 0, end);
}

static bool is_tag(sheaf_slice tag) {
    for (size_t i = 0; i < tag.size; i++) {
        if (!sheaf_is_alpha(tag.data[i]))
            return false;
    }
    return tag.size > 0 && tag.size <= 8;
}

uint32_t sheaf_vocabulary_language(sheaf_vocabulary *v, sheaf_slice tag) {
    tag = main_tag(tag);
    if (!is_tag(tag))
        return 1u << SHEAF_LANGUAGES_MAX;
    for (unsigned i = 0; i < v->tag_count; i++) {
        if (sheaf_slice_equal(v->tags[i], tag))
            return 1u << i;
    }
    if (v->tag_count == SHEAF_LANGUAGES_MAX)
        return 1u << SHEAF_LANGUAGES_MAX;
    v->tags[v->tag_count] = sheaf_arena_copy(&v->arena, tag);
    return 1u << v->tag_count++;
}

/* The low bytes of a number as it was loaded from memory: the first ones. */
static inline uint64_t first_bytes(uint64_t value, size_t bytes) {
    if (bytes >= 8)
        return value;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return bytes ? value >> (64 - 8 * bytes) << (64 - 8 * bytes) : 0;
#else
    return value & (((uint64_t)1 << (8 * bytes)) - 1);
#endif
}

/* ---- tables --------------------------------------------------------------------- */

enum { INLINE = 16 }; /* bytes of a spelling that fit a slot */

/* What a spelling is looked for by. */
typedef struct wanted {
    uint64_t head, tail;
    size_t hash;
} wanted;

static size_t hash_of(uint64_t head, uint64_t tail, uint32_t size) {
    __extension__ typedef unsigned __int128 wide;
    wide product =
        (wide)(head ^ 0x9E3779B97F4A7C15u) * (tail ^ 0xD6E8FEB86659FD93u ^ ((uint64_t)size << 56));
    return (size_t)((uint64_t)product ^ (uint64_t)(product >> 64));
}

/* The two numbers that stand for a spelling in its slot, and their hash. */
static inline wanted wanted_of(sheaf_slice spelling, size_t readable) {
    char room[INLINE] = {0};
    const char *from = spelling.data;
    wanted w = {0};
    if (spelling.size > INLINE) {
        w.tail = sheaf_hash64(spelling);
        memcpy(&w.head, from, 8);
    } else {
        if (readable < INLINE) {
            memcpy(room, from, spelling.size);
            from = room;
        }
        memcpy(&w.head, from, 8);
        memcpy(&w.tail, from + 8, 8);
        w.head = first_bytes(w.head, spelling.size);
        w.tail = first_bytes(w.tail, spelling.size > 8 ? spelling.size - 8 : 0);
    }
    w.hash = hash_of(w.head, w.tail, (uint32_t)spelling.size);
    return w;
}

static bool grow_slots(sheaf_vocabulary *v) {
    size_t capacity = v->capacity ? 2 * v->capacity : 4096;
    sheaf_spelling_slot *slots = sheaf_calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < v->capacity; i++) {
        const sheaf_spelling_slot *old = &v->slots[i];
        if (!old->size)
            continue;
        size_t at = hash_of(old->head, old->tail, old->size) & (capacity - 1);
        while (slots[at].size)
            at = (at + 1) & (capacity - 1);
        slots[at] = *old;
    }
    sheaf_free(v->slots);
    v->slots = slots;
    v->capacity = capacity;
    return true;
}

/* Room for one more in an array that doubles. */
static bool make_room(void **items, size_t count, size_t *room, size_t size) {
    if (count < *room)
        return true;
    size_t more = *room ? 2 * *room : 1024;
    void *bigger = sheaf_realloc(*items, more * size);
    if (!bigger)
        return false;
    *items = bigger;
    *room = more;
    return true;
}

static bool is_wanted(const sheaf_vocabulary *v, sheaf_slice key, sheaf_slice spelling,
                      uint32_t language) {
    if (!v->wanted)
        return true;
    unsigned bit = (unsigned)__builtin_ctz(language);
    sheaf_slice tag = bit < v->tag_count ? v->tags[bit] : (sheaf_slice){0};
    return v->wanted(v->context, key, spelling, tag);
}

/* The number of a spelling's word, made when it is new. */
static uint32_t number_of(sheaf_vocabulary *v, sheaf_slice spelling, uint32_t language) {
    char room[SHEAF_TERM_MAX];
    sheaf_slice key = {room, sheaf_token_fold(room, spelling)};
    if (key.size == 0 || !is_wanted(v, key, spelling, language))
        return 0;
    uint64_t *known = sheaf_map_get(&v->numbers, key);
    if (known)
        return (uint32_t)*known;
    key = sheaf_arena_copy(&v->arena, key);
    if (!key.data || !make_room((void **)&v->words, v->word_count + 1, &v->word_room, sizeof key) ||
        !sheaf_map_put(&v->numbers, key, v->word_count + 1)) {
        v->failed = true;
        return 0;
    }
    v->words[++v->word_count] = key;
    return (uint32_t)v->word_count;
}

static bool add_spelling(sheaf_vocabulary *v, sheaf_slice spelling, sheaf_spelling_slot *slot) {
    sheaf_slice kept = sheaf_arena_copy(&v->arena, spelling);
    if (!kept.data || !make_room((void **)&v->spellings, v->count, &v->room, sizeof *v->spellings))
        return false;
    v->spellings[v->count] = (sheaf_spelling){kept.data, (uint32_t)kept.size, 0, 0};
    slot->number = (uint32_t)v->count++;
    slot->size = (uint32_t)spelling.size;
    return true;
}

static inline bool is_it(const sheaf_vocabulary *v, const sheaf_spelling_slot *slot,
                         sheaf_slice spelling, const wanted *w) {
    return slot->head == w->head && slot->tail == w->tail && slot->size == spelling.size &&
           (spelling.size <= INLINE ||
            memcmp(v->spellings[slot->number].data, spelling.data, spelling.size) == 0);
}

/* The slot of a spelling, made when it is new; NULL when memory is out. */
static inline sheaf_spelling_slot *find_slot(sheaf_vocabulary *v, sheaf_slice spelling,
                                             const wanted *w) {
    if (3 * (v->count + 1) > 2 * v->capacity && !grow_slots(v))
        return NULL;
    size_t at = w->hash & (v->capacity - 1);
    for (; v->slots[at].size; at = (at + 1) & (v->capacity - 1)) {
        if (is_it(v, &v->slots[at], spelling, w))
            return &v->slots[at];
    }
    v->slots[at].head = w->head;
    v->slots[at].tail = w->tail;
    return add_spelling(v, spelling, &v->slots[at]) ? &v->slots[at] : NULL;
}

static inline uint32_t word_of(sheaf_vocabulary *v, sheaf_slice spelling, const wanted *w,
                               uint32_t language) {
    sheaf_spelling_slot *slot = find_slot(v, spelling, w);
    if (!slot) {
        v->failed = true;
        return 0;
    }
    if (!(slot->languages & language)) {
        sheaf_spelling *known = &v->spellings[slot->number];
        slot->languages |= language;
        known->languages = slot->languages;
        if (!slot->word)
            slot->word = known->word = number_of(v, spelling, language);
    }
    return slot->word;
}

uint32_t sheaf_vocabulary_word(sheaf_vocabulary *v, sheaf_slice spelling, size_t readable,
                               uint32_t language) {
    wanted w = wanted_of(spelling, readable);
    return word_of(v, spelling, &w, language);
}

void sheaf_vocabulary_words(sheaf_vocabulary *v, sheaf_slice text, const sheaf_token *tokens,
                            size_t count, uint32_t language, uint32_t *words) {
    wanted some[SHEAF_VOCABULARY_BATCH];
    for (size_t i = 0; i < count; i++) {
        sheaf_slice spelling = {text.data + tokens[i].from, tokens[i].to - tokens[i].from};
        some[i] = wanted_of(spelling, text.size - tokens[i].from);
        if (v->capacity)
            __builtin_prefetch(&v->slots[some[i].hash & (v->capacity - 1)]);
    }
    for (size_t i = 0; i < count; i++) {
        sheaf_slice spelling = {text.data + tokens[i].from, tokens[i].to - tokens[i].from};
        words[i] =
            tokens[i].kind == SHEAF_TOKEN_NONE ? 0 : word_of(v, spelling, &some[i], language);
    }
}

void sheaf_vocabulary_settle(sheaf_vocabulary *v) {
    sheaf_free(v->slots);
    v->slots = NULL;
    v->capacity = 0;
    sheaf_map_clear(&v->numbers);
}

size_t sheaf_vocabulary_bytes(const sheaf_vocabulary *v) {
    return v->capacity * sizeof *v->slots + v->room * sizeof *v->spellings +
           v->word_room * sizeof *v->words + v->numbers.capacity * sizeof *v->numbers.slots +
           v->arena.total;
}
