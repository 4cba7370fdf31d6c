/* dump.h - text dumps: articles as people and careless scrapers leave them.
 *
 * One file or entry of plain text, in whatever encoding, with one article or
 * many, and with the furniture of the page around them. What comes out is what
 * a careful editor would file: by general rules, each of which is named as the
 * reason of the field that it won. How it works stands in dump.c. */
#ifndef SHEAF_READ_DUMP_H
#define SHEAF_READ_DUMP_H

#include "article/article.h"

typedef struct sheaf_dump sheaf_dump;

/* Parts bytes, which must outlive the dump, into articles.
 * SHEAF_LIMIT when there are too many bytes or lines, SHEAF_NO_MEMORY. */
sheaf_status sheaf_dump_open(sheaf_dump **out, sheaf_slice bytes, const sheaf_limits *limits,
                             sheaf_error *error);

/* The next article, into one that has been reset. *source gets the bytes that
 * it came from, and provenance.from and .to where they lie; file and entry are
 * the caller's to tell. SHEAF_END after the last. */
sheaf_status sheaf_dump_next(sheaf_dump *dump, sheaf_article *article, sheaf_slice *source,
                             sheaf_error *error);

/* Why no article came out of all or part of the bytes: one sentence. */
const char *sheaf_dump_note(const sheaf_dump *dump);

void sheaf_dump_close(sheaf_dump *dump);

/* How much head looks like plain text: 0 is binary or markup, 50 surely text.
 * An empty head bids 1, so that an empty file is told of and not lost. */
int sheaf_dump_bid(sheaf_slice head);

#endif
