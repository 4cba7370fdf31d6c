/* index.c - any line as a query, on any bytes behind it as a segment of an index.
 *
 * The sum in the footer is made good first: a fuzzer cannot guess it, and an enemy
 * can compute it. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/slice.h"
#include "index/merge.h"
#include "index/search.h"
#include "index/snippet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SUM = 8 };

static void make_good(char *bytes, size_t size) {
    if (size < SHEAF_INDEX_FOOTER)
        return;
    char *footer = bytes + size - SHEAF_INDEX_FOOTER;
    uint64_t sum = sheaf_hash64((sheaf_slice){footer, SHEAF_INDEX_FOOTER - SUM});
    for (int i = 0; i < SUM; i++)
        footer[SHEAF_INDEX_FOOTER - SUM + i] = (char)(sum >> (8 * i));
}

static sheaf_status put(void *context, sheaf_slice bytes, sheaf_error *error) {
    (void)error;
    *(size_t *)context += bytes.size;
    return SHEAF_OK;
}

static void look(const sheaf_index *index, const sheaf_query *query) {
    sheaf_search_result result;
    sheaf_error error;
    size_t written = 0;
    for (size_t limit = 0; limit < 4; limit += 3) {
        sheaf_search_options options = {.limit = limit};
        sheaf_search(&result, query, &index, 1, &options, &error);
        sheaf_search_result_clear(&result);
    }
    sheaf_index_merge(index, 1, put, &written, &error);
}

/* The query against its own text. */
static void show(const sheaf_query *query, sheaf_slice text) {
    sheaf_wanted wanted;
    sheaf_snippet snippet;
    sheaf_wanted_init(&wanted, query);
    sheaf_snippet_make(&snippet, &wanted, text, SLICE("en"), 10);
    sheaf_snippet_clear(&snippet);
    sheaf_wanted_clear(&wanted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice all = {(const char *)data, size};
    size_t end = sheaf_slice_find_char(all, 0, '\n'), at;
    sheaf_slice text = sheaf_slice_part(all, 0, end);
    sheaf_slice rest = sheaf_slice_part(all, end == SIZE_MAX ? size : end + 1, size);
    sheaf_query query;
    sheaf_index index;
    sheaf_error error;
    char *bytes = malloc(rest.size + 1);
    if (!bytes)
        return 0;
    if (rest.size)
        memcpy(bytes, rest.data, rest.size);
    make_good(bytes, rest.size);
    bool sound = sheaf_query_parse(&query, text, &at, &error) == SHEAF_OK;
    if (sound)
        show(&query, text);
    if (sound && sheaf_index_open(&index, (sheaf_slice){bytes, rest.size}, &error) == SHEAF_OK)
        look(&index, &query);
    sheaf_query_clear(&query);
    free(bytes);
    return 0;
}
