/* starve.h - does a thing with allocation 0 refused, then 1, and so on, until it
 * needs no more. */
#ifndef SHEAF_TESTS_STARVE_H
#define SHEAF_TESTS_STARVE_H

#include "base/memory.h"
#include "check.h"

/* work is to give SHEAF_NO_MEMORY where it could not do without what was refused,
 * and SHEAF_OK where it could or where nothing was. after, which may be NULL, looks
 * at what it has left each time, with memory again. Returns how many allocations
 * were refused in turn. */
static inline uint64_t starve(sheaf_status (*work)(void *context),
                              void (*after)(void *context, sheaf_status status), void *context) {
    enum { MOST = 100000 };
    uint64_t number = 0;
    for (bool refused = true; refused && number < MOST; number++) {
        sheaf_memory_fail_at(number);
        sheaf_status status = work(context);
        refused = sheaf_memory_fail_at(UINT64_MAX) > number;
        CHECK(status == SHEAF_NO_MEMORY || status == SHEAF_OK);
        CHECK(refused || status == SHEAF_OK);
        if (after)
            after(context, status);
    }
    CHECK(number < MOST);
    return number;
}

#endif
