/* database.c - what a database takes and refuses, and what is left when memory or time runs out. */
#include "script/database.h"

#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "starve.h"

static sheaf_status run(sheaf_database *database, const char *sql, sheaf_error *error) {
    return sheaf_database_run(database, sheaf_slice_of(sql), NULL, 0, NULL, error);
}

static sheaf_database *open_script(sheaf_buffer *script) {
    sheaf_error error = {0};
    sheaf_database *database = NULL;
    CHECK_NUMBER(sheaf_database_open(&database, NULL, script, &error), SHEAF_OK);
    return database;
}

/* Three rows with each kind of value, as a script. */
static sheaf_status make_script(sheaf_buffer *out) {
    sheaf_error error = {0};
    sheaf_database *database = NULL;
    static const sheaf_cell cells[] = {
        {.kind = SHEAF_CELL_TEXT, .text = {"it's", 4}},
        {.kind = SHEAF_CELL_INTEGER, .integer = -7},
        {.kind = SHEAF_CELL_NULL},
    };
    sheaf_status status = sheaf_database_open(&database, NULL, out, &error);
    if (status == SHEAF_OK)
        status = run(database, "CREATE TABLE t(a, b, c)", &error);
    for (int i = 0; i < 3 && status == SHEAF_OK; i++)
        status = sheaf_database_run(database, SLICE("INSERT INTO t VALUES (?, ?, ?)"), cells, 3,
                                    NULL, &error);
    sheaf_database_free(database);
    return status == SHEAF_OK && out->failed ? SHEAF_NO_MEMORY : status;
}

TEST(a_script_has_the_values_in_it) {
    sheaf_buffer script = {0};
    CHECK_NUMBER(make_script(&script), SHEAF_OK);
    CHECK_TEXT(sheaf_buffer_view(&script), "CREATE TABLE t(a, b, c);\n"
                                           "INSERT INTO t VALUES ('it''s', -7, NULL);\n"
                                           "INSERT INTO t VALUES ('it''s', -7, NULL);\n"
                                           "INSERT INTO t VALUES ('it''s', -7, NULL);\n");
    sheaf_buffer_clear(&script);
}

TEST(memory_may_run_out_anywhere) {
    sheaf_buffer whole = {0};
    CHECK_NUMBER(make_script(&whole), SHEAF_OK);
    starve_result result = {.make = make_script, .wanted = whole};
    CHECK(starve(starve_make, starve_compare, &result) >= 3);
    sheaf_buffer_clear(&whole);
}

TEST(other_files_and_settings_are_out_of_reach) {
    static const char *const refused[] = {
        "ATTACH ':memory:' AS other",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = 1",
        "SELECT load_extension('x')",
        "CREATE VIRTUAL TABLE v USING fts4(a)",
        "CREATE TEMP TABLE v(a)",
        "VACUUM INTO '/tmp/none.db'",
        "COMMIT",
        "ROLLBACK",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "",
        "CREATE TABLE a(b); CREATE TABLE c(d)",
        "no SQL",
    };
    sheaf_buffer script = {0};
    sheaf_database *database = open_script(&script);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        sheaf_error error = {0};
        CHECK_NUMBER(run(database, refused[i], &error), SHEAF_MISUSE);
        CHECK(error.message[0] != 0);
    }
    sheaf_database_free(database);
    sheaf_buffer_clear(&script);
}

TEST(more_statements_than_are_kept) {
    sheaf_buffer script = {0};
    sheaf_error error = {0};
    sheaf_database *database = open_script(&script);
    for (int i = 0; i < 300; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "CREATE TABLE t%d(a)", i % 150 + (i / 150) * 150);
        CHECK_NUMBER(run(database, sql, &error), SHEAF_OK);
    }
    sheaf_database_free(database);
    sheaf_buffer_clear(&script);
}

TEST(a_statement_stops_when_its_time_is_over) {
    sheaf_buffer script = {0};
    sheaf_error error = {0};
    volatile sig_atomic_t stop = 1;
    sheaf_database *database = open_script(&script);
    CHECK_NUMBER(run(database, "CREATE TABLE n(i)", &error), SHEAF_OK);
    for (int i = 0; i < 12; i++)
        CHECK_NUMBER(run(database, "INSERT INTO n VALUES (1)", &error), SHEAF_OK);
    sheaf_status status = sheaf_database_run(
        database, SLICE("SELECT count(*) FROM n a, n b, n c, n d, n e, n f, n g, n h"), NULL, 0,
        &stop, &error);
    CHECK_NUMBER(status, SHEAF_LIMIT);
    CHECK_NUMBER(run(database, "INSERT INTO n VALUES (2)", &error), SHEAF_OK);
    sheaf_database_free(database);
    sheaf_buffer_clear(&script);
}

TEST(a_file_holds_what_was_committed) {
    char path[] = "/tmp/sheaf-database-XXXXXX";
    int fd = mkstemp(path);
    sheaf_error error = {0};
    sheaf_database *database = NULL;
    CHECK(fd >= 0);
    CHECK_NUMBER(sheaf_database_open(&database, path, NULL, &error), SHEAF_OK);
    CHECK(sheaf_database_has_file(database));
    CHECK_NUMBER(run(database, "CREATE TABLE t(a)", &error), SHEAF_OK);
    CHECK_NUMBER(sheaf_database_finish(database, &error), SHEAF_OK);
    sheaf_database_free(database);
    char head[16] = {0};
    CHECK(pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head);
    CHECK(memcmp(head, "SQLite format 3", 16) == 0);
    close(fd);
    unlink(path);
}

TEST(a_file_that_cannot_be_opened_is_told) {
    sheaf_error error = {0};
    sheaf_database *database = NULL;
    CHECK_NUMBER(sheaf_database_open(&database, "/nowhere/at/all.db", NULL, &error), SHEAF_IO);
    CHECK(database == NULL);
}

int main(void) {
    RUN(T(a_script_has_the_values_in_it), T(memory_may_run_out_anywhere),
        T(other_files_and_settings_are_out_of_reach), T(more_statements_than_are_kept),
        T(a_statement_stops_when_its_time_is_over), T(a_file_holds_what_was_committed),
        T(a_file_that_cannot_be_opened_is_told));
}
