/* bind_counts.c - frequencies and n-grams, as Lua sees them.
 *
 *   counts(files, {n = 2, by = "month", min = 5, limit = 100, …})
 *     -> {kinds =, damaged =, groups = {{name =, words =, articles =, kinds =}, …},
 *         {text =, count =, articles =, group =}, …}
 *
 * With positions = {{3, 7, …}, …}, a list a file, only those articles are counted; with
 * against = "rest" the others are the second side; with sides = {1, 1, 2} files are sides.
 * Rows of sides have other =, other_articles =, keyness = and ratio =, too. */
#include "script/bind.h"

#include "base/memory.h"
#include "script/counts.h"
#include "text/fold.h"

enum { FILES_MOST = 10000, SIDES = 2 };

/* What counting holds while Lua may raise. */
typedef struct counting {
    sheaf_tally_options options;
    sheaf_tally tally;
    sheaf_file **files;
    uint8_t **side;
    size_t count;
    sheaf_map stop, only;
    sheaf_arena words;
    sheaf_buffer room;
} counting;

static int clear_counting(lua_State *L) {
    counting *c = lua_touserdata(L, 1);
    sheaf_tally_clear(&c->tally);
    for (size_t i = 0; c->side && i < c->count; i++)
        sheaf_free(c->side[i]);
    sheaf_free(c->side);
    sheaf_free(c->files);
    sheaf_map_clear(&c->stop);
    sheaf_map_clear(&c->only);
    sheaf_arena_clear(&c->words);
    sheaf_buffer_clear(&c->room);
    memset(c, 0, sizeof *c); /* it is called again by collection */
    return 0;
}

/* ---- options -------------------------------------------------------------------- */

static uint64_t number(lua_State *L, const char *name, lua_Integer usual, lua_Integer most) {
    lua_getfield(L, 2, name);
    lua_Integer value = luaL_optinteger(L, -1, usual);
    lua_pop(L, 1);
    if (value < 0 || value > most)
        luaL_error(L, "%s: expected a number from 0 to %I", name, most);
    return (uint64_t)value;
}

static int choice(lua_State *L, const char *name, const char *const *names) {
    lua_getfield(L, 2, name);
    const char *given = luaL_optstring(L, -1, names[0]);
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], given) == 0) {
            lua_pop(L, 1);
            return i;
        }
    }
    return luaL_error(L, "%s: \"%s\" is none of the words that are good", name, given);
}

