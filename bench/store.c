/* store.c - measures reading a sheaf: bench-store FILE; or makes a large one of
 * small articles: bench-store make COUNT FILE.
 *
 * Prints a line for each figure, "name value", the best of several rounds, for
 * bench/run to set beside its peers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article/article.h"
#include "base/slice.h"
#include "store/chunks.h"
#include "store/select.h"

enum { ROUNDS = 5 };

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void must(sheaf_status status, const sheaf_error *error) {
    if (status == SHEAF_OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

/* ---- making --------------------------------------------------------------------- */

static void fill(sheaf_article *article, unsigned long i) {
    static const char *const languages[] = {"en", "de", "fr", "ru"};
    char text[96];
    sheaf_article_reset(article);
    snprintf(text, sizeof text, "%016lx", i * 0x9E3779B97F4A7C15u);
    sheaf_article_set(article, SHEAF_FIELD_ID, sheaf_slice_of(text));
    snprintf(text, sizeof text, "https://site%lu.example/%lu", i % 500, i);
    sheaf_article_set(article, SHEAF_FIELD_URL, sheaf_slice_of(text));
    snprintf(text, sizeof text, "20%02lu-%02lu-%02lu", i / 7 % 24, 1 + i % 12, 1 + i % 28);
    sheaf_article_set(article, SHEAF_FIELD_PUBLISHED, sheaf_slice_of(text));
    sheaf_article_set(article, SHEAF_FIELD_LANGUAGE, sheaf_slice_of(languages[i % 4]));
    sheaf_article_set(article, SHEAF_FIELD_TEXT, sheaf_slice_from("one two three four", i % 19));
}

static int make(unsigned long count, const char *path) {
    sheaf_writer *writer;
    sheaf_error error = {0};
    sheaf_article *article = sheaf_article_new();
    sheaf_writer_options options = {.level = 1};
    must(sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE, &options, &error), &error);
    for (unsigned long i = 0; i < count; i++) {
        fill(article, i);
        must(sheaf_writer_add(writer, article, &error), &error);
    }
    must(sheaf_writer_commit(writer, &error), &error);
    sheaf_writer_close(writer);
    sheaf_article_free(article);
    return 0;
}

/* ---- measuring ------------------------------------------------------------------- */

static double open_time(const char *path) {
    sheaf_file *file;
    sheaf_error error = {0};
    double start = seconds(CLOCK_MONOTONIC);
    must(sheaf_file_open(&file, path, &error), &error);
    double took = seconds(CLOCK_MONOTONIC) - start;
    sheaf_file_close(file);
    return took;
}

/* CPU of opening one of many articles, each by a reader that has unpacked nothing
 * yet of its window. */
static double article_time(const char *path) {
    enum { READS = 300 };
    sheaf_file *file;
    sheaf_error error = {0};
    sheaf_article *article = sheaf_article_new();
    unsigned long long state = 1;
    double took = 0;
    for (int i = 0; i < READS; i++) {
        must(sheaf_file_open(&file, path, &error), &error);
        state = state * 6364136223846793005u + 1442695040888963407u;
        double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        must(sheaf_file_read(file, (state >> 20) % sheaf_file_count(file), article, &error),
             &error);
        took += seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
        sheaf_file_close(file);
    }
    sheaf_article_free(article);
    return took / READS;
}

static sheaf_status read_chunk(void *context, unsigned worker, const sheaf_chunk *chunk,
                               sheaf_scan *scan, void **result, sheaf_error *error) {
    uint64_t ordinal;
    sheaf_slice json;
    sheaf_status status;
    (void)context, (void)worker, (void)chunk, (void)result;
    while ((status = sheaf_scan_next(scan, &ordinal, &json, error)) == SHEAF_OK)
        continue;
    return status == SHEAF_END ? SHEAF_OK : status;
}

