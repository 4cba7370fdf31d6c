/* merge.c - walks through the words of all parts at once, and through their stems.
 *
 * Articles of a later part stand behind those of an earlier one, so that lists are
 * read one after the other. Words get new numbers, which are kept for the stems. */
#include "index/merge.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

typedef struct merging {
    const sheaf_index *parts;
    size_t count;
    sheaf_index_writer writer;
    sheaf_term_walk *words;
    sheaf_table_walk *stems;
    bool *there;        /* does the walk of a part stand on something? */
    uint32_t *bases;    /* of the articles of each part */
    uint32_t **numbers; /* new ones, of the words of each part */
    uint32_t *listed;   /* words of the stem at hand */
    size_t listed_count, listed_room;
    char key[SHEAF_KEY_MAX];
} merging;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status damaged(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_CORRUPT, "a segment of the index is damaged");
}

/* ---- words ---------------------------------------------------------------------- */

static bool add_list(merging *m, size_t i, unsigned list) {
    const sheaf_index *part = &m->parts[i];
    sheaf_cursor *c = sheaf_malloc(sizeof *c);
    if (!c) {
        m->writer.list.failed = true;
        return true;
    }
    sheaf_list bytes = sheaf_index_list_of(part, &m->words[i].term, list);
    sheaf_cursor_open(c, &bytes);
    while (c->doc != SHEAF_LIST_END) {
        size_t count;
        uint32_t doc = c->doc, freq = sheaf_cursor_freq(c);
        const uint32_t *at = sheaf_cursor_positions(c, &count);
        if (c->broken)
            break;
        sheaf_list_add(&m->writer.list, m->bases[i] + doc, freq, part->norms[doc], at,
                       (uint32_t)count);
        sheaf_cursor_next(c);
    }
    bool sound = !c->broken;
    sheaf_cursor_close(c);
    sheaf_free(c);
    return sound;
}

static sheaf_slice key_of(const merging *m, size_t i, bool stems) {
    return sheaf_table_key(stems ? &m->stems[i] : &m->words[i].walk);
}

/* The least key that some walk stands on, copied; empty at the end. */
static sheaf_slice least_key(merging *m, bool stems) {
    sheaf_slice least = {0};
    for (size_t i = 0; i < m->count; i++) {
        if (m->there[i] && (!least.data || sheaf_slice_compare(key_of(m, i, stems), least) < 0))
            least = key_of(m, i, stems);
    }
    if (!least.data)
        return least;
    memcpy(m->key, least.data, least.size);
    return (sheaf_slice){m->key, least.size};
}

static sheaf_status merge_word(merging *m, sheaf_slice key, sheaf_error *error) {
    uint32_t number = (uint32_t)m->writer.words.count;
    for (unsigned list = 0; list < SHEAF_LIST_COUNT; list++) {
        for (size_t i = 0; i < m->count; i++) {
            if (m->there[i] && m->words[i].term.mask >> list & 1 &&
                sheaf_slice_equal(key_of(m, i, false), key) && !add_list(m, i, list))
                return damaged(error);
        }
        sheaf_index_writer_list(&m->writer, list);
    }
    for (size_t i = 0; i < m->count; i++) {
        if (!m->there[i] || !sheaf_slice_equal(key_of(m, i, false), key))
            continue;
        m->numbers[i][m->words[i].term.number] = number;
        m->there[i] = sheaf_term_walk_next(&m->words[i]);
        if (m->words[i].broken)
            return damaged(error);
    }
    return sheaf_index_writer_word(&m->writer, key, error);
}

static sheaf_status merge_words(merging *m, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    sheaf_slice key;
    for (size_t i = 0; i < m->count; i++) {
        m->there[i] = sheaf_term_walk_number(&m->words[i], &m->parts[i], 0);
        if (m->words[i].broken)
            return damaged(error);
    }
    while (status == SHEAF_OK && (key = least_key(m, false)).data)
        status = merge_word(m, key, error);
    return status;
}

/* ---- stems ---------------------------------------------------------------------- */

static bool keep_listed(merging *m, uint32_t number) {
    if (m->listed_count == m->listed_room) {
        size_t room = m->listed_room ? 2 * m->listed_room : 64;
        uint32_t *bigger = sheaf_realloc(m->listed, room * sizeof *bigger);
        if (!bigger)
            return false;
        m->listed = bigger;
        m->listed_room = room;
    }
    m->listed[m->listed_count++] = number;
    return true;
}

static sheaf_status take_listed(merging *m, size_t i, sheaf_error *error) {
    uint64_t gap, next = 0, words = m->parts[i].words.count;
    for (sheaf_slice rest = m->stems[i].value; rest.size; next++) {
        if (!sheaf_varint_take(&rest, &gap) || gap >= words || next + gap >= words)
            return damaged(error);
        next += gap;
        if (!keep_listed(m, m->numbers[i][next]))
            return no_memory(error);
    }
    return SHEAF_OK;
}

