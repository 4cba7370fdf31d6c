/* bind_kwic.c - concordances, as Lua sees them.
 *
 *   sheaf.kwic({file, …}, "peace", {sort = {"R1", "R2"}, limit = 100})
 *     -> {total =, articles =, scanned =, damaged =, cut =,
 *         {file =, position =, id =, left =, node =, right =, from =, to =, …}, …} */
#include "script/bind.h"

#include "script/kwic.h"

enum { FILES_MOST = 10000, WIDTH_USUAL = 80, WIDTH_MOST = 10000 };

/* ---- options -------------------------------------------------------------------- */

static lua_Integer option(lua_State *L, int index, const char *name, lua_Integer usual) {
    lua_getfield(L, index, name);
    lua_Integer value = luaL_optinteger(L, -1, usual);
    lua_pop(L, 1);
    if (value < 0)
        luaL_error(L, "%s: expected a number from 0 on", name);
    return value;
}

static bool take_step(sheaf_kwic_step *step, sheaf_slice name) {
    static const struct {
        const char *name;
        sheaf_kwic_by by;
    } known[] = {{"node", SHEAF_KWIC_NODE},
                 {"date", SHEAF_KWIC_DATE},
                 {"site", SHEAF_KWIC_SITE},
                 {"language", SHEAF_KWIC_LANGUAGE}};
    *step = (sheaf_kwic_step){0};
    if (name.size > 0 && name.data[0] == '-') {
        step->descending = true;
        name = sheaf_slice_part(name, 1, name.size);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        step->by = known[i].by;
        if (sheaf_slice_is(name, known[i].name))
            return true;
    }
    if (name.size != 2 || (name.data[0] != 'L' && name.data[0] != 'R'))
        return false;
    step->by = name.data[0] == 'L' ? SHEAF_KWIC_LEFT : SHEAF_KWIC_RIGHT;
    step->number = (unsigned)(name.data[1] - '0');
    return name.data[1] >= '1' && name.data[1] <= '0' + SHEAF_KWIC_FAR;
}

static void take_order(lua_State *L, int index, sheaf_kwic_order *order) {
    lua_getfield(L, index, "sort");
    if (!lua_isnil(L, -1)) {
        luaL_checktype(L, -1, LUA_TTABLE);
        lua_Integer count = luaL_len(L, -1);
        if (count > SHEAF_KWIC_STEPS)
            luaL_error(L, "sort: expected at most %d steps", SHEAF_KWIC_STEPS);
        for (lua_Integer i = 1; i <= count; i++) {
            lua_geti(L, -1, i);
            if (!take_step(&order->steps[order->count++], sheaf_check_slice(L, -1)))
                luaL_error(L, "sort: expected L1 to L5, R1 to R5, node, date, site or language, "
                              "perhaps with - before it");
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

static sheaf_kwic_options take_options(lua_State *L, int index) {
    sheaf_kwic_options o = {.width = WIDTH_USUAL, .threads = 1};
    if (lua_isnoneornil(L, index))
        return o;
    luaL_checktype(L, index, LUA_TTABLE);
    lua_Integer width = option(L, index, "width", WIDTH_USUAL);
    lua_Integer threads = option(L, index, "threads", 1);
    o.limit = (size_t)option(L, index, "limit", 0);
    o.sample = (size_t)option(L, index, "sample", 0);
    o.seed = (uint64_t)option(L, index, "seed", 1);
    o.width = width > WIDTH_MOST ? WIDTH_MOST : (size_t)width;
    o.threads = threads < 1 || threads > 256 ? 1 : (unsigned)threads;
    take_order(L, index, &o.order);
    return o;
}

/* ---- results -------------------------------------------------------------------- */

static int clear_kwic(lua_State *L) {
    sheaf_kwic_clear(lua_touserdata(L, 1));
    return 0;
}

/* Bytes are counted from 1 with the last one included, as string.sub takes them; first and
 * last count characters from 0, end excluded, as all that leaves sheaf does. */
static void push_line(lua_State *L, const sheaf_kwic_entry *entry) {
    const sheaf_kwic_line *line = &entry->line;
    lua_createtable(L, 0, 16);
    sheaf_set_integer(L, "file", (lua_Integer)entry->file + 1);
    sheaf_set_integer(L, "position", (lua_Integer)entry->ordinal + 1);
    sheaf_set_slice(L, "id", entry->id);
    sheaf_set_slice(L, "url", entry->url);
    sheaf_set_slice(L, "published", entry->date);
    sheaf_set_slice(L, "site", entry->site);
    sheaf_set_slice(L, "publisher", entry->publisher);
    sheaf_set_slice(L, "language", entry->language);
    sheaf_set_slice(L, "headline", entry->headline);
    lua_pushstring(L, line->field == SHEAF_KWIC_HEADLINE ? "headline" : "text");
    lua_setfield(L, -2, "field");
    sheaf_set_integer(L, "from", (lua_Integer)line->from + 1);
    sheaf_set_integer(L, "to", (lua_Integer)line->to);
    sheaf_set_integer(L, "first", (lua_Integer)line->first);
    sheaf_set_integer(L, "last", (lua_Integer)line->last);
    sheaf_push_slice(L, line->left);
    lua_setfield(L, -2, "left");
    sheaf_push_slice(L, line->node);
    lua_setfield(L, -2, "node");
    sheaf_push_slice(L, line->right);
    lua_setfield(L, -2, "right");
}

static void push_kwic(lua_State *L, const sheaf_kwic *kwic) {
    lua_createtable(L, (int)kwic->count, 5);
    for (size_t i = 0; i < kwic->count; i++) {
        push_line(L, kwic->lines[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    sheaf_set_integer(L, "total", (lua_Integer)kwic->total);
    sheaf_set_integer(L, "articles", (lua_Integer)kwic->articles);
    sheaf_set_integer(L, "scanned", (lua_Integer)kwic->scanned);
    sheaf_set_integer(L, "damaged", (lua_Integer)kwic->damaged);
    lua_pushboolean(L, kwic->cut);
    lua_setfield(L, -2, "cut");
}

/* The files of the list at index; *count of them. */
static sheaf_file **take_files(lua_State *L, int index, size_t *count) {
    luaL_checktype(L, index, LUA_TTABLE);
    lua_Integer size = luaL_len(L, index);
    luaL_argcheck(L, size >= 0 && size <= FILES_MOST, index, "too many sheaves");
    *count = (size_t)size;
    sheaf_file **files = lua_newuserdatauv(L, (*count + 1) * sizeof(sheaf_file *), 0);
    for (size_t i = 0; i < *count; i++) {
        lua_geti(L, index, (lua_Integer)i + 1);
        files[i] = sheaf_check_file(L, -1);
        lua_pop(L, 1);
    }
    return files;
}

/* kwic(files, query, options) -> lines | nil, why, byte */
static int bind_kwic(lua_State *L) {
    sheaf_error error = {0};
    size_t count;
    lua_settop(L, 3);
    sheaf_kwic_options o = take_options(L, 3);
    const sheaf_query *query = sheaf_take_query(L, 2);
    if (!query)
        return 3;
    sheaf_file **files = take_files(L, 1, &count);
    sheaf_kwic *kwic = lua_newuserdatauv(L, sizeof *kwic, 0);
    memset(kwic, 0, sizeof *kwic);
    sheaf_set_closer(L, "sheaf.kwic", clear_kwic);
    if (sheaf_kwic_run(kwic, files, count, query, &o, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    push_kwic(L, kwic);
    return 1;
}

void sheaf_bind_kwic(lua_State *L) {
    static const luaL_Reg functions[] = {{"kwic", bind_kwic}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
