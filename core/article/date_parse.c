/* date_parse.c - the grammar of dates.
 *
 *   moment   = [weekday] ( day [time [zone]] | time [zone] day )
 *   day      = 2022-02-10 | 20220210 | 10.02.2022 | 2022年2月10日 | XXXX-02-10
 *            | 10 February 2022 | February 10, 2022 | 2022. február 10.
 *            | February 2022 | 2022-02 | 2022
 *            | ۱۵ اسفند ۱۴۰۲ | ۱۴۰۲/۱۲/۱۵ | 5 มีนาคม 2567
 *   time     = 09:13[:05] | 9.13am | 9 p.m. | 17h30 | 9時13分
 *   zone     = Z | +0300 | +03:00 | GMT+3 | MSK
 *
 * A cursor walks; each rule takes what it can or leaves the cursor where it
 * was. No rule looks further than a few words, so that trying all of them at
 * every number of a text stays linear. Where figures could be read two ways
 * ("04/05/2022"), there is no date. */
#include "article/date_parse.h"

#include "article/date_cursor.h"
#include "article/date_eras.h"
#include "article/date_names.h"
#include "base/slice.h"

static bool take_year(sheaf_date_cursor *c, int *year) {
    return sheaf_date_take_number(c, 4, 4, year);
}

/* ---- Names ---------------------------------------------------------------------- */

/* Whose years follow a month. */
typedef enum era { OURS, SOLAR_HIJRI, BUDDHIST } era;

typedef struct month_name {
    int number;
    sheaf_name_need need;
    bool capital;
    era era;
} month_name;

/* The second word of a Levantine name: the first or the second of its kind. */
static int levantine_month(sheaf_date_cursor *c, int name) {
    sheaf_slice word;
    sheaf_date_skip_blanks(c);
    if (!sheaf_date_take_word(c, &word))
        return 0;
    bool first = sheaf_slice_is(word, "الأول") || sheaf_slice_is(word, "الاول");
    if (!first && !sheaf_slice_is(word, "الثاني") && !sheaf_slice_is(word, "الثانى"))
        return 0;
    if (name == SHEAF_NAME_KANUN)
        return first ? 12 : 1;
    return first ? 10 : 11;
}

/* "มี.ค.": Thai months are cut short with points in the middle. */
static bool take_short_thai(sheaf_date_cursor *c, month_name *month) {
    static const char *const names[] = {"ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย",
                                        "ก.ค", "ส.ค", "ก.ย", "ต.ค",  "พ.ย", "ธ.ค"};
    for (int i = 0; i < 12; i++)
        if (sheaf_date_take(c, names[i])) {
            *month = (month_name){.number = i + 1, .era = BUDDHIST};
            return true;
        }
    return false;
}

static bool is_thai(sheaf_slice word) {
    return word.size > 1 && word.data[0] == '\xE0' &&
           (word.data[1] == '\xB8' || word.data[1] == '\xB9');
}

static bool take_one_month(sheaf_date_cursor *c, month_name *month) {
    size_t from = c->at;
    sheaf_slice word;
    sheaf_date_name name;
    if (sheaf_date_take_word(c, &word) && sheaf_date_name_find(&name, word) &&
        name.number != SHEAF_NAME_WEEKDAY) {
        *month = (month_name){name.number, name.need, sheaf_is_upper(word.data[0]),
                              is_thai(word) ? BUDDHIST : OURS};
        if (name.number > SHEAF_NAME_SOLAR) {
            month->number -= SHEAF_NAME_SOLAR;
            month->era = SOLAR_HIJRI;
        } else if (name.number > 12) {
            month->number = levantine_month(c, name.number);
        }
        if (month->number)
            return true;
    }
    c->at = from;
    return take_short_thai(c, month);
}

