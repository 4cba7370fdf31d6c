/* json_pass.c - sixty-four bytes at a time give what one at a time gives. */
#include "article/json.h"
#include "article/json_masks.h"
#include "base/slice.h"
#include "base/status.h"

#include "check.h"

enum { ROUNDS = 20000, ROOM = 400, DEPTH = 6 };

static uint64_t state = 7;

static unsigned dice(unsigned sides) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % sides;
}

/* Bytes of which every third means something in JSON. */
static void fill(char *to, size_t size) {
    static const char marks[] = "\"\"\\\\{}[]{}[],:";
    for (size_t i = 0; i < size; i++)
        to[i] = dice(3) ? (char)('a' + dice(6)) : marks[dice(sizeof marks - 1)];
}

/* Where the string ends whose text begins at at; size when it does not. */
static size_t plain_string(const char *text, size_t size, size_t at, bool *escaped) {
    *escaped = false;
    for (; at < size && text[at] != '"'; at++) {
        if (text[at] == '\\') {
            *escaped = true;
            at++;
        }
    }
    return at < size ? at : size;
}

/* What passing over the object or array at at gives, and where it ends. */
static sheaf_status plain_pass(const char *text, size_t size, size_t *at) {
    char open[DEPTH];
    size_t depth = 1; /* the object that the value is a member of */
    bool escaped;
    for (; *at < size; (*at)++) {
        char c = text[*at];
        if (c == '\\') { /* no JSON out of a string; it keeps a quote from beginning one */
            *at += *at + 1 < size && (text[*at + 1] == '"' || text[*at + 1] == '\\');
        } else if (c == '"') {
            *at = plain_string(text, size, *at + 1, &escaped);
        } else if (c == '{' || c == '[') {
            if (depth == DEPTH)
                return SHEAF_LIMIT;
            open[depth++] = c;
        } else if (c == '}' || c == ']') {
            if (open[--depth] != (c == '}' ? '{' : '['))
                return SHEAF_BAD_INPUT;
            if (depth == 1)
                break;
        }
    }
    if (*at >= size)
        return SHEAF_BAD_INPUT;
    ++*at;
    return SHEAF_OK;
}

TEST(masks_are_what_they_mean) {
    char block[SHEAF_JSON_BLOCK];
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < sizeof block; i++)
            block[i] = (char)dice(256);
        if (round % 2)
            fill(block, sizeof block);
        sheaf_json_masks plain = sheaf_json_masks_plain(block), fast = sheaf_json_masks_of(block);
        CHECK_NUMBER(fast.quotes, plain.quotes);
        CHECK_NUMBER(fast.slashes, plain.slashes);
        CHECK_NUMBER(fast.brackets, plain.brackets);
    }
}

TEST(strings_end_where_they_end) {
    char text[ROOM] = "\"";
    for (int round = 0; round < ROUNDS; round++) {
        bool escaped;
        size_t size = 1 + dice(ROOM - 1);
        fill(text + 1, size - 1);
        for (size_t i = 1; round % 2 && i < size; i++)
            text[i] = text[i] == '"' && dice(8) ? '\\' : text[i];
        size_t end = plain_string(text, size, 1, &escaped);
        sheaf_json json;
        sheaf_json_token token;
        sheaf_json_init(&json, sheaf_slice_from(text, size), DEPTH);
        sheaf_status status = sheaf_json_next(&json, &token, NULL);
        CHECK_NUMBER(status, end < size ? SHEAF_OK : SHEAF_BAD_INPUT);
        if (status != SHEAF_OK)
            continue;
        CHECK_NUMBER(token.raw.size, end - 1);
        CHECK_NUMBER(json.at, end + 1);
        CHECK_NUMBER(token.escaped, escaped);
    }
}

