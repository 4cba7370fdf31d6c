/* html_conformance.c - the tokenizer against the tests of html5lib.
 *
 *   html_conformance [FOLDER]    default: $SHEAF_HTML5LIB, then the shared folder
 *
 * The tests are other people's and stand beside the checkout; without them this
 * ends with 77, which ctest shows as skipped. Both what a test expects and what
 * we read are written as plain lines, and the lines are compared. What is left
 * out or bent is said at the end of each run:
 *
 *   - parse errors are not compared: the tokenizer reports none;
 *   - xmlViolationTests ask for an option of XML parsers that we do not have;
 *   - NUL in text and CDATA: the standard's tokenizer hands it on and its tree
 *     builder drops it; ours drops it at once, so it is dropped from what is expected;
 *   - doctypes: the tokenizer hands them on raw; they are taken apart here. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/json.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "page/html_token.h"

enum { SKIPPED = 77, ATTRIBUTES_MAX = 64 };

static sheaf_arena arena;
static size_t passed, failed, left_out;

/* ---- lines ---- */

typedef struct lines {
    sheaf_buffer out;
    sheaf_buffer text; /* characters not written yet: neighbours are one */
} lines;

static void flush_text(lines *to) {
    if (to->text.size == 0)
        return;
    sheaf_buffer_printf(&to->out, "text ");
    sheaf_json_write(&to->out, sheaf_buffer_view(&to->text));
    sheaf_buffer_char(&to->out, '\n');
    to->text.size = 0;
}

static void field(lines *to, sheaf_slice text) {
    sheaf_buffer_char(&to->out, ' ');
    sheaf_json_write(&to->out, text);
}

static void start_line(lines *to, const char *kind) {
    flush_text(to);
    sheaf_buffer_printf(&to->out, "%s", kind);
}

static void end_line(lines *to) {
    sheaf_buffer_char(&to->out, '\n');
}

static int by_name(const void *a, const void *b) {
    const sheaf_html_attribute *left = a, *right = b;
    return sheaf_slice_compare(left->name, right->name);
}

static void put_attributes(lines *to, sheaf_html_attribute *list, size_t count) {
    qsort(list, count, sizeof *list, by_name);
    for (size_t i = 0; i < count; i++) {
        field(to, list[i].name);
        sheaf_buffer_char(&to->out, '=');
        sheaf_json_write(&to->out, list[i].value);
    }
}

/* ---- what we read ---- */

static sheaf_slice kept(sheaf_buffer *buffer) {
    sheaf_slice copy = sheaf_arena_copy(&arena, sheaf_buffer_view(buffer));
    sheaf_buffer_clear(buffer);
    return copy;
}

/* Names: in lower case, with U+FFFD for NUL. */
static sheaf_slice name_of(sheaf_slice written) {
    sheaf_buffer out = {0};
    for (size_t i = 0; i < written.size; i++) {
        if (written.data[i])
            sheaf_buffer_char(&out, sheaf_to_lower(written.data[i]));
        else
            sheaf_utf8_append(&out, 0xFFFD);
    }
    return kept(&out);
}

static bool among(const sheaf_html_attribute *list, size_t count, sheaf_slice name) {
    for (size_t i = 0; i < count; i++)
        if (sheaf_slice_equal(list[i].name, name))
            return true;
    return false;
}

static void put_start(lines *to, const sheaf_html_token *token) {
    sheaf_html_attribute list[ATTRIBUTES_MAX], one;
    size_t count = 0;
    for (size_t at = 0; sheaf_html_attribute_next(token->attributes, &at, &one);) {
        one.name = name_of(one.name);
        if (count == ATTRIBUTES_MAX || among(list, count, one.name))
            continue;
        sheaf_buffer value = {0};
        sheaf_html_unescape(&value, one.value, true);
        list[count++] = (sheaf_html_attribute){one.name, kept(&value)};
    }
    start_line(to, token->self_closing ? "empty" : "start");
    field(to, name_of(token->name));
    put_attributes(to, list, count);
    end_line(to);
}

/* A doctype, taken apart as the standard does. */
typedef struct doctype {
    sheaf_slice rest;
    bool quirks;
    bool has[2]; /* a public identifier, a system identifier */
    sheaf_slice id[2];
    sheaf_slice name;
} doctype;

static void skip_space(sheaf_slice *rest) {
    while (rest->size && strchr(" \t\n\f\r", *rest->data) && *rest->data)
        *rest = sheaf_slice_part(*rest, 1, rest->size);
}

