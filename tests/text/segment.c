/* segment.c - words by every path: Unicode's own test file, each code point in
 * some company, each place in a block. What this machine has not is said. */
#include "text/segment.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "check.h"
#include "text/word_tables.h"

enum { MOST = 4096 };

static const char *const path_names[] = {"scalar", "AVX2", "AVX-512"};

static bool equal_words(const sheaf_word *a, const sheaf_word *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (a[i].from != b[i].from || a[i].to != b[i].to || a[i].kind != b[i].kind)
            return false;
    }
    return true;
}

static size_t all_words(sheaf_words_path path, sheaf_slice text, sheaf_word *words, size_t step) {
    size_t count = 0;
    size_t got = step;
    for (size_t at = 0; got == step && count + step <= MOST; count += got)
        got = sheaf_words_next_by(path, text, &at, words + count, step);
    return count;
}

/* The same words by every path, taken one by one and all at once. */
static bool paths_agree(sheaf_slice text) {
    static sheaf_word wanted[MOST], words[MOST];
    size_t count = all_words(SHEAF_WORDS_SCALAR, text, wanted, MOST);
    for (sheaf_words_path path = 0; path < SHEAF_WORDS_PATHS; path++) {
        for (size_t step = 1; step <= MOST && sheaf_words_path_exists(path); step *= 8) {
            if (all_words(path, text, words, step) != count || !equal_words(words, wanted, count)) {
                fprintf(stderr, "%s differs from scalar on \"%.*s\"\n", path_names[path],
                        (int)text.size, text.data);
                return false;
            }
        }
    }
    return true;
}

static void check_words(const char *text, const char *wanted) {
    static sheaf_word words[MOST];
    sheaf_buffer got = {0};
    sheaf_slice slice = sheaf_slice_of(text);
    size_t count = all_words(SHEAF_WORDS_AVX512, slice, words, MOST);
    for (size_t i = 0; i < count; i++)
        sheaf_buffer_printf(&got, "%s%.*s%s", i ? "|" : "", (int)(words[i].to - words[i].from),
                            text + words[i].from,
                            words[i].kind == SHEAF_WORD_LETTERS  ? ""
                            : words[i].kind == SHEAF_WORD_NUMBER ? "#"
                                                                 : "*");
    CHECK_TEXT(sheaf_buffer_view(&got), wanted);
    CHECK(paths_agree(slice));
    sheaf_buffer_clear(&got);
}

TEST(cuts_words) {
    check_words("", "");
    check_words("  ... !", "");
    check_words("It's 3.14 or 1,000; U.S. o'clock, end.", "It's|3.14#|or|1,000#|U.S|o'clock|end");
    check_words("the bank’s ‘old’ plan", "the|bank’s|old|plan");
    check_words("snake_case _lead __ trail_", "snake_case|_lead|trail_");
    check_words("2nd 7a 7.a a.7", "2nd|7a|7#|a|a|7#");
    check_words("l'été naïve Straße", "l'été|naïve|Straße");
    check_words("Речь, 5,5 процента: «да»", "Речь|5,5#|процента|да");
    check_words("قال ٣٫٥ في المئة، نعم؟", "قال|٣٫٥#|في|المئة|نعم");
    check_words("東京は3月", "東*|京*|は*|3#|月*");
    check_words("カタ ｶﾞ 人々", "カ*|タ*|ｶﾞ*|人*|々*");
    check_words("กำลัง", "ก*|ำ*|ลั*|ง*");
    check_words("서울에서 9일", "서울에서|9일");
    check_words("צה\"ל ג'ורג'", "צה\"ל|ג'ורג'");
    check_words("e\xCC\x81"
                "a soft\xC2\xADhyphen",
                "e\xCC\x81"
                "a|soft\xC2\xADhyphen");
    check_words("a\xFFz \xC3", "a|z");
}

/* A line of WordBreakTest.txt: text, and whether there is a boundary at each byte. */
static bool read_case(const char *line, sheaf_buffer *text, bool *boundary) {
    size_t marks = 0;
    sheaf_buffer_reset(text);
    for (const char *at = line; *at && *at != '#';) {
        if (strncmp(at, "÷", 2) == 0 || strncmp(at, "×", 2) == 0) {
            boundary[text->size] = strncmp(at, "÷", 2) == 0;
            at += 2;
            marks++;
        } else if (*at == ' ' || *at == '\t' || *at == '\n') {
            at++;
        } else {
            char *end;
            size_t from = text->size;
            sheaf_utf8_append(text, (uint32_t)strtoul(at, &end, 16));
            for (size_t i = from + 1; i < text->size; i++)
                boundary[i] = false;
            at = end;
        }
    }
    return marks > 1;
}

static bool right_boundaries(sheaf_slice text, const bool *boundary) {
    for (size_t at = 0; at < text.size;) {
        size_t next = sheaf_word_boundary(text, at);
        for (size_t i = at + 1; i <= next; i++) {
            if (boundary[i] != (i == next))
                return false;
        }
        at = next;
    }
    return true;
}

/* The class that makes the segment a word of ours; 0 for none, SIZE_MAX where
 * ours are other than UAX #29's. */
static size_t word_class(sheaf_slice text, size_t from, size_t to) {
    size_t class = 0;
    while (from < to) {
        unsigned here = sheaf_word_class(sheaf_utf8_next(text, &from));
        if (here == SHEAF_CLASS_KATAKANA || here == SHEAF_CLASS_LONE_LETTER)
            return SIZE_MAX;
        if ((here >= SHEAF_CLASS_HEBREW && here <= SHEAF_CLASS_IDEOGRAPH) ||
            here == SHEAF_CLASS_NUMBER)
            class = here;
    }
    return class;
}

