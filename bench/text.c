/* text.c - how fast the text room is: megabytes of a file a second.
 *
 *   bench-text FILE...
 *
 * Each figure is CPU time, the best of three runs over the whole file, but for language
 * and script, which look at beginnings only and are told in microseconds a
 * call over pieces of 4,000 bytes. memchr over the same bytes is the baseline:
 * no reading of a text can be faster. The NFC check stops at the first doubt:
 * its figure says something only where the result is 1. ICU and libunistring,
 * where their packages are installed, find words beside ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article/date.h"
#include "article/url.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/phrases.h"
#include "text/segment.h"
#include "text/sentences.h"
#include "text/words.h"

#ifdef SHEAF_BENCH_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif
#ifdef SHEAF_BENCH_UNISTRING
#include <uniwbrk.h>
#endif

enum { RUNS = 3, PIECE = 4000 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
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

static size_t words_by(sheaf_words_path path, sheaf_slice text) {
    static sheaf_word words[1024];
    size_t count = 0;
    size_t got = 1024;
    for (size_t at = 0; got == 1024 && sheaf_words_path_exists(path); count += got)
        got = sheaf_words_next_by(path, text, &at, words, 1024);
    return count;
}

static size_t words_scalar(sheaf_slice text) {
    return words_by(SHEAF_WORDS_SCALAR, text);
}

static size_t words_avx2(sheaf_slice text) {
    return words_by(SHEAF_WORDS_AVX2, text);
}

static size_t words_avx512(sheaf_slice text) {
    return words_by(SHEAF_WORDS_AVX512, text);
}

static size_t cut_sentences(sheaf_slice text) {
    sheaf_sentences walk;
    size_t count = 0, from, to;
    sheaf_sentences_begin(&walk, text, SLICE("und"), NULL);
    while (sheaf_sentence_next(&walk, &from, &to))
        count++;
    return count;
}

static bool count_hit(void *context, const sheaf_phrase_hit *hit) {
    *(size_t *)context += hit != NULL;
    return true;
}

/* 10,000 pairs of words, taken evenly from text itself; with the making of the set. */
static size_t find_phrases(sheaf_slice text) {
    enum { PHRASES = 10000 };
    static sheaf_slice phrases[PHRASES];
    sheaf_word words[2];
    size_t count = 0;
    for (size_t i = 0; i < PHRASES && count < PHRASES; i++) {
        size_t at = 0;
        sheaf_slice rest = sheaf_slice_part(text, text.size / PHRASES * i, text.size);
        if (sheaf_words_next(rest, &at, words, 2) == 2 && words[1].to - words[0].from > 12)
            phrases[count++] = sheaf_slice_part(rest, words[0].from, words[1].to);
    }
    size_t hits = 0;
    sheaf_phrases *set = sheaf_phrases_new(phrases, count);
    if (set)
        sheaf_phrases_find(set, text, count_hit, &hits);
    sheaf_phrases_free(set);
    return hits;
}

#ifdef SHEAF_BENCH_ICU
static size_t icu_breaks(UBreakIteratorType type, sheaf_slice text) {
    UErrorCode error = U_ZERO_ERROR;
    UText *bytes = utext_openUTF8(NULL, text.data, (int64_t)text.size, &error);
    UBreakIterator *breaks = ubrk_open(type, "en", NULL, 0, &error);
    ubrk_setUText(breaks, bytes, &error);
    size_t count = 0;
    while (U_SUCCESS(error) && ubrk_next(breaks) != UBRK_DONE)
        count += type == UBRK_SENTENCE || ubrk_getRuleStatus(breaks) >= UBRK_WORD_NUMBER;
    ubrk_close(breaks);
    utext_close(bytes);
    return count;
}

static size_t icu_words(sheaf_slice text) {
    return icu_breaks(UBRK_WORD, text);
}

static size_t icu_sentences(sheaf_slice text) {
    return icu_breaks(UBRK_SENTENCE, text);
}
#endif

#ifdef SHEAF_BENCH_UNISTRING
static size_t unistring_words(sheaf_slice text) {
    char *breaks = malloc(text.size);
    size_t count = 0;
    if (!breaks)
        return 0;
    u8_wordbreaks((const uint8_t *)text.data, text.size, breaks);
    for (size_t i = 0; i < text.size; i++)
        count += (size_t)breaks[i];
    free(breaks);
    return count;
}
#endif

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
        {"memchr", find_absent, false},
        {"count words", sheaf_word_count, false},
        {"walk words", walk_words, false},
        {"words, scalar", words_scalar, false},
        {"words, AVX2", words_avx2, false},
        {"words, AVX-512", words_avx512, false},
#ifdef SHEAF_BENCH_ICU
        {"ICU words", icu_words, false},
        {"ICU sentences", icu_sentences, false},
#endif
#ifdef SHEAF_BENCH_UNISTRING
        {"libunistring", unistring_words, false},
#endif
        {"sentences", cut_sentences, false},
        {"phrases", find_phrases, false},
        {"NFC check", check_nfc, false},
        {"NFC", make_nfc, false},
        {"fold", fold, false},
        {"find dates", find_dates, false},
        {"find URLs", find_urls, false},
        {"script", tell_scripts, true},
        {"language", tell_languages, true},
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
