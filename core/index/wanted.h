/* wanted.h - does a word of running text mean a term of the query?
 *
 * The answer is that of an index: what is found without one, and what is shown in
 * colour, is what an index would find. */
#ifndef SHEAF_INDEX_WANTED_H
#define SHEAF_INDEX_WANTED_H

#include "index/query.h"
#include "text/stem.h"

typedef struct sheaf_wanted_language {
    sheaf_slice tag;
    sheaf_stemmer *stemmer;
    sheaf_slice *stems; /* of each term; empty: none */
} sheaf_wanted_language;

enum { SHEAF_WANTED_LANGUAGES = 32 };

typedef struct sheaf_wanted {
    const sheaf_query *query;
    sheaf_arena arena;
    sheaf_wanted_language languages[SHEAF_WANTED_LANGUAGES];
    size_t count;
} sheaf_wanted;

void sheaf_wanted_init(sheaf_wanted *wanted, const sheaf_query *query);
void sheaf_wanted_clear(sheaf_wanted *wanted);

/* The number of the first term from `from` on that the word means; SIZE_MAX: none. word
 * is folded, spelling is as it stands in text of that language (empty: unknown). */
size_t sheaf_wanted_term(sheaf_wanted *wanted, sheaf_slice word, sheaf_slice spelling,
                         sheaf_slice tag, size_t from);

/* For builders: context is a sheaf_wanted. */
bool sheaf_wanted_by(void *context, sheaf_slice word, sheaf_slice spelling, sheaf_slice tag);

#endif
