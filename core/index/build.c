/* build.c - collects the places of each word of a run, and writes them word by word.
 *
 *   text    3 17 4 0 3 9 │ 5 3 …            numbers of words, article after article
 *   chains  of word 3: 0:0, 0:4, 1:1 …      article and position */
#include "index/build.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/chains.h"
#include "index/stems.h"

enum { RUN_BYTES = 136 << 20, RUN_SLOTS = 1 << 30, RUN_DOCS = 1 << 20, AHEAD = 8 };

struct sheaf_index_builder {
    sheaf_index_options options;
    uint64_t first;
    sheaf_vocabulary vocabulary;
    sheaf_chain *chains; /* of each word, by number */
    size_t chain_room;
    sheaf_arena pieces; /* of chains */
    size_t count;       /* slots */
    uint64_t *lengths;  /* of articles, weighted */
    uint8_t *norms;     /* of the lengths */
    size_t article_count, article_room;
};

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

sheaf_index_builder *sheaf_index_builder_new(uint64_t first, const sheaf_index_options *options) {
    sheaf_index_builder *b = sheaf_calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->options = *options;
    b->first = first;
    b->vocabulary.wanted = options->wanted;
    b->vocabulary.context = options->context;
    sheaf_arena_init(&b->pieces);
    if (b->options.slots == 0)
        b->options.slots = RUN_SLOTS;
    return b;
}

static void clear_run(sheaf_index_builder *b) {
    sheaf_vocabulary_clear(&b->vocabulary);
    sheaf_arena_clear(&b->pieces);
    sheaf_free(b->chains);
    b->chains = NULL;
    b->chain_room = 0;
    b->first += b->article_count;
    b->count = b->article_count = 0;
}

void sheaf_index_builder_free(sheaf_index_builder *b) {
    if (!b)
        return;
    clear_run(b);
    sheaf_free(b->lengths);
    sheaf_free(b->norms);
    sheaf_free(b);
}

bool sheaf_index_builder_full(const sheaf_index_builder *b) {
    size_t bytes = b->pieces.total + b->chain_room * sizeof *b->chains +
                   b->article_room * (sizeof *b->lengths + 1) +
                   sheaf_vocabulary_bytes(&b->vocabulary);
    return b->count >= b->options.slots || b->article_count >= RUN_DOCS || bytes >= RUN_BYTES;
}

uint64_t sheaf_index_builder_count(const sheaf_index_builder *b) {
    return b->article_count;
}

uint64_t sheaf_index_builder_first(const sheaf_index_builder *b) {
    return b->first;
}

/* ---- adding --------------------------------------------------------------------- */

/* A chain for each word that there is. */
static bool room_for_chains(sheaf_index_builder *b) {
    size_t count = b->vocabulary.word_count + 1;
    if (count <= b->chain_room)
        return true;
    size_t room = count + count / 2 + 1024;
    sheaf_chain *bigger = sheaf_realloc(b->chains, room * sizeof *bigger);
    if (!bigger)
        return false;
    memset(bigger + b->chain_room, 0, (room - b->chain_room) * sizeof *bigger);
    b->chains = bigger;
    b->chain_room = room;
    return true;
}

/* Common words are at hand; what others need is asked for some words ahead. */
static bool add_places(sheaf_index_builder *b, const uint32_t *words, size_t count, unsigned field,
                       size_t position) {
    sheaf_place place = {(uint32_t)b->article_count, 0};
    if (!room_for_chains(b) || position + count >= SHEAF_PLACE_POSITIONS)
        return false;
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&b->chains[words[i]], 1);
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count)
            __builtin_prefetch(b->chains[words[i + AHEAD]].at, 1);
        place.where = field << SHEAF_PLACE_SHIFT | (uint32_t)(position + i);
        if (words[i] && !sheaf_chain_add(&b->chains[words[i]], &b->pieces, place))
            return false;
    }
    return true;
}

