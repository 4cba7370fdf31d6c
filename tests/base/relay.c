/* relay.c - pieces come back in order, each done once, whatever the number of threads. */
#include "base/relay.h"

#include <stdatomic.h>

#include "check.h"

enum { PIECES = 500 };

typedef struct number {
    sheaf_piece piece;
    unsigned value, square;
    int times;
} number;

typedef struct context {
    number *all;
    atomic_uint done;
} context;

static void square(void *shared, unsigned worker, sheaf_piece *piece) {
    context *c = shared;
    number *n = (number *)piece;
    (void)worker;
    for (volatile unsigned i = 0; i < n->value % 7 * 1000; i++)
        ;
    n->square = n->value * n->value;
    n->times++;
    atomic_fetch_add(&c->done, 1);
}

static void run(unsigned threads, size_t most) {
    static number all[PIECES];
    context c = {.all = all};
    sheaf_relay *relay = NULL;
    unsigned taken = 0;
    memset(all, 0, sizeof all);
    CHECK_NUMBER(sheaf_relay_new(&relay, threads, square, &c, NULL), SHEAF_OK);
    for (unsigned i = 0; i < PIECES; i++) {
        all[i].value = i;
        sheaf_relay_push(relay, &all[i].piece);
        while (sheaf_relay_count(relay) >= most)
            CHECK(sheaf_relay_take(relay) == &all[taken++].piece);
    }
    sheaf_piece *piece;
    while ((piece = sheaf_relay_take(relay)))
        CHECK(piece == &all[taken++].piece);
    CHECK(taken == PIECES);
    for (unsigned i = 0; i < PIECES; i++)
        CHECK(all[i].square == i * i && all[i].times == 1);
    sheaf_relay_free(relay);
}

TEST(pieces_come_back_in_order_and_are_done_once) {
    run(1, 1);
    run(1, 10);
    run(2, 3);
    run(4, 16);
    run(16, 64);
}

TEST(what_is_not_begun_when_it_is_stopped_is_given_back_undone) {
    static number all[PIECES];
    context c = {.all = all};
    sheaf_relay *relay = NULL;
    unsigned undone = 0, dropped = 0;
    memset(all, 0, sizeof all);
    CHECK_NUMBER(sheaf_relay_new(&relay, 3, square, &c, NULL), SHEAF_OK);
    for (unsigned i = 0; i < PIECES; i++) {
        all[i].value = i;
        sheaf_relay_push(relay, &all[i].piece);
    }
    sheaf_relay_stop(relay);
    sheaf_piece *piece;
    while ((piece = sheaf_relay_drop(relay))) {
        undone += ((number *)piece)->times == 0;
        CHECK(piece->done == (((number *)piece)->times == 1));
        dropped++;
    }
    CHECK(dropped == PIECES && undone + atomic_load(&c.done) == PIECES);
    sheaf_relay_free(relay);
}

TEST(while_it_is_held_the_caller_works_alone) {
    static number all[3];
    context c = {.all = all};
    sheaf_relay *relay = NULL;
    CHECK_NUMBER(sheaf_relay_new(&relay, 4, square, &c, NULL), SHEAF_OK);
    sheaf_relay_hold(relay, true);
    for (unsigned i = 0; i < 3; i++)
        sheaf_relay_push(relay, &all[i].piece);
    CHECK(atomic_load(&c.done) == 0);
    sheaf_relay_take(relay);
    CHECK(atomic_load(&c.done) == 1);
    sheaf_relay_free(relay);
}

int main(void) {
    RUN(T(pieces_come_back_in_order_and_are_done_once),
        T(what_is_not_begun_when_it_is_stopped_is_given_back_undone),
        T(while_it_is_held_the_caller_works_alone));
}
