/* date_clock.c - times of day and their zones.
 *
 * A time must be told as one: "9.13" alone is a number, "9.13am", "9.13 GMT" and
 * "kl. 9.13" are times. A zone whose abbreviation means several is read and
 * left untold. */
#include "article/date_cursor.h"

#include "base/slice.h"

static bool take_half_of_day(sheaf_date_cursor *c, int *hour) {
    size_t from = c->at;
    sheaf_date_skip_blanks(c);
    char half = sheaf_to_lower(sheaf_date_peek(c));
    bool good = sheaf_date_take_any(c, "aApP");
    bool dotted = good && sheaf_date_take_any(c, ".");
    good = good && sheaf_date_take_any(c, "mM") && sheaf_date_letter(c->text, c->at) == 0;
    if (!good || *hour < 1 || *hour > 12) {
        c->at = from;
        return false;
    }
    if (dotted)
        sheaf_date_take_any(c, ".");
    *hour = *hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

/* "+0300" "+03:00" "+3" "-05" */
static bool take_offset(sheaf_date_cursor *c, int *offset) {
    size_t from = c->at;
    bool west = sheaf_date_take(c, "\xE2\x88\x92") || sheaf_date_take(c, "-");
    int hours = 0;
    int minutes = 0;
    bool good = west || sheaf_date_take(c, "+");
    if (good && sheaf_date_count_digits(c) == 4) {
        good = sheaf_date_take_number(c, 4, 4, &hours);
        minutes = hours % 100;
        hours /= 100;
    } else if (good) {
        good = sheaf_date_take_number(c, 1, 2, &hours);
        if (good && sheaf_date_peek(c) == ':') {
            c->at++;
            good = sheaf_date_take_number(c, 2, 2, &minutes);
        }
    }
    if (!good || hours > 14 || minutes > 59) {
        c->at = from;
        return false;
    }
    *offset = (hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

/* Abbreviations that mean one zone; those of several, which leave it untold,
 * have UNTOLD. */
static bool take_named_zone(sheaf_date_cursor *c, sheaf_date *date) {
    enum { UNTOLD = 9999 };
    static const struct {
        const char *name;
        int offset;
    } zones[] = {
        {"Z", 0},        {"UTC", 0},      {"GMT", 0},      {"UT", 0},       {"EST", -300},
        {"EDT", -240},   {"PST", -480},   {"PDT", -420},   {"CET", 60},     {"CEST", 120},
        {"MEZ", 60},     {"MESZ", 120},   {"BST", 60},     {"MSK", 180},    {"МСК", 180},
        {"EET", 120},    {"EEST", 180},   {"WEST", 60},    {"JST", 540},    {"KST", 540},
        {"HKT", 480},    {"SGT", 480},    {"WIB", 420},    {"AEST", 600},   {"AEDT", 660},
        {"NZST", 720},   {"NZDT", 780},   {"IST", UNTOLD}, {"CST", UNTOLD}, {"CDT", UNTOLD},
        {"MST", UNTOLD}, {"AST", UNTOLD}, {"ET", UNTOLD},  {"PT", UNTOLD},  {"CT", UNTOLD},
    };
    size_t from = c->at;
    sheaf_slice word;
    if (!sheaf_date_take_word(c, &word))
        return false;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (!sheaf_slice_is(word, zones[i].name))
            continue;
        date->zoned = zones[i].offset != UNTOLD;
        date->offset = date->zoned ? zones[i].offset : 0;
        if (zones[i].offset == 0 && word.size > 1)
            take_offset(c, &date->offset);
        return true;
    }
    c->at = from;
    return false;
}

/* A zone, in brackets or not. precise: the time was told in a way that only a
 * zone can follow; otherwise "09:00-10:00" is a stretch of time. */
static bool take_zone(sheaf_date_cursor *c, sheaf_date *date, bool precise) {
    size_t from = c->at;
    bool blank = sheaf_date_skip_blanks(c);
    if ((precise || blank || sheaf_date_peek(c) == '+') && take_offset(c, &date->offset)) {
        date->zoned = true;
        from = c->at; /* RFC 2822 may name it, too: "+0300 (MSK)" */
        sheaf_date named = *date;
        sheaf_date_skip_blanks(c);
        if (sheaf_date_take(c, "(") && take_named_zone(c, &named) && sheaf_date_take(c, ")"))
            return true;
        c->at = from;
        return true;
    }
    bool bracket = sheaf_date_take(c, "(");
    sheaf_date zone = *date;
    if (take_named_zone(c, &zone) && (!bracket || sheaf_date_take(c, ")"))) {
        *date = zone;
        return true;
    }
    c->at = from;
    return false;
}

static void skip_fraction(sheaf_date_cursor *c) {
    size_t from = c->at;
    int digit;
    if (!sheaf_date_take_any(c, ".,"))
        return;
    size_t start = c->at;
    for (size_t size; (size = sheaf_date_digit(c->text, c->at, &digit)) > 0;)
        c->at += size;
    if (c->at == start)
        c->at = from;
}

/* "0913" or "091305" behind the T of ISO 8601 basic. */
bool sheaf_date_take_basic_time(sheaf_date_cursor *c, sheaf_date *date) {
    int digits = sheaf_date_count_digits(c);
    int number = 0;
    if ((digits != 4 && digits != 6) || !sheaf_date_take_number(c, digits, digits, &number))
        return false;
    date->second = digits == 6 ? number % 100 : -1;
    number = digits == 6 ? number / 100 : number;
    date->hour = number / 100;
    date->minute = number % 100;
    return true;
}

/* What follows the hour: "h30", "時13分". */
static bool take_hour_sign(sheaf_date_cursor *c, sheaf_date *date) {
    size_t from = c->at;
    sheaf_date_skip_blanks(c);
    bool sign = sheaf_date_take(c, "时") || sheaf_date_take(c, "時") || sheaf_date_take(c, "시") ||
                sheaf_date_take_word_of(c, "h");
    if (!sign) {
        c->at = from;
        return false;
    }
    from = c->at;
    sheaf_date_skip_blanks(c);
    if (!sheaf_date_take_number(c, 2, 2, &date->minute) &&
        !sheaf_date_take_number(c, 1, 1, &date->minute)) {
        date->minute = 0;
        c->at = from;
    } else if (!sheaf_date_take(c, "分") && !sheaf_date_take(c, "분")) {
        sheaf_date_take_word_of(c, "min");
    }
    return true;
}

/* A time of day. announced: a word such as "kl." said that one follows. */
static bool take_clock(sheaf_date_cursor *c, sheaf_date *date, bool announced) {
    int hour = 0;
    if (!sheaf_date_take_number(c, 1, 2, &hour))
        return false;
    date->minute = 0;
    date->second = -1;
    bool told = announced;
    if (sheaf_date_take(c, ":")) {
        if (!sheaf_date_take_number(c, 2, 2, &date->minute))
            return false;
        if (sheaf_date_peek(c) == ':') {
            c->at++;
            if (!sheaf_date_take_number(c, 2, 2, &date->second))
                return false;
            skip_fraction(c);
        }
        told = true;
    } else if (sheaf_date_take(c, ".")) {
        if (!sheaf_date_take_number(c, 2, 2, &date->minute))
            return false;
        told = told || !c->running;
    } else if (take_hour_sign(c, date)) {
        told = true;
    }
    bool half = take_half_of_day(c, &hour);
    date->hour = hour;
    size_t from = c->at;
    sheaf_date_skip_blanks(c);
    bool named = sheaf_date_take_word_of(c, "Uhr Hrs hrs uur");
    if (!named)
        c->at = from;
    bool zoned = take_zone(c, date, date->second >= 0);
    return told || half || named || zoned;
}

bool sheaf_date_take_time(sheaf_date_cursor *c, sheaf_date *date, bool announced) {
    sheaf_date with = *date;
    size_t from = c->at;
    if (take_clock(c, &with, announced) && sheaf_date_is_valid(&with) &&
        !(sheaf_date_take_any(c, "-") && sheaf_date_count_digits(c) > 0)) {
        *date = with;
        return true;
    }
    c->at = from;
    return false;
}

/* Time behind an ISO date: "T09:13Z", "T0913". */
bool sheaf_date_take_iso_time(sheaf_date_cursor *c, sheaf_date *date) {
    if (sheaf_date_count_digits(c) > 2) {
        if (!sheaf_date_take_basic_time(c, date))
            return false;
        skip_fraction(c);
        take_zone(c, date, true);
        return sheaf_date_is_valid(date);
    }
    sheaf_date with = *date;
    if (!take_clock(c, &with, false))
        return false;
    if (!with.zoned)
        take_zone(c, &with, true);
    *date = with;
    return sheaf_date_is_valid(date);
}

/* Between a date and its time: a blank, a sign, a word. */
bool sheaf_date_take_time_gap(sheaf_date_cursor *c, bool *announced) {
    size_t from = c->at;
    sheaf_date_take_any(c, ",");
    sheaf_date_take(c, "\xD8\x8C");
    sheaf_date_skip_blanks(c);
    if (sheaf_date_take_any(c, "|-@/") || sheaf_date_take(c, "\xE2\x80\x93") ||
        sheaf_date_take(c, "\xE2\x80\x94") || sheaf_date_take(c, "\xC2\xB7") ||
        sheaf_date_take(c, "\xE2\x80\xA2"))
        sheaf_date_skip_blanks(c);
    *announced =
        sheaf_date_take_word_of(c, "kl klo at um à às alle ore ora om godz saat pukul в о на");
    if (*announced) {
        sheaf_date_take_any(c, ".");
        sheaf_date_skip_blanks(c);
    }
    return c->at > from;
}
