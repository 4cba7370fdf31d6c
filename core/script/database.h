/* database.h - a SQLite database that an exporter fills instead of writing text.
 *
 * A database has a file of its own, or none: then each statement is written out
 * as SQL, so that `sheaf export sqlite x.sheaf | sqlite3 x.db` and tests work. */
#ifndef SHEAF_SCRIPT_DATABASE_H
#define SHEAF_SCRIPT_DATABASE_H

#include <signal.h>

#include "base/buffer.h"
#include "base/status.h"

typedef struct sheaf_database sheaf_database;

typedef enum sheaf_cell_kind {
    SHEAF_CELL_NULL,
    SHEAF_CELL_INTEGER,
    SHEAF_CELL_NUMBER,
    SHEAF_CELL_TEXT
} sheaf_cell_kind;

typedef struct sheaf_cell {
    sheaf_cell_kind kind;
    int64_t integer;
    double number;
    sheaf_slice text;
} sheaf_cell;

/* path names an empty file; NULL: statements are appended to script instead,
 * which must live as long. */
sheaf_status sheaf_database_open(sheaf_database **out, const char *path, sheaf_buffer *script,
                                 sheaf_error *error);

/* Runs one statement with values for its parameters. What reads or writes
 * anything else than this database is refused: SHEAF_MISUSE, as is wrong SQL.
 * Stops with SHEAF_LIMIT when *stop is set meanwhile (NULL: never). */
sheaf_status sheaf_database_run(sheaf_database *database, sheaf_slice sql, const sheaf_cell *cells,
                                size_t count, const volatile sig_atomic_t *stop,
                                sheaf_error *error);

/* Commits what was run. Nothing can be run behind it. */
sheaf_status sheaf_database_finish(sheaf_database *database, sheaf_error *error);

/* Without finish, what is in the file is of no use. */
void sheaf_database_free(sheaf_database *database);

/* Is there a file, which text must not be written to? */
bool sheaf_database_has_file(const sheaf_database *database);

#endif
