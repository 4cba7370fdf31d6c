/* row_view.c - an article whose row is lent is the same as one that was read whole: field by
 * field, and byte by byte when it is written, whatever was done to it and however odd the row. */
#include "article/row.h"
#include "base/slice.h"
#include "starve.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

#define WHERE                                                                                      \
    "\"provenance\":{\"file\":\"a.txt\",\"sha256\":\"ab\",\"from\":0,\"to\":9,\"reader\":\"x\"}"
#define TEXT_OF "\"text\":\"One \\\"two\\\".\\n\\nThree \xC3\xA9\\tfour.\""

/* As they are written. */
static const char *const plain_rows[] = {
    "{\"id\":\"a1\"}",
    "{\"id\":\"a1\"," TEXT_OF "}",
    "{\"id\":\"a1\",\"url\":\"https://a.example/"
    "\",\"headline\":\"He\\\\ad\",\"authors\":[{\"name\":"
    "\"Ana \\\"A\\\"\",\"role\":\"Editor\"},{\"name\":\"Bo\"}],\"dateline\":{\"place\":\"Oslo\"},"
    "\"published\":\"2021-03\",\"language\":\"en\",\"language_confidence\":0.98,\"keywords\":["
    "\"a\","
    "\"b\"],\"images\":[{\"url\":\"u\",\"caption\":\"c\"}],\"links\":[{\"url\":\"l\"}],"
    "\"relations\":"
    "[{\"type\":\"version_of\",\"id\":\"z\"}]," TEXT_OF "," WHERE
    ",\"why\":{\"headline\":\"first\"},"
    "\"attributes\":{\"q\":{\"n\":[1,2]},\"r\":\"\\n\"}}",
    "{\"id\":\"a2\",\"language\":\"en\",\"language_confidence\":1,\"text\":\"Head\\n\\nOne.\\n\\n"
    "Two.\",\"blocks\":[[0,4,\"h\"],[6,10,\"p\",3,9],[12,16,\"p\"]]," WHERE "}",
    "{\"id\":\"a3\"," TEXT_OF ",\"attributes\":{\"quarantine\":1,\"b\":[]}}",
};

/* Each differs from what would be written of it, or is taken for such. */
static const char *const odd_rows[] = {
    "{\"id\":\"a\"}}",
    "{\"id\":\"a\",\"attributes\":{\"r\":\"\\u0001\"}}",
    "{}",
    " {\"id\":\"a\"}",
    "{\"id\":\"a\"} ",
    "{\"id\":\"a\" ,\"text\":\"b\"}",
    "{\"text\":\"b\",\"id\":\"a\"}",
    "{\"id\":\"a\",\"id\":\"b\"}",
    "{\"id\":\"a\",\"unknown\":1}",
    "{\"id\":\"a\",\"url\":\"\"}",
    "{\"id\":\"a\",\"url\":null}",
    "{\"id\":\"a\",\"headline\":\"\\u0041\"}",
    "{\"id\":\"a\",\"headline\":\"a\\/b\"}",
    "{\"id\":\"a\",\"headline\":\"a\tb\"}",
    "{\"id\":\"a\",\"headline\":\"a\xFF\"}",
    "{\"id\":\"a\",\"authors\":[]}",
    "{\"id\":\"a\",\"authors\":[{\"role\":\"r\"}]}",
    "{\"id\":\"a\",\"authors\":[{\"role\":\"r\",\"name\":\"n\"}]}",
    "{\"id\":\"a\",\"authors\":[{\"name\":\"n\",\"name\":\"m\"}]}",
    "{\"id\":\"a\",\"authors\":[\"n\"]}",
    "{\"id\":\"a\",\"authors\":[{\"name\":\"\\u00e9\"}]}",
    "{\"id\":\"a\",\"dateline\":{\"agency\":\"n\"}}",
    "{\"id\":\"a\",\"dateline\":{\"raw\":\"x\",\"place\":\"\"}}",
    "{\"id\":\"a\",\"language_confidence\":0.980}",
    "{\"id\":\"a\",\"language_confidence\":0.9876}",
    "{\"id\":\"a\",\"language_confidence\":0}",
    "{\"id\":\"a\",\"language_confidence\":1e0}",
    "{\"id\":\"a\",\"language_confidence\":7}",
    "{\"id\":\"a\",\"keywords\":[\"\"]}",
    "{\"id\":\"a\",\"keywords\":[\"x\", \"y\"]}",
    "{\"id\":\"a\",\"links\":[{\"text\":\"y\"}]}",
    "{\"id\":\"a\",\"text\":\"One.\\n\\nTwo.\",\"blocks\":[[0,4,\"p\"],[6,10,\"p\"]]}",
    "{\"id\":\"a\",\"text\":\"One.\\n\\nTwo.\",\"blocks\":[[0,4,\"h\"],[6,99,\"p\"]]}",
    "{\"id\":\"a\",\"text\":\"One.\\n\\nTwo.\",\"blocks\":[[0,4,\"h\"],[2,10,\"p\"]]}",
    "{\"id\":\"a\",\"text\":\"One.\\n\\nTwo.\",\"blocks\":[[0,4,\"odd\"]]}",
    "{\"id\":\"a\",\"text\":\"One.\",\"blocks\":[[00,4,\"h\"]]}",
    "{\"id\":\"a\",\"text\":\"\xC3\xA9ne.\",\"blocks\":[[1,4,\"h\"]]}",
    "{\"id\":\"a\",\"blocks\":[[0,4,\"h\"]]}",
    "{\"id\":\"a\",\"provenance\":{\"entry\":\"e\"}}",
    "{\"id\":\"a\",\"provenance\":{\"file\":\"e\",\"from\":3}}",
    "{\"id\":\"a\",\"provenance\":{\"file\":\"e\",\"from\":3,\"to\":0}}",
    "{\"id\":\"a\",\"provenance\":{\"file\":\"e\",\"from\":03,\"to\":9}}",
    "{\"id\":\"a\",\"why\":{}}",
    "{\"id\":\"a\",\"why\":{\"x\":1}}",
    "{\"id\":\"a\",\"attributes\":{}}",
    "{\"id\":\"a\",\"attributes\":\xEF\xBB\xBF{\"x\":1}}",
    "{\"id\":\"a\",\"attributes\":{\"x\": 1}}",
};

