/* date.h - dates as sources write them, kept as EDTF (ISO 8601-2).
 *
 * As precise as the source and no more: 2022, 2022-02, 2022-02-10,
 * 2022-02-10T09:13Z, 2022-02-10T09:13:05+03:00, XXXX-02-10. */
#ifndef SHEAF_ARTICLE_DATE_H
#define SHEAF_ARTICLE_DATE_H

#include "base/arena.h"

typedef struct sheaf_date {
    int year;  /* 0: not known (XXXX) */
    int month; /* 1 to 12; 0: not told */
    int day;   /* 1 to 31; 0: not told */
    int hour;  /* -1: not told */
    int minute;
    int second; /* -1: not told */
    bool zoned; /* offset is told */
    int offset; /* minutes east of UTC */
} sheaf_date;

/* Parses a whole string that is a date and nothing else: ISO 8601 basic and
 * extended, EDTF, RFC 2822, "10 February 2022", "February 10, 2022", "10.02.2022",
 * "10/02/2022" only where one reading is possible, with or without weekday,
 * time and zone; month names in some fifty languages. Days of the Solar Hijri calendar
 * ("۱۵ اسفند ۱۴۰۲", "۱۴۰۲/۱۲/۱۵") and years of the Buddhist one behind Thai
 * months become ours.
 * False, *out untouched, for anything else and for days that no calendar has. */
bool sheaf_date_parse(sheaf_date *out, sheaf_slice text);

/* Finds the first such date in running text at or after from; [*start, *end)
 * are its bytes. A month and day without year is found only when yearless. */
bool sheaf_date_find(sheaf_date *out, sheaf_slice text, size_t from, bool yearless, size_t *start,
                     size_t *end);

/* EDTF text of a date. UTC is written Z. */
sheaf_slice sheaf_date_text(sheaf_arena *arena, const sheaf_date *date);

/* Parses EDTF, as stored, into the first and last second it can mean, as
 * seconds since 1970 (UTC assumed where no zone is told; intervals a/b allowed;
 * open ends reach to INT64_MIN and INT64_MAX). False when it is no date.
 * XXXX-02-10 has no place on the time line: false too. */
bool sheaf_date_range(sheaf_slice edtf, int64_t *first, int64_t *last);

/* The date, to the second and in UTC, of a number of seconds since 1970; false
 * beyond the years 1600 to 2199. */
bool sheaf_date_from_seconds(sheaf_date *out, int64_t seconds);

/* Seconds since 1970 of the date's first moment; false without a year. */
bool sheaf_date_seconds(const sheaf_date *date, int64_t *seconds);

#endif
