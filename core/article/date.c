/* date.c - the calendar, and dates as EDTF: written, and laid on the time line.
 *
 * EDTF that comes back from a store may be more than one date: an interval
 * "a/b" with open ends, digits left out ("201X", "2022-02-XX"), qualifiers
 * ("2022~"). Each names a stretch of time, from a first to a last second; that
 * is all that filters need of it. */
#include "article/date.h"

#include "article/date_parse.h"
#include "base/slice.h"

enum { YEAR_LEAST = 1600, YEAR_MOST = 2199, DAY_SECONDS = 86400 };

/* ---- The calendar ------------------------------------------------------------ */

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && (year == 0 || is_leap(year)));
}

bool sheaf_date_is_valid(const sheaf_date *date) {
    if (date->year != 0 && (date->year < YEAR_LEAST || date->year > YEAR_MOST))
        return false;
    if (date->month < 0 || date->month > 12 || (date->month == 0 && date->day != 0))
        return false;
    if (date->day < 0 || (date->day > 0 && date->day > days_in(date->year, date->month)))
        return false;
    return date->hour < 0 || (date->hour < 24 && date->minute >= 0 && date->minute < 60 &&
                              date->second < 60 && date->offset >= -840 && date->offset <= 840);
}

/* Days since 1970 of a day in the Gregorian calendar; years of 400 at a time,
 * each beginning in March, so that the leap day is the last of its year. */
