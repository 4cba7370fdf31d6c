/* token.c - cuts words further, and pairs characters. */
#include "index/token.h"

#include "base/utf8.h"
#include "text/fold.h"

enum { LONGEST_FOLDED = 60 }; /* bytes that are folded of a long word */

void sheaf_tokens_begin(sheaf_tokens *tokens, sheaf_slice text) {
    tokens->text = text;
    tokens->at = tokens->count = tokens->index = 0;
    tokens->ended = false;
    tokens->part = 0;
}

/* Makes sure that the word at index is there, and the one behind it. */
static bool refill(sheaf_tokens *t) {
    size_t left = t->count - t->index;
    if (left > 1 || t->ended)
        return left > 0;
    if (left)
        t->words[0] = t->words[t->index];
    size_t room = SHEAF_TOKEN_WORDS - left;
    size_t more = sheaf_words_next(t->text, &t->at, t->words + left, room);
    t->ended = more < room;
    t->index = 0;
    t->count = left + more;
    return t->count > 0;
}

/* The size of the mark at which a word is cut; 0: none. */
static size_t cut_at(const char *at, const char *end) {
    if (*at == '\'' || *at == '.' || *at == ':')
        return 1;
    if ((unsigned char)*at == 0xE2 && end - at > 2 && (unsigned char)at[1] == 0x80 &&
        ((unsigned char)at[2] == 0x99 || (unsigned char)at[2] == 0x98))
        return 3;
    return 0;
}

/* Are all parts between points one letter, as in "U.S"? Such words stay whole. */
static bool is_initials(sheaf_slice word) {
    size_t at = 0;
    while (at < word.size) {
        if (cut_at(word.data + at, word.data + word.size))
            return false;
        sheaf_utf8_next(word, &at);
        if (at < word.size && word.data[at++] != '.')
            return false;
    }
    return true;
}

/* Has one of eight bytes the value? */
static inline bool has_byte(uint64_t bytes, uint8_t value) {
    uint64_t other = bytes ^ 0x0101010101010101u * value;
    return ((other - 0x0101010101010101u) & ~other & 0x8080808080808080u) != 0;
}

static inline bool has_mark(const char *eight) {
    uint64_t bytes;
    memcpy(&bytes, eight, 8);
    return has_byte(bytes, '\'') || has_byte(bytes, '.') || has_byte(bytes, ':') ||
           has_byte(bytes, 0xE2);
}

/* Surely no mark in a word of up to sixteen bytes? after: bytes of the text from it on. */
static inline bool is_plain(sheaf_slice word, size_t after) {
    if (word.size > 16 || after < 16)
        return false;
    return !has_mark(word.data) && (word.size <= 8 || !has_mark(word.data + word.size - 8));
}

static bool needs_cut(sheaf_slice word) {
    for (const char *at = word.data, *end = at + word.size; at < end; at++) {
        if (cut_at(at, end))
            return !is_initials(word);
    }
    return false;
}

/* The next part of the word at index. */
static sheaf_token next_part(sheaf_tokens *t, const sheaf_word *word) {
    const char *text = t->text.data;
    uint32_t from = t->part ? t->part : word->from, to = from;
    size_t mark = 0;
    while (to < word->to && !(mark = cut_at(text + to, text + word->to)))
        to++;
    t->part = to + (uint32_t)mark;
    if (t->part >= word->to) {
        t->part = 0;
        t->index++;
    }
    return (sheaf_token){from, to, to > from ? SHEAF_TOKEN_WORD : SHEAF_TOKEN_NONE};
}

static size_t put_character(sheaf_tokens *t, const sheaf_word *word, sheaf_token *out) {
    const sheaf_word *next = word + 1;
    bool pair =
        t->index + 1 < t->count && next->kind == SHEAF_WORD_IDEOGRAPH && next->from == word->to;
    out[0] = (sheaf_token){word->from, pair ? next->to : word->to,
                           pair ? SHEAF_TOKEN_PAIR : SHEAF_TOKEN_NONE};
    out[1] = (sheaf_token){word->from, word->to, SHEAF_TOKEN_SINGLE};
    t->index++;
    return 2;
}

size_t sheaf_tokens_next(sheaf_tokens *t, sheaf_token *out, size_t max) {
    size_t count = 0;
    while (count + 2 <= max && refill(t)) {
        const sheaf_word *word = &t->words[t->index];
        sheaf_slice bytes = {t->text.data + word->from, word->to - word->from};
        if (word->kind == SHEAF_WORD_IDEOGRAPH) {
            count += put_character(t, word, out + count);
        } else if (t->part || (word->kind == SHEAF_WORD_LETTERS &&
                               !is_plain(bytes, t->text.size - word->from) && needs_cut(bytes))) {
            out[count++] = next_part(t, word);
        } else {
            out[count++] = (sheaf_token){word->from, word->to, SHEAF_TOKEN_WORD};
            t->index++;
        }
    }
    return count;
}

size_t sheaf_token_fold(char out[SHEAF_TERM_MAX], sheaf_slice surface) {
    if (surface.size > LONGEST_FOLDED)
        surface = sheaf_utf8_prefix(surface, LONGEST_FOLDED);
    return sheaf_fold_word(out, SHEAF_TERM_MAX, surface);
}
