/* html_token.c - the tokenizer.
 *
 * The standard describes some eighty states, one byte a step. Nearly all of them
 * only say where a thing ends, so here a thing is found whole: text up to a '<'
 * that opens markup, a comment up to its "-->", a tag up to the '>' that stands
 * in no quoted value. What the states would have made of the bytes in between is
 * asked for later, by whoever needs it.
 *
 * Invariant: each call moves html->at to token->to, which is never less than
 * token->from, and looks at no byte before token->from: time is linear. */
#include "page/html_token.h"

#include "base/slice.h"
#include "page/html_raw.h"
#include "page/html_scan.h"

void sheaf_html_init(sheaf_html *html, sheaf_slice input) {
    *html = (sheaf_html){.input = input};
}

static void finish(sheaf_html *html, sheaf_html_token *token, sheaf_html_kind kind, size_t to) {
    token->kind = kind;
    token->to = to;
    html->at = to;
}

/* ---- tags ---- */

/* Whether the '=' at data[at] is the first byte of a name, and so a part of it: nothing
 * but white space parts it from the start or from a '/'. */
static bool starts_name(const char *data, size_t from, size_t at) {
    while (at > from && sheaf_html_is_space(data[at - 1]))
        at--;
    return at == from || data[at - 1] == '/';
}

/* Behind the value that may follow the '=' before data[at]; size when a quote is not closed. */
static size_t value_end(const char *data, size_t at, size_t size) {
    while (at < size && sheaf_html_is_space(data[at]))
        at++;
    if (at == size || data[at] == '>')
        return at;
    if (data[at] == '"' || data[at] == '\'') {
        size_t close = sheaf_html_scan_two(data, at + 1, size, data[at], data[at]);
        return close < size ? close + 1 : size;
    }
    while (at < size && data[at] != '>' && !sheaf_html_is_space(data[at]))
        at++;
    return at;
}

/* The '>' that ends a tag whose name ended at data[at]; size when there is none. Only
 * what follows an '=' can be quoted, so only '=' and '>' are looked for. */
static size_t tag_end(const char *data, size_t at, size_t size, bool *self_closing) {
    size_t from = at;
    for (;;) {
        at = sheaf_html_scan_two(data, at, size, '=', '>');
        if (at == size)
            return size;
        if (data[at] == '>') {
            *self_closing = at > from && data[at - 1] == '/';
            return at;
        }
        bool in_name = starts_name(data, from, at);
        at++;
        if (!in_name)
            from = at = value_end(data, at, size);
    }
}

/* The tag that starts at token->from and whose name starts at name. */
static void read_tag(sheaf_html *html, sheaf_html_token *token, size_t name, sheaf_html_kind kind) {
    sheaf_slice input = html->input;
    size_t name_end = sheaf_html_scan_name(input.data, name, input.size);
    size_t end = tag_end(input.data, name_end, input.size, &token->self_closing);
    if (end == input.size) {
        token->self_closing = false;
        finish(html, token, SHEAF_HTML_END_OF_FILE, end);
        return;
    }
    token->name = sheaf_slice_from(input.data + name, name_end - name);
    token->tag = sheaf_html_tag_of(token->name);
    token->attributes = sheaf_slice_from(input.data + name_end, end - name_end);
    finish(html, token, kind, end + 1);
    if (kind == SHEAF_HTML_END)
        return;
    html->last_start = token->name;
    if (!html->foreign)
        html->state = sheaf_html_raw_state(token->tag);
}

/* ---- comments, doctypes, CDATA ---- */

/* From data[from] to the next '>' or the end of the input. */
static void read_bogus(sheaf_html *html, sheaf_html_token *token, size_t from,
                       sheaf_html_kind kind) {
    size_t end = sheaf_slice_find_char(html->input, from, '>');
    bool open = end == SIZE_MAX;
    if (open)
        end = html->input.size;
    token->data = sheaf_slice_part(html->input, from, end);
    finish(html, token, kind, open ? end : end + 1);
}

/* How many bytes before the '>' at data[at] close the comment that starts at from;
 * SIZE_MAX when they do not. */
static size_t comment_close(const char *data, size_t from, size_t at) {
    size_t size = at - from;
    if (size == 0 || (size == 1 && data[from] == '-'))
        return size; /* "<!-->" and "<!--->" */
    if (size >= 2 && memcmp(data + at - 2, "--", 2) == 0)
        return 2;
    if (size >= 3 && memcmp(data + at - 3, "--!", 3) == 0)
        return 3;
    return SIZE_MAX;
}

/* How much of a close the end of the input cut off. */
static size_t cut_close(sheaf_slice data) {
    static const char *const closes[] = {"--!", "--", "-"};
    for (size_t i = 0; i < 3; i++)
        if (sheaf_slice_ends(data, sheaf_slice_of(closes[i])))
            return strlen(closes[i]);
    return 0;
}

