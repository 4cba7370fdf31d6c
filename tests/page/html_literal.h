/* html_literal.h - states of the HTML standard's tokenizer, byte by byte.
 *
 * Written down as the standard has them, one case a state and as slow as that
 * is: the judge of html_token.c, which goes about it in quite another way. Unit
 * tests and the fuzzer ask both. Nothing here reports parse errors. */
#ifndef SHEAF_TESTS_HTML_LITERAL_H
#define SHEAF_TESTS_HTML_LITERAL_H

#include "base/buffer.h"
#include "base/slice.h"

static inline bool literal_space(char c) {
    return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

/* ---- tags ---- */

enum { LITERAL_ATTRIBUTES = 64 };

typedef struct literal_tag {
    size_t name_end;
    size_t end; /* of the '>'; the size of the input when there is none */
    bool self_closing;
    size_t count;
    struct {
        size_t name_from, name_to, value_from, value_to;
    } attributes[LITERAL_ATTRIBUTES]; /* the first of them */
} literal_tag;

typedef enum literal_tag_state {
    TAG_NAME,
    BEFORE_NAME,
    NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    DOUBLE_QUOTED,
    SINGLE_QUOTED,
    UNQUOTED,
    AFTER_QUOTED,
    SELF_CLOSING
} literal_tag_state;

static inline void literal_new_attribute(literal_tag *tag, size_t at) {
    if (tag->count < LITERAL_ATTRIBUTES) {
        tag->attributes[tag->count].name_from = tag->attributes[tag->count].name_to = at;
        tag->attributes[tag->count].value_from = tag->attributes[tag->count].value_to = at;
    }
    tag->count++;
}

static inline void literal_mark(literal_tag *tag, literal_tag_state state, size_t at) {
    size_t last = tag->count - 1;
    if (tag->count == 0 || last >= LITERAL_ATTRIBUTES)
        return;
    if (state == NAME)
        tag->attributes[last].name_to = at;
    else if (state == BEFORE_VALUE)
        tag->attributes[last].value_from = tag->attributes[last].value_to = at;
    else
        tag->attributes[last].value_to = at;
}

/* The tag whose name starts at input[at]. */
static inline literal_tag literal_read_tag(sheaf_slice input, size_t at) {
    literal_tag tag = {.end = input.size};
    literal_tag_state state = TAG_NAME;
    while (at < input.size) {
        char c = input.data[at];
        bool space = literal_space(c), again = false;
        switch (state) {
        case TAG_NAME:
            if (!space && c != '/' && c != '>')
                break;
            tag.name_end = at;
            state = space ? BEFORE_NAME : SELF_CLOSING;
            if (c == '>')
                goto done;
            break;
        case BEFORE_NAME:
            if (space)
                break;
            again = c != '=';
            state = c == '/' || c == '>' ? AFTER_NAME : NAME;
            if (state == NAME)
                literal_new_attribute(&tag, at);
            break;
        case NAME:
            again = space || c == '/' || c == '>';
            if (again || c == '=') {
                literal_mark(&tag, NAME, at);
                state = again ? AFTER_NAME : BEFORE_VALUE;
            }
            break;
        case AFTER_NAME:
            if (c == '>')
                goto done;
            if (c == '/') {
                state = SELF_CLOSING;
            } else if (c == '=') {
                state = BEFORE_VALUE;
            } else if (!space) {
                literal_new_attribute(&tag, at);
                state = NAME;
                again = true;
            }
            break;
        case BEFORE_VALUE:
            if (c == '>')
                goto done;
            if (space)
                break;
            again = c != '"' && c != '\'';
            state = c == '"' ? DOUBLE_QUOTED : c == '\'' ? SINGLE_QUOTED : UNQUOTED;
            literal_mark(&tag, BEFORE_VALUE, again ? at : at + 1);
            break;
        case DOUBLE_QUOTED:
        case SINGLE_QUOTED:
            if (c != (state == DOUBLE_QUOTED ? '"' : '\''))
                break;
            literal_mark(&tag, state, at);
            state = AFTER_QUOTED;
            break;
        case UNQUOTED:
            if (!space && c != '>')
                break;
            literal_mark(&tag, state, at);
            state = BEFORE_NAME;
            if (c == '>')
                goto done;
            break;
        case AFTER_QUOTED:
            if (c == '>')
                goto done;
            again = !space && c != '/';
            state = c == '/' ? SELF_CLOSING : BEFORE_NAME;
            break;
        case SELF_CLOSING:
            tag.self_closing = c == '>';
            if (c == '>')
                goto done;
            state = BEFORE_NAME;
            again = true;
            break;
        }
        at += !again;
    }
    return tag;
done:
    tag.end = at;
    return tag;
}

/* ---- comments ---- */

typedef enum literal_comment_state {
    COMMENT_START,
    COMMENT_START_DASH,
    COMMENT,
    LESS_THAN,
    LESS_THAN_BANG,
    LESS_THAN_BANG_DASH,
    LESS_THAN_BANG_DASH_DASH,
    COMMENT_END_DASH,
    COMMENT_END,
    COMMENT_END_BANG
} literal_comment_state;

/* The comment whose "<!--" ended before input[at]: appends its data as it stands and
 * returns where it is over. */
static inline size_t literal_read_comment(sheaf_buffer *data, sheaf_slice input, size_t at) {
    literal_comment_state state = COMMENT_START;
    while (at < input.size) {
        char c = input.data[at];
        bool again = false;
        switch (state) {
        case COMMENT_START:
            if (c == '>')
                return at + 1;
            state = c == '-' ? COMMENT_START_DASH : COMMENT;
            again = c != '-';
            break;
        case COMMENT_START_DASH:
            if (c == '>')
                return at + 1;
            state = c == '-' ? COMMENT_END : COMMENT;
            again = c != '-';
            if (again)
                sheaf_buffer_char(data, '-');
            break;
        case COMMENT:
            if (c == '-') {
                state = COMMENT_END_DASH;
                break;
            }
            sheaf_buffer_char(data, c);
            if (c == '<')
                state = LESS_THAN;
            break;
        case LESS_THAN:
            again = c != '!' && c != '<';
            if (!again)
                sheaf_buffer_char(data, c);
            state = c == '!' ? LESS_THAN_BANG : again ? COMMENT : LESS_THAN;
            break;
        case LESS_THAN_BANG:
            again = c != '-';
            state = again ? COMMENT : LESS_THAN_BANG_DASH;
            break;
        case LESS_THAN_BANG_DASH:
            again = c != '-';
            state = again ? COMMENT_END_DASH : LESS_THAN_BANG_DASH_DASH;
            break;
        case LESS_THAN_BANG_DASH_DASH:
            again = true;
            state = COMMENT_END;
            break;
        case COMMENT_END_DASH:
            again = c != '-';
            state = again ? COMMENT : COMMENT_END;
            if (again)
                sheaf_buffer_char(data, '-');
            break;
        case COMMENT_END:
            if (c == '>')
                return at + 1;
            if (c == '-') {
                sheaf_buffer_char(data, '-');
            } else if (c == '!') {
                state = COMMENT_END_BANG;
            } else {
                sheaf_buffer_append(data, "--", 2);
                state = COMMENT;
                again = true;
            }
            break;
        case COMMENT_END_BANG:
            if (c == '>')
                return at + 1;
            sheaf_buffer_append(data, "--!", 3);
            again = c != '-';
            state = again ? COMMENT : COMMENT_END_DASH;
            break;
        }
        at += !again;
    }
    return at;
}

/* ---- scripts ---- */

typedef enum literal_script_state {
    SCRIPT,
    SCRIPT_LESS_THAN,
    ESCAPE_START,
    ESCAPE_START_DASH,
    ESCAPED,
    ESCAPED_DASH,
    ESCAPED_DASH_DASH,
    ESCAPED_LESS_THAN,
    DOUBLE_START,
    DOUBLED,
    DOUBLED_DASH,
    DOUBLED_DASH_DASH,
    DOUBLED_LESS_THAN,
    DOUBLE_END,
    END_OPEN,
    END_NAME
} literal_script_state;

/* The state behind a byte in one of three: plain, after one dash, after two. */
static inline literal_script_state literal_dash(literal_script_state plain,
                                                literal_script_state now, char c) {
    if (c == '-')
        return now == plain ? plain + 1 : plain + 2;
    if (c == '<')
        return plain + 3;
    return c == '>' && now == plain + 2 ? SCRIPT : plain;
}

/* Where the script that starts at input[at] ends: at the '<' of its end tag. */
static inline size_t literal_script_end(sheaf_slice input, size_t at, sheaf_slice name) {
    literal_script_state state = SCRIPT, back = SCRIPT;
    size_t opened = at, letters = at; /* the last '<', the letters being gathered */
    while (at < input.size) {
        char c = input.data[at];
        bool again = false, ends = literal_space(c) || c == '/' || c == '>';
        sheaf_slice word = sheaf_slice_part(input, letters, at);
        if (c == '<')
            opened = at;
        switch (state) {
        case SCRIPT:
            if (c == '<')
                state = SCRIPT_LESS_THAN;
            break;
        case SCRIPT_LESS_THAN:
            back = SCRIPT;
            again = c != '/' && c != '!';
            state = c == '/' ? END_OPEN : c == '!' ? ESCAPE_START : SCRIPT;
            break;
        case ESCAPE_START:
            again = c != '-';
            state = again ? SCRIPT : ESCAPE_START_DASH;
            break;
        case ESCAPE_START_DASH:
            again = c != '-';
            state = again ? SCRIPT : ESCAPED_DASH_DASH;
            break;
        case ESCAPED:
        case ESCAPED_DASH:
        case ESCAPED_DASH_DASH: state = literal_dash(ESCAPED, state, c); break;
        case ESCAPED_LESS_THAN:
            back = ESCAPED;
            letters = at;
            again = c != '/';
            state = c == '/' ? END_OPEN : sheaf_is_alpha(c) ? DOUBLE_START : ESCAPED;
            break;
        case DOUBLE_START:
        case DOUBLE_END:
            if (ends)
                state = sheaf_slice_equal_fold(word, SLICE("script")) == (state == DOUBLE_START)
                            ? DOUBLED
                            : ESCAPED;
            else if (!sheaf_is_alpha(c)) {
                state = state == DOUBLE_START ? ESCAPED : DOUBLED;
                again = true;
            }
            break;
        case DOUBLED:
        case DOUBLED_DASH:
        case DOUBLED_DASH_DASH: state = literal_dash(DOUBLED, state, c); break;
        case DOUBLED_LESS_THAN:
            again = c != '/';
            letters = at + 1;
            state = again ? DOUBLED : DOUBLE_END;
            break;
        case END_OPEN:
            letters = at;
            again = true;
            state = sheaf_is_alpha(c) ? END_NAME : back;
            break;
        case END_NAME:
            if (ends && sheaf_slice_equal_fold(word, name))
                return opened;
            if (!sheaf_is_alpha(c)) {
                again = true;
                state = back;
            }
            break;
        }
        at += !again;
    }
    return input.size;
}

#endif
