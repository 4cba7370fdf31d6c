/* expand.h - which words of a segment a term of the query means. */
#ifndef SHEAF_INDEX_EXPAND_H
#define SHEAF_INDEX_EXPAND_H

#include "index/query.h"

enum { SHEAF_EXPAND_MOST = 65536 };

typedef struct sheaf_expansion {
    sheaf_term *words; /* in order, none twice */
    size_t count, room;
} sheaf_expansion;

void sheaf_expansion_clear(sheaf_expansion *expansion);

/* SHEAF_LIMIT when they are more than SHEAF_EXPAND_MOST. */
sheaf_status sheaf_expand(sheaf_expansion *out, const sheaf_index *index,
                          const sheaf_query_node *term, sheaf_error *error);

#endif
