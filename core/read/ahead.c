/* ahead.c - a list of items, one lock, two conditions.
 *
 *   oldest ──► … ──► unbegun ──► … ──► newest
 *
 * Items before unbegun are done or at work. Only the caller's thread puts in and
 * takes out; it alone makes, reuses and frees items. How much may wait is bounded in
 * number and in bytes, so that memory is too. */
#include "read/ahead.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/status.h"

enum { PER_THREAD = 8, WAITING_BYTES = 32 << 20, KEPT_BYTES = 1 << 20 };

typedef struct worker {
    struct sheaf_ahead *ahead;
    sheaf_desk desk;
    pthread_t thread;
} worker;

struct sheaf_ahead {
    pthread_mutex_t lock;
    pthread_cond_t more; /* an item may be begun, or it is time to stop */
    pthread_cond_t done; /* an item is done */
    sheaf_ahead_item *oldest, *newest, *unbegun;
    size_t count, bytes, limit;
    bool stop;
    sheaf_ahead_item *spare;
    unsigned threads; /* that were started, and the caller's */
    worker *workers;  /* [0] is the caller */
};

/* ---- one thread's place of work --------------------------------------------------- */

void sheaf_desk_clear(sheaf_desk *desk) {
    if (desk->reader && desk->kept)
        desk->reader->drop(desk->kept);
    *desk = (sheaf_desk){0};
}

sheaf_status sheaf_desk_read(sheaf_desk *desk, const sheaf_reader *reader, sheaf_article *article,
                             const sheaf_input *input, sheaf_slice bytes, sheaf_error *error) {
    if (desk->reader != reader)
        sheaf_desk_clear(desk);
    desk->reader = reader;
    return reader->read(&desk->kept, article, input, bytes, error);
}

/* Reads the document that is next to be begun, if there is one. Called with the
 * lock held, returns so. */
static bool work_next(sheaf_ahead *ahead, sheaf_desk *desk) {
    while (ahead->unbegun && ahead->unbegun->done)
        ahead->unbegun = ahead->unbegun->next;
    sheaf_ahead_item *item = ahead->unbegun;
    if (!item)
        return false;
    ahead->unbegun = item->next;
    pthread_mutex_unlock(&ahead->lock);
    item->status =
        sheaf_desk_read(desk, item->reader, &item->article, item->input, item->bytes, &item->error);
    pthread_mutex_lock(&ahead->lock);
    item->done = true;
    pthread_cond_signal(&ahead->done);
    return true;
}

static void *work(void *context) {
    worker *self = context;
    sheaf_ahead *ahead = self->ahead;
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stop) {
        if (!work_next(ahead, &self->desk))
            pthread_cond_wait(&ahead->more, &ahead->lock);
    }
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

/* ---- items -------------------------------------------------------------------------- */

static void free_items(sheaf_ahead_item *item) {
    while (item) {
        sheaf_ahead_item *next = item->next;
        sheaf_input_close(item->input);
        sheaf_article_clear(&item->article);
        sheaf_buffer_clear(&item->copy);
        sheaf_buffer_clear(&item->position);
        sheaf_buffer_clear(&item->place);
        sheaf_free(item);
        item = next;
    }
}

sheaf_ahead_item *sheaf_ahead_blank(sheaf_ahead *ahead) {
    sheaf_ahead_item *item = ahead->spare;
    if (item) {
        ahead->spare = item->next;
        item->next = NULL;
        return item;
    }
    item = sheaf_calloc(1, sizeof *item);
    if (item)
        sheaf_article_init(&item->article);
    return item;
}

void sheaf_ahead_give_back(sheaf_ahead *ahead, sheaf_ahead_item *item) {
    sheaf_input_close(item->input);
    item->input = NULL;
    item->bytes = (sheaf_slice){0};
    item->status = SHEAF_OK;
    item->done = false;
    sheaf_article_reset(&item->article);
    if (item->copy.capacity > KEPT_BYTES)
        sheaf_buffer_clear(&item->copy);
    sheaf_buffer_reset(&item->copy);
    sheaf_buffer_reset(&item->position);
    sheaf_buffer_reset(&item->place);
    item->next = ahead->spare;
    ahead->spare = item;
}

void sheaf_ahead_push(sheaf_ahead *ahead, sheaf_ahead_item *item) {
    pthread_mutex_lock(&ahead->lock);
    item->done = item->kind != SHEAF_AHEAD_DOCUMENT;
    if (ahead->newest)
        ahead->newest->next = item;
    else
        ahead->oldest = item;
    ahead->newest = item;
    if (!ahead->unbegun)
        ahead->unbegun = item;
    ahead->count++;
    ahead->bytes += item->bytes.size;
    pthread_cond_signal(&ahead->more);
    pthread_mutex_unlock(&ahead->lock);
}

sheaf_ahead_item *sheaf_ahead_take(sheaf_ahead *ahead) {
    pthread_mutex_lock(&ahead->lock);
    sheaf_ahead_item *item = ahead->oldest;
    while (item && !item->done) {
        if (!work_next(ahead, &ahead->workers[0].desk))
            pthread_cond_wait(&ahead->done, &ahead->lock);
    }
    if (item) {
        if (ahead->unbegun == item)
            ahead->unbegun = item->next;
        ahead->oldest = item->next;
        if (!ahead->oldest)
            ahead->newest = NULL;
        item->next = NULL;
        ahead->count--;
        ahead->bytes -= item->bytes.size;
    }
    pthread_mutex_unlock(&ahead->lock);
    return item;
}

bool sheaf_ahead_is_empty(const sheaf_ahead *ahead) {
    return ahead->count == 0;
}

bool sheaf_ahead_is_full(const sheaf_ahead *ahead) {
    return ahead->count >= ahead->limit || ahead->bytes >= WAITING_BYTES;
}

/* ---- the whole ---------------------------------------------------------------------- */

static void start(sheaf_ahead *ahead, unsigned threads) {
    for (; ahead->threads < threads; ahead->threads++) {
        worker *next = &ahead->workers[ahead->threads];
        next->ahead = ahead;
        if (pthread_create(&next->thread, NULL, work, next) != 0)
            break; /* fewer will do */
    }
}

sheaf_status sheaf_ahead_new(sheaf_ahead **out, unsigned threads, sheaf_error *error) {
    sheaf_ahead *ahead = sheaf_calloc(1, sizeof *ahead);
    if (ahead)
        ahead->workers = sheaf_calloc(threads ? threads : 1, sizeof *ahead->workers);
    if (!ahead || !ahead->workers) {
        sheaf_free(ahead);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->more, NULL);
    pthread_cond_init(&ahead->done, NULL);
    ahead->limit = PER_THREAD * (size_t)(threads ? threads : 1);
    ahead->threads = 1;
    start(ahead, threads);
    *out = ahead;
    return SHEAF_OK;
}

void sheaf_ahead_free(sheaf_ahead *ahead) {
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    ahead->unbegun = NULL;
    pthread_cond_broadcast(&ahead->more);
    pthread_mutex_unlock(&ahead->lock);
    for (unsigned i = 1; i < ahead->threads; i++)
        pthread_join(ahead->workers[i].thread, NULL);
    for (unsigned i = 0; i < ahead->threads; i++)
        sheaf_desk_clear(&ahead->workers[i].desk);
    pthread_cond_destroy(&ahead->done);
    pthread_cond_destroy(&ahead->more);
    pthread_mutex_destroy(&ahead->lock);
    free_items(ahead->oldest);
    free_items(ahead->spare);
    sheaf_free(ahead->workers);
    sheaf_free(ahead);
}
