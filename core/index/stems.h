/* stems.h - words that are found by other forms of them.
 *
 * Each distinct word is stemmed once when a segment is built, in each language that
 * it was met in; the segment has a table from language and stem to words. A word
 * that is its own stem is not in it: it is found as a word. */
#ifndef SHEAF_INDEX_STEMS_H
#define SHEAF_INDEX_STEMS_H

#include "index/token.h"
#include "index/vocabulary.h"
#include "index/writer.h"
#include "text/stem.h"

enum { SHEAF_STEM_KEY_MAX = SHEAF_TERM_MAX + 10 };

/* Writes language, mark and folded stem of a word. Returns the size; *stem is where
 * the stem begins. 0: there is none. */
size_t sheaf_stem_key(char out[SHEAF_STEM_KEY_MAX], size_t *stem, sheaf_stemmer *stemmer,
                      sheaf_slice tag, sheaf_slice word);

/* Writes the table of a run. ranks: of words, by their numbers. */
sheaf_status sheaf_stems_write(const sheaf_vocabulary *vocabulary, const uint32_t *ranks,
                               sheaf_index_writer *writer, sheaf_error *error);

#endif
