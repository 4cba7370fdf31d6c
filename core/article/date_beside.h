/* date_beside.h - dates from what stands beside them: words, and addresses. */
#ifndef SHEAF_ARTICLE_DATE_BESIDE_H
#define SHEAF_ARTICLE_DATE_BESIDE_H

#include "article/article.h"
#include "article/date.h"

/* What a word says about the date beside it: the field, or _COUNT for a mere
 * filler ("on", "at", "GMT"); false when it says nothing of dates. folded as
 * sheaf_phrase gives it. */
bool sheaf_date_word(sheaf_slice folded, sheaf_field *field);

/* A date in the path of an address, to the day. */
bool sheaf_date_of_url(sheaf_date *out, sheaf_slice url);

#endif
