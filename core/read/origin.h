/* origin.h - writes down where an article came from. */
#ifndef SHEAF_READ_ORIGIN_H
#define SHEAF_READ_ORIGIN_H

#include "article/article.h"
#include "read/input.h"

/* Sets provenance: file, entry, the bytes [from, to) of it, and the reader. */
void sheaf_origin_set(sheaf_article *article, const sheaf_input *input, uint64_t from, uint64_t to,
                      const char *reader);

#endif
