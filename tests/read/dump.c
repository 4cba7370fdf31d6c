/* dump.c - the text-dump reader: whole dumps, and its parts one by one. */
#include "read/dump.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "check.h"
#include "read/dump_parts.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

/* ---- reading whole dumps ------------------------------------------------------ */

/* Reads article number index of text; false when there are fewer. *count gets
 * how many there are. */
static bool read_one(sheaf_article *out, sheaf_slice text, size_t index, size_t *count) {
    sheaf_dump *dump = NULL;
    sheaf_slice source;
    bool found = false;
    sheaf_article other;
    sheaf_article_init(&other);
    *count = 0;
    if (sheaf_dump_open(&dump, text, &limits, NULL) != SHEAF_OK)
        return false;
    for (;;) {
        sheaf_article *into = *count == index ? out : &other;
        sheaf_article_reset(into);
        if (sheaf_dump_next(dump, into, &source, NULL) != SHEAF_OK)
            break;
        CHECK(sheaf_article_finish(into, source, 0, &limits, NULL) == SHEAF_OK);
        found |= into == out;
        ++*count;
    }
    sheaf_dump_close(dump);
    sheaf_article_clear(&other);
    return found;
}

typedef struct expected {
    const char *dump;
    size_t articles;
    const char *headline;
    const char *description;
    const char *byline;
    const char *publisher;
    const char *provider;
    const char *published;
    const char *modified;
    const char *url;
    const char *text; /* of all blocks, "# " before headings, parted by " / " */
} expected;

