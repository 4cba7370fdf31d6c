/* date_find.c - dates in running text.
 *
 * Every date holds a number, so the search goes from number to number and
 * tries the grammar from up to three places: two words before ("Thursday,
 * February 10"), one word before ("February 10"), the number itself. Each try
 * is bounded, and a number is never looked at twice, so the whole is linear.
 *
 * Most of the work is not to be fooled: by longer numbers, versions, file
 * names, addresses, and by a month whose day the calendar does not have. */
#include "article/date.h"

#include "article/date_parse.h"
#include "base/slice.h"
#include "base/utf8.h"

static bool next_number(sheaf_slice text, size_t *at) {
    int digit;
    while (*at < text.size) {
        unsigned char c = (unsigned char)text.data[*at];
        if (sheaf_is_digit((char)c) || (c >= 0x80 && sheaf_date_digit(text, *at, &digit)))
            return true;
        *at += 1;
    }
    return false;
}

static size_t number_end(sheaf_slice text, size_t at) {
    int digit;
    for (size_t size; (size = sheaf_date_digit(text, at, &digit)) > 0;)
        at += size;
    return at;
}

/* Start of the word before at, with at most a little blank and punctuation
 * between; at itself when there is none. */
static size_t word_before(sheaf_slice text, size_t from, size_t at) {
    enum { GAP = 4, WORD = 40 };
    size_t end = at;
    while (end > from && at - end < GAP && strchr(" \t.,\xC2\xA0", text.data[end - 1]) &&
           text.data[end - 1] != '\0')
        end--;
    if (end == at)
        return at;
    size_t start = end;
    while (start > from && end - start < WORD) {
        size_t before = start;
        sheaf_utf8_previous(text, &before);
        if (before < from || !sheaf_date_letter(text, before))
            break;
        start = before;
    }
    return start < end ? start : at;
}

static bool is_alnum(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c);
}

/* True when what stands before at cannot belong to the same token. */
static bool begins_token(sheaf_slice text, size_t at) {
    if (at == 0)
        return true;
    char c = text.data[at - 1];
    char before = at > 1 ? text.data[at - 2] : ' ';
    if ((unsigned char)c >= 0x80) {
        size_t previous = at;
        uint32_t point = sheaf_utf8_previous(text, &previous);
        return point >= 0x0E00 || !sheaf_date_letter(text, previous);
    }
    if (strchr(".,:", c))
        return !sheaf_is_digit(before);
    if (c == '-')
        return !is_alnum(before);
    return !is_alnum(c) && !strchr("_/=&?#@%$~+\\", c);
}

/* The same for what follows. A capital and a small letter are the next
 * sentence, glued on. */
static bool ends_token(sheaf_slice text, size_t at) {
    if (at >= text.size)
        return true;
    char c = text.data[at];
    char after = at + 1 < text.size ? text.data[at + 1] : ' ';
    if (sheaf_is_upper(c))
        return sheaf_is_lower(after) && sheaf_is_digit(text.data[at - 1]);
    if (is_alnum(c) || (c != '\0' && strchr("_%=@&\\", c)))
        return false;
    if (c == '-' || c == '/')
        return !is_alnum(after);
    if (c == '.')
        return !sheaf_is_digit(after) && !sheaf_is_lower(after);
    return !(c == ',' || c == ':') || !sheaf_is_digit(after);
}

/* The end of the address that at lies in, or 0. What stands before from was
 * looked at in an earlier search. */
static size_t address_around(sheaf_slice text, size_t from, size_t at) {
    enum { LONGEST = 2048 };
    size_t start = at;
    while (start > from && at - start < LONGEST && (unsigned char)text.data[start - 1] > ' ' &&
           (unsigned char)text.data[start - 1] < 0x7F && !strchr("<>\"", text.data[start - 1]))
        start--;
    sheaf_slice head = sheaf_slice_part(text, start, at);
    if (sheaf_slice_find(head, 0, SLICE("://")) == SIZE_MAX &&
        sheaf_slice_find(head, 0, SLICE("www.")) == SIZE_MAX)
        return 0;
    while (at < text.size && (unsigned char)text.data[at] > ' ' && !strchr("<>\"", text.data[at]))
        at++;
    return at;
}

/* "version 10.2.2022" */
static bool is_version(sheaf_slice text, size_t at) {
    static const char *const words[] = {"version", "ver", "v", "release", "build", "firmware"};
    size_t start = word_before(text, 0, at);
    sheaf_slice word = sheaf_slice_part(text, start, at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (word.size > size && !is_alnum(word.data[size]) &&
            sheaf_slice_equal_fold(sheaf_slice_part(word, 0, size), sheaf_slice_of(words[i])))
            return true;
    }
    return false;
}

/* A month and year behind a number: the number was no day of that month, or
 * the last of several. What the date is then is not for us to say. */
static bool follows_number(sheaf_slice text, size_t at) {
    enum { LOOK_BACK = 12 };
    for (size_t i = at; i > 0 && at - i < LOOK_BACK; i--) {
        char c = text.data[i - 1];
        if (sheaf_is_digit(c))
            return true;
        if (!sheaf_is_lower(c) && c != ' ' && c != '.')
            return false;
    }
    return false;
}

typedef struct search {
    sheaf_slice text;
    bool yearless;
    sheaf_date date;
    size_t start;
    size_t end;
} search;

/* Tries the grammar from start; the date must reach beyond the number at at. */
static bool try_at(search *self, size_t start, size_t at) {
    size_t end = start;
    if (!begins_token(self->text, start) || !sheaf_date_read(&self->date, self->text, &end, true))
        return false;
    if (end <= at || !ends_token(self->text, end))
        return false;
    if (self->date.year == 0 && !self->yearless)
        return false;
    if (self->date.day == 0 && start < at && follows_number(self->text, start))
        return false;
    bool dotted =
        sheaf_slice_find_char(sheaf_slice_part(self->text, at, at + 3), 0, '.') != SIZE_MAX;
    if (start == at && dotted && is_version(self->text, at))
        return false;
    self->start = start;
    self->end = end;
    return true;
}

static bool try_number(search *self, size_t from, size_t at) {
    size_t one = word_before(self->text, from, at);
    size_t two = one < at ? word_before(self->text, from, one) : one;
    return (two < one && try_at(self, two, at)) || (one < at && try_at(self, one, at)) ||
           try_at(self, at, at);
}

bool sheaf_date_find(sheaf_date *out, sheaf_slice text, size_t from, bool yearless, size_t *start,
                     size_t *end) {
    search self = {.text = text, .yearless = yearless};
    for (size_t at = from; next_number(text, &at);) {
        if (!try_number(&self, from, at)) {
            at = number_end(text, at);
            continue;
        }
        size_t address = address_around(text, from, self.start);
        if (address) {
            at = address > self.end ? address : self.end;
            continue;
        }
        *out = self.date;
        *start = self.start;
        *end = self.end;
        return true;
    }
    return false;
}
