/* date.c - dates in many tongues, and all that only looks like one. */
#include "article/date.h"

#include "article/date_eras.h"
#include "base/arena.h"
#include "base/slice.h"
#include "check.h"

typedef struct pair {
    const char *text;
    const char *edtf; /* NULL: no date */
} pair;

/* Prints which row failed, since CHECK_TEXT knows only its own line. */
static void check_row(const char *text, sheaf_slice got, const char *wanted) {
    if (!sheaf_slice_equal(got, sheaf_slice_of(wanted))) {
        check_failures++;
        fprintf(stderr, "\"%s\": got \"%.*s\", wanted \"%s\"\n", text, SLICE_ARGS(got),
                wanted ? wanted : "(none)");
    }
}

static void check_parse(const pair *pairs, size_t count) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < count; i++) {
        sheaf_date date;
        bool is_date = sheaf_date_parse(&date, sheaf_slice_of(pairs[i].text));
        check_row(pairs[i].text, is_date ? sheaf_date_text(&arena, &date) : (sheaf_slice){0},
                  pairs[i].edtf);
    }
    sheaf_arena_clear(&arena);
}

/* wanted is "found text=EDTF", or NULL for nothing. */
static void check_find(const pair *pairs, size_t count, bool yearless) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < count; i++) {
        sheaf_date date;
        size_t start = 0;
        size_t end = 0;
        sheaf_slice text = sheaf_slice_of(pairs[i].text);
        sheaf_slice got = {0};
        if (sheaf_date_find(&date, text, 0, yearless, &start, &end)) {
            sheaf_slice edtf = sheaf_date_text(&arena, &date);
            got = sheaf_arena_format(&arena, "%.*s=%.*s", (int)(end - start), text.data + start,
                                     SLICE_ARGS(edtf));
        }
        check_row(pairs[i].text, got, pairs[i].edtf);
    }
    sheaf_arena_clear(&arena);
}

#define PARSE(...)                                                                                 \
    const pair pairs[] = {__VA_ARGS__};                                                            \
    check_parse(pairs, sizeof pairs / sizeof *pairs)
#define FIND(yearless, ...)                                                                        \
    const pair pairs[] = {__VA_ARGS__};                                                            \
    check_find(pairs, sizeof pairs / sizeof *pairs, yearless)

/* clang-format off */
TEST(reads_iso_and_edtf)
{
    PARSE({"2022-02-10", "2022-02-10"}, {" 2022-02-10\n", "2022-02-10"}, {"2022-02", "2022-02"},
          {"2022", "2022"}, {"20220210", "2022-02-10"}, {"20220210T0913Z", "2022-02-10T09:13Z"},
          {"20220210T091305+0300", "2022-02-10T09:13:05+03:00"},
          {"20220210091305", "2022-02-10T09:13:05"}, {"2022-02-10T09:13Z", "2022-02-10T09:13Z"},
          {"2022-02-10T09:13+0000", "2022-02-10T09:13Z"}, {"2022-02-10t09:13z", NULL},
          {"2022-02-10T09:13:05.123Z", "2022-02-10T09:13:05Z"},
          {"2022-02-10T09:13:05,5+03:00", "2022-02-10T09:13:05+03:00"},
          {"2022-02-10T09:13-05:00", "2022-02-10T09:13-05:00"},
          {"2022-02-10T09:13:05", "2022-02-10T09:13:05"}, {"2022-02-10 09:13:05", "2022-02-10T09:13:05"},
          {"2022-02-10 09:13:05 UTC", "2022-02-10T09:13:05Z"}, {"2022-02-10 09:13 +0100", "2022-02-10T09:13+01:00"},
          {"XXXX-02-10", "XXXX-02-10"}, {"XXXX-02", "XXXX-02"}, {"XXXX", NULL}, {"2022~", "2022"},
          {"2022-02?", "2022-02"}, {"2022-02-10%", "2022-02-10"}, {"2022/02/10", "2022-02-10"},
          {"2022-2-9", "2022-02-09"}, {"2022.02.10", "2022-02-10"}, {"2022-02-10/2022-02-12", NULL});
}

