/* bind_life.c - merge, split, seal, compact, drop, duplicates, diff. Host only.
 *
 * What the core tells while it works is kept in a buffer, and becomes tables when
 * it has come back: Lua may not be called, and may not fail, in between. */
#include "script/bind.h"

#include "store/life.h"
#include "text/diff_words.h"

/* What was told; items end with a zero byte. */
typedef struct news {
    sheaf_buffer *duplicates; /* path, id */
    sheaf_buffer *parts;      /* path, number */
    sheaf_buffer *warnings;
} news;

static void keep(sheaf_buffer *out, sheaf_slice text) {
    for (size_t i = 0; i < text.size; i++)
        sheaf_buffer_char(out, text.data[i] ? text.data[i] : ' ');
    sheaf_buffer_char(out, '\0');
}

static void on_duplicate(void *context, const char *path, sheaf_slice id) {
    news *to = context;
    keep(to->duplicates, sheaf_slice_of(path));
    keep(to->duplicates, id);
}

static void on_part(void *context, const char *path, uint64_t articles) {
    news *to = context;
    keep(to->parts, sheaf_slice_of(path));
    sheaf_buffer_printf(to->parts, "%llu", (unsigned long long)articles);
    sheaf_buffer_char(to->parts, '\0');
}

static void on_warning(void *context, const char *sentence) {
    keep(((news *)context)->warnings, sheaf_slice_of(sentence));
}

/* The options at index: {level=, threads=, frame_bytes=, without_originals=}; what is told goes to
 * news. */
static sheaf_life_options take_options(lua_State *L, int index, news *to) {
    sheaf_life_options options = {
        .context = to, .duplicate = on_duplicate, .part = on_part, .warn = on_warning};
    to->duplicates = sheaf_scratch_buffer(L);
    to->parts = sheaf_scratch_buffer(L);
    to->warnings = sheaf_scratch_buffer(L);
    if (lua_istable(L, index)) {
        lua_getfield(L, index, "level");
        options.level = (int)luaL_optinteger(L, -1, 0);
        lua_getfield(L, index, "threads");
        lua_Integer threads = luaL_optinteger(L, -1, 0);
        options.threads = threads < 0 || threads > 256 ? 0 : (unsigned)threads;
        lua_getfield(L, index, "frame_bytes");
        options.frame_bytes = (size_t)luaL_optinteger(L, -1, 0);
        lua_getfield(L, index, "without_originals");
        options.without_originals = lua_toboolean(L, -1);
        lua_pop(L, 4);
    }
    return options;
}

static sheaf_slice take_item(sheaf_slice *rest) {
    size_t end = sheaf_slice_find_char(*rest, 0, '\0');
    sheaf_slice item = sheaf_slice_part(*rest, 0, end);
    *rest = sheaf_slice_part(*rest, end == SIZE_MAX ? rest->size : end + 1, rest->size);
    return item;
}

/* t[key] = list of {first, second} for the table on the top. */
static void set_pairs(lua_State *L, const char *key, const sheaf_buffer *items,
                      const char *second) {
    sheaf_slice rest = sheaf_buffer_view(items);
    lua_newtable(L);
    for (lua_Integer i = 1; rest.size; i++) {
        lua_createtable(L, 0, 2);
        sheaf_set_slice(L, "path", take_item(&rest));
        sheaf_set_slice(L, second, take_item(&rest));
        lua_rawseti(L, -2, i);
    }
    lua_setfield(L, -2, key);
}

/* Pushes the counts and what was told. */
static int push_result(lua_State *L, const sheaf_life_counts *counts, const news *told) {
    sheaf_check_memory(L,
                       told->duplicates->failed || told->parts->failed || told->warnings->failed);
    lua_createtable(L, 0, 9);
    sheaf_set_integer(L, "articles", (lua_Integer)counts->articles);
    sheaf_set_integer(L, "duplicates", (lua_Integer)counts->duplicates);
    sheaf_set_integer(L, "dropped", (lua_Integer)counts->dropped);
    sheaf_set_integer(L, "copied", (lua_Integer)counts->copied);
    sheaf_set_integer(L, "packed", (lua_Integer)counts->packed);
    sheaf_set_integer(L, "joined", (lua_Integer)counts->joined);
    sheaf_set_integer(L, "bytes", (lua_Integer)counts->bytes);
    set_pairs(L, "left_out", told->duplicates, "id");
    set_pairs(L, "parts", told->parts, "articles");
    sheaf_slice rest = sheaf_buffer_view(told->warnings);
    lua_newtable(L);
    for (lua_Integer i = 1; rest.size; i++) {
        sheaf_push_slice(L, take_item(&rest));
        lua_rawseti(L, -2, i);
    }
    lua_setfield(L, -2, "warnings");
    return 1;
}

