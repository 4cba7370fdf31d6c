/* relay.c - a list of pieces, one lock, two conditions. */
#include "base/relay.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/status.h"

enum { THREADS_MAX = 256 };

typedef struct runner {
    sheaf_relay *relay;
    unsigned number;
    pthread_t thread;
} runner;

struct sheaf_relay {
    sheaf_relay_work work;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t more; /* a piece may be begun, or it is time to stop */
    pthread_cond_t done; /* a piece is done */
    sheaf_piece *oldest, *newest, *unbegun;
    size_t count; /* touched by the caller's thread alone */
    bool stop, hold;
    unsigned threads, started; /* with the caller's */
    runner *runners;
};

sheaf_status sheaf_relay_new(sheaf_relay **out, unsigned threads, sheaf_relay_work work,
                             void *context, sheaf_error *error) {
    sheaf_relay *relay = sheaf_calloc(1, sizeof *relay);
    threads = threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    runner *runners = sheaf_calloc(threads, sizeof *runners);
    if (!relay || !runners) {
        sheaf_free(relay);
        sheaf_free(runners);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    relay->work = work;
    relay->context = context;
    relay->threads = threads;
    relay->started = 1;
    relay->runners = runners;
    pthread_mutex_init(&relay->lock, NULL);
    pthread_cond_init(&relay->more, NULL);
    pthread_cond_init(&relay->done, NULL);
    *out = relay;
    return SHEAF_OK;
}

void sheaf_relay_hold(sheaf_relay *relay, bool hold) {
    relay->hold = hold;
}

/* Does one piece when there is one to begin. Called with the lock held, returns so. */
static bool do_next(sheaf_relay *relay, unsigned number) {
    sheaf_piece *piece = relay->unbegun;
    if (!piece || relay->stop)
        return false;
    relay->unbegun = piece->next;
    pthread_mutex_unlock(&relay->lock);
    relay->work(relay->context, number, piece);
    pthread_mutex_lock(&relay->lock);
    piece->done = true;
    pthread_cond_signal(&relay->done);
    return true;
}

static void *run(void *context) {
    runner *self = context;
    sheaf_relay *relay = self->relay;
    pthread_mutex_lock(&relay->lock);
    while (!relay->stop) {
        if (!do_next(relay, self->number))
            pthread_cond_wait(&relay->more, &relay->lock);
    }
    pthread_mutex_unlock(&relay->lock);
    return NULL;
}

/* One more thread for each piece that waits, as long as there may be more. */
static void start_thread(sheaf_relay *relay) {
    if (relay->hold || relay->started >= relay->threads || relay->count <= relay->started)
        return;
    runner *next = &relay->runners[relay->started];
    *next = (runner){.relay = relay, .number = relay->started};
    if (pthread_create(&next->thread, NULL, run, next) == 0)
        relay->started++;
    else
        relay->threads = relay->started;
}

void sheaf_relay_push(sheaf_relay *relay, sheaf_piece *piece) {
    piece->next = NULL;
    piece->done = false;
    pthread_mutex_lock(&relay->lock);
    if (relay->newest)
        relay->newest->next = piece;
    else
        relay->oldest = piece;
    relay->newest = piece;
    if (!relay->unbegun)
        relay->unbegun = piece;
    relay->count++;
    pthread_cond_signal(&relay->more);
    pthread_mutex_unlock(&relay->lock);
    start_thread(relay);
}

/* Called with the lock held, which it lets go. */
static sheaf_piece *unlink_oldest(sheaf_relay *relay) {
    sheaf_piece *piece = relay->oldest;
    if (piece) {
        if (relay->unbegun == piece)
            relay->unbegun = piece->next;
        relay->oldest = piece->next;
        if (!relay->oldest)
            relay->newest = NULL;
        relay->count--;
    }
    pthread_mutex_unlock(&relay->lock);
    return piece;
}

sheaf_piece *sheaf_relay_take(sheaf_relay *relay) {
    pthread_mutex_lock(&relay->lock);
    while (relay->oldest && !relay->oldest->done) {
        if (!do_next(relay, 0))
            pthread_cond_wait(&relay->done, &relay->lock);
    }
    return unlink_oldest(relay);
}

size_t sheaf_relay_count(const sheaf_relay *relay) {
    return relay->count;
}

void sheaf_relay_stop(sheaf_relay *relay) {
    pthread_mutex_lock(&relay->lock);
    relay->stop = true;
    pthread_cond_broadcast(&relay->more);
    pthread_mutex_unlock(&relay->lock);
    for (unsigned i = 1; i < relay->started; i++)
        pthread_join(relay->runners[i].thread, NULL);
    relay->started = 1;
}

sheaf_piece *sheaf_relay_drop(sheaf_relay *relay) {
    pthread_mutex_lock(&relay->lock);
    return unlink_oldest(relay);
}

void sheaf_relay_free(sheaf_relay *relay) {
    if (!relay)
        return;
    sheaf_relay_stop(relay);
    pthread_cond_destroy(&relay->done);
    pthread_cond_destroy(&relay->more);
    pthread_mutex_destroy(&relay->lock);
    sheaf_free(relay->runners);
    sheaf_free(relay);
}
