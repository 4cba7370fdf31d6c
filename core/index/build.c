/* build.c - collects the words of a run and sorts them.
 *
 *   slots   3 17 4 0 3 9 │ 5 3 …      numbers of words, article after article
 *   order   of word 3: slots 0, 4, 7 …
 *
 * Sorting is counting: how often each word stands says where its slots go. */
#include "index/build.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/stems.h"
#include "index/token.h"

enum { RUN_SLOTS = 8 << 20, RUN_DOCS = 1 << 20, TOKENS = 512, NEAR_SHIFT = 6 };

typedef struct article {
    uint32_t start[SHEAF_INDEX_FIELDS + 1]; /* slots of its fields, and its end */
} article;

struct sheaf_index_builder {
    sheaf_index_options options;
    uint64_t first;
    sheaf_vocabulary vocabulary;
    uint32_t *slots;
    size_t count, room;
    article *articles;
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
    if (b->options.slots == 0)
        b->options.slots = RUN_SLOTS;
    return b;
}

static void clear_run(sheaf_index_builder *b) {
    sheaf_vocabulary_clear(&b->vocabulary);
    b->first += b->article_count;
    b->count = b->article_count = 0;
}

void sheaf_index_builder_free(sheaf_index_builder *b) {
    if (!b)
        return;
    clear_run(b);
    sheaf_free(b->slots);
    sheaf_free(b->articles);
    sheaf_free(b);
}

bool sheaf_index_builder_full(const sheaf_index_builder *b) {
    return b->count >= b->options.slots || b->article_count >= RUN_DOCS;
}

uint64_t sheaf_index_builder_count(const sheaf_index_builder *b) {
    return b->article_count;
}

uint64_t sheaf_index_builder_first(const sheaf_index_builder *b) {
    return b->first;
}

/* ---- adding --------------------------------------------------------------------- */

/* Grows by half, so that the run takes little more than it needs. */
static bool room_for(sheaf_index_builder *b, size_t more) {
    if (b->room - b->count >= more)
        return true;
    size_t room = b->room + b->room / 2 + more;
    if (b->count <= b->options.slots && room > b->options.slots + (4 << 20) &&
        b->count + more <= b->options.slots + (4 << 20))
        room = b->options.slots + (4 << 20);
    uint32_t *bigger = room < UINT32_MAX ? sheaf_realloc(b->slots, room * sizeof *bigger) : NULL;
    if (!bigger)
        return false;
    b->slots = bigger;
    b->room = room;
    return true;
}

static bool add_field(sheaf_index_builder *b, sheaf_slice text, uint32_t language) {
    sheaf_tokens tokens;
    sheaf_token some[TOKENS];
    size_t count;
    sheaf_tokens_begin(&tokens, text);
    while ((count = sheaf_tokens_next(&tokens, some, TOKENS)) > 0) {
        if (!room_for(b, count))
            return false;
        for (size_t i = 0; i < count; i++) {
            sheaf_slice spelling = {text.data + some[i].from, some[i].to - some[i].from};
            b->slots[b->count++] = some[i].kind == SHEAF_TOKEN_NONE
                                       ? 0
                                       : sheaf_vocabulary_word(&b->vocabulary, spelling,
                                                               text.size - some[i].from, language);
        }
    }
    return !b->vocabulary.failed;
}

