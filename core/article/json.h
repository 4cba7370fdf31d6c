/* json.h - JSON (RFC 8259) pulled one token at a time, and written.
 *
 * The parser works on pointer and length, uses no recursion, and knows two
 * limits: depth and size (the caller's slice). Strings come raw, as they stand
 * between their quotes; sheaf_json_text unescapes them only when asked. It is
 * strict, but for a byte order mark in front and invalid UTF-8 inside strings,
 * which the one who takes the string must mend (sheaf_json_text does). */
#ifndef SHEAF_ARTICLE_JSON_H
#define SHEAF_ARTICLE_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"

typedef enum sheaf_json_kind {
    SHEAF_JSON_END,
    SHEAF_JSON_OBJECT,     /* { */
    SHEAF_JSON_OBJECT_END, /* } */
    SHEAF_JSON_ARRAY,
    SHEAF_JSON_ARRAY_END,
    SHEAF_JSON_KEY, /* a string in key position; its colon is eaten */
    SHEAF_JSON_STRING,
    SHEAF_JSON_NUMBER,
    SHEAF_JSON_TRUE,
    SHEAF_JSON_FALSE,
    SHEAF_JSON_NULL
} sheaf_json_kind;

typedef struct sheaf_json_token {
    sheaf_json_kind kind;
    sheaf_slice raw; /* strings: between the quotes; others: the token itself */
    bool escaped;    /* the string holds a backslash */
} sheaf_json_token;

enum { SHEAF_JSON_DEPTH_MAX = 512 };

typedef struct sheaf_json {
    sheaf_slice input;
    size_t at;
    size_t depth;
    size_t depth_limit;
    unsigned expect;
    bool spaced;                               /* white space was passed over between tokens */
    uint8_t nesting[SHEAF_JSON_DEPTH_MAX / 8]; /* a bit a level: 1 is an object */
} sheaf_json;

/* Starts on input. depth_limit is at most SHEAF_JSON_DEPTH_MAX. */
void sheaf_json_init(sheaf_json *json, sheaf_slice input, size_t depth_limit);

/* The next token. SHEAF_BAD_INPUT tells byte and line; SHEAF_LIMIT depth. After
 * the value kind is SHEAF_JSON_END. */
sheaf_status sheaf_json_next(sheaf_json *json, sheaf_json_token *token, sheaf_error *error);

/* Given the token just read, passes over the rest of its value: an object or
 * array to its end, a key to the end of its value, others nothing. *raw (may
 * be NULL) gets the bytes of the value. */
sheaf_status sheaf_json_skip(sheaf_json *json, const sheaf_json_token *token, sheaf_slice *raw,
                             sheaf_error *error);

/* As sheaf_json_skip, for who wants nothing of the value: of an object or array
 * only strings and brackets are followed, so that they are closed, of the right
 * kind and not too deep, and what else stands between them is not looked at. */
sheaf_status sheaf_json_pass(sheaf_json *json, const sheaf_json_token *token, sheaf_error *error);

/* The string of a token, unescaped into the arena only where needed. Lone
 * surrogates become U+FFFD. */
sheaf_slice sheaf_json_text(sheaf_arena *arena, const sheaf_json_token *token);

/* True when a KEY or STRING token is this name; escapes are not looked into. */
bool sheaf_json_is(const sheaf_json_token *token, const char *name);

/* Offset of the first quote from at on that closes a string, when all up to there stands as
 * sheaf_json_write would write it; SIZE_MAX when it does not, or no quote comes. */
size_t sheaf_json_plain_end(sheaf_slice text, size_t at);

/* The same to the end of text, whatever quotes there are: is there neither a control character nor
 * an escape that would be written otherwise? */
bool sheaf_json_is_plain(sheaf_slice text);

/* Appends text as a quoted JSON string: ", \ and controls escaped, no more. */
void sheaf_json_write(sheaf_buffer *buffer, sheaf_slice text);

#endif
