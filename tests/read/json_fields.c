/* json_fields.c - other people's records. */
#include "read/json_fields.h"

#include "base/slice.h"
#include "check.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
static sheaf_article article;

static void take(const char *json) {
    size_t known;
    sheaf_error error = {0};
    sheaf_article_reset(&article);
    sheaf_status status =
        sheaf_json_fields_read(&article, sheaf_slice_of(json), &known, &limits, &error);
    if (status)
        fprintf(stderr, "%s\n", error.message);
    CHECK_NUMBER(status, SHEAF_OK);
}

#define FIELD(name) article.field[SHEAF_FIELD_##name]

TEST(common_names_are_understood) {
    take("{\"Title\":\"T\",\"article_body\":\"One.\\n\\nTwo.\",\"date_publish\":\"2022-02-10 "
         "09:13:00\","
         "\"source\":{\"id\":\"x\",\"name\":\"The Paper\"},\"author\":\"Ana Lopez\",\"tags\":\"a, "
         "b;c\"}");
    CHECK_TEXT(FIELD(HEADLINE), "T");
    CHECK_TEXT(FIELD(TEXT), "One.\n\nTwo.");
    CHECK_TEXT(FIELD(PUBLISHED), "2022-02-10T09:13:00");
    CHECK_TEXT(FIELD(PUBLISHER), "The Paper");
    CHECK_TEXT(article.authors.items[0].name, "Ana Lopez");
    CHECK_NUMBER(article.keywords.count, 3);
}

TEST(the_better_name_wins_whatever_the_order) {
    take(
        "{\"content\":\"cut…\",\"text\":\"whole\",\"date\":\"2020\",\"published\":\"2021-03-04\"}");
    CHECK_TEXT(FIELD(TEXT), "whole");
    CHECK_TEXT(FIELD(PUBLISHED), "2021-03-04");
    take(
        "{\"published\":\"2021-03-04\",\"date\":\"2020\",\"text\":\"whole\",\"content\":\"cut…\"}");
    CHECK_TEXT(FIELD(TEXT), "whole");
    CHECK_TEXT(FIELD(PUBLISHED), "2021-03-04");
    CHECK_TEXT(sheaf_article_attribute(&article, SLICE("source")),
               "{\"date\":\"2020\",\"content\":\"cut…\"}");
}

TEST(numbers_can_be_dates) {
    take("{\"text\":\"x\",\"timestamp\":1644484380}");
    CHECK_TEXT(FIELD(PUBLISHED), "2022-02-10T09:13:00Z");
    take("{\"text\":\"x\",\"timestamp\":1644484380000}");
    CHECK_TEXT(FIELD(PUBLISHED), "2022-02-10T09:13:00Z");
    take("{\"text\":\"x\",\"date\":\"some day\"}");
    CHECK_TEXT(FIELD(PUBLISHED), "");
    CHECK_TEXT(sheaf_article_attribute(&article, SLICE("source")), "{\"date\":\"some day\"}");
}

TEST(lists_take_strings_and_objects) {
    take("{\"text\":\"x\",\"authors\":[\"A\",{\"name\":\"B\",\"jobTitle\":\"Editor\"},7,[1]],"
         "\"images\":[{\"src\":\"https://e.example/1.jpg\",\"alt\":\"c\",\"credit\":\"d\"}],"
         "\"links\":[\"https://e.example/2\"]}");
    CHECK_NUMBER(article.authors.count, 2);
    CHECK_TEXT(article.authors.items[1].role, "Editor");
    CHECK_TEXT(article.images.items[0].credit, "d");
    CHECK_NUMBER(article.links.count, 1);
}

TEST(bodies_may_be_lists_or_wrapped) {
    take(
        "{\"title\":{\"rendered\":\"T\"},\"paragraphs\":[\"One.\",{\"text\":\"Two.\"},null,\"\"]}");
    CHECK_TEXT(FIELD(HEADLINE), "T");
    CHECK_TEXT(FIELD(TEXT), "One.\n\nTwo.");
}

TEST(what_has_no_place_is_kept) {
    take("{\"text\":\"x\",\"id\":\"w7\",\"score\": { \"a\" : [1, 2.5, true] , \"b\":null}}");
    CHECK_TEXT(sheaf_article_attribute(&article, SLICE("source")),
               "{\"id\":\"w7\",\"score\":{\"a\":[1,2.5,true],\"b\":null}}");
}

TEST(values_of_the_wrong_shape_are_kept) {
    take("{\"text\":\"x\",\"author\":7,\"images\":[],\"published\":{\"$date\":\"2021-01-01\"},"
         "\"url\":{}}");
    CHECK_TEXT(FIELD(PUBLISHED), "2021-01-01");
    CHECK_TEXT(sheaf_article_attribute(&article, SLICE("source")),
               "{\"author\":7,\"images\":[],\"url\":{}}");
}

TEST(envelopes_are_opened) {
    sheaf_slice list;
    CHECK(sheaf_json_envelope(SLICE("{\"status\":\"ok\",\"articles\":[{\"a\":1}]}"), &list, 64));
    CHECK_TEXT(list, "[{\"a\":1}]");
    CHECK(sheaf_json_envelope(SLICE("{\"took\":3,\"hits\":{\"total\":{\"v\":1},\"hits\":[2]}}"),
                              &list, 64));
    CHECK_TEXT(list, "[2]");
    CHECK(!sheaf_json_envelope(SLICE("{\"a\":[1],\"data\":5}"), &list, 64));
}

int main(void) {
    sheaf_article_init(&article);
    const check_test tests[] = {T(common_names_are_understood),
                                T(the_better_name_wins_whatever_the_order),
                                T(numbers_can_be_dates),
                                T(lists_take_strings_and_objects),
                                T(bodies_may_be_lists_or_wrapped),
                                T(what_has_no_place_is_kept),
                                T(values_of_the_wrong_shape_are_kept),
                                T(values_of_the_wrong_shape_are_kept),
                                T(envelopes_are_opened)};
    int failed = check_run(tests, sizeof tests / sizeof *tests);
    sheaf_article_clear(&article);
    return failed;
}
