/* dump_dates.c - dates on lines of their own, in trailers and in addresses.
 *
 * A line of dates is dates, the words that say which date it is, and at most
 * one other stretch (an outlet, a place). So "Published 3 March 2021, updated
 * 4 March 2021" is one, and a sentence with a date in it never is. */
#include <stdio.h>

#include "article/url.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { LONGEST_LINE = 240 };

/* ---- lines of dates --------------------------------------------------------- */

typedef struct reading {
    dump_dates *out;
    sheaf_slice line;
    sheaf_field label; /* what the words before the next date said */
    size_t rest_from;  /* the one other stretch, or SIZE_MAX */
    size_t rest_to;
    bool parted; /* a date stands behind the other stretch */
    bool failed; /* there is a second stretch */
} reading;

/* A number, or a time such as 09:13 or 9h30: the date parser left it behind. */
static bool is_time_like(sheaf_slice word) {
    size_t letters = 0;
    size_t at = 0;
    bool digit = sheaf_is_digit(word.data[0]);
    while (at < word.size)
        letters += sheaf_char_is_letter(sheaf_utf8_next(word, &at));
    return digit && letters <= 2 && word.size <= 8;
}

static void take_word(reading *r, size_t from, size_t to) {
    char folded[DUMP_FOLDED];
    sheaf_slice word = sheaf_slice_part(r->line, from, to);
    sheaf_slice lower = sheaf_dump_fold(folded, word);
    sheaf_field label;
    if (sheaf_dump_date_word(lower, &label)) {
        if (label != SHEAF_FIELD_COUNT)
            r->label = label;
        return;
    }
    if (word.size == 1 || is_time_like(word))
        return;
    if (r->rest_from == SIZE_MAX)
        r->rest_from = from;
    else if (r->parted)
        r->failed = true;
    r->rest_to = to;
}

/* Looks at the words in [from, to): labels, or the other stretch. */
static void take_words(reading *r, size_t from, size_t to) {
    size_t at = from;
    while (at < to) {
        size_t start = at;
        uint32_t c = sheaf_utf8_next(r->line, &at);
        if (!sheaf_char_is_word(c))
            continue;
        while (at < to) {
            size_t next = at;
            c = sheaf_utf8_next(r->line, &next);
            if (!sheaf_char_is_word(c) && c != ':' && c != '.' && c != '\'' && c != 0x2019)
                break;
            at = next;
        }
        size_t end = at;
        while (end > start && strchr(".:'", r->line.data[end - 1]))
            end--;
        take_word(r, start, end);
    }
}

static void take_date(reading *r, const sheaf_date *date) {
    dump_dates *out = r->out;
    if (r->label == SHEAF_FIELD_MODIFIED) {
        out->modified = date->hour < 0 && out->has_modified ? out->modified : *date;
        out->has_modified = true;
    } else if (r->label == SHEAF_FIELD_RETRIEVED) {
        out->retrieved = *date;
        out->has_retrieved = true;
    } else if (r->label == SHEAF_FIELD_PUBLISHED) {
        out->published = *date;
        out->has_published = true;
    } else if (!out->has_plain) {
        out->plain = *date;
        out->has_plain = true;
    }
    r->label = SHEAF_FIELD_COUNT;
    if (r->rest_from != SIZE_MAX)
        r->parted = true;
}

bool sheaf_dump_read_dates(dump_dates *out, sheaf_slice line) {
    reading r = {out, line, SHEAF_FIELD_COUNT, SIZE_MAX, 0, false, false};
    sheaf_date date;
    size_t start;
    size_t end;
    size_t at = 0;
    bool any = false;
    *out = (dump_dates){0};
    if (line.size > LONGEST_LINE)
        return false;
    if (sheaf_date_parse(&out->plain, line) && out->plain.month > 0 && out->plain.year > 0)
        return out->has_plain = true; /* also the bare digits that are none in running text */
    while (at < line.size && sheaf_date_find(&date, line, at, false, &start, &end)) {
        take_words(&r, at, start);
        if (date.month > 0) {
            take_date(&r, &date);
            any = true;
        }
        at = end;
    }
    if (!any)
        return false; /* most lines: their words need no looking up */
    take_words(&r, at, line.size);
    if (r.rest_from != SIZE_MAX)
        out->rest = sheaf_slice_part(line, r.rest_from, r.rest_to);
    return !r.failed;
}

