/* page_dates.h - dates as web pages give them: in attributes, in small print, and told
 * from the moment of reading ("3 hours ago", "gestern"). */
#ifndef SHEAF_READ_PAGE_DATES_H
#define SHEAF_READ_PAGE_DATES_H

#include "article/date.h"

/* How "03/04/2021" is read. */
typedef enum sheaf_page_order {
    SHEAF_ORDER_UNKNOWN, /* not at all */
    SHEAF_ORDER_DAY_FIRST,
    SHEAF_ORDER_MONTH_FIRST
} sheaf_page_order;

/* An index of the words of relative dates; made once and used for many pages. */
typedef struct sheaf_page_ago sheaf_page_ago;
sheaf_page_ago *sheaf_page_ago_new(void); /* NULL: no memory */
void sheaf_page_ago_free(sheaf_page_ago *ago);

/* What reading a date needs to know of its page. */
typedef struct sheaf_page_clock {
    bool known;                /* retrieved is set: relative dates may be read, given ago */
    const sheaf_page_ago *ago; /* lent, or NULL */
    sheaf_date retrieved;      /* when the page was fetched */
    sheaf_page_order order;
} sheaf_page_clock;

/* The clock of a page: when it was fetched, and how its language and host write
 * figures. */
sheaf_page_clock sheaf_page_clock_of(const sheaf_page_ago *ago, sheaf_slice retrieved,
                                     sheaf_slice language, sheaf_slice host);

/* Reads the value of an attribute or field that is a date: ISO, RFC 2822, seconds or
 * milliseconds since 1970, written out, or relative. */
bool sheaf_page_date_read(sheaf_date *out, sheaf_slice value, const sheaf_page_clock *clock);

/* What a line of small print says. */
typedef struct sheaf_page_dates {
    sheaf_date published;
    sheaf_date modified;
    bool has_published;
    bool has_modified;
    bool labelled; /* a word said that published is */
    bool relative;
} sheaf_page_dates;

/* Reads a line that holds a date and little else. False when there is none. loose: any
 * date in the line will do. */
bool sheaf_page_dates_line(sheaf_page_dates *out, sheaf_slice line, const sheaf_page_clock *clock,
                           bool loose);

/* "3 hours ago", "vor 2 Stunden", "hier à 14h": in a short text, against a known time
 * of fetching. As precise as the words: hours give a day, weeks a month. */
bool sheaf_page_date_relative(sheaf_date *out, sheaf_slice text, const sheaf_page_clock *clock);

#endif
