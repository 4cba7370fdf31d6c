/* pool.c - one list of jobs, one lock, two conditions.
 *
 * A worker takes the next job under the lock and compresses it outside. */
#define _GNU_SOURCE
#include "store/pool.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <zstd.h>

#include "base/memory.h"

typedef struct worker {
    pthread_t thread;
    sheaf_pool *pool;
    ZSTD_CCtx *context;
    char *scratch, *raw; /* for what is packed, and what is put together of parts */
    size_t capacity, raw_capacity;
} worker;

struct sheaf_pool {
    pthread_mutex_t lock;
    pthread_cond_t work; /* there are jobs, or it is time to stop */
    pthread_cond_t done; /* the last job is finished */
    sheaf_job *jobs;
    size_t count, next, finished;
    bool stop;
    worker *workers; /* the first is the caller's own */
    unsigned started;
};

/* ---- one job ---------------------------------------------------------------- */

static bool make_room(char **memory, size_t *capacity, size_t size) {
    if (size <= *capacity)
        return true;
    sheaf_free(*memory);
    *memory = sheaf_malloc(size);
    *capacity = *memory ? size : 0;
    return *memory != NULL;
}

/* The raw bytes of a job, put together where they are in parts. */
static bool take_raw(worker *self, const sheaf_job *job, sheaf_slice *raw) {
    *raw = job->parts ? job->parts[0] : job->raw;
    if (!job->parts || job->part_count == 1)
        return true;
    if (!make_room(&self->raw, &self->raw_capacity, job->raw.size))
        return false;
    char *to = self->raw;
    for (size_t i = 0; i < job->part_count; i++) {
        memcpy(to, job->parts[i].data, job->parts[i].size);
        to += job->parts[i].size;
    }
    *raw = (sheaf_slice){self->raw, job->raw.size};
    return true;
}

static void compress(worker *self, sheaf_job *job) {
    sheaf_slice raw;
    job->failed = true;
    if (!take_raw(self, job, &raw) ||
        !make_room(&self->scratch, &self->capacity, ZSTD_compressBound(raw.size)))
        return;
    size_t size = ZSTD_compress2(self->context, self->scratch, self->capacity, raw.data, raw.size);
    if (ZSTD_isError(size))
        return;
    job->packed = sheaf_malloc(size);
    if (!job->packed)
        return;
    memcpy(job->packed, self->scratch, size);
    job->size = size;
    job->failed = false;
}

/* Does one job if there is one. Called with the lock held, and returns so. */
static bool do_next(worker *self) {
    sheaf_pool *pool = self->pool;
    if (pool->next == pool->count)
        return false;
    sheaf_job *job = &pool->jobs[pool->next++];
    pthread_mutex_unlock(&pool->lock);
    compress(self, job);
    pthread_mutex_lock(&pool->lock);
    if (++pool->finished == pool->count)
        pthread_cond_signal(&pool->done);
    return true;
}

static void *work(void *context) {
    worker *self = context;
    sheaf_pool *pool = self->pool;
    pthread_mutex_lock(&pool->lock);
    while (!pool->stop) {
        if (!do_next(self))
            pthread_cond_wait(&pool->work, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* ---- life ------------------------------------------------------------------- */

static bool init_worker(worker *self, sheaf_pool *pool, int level) {
    self->pool = pool;
    self->context = ZSTD_createCCtx();
    return self->context &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(self->context, ZSTD_c_compressionLevel, level)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(self->context, ZSTD_c_checksumFlag, 1)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(self->context, ZSTD_c_contentSizeFlag, 1));
}

static void clear_worker(worker *self) {
    ZSTD_freeCCtx(self->context);
    sheaf_free(self->scratch);
    sheaf_free(self->raw);
}

/* Starts threads beside the caller's own worker; fewer than wanted is fine. */
static void start_threads(sheaf_pool *pool, unsigned threads, int level) {
    while (pool->started + 1 < threads) {
        worker *next = &pool->workers[pool->started + 1];
        if (!init_worker(next, pool, level) ||
            pthread_create(&next->thread, NULL, work, next) != 0) {
            clear_worker(next);
            return;
        }
        pool->started++;
    }
}

/* Processors that this process may run on. */
static unsigned processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    return (unsigned)CPU_COUNT(&set);
}

sheaf_pool *sheaf_pool_new(unsigned threads, int level) {
    if (threads == 0)
        threads = processors();
    sheaf_pool *pool = sheaf_calloc(1, sizeof *pool);
    worker *workers = sheaf_calloc((size_t)threads + 1, sizeof *workers);
    if (!pool || !workers || !init_worker(&workers[0], pool, level)) {
        if (workers)
            clear_worker(&workers[0]);
        sheaf_free(workers);
        sheaf_free(pool);
        return NULL;
    }
    pool->workers = workers;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    start_threads(pool, threads, level);
    return pool;
}

void sheaf_pool_free(sheaf_pool *pool) {
    if (!pool)
        return;
    sheaf_pool_wait(pool);
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 1; i <= pool->started; i++) {
        pthread_join(pool->workers[i].thread, NULL);
        clear_worker(&pool->workers[i]);
    }
    clear_worker(&pool->workers[0]);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    sheaf_free(pool->workers);
    sheaf_free(pool);
}

bool sheaf_pool_has_helpers(const sheaf_pool *pool) {
    return pool->started > 0;
}

void sheaf_pool_start(sheaf_pool *pool, sheaf_job *jobs, size_t count) {
    pthread_mutex_lock(&pool->lock);
    pool->jobs = jobs;
    pool->count = count;
    pool->next = pool->finished = 0;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
}

void sheaf_pool_wait(sheaf_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (do_next(&pool->workers[0]))
        continue;
    while (pool->finished < pool->count)
        pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
