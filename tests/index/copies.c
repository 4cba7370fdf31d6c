/* copies.c - sketches, candidates and groups against an exact count on random texts.
 *
 * Texts are made of numbered words, so that what two have in common can be counted
 * here without any hash: a run of five words is a number with five digits to the
 * base of the vocabulary. */
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"
#include "index/copies.h"
#include "index/minhash.h"
#include "index/pairing.h"
#include "starve.h"

enum {
    VOCABULARY = 4000,
    FAMILIES = 150,
    VERSIONS = 4,
    DOCUMENTS = FAMILIES * VERSIONS,
    LONG = 700
};

typedef struct document {
    unsigned words[LONG];
    size_t count;
    char text[LONG * 8];
    uint64_t runs[LONG];
    size_t run_count;
} document;

static document *documents;
static uint64_t seed = 20210317;

static unsigned chance(unsigned below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

/* A word of letters alone; others write it in other ways. */
static size_t write_word(char *out, unsigned number, bool loud) {
    size_t size = 0;
    for (unsigned i = 0; i < 4; i++, number /= 26)
        out[size++] = (char)((loud ? 'A' : 'a') + (char)(number % 26));
    return size;
}

static void write_text(document *d, bool loud) {
    size_t at = 0;
    for (size_t i = 0; i < d->count; i++) {
        at += write_word(d->text + at, d->words[i], loud && i % 3 == 0);
        if (loud && i % 12 == 11)
            d->text[at++] = '.';
        d->text[at++] = ' ';
    }
    d->text[at] = '\0';
}

static int compare_runs(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static void count_runs(document *d) {
    d->run_count = 0;
    for (size_t i = 0; i + 5 <= d->count; i++) {
        uint64_t run = 0;
        for (size_t k = 0; k < 5; k++)
            run = run * VOCABULARY + d->words[i + k];
        d->runs[d->run_count++] = run;
    }
    qsort(d->runs, d->run_count, sizeof *d->runs, compare_runs);
}

static size_t exact_shared(const document *a, const document *b) {
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a->run_count && j < b->run_count;) {
        shared += a->runs[i] == b->runs[j];
        if (a->runs[i] <= b->runs[j])
            i++;
        else
            j++;
    }
    return shared;
}

static double exact_jaccard(const document *a, const document *b) {
    size_t shared = exact_shared(a, b);
    return (double)shared / (double)(a->run_count + b->run_count - shared);
}

/* A family is one text and three made from it: one word in 500 / 100 / 30 changed. */
static void make_documents(void) {
    static const unsigned one_in[VERSIONS] = {0, 500, 100, 30};
    documents = calloc(DOCUMENTS, sizeof *documents);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        document *d = &documents[i], *first = &documents[i - i % VERSIONS];
        d->count = i % VERSIONS ? first->count : 120 + chance(LONG - 120);
        for (size_t k = 0; k < d->count; k++) {
            bool change = d == first || chance(one_in[i % VERSIONS]) == 0;
            d->words[k] = change ? chance(VOCABULARY) : first->words[k];
        }
        write_text(d, i % 2 == 1);
        count_runs(d);
    }
}

static sheaf_slice text_of(size_t i) {
    return (sheaf_slice){documents[i].text, strlen(documents[i].text)};
}

static sheaf_status give_text(void *context, unsigned worker, uint32_t article, sheaf_slice *text,
                              sheaf_error *error) {
    (void)context, (void)worker, (void)error;
    *text = text_of(article);
    return SHEAF_OK;
}

static sheaf_status sketch(sheaf_sketches *sketches, size_t from, size_t to) {
    sheaf_shingles shingles = {0};
    sheaf_status status = SHEAF_OK;
    for (size_t i = from; i < to && status == SHEAF_OK; i++) {
        status = sheaf_shingles_of(&shingles, text_of(i)) ? SHEAF_OK : SHEAF_NO_MEMORY;
        if (status == SHEAF_OK)
            status = sheaf_sketches_add(sketches, &shingles, NULL);
    }
    sheaf_shingles_clear(&shingles);
    return status;
}

