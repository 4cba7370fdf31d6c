/* copies.c - how fast copies are found, and how many of them.
 *
 *   bench-copies ROWS.jsonl
 *
 * Speed is megabytes of text a second of CPU time, best of three. memchr over the
 * same bytes is the baseline, and textbook MinHash the peer: the same shingles, and 112
 * multiplications modulo a prime for each. Recall is told against an exact count: an
 * inverted file of all shingles of the first articles finds all pairs that share any,
 * but for shingles that stand in more than 300 articles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article/row.h"
#include "base/memory.h"
#include "base/slice.h"
#include "index/copies.h"
#include "index/minhash.h"

enum { RUNS = 3, SAMPLE = 20000, COMMON = 300 };

typedef struct texts {
    sheaf_slice *items;
    size_t count, bytes;
} texts;

static double cpu(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static char *read_all(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (bytes && fread(bytes, 1, *size, file) != *size)
        *size = 0;
    fclose(file);
    return bytes;
}

static void gather(texts *all, sheaf_slice rows) {
    sheaf_slice line;
    sheaf_article *article = sheaf_article_new();
    all->items = calloc(rows.size / 16 + 1, sizeof *all->items);
    while (sheaf_slice_line(&rows, &line)) {
        if (sheaf_row_read(article, line, &SHEAF_LIMITS_DEFAULT, NULL) != SHEAF_OK)
            continue;
        sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
        char *copy = malloc(text.size + 1);
        memcpy(copy, text.data ? text.data : "", text.size);
        all->items[all->count++] = sheaf_slice_from(copy, text.size);
        all->bytes += text.size;
    }
    sheaf_article_free(article);
}

/* ---- speed ------------------------------------------------------------------------ */

static sheaf_shingles shingles;

static size_t scan(const texts *all) {
    size_t found = 0;
    for (size_t i = 0; i < all->count; i++)
        found += memchr(all->items[i].data, '\x01', all->items[i].size) != NULL;
    return found;
}

static size_t cut(const texts *all) {
    size_t count = 0;
    for (size_t i = 0; i < all->count && sheaf_shingles_of(&shingles, all->items[i]); i++)
        count += shingles.count;
    return count;
}

static size_t sketch(const texts *all) {
    sheaf_sketches *sketches = sheaf_sketches_new();
    for (size_t i = 0; i < all->count; i++) {
        sheaf_shingles_of(&shingles, all->items[i]);
        sheaf_sketches_add(sketches, &shingles, NULL);
    }
    size_t bytes = sheaf_sketches_bytes(sketches);
    sheaf_sketches_free(sketches);
    return bytes;
}

/* (a * x + b) mod (2^61 - 1), as it stands in textbooks. */
static size_t textbook(const texts *all) {
    static const uint64_t prime = ((uint64_t)1 << 61) - 1;
    size_t sum = 0;
    for (size_t i = 0; i < all->count / 20; i++) {
        sheaf_shingles_of(&shingles, all->items[i]);
        for (uint64_t k = 0; k < SHEAF_MINIMA; k++) {
            uint64_t a = (k + 1) * 0x9E3779B97F4A7C15u % prime, least = UINT64_MAX;
            for (size_t j = 0; j < shingles.count; j++) {
                uint64_t value = ((a >> 32) * shingles.ids[j] + k) % prime;
                least = value < least ? value : least;
            }
            sum += least & 1;
        }
    }
    return sum;
}

static double rate(size_t (*work)(const texts *all), const texts *all, size_t bytes) {
    double best = 1e9;
    volatile size_t kept = 0;
    for (int run = 0; run < RUNS; run++) {
        double begun = cpu();
        kept = kept + work(all);
        double took = cpu() - begun;
        best = took < best ? took : best;
    }
    return (double)bytes / best / 1e6;
}

/* ---- recall ------------------------------------------------------------------------- */

typedef struct set {
    uint32_t *ids;
    size_t count;
} set;

static sheaf_status give_text(void *context, unsigned worker, uint32_t article, sheaf_slice *text,
                              sheaf_error *error) {
    (void)worker, (void)error;
    *text = ((const texts *)context)->items[article];
    return SHEAF_OK;
}

