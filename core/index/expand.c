/* expand.c - exact words, forms of a word, beginnings, and words nearly alike. */
#include "index/expand.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/fuzzy.h"
#include "index/stems.h"

void sheaf_expansion_clear(sheaf_expansion *expansion) {
    sheaf_free(expansion->words);
    *expansion = (sheaf_expansion){0};
}

static sheaf_status damaged(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_CORRUPT, "the words of the index are damaged");
}

static sheaf_status add(sheaf_expansion *e, const sheaf_term *word, sheaf_error *error) {
    if (e->count == SHEAF_EXPAND_MOST)
        return sheaf_fail(error, SHEAF_LIMIT, "a word with * or ~ stands for more than %d words",
                          SHEAF_EXPAND_MOST);
    if (e->count == e->room) {
        size_t room = e->room ? 2 * e->room : 8;
        sheaf_term *bigger = sheaf_realloc(e->words, room * sizeof *bigger);
        if (!bigger)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        e->words = bigger;
        e->room = room;
    }
    e->words[e->count++] = *word;
    return SHEAF_OK;
}

static sheaf_status add_exact(sheaf_expansion *e, const sheaf_index *index, sheaf_slice key,
                              sheaf_error *error) {
    sheaf_term word;
    sheaf_status status = sheaf_index_find(index, key, &word, error);
    if (status == SHEAF_MISSING)
        return SHEAF_OK;
    return status == SHEAF_OK ? add(e, &word, error) : status;
}

/* All words from key on that begin with it. */
static sheaf_status add_prefix(sheaf_expansion *e, const sheaf_index *index, sheaf_slice key,
                               sheaf_error *error) {
    sheaf_term_walk walk;
    sheaf_status status = SHEAF_OK;
    bool there = sheaf_term_walk_from(&walk, index, key);
    while (there && status == SHEAF_OK && sheaf_slice_starts(sheaf_table_key(&walk.walk), key)) {
        status = add(e, &walk.term, error);
        there = sheaf_term_walk_next(&walk);
    }
    return status == SHEAF_OK && walk.broken ? damaged(error) : status;
}

/* Goes on to the first word behind all that begin like key. */
static bool pass_over(sheaf_term_walk *walk, char key[SHEAF_KEY_MAX], size_t size) {
    while (size > 0 && (unsigned char)key[size - 1] == 0xFF)
        size--;
    if (size == 0)
        return false;
    key[size - 1] = (char)(key[size - 1] + 1);
    sheaf_slice next = {key, size};
    bool there = true;
    for (unsigned i = 0; i < SHEAF_TABLE_BLOCK && there; i++) {
        there = sheaf_term_walk_next(walk);
        if (!there || sheaf_slice_compare(sheaf_table_key(&walk->walk), next) >= 0)
            return there;
    }
    return there && sheaf_term_walk_from(walk, walk->index, next);
}

static size_t same_size(sheaf_slice a, sheaf_slice b) {
    size_t size = 0;
    while (size < a.size && size < b.size && a.data[size] == b.data[size])
        size++;
    return size;
}

static sheaf_status add_fuzzy(sheaf_expansion *e, const sheaf_index *index,
                              const sheaf_query_node *term, sheaf_error *error) {
    char before[SHEAF_KEY_MAX], passed[SHEAF_KEY_MAX];
    size_t size = 0, hopeless;
    sheaf_term_walk walk;
    sheaf_fuzzy fuzzy;
    sheaf_status status = SHEAF_OK;
    sheaf_fuzzy_begin(&fuzzy, term->key, term->edits);
    bool there = sheaf_term_walk_number(&walk, index, 0);
    while (there && status == SHEAF_OK) {
        sheaf_slice key = sheaf_table_key(&walk.walk);
        size_t same = same_size(key, (sheaf_slice){before, size});
        if (sheaf_fuzzy_match(&fuzzy, key, same, &hopeless))
            status = add(e, &walk.term, error);
        memcpy(before, key.data, size = key.size);
        memcpy(passed, before, hopeless);
        there = hopeless ? pass_over(&walk, passed, hopeless) : sheaf_term_walk_next(&walk);
    }
    return status == SHEAF_OK && walk.broken ? damaged(error) : status;
}