static sheaf_status find(size_t count, double least, unsigned threads, sheaf_match **matches,
                         size_t *found) {
    sheaf_candidate *pairs = NULL;
    size_t pair_count = 0;
    sheaf_copies_options options = {.least = least, .threads = threads, .text = give_text};
    sheaf_sketches *sketches = sheaf_sketches_new();
    sheaf_status status = sketches ? sketch(sketches, 0, count) : SHEAF_NO_MEMORY;
    if (status == SHEAF_OK)
        status = sheaf_sketches_pairs(sketches, least, &pairs, &pair_count, NULL);
    if (status == SHEAF_OK)
        status = sheaf_copies_measure(pairs, pair_count, &options, matches, found, NULL);
    sheaf_free(pairs);
    sheaf_sketches_free(sketches);
    return status;
}

static bool has_pair(const sheaf_match *matches, size_t count, size_t a, size_t b) {
    for (size_t i = 0; i < count; i++) {
        if (matches[i].a == a && matches[i].b == b)
            return true;
    }
    return false;
}

/* ---- tests ------------------------------------------------------------------------ */

TEST(minima_are_the_same_on_every_processor) {
    uint32_t ids[1000], least[SHEAF_MINIMA], plain[SHEAF_MINIMA];
    for (size_t i = 0; i < 1000; i++)
        ids[i] = (uint32_t)chance(1u << 30) * 3;
    for (size_t count = 0; count <= 1000; count += 37) {
        sheaf_minhash(least, ids, count);
        sheaf_minhash_plain(plain, ids, count);
        CHECK(memcmp(least, plain, sizeof least) == 0);
    }
}

/* Of two sets that share a part j, a part j of the minima is the same. */
TEST(minima_agree_as_often_as_sets_do) {
    uint32_t a[1500], b[1500], of_a[SHEAF_MINIMA], of_b[SHEAF_MINIMA];
    double same = 0;
    for (unsigned round = 0; round < 50; round++) {
        for (size_t i = 0; i < 1500; i++) {
            a[i] = (uint32_t)chance(1u << 30);
            b[i] = i < 1000 ? a[i] : (uint32_t)chance(1u << 30); /* j = 1000 / 2000 */
        }
        sheaf_minhash(of_a, a, 1500);
        sheaf_minhash(of_b, b, 1500);
        for (size_t k = 0; k < SHEAF_MINIMA; k++)
            same += of_a[k] == of_b[k];
    }
    same /= 50 * SHEAF_MINIMA;
    CHECK(same > 0.47 && same < 0.53);
}

TEST(case_accents_and_apostrophes_do_not_count) {
    static const char *const same[] = {
        "The minister’s café in Moscow stays OPEN until Friday",
        "the MINISTERS cafe in Moscow stays open until friday",
        "the minister's Cafe\xCC\x81, in Moscow — stays open until Friday!"};
    sheaf_shingles first = {0}, other = {0};
    CHECK(sheaf_shingles_of(&first, sheaf_slice_of(same[0])));
    CHECK_NUMBER(first.count, 5);
    for (size_t i = 1; i < 3; i++) {
        CHECK(sheaf_shingles_of(&other, sheaf_slice_of(same[i])));
        CHECK_NUMBER(other.count, first.count);
        CHECK(memcmp(other.ids, first.ids, first.count * sizeof *first.ids) == 0);
    }
    CHECK(sheaf_shingles_of(&other, SLICE("open stays the cafe of the ministers")));
    sheaf_shingles_sort(&first);
    sheaf_shingles_sort(&other);
    CHECK_NUMBER(sheaf_shingles_shared(first.ids, first.count, other.ids, other.count), 0);
    sheaf_shingles_clear(&first);
    sheaf_shingles_clear(&other);
}

TEST(scripts_without_blanks_have_shingles_too) {
    sheaf_shingles a = {0}, b = {0};
    CHECK(sheaf_shingles_of(&a, SLICE("港口在暴风雨之后重新开放，渔船在黎明前出海。")));
    CHECK(sheaf_shingles_of(&b, SLICE("消息说，港口在暴风雨之后重新开放，渔船却没有出海。")));
    sheaf_shingles_sort(&a);
    sheaf_shingles_sort(&b);
    size_t shared = sheaf_shingles_shared(a.ids, a.count, b.ids, b.count);
    CHECK(a.count >= 12 && a.count <= 20);
    CHECK(shared >= 7 && shared < a.count);
    sheaf_shingles_clear(&a);
    sheaf_shingles_clear(&b);
}