static int compare_numbers(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

static size_t drop_doubles(uint32_t *numbers, size_t count) {
    size_t kept = 0;
    if (count > 1)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    }
    return kept;
}

static sheaf_status merge_stem(merging *m, sheaf_slice key, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    m->listed_count = 0;
    for (size_t i = 0; i < m->count && status == SHEAF_OK; i++) {
        if (!m->there[i] || !sheaf_slice_equal(key_of(m, i, true), key))
            continue;
        status = take_listed(m, i, error);
        m->there[i] = sheaf_table_walk_next(&m->stems[i]);
        if (m->stems[i].broken)
            status = damaged(error);
    }
    if (status == SHEAF_OK)
        sheaf_index_writer_stem(&m->writer, key, m->listed,
                                drop_doubles(m->listed, m->listed_count));
    return status;
}

static sheaf_status merge_stems(merging *m, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    sheaf_slice key;
    for (size_t i = 0; i < m->count; i++) {
        m->there[i] = sheaf_table_walk_block(&m->stems[i], &m->parts[i].stems, 0);
        if (m->stems[i].broken)
            return damaged(error);
    }
    while (status == SHEAF_OK && (key = least_key(m, true)).data)
        status = merge_stem(m, key, error);
    return status;
}

/* ---- the rest ------------------------------------------------------------------- */

static bool has_tag(sheaf_slice tags, sheaf_slice tag) {
    while (tags.size) {
        size_t size = sheaf_slice_find_char(tags, 0, 0);
        if (sheaf_slice_equal(sheaf_slice_part(tags, 0, size), tag))
            return true;
        tags = sheaf_slice_part(tags, size + 1, tags.size);
    }
    return false;
}

static void merge_articles(merging *m) {
    sheaf_buffer *out = &m->writer.languages;
    for (size_t i = 0; i < m->count; i++) {
        const sheaf_index *part = &m->parts[i];
        sheaf_buffer_append(&m->writer.norms, part->norms, part->docs);
        m->writer.docs += part->docs;
        m->writer.length += part->length;
        for (sheaf_slice tags = part->languages; tags.size;) {
            size_t size = sheaf_slice_find_char(tags, 0, 0);
            sheaf_slice tag = sheaf_slice_part(tags, 0, size);
            if (!has_tag(sheaf_buffer_view(out), tag) && out->size + size < 1024)
                sheaf_buffer_append(out, tag.data, tag.size + 1);
            tags = sheaf_slice_part(tags, size + 1, tags.size);
        }
    }
}

static bool make_room(merging *m) {
    m->words = sheaf_calloc(m->count, sizeof *m->words);
    m->stems = sheaf_calloc(m->count, sizeof *m->stems);
    m->there = sheaf_calloc(m->count, sizeof *m->there);
    m->bases = sheaf_calloc(m->count, sizeof *m->bases);
    m->numbers = sheaf_calloc(m->count, sizeof *m->numbers);
    if (!m->words || !m->stems || !m->there || !m->bases || !m->numbers)
        return false;
    for (size_t i = 0; i < m->count; i++) {
        m->numbers[i] = sheaf_calloc((size_t)m->parts[i].words.count + 1, sizeof **m->numbers);
        if (!m->numbers[i])
            return false;
    }
    return true;
}

static void clear(merging *m) {
    sheaf_index_writer_clear(&m->writer);
    for (size_t i = 0; m->numbers && i < m->count; i++)
        sheaf_free(m->numbers[i]);
    sheaf_free(m->numbers);
    sheaf_free(m->words);
    sheaf_free(m->stems);
    sheaf_free(m->there);
    sheaf_free(m->bases);
    sheaf_free(m->listed);
}

/* Do the parts follow one another? *docs is how many articles they have. */
static bool are_neighbours(const sheaf_index *parts, size_t count, uint64_t *docs) {
    *docs = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].first != parts[0].first + *docs || parts[i].positions != parts[0].positions)
            return false;
        *docs += parts[i].docs;
    }
    return count > 0 && *docs <= INT32_MAX;
}

sheaf_status sheaf_index_merge(const sheaf_index *parts, size_t count, sheaf_index_put put,
                               void *context, sheaf_error *error) {
    merging m = {.parts = parts, .count = count};
    uint64_t docs;
    if (!are_neighbours(parts, count, &docs))
        return sheaf_fail(error, SHEAF_MISUSE, "segments that do not follow one another");
    sheaf_index_writer_init(&m.writer, (uint32_t)docs, parts[0].positions, put, context);
    sheaf_status status = make_room(&m) ? SHEAF_OK : no_memory(error);
    for (size_t i = 1; i < count && status == SHEAF_OK; i++)
        m.bases[i] = m.bases[i - 1] + parts[i - 1].docs;
    if (status == SHEAF_OK)
        status = merge_words(&m, error);
    if (status == SHEAF_OK)
        status = merge_stems(&m, error);
    merge_articles(&m);
    if (status == SHEAF_OK)
        status = sheaf_index_writer_end(&m.writer, parts[0].first, error);
    clear(&m);
    return status;
}
