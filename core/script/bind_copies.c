/* bind_copies.c - copies among sheaves, and how two texts lie to one another. */
#include "script/bind.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "index/align.h"
#include "index/passages.h"
#include "script/copies.h"

enum { FILES_MAX = 100000, THREADS_MAX = 64 };

/* ---- copies ---------------------------------------------------------------------- */

static int clear_found(lua_State *L) {
    sheaf_found_clear(lua_touserdata(L, 1));
    return 0;
}

/* Pushes an empty one that is freed when the function ends. */
static sheaf_found *push_found(lua_State *L) {
    sheaf_found *found = lua_newuserdatauv(L, sizeof *found, 0);
    memset(found, 0, sizeof *found);
    sheaf_set_closer(L, "sheaf.found", clear_found);
    return found;
}

static double option_number(lua_State *L, const char *name, double least, double most) {
    double value = 0;
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, name);
        value = luaL_optnumber(L, -1, 0);
        lua_pop(L, 1);
    }
    if (value != 0 && !(value >= least && value <= most))
        luaL_error(L, "%s: expected %f to %f", name, least, most);
    return value;
}

/* The files at 1, one or a list, as an array on the stack. */
static void take_files(lua_State *L, sheaf_hunt *hunt) {
    if (lua_isuserdata(L, 1)) {
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, -2, 1);
        lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer count = luaL_len(L, 1);
    luaL_argcheck(L, count >= 1 && count <= FILES_MAX, 1, "no files, or too many");
    hunt->file_count = (size_t)count;
    hunt->files = lua_newuserdatauv(L, hunt->file_count * sizeof *hunt->files, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(L, 1, i + 1);
        hunt->files[i] = sheaf_check_file(L, -1); /* the table keeps it open */
        lua_pop(L, 1);
    }
}

/* Number of a member in its group, from 1; members ascend. */
static lua_Integer number_of(const uint32_t *members, size_t count, uint32_t article) {
    size_t from = 0, to = count;
    while (from + 1 < to) {
        size_t middle = (from + to) / 2;
        if (members[middle] <= article)
            from = middle;
        else
            to = middle;
    }
    return (lua_Integer)from + 1;
}

static void push_member(lua_State *L, const sheaf_hunt *hunt, uint32_t article) {
    size_t file;
    uint64_t ordinal;
    sheaf_hunt_locate(hunt, article, &file, &ordinal);
    lua_createtable(L, 0, 2);
    sheaf_set_integer(L, "file", (lua_Integer)file + 1);
    sheaf_set_integer(L, "position", (lua_Integer)ordinal + 1);
}

