/* page_dates.c - the dates of attributes and of small print.
 *
 * The grammar of dates itself is article/date.h. Here stands what only pages do:
 * numbers of seconds, figures whose order the language of the page must tell,
 * years of two digits, labels beside a date, and dates among other things. */
#include "page/page_dates.h"

#include "article/date_beside.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"
#include "text/phrase.h"

enum { LONGEST_VALUE = 200, LONGEST_LINE = 400, SHORT = 80 };

static bool is_one_of(char c, const char *chars) {
    return c != '\0' && strchr(chars, c) != NULL;
}

/* ---- the clock ----------------------------------------------------------------------- */

/* Americans begin with the month; others with the day, as far as they use slashes. */
static sheaf_page_order order_of(sheaf_slice language, sheaf_slice host) {
    sheaf_slice tongue = language;
    sheaf_slice region = {0};
    for (size_t i = 0; i < language.size; i++)
        if (language.data[i] == '-' || language.data[i] == '_') {
            tongue = sheaf_slice_part(language, 0, i);
            region = sheaf_slice_part(language, i + 1, language.size);
            break;
        }
    size_t dot = host.size;
    while (dot > 0 && host.data[dot - 1] != '.')
        dot--;
    sheaf_slice domain = sheaf_slice_part(host, dot, host.size);
    if (sheaf_slice_is_one_of(region, "US PH"))
        return SHEAF_ORDER_MONTH_FIRST;
    if (sheaf_slice_is_one_of(
            tongue,
            "de fr es it pt nl da nb no nn sv fi pl cs sk hr sl sr bg ru uk el tr ro id vi th "
            "ca gl he ar") ||
        sheaf_slice_is_one_of(region, "GB AU NZ IE ZA IN NG KE"))
        return SHEAF_ORDER_DAY_FIRST;
    if (sheaf_slice_is_one_of(domain, "uk au nz ie za in ng ke eu"))
        return SHEAF_ORDER_DAY_FIRST;
    if (sheaf_slice_is_one_of(tongue, "en") &&
        sheaf_slice_is_one_of(domain, "com org edu gov us net"))
        return SHEAF_ORDER_MONTH_FIRST;
    return SHEAF_ORDER_UNKNOWN;
}

sheaf_page_clock sheaf_page_clock_of(const sheaf_page_ago *ago, sheaf_slice retrieved,
                                     sheaf_slice language, sheaf_slice host) {
    sheaf_page_clock clock = {.ago = ago, .order = order_of(language, host)};
    clock.known = retrieved.size > 0 && sheaf_date_parse(&clock.retrieved, retrieved) &&
                  clock.retrieved.day > 0;
    return clock;
}

/* ---- values ---------------------------------------------------------------------------- */

/* Seconds or milliseconds since 1970, in this century. */
static bool read_seconds(sheaf_date *out, sheaf_slice value) {
    int64_t number = 0;
    if (value.size != 10 && value.size != 13)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (!sheaf_is_digit(value.data[i]))
            return false;
        number = number * 10 + (value.data[i] - '0');
    }
    if (value.size == 13)
        number /= 1000;
    return number > 600000000 && sheaf_date_from_seconds(out, number);
}

typedef struct figures {
    int numbers[3];
    int digits[3];
    char sign;
    size_t from;
    size_t to;
} figures;

/* Three numbers with one sign between, none longer than four digits. */
static bool figures_at(figures *out, sheaf_slice text, size_t at) {
    out->from = at;
    for (int i = 0; i < 3; i++) {
        out->numbers[i] = out->digits[i] = 0;
        while (at < text.size && sheaf_is_digit(text.data[at]) && out->digits[i] < 5) {
            out->numbers[i] = out->numbers[i] * 10 + (text.data[at++] - '0');
            out->digits[i]++;
        }
        if (out->digits[i] == 0 || out->digits[i] > 4)
            return false;
        if (i == 2)
            break;
        char sign = at < text.size ? text.data[at] : ' ';
        if (!is_one_of(sign, "/.-") || (i == 1 && sign != out->sign))
            return false;
        out->sign = sign;
        at++;
    }
    out->to = at;
    return true;
}

