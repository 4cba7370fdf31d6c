/* bind_json.c - Lua values as JSON, and back.
 *
 * A table whose keys are 1 to n is an array, an empty one too; any other is an
 * object, its keys strings and written in order, so that equal values give
 * equal bytes. sheaf.null, a light userdata of NULL, stands for null. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/json.h"
#include "script/bind.h"

enum { ENCODE_DEPTH = 64, ENCODE_BYTES = 256 << 20, DECODE_DEPTH = 128 };

typedef struct encoder {
    lua_State *L;
    sheaf_buffer *out;
    int depth;
} encoder;

static const char *encode_value(encoder *encode, int index);

static const char *encode_number(encoder *encode, int index) {
    if (lua_isinteger(encode->L, index)) {
        sheaf_buffer_printf(encode->out, "%lld", (long long)lua_tointeger(encode->L, index));
        return NULL;
    }
    double number = lua_tonumber(encode->L, index);
    if (!isfinite(number))
        return "JSON has no infinite numbers and no NaN";
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    sheaf_buffer_append(encode->out, text, strlen(text));
    return NULL;
}

/* Number of keys, or -1 when they are not just 1 to n. */
static lua_Integer array_size(lua_State *L, int index) {
    lua_Integer size = 0, entries = (lua_Integer)lua_rawlen(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        lua_Integer key = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
        if (key < 1 || key > entries) {
            lua_pop(L, 1);
            return -1;
        }
        size++;
    }
    return size == entries ? size : -1;
}

static const char *encode_array(encoder *encode, int index, lua_Integer size) {
    sheaf_buffer_char(encode->out, '[');
    for (lua_Integer i = 1; i <= size; i++) {
        if (i > 1)
            sheaf_buffer_char(encode->out, ',');
        lua_rawgeti(encode->L, index, i);
        const char *problem = encode_value(encode, lua_gettop(encode->L));
        lua_pop(encode->L, 1);
        if (problem)
            return problem;
    }
    sheaf_buffer_char(encode->out, ']');
    return NULL;
}

static int compare_keys(const void *a, const void *b) {
    return sheaf_slice_compare(*(const sheaf_slice *)a, *(const sheaf_slice *)b);
}

/* The keys, sorted, in a userdata that is pushed. NULL: one is no string. */
static sheaf_slice *sorted_keys(lua_State *L, int index, size_t *count) {
    *count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        *count += 1;
    }
    sheaf_slice *keys = lua_newuserdatauv(L, *count * sizeof *keys, 0);
    size_t filled = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            return lua_pop(L, 2), NULL;
        keys[filled].data = lua_tolstring(L, -1, &keys[filled].size);
        filled++;
    }
    qsort(keys, filled, sizeof *keys, compare_keys);
    return keys;
}

