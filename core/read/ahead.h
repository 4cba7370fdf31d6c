/* ahead.h - documents of a pile read by several threads, given back in order.
 *
 *   push ──► │ document │ message │ document │ … │ ──► take
 *               done       -        at work
 *
 * What does not depend on the thread comes out in the order in which it was put
 * in: articles, what was refused, and the position behind each. The caller of take
 * works too while what is next is not done. */
#ifndef SHEAF_READ_AHEAD_H
#define SHEAF_READ_AHEAD_H

#include "read/reader.h"

/* Where one thread reads documents: what its reader keeps from one to the next. */
typedef struct sheaf_desk {
    const sheaf_reader *reader;
    void *kept;
} sheaf_desk;

sheaf_status sheaf_desk_read(sheaf_desk *desk, const sheaf_reader *reader, sheaf_article *article,
                             const sheaf_input *input, sheaf_slice bytes, sheaf_error *error);
void sheaf_desk_clear(sheaf_desk *desk);

typedef enum sheaf_ahead_kind {
    SHEAF_AHEAD_DOCUMENT, /* to be read into article, by status */
    SHEAF_AHEAD_ARTICLE,  /* that a reader has given already */
    SHEAF_AHEAD_MESSAGE   /* place, status, error.message */
} sheaf_ahead_kind;

typedef struct sheaf_ahead_item {
    struct sheaf_ahead_item *next;
    sheaf_ahead_kind kind;
    const sheaf_reader *reader;
    sheaf_input *input; /* owned */
    sheaf_slice bytes;
    sheaf_article article;
    sheaf_buffer copy;     /* of bytes that were only lent */
    sheaf_buffer position; /* behind this one */
    sheaf_buffer place;
    sheaf_status status;
    sheaf_error error;
    bool done;
} sheaf_ahead_item;

typedef struct sheaf_ahead sheaf_ahead;

/* threads counts the caller's. */
sheaf_status sheaf_ahead_new(sheaf_ahead **out, unsigned threads, sheaf_error *error);
void sheaf_ahead_free(sheaf_ahead *ahead);

/* An empty item to fill; NULL when memory is out. push and give_back take it. */
sheaf_ahead_item *sheaf_ahead_blank(sheaf_ahead *ahead);
void sheaf_ahead_push(sheaf_ahead *ahead, sheaf_ahead_item *item);

/* The oldest item, when it is done; NULL when there is none. */
sheaf_ahead_item *sheaf_ahead_take(sheaf_ahead *ahead);
void sheaf_ahead_give_back(sheaf_ahead *ahead, sheaf_ahead_item *item);

bool sheaf_ahead_is_empty(const sheaf_ahead *ahead);

/* So much waits that something must be taken first. */
bool sheaf_ahead_is_full(const sheaf_ahead *ahead);

#endif