TEST(refuses_days_that_no_calendar_has)
{
    PARSE({"2022-02-29", NULL}, {"2024-02-29", "2024-02-29"}, {"1900-02-29", NULL}, {"2000-02-29", "2000-02-29"},
          {"2022-13-01", NULL}, {"2022-00-10", NULL}, {"2022-04-31", NULL}, {"31 April 2022", NULL},
          {"February 30, 2022", NULL}, {"XXXX-02-29", "XXXX-02-29"}, {"XXXX-02-30", NULL},
          {"1599-12-31", NULL}, {"1600-01-01", "1600-01-01"}, {"2199-12-31", "2199-12-31"}, {"2200-01-01", NULL},
          {"2022-02-10T24:00Z", NULL}, {"2022-02-10T09:60Z", NULL}, {"2022-02-10T09:13:61Z", NULL},
          {"2022-02-10T09:13+15:00", NULL}, {"0 February 2022", NULL}, {"00.02.2022", NULL}, {"10.00.2022", NULL},
          {"20221310", NULL}, {"20220210T2513", NULL});
}

TEST(reads_one_reading_only)
{
    PARSE({"10.02.2022", "2022-02-10"}, {"10. 2. 2022", "2022-02-10"}, {"10/02/2022", NULL}, {"04-05-2022", NULL},
          {"13/02/2022", "2022-02-13"}, {"02/13/2022", "2022-02-13"}, {"02/02/2022", "2022-02-02"},
          {"31-12-2022", "2022-12-31"}, {"12-31-2022", "2022-12-31"}, {"10.02.22", NULL}, {"10/02-2022", NULL},
          {"13/13/2022", NULL}, {"05.13.2022", NULL});
}

TEST(reads_english)
{
    PARSE({"10 February 2022", "2022-02-10"}, {"February 10, 2022", "2022-02-10"}, {"FEBRUARY 10 2022", "2022-02-10"},
          {"Feb. 10, 2022", "2022-02-10"}, {"10 Feb 2022", "2022-02-10"}, {"10-Feb-2022", "2022-02-10"},
          {"10th February 2022", "2022-02-10"}, {"10th of February, 2022", "2022-02-10"}, {"Feb 1st, 2022", "2022-02-01"},
          {"Sept. 3, 2021", "2021-09-03"}, {"Thursday, 10 February 2022", "2022-02-10"}, {"Thu 10 Feb 2022", "2022-02-10"},
          {"Thursday, February 10, 2022", "2022-02-10"}, {"February 2022", "2022-02"}, {"February, 2022", "2022-02"},
          {"February 10", "XXXX-02-10"}, {"10 February", "XXXX-02-10"}, {"February", NULL}, {"Thursday", NULL},
          {"Thursday 2022", NULL}, {"10 February 2022 and more", NULL}, {"10 Febuary 2022", NULL}, {"May 4, 2021", "2021-05-04"},
          {"2022 February 10", "2022-02-10"}, {"2022-Feb-10", "2022-02-10"}, {"", NULL}, {"10", NULL}, {"10 2022", NULL});
}

