/* html_judge.h - asks html_literal.h whether each token is what the standard says. */
#ifndef SHEAF_TESTS_HTML_JUDGE_H
#define SHEAF_TESTS_HTML_JUDGE_H

#include "html_literal.h"
#include "page/html_token.h"

static inline bool judge_same(sheaf_slice input, sheaf_slice got, size_t from, size_t to) {
    return got.size == to - from && (got.size == 0 || got.data == input.data + from);
}

static inline const char *judge_attributes(sheaf_slice input, const sheaf_html_token *token,
                                           const literal_tag *tag) {
    sheaf_html_attribute one;
    size_t count = 0;
    for (size_t at = 0; sheaf_html_attribute_next(token->attributes, &at, &one); count++) {
        if (count >= tag->count)
            return "an attribute too many";
        if (count >= LITERAL_ATTRIBUTES)
            continue;
        if (!judge_same(input, one.name, tag->attributes[count].name_from,
                        tag->attributes[count].name_to))
            return "the name of an attribute";
        if (!judge_same(input, one.value, tag->attributes[count].value_from,
                        tag->attributes[count].value_to))
            return "the value of an attribute";
    }
    return count == tag->count ? NULL : "an attribute is missing";
}

static inline const char *judge_tag(sheaf_slice input, const sheaf_html_token *token) {
    size_t name = token->from + (token->kind == SHEAF_HTML_END ? 2 : 1);
    literal_tag tag = literal_read_tag(input, name);
    if (tag.end == input.size || tag.end + 1 != token->to)
        return "the end of a tag";
    if (!judge_same(input, token->name, name, tag.name_end))
        return "the name of a tag";
    if (tag.self_closing != token->self_closing)
        return "whether a tag is self-closing";
    return judge_attributes(input, token, &tag);
}

static inline const char *judge_comment(sheaf_slice input, const sheaf_html_token *token) {
    sheaf_buffer data = {0};
    size_t end = literal_read_comment(&data, input, token->from + 4);
    bool same = data.failed || sheaf_slice_equal(token->data, sheaf_buffer_view(&data));
    sheaf_buffer_clear(&data);
    return end != token->to ? "the end of a comment" : same ? NULL : "the data of a comment";
}

/* Whether the '<' at input[at] opens a tag, a comment or the like. */
static inline bool judge_opens(sheaf_slice input, size_t at) {
    char next = at + 1 < input.size ? input.data[at + 1] : ' ';
    return sheaf_is_alpha(next) || next == '!' || next == '?' ||
           (next == '/' && at + 2 < input.size);
}

static inline const char *judge_text(sheaf_slice input, const sheaf_html_token *token) {
    bool references =
        token->state == SHEAF_HTML_STATE_DATA || token->state == SHEAF_HTML_STATE_RCDATA;
    bool plain = true;
    for (size_t i = 0; i < token->data.size; i++) {
        char c = token->data.data[i];
        if (token->state == SHEAF_HTML_STATE_DATA && c == '<' &&
            judge_opens(input, token->from + i))
            return "a tag within a text";
        plain = plain && c != '\r' && c != '\0' && (c != '&' || !references);
    }
    return plain == token->plain ? NULL : "whether a text is plain";
}

/* Where the raw text that starts at input[at] ends: each '<' is tried. */
static inline size_t judge_raw_end(sheaf_slice input, size_t at, sheaf_slice name) {
    for (; at < input.size; at++) {
        size_t behind = at + 2 + name.size;
        if (input.data[at] == '<' && behind < input.size && input.data[at + 1] == '/' &&
            name.size && sheaf_slice_equal_fold(sheaf_slice_part(input, at + 2, behind), name) &&
            (strchr("\t\n\f\r />", input.data[behind]) && input.data[behind]))
            break;
    }
    return at;
}

/* Whether a text ends where its state has it end. */
static inline bool judge_end(sheaf_slice input, const sheaf_html_token *token, sheaf_slice name) {
    switch (token->state) {
    case SHEAF_HTML_STATE_SCRIPT: return literal_script_end(input, token->from, name) == token->to;
    case SHEAF_HTML_STATE_RCDATA:
    case SHEAF_HTML_STATE_RAWTEXT: return judge_raw_end(input, token->from, name) == token->to;
    case SHEAF_HTML_STATE_PLAINTEXT: return token->to == input.size;
    default:
        return token->to == input.size || token->data.size == 0 ||
               (input.data[token->to] == '<' && judge_opens(input, token->to));
    }
}

/* What is wrong with a token, or NULL. before: the tokenizer as it was before it. */
static inline const char *judge(const sheaf_html *before, const sheaf_html_token *token) {
    sheaf_slice input = before->input;
    bool comment =
        sheaf_slice_starts(sheaf_slice_part(input, token->from, token->to), SLICE("<!--"));
    if (token->from != before->at || token->to < token->from || token->to > input.size)
        return "where a token stands";
    if (token->kind != SHEAF_HTML_END_OF_FILE && token->to == token->from)
        return "a token of nothing";
    switch (token->kind) {
    case SHEAF_HTML_START:
    case SHEAF_HTML_END: return judge_tag(input, token);
    case SHEAF_HTML_COMMENT: return comment ? judge_comment(input, token) : NULL;
    case SHEAF_HTML_TEXT:
        return judge_end(input, token, before->last_start) ? judge_text(input, token)
                                                           : "the end of a text";
    case SHEAF_HTML_END_OF_FILE:
        if (token->to != input.size)
            return "an end before the end";
        if (token->from < token->to &&
            literal_read_tag(input, token->from + (input.data[token->from + 1] == '/' ? 2 : 1))
                    .end != input.size)
            return "a tag dropped that is whole";
        return NULL;
    default: return NULL;
    }
}

#endif
