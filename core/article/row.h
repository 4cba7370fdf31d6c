/* row.h - an article as one line of JSON, and back.
 *
 * The canonical row has its keys in one fixed order, no blanks, no empty
 * fields, and no newline inside, so that equal articles are equal bytes:
 *   {"id":…,"url":…,…,"authors":[{"name":…,"role":…}],"dateline":{…},
 *    "language":"en","language_confidence":0.98,…,"text":…,
 *    "blocks":[[0,31,"h",120,151],…],"provenance":{…}}
 * blocks are left out where they say no more than the blank lines of text. */
#ifndef SHEAF_ARTICLE_ROW_H
#define SHEAF_ARTICLE_ROW_H

#include "article/article.h"
#include "base/buffer.h"

/* Appends the canonical row, without a newline. */
void sheaf_row_write(sheaf_buffer *buffer, const sheaf_article *article);

/* Appends one field of the row by its top-level key, as JSON ("null" when not
 * set). False for an unknown key. */
bool sheaf_row_write_key(sheaf_buffer *buffer, const sheaf_article *article, sheaf_slice key);

/* Reads a row into article, which is reset first. Unknown keys are passed
 * over. The row's bytes may go away afterwards. SHEAF_BAD_INPUT, SHEAF_LIMIT,
 * SHEAF_NO_MEMORY. */
sheaf_status sheaf_row_read(sheaf_article *article, sheaf_slice row, const sheaf_limits *limits,
                            sheaf_error *error);

#endif
