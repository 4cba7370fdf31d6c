/* page_ago.c - dates told from the moment of reading, language by language. */
#include "base/slice.h"
#include "check.h"
#include "page/page_dates.h"

static sheaf_page_clock now; /* 2021-03-03T09:10:00Z, a Wednesday */

/* True when text, read now, is that date; "" when it is none. */
static bool reads(const char *text, const char *wanted) {
    sheaf_date date;
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    bool found = sheaf_page_date_relative(&date, sheaf_slice_of(text), &now);
    sheaf_slice got = found ? sheaf_date_text(&arena, &date) : (sheaf_slice){0};
    bool good = sheaf_slice_is(got, wanted);
    if (!good)
        fprintf(stderr, "  \"%s\": got \"%.*s\", wanted \"%s\"\n", text, SLICE_ARGS(got), wanted);
    sheaf_arena_clear(&arena);
    return good;
}

TEST(hours_ago_in_many_languages) {
    static const char *const today[] = {"3 hours ago",
                                        "3h ago",
                                        "an hour ago",
                                        "Updated 2 hours ago",
                                        "vor 2 Stunden",
                                        "vor einer Stunde",
                                        "vor 3 Std.",
                                        "il y a 3 heures",
                                        "hace 2 horas",
                                        "há 3 horas",
                                        "3 ore fa",
                                        "3 uur geleden",
                                        "för 3 timmar sedan",
                                        "3 timer siden",
                                        "for 3 timer siden",
                                        "3 tuntia sitten",
                                        "3 godziny temu",
                                        "před 3 hodinami",
                                        "pred 3 hodinami",
                                        "acum 3 ore",
                                        "3 часа назад",
                                        "3 години тому",
                                        "преди 3 часа",
                                        "prije 3 sata",
                                        "3 saat önce",
                                        "πριν 3 ώρες",
                                        "πριν από 3 ώρες",
                                        "منذ 3 ساعات",
                                        "לפני 3 שעות",
                                        "3小时前",
                                        "3 小時前",
                                        "3時間前",
                                        "3시간 전",
                                        "3 giờ trước",
                                        "3 jam lalu",
                                        "3 jam yang lalu",
                                        "3 ชั่วโมงที่แล้ว",
                                        "3 घंटे पहले",
                                        "3 ঘণ্টা আগে",
                                        "۳ ساعت پیش",
                                        "3 órája",
                                        "fa 3 hores"};
    size_t good = 0;
    for (size_t i = 0; i < sizeof today / sizeof *today; i++)
        good += reads(today[i], "2021-03-03");
    CHECK_NUMBER(good, sizeof today / sizeof *today);
}

