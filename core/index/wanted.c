/* wanted.c - terms against words, without an index. */
#include "index/wanted.h"

#include "base/slice.h"
#include "index/stems.h"

void sheaf_wanted_init(sheaf_wanted *wanted, const sheaf_query *query) {
    memset(wanted, 0, sizeof *wanted);
    wanted->query = query;
    sheaf_arena_init(&wanted->arena);
}

void sheaf_wanted_clear(sheaf_wanted *wanted) {
    for (size_t i = 0; i < wanted->count; i++)
        sheaf_stemmer_close(wanted->languages[i].stemmer);
    sheaf_arena_clear(&wanted->arena);
    memset(wanted, 0, sizeof *wanted);
}

static sheaf_slice stem_of(sheaf_wanted *w, sheaf_stemmer *stemmer, sheaf_slice tag,
                           sheaf_slice spelling) {
    char room[SHEAF_STEM_KEY_MAX];
    size_t at = 0, size = sheaf_stem_key(room, &at, stemmer, tag, spelling);
    return size ? sheaf_arena_copy(&w->arena, (sheaf_slice){room + at, size - at})
                : (sheaf_slice){0};
}

static sheaf_wanted_language *language_of(sheaf_wanted *w, sheaf_slice tag) {
    for (size_t i = 0; i < w->count; i++) {
        if (sheaf_slice_equal(w->languages[i].tag, tag))
            return &w->languages[i];
    }
    if (w->count == SHEAF_WANTED_LANGUAGES || tag.size == 0)
        return NULL;
    sheaf_wanted_language *made = &w->languages[w->count];
    made->tag = sheaf_arena_copy(&w->arena, tag);
    made->stems = sheaf_arena_zero(&w->arena, w->query->term_count + 1, sizeof *made->stems);
    if (!made->tag.data || !made->stems)
        return NULL;
    made->stemmer = sheaf_stemmer_open(tag);
    w->count++;
    for (size_t i = 0; i < w->query->term_count && made->stemmer; i++) {
        const sheaf_query_node *term = w->query->terms[i];
        if (term->match == SHEAF_MATCH_STEM)
            made->stems[i] = stem_of(w, made->stemmer, tag, term->spelling);
    }
    return made;
}

/* The stem of a word in a language is compared with those of the terms. */
static bool has_stem(sheaf_wanted *w, size_t i, sheaf_slice spelling, sheaf_slice tag) {
    char room[SHEAF_STEM_KEY_MAX];
    size_t at = 0;
    sheaf_wanted_language *language = language_of(w, tag);
    if (!language || language->stems[i].size == 0)
        return false;
    size_t size = sheaf_stem_key(room, &at, language->stemmer, tag, spelling);
    return size && sheaf_slice_equal((sheaf_slice){room + at, size - at}, language->stems[i]);
}

size_t sheaf_wanted_term(sheaf_wanted *w, sheaf_slice word, sheaf_slice spelling, sheaf_slice tag,
                         size_t from) {
    for (size_t i = from; i < w->query->term_count; i++) {
        const sheaf_query_node *term = w->query->terms[i];
        if (sheaf_slice_equal(term->key, word) ||
            (term->match == SHEAF_MATCH_PREFIX && sheaf_slice_starts(word, term->key)) ||
            (term->match == SHEAF_MATCH_FUZZY &&
             sheaf_query_fuzzy_match(term->key, word, term->edits)) ||
            (term->match == SHEAF_MATCH_STEM && has_stem(w, i, spelling, tag)))
            return i;
    }
    return SIZE_MAX;
}

bool sheaf_wanted_by(void *context, sheaf_slice word, sheaf_slice spelling, sheaf_slice tag) {
    return sheaf_wanted_term(context, word, spelling, tag, 0) != SIZE_MAX;
}
