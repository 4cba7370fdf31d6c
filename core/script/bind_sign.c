/* bind_sign.c - keys, signing, and whether a file is signed. Host only. */
#include "script/bind.h"

#include "store/sign.h"

/* make_key(path) -> true, or nil and a reason. */
static int bind_make_key(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_key_make(luaL_checkstring(L, 1), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

/* sign(path, key, {wait=}) -> true, or nil and a reason. */
static int bind_sign(lua_State *L) {
    sheaf_error error = {0};
    sheaf_key key;
    sheaf_writer_options options = {0};
    const char *path = luaL_checkstring(L, 1), *key_path = luaL_checkstring(L, 2);
    if (lua_istable(L, 3)) {
        lua_getfield(L, 3, "wait");
        lua_Integer wait = luaL_optinteger(L, -1, 0);
        luaL_argcheck(L, wait >= 0 && wait <= 1000000000, 3, "wait is no number of seconds");
        options.wait = (unsigned)wait;
    }
    sheaf_status status = sheaf_key_read(&key, key_path, &error);
    if (status == SHEAF_OK) {
        status = sheaf_file_sign(path, &key, &options, &error);
        sheaf_key_clear(&key);
    }
    if (status != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

/* signed(path, key) -> number of the commit, or nil and a reason. */
static int bind_signed(lua_State *L) {
    sheaf_error error = {0};
    sheaf_key key;
    sheaf_file *file = NULL;
    uint64_t commit = 0;
    const char *path = luaL_checkstring(L, 1), *key_path = luaL_checkstring(L, 2);
    sheaf_status status = sheaf_key_read(&key, key_path, &error);
    if (status == SHEAF_OK) {
        status = sheaf_file_open(&file, path, &error);
        if (status == SHEAF_OK)
            status = sheaf_file_signed(file, &key, &commit, &error);
        sheaf_file_close(file);
        sheaf_key_clear(&key);
    }
    if (status != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushinteger(L, (lua_Integer)commit);
    return 1;
}

void sheaf_bind_signing(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"make_key", bind_make_key}, {"sign", bind_sign}, {"signed", bind_signed}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
