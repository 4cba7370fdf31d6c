/* ids.h - the ids of many sheaves in one ascending order.
 *
 * Each catalog has its ids sorted; a heap of one cursor a catalog merges them.
 * So equal ids meet, whatever the number of articles, in little memory. */
#ifndef SHEAF_STORE_IDS_H
#define SHEAF_STORE_IDS_H

#include "store/file.h"

typedef struct sheaf_id_walk sheaf_id_walk;

/* The files must stay open. NULL when memory is out. */
sheaf_id_walk *sheaf_id_walk_new(sheaf_file *const *files, size_t count);
void sheaf_id_walk_free(sheaf_id_walk *walk);

/* The next live article: ascending by id number, then by file, then by ordinal.
 * False at the end. */
bool sheaf_id_walk_next(sheaf_id_walk *walk, uint64_t *id, size_t *file, uint64_t *ordinal);

#endif