static double scan_time(const sheaf_file *file, unsigned threads, clockid_t clock) {
    sheaf_error error = {0};
    sheaf_chunks chunks = {.threads = threads, .work = read_chunk};
    double start = seconds(clock);
    must(sheaf_file_chunks(file, &chunks, &error), &error);
    return seconds(clock) - start;
}

/* 'a.published >= "2012" and a.words > 2 and a.language ~= "de"' */
static double select_time(const sheaf_file *file) {
    const sheaf_test steps[] = {
        {SHEAF_TEST_COMPARE, SHEAF_TEST_PUBLISHED, SHEAF_MORE_EQUAL, 0, SLICE("2012")},
        {SHEAF_TEST_COMPARE, SHEAF_TEST_WORDS, SHEAF_MORE, 2, SLICE("")},
        {.kind = SHEAF_TEST_AND},
        {SHEAF_TEST_COMPARE, SHEAF_TEST_LANGUAGE, SHEAF_UNEQUAL, 0, SLICE("de")},
        {.kind = SHEAF_TEST_AND}};
    sheaf_select *select;
    sheaf_error error = {0};
    uint64_t count;
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    must(sheaf_select_open(&select, file, steps, 5, 0, UINT64_MAX, &error), &error);
    must(sheaf_select_count(select, &count, &error), &error);
    sheaf_select_close(select);
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static double url_time(sheaf_file *file) {
    sheaf_row_columns row;
    sheaf_error error = {0};
    uint64_t ordinal;
    char url[2048];
    must(sheaf_file_row(file, sheaf_file_count(file) - 1, &row, &error), &error);
    snprintf(url, sizeof url, "%.*s", SLICE_ARGS(row.url));
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    sheaf_status status = sheaf_file_find_url(file, &ordinal, sheaf_slice_of(url), &error);
    if (status != SHEAF_MISUSE)
        must(status, &error);
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static double verify_time(sheaf_file *file, unsigned threads) {
    sheaf_error error = {0};
    sheaf_verify_options options = {.threads = threads};
    double start = seconds(CLOCK_MONOTONIC);
    must(sheaf_file_verify(file, &options, &error), &error);
    return seconds(CLOCK_MONOTONIC) - start;
}

static void least(double *best, double took) {
    if (*best == 0 || took < *best)
        *best = took;
}

static int measure(const char *path) {
    sheaf_file *file;
    sheaf_error error = {0};
    double opening = 0, article = 0, cpu = 0, scan1 = 0, scan2 = 0, chosen = 0, url = 0;
    double verify1 = 0, verify2 = 0;
    must(sheaf_file_open(&file, path, &error), &error);
    for (int i = 0; i < ROUNDS; i++) {
        least(&opening, open_time(path));
        least(&article, article_time(path));
        least(&cpu, scan_time(file, 1, CLOCK_PROCESS_CPUTIME_ID));
        least(&scan1, scan_time(file, 1, CLOCK_MONOTONIC));
        least(&scan2, scan_time(file, 2, CLOCK_MONOTONIC));
        least(&chosen, select_time(file));
        least(&url, url_time(file));
        least(&verify1, verify_time(file, 1));
        least(&verify2, verify_time(file, 2));
    }
    double rows = (double)sheaf_file_count(file);
    printf("articles %.0f\nopen_ms %.3f\narticle_ms %.3f\nscan_cpu_s %.4f\nscan1_s %.4f\n"
           "scan2_s %.4f\nmrows_per_s %.1f\nurl_ms %.3f\nverify1_s %.3f\nverify2_s %.3f\n",
           rows, opening * 1e3, article * 1e3, cpu, scan1, scan2, rows / chosen / 1e6, url * 1e3,
           verify1, verify2);
    sheaf_file_close(file);
    return 0;
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "make") == 0)
        return make(strtoul(words[2], NULL, 10), words[3]);
    if (count == 2)
        return measure(words[1]);
    fputs("bench-store FILE | bench-store make COUNT FILE\n", stderr);
    return 2;
}
