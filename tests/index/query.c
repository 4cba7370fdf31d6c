/* query.c - what queries mean, and where wrong ones are wrong. */
#include "check.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "index/query.h"

static const char *const lists[] = {"", "headline:", "keyword:", "author:", "site:", "text:"};
static const char *const matches[] = {"=", "", "*", "~"};

/* The tree in brackets. */
static void print(sheaf_buffer *out, const sheaf_query_node *n) {
    static const char *const kinds[] = {"",    "PHRASE", "NEAR", "AND",    "OR",
                                        "NOT", "",       "*",    "NOTHING"};
    if (n->kind == SHEAF_QUERY_TERM) {
        sheaf_buffer_printf(out, "%s%s%.*s", lists[n->list], matches[n->match], SLICE_ARGS(n->key));
        if (n->edits)
            sheaf_buffer_printf(out, "%u", n->edits);
    } else if (n->kind == SHEAF_QUERY_COLUMN) {
        sheaf_buffer_printf(out, "%s[%.*s,%.*s)", n->column ? "language" : "published",
                            SLICE_ARGS(n->from), SLICE_ARGS(n->before));
    } else {
        sheaf_buffer_printf(out, "%s", kinds[n->kind]);
        if (n->kind == SHEAF_QUERY_NEAR)
            sheaf_buffer_printf(out, "%s%u", n->ordered ? ">" : "", n->distance);
    }
    for (size_t i = 0; i < n->count; i++) {
        sheaf_buffer_printf(out, "%s", i ? " " : "(");
        print(out, n->parts[i]);
        if (n->kind == SHEAF_QUERY_PHRASE)
            sheaf_buffer_printf(out, "@%u", n->parts[i]->offset);
    }
    sheaf_buffer_printf(out, "%s", n->count ? ")" : "");
    if (n->boost > 1.0001 || n->boost < 0.9999)
        sheaf_buffer_printf(out, "^%g", n->boost);
}

static void check_tree(const char *text, const char *wanted) {
    sheaf_query query;
    sheaf_error error = {0};
    sheaf_buffer out = {0};
    size_t at;
    sheaf_status status = sheaf_query_parse(&query, sheaf_slice_of(text), &at, &error);
    if (status == SHEAF_OK)
        print(&out, query.root);
    else
        sheaf_buffer_printf(&out, "%zu %s", at, error.message);
    CHECK_TEXT(sheaf_buffer_view(&out), wanted);
    sheaf_buffer_clear(&out);
    sheaf_query_clear(&query);
}

TEST(words_are_joined_by_and) {
    check_tree("peace", "peace");
    check_tree("Peace TALKS", "AND(peace talks)");
    check_tree("peace AND talks", "AND(peace talks)");
    check_tree("peace OR talks now", "OR(peace AND(talks now))");
    check_tree("(peace OR talks) now", "AND(OR(peace talks) now)");
    check_tree("peace -war", "AND(peace NOT(war))");
    check_tree("NOT NOT war", "NOT(NOT(war))");
    check_tree("Orange ANDes NOTe", "AND(orange andes note)");
}

TEST(forms_of_words) {
    check_tree("=Talks", "=talks");
    check_tree("negot*", "*negot");
    check_tree("korona~", "~korona1");
    check_tree("korona~2^3", "~korona2^3");
    check_tree("\xC3\x89t\xC3\xA9", "ete");
    check_tree("*", "*");
    check_tree("& peace", "peace");
    check_tree("&", "NOTHING");
}

TEST(words_that_are_cut_are_phrases) {
    check_tree("O'Brien", "PHRASE(=o@0 =brien@1)");
    check_tree("covid-19", "PHRASE(=covid@0 =19@1)");
    check_tree("U.S.", "u.s");
    check_tree("bbc.co.uk", "PHRASE(=bbc@0 =co@1 =uk@2)");
    check_tree("\"peace talks in\"", "PHRASE(=peace@0 =talks@1 =in@2)");
    check_tree("\"one\"", "=one");
    check_tree("\xE5\x8C\x97\xE4\xBA\xAC", "\xE5\x8C\x97\xE4\xBA\xAC");
    check_tree("\xE5\x8C\x97\xE4\xBA\xAC\xE5\xA4\xA7",
               "PHRASE(=\xE5\x8C\x97\xE4\xBA\xAC@0 =\xE4\xBA\xAC\xE5\xA4\xA7@2)");
    check_tree("\xE5\x8C\x97", "\xE5\x8C\x97");
}

TEST(near_binds_most) {
    check_tree("a NEAR b c", "AND(NEAR10(a b) c)");
    check_tree("a NEAR/3 b ONEAR/2 c", "NEAR>2(NEAR3(a b) c)");
    check_tree("a NEAR/3 (b OR \"c d\")", "NEAR3(a OR(b PHRASE(=c@0 =d@1)))");
}