/* The words of text, which begins at `shift` of the whole, are those that the
 * boundaries say. */
static bool right_words(sheaf_words_path path, sheaf_slice whole, size_t shift, sheaf_slice text,
                        const bool *boundary) {
    static sheaf_word words[MOST];
    size_t count = all_words(path, whole, words, MOST);
    size_t n = 0;
    for (size_t from = 0, to = 0; from < text.size; from = to) {
        for (to = from + 1; !boundary[to];)
            to++;
        size_t class = word_class(text, from, to);
        if (class == SIZE_MAX)
            return true;
        if (class == 0)
            continue;
        if (n == count || words[n].to != shift + to || words[n].from < shift + from)
            return false;
        n++;
    }
    return n + 2 == count; /* and the two that stand behind */
}

static size_t check_case(sheaf_slice text, const bool *boundary) {
    size_t wrong = !right_boundaries(text, boundary);
    sheaf_buffer whole = {0};
    for (size_t shift = 0; shift < 70; shift++) {
        sheaf_buffer_reset(&whole);
        for (size_t i = 0; i < shift; i++)
            sheaf_buffer_char(&whole, '\n');
        sheaf_buffer_add(&whole, text);
        sheaf_buffer_add(&whole, SLICE("\n two words                                        "));
        for (sheaf_words_path path = 0; path < SHEAF_WORDS_PATHS; path++) {
            if (sheaf_words_path_exists(path))
                wrong += !right_words(path, sheaf_buffer_view(&whole), shift, text, boundary);
        }
    }
    sheaf_buffer_clear(&whole);
    return wrong;
}

TEST(passes_word_break_test) {
    static const char place[] = "/usr/share/unicode/auxiliary/WordBreakTest.txt";
    FILE *file = fopen(place, "r");
    if (!file) {
        fprintf(stderr, "SKIPPED: no %s (package unicode-data)\n", place);
        return;
    }
    char line[4096];
    bool boundary[512];
    sheaf_buffer text = {0};
    size_t cases = 0;
    size_t failed = 0;
    bool same_version = fgets(line, sizeof line, file) && strstr(line, "-15.0");
    while (fgets(line, sizeof line, file)) {
        if (!read_case(line, &text, boundary))
            continue;
        cases++;
        size_t wrong = check_case(sheaf_buffer_view(&text), boundary);
        if (wrong)
            fprintf(stderr, "%zu wrong: %s", wrong, line);
        failed += wrong > 0;
    }
    CHECK(cases > 1800);
    CHECK(failed <= (same_version ? 0 : cases / 50)); /* other versions know other characters */
    sheaf_buffer_clear(&text);
    fclose(file);
}

/* Each code point between others, so that a block that takes it for known must be right. */
TEST(knows_every_code_point) {
    sheaf_buffer text = {0};
    size_t wrong = 0;
    for (uint32_t c = 1; c < 0x30000 && wrong < 10; c += 1) {
        if (c >= 0x3400 && c % 16 != 0 && (c & 0xFF00) != 0xFE00 && (c & 0xFF00) != 0xFF00)
            continue;
        sheaf_buffer_reset(&text);
        for (unsigned i = 0; i < 9; i++) {
            static const char *const before[] = {"", "a", "7", " ", ",", "я", "7,", "a.", "\n"};
            static const char *const after[] = {"b", "8", " ", ".b", ",8", "ю", "", "’b", "_"};
            sheaf_buffer_add(&text, sheaf_slice_of(before[i]));
            sheaf_utf8_append(&text, c);
            sheaf_buffer_add(&text, sheaf_slice_of(after[(i + c) % 9]));
            sheaf_buffer_add(&text, SLICE("  -  "));
        }
        wrong += !paths_agree(sheaf_buffer_view(&text));
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_buffer_clear(&text);
}

TEST(agrees_on_noise) {
    static const char *const pieces[] = {"a",        "Zoe",
                                         "4",        ".",
                                         ",",        "'",
                                         "’",        " ",
                                         "_",        "é",
                                         "я",        "ق",
                                         "٣",        "،",
                                         "\n",       ":",
                                         "東",       "ー",
                                         "한",       "ั",
                                         "\"",       "\xE2\x80\xA8",
                                         "א",        "🇫",
                                         "\xC3",     "—",
                                         "\xCC\x81", "\xE2\x80\x8D",
                                         "❤",        "Ⓜ"};
    uint64_t state = 88172645463325252u;
    sheaf_buffer text = {0};
    size_t wrong = 0;
    for (int round = 0; round < 3000 && wrong < 5; round++) {
        sheaf_buffer_reset(&text);
        for (int i = 0; i < 90; i++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            size_t range = round % 3 == 0   ? 9
                           : round % 3 == 1 ? 16
                                            : sizeof pieces / sizeof *pieces;
            sheaf_buffer_add(&text, sheaf_slice_of(pieces[(state >> 20) % range]));
        }
        wrong += !paths_agree(sheaf_buffer_view(&text));
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_buffer_clear(&text);
}

int main(void) {
    for (sheaf_words_path path = 0; path < SHEAF_WORDS_PATHS; path++) {
        if (!sheaf_words_path_exists(path))
            fprintf(stderr, "SKIPPED: this machine has no %s\n", path_names[path]);
    }
    RUN(T(cuts_words), T(passes_word_break_test), T(knows_every_code_point), T(agrees_on_noise));
}