/* "03/04/2021" and "3.4.21", which are dates only for who knows the language. */
static bool figures_date(sheaf_date *out, const figures *f, const sheaf_page_clock *clock) {
    bool short_year = f->digits[2] == 2 && f->digits[0] <= 2 && f->digits[1] <= 2;
    bool long_year = f->digits[2] == 4 && f->digits[0] <= 2 && f->digits[1] <= 2;
    sheaf_page_order order = f->sign == '.' ? SHEAF_ORDER_DAY_FIRST : clock->order;
    if ((!short_year && !long_year) || order == SHEAF_ORDER_UNKNOWN ||
        (short_year && f->sign == '-'))
        return false;
    int first = f->numbers[0];
    int second = f->numbers[1];
    bool month_first = (order == SHEAF_ORDER_MONTH_FIRST && first <= 12) || second > 12;
    sheaf_date date = {.year = f->numbers[2] + (short_year ? 2000 : 0),
                       .month = month_first ? first : second,
                       .day = month_first ? second : first,
                       .hour = -1,
                       .second = -1};
    int64_t seconds;
    if (date.month < 1 || date.day < 1 || date.year < 1980 || date.year > 2099 ||
        !sheaf_date_seconds(&date, &seconds))
        return false;
    *out = date;
    return true;
}

static bool find_figures(sheaf_date *out, sheaf_slice text, const sheaf_page_clock *clock,
                         size_t *from, size_t *to) {
    figures f = {.sign = 0};
    for (size_t at = 0; at < text.size; at++) {
        if (!sheaf_is_digit(text.data[at]) ||
            (at > 0 && (sheaf_is_digit(text.data[at - 1]) || is_one_of(text.data[at - 1], "/.-:"))))
            continue;
        if (figures_at(&f, text, at) && figures_date(out, &f, clock) &&
            (f.to >= text.size || !is_one_of(text.data[f.to], "/-0123456789"))) {
            *from = f.from;
            *to = f.to;
            return true;
        }
    }
    return false;
}

/* A date that makes sense on a page: with a year and a month, not in the future. */
static bool is_likely(const sheaf_date *date, const sheaf_page_clock *clock) {
    int64_t moment;
    int64_t now;
    if (date->year < 1970 || date->year > 2100 || date->month == 0)
        return false;
    return !clock->known || !sheaf_date_seconds(date, &moment) ||
           !sheaf_date_seconds(&clock->retrieved, &now) || moment <= now + 2 * 86400;
}

bool sheaf_page_date_read(sheaf_date *out, sheaf_slice value, const sheaf_page_clock *clock) {
    size_t from;
    size_t to;
    sheaf_date date;
    value = sheaf_slice_trim(value);
    if (value.size == 0 || value.size > LONGEST_VALUE)
        return false;
    bool found = sheaf_date_parse(&date, value) || read_seconds(&date, value) ||
                 sheaf_date_find(&date, value, 0, false, &from, &to) ||
                 find_figures(&date, value, clock, &from, &to) ||
                 sheaf_page_date_relative(&date, value, clock);
    if (!found || date.year < 1970 || date.year > 2100)
        return false;
    *out = date;
    return true;
}

/* ---- lines ----------------------------------------------------------------------------- */

/* Words that tell of something else than this article: when a source was looked up or
 * kept, when somebody was born or joined. */
static bool is_elsewhere(sheaf_slice folded) {
    return sheaf_slice_is_one_of(
        folded, "visited viewed archive retrieval joined registered born died expires "
                "archiviert abgefragt besucht geboren gestorben né née mort morte archivé "
                "archivée vu nacido nacida murió archivado archivada comprobado acessado "
                "acedido arquivado nascido nascida nato nata morto archiviato accesso "
                "geraadpleegd bezocht gearchiveerd overleden hämtad läst arkiverad född hentet "
                "lest besøkt arkivert født læst besøgt arkiveret viitattu arkistoitu dostęp "
                "zarchiwizowano urodzony urodzona citováno archivováno navštíveno narozen "
                "hozzáférés archiválva accesat arhivat pristupljeno arhivirano erişim "
                "arşivlendi doğum diakses diarsipkan проверено архивировано доступа родился "
                "родилась архівовано переглянуто народився ανακτήθηκε αρχειοθετήθηκε "
                "اطلع مؤرشف بازبینی בדיקה אוחזר");
}

