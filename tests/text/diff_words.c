/* diff_words.c - what was changed in a text, word by word. */
#include "text/diff_words.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "check.h"

static void note_piece(void *context, char kind, sheaf_slice words) {
    sheaf_buffer_printf(context, "%c|%.*s|", kind, SLICE_ARGS(words));
}

static const char *word_diff(const char *before, const char *after) {
    static char result[512];
    sheaf_buffer pieces = {0};
    bool done =
        sheaf_diff_words(sheaf_slice_of(before), sheaf_slice_of(after), note_piece, &pieces);
    snprintf(result, sizeof result, "%.*s", done ? (int)pieces.size : 4,
             done ? (pieces.size ? pieces.data : "") : "none");
    sheaf_buffer_clear(&pieces);
    return result;
}

TEST(words_that_changed_are_found) {
    CHECK_TEXT(sheaf_slice_of(word_diff("a b c d", "a b c d")), "=|a b c d|");
    CHECK_TEXT(sheaf_slice_of(word_diff("a b c d", "a x c d")), "=|a |-|b |+|x |=|c d|");
    CHECK_TEXT(sheaf_slice_of(word_diff("a b", "a b c")), "=|a b|+|c|");
    CHECK_TEXT(sheaf_slice_of(word_diff("b c", "a b c")), "+|a |=|b c|");
    CHECK_TEXT(sheaf_slice_of(word_diff("a b c", "")), "-|a b c|");
    CHECK_TEXT(sheaf_slice_of(word_diff("", "")), "");
    CHECK_TEXT(sheaf_slice_of(word_diff("one two", "three")), "-|one two|+|three|");
    char many[8000], others[8000];
    for (size_t i = 0; i < sizeof many; i++) {
        many[i] = i % 2 ? ' ' : 'a';
        others[i] = i % 2 ? ' ' : 'b';
    }
    many[sizeof many - 1] = others[sizeof others - 1] = '\0';
    CHECK_TEXT(sheaf_slice_of(word_diff(many, others)), "none");
}

/* Where no blanks are written, each character is a word. */
TEST(characters_that_stand_alone_are_words) {
    CHECK_TEXT(sheaf_slice_of(word_diff("港口重新开放", "港口昨天开放")),
               "=|港口|-|重新|+|昨天|=|开放|");
    CHECK_TEXT(sheaf_slice_of(word_diff("ท่าเรือเปิด", "ท่าเรือปิด")), "=|ท่าเรือ|-|เ|=|ปิด|");
    CHECK_TEXT(sheaf_slice_of(word_diff("NPA通讯社 said", "NPA社 said")),
               "=|NPA|-|通讯|=|社 said|");
    CHECK_TEXT(sheaf_slice_of(word_diff("\xFF\xE6 a", "\xE6 a")), "-|\xFF\xE6 |+|\xE6 |=|a|");
}

int main(void) {
    RUN(T(words_that_changed_are_found), T(characters_that_stand_alone_are_words));
}
