/* jobs.h - numbered pieces of work for several threads, their results in order.
 *
 *   work(0) work(1) work(2) …   in any thread, in any order
 *   take(0) take(1) take(2) …   in the caller's thread, in this order
 *
 * Work runs ahead of what is taken by a bounded number of jobs, so that memory
 * is bounded too. What comes out does not depend on the number of threads. */
#ifndef SHEAF_BASE_JOBS_H
#define SHEAF_BASE_JOBS_H

#include "sheaf.h"

typedef struct sheaf_jobs {
    size_t count;
    unsigned threads; /* 0 or 1: the caller's alone */
    size_t ahead;     /* how many results may wait to be taken; 0: twice the threads */
    /* worker counts from 0 and is never used by two threads at once. */
    sheaf_status (*work)(void *context, unsigned worker, size_t job, sheaf_error *error);
    sheaf_status (*take)(void *context, size_t job, sheaf_error *error); /* or NULL */
    void *context;
} sheaf_jobs;

/* How many results can wait at once, and how many workers there may be. */
size_t sheaf_jobs_ahead(const sheaf_jobs *jobs);
unsigned sheaf_jobs_workers(const sheaf_jobs *jobs);

/* Runs all. The first failure, by number of the job, ends it and is returned; no
 * work is under way any more then. */
sheaf_status sheaf_jobs_run(const sheaf_jobs *jobs, sheaf_error *error);

#endif
