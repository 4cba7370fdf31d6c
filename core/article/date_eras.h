/* date_eras.h - days of calendars that the press of a country counts in, as days of ours.
 *
 * Iran and Afghanistan count years from the Hijra by the sun, Thailand from the Buddha's
 * death. A date that such a calendar does not have is none. */
#ifndef SHEAF_ARTICLE_DATE_ERAS_H
#define SHEAF_ARTICLE_DATE_ERAS_H

#include "article/date.h"

/* Turns year, month and day of the Solar Hijri calendar, 1300 to 1498, into ours; false,
 * and the date untouched, when there is no such day. */
bool sheaf_date_from_solar(sheaf_date *date);

/* The year of ours in which a month of the Buddhist year of Thailand, 2456 to 2700,
 * falls; 0 when there is none. */
int sheaf_date_from_buddhist(int year, int month);

#endif