/* Not rows at all. */
static const char *const bad_rows[] = {
    "",
    "{",
    "[]",
    "{\"id\":\"a\"",
    "{\"id\":\"a\",}",
    "{\"id\":\"a\",\"authors\":[}",
    "{\"id\":\"a\",\"attributes\":{\"x\":[1,]}}",
    "{\"id\":\"a\",\"text\":\"b}",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- what may happen to an article ------------------------------------------------ */

static void set_headline(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("headline"));
    sheaf_article_set(article, SHEAF_FIELD_HEADLINE, SLICE("Another \"one\""));
}

static void drop_url(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("url"));
    article->field[SHEAF_FIELD_URL] = (sheaf_slice){0};
}

static void add_attribute(sheaf_article *article) {
    sheaf_article_set_attribute(article, SLICE("note"), SLICE("{\"long\":true}"));
}

static void replace_attribute(sheaf_article *article) {
    sheaf_article_set_attribute(article, SLICE("q"), SLICE("0"));
}

static void drop_attribute(sheaf_article *article) {
    sheaf_article_drop_attribute(article, SLICE("quarantine"));
}

static void set_text(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("text"));
    sheaf_article_set(article, SHEAF_FIELD_TEXT, SLICE("New.\n\nText."));
    article->blocks.count = 0;
    sheaf_article_derive_blocks(article);
}

static void set_blocks(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("blocks"));
    sheaf_block block = {0, 1, SHEAF_BLOCK_HEADING, 0, 0};
    article->blocks.count = 0;
    if (article->field[SHEAF_FIELD_TEXT].size > 1)
        SHEAF_LIST_ADD(article, blocks, block);
}

static void set_language(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("language"));
    sheaf_article_set(article, SHEAF_FIELD_LANGUAGE, SLICE("de"));
    article->language_confidence = 0;
}

static void add_keyword(sheaf_article *article) {
    sheaf_row_touch(article, SLICE("keywords"));
    sheaf_article_add_keyword(article, SLICE("new"));
}

static void fetch_text(sheaf_article *article) {
    sheaf_row_fetch(article, SHEAF_FIELD_TEXT);
    sheaf_row_fetch_key(article, SLICE("provenance"));
}

static void give_back(sheaf_article *article) {
    sheaf_row_return(article);
}

static void (*const changes[])(sheaf_article *) = {
    set_headline, drop_url,     add_attribute, replace_attribute, drop_attribute, set_text,
    set_blocks,   set_language, add_keyword,   fetch_text,        give_back};

/* ---- comparing -------------------------------------------------------------------- */

static void same_rows(const sheaf_article *whole, const sheaf_article *lent) {
    sheaf_buffer a = {0}, b = {0};
    sheaf_row_write(&a, whole);
    sheaf_row_write(&b, lent);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&a), sheaf_buffer_view(&b)));
    static const char *const keys[] = {"id", "text", "blocks", "headline", "attributes", "via"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        sheaf_buffer_reset(&a);
        sheaf_buffer_reset(&b);
        CHECK(sheaf_row_write_key(&a, whole, sheaf_slice_of(keys[i])));
        CHECK(sheaf_row_write_key(&b, lent, sheaf_slice_of(keys[i])));
        CHECK(sheaf_slice_equal(sheaf_buffer_view(&a), sheaf_buffer_view(&b)));
    }
    sheaf_buffer_clear(&a);
    sheaf_buffer_clear(&b);
}

