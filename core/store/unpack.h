/* unpack.h - the rows and strings of one window at a time, unpacked by need.
 *
 * Reading in order of ordinals jumps about among the frames of a window, which
 * are sorted otherwise. So frames stay unpacked until another window is asked
 * for: each is unpacked once in a scan, and one window bounds the memory. */
#ifndef SHEAF_STORE_UNPACK_H
#define SHEAF_STORE_UNPACK_H

#include "store/catalog.h"

/* A catalog together with the data of the entries that hold its rows. */
typedef struct sheaf_volume {
    sheaf_catalog catalog;
    sheaf_slice *blocks;
    size_t block_count;
    sheaf_slice name; /* of the meta/ entry */
} sheaf_volume;

typedef enum sheaf_frames { SHEAF_FRAMES_ROWS, SHEAF_FRAMES_TEXTS } sheaf_frames;

typedef struct sheaf_unpacker sheaf_unpacker;

/* NULL when memory is out. */
sheaf_unpacker *sheaf_unpacker_new(sheaf_frames kind);
void sheaf_unpacker_free(sheaf_unpacker *unpacker);

/* Item number group (0 for rows) of the article at place, which is below rows.
 * The slice is good until an article of another window is asked for. */
sheaf_status sheaf_unpacker_get(sheaf_unpacker *unpacker, const sheaf_volume *volume,
                                uint64_t place, unsigned group, sheaf_slice *item,
                                sheaf_error *error);

#endif
