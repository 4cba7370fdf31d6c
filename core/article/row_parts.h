/* row_parts.h - what row.c and row_view.c share: the keys of a row, and their readers. */
#ifndef SHEAF_ARTICLE_ROW_PARTS_H
#define SHEAF_ARTICLE_ROW_PARTS_H

#include "article/json.h"
#include "article/row.h"

typedef struct sheaf_row_reader {
    sheaf_json json;
    sheaf_json_token token; /* the value's first token */
    sheaf_article *article;
    sheaf_error *error;
    bool looks; /* nothing is set */
    bool odd;   /* what was read would be written otherwise, as far as can be told */
} sheaf_row_reader;

typedef sheaf_status (*sheaf_value_reader)(sheaf_row_reader *reader, void *into);

typedef struct sheaf_row_key {
    sheaf_slice quoted; /* "name": as it is written */
    sheaf_field field;  /* a text field, or SHEAF_FIELD_COUNT and the two below */
    bool (*write)(sheaf_buffer *out, const sheaf_article *article);
    sheaf_value_reader read;
} sheaf_row_key;

/* In the order of the row. */
extern const sheaf_row_key sheaf_row_keys[SHEAF_ROW_KEYS];

/* Rows have their keys in that order, so the search begins where it may end at once. NULL: there
 * is none of that name. */
const sheaf_row_key *sheaf_row_key_find(sheaf_slice name, size_t first);

/* Blocks as read may be anything: keeps what lies in order within the text. */
void sheaf_row_check_blocks(sheaf_article *article);

#endif