TEST(all_but_one_in_a_hundred_near_copies_are_found) {
    sheaf_match *matches = NULL;
    size_t found = 0, near = 0, missed = 0, apart = 0;
    CHECK_NUMBER(find(DOCUMENTS, 0.3, 1, &matches, &found), SHEAF_OK);
    for (size_t a = 0; a < DOCUMENTS; a++) {
        for (size_t b = a + 1; b < DOCUMENTS && b / VERSIONS == a / VERSIONS; b++) {
            double jaccard = exact_jaccard(&documents[a], &documents[b]);
            near += jaccard >= 0.8;
            missed += jaccard >= 0.8 && !has_pair(matches, found, a, b);
        }
    }
    for (size_t i = 0; i < found; i++)
        apart += matches[i].a / VERSIONS != matches[i].b / VERSIONS;
    CHECK(near > FAMILIES);
    CHECK(missed * 100 <= near);
    CHECK_NUMBER(apart, 0);
    sheaf_free(matches);
}

TEST(what_is_told_is_the_exact_count) {
    sheaf_match *matches = NULL;
    size_t found = 0;
    CHECK_NUMBER(find(DOCUMENTS, 0.3, 1, &matches, &found), SHEAF_OK);
    CHECK(found > FAMILIES);
    for (size_t i = 0; i < found; i++) {
        const document *a = &documents[matches[i].a], *b = &documents[matches[i].b];
        CHECK_NUMBER(matches[i].shared, exact_shared(a, b));
        CHECK_NUMBER(matches[i].in_a, a->run_count);
        CHECK(sheaf_match_jaccard(&matches[i]) == exact_jaccard(a, b));
        CHECK(matches[i].same == (strcmp(a->text, b->text) == 0));
    }
    sheaf_free(matches);
}

TEST(threads_and_parts_change_nothing) {
    sheaf_match *one = NULL, *four = NULL;
    size_t one_count = 0, four_count = 0;
    CHECK_NUMBER(find(DOCUMENTS, 0.3, 1, &one, &one_count), SHEAF_OK);
    CHECK_NUMBER(find(DOCUMENTS, 0.3, 4, &four, &four_count), SHEAF_OK);
    CHECK_NUMBER(four_count, one_count);
    for (size_t i = 0; i < one_count && i < four_count; i++)
        CHECK(one[i].a == four[i].a && one[i].b == four[i].b && one[i].shared == four[i].shared);
    sheaf_free(one);
    sheaf_free(four);
    sheaf_sketches *whole = sheaf_sketches_new(), *left = sheaf_sketches_new(),
                   *right = sheaf_sketches_new(), *again = NULL;
    sheaf_buffer bytes = {0}, joined = {0};
    sketch(whole, 0, 50);
    sketch(left, 0, 20);
    sketch(right, 20, 50);
    CHECK_NUMBER(sheaf_sketches_join(left, right, NULL), SHEAF_OK);
    sheaf_sketches_write(&bytes, whole);
    sheaf_sketches_write(&joined, left);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&bytes), sheaf_buffer_view(&joined)));
    CHECK_NUMBER(sheaf_sketches_read(&again, sheaf_buffer_view(&bytes), NULL), SHEAF_OK);
    sheaf_buffer_reset(&joined);
    sheaf_sketches_write(&joined, again);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&bytes), sheaf_buffer_view(&joined)));
    CHECK_NUMBER(sheaf_sketches_count(again), 50);
    sheaf_buffer_clear(&bytes);
    sheaf_buffer_clear(&joined);
    sheaf_sketches_free(whole);
    sheaf_sketches_free(left);
    sheaf_sketches_free(right);
    sheaf_sketches_free(again);
}

TEST(sketches_that_are_cut_or_lie_are_refused) {
    sheaf_sketches *sketches = sheaf_sketches_new(), *again = NULL;
    sheaf_buffer bytes = {0};
    sheaf_error error;
    sketch(sketches, 0, 3);
    sheaf_sketches_write(&bytes, sketches);
    size_t whole = 0;
    for (size_t size = 0; size < bytes.size; size++) {
        if (sheaf_sketches_read(&again, sheaf_slice_from(bytes.data, size), &error) == SHEAF_OK) {
            whole++;
            sheaf_sketches_free(again);
        }
    }
    CHECK_NUMBER(whole, 3); /* cut between two of them */
    memset(bytes.data + 8 + 4 * SHEAF_BANDS, 0xFF, 4);
    CHECK_NUMBER(sheaf_sketches_read(&again, sheaf_buffer_view(&bytes), &error), SHEAF_BAD_INPUT);
    sheaf_buffer_clear(&bytes);
    sheaf_sketches_free(sketches);
}