/* A quoted identifier; one without its closing quote is kept, and quirky. */
static bool identifier(doctype *d, int which) {
    skip_space(&d->rest);
    if (d->rest.size == 0 || (*d->rest.data != '"' && *d->rest.data != '\''))
        return false;
    size_t close = sheaf_slice_find_char(d->rest, 1, *d->rest.data);
    d->has[which] = true;
    d->quirks |= close == SIZE_MAX;
    sheaf_buffer out = {0};
    sheaf_html_token comment = {.kind = SHEAF_HTML_COMMENT,
                                .data = sheaf_slice_part(d->rest, 1, close)};
    sheaf_html_token_text(&out, &comment);
    d->id[which] = kept(&out);
    d->rest = sheaf_slice_part(d->rest, close == SIZE_MAX ? close : close + 1, SIZE_MAX);
    return true;
}

/* What stands behind the name. True when it ends in junk behind a whole system
 * identifier, which is passed over without harm even where the input ends. */
static bool read_identifiers(doctype *d) {
    bool public = sheaf_slice_equal_fold(sheaf_slice_part(d->rest, 0, 6), SLICE("public"));
    bool system = sheaf_slice_equal_fold(sheaf_slice_part(d->rest, 0, 6), SLICE("system"));
    if (d->rest.size == 0)
        return false;
    d->rest = sheaf_slice_part(d->rest, 6, SIZE_MAX);
    if ((!public && !system) || !identifier(d, system)) {
        d->quirks = true;
        return false;
    }
    skip_space(&d->rest);
    if (public && !d->quirks && d->rest.size && !identifier(d, 1)) {
        d->quirks = true;
        return false;
    }
    skip_space(&d->rest);
    return d->has[1] && !d->quirks && d->rest.size;
}

static void put_doctype(lines *to, const sheaf_html_token *token, bool cut) {
    doctype d = {.rest = token->data};
    skip_space(&d.rest);
    size_t end = 0;
    while (end < d.rest.size && (!strchr(" \t\n\f\r", d.rest.data[end]) || !d.rest.data[end]))
        end++;
    d.name = name_of(sheaf_slice_part(d.rest, 0, end));
    d.rest = sheaf_slice_part(d.rest, end, SIZE_MAX);
    skip_space(&d.rest);
    bool harmless = read_identifiers(&d);
    start_line(to, "doctype");
    field(to, d.name);
    for (int i = 0; i < 2; i++) {
        sheaf_buffer_char(&to->out, d.has[i] ? '+' : '-');
        field(to, d.id[i]);
    }
    bool quirks = d.quirks || end == 0 || (cut && !harmless);
    sheaf_buffer_printf(&to->out, " %s\n", quirks ? "quirks" : "correct");
}

static void put_token(lines *to, const sheaf_html_token *token, sheaf_slice input) {
    sheaf_buffer text = {0};
    sheaf_html_token_text(&text, token);
    switch (token->kind) {
    case SHEAF_HTML_TEXT:
    case SHEAF_HTML_CDATA: sheaf_buffer_add(&to->text, sheaf_buffer_view(&text)); break;
    case SHEAF_HTML_START: put_start(to, token); break;
    case SHEAF_HTML_END:
        start_line(to, "end");
        field(to, name_of(token->name));
        end_line(to);
        break;
    case SHEAF_HTML_COMMENT:
        start_line(to, "comment");
        field(to, sheaf_buffer_view(&text));
        end_line(to);
        break;
    case SHEAF_HTML_DOCTYPE: put_doctype(to, token, input.data[token->to - 1] != '>'); break;
    case SHEAF_HTML_END_OF_FILE: break;
    }
    sheaf_buffer_clear(&text);
}

/* The tests know no tree builder: after each start tag the state is data again. */
static void put_input(lines *to, sheaf_slice input, sheaf_html_state state, sheaf_slice last) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_init(&html, input);
    html.state = state;
    html.last_start = last;
    do {
        sheaf_html_next(&html, &token);
        put_token(to, &token, input);
        if (token.kind == SHEAF_HTML_START)
            html.state = SHEAF_HTML_STATE_DATA;
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
    flush_text(to);
}

/* ---- what a test expects ---- */

static void broken(const char *what) {
    fprintf(stderr, "html_conformance: the tests cannot be read: %s\n", what);
    exit(2);
}

static sheaf_json_token next(sheaf_json *json) {
    sheaf_json_token token;
    sheaf_error error;
    if (sheaf_json_next(json, &token, &error) != SHEAF_OK)
        broken(error.message);
    return token;
}