TEST(reads_times)
{
    PARSE({"10 February 2022 09:13", "2022-02-10T09:13"}, {"10 February 2022, 09:13 GMT", "2022-02-10T09:13Z"},
          {"February 10, 2022 9:13 AM", "2022-02-10T09:13"}, {"February 10, 2022 at 9:13 p.m. EST", "2022-02-10T21:13-05:00"},
          {"Feb 10, 2022 9am", "2022-02-10T09:00"}, {"Feb 10, 2022, 12:05 am", "2022-02-10T00:05"},
          {"Feb 10, 2022, 12:05 pm", "2022-02-10T12:05"}, {"Feb 10, 2022, 13:05 pm", NULL},
          {"Thu 10 Feb 2022 09.13 GMT", "2022-02-10T09:13Z"}, {"10 Feb 2022 9.13am BST", "2022-02-10T09:13+01:00"},
          {"09:13, 10 February 2022", "2022-02-10T09:13"}, {"09:13 GMT 10.02.2022", "2022-02-10T09:13Z"},
          {"09:13 GMT+3, 10 February 2022", "2022-02-10T09:13+03:00"}, {"10.02.2022 | 09:13", "2022-02-10T09:13"},
          {"10/13/2022 5:30 PM ET", "2022-10-13T17:30"}, {"10 Feb 2022 09:13 IST", "2022-02-10T09:13"},
          {"10 Feb 2022 09:13 CET", "2022-02-10T09:13+01:00"}, {"10 Feb 2022 09:13 CEST", "2022-02-10T09:13+02:00"},
          {"10 Feb 2022 09:13 PST", "2022-02-10T09:13-08:00"}, {"10 Feb 2022 09:13 MSK", "2022-02-10T09:13+03:00"},
          {"10 février 2022 à 17h30", "2022-02-10T17:30"}, {"10 février 2022, 17 h 30", "2022-02-10T17:30"},
          {"10. Februar 2022, 9.13 Uhr", "2022-02-10T09:13"}, {"10. februar 2022 kl. 09.13", "2022-02-10T09:13"},
          {"Thu, 10 Feb 2022 09:13:05 +0300", "2022-02-10T09:13:05+03:00"},
          {"Thu, 10 Feb 2022 09:13:05 +0300 (MSK)", "2022-02-10T09:13:05+03:00"},
          {"10 Feb 2022 09:13:05 GMT", "2022-02-10T09:13:05Z"}, {"Thu Feb 10 09:13:05 2022", "2022-02-10T09:13:05"},
          {"Thu Feb 10 09:13:05 +0000 2022", "2022-02-10T09:13:05Z"}, {"10 Feb 2022 25:00", NULL},
          {"10 Feb 2022 09:00-10:00", NULL}, {"2022年2月10日 9时13分", "2022-02-10T09:13"}, {"2022年2月10日09:13", "2022-02-10T09:13"});
}

TEST(reads_other_languages)
{
    PARSE({"10. Februar 2022", "2022-02-10"}, {"Donnerstag, 10. März 2022", "2022-03-10"}, {"10. Jänner 2022", "2022-01-10"},
          {"1er février 2022", "2022-02-01"}, {"jeudi 10 août 2022", "2022-08-10"}, {"10 déc. 2022", "2022-12-10"},
          {"10 de febrero de 2022", "2022-02-10"}, {"jueves, 10 de septiembre de 2022", "2022-09-10"}, {"10 ene 2022", "2022-01-10"},
          {"10 febbraio 2022", "2022-02-10"}, {"1º giugno 2022", "2022-06-01"}, {"10 set 2022", "2022-09-10"},
          {"10 de fevereiro de 2022", "2022-02-10"}, {"quinta-feira, 10 de março de 2022", "2022-03-10"}, {"10 out. 2022", "2022-10-10"},
          {"10 februari 2022", "2022-02-10"}, {"10 mei 2022", "2022-05-10"}, {"10 mrt 2022", "2022-03-10"},
          {"10 maj 2022", "2022-05-10"}, {"10. marts 2022", "2022-03-10"}, {"10. desember 2022", "2022-12-10"},
          {"10. helmikuuta 2022", "2022-02-10"}, {"10 lutego 2022", "2022-02-10"}, {"10 października 2022", "2022-10-10"},
          {"10. února 2022", "2022-02-10"}, {"10. září 2022", "2022-09-10"}, {"2022. február 10.", "2022-02-10"},
          {"10 februarie 2022", "2022-02-10"}, {"10 Şubat 2022", "2022-02-10"}, {"10 AĞUSTOS 2022", "2022-08-10"},
          {"10 Februari 2022", "2022-02-10"}, {"10 Agustus 2022", "2022-08-10"}, {"10 февраля 2022", "2022-02-10"},
          {"10 мая 2022 г.", "2022-05-10"}, {"10 февраля 2022 года", "2022-02-10"}, {"четверг, 10 февр. 2022", "2022-02-10"},
          {"10 лютого 2022", "2022-02-10"}, {"10 січня 2022 року", "2022-01-10"}, {"10 Φεβρουαρίου 2022", "2022-02-10"},
          {"10 Μαΐου 2022", "2022-05-10"}, {"10 فبراير 2022", "2022-02-10"}, {"١٠ فبراير ٢٠٢٢", "2022-02-10"},
          {"10 شباط 2022", "2022-02-10"}, {"10 فبراير/شباط 2022", "2022-02-10"}, {"10 كانون الثاني 2022", "2022-01-10"},
          {"10 كانون الأول 2022", "2022-12-10"}, {"10 تشرين الأول 2022", "2022-10-10"}, {"10 تشرين الثاني 2022", "2022-11-10"},
          {"10 آب 2022", "2022-08-10"}, {"2022年2月10日", "2022-02-10"}, {"２０２２年２月１０日", "2022-02-10"}, {"2022年2月", "2022-02"},
          {"2月10日", "XXXX-02-10"}, {"2022년 2월 10일", "2022-02-10"}, {"2022년", "2022"}, {"2022年13月1日", NULL});
}

