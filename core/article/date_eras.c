/* date_eras.c - the arithmetic of two calendars.
 *
 * Solar Hijri: six months of 31 days, five of 30, and Esfand of 29, or 30 in a leap year.
 * The year begins on the day of the vernal equinox, if that comes before noon at the
 * meridian of 52.5 degrees east (the law of 11 Farvardin 1304). Leap years recur
 * every 33 years, eight of them, where (25 y + 11) mod 33 < 8. This agrees with the
 * table of leap years that the Calendar Center of the University of Tehran computes from
 * the equinoxes for 1206 to 1498 (KabiseShamsi1206-1498), and we go no further.
 *
 * Buddhist: our months and leap days, 543 years on. Until 1940 the year began on 1 April,
 * so that January to March still belonged to the year before; the year 2483 had
 * nine months (the Calendar Year Act of B.E. 2483). */
#include "article/date_eras.h"

enum { SOLAR_LEAST = 1300, SOLAR_MOST = 1498, DAY_SECONDS = 86400 };

static bool is_leap(int year) {
    return (25 * year + 11) % 33 < 8;
}

static int days_in(int year, int month) {
    return month <= 6 ? 31 : month <= 11 || is_leap(year) ? 30 : 29;
}

/* Days before the first of Farvardin, counted from that of year 1. */
static int64_t days_before_year(int year) {
    return 365 * (int64_t)(year - 1) + (8 * year + 21) / 33;
}

static int days_before_month(int month) {
    return month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
}

bool sheaf_date_from_solar(sheaf_date *date) {
    enum { KNOWN_YEAR = 1403, KNOWN_DAY = 19802 }; /* 1 Farvardin 1403 = 20 March 2024 */
    sheaf_date ours;
    if (date->year < SOLAR_LEAST || date->year > SOLAR_MOST || date->month < 1 ||
        date->month > 12 || date->day < 1 || date->day > days_in(date->year, date->month))
        return false;
    int64_t day = KNOWN_DAY + days_before_year(date->year) - days_before_year(KNOWN_YEAR) +
                  days_before_month(date->month) + date->day - 1;
    if (!sheaf_date_from_seconds(&ours, day * DAY_SECONDS))
        return false;
    date->year = ours.year;
    date->month = ours.month;
    date->day = ours.day;
    return true;
}

int sheaf_date_from_buddhist(int year, int month) {
    enum { APART = 543, LEAST = 2456, MOST = 2700, NINE_MONTHS = 2483, APRIL = 4 };
    if (year < LEAST || year > MOST || (year == NINE_MONTHS && month > 0 && month < APRIL))
        return 0;
    return year - APART + (year < NINE_MONTHS && month > 0 && month < APRIL);
}