/* ---- new files ------------------------------------------------------------------------- */

/* merge(out, paths, options) */
static int bind_merge(lua_State *L) {
    sheaf_error error = {0};
    sheaf_life_counts counts;
    news told;
    const char *out = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 3);
    lua_Integer count = luaL_len(L, 2);
    luaL_argcheck(L, count >= 1 && count <= 100000, 2, "no paths, or too many");
    const char **paths = lua_newuserdatauv(L, (size_t)count * sizeof *paths, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(L, 2, i + 1);
        paths[i] = luaL_checkstring(L, -1); /* the table keeps it */
        lua_pop(L, 1);
    }
    sheaf_life_options options = take_options(L, 3, &told);
    if (sheaf_merge(out, paths, (size_t)count, &options, &counts, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return push_result(L, &counts, &told);
}

/* split(path, folder, by, number, options) */
static int bind_split(lua_State *L) {
    static const char *const names[] = {"count",     "size", "language", "site",
                                        "publisher", "year", NULL};
    sheaf_error error = {0};
    sheaf_life_counts counts;
    news told;
    const char *path = luaL_checkstring(L, 1), *folder = luaL_checkstring(L, 2);
    sheaf_split_by by = (sheaf_split_by)luaL_checkoption(L, 3, NULL, names);
    lua_Integer number = luaL_optinteger(L, 4, 0);
    lua_settop(L, 5);
    sheaf_life_options options = take_options(L, 5, &told);
    if (sheaf_split(path, folder, by, number < 0 ? 0 : (uint64_t)number, &options, &counts,
                    &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return push_result(L, &counts, &told);
}

/* seal(path, options), compact(path, options), tidy(path, options) */
static int bind_rewrite(lua_State *L,
                        sheaf_status (*rewrite)(const char *, const sheaf_life_options *,
                                                sheaf_life_counts *, sheaf_error *)) {
    sheaf_error error = {0};
    sheaf_life_counts counts;
    news told;
    const char *path = luaL_checkstring(L, 1);
    lua_settop(L, 2);
    sheaf_life_options options = take_options(L, 2, &told);
    if (rewrite(path, &options, &counts, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return push_result(L, &counts, &told);
}

static int bind_seal(lua_State *L) {
    return bind_rewrite(L, sheaf_seal);
}

static int bind_tidy(lua_State *L) {
    return bind_rewrite(L, sheaf_tidy);
}

static int bind_compact(lua_State *L) {
    return bind_rewrite(L, sheaf_compact);
}

/* ---- tombstones ---------------------------------------------------------------------------- */

/* drop(path, positions, sha256, plan): positions ascend */
static int bind_drop(lua_State *L) {
    sheaf_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    sheaf_slice state = sheaf_check_slice(L, 3);
    const char *plan = luaL_optstring(L, 4, NULL);
    lua_Integer count = luaL_len(L, 2);
    uint64_t *ordinals = lua_newuserdatauv(L, (size_t)count * sizeof *ordinals, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(L, 2, i + 1);
        lua_Integer position = luaL_checkinteger(L, -1);
        luaL_argcheck(L, position >= 1, 2, "positions begin at 1");
        ordinals[i] = (uint64_t)position - 1;
        lua_pop(L, 1);
    }
    if (sheaf_drop(path, ordinals, (size_t)count, state, plan, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

/* Numbers that were told, as 64 bits each. */
static bool keep_numbers(sheaf_buffer *out, const uint64_t *numbers, size_t count) {
    sheaf_buffer_append(out, numbers, count * sizeof *numbers);
    return !out->failed;
}

static bool on_twin(void *context, uint64_t dropped, uint64_t kept) {
    return keep_numbers(context, (uint64_t[]){dropped, kept}, 2);
}

static bool on_difference(void *context, sheaf_difference what, uint64_t before, uint64_t after) {
    return keep_numbers(context, (uint64_t[]){(uint64_t)what, before, after}, 3);
}

static uint64_t number_at(const sheaf_buffer *numbers, size_t i) {
    uint64_t number;
    memcpy(&number, numbers->data + i * sizeof number, sizeof number);
    return number;
}

/* duplicates(file) -> list of {dropped=, kept=}, positions */
static int bind_duplicates(lua_State *L) {
    sheaf_error error = {0};
    sheaf_file *file = sheaf_check_file(L, 1);
    sheaf_buffer *twins = sheaf_scratch_buffer(L);
    if (sheaf_duplicates(file, on_twin, twins, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_check_memory(L, twins->failed);
    lua_newtable(L);
    for (size_t i = 0; i < twins->size / 16; i++) {
        lua_createtable(L, 0, 2);
        sheaf_set_integer(L, "dropped", (lua_Integer)number_at(twins, 2 * i) + 1);
        sheaf_set_integer(L, "kept", (lua_Integer)number_at(twins, 2 * i + 1) + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* ---- diff --------------------------------------------------------------------------------------
 */

/* diff(old, new) -> list of {what=, old=, new=}, positions */
static int bind_diff(lua_State *L) {
    static const char *const names[] = {"added", "gone", "changed"};
    sheaf_error error = {0};
    sheaf_file *before = sheaf_check_file(L, 1), *after = sheaf_check_file(L, 2);
    sheaf_buffer *list = sheaf_scratch_buffer(L);
    if (sheaf_diff(before, after, on_difference, list, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_check_memory(L, list->failed);
    lua_newtable(L);
    for (size_t i = 0; i < list->size / 24; i++) {
        uint64_t what = number_at(list, 3 * i);
        lua_createtable(L, 0, 3);
        lua_pushstring(L, names[what]);
        lua_setfield(L, -2, "what");
        if (what != SHEAF_ADDED)
            sheaf_set_integer(L, "old", (lua_Integer)number_at(list, 3 * i + 1) + 1);
        if (what != SHEAF_GONE)
            sheaf_set_integer(L, "new", (lua_Integer)number_at(list, 3 * i + 2) + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* A piece is its kind, its words, and a zero byte. */
static void on_piece(void *context, char kind, sheaf_slice words) {
    sheaf_buffer_char(context, kind);
    keep(context, words);
}

/* diff_words(old, new) -> list of {kind, words}; nil when they have little in common */
static int bind_diff_words(lua_State *L) {
    sheaf_slice before = sheaf_check_slice(L, 1), after = sheaf_check_slice(L, 2);
    sheaf_buffer *pieces = sheaf_scratch_buffer(L);
    if (!sheaf_diff_words(before, after, on_piece, pieces))
        return luaL_pushfail(L), 1;
    sheaf_check_memory(L, pieces->failed);
    sheaf_slice rest = sheaf_buffer_view(pieces);
    lua_newtable(L);
    for (lua_Integer i = 1; rest.size; i++) {
        sheaf_slice item = take_item(&rest);
        lua_createtable(L, 2, 0);
        sheaf_push_slice(L, sheaf_slice_part(item, 0, 1));
        lua_rawseti(L, -2, 1);
        sheaf_push_slice(L, sheaf_slice_part(item, 1, item.size));
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, i);
    }
    return 1;
}

void sheaf_bind_life(lua_State *L) {
    static const luaL_Reg functions[] = {{"merge", bind_merge},
                                         {"split", bind_split},
                                         {"seal", bind_seal},
                                         {"compact", bind_compact},
                                         {"tidy", bind_tidy},
                                         {"drop", bind_drop},
                                         {"duplicates", bind_duplicates},
                                         {"diff", bind_diff},
                                         {"diff_words", bind_diff_words},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