TEST(fields_and_columns) {
    check_tree("headline:talks", "headline:talks");
    check_tree("headline:(a OR text:b)", "OR(headline:a text:b)");
    check_tree("author:\"ann lee\"", "PHRASE(author:=ann@0 author:=lee@1)");
    check_tree("published:2022", "published[2022,2023)");
    check_tree("published:2022-12", "published[2022-12,2023-01)");
    check_tree("published:2020-02-28..2020-02-29", "published[2020-02-28,2020-03-01)");
    check_tree("published:..1999-12-31 x", "AND(published[,2000-01-01) x)");
    check_tree("published:2022-02..", "published[2022-02,)");
    check_tree("language:pt-BR", "language[pt-BR,)");
    check_tree("10:30 http://x",
               "6 there is no field 'http'; there are headline, text, author, site, "
               "keyword, published, language. Put it in quotation marks to look "
               "for it as words");
}

TEST(mistakes_have_a_place) {
    check_tree("", "0 the query is empty");
    check_tree("  ", "2 the query is empty");
    check_tree("a (b", "2 this bracket is never closed");
    check_tree("a) b", "1 this bracket was never opened");
    check_tree("a \"b", "2 this quotation mark is never closed");
    check_tree("a OR", "4 a word is missing at the end");
    check_tree("a AND ^2", "6 there is no word before '^'");
    check_tree("a~3", "1 ~1 or ~2: so many letters may be other");
    check_tree("a^0", "1 ^ takes a number up to 1000, as in ^2 or ^0.5");
    check_tree("a NEAR/0 b", "6 NEAR/ takes a number from 1 to 10000");
    check_tree("a NEAR/10001 b", "6 NEAR/ takes a number from 1 to 10000");
    check_tree("a NEAR (b c)", "2 NEAR joins words and phrases of one field");
    check_tree("headline:a NEAR author:b", "11 NEAR joins words and phrases of one field");
    check_tree("published:2022-13",
               "10 published: takes 2022, 2022-02, 2022-02-24 or a range as in 2022-02..2022-03");
    check_tree("published:2022-02-30",
               "10 published: takes 2022, 2022-02, 2022-02-24 or a range as in 2022-02..2022-03");
}

TEST(depth_and_size_are_limited) {
    sheaf_buffer deep = {0};
    sheaf_query query;
    sheaf_error error = {0};
    size_t at;
    static const char *const heads[] = {"(", "NOT ", "-", "text:"};
    for (size_t i = 0; i < 4; i++) {
        sheaf_buffer_reset(&deep);
        for (int j = 0; j < 3000; j++)
            sheaf_buffer_printf(&deep, "%s", heads[i]);
        CHECK(sheaf_query_parse(&query, sheaf_buffer_view(&deep), &at, &error) == SHEAF_BAD_INPUT);
        sheaf_query_clear(&query);
    }
    sheaf_buffer_reset(&deep);
    for (int j = 0; j < 3000; j++)
        sheaf_buffer_printf(&deep, "a ");
    CHECK(sheaf_query_parse(&query, sheaf_buffer_view(&deep), &at, &error) == SHEAF_BAD_INPUT);
    sheaf_query_clear(&query);
    for (int j = 0; j < 9000; j++)
        sheaf_buffer_printf(&deep, "a ");
    CHECK(sheaf_query_parse(&query, sheaf_buffer_view(&deep), &at, &error) == SHEAF_LIMIT);
    sheaf_query_clear(&query);
    sheaf_buffer_clear(&deep);
}

TEST(edits_are_counted) {
    CHECK(sheaf_query_fuzzy_match(SLICE("korona"), SLICE("corona"), 1));
    CHECK(sheaf_query_fuzzy_match(SLICE("korona"), SLICE("koron"), 1));
    CHECK(sheaf_query_fuzzy_match(SLICE("korona"), SLICE("koronna"), 1));
    CHECK(sheaf_query_fuzzy_match(SLICE("korona"), SLICE("kroona"), 1));
    CHECK(!sheaf_query_fuzzy_match(SLICE("korona"), SLICE("coron"), 1));
    CHECK(sheaf_query_fuzzy_match(SLICE("korona"), SLICE("coron"), 2));
    CHECK(sheaf_query_fuzzy_match(SLICE("\xD0\xBC\xD0\xB8\xD1\x80"),
                                  SLICE("\xD0\xBC\xD1\x8D\xD1\x80"), 1));
    CHECK(!sheaf_query_fuzzy_match(SLICE("a"), SLICE("abcdefghijkl"), 2));
}

int main(void) {
    RUN(T(words_are_joined_by_and), T(forms_of_words), T(words_that_are_cut_are_phrases),
        T(near_binds_most), T(fields_and_columns), T(mistakes_have_a_place),
        T(depth_and_size_are_limited), T(edits_are_counted));
}