TEST(finds_dates_in_text)
{
    FIND(false, {"It was signed on 10 February 2022 in Oslo.", "10 February 2022=2022-02-10"},
         {"on Thursday, February 10, 2022, they said", "Thursday, February 10, 2022=2022-02-10"},
         {"Published 09:13 GMT 10.02.2022(Updated)", "09:13 GMT 10.02.2022=2022-02-10T09:13Z"},
         {"Feb. 10, 2022By a reporter", "Feb. 10, 2022=2022-02-10"}, {"seit März 2022 gilt", "März 2022=2022-03"},
         {"en mars 2022, la ville", "mars 2022=2022-03"}, {"in May 2022 it rained", "May 2022=2022-05"},
         {"发布于2022年2月10日，记者", "2022年2月10日=2022-02-10"}, {"(2022-02-10T09:13Z)", "2022-02-10T09:13Z=2022-02-10T09:13Z"},
         {"Date:2022-02-10.", "2022-02-10=2022-02-10"}, {"в среду 10 февраля 2022 года.", "10 февраля 2022 года=2022-02-10"},
         {"im Jahr 2021 und am 3.4.2022 dann", "3.4.2022=2022-04-03"}, {"10.02.2022, 12.50 euros", "10.02.2022=2022-02-10"},
         {"open 10 May 2022 09:00-17:00 daily", "10 May 2022=2022-05-10"},
         {"It ended.10 February 2022 came", "10 February 2022=2022-02-10"});
}

TEST(is_not_fooled)
{
    FIND(false, {"nothing here", NULL}, {"in 2022 and 2023", NULL}, {"the 2021-22 season and 2010-11", NULL},
         {"call 555-2022-02-10", NULL}, {"https://a.example/2022/02/10/story", NULL},
         {"https://a.example/story-10-february-2022 now", NULL}, {"see http://a.example/x?d=2022-02-10 and", NULL},
         {"http://a.example/(2022-02-10)", NULL}, {"www.a.example/,10.02.2022", NULL}, {"v10.2.2022", NULL},
         {"version 10.2.2022", NULL}, {"1.10.02.2022", NULL}, {"10.02.2022.5", NULL}, {"report-2022-02-10.pdf", NULL},
         {"report 2022-02-10.pdf", NULL}, {"2022-02-10-report", NULL}, {"110.02.2022", NULL}, {"10.02.20221", NULL},
         {"ISBN 978-10-02-2022-1", NULL}, {"04/05/2022", NULL}, {"30 February 2022", NULL}, {"February 30, 2022", NULL},
         {"the 31st of April 2022", NULL}, {"find out 2022 results", NULL}, {"she may 2022 times", NULL},
         {"the Mars 2020 rover", NULL}, {"a set 2022 pieces", NULL}, {"February 10 came", NULL}, {"20220210", NULL},
         {"12345678901234567890", NULL}, {"x10 February 2022x", NULL}, {"$10 February", NULL}, {"10:10.02.2022", NULL},
         {"10 February 2022abc", NULL}, {"2022-02-10T99:99", NULL}, {"id_2022-02-10", NULL}, {"a=2022-02-10", NULL});
}

