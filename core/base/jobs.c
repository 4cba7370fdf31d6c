/* jobs.c - a ring of results, one lock, two conditions.
 *
 *   taken         next        taken + ahead
 *     │ done │ at work │   …   │
 *
 * The caller takes what is next in order; when that is not done yet, it does a
 * job itself, and only sleeps when there is none to do. */
#include "base/jobs.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/status.h"

typedef struct outcome {
    bool done;
    sheaf_status status;
    sheaf_error error;
} outcome;

typedef struct crew {
    const sheaf_jobs *jobs;
    pthread_mutex_t lock;
    pthread_cond_t room; /* a job may be begun, or it is time to stop */
    pthread_cond_t done; /* a job is done */
    size_t next, taken, ahead;
    bool stop;
    outcome *ring;
} crew;

typedef struct worker {
    crew *crew;
    unsigned number;
    pthread_t thread;
} worker;

unsigned sheaf_jobs_workers(const sheaf_jobs *jobs) {
    unsigned most = jobs->threads ? jobs->threads : 1;
    if (most > 256)
        most = 256;
    return jobs->count < most ? (jobs->count ? (unsigned)jobs->count : 1) : most;
}

size_t sheaf_jobs_ahead(const sheaf_jobs *jobs) {
    return jobs->ahead ? jobs->ahead : 2 * (size_t)sheaf_jobs_workers(jobs);
}

/* Does one job when one may be begun. Called with the lock held, returns so. */
static bool do_next(crew *c, unsigned number) {
    if (c->stop || c->next == c->jobs->count || c->next - c->taken >= c->ahead)
        return false;
    size_t job = c->next++;
    outcome *to = &c->ring[job % c->ahead];
    pthread_mutex_unlock(&c->lock);
    to->status = c->jobs->work(c->jobs->context, number, job, &to->error);
    pthread_mutex_lock(&c->lock);
    to->done = true;
    pthread_cond_signal(&c->done);
    return true;
}

static void *work(void *context) {
    worker *self = context;
    crew *c = self->crew;
    pthread_mutex_lock(&c->lock);
    while (!c->stop && c->next < c->jobs->count) {
        if (!do_next(c, self->number))
            pthread_cond_wait(&c->room, &c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* The result that is next in order. Called with the lock held, returns so. */
static sheaf_status take_next(crew *c, sheaf_error *error) {
    outcome *from = &c->ring[c->taken % c->ahead];
    sheaf_status status = from->status;
    from->done = false;
    if (status != SHEAF_OK && error)
        *error = from->error;
    pthread_mutex_unlock(&c->lock);
    if (status == SHEAF_OK && c->jobs->take)
        status = c->jobs->take(c->jobs->context, c->taken, error);
    pthread_mutex_lock(&c->lock);
    c->taken++;
    pthread_cond_broadcast(&c->room);
    return status;
}

static sheaf_status lead(crew *c, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    pthread_mutex_lock(&c->lock);
    while (c->taken < c->jobs->count && status == SHEAF_OK) {
        if (c->ring[c->taken % c->ahead].done)
            status = take_next(c, error);
        else if (!do_next(c, 0))
            pthread_cond_wait(&c->done, &c->lock);
    }
    c->stop = true;
    pthread_cond_broadcast(&c->room);
    pthread_mutex_unlock(&c->lock);
    return status;
}

sheaf_status sheaf_jobs_run(const sheaf_jobs *jobs, sheaf_error *error) {
    unsigned wanted = sheaf_jobs_workers(jobs), started = 1;
    crew c = {.jobs = jobs, .ahead = sheaf_jobs_ahead(jobs)};
    worker *workers = sheaf_calloc(wanted, sizeof *workers);
    c.ring = sheaf_calloc(c.ahead, sizeof *c.ring);
    sheaf_status status = SHEAF_NO_MEMORY;
    if (workers && c.ring) {
        pthread_mutex_init(&c.lock, NULL);
        pthread_cond_init(&c.room, NULL);
        pthread_cond_init(&c.done, NULL);
        for (; started < wanted; started++) {
            workers[started] = (worker){.crew = &c, .number = started};
            if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0)
                break; /* fewer will do */
        }
        status = lead(&c, error);
        for (unsigned i = 1; i < started; i++)
            pthread_join(workers[i].thread, NULL);
        pthread_cond_destroy(&c.done);
        pthread_cond_destroy(&c.room);
        pthread_mutex_destroy(&c.lock);
    } else {
        sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    sheaf_free(c.ring);
    sheaf_free(workers);
    return status;
}
