/* json.c - the pull parser against good, bad and hostile JSON. */
#include "article/json.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "check.h"

/* Parses to the end; the status, and the number of tokens. */
static sheaf_status parse(sheaf_slice text, size_t *tokens, sheaf_error *error) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_status status;
    *tokens = 0;
    sheaf_json_init(&json, text, 256);
    while ((status = sheaf_json_next(&json, &token, error)) == SHEAF_OK &&
           token.kind != SHEAF_JSON_END)
        ++*tokens;
    return status;
}

TEST(good_json_is_taken) {
    static const struct {
        const char *text;
        size_t tokens;
    } good[] = {{"{}", 2},
                {" [1, -2.5e+3, true,false ,null] ", 7},
                {"{\"a\":{\"b\":[]},\"c\":\"\\\"\\\\\"}", 10},
                {"\xEF\xBB\xBF\"x\"", 1},
                {"[[[[]]]]", 8},
                {"0", 1}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t tokens;
        CHECK_NUMBER(parse(sheaf_slice_of(good[i].text), &tokens, NULL), SHEAF_OK);
        CHECK_NUMBER(tokens, good[i].tokens);
    }
}

TEST(bad_json_is_refused) {
    static const char *const bad[] = {
        "",           "{",       "[1,",   "{\"a\"}",   "{\"a\":}",  "{a:1}", "[1 2]", "{} x",
        "\"open",     "\"esc\\", "tru",   "-",         "1.",        "1e",    "]",     "[}",
        "{\"a\":1,}", "[1,]",    "{1:2}", "[\"a\":1]", "{\"a\" 1}", "nul",   "+1",    "\"\\"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t tokens;
        sheaf_error error = {0};
        sheaf_status status = parse(sheaf_slice_of(bad[i]), &tokens, &error);
        if (status != SHEAF_BAD_INPUT)
            fprintf(stderr, "case %zu: %s\n", i, bad[i]);
        CHECK_NUMBER(status, SHEAF_BAD_INPUT);
        CHECK(strstr(error.message, "byte") != NULL);
    }
}

TEST(errors_tell_byte_and_line) {
    size_t tokens;
    sheaf_error error;
    CHECK_NUMBER(parse(SLICE("{\n\"a\": 1,\n oops}"), &tokens, &error), SHEAF_BAD_INPUT);
    CHECK(strstr(error.message, "byte 11, line 3") != NULL);
}

TEST(depth_100000_is_a_limit_not_a_crash) {
    size_t size = 100000;
    char *deep = malloc(size);
    size_t tokens;
    sheaf_error error;
    memset(deep, '[', size);
    CHECK_NUMBER(parse((sheaf_slice){deep, size}, &tokens, &error), SHEAF_LIMIT);
    CHECK_NUMBER(tokens, 256);
    free(deep);
}

static sheaf_slice text_of(sheaf_arena *arena, const char *json_text) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_json_init(&json, sheaf_slice_of(json_text), 16);
    CHECK_NUMBER(sheaf_json_next(&json, &token, NULL), SHEAF_OK);
    return sheaf_json_text(arena, &token);
}

TEST(strings_are_unescaped_and_mended) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    CHECK_TEXT(text_of(&arena, "\"a\\n\\t\\\"\\\\\\/b\""), "a\n\t\"\\/b");
    CHECK_TEXT(text_of(&arena, "\"\\u00e9\\ud83d\\udcf0\""), "\xC3\xA9\xF0\x9F\x93\xB0");
    CHECK_TEXT(text_of(&arena, "\"\\ud83d x\""), "\xEF\xBF\xBD x");
    CHECK_TEXT(text_of(&arena, "\"\\u12\""), "\xEF\xBF\xBD"
                                             "12");
    CHECK_TEXT(text_of(&arena, "\"bad \xFF byte\""), "bad \xEF\xBF\xBD byte");
    sheaf_arena_clear(&arena);
}

TEST(what_is_written_is_read_back) {
    char bytes[256];
    sheaf_buffer out = {0};
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (int i = 0; i < 128; i++)
        bytes[i] = (char)i;
    sheaf_json_write(&out, (sheaf_slice){bytes, 128});
    sheaf_buffer_char(&out, '\0');
    sheaf_slice back = text_of(&arena, out.data);
    CHECK(sheaf_slice_equal(back, (sheaf_slice){bytes, 128}));
    sheaf_buffer_clear(&out);
    sheaf_arena_clear(&arena);
}

TEST(skip_gives_the_raw_value) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_slice raw;
    sheaf_json_init(&json, SLICE("{\"a\": [1, {\"b\": 2}], \"c\": \"x\"}"), 16);
    sheaf_json_next(&json, &token, NULL);
    sheaf_json_next(&json, &token, NULL);
    CHECK_NUMBER(sheaf_json_skip(&json, &token, &raw, NULL), SHEAF_OK);
    CHECK_TEXT(raw, "[1, {\"b\": 2}]");
    sheaf_json_next(&json, &token, NULL);
    CHECK(sheaf_json_is(&token, "c"));
    CHECK_NUMBER(sheaf_json_skip(&json, &token, &raw, NULL), SHEAF_OK);
    CHECK_TEXT(raw, "\"x\"");
}

int main(void) {
    RUN(T(good_json_is_taken), T(bad_json_is_refused), T(errors_tell_byte_and_line),
        T(depth_100000_is_a_limit_not_a_crash), T(strings_are_unescaped_and_mended),
        T(what_is_written_is_read_back), T(skip_gives_the_raw_value));
}
