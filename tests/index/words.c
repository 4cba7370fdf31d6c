/* words.c - forms of words, accents, and scripts without blanks. */
#include "check.h"
#include "collection.h"
#include "index/snippet.h"

typedef struct library {
    sheaf_buffer bytes;
    sheaf_index index;
} library;

static void make(library *l, const char *const *texts, const char *language, size_t count) {
    sheaf_error error = {0};
    sheaf_index_options options = {.positions = true};
    sheaf_index_builder *b = sheaf_index_builder_new(0, &options);
    *l = (library){0};
    for (size_t i = 0; i < count; i++) {
        sheaf_index_document document = {.language = sheaf_slice_of(language)};
        document.field[SHEAF_INDEX_TEXT] = sheaf_slice_of(texts[i]);
        CHECK(sheaf_index_builder_add(b, &document, &error) == SHEAF_OK);
    }
    CHECK(sheaf_index_builder_finish(b, made_put, &l->bytes, &error) == SHEAF_OK);
    CHECK(sheaf_index_open(&l->index, sheaf_buffer_view(&l->bytes), &error) == SHEAF_OK);
    sheaf_index_builder_free(b);
}

/* The articles that are found, as a bit each. */
static unsigned found(const library *l, const char *text) {
    const sheaf_index *part = &l->index;
    sheaf_search_options options = {.in_order = true};
    sheaf_search_result result = {0};
    sheaf_query query;
    sheaf_error error = {0};
    unsigned bits = 0;
    size_t at;
    CHECK(sheaf_query_parse(&query, sheaf_slice_of(text), &at, &error) == SHEAF_OK);
    CHECK(sheaf_search(&result, &query, &part, 1, &options, &error) == SHEAF_OK);
    for (size_t i = 0; i < result.count; i++)
        bits |= 1u << result.hits[i].doc;
    sheaf_search_result_clear(&result);
    sheaf_query_clear(&query);
    return bits;
}

TEST(forms_are_found_in_their_language) {
    static const char *const english[] = {"Talks resumed.", "He was talking.", "A talkative man",
                                          "TALK!", "the Kremlin's plan"};
    static const char *const russian[] = {"переговоры начались", "о переговорах", "российский"};
    library l;
    make(&l, english, "en", 5);
    CHECK_NUMBER(found(&l, "talk"), 1 | 2 | 8);
    CHECK_NUMBER(found(&l, "talked"), 1 | 2 | 8);
    CHECK_NUMBER(found(&l, "=talk"), 8);
    CHECK_NUMBER(found(&l, "\"talks resumed\""), 1);
    CHECK_NUMBER(found(&l, "\"talk resumed\""), 0);
    CHECK_NUMBER(found(&l, "kremlin"), 16);
    CHECK_NUMBER(found(&l, "kremlin's"), 16);
    sheaf_buffer_clear(&l.bytes);
    make(&l, russian, "ru", 3);
    CHECK_NUMBER(found(&l, "переговоров"), 1 | 2);
    CHECK_NUMBER(found(&l, "РОССИЙСКОГО"), 4);
    CHECK_NUMBER(found(&l, "=переговоры"), 1);
    sheaf_buffer_clear(&l.bytes);
}

TEST(accents_and_case_are_not_looked_at) {
    static const char *const texts[] = {"Élysée", "elysee", "São Paulo", "STRASSE straße"};
    library l;
    make(&l, texts, "", 4);
    CHECK_NUMBER(found(&l, "ÉLYSÉE"), 3);
    CHECK_NUMBER(found(&l, "sao"), 4);
    CHECK_NUMBER(found(&l, "strasse NEAR/1 strasse"), 8);
    sheaf_buffer_clear(&l.bytes);
}

TEST(scripts_without_blanks_need_none) {
    static const char *const texts[] = {
        "双方在北京大学举行会谈。", "北京 大学", "東京へ行く", "การเจรจา", "北",
        "U.S. and bbc.co.uk"};
    library l;
    make(&l, texts, "", 6);
    CHECK_NUMBER(found(&l, "北京"), 1 | 2);
    CHECK_NUMBER(found(&l, "北京大学"), 1);
    CHECK_NUMBER(found(&l, "大学"), 1 | 2);
    CHECK_NUMBER(found(&l, "京大"), 1);
    CHECK_NUMBER(found(&l, "北"), 1 | 2 | 16);
    CHECK_NUMBER(found(&l, "\"北京 大学\""), 1 | 2);
    CHECK_NUMBER(found(&l, "เจรจา"), 8);
    CHECK_NUMBER(found(&l, "u.s"), 32);
    CHECK_NUMBER(found(&l, "bbc"), 32);
    CHECK_NUMBER(found(&l, "co.uk"), 32);
    sheaf_buffer_clear(&l.bytes);
}

static void check_snippet(const char *query_text, const char *text, size_t width,
                          const char *wanted) {
    sheaf_query query;
    sheaf_wanted wanted_words;
    sheaf_snippet snippet;
    sheaf_error error = {0};
    sheaf_buffer out = {0};
    size_t at;
    CHECK(sheaf_query_parse(&query, sheaf_slice_of(query_text), &at, &error) == SHEAF_OK);
    sheaf_wanted_init(&wanted_words, &query);
    CHECK(sheaf_snippet_make(&snippet, &wanted_words, sheaf_slice_of(text), SLICE("en"), width));
    size_t from = snippet.from;
    for (size_t i = 0; i < snippet.count; i++) {
        sheaf_buffer_append(&out, text + from, snippet.marks[i].from - from);
        sheaf_buffer_printf(&out, "[%.*s]", (int)(snippet.marks[i].to - snippet.marks[i].from),
                            text + snippet.marks[i].from);
        from = snippet.marks[i].to;
    }
    sheaf_buffer_append(&out, text + from, snippet.to - from);
    CHECK_TEXT(sheaf_buffer_view(&out), wanted);
    sheaf_snippet_clear(&snippet);
    sheaf_wanted_clear(&wanted_words);
    sheaf_query_clear(&query);
    sheaf_buffer_clear(&out);
}

TEST(snippets_show_where_most_stands) {
    static const char text[] =
        "A talk here. Then much else is said, of weather and of harvests, of "
        "roads and bridges. Peace talks were held at last, and peace came.";
    check_snippet("peace talks", text, 45, "[Peace] [talks] were held at last, and [peace]");
    check_snippet("peace talks", "Peace-talks!", 100, "[Peace]-[talks]!");
    check_snippet("zebra", "one two three four", 9, "one two");
    check_snippet("京大", "北京大学", 0, "北[京大]学");
    check_snippet("x", "", 20, "");
}

int main(void) {
    RUN(T(forms_are_found_in_their_language), T(accents_and_case_are_not_looked_at),
        T(scripts_without_blanks_need_none), T(snippets_show_where_most_stands));
}
