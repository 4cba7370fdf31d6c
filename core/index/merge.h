/* merge.h - several segments of neighbouring articles become one. */
#ifndef SHEAF_INDEX_MERGE_H
#define SHEAF_INDEX_MERGE_H

#include "index/writer.h"

/* Each part begins where the one before it ends, and all have positions or none has. The
 * bytes that come out are those of a segment built of all their articles at once, but
 * for the order of languages. SHEAF_MISUSE, SHEAF_CORRUPT, SHEAF_NO_MEMORY. */
sheaf_status sheaf_index_merge(const sheaf_index *parts, size_t count, sheaf_index_put put,
                               void *context, sheaf_error *error);

#endif