/* A month, which may be told twice: "فبراير/شباط". */
static bool take_month(sheaf_date_cursor *c, month_name *month) {
    if (!take_one_month(c, month))
        return false;
    size_t end = c->at;
    month_name again;
    sheaf_date_skip_blanks(c);
    if (sheaf_date_take_any(c, "/(")) {
        sheaf_date_skip_blanks(c);
        if (take_one_month(c, &again) && again.number == month->number) {
            sheaf_date_take_any(c, ")");
            return true;
        }
    }
    c->at = end;
    return true;
}

/* "Thu, " "jeudi " "quinta-feira, " */
static bool take_weekday(sheaf_date_cursor *c) {
    size_t from = c->at;
    sheaf_slice word;
    sheaf_date_name name;
    if (sheaf_date_take_word(c, &word) && sheaf_date_name_find(&name, word) &&
        (name.number == SHEAF_NAME_WEEKDAY || sheaf_slice_equal_fold(word, SLICE("mar")))) {
        sheaf_date_take(c, "-feira");
        sheaf_date_take_any(c, ".");
        sheaf_date_take_any(c, ",");
        sheaf_date_take(c, "\xD8\x8C");
        if (sheaf_date_skip_blanks(c))
            return true;
    }
    c->at = from;
    return false;
}

/* "พ.ศ. 2567", "2567", "67"; "ค.ศ. 2024" counts as we do. */
static bool take_thai_year(sheaf_date_cursor *c, int month, int *year) {
    enum { BUDDHIST_LEAST = 2400, CENTURY = 2500, SHORT_LEAST = 40 };
    bool buddhist = sheaf_date_take(c, "พ.ศ.");
    bool christian = !buddhist && sheaf_date_take(c, "ค.ศ.");
    sheaf_date_skip_blanks(c);
    if (take_year(c, year)) {
        if (!christian && (buddhist || *year >= BUDDHIST_LEAST))
            *year = sheaf_date_from_buddhist(*year, month);
        return *year > 0;
    }
    if (christian || !sheaf_date_take_number(c, 2, 2, year) || *year < SHORT_LEAST)
        return false; /* a smaller number is an hour, or anything */
    *year = sheaf_date_from_buddhist(CENTURY + *year, month);
    return true;
}

/* The year behind the name of a month, as its people count. */
static bool take_year_of(sheaf_date_cursor *c, const month_name *month, int *year) {
    if (month->era == BUDDHIST)
        return take_thai_year(c, month->number, year);
    if (month->era == SOLAR_HIJRI && sheaf_date_take_word_of(c, "ماه"))
        sheaf_date_skip_blanks(c);
    if (month->era == SOLAR_HIJRI && sheaf_date_take_word_of(c, "سال"))
        sheaf_date_skip_blanks(c);
    return take_year(c, year);
}

/* What may stand between the parts of a written date. */
static bool take_gap(sheaf_date_cursor *c) {
    size_t from = c->at;
    sheaf_date_take_any(c, ".");
    sheaf_date_take_any(c, ",");
    sheaf_date_take(c, "\xD8\x8C");
    if (sheaf_date_skip_blanks(c)) {
        size_t before = c->at;
        if (sheaf_date_take_word_of(c, "de del of di") && !sheaf_date_skip_blanks(c))
            c->at = before;
        return true;
    }
    if (c->at == from)
        sheaf_date_take_any(c, "-/");
    return c->at > from;
}

/* "th", "er", "º", "-го" behind the number of a day. */
static void skip_ordinal(sheaf_date_cursor *c) {
    if (sheaf_date_take_word_of(c, "st nd rd th er re e go го ое") || sheaf_date_take(c, "º") ||
        sheaf_date_take(c, "°"))
        return;
    size_t from = c->at;
    if (sheaf_date_take_any(c, "-:") && !sheaf_date_take_word_of(c, "го ого е je gie an én e"))
        c->at = from;
}

/* "г.", "года", "року" behind a Slavic year. */
static void skip_year_word(sheaf_date_cursor *c) {
    size_t from = c->at;
    sheaf_date_skip_blanks(c);
    if (sheaf_date_take_word_of(c, "г р"))
        sheaf_date_take_any(c, ".");
    else if (!sheaf_date_take_word_of(c, "года году року"))
        c->at = from;
}

