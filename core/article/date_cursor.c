/* date_cursor.c - the smallest pieces of dates: digits of six kinds, letters of
 * all, blanks that are not always blanks. */
#include "article/date_cursor.h"

#include <utf8proc.h>

#include "base/slice.h"
#include "base/utf8.h"

size_t sheaf_date_digit(sheaf_slice text, size_t at, int *value) {
    if (at >= text.size)
        return 0;
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x80) {
        *value = c - '0';
        return sheaf_is_digit((char)c) ? 1 : 0;
    }
    unsigned char second = at + 1 < text.size ? (unsigned char)text.data[at + 1] : 0;
    bool indic = c == 0xE0 && (second == 0xA5 || second == 0xA7 || second == 0xB9);
    if (c != 0xD9 && c != 0xDB && c != 0xEF && !indic)
        return 0;
    size_t next = at;
    uint32_t point = sheaf_utf8_next(text, &next);
    static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (point - zeros[i] < 10) {
            *value = (int)(point - zeros[i]);
            return next - at;
        }
    }
    return 0;
}

size_t sheaf_date_letter(sheaf_slice text, size_t at) {
    if (at >= text.size)
        return 0;
    if ((unsigned char)text.data[at] < 0x80)
        return sheaf_is_alpha(text.data[at]) ? 1 : 0;
    size_t next = at;
    uint32_t c = sheaf_utf8_next(text, &next);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
    return letter && c != 0xBA && c != 0xAA ? next - at : 0;
}

char sheaf_date_peek(const sheaf_date_cursor *c) {
    return c->at < c->text.size ? c->text.data[c->at] : '\0';
}

bool sheaf_date_take(sheaf_date_cursor *c, const char *literal) {
    sheaf_slice wanted = sheaf_slice_of(literal);
    if (!sheaf_slice_starts(sheaf_slice_part(c->text, c->at, c->text.size), wanted))
        return false;
    c->at += wanted.size;
    return true;
}

bool sheaf_date_take_any(sheaf_date_cursor *c, const char *chars) {
    char here = sheaf_date_peek(c);
    if (here == '\0' || !strchr(chars, here))
        return false;
    c->at++;
    return true;
}

/* Blanks, a few at most; line ends only where the whole string is a date. */
bool sheaf_date_skip_blanks(sheaf_date_cursor *c) {
    size_t from = c->at;
    while (c->at - from < 8) {
        char here = sheaf_date_peek(c);
        bool blank = here == ' ' || here == '\t' || (!c->running && (here == '\n' || here == '\r'));
        if (blank)
            c->at++;
        else if (!sheaf_date_take(c, "\xC2\xA0") && !sheaf_date_take(c, "\xE2\x80\xAF") &&
                 !sheaf_date_take(c, "\xE2\x80\x89") && !sheaf_date_take(c, "\xE3\x80\x80"))
            break;
    }
    return c->at > from;
}

/* A whole run of digits, which must number from least to most. */
bool sheaf_date_take_number(sheaf_date_cursor *c, int least, int most, int *value) {
    size_t at = c->at;
    int64_t sum = 0;
    int digits = 0;
    int digit = 0;
    for (size_t size; (size = sheaf_date_digit(c->text, at, &digit)) > 0; at += size) {
        if (++digits > most)
            return false;
        sum = sum * 10 + digit;
    }
    if (digits < least || sum > INT32_MAX)
        return false;
    *value = (int)sum;
    c->at = at;
    return true;
}

/* Length of the run of digits at the cursor, counted up to 15. */
int sheaf_date_count_digits(const sheaf_date_cursor *c) {
    int count = 0;
    int digit;
    size_t at = c->at;
    for (size_t size; count < 15 && (size = sheaf_date_digit(c->text, at, &digit)) > 0; at += size)
        count++;
    return count;
}

/* A run of letters of at most 64 bytes. */
bool sheaf_date_take_word(sheaf_date_cursor *c, sheaf_slice *word) {
    size_t at = c->at;
    for (size_t size; (size = sheaf_date_letter(c->text, at)) > 0; at += size) {
        if (at - c->at > 64)
            return false;
    }
    if (at == c->at)
        return false;
    *word = sheaf_slice_part(c->text, c->at, at);
    c->at = at;
    return true;
}

/* One of the words in list, which are parted by blanks; case does not matter. */
bool sheaf_date_take_word_of(sheaf_date_cursor *c, const char *list) {
    size_t from = c->at;
    sheaf_slice word;
    if (!sheaf_date_take_word(c, &word))
        return false;
    if (sheaf_slice_is_one_of(word, list))
        return true;
    c->at = from;
    return false;
}
