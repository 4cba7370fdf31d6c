/* json.c - how fast rows are passed over, read and written: megabytes a second.
 *
 *   bench-json ROWS.jsonl
 *
 * Prints "name value" a line, the best of three runs. Baselines over the same
 * bytes: memchr for each newline, and memcpy of each line. */
#include <stdio.h>
#include <time.h>

#include "article/json.h"
#include "article/row.h"
#include "base/slice.h"

enum { RUNS = 3 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

typedef struct bench {
    sheaf_slice rows;
    sheaf_article *article;
    sheaf_buffer out;
    double write; /* seconds within sheaf_row_write, of one run */
    bool failed;
} bench;

static void find_newlines(bench *b) {
    for (size_t at = 0; at != SIZE_MAX && at < b->rows.size;) {
        at = sheaf_slice_find_char(b->rows, at, '\n');
        at += at != SIZE_MAX;
    }
}

static void copy_lines(bench *b) {
    sheaf_slice rest = b->rows, line;
    while (sheaf_slice_line(&rest, &line)) {
        sheaf_buffer_reset(&b->out);
        sheaf_buffer_add(&b->out, line);
    }
}

/* Each top-level key is read, and its value passed over. */
/* Rows hold no CR, so one search finds their ends. */
static bool next_row(sheaf_slice *rest, sheaf_slice *row) {
    size_t end = sheaf_slice_find_char(*rest, 0, '\n');
    if (end == SIZE_MAX)
        return false;
    *row = sheaf_slice_part(*rest, 0, end);
    *rest = sheaf_slice_part(*rest, end + 1, rest->size);
    return true;
}

static void skip_rows(bench *b) {
    sheaf_slice rest = b->rows, line;
    while (next_row(&rest, &line)) {
        sheaf_json json;
        sheaf_json_token token;
        sheaf_json_init(&json, line, 64);
        sheaf_status status = sheaf_json_next(&json, &token, NULL);
        while (!status && !(status = sheaf_json_next(&json, &token, NULL)) &&
               token.kind == SHEAF_JSON_KEY)
            status = sheaf_json_pass(&json, &token, NULL);
        b->failed |= status != SHEAF_OK;
    }
}

static void read_rows(bench *b) {
    sheaf_slice rest = b->rows, line;
    b->write = 0;
    while (sheaf_slice_line(&rest, &line)) {
        b->failed |= sheaf_row_read(b->article, line, &SHEAF_LIMITS_DEFAULT, NULL) != SHEAF_OK;
        double start = now();
        sheaf_buffer_reset(&b->out);
        sheaf_row_write(&b->out, b->article);
        b->write += now() - start;
        b->failed |= b->out.size != line.size;
    }
}

static void print_rate(const char *name, const bench *b, double seconds) {
    printf("%s %.0f\n", name, (double)b->rows.size / 1e6 / seconds);
}

static void measure(bench *b, const char *name, void (*work)(bench *)) {
    double best = 1e9, writing = 1e9;
    for (int i = 0; i < RUNS; i++) {
        b->write = 0;
        double start = now();
        work(b);
        double took = now() - start - b->write;
        best = took < best ? took : best;
        writing = b->write < writing ? b->write : writing;
    }
    print_rate(name, b, best);
    if (work == read_rows)
        print_rate("write", b, writing);
}

static bool read_file(sheaf_buffer *buffer, const char *path) {
    FILE *file = fopen(path, "rb");
    size_t got = 1;
    if (!file)
        return false;
    while (got && sheaf_buffer_reserve(buffer, (size_t)1 << 20)) {
        got = fread(buffer->data + buffer->size, 1, (size_t)1 << 20, file);
        buffer->size += got;
    }
    bool good = !ferror(file) && !buffer->failed;
    fclose(file);
    return good;
}

int main(int count, char **paths) {
    bench b = {0};
    sheaf_buffer bytes = {0};
    if (count != 2 || !read_file(&bytes, paths[1]) || !(b.article = sheaf_article_new())) {
        fprintf(stderr, "bench-json: needs one file of rows\n");
        return 2;
    }
    b.rows = sheaf_buffer_view(&bytes);
    measure(&b, "memchr", find_newlines);
    measure(&b, "memcpy", copy_lines);
    measure(&b, "skip", skip_rows);
    measure(&b, "read", read_rows);
    sheaf_article_free(b.article);
    sheaf_buffer_clear(&b.out);
    sheaf_buffer_clear(&bytes);
    if (b.failed)
        fprintf(stderr, "bench-json: not all rows are canonical\n");
    return b.failed;
}