/* The words of a list, folded, in a map. */
static const sheaf_map *take_words(lua_State *L, counting *c, const char *name, sheaf_map *map) {
    if (lua_getfield(L, 2, name) == LUA_TNIL) {
        lua_pop(L, 1);
        return NULL;
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    int list = lua_gettop(L);
    for (lua_Integer i = 1, count = luaL_len(L, list); i <= count; i++) {
        lua_geti(L, list, i);
        sheaf_buffer_reset(&c->room);
        sheaf_fold(&c->room, sheaf_check_text(L, lua_gettop(L)));
        sheaf_slice word = sheaf_arena_copy(&c->words, sheaf_buffer_view(&c->room));
        sheaf_check_memory(L, c->room.failed || !word.data || !sheaf_map_put(map, word, 1));
        lua_settop(L, list);
    }
    lua_pop(L, 1);
    return map;
}

static void take_options(lua_State *L, counting *c) {
    static const char *const by[] = {"all",  "site",  "publisher", "language",
                                     "year", "month", "day",       NULL};
    static const char *const orders[] = {"count", "articles", "word", "keyness", "ratio", NULL};
    static const char *const fields[] = {"text", "headline", "both", NULL};
    sheaf_tally_options *o = &c->options;
    o->n = (unsigned)number(L, "n", 1, SHEAF_COUNTS_N);
    o->by = (sheaf_tally_by)choice(L, "by", by);
    o->order = (sheaf_tally_order)choice(L, "sort", orders);
    o->fields = (unsigned)choice(L, "field", fields) + 1;
    o->min = number(L, "min", 1, INT32_MAX);
    o->articles = number(L, "min_articles", 0, INT32_MAX);
    o->limit = (size_t)number(L, "limit", 0, INT32_MAX);
    o->threads = (unsigned)number(L, "threads", 1, 256);
    o->stop = take_words(L, c, "stop", &c->stop);
    o->only = take_words(L, c, "only", &c->only);
    if (o->n == 0)
        luaL_error(L, "n: expected 1 to %d", SHEAF_COUNTS_N);
}

/* ---- sides ---------------------------------------------------------------------- */

static void make_sides(lua_State *L, counting *c, int value) {
    c->side = sheaf_calloc(c->count + 1, sizeof *c->side);
    sheaf_check_memory(L, !c->side);
    for (size_t i = 0; i < c->count; i++) {
        size_t size = (size_t)sheaf_file_count(c->files[i]);
        c->side[i] = sheaf_malloc(size + 1);
        sheaf_check_memory(L, !c->side[i]);
        memset(c->side[i], value, size + 1);
    }
    c->options.side = c->side;
}

/* positions = {{…}, …}: those are the first side, and others are the second or left out. */
static void take_positions(lua_State *L, counting *c) {
    lua_getfield(L, 2, "against");
    bool rest = !lua_isnil(L, -1);
    lua_pop(L, 1);
    if (lua_getfield(L, 2, "positions") == LUA_TTABLE) {
        make_sides(L, c, rest ? 1 : SHEAF_TALLY_NOT);
        for (size_t i = 0; i < c->count; i++) {
            size_t most = (size_t)sheaf_file_count(c->files[i]);
            if (lua_geti(L, -1, (lua_Integer)i + 1) == LUA_TTABLE) {
                for (lua_Integer j = 1, count = luaL_len(L, -1); j <= count; j++) {
                    lua_geti(L, -1, j);
                    lua_Integer position = luaL_checkinteger(L, -1);
                    if (position >= 1 && (size_t)position <= most)
                        c->side[i][position - 1] = 0;
                    lua_pop(L, 1);
                }
            }
            lua_pop(L, 1);
        }
        if (rest)
            c->options.by = SHEAF_TALLY_SIDES;
    }
    lua_pop(L, 1);
}

/* sides = {1, 2}: of each file. What positions leave out stays out. */
static void take_sides(lua_State *L, counting *c) {
    if (lua_getfield(L, 2, "sides") == LUA_TTABLE) {
        if (!c->side)
            make_sides(L, c, 0);
        for (size_t i = 0; i < c->count; i++) {
            lua_geti(L, -1, (lua_Integer)i + 1);
            lua_Integer side = luaL_checkinteger(L, -1);
            size_t size = (size_t)sheaf_file_count(c->files[i]);
            luaL_argcheck(L, side >= 1 && side <= SIDES, 2, "sides: expected 1 or 2");
            for (size_t j = 0; j < size; j++) {
                if (c->side[i][j] != SHEAF_TALLY_NOT)
                    c->side[i][j] = (uint8_t)(side - 1);
            }
            lua_pop(L, 1);
        }
        c->options.by = SHEAF_TALLY_SIDES;
    }
    lua_pop(L, 1);
}

/* ---- results -------------------------------------------------------------------- */

static void push_groups(lua_State *L, const sheaf_tally *tally) {
    lua_createtable(L, (int)tally->group_count, 0);
    for (size_t i = 0; i < tally->group_count; i++) {
        const sheaf_tally_group *group = &tally->groups[i];
        lua_createtable(L, 0, 4);
        sheaf_set_slice(L, "name", group->name);
        sheaf_set_integer(L, "words", (lua_Integer)group->words);
        sheaf_set_integer(L, "articles", (lua_Integer)group->articles);
        sheaf_set_integer(L, "kinds", (lua_Integer)group->kinds);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_row(lua_State *L, const sheaf_tally_row *row, bool sides) {
    lua_createtable(L, 0, sides ? 7 : 4);
    sheaf_set_slice(L, "text", row->key);
    sheaf_set_integer(L, "count", (lua_Integer)row->count);
    sheaf_set_integer(L, "articles", (lua_Integer)row->articles);
    if (!sides) {
        sheaf_set_integer(L, "group", (lua_Integer)row->group + 1);
        return;
    }
    sheaf_set_integer(L, "other", (lua_Integer)row->other);
    sheaf_set_integer(L, "other_articles", (lua_Integer)row->other_articles);
    lua_pushnumber(L, row->keyness);
    lua_setfield(L, -2, "keyness");
    lua_pushnumber(L, row->ratio);
    lua_setfield(L, -2, "ratio");
}

static void take_files(lua_State *L, counting *c) {
    lua_Integer size = luaL_len(L, 1);
    luaL_argcheck(L, size >= 1 && size <= FILES_MOST, 1, "expected one sheaf or more");
    c->files = sheaf_calloc((size_t)size, sizeof *c->files);
    sheaf_check_memory(L, !c->files);
    for (lua_Integer i = 1; i <= size; i++) {
        lua_geti(L, 1, i);
        c->files[i - 1] = sheaf_check_file(L, -1);
        lua_pop(L, 1);
    }
    c->count = (size_t)size;
}

/* counts(files, options) -> rows | nil, why */
static int bind_counts(lua_State *L) {
    sheaf_error error = {0};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_newtable(L);
        lua_replace(L, 2);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    counting *c = lua_newuserdatauv(L, sizeof *c, 0);
    memset(c, 0, sizeof *c);
    sheaf_arena_init(&c->words);
    sheaf_arena_init(&c->tally.arena);
    sheaf_arena_init(&c->tally.names);
    sheaf_set_closer(L, "sheaf.counting", clear_counting);
    take_options(L, c);
    take_files(L, c);
    take_positions(L, c);
    take_sides(L, c);
    if (sheaf_tally_run(&c->tally, c->files, c->count, &c->options, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_createtable(L, (int)c->tally.count, 3);
    for (size_t i = 0; i < c->tally.count; i++) {
        push_row(L, &c->tally.rows[i], c->options.by == SHEAF_TALLY_SIDES);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    push_groups(L, &c->tally);
    lua_setfield(L, -2, "groups");
    sheaf_set_integer(L, "kinds", (lua_Integer)c->tally.kinds);
    sheaf_set_integer(L, "damaged", (lua_Integer)c->tally.damaged);
    return 1;
}

void sheaf_bind_counts(lua_State *L) {
    static const luaL_Reg functions[] = {{"counts", bind_counts}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
