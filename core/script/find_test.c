/* find_test.c - one article against a query: an index of that article alone. */
#include "script/find.h"

#include "base/slice.h"
#include "base/status.h"
#include "index/wanted.h"

static sheaf_status put_bytes(void *context, sheaf_slice bytes, sheaf_error *error) {
    sheaf_buffer *out = context;
    sheaf_buffer_add(out, bytes);
    return out->failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
}

/* As the columns of a catalog are compared: dates as text, and none without a year. */
static bool holds(const sheaf_article *article, const sheaf_query_node *node) {
    sheaf_slice published = article->field[SHEAF_FIELD_PUBLISHED];
    sheaf_slice before = node->before.size ? node->before : SLICE("9999");
    if (node->column == SHEAF_COLUMN_LANGUAGE)
        return sheaf_slice_equal(article->field[SHEAF_FIELD_LANGUAGE], node->from);
    return published.size && sheaf_slice_compare(published, before) < 0 &&
           sheaf_slice_compare(published, node->from) >= 0;
}

static sheaf_status column(void *context, const sheaf_index *index, const sheaf_query_node *node,
                           uint8_t *bits, sheaf_error *error) {
    (void)index;
    (void)error;
    bits[0] = holds(context, node);
    return SHEAF_OK;
}

static sheaf_status build(sheaf_index_builder *builder, const sheaf_article *article,
                          sheaf_buffer *room, sheaf_buffer *bytes, sheaf_index *index,
                          sheaf_error *error) {
    sheaf_index_document document;
    sheaf_find_document(&document, article, room);
    if (room->failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = sheaf_index_builder_add(builder, &document, error);
    if (status == SHEAF_OK)
        status = sheaf_index_builder_finish(builder, put_bytes, bytes, error);
    return status == SHEAF_OK ? sheaf_index_open(index, sheaf_buffer_view(bytes), error) : status;
}

sheaf_status sheaf_find_test(const sheaf_query *query, const sheaf_article *article,
                             sheaf_buffer *room, bool *matches, sheaf_error *error) {
    sheaf_wanted wanted;
    sheaf_index index;
    const sheaf_index *parts[] = {&index};
    sheaf_buffer bytes = {0};
    sheaf_search_result found = {0};
    sheaf_wanted_init(&wanted, query);
    sheaf_index_options options = {
        .positions = true, .slots = 1 << 20, .wanted = sheaf_wanted_by, .context = &wanted};
    sheaf_index_builder *builder = sheaf_index_builder_new(0, &options);
    sheaf_search_options how = {
        .in_order = true, .limit = 1, .column = column, .context = (void *)(uintptr_t)article};
    sheaf_status status = builder ? build(builder, article, room, &bytes, &index, error)
                                  : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (status == SHEAF_OK)
        status = sheaf_search(&found, query, parts, 1, &how, error);
    *matches = found.count > 0;
    sheaf_search_result_clear(&found);
    sheaf_index_builder_free(builder);
    sheaf_buffer_clear(&bytes);
    sheaf_wanted_clear(&wanted);
    return status;
}
