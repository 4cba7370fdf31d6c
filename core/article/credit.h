/* credit.h - the conventions of a printed page: datelines, bylines, agencies.
 *
 *   MOSCOW, February 10. TASS. The minister …      place, date, agency
 *   LONDON, Feb 10 (Reuters) - The minister …
 *   JAKARTA - The minister …                       place only
 *   By Ana Lopez and Ben Ode, Deputy Editor        authors and role
 *
 * Used by the readers, and by the dateline and byline extractors. */
#ifndef SHEAF_ARTICLE_CREDIT_H
#define SHEAF_ARTICLE_CREDIT_H

#include "article/article.h"

/* Looks for a dateline at the start of a paragraph. On true, *size is the
 * length of the dateline itself, with what parts it from the sentence; the
 * slices of out view into text or, for date, live in the arena.
 * A bare place needs a dash or a colon after it and must be in capitals. */
bool sheaf_dateline_parse(sheaf_dateline *out, size_t *size, sheaf_slice paragraph,
                          sheaf_arena *arena);

/* Reads a line that is a byline and nothing else ("- By …", "Von …", "Par …",
 * "Por …", "Автор: …"), and adds authors with roles to article and sets its
 * byline. False, article untouched, when it is none. */
bool sheaf_byline_parse(sheaf_article *article, sheaf_slice line);

/* True when sheaf_byline_parse would take the line. */
bool sheaf_byline_is(sheaf_slice line);

/* Takes "By", "Written by:", "Von", "Автор:" … and bullets before it off the front of
 * line. False when there is none, or nothing behind it. */
bool sheaf_byline_lead(sheaf_slice line, sheaf_slice *rest);

/* True when the line is such a lead and no more ("Author", "By:", "Text von"). */
bool sheaf_byline_is_lead(sheaf_slice line);

/* True when text reads as one name: one (single) or two to six words with capitals,
 * initials and particles. */
bool sheaf_byline_is_name(sheaf_slice text, bool single);

/* True when text names a post ("Senior Editor", "Korrespondentin"). */
bool sheaf_byline_has_post(sheaf_slice text);

/* The canonical name of a news agency that text names ("/TASS/", "(Reuters)",
 * "dpa"), or an empty slice. The slice is static. */
sheaf_slice sheaf_agency(sheaf_slice text);

#endif
