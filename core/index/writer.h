/* writer.h - the bytes of a segment, from front to back.
 *
 * Words come in order of their keys; of each word its lists come in order. */
#ifndef SHEAF_INDEX_WRITER_H
#define SHEAF_INDEX_WRITER_H

#include "index/index.h"

typedef sheaf_status (*sheaf_index_put)(void *context, sheaf_slice bytes, sheaf_error *error);

typedef struct sheaf_index_writer {
    sheaf_index_put put;
    void *context;
    sheaf_list_writer list; /* of the word at hand: filled with sheaf_list_add */
    sheaf_buffer lists;     /* that were not put yet */
    uint64_t lists_size;
    sheaf_table_writer words, stems;
    sheaf_buffer norms;
    uint64_t length;
    uint64_t docs;
    sheaf_buffer languages;
    sheaf_buffer value, counts;
    uint8_t mask;
} sheaf_index_writer;

/* docs: how many articles there will be. */
void sheaf_index_writer_init(sheaf_index_writer *writer, uint32_t docs, bool positions,
                             sheaf_index_put put, void *context);
void sheaf_index_writer_clear(sheaf_index_writer *writer);

/* An article: its weighted length. */
void sheaf_index_writer_doc(sheaf_index_writer *writer, uint64_t length);

/* Ends list number which, filled before. Nothing when it is empty. */
void sheaf_index_writer_list(sheaf_index_writer *writer, unsigned which);

/* Ends the word; one without lists is no word. */
sheaf_status sheaf_index_writer_word(sheaf_index_writer *writer, sheaf_slice key,
                                     sheaf_error *error);

/* Key is language, SHEAF_STEM_MARK, stem; words are numbers in order. */
void sheaf_index_writer_stem(sheaf_index_writer *writer, sheaf_slice key, const uint32_t *words,
                             size_t count);

sheaf_status sheaf_index_writer_end(sheaf_index_writer *writer, uint64_t first, sheaf_error *error);

#endif
