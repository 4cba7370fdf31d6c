/* parcel.c - plain data as bytes: see parcel.h. */
#include "script/parcel.h"

#include <lauxlib.h>
#include <stdlib.h>

#include "base/slice.h"

enum { DEPTH = 32, VALUES = 4000000, BYTES = 256 << 20 };

static const char too_deep[] = "tables are nested too deep to be handed over";
static const char too_much[] = "too much data to be handed over";

/* ---- packing ------------------------------------------------------------------- */

typedef struct packer {
    lua_State *L;
    sheaf_buffer *out;
    size_t values;
    int depth;
    const void *path[DEPTH]; /* the tables that we are inside of */
} packer;

/* Numbers before strings before booleans. */
typedef struct table_key {
    int type;
    bool whole;
    bool truth;
    lua_Integer integer;
    lua_Number number;
    sheaf_slice text;
} table_key;

static void put_fixed(sheaf_buffer *out, uint64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        sheaf_buffer_char(out, (char)(value >> (8 * i) & 0xFF));
}

static int compare_keys(const void *one, const void *other) {
    const table_key *a = one, *b = other;
    if (a->type != b->type)
        return a->type == LUA_TNUMBER || b->type == LUA_TBOOLEAN ? -1 : 1;
    if (a->type == LUA_TSTRING)
        return sheaf_slice_compare(a->text, b->text);
    if (a->type == LUA_TBOOLEAN)
        return (int)a->truth - (int)b->truth;
    if (a->whole != b->whole)
        return a->whole ? -1 : 1;
    if (a->whole)
        return a->integer < b->integer ? -1 : a->integer > b->integer;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* The key at index; false: no such key can travel. */
static bool read_key(lua_State *L, int index, table_key *key) {
    *key = (table_key){.type = lua_type(L, index)};
    switch (key->type) {
    case LUA_TSTRING: key->text.data = lua_tolstring(L, index, &key->text.size); return true;
    case LUA_TBOOLEAN: key->truth = lua_toboolean(L, index); return true;
    case LUA_TNUMBER:
        key->whole = lua_isinteger(L, index);
        if (key->whole)
            key->integer = lua_tointeger(L, index);
        else
            key->number = lua_tonumber(L, index);
        return true;
    default: return false;
    }
}

static void push_key(lua_State *L, const table_key *key) {
    if (key->type == LUA_TSTRING)
        lua_pushlstring(L, key->text.data, key->text.size);
    else if (key->type == LUA_TBOOLEAN)
        lua_pushboolean(L, key->truth);
    else if (key->whole)
        lua_pushinteger(L, key->integer);
    else
        lua_pushnumber(L, key->number);
}

/* Pushes a userdata with the keys in order; NULL: one cannot travel. */
static table_key *sorted_keys(lua_State *L, int index, size_t *count) {
    *count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        *count += 1;
    }
    table_key *keys = lua_newuserdatauv(L, *count * sizeof *keys + 1, 0);
    size_t filled = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (!read_key(L, -1, &keys[filled++])) {
            lua_pop(L, 2);
            return NULL;
        }
    }
    qsort(keys, filled, sizeof *keys, compare_keys);
    return keys;
}

static const char *pack_value(packer *pack, int index);

static const char *enter(packer *pack, const void *table) {
    for (int i = 0; i < pack->depth; i++) {
        if (pack->path[i] == table)
            return "a table that holds itself cannot be handed over";
    }
    if (pack->depth == DEPTH)
        return too_deep;
    luaL_checkstack(pack->L, 8, "nested too deep");
    pack->path[pack->depth++] = table;
    return NULL;
}