static void read_comment(sheaf_html *html, sheaf_html_token *token, size_t from) {
    sheaf_slice input = html->input;
    size_t at = from;
    for (; (at = sheaf_slice_find_char(input, at, '>')) != SIZE_MAX; at++) {
        size_t close = comment_close(input.data, from, at);
        if (close == SIZE_MAX)
            continue;
        token->data = sheaf_slice_part(input, from, at - close);
        finish(html, token, SHEAF_HTML_COMMENT, at + 1);
        return;
    }
    sheaf_slice rest = sheaf_slice_part(input, from, input.size);
    token->data = sheaf_slice_part(rest, 0, rest.size - cut_close(rest));
    finish(html, token, SHEAF_HTML_COMMENT, input.size);
}

/* From data[from] to behind "]]>", or to the end of the input. */
static void read_cdata(sheaf_html *html, sheaf_html_token *token, size_t from) {
    size_t end = sheaf_slice_find(html->input, from, SLICE("]]>"));
    bool open = end == SIZE_MAX;
    if (open)
        end = html->input.size;
    token->data = sheaf_slice_part(html->input, from, end);
    token->state = SHEAF_HTML_STATE_CDATA;
    html->state = SHEAF_HTML_STATE_DATA;
    finish(html, token, SHEAF_HTML_CDATA, open ? end : end + 3);
}

/* "<!" at token->from. */
static void read_declaration(sheaf_html *html, sheaf_html_token *token) {
    size_t from = token->from + 2;
    sheaf_slice head = sheaf_slice_part(html->input, from, from + 7);
    if (sheaf_slice_starts(head, SLICE("--")))
        read_comment(html, token, from + 2);
    else if (sheaf_slice_equal_fold(head, SLICE("doctype")))
        read_bogus(html, token, from + 7, SHEAF_HTML_DOCTYPE);
    else if (html->foreign && sheaf_slice_equal(head, SLICE("[CDATA[")))
        read_cdata(html, token, from + 7);
    else
        read_bogus(html, token, from, SHEAF_HTML_COMMENT);
}

/* ---- text ---- */

/* Whether the '<' at input[at] opens markup rather than being text. */
static bool opens_markup(sheaf_slice input, size_t at) {
    if (at + 1 >= input.size)
        return false;
    char c = input.data[at + 1];
    return sheaf_is_alpha(c) || c == '!' || c == '?' || (c == '/' && at + 2 < input.size);
}

static void read_text(sheaf_html *html, sheaf_html_token *token) {
    sheaf_slice input = html->input;
    bool special = false;
    size_t at = token->from;
    for (;; at++) {
        at = sheaf_html_scan_text(input.data, at, input.size, '&', &special);
        if (at == input.size || opens_markup(input, at))
            break;
    }
    token->data = sheaf_slice_from(input.data + token->from, at - token->from);
    token->plain = !special;
    finish(html, token, SHEAF_HTML_TEXT, at);
}

static void read_markup(sheaf_html *html, sheaf_html_token *token) {
    sheaf_slice input = html->input;
    size_t at = token->from + 1;
    char c = input.data[at];
    if (c == '!') {
        read_declaration(html, token);
    } else if (c == '?') {
        read_bogus(html, token, at, SHEAF_HTML_COMMENT);
    } else if (c != '/') {
        read_tag(html, token, at, SHEAF_HTML_START);
    } else if (sheaf_is_alpha(input.data[at + 1])) {
        read_tag(html, token, at + 1, SHEAF_HTML_END);
    } else if (input.data[at + 1] == '>') {
        token->plain = true;
        finish(html, token, SHEAF_HTML_TEXT, at + 2);
    } else {
        read_bogus(html, token, at + 1, SHEAF_HTML_COMMENT);
    }
}

/* Raw text, when there is any before its end tag. */
static bool read_raw(sheaf_html *html, sheaf_html_token *token) {
    bool special;
    size_t end = sheaf_html_raw_end(html, &special);
    token->state = html->state;
    if (html->state != SHEAF_HTML_STATE_PLAINTEXT)
        html->state = SHEAF_HTML_STATE_DATA;
    if (end == token->from)
        return false;
    token->data = sheaf_slice_part(html->input, token->from, end);
    token->plain = !special;
    finish(html, token, SHEAF_HTML_TEXT, end);
    return true;
}

void sheaf_html_next(sheaf_html *html, sheaf_html_token *token) {
    *token = (sheaf_html_token){.from = html->at};
    if (html->at >= html->input.size) {
        finish(html, token, SHEAF_HTML_END_OF_FILE, html->input.size);
        return;
    }
    if (html->state == SHEAF_HTML_STATE_CDATA) {
        read_cdata(html, token, html->at);
        return;
    }
    if (html->state != SHEAF_HTML_STATE_DATA) {
        if (read_raw(html, token))
            return;
        token->state = SHEAF_HTML_STATE_DATA;
    }
    if (html->input.data[html->at] == '<' && opens_markup(html->input, html->at))
        read_markup(html, token);
    else
        read_text(html, token);
}