/* *length gets how many slots the field has. */
static bool add_field(sheaf_index_builder *b, unsigned field, sheaf_slice text, uint32_t language,
                      size_t *length) {
    sheaf_tokens tokens;
    sheaf_token some[SHEAF_VOCABULARY_BATCH];
    uint32_t words[SHEAF_VOCABULARY_BATCH];
    size_t count;
    sheaf_tokens_begin(&tokens, text);
    for (*length = 0; (count = sheaf_tokens_next(&tokens, some, SHEAF_VOCABULARY_BATCH)) > 0;) {
        sheaf_vocabulary_words(&b->vocabulary, text, some, count, language, words);
        if (b->vocabulary.failed || !add_places(b, words, count, field, *length))
            return false;
        *length += count;
    }
    return true;
}

static bool room_for_article(sheaf_index_builder *b) {
    if (b->article_count < b->article_room)
        return true;
    size_t room = b->article_room ? 2 * b->article_room : 256;
    uint64_t *lengths = sheaf_realloc(b->lengths, room * sizeof *lengths);
    b->lengths = lengths ? lengths : b->lengths;
    uint8_t *norms = lengths ? sheaf_realloc(b->norms, room) : NULL;
    b->norms = norms ? norms : b->norms;
    b->article_room = norms ? room : b->article_room;
    return norms != NULL;
}

static unsigned list_of(unsigned field) {
    static const uint8_t lists[] = {SHEAF_LIST_HEADLINE, SHEAF_LIST_KEYWORDS, SHEAF_LIST_AUTHORS,
                                    SHEAF_LIST_TEXT, SHEAF_LIST_SITE};
    return lists[field];
}

sheaf_status sheaf_index_builder_add(sheaf_index_builder *b, const sheaf_index_document *document,
                                     sheaf_error *error) {
    uint64_t length = 0;
    if (!room_for_article(b))
        return no_memory(error);
    uint32_t language =
        document ? sheaf_vocabulary_language(&b->vocabulary, document->language) : 0;
    for (unsigned i = 0; i < SHEAF_INDEX_FIELDS && document; i++) {
        size_t slots;
        if (!add_field(b, i, document->field[i], language, &slots))
            return no_memory(error);
        b->count += slots;
        if (i != SHEAF_INDEX_SITE)
            length += (uint64_t)slots * sheaf_list_weight(list_of(i));
    }
    b->lengths[b->article_count] = length;
    b->norms[b->article_count++] = sheaf_norm_of(length);
    return SHEAF_OK;
}

/* ---- sorting -------------------------------------------------------------------- */

typedef struct sorted_word {
    uint64_t head; /* of the key, so that most comparisons need no more */
    sheaf_slice key;
    uint32_t number;
} sorted_word;

typedef struct run {
    sheaf_index_builder *b;
    sheaf_index_writer *writer;
    sorted_word *words;
    uint32_t *ranks;     /* of each word, by number */
    sheaf_place *places; /* of the word at hand */
    size_t place_room;
    uint32_t *at; /* positions in the article at hand */
    size_t at_room;
} run;

static int compare_words(const void *a, const void *b) {
    const sorted_word *one = a, *other = b;
    if (one->head != other->head)
        return one->head < other->head ? -1 : 1;
    return sheaf_slice_compare(one->key, other->key);
}

static uint64_t head_of(sheaf_slice key) {
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < key.size ? (uint8_t)key.data[i] : 0);
    return head;
}

static bool sort_words(run *r) {
    const sheaf_vocabulary *v = &r->b->vocabulary;
    r->words = sheaf_malloc((v->word_count + 1) * sizeof *r->words);
    r->ranks = sheaf_calloc(v->word_count + 1, sizeof *r->ranks);
    if (!r->words || !r->ranks)
        return false;
    for (size_t i = 0; i < v->word_count; i++)
        r->words[i] = (sorted_word){head_of(v->words[i + 1]), v->words[i + 1], (uint32_t)i + 1};
    qsort(r->words, v->word_count, sizeof *r->words, compare_words);
    for (size_t i = 0; i < v->word_count; i++)
        r->ranks[r->words[i].number] = (uint32_t)i;
    return true;
}

/* ---- writing -------------------------------------------------------------------- */