static sheaf_slice rest_of(sheaf_json *json, const sheaf_json_token *token) {
    sheaf_slice raw;
    sheaf_error error;
    if (sheaf_json_skip(json, token, &raw, &error) != SHEAF_OK)
        broken(error.message);
    return raw;
}

static sheaf_slice string_of(const sheaf_json_token *token, bool twice) {
    if (token->kind == SHEAF_JSON_NULL)
        return SLICE("");
    sheaf_json_token once = {SHEAF_JSON_STRING, sheaf_json_text(&arena, token), true};
    return twice ? sheaf_json_text(&arena, &once) : once.raw;
}

static void put_without_nul(sheaf_buffer *out, sheaf_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i])
            sheaf_buffer_char(out, text.data[i]);
}

static void expect_start(lines *to, sheaf_json *json, bool twice) {
    sheaf_html_attribute list[ATTRIBUTES_MAX];
    size_t count = 0;
    sheaf_json_token name = next(json), token = next(json);
    while ((token = next(json)).kind == SHEAF_JSON_KEY && count < ATTRIBUTES_MAX) {
        list[count].name = string_of(&token, twice);
        token = next(json);
        list[count++].value = string_of(&token, twice);
    }
    token = next(json);
    start_line(to, token.kind == SHEAF_JSON_TRUE ? "empty" : "start");
    if (token.kind != SHEAF_JSON_ARRAY_END)
        next(json);
    field(to, string_of(&name, twice));
    put_attributes(to, list, count);
    end_line(to);
}

static void expect_doctype(lines *to, sheaf_json *json, bool twice) {
    start_line(to, "doctype");
    sheaf_json_token token = next(json);
    field(to, string_of(&token, twice));
    for (int i = 0; i < 2; i++) {
        token = next(json);
        sheaf_buffer_char(&to->out, token.kind == SHEAF_JSON_NULL ? '-' : '+');
        field(to, string_of(&token, twice));
    }
    token = next(json);
    sheaf_buffer_printf(&to->out, " %s\n", token.kind == SHEAF_JSON_TRUE ? "correct" : "quirks");
    next(json);
}

/* One token of a test, behind its opening bracket. */
static void expect_token(lines *to, sheaf_json *json, bool twice) {
    sheaf_json_token kind = next(json), token;
    if (sheaf_json_is(&kind, "StartTag")) {
        expect_start(to, json, twice);
        return;
    }
    if (sheaf_json_is(&kind, "DOCTYPE")) {
        expect_doctype(to, json, twice);
        return;
    }
    token = next(json);
    sheaf_slice text = string_of(&token, twice);
    if (sheaf_json_is(&kind, "Character")) {
        put_without_nul(&to->text, text);
    } else {
        start_line(to, sheaf_json_is(&kind, "EndTag") ? "end" : "comment");
        field(to, text);
        end_line(to);
    }
    next(json);
}

static void put_expected(lines *to, sheaf_slice output, bool twice) {
    sheaf_json json;
    sheaf_json_init(&json, output, 16);
    next(&json);
    while (next(&json).kind == SHEAF_JSON_ARRAY)
        expect_token(to, &json, twice);
    flush_text(to);
}

/* ---- running ---- */

typedef struct test {
    sheaf_slice description, input, output, states, last;
    bool twice; /* strings are escaped a second time */
} test;

static void compare(const test *t, sheaf_html_state state, const char *state_name) {
    lines got = {0}, wanted = {0};
    put_input(&got, t->input, state, t->last);
    put_expected(&wanted, t->output, t->twice);
    if (sheaf_slice_equal(sheaf_buffer_view(&got.out), sheaf_buffer_view(&wanted.out))) {
        passed++;
    } else if (++failed <= 20) {
        sheaf_buffer shown = {0};
        sheaf_json_write(&shown, t->input);
        fprintf(stderr, "not ok: %.*s [%s]\n input %.*s\n got\n%.*s wanted\n%.*s\n",
                SLICE_ARGS(t->description), state_name, SLICE_ARGS(shown), SLICE_ARGS(got.out),
                SLICE_ARGS(wanted.out));
        sheaf_buffer_clear(&shown);
    }
    sheaf_buffer_clear(&got.out);
    sheaf_buffer_clear(&got.text);
    sheaf_buffer_clear(&wanted.out);
    sheaf_buffer_clear(&wanted.text);
}

