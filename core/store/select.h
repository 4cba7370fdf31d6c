/* select.h - picks articles by what the columns of the catalog say.
 *
 * A test is a list of steps in postfix order, as a reader of '(a.words > 200 and
 * not a.published)' would type it into a calculator: words > 200, published is
 * known, NOT, AND. It means what the same words mean in --where: what an article
 * lacks is neither less nor more than anything, and unequal to everything. */
#ifndef SHEAF_STORE_SELECT_H
#define SHEAF_STORE_SELECT_H

#include "sheaf.h"

typedef enum sheaf_test_kind {
    SHEAF_TEST_COMPARE,
    SHEAF_TEST_AND,
    SHEAF_TEST_OR,
    SHEAF_TEST_NOT
} sheaf_test_kind;

typedef enum sheaf_test_field {
    SHEAF_TEST_WORDS, /* a number */
    SHEAF_TEST_BYTES,
    SHEAF_TEST_PUBLISHED, /* a text: year, month or day in EDTF, from 0001 to 9999 */
    SHEAF_TEST_LANGUAGE,  /* a text, as are those that follow */
    SHEAF_TEST_SITE,
    SHEAF_TEST_PUBLISHER
} sheaf_test_field;

typedef enum sheaf_comparison {
    SHEAF_LESS,
    SHEAF_LESS_EQUAL,
    SHEAF_MORE,
    SHEAF_MORE_EQUAL,
    SHEAF_EQUAL,
    SHEAF_UNEQUAL,
    SHEAF_KNOWN /* the article has the field */
} sheaf_comparison;

typedef struct sheaf_test {
    sheaf_test_kind kind;
    sheaf_test_field field; /* these, when it compares */
    sheaf_comparison relation;
    uint64_t number;
    sheaf_slice text;
} sheaf_test;

enum { SHEAF_TESTS_MAX = 256, SHEAF_TEST_DEPTH = 32 };

/* Walks the articles of [from, to) that pass, in order of ordinals. No article is
 * unpacked. The texts of the steps must stay; the steps need not. SHEAF_MISUSE
 * when the steps do not add up to one truth, or a date is no day, month or year.
 * Several may run in threads of their own, as long as file stays open. */
typedef struct sheaf_select sheaf_select;
sheaf_status sheaf_select_open(sheaf_select **out, const sheaf_file *file, const sheaf_test *steps,
                               size_t count, uint64_t from, uint64_t to, sheaf_error *error);

/* The next one. SHEAF_END after the last. */
sheaf_status sheaf_select_next(sheaf_select *select, uint64_t *ordinal, sheaf_error *error);

/* How many pass from here on; they are passed over. */
sheaf_status sheaf_select_count(sheaf_select *select, uint64_t *count, sheaf_error *error);

void sheaf_select_close(sheaf_select *select);

#endif
