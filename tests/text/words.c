/* words.c - where words begin and end, in several scripts. */
#include "text/words.h"

#include "check.h"

/* Words of text, joined by bars. */
static void check_words(const char *text, const char *wanted) {
    char got[512];
    size_t used = 0;
    size_t at = 0;
    size_t start;
    size_t end;
    size_t count = 0;
    sheaf_slice slice = sheaf_slice_of(text);
    while (sheaf_word_next(slice, &at, &start, &end)) {
        count++;
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%.*s", used ? "|" : "",
                                 (int)(end - start), text + start);
    }
    CHECK_TEXT(sheaf_slice_from(got, used), wanted);
    CHECK_NUMBER(sheaf_word_count(slice), count);
}

TEST(parts_at_blanks_and_signs) {
    check_words("", "");
    check_words("  \n\t ", "");
    check_words("one", "one");
    check_words("One two,three;four (five) \"six\" - seven!", "One|two|three|four|five|six|seven");
    check_words("well-known left/right", "well|known|left|right");
    check_words("...", "");
    check_words("a", "a");
}

TEST(joins_inside) {
    check_words("don't rock'n'roll", "don't|rock'n'roll");
    check_words("don\xE2\x80\x99t", "don\xE2\x80\x99t");
    check_words("U.S.A. and e.g. so", "U.S.A|and|e.g|so");
    check_words("3.14 1,000,000 2;3", "3.14|1,000,000|2;3");
    check_words("end.3 and 3.end", "end|3|and|3|end");
    check_words("a''b a..b 1,,2", "a|b|a|b|1|2");
    check_words("'quoted' and trailing'", "quoted|and|trailing");
    check_words("B2B 4x4 mp3", "B2B|4x4|mp3");
    check_words("snake_case _x_", "snake_case|_x_");
    check_words("a\xC2\xB7l", "a\xC2\xB7l");
}

TEST(reads_other_alphabets) {
    check_words("Müller größer naïve", "Müller|größer|naïve");
    check_words("Это было, наверное.", "Это|было|наверное");
    check_words("Η Αθήνα", "Η|Αθήνα");
    check_words("في عام ٢٠٢٢، قال", "في|عام|٢٠٢٢|قال");
    check_words("צה\"ל אמר", "צה\"ל|אמר");
    check_words("\"אמר\"", "אמר");
    check_words("हिन्दी में", "हिन्दी|में");
    check_words("서울에서 열린", "서울에서|열린");
    check_words("e\xCC\x81te\xCC\x81 ok", "e\xCC\x81te\xCC\x81|ok");
    check_words("co\xC2\xADoperate", "co\xC2\xADoperate");
}

TEST(lets_dictionary_scripts_stand_alone) {
    check_words("中国2022年abc", "中|国|2022|年|abc");
    check_words("日本の", "日|本|の");
    check_words("カナ", "カ|ナ");
    check_words("กำ ก็", "ก|ำ|ก็");
    check_words("中.国", "中|国");
    check_words("a中", "a|中");
}

TEST(passes_over_what_is_no_text) {
    check_words("\xFF\xFE ok \xC3", "ok");
    check_words("\xE2\x82\xAC 5 \xF0\x9F\x98\x80", "5");
    check_words("a\xE2\x80\x8B"
                "b",
                "a|b");
    check_words("x\xCC\x81' y", "x\xCC\x81|y");
    check_words("\xCC\x81 \xCC\x81", "");
}

/* The counter and the walker are two ways to say one thing. */
TEST(counts_what_it_walks) {
    static const char *const pieces[] = {"a",      "1",      ".",      ",",      "'",
                                         " ",      "\"",     "_",      ":",      "б",
                                         "\u05d0", "\u0301", "\u4e2d", "\u2019", "\u0e01",
                                         "\u200b", "\u0660", "\xFF",   "\u00ad", "\u0e31"};
    unsigned random = 12345;
    int wrong = 0;
    for (int round = 0; round < 20000; round++) {
        char text[128] = {0};
        for (int i = 0; i < 12; i++) {
            random = random * 1103515245u + 12345u;
            strcat(text, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        size_t at = 0;
        size_t start;
        size_t end;
        size_t last = 0;
        size_t count = 0;
        while (sheaf_word_next(sheaf_slice_of(text), &at, &start, &end)) {
            wrong += start < last || end <= start;
            last = end;
            count++;
        }
        wrong += count != sheaf_word_count(sheaf_slice_of(text));
    }
    CHECK_NUMBER(wrong, 0);
}

/* Long runs of ASCII are counted 64 at a time. A soft hyphen now and then, which
 * counts for nothing, keeps the counter from that. */
TEST(counts_blocks_as_single_characters) {
    static const char pieces[] = "aZ19 .',:;_\"-  eotn";
    unsigned random = 99;
    int wrong = 0;
    for (int round = 0; round < 5000; round++) {
        char plain[400], broken[480];
        size_t size = 0, used = 0;
        for (; size < 300; size++) {
            random = random * 1103515245u + 12345u;
            plain[size] = broken[used++] = pieces[(random >> 16) % (sizeof pieces - 1)];
            if (size % 20 == 19) {
                memcpy(broken + used, "\xC2\xAD", 2);
                used += 2;
            }
        }
        wrong += sheaf_word_count(sheaf_slice_from(plain, size)) !=
                 sheaf_word_count(sheaf_slice_from(broken, used));
    }
    CHECK_NUMBER(wrong, 0);
}

int main(void) {
    RUN(T(parts_at_blanks_and_signs), T(joins_inside), T(reads_other_alphabets),
        T(lets_dictionary_scripts_stand_alone), T(passes_over_what_is_no_text),
        T(counts_what_it_walks), T(counts_blocks_as_single_characters));
}
