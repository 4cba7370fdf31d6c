/* chunks.h - goes through the articles of a sheaf with several threads.
 *
 * A chunk is a run of articles whose frames belong together, so that each frame
 * is unpacked once whatever the number of threads; a chunk has up to 24 MiB of
 * rows. How a sheaf is cut into chunks depends on the sheaf alone, and results
 * are taken in order: any number of threads gives the same. */
#ifndef SHEAF_STORE_CHUNKS_H
#define SHEAF_STORE_CHUNKS_H

#include "store/store.h"

typedef struct sheaf_chunk {
    size_t number;     /* from 0, in order of ordinals */
    uint64_t from, to; /* its ordinals: [from, to) */
} sheaf_chunk;

typedef struct sheaf_chunks {
    uint64_t from, to; /* of which ordinals; to 0: all */
    unsigned threads;  /* 0 or 1: the caller's alone */
    size_t ahead;      /* how many results may wait to be taken; 0: twice the threads */
    /* Reads a chunk from scan, and leaves what comes of it in *result. Called in
     * any thread; worker counts from 0 to threads - 1, and no two calls with the
     * same one are under way at once. */
    sheaf_status (*work)(void *context, unsigned worker, const sheaf_chunk *chunk, sheaf_scan *scan,
                         void **result, sheaf_error *error);
    /* Takes over a result, in order, in the thread of the caller. */
    sheaf_status (*take)(void *context, const sheaf_chunk *chunk, void *result, sheaf_error *error);
    /* Gets rid of a result that is not taken, after a failure; NULL: as sheaf_free. */
    void (*drop)(void *context, void *result);
    void *context;
} sheaf_chunks;

/* Runs all. The first failure, in order, ends it and is returned; that a chunk
 * cannot be read is for work to see and to judge. */
sheaf_status sheaf_file_chunks(const sheaf_file *file, const sheaf_chunks *chunks,
                               sheaf_error *error);

#endif
