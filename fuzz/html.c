/* html.c - fuzzes the tokenizer of pages, from every state it can start in.
 *
 * Tokens must follow each other without a gap and be what the standard's states,
 * written down literally, make of the same bytes. All that can be asked of a
 * token is asked of it, on copies that end where the text ends. */
#include <stdio.h>
#include <stdlib.h>

#include "../tests/page/html_judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise, const char *what) {
    if (promise)
        return;
    fprintf(stderr, "html: %s\n", what);
    abort();
}

/* A copy of its own, so that a read behind its end is noticed. */
static char *copy_of(sheaf_slice text) {
    char *copy = malloc(text.size ? text.size : 1);
    must(copy != NULL, "no memory");
    if (text.size)
        memcpy(copy, text.data, text.size);
    return copy;
}

static void check_references(sheaf_slice text, sheaf_buffer *out) {
    size_t at = 0;
    while ((at = sheaf_slice_find_char(text, at, '&')) != SIZE_MAX) {
        sheaf_buffer_reset(out);
        size_t used = sheaf_html_reference(out, text, at, false);
        must(used <= text.size - at, "a reference behind the end of the text");
        must((used > 0) == (out->size > 0), "a reference to nothing");
        must(used != 1, "a reference of one byte");
        at += used ? used : 1;
    }
}

/* Decoded text has nothing in it that decoding takes away, and is not much longer. */
static void check_text(sheaf_slice text, bool in_attribute, sheaf_buffer *out) {
    char *copy = copy_of(text);
    sheaf_slice own = sheaf_slice_from(copy, text.size);
    check_references(own, out);
    sheaf_buffer_reset(out);
    sheaf_html_unescape(out, own, in_attribute);
    must(out->size <= 3 * text.size, "decoded text is too long");
    must(sheaf_slice_find_char(sheaf_buffer_view(out), 0, '\0') == SIZE_MAX, "NUL is left");
    free(copy);
}

static void check_token(const sheaf_html_token *token, sheaf_buffer *out) {
    char *copy = copy_of(token->attributes);
    sheaf_slice own = sheaf_slice_from(copy, token->attributes.size);
    sheaf_html_attribute one;
    for (size_t at = 0, before = 0; sheaf_html_attribute_next(own, &at, &one); before = at) {
        must(at > before && at <= own.size, "an attribute that goes nowhere");
        must(one.name.size > 0, "an attribute without a name");
        check_text(one.value, true, out);
    }
    free(copy);
    check_text(token->data, false, out);
    sheaf_buffer_reset(out);
    sheaf_html_token_text(out, token);
    if (token->plain)
        must(sheaf_slice_equal(sheaf_buffer_view(out), token->data), "plain text was changed");
    must(sheaf_html_tag_of(token->name) == token->tag, "the tag of a name");
}

static void check_page(sheaf_html html) {
    sheaf_html_token token;
    sheaf_buffer out = {0};
    size_t steps = 0;
    do {
        sheaf_html before = html;
        sheaf_html_next(&html, &token);
        const char *wrong = judge(&before, &token);
        must(wrong == NULL, wrong ? wrong : "");
        must(html.at == token.to, "where the tokenizer stands");
        check_token(&token, &out);
        must(++steps <= html.input.size + 1, "too many tokens");
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
    sheaf_html_next(&html, &token);
    must(token.kind == SHEAF_HTML_END_OF_FILE && token.from == token.to,
         "something behind the end");
    must(html.at == html.input.size, "bytes that no token has");
    sheaf_buffer_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {
        [SHEAF_HTML_STATE_DATA] = "",           [SHEAF_HTML_STATE_RCDATA] = "title",
        [SHEAF_HTML_STATE_RAWTEXT] = "style",   [SHEAF_HTML_STATE_SCRIPT] = "script",
        [SHEAF_HTML_STATE_PLAINTEXT] = "plain", [SHEAF_HTML_STATE_CDATA] = "",
    };
    sheaf_html html;
    sheaf_html_init(&html, sheaf_slice_from((const char *)data, size));
    for (unsigned state = 0; state < sizeof names / sizeof *names; state++) {
        html.state = (sheaf_html_state)state;
        html.last_start = sheaf_slice_of(names[state]);
        html.foreign = false;
        check_page(html);
        html.foreign = true;
        check_page(html);
    }
    return 0;
}
