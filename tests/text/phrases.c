/* phrases.c - many phrases at once, against looking for each alone. */
#include "text/phrases.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "check.h"
#include "text/fold.h"
#include "text/phrases_runs.h"
#include "text/segment.h"

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

/* ---- against looking for each phrase alone, word by word ---- */

enum { TOKENS = 2000, PIECES = 400, PHRASES = 24, ROUNDS = 300 };

typedef struct part {
    size_t from, to;
} part;

static size_t apostrophe_at(sheaf_slice text, size_t at) {
    static const char *const marks[] = {"'", "‘", "’"};
    for (size_t i = 0; i < 3; i++) {
        if (sheaf_slice_starts(sheaf_slice_part(text, at, text.size), sheaf_slice_of(marks[i])))
            return strlen(marks[i]);
    }
    return 0;
}

static size_t parts_of(sheaf_slice text, part *parts) {
    sheaf_word word;
    size_t count = 0;
    for (size_t at = 0; sheaf_words_next_by(SHEAF_WORDS_SCALAR, text, &at, &word, 1);) {
        size_t from = word.from;
        for (size_t k = from; k <= word.to;) {
            size_t mark = k < word.to ? apostrophe_at(text, k) : 1;
            if (mark && k > from)
                parts[count++] = (part){from, k};
            k += mark ? mark : 1;
            from = mark ? k : from;
        }
    }
    return count;
}

static bool thin_char(uint32_t c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '-' || c == 0xA0 || c == 0xAD ||
           (c >= 0x2009 && c <= 0x2012);
}

static bool same_between(sheaf_slice here, sheaf_slice wanted) {
    size_t lines = 0;
    if (here.size == 0 || sheaf_slice_equal(here, wanted))
        return here.size == wanted.size;
    if (apostrophe_at(here, 0) == here.size)
        return wanted.size && apostrophe_at(wanted, 0) == wanted.size;
    for (size_t at = 0; at < here.size;) {
        uint32_t c = sheaf_utf8_next(here, &at);
        lines += c == '\n';
        if (!thin_char(c))
            return false;
    }
    return lines < 2 && here.size <= 16;
}

/* Words that are too long to be folded stay as they are. */
static bool same_part(sheaf_slice a, sheaf_slice b) {
    char one[256], two[256];
    size_t one_size = sheaf_fold_word(one, sizeof one, a);
    size_t two_size = sheaf_fold_word(two, sizeof two, b);
    return sheaf_slice_equal(one_size ? sheaf_slice_from(one, one_size) : a,
                             two_size ? sheaf_slice_from(two, two_size) : b);
}

static bool stands_at(sheaf_slice text, const part *parts, sheaf_slice phrase, const part *wanted,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!same_part(sheaf_slice_part(text, parts[i].from, parts[i].to),
                       sheaf_slice_part(phrase, wanted[i].from, wanted[i].to)))
            return false;
        if (i && !same_between(sheaf_slice_part(text, parts[i - 1].to, parts[i].from),
                               sheaf_slice_part(phrase, wanted[i - 1].to, wanted[i].from)))
            return false;
    }
    return count > 0;
}

static void add_hit(sheaf_buffer *out, size_t phrase, size_t from, size_t to) {
    sheaf_buffer_printf(out, "%u:%u-%u ", (unsigned)phrase, (unsigned)from, (unsigned)to);
}

/* Hits of all phrases that begin at the i-th part: those of one word come first. */
static void look_at(sheaf_buffer *out, sheaf_slice text, const part *parts, size_t left,
                    const sheaf_slice *phrases) {
    for (int many = 0; many < 2; many++) {
        for (size_t p = 0; p < PHRASES; p++) {
            part wanted[TOKENS];
            size_t count = parts_of(phrases[p], wanted);
            if ((count > 1) == many && count <= left &&
                stands_at(text, parts, phrases[p], wanted, count))
                add_hit(out, p, parts[0].from, parts[count - 1].to);
        }
    }
}

