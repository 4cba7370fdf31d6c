/* mapping.h - a whole file seen as memory, read only. */
#ifndef SHEAF_BASE_MAPPING_H
#define SHEAF_BASE_MAPPING_H

#include "sheaf.h"

typedef struct sheaf_mapping {
    sheaf_slice bytes;
} sheaf_mapping;

/* Maps a regular file; an empty file gives an empty slice. A file that
 * another process cuts short while it is mapped ends the process (SIGBUS). */
sheaf_status sheaf_mapping_open(sheaf_mapping *out, const char *path, sheaf_error *error);
void sheaf_mapping_close(sheaf_mapping *mapping);

#endif
