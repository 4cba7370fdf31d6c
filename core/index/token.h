/* token.h - text as the index sees it: words, and characters in pairs.
 *
 *   "Mr O'Brien's bbc.co.uk"  mr o brien s bbc co uk      a slot each
 *   "北京大"                   北京 北  京大 京  - 大        two slots a character
 *
 * A word is one of UAX #29, cut at apostrophes, colons and, but for initials as in
 * "U.S", at points. Scripts without blanks give each character, and before it the
 * pair that it makes with the next one; where there is no next one, an empty slot.
 * Slots are counted: that is what positions and NEAR are. The query is cut up by
 * the same code. */
#ifndef SHEAF_INDEX_TOKEN_H
#define SHEAF_INDEX_TOKEN_H

#include "text/segment.h"

typedef enum sheaf_token_kind {
    SHEAF_TOKEN_WORD,
    SHEAF_TOKEN_PAIR,
    SHEAF_TOKEN_SINGLE,
    SHEAF_TOKEN_NONE
} sheaf_token_kind;

typedef struct sheaf_token {
    uint32_t from, to; /* bytes of the text */
    uint8_t kind;
} sheaf_token;

enum { SHEAF_TOKEN_WORDS = 256 };

typedef struct sheaf_tokens {
    sheaf_slice text;
    size_t at;
    sheaf_word words[SHEAF_TOKEN_WORDS];
    size_t count, index;
    bool ended;
    uint32_t part; /* of the word at index: where the rest of it begins; 0: nothing is done yet */
} sheaf_tokens;

void sheaf_tokens_begin(sheaf_tokens *tokens, sheaf_slice text);

/* Up to max more; 0 at the end. max is 2 or more. */
size_t sheaf_tokens_next(sheaf_tokens *tokens, sheaf_token *out, size_t max);

/* The key of a word in the index: folded, and no longer than SHEAF_TERM_MAX. Returns
 * its size; 0 when nothing is left of it. */
enum { SHEAF_TERM_MAX = 240 };
size_t sheaf_token_fold(char out[SHEAF_TERM_MAX], sheaf_slice surface);

#endif
