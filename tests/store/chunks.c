/* chunks.c - several threads, one order; failures end a run; lookups by URL. */
#include "store/chunks.h"
#include "base/memory.h"
#include "store/sample.h"

typedef struct tally {
    uint64_t next; /* the ordinal that is to be taken next */
    size_t chunks, fails_at;
    bool in_order;
} tally;

static sheaf_status count_rows(void *context, unsigned worker, const sheaf_chunk *chunk,
                               sheaf_scan *scan, void **result, sheaf_error *error) {
    tally *t = context;
    uint64_t ordinal, count = 0;
    sheaf_slice json;
    (void)worker, (void)error;
    while (sheaf_scan_next(scan, &ordinal, &json, NULL) == SHEAF_OK)
        count++;
    uint64_t *made = sheaf_malloc(sizeof *made);
    *made = count;
    *result = made;
    return chunk->number == t->fails_at ? SHEAF_BAD_INPUT : SHEAF_OK;
}

static sheaf_status take_count(void *context, const sheaf_chunk *chunk, void *result,
                               sheaf_error *error) {
    tally *t = context;
    (void)error;
    t->in_order = t->in_order && chunk->number == t->chunks && chunk->from == t->next &&
                  *(uint64_t *)result == chunk->to - chunk->from;
    t->next = chunk->to;
    t->chunks++;
    sheaf_free(result);
    return SHEAF_OK;
}

/* Six commits make six chunks. */
static void make_six(const char *path) {
    pack(path, SHEAF_WRITER_CREATE, 0, 20, NULL);
    for (unsigned i = 1; i < 6; i++)
        pack(path, SHEAF_WRITER_APPEND, 20 * i, 20 * i + 20, NULL);
}

TEST(chunks_are_taken_in_order_whatever_the_threads) {
    char folder[64], path[128];
    sheaf_file *file;
    make_folder(folder);
    make_six(in_folder(path, folder, "a.sheaf"));
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    for (unsigned threads = 0; threads < 5; threads++) {
        tally t = {.in_order = true, .fails_at = SIZE_MAX};
        sheaf_chunks chunks = {
            .threads = threads, .work = count_rows, .take = take_count, .context = &t};
        CHECK_NUMBER(sheaf_file_chunks(file, &chunks, NULL), SHEAF_OK);
        CHECK(t.in_order && t.chunks == 6 && t.next == 120);
        t = (tally){.in_order = true, .fails_at = SIZE_MAX, .next = 30};
        chunks.from = 30;
        chunks.to = 65;
        CHECK_NUMBER(sheaf_file_chunks(file, &chunks, NULL), SHEAF_OK);
        CHECK(t.in_order && t.chunks == 3 && t.next == 65);
        t = (tally){.in_order = true, .fails_at = 1, .next = 30};
        CHECK_NUMBER(sheaf_file_chunks(file, &chunks, NULL), SHEAF_BAD_INPUT);
        CHECK(t.in_order && t.chunks == 1);
    }
    sheaf_file_close(file);
    remove_folder(folder);
}

TEST(each_article_is_found_by_its_url) {
    char folder[64], path[128], url[128];
    sheaf_file *file;
    size_t wrong = 0;
    make_folder(folder);
    make_six(in_folder(path, folder, "a.sheaf"));
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    for (unsigned i = 0; i < 120; i++) {
        uint64_t ordinal = UINT64_MAX;
        snprintf(url, sizeof url, "https://www.site%u.example/news/%u", i % 5, i);
        wrong += sheaf_file_find_url(file, &ordinal, sheaf_slice_of(url), NULL) != SHEAF_OK ||
                 ordinal != i;
    }
    CHECK_NUMBER(wrong, 0);
    uint64_t ordinal;
    CHECK_NUMBER(
        sheaf_file_find_url(file, &ordinal, SLICE("https://www.site1.example/news/2"), NULL),
        SHEAF_MISSING);
    CHECK_NUMBER(sheaf_file_find_url(file, &ordinal, SLICE("https://elsewhere.example/1"), NULL),
                 SHEAF_MISSING);
    sheaf_file_close(file);
    remove_folder(folder);
}

int main(void) {
    RUN(T(chunks_are_taken_in_order_whatever_the_threads), T(each_article_is_found_by_its_url));
}
