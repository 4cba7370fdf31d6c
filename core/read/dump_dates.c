/* dump_dates.c - dates on lines of their own and in trailers.
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
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice word = sheaf_slice_part(r->line, from, to);
    sheaf_slice lower = sheaf_phrase(folded, word);
    sheaf_field label;
    if (sheaf_date_word(lower, &label)) {
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