/* A note of 150 words that stands whole in a report of 700. */
TEST(a_part_of_another_is_found) {
    enum { ROUNDS = 40 };
    size_t found = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        document *whole = &documents[4 * i], *part = &documents[4 * i + 1];
        document kept[2] = {*whole, *part};
        whole->count = LONG;
        for (size_t k = 0; k < LONG; k++)
            whole->words[k] = chance(VOCABULARY);
        part->count = 150;
        memcpy(part->words, whole->words + 300, 150 * sizeof *part->words);
        write_text(whole, false);
        write_text(part, true);
        sheaf_match *matches = NULL;
        size_t count = 0;
        CHECK_NUMBER(find(4 * i + 2, 0.5, 1, &matches, &count), SHEAF_OK);
        found += has_pair(matches, count, 4 * i, 4 * i + 1);
        sheaf_free(matches);
        documents[4 * i] = kept[0];
        documents[4 * i + 1] = kept[1];
    }
    CHECK(found >= ROUNDS * 9 / 10);
}

TEST(groups_are_what_matches_tie_together) {
    static const sheaf_match matches[] = {{.a = 9, .b = 40},
                                          {.a = 2, .b = 7},
                                          {.a = 7, .b = 30},
                                          {.a = 5, .b = 9},
                                          {.a = 1, .b = 100}};
    static const uint32_t members[] = {1, 100, 2, 7, 30, 5, 9, 40};
    static const size_t starts[] = {0, 2, 5, 8};
    sheaf_groups groups = {0};
    CHECK_NUMBER(sheaf_copies_group(&groups, matches, 5, NULL), SHEAF_OK);
    CHECK_NUMBER(groups.count, 3);
    CHECK(memcmp(groups.members, members, sizeof members) == 0);
    CHECK(memcmp(groups.starts, starts, sizeof starts) == 0);
    sheaf_groups_clear(&groups);
    CHECK_NUMBER(sheaf_copies_group(&groups, NULL, 0, NULL), SHEAF_OK);
    CHECK_NUMBER(groups.count, 0);
    sheaf_groups_clear(&groups);
}

TEST(long_runs_of_one_key_are_linked_and_not_squared) {
    sheaf_keys keys = {0}, pairs = {0};
    for (uint64_t i = 0; i < 1000; i++)
        sheaf_keys_add(&keys, (uint64_t)77 << 32 | i);
    for (uint64_t i = 0; i < 4; i++)
        sheaf_keys_add(&keys, (uint64_t)5 << 32 | (10 * i));
    sheaf_pair_keys(&pairs, &keys);
    CHECK_NUMBER(pairs.count, 6 + 999 + 998);
    CHECK_NUMBER(pairs.items[0], (uint64_t)0 << 32 | 10);
    sheaf_keys_clear(&keys);
    sheaf_keys_clear(&pairs);
}

static sheaf_status hunt(void *context) {
    sheaf_match *matches = NULL;
    sheaf_groups groups = {0};
    size_t found = 0;
    (void)context;
    sheaf_status status = find(12, 0.3, 1, &matches, &found);
    if (status == SHEAF_OK)
        status = sheaf_copies_group(&groups, matches, found, NULL);
    if (status == SHEAF_OK)
        CHECK(groups.count == 3);
    sheaf_groups_clear(&groups);
    sheaf_free(matches);
    return status;
}

TEST(memory_may_run_out_anywhere) {
    CHECK(starve(hunt, NULL, NULL) > 20);
}

int main(void) {
    make_documents();
    RUN(T(minima_are_the_same_on_every_processor), T(minima_agree_as_often_as_sets_do),
        T(case_accents_and_apostrophes_do_not_count), T(scripts_without_blanks_have_shingles_too),
        T(all_but_one_in_a_hundred_near_copies_are_found), T(what_is_told_is_the_exact_count),
        T(threads_and_parts_change_nothing), T(sketches_that_are_cut_or_lie_are_refused),
        T(a_part_of_another_is_found), T(groups_are_what_matches_tie_together),
        T(long_runs_of_one_key_are_linked_and_not_squared), T(memory_may_run_out_anywhere));
}