static bool keep_position(run *r, size_t count, uint32_t position) {
    if (count == r->at_room) {
        size_t room = r->at_room ? 2 * r->at_room : 256;
        uint32_t *bigger = sheaf_realloc(r->at, room * sizeof *bigger);
        if (!bigger)
            return false;
        r->at = bigger;
        r->at_room = room;
    }
    r->at[count] = position;
    return true;
}

/* Adds the places [from, to) of a word, all in one article, to one list. Returns a bit
 * for each list that the word is in. */
static unsigned add_article(run *r, const sheaf_place *from, const sheaf_place *to, unsigned list) {
    uint32_t article = from->article, freq = 0, count = 0;
    unsigned met = 0;
    for (; from < to; from++) {
        unsigned own = list_of(sheaf_place_field(*from));
        met |= 1u << (own == SHEAF_LIST_TEXT ? SHEAF_LIST_ALL : own);
        if (list == SHEAF_LIST_ALL ? own == SHEAF_LIST_SITE : own != list)
            continue;
        freq += list == SHEAF_LIST_ALL ? sheaf_list_weight(own) : 1;
        if (own != list && own != SHEAF_LIST_TEXT)
            continue; /* its position is in a list of its own */
        if (!keep_position(r, count++, sheaf_place_position(*from))) {
            r->writer->list.failed = true;
            return met;
        }
    }
    if (freq)
        sheaf_list_add(&r->writer->list, article, freq, r->b->norms[article], r->at, count);
    return met;
}

static unsigned write_list(run *r, const sheaf_place *from, const sheaf_place *to, unsigned list) {
    unsigned met = 0;
    while (from < to) {
        const sheaf_place *next = from + 1;
        while (next < to && next->article == from->article)
            next++;
        met |= add_article(r, from, next, list);
        from = next;
    }
    sheaf_index_writer_list(r->writer, list);
    return met;
}

/* Words lie anywhere in memory. */
static void ask_for(const run *r, size_t i) {
    size_t count = r->b->vocabulary.word_count;
    if (i + AHEAD < count)
        __builtin_prefetch(&r->b->chains[r->words[i + AHEAD].number]);
    if (i + AHEAD / 2 < count)
        __builtin_prefetch(r->b->chains[r->words[i + AHEAD / 2].number].first);
}

static sheaf_status write_words(run *r, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < r->b->vocabulary.word_count && status == SHEAF_OK; i++) {
        size_t count;
        ask_for(r, i);
        if (!sheaf_chain_read(&r->b->chains[r->words[i].number], &r->places, &r->place_room,
                              &count))
            return no_memory(error);
        const sheaf_place *from = r->places, *to = r->places + count;
        unsigned met = write_list(r, from, to, SHEAF_LIST_ALL);
        for (unsigned list = 1; list < SHEAF_LIST_COUNT; list++) {
            if (met >> list & 1)
                write_list(r, from, to, list);
        }
        status = sheaf_index_writer_word(r->writer, r->words[i].key, error);
    }
    return status;
}

static void write_articles(run *r) {
    for (size_t i = 0; i < r->b->article_count; i++)
        sheaf_index_writer_doc(r->writer, r->b->lengths[i]);
}

static sheaf_status write_run(run *r, sheaf_error *error) {
    if (!sort_words(r))
        return no_memory(error);
    sheaf_status status = write_words(r, error);
    if (status == SHEAF_OK)
        status = sheaf_stems_write(&r->b->vocabulary, r->ranks, r->writer, error);
    write_articles(r);
    return status == SHEAF_OK ? sheaf_index_writer_end(r->writer, r->b->first, error) : status;
}

sheaf_status sheaf_index_builder_finish(sheaf_index_builder *b, sheaf_index_put put, void *context,
                                        sheaf_error *error) {
    sheaf_index_writer writer;
    run r = {.b = b, .writer = &writer};
    sheaf_vocabulary_settle(&b->vocabulary);
    sheaf_index_writer_init(&writer, (uint32_t)b->article_count, b->options.positions, put,
                            context);
    sheaf_status status = write_run(&r, error);
    sheaf_index_writer_clear(&writer);
    sheaf_free(r.words);
    sheaf_free(r.ranks);
    sheaf_free(r.places);
    sheaf_free(r.at);
    clear_run(b);
    return status;
}
