/* letter.h - what kind of character a code point is.
 *
 * Thin and inline, ASCII first: the readers ask this of every character of a
 * pile. "Dense" are the scripts that write no blanks between words, so that
 * counting blanks says nothing about their length. */
#ifndef SHEAF_TEXT_LETTER_H
#define SHEAF_TEXT_LETTER_H

#include <utf8proc.h>

#include "base/slice.h"

static inline bool sheaf_char_is_upper(uint32_t c) {
    if (c < 0x80)
        return sheaf_is_upper((char)c);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

static inline bool sheaf_char_is_lower(uint32_t c) {
    if (c < 0x80)
        return sheaf_is_lower((char)c);
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

static inline bool sheaf_char_is_letter(uint32_t c) {
    if (c < 0x80)
        return sheaf_is_alpha((char)c);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static inline bool sheaf_char_is_digit(uint32_t c) {
    if (c < 0x80)
        return sheaf_is_digit((char)c);
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ND;
}

/* Letters, digits, and the marks that sit on letters. */
static inline bool sheaf_char_is_word(uint32_t c) {
    if (c < 0x80)
        return sheaf_is_alpha((char)c) || sheaf_is_digit((char)c);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) ||
           category == UTF8PROC_CATEGORY_ND;
}

static inline bool sheaf_char_is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Han, Kana, Thai, Lao, Khmer, Burmese: no blanks between words. */
static inline bool sheaf_char_is_dense(uint32_t c) {
    return (c >= 0x0E01 && c <= 0x0EDF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17D3) || (c >= 0x3041 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* Lower case of one code point, by Unicode's simple mapping. */
static inline uint32_t sheaf_char_to_lower(uint32_t c) {
    if (c < 0x80)
        return (uint32_t)(unsigned char)sheaf_to_lower((char)c);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

#endif
