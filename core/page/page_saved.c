/* page_saved.c - two comments:
 *
 *   <!-- saved from url=(0042)https://example.com/news -->     browsers
 *
 *   <!-- Page saved with SingleFile                            SingleFile
 *    url: https://example.com/news
 *    saved date: Sat Nov 12 2022 10:00:00 GMT+0100 (Central European …) -->
 *
 * They tell where and when a page was found, as a crawl does. */
#include "page/page_saved.h"

#include "article/date.h"
#include "article/url.h"
#include "base/slice.h"

enum { HEAD_BYTES = 4096 };

/* What stands behind word, to the end of its line. */
static sheaf_slice behind(sheaf_slice text, sheaf_slice word) {
    size_t at = sheaf_slice_find(text, 0, word);
    if (at == SIZE_MAX)
        return (sheaf_slice){0};
    sheaf_slice rest = sheaf_slice_part(text, at + word.size, text.size);
    return sheaf_slice_trim(sheaf_slice_part(rest, 0, sheaf_slice_find_char(rest, 0, '\n')));
}

/* "Sat Nov 12 2022 10:00:00 GMT+0100 (…)": weekday, zone name and remark go. */
static sheaf_slice saved_date(sheaf_slice text, sheaf_arena *arena) {
    sheaf_date date;
    text = sheaf_slice_trim(sheaf_slice_part(text, 0, sheaf_slice_find_char(text, 0, '(')));
    size_t zone = sheaf_slice_find(text, 0, SLICE(" GMT"));
    size_t day = sheaf_slice_find_char(text, 0, ' ');
    if (zone == SIZE_MAX || day > zone)
        return sheaf_date_parse(&date, text) ? sheaf_date_text(arena, &date) : (sheaf_slice){0};
    sheaf_slice name = sheaf_slice_trim(sheaf_slice_part(text, day, zone));
    size_t month_end = sheaf_slice_find_char(name, 0, ' ');
    sheaf_slice month = sheaf_slice_part(name, 0, month_end);
    sheaf_slice rest = sheaf_slice_trim(sheaf_slice_part(name, month.size, name.size));
    size_t day_end = sheaf_slice_find_char(rest, 0, ' ');
    sheaf_slice plain = sheaf_arena_format(
        arena, "%.*s %.*s%.*s %.*s", SLICE_ARGS(sheaf_slice_part(rest, 0, day_end)),
        SLICE_ARGS(month), SLICE_ARGS(sheaf_slice_part(rest, day_end, rest.size)),
        SLICE_ARGS(sheaf_slice_part(text, zone + 4, text.size)));
    return sheaf_date_parse(&date, plain) ? sheaf_date_text(arena, &date) : (sheaf_slice){0};
}

void sheaf_page_saved(sheaf_page_hints *hints, sheaf_slice source, sheaf_arena *arena) {
    sheaf_url parts;
    sheaf_slice head = sheaf_slice_part(source, 0, HEAD_BYTES);
    sheaf_slice url = behind(head, SLICE("saved from url=("));
    sheaf_slice date = {0};
    if (url.size) {
        url = sheaf_slice_part(url, sheaf_slice_find_char(url, 0, ')') + 1, url.size);
    } else if (sheaf_slice_find(head, 0, SLICE("saved with SingleFile")) != SIZE_MAX) {
        url = behind(head, SLICE("url: "));
        date = behind(head, SLICE("saved date: "));
    }
    url = sheaf_slice_trim(sheaf_slice_part(url, 0, sheaf_slice_find(url, 0, SLICE("-->"))));
    if (hints->url.size == 0 && sheaf_url_parse(&parts, url))
        hints->url = url;
    if (hints->retrieved.size == 0 && date.size)
        hints->retrieved = saved_date(date, arena);
}