/* ---- trailers ------------------------------------------------------------------ */

static bool ends_teaser(sheaf_slice head) {
    return sheaf_slice_ends(head, SLICE(".")) || sheaf_slice_ends(head, SLICE("\xE2\x80\xA6")) ||
           sheaf_slice_ends(head, SLICE("!")) || sheaf_slice_ends(head, SLICE("?")) ||
           sheaf_slice_ends(head, SLICE("\"")) || sheaf_slice_ends(head, SLICE("\xE2\x80\x9D"));
}

/* One to five words that begin with capitals, and no end of a sentence. */
static bool is_name(sheaf_slice text) {
    size_t words = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = sheaf_slice_find_char(text, at, ' ');
        size_t letter = at;
        uint32_t first = sheaf_utf8_next(text, &letter);
        if (sheaf_char_is_lower(first) && words == 0)
            return false;
        words++;
        at = end == SIZE_MAX ? text.size : end + 1;
    }
    return words > 0 && words <= 5 && text.size <= 60 && !sheaf_slice_ends(text, SLICE(".")) &&
           sheaf_slice_find_char(text, 0, ',') == SIZE_MAX;
}

bool sheaf_dump_read_trailer(sheaf_slice line, size_t *cut, sheaf_date *date,
                             sheaf_slice *publisher) {
    enum { TRAILER = 96, LONGEST_TEASER = 1200 };
    size_t from = line.size > TRAILER ? line.size - TRAILER : 0;
    size_t start;
    size_t end;
    if (line.size > LONGEST_TEASER)
        return false;
    for (size_t at = from; sheaf_date_find(date, line, at, false, &start, &end); at = end) {
        sheaf_slice head = sheaf_slice_trim(sheaf_slice_part(line, 0, start));
        sheaf_slice tail = sheaf_slice_part(line, end, line.size);
        if (date->day == 0 || !sheaf_slice_starts(tail, SLICE(", ")) || !ends_teaser(head))
            continue;
        *publisher = sheaf_slice_trim(sheaf_slice_part(tail, 2, tail.size));
        *cut = head.size;
        return is_name(*publisher);
    }
    return false;
}

/* ---- addresses ------------------------------------------------------------------ */

static int digits_at(sheaf_slice text, size_t at, size_t count) {
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.size || !sheaf_is_digit(text.data[i]))
            return -1;
        value = value * 10 + (text.data[i] - '0');
    }
    return value;
}

static int month_at(sheaf_slice text, size_t at, size_t *size) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    int number = digits_at(text, at, 2);
    *size = 2;
    if (number > 0)
        return number;
    for (int i = 0; i < 12; i++) {
        if (sheaf_slice_equal_fold(sheaf_slice_part(text, at, at + 3),
                                   sheaf_slice_from(months + 3 * i, 3))) {
            *size = 3;
            return i + 1;
        }
    }
    return -1;
}

static size_t skip_parting(sheaf_slice text, size_t at) {
    return at < text.size && strchr("/-_", text.data[at]) ? at + 1 : at;
}

static bool is_digit_at(sheaf_slice text, size_t at) {
    return at < text.size && sheaf_is_digit(text.data[at]);
}

/* yyyy/mm/dd, yyyy-mm-dd, yyyy/mon/dd or yyyymmdd at this place of a path. */
static bool date_at(sheaf_date *out, sheaf_slice path, size_t at) {
    char text[16];
    size_t size;
    sheaf_date found;
    int year = digits_at(path, at, 4);
    if (year < 1980 || year > 2100 || (at > 0 && is_digit_at(path, at - 1)))
        return false;
    size_t next = skip_parting(path, at + 4);
    bool parted = next > at + 4;
    int month = month_at(path, next, &size);
    next += size;
    if (parted)
        next = skip_parting(path, next);
    int day = digits_at(path, next, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31 || is_digit_at(path, next + 2))
        return false;
    int length = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    if (length != 10 || !sheaf_date_parse(&found, sheaf_slice_from(text, 10)))
        return false;
    *out = found;
    return true;
}

bool sheaf_dump_date_of_url(sheaf_date *out, sheaf_slice url) {
    sheaf_url parts;
    if (!sheaf_url_parse(&parts, url))
        return false;
    for (size_t at = 0; at < parts.path.size; at++) {
        if (sheaf_is_digit(parts.path.data[at]) && date_at(out, parts.path, at))
            return true;
    }
    return false;
}
