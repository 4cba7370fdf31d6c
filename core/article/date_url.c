/* date_url.c - the day in the path of an address: /2022/02/10/, /2022-feb-10-, 20220210. */
#include <stdio.h>
#include <string.h>

#include "article/date_beside.h"
#include "article/url.h"
#include "base/slice.h"

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

bool sheaf_date_of_url(sheaf_date *out, sheaf_slice url) {
    sheaf_url parts;
    if (!sheaf_url_parse(&parts, url))
        return false;
    for (size_t at = 0; at < parts.path.size; at++) {
        if (sheaf_is_digit(parts.path.data[at]) && date_at(out, parts.path, at))
            return true;
    }
    return false;
}
