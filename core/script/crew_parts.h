/* crew_parts.h - a crew as its parts share it: crew.c works through chunks, crew_feed.c makes them.
 */
#ifndef SHEAF_SCRIPT_CREW_PARTS_H
#define SHEAF_SCRIPT_CREW_PARTS_H

#include <pthread.h>

#include "script/crew.h"
#include "store/glance.h"

/* One article of a window: its row, or why there is none. */
typedef struct sheaf_entry_row {
    uint64_t ordinal;
    sheaf_slice row;     /* in the memory of the scan */
    size_t offset, size; /* of a damaged one, its reason among the window's */
    size_t words;
    bool damaged;
    unsigned dropped; /* 1 + the filter that dropped it by its columns; 0: none */
    unsigned first;   /* steps before this one are done */
} sheaf_entry_row;

/* What is unpacked in one go and then shared by the chunks that it is cut into. */
struct sheaf_crew_window {
    const sheaf_file *file;
    size_t number;            /* among the windows of the file */
    uint64_t from, to;        /* ordinals */
    const uint64_t *ordinals; /* those of them that are wanted; NULL: all */
    size_t ordinal_count;
    sheaf_entry_row *entries;
    size_t entry_count, entry_room;
    sheaf_scan *scan; /* that unpacks it; what it has unpacked stays until the next window */
    sheaf_buffer reasons;
    sheaf_status status;
    sheaf_error error;
    size_t users; /* pieces that were pushed and not taken; host only */
    bool cut;     /* all of its pieces were pushed; host only */
    pthread_mutex_t lock;
    pthread_cond_t unpacked;
    bool ready;
    sheaf_crew_window *next; /* spare */
};

typedef struct sheaf_crew_worker {
    bool ready;
    sheaf_plugin **steps;
    uint64_t *memory; /* hashes of what steps kept at first; 0: not looked at */
    sheaf_plugin *exporter;
    sheaf_sink sink;
    sheaf_loan loan;
    sheaf_article article; /* one that is not kept */
} sheaf_crew_worker;

typedef struct sheaf_crew_feed {
    const sheaf_file *file; /* NULL: nothing to be cut */
    const uint64_t *ordinals;
    size_t ordinal_count, ordinal_next;
    sheaf_chunk *windows;
    size_t window_count, window_next; /* the next one to unpack */
    sheaf_crew_window *now, *ahead;   /* being cut; unpacked already */
    uint64_t base;                    /* number of its first chunk */
    uint64_t index;                   /* of the next chunk in this file */
    uint64_t first, last;             /* of those that are wanted */
    uint64_t total;
    uint64_t at; /* where in `now` the next chunk begins, counted in ordinals */
} sheaf_crew_feed;

struct sheaf_crew {
    sheaf_relay *relay;
    sheaf_crew_step *steps;
    size_t step_count;
    size_t by_columns; /* so many filters, at first, need no more than columns */
    sheaf_plugin *exporter;
    sheaf_crew_mode mode;
    unsigned threads;
    size_t most; /* pieces under way at once */
    atomic_int *interrupted;
    atomic_bool stop;
    bool failed;  /* memory was out when there was more to feed */
    bool alone;   /* the first chunk is the host's to do, before others begin: it may turn
                     out that a step remembers, and then the host's own goes on from there */
    size_t begun; /* chunks */
    sheaf_crew_worker *workers;
    uint64_t number;
    sheaf_crew_feed feed;
    sheaf_crew_chunk *filling; /* with articles that the host gives */
    sheaf_crew_chunk *taken, *spare;
    sheaf_crew_window *spare_windows;
};

enum { SHEAF_CHUNK_ARTICLES = 256, SHEAF_CHUNK_BYTES = 4 << 20 };

/* True when work should end soon. */
static inline bool sheaf_crew_is_over(const sheaf_crew *crew) {
    return atomic_load_explicit(&crew->stop, memory_order_relaxed) ||
           (crew->interrupted && atomic_load_explicit(crew->interrupted, memory_order_relaxed));
}

/* crew.c */
void sheaf_crew_work(void *crew, unsigned worker, sheaf_piece *piece);
bool sheaf_crew_is_full(const sheaf_crew *crew);
sheaf_status sheaf_crew_prepare(sheaf_crew *crew, unsigned worker, sheaf_error *error);

/* crew_feed.c */
void sheaf_crew_window_unpack(sheaf_crew *crew, sheaf_crew_worker *worker,
                              sheaf_crew_window *window);
void sheaf_crew_window_wait(sheaf_crew_window *window);
bool sheaf_crew_feed_next(sheaf_crew *crew); /* pushes one more piece; false: there is none */
void sheaf_crew_recycle(sheaf_crew *crew, sheaf_crew_chunk *chunk);
void sheaf_crew_free_chunks(sheaf_crew_chunk *chunk);
void sheaf_crew_end_feed(sheaf_crew *crew);
void sheaf_crew_window_free(sheaf_crew_window *window);

#endif
