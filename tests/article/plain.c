/* plain.c - paragraphs found in one string. */
#include "article/article.h"
#include "base/slice.h"
#include "check.h"

static void expect(sheaf_slice given, const char *wanted) {
    sheaf_article article;
    sheaf_article_init(&article);
    sheaf_article_set_plain(&article, given);
    CHECK_TEXT(article.field[SHEAF_FIELD_TEXT], wanted);
    sheaf_article_clear(&article);
}

TEST(blank_lines_part_paragraphs) {
    expect(SLICE("One.\n\n\n \nTwo.\r\n\r\nThree."), "One.\n\nTwo.\n\nThree.");
}

TEST(lines_are_paragraphs_where_no_blank_line_is) {
    expect(
        SLICE("A first and quite short one.\nA second, that is longer than the first one was, by "
              "a good deal, so that no typewriter would have written it so.\nThird."),
        "A first and quite short one.\n\nA second, that is longer than the first one was, by a "
        "good deal, so that no typewriter would have written it so.\n\nThird.");
}

TEST(wrapped_lines_are_joined) {
    expect(SLICE("The delegations met for a second day in the old customs\n"
                 "house above the harbour, and left it without a word to\n"
                 "the press.\n\nNobody was surprised."),
           "The delegations met for a second day in the old customs house above the harbour, and "
           "left it without a word to the press.\n\nNobody was surprised.");
}

TEST(controls_go) {
    expect(SLICE("a\0b\x01 c\td\x7F"), "ab c d");
    expect(SLICE("\0\0\n\n"), "");
}

int main(void) {
    RUN(T(blank_lines_part_paragraphs), T(lines_are_paragraphs_where_no_blank_line_is),
        T(wrapped_lines_are_joined), T(controls_go));
}