/* ---- Days -------------------------------------------------------------------------- */

static bool is_before_digit(const sheaf_date_cursor *c, size_t at) {
    int digit;
    return sheaf_date_digit(c->text, at, &digit) > 0;
}

/* "20220210", "20220210T0913", "20220210091305" */
static bool take_compact(sheaf_date_cursor *c, sheaf_date *date) {
    int digits = sheaf_date_count_digits(c);
    if (c->running || (digits != 8 && digits != 14))
        return false;
    sheaf_date_cursor head = {sheaf_slice_part(c->text, 0, c->at + 8), c->at, false};
    int number = 0;
    if (!sheaf_date_take_number(&head, 8, 8, &number))
        return false;
    c->at = head.at;
    date->year = number / 10000;
    date->month = number / 100 % 100;
    date->day = number % 100;
    if (date->month == 0 || date->day == 0)
        return false;
    if (digits == 14)
        return sheaf_date_take_basic_time(c, date);
    return sheaf_date_take_any(c, "Tt") ? sheaf_date_take_iso_time(c, date) : true;
}

/* Assigns three numbers that one sign parts. */
static bool assign(sheaf_date *date, const int numbers[3], bool year_first, char sign) {
    date->year = numbers[year_first ? 0 : 2];
    date->month = numbers[1];
    date->day = numbers[year_first ? 2 : 0];
    if (date->day == 0 || date->month == 0)
        return false;
    if (year_first || sign == '.' || date->day == date->month)
        return true;
    if (date->month > 12) { /* the American order */
        date->month = numbers[0];
        date->day = numbers[1];
        return true;
    }
    return date->day > 12;
}

/* "1402/12/15", as the press of Iran writes days. The years are those of our own time
 * only: Muslims who count by the moon are beyond them. */
static bool is_solar(const sheaf_date *date, char sign) {
    enum { LEAST = 1340, MOST = 1420 };
    return sign == '/' && date->year >= LEAST && date->year <= MOST;
}

/* "2022-02-10", "10.02.2022", "10. 2. 2022", "2022/2/10" */
static bool take_figures(sheaf_date_cursor *c, sheaf_date *date) {
    int numbers[3];
    bool year_first = sheaf_date_count_digits(c) == 4;
    if (!sheaf_date_take_number(c, 1, 4, &numbers[0]) || (!year_first && numbers[0] > 31))
        return false;
    char sign = sheaf_date_peek(c);
    if (!sheaf_date_take_any(c, "-./"))
        return false;
    if (sign == '.')
        sheaf_date_skip_blanks(c);
    if (!sheaf_date_take_number(c, 1, 2, &numbers[1]) || sheaf_date_peek(c) != sign)
        return false;
    c->at++;
    if (sign == '.')
        sheaf_date_skip_blanks(c);
    if (year_first ? !sheaf_date_take_number(c, 1, 2, &numbers[2]) : !take_year(c, &numbers[2]))
        return false;
    if (!assign(date, numbers, year_first, sign))
        return false;
    if (year_first && is_solar(date, sign))
        return sheaf_date_from_solar(date);
    if (year_first && (sheaf_date_peek(c) == 'T' || sheaf_date_peek(c) == 't') &&
        is_before_digit(c, c->at + 1)) {
        c->at++;
        return sheaf_date_take_iso_time(c, date);
    }
    if (year_first && sign == '.')
        sheaf_date_take_any(c, "."); /* "2022. 2. 10." */
    return true;
}

