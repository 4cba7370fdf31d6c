/* starve.h - does a thing with allocation 0 refused, then 1, and so on, until it
 * needs no more. */
#ifndef SHEAF_TESTS_STARVE_H
#define SHEAF_TESTS_STARVE_H

#include "base/buffer.h"
#include "base/memory.h"
#include "base/slice.h"
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

/* What makes the same bytes every time, or is out of memory. */
typedef struct starve_result {
    sheaf_status (*make)(sheaf_buffer *out);
    sheaf_buffer wanted, got;
} starve_result;

static inline sheaf_status starve_make(void *context) {
    starve_result *result = context;
    return result->make(&result->got);
}

static inline void starve_compare(void *context, sheaf_status status) {
    starve_result *result = context;
    if (status == SHEAF_OK)
        CHECK(
            sheaf_slice_equal(sheaf_buffer_view(&result->got), sheaf_buffer_view(&result->wanted)));
    sheaf_buffer_clear(&result->got);
}

static inline void starve_maker(sheaf_status (*make)(sheaf_buffer *out)) {
    starve_result result = {.make = make};
    CHECK_NUMBER(make(&result.wanted), SHEAF_OK);
    CHECK(result.wanted.size > 0);
    CHECK(starve(starve_make, starve_compare, &result) > 5);
    sheaf_buffer_clear(&result.wanted);
}

#endif
