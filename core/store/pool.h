/* pool.h - threads that compress frames.
 *
 * What a frame becomes depends on its bytes and the level alone, so the number
 * of threads changes no byte of a sheaf. The caller's thread is one of them: it
 * prepares the next frames while the others compress, and helps them inside
 * sheaf_pool_wait. */
#ifndef SHEAF_STORE_POOL_H
#define SHEAF_STORE_POOL_H

#include "sheaf.h"

typedef struct sheaf_job {
    sheaf_slice raw;          /* must stay until the wait is over */
    const sheaf_slice *parts; /* or NULL: what raw is to be made of; then only its
                               * size counts */
    size_t part_count;
    char *packed; /* made by the pool; the caller frees it */
    size_t size;
    bool failed; /* memory was out */
} sheaf_job;

typedef struct sheaf_pool sheaf_pool;

/* threads: with the caller's; 0: as many as there are processors to run on.
 * Fewer are fine where they cannot be started. NULL when memory is out. */
sheaf_pool *sheaf_pool_new(unsigned threads, int level);
void sheaf_pool_free(sheaf_pool *pool);

/* Whether other threads than the caller's are at work. */
bool sheaf_pool_has_helpers(const sheaf_pool *pool);

/* Hands count jobs over; nothing may be touched until sheaf_pool_wait returns.
 * One start at a time. */
void sheaf_pool_start(sheaf_pool *pool, sheaf_job *jobs, size_t count);
void sheaf_pool_wait(sheaf_pool *pool);

#endif