/* Where the word stands behind its date, without a blank. */
static bool is_looked_up(sheaf_slice behind) {
    static const char *const words[] = {"閲覧", "取得", "检索", "檢索", "访问",
                                        "訪問", "查阅", "查閱", "存档", "に閲覧"};
    behind = sheaf_slice_trim(behind);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sheaf_slice_starts(behind, sheaf_slice_of(words[i])))
            return true;
    return false;
}

/* What the words of text say of the date behind them; the last that says something. */
static sheaf_field label_in(sheaf_slice text) {
    sheaf_field label = SHEAF_FIELD_COUNT;
    char folded[SHEAF_PHRASE_ROOM];
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !is_one_of(text.data[end], " \n|:,()"))
            end++;
        sheaf_field field;
        sheaf_slice word = sheaf_slice_part(text, at, end);
        sheaf_slice lower = word.size > 1 ? sheaf_phrase(folded, word) : (sheaf_slice){0};
        if (lower.size > 1 && sheaf_date_word(lower, &field))
            label = field == SHEAF_FIELD_COUNT ? label : field;
        else if (lower.size > 1 && is_elsewhere(lower))
            label = SHEAF_FIELD_RETRIEVED;
        at = end + 1;
    }
    return label;
}

static void note(sheaf_page_dates *out, const sheaf_date *date, sheaf_field label) {
    if (label == SHEAF_FIELD_RETRIEVED)
        return; /* of a source, or of somebody's birth */
    if (label == SHEAF_FIELD_MODIFIED) {
        out->modified = out->has_modified ? out->modified : *date;
        out->has_modified = true;
    } else if (!out->has_published || (label == SHEAF_FIELD_PUBLISHED && !out->labelled)) {
        out->published = *date;
        out->has_published = true;
        out->labelled = label == SHEAF_FIELD_PUBLISHED;
    }
}

/* How much of a line is neither a date nor a word about dates. */
static size_t count_strangers(sheaf_slice text) {
    size_t strangers = 0;
    char folded[SHEAF_PHRASE_ROOM];
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !is_one_of(text.data[end], " \n|:,()/"))
            end++;
        sheaf_slice word = sheaf_slice_part(text, at, end);
        sheaf_field field;
        bool digits = word.size > 0 && sheaf_is_digit(word.data[0]);
        if (word.size > 1 && !digits && !sheaf_date_word(sheaf_phrase(folded, word), &field))
            strangers += word.size;
        at = end + 1;
    }
    return strangers;
}

/* The next date at or after at, written out or in figures. */
static bool next_date(sheaf_date *date, sheaf_slice line, size_t at, const sheaf_page_clock *clock,
                      size_t *from, size_t *to) {
    if (sheaf_date_find(date, line, at, false, from, to))
        return true;
    sheaf_slice rest = sheaf_slice_part(line, at, line.size);
    if (!find_figures(date, rest, clock, from, to))
        return false;
    *from += at;
    *to += at;
    return true;
}

static bool read_relative(sheaf_page_dates *out, sheaf_slice line, const sheaf_page_clock *clock) {
    sheaf_date date;
    if (line.size > SHORT || !sheaf_page_date_relative(&date, line, clock))
        return false;
    note(out, &date, label_in(line));
    out->relative = true;
    return true;
}

bool sheaf_page_dates_line(sheaf_page_dates *out, sheaf_slice line, const sheaf_page_clock *clock,
                           bool loose) {
    enum { STRANGERS = 48 };
    size_t from;
    size_t to;
    size_t at = 0;
    size_t strangers = 0;
    sheaf_date date;
    *out = (sheaf_page_dates){0};
    if (line.size < 4 || line.size > LONGEST_LINE)
        return false;
    while (next_date(&date, line, at, clock, &from, &to)) {
        sheaf_slice words = sheaf_slice_part(line, at, from);
        strangers += loose ? 0 : count_strangers(words);
        if (is_likely(&date, clock) && date.day > 0 &&
            !is_looked_up(sheaf_slice_part(line, to, line.size)))
            note(out, &date, label_in(words));
        at = to;
    }
    if (!out->has_published && !out->has_modified)
        return read_relative(out, line, clock);
    strangers += loose ? 0 : count_strangers(sheaf_slice_part(line, at, line.size));
    return strangers <= STRANGERS;
}
