/* module.c - everything that a trusted Lua state gets: the public functions,
 * and what only the host may do. */
#include "script/module.h"
#include "script/bind.h"

int luaopen_sheaf_core(lua_State *L) {
    luaL_checkversion(L);
    lua_createtable(L, 0, 48);
    sheaf_bind_public(L);
    sheaf_bind_sinks(L);
    sheaf_bind_plugins(L);
    sheaf_bind_crew(L);
    sheaf_bind_scripts(L);
    sheaf_bind_signing(L);
    sheaf_bind_layers(L);
    sheaf_bind_indexing(L);
    sheaf_bind_life(L);
    sheaf_bind_line(L);
    sheaf_bind_host(L);
    sheaf_bind_unzip(L);
    sheaf_bind_runs(L);
    return 1;
}
