/* date.c - fuzzes what reads text that strangers wrote: dates, addresses,
 * words, folding, language. Each promise that can be checked is checked. */
#include <stdlib.h>

#include "article/date.h"
#include "article/url.h"
#include "base/utf8.h"
#include "page/page_dates.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise) {
    if (!promise)
        abort();
}

/* A date that was read is one that can be written, and read again. */
static void check_date(const sheaf_date *date) {
    sheaf_arena arena;
    sheaf_date again;
    sheaf_arena_init(&arena);
    sheaf_slice text = sheaf_date_text(&arena, date);
    must(text.size > 0 && sheaf_date_parse(&again, text));
    must(again.year == date->year && again.month == date->month && again.day == date->day);
    int64_t first = 0;
    int64_t last = 0;
    int64_t seconds = 0;
    if (date->year)
        must(sheaf_date_range(text, &first, &last) && first <= last &&
             sheaf_date_seconds(date, &seconds) && seconds == first);
    sheaf_arena_clear(&arena);
}

static void find_dates(sheaf_slice text, bool yearless) {
    sheaf_date date;
    size_t start;
    size_t end = 0;
    for (size_t at = 0; sheaf_date_find(&date, text, at, yearless, &start, &end); at = end) {
        must(start >= at && end > start && end <= text.size);
        check_date(&date);
    }
}

/* A line of small print gives dates that can be written, and none of the future. */
static void read_lines(sheaf_slice text) {
    sheaf_page_ago *ago = sheaf_page_ago_new();
    sheaf_page_clock clock = sheaf_page_clock_of(ago, (sheaf_slice){"2021-03-03T09:10:00Z", 20},
                                                 (sheaf_slice){"en-US", 5}, (sheaf_slice){0});
    sheaf_page_dates dates;
    sheaf_date date;
    must(ago && clock.known && clock.order == SHEAF_ORDER_MONTH_FIRST);
    if (sheaf_page_date_read(&date, text, &clock))
        check_date(&date);
    if (sheaf_page_date_relative(&date, text, &clock))
        check_date(&date);
    for (int loose = 0; loose < 2; loose++) {
        if (!sheaf_page_dates_line(&dates, text, &clock, loose))
            continue;
        must(dates.has_published || dates.has_modified);
        if (dates.has_published)
            check_date(&dates.published);
        if (dates.has_modified)
            check_date(&dates.modified);
    }
    sheaf_page_ago_free(ago);
}

static void find_urls(sheaf_slice text) {
    sheaf_url url;
    size_t start;
    size_t end = 0;
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t at = 0; sheaf_url_find(text, at, &start, &end); at = end) {
        must(start >= at && end > start && end <= text.size);
        sheaf_slice found = sheaf_slice_part(text, start, end);
        sheaf_slice normal = sheaf_url_normalise(&arena, found);
        must(sheaf_url_parse(&url, found) && sheaf_url_parse(&url, normal));
        must(sheaf_slice_equal(sheaf_url_normalise(&arena, normal), normal));
    }
    sheaf_arena_clear(&arena);
}

static void walk_words(sheaf_slice text) {
    size_t count = 0;
    size_t start = 0;
    size_t end = 0;
    size_t last = 0;
    for (size_t at = 0; sheaf_word_next(text, &at, &start, &end); count++, last = end)
        must(start >= last && end > start && end <= text.size);
    must(count == sheaf_word_count(text));
}

static void normalise(sheaf_slice text) {
    sheaf_buffer mended = {0};
    sheaf_buffer nfc = {0};
    sheaf_buffer twice = {0};
    sheaf_utf8_repair(&mended, text);
    sheaf_nfc(&nfc, sheaf_buffer_view(&mended));
    sheaf_nfc(&twice, sheaf_buffer_view(&nfc));
    must(sheaf_utf8_valid(sheaf_buffer_view(&nfc)));
    must(sheaf_slice_equal(sheaf_buffer_view(&nfc), sheaf_buffer_view(&twice)));
    sheaf_buffer_reset(&twice);
    sheaf_fold(&twice, sheaf_buffer_view(&nfc));
    must(sheaf_utf8_valid(sheaf_buffer_view(&twice)));
    sheaf_buffer_clear(&mended);
    sheaf_buffer_clear(&nfc);
    sheaf_buffer_clear(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice text = {(const char *)data, size};
    sheaf_date date;
    int64_t first = 0;
    int64_t last = 0;
    double confidence = 0;
    if (sheaf_date_parse(&date, text))
        check_date(&date);
    if (sheaf_date_range(text, &first, &last))
        must(first <= last);
    find_dates(text, false);
    find_dates(text, true);
    read_lines(text);
    find_urls(text);
    walk_words(text);
    normalise(text);
    sheaf_language_of(text, &confidence);
    must(confidence >= 0 && confidence <= 1);
    return 0;
}
