/* memory.c - malloc with a counter that tests can arm. */
#include "base/memory.h"

#include <stdlib.h>

static _Thread_local uint64_t asked;
static _Thread_local uint64_t fail_at = UINT64_MAX;

static int refused(void) {
    return asked++ >= fail_at;
}

void *sheaf_malloc(size_t size) {
    return refused() ? NULL : malloc(size ? size : 1);
}

void *sheaf_calloc(size_t count, size_t size) {
    return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *sheaf_realloc(void *old, size_t size) {
    return refused() ? NULL : realloc(old, size ? size : 1);
}

void sheaf_free(void *memory) {
    free(memory);
}

uint64_t sheaf_memory_fail_at(uint64_t number) {
    uint64_t before = asked;
    asked = 0;
    fail_at = number;
    return before;
}
