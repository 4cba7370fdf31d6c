/* phrases.c - many phrases at once, against looking for each alone. */
#include "text/phrases.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "check.h"

enum { MOST = 64 };

static sheaf_phrases *make_set(const char *const *list, size_t count) {
    sheaf_slice slices[MOST];
    for (size_t i = 0; i < count; i++)
        slices[i] = sheaf_slice_of(list[i]);
    return sheaf_phrases_new(slices, count);
}

typedef struct found {
    sheaf_buffer text;
    sheaf_slice in;
    size_t most;
} found;

static bool note(void *context, const sheaf_phrase_hit *hit) {
    found *so_far = context;
    if (!hit)
        return true;
    sheaf_buffer_printf(&so_far->text, "%s%u:%.*s", so_far->text.size ? "|" : "",
                        (unsigned)hit->phrase, (int)(hit->to - hit->from),
                        so_far->in.data + hit->from);
    return --so_far->most > 0;
}

static void check_found(const char *const *list, size_t count, const char *text, size_t most,
                        const char *wanted) {
    sheaf_phrases *set = make_set(list, count);
    found so_far = {.in = sheaf_slice_of(text), .most = most};
    sheaf_phrases_find(set, so_far.in, note, &so_far);
    CHECK_TEXT(sheaf_buffer_view(&so_far.text), wanted);
    sheaf_buffer_clear(&so_far.text);
    sheaf_phrases_free(set);
}

#define CHECK_FOUND(text, wanted, ...)                                                             \
    do {                                                                                           \
        const char *const given[] = {__VA_ARGS__};                                                 \
        check_found(given, sizeof given / sizeof *given, text, SIZE_MAX, wanted);                  \
    } while (0)

TEST(finds_whole_words) {
    CHECK_FOUND("a cat, concatenated", "0:cat", "cat");
    CHECK_FOUND("Cat CAT cat.", "0:Cat|0:CAT|0:cat", "cAt");
    CHECK_FOUND("no dog here", "", "cat", "");
    CHECK_FOUND("", "", "cat");
    CHECK_FOUND("internationalisation and internationalism", "1:internationalism",
                "internationally", "internationalism");
}

TEST(finds_several_words) {
    CHECK_FOUND("in New York and New  Delhi, new-york, New.York",
                "0:New York|1:New  Delhi|0:new-york", "new york", "New Delhi");
    CHECK_FOUND("the New York Times said", "1:New York|2:New York Times|0:York", "York", "New York",
                "New York Times");
    CHECK_FOUND("New\n\nYork", "", "New York");
    CHECK_FOUND("St. Louis, St Louis", "0:St. Louis|0:St Louis", "St. Louis");
    CHECK_FOUND("a b a b c", "1:a b|0:a b c|1:a b", "a b c", "a b");
}

TEST(folds_case_and_accents) {
    CHECK_FOUND("São Paulo, SAO PAULO", "0:São Paulo|0:SAO PAULO", "são paulo");
    CHECK_FOUND("Zelenskyy ist in der STRASSE", "0:STRASSE", "Straße");
    CHECK_FOUND("в МОСКВЕ и Москве", "0:МОСКВЕ|0:Москве", "москве");
    CHECK_FOUND("他在北京大学", "0:北京|1:北京大学", "北京", "北京大学");
}

TEST(parts_at_apostrophes) {
    CHECK_FOUND("Paris's mayor, Paris’ mayor, l'Élysée", "0:Paris|0:Paris|1:Élysée", "Paris",
                "Elysée");
    CHECK_FOUND("O'Brien and O’Brien, O Brien", "0:O'Brien|0:O’Brien|0:O Brien", "O'Brien");
    CHECK_FOUND("don't", "0:don't", "don’t");
}

TEST(stops_when_told) {
    static const char *const phrases[] = {"a"};
    check_found(phrases, 1, "a a a a", 2, "0:a|0:a");
}

static void put_number(sheaf_buffer *out, unsigned number) {
    static const char *const parts[] = {"north", "Süd",   "o'er", "x",      "commission",
                                        "of",    "город", "北",   "central"};
    for (unsigned i = 0; i < 3; i++, number /= 9)
        sheaf_buffer_printf(out, "%s%s", i ? " " : "", parts[number % 9]);
}

/* All 729 phrases of three words are found in a text that is longer than a
 * batch, each where it stands. */
static bool count_all(void *context, const sheaf_phrase_hit *hit) {
    size_t *counts = context;
    if (hit)
        counts[hit->phrase]++;
    return true;
}

TEST(finds_all_of_many) {
    static sheaf_slice slices[729];
    static size_t counts[729];
    sheaf_buffer phrases = {0}, text = {0};
    size_t ends[729];
    for (unsigned i = 0; i < 729; i++) {
        put_number(&phrases, i);
        ends[i] = phrases.size;
        for (unsigned k = 0; k < i % 4; k++) {
            put_number(&text, i);
            sheaf_buffer_add(&text, SLICE(". "));
        }
    }
    for (unsigned i = 0; i < 729; i++)
        slices[i] = sheaf_slice_part(sheaf_buffer_view(&phrases), i ? ends[i - 1] : 0, ends[i]);
    sheaf_phrases *set = sheaf_phrases_new(slices, 729);
    CHECK_NUMBER(sheaf_phrases_count(set), 729);
    sheaf_phrases_find(set, sheaf_buffer_view(&text), count_all, counts);
    size_t wrong = 0;
    for (unsigned i = 0; i < 729; i++)
        wrong += counts[i] != i % 4;
    CHECK_NUMBER(wrong, 0);
    sheaf_phrases_free(set);
    sheaf_buffer_clear(&phrases);
    sheaf_buffer_clear(&text);
}

/* Ten thousand phrases that differ in their last word only. */
static bool give_up(void *context, const sheaf_phrase_hit *hit) {
    ++*(size_t *)context;
    return hit != NULL;
}

TEST(asks_whether_to_go_on) {
    static char lines[10000][16];
    static sheaf_slice slices[10000];
    for (int i = 0; i < 10000; i++)
        slices[i] = (sheaf_slice){lines[i], (size_t)sprintf(lines[i], "a a a x%d", i)};
    sheaf_phrases *set = sheaf_phrases_new(slices, 10000);
    size_t calls = 0;
    sheaf_phrases_find(set, SLICE("a a a a a a a a a a a a a a"), give_up, &calls);
    CHECK_NUMBER(calls, 1);
    sheaf_phrases_free(set);
}

TEST(says_when_memory_is_out) {
    static const char *const phrases[] = {"one", "two three"};
    bool out = true;
    for (uint64_t i = 0; out && i < 50; i++) {
        sheaf_memory_fail_at(i);
        sheaf_phrases *set = make_set(phrases, 2);
        out = sheaf_memory_fail_at(UINT64_MAX) > i;
        CHECK(out == !set);
        sheaf_phrases_free(set);
    }
    CHECK(!out);
}

int main(void) {
    RUN(T(finds_whole_words), T(finds_several_words), T(folds_case_and_accents),
        T(parts_at_apostrophes), T(stops_when_told), T(finds_all_of_many), T(asks_whether_to_go_on),
        T(says_when_memory_is_out));
}
