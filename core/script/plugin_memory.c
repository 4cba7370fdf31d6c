/* plugin_memory.c - does a plugin remember something from one article to the next?
 *
 * A filter that counts, or notes what it has seen, judges an article by those before it, and must
 * see them all, in order. Whether one does is seen by looking: a hash of everything that its
 * functions reach through their upvalues, taken twice, differs when something was noted. Globals
 * are frozen, so upvalues are the only place. Tables are walked as they come; the hash does not
 * depend on the order. */
#include "script/plugin.h"

#include "base/hash.h"

enum { DEPTH = 24 };

typedef struct walker {
    lua_State *L;
    int seen; /* index of a table: what was walked already */
    int depth;
    uint64_t hash;
} walker;

static uint64_t mix(uint64_t value) {
    value = (value ^ value >> 33) * UINT64_C(0xff51afd7ed558ccd);
    value = (value ^ value >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return value ^ value >> 33;
}

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Of the value itself, not of what it holds. */
static uint64_t hash_of(lua_State *L, int index) {
    int type = lua_type(L, index);
    uint64_t hash = (uint64_t)type;
    sheaf_slice text;
    switch (type) {
    case LUA_TBOOLEAN: hash += 16 + (uint64_t)lua_toboolean(L, index); break;
    case LUA_TNUMBER:
        hash ^= lua_isinteger(L, index) ? (uint64_t)lua_tointeger(L, index)
                                        : bits_of(lua_tonumber(L, index));
        break;
    case LUA_TSTRING:
        text.data = lua_tolstring(L, index, &text.size);
        hash ^= sheaf_hash64(text);
        break;
    case LUA_TNIL: break;
    default: hash ^= (uint64_t)(uintptr_t)lua_topointer(L, index); break;
    }
    return mix(hash);
}

static void walk(walker *w, int index);

/* True the first time that it is asked for the table or function at index. */
static bool is_new(walker *w, int index) {
    lua_pushvalue(w->L, index);
    bool known = lua_rawget(w->L, w->seen) != LUA_TNIL;
    lua_pop(w->L, 1);
    if (known || w->depth == DEPTH)
        return false;
    lua_pushvalue(w->L, index);
    lua_pushboolean(w->L, 1);
    lua_rawset(w->L, w->seen);
    return true;
}

static void walk_table(walker *w, int index) {
    lua_State *L = w->L;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int value = lua_gettop(L);
        w->hash += mix(hash_of(L, value - 1) ^ (hash_of(L, value) << 1));
        walk(w, value);
        lua_pop(L, 1);
    }
}

static void walk_upvalues(walker *w, int index) {
    if (lua_iscfunction(w->L, index))
        return;
    for (int i = 1; lua_getupvalue(w->L, index, i); i++) {
        w->hash += mix(hash_of(w->L, lua_gettop(w->L)) + (uint64_t)i);
        walk(w, lua_gettop(w->L));
        lua_pop(w->L, 1);
    }
}

static void walk(walker *w, int index) {
    int type = lua_type(w->L, index);
    if ((type != LUA_TTABLE && type != LUA_TFUNCTION) || !is_new(w, index))
        return;
    luaL_checkstack(w->L, 8, "nested too deep");
    w->depth++;
    if (type == LUA_TTABLE)
        walk_table(w, index);
    else
        walk_upvalues(w, index);
    w->depth--;
}

typedef struct memory_request {
    sheaf_plugin *plugin;
    uint64_t *hash;
} memory_request;

/* Globals are walked as far as a trusted plugin may set them: not into libraries. */
static void walk_globals(walker *w) {
    lua_State *L = w->L;
    lua_pushglobaltable(L);
    is_new(w, lua_gettop(L));
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_istable(L, -1))
            is_new(w, lua_gettop(L));
        w->hash += mix(hash_of(L, -2) ^ (hash_of(L, -1) << 1));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static int memory_inner(lua_State *L) {
    const memory_request *request = lua_touserdata(L, 1);
    const sheaf_plugin *plugin = request->plugin;
    lua_newtable(L);
    walker w = {.L = L, .seen = lua_gettop(L)};
    walk_globals(&w);
    for (int i = 0; i < SHEAF_PART_COUNT; i++) {
        if (!sheaf_plugin_push_part(L, plugin, (sheaf_plugin_part)i))
            continue;
        walk(&w, lua_gettop(L));
        lua_pop(L, 1);
    }
    *request->hash = w.hash;
    return 0;
}

bool sheaf_plugin_memory(sheaf_plugin *plugin, uint64_t *hash) {
    memory_request request = {plugin, hash};
    return sheaf_state_call(plugin->state, memory_inner, &request, 0);
}