TEST(whatever_stands_between_brackets_is_passed_alike) {
    char text[ROOM] = "{\"k\":";
    unsigned passed = 0, refused = 0;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        size_t size = 6 + dice(ROOM - 6), end = 5;
        fill(text + 5, size - 5);
        text[5] = dice(2) ? '{' : '[';
        for (size_t i = 6; round % 4 && i < size; i++)
            text[i] = (text[i] == '{' || text[i] == '[') && dice(3) ? '_' : text[i];
        sheaf_status wanted = plain_pass(text, size, &end);
        sheaf_json json;
        sheaf_json_token token;
        sheaf_json_init(&json, sheaf_slice_from(text, size), DEPTH);
        CHECK_NUMBER(sheaf_json_next(&json, &token, NULL), SHEAF_OK);
        CHECK_NUMBER(sheaf_json_next(&json, &token, NULL), SHEAF_OK);
        CHECK_NUMBER(sheaf_json_pass(&json, &token, NULL), wanted);
        if (wanted == SHEAF_OK)
            CHECK_NUMBER(json.at, end);
        passed += wanted == SHEAF_OK;
        refused += wanted != SHEAF_OK;
    }
    CHECK(passed > 1000 && refused > 1000);
}

/* Appends a value that is right, of any shape. */
static size_t value(char *to, unsigned depth) {
    size_t size = 0;
    unsigned kind = dice(depth ? 6 : 4), count = dice(4);
    static const char *const plain[] = {"1.5e3", "true", "\"\"", "\"a\\\\\\\"{]\\u00e9\""};
    if (kind < 4)
        return (size_t)sprintf(to, "%s", plain[kind]);
    to[size++] = kind == 4 ? '{' : '[';
    for (unsigned i = 0; i < count; i++) {
        size += (size_t)sprintf(to + size, "%s%s", i ? ", " : " ", kind == 4 ? "\"n\" :" : "");
        size += value(to + size, depth - 1);
    }
    to[size++] = kind == 4 ? '}' : ']';
    return size;
}

TEST(passing_ends_where_skipping_ends) {
    static char text[1 << 14];
    for (int round = 0; round < ROUNDS; round++) {
        size_t size = (size_t)sprintf(text, "{\"a\":");
        size += value(text + size, 3);
        size += (size_t)sprintf(text + size, ",\"b\":7}");
        sheaf_json one, two;
        sheaf_json_token token;
        sheaf_slice raw;
        sheaf_json_init(&one, sheaf_slice_from(text, size), DEPTH);
        sheaf_json_next(&one, &token, NULL);
        sheaf_json_next(&one, &token, NULL);
        two = one;
        CHECK_NUMBER(sheaf_json_skip(&one, &token, &raw, NULL), SHEAF_OK);
        CHECK_NUMBER(sheaf_json_pass(&two, &token, NULL), SHEAF_OK);
        CHECK_NUMBER(two.at, one.at);
        CHECK_NUMBER(two.depth, 1);
        CHECK_NUMBER(sheaf_json_next(&two, &token, NULL), SHEAF_OK);
        CHECK(token.kind == SHEAF_JSON_KEY && sheaf_json_is(&token, "b"));
    }
}

TEST(an_object_that_is_open_is_passed_to_its_end) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_json_init(&json, SLICE("[{\"a\": [{}, \"}\"]}, 5]"), DEPTH);
    sheaf_json_next(&json, &token, NULL);
    sheaf_json_next(&json, &token, NULL);
    CHECK_NUMBER(sheaf_json_pass(&json, &token, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_json_next(&json, &token, NULL), SHEAF_OK);
    CHECK(token.kind == SHEAF_JSON_NUMBER);
    CHECK_NUMBER(sheaf_json_pass(&json, &token, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_json_next(&json, &token, NULL), SHEAF_OK);
    CHECK(token.kind == SHEAF_JSON_ARRAY_END);
}

int main(void) {
    RUN(T(masks_are_what_they_mean), T(strings_end_where_they_end),
        T(whatever_stands_between_brackets_is_passed_alike), T(passing_ends_where_skipping_ends),
        T(an_object_that_is_open_is_passed_to_its_end));
}
