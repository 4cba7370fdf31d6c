/* bind_sqlite.h - the method of outputs that runs a statement of SQL. */
#ifndef SHEAF_SCRIPT_BIND_SQLITE_H
#define SHEAF_SCRIPT_BIND_SQLITE_H

#include "script/bind.h"

int sheaf_out_sql(lua_State *L);

#endif