/* Reads a row both ways, makes the changes whose bits are set, and compares. */
static void compare(sheaf_slice row, unsigned made) {
    sheaf_article whole, lent;
    sheaf_article_init(&whole);
    sheaf_article_init(&lent);
    sheaf_status status = sheaf_row_read(&whole, row, &limits, NULL);
    CHECK_NUMBER(sheaf_row_lend(&lent, row, &limits, NULL), status);
    if (status == SHEAF_OK) {
        CHECK(sheaf_slice_equal(whole.field[SHEAF_FIELD_ID], lent.field[SHEAF_FIELD_ID]));
        for (size_t i = 0; i < COUNT(changes); i++) {
            if (!(made >> i & 1))
                continue;
            changes[i](&whole);
            changes[i](&lent);
        }
        same_rows(&whole, &lent);
        sheaf_row_fetch_all(&lent);
        for (int i = 0; i < SHEAF_FIELD_COUNT; i++)
            CHECK(sheaf_slice_equal(whole.field[i], lent.field[i]));
        CHECK_NUMBER(lent.blocks.count, whole.blocks.count);
        CHECK_NUMBER(lent.attributes.count, whole.attributes.count);
        CHECK_NUMBER(lent.provenance.to, whole.provenance.to);
        sheaf_row_return(&lent);
        same_rows(&whole, &lent);
    }
    sheaf_article_clear(&whole);
    sheaf_article_clear(&lent);
}

static bool is_lent(const char *text) {
    sheaf_article article;
    sheaf_article_init(&article);
    sheaf_row_lend(&article, sheaf_slice_of(text), &limits, NULL);
    bool lent = article.view.row.size > 0;
    sheaf_article_clear(&article);
    return lent;
}

TEST(rows_as_they_are_written_are_lent) {
    for (size_t i = 0; i < COUNT(plain_rows); i++)
        CHECK(is_lent(plain_rows[i]));
}

TEST(other_rows_are_read_whole) {
    for (size_t i = 0; i < COUNT(odd_rows); i++)
        CHECK(!is_lent(odd_rows[i]));
}

TEST(every_change_writes_the_same) {
    for (size_t i = 0; i < COUNT(plain_rows); i++) {
        for (unsigned made = 0; made < 1u << COUNT(changes); made++)
            compare(sheaf_slice_of(plain_rows[i]), made);
    }
}

TEST(odd_rows_are_the_same_too) {
    for (size_t i = 0; i < COUNT(odd_rows); i++) {
        for (size_t change = 0; change < COUNT(changes); change++)
            compare(sheaf_slice_of(odd_rows[i]), 1u << change);
    }
}

TEST(what_is_no_row_is_refused) {
    for (size_t i = 0; i < COUNT(bad_rows); i++) {
        sheaf_article article;
        sheaf_article_init(&article);
        CHECK(sheaf_row_lend(&article, sheaf_slice_of(bad_rows[i]), &limits, NULL) != SHEAF_OK);
        sheaf_article_clear(&article);
    }
}

/* Every byte of every row becomes each of a few others, or goes. */
TEST(damaged_rows_are_the_same) {
    static const char others[] = "\"\\{}[],: 0a\x01\xC3";
    char row[1024];
    for (size_t i = 0; i < COUNT(plain_rows); i++) {
        size_t size = strlen(plain_rows[i]);
        for (size_t at = 0; at < size; at++) {
            for (size_t other = 0; other + 1 < sizeof others; other++) {
                memcpy(row, plain_rows[i], size);
                row[at] = others[other];
                compare(sheaf_slice_from(row, size), 1u << (at % COUNT(changes)));
            }
            memmove(row + at, plain_rows[i] + at + 1, size - at - 1);
            compare(sheaf_slice_from(row, size - 1), 0);
            compare(sheaf_slice_from(plain_rows[i], at), 0);
        }
    }
}

static sheaf_status lend_and_change(void *context) {
    sheaf_article article;
    sheaf_buffer out = {0};
    sheaf_article_init(&article);
    sheaf_status status = sheaf_row_lend(&article, sheaf_slice_of(plain_rows[3]), &limits, NULL);
    if (status == SHEAF_OK) {
        add_attribute(&article);
        set_headline(&article);
        sheaf_row_fetch_all(&article);
        sheaf_row_write(&out, &article);
    }
    if (out.failed || article.arena.failed)
        status = SHEAF_NO_MEMORY;
    *(size_t *)context = out.size;
    sheaf_buffer_clear(&out);
    sheaf_article_clear(&article);
    return status;
}

static void right_size(void *context, sheaf_status status) {
    size_t size = 0;
    size_t had = *(size_t *)context;
    if (status != SHEAF_OK)
        return;
    CHECK_NUMBER(lend_and_change(&size), SHEAF_OK);
    CHECK_NUMBER(had, size);
}

TEST(lending_survives_without_memory) {
    size_t size;
    CHECK(starve(lend_and_change, right_size, &size) > 2);
}

int main(void) {
    RUN(T(rows_as_they_are_written_are_lent), T(other_rows_are_read_whole),
        T(every_change_writes_the_same), T(odd_rows_are_the_same_too), T(what_is_no_row_is_refused),
        T(damaged_rows_are_the_same), T(lending_survives_without_memory));
}