/* One row a trap. Empty string: the field must not be set; NULL: no matter. */
static const expected rows[] = {
    {"Storm closes harbour\n\nBy Ana Lopez\n\n10 February 2022\n\nThe storm closed the harbour on "
     "Thursday.\n\nWhat comes next\n\nNobody can say when it will open.\n\nShare this article\n",
     1, "Storm closes harbour", "", "By Ana Lopez", "", "", "2022-02-10", "", "",
     "The storm closed the harbour on Thursday. / # What comes next / Nobody can say when it will "
     "open."},
    {"Storm closes harbour\nThe storm closed the harbour, the office said, as saying by TASS on "
     "February 11.\nNobody can say when it will open.\n",
     1, "Storm closes harbour", "", "", "", "", "", "", "", NULL},
    {"Published: 3 March 2021, 09:15 GMT / Updated: 4 March 2021\n\nStorm closes the old "
     "harbour\n\nThe "
     "storm closed the harbour on Thursday.\n",
     1, "Storm closes the old harbour", "", "", "", "", "2021-03-03T09:15Z", "2021-03-04", "",
     NULL},
    {"Is the harbour safe?\n\nNobody can say, and that is a problem for everybody who lives from "
     "it.\n",
     1, "Is the harbour safe?", "", "", "", "", "", "", "",
     "Nobody can say, and that is a problem for everybody who lives from it."},
    {"https://www.theguardian.com/world/2022/feb/10/storm\nStorm closes the old harbour\nThe storm "
     "closed the "
     "harbour on Thursday.\nNobody can say when it will open.\n",
     1, "Storm closes the old harbour", "", "", "The Guardian", "", "2022-02-10", "",
     "https://www.theguardian.com/world/2022/feb/10/storm", NULL},
    {"Title: Storm closes harbour\nSource: Evening Compass\nDate: 2021-03-19\nAuthor: Ana "
     "Lopez\n\nThe storm "
     "closed the harbour on Thursday.\n\nTitle: Harbour opens again\nSource: The Lantern\nDate: "
     "2021-03-20\n\nIt "
     "opened on Saturday at noon.\n",
     2, "Storm closes harbour", "", "Ana Lopez", "Evening Compass", "", "2021-03-19", "", "",
     "The storm closed the harbour on Thursday."},
    {"Storm closes harbour\n\nThe office was said.Roe added that it was \"slow.\"Also on Monday, "
     "Doe came. \"We "
     "can,\" she said of the \"plan.\"\"There is none,\" he said at 3.5 knots to the U.S.A and "
     "example.com crew "
     "of No.10 Street.Since 2017.He left.\n",
     1, "Storm closes harbour", NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     "The office was said. / Roe added that it was \"slow.\" / Also on Monday, Doe came. \"We "
     "can,\" she said of "
     "the \"plan.\" / \"There is none,\" he said at 3.5 knots to the U.S.A and example.com crew of "
     "No.10 Street. "
     "/ Since 2017. / He left."},
    {"Storm closes harbour\n\nThe storm closed the harbour on the north-\neast coast on Thursday, "
     "and the office "
     "has had to unfold-\ned charts go back to the drawer, where they have\nbeen lying for many "
     "years of quiet "
     "weather.\n\nIt will open again, said one of the many people\nwho had come to look at the "
     "boats.\n",
     1, "Storm closes harbour", NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     "The storm closed the harbour on the north-east coast on Thursday, and the office has had to "
     "unfolded charts "
     "go back to the drawer, where they have been lying for many years of quiet weather. / It will "
     "open again, "
     "said one of the many people who had come to look at the boats."},
    {"Home\nNews\nShare\nLog in\n1920 1080 true\n", 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL},
    {"", 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
    {"\n\n \r\n\t\n", 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

static void write_outline(sheaf_buffer *out, const sheaf_article *article) {
    for (size_t i = 0; i < article->blocks.count; i++) {
        const sheaf_block *block = &article->blocks.items[i];
        sheaf_buffer_printf(out, "%s%s", i ? " / " : "",
                            block->kind == SHEAF_BLOCK_HEADING ? "# " : "");
        sheaf_buffer_add(
            out, sheaf_slice_part(article->field[SHEAF_FIELD_TEXT], block->from, block->to));
    }
}

static void check_field(const sheaf_article *article, sheaf_field field, const char *wanted) {
    if (wanted)
        CHECK_TEXT(article->field[field], wanted);
}

static void check_row(const expected *row) {
    sheaf_article article;
    sheaf_buffer outline = {0};
    size_t count;
    sheaf_article_init(&article);
    bool found = read_one(&article, sheaf_slice_of(row->dump), 0, &count);
    CHECK_NUMBER(count, row->articles);
    CHECK(found == (row->articles > 0));
    if (found) {
        check_field(&article, SHEAF_FIELD_HEADLINE, row->headline);
        check_field(&article, SHEAF_FIELD_DESCRIPTION, row->description);
        check_field(&article, SHEAF_FIELD_BYLINE, row->byline);
        check_field(&article, SHEAF_FIELD_PUBLISHER, row->publisher);
        check_field(&article, SHEAF_FIELD_PROVIDER, row->provider);
        check_field(&article, SHEAF_FIELD_PUBLISHED, row->published);
        check_field(&article, SHEAF_FIELD_MODIFIED, row->modified);
        check_field(&article, SHEAF_FIELD_URL, row->url);
        write_outline(&outline, &article);
        if (row->text)
            CHECK_TEXT(sheaf_buffer_view(&outline), row->text);
    }
    sheaf_buffer_clear(&outline);
    sheaf_article_clear(&article);
}

TEST(files_what_an_editor_would) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int before = check_failures;
        check_row(&rows[i]);
        if (check_failures > before)
            fprintf(stderr, "in row %zu\n", i);
    }
}

/* ---- a flattened page ------------------------------------------------------------ */

static const char flattened[] =
    "Sea lawUpdated atStorm closes the harbour of Bravik for a weekTwo ships wait outside the wall "
    "of stone "
    "and nobody knows when they come inBRAVIK March 3 The storm closed the harbour on Tuesday and "
    "the office "
    "does not know when it will open again to ships of any sizeWhat comes nextEngineers will look "
    "at the damage "
    "on Friday and they expect to need three days of dry weather for the work on the wallThe "
    "wellknown pilot "
    "said that he had never seen waves like these in all his years at seaTagsSea lawBravik\n"
    "20220303\n"
    "https://example.org/1\n"
    "The well-known pilot said that he had never seen waves like these, in all his years at sea.\n"
    "Engineers will look at the damage on Friday, and they expect to need three days of dry "
    "weather for the work "
    "on the wall.\n"
    "BRAVIK, March 3. The storm closed the harbour on Tuesday, and the office does not know when "
    "it will open "
    "again to ships of any size.\n";

TEST(puts_a_flattened_page_in_order) {
    sheaf_article article;
    sheaf_buffer outline = {0};
    size_t count;
    sheaf_article_init(&article);
    CHECK(read_one(&article, sheaf_slice_of(flattened), 0, &count));
    CHECK_NUMBER(count, 1);
    CHECK_TEXT(article.field[SHEAF_FIELD_HEADLINE],
               "Storm closes the harbour of Bravik for a week");
    CHECK_TEXT(article.field[SHEAF_FIELD_DESCRIPTION],
               "Two ships wait outside the wall of stone and nobody knows when they come in");
    CHECK_TEXT(article.field[SHEAF_FIELD_PUBLISHED], "2022-03-03");
    CHECK_NUMBER(article.keywords.count, 2);
    write_outline(&outline, &article);
    CHECK_TEXT(
        sheaf_buffer_view(&outline),
        "BRAVIK, March 3. The storm closed the harbour on Tuesday, and the office does not know "
        "when it will "
        "open again to ships of any size. / # What comes next / Engineers will look at the damage "
        "on "
        "Friday, and they expect to need three days of dry weather for the work on the wall. / The "
        "well-known pilot said that he had never seen waves like these, in all his years at sea.");
    sheaf_buffer_clear(&outline);
    sheaf_article_clear(&article);
}

TEST(tells_where_every_block_came_from) {
    sheaf_article article;
    size_t count;
    sheaf_article_init(&article);
    CHECK(read_one(&article, sheaf_slice_of(flattened), 0, &count));
    for (size_t i = 0; i < article.blocks.count; i++) {
        const sheaf_block *block = &article.blocks.items[i];
        sheaf_slice text =
            sheaf_slice_part(article.field[SHEAF_FIELD_TEXT], block->from, block->to);
        sheaf_slice source = sheaf_slice_part(sheaf_slice_of(flattened), (size_t)block->source_from,
                                              (size_t)block->source_to);
        CHECK(sheaf_slice_equal(text, source));
    }
    CHECK_NUMBER(article.provenance.from, 0);
    CHECK_NUMBER(article.provenance.to, sizeof flattened - 2);
    sheaf_article_clear(&article);
}

/* ---- encodings ------------------------------------------------------------------------ */

/* Each decoded offset must lead back to the byte it came from. */
static void check_origins(sheaf_slice bytes, const char *text, const char *encoding) {
    dump_source source;
    CHECK(sheaf_dump_decode(&source, bytes, NULL) == SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(source.encoding.name), encoding);
    CHECK_TEXT(source.text, text);
    CHECK_NUMBER(sheaf_dump_origin(&source, source.text.size), bytes.size);
    uint64_t last = sheaf_dump_origin(&source, 0);
    for (size_t at = 0; at < source.text.size;) {
        uint64_t origin = sheaf_dump_origin(&source, at);
        CHECK(origin >= last && origin < bytes.size);
        last = origin;
        sheaf_utf8_next(source.text, &at);
    }
    sheaf_dump_source_clear(&source);
}

TEST(decodes_what_people_have) {
    check_origins(SLICE("caf\xC3\xA9"), "café", "UTF-8");
    check_origins(SLICE("\xEF\xBB\xBF"
                        "caf\xC3\xA9"),
                  "café", "UTF-8");
    check_origins(SLICE("caf\xE9 \x96 \x84x\x93"), "café – „x“", "windows-1252");
    check_origins(SLICE("\xC2\xE5\xF0\xE8\xE3\xE8\xED \xF1\xEA\xE0\xE7\xE0\xEB"), "Веригин сказал",
                  "windows-1251");
    check_origins(SLICE("\xFF\xFE"
                        "a\0\xE9\0\x3D\xD8\x00\xDE"),
                  "aé😀", "UTF-16LE");
    check_origins(SLICE("\0h\0a\0r\0b\0o\0u\0r"), "harbour", "UTF-16BE");
    check_origins(SLICE("a\0b\x01"
                        "c\xEF\xBB\xBF"
                        "d"),
                  "abcd", "UTF-8");
}

TEST(bids_on_text_only) {
    CHECK(sheaf_dump_bid(SLICE("Storm closes harbour\n")) == 50);
    CHECK(sheaf_dump_bid(SLICE("caf\xE9 in the harbour\n")) > 0);
    CHECK(sheaf_dump_bid(SLICE("\xFF\xFE"
                               "a\0b\0")) > 0);
    CHECK(sheaf_dump_bid((sheaf_slice){0}) == 1);
    CHECK(sheaf_dump_bid(SLICE("\0\0\0\1\2\3\4\5\6 binary")) == 0);
    CHECK(sheaf_dump_bid(SLICE("<!DOCTYPE html><p>x")) == 0);
    CHECK(sheaf_dump_bid(SLICE("%PDF-1.7 ...")) == 0);
}

/* ---- traps for time and memory ------------------------------------------------------------ */

static char *repeat(const char *piece, size_t times, sheaf_slice *out) {
    size_t size = strlen(piece);
    char *text = malloc(size * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, piece, size);
    *out = sheaf_slice_from(text, size * times);
    return text;
}

TEST(is_linear_on_traps) {
    static const char *const pieces[] = {"word ",
                                         "a",
                                         "a\r",
                                         "He said.\"",
                                         "Title Here\n",
                                         "aaaaaaaaaaaaaaaa.\n",
                                         "\n",
                                         "\"\"",
                                         "A.B",
                                         "-\n",
                                         "====\n",
                                         "\xE2\x80\x9E.\xE2\x80\x9C"
                                         "A",
                                         "Tags: a, b\n",
                                         "https://example.com/a\n",
                                         "\xCC\x81"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        sheaf_article article;
        sheaf_slice text;
        size_t count;
        char *memory = repeat(pieces[i], 60000, &text);
        sheaf_article_init(&article);
        read_one(&article, text, 0, &count);
        CHECK(count < 60000);
        sheaf_article_clear(&article);
        free(memory);
    }
}

TEST(refuses_what_passes_a_limit) {
    sheaf_limits tight = limits;
    sheaf_dump *dump = NULL;
    sheaf_error error;
    tight.document_bytes = 10;
    CHECK(sheaf_dump_open(&dump, SLICE("more than ten bytes"), &tight, &error) == SHEAF_LIMIT);
    CHECK(dump == NULL && strstr(error.message, "limit"));
}

TEST(says_why_there_is_no_article) {
    static const char *const dumps[] = {"", " \n ", "Log in\nShare\n"};
    static const char *const notes[] = {"empty", "nothing but blank lines",
                                        "only furniture, no article text"};
    for (size_t i = 0; i < 3; i++) {
        sheaf_dump *dump = NULL;
        sheaf_article article;
        sheaf_slice source;
        sheaf_article_init(&article);
        CHECK(sheaf_dump_open(&dump, sheaf_slice_of(dumps[i]), &limits, NULL) == SHEAF_OK);
        CHECK(sheaf_dump_next(dump, &article, &source, NULL) == SHEAF_END);
        CHECK_TEXT(sheaf_slice_of(sheaf_dump_note(dump)), notes[i]);
        sheaf_dump_close(dump);
        sheaf_article_clear(&article);
    }
}

int main(void) {
    RUN(T(files_what_an_editor_would), T(puts_a_flattened_page_in_order),
        T(tells_where_every_block_came_from), T(decodes_what_people_have), T(bids_on_text_only),
        T(is_linear_on_traps), T(refuses_what_passes_a_limit), T(says_why_there_is_no_article));
}