TEST(days_ago_in_many_languages) {
    static const char *const lines[] = {
        "2 days ago",   "vor 2 Tagen",   "il y a 2 jours",  "hace 2 días",
        "há 2 dias",    "2 giorni fa",   "2 dagen geleden", "för 2 dagar sedan",
        "2 dage siden", "2 dager siden", "2 päivää sitten", "2 dni temu",
        "před 2 dny",   "acum 2 zile",   "2 дня назад",     "2 дні тому",
        "преди 2 дни",  "2 gün önce",    "πριν 2 ημέρες",   "منذ يومين",
        "לפני יומיים",  "2天前",         "2日前",           "2일 전",
        "2 ngày trước", "2 hari lalu",   "2 วันที่แล้ว",        "2 दिन पहले",
        "2 দিন আগে",    "2 napja"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK(reads(lines[i], "2021-03-01"));
}

TEST(yesterday_in_many_languages) {
    static const char *const lines[] = {
        "Yesterday", "gestern", "hier à 14h", "ayer",    "ontem",  "ieri",   "gisteren",
        "igår",      "i går",   "eilen",      "wczoraj", "včera",  "tegnap", "jučer",
        "вчера",     "вчора",   "dün",        "χθες",    "أمس",    "אתמול",  "昨天",
        "昨日",      "어제",    "kemarin",    "hôm qua", "เมื่อวาน", "গতকাল",  "دیروز"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        sheaf_date date = {0};
        CHECK(sheaf_page_date_relative(&date, sheaf_slice_of(lines[i]), &now));
        CHECK(date.year == 2021 && date.month == 3 && date.day == 2);
    }
    CHECK(reads("gestern, 14:30 Uhr", "2021-03-02T14:30"));
    CHECK(reads("Yesterday at 2:30 PM", "2021-03-02T14:30"));
    CHECK(reads("heute, 08:15", "2021-03-03T08:15"));
    CHECK(reads("vorgestern", "2021-03-01"));
}

TEST(the_result_is_as_precise_as_the_words) {
    CHECK(reads("20 minutes ago", "2021-03-03T08:50Z"));
    CHECK(reads("10 hours ago", "2021-03-02"));
    CHECK(reads("2 weeks ago", "2021-02"));
    CHECK(reads("4 months ago", "2020-11"));
    CHECK(reads("vor 2 Jahren", "2019"));
}

TEST(what_only_looks_like_it_is_left) {
    CHECK(reads("hier", "")); /* "here" in German */
    CHECK(reads("for 3 hours", ""));
    CHECK(reads("3 hours", ""));
    CHECK(reads("ago", ""));
    CHECK(reads("vor", ""));
    CHECK(reads("", ""));
    CHECK(reads("5 ways to save money", ""));
    CHECK(reads("99999 days ago", ""));
    sheaf_date date;
    sheaf_page_clock year_only = now;
    year_only.retrieved = (sheaf_date){.year = 2021, .hour = -1, .second = -1};
    CHECK(!sheaf_page_date_relative(&date, SLICE("2 days ago"), &year_only));
    sheaf_page_clock day_only = now;
    day_only.retrieved = (sheaf_date){.year = 2021, .month = 3, .day = 3, .hour = -1, .second = -1};
    CHECK(!sheaf_page_date_relative(&date, SLICE("3 hours ago"), &day_only));
    CHECK(sheaf_page_date_relative(&date, SLICE("3 days ago"), &day_only) && date.day == 28);
}

TEST(values_of_attributes) {
    sheaf_date date;
    sheaf_page_clock none =
        sheaf_page_clock_of(NULL, (sheaf_slice){0}, SLICE("en"), SLICE("h.example"));
    sheaf_page_clock american =
        sheaf_page_clock_of(NULL, (sheaf_slice){0}, SLICE("en_US"), SLICE("h.example"));
    CHECK(sheaf_page_date_read(&date, SLICE("1614762600"), &none) && date.day == 3 &&
          date.hour == 9);
    CHECK(sheaf_page_date_read(&date, SLICE("1614762600000"), &none) && date.day == 3);
    CHECK(sheaf_page_date_read(&date, SLICE(" 2021-03-03T09:10:00.000+0000 "), &none) &&
          date.day == 3);
    CHECK(sheaf_page_date_read(&date, SLICE("Wed, 03 Mar 2021 09:10:00 GMT"), &none) &&
          date.day == 3);
    CHECK(sheaf_page_date_read(&date, SLICE("on Wednesday March 3, 2021 @08:00PM"), &none) &&
          date.day == 3);
    CHECK(!sheaf_page_date_read(&date, SLICE("04/03/2021"), &none));
    CHECK(sheaf_page_date_read(&date, SLICE("04/03/2021"), &american) && date.month == 4);
    CHECK(!sheaf_page_date_read(&date, SLICE("3 days ago"), &none));
    CHECK(!sheaf_page_date_read(&date, SLICE("0000-00-00"), &none));
    CHECK(!sheaf_page_date_read(&date, SLICE("tomorrow"), &none));
}

static int run_all(void) {
    RUN(T(hours_ago_in_many_languages), T(days_ago_in_many_languages),
        T(yesterday_in_many_languages), T(the_result_is_as_precise_as_the_words),
        T(what_only_looks_like_it_is_left), T(values_of_attributes));
}

int main(void) {
    sheaf_page_ago *ago = sheaf_page_ago_new();
    now = sheaf_page_clock_of(ago, SLICE("2021-03-03T09:10:00Z"), SLICE("en"), (sheaf_slice){0});
    int failed = ago && now.known ? run_all() : 1;
    sheaf_page_ago_free(ago);
    return failed;
}
