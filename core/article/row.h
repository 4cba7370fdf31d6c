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

/* ---- rows that are lent (row_view.c) ------------------------------------------- */

/* The same, but a row that is just as sheaf_row_write would write it is not taken apart: it is
 * checked, and its fields, but for the id, are read when they are fetched. Its bytes must stay
 * until the article is reset or owns itself. What was not changed is written by copying. */
sheaf_status sheaf_row_lend(sheaf_article *article, sheaf_slice row, const sheaf_limits *limits,
                            sheaf_error *error);

/* Sees to it that a field can be read: one text; what stands under a key (and what that is worked
 * out from); or all. Without memory the arena has failed. Nothing to do where no row is lent. */
void sheaf_row_fetch(sheaf_article *article, sheaf_field field);
void sheaf_row_fetch_key(sheaf_article *article, sheaf_slice key);
void sheaf_row_fetch_all(sheaf_article *article);

/* The field is about to be set: its value in the row no longer counts. */
void sheaf_row_touch(sheaf_article *article, sheaf_slice key);

/* Fetches all and gives the row back. */
void sheaf_row_return(sheaf_article *article);

#endif
