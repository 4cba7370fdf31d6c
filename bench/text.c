/* text.c - how fast the text room is: megabytes of a file a second.
 *
 *   bench-text FILE...
 *
 * Each figure is the best of three runs over the whole file, but for language
 * and script, which look at beginnings only and are told in microseconds a
 * call over pieces of 4,000 bytes. memchr over the same bytes is the baseline:
 * no reading of a text can be faster. The NFC check stops at the first doubt:
 * its figure says something only where the result is 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article/date.h"
#include "article/url.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/words.h"

enum { RUNS = 3, PIECE = 4000 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t find_absent(sheaf_slice text) {
    return memchr(text.data, '\x01', text.size) != NULL;
}

static size_t check_nfc(sheaf_slice text) {
    return sheaf_nfc_sure(text);
}

static size_t make_nfc(sheaf_slice text) {
    sheaf_buffer buffer = {0};
    sheaf_nfc(&buffer, text);
    size_t size = buffer.size;
    sheaf_buffer_clear(&buffer);
    return size;
}

static size_t fold(sheaf_slice text) {
    sheaf_buffer buffer = {0};
    sheaf_fold(&buffer, text);
    size_t size = buffer.size;
    sheaf_buffer_clear(&buffer);
    return size;
}

static size_t walk_words(sheaf_slice text) {
    size_t sum = 0;
    size_t start = 0;
    size_t end = 0;
    for (size_t at = 0; sheaf_word_next(text, &at, &start, &end);)
        sum += end - start;
    return sum;
}

static size_t find_dates(sheaf_slice text) {
    sheaf_date date;
    size_t count = 0;
    size_t start;
    size_t end = 0;
    for (; sheaf_date_find(&date, text, end, false, &start, &end); count++)
        continue;
    return count;
}

static size_t find_urls(sheaf_slice text) {
    size_t count = 0;
    size_t start;
    size_t end = 0;
    for (; sheaf_url_find(text, end, &start, &end); count++)
        continue;
    return count;
}

static size_t tell_scripts(sheaf_slice text) {
    size_t sum = 0;
    for (size_t at = 0; at < text.size; at += PIECE)
        sum += sheaf_script_of(sheaf_slice_part(text, at, at + PIECE));
    return sum;
}

static size_t tell_languages(sheaf_slice text) {
    size_t known = 0;
    double confidence;
    for (size_t at = 0; at < text.size; at += PIECE)
        known += strcmp(sheaf_language_of(sheaf_slice_part(text, at, at + PIECE), &confidence),
                        "und") != 0;
    return known;
}

static void measure(const char *name, size_t (*work)(sheaf_slice), sheaf_slice text, bool pieces) {
    double best = 1e9;
    size_t result = 0;
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        result = work(text);
        double took = now() - start;
        best = took < best ? took : best;
    }
    if (pieces)
        printf("  %-16s %9.2f us   (%zu)\n", name,
               best * 1e6 / (double)((text.size + PIECE - 1) / PIECE), result);
    else
        printf("  %-16s %9.0f MB/s (%zu)\n", name, (double)text.size / 1e6 / best, result);
}

static bool read_file(sheaf_buffer *buffer, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t got = 1;
    while (got && sheaf_buffer_reserve(buffer, (size_t)1 << 20)) {
        got = fread(buffer->data + buffer->size, 1, (size_t)1 << 20, file);
        buffer->size += got;
    }
    bool good = !ferror(file) && !buffer->failed;
    fclose(file);
    return good;
}

int main(int count, char **paths) {
    static const struct {
        const char *name;
        size_t (*work)(sheaf_slice);
        bool pieces;
    } works[] = {
        {"memchr", find_absent, false},    {"count words", sheaf_word_count, false},
        {"walk words", walk_words, false}, {"NFC check", check_nfc, false},
        {"NFC", make_nfc, false},          {"fold", fold, false},
        {"find dates", find_dates, false}, {"find URLs", find_urls, false},
        {"script", tell_scripts, true},    {"language", tell_languages, true},
    };
    for (int i = 1; i < count; i++) {
        sheaf_buffer buffer = {0};
        if (!read_file(&buffer, paths[i])) {
            fprintf(stderr, "bench-text: cannot read %s\n", paths[i]);
            return 2;
        }
        printf("%s, %zu bytes\n", paths[i], buffer.size);
        for (size_t k = 0; k < sizeof works / sizeof *works; k++)
            measure(works[k].name, works[k].work, sheaf_buffer_view(&buffer), works[k].pieces);
        sheaf_buffer_clear(&buffer);
    }
    return count < 2 ? 2 : 0;
}
