/* stems.c - makes the table of stems of a run. */
#include "index/stems.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

size_t sheaf_stem_key(char out[SHEAF_STEM_KEY_MAX], size_t *stem, sheaf_stemmer *stemmer,
                      sheaf_slice tag, sheaf_slice word) {
    if (!stemmer || tag.size == 0 || tag.size > 8)
        return 0;
    memcpy(out, tag.data, tag.size);
    out[tag.size] = SHEAF_STEM_MARK;
    *stem = tag.size + 1;
    size_t size = sheaf_token_fold(out + *stem, sheaf_stemmer_stem(stemmer, word));
    return size ? *stem + size : 0;
}

typedef struct pair {
    sheaf_slice key;
    uint32_t rank;
} pair;

typedef struct stemming {
    const sheaf_vocabulary *v;
    const uint32_t *ranks;
    sheaf_stemmer *stemmers[SHEAF_LANGUAGES_MAX];
    uint32_t *done; /* by word: languages in which its small ASCII letters were stemmed */
    sheaf_arena arena;
    pair *pairs;
    size_t count, room;
    bool failed;
} stemming;

static void add_pair(stemming *s, sheaf_slice key, uint32_t rank) {
    if (s->count == s->room) {
        size_t room = s->room ? 2 * s->room : 1024;
        pair *bigger = sheaf_realloc(s->pairs, room * sizeof *bigger);
        s->failed = s->failed || !bigger;
        if (!bigger)
            return;
        s->pairs = bigger;
        s->room = room;
    }
    key = sheaf_arena_copy(&s->arena, key);
    s->failed = s->failed || !key.data;
    s->pairs[s->count++] = (pair){key, rank};
}

static bool is_ascii(const sheaf_spelling *spelling) {
    for (uint32_t i = 0; i < spelling->size; i++) {
        if ((unsigned char)spelling->data[i] >= 0x80)
            return false;
    }
    return true;
}

static void stem_in(stemming *s, const sheaf_spelling *spelling, unsigned language) {
    char room[SHEAF_STEM_KEY_MAX];
    size_t stem;
    sheaf_slice word = {spelling->data, spelling->size};
    size_t size = sheaf_stem_key(room, &stem, s->stemmers[language], s->v->tags[language], word);
    sheaf_slice own = s->v->words[spelling->word];
    if (size && !sheaf_slice_equal((sheaf_slice){room + stem, size - stem}, own))
        add_pair(s, (sheaf_slice){room, size}, s->ranks[spelling->word]);
}

static void stem_spelling(stemming *s, const sheaf_spelling *spelling) {
    uint32_t languages = spelling->languages;
    if (!spelling->word)
        return;
    if (is_ascii(spelling)) {
        languages &= ~s->done[spelling->word];
        s->done[spelling->word] |= languages;
    }
    for (unsigned i = 0; i < s->v->tag_count; i++) {
        if (languages >> i & 1 && s->stemmers[i])
            stem_in(s, spelling, i);
    }
}

static int compare_pairs(const void *a, const void *b) {
    const pair *one = a, *other = b;
    int order = sheaf_slice_compare(one->key, other->key);
    return order ? order : (one->rank > other->rank) - (one->rank < other->rank);
}

/* Pairs with one key become one entry; equal pairs one pair. */
static bool write_pairs(stemming *s, sheaf_index_writer *writer) {
    uint32_t *ranks = sheaf_malloc((s->count + 1) * sizeof *ranks);
    if (!ranks)
        return false;
    if (s->count > 1)
        qsort(s->pairs, s->count, sizeof *s->pairs, compare_pairs);
    for (size_t i = 0; i < s->count;) {
        sheaf_slice key = s->pairs[i].key;
        size_t count = 0;
        for (; i < s->count && sheaf_slice_equal(s->pairs[i].key, key); i++) {
            if (count == 0 || ranks[count - 1] != s->pairs[i].rank)
                ranks[count++] = s->pairs[i].rank;
        }
        sheaf_index_writer_stem(writer, key, ranks, count);
    }
    sheaf_free(ranks);
    return true;
}

static void write_tags(const sheaf_vocabulary *v, sheaf_index_writer *writer) {
    for (unsigned i = 0; i < v->tag_count; i++) {
        sheaf_buffer_add(&writer->languages, v->tags[i]);
        sheaf_buffer_char(&writer->languages, 0);
    }
}

sheaf_status sheaf_stems_write(const sheaf_vocabulary *vocabulary, const uint32_t *ranks,
                               sheaf_index_writer *writer, sheaf_error *error) {
    stemming s = {.v = vocabulary, .ranks = ranks};
    sheaf_arena_init(&s.arena);
    s.done = sheaf_calloc(vocabulary->word_count + 1, sizeof *s.done);
    for (unsigned i = 0; i < vocabulary->tag_count; i++)
        s.stemmers[i] = sheaf_stemmer_open(vocabulary->tags[i]);
    for (size_t i = 0; i < vocabulary->count && s.done; i++)
        stem_spelling(&s, &vocabulary->spellings[i]);
    bool fine = s.done && !s.failed && write_pairs(&s, writer);
    write_tags(vocabulary, writer);
    for (unsigned i = 0; i < vocabulary->tag_count; i++)
        sheaf_stemmer_close(s.stemmers[i]);
    sheaf_arena_clear(&s.arena);
    sheaf_free(s.done);
    sheaf_free(s.pairs);
    return fine ? SHEAF_OK : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}
