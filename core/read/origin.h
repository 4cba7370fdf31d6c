/* origin.h - writes down where an article came from. */
#ifndef SHEAF_READ_ORIGIN_H
#define SHEAF_READ_ORIGIN_H

#include "article/article.h"
#include "read/input.h"

/* Sets provenance: file, entry, the bytes [from, to) of it, and the reader. Of a
 * document in a crawl: the entry and the bytes of its record, the record's id and
 * digest; the retrieval date when none is set, and what was wrong as a reason. */
void sheaf_origin_set(sheaf_article *article, const sheaf_input *input, uint64_t from, uint64_t to,
                      const char *reader);

#endif
