/* layer.h - annotations that stand beside the articles.
 *
 *   layers/quotes@1.0.0/000007.jsonl.zst
 *   ┌───────┬───────┬───┬────────────────────────────────────────────┐
 *   │ frame │ frame │ … │ skippable frame: where each article's row is │
 *   └───────┴───────┴───┴────────────────────────────────────────────┘
 *   a row: {"id":…,"text_hash":…,"fields":{…},"spans":[[from,to,{…}],…]}
 *
 * Rows stand in order of ordinals, at most one an article. Spans count bytes of
 * the text, from 0, end excluded. text_hash is the first 16 hexadecimal digits
 * of the SHA-256 of the text: a row that was made from another text is refused.
 * A new layer takes the place of all older ones of its name; only merging can
 * leave several versions of a name side by side, for different articles. */
#ifndef SHEAF_STORE_LAYER_H
#define SHEAF_STORE_LAYER_H

#include "article/article.h"
#include "base/buffer.h"
#include "store/store.h"

enum { SHEAF_TEXT_HASH = 16, SHEAF_LAYER_NAME_MAX = 64 };

/* hash gets a zero byte behind it. */
void sheaf_text_hash(char hash[SHEAF_TEXT_HASH + 1], sheaf_slice text);

/* ---- reading -------------------------------------------------------------------- */

typedef struct sheaf_layer_about {
    sheaf_slice name;
    sheaf_slice version;
    uint64_t rows;
    uint64_t bytes; /* in the file */
    uint64_t commit;
} sheaf_layer_about;

/* Layer number i of the file, in file order. SHEAF_END behind the last. */
sheaf_status sheaf_file_layer(const sheaf_file *file, size_t i, sheaf_layer_about *about,
                              sheaf_error *error);

/* All versions of the layer of that name, or one as "name@version". The file must
 * stay open. SHEAF_MISSING when there is none. */
typedef struct sheaf_layer sheaf_layer;
sheaf_status sheaf_layer_open(sheaf_layer **out, const sheaf_file *file, sheaf_slice name,
                              sheaf_error *error);
void sheaf_layer_close(sheaf_layer *layer);

/* What a row holds; raw JSON, good until the next get of this layer. */
typedef struct sheaf_layer_row {
    sheaf_slice version;
    sheaf_slice id;
    sheaf_slice text_hash;
    sheaf_slice fields; /* an object, or empty */
    sheaf_slice spans;  /* a list, or empty */
} sheaf_layer_row;

/* The row for the article with this ordinal; that of the newest version that has
 * one. SHEAF_MISSING, without error text, when there is none. SHEAF_CORRUPT when
 * it was made from another text than article has, or for another article. */
sheaf_status sheaf_layer_get(sheaf_layer *layer, uint64_t ordinal, const sheaf_article *article,
                             sheaf_layer_row *row, sheaf_error *error);

/* ---- spans ------------------------------------------------------------------------ */

/* Is it [[from,to],…] or [[from,to,{…}],…] whose bytes lie in text and cut no
 * character? SHEAF_BAD_INPUT says where not. */
sheaf_status sheaf_spans_check(sheaf_slice spans, sheaf_slice text, sheaf_error *error);

/* Appends the same spans with code points in the place of bytes. */
sheaf_status sheaf_spans_points(sheaf_buffer *out, sheaf_slice spans, sheaf_slice text,
                                sheaf_error *error);

/* ---- writing ------------------------------------------------------------------------ */

/* A new layer for a sheaf: takes the lock of writers, and commits once. */
typedef struct sheaf_layer_writer sheaf_layer_writer;
sheaf_status sheaf_layer_writer_open(sheaf_layer_writer **out, const char *path, sheaf_slice name,
                                     sheaf_slice version, sheaf_error *error);

/* Adds the row of an article. In order of ordinals, each once; fields and spans are
 * JSON, one of them may be empty. SHEAF_MISUSE, SHEAF_MISSING, SHEAF_BAD_INPUT. */
sheaf_status sheaf_layer_writer_add(sheaf_layer_writer *writer, const sheaf_article *article,
                                    sheaf_slice fields, sheaf_slice spans, sheaf_error *error);

/* One commit; layers of the same name are listed no more. */
sheaf_status sheaf_layer_writer_commit(sheaf_layer_writer *writer, sheaf_error *error);
void sheaf_layer_writer_close(sheaf_layer_writer *writer);

/* Takes the layer of that name off the list. SHEAF_MISSING when there is none. */
sheaf_status sheaf_layer_drop(const char *path, sheaf_slice name, sheaf_error *error);

#endif