static void run_state(const test *t, const sheaf_json_token *name) {
    static const char *const names[] = {
        [SHEAF_HTML_STATE_DATA] = "Data state",
        [SHEAF_HTML_STATE_RCDATA] = "RCDATA state",
        [SHEAF_HTML_STATE_RAWTEXT] = "RAWTEXT state",
        [SHEAF_HTML_STATE_SCRIPT] = "Script data state",
        [SHEAF_HTML_STATE_PLAINTEXT] = "PLAINTEXT state",
        [SHEAF_HTML_STATE_CDATA] = "CDATA section state",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sheaf_json_is(name, names[i])) {
            compare(t, (sheaf_html_state)i, names[i]);
            return;
        }
    }
    printf("left out: %.*s: we have no %.*s\n", SLICE_ARGS(t->description), SLICE_ARGS(name->raw));
    left_out++;
}

static void run_test(const test *t) {
    if (t->states.size == 0) {
        compare(t, SHEAF_HTML_STATE_DATA, "Data state");
        return;
    }
    sheaf_json json;
    sheaf_json_init(&json, t->states, 16);
    next(&json);
    for (sheaf_json_token name; (name = next(&json)).kind == SHEAF_JSON_STRING;)
        run_state(t, &name);
}

/* The string in raw, which still has its quotes. */
static sheaf_slice unquoted(sheaf_slice raw, bool twice) {
    sheaf_json_token token = {SHEAF_JSON_STRING, sheaf_slice_part(raw, 1, raw.size - 1), true};
    return string_of(&token, twice);
}

/* A test, behind its opening brace. */
static void read_test(sheaf_json *json) {
    test t = {.description = SLICE("\"\""), .last = SLICE("\"\"")};
    for (sheaf_json_token key; (key = next(json)).kind == SHEAF_JSON_KEY;) {
        sheaf_slice raw = rest_of(json, &key);
        if (sheaf_json_is(&key, "description"))
            t.description = raw;
        else if (sheaf_json_is(&key, "input"))
            t.input = raw;
        else if (sheaf_json_is(&key, "output"))
            t.output = raw;
        else if (sheaf_json_is(&key, "initialStates"))
            t.states = raw;
        else if (sheaf_json_is(&key, "lastStartTag"))
            t.last = raw;
        else if (sheaf_json_is(&key, "doubleEscaped"))
            t.twice = sheaf_slice_is(raw, "true");
    }
    if (t.input.size < 2 || t.output.size < 2)
        broken("a test without input or output");
    t.input = unquoted(t.input, t.twice);
    t.last = unquoted(t.last, false);
    run_test(&t);
    sheaf_arena_reset(&arena);
}

static void run_list(sheaf_json *json, bool wanted, const char *file) {
    size_t count = 0;
    next(json);
    for (sheaf_json_token token; (token = next(json)).kind == SHEAF_JSON_OBJECT; count++) {
        if (wanted)
            read_test(json);
        else
            rest_of(json, &token);
    }
    if (!wanted) {
        printf("left out: %zu tests of %s: an option of XML parsers\n", count, file);
        left_out += count;
    }
}

static sheaf_slice read_file(const char *folder, const char *name) {
    char path[4096];
    sheaf_buffer text = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        broken(path);
    char piece[65536];
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        sheaf_buffer_append(&text, piece, got);
    fclose(file);
    return sheaf_buffer_view(&text);
}

static void run_file(const char *folder, const char *name) {
    size_t passed_before = passed, failed_before = failed;
    sheaf_slice text = read_file(folder, name);
    sheaf_json json;
    sheaf_json_init(&json, text, 16);
    next(&json);
    for (sheaf_json_token key; (key = next(&json)).kind == SHEAF_JSON_KEY;)
        run_list(&json, sheaf_json_is(&key, "tests"), name);
    printf("%-32s %5zu passed, %zu failed\n", name, passed - passed_before, failed - failed_before);
    free((void *)(uintptr_t)text.data);
}

static const char *folder_of(int count, char **arguments) {
    const char *named = getenv("SHEAF_HTML5LIB");
    if (count > 1)
        return arguments[1];
    return named ? named : "../shared/conformance/html5lib-tokenizer";
}

int main(int count, char **arguments) {
    const char *path = folder_of(count, arguments);
    DIR *folder = opendir(path);
    if (!folder) {
        printf("SKIPPED: the html5lib tests are not at %s; set SHEAF_HTML5LIB\n", path);
        return SKIPPED;
    }
    sheaf_arena_init(&arena);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (sheaf_slice_ends(sheaf_slice_of(entry->d_name), SLICE(".test")))
            run_file(path, entry->d_name);
    closedir(folder);
    sheaf_arena_clear(&arena);
    printf("%zu passed, %zu failed, %zu left out; parse errors are not compared, and NUL in text "
           "and CDATA is dropped as a tree builder would\n",
           passed, failed, left_out);
    return failed > 0 || passed == 0;
}
