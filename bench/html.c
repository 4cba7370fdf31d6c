/* html.c - how fast pages are cut into tokens: megabytes a second of CPU time.
 *
 *   bench-html FOLDER…      the *.html files of each
 *
 * Prints "name value" a line, the best of several runs. The baseline is memchr
 * for every '<' of the same bytes. Then tokens alone; tokens with every attribute
 * taken off; tokens with all text of the page decoded. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/slice.h"
#include "page/html_token.h"

enum { RUNS = 7 };

typedef struct bench {
    sheaf_slice *pages;
    size_t count;
    size_t bytes;
    sheaf_buffer out;
    size_t seen; /* keeps the work from being left out */
} bench;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void find_brackets(bench *b, sheaf_slice page) {
    for (size_t at = 0; (at = sheaf_slice_find_char(page, at, '<')) != SIZE_MAX; at++)
        b->seen++;
}

static void tokens(bench *b, sheaf_slice page) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_init(&html, page);
    do {
        sheaf_html_next(&html, &token);
        b->seen++;
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
}

static void attributes(bench *b, sheaf_slice page) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_attribute one;
    sheaf_html_init(&html, page);
    do {
        sheaf_html_next(&html, &token);
        for (size_t at = 0; sheaf_html_attribute_next(token.attributes, &at, &one);)
            b->seen++;
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
}

static void text(bench *b, sheaf_slice page) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_init(&html, page);
    sheaf_buffer_reset(&b->out);
    do {
        sheaf_html_next(&html, &token);
        if (token.kind == SHEAF_HTML_TEXT && token.state <= SHEAF_HTML_STATE_RCDATA)
            sheaf_html_token_text(&b->out, &token);
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
    b->seen += b->out.size;
}

static double rate(bench *b, void (*work)(bench *, sheaf_slice)) {
    double best = 1e9;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        for (size_t i = 0; i < b->count; i++)
            work(b, b->pages[i]);
        double took = now() - start;
        best = took < best ? took : best;
    }
    return (double)b->bytes / best / 1e6;
}

static void give_up(const char *what, const char *path) {
    fprintf(stderr, "bench-html: cannot %s %s\n", what, path);
    exit(2);
}

static void add_page(bench *b, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        give_up("open", path);
    sheaf_buffer page = {0};
    char piece[65536];
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        sheaf_buffer_append(&page, piece, got);
    fclose(file);
    b->pages = realloc(b->pages, (b->count + 1) * sizeof *b->pages);
    if (!b->pages || page.failed)
        give_up("hold", path);
    b->pages[b->count++] = sheaf_buffer_view(&page);
    b->bytes += page.size;
}

static void add_folder(bench *b, const char *path) {
    DIR *folder = opendir(path);
    if (!folder)
        give_up("open", path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char inner[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (sheaf_slice_ends(sheaf_slice_of(entry->d_name), SLICE(".html")))
            add_page(b, inner);
    }
    closedir(folder);
}

int main(int count, char **arguments) {
    bench b = {0};
    for (int i = 1; i < count; i++)
        add_folder(&b, arguments[i]);
    if (b.count == 0)
        give_up("find", "any page: bench-html FOLDER…");
    double memchr_rate = rate(&b, find_brackets), token_rate = rate(&b, tokens);
    b.seen = 0;
    for (size_t i = 0; i < b.count; i++)
        tokens(&b, b.pages[i]);
    printf("pages %zu\nmegabytes %.1f\n", b.count, (double)b.bytes / 1e6);
    printf("tokens_in_kb %.1f\n", (double)b.seen * 1e3 / (double)b.bytes);
    printf("memchr %.0f\ntokens %.0f\ntokens_to_memchr %.3f\n", memchr_rate, token_rate,
           token_rate / memchr_rate);
    printf("attributes %.0f\n", rate(&b, attributes));
    printf("text %.0f\n", rate(&b, text));
    return 0;
}
