/* kwic.c - where the words of a query stand, and the lines that are made of it. */
#include "index/kwic.h"

#include "base/memory.h"
#include "check.h"
#include "collection.h"
#include "starve.h"

static const char *const texts[] = {
    "The old harbour was quiet.\n\nA harbour pilot saw the harbour lights.",
    "Peace talks and more talks about peace.",
    "\xD0\x9C\xD0\xB8\xD1\x80 \xD0\xB8 \xD0\xBC\xD0\xB8\xD1\x80.",
    "\xE5\x8C\x97\xE4\xBA\xAC\xE5\xA4\xA7\xE5\xAD\xA6\xE5\x9C\xA8\xE5\x8C\x97\xE4\xBA\xAC\xE3\x80"
    "\x82",
};
enum { TEXTS = 4, LINES = 32 };

typedef struct told {
    sheaf_arena arena;
    sheaf_kwic_order order;
    size_t width;
    uint32_t doc[LINES];
    sheaf_kwic_line lines[LINES];
    size_t count;
} told;

static sheaf_status take_line(void *context, const sheaf_kwic_line *line) {
    told *t = context;
    if (t->count < LINES)
        t->lines[t->count++] = *line;
    return SHEAF_OK;
}

static sheaf_status found(void *context, uint32_t doc, const sheaf_kwic_place *places, size_t count,
                          sheaf_error *error) {
    told *t = context;
    sheaf_kwic_article article = {.text = sheaf_slice_of(texts[doc]),
                                  .headline = SLICE("Harbour peace")};
    size_t before = t->count;
    (void)error;
    sheaf_status status =
        sheaf_kwic_lines(&t->arena, &article, places, count, t->width, &t->order, take_line, t);
    for (size_t i = before; i < t->count; i++)
        t->doc[i] = doc;
    return status;
}

static bool make(sheaf_buffer *bytes, sheaf_index *index) {
    static const char *const languages[] = {"en", "en", "ru", "zh"};
    sheaf_error error = {0};
    sheaf_index_options options = {.positions = true};
    sheaf_index_builder *b = sheaf_index_builder_new(0, &options);
    for (size_t i = 0; i < TEXTS; i++) {
        sheaf_index_document document = {.language = sheaf_slice_of(languages[i])};
        document.field[SHEAF_INDEX_TEXT] = sheaf_slice_of(texts[i]);
        document.field[SHEAF_INDEX_HEADLINE] = SLICE("Harbour peace");
        CHECK(sheaf_index_builder_add(b, &document, &error) == SHEAF_OK);
    }
    CHECK(sheaf_index_builder_finish(b, made_put, bytes, &error) == SHEAF_OK);
    sheaf_index_builder_free(b);
    return sheaf_index_open(index, sheaf_buffer_view(bytes), &error) == SHEAF_OK;
}

static sheaf_status ask(told *t, const sheaf_index *index, const char *text) {
    sheaf_query query;
    sheaf_error error = {0};
    size_t at;
    sheaf_arena_reset(&t->arena);
    t->count = 0;
    sheaf_status status = sheaf_query_parse(&query, sheaf_slice_of(text), &at, &error);
    if (status == SHEAF_OK)
        status = sheaf_kwic_walk(&query, index, NULL, NULL, found, t, &error);
    sheaf_query_clear(&query);
    return status;
}

/* A collection and what was told of it. */
typedef struct scene {
    sheaf_buffer bytes;
    sheaf_index index;
    told told;
} scene;

static void begin(scene *s, size_t width) {
    *s = (scene){.told.width = width};
    sheaf_arena_init(&s->told.arena);
    CHECK(make(&s->bytes, &s->index));
}

static void end(scene *s) {
    sheaf_arena_clear(&s->told.arena);
    sheaf_buffer_clear(&s->bytes);
}

TEST(finds_each_place_with_its_surroundings) {
    scene s;
    begin(&s, 12);
    CHECK(ask(&s.told, &s.index, "text:harbour") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 3);
    CHECK_TEXT(s.told.lines[0].left, "The old ");
    CHECK_TEXT(s.told.lines[0].node, "harbour");
    CHECK_TEXT(s.told.lines[0].right, " was quiet. ");
    CHECK_TEXT(s.told.lines[1].left, "s quiet. A ");
    CHECK_NUMBER(s.told.lines[1].from, 30);
    CHECK_NUMBER(s.told.lines[1].to, 37);
    CHECK_TEXT(s.told.lines[2].right, " lights.");
    end(&s);
}