sheaf_status sheaf_index_builder_add(sheaf_index_builder *b, const sheaf_index_document *document,
                                     sheaf_error *error) {
    if (b->article_count == b->article_room) {
        size_t room = b->article_room ? 2 * b->article_room : 256;
        article *bigger = sheaf_realloc(b->articles, room * sizeof *bigger);
        if (!bigger)
            return no_memory(error);
        b->articles = bigger;
        b->article_room = room;
    }
    article *a = &b->articles[b->article_count];
    uint32_t language =
        document ? sheaf_vocabulary_language(&b->vocabulary, document->language) : 0;
    for (unsigned i = 0; i < SHEAF_INDEX_FIELDS; i++) {
        a->start[i] = (uint32_t)b->count;
        if (document && !add_field(b, document->field[i], language))
            return no_memory(error);
    }
    a->start[SHEAF_INDEX_FIELDS] = (uint32_t)b->count;
    b->article_count++;
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
    uint32_t *ranks;  /* of each word, by number */
    uint32_t *starts; /* of the slots of each word, in order */
    uint32_t *order;
    uint32_t *near; /* the article of every 64th slot */
    uint32_t *at;   /* positions in the article at hand */
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

static bool sort_slots(run *r) {
    const sheaf_index_builder *b = r->b;
    size_t words = b->vocabulary.word_count;
    r->starts = sheaf_calloc(words + 2, sizeof *r->starts);
    r->order = sheaf_malloc((b->count + 1) * sizeof *r->order);
    if (!r->starts || !r->order)
        return false;
    for (size_t i = 0; i < b->count; i++)
        r->starts[b->slots[i] + 1]++;
    r->starts[1] = 0; /* slots without a word go nowhere */
    for (size_t i = 1; i <= words + 1; i++)
        r->starts[i] += r->starts[i - 1];
    for (size_t i = 0; i < b->count; i++) {
        if (b->slots[i])
            r->order[r->starts[b->slots[i]]++] = (uint32_t)i;
    }
    return true;
}

static bool note_near(run *r) {
    const sheaf_index_builder *b = r->b;
    uint32_t doc = 0;
    size_t count = (b->count >> NEAR_SHIFT) + 1;
    r->near = sheaf_malloc(count * sizeof *r->near);
    if (!r->near)
        return false;
    for (size_t i = 0; i < count; i++) {
        while (doc + 1 < b->article_count && b->articles[doc + 1].start[0] <= i << NEAR_SHIFT)
            doc++;
        r->near[i] = doc;
    }
    return true;
}

static uint32_t article_of(const run *r, uint32_t slot) {
    uint32_t doc = r->near[slot >> NEAR_SHIFT];
    while (slot >= r->b->articles[doc].start[SHEAF_INDEX_FIELDS])
        doc++;
    return doc;
}

/* ---- writing -------------------------------------------------------------------- */

static uint32_t size_of(const article *a, unsigned field) {
    return a->start[field + 1] - a->start[field];
}

static uint32_t field_of(const article *a, uint32_t slot) {
    uint32_t field = SHEAF_INDEX_TEXT;
    if (slot >= a->start[SHEAF_INDEX_TEXT] && slot < a->start[SHEAF_INDEX_SITE])
        return field;
    for (field = 0; slot >= a->start[field + 1];)
        field++;
    return field;
}

static unsigned list_of(unsigned field) {
    static const uint8_t lists[] = {SHEAF_LIST_HEADLINE, SHEAF_LIST_KEYWORDS, SHEAF_LIST_AUTHORS,
                                    SHEAF_LIST_TEXT, SHEAF_LIST_SITE};
    return lists[field];
}

static uint64_t length_of(const article *a) {
    uint64_t length = size_of(a, SHEAF_INDEX_TEXT);
    for (unsigned i = 0; i < SHEAF_INDEX_TEXT; i++)
        length += (uint64_t)size_of(a, i) * sheaf_list_weight(list_of(i));
    return length;
}

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

/* Adds the slots [from, to) of a word, all in article doc, to one list. Returns a bit
 * for each list that the word is in. */
static unsigned add_article(run *r, uint32_t doc, const uint32_t *from, const uint32_t *to,
                            unsigned list) {
    const article *a = &r->b->articles[doc];
    uint32_t freq = 0, count = 0;
    unsigned met = 0;
    for (; from < to; from++) {
        uint32_t field = field_of(a, *from);
        unsigned own = list_of(field);
        met |= 1u << (own == SHEAF_LIST_TEXT ? SHEAF_LIST_ALL : own);
        if (list == SHEAF_LIST_ALL ? own == SHEAF_LIST_SITE : own != list)
            continue;
        freq += list == SHEAF_LIST_ALL ? sheaf_list_weight(own) : 1;
        if (own != list && own != SHEAF_LIST_TEXT)
            continue; /* its position is in a list of its own */
        if (!keep_position(r, count++, *from - a->start[field])) {
            r->writer->list.failed = true;
            return met;
        }
    }
    if (freq)
        sheaf_list_add(&r->writer->list, doc, freq, sheaf_norm_of(length_of(a)), r->at, count);
    return met;
}

static unsigned write_list(run *r, const uint32_t *from, const uint32_t *to, unsigned list) {
    unsigned met = 0;
    while (from < to) {
        uint32_t doc = article_of(r, *from);
        uint32_t end = r->b->articles[doc].start[SHEAF_INDEX_FIELDS];
        const uint32_t *next = from;
        while (next < to && *next < end)
            next++;
        met |= add_article(r, doc, from, next, list);
        from = next;
    }
    sheaf_index_writer_list(r->writer, list);
    return met;
}

static sheaf_status write_words(run *r, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < r->b->vocabulary.word_count && status == SHEAF_OK; i++) {
        uint32_t number = r->words[i].number;
        const uint32_t *from = r->order + r->starts[number - 1];
        const uint32_t *to = r->order + r->starts[number];
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
        sheaf_index_writer_doc(r->writer, length_of(&r->b->articles[i]));
}

static sheaf_status write_run(run *r, sheaf_error *error) {
    if (!sort_words(r) || !sort_slots(r) || !note_near(r))
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
    sheaf_index_writer_init(&writer, (uint32_t)b->article_count, b->options.positions, put,
                            context);
    sheaf_status status = write_run(&r, error);
    sheaf_index_writer_clear(&writer);
    sheaf_free(r.words);
    sheaf_free(r.ranks);
    sheaf_free(r.starts);
    sheaf_free(r.order);
    sheaf_free(r.near);
    sheaf_free(r.at);
    clear_run(b);
    return status;
}
