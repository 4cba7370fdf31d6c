/* relay.h - pieces of work handed over one after another, done by threads, taken back in order.
 *
 *   push ──► │ done │ at work │ at work │ not begun │ … │   oldest first
 *     take ◄──┘
 *
 * How many pieces there will be need not be known. The caller pushes and takes, and does work
 * itself when what it wants to take is not done. Pieces are begun in the order in which they
 * were pushed: one may wait for another that was pushed before it, never for a later one. */
#ifndef SHEAF_BASE_RELAY_H
#define SHEAF_BASE_RELAY_H

#include "sheaf.h"

/* Stands first in what is pushed. */
typedef struct sheaf_piece {
    struct sheaf_piece *next;
    bool done;
} sheaf_piece;

/* Called in any thread; worker is 0 in the caller's, and below threads in the others. No two
 * calls with the same one are under way at once. */
typedef void (*sheaf_relay_work)(void *context, unsigned worker, sheaf_piece *piece);

typedef struct sheaf_relay sheaf_relay;

/* threads counts the caller's, from 1 to 256; the others are started when there is work for
 * them, and fewer will do. */
sheaf_status sheaf_relay_new(sheaf_relay **out, unsigned threads, sheaf_relay_work work,
                             void *context, sheaf_error *error);

/* While it is held, no thread is started, and the caller alone works. To be told before anything
 * is pushed. */
void sheaf_relay_hold(sheaf_relay *relay, bool hold);

/* Waits for what is at work; what is not begun never will be. Pieces are the caller's. */
void sheaf_relay_free(sheaf_relay *relay);

void sheaf_relay_push(sheaf_relay *relay, sheaf_piece *piece);

/* The oldest, done; NULL: there is none. */
sheaf_piece *sheaf_relay_take(sheaf_relay *relay);

/* How many were pushed and not taken. */
size_t sheaf_relay_count(const sheaf_relay *relay);

/* Ends the work that is under way and begins no more; then takes the oldest, done or not. */
void sheaf_relay_stop(sheaf_relay *relay);
sheaf_piece *sheaf_relay_drop(sheaf_relay *relay);

#endif