TEST(finds_days_without_years_when_asked)
{
    FIND(true, {"MOSCOW, February 10. The", "February 10=XXXX-02-10"}, {"on 10 February the", "10 February=XXXX-02-10"},
         {"le 10 mars, il", "10 mars=XXXX-03-10"}, {"2月10日电", "2月10日=XXXX-02-10"}, {"10 февраля", "10 февраля=XXXX-02-10"},
         {"February 10, 2022", "February 10, 2022=2022-02-10"}, {"you may 10 times", NULL}, {"set 10 records", NULL},
         {"des 10 joueurs", NULL}, {"10 Mars bars", NULL}, {"March 10,000 people", NULL}, {"August 10.5 degrees", NULL},
         {"February 10-12", NULL}, {"June 31 was", NULL}, {"F-16 May", NULL});
}

TEST(goes_on_behind_the_last)
{
    sheaf_slice text = SLICE("1 May 2021, 2 May 2021, https://a.example/3-may-2021 and 4 May 2021.");
    sheaf_date date;
    size_t start;
    size_t end = 0;
    int days = 0;
    while (sheaf_date_find(&date, text, end, false, &start, &end))
        days = days * 10 + date.day;
    CHECK_NUMBER(days, 124);
}
/* clang-format on */

TEST(gives_ranges) {
    static const struct {
        const char *edtf;
        int64_t first, last;
    } rows[] = {
        {"1970-01-01", 0, 86399},
        {"1970-01-01T00:00Z", 0, 59},
        {"1970-01-01T00:00:05Z", 5, 5},
        {"1970-01-01T03:00:00+03:00", 0, 0},
        {"1970-01", 0, 31 * 86400 - 1},
        {"1970", 0, 365 * 86400 - 1},
        {"1972", 730 * 86400, (730 + 366) * 86400 - 1},
        {"2022-02-10", 1644451200, 1644451200 + 86399},
        {"2022-02-10T09:13Z", 1644484380, 1644484439},
        {"1969-12-31T23:59:59Z", -1, -1},
        {"1600-01-01", -11676096000, -11676096000 + 86399},
        {"1970-01-01/1970-01-02", 0, 2 * 86400 - 1},
        {"1970-01-01/..", 0, INT64_MAX},
        {"../1970-01-01", INT64_MIN, 86399},
        {"1970-01-01/", 0, INT64_MAX},
        {"/1970-01-01", INT64_MIN, 86399},
        {"1970~", 0, 365 * 86400 - 1},
        {"1970?/1970-01?", 0, 31 * 86400 - 1},
        {"197X", 0, 3652 * (int64_t)86400 - 1},
        {"1970-XX", 0, 365 * 86400 - 1},
        {"1970-01-XX", 0, 31 * 86400 - 1},
        {"1970-XX-XX", 0, 365 * 86400 - 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t first = 1;
        int64_t last = 1;
        if (!sheaf_date_range(sheaf_slice_of(rows[i].edtf), &first, &last))
            fprintf(stderr, "%s: no range\n", rows[i].edtf);
        CHECK_NUMBER(first, rows[i].first);
        CHECK_NUMBER(last, rows[i].last);
    }
}

TEST(refuses_ranges) {
    static const char *const rows[] = {"",           "..",   "../..",    "/",
                                       "XXXX-02-10", "XXXX", "2022-13",  "2022-02-30",
                                       "2023/2022",  "a/b",  "1970/x",   "1970/1971/1972",
                                       "1X70",       "X970", "yesterday"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t first = 7;
        int64_t last = 7;
        if (sheaf_date_range(sheaf_slice_of(rows[i]), &first, &last))
            fprintf(stderr, "%s: has a range\n", rows[i]);
        CHECK_NUMBER(first, 7);
        CHECK_NUMBER(last, 7);
    }
}

/* Every day of six centuries, there and back. */
TEST(seconds_and_dates_are_inverse) {
    int wrong = 0;
    for (int64_t day = -135140; day < 84006; day++) {
        sheaf_date date;
        int64_t seconds = 0;
        int64_t wanted = day * 86400 + (day & 0xFFFF);
        if (!sheaf_date_from_seconds(&date, wanted) || !sheaf_date_seconds(&date, &seconds))
            wrong++;
        wrong += seconds != wanted;
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_date date;
    CHECK(!sheaf_date_from_seconds(&date, INT64_MIN));
    CHECK(!sheaf_date_from_seconds(&date, INT64_MAX));
    CHECK(!sheaf_date_from_seconds(&date, (int64_t)84006 * 86400));
    CHECK(!sheaf_date_from_seconds(&date, (int64_t)-135140 * 86400 - 1));
}

/* Days of Iran's calendar beside ours, at the ends of months and of leap years. */
TEST(reads_the_calendar_of_iran) {
    PARSE({"۱۵ اسفند ۱۴۰۲", "2024-03-05"}, {"15 اسفند 1402", "2024-03-05"},
          {"١٥ اسفند ١٤٠٢", "2024-03-05"}, {"۱ فروردین ۱۴۰۳", "2024-03-20"},
          {"۲۹ اسفند ۱۴۰۲", "2024-03-19"}, {"۳۰ اسفند ۱۴۰۲", NULL}, /* no leap year */
          {"۳۰ اسفند ۱۴۰۳", "2025-03-20"}, {"۳۰ اسفند ۱۴۰۴", NULL}, {"۳۰ اسفند ۱۴۰۷", NULL},
          {"۳۰ اسفند ۱۴۰۸", "2030-03-20"}, /* five years on */
          {"۳۱ شهریور ۱۳۵۹", "1980-09-22"}, {"۳۱ مهر ۱۳۵۹", NULL}, {"۲۲ بهمن ۱۳۵۷", "1979-02-11"},
          {"۱۵ اسفندماه ۱۴۰۲", "2024-03-05"}, {"۱۵ اسفند ماه سال ۱۴۰۲", "2024-03-05"},
          {"۱۵ حوت ۱۴۰۲", "2024-03-05"}, {"۱۴۰۲/۱۲/۱۵", "2024-03-05"},
          {"۱۴۰۲/۱۲/۱۵ ۱۰:۳۰", "2024-03-05T10:30"}, {"1402/12/15", "2024-03-05"},
          {"1402-12-15", NULL}, {"1445/08/24", NULL}, /* by the moon */
          {"اسفند ۱۴۰۲", NULL}, {"۱۵ اسفند", NULL}, {"۱۵ اسفند ۲۰۲۴", NULL},
          {"۵ مارس ۲۰۲۴", "2024-03-05"});
}

TEST(finds_the_calendar_of_iran) {
    FIND(true,
         {"سه‌شنبه ۱۵ اسفند ۱۴۰۲ - ۱۰:۳۰",
          "۱۵ اسفند ۱۴۰۲ - ۱۰:۳۰=2024-03-05T10:30"},
         {"در ۲۲ بهمن ۱۳۵۷ بود", "۲۲ بهمن ۱۳۵۷=1979-02-11"}, {"۱۵ تیر خورد", NULL});
}

/* A new year's day for each remainder by 33, from the table of the Calendar Center. */
TEST(counts_leap_years_of_iran) {
    static const int leaps[] = {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408};
    size_t next = 0;
    for (int year = 1370; year <= 1408; year++) {
        sheaf_date date = {.year = year, .month = 12, .day = 30};
        bool leap = sheaf_date_from_solar(&date);
        CHECK_NUMBER(leap, leaps[next] == year);
        next += leap;
    }
    CHECK_NUMBER(next, sizeof leaps / sizeof *leaps);
    sheaf_date date = {.year = 1499, .month = 1, .day = 1};
    CHECK(!sheaf_date_from_solar(&date));
    CHECK_NUMBER(date.year, 1499);
}

/* No day is left out and none told twice in two centuries. */
TEST(days_of_iran_follow_each_other) {
    int64_t last = 0;
    int wrong = 0;
    for (int year = 1300; year <= 1498; year++)
        for (int day = 0; day < 12 * 31; day++) {
            sheaf_date date = {
                .year = year, .month = day / 31 + 1, .day = day % 31 + 1, .hour = -1};
            int64_t seconds = 0;
            if (!sheaf_date_from_solar(&date))
                continue;
            wrong += !sheaf_date_seconds(&date, &seconds) || (last && seconds - last != 86400);
            last = seconds;
        }
    CHECK_NUMBER(wrong, 0);
}

TEST(reads_years_of_thailand) {
    PARSE({"5 มีนาคม 2567", "2024-03-05"}, {"๕ มีนาคม ๒๕๖๗", "2024-03-05"},
          {"5 มีนาคม พ.ศ. 2567", "2024-03-05"}, {"5 มีนาคม พ.ศ.2567", "2024-03-05"},
          {"5 มีนาคม ค.ศ. 2024", "2024-03-05"}, {"5 มีนาคม 2024", "2024-03-05"},
          {"5 มี.ค. 2567", "2024-03-05"}, {"5 มี.ค. 67", "2024-03-05"},
          {"5 มี.ค. 67 10:30", "2024-03-05T10:30"}, {"มีนาคม 2567", "2024-03"},
          {"29 กุมภาพันธ์ 2567", "2024-02-29"}, {"29 กุมภาพันธ์ 2566", NULL}, {"5 March 2567", NULL},
          {"5 มีนาคม พ.ศ. 2024", NULL}, {"5 มีนาคม ค.ศ. 2567", NULL},
          {"31 ธันวาคม 2483", "1940-12-31"}, {"1 มกราคม 2484", "1941-01-01"},
          {"31 มีนาคม 2482", "1940-03-31"}, {"31 มีนาคม 2483", NULL},
          {"1 เมษายน 2482", "1939-04-01"});
}

TEST(finds_years_of_thailand) {
    FIND(true, {"วันที่ 5 มีนาคม 2567 เวลา", "5 มีนาคม 2567=2024-03-05"},
         {"เมื่อ 5 มี.ค. 67 ที่", "5 มี.ค. 67=2024-03-05"}, {"5 มี.ค. 10.30 น.", "5 มี.ค=XXXX-03-05"},
         {"५ मार्च २०२४ को", "५ मार्च २०२४=2024-03-05"});
}

int main(void) {
    RUN(T(reads_iso_and_edtf), T(refuses_days_that_no_calendar_has), T(reads_one_reading_only),
        T(reads_english), T(reads_times), T(reads_other_languages), T(finds_dates_in_text),
        T(is_not_fooled), T(finds_days_without_years_when_asked), T(goes_on_behind_the_last),
        T(gives_ranges), T(refuses_ranges), T(seconds_and_dates_are_inverse),
        T(reads_the_calendar_of_iran), T(finds_the_calendar_of_iran), T(counts_leap_years_of_iran),
        T(days_of_iran_follow_each_other), T(reads_years_of_thailand), T(finds_years_of_thailand));
}