static const char *encode_object(encoder *encode, int index) {
    lua_State *L = encode->L;
    size_t count;
    const char *problem = NULL;
    sheaf_slice *keys = sorted_keys(L, index, &count);
    if (!keys)
        return "JSON objects have only string keys";
    sheaf_buffer_char(encode->out, '{');
    for (size_t i = 0; i < count && !problem; i++) {
        if (i > 0)
            sheaf_buffer_char(encode->out, ',');
        sheaf_json_write(encode->out, keys[i]);
        sheaf_buffer_char(encode->out, ':');
        sheaf_push_slice(L, keys[i]);
        lua_rawget(L, index);
        problem = encode_value(encode, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    sheaf_buffer_char(encode->out, '}');
    return problem;
}

static const char *encode_table(encoder *encode, int index) {
    if (encode->depth >= ENCODE_DEPTH)
        return "tables are nested too deep for JSON, or hold themselves";
    luaL_checkstack(encode->L, 8, "nested too deep");
    encode->depth++;
    lua_Integer size = array_size(encode->L, index);
    const char *problem =
        size >= 0 ? encode_array(encode, index, size) : encode_object(encode, index);
    encode->depth--;
    return problem;
}

static const char *encode_value(encoder *encode, int index) {
    sheaf_slice text;
    if (encode->out->failed || encode->out->size > ENCODE_BYTES)
        return "too much data for one JSON text";
    switch (lua_type(encode->L, index)) {
    case LUA_TNIL: sheaf_buffer_append(encode->out, "null", 4); return NULL;
    case LUA_TBOOLEAN:
        text = lua_toboolean(encode->L, index) ? SLICE("true") : SLICE("false");
        sheaf_buffer_add(encode->out, text);
        return NULL;
    case LUA_TNUMBER: return encode_number(encode, index);
    case LUA_TSTRING:
        text.data = lua_tolstring(encode->L, index, &text.size);
        sheaf_json_write(encode->out, text);
        return NULL;
    case LUA_TTABLE: return encode_table(encode, index);
    case LUA_TLIGHTUSERDATA:
        sheaf_buffer_append(encode->out, "null", 4);
        return lua_touserdata(encode->L, index) ? "a userdata has no JSON" : NULL;
    case LUA_TFUNCTION: return "a function has no JSON";
    default: return "a userdata has no JSON";
    }
}

const char *sheaf_encode_value(lua_State *L, int index, sheaf_buffer *out) {
    encoder encode = {L, out, 0};
    return encode_value(&encode, lua_absindex(L, index));
}

/* ---- decoding -------------------------------------------------------------- */

typedef struct decoder {
    lua_State *L;
    sheaf_json json;
    sheaf_json_token token;
    sheaf_arena *arena;
    sheaf_error *error;
} decoder;

static void push_number(lua_State *L, sheaf_slice raw) {
    char text[64];
    if (raw.size < sizeof text) {
        memcpy(text, raw.data, raw.size);
        text[raw.size] = '\0';
        if (lua_stringtonumber(L, text) == raw.size + 1)
            return;
    }
    lua_pushnumber(L, raw.size && raw.data[0] == '-' ? -HUGE_VAL : HUGE_VAL);
}

static void push_scalar(decoder *decode) {
    switch (decode->token.kind) {
    case SHEAF_JSON_STRING:
        sheaf_push_slice(decode->L, sheaf_json_text(decode->arena, &decode->token));
        break;
    case SHEAF_JSON_NUMBER: push_number(decode->L, decode->token.raw); break;
    case SHEAF_JSON_TRUE: lua_pushboolean(decode->L, 1); break;
    case SHEAF_JSON_FALSE: lua_pushboolean(decode->L, 0); break;
    default: lua_pushlightuserdata(decode->L, NULL); break;
    }
}

static sheaf_status next_token(decoder *decode) {
    return sheaf_json_next(&decode->json, &decode->token, decode->error);
}

/* Pushes the value that starts with the token just read. On failure things may
 * be left on the stack; the caller cuts it. */
static sheaf_status decode_value(decoder *decode) {
    sheaf_status status;
    sheaf_json_kind kind = decode->token.kind;
    if (kind != SHEAF_JSON_ARRAY && kind != SHEAF_JSON_OBJECT) {
        push_scalar(decode);
        return SHEAF_OK;
    }
    bool object = kind == SHEAF_JSON_OBJECT;
    luaL_checkstack(decode->L, 6, "nested too deep");
    lua_newtable(decode->L);
    for (lua_Integer i = 1;; i++) {
        if ((status = next_token(decode)) != SHEAF_OK)
            return status;
        if (decode->token.kind == (object ? SHEAF_JSON_OBJECT_END : SHEAF_JSON_ARRAY_END))
            return SHEAF_OK;
        if (object) {
            sheaf_push_slice(decode->L, sheaf_json_text(decode->arena, &decode->token));
            if ((status = next_token(decode)) != SHEAF_OK)
                return status;
        }
        if ((status = decode_value(decode)) != SHEAF_OK)
            return status;
        if (object)
            lua_rawset(decode->L, -3);
        else
            lua_rawseti(decode->L, -2, i);
    }
}

static sheaf_status decode_whole(decoder *decode) {
    sheaf_status status = next_token(decode);
    if (status == SHEAF_OK)
        status = decode_value(decode);
    return status == SHEAF_OK ? next_token(decode) : status;
}

/* A C function of its own, so that its arena is freed when it ends: json as a
 * slice, error -> value, or nothing on failure. */
static int decode_inner(lua_State *L) {
    const sheaf_slice *json = lua_touserdata(L, 1);
    decoder decode = {.L = L, .error = lua_touserdata(L, 2)};
    decode.arena = sheaf_scratch_arena(L);
    sheaf_json_init(&decode.json, *json, DECODE_DEPTH);
    sheaf_status status = decode_whole(&decode);
    sheaf_check_memory(L, decode.arena->failed);
    decode.error->status = status;
    return status == SHEAF_OK ? 1 : 0;
}

sheaf_status sheaf_decode_value(lua_State *L, sheaf_slice json, sheaf_error *error) {
    lua_pushcfunction(L, decode_inner);
    lua_pushlightuserdata(L, &json);
    lua_pushlightuserdata(L, error);
    lua_call(L, 2, 1);
    if (error->status != SHEAF_OK)
        lua_pop(L, 1);
    return error->status;
}

static int json_decode(lua_State *L) {
    sheaf_error error = {0};
    sheaf_slice json = sheaf_check_slice(L, 1);
    if (sheaf_decode_value(L, json, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return 1;
}

static int json_encode(lua_State *L) {
    luaL_checkany(L, 1);
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    const char *problem = sheaf_encode_value(L, 1, out);
    if (problem)
        return luaL_error(L, "cannot encode: %s", problem);
    sheaf_check_memory(L, out->failed);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

void sheaf_bind_json(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"encode", json_encode}, {"decode", json_decode}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
}