TEST(finds_headlines_and_texts) {
    scene s;
    begin(&s, 20);
    CHECK(ask(&s.told, &s.index, "peace -harbour*") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 0); /* all headlines have the other word */
    CHECK(ask(&s.told, &s.index, "peace") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, TEXTS + 2);
    CHECK_NUMBER(s.told.lines[0].field, SHEAF_KWIC_HEADLINE);
    CHECK_TEXT(s.told.lines[0].left, "Harbour ");
    CHECK(ask(&s.told, &s.index, "headline:peace") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, TEXTS);
    CHECK_NUMBER(s.told.lines[1].field, SHEAF_KWIC_HEADLINE);
    end(&s);
}

TEST(makes_one_line_of_a_phrase_and_of_near) {
    scene s;
    begin(&s, 40);
    CHECK(ask(&s.told, &s.index, "\"peace talks\"") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 1);
    CHECK_TEXT(s.told.lines[0].node, "Peace talks");
    CHECK(ask(&s.told, &s.index, "text:(more ONEAR/5 peace)") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 1);
    CHECK_TEXT(s.told.lines[0].node, "more talks about peace");
    CHECK(ask(&s.told, &s.index, "text:talk text:peace") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 4); /* each word makes its own */
    end(&s);
}

TEST(counts_characters_in_all_scripts) {
    scene s;
    begin(&s, 4);
    CHECK(ask(&s.told, &s.index, "=\xD0\xBC\xD0\xB8\xD1\x80") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 2);
    CHECK_NUMBER(s.told.lines[1].first, 6);
    CHECK_NUMBER(s.told.lines[1].last, 9);
    CHECK_TEXT(s.told.lines[1].left, "\xD1\x80 \xD0\xB8 ");
    CHECK(ask(&s.told, &s.index, "\xE5\x8C\x97\xE4\xBA\xAC") == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 2);
    CHECK_TEXT(s.told.lines[1].node, "\xE5\x8C\x97\xE4\xBA\xAC");
    CHECK_NUMBER(s.told.lines[1].first, 5);
    end(&s);
}

TEST(keys_are_words_around) {
    scene s;
    begin(&s, 12);
    s.told.order =
        (sheaf_kwic_order){{{SHEAF_KWIC_RIGHT, 1, false}, {SHEAF_KWIC_LEFT, 2, false}}, 2};
    CHECK(ask(&s.told, &s.index, "text:harbour") == SHEAF_OK);
    CHECK_NUMBER(s.told.lines[0].key.size, 8);
    CHECK(memcmp(s.told.lines[0].key.data, "was\0the\0", 8) == 0);
    CHECK(memcmp(s.told.lines[1].key.data, "pilot\0quiet\0", 12) == 0);
    s.told.order = (sheaf_kwic_order){{{SHEAF_KWIC_NODE, 0, true}}, 1};
    CHECK(ask(&s.told, &s.index, "text:harbour") == SHEAF_OK);
    CHECK_NUMBER((unsigned char)s.told.lines[0].key.data[0], 255 - 'h');
    end(&s);
}

/* Slots that a damaged index tells of. */
TEST(passes_over_places_that_are_not_there) {
    scene s;
    sheaf_kwic_place places[] = {{3, 2, SHEAF_KWIC_TEXT},
                                 {1000, 1001, SHEAF_KWIC_TEXT},
                                 {0, UINT32_MAX, SHEAF_KWIC_TEXT},
                                 {1, 1, SHEAF_KWIC_TEXT}};
    begin(&s, 8);
    CHECK(found(&s.told, 0, places, 4, NULL) == SHEAF_OK);
    CHECK_NUMBER(s.told.count, 1);
    CHECK_TEXT(s.told.lines[0].node, "old");
    end(&s);
}

static sheaf_status ask_once(void *context) {
    scene *s = context;
    sheaf_status status = ask(&s->told, &s->index, "\"harbour pilot\" OR peace");
    /* a cursor that has no room for positions calls its list broken */
    return status == SHEAF_CORRUPT ? SHEAF_NO_MEMORY : status;
}

static void look(void *context, sheaf_status status) {
    CHECK(status != SHEAF_OK || ((scene *)context)->told.count == TEXTS + 3);
}

TEST(ends_well_without_memory) {
    scene s;
    begin(&s, 30);
    CHECK(starve(ask_once, look, &s) > 5);
    end(&s);
}

int main(void) {
    RUN(T(finds_each_place_with_its_surroundings), T(finds_headlines_and_texts),
        T(makes_one_line_of_a_phrase_and_of_near), T(counts_characters_in_all_scripts),
        T(keys_are_words_around), T(passes_over_places_that_are_not_there),
        T(ends_well_without_memory));
}
