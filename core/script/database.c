/* database.c - one SQLite file, filled in one transaction by statements of a plugin.
 *
 * A plugin is not trusted, and SQL can do much: attach other files, load code,
 * loop for ever. So an authorizer allows what makes and fills tables of this
 * file and nothing else, a progress handler stops a statement when its time is
 * over, and the sizes of values are limited. The file is new and has a temporary
 * name until it is whole, so no journal is kept and nothing is synced here: who
 * opened the file does that once, before it gets its name.
 *
 * The bytes depend on the statements and the release of SQLite only.
 *
 *   run(sql) ──► prepared before? ──► bind ──► step          (a file)
 *                  64 are kept            └──► written out   (no file)  */
#include "script/database.h"

#include <sqlite3.h>

#include "base/memory.h"
#include "base/slice.h"

enum {
    KEPT = 64,
    LONGEST = 256 << 20,        /* bytes of a value */
    STEPS = 4096,               /* of SQLite's machine between looks at the clock */
    APPLICATION_ID = 0x73686561 /* "shea", in the header of the file */
};

typedef struct kept_statement {
    sheaf_slice sql;
    sqlite3_stmt *statement;
} kept_statement;

struct sheaf_database {
    sqlite3 *handle;
    sheaf_buffer *script; /* NULL: there is a file */
    const volatile sig_atomic_t *stop;
    kept_statement kept[KEPT];
    size_t next; /* which is given up next */
    bool ours;   /* the statement is no plugin's */
};

bool sheaf_database_has_file(const sheaf_database *database) {
    return !database->script;
}

/* ---- what is allowed -------------------------------------------------------------- */

static bool same_word(const char *a, const char *b) {
    return a && sqlite3_stricmp(a, b) == 0;
}

static int authorize(void *context, int action, const char *one, const char *two, const char *three,
                     const char *four) {
    const sheaf_database *database = context;
    (void)three;
    (void)four;
    if (database->ours)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_READ:
    case SQLITE_SELECT:
    case SQLITE_REINDEX:
    case SQLITE_ANALYZE: return SQLITE_OK;
    case SQLITE_FUNCTION: return same_word(two, "load_extension") ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_CREATE_VTABLE: return same_word(two, "fts5") ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA: /* what full-text search asks itself */
        return same_word(one, "data_version") ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

static int out_of_time(void *context) {
    const sheaf_database *database = context;
    return database->stop && *database->stop;
}

/* ---- open ------------------------------------------------------------------------- */

static sheaf_status told(const sheaf_database *database, int code, sheaf_error *error) {
    const char *why = database->handle ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM: return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    case SQLITE_INTERRUPT: return sheaf_fail(error, SHEAF_LIMIT, "the statement takes too long");
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN: return sheaf_fail(error, SHEAF_IO, "cannot write the database: %s", why);
    default: return sheaf_fail(error, SHEAF_MISUSE, "SQL: %s", why);
    }
}

/* Statements of our own, which no authorizer looks at. */
static int run_ours(sheaf_database *database, const char *sql) {
    database->ours = true;
    int code = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);
    database->ours = false;
    return code;
}

static int prepare_file(sheaf_database *database) {
    sqlite3 *handle = database->handle;
    char settings[256];
    sqlite3_snprintf(sizeof settings, settings,
                     "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                     "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768;"
                     "PRAGMA locking_mode=EXCLUSIVE; PRAGMA application_id=%d; BEGIN;",
                     APPLICATION_ID);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LONGEST);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_progress_handler(handle, STEPS, out_of_time, database);
    int code = sqlite3_set_authorizer(handle, authorize, database);
    return code == SQLITE_OK ? run_ours(database, settings) : code;
}

sheaf_status sheaf_database_open(sheaf_database **out, const char *path, sheaf_buffer *script,
                                 sheaf_error *error) {
    sheaf_database *database = sheaf_calloc(1, sizeof *database);
    if (!database)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    database->script = path ? NULL : script;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path ? path : ":memory:", &database->handle, flags, NULL);
    if (code == SQLITE_OK)
        code = prepare_file(database);
    if (code != SQLITE_OK) {
        sheaf_status status = told(database, code, error);
        sheaf_database_free(database);
        return status;
    }
    *out = database;
    return SHEAF_OK;
}

/* ---- statements ------------------------------------------------------------------- */

static void drop_statement(kept_statement *kept) {
    sqlite3_finalize(kept->statement);
    sheaf_free((char *)kept->sql.data);
    *kept = (kept_statement){0};
}

static bool is_blank(const char *text, const char *end) {
    while (text < end && (*text == ' ' || *text == '\n' || *text == '\t' || *text == ';'))
        text++;
    return text == end;
}

