/* bind_sqlite.c - out:sql(statement, ...): an exporter writes a database.
 *
 * The first statement turns the output into one: a file when the output is a
 * file, else a script of SQL. Text and statements do not go into the same file.
 * What is wrong with a statement is the plugin's error; what is wrong with the
 * disk is the output's, and sticks. */
#include "script/bind_sqlite.h"

#include <sys/stat.h>

#include "script/database.h"
#include "script/out.h"
#include "script/state.h"

enum { MOST_VALUES = 64 };

static bool has_text(const sheaf_sink *sink) {
    struct stat info;
    if (sink->buffer.size)
        return true;
    return sink->temporary && fstat(sink->fd, &info) == 0 && info.st_size > 0;
}

static sheaf_status open_database(sheaf_sink *sink, sheaf_error *error) {
    if (!sink->temporary) {
        if (!sink->memory)
            sheaf_buffer_add(&sink->buffer, SLICE("BEGIN;\n"));
        return sheaf_database_open(&sink->database, NULL, &sink->buffer, error);
    }
    if (has_text(sink))
        return sheaf_fail(error, SHEAF_MISUSE, "text was written: no database can follow");
    return sheaf_database_open(&sink->database, sink->temporary, NULL, error);
}

static void take_cell(lua_State *L, int index, sheaf_cell *cell) {
    *cell = (sheaf_cell){0};
    switch (lua_type(L, index)) {
    case LUA_TNIL: return;
    case LUA_TBOOLEAN:
        cell->kind = SHEAF_CELL_INTEGER;
        cell->integer = lua_toboolean(L, index);
        return;
    case LUA_TNUMBER:
        cell->kind = lua_isinteger(L, index) ? SHEAF_CELL_INTEGER : SHEAF_CELL_NUMBER;
        cell->integer = lua_isinteger(L, index) ? lua_tointeger(L, index) : 0;
        cell->number = lua_tonumber(L, index);
        return;
    default: cell->kind = SHEAF_CELL_TEXT; cell->text = sheaf_check_slice(L, index);
    }
}

/* out:sql(statement, values...) */
int sheaf_out_sql(lua_State *L) {
    sheaf_cell cells[MOST_VALUES];
    sheaf_error error = {0};
    sheaf_sink *sink = sheaf_out_check(L, 1);
    sheaf_slice sql = sheaf_check_slice(L, 2);
    int count = lua_gettop(L) - 2;
    luaL_argcheck(L, count <= MOST_VALUES, 3, "a statement takes at most 64 values");
    for (int i = 0; i < count; i++)
        take_cell(L, i + 3, &cells[i]);
    if (sheaf_sink_settle(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    sheaf_state *state = sheaf_state_of(L);
    sheaf_status status = sink->database ? SHEAF_OK : open_database(sink, &error);
    if (status == SHEAF_OK)
        status = sheaf_database_run(sink->database, sql, cells, (size_t)count,
                                    state ? &state->budget.expired : NULL, &error);
    if (status == SHEAF_IO || status == SHEAF_NO_MEMORY)
        sink->error = error;
    else if (status != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    if (sheaf_sink_settle(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    lua_settop(L, 1);
    return 1;
}
