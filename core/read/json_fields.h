/* json_fields.h - other people's names for what an article has. */
#ifndef SHEAF_READ_JSON_FIELDS_H
#define SHEAF_READ_JSON_FIELDS_H

#include "article/article.h"

/* Fills article from one JSON object. Keys are compared without case, "_", "-"
 * and blanks: title, headline, …; body, text, content, articleBody, …; date,
 * published, datePublished, …. Where several name one field, the better name
 * wins. What has no place goes to attributes.source, at most field_bytes of it.
 * *known tells how many of its keys were understood.
 * SHEAF_BAD_INPUT, SHEAF_LIMIT (depth), SHEAF_NO_MEMORY. */
sheaf_status sheaf_json_fields_read(sheaf_article *article, sheaf_slice object, size_t *known,
                                    const sheaf_limits *limits, sheaf_error *error);

/* When object is an envelope around a list of records ({"articles":[…]},
 * {"response":{"docs":[…]}}, {"hits":{"hits":[…]}}), sets *list to the raw
 * array; false otherwise. */
bool sheaf_json_envelope(sheaf_slice object, sheaf_slice *list, size_t depth_limit);

#endif
