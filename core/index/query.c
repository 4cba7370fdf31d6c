/* query.c - what a query is made of: dates, and words that are nearly alike. */
#include "index/query.h"

#include <stdio.h>

#include "base/slice.h"
#include "base/utf8.h"

void sheaf_query_clear(sheaf_query *query) {
    sheaf_arena_clear(&query->arena);
    memset(query, 0, sizeof *query);
}

/* ---- dates ---------------------------------------------------------------------- */

static bool digits(sheaf_slice text, size_t from, size_t count, unsigned *out) {
    *out = 0;
    for (size_t i = from; i < from + count; i++) {
        if (i >= text.size || !sheaf_is_digit(text.data[i]))
            return false;
        *out = 10 * *out + (unsigned)(text.data[i] - '0');
    }
    return true;
}

static unsigned days_of(unsigned year, unsigned month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool sheaf_query_date_end(sheaf_slice date, char out[16]) {
    unsigned year, month = 0, day = 0;
    if (!digits(date, 0, 4, &year) || year == 0 || year >= 9999)
        return false;
    if (date.size > 4 &&
        (date.data[4] != '-' || !digits(date, 5, 2, &month) || month < 1 || month > 12))
        return false;
    if (date.size > 7 &&
        (date.data[7] != '-' || !digits(date, 8, 2, &day) || day < 1 || day > days_of(year, month)))
        return false;
    if (date.size != 4 && date.size != 7 && date.size != 10)
        return false;
    if (day && ++day > days_of(year, month)) {
        day = 1;
        month++;
    } else if (!day && month) {
        month++;
    }
    if (month > 12 || !month) {
        year++;
        month = month ? 1 : 0;
    }
    int size = snprintf(out, 16, "%04u", year % 10000);
    if (month)
        size += snprintf(out + size, 16 - (size_t)size, "-%02u", month % 100);
    if (day)
        snprintf(out + size, 16 - (size_t)size, "-%02u", day % 100);
    return true;
}

/* ---- nearly alike --------------------------------------------------------------- */

enum { FUZZY_POINTS = 64 };

static size_t points_of(uint32_t out[FUZZY_POINTS], sheaf_slice text) {
    size_t count = 0;
    for (size_t at = 0; at < text.size && count < FUZZY_POINTS;)
        out[count++] = sheaf_utf8_next(text, &at);
    return count;
}

/* Letters put in, taken out, changed, or two neighbours swapped, each counts one. */
bool sheaf_query_fuzzy_match(sheaf_slice pattern, sheaf_slice word, unsigned edits) {
    uint32_t a[FUZZY_POINTS], b[FUZZY_POINTS];
    unsigned char rows[3][FUZZY_POINTS + 1];
    if (word.size > pattern.size + 4 * edits || pattern.size > word.size + 4 * edits)
        return false;
    size_t m = points_of(a, pattern), n = points_of(b, word);
    if (m > n + edits || n > m + edits)
        return false;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (unsigned char)j;
    for (size_t i = 1; i <= m; i++) {
        unsigned char *row = rows[i % 3], *above = rows[(i - 1) % 3], *higher = rows[(i + 1) % 3];
        unsigned least = row[0] = (unsigned char)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned cost = above[j - 1] + (a[i - 1] != b[j - 1] ? 1u : 0u);
            cost = above[j] + 1u < cost ? above[j] + 1u : cost;
            cost = row[j - 1] + 1u < cost ? row[j - 1] + 1u : cost;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = higher[j - 2] + 1u < cost ? higher[j - 2] + 1u : cost;
            row[j] = (unsigned char)cost;
            least = cost < least ? cost : least;
        }
        if (least > edits + 1)
            return false;
    }
    return rows[m % 3][n] <= edits;
}