static sheaf_status compile(sheaf_database *database, sheaf_slice sql, sqlite3_stmt **statement,
                            sheaf_error *error) {
    const char *rest = NULL;
    if (sql.size > 1 << 20)
        return sheaf_fail(error, SHEAF_LIMIT, "a statement has at most 1 MiB");
    int code = sqlite3_prepare_v3(database->handle, sql.data, (int)sql.size,
                                  SQLITE_PREPARE_PERSISTENT, statement, &rest);
    if (code != SQLITE_OK)
        return told(database, code, error);
    if (*statement && is_blank(rest, sql.data + sql.size))
        return SHEAF_OK;
    sqlite3_finalize(*statement);
    return sheaf_fail(error, SHEAF_MISUSE, "SQL: one statement is run at a time");
}

/* The statement of this text, from before or anew. */
static sheaf_status find_statement(sheaf_database *database, sheaf_slice sql, sqlite3_stmt **out,
                                   sheaf_error *error) {
    for (size_t i = 0; i < KEPT; i++) {
        const kept_statement *kept = &database->kept[i];
        if (kept->statement && sheaf_slice_equal(kept->sql, sql)) {
            *out = kept->statement;
            return SHEAF_OK;
        }
    }
    sheaf_status status = compile(database, sql, out, error);
    if (status != SHEAF_OK)
        return status;
    char *copy = sheaf_malloc(sql.size + 1);
    if (!copy) {
        sqlite3_finalize(*out);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    memcpy(copy, sql.data, sql.size);
    kept_statement *kept = &database->kept[database->next++ % KEPT];
    drop_statement(kept);
    *kept = (kept_statement){{copy, sql.size}, *out};
    return SHEAF_OK;
}

static int bind_cell(sqlite3_stmt *statement, int at, const sheaf_cell *cell) {
    switch (cell->kind) {
    case SHEAF_CELL_INTEGER: return sqlite3_bind_int64(statement, at, cell->integer);
    case SHEAF_CELL_NUMBER: return sqlite3_bind_double(statement, at, cell->number);
    case SHEAF_CELL_TEXT:
        return sqlite3_bind_text64(statement, at, cell->text.data, cell->text.size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    default: return sqlite3_bind_null(statement, at);
    }
}

static sheaf_status bind_cells(sheaf_database *database, sqlite3_stmt *statement,
                               const sheaf_cell *cells, size_t count, sheaf_error *error) {
    int wanted = sqlite3_bind_parameter_count(statement);
    if ((size_t)wanted != count)
        return sheaf_fail(error, SHEAF_MISUSE, "SQL: the statement takes %d values, not %zu",
                          wanted, count);
    for (size_t i = 0; i < count; i++) {
        int code = bind_cell(statement, (int)i + 1, &cells[i]);
        if (code != SQLITE_OK)
            return told(database, code, error);
    }
    return SHEAF_OK;
}

static sheaf_status write_out(sheaf_database *database, sqlite3_stmt *statement,
                              sheaf_error *error) {
    char *text = sqlite3_expanded_sql(statement);
    if (!text)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_buffer_add(database->script, sheaf_slice_of(text));
    sheaf_buffer_add(database->script, SLICE(";\n"));
    sqlite3_free(text);
    return SHEAF_OK;
}

static sheaf_status step(sheaf_database *database, sqlite3_stmt *statement, sheaf_error *error) {
    int code;
    do
        code = sqlite3_step(statement);
    while (code == SQLITE_ROW);
    return code == SQLITE_DONE ? SHEAF_OK : told(database, code, error);
}

/* Without a file only what has no values is run: tables must exist to be named. */
static sheaf_status run_bound(sheaf_database *database, sqlite3_stmt *statement, size_t count,
                              sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (database->script)
        status = write_out(database, statement, error);
    if (status == SHEAF_OK && (!database->script || count == 0))
        status = step(database, statement, error);
    return status;
}

sheaf_status sheaf_database_run(sheaf_database *database, sheaf_slice sql, const sheaf_cell *cells,
                                size_t count, const volatile sig_atomic_t *stop,
                                sheaf_error *error) {
    sqlite3_stmt *statement = NULL;
    database->stop = stop;
    sheaf_status status = find_statement(database, sql, &statement, error);
    if (status == SHEAF_OK) {
        status = bind_cells(database, statement, cells, count, error);
        if (status == SHEAF_OK)
            status = run_bound(database, statement, count, error);
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
    database->stop = NULL;
    return status;
}

/* ---- the end ---------------------------------------------------------------------- */

static void drop_statements(sheaf_database *database) {
    for (size_t i = 0; i < KEPT; i++)
        drop_statement(&database->kept[i]);
}

sheaf_status sheaf_database_finish(sheaf_database *database, sheaf_error *error) {
    drop_statements(database);
    int code = run_ours(database, "COMMIT;");
    return code == SQLITE_OK ? SHEAF_OK : told(database, code, error);
}

void sheaf_database_free(sheaf_database *database) {
    if (!database)
        return;
    drop_statements(database);
    sqlite3_close(database->handle);
    sheaf_free(database);
}