static int compare(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static int compare_matches(const void *a, const void *b) {
    const sheaf_match *left = a, *right = b;
    uint64_t one = (uint64_t)left->a << 32 | left->b, other = (uint64_t)right->a << 32 | right->b;
    return (one > other) - (one < other);
}

/* All pairs that share a shingle: lower article in the upper half, each once. */
static uint64_t *exact_pairs(const set *sets, size_t count, size_t *pair_count) {
    size_t total = 0, kept = 0, room = 1 << 20, made = 0;
    for (size_t i = 0; i < count; i++)
        total += sets[i].count;
    uint64_t *keys = malloc(total * sizeof *keys), *pairs = malloc(room * sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < sets[i].count; k++)
            keys[kept++] = (uint64_t)sets[i].ids[k] << 32 | i;
    }
    qsort(keys, kept, sizeof *keys, compare);
    for (size_t from = 0, to; from < kept; from = to) {
        for (to = from + 1; to < kept && keys[to] >> 32 == keys[from] >> 32;)
            to++;
        for (size_t j = from; to - from <= COMMON && j < to; j++) {
            for (size_t i = from; i < j; i++) {
                if (made == room)
                    pairs = realloc(pairs, (room *= 2) * sizeof *pairs);
                pairs[made++] = keys[i] << 32 | (uint32_t)keys[j];
            }
        }
    }
    free(keys);
    qsort(pairs, made, sizeof *pairs, compare);
    for (size_t i = *pair_count = 0; i < made; i++) {
        if (i == 0 || pairs[i] != pairs[i - 1])
            pairs[(*pair_count)++] = pairs[i];
    }
    return pairs;
}

static void tell_recall(const texts *all, double least, const sheaf_match *matches, size_t found) {
    size_t count = all->count < SAMPLE ? all->count : SAMPLE, pair_count, near = 0, met = 0;
    set *sets = calloc(count, sizeof *sets);
    for (size_t i = 0; i < count; i++) {
        sheaf_shingles_of(&shingles, all->items[i]);
        sheaf_shingles_sort(&shingles);
        sets[i] = (set){malloc(shingles.count * sizeof *sets->ids + 1), shingles.count};
        if (shingles.count)
            memcpy(sets[i].ids, shingles.ids, shingles.count * sizeof *sets->ids);
    }
    uint64_t *pairs = exact_pairs(sets, count, &pair_count);
    for (size_t i = 0; i < pair_count; i++) {
        const set *a = &sets[pairs[i] >> 32], *b = &sets[(uint32_t)pairs[i]];
        size_t shared = sheaf_shingles_shared(a->ids, a->count, b->ids, b->count);
        if (shared < 8 || (double)shared < least * (double)(a->count + b->count - shared))
            continue;
        sheaf_match key = {.a = (uint32_t)(pairs[i] >> 32), .b = (uint32_t)pairs[i]};
        near++;
        met += bsearch(&key, matches, found, sizeof key, compare_matches) != NULL;
    }
    printf("near_%.0f %zu\nrecall_%.0f %.4f\n", least * 100, near, least * 100,
           near ? (double)met / (double)near : 1);
    for (size_t i = 0; i < count; i++)
        free(sets[i].ids);
    free(sets);
    free(pairs);
}

static void find(const texts *all) {
    sheaf_candidate *pairs = NULL;
    sheaf_match *matches = NULL;
    size_t count = 0, found = 0;
    sheaf_sketches *sketches = sheaf_sketches_new();
    sheaf_copies_options options = {.fewest = 8, .text = give_text, .context = (void *)all};
    for (size_t i = 0; i < all->count; i++) {
        sheaf_shingles_of(&shingles, all->items[i]);
        sheaf_sketches_add(sketches, &shingles, NULL);
    }
    double begun = cpu();
    sheaf_sketches_pairs(sketches, SHEAF_COPIES_LEAST, &pairs, &count, NULL);
    double paired = cpu();
    sheaf_copies_measure(pairs, count, &options, &matches, &found, NULL);
    printf("bytes_an_article %.1f\npairs_s %.3f\nmeasure_s %.3f\ncandidates %zu\nmatches %zu\n",
           (double)sheaf_sketches_bytes(sketches) / (double)all->count, paired - begun,
           cpu() - paired, count, found);
    tell_recall(all, 0.8, matches, found);
    tell_recall(all, 0.5, matches, found);
    sheaf_free(pairs);
    sheaf_free(matches);
    sheaf_sketches_free(sketches);
}

int main(int argc, char **argv) {
    size_t size = 0;
    char *bytes = argc == 2 ? read_all(argv[1], &size) : NULL;
    texts all = {0};
    if (!bytes) {
        fprintf(stderr, "usage: bench-copies ROWS.jsonl\n");
        return 2;
    }
    gather(&all, sheaf_slice_from(bytes, size));
    printf("memchr %.0f\n", rate(scan, &all, all.bytes));
    printf("shingles %.0f\n", rate(cut, &all, all.bytes));
    printf("sketches %.0f\n", rate(sketch, &all, all.bytes));
    printf("textbook %.1f\n", rate(textbook, &all, all.bytes / 20));
    find(&all);
    return 0;
}