/* ---- stems ---------------------------------------------------------------------- */

static sheaf_status add_number(sheaf_expansion *e, const sheaf_index *index, uint64_t number,
                               sheaf_error *error) {
    sheaf_term_walk walk;
    if (!sheaf_term_walk_number(&walk, index, number) || walk.walk.number != number)
        return damaged(error);
    return add(e, &walk.term, error);
}

/* The words that the table has under a key. */
static sheaf_status add_listed(sheaf_expansion *e, const sheaf_index *index, sheaf_slice key,
                               sheaf_error *error) {
    sheaf_table_walk walk;
    sheaf_status status = SHEAF_OK;
    uint64_t gap, next = 0;
    bool there =
        sheaf_table_walk_block(&walk, &index->stems, sheaf_table_block_of(&index->stems, key));
    while (there && sheaf_slice_compare(sheaf_table_key(&walk), key) < 0)
        there = sheaf_table_walk_next(&walk);
    if (walk.broken)
        return damaged(error);
    if (!there || !sheaf_slice_equal(sheaf_table_key(&walk), key))
        return SHEAF_OK;
    for (sheaf_slice rest = walk.value; rest.size && status == SHEAF_OK; next++) {
        if (!sheaf_varint_take(&rest, &gap) || gap >= index->words.count ||
            next + gap >= index->words.count)
            return damaged(error);
        next += gap;
        status = add_number(e, index, next, error);
    }
    return status;
}

static sheaf_status add_stem(sheaf_expansion *e, const sheaf_index *index, sheaf_slice tag,
                             const sheaf_query_node *term, sheaf_error *error) {
    char room[SHEAF_STEM_KEY_MAX], again[SHEAF_STEM_KEY_MAX];
    size_t at = 0;
    sheaf_stemmer *stemmer = sheaf_stemmer_open(tag);
    size_t size = sheaf_stem_key(room, &at, stemmer, tag, term->spelling);
    sheaf_status status = SHEAF_OK;
    if (size) {
        sheaf_slice stem = {room + at, size - at};
        status = add_listed(e, index, (sheaf_slice){room, size}, error);
        size_t same = sheaf_stem_key(again, &at, stemmer, tag, stem);
        if (status == SHEAF_OK && same == size && memcmp(again, room, size) == 0)
            status = add_exact(e, index, stem, error);
    }
    sheaf_stemmer_close(stemmer);
    return status;
}

static int compare_terms(const void *a, const void *b) {
    uint64_t one = ((const sheaf_term *)a)->number, other = ((const sheaf_term *)b)->number;
    return (one > other) - (one < other);
}

static void drop_doubles(sheaf_expansion *e) {
    size_t kept = 0;
    if (e->count > 1)
        qsort(e->words, e->count, sizeof *e->words, compare_terms);
    for (size_t i = 0; i < e->count; i++) {
        if (kept == 0 || e->words[kept - 1].number != e->words[i].number)
            e->words[kept++] = e->words[i];
    }
    e->count = kept;
}

static sheaf_status add_stems(sheaf_expansion *e, const sheaf_index *index,
                              const sheaf_query_node *term, sheaf_error *error) {
    sheaf_status status = add_exact(e, index, term->key, error);
    sheaf_slice tags = index->languages;
    while (tags.size && status == SHEAF_OK) {
        size_t size = sheaf_slice_find_char(tags, 0, 0);
        status = add_stem(e, index, sheaf_slice_part(tags, 0, size), term, error);
        tags = sheaf_slice_part(tags, size + 1, tags.size);
    }
    drop_doubles(e);
    return status;
}

sheaf_status sheaf_expand(sheaf_expansion *out, const sheaf_index *index,
                          const sheaf_query_node *term, sheaf_error *error) {
    if (term->match == SHEAF_MATCH_STEM)
        return add_stems(out, index, term, error);
    if (term->match == SHEAF_MATCH_PREFIX)
        return add_prefix(out, index, term->key, error);
    if (term->match == SHEAF_MATCH_FUZZY)
        return add_fuzzy(out, index, term, error);
    return add_exact(out, index, term->key, error);
}
