/* damage.c - segments that were cut or changed, and memory that runs out. */
#include "check.h"
#include "collection.h"
#include "base/hash.h"
#include "base/memory.h"
#include "index/merge.h"

enum { ARTICLES = 300 };

static made_article *articles;

static const char *const queries[] = {"w1 w2", "\"w0 w1\"",         "w3*",
                                      "w1~1",  "text:w2 OR NOT w1", "w0 NEAR/3 (w1 OR w2)"};

/* All queries; returns how many could not be answered. */
static size_t ask(const sheaf_index *index) {
    size_t failed = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        sheaf_query query;
        sheaf_search_result result = {0};
        sheaf_search_options options = {.limit = i % 2 ? 5 : 0};
        sheaf_error error = {0};
        size_t at;
        sheaf_status status = sheaf_query_parse(&query, sheaf_slice_of(queries[i]), &at, &error);
        if (status == SHEAF_OK)
            status = sheaf_search(&result, &query, &index, 1, &options, &error);
        CHECK(status == SHEAF_OK || error.message[0]);
        failed += status != SHEAF_OK;
        sheaf_search_result_clear(&result);
        sheaf_query_clear(&query);
    }
    return failed;
}

static void sign(sheaf_buffer *bytes) {
    char *footer = bytes->data + bytes->size - SHEAF_INDEX_FOOTER;
    uint64_t sum = sheaf_hash64((sheaf_slice){footer, SHEAF_INDEX_FOOTER - 8});
    for (unsigned i = 0; i < 8; i++)
        footer[SHEAF_INDEX_FOOTER - 8 + i] = (char)(sum >> (8 * i) & 0xFF);
}

TEST(cut_segments_are_refused) {
    sheaf_buffer bytes = {0};
    sheaf_index index;
    size_t opened = 0;
    CHECK(made_segment(&bytes, articles, 0, ARTICLES, true));
    for (size_t size = 0; size < bytes.size; size += 1 + size / 40) {
        sheaf_error error = {0};
        opened += sheaf_index_open(&index, (sheaf_slice){bytes.data, size}, &error) == SHEAF_OK;
    }
    CHECK_NUMBER(opened, 0);
    sheaf_buffer_clear(&bytes);
}

/* With a sum that is right, whatever else is wrong must be found, or do no harm. */
TEST(changed_bytes_do_no_harm) {
    sheaf_buffer good = {0}, bytes = {0};
    size_t failed = 0, joined = 0;
    CHECK(made_segment(&good, articles, 0, ARTICLES, true));
    for (unsigned round = 0; round < 400; round++) {
        sheaf_index index;
        sheaf_error error = {0};
        sheaf_buffer out = {0};
        sheaf_buffer_reset(&bytes);
        sheaf_buffer_add(&bytes, sheaf_buffer_view(&good));
        size_t tail = round % 3 ? bytes.size : bytes.size / 4;
        for (unsigned i = 1 + made_random(6); i > 0; i--)
            bytes.data[bytes.size - 1 - made_random((unsigned)tail)] = (char)made_random(256);
        sign(&bytes);
        /* a block of its own, so that a read behind it is seen */
        char *exact = malloc(bytes.size);
        memcpy(exact, bytes.data, bytes.size);
        if (sheaf_index_open(&index, (sheaf_slice){exact, bytes.size}, &error) == SHEAF_OK) {
            failed += ask(&index);
            joined += sheaf_index_merge(&index, 1, made_put, &out, &error) == SHEAF_OK;
        } else {
            failed++;
        }
        sheaf_buffer_clear(&out);
        free(exact);
    }
    CHECK(failed > 20 && joined > 20);
    sheaf_buffer_clear(&good);
    sheaf_buffer_clear(&bytes);
}

/* Refuses one allocation after the other until all are granted. */
TEST(running_out_of_memory_is_told) {
    sheaf_buffer good = {0};
    sheaf_index index;
    sheaf_error error = {0};
    CHECK(made_segment(&good, articles, 0, ARTICLES, true));
    CHECK(sheaf_index_open(&index, sheaf_buffer_view(&good), &error) == SHEAF_OK);
    for (uint64_t number = 0, asked = 1; asked > number; number += 1 + number / 16) {
        sheaf_buffer bytes = {0};
        sheaf_memory_fail_at(number);
        bool made = made_segment(&bytes, articles, 0, 40, true);
        asked = sheaf_memory_fail_at(UINT64_MAX);
        CHECK(made == (asked <= number));
        sheaf_buffer_clear(&bytes);
    }
    for (uint64_t number = 0, asked = 1; asked > number; number++) {
        sheaf_memory_fail_at(number);
        size_t failed = ask(&index);
        asked = sheaf_memory_fail_at(UINT64_MAX);
        CHECK((failed == 0) == (asked <= number));
    }
    for (uint64_t number = 0, asked = 1; asked > number; number++) {
        sheaf_buffer out = {0};
        sheaf_memory_fail_at(number);
        sheaf_status status = sheaf_index_merge(&index, 1, made_put, &out, &error);
        asked = sheaf_memory_fail_at(UINT64_MAX);
        CHECK((status == SHEAF_OK) == (asked <= number));
        sheaf_buffer_clear(&out);
    }
    sheaf_buffer_clear(&good);
}

int main(void) {
    articles = calloc(ARTICLES, sizeof *articles);
    for (size_t i = 0; i < ARTICLES; i++)
        made_fill(&articles[i], 40, 30);
    const check_test tests[] = {T(cut_segments_are_refused), T(changed_bytes_do_no_harm),
                                T(running_out_of_memory_is_told)};
    int failed = check_run(tests, sizeof tests / sizeof *tests);
    free(articles);
    return failed;
}
