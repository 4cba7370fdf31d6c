/* counts.c - n-grams counted by tables, runs and merging, against counting by hand. */
#include "index/counts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "check.h"
#include "starve.h"

enum { MOST = 4096 };

typedef struct seen {
    char key[64];
    sheaf_count counts[SHEAF_COUNTS_TOGETHER];
    size_t count;
} seen;

typedef struct seen_all {
    seen items[MOST];
    size_t count;
} seen_all;

static sheaf_status see(void *context, sheaf_slice key, const sheaf_count *counts, size_t count,
                        sheaf_error *error) {
    seen_all *all = context;
    (void)error;
    if (all->count == MOST || key.size >= sizeof all->items[0].key)
        return SHEAF_LIMIT;
    seen *one = &all->items[all->count++];
    snprintf(one->key, sizeof one->key, "%.*s", SLICE_ARGS(key));
    memcpy(one->counts, counts, count * sizeof *counts);
    one->count = count;
    return SHEAF_OK;
}

static const seen *find(const seen_all *all, const char *key) {
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i].key, key) == 0)
            return &all->items[i];
    }
    return NULL;
}

static uint64_t count_of(const seen_all *all, const char *key) {
    const seen *one = find(all, key);
    return one ? one->counts[0].count : 0;
}

static void add(sheaf_counter *c, uint32_t group, const char *text) {
    sheaf_error error;
    sheaf_counter_article(c, group);
    CHECK(sheaf_counter_text(c, sheaf_slice_of(text), &error) == SHEAF_OK);
    CHECK(sheaf_counter_settle(c, &error) == SHEAF_OK);
}

static void merge(seen_all *all, sheaf_counter *const *counters, size_t count) {
    sheaf_error error = {0};
    all->count = 0;
    CHECK(sheaf_counts_merge(counters, count, see, all, &error) == SHEAF_OK);
}

TEST(counts_words) {
    seen_all *all = calloc(1, sizeof *all);
    sheaf_counter_options options = {.n = 1, .groups = 1};
    sheaf_counter *c = sheaf_counter_new(&options);
    add(c, 0,
        "Tea, tea and TEA. \xC3\x89lys\xC3\xA9"
        "e don't");
    add(c, 0, "tea");
    add(c, 0, "");
    merge(all, &c, 1);
    CHECK(count_of(all, "tea") == 4);
    CHECK(find(all, "tea")->counts[0].articles == 2);
    CHECK(count_of(all, "elysee") == 1 && count_of(all, "don't") == 1);
    CHECK(all->count == 4);
    CHECK(sheaf_counter_words(c)[0] == 7 && sheaf_counter_articles(c)[0] == 3);
    sheaf_counter_free(c);
    free(all);
}

TEST(counts_rows_of_words) {
    seen_all *all = calloc(1, sizeof *all);
    sheaf_counter_options options = {.n = 2, .groups = 1};
    sheaf_map stop = {0};
    CHECK(sheaf_map_put(&stop, SLICE("the"), 1) != NULL);
    sheaf_counter *c = sheaf_counter_new(&options);
    add(c, 0, "red tea, red tea. Green tea\ntea leaf");
    merge(all, &c, 1);
    CHECK(count_of(all, "red tea") == 2 && count_of(all, "tea red") == 1);
    CHECK(count_of(all, "tea green") == 0 && count_of(all, "tea tea") == 0); /* ends are ends */
    CHECK(count_of(all, "tea leaf") == 1 && all->count == 4);
    sheaf_counter_free(c);
    options = (sheaf_counter_options){.n = 3, .groups = 1, .stop = &stop};
    c = sheaf_counter_new(&options);
    add(c, 0, "bank of the river, end the war");
    merge(all, &c, 1);
    CHECK(count_of(all, "river end the") == 0 && count_of(all, "the river end") == 0);
    CHECK(count_of(all, "of the river") == 1 && count_of(all, "end the war") == 1);
    sheaf_counter_free(c);
    sheaf_map_clear(&stop);
    free(all);
}

