/* selector_parse.c - the text of a selector, compiled.
 *
 * Plain recursive descent. What is wrong is told once, with the text and a caret
 * below the character; compiling stops there. */
#include <stdio.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "page/selector_parts.h"

enum { MOST_NUMBER = 1000000, SHOWN = 60 };

typedef struct parser {
    sheaf_slice text;
    size_t at;
    sheaf_selector *selector;
    unsigned nesting;
    bool within_has;
    sheaf_error *error;
    sheaf_status status;
} parser;

/* ---- what is wrong, and where ---------------------------------------------------- */

static bool is_boundary(sheaf_slice text, size_t at) {
    return at >= text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static size_t count_characters(sheaf_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += is_boundary(text, i);
    return count;
}

/* The stretch of text around at that is shown; control characters as blanks. */
static sheaf_slice shown_part(sheaf_buffer *out, sheaf_slice text, size_t at, size_t *caret) {
    size_t from = at > SHOWN ? at - SHOWN : 0, to = at + SHOWN < text.size ? at + SHOWN : text.size;
    while (from < at && !is_boundary(text, from))
        from++;
    while (to > at && !is_boundary(text, to))
        to--;
    const char *before = from > 0 ? "..." : "";
    *caret = strlen(before) + count_characters(sheaf_slice_part(text, from, at));
    sheaf_buffer_printf(out, "%s", before);
    for (size_t i = from; i < to; i++)
        sheaf_buffer_char(out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
    sheaf_buffer_printf(out, "%s", to < text.size ? "..." : "");
    return sheaf_buffer_view(out);
}

static bool fail_at(parser *p, size_t at, const char *message) {
    sheaf_buffer out = {0};
    size_t caret;
    if (p->status)
        return false;
    sheaf_slice part = shown_part(&out, p->text, at, &caret);
    p->status = sheaf_fail(p->error, SHEAF_MISUSE, "%s\n  %.*s\n  %*s^", message, SLICE_ARGS(part),
                           (int)caret, "");
    sheaf_buffer_clear(&out);
    return false;
}

static bool fail(parser *p, const char *message) {
    return fail_at(p, p->at, message);
}

static bool fail_memory(parser *p) {
    if (!p->status)
        p->status = sheaf_fail(p->error, SHEAF_NO_MEMORY, "out of memory");
    return false;
}

/* ---- characters -------------------------------------------------------------------- */

static bool at_end(const parser *p) {
    return p->at >= p->text.size;
}

static char peek(const parser *p) {
    return at_end(p) ? '\0' : p->text.data[p->at];
}

static bool skip_space(parser *p) {
    size_t from = p->at;
    while (!at_end(p) && sheaf_is_space(peek(p)))
        p->at++;
    return p->at > from;
}

static bool accept(parser *p, char c) {
    if (at_end(p) || peek(p) != c)
        return false;
    p->at++;
    return true;
}

static bool is_name_char(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c) || c == '-' || c == '_' ||
           (unsigned char)c >= 128;
}

static int hex_value(char c) {
    if (sheaf_is_digit(c))
        return c - '0';
    c = sheaf_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash: up to six hexadecimal digits and a blank, or any character. */
static void take_escape(parser *p, sheaf_buffer *out) {
    uint32_t code = 0;
    int digits = 0;
    for (; digits < 6 && hex_value(peek(p)) >= 0; digits++, p->at++)
        code = code * 16 + (uint32_t)hex_value(peek(p));
    if (digits == 0) {
        sheaf_buffer_char(out, p->text.data[p->at++]);
        return;
    }
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        code = 0xFFFD;
    sheaf_utf8_append(out, code);
    if (sheaf_is_space(peek(p)))
        p->at++;
}

static bool keep(parser *p, sheaf_buffer *taken, sheaf_slice *out) {
    *out = sheaf_arena_copy(&p->selector->arena, sheaf_buffer_view(taken));
    bool fine = !taken->failed && !p->selector->arena.failed;
    sheaf_buffer_clear(taken);
    return fine || fail_memory(p);
}

/* A name; unlike in CSS it may begin with a digit, as it may in a page. */
static bool take_name(parser *p, sheaf_slice *out, const char *missing) {
    sheaf_buffer taken = {0};
    while (!at_end(p)) {
        if (is_name_char(peek(p))) {
            sheaf_buffer_char(&taken, p->text.data[p->at++]);
        } else if (peek(p) == '\\' && p->at + 1 < p->text.size) {
            p->at++;
            take_escape(p, &taken);
        } else {
            break;
        }
    }
    if (taken.size == 0 && !taken.failed)
        return fail(p, missing);
    return keep(p, &taken, out);
}

static bool take_quoted(parser *p, sheaf_slice *out) {
    sheaf_buffer taken = {0};
    size_t opened = p->at;
    char quote = p->text.data[p->at++];
    while (!at_end(p) && peek(p) != quote) {
        if (peek(p) == '\\' && p->at + 1 < p->text.size) {
            p->at++;
            take_escape(p, &taken);
        } else {
            sheaf_buffer_char(&taken, p->text.data[p->at++]);
        }
    }
    if (!accept(p, quote))
        return sheaf_buffer_clear(&taken), fail_at(p, opened, "this quotation mark is not closed");
    return keep(p, &taken, out);
}

static bool take_value(parser *p, sheaf_slice *out, const char *missing) {
    if (peek(p) == '"' || peek(p) == '\'')
        return take_quoted(p, out);
    return take_name(p, out, missing);
}

/* ---- tests ------------------------------------------------------------------------- */

static sheaf_test *add_test(parser *p, sheaf_compound *compound, sheaf_test_kind kind) {
    sheaf_test *test = sheaf_arena_zero(&p->selector->arena, 1, sizeof *test);
    if (!test)
        return fail_memory(p), NULL;
    test->kind = kind;
    sheaf_test **last = &compound->tests;
    while (*last)
        last = &(*last)->next;
    *last = test;
    return test;
}

static bool parse_type(parser *p, sheaf_compound *compound) {
    sheaf_slice name;
    if (accept(p, '*'))
        return true;
    if (!take_name(p, &name, "expected a selector, such as p, .class, #id or [attribute]"))
        return false;
    sheaf_html_tag tag = sheaf_html_tag_of(name);
    sheaf_test *test =
        add_test(p, compound, tag == SHEAF_HTML_OTHER ? SHEAF_TEST_NAME : SHEAF_TEST_TAG);
    if (!test)
        return false;
    test->number = (uint32_t)tag;
    test->name = name;
    return true;
}

static bool parse_named(parser *p, sheaf_compound *compound, bool is_id) {
    sheaf_slice name;
    p->at++;
    if (!take_name(p, &name, is_id ? "expected an id behind #" : "expected a class behind the dot"))
        return false;
    sheaf_test *test = add_test(p, compound, is_id ? SHEAF_TEST_ID : SHEAF_TEST_CLASS);
    if (!test)
        return false;
    test->name = name;
    test->hash = sheaf_name_hash(name, is_id);
    compound->names |= sheaf_name_bit(test->hash);
    return true;
}

/* Attributes whose values have no case in HTML. */
static bool value_has_no_case(sheaf_slice name) {
    static const char *const names[] = {
        "accept",   "accept-charset", "align",    "axis",    "charset",  "checked",    "defer",
        "dir",      "direction",      "disabled", "enctype", "hreflang", "http-equiv", "lang",
        "language", "link",           "media",    "method",  "multiple", "readonly",   "rel",
        "rev",      "scope",          "selected", "shape",   "target",   "type",       "valign"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sheaf_slice_equal_fold(name, sheaf_slice_of(names[i])))
            return true;
    }
    return false;
}

static bool parse_operator(parser *p, sheaf_test *test) {
    static const char marks[] = "~|^$*";
    static const sheaf_test_kind kinds[] = {SHEAF_TEST_WORD, SHEAF_TEST_DASH, SHEAF_TEST_START,
                                            SHEAF_TEST_FINISH, SHEAF_TEST_PART};
    test->kind = SHEAF_TEST_EQUAL;
    const char *mark = peek(p) ? strchr(marks, peek(p)) : NULL; /* not its end */
    if (mark) {
        test->kind = kinds[mark - marks];
        p->at++;
    }
    return accept(p, '=') || fail(p, "expected ] or one of = ~= |= ^= $= *=");
}

/* The letter i or s behind a value. */
static void parse_case(parser *p, sheaf_test *test) {
    skip_space(p);
    char flag = sheaf_to_lower(peek(p));
    if (flag != 'i' && flag != 's')
        return;
    test->fold = flag == 'i';
    p->at++;
    skip_space(p);
}

static bool parse_attribute(parser *p, sheaf_compound *compound) {
    size_t opened = p->at++;
    sheaf_test *test = add_test(p, compound, SHEAF_TEST_HAVING);
    skip_space(p);
    if (!test || !take_name(p, &test->name, "expected the name of an attribute behind ["))
        return false;
    skip_space(p);
    if (accept(p, ']'))
        return true;
    if (at_end(p))
        return fail_at(p, opened, "this [ is not closed");
    test->fold = value_has_no_case(test->name);
    if (!parse_operator(p, test))
        return false;
    skip_space(p);
    if (!take_value(p, &test->value, "expected a value; quote it when it is more than a word"))
        return false;
    parse_case(p, test);
    if (at_end(p))
        return fail_at(p, opened, "this [ is not closed");
    return accept(p, ']') || fail(p, "expected ]; a value with other signs than letters, digits, "
                                     "- and _ must be quoted");
}

/* ---- pseudo-classes ------------------------------------------------------------------ */

static bool parse_list(parser *p, sheaf_compound **list);

static bool take_number(parser *p, int32_t *number) {
    size_t from = p->at;
    int32_t value = 0;
    for (; sheaf_is_digit(peek(p)); p->at++) {
        if (value < MOST_NUMBER)
            value = value * 10 + (peek(p) - '0');
    }
    *number = value;
    return p->at > from;
}

static int take_sign(parser *p) {
    if (accept(p, '-'))
        return -1;
    accept(p, '+');
    return 1;
}

static bool accept_word(parser *p, const char *word) {
    sheaf_slice next = sheaf_slice_part(p->text, p->at, p->at + strlen(word));
    if (!sheaf_slice_equal_fold(next, sheaf_slice_of(word)))
        return false;
    p->at += next.size;
    return true;
}

/* odd, even, 3, n, 2n, 2n+1, -n + 3 */
static bool parse_nth(parser *p, sheaf_test *test) {
    static const char expected[] = "expected odd, even, a number, or a step such as 2n+1";
    skip_space(p);
    if (accept_word(p, "odd"))
        return test->step = 2, test->offset = 1, true;
    if (accept_word(p, "even"))
        return test->step = 2, test->offset = 0, true;
    int sign = take_sign(p);
    int32_t number;
    bool has_number = take_number(p, &number);
    if (!accept(p, 'n') && !accept(p, 'N')) {
        test->offset = sign * number;
        return has_number || fail(p, expected);
    }
    test->step = sign * (has_number ? number : 1);
    skip_space(p);
    if (peek(p) != '+' && peek(p) != '-')
        return true;
    sign = take_sign(p);
    skip_space(p);
    if (!take_number(p, &number))
        return fail(p, expected);
    test->offset = sign * number;
    return true;
}

static bool parse_contains(parser *p, sheaf_test *test) {
    skip_space(p);
    test->number = (uint32_t)p->selector->cursor_count;
    if (p->selector->cursor_count++ == SHEAF_SELECTOR_CURSORS)
        return fail(p, "too many :contains in one selector");
    size_t from = p->at;
    if (!take_value(p, &test->value, "expected a text, such as :contains(\"Read more\")"))
        return false;
    return test->value.size > 0 || fail_at(p, from, "this text is empty");
}

static bool parse_names(parser *p, sheaf_test *test) {
    return parse_list(p, &test->list);
}

static bool parse_compound(parser *p, sheaf_compound *compound);

/* One compound of :has, with > before it or not. */
static bool parse_inner(parser *p, sheaf_test *test) {
    sheaf_selector *selector = p->selector;
    skip_space(p);
    bool is_child = accept(p, '>');
    skip_space(p);
    if (selector->inner_count == SHEAF_SELECTOR_COMPOUNDS)
        return fail(p, "too many selectors within :has");
    sheaf_compound *compound = sheaf_arena_zero(&selector->arena, 1, sizeof *compound);
    if (!compound)
        return fail_memory(p);
    uint64_t bit = (uint64_t)1 << selector->inner_count;
    selector->inner[selector->inner_count++] = compound;
    *(is_child ? &test->children : &test->below) |= bit;
    if (!parse_compound(p, compound))
        return false;
    skip_space(p);
    return true;
}

static bool parse_has(parser *p, sheaf_test *test) {
    if (p->within_has)
        return fail(p, ":has cannot stand within :has");
    p->within_has = true;
    do {
        if (!parse_inner(p, test))
            return false;
    } while (accept(p, ','));
    p->within_has = false;
    return peek(p) == ')' || fail(p, "within :has only a list without combinators, but for one > "
                                     "before each");
}

typedef struct pseudo {
    const char *name;
    sheaf_test_kind kind;
    bool (*parse)(parser *, sheaf_test *); /* what stands in its brackets; NULL: none */
} pseudo;

static const pseudo pseudos[] = {
    {"first-child", SHEAF_TEST_FIRST, NULL},
    {"last-child", SHEAF_TEST_LAST, NULL},
    {"only-child", SHEAF_TEST_FIRST, NULL},
    {"nth-child", SHEAF_TEST_NTH, parse_nth},
    {"empty", SHEAF_TEST_EMPTY, NULL},
    {"root", SHEAF_TEST_ROOT, NULL},
    {"contains", SHEAF_TEST_CONTAINS, parse_contains},
    {"is", SHEAF_TEST_IS, parse_names},
    {"where", SHEAF_TEST_IS, parse_names},
    {"not", SHEAF_TEST_NOT, parse_names},
    {"has", SHEAF_TEST_HAS, parse_has},
};

static const pseudo *find_pseudo(sheaf_slice name) {
    for (size_t i = 0; i < sizeof pseudos / sizeof *pseudos; i++) {
        if (sheaf_slice_equal_fold(name, sheaf_slice_of(pseudos[i].name)))
            return &pseudos[i];
    }
    return NULL;
}

static bool parse_brackets(parser *p, const pseudo *what, sheaf_test *test) {
    size_t opened = p->at;
    if (!accept(p, '('))
        return fail(p, "expected ( here");
    if (p->nesting == SHEAF_SELECTOR_NESTING)
        return fail(p, "brackets are nested too deep");
    p->nesting++;
    if (!what->parse(p, test))
        return false;
    p->nesting--;
    skip_space(p);
    if (at_end(p))
        return fail_at(p, opened, "this ( is not closed");
    return accept(p, ')') || fail(p, "expected ) here");
}

static bool parse_pseudo(parser *p, sheaf_compound *compound) {
    size_t from = p->at++;
    sheaf_slice name;
    if (peek(p) == ':')
        return fail_at(p, from, "pseudo-elements have no text in a page");
    if (!take_name(p, &name, "expected a name behind the colon"))
        return false;
    const pseudo *what = find_pseudo(name);
    if (!what)
        return fail_at(p, from,
                       "not known; there are :first-child, :last-child, :only-child, "
                       ":nth-child(), :empty, :root, :is(), :not(), :has() and "
                       ":contains()");
    sheaf_test *test = add_test(p, compound, what->kind);
    if (!test)
        return false;
    if (!what->parse)
        return !sheaf_slice_equal_fold(name, SLICE("only-child")) ||
               add_test(p, compound, SHEAF_TEST_LAST);
    return parse_brackets(p, what, test);
}

/* ---- compounds and chains --------------------------------------------------------------- */

static bool starts_test(char c) {
    return c == '.' || c == '#' || c == '[' || c == ':';
}

static bool parse_compound(parser *p, sheaf_compound *compound) {
    if (!starts_test(peek(p)) && !parse_type(p, compound))
        return false;
    for (;;) {
        bool fine;
        switch (peek(p)) {
        case '.': fine = parse_named(p, compound, false); break;
        case '#': fine = parse_named(p, compound, true); break;
        case '[': fine = parse_attribute(p, compound); break;
        case ':': fine = parse_pseudo(p, compound); break;
        default: return true;
        }
        if (!fine)
            return false;
    }
}

static bool parse_list(parser *p, sheaf_compound **list) {
    do {
        skip_space(p);
        sheaf_compound *compound = sheaf_arena_zero(&p->selector->arena, 1, sizeof *compound);
        if (!compound)
            return fail_memory(p);
        *list = compound;
        list = &compound->next;
        if (!parse_compound(p, compound))
            return false;
        skip_space(p);
    } while (accept(p, ','));
    return at_end(p) || peek(p) == ')' ||
           fail(p, "within these brackets only a list without combinators");
}

/* The combinator here, with the blanks around it: ' ', '>', '+', '~', ',' or '\0'. */
static char take_combinator(parser *p) {
    bool blank = skip_space(p);
    char c = peek(p);
    if (at_end(p))
        return '\0';
    if (c == '>' || c == '+' || c == '~' || c == ',') {
        p->at++;
        skip_space(p);
        return c;
    }
    return blank ? ' ' : '!';
}

static uint64_t *mask_of(sheaf_selector *selector, char combinator) {
    switch (combinator) {
    case ' ': return &selector->descendants;
    case '>': return &selector->children;
    case '+': return &selector->adjacent;
    case '~': return &selector->siblings;
    default: return &selector->starts;
    }
}

static bool parse_selector(parser *p) {
    sheaf_selector *selector = p->selector;
    char combinator = ',';
    skip_space(p);
    if (at_end(p))
        return fail(p, "the selector is empty");
    while (combinator) {
        if (selector->count == SHEAF_SELECTOR_COMPOUNDS)
            return fail(p, "the selector has too many parts");
        if (combinator != ',' && at_end(p))
            return fail(p, "expected a selector behind the combinator");
        uint64_t bit = (uint64_t)1 << selector->count;
        *mask_of(selector, combinator) |= bit;
        if (!parse_compound(p, &selector->compounds[selector->count++]))
            return false;
        combinator = take_combinator(p);
        if (combinator == '!')
            return fail(p, "not understood here");
        if (combinator == ',' || combinator == '\0')
            selector->ends |= bit;
    }
    return true;
}

sheaf_status sheaf_selector_compile(sheaf_selector **out, sheaf_slice text, sheaf_error *error) {
    if (text.size > SHEAF_SELECTOR_BYTES)
        return sheaf_fail(error, SHEAF_MISUSE, "a selector has at most %d bytes",
                          SHEAF_SELECTOR_BYTES);
    if (!sheaf_utf8_valid(text))
        return sheaf_fail(error, SHEAF_MISUSE, "the selector is not valid UTF-8");
    sheaf_selector *selector = sheaf_calloc(1, sizeof *selector);
    if (!selector)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    parser p = {.text = text, .selector = selector, .error = error};
    if (!parse_selector(&p)) {
        sheaf_selector_free(selector);
        return p.status;
    }
    *out = selector;
    return SHEAF_OK;
}

size_t sheaf_selector_size(const sheaf_selector *selector) {
    return selector->count + selector->inner_count;
}

void sheaf_selector_free(sheaf_selector *selector) {
    if (!selector)
        return;
    sheaf_arena_clear(&selector->arena);
    sheaf_free(selector);
}
