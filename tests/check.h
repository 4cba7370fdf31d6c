/* check.h - the whole test frame of the C units.
 *
 *   TEST(keeps_order) { CHECK(list.count == 3); CHECK_TEXT(list.items[0], "a"); }
 *   int main(void) { RUN(T(keeps_order), T(forgets_nothing)); }
 */
#ifndef SHEAF_TESTS_CHECK_H
#define SHEAF_TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

#include "sheaf.h"

static int check_failures;

#define TEST(name) static void name(void)

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            check_failures++;                                                                      \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
        }                                                                                          \
    } while (0)

#define CHECK_NUMBER(got, wanted)                                                                  \
    do {                                                                                           \
        long long check_got = (long long)(got), check_wanted = (long long)(wanted);                \
        if (check_got != check_wanted) {                                                           \
            check_failures++;                                                                      \
            fprintf(stderr, "%s:%d: %s: got %lld, wanted %lld\n", __FILE__, __LINE__, #got,        \
                    check_got, check_wanted);                                                      \
        }                                                                                          \
    } while (0)

/* A slice against a C string. */
#define CHECK_TEXT(got, wanted)                                                                    \
    do {                                                                                           \
        sheaf_slice check_got = (got);                                                             \
        const char *check_wanted = (wanted);                                                       \
        if (check_got.size != strlen(check_wanted) ||                                              \
            (check_got.size && memcmp(check_got.data, check_wanted, check_got.size) != 0)) {       \
            check_failures++;                                                                      \
            fprintf(stderr, "%s:%d: %s: got \"%.*s\", wanted \"%s\"\n", __FILE__, __LINE__, #got,  \
                    (int)check_got.size, check_got.data, check_wanted);                            \
        }                                                                                          \
    } while (0)

typedef struct check_test {
    const char *name;
    void (*run)(void);
} check_test;

static inline int check_run(const check_test *tests, size_t count) {
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        check_failures = 0;
        tests[i].run();
        printf("%s %s\n", check_failures ? "not ok" : "ok", tests[i].name);
        failed += check_failures != 0;
    }
    printf("%d passed, %d failed\n", (int)count - failed, failed);
    return failed != 0;
}

#define T(name)                                                                                    \
    { #name, name }
#define RUN(...)                                                                                   \
    const check_test check_tests[] = {__VA_ARGS__};                                                \
    return check_run(check_tests, sizeof check_tests / sizeof *check_tests)

#endif
