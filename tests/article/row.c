/* row.c - a record written as a row comes back as it was. */
#include "article/row.h"

#include "base/slice.h"
#include "check.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

static void fill(sheaf_article *article) {
    const sheaf_block_text blocks[] = {
        {SLICE("First, with \"quotes\"."), SHEAF_BLOCK_PARAGRAPH, 10, 31},
        {SLICE("Subhead"), SHEAF_BLOCK_HEADING, 40, 47},
        {SLICE("Se\xCC\x81gou, last."), SHEAF_BLOCK_PARAGRAPH, 50, 63}};
    sheaf_article_win(article, SHEAF_FIELD_HEADLINE, SLICE("  Ministers\n meet  "), "first line");
    sheaf_article_set(article, SHEAF_FIELD_URL,
                      SLICE("HTTPS://News.Example.org:443/a?utm_source=x&b=1#top"));
    sheaf_article_add_author(article, SLICE("Ana Lopez"), SLICE("Editor"));
    sheaf_article_add_keyword(article, SLICE("talks"));
    sheaf_article_add_keyword(article, SLICE("talks"));
    sheaf_article_add_image(article, SLICE("https://x.example/i.jpg"), SLICE("A hall"), SLICE(""));
    sheaf_article_add_link(article, SLICE("https://x.example/2"), SLICE("more"));
    sheaf_article_set_attribute(article, SLICE("quotes"), SLICE("{\"n\":2}"));
    article->dateline =
        (sheaf_dateline){SLICE("OSLO, May 3"), SLICE("Oslo"), SLICE("XXXX-05-03"), SLICE("")};
    sheaf_article_set_blocks(article, blocks, 3);
    article->provenance.file = SLICE("pile/a.txt");
    article->provenance.from = 0;
    article->provenance.to = 63;
    article->provenance.reader = SLICE("dump");
}

TEST(a_record_survives_the_round_trip) {
    sheaf_article article, again;
    sheaf_buffer row = {0}, second = {0};
    sheaf_article_init(&article);
    sheaf_article_init(&again);
    fill(&article);
    CHECK_NUMBER(sheaf_article_finish(&article, SLICE("source bytes"), 0, &limits, NULL), SHEAF_OK);
    sheaf_row_write(&row, &article);
    CHECK_NUMBER(sheaf_row_read(&again, sheaf_buffer_view(&row), &limits, NULL), SHEAF_OK);
    sheaf_row_write(&second, &again);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&row), sheaf_buffer_view(&second)));
    CHECK_TEXT(again.field[SHEAF_FIELD_HEADLINE], "Ministers meet");
    CHECK_TEXT(again.field[SHEAF_FIELD_URL], "https://news.example.org/a?b=1");
    CHECK_NUMBER(again.keywords.count, 1);
    CHECK_NUMBER(again.blocks.count, 3);
    CHECK_NUMBER(again.blocks.items[2].source_from, 50);
    CHECK_NUMBER(again.field[SHEAF_FIELD_ID].size, 16);
    CHECK_TEXT(sheaf_article_attribute(&again, SLICE("quotes")), "{\"n\":2}");
    CHECK_TEXT(again.reasons.items[0].rule, "first line");
    sheaf_buffer_clear(&row);
    sheaf_buffer_clear(&second);
    sheaf_article_clear(&article);
    sheaf_article_clear(&again);
}

TEST(text_becomes_nfc_and_blocks_follow) {
    sheaf_article article;
    sheaf_article_init(&article);
    fill(&article);
    CHECK_NUMBER(sheaf_article_finish(&article, SLICE("x"), 0, &limits, NULL), SHEAF_OK);
    sheaf_slice text = article.field[SHEAF_FIELD_TEXT];
    sheaf_block last = article.blocks.items[2];
    CHECK_TEXT(sheaf_slice_part(text, last.from, last.to), "S\xC3\xA9gou, last.");
    CHECK_NUMBER(last.to, text.size);
    sheaf_article_clear(&article);
}

TEST(the_same_bytes_give_the_same_id_and_others_another) {
    sheaf_article a, b;
    sheaf_article_init(&a);
    sheaf_article_init(&b);
    fill(&a);
    fill(&b);
    sheaf_article_finish(&a, SLICE("bytes"), 0, &limits, NULL);
    sheaf_article_finish(&b, SLICE("bytes"), 0, &limits, NULL);
    CHECK(sheaf_slice_equal(a.field[SHEAF_FIELD_ID], b.field[SHEAF_FIELD_ID]));
    sheaf_article_reset(&b);
    fill(&b);
    sheaf_article_finish(&b, SLICE("bytes"), 1, &limits, NULL);
    CHECK(!sheaf_slice_equal(a.field[SHEAF_FIELD_ID], b.field[SHEAF_FIELD_ID]));
    sheaf_article_clear(&a);
    sheaf_article_clear(&b);
}

TEST(plain_paragraphs_need_no_blocks) {
    sheaf_article article;
    sheaf_buffer row = {0};
    sheaf_article_init(&article);
    sheaf_article_set(&article, SHEAF_FIELD_TEXT, SLICE("One.\n\nTwo."));
    sheaf_article_finish(&article, SLICE("x"), 0, &limits, NULL);
    CHECK_NUMBER(article.blocks.count, 2);
    sheaf_row_write(&row, &article);
    sheaf_buffer_char(&row, '\0');
    CHECK(strstr(row.data, "blocks") == NULL);
    sheaf_buffer_clear(&row);
    sheaf_article_clear(&article);
}

TEST(foul_rows_do_no_harm) {
    static const char *const foul[] = {
        "{\"text\":\"abc\",\"blocks\":[[0,99,\"p\"],[2,1,\"h\"],[1,2,\"p\"],7,[\"x\"]]}",
        "{\"text\":5,\"authors\":{\"a\":1},\"keywords\":[1,[2],{\"a\":3},\"k\"],\"dateline\":[]}",
        "{\"provenance\":{\"from\":-1,\"to\":1e9,\"file\":[1]},\"why\":{\"a\":1},\"attributes\":[1]"
        "}",
        "{\"language_confidence\":99,\"images\":[\"x\",{}],\"links\":[{\"text\":\"t\"}]}"};
    sheaf_article article;
    sheaf_article_init(&article);
    for (size_t i = 0; i < sizeof foul / sizeof *foul; i++)
        CHECK_NUMBER(sheaf_row_read(&article, sheaf_slice_of(foul[i]), &limits, NULL), SHEAF_OK);
    CHECK(sheaf_row_read(&article, SLICE("[1]"), &limits, NULL) == SHEAF_BAD_INPUT);
    CHECK(sheaf_row_read(&article, SLICE("{\"text\":\"a\""), &limits, NULL) == SHEAF_BAD_INPUT);
    sheaf_row_read(&article, sheaf_slice_of(foul[0]), &limits, NULL);
    CHECK_NUMBER(article.blocks.count, 1);
    sheaf_article_clear(&article);
}

int main(void) {
    RUN(T(a_record_survives_the_round_trip), T(text_becomes_nfc_and_blocks_follow),
        T(the_same_bytes_give_the_same_id_and_others_another), T(plain_paragraphs_need_no_blocks),
        T(foul_rows_do_no_harm));
}
