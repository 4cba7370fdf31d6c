/* html_token.h - HTML cut into tokens, as the HTML standard's tokenizer does.
 *
 * Tokens view into the input (UTF-8) and nothing is decoded before somebody asks:
 * most text and nearly all attributes of a page are never looked at. The
 * tokenizer follows start tags into raw text (script, style, textarea, title, …)
 * by itself. It never fails: every byte string is some sequence of tokens. */
#ifndef SHEAF_READ_HTML_TOKEN_H
#define SHEAF_READ_HTML_TOKEN_H

#include "base/buffer.h"
#include "page/html_tags.h"

typedef enum sheaf_html_kind {
    SHEAF_HTML_END_OF_FILE,
    SHEAF_HTML_TEXT,    /* data, with references where the state has them */
    SHEAF_HTML_START,   /* tag, name, attributes, self_closing */
    SHEAF_HTML_END,     /* tag, name */
    SHEAF_HTML_COMMENT, /* data; bogus comments too */
    SHEAF_HTML_DOCTYPE, /* data: what stands between "<!doctype" and ">" */
    SHEAF_HTML_CDATA    /* data; only where foreign content is told of */
} sheaf_html_kind;

/* How the text after a start tag is read. */
typedef enum sheaf_html_state {
    SHEAF_HTML_STATE_DATA,
    SHEAF_HTML_STATE_RCDATA,  /* title, textarea: references, no tags */
    SHEAF_HTML_STATE_RAWTEXT, /* style, xmp, iframe, noembed, noframes */
    SHEAF_HTML_STATE_SCRIPT,  /* script, with its escaped states */
    SHEAF_HTML_STATE_PLAINTEXT,
    SHEAF_HTML_STATE_CDATA
} sheaf_html_state;

typedef struct sheaf_html_token {
    sheaf_html_kind kind;
    sheaf_html_tag tag;
    bool self_closing;
    bool plain; /* TEXT: holds no '&' that counts, NUL or CR: data is the text as it is */
    sheaf_html_state state; /* TEXT, CDATA: the state it was read in */
    sheaf_slice name;       /* as written */
    sheaf_slice attributes; /* raw, for sheaf_html_attribute */
    sheaf_slice data;
    size_t from; /* bytes of the input that the token is */
    size_t to;
} sheaf_html_token;

typedef struct sheaf_html {
    sheaf_slice input;
    size_t at;
    sheaf_html_state state;
    sheaf_slice last_start; /* name of the last start tag: ends raw text */
    bool foreign; /* set by the caller while inside svg or math: CDATA counts there, and start
                     tags lead into no raw text */
} sheaf_html;

void sheaf_html_init(sheaf_html *html, sheaf_slice input);

/* The next token; SHEAF_HTML_END_OF_FILE again and again at the end. In raw
 * states the text is one token, up to its end tag. Tokens follow each other
 * without a gap: "</>" is an empty text, and a tag that the input cuts off, which
 * the standard drops, belongs to the first SHEAF_HTML_END_OF_FILE. */
void sheaf_html_next(sheaf_html *html, sheaf_html_token *token);

/* One attribute, as written: value without its quotes, not decoded. */
typedef struct sheaf_html_attribute {
    sheaf_slice name;
    sheaf_slice value;
} sheaf_html_attribute;

/* Takes the next attribute off raw attributes; *at starts at 0. Duplicates come too:
 * the first of a name counts. False at the end. */
bool sheaf_html_attribute_next(sheaf_slice attributes, size_t *at, sheaf_html_attribute *out);

/* Appends text with its character references decoded, CR and CRLF as LF, NUL as
 * the standard has it: dropped from text, U+FFFD in attributes; in_attribute: by the
 * rules of attribute values. */
void sheaf_html_unescape(sheaf_buffer *out, sheaf_slice text, bool in_attribute);

/* Appends what a TEXT, CDATA or COMMENT token says, by the rules of the state it was
 * read in: references only where they count, NUL as U+FFFD in raw text and comments. */
void sheaf_html_token_text(sheaf_buffer *out, const sheaf_html_token *token);

/* Decodes one reference at text[at], which is '&': appends it and returns how many
 * bytes it took; 0 when it is none. */
size_t sheaf_html_reference(sheaf_buffer *out, sheaf_slice text, size_t at, bool in_attribute);

#endif