/* "2022年2月10日", "2022년 2월 10일", and without the year */
static bool take_han(sheaf_date_cursor *c, sheaf_date *date) {
    int number = 0;
    if (sheaf_date_count_digits(c) == 4) {
        take_year(c, &date->year);
        sheaf_date_skip_blanks(c);
        if (!sheaf_date_take(c, "年") && !sheaf_date_take(c, "년"))
            return false;
        sheaf_date_skip_blanks(c);
    }
    if (!sheaf_date_take_number(c, 1, 2, &date->month))
        return date->year && !c->running;
    sheaf_date_skip_blanks(c);
    if ((!sheaf_date_take(c, "月") && !sheaf_date_take(c, "월")) || date->month == 0)
        return false;
    size_t from = c->at;
    sheaf_date_skip_blanks(c);
    if (sheaf_date_take_number(c, 1, 2, &number)) {
        sheaf_date_skip_blanks(c);
        if (number > 0 &&
            (sheaf_date_take(c, "日") || sheaf_date_take(c, "일") || sheaf_date_take(c, "号"))) {
            date->day = number;
            return true;
        }
    }
    c->at = from;
    return date->year != 0;
}

/* In running text a name that is a word, too, must look like a month. */
static bool looks_right(const sheaf_date_cursor *c, const month_name *month) {
    if (!c->running)
        return true;
    switch (month->need) {
    case SHEAF_NAME_NEEDS_CAPITAL: return month->capital;
    case SHEAF_NAME_NEEDS_SMALL: return !month->capital;
    case SHEAF_NAME_NEEDS_DAY: return false;
    default: return true;
    }
}

/* "10 February 2022", "10. února", "1er mars 2022", "10-Feb-2022" */
static bool take_day_month(sheaf_date_cursor *c, sheaf_date *date) {
    month_name month;
    if (!sheaf_date_take_number(c, 1, 2, &date->day) || date->day == 0)
        return false;
    skip_ordinal(c);
    if (!take_gap(c) || !take_month(c, &month))
        return false;
    date->month = month.number;
    size_t end = c->at;
    if (take_gap(c) && take_year_of(c, &month, &date->year)) {
        skip_year_word(c);
        return month.era != SOLAR_HIJRI || sheaf_date_from_solar(date);
    }
    c->at = end;
    date->year = 0;
    return month.era != SOLAR_HIJRI && looks_right(c, &month);
}

/* "09:13:05 2022", as the C library writes the rest of "Thu Feb 10 …" */
static bool take_time_year(sheaf_date_cursor *c, sheaf_date *date) {
    sheaf_date with = *date;
    sheaf_date_skip_blanks(c);
    if (!sheaf_date_take_time(c, &with, false) || with.second < 0)
        return false;
    sheaf_date_skip_blanks(c);
    if (!take_year(c, &with.year))
        return false;
    *date = with;
    return true;
}

/* "February 10, 2022", "Feb. 10", "February 2022" */
static bool take_month_first(sheaf_date_cursor *c, sheaf_date *date) {
    month_name month;
    if (!take_month(c, &month) || month.era == SOLAR_HIJRI || !take_gap(c))
        return false; /* a month of Iran's is parts of two of ours */
    date->month = month.number;
    size_t before = c->at;
    if (take_year_of(c, &month, &date->year)) {
        skip_year_word(c);
        return looks_right(c, &month);
    }
    c->at = before;
    if (!sheaf_date_take_number(c, 1, 2, &date->day) || date->day == 0)
        return false;
    skip_ordinal(c);
    size_t end = c->at;
    if (take_time_year(c, date))
        return true;
    c->at = end;
    if (take_gap(c) && take_year(c, &date->year))
        return true;
    c->at = end;
    date->year = 0;
    return looks_right(c, &month);
}

/* "2022. február 10.", "2022 February 10", "2022-Feb-10" */
static bool take_year_first(sheaf_date_cursor *c, sheaf_date *date) {
    month_name month;
    if (!take_year(c, &date->year) || !take_gap(c) || !take_month(c, &month) ||
        month.era == SOLAR_HIJRI || !take_gap(c) || !sheaf_date_take_number(c, 1, 2, &date->day) ||
        date->day == 0)
        return false;
    date->month = month.number;
    sheaf_date_take_any(c, ".");
    skip_ordinal(c);
    return true;
}

