/* date_names.h - names of months and weekdays in the languages of the press. */
#ifndef SHEAF_ARTICLE_DATE_NAMES_H
#define SHEAF_ARTICLE_DATE_NAMES_H

#include "sheaf.h"

/* Beyond the twelve months: the weekdays, and the two Levantine names that a
 * second word completes. */
enum {
    SHEAF_NAME_KANUN = 13,
    SHEAF_NAME_TISHRIN = 14,
    SHEAF_NAME_WEEKDAY = 15,
    SHEAF_NAME_SOLAR = 16 /* and 1 to 12: the months of Iran's calendar */
};

/* What running text must show before a name that is an ordinary word, too, is
 * taken for a month without both day and year ("may", "mars", "set", "out"). */
typedef enum sheaf_name_need {
    SHEAF_NAME_PLAIN,
    SHEAF_NAME_NEEDS_CAPITAL,
    SHEAF_NAME_NEEDS_SMALL, /* Mars is a planet, mars a month */
    SHEAF_NAME_NEEDS_DAY    /* and a year: too short to stand otherwise */
} sheaf_name_need;

typedef struct sheaf_date_name {
    int number; /* 1 to 12, or one of the above, or a month of Iran's */
    sheaf_name_need need;
} sheaf_date_name;

/* Looks a word up, whatever its case and accents. */
bool sheaf_date_name_find(sheaf_date_name *out, sheaf_slice word);

#endif
