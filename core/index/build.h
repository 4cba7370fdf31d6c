/* build.h - articles in, segments out.
 *
 * The slots of each word of a run of articles are held in few bytes; when the run
 * is full they are written in order of the words, and that is the index. A run takes
 * up to 136 MiB, which is some 90 MB of English: the more words are new, the less.
 * Looking words up takes a third of that, and it is given back before writing. */
#ifndef SHEAF_INDEX_BUILD_H
#define SHEAF_INDEX_BUILD_H

#include "index/vocabulary.h"
#include "index/writer.h"

/* Fields in the order of their slots; those from SITE on are not in ALL. */
typedef enum sheaf_index_field {
    SHEAF_INDEX_HEADLINE,
    SHEAF_INDEX_KEYWORDS,
    SHEAF_INDEX_AUTHORS,
    SHEAF_INDEX_TEXT,
    SHEAF_INDEX_SITE,
    SHEAF_INDEX_FIELDS
} sheaf_index_field;

typedef struct sheaf_index_document {
    sheaf_slice field[SHEAF_INDEX_FIELDS]; /* UTF-8; lists with a line for each item */
    sheaf_slice language;                  /* BCP 47, or empty */
} sheaf_index_document;

typedef struct sheaf_index_options {
    bool positions;
    size_t slots;             /* of a run, at most; 0: as many as memory has room for */
    sheaf_word_wanted wanted; /* others are left out, but counted; NULL: all are wanted */
    void *context;
} sheaf_index_options;

typedef struct sheaf_index_builder sheaf_index_builder;

/* first: ordinal of the first article. NULL when memory is out. */
sheaf_index_builder *sheaf_index_builder_new(uint64_t first, const sheaf_index_options *options);
void sheaf_index_builder_free(sheaf_index_builder *builder);

/* The next article. NULL: one that is not there, and holds no words. */
sheaf_status sheaf_index_builder_add(sheaf_index_builder *builder,
                                     const sheaf_index_document *document, sheaf_error *error);

/* Is it time to finish the run? */
bool sheaf_index_builder_full(const sheaf_index_builder *builder);
uint64_t sheaf_index_builder_count(const sheaf_index_builder *builder);
uint64_t sheaf_index_builder_first(const sheaf_index_builder *builder);

/* Writes the segment, and begins the next run behind it. */
sheaf_status sheaf_index_builder_finish(sheaf_index_builder *builder, sheaf_index_put put,
                                        void *context, sheaf_error *error);

#endif