/* "2022", "2022-02", "XXXX-02-10": only where nothing else is in the string. */
static bool take_partial(sheaf_date_cursor *c, sheaf_date *date) {
    bool masked = sheaf_date_take(c, "XXXX");
    if (c->running || (!masked && !take_year(c, &date->year)))
        return false;
    if (sheaf_date_peek(c) == '-') {
        c->at++;
        if (!sheaf_date_take_number(c, 2, 2, &date->month) || date->month == 0)
            return false;
        if (masked && sheaf_date_take(c, "-") &&
            (!sheaf_date_take_number(c, 2, 2, &date->day) || date->day == 0))
            return false;
    }
    sheaf_date_take_any(c, "?~%");
    return !masked || date->month != 0;
}

static bool take_day(sheaf_date_cursor *c, sheaf_date *date) {
    static bool (*const rules[])(sheaf_date_cursor *, sheaf_date *) = {
        take_figures, take_han,        take_day_month, take_month_first,
        take_compact, take_year_first, take_partial,
    };
    size_t from = c->at;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        sheaf_date found = {.hour = -1, .second = -1};
        if (rules[i](c, &found) && sheaf_date_is_valid(&found)) {
            *date = found;
            return true;
        }
        c->at = from;
    }
    return false;
}

/* ---- Moments ----------------------------------------------------------------------- */

/* A time may follow 日 at once. */
static bool is_after_han(const sheaf_date_cursor *c) {
    return c->at > 0 && (unsigned char)c->text.data[c->at - 1] >= 0x80;
}

static bool take_day_time(sheaf_date_cursor *c, sheaf_date *date) {
    if (!take_day(c, date))
        return false;
    if (date->hour >= 0 || date->day == 0)
        return true;
    size_t end = c->at;
    bool announced = false;
    if ((sheaf_date_take_time_gap(c, &announced) || is_after_han(c)) &&
        sheaf_date_take_time(c, date, announced))
        return true;
    c->at = end;
    return true;
}

static bool take_time_day(sheaf_date_cursor *c, sheaf_date *date) {
    sheaf_date time = {.hour = -1, .second = -1};
    if (!sheaf_date_take_time(c, &time, false))
        return false;
    sheaf_date_take_any(c, ",");
    sheaf_date_skip_blanks(c);
    if (sheaf_date_take_any(c, "|-") || sheaf_date_take(c, "\xE2\x80\x93") ||
        sheaf_date_take(c, "\xC2\xB7"))
        sheaf_date_skip_blanks(c);
    if (sheaf_date_take_word_of(c, "on"))
        sheaf_date_skip_blanks(c);
    take_weekday(c);
    if (!take_day(c, date) || date->day == 0 || date->hour >= 0)
        return false;
    date->hour = time.hour;
    date->minute = time.minute;
    date->second = time.second;
    date->zoned = time.zoned;
    date->offset = time.offset;
    return true;
}

bool sheaf_date_read(sheaf_date *out, sheaf_slice text, size_t *at, bool running) {
    sheaf_date_cursor c = {text, *at, running};
    sheaf_date date;
    bool named = take_weekday(&c);
    size_t from = c.at;
    bool found = take_day_time(&c, &date);
    if (!found) {
        c.at = from;
        found = take_time_day(&c, &date);
    }
    if (!found && named) { /* "mar" is mardi, but March, too */
        c.at = *at;
        named = false;
        found = take_day_time(&c, &date);
    }
    if (!found || !sheaf_date_is_valid(&date) || (named && date.day == 0))
        return false;
    *out = date;
    *at = c.at;
    return true;
}

bool sheaf_date_parse(sheaf_date *out, sheaf_slice text) {
    enum { LONGEST = 128 };
    size_t at = 0;
    sheaf_date date;
    text = sheaf_slice_trim(text);
    if (text.size < 4 || text.size > LONGEST || !sheaf_date_read(&date, text, &at, false))
        return false;
    sheaf_date_cursor rest = {text, at, false};
    sheaf_date_take_any(&rest, ".?~%"); /* "10 февр." and the doubts of EDTF */
    if (rest.at != text.size)
        return false;
    *out = date;
    return true;
}
