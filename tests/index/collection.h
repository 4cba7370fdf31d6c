/* collection.h - made-up articles for the units of the index, and segments of them.
 *
 * Words are w0, w1, … of which low numbers are frequent, as words are. */
#ifndef SHEAF_TESTS_INDEX_COLLECTION_H
#define SHEAF_TESTS_INDEX_COLLECTION_H

#include <stdio.h>
#include <stdlib.h>

#include "base/slice.h"
#include "index/build.h"
#include "index/search.h"

enum { FIELD_MOST = 400 };

typedef struct made_article {
    unsigned words[SHEAF_INDEX_FIELDS][FIELD_MOST];
    size_t count[SHEAF_INDEX_FIELDS];
} made_article;

static uint64_t made_state = 1;

static unsigned made_random(unsigned below) {
    made_state = made_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(made_state >> 33) % below;
}

/* A number below vocabulary, low ones more often. */
static unsigned made_word(unsigned vocabulary) {
    return made_random(1 + made_random(1 + made_random(vocabulary)));
}

static inline void made_fill(made_article *a, unsigned vocabulary, size_t most) {
    for (unsigned field = 0; field < SHEAF_INDEX_FIELDS; field++) {
        size_t limit = field == SHEAF_INDEX_TEXT ? most : 6;
        a->count[field] = made_random((unsigned)limit + 1);
        for (size_t i = 0; i < a->count[field]; i++)
            a->words[field][i] = made_word(vocabulary);
    }
}

static void made_print(sheaf_buffer *out, const made_article *a, unsigned field) {
    for (size_t i = 0; i < a->count[field]; i++)
        sheaf_buffer_printf(out, "%sw%u", i ? " " : "", a->words[field][i]);
}

static sheaf_status made_put(void *context, sheaf_slice bytes, sheaf_error *error) {
    (void)error;
    sheaf_buffer_add(context, bytes);
    return ((sheaf_buffer *)context)->failed ? SHEAF_NO_MEMORY : SHEAF_OK;
}

/* The articles [from, to) as one segment; false when memory is out. */
static inline bool made_segment(sheaf_buffer *bytes, const made_article *articles, size_t from,
                                size_t to, bool positions) {
    sheaf_error error = {0};
    sheaf_buffer text[SHEAF_INDEX_FIELDS] = {{0}};
    sheaf_index_options options = {.positions = positions};
    sheaf_index_builder *builder = sheaf_index_builder_new(from, &options);
    sheaf_status status = builder ? SHEAF_OK : SHEAF_NO_MEMORY;
    for (size_t i = from; i < to && status == SHEAF_OK; i++) {
        sheaf_index_document document = {{{0}}, {0}};
        for (unsigned field = 0; field < SHEAF_INDEX_FIELDS; field++) {
            sheaf_buffer_reset(&text[field]);
            made_print(&text[field], &articles[i], field);
            document.field[field] = sheaf_buffer_view(&text[field]);
        }
        status = sheaf_index_builder_add(builder, &document, &error);
    }
    if (status == SHEAF_OK)
        status = sheaf_index_builder_finish(builder, made_put, bytes, &error);
    for (unsigned field = 0; field < SHEAF_INDEX_FIELDS; field++)
        sheaf_buffer_clear(&text[field]);
    sheaf_index_builder_free(builder);
    return status == SHEAF_OK;
}

#endif