/* So few rows a run that there are hundreds of runs, and two counters, of two groups. */
TEST(merges_runs) {
    seen_all *all = calloc(1, sizeof *all);
    static uint64_t wanted[2][50];
    sheaf_counter_options options = {.n = 1, .groups = 2, .rows = 8};
    sheaf_counter *c[2] = {sheaf_counter_new(&options), sheaf_counter_new(&options)};
    for (unsigned i = 0; i < 2000; i++) {
        char text[64];
        unsigned word = i * i % 47, group = i % 3 == 0;
        snprintf(text, sizeof text, "w%u w%u", word, (word + i) % 50);
        add(c[i % 2], group, text);
        wanted[group][word]++;
        wanted[group][(word + i) % 50]++;
    }
    merge(all, c, 2);
    for (unsigned i = 0; i < 50; i++) {
        char key[16];
        uint64_t sums[2] = {0};
        snprintf(key, sizeof key, "w%u", i);
        const seen *one = find(all, key);
        for (size_t j = 0; one && j < one->count; j++)
            sums[one->counts[j].group] = one->counts[j].count;
        CHECK(sums[0] == wanted[0][i] && sums[1] == wanted[1][i]);
    }
    CHECK(all->count <= 50); /* each is told once for both groups */
    sheaf_counter_free(c[0]);
    sheaf_counter_free(c[1]);
    free(all);
}

TEST(keeps_many_groups_apart) {
    seen_all *all = calloc(1, sizeof *all);
    sheaf_counter_options options = {.n = 1, .groups = 40, .rows = 16};
    sheaf_counter *c = sheaf_counter_new(&options);
    for (uint32_t i = 0; i < 400; i++)
        add(c, i % 40, "same same other");
    merge(all, &c, 1);
    CHECK(all->count == 80);
    for (size_t i = 0; i < all->count; i++) {
        bool same = strcmp(all->items[i].key, "same") == 0;
        CHECK(all->items[i].counts[0].count == (same ? 20u : 10u));
        CHECK(all->items[i].counts[0].articles == 10);
    }
    sheaf_counter_free(c);
    free(all);
}

static sheaf_status count_two(void *context) {
    static const char *const texts[] = {"one two three four five six seven", "two three nine ten"};
    sheaf_counter_options options = {.n = 2, .groups = 1, .rows = 2};
    sheaf_error error = {0};
    seen_all *all = context;
    sheaf_counter *c = sheaf_counter_new(&options);
    sheaf_status status = c ? SHEAF_OK : SHEAF_NO_MEMORY;
    all->count = 0;
    for (size_t i = 0; i < 2 && status == SHEAF_OK; i++) {
        sheaf_counter_article(c, 0);
        status = sheaf_counter_text(c, sheaf_slice_of(texts[i]), &error);
        if (status == SHEAF_OK)
            status = sheaf_counter_settle(c, &error);
    }
    if (status == SHEAF_OK)
        status = sheaf_counts_merge(&c, 1, see, all, &error);
    sheaf_counter_free(c);
    return status;
}

static void look_at_two(void *context, sheaf_status status) {
    CHECK(status != SHEAF_OK || count_of(context, "two three") == 2);
}

TEST(ends_well_without_memory) {
    seen_all *all = calloc(1, sizeof *all);
    CHECK(starve(count_two, look_at_two, all) > 5);
    free(all);
}

TEST(measures) {
    CHECK(fabs(sheaf_counts_g2(10, 10, 100, 100)) < 1e-9);
    /* 2 (30 ln(30/20) + 10 ln(10/20)) */
    CHECK(fabs(sheaf_counts_g2(30, 10, 1000, 1000) - 10.4650) < 0.001);
    CHECK(fabs(sheaf_counts_g2(10, 30, 1000, 1000) + 10.4650) < 0.001);
    CHECK(fabs(sheaf_counts_log_ratio(40, 10, 1000, 1000) - 2) < 1e-9);
    CHECK(fabs(sheaf_counts_log_ratio(4, 0, 1000, 1000) - 3) < 1e-9);
    CHECK(fabs(sheaf_counts_g2(5, 0, 10, 0)) < 1e-9);
}

int main(void) {
    RUN(T(counts_words), T(counts_rows_of_words), T(merges_runs), T(keeps_many_groups_apart),
        T(ends_well_without_memory), T(measures));
}