static const char *pack_table(packer *pack, int index) {
    lua_State *L = pack->L;
    size_t count;
    const char *problem = enter(pack, lua_topointer(L, index));
    if (problem)
        return problem;
    if (lua_getmetatable(L, index)) {
        lua_pop(L, 1);
        return "a table with a metatable cannot be handed over";
    }
    table_key *keys = sorted_keys(L, index, &count);
    if (!keys)
        return "a table with such keys cannot be handed over";
    sheaf_buffer_char(pack->out, 'T');
    put_fixed(pack->out, count, 4);
    for (size_t i = 0; i < count && !problem; i++) {
        push_key(L, &keys[i]);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        problem = pack_value(pack, lua_gettop(L) - 1);
        if (!problem)
            problem = pack_value(pack, lua_gettop(L));
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
    pack->depth--;
    return problem;
}

static void pack_number(packer *pack, int index) {
    uint64_t bits;
    if (lua_isinteger(pack->L, index)) {
        bits = (uint64_t)lua_tointeger(pack->L, index);
        sheaf_buffer_char(pack->out, 'i');
    } else {
        double number = lua_tonumber(pack->L, index);
        memcpy(&bits, &number, sizeof bits);
        sheaf_buffer_char(pack->out, 'd');
    }
    put_fixed(pack->out, bits, 8);
}

static const char *pack_value(packer *pack, int index) {
    sheaf_slice text;
    if (++pack->values > VALUES || pack->out->size > BYTES)
        return too_much;
    switch (lua_type(pack->L, index)) {
    case LUA_TNONE:
    case LUA_TNIL: sheaf_buffer_char(pack->out, 'n'); return NULL;
    case LUA_TBOOLEAN:
        sheaf_buffer_char(pack->out, lua_toboolean(pack->L, index) ? 't' : 'f');
        return NULL;
    case LUA_TNUMBER: pack_number(pack, index); return NULL;
    case LUA_TSTRING:
        text.data = lua_tolstring(pack->L, index, &text.size);
        if (text.size > BYTES)
            return too_much;
        sheaf_buffer_char(pack->out, 's');
        put_fixed(pack->out, text.size, 4);
        sheaf_buffer_add(pack->out, text);
        return NULL;
    case LUA_TTABLE: return pack_table(pack, index);
    case LUA_TLIGHTUSERDATA:
        sheaf_buffer_char(pack->out, 'N');
        return lua_touserdata(pack->L, index) ? "a userdata cannot be handed over" : NULL;
    case LUA_TFUNCTION: return "a function cannot be handed over";
    case LUA_TUSERDATA: return "an article or other userdata cannot be handed over";
    default: return "a coroutine cannot be handed over";
    }
}

const char *sheaf_parcel_pack(lua_State *L, int index, sheaf_buffer *out) {
    packer pack = {.L = L, .out = out};
    luaL_checkstack(L, 8, "no room");
    const char *problem = pack_value(&pack, lua_absindex(L, index));
    if (out->failed)
        luaL_error(L, "not enough memory");
    return problem;
}

/* ---- unpacking ------------------------------------------------------------------- */

typedef struct unpacker {
    lua_State *L;
    sheaf_slice rest;
    size_t values;
    int depth;
} unpacker;

static const char damaged[] = "the data is damaged";

static bool get_fixed(unpacker *unpack, uint64_t *value, size_t bytes) {
    if (unpack->rest.size < bytes)
        return false;
    *value = 0;
    for (size_t i = 0; i < bytes; i++)
        *value |= (uint64_t)(unsigned char)unpack->rest.data[i] << (8 * i);
    unpack->rest = sheaf_slice_part(unpack->rest, bytes, unpack->rest.size);
    return true;
}

static const char *push_value(unpacker *unpack);

static const char *push_pairs(unpacker *unpack, uint64_t count) {
    lua_State *L = unpack->L;
    for (uint64_t i = 0; i < count; i++) {
        const char *problem = push_value(unpack);
        if (problem)
            return problem;
        int type = lua_type(L, -1);
        bool good = type == LUA_TSTRING || type == LUA_TBOOLEAN ||
                    (type == LUA_TNUMBER && lua_tonumber(L, -1) == lua_tonumber(L, -1));
        problem = good ? push_value(unpack) : damaged;
        if (problem) {
            lua_pop(L, 1);
            return problem;
        }
        lua_rawset(L, -3);
    }
    return NULL;
}

static const char *push_table(unpacker *unpack) {
    uint64_t count;
    if (unpack->depth == DEPTH)
        return too_deep;
    if (!get_fixed(unpack, &count, 4) || count > unpack->rest.size / 2)
        return damaged;
    luaL_checkstack(unpack->L, 8, "nested too deep");
    unpack->depth++;
    lua_createtable(unpack->L, 0, 0);
    const char *problem = push_pairs(unpack, count);
    unpack->depth--;
    if (problem)
        lua_pop(unpack->L, 1);
    return problem;
}

static const char *push_string(unpacker *unpack) {
    uint64_t size;
    if (!get_fixed(unpack, &size, 4) || size > unpack->rest.size)
        return damaged;
    lua_pushlstring(unpack->L, unpack->rest.data, (size_t)size);
    unpack->rest = sheaf_slice_part(unpack->rest, (size_t)size, unpack->rest.size);
    return NULL;
}

static const char *push_number(unpacker *unpack, char tag) {
    uint64_t bits;
    double number;
    if (!get_fixed(unpack, &bits, 8))
        return damaged;
    memcpy(&number, &bits, sizeof number);
    if (tag == 'i')
        lua_pushinteger(unpack->L, (lua_Integer)bits);
    else
        lua_pushnumber(unpack->L, number);
    return NULL;
}

static const char *push_value(unpacker *unpack) {
    if (++unpack->values > VALUES)
        return too_much;
    if (unpack->rest.size == 0)
        return damaged;
    char tag = unpack->rest.data[0];
    unpack->rest = sheaf_slice_part(unpack->rest, 1, unpack->rest.size);
    switch (tag) {
    case 'n': lua_pushnil(unpack->L); return NULL;
    case 't':
    case 'f': lua_pushboolean(unpack->L, tag == 't'); return NULL;
    case 'N': lua_pushlightuserdata(unpack->L, NULL); return NULL;
    case 'i':
    case 'd': return push_number(unpack, tag);
    case 's': return push_string(unpack);
    case 'T': return push_table(unpack);
    default: return damaged;
    }
}

const char *sheaf_parcel_push(lua_State *L, sheaf_slice bytes) {
    unpacker unpack = {.L = L, .rest = bytes};
    luaL_checkstack(L, 8, "no room");
    const char *problem = push_value(&unpack);
    if (!problem && unpack.rest.size) {
        lua_pop(L, 1);
        problem = damaged;
    }
    return problem;
}