static unsigned chance(unsigned *seed, unsigned below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void add_pieces(sheaf_buffer *out, unsigned *seed, size_t count) {
    static const char *const pieces[] = {
        " ",
        " ",
        " ",
        " ",
        " ",
        "-",
        "\n",
        "\n\n",
        ".",
        ",",
        "'",
        "’",
        "“",
        "—",
        "_",
        "\"",
        ": ",
        "(",
        "the",
        "The",
        "a",
        "A",
        "new",
        "NEW",
        "york",
        "York",
        "naïve",
        "naive",
        "NAÏVE",
        "nai\u0308ve",
        "École",
        "ecole",
        "e\u0301cole",
        "Straße",
        "STRASSE",
        "Москва",
        "москва",
        "мои",
        "мой",
        "ёлка",
        "елка",
        "北京",
        "北",
        "カタ",
        "ไทย",
        "ก",
        "한국",
        "서울",
        "3.14",
        "3,5",
        "1st",
        "U.S",
        "\u00AD",
        "\u2009",
        "\u200D",
        "\u00A0",
        "«",
        "»",
        "é",
        "\u0301",
        "ﬁn",
        "fin",
        "Ｆｉｎ",
        "שלום",
        "ش",
        "\u2024",
        "²",
        "ª",
        "\u0345",
        "internationally",
        "internationalised",
        "bnnounce",
        "announced",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    for (size_t i = 0; i < count; i++)
        sheaf_buffer_add(out, sheaf_slice_of(pieces[chance(seed, sizeof pieces / sizeof *pieces)]));
}

static bool list_hit(void *context, const sheaf_phrase_hit *hit) {
    if (hit)
        add_hit(context, hit->phrase, hit->from, hit->to);
    return true;
}

static size_t check_paths(sheaf_slice text, const sheaf_slice *phrases) {
    part parts[TOKENS];
    sheaf_buffer wanted = {0};
    size_t count = parts_of(text, parts);
    for (size_t i = 0; i < count; i++)
        look_at(&wanted, text, parts + i, count - i, phrases);
    sheaf_phrases *set = sheaf_phrases_new(phrases, PHRASES);
    sheaf_buffer_add(&wanted, SLICE("\0"));
    for (int path = 0; path < SHEAF_RUNS_PATHS; path++) {
        sheaf_buffer got = {0};
        if (!sheaf_runs_path(path))
            continue;
        sheaf_phrases_find_by(path, set, text, list_hit, &got);
        CHECK_TEXT(sheaf_buffer_view(&got), wanted.size ? wanted.data : "");
        sheaf_buffer_clear(&got);
    }
    size_t size = wanted.size;
    sheaf_phrases_free(set);
    sheaf_buffer_clear(&wanted);
    return size;
}

TEST(finds_what_each_alone_would) {
    unsigned seed = 7;
    size_t hits = 0;
    for (int round = 0; round < ROUNDS; round++) {
        sheaf_buffer text = {0}, all = {0};
        sheaf_slice phrases[PHRASES];
        size_t ends[PHRASES + 1] = {0};
        add_pieces(&text, &seed, 1 + chance(&seed, PIECES));
        for (size_t p = 0; p < PHRASES; p++) {
            add_pieces(&all, &seed, 1 + chance(&seed, 4));
            ends[p + 1] = all.size;
        }
        for (size_t p = 0; p < PHRASES; p++)
            phrases[p] = sheaf_slice_part(sheaf_buffer_view(&all), ends[p], ends[p + 1]);
        hits += check_paths(sheaf_buffer_view(&text), phrases);
        sheaf_buffer_clear(&text);
        sheaf_buffer_clear(&all);
    }
    CHECK(hits > 10000);
}

int main(void) {
    RUN(T(finds_whole_words), T(finds_several_words), T(folds_case_and_accents),
        T(parts_at_apostrophes), T(stops_when_told), T(finds_what_each_alone_would),
        T(finds_all_of_many), T(asks_whether_to_go_on), T(says_when_memory_is_out));
}
