/* vocabulary.c - two tables: spellings to words, and words to numbers. */
#include "index/vocabulary.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "index/token.h"

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

/* ---- tables --------------------------------------------------------------------- */

static bool grow_slots(sheaf_vocabulary *v) {
    size_t capacity = v->capacity ? 2 * v->capacity : 4096;
    sheaf_spelling_slot *slots = sheaf_calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < v->capacity; i++) {
        size_t at = v->slots[i].hash & (capacity - 1);
        if (!v->slots[i].number)
            continue;
        while (slots[at].number)
            at = (at + 1) & (capacity - 1);
        slots[at] = v->slots[i];
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

static sheaf_spelling *add_spelling(sheaf_vocabulary *v, sheaf_slice spelling, uint32_t hash,
                                    size_t slot) {
    sheaf_slice kept = sheaf_arena_copy(&v->arena, spelling);
    if (!kept.data ||
        !make_room((void **)&v->spellings, v->count, &v->room, sizeof *v->spellings)) {
        v->failed = true;
        return NULL;
    }
    v->spellings[v->count] = (sheaf_spelling){kept.data, (uint32_t)kept.size, 0, 0};
    v->slots[slot] = (sheaf_spelling_slot){hash, (uint32_t)v->count + 1};
    return &v->spellings[v->count++];
}

static sheaf_spelling *find_spelling(sheaf_vocabulary *v, sheaf_slice spelling) {
    if (4 * (v->count + 1) > 3 * v->capacity && !grow_slots(v)) {
        v->failed = true;
        return NULL;
    }
    uint32_t hash = (uint32_t)sheaf_hash64(spelling);
    size_t at = hash & (v->capacity - 1);
    for (; v->slots[at].number; at = (at + 1) & (v->capacity - 1)) {
        sheaf_spelling *known = &v->spellings[v->slots[at].number - 1];
        if (v->slots[at].hash == hash && known->size == spelling.size &&
            memcmp(known->data, spelling.data, spelling.size) == 0)
            return known;
    }
    return add_spelling(v, spelling, hash, at);
}

uint32_t sheaf_vocabulary_word(sheaf_vocabulary *v, sheaf_slice spelling, uint32_t language) {
    sheaf_spelling *known = find_spelling(v, spelling);
    if (!known)
        return 0;
    if (!(known->languages & language)) {
        known->languages |= language;
        if (!known->word)
            known->word = number_of(v, spelling, language);
    }
    return known->word;
}
