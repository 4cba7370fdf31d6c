/* fold.c - NFC against utf8proc's own, code point by code point, and folding. */
#include "text/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "check.h"

static void check_nfc(const char *text, const char *wanted) {
    sheaf_buffer buffer = {0};
    sheaf_nfc(&buffer, sheaf_slice_of(text));
    CHECK_TEXT(sheaf_buffer_view(&buffer), wanted);
    sheaf_buffer_clear(&buffer);
}

static void check_fold(const char *text, const char *wanted) {
    sheaf_buffer buffer = {0};
    sheaf_fold(&buffer, sheaf_slice_of(text));
    CHECK_TEXT(sheaf_buffer_view(&buffer), wanted);
    sheaf_buffer_clear(&buffer);
}

/* True when we and utf8proc give the same, and sure is never wrong. */
static bool agrees(sheaf_slice text) {
    utf8proc_uint8_t *wanted = NULL;
    utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, &wanted,
                 (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    sheaf_slice right = {(const char *)wanted, wanted ? strlen((const char *)wanted) : 0};
    sheaf_buffer buffer = {0};
    sheaf_nfc(&buffer, text);
    bool good = sheaf_slice_equal(sheaf_buffer_view(&buffer), right) &&
                (!sheaf_nfc_sure(text) || sheaf_slice_equal(text, right));
    sheaf_buffer_clear(&buffer);
    free(wanted);
    return good;
}

static size_t put(char *out, uint32_t c) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

TEST(composes) {
    check_nfc("", "");
    check_nfc("plain", "plain");
    check_nfc("e\u0301t\u00e9", "\u00e9t\u00e9");
    check_nfc("a\u0323\u0302", "\u1ead");
    check_nfc("a\u0302\u0323", "\u1ead");
    check_nfc("\u1112\u1161\u11ab", "\ud55c");
    check_nfc("\u212b", "\u00c5");
    check_nfc("\u0958", "\u0915\u093c");
    check_nfc("\u0301x", "\u0301x");
    check_nfc("\u0438\u0306", "\u0439");
    check_nfc("x e\u0301 y e\u0301", "x \u00e9 y \u00e9");
}

TEST(is_sure_of_usual_text) {
    static const char *const texts[] = {"",
                                        "ASCII only, and a little more of it than eight bytes.",
                                        "Größe, çà et là",
                                        "Это русский текст",
                                        "Ελληνικά",
                                        "中文文本，标点。",
                                        "日本語のテキスト",
                                        "한국어",
                                        "نص عربي",
                                        "ภาษาไทยที่น้ำ",
                                        "हिन्दी में",
                                        "“quotes” – dashes…"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_TEXT(sheaf_nfc_sure(sheaf_slice_of(texts[i])) ? sheaf_slice_of(texts[i])
                                                            : SLICE("not sure"),
                   texts[i]);
    CHECK(!sheaf_nfc_sure(SLICE("e\u0301")));
    CHECK(!sheaf_nfc_sure(SLICE("12345678e\u0301")));
    CHECK(!sheaf_nfc_sure(SLICE("\u212b")));
    CHECK(!sheaf_nfc_sure(SLICE("\u0e48\u0e38"))); /* out of order */
}

/* Each code point alone, behind a letter, and before marks of all kinds. */
TEST(agrees_with_utf8proc_everywhere) {
    static const uint32_t behind[] = {0,      0x0301, 0x0323, 0x0338, 0x094D, 0x0E38,
                                      0x1161, 0x11A8, 0x3099, 0x064B, 0x0653};
    int wrong = 0;
    for (uint32_t c = 1; c < 0x110000; c++) {
        if ((c >= 0xD800 && c <= 0xDFFF) || (c > 0x3400 && c % 7 && c < 0xF900) ||
            (c > 0x20000 && c % 101))
            continue;
        for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
            char text[16] = "a";
            size_t used = 1 + put(text + 1, c);
            if (behind[i])
                used += put(text + used, behind[i]);
            bool good = agrees(sheaf_slice_from(text, used)) &&
                        agrees(sheaf_slice_from(text + 1, used - 1));
            if (!good && wrong++ < 5)
                fprintf(stderr, "U+%04X before U+%04X\n", (unsigned)c, (unsigned)behind[i]);
        }
    }
    CHECK_NUMBER(wrong, 0);
}

TEST(agrees_with_utf8proc_on_heaps_of_marks) {
    static const uint32_t points[] = {'a',    'e',    0x0301, 0x0323, 0x0338, 0x05B0,
                                      0x064B, 0x0E48, 0x0E38, 0x1100, 0x1161, 0x11A8,
                                      0x4E2D, 0x3099, 0x30AB, 0x1EA1};
    unsigned random = 99;
    int wrong = 0;
    for (int round = 0; round < 3000; round++) {
        char text[1024];
        size_t used = 0;
        for (int i = 0; i < 2 + round % 120; i++) {
            random = random * 1103515245u + 12345u;
            used += put(text + used, points[(random >> 16) % (round % 2 ? 16 : 8)]);
        }
        text[used] = '\0';
        wrong += !agrees(sheaf_slice_from(text, used));
    }
    CHECK_NUMBER(wrong, 0);
}

/* A megabyte of marks in falling order must not take quadratic time: this
 * would run for minutes. */
TEST(orders_long_runs_in_linear_time) {
    sheaf_buffer text = {0};
    sheaf_buffer nfc = {0};
    for (int i = 0; i < 250000; i++)
        sheaf_buffer_append(&text, i % 2 ? "\u0323" : "\u0301", 2);
    sheaf_nfc(&nfc, sheaf_buffer_view(&text));
    CHECK_NUMBER(nfc.size, text.size);
    CHECK(sheaf_slice_starts(sheaf_buffer_view(&nfc), SLICE("\u0323\u0323")));
    CHECK(sheaf_slice_ends(sheaf_buffer_view(&nfc), SLICE("\u0301\u0301")));
    sheaf_buffer_clear(&text);
    sheaf_buffer_clear(&nfc);
}

TEST(folds_case_and_accents) {
    check_fold("", "");
    check_fold("The QUICK Fox", "the quick fox");
    check_fold("Éàüñçšőệ", "eauncsoe");
    check_fold("Straße", "strasse");
    check_fold("İSTANBUL", "istanbul");
    check_fold("МОСКВА Ёлка", "москва елка");
    check_fold("ΑΘΉΝΑΣ", "αθηνασ");
    check_fold("أحمد", "احمد");
    check_fold("مُحَمَّد", "محمد");
    check_fold("ﬁne ２０２２ Ⅳ", "fine 2022 iv");
}

TEST(keeps_what_is_no_accent) {
    check_fold("น้ำ ที่", "น้ํา ที่"); /* NFKD takes SARA AM apart */
    check_fold("हिन्दी", "हिन्दी");
    check_fold("がぎ", "がぎ");
    check_fold("ｶﾞ", "ガ");
    check_fold("한국", "한국");
    check_fold("中文", "中文");
}

/* All at once by utf8proc, as if there were no table. */
static size_t fold_slowly(char *out, sheaf_slice text) {
    utf8proc_int32_t points[256];
    utf8proc_ssize_t count = utf8proc_decompose(
        (const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, points, 256,
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                            UTF8PROC_CASEFOLD));
    utf8proc_ssize_t kept = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        int class = utf8proc_get_property(points[i])->combining_class;
        if (class != 1 && !(class >= 10 && class <= 36) && class < 200)
            points[kept++] = points[i];
    }
    kept = utf8proc_normalize_utf32(points, kept,
                                    (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < kept; i++)
        used += put(out + used, (uint32_t)points[i]);
    return used;
}

/* Each character before and behind others that it might melt into. */
TEST(folds_by_table_as_by_rule) {
    static const uint32_t others[] = {0x0301, 0x3099, 0x1161, 0x11A8, 0x304B, 0x0915,
                                      0x093C, 0xAC00, 0x0448, 0x00DF, 0x0E48, 0x2026};
    sheaf_buffer folded = {0};
    int wrong = 0;
    for (uint32_t c = 0x80; c < 0x20000; c++) {
        if ((c >= 0xD800 && c <= 0xDFFF) || (c > 0x3400 && c % 7 && c < 0xF900))
            continue;
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            char text[24], wanted[600];
            size_t used = put(text, others[i]);
            used += put(text + used, c);
            used += put(text + used, others[(i + c) % (sizeof others / sizeof *others)]);
            size_t right = fold_slowly(wanted, sheaf_slice_from(text, used));
            sheaf_buffer_reset(&folded);
            sheaf_fold(&folded, sheaf_slice_from(text, used));
            char word[600];
            size_t size = sheaf_fold_word(word, sizeof word, sheaf_slice_from(text, used));
            bool good = folded.size == right && memcmp(folded.data, wanted, right) == 0 &&
                        size == right && memcmp(word, wanted, right) == 0;
            if (!good && wrong++ < 5)
                fprintf(stderr, "U+%04X behind U+%04X\n", (unsigned)c, (unsigned)others[i]);
        }
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_buffer_clear(&folded);
}

TEST(folds_words_without_allocating) {
    char out[16];
    sheaf_memory_fail_at(0);
    size_t size = sheaf_fold_word(out, sizeof out, SLICE("FÉVRIER"));
    CHECK_TEXT(sheaf_slice_from(out, size), "fevrier");
    size = sheaf_fold_word(out, sizeof out, SLICE("März"));
    CHECK_TEXT(sheaf_slice_from(out, size), "marz");
    CHECK_NUMBER(sheaf_fold_word(out, 3, SLICE("four")), 0);
    CHECK_NUMBER(sheaf_fold_word(out, sizeof out, SLICE("Σεπτεμβρίου")), 0);
    CHECK_NUMBER(sheaf_fold_word(out, sizeof out, SLICE("")), 0);
    sheaf_memory_fail_at(UINT64_MAX);
}

TEST(says_when_memory_is_out) {
    for (uint64_t i = 0; i < 8; i++) {
        sheaf_buffer buffer = {0};
        sheaf_buffer text = {0};
        for (int k = 0; k < 400; k++)
            sheaf_buffer_append(&text, "\u0301\u0323", 4);
        sheaf_memory_fail_at(i);
        sheaf_nfc(&buffer, sheaf_buffer_view(&text));
        bool out = sheaf_memory_fail_at(UINT64_MAX) > i;
        CHECK(buffer.failed == out);
        CHECK(out || buffer.size == text.size);
        sheaf_buffer_clear(&buffer);
        sheaf_buffer_clear(&text);
    }
}

int main(void) {
    RUN(T(composes), T(is_sure_of_usual_text), T(agrees_with_utf8proc_everywhere),
        T(agrees_with_utf8proc_on_heaps_of_marks), T(orders_long_runs_in_linear_time),
        T(folds_case_and_accents), T(keeps_what_is_no_accent), T(folds_by_table_as_by_rule),
        T(folds_words_without_allocating), T(says_when_memory_is_out));
}