/* Groups without their matches; group_of[i] is that of members[i]. */
static void push_groups(lua_State *L, const sheaf_hunt *hunt, const sheaf_groups *groups) {
    lua_createtable(L, (int)groups->count, 0);
    for (size_t g = 0; g < groups->count; g++) {
        size_t count = groups->starts[g + 1] - groups->starts[g];
        lua_createtable(L, 0, 2);
        lua_createtable(L, (int)count, 0);
        for (size_t i = 0; i < count; i++) {
            push_member(L, hunt, groups->members[groups->starts[g] + i]);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        lua_setfield(L, -2, "members");
        lua_newtable(L);
        lua_setfield(L, -2, "matches");
        lua_rawseti(L, -2, (lua_Integer)g + 1);
    }
}

static void push_match(lua_State *L, const sheaf_match *match, const uint32_t *members,
                       size_t count) {
    lua_createtable(L, 0, 8);
    sheaf_set_integer(L, "a", number_of(members, count, match->a));
    sheaf_set_integer(L, "b", number_of(members, count, match->b));
    sheaf_set_integer(L, "shared", match->shared);
    sheaf_set_integer(L, "in_a", match->in_a);
    sheaf_set_integer(L, "in_b", match->in_b);
    lua_pushnumber(L, sheaf_match_share(match));
    lua_setfield(L, -2, "share");
    lua_pushnumber(L, sheaf_match_jaccard(match));
    lua_setfield(L, -2, "jaccard");
    lua_pushboolean(L, match->same);
    lua_setfield(L, -2, "same");
}

typedef struct place {
    uint32_t article;
    uint32_t group;
} place;

static int compare_places(const void *a, const void *b) {
    uint32_t left = ((const place *)a)->article, right = ((const place *)b)->article;
    return (left > right) - (left < right);
}

/* All members with their groups, by article; on the stack. */
static const place *push_places(lua_State *L, const sheaf_groups *groups) {
    size_t count = groups->count ? groups->starts[groups->count] : 0;
    place *places = lua_newuserdatauv(L, count * sizeof *places + 1, 0);
    for (size_t g = 0; g < groups->count; g++) {
        for (size_t i = groups->starts[g]; i < groups->starts[g + 1]; i++)
            places[i] = (place){groups->members[i], (uint32_t)g};
    }
    qsort(places, count, sizeof *places, compare_places);
    return places;
}

/* Adds each match to its group, for the list of groups at index. */
static void add_matches(lua_State *L, const sheaf_found *found, int index) {
    const sheaf_groups *groups = &found->groups;
    const place *places = push_places(L, groups);
    for (size_t i = 0; i < found->count; i++) {
        place key = {.article = found->matches[i].a};
        const place *at =
            bsearch(&key, places, groups->starts[groups->count], sizeof key, compare_places);
        size_t start = groups->starts[at->group];
        lua_geti(L, index, (lua_Integer)at->group + 1);
        lua_getfield(L, -1, "matches");
        push_match(L, &found->matches[i], groups->members + start,
                   groups->starts[at->group + 1] - start);
        lua_rawseti(L, -2, luaL_len(L, -2) + 1);
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
}

/* copies(files, {min=, fewest=, threads=}) -> groups, about; or nil, reason */
static int bind_copies(lua_State *L) {
    sheaf_error error = {0};
    sheaf_hunt hunt = {0};
    lua_settop(L, 2);
    hunt.least = option_number(L, "min", 0.01, 1);
    hunt.fewest = (uint32_t)option_number(L, "fewest", 1, 1000000);
    hunt.threads = (unsigned)option_number(L, "threads", 1, 100000);
    if (hunt.threads > THREADS_MAX)
        hunt.threads = THREADS_MAX;
    take_files(L, &hunt);
    if (hunt.least == 0)
        hunt.least = SHEAF_COPIES_LEAST;
    sheaf_found *found = push_found(L);
    if (sheaf_hunt_run(&hunt, found, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    push_groups(L, &hunt, &found->groups);
    if (found->count)
        add_matches(L, found, lua_gettop(L));
    lua_createtable(L, 0, 4);
    sheaf_set_integer(L, "articles", (lua_Integer)found->articles);
    sheaf_set_integer(L, "damaged", (lua_Integer)found->damaged);
    sheaf_set_integer(L, "candidates", (lua_Integer)found->candidates);
    sheaf_set_integer(L, "sketch_bytes", (lua_Integer)found->sketch_bytes);
    return 2;
}

/* ---- alignment --------------------------------------------------------------------- */

static int clear_alignment(lua_State *L) {
    sheaf_alignment_clear(lua_touserdata(L, 1));
    return 0;
}

static sheaf_alignment *push_alignment(lua_State *L) {
    sheaf_alignment *alignment = lua_newuserdatauv(L, sizeof *alignment, 0);
    memset(alignment, 0, sizeof *alignment);
    sheaf_set_closer(L, "sheaf.alignment", clear_alignment);
    return alignment;
}

/* t[key] = {from, to}, as string.sub counts; nothing when it is empty. */
static void set_range(lua_State *L, const char *key, uint32_t from, uint32_t to) {
    if (from == to)
        return;
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, (lua_Integer)from + 1);
    lua_rawseti(L, -2, 1);
    lua_pushinteger(L, to);
    lua_rawseti(L, -2, 2);
    lua_setfield(L, -2, key);
}

static sheaf_slice check_utf8(lua_State *L, int index) {
    sheaf_slice text = sheaf_check_slice(L, index);
    luaL_argcheck(L, sheaf_utf8_valid(text), index, "the text is not UTF-8");
    return text;
}

/* align(a, b) -> list of {kind=, quotation=, a={from, to}, b={from, to}, score=} */
static int bind_align(lua_State *L) {
    static const char *const kinds[] = {"shared", "altered", "only_a", "only_b"};
    sheaf_error error = {0};
    sheaf_slice a = check_utf8(L, 1), b = check_utf8(L, 2);
    sheaf_alignment *alignment = push_alignment(L);
    if (sheaf_align(alignment, a, b, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_createtable(L, (int)alignment->count, 0);
    for (size_t i = 0; i < alignment->count; i++) {
        const sheaf_aligned *item = &alignment->items[i];
        lua_createtable(L, 0, 5);
        lua_pushstring(L, kinds[item->kind]);
        lua_setfield(L, -2, "kind");
        lua_pushboolean(L, item->quotation);
        lua_setfield(L, -2, "quotation");
        set_range(L, "a", item->a_from, item->a_to);
        set_range(L, "b", item->b_from, item->b_to);
        lua_pushnumber(L, item->score);
        lua_setfield(L, -2, "score");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* ---- passages ------------------------------------------------------------------------ */

typedef struct passages_handle {
    sheaf_passages *passages; /* NULL: found already, or closed */
} passages_handle;

static int passages_close(lua_State *L) {
    passages_handle *handle = luaL_checkudata(L, 1, "sheaf.passages");
    sheaf_passages_free(handle->passages);
    handle->passages = NULL;
    return 0;
}

/* passages() -> what texts are added to */
static int bind_passages(lua_State *L) {
    passages_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->passages = NULL;
    luaL_setmetatable(L, "sheaf.passages");
    handle->passages = sheaf_passages_new();
    sheaf_check_memory(L, !handle->passages);
    return 1;
}

static sheaf_passages *check_passages(lua_State *L) {
    passages_handle *handle = luaL_checkudata(L, 1, "sheaf.passages");
    if (!handle->passages)
        luaL_error(L, "the passages were found already");
    return handle->passages;
}

/* passages:add(text) -> true | nil, reason */
static int passages_add(lua_State *L) {
    sheaf_error error = {0};
    sheaf_passages *passages = check_passages(L);
    if (sheaf_passages_add(passages, check_utf8(L, 2), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static void push_place(lua_State *L, const sheaf_place *where) {
    lua_createtable(L, 0, 4);
    sheaf_set_integer(L, "text", (lua_Integer)where->text + 1);
    sheaf_set_integer(L, "from", (lua_Integer)where->from + 1);
    sheaf_set_integer(L, "to", where->to);
    sheaf_set_integer(L, "variant", (lua_Integer)where->variant + 1);
}

static void push_passage(lua_State *L, const sheaf_passage *passage) {
    lua_createtable(L, 0, 4);
    sheaf_set_integer(L, "texts", passage->texts);
    sheaf_set_integer(L, "variants", passage->variants);
    lua_pushboolean(L, passage->quotation);
    lua_setfield(L, -2, "quotation");
    lua_createtable(L, (int)passage->count, 0);
    for (uint32_t i = 0; i < passage->count; i++) {
        push_place(L, &passage->places[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "places");
}

/* passages:find() -> list of {texts=, variants=, quotation=, places={…}}; it is used up */
static int passages_find(lua_State *L) {
    sheaf_error error = {0};
    size_t count = 0;
    sheaf_passage passage;
    sheaf_passages *passages = check_passages(L);
    if (sheaf_passages_find(passages, &count, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        sheaf_passages_get(passages, i, &passage);
        push_passage(L, &passage);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushcfunction(L, passages_close);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 0);
    return 1;
}

void sheaf_bind_copies(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"copies", bind_copies}, {"align", bind_align}, {"passages", bind_passages}, {NULL, NULL}};
    static const luaL_Reg methods[] = {
        {"add", passages_add}, {"find", passages_find}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", passages_close}, {"__close", passages_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.passages", methods, metamethods);
    luaL_setfuncs(L, functions, 0);
}