static int64_t days_since_1970(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

bool sheaf_date_seconds(const sheaf_date *date, int64_t *seconds) {
    if (date->year == 0 || !sheaf_date_is_valid(date))
        return false;
    int month = date->month ? date->month : 1;
    int64_t sum = days_since_1970(date->year, month, date->day ? date->day : 1) * DAY_SECONDS;
    if (date->hour >= 0) {
        sum += date->hour * 3600 + date->minute * 60 + (date->second > 0 ? date->second : 0);
        if (date->zoned)
            sum -= (int64_t)date->offset * 60;
    }
    *seconds = sum;
    return true;
}

bool sheaf_date_from_seconds(sheaf_date *out, int64_t seconds) {
    int64_t least = days_since_1970(YEAR_LEAST, 1, 1) * DAY_SECONDS;
    if (seconds < least || seconds >= days_since_1970(YEAR_MOST + 1, 1, 1) * DAY_SECONDS)
        return false;
    int64_t day = (seconds - least) / DAY_SECONDS;
    int rest = (int)((seconds - least) % DAY_SECONDS);
    sheaf_date date = {.year = YEAR_LEAST, .month = 1, .zoned = true};
    while (day >= 365 + is_leap(date.year))
        day -= 365 + is_leap(date.year++);
    while (day >= days_in(date.year, date.month))
        day -= days_in(date.year, date.month++);
    date.day = (int)day + 1;
    date.hour = rest / 3600;
    date.minute = rest / 60 % 60;
    date.second = rest % 60;
    *out = date;
    return true;
}

/* ---- Writing ------------------------------------------------------------------ */

static sheaf_slice zone_text(char out[8], const sheaf_date *date) {
    if (!date->zoned)
        return (sheaf_slice){0};
    if (date->offset == 0)
        return SLICE("Z");
    unsigned minutes = (unsigned)(date->offset < 0 ? -date->offset : date->offset);
    out[0] = date->offset < 0 ? '-' : '+';
    out[1] = (char)('0' + minutes / 600);
    out[2] = (char)('0' + minutes / 60 % 10);
    out[3] = ':';
    out[4] = (char)('0' + minutes % 60 / 10);
    out[5] = (char)('0' + minutes % 10);
    return (sheaf_slice){out, 6};
}

sheaf_slice sheaf_date_text(sheaf_arena *arena, const sheaf_date *date) {
    char zone_bytes[8];
    sheaf_slice zone = zone_text(zone_bytes, date);
    sheaf_slice year = SLICE("XXXX");
    if (date->year)
        year = sheaf_arena_format(arena, "%04d", date->year);
    else if (date->month == 0)
        return (sheaf_slice){0};
    if (date->month == 0)
        return year;
    if (date->day == 0)
        return sheaf_arena_format(arena, "%.*s-%02d", SLICE_ARGS(year), date->month);
    if (date->hour < 0 || date->year == 0)
        return sheaf_arena_format(arena, "%.*s-%02d-%02d", SLICE_ARGS(year), date->month,
                                  date->day);
    if (date->second < 0)
        return sheaf_arena_format(arena, "%.*s-%02d-%02dT%02d:%02d%.*s", SLICE_ARGS(year),
                                  date->month, date->day, date->hour, date->minute,
                                  SLICE_ARGS(zone));
    return sheaf_arena_format(arena, "%.*s-%02d-%02dT%02d:%02d:%02d%.*s", SLICE_ARGS(year),
                              date->month, date->day, date->hour, date->minute, date->second,
                              SLICE_ARGS(zone));
}

/* ---- Ranges ------------------------------------------------------------------- */

/* The first second behind what a date can mean. */
static int64_t end_of(const sheaf_date *date, int64_t first) {
    if (date->hour >= 0)
        return first + (date->second >= 0 ? 1 : 60);
    if (date->day)
        return first + DAY_SECONDS;
    if (date->month)
        return first + (int64_t)days_in(date->year, date->month) * DAY_SECONDS;
    return first + (365 + is_leap(date->year)) * (int64_t)DAY_SECONDS;
}

/* Fills the X of a masked year such as "201X" with digit; false when the text
 * is no year, or its first two digits are masked. */
static bool masked_year(sheaf_slice text, char digit, int *year) {
    *year = 0;
    if (text.size != 4 || text.data[1] == 'X')
        return false;
    for (size_t i = 0; i < 4; i++) {
        char c = text.data[i] == 'X' ? digit : text.data[i];
        if (!sheaf_is_digit(c) || (i > 0 && text.data[i - 1] == 'X' && text.data[i] != 'X'))
            return false;
        *year = *year * 10 + (c - '0');
    }
    return true;
}

static bool range_of_one(sheaf_slice text, int64_t *first, int64_t *last) {
    sheaf_date date = {.hour = -1, .second = -1};
    sheaf_date until = date;
    while (text.size > 4 && sheaf_slice_ends(text, SLICE("-XX")))
        text.size -= 3; /* not known, as if not told */
    if (masked_year(text, '0', &date.year) && masked_year(text, '9', &until.year)) {
        if (!sheaf_date_seconds(&date, first) || !sheaf_date_seconds(&until, last))
            return false;
        *last = end_of(&until, *last) - 1;
        return true;
    }
    if (!sheaf_date_parse(&date, text) || !sheaf_date_seconds(&date, first))
        return false;
    *last = end_of(&date, *first) - 1;
    return true;
}

/* Copies text without the marks of doubt and of nearness. */
static sheaf_slice without_qualifiers(char *out, size_t size, sheaf_slice text) {
    size_t used = 0;
    for (size_t i = 0; i < text.size && used < size; i++) {
        if (!strchr("?~%", text.data[i]) || text.data[i] == '\0')
            out[used++] = text.data[i];
    }
    return (sheaf_slice){out, used};
}

static bool is_open(sheaf_slice text) {
    return text.size == 0 || sheaf_slice_is(text, "..");
}

bool sheaf_date_range(sheaf_slice edtf, int64_t *first, int64_t *last) {
    enum { LONGEST = 80 };
    char bytes[LONGEST];
    if (edtf.size == 0 || edtf.size > LONGEST)
        return false;
    sheaf_slice text = without_qualifiers(bytes, sizeof bytes, edtf);
    size_t slash = sheaf_slice_find_char(text, 0, '/');
    int64_t ends[4] = {INT64_MIN, 0, 0, INT64_MAX};
    if (slash == SIZE_MAX) {
        if (!range_of_one(text, &ends[0], &ends[3]))
            return false;
        *first = ends[0];
        *last = ends[3];
        return true;
    }
    sheaf_slice left = sheaf_slice_part(text, 0, slash);
    sheaf_slice right = sheaf_slice_part(text, slash + 1, text.size);
    if (is_open(left) && is_open(right))
        return false;
    if (!is_open(left) && !range_of_one(left, &ends[0], &ends[1]))
        return false;
    if (!is_open(right) && !range_of_one(right, &ends[2], &ends[3]))
        return false;
    if (ends[0] > ends[3])
        return false;
    *first = ends[0];
    *last = ends[3];
    return true;
}
