/* bind_crew.c - a crew in the hands of the host's Lua: see crew.h and lua/sheaf/crew.lua.
 *
 *   crew = core.crew { steps = {plugin…}, layers = {…}, exporter = plugin, mode =, threads = }
 *   crew:file(file, {…})   crew:give(a) -> full   crew:flush()      what comes in
 *   crew:take() -> number, remembers                                the next chunk
 *   crew:write(sink)   crew:parcel()                                what its exporter made of it
 *   crew:next() -> a | a, step, problem | false, position, reason   its articles, in order
 *   crew:counts() -> read, kept, {step = dropped}                   of those that next has come to
 */
#include "script/bind.h"
#include "script/crew.h"
#include "script/host.h"
#include "script/parcel.h"
#include "script/plugin.h"

#include "article/row.h"
#include "base/memory.h"
#include "store/select.h"
#include "store/store.h"

/* bind_select.c */
sheaf_select *sheaf_select_from_list(lua_State *L, int index, const sheaf_file *file, uint64_t from,
                                     uint64_t to);

enum { VALUE_PLUGINS = 1, VALUE_FILE, VALUE_LIST, VALUES = VALUE_LIST };

typedef struct crew_handle {
    sheaf_crew *crew;       /* NULL: closed */
    sheaf_plugin *exporter; /* kept by VALUE_PLUGINS; or NULL */
    bool wrote;             /* an article of some chunk, in mode ROWS */
    size_t step_count;
    sheaf_crew_mode mode;
    sheaf_crew_chunk *chunk; /* that was taken; or NULL */
    size_t cursor;           /* the next item of it */
    sheaf_loan loan;
    struct shared_file *shared;
} crew_handle;

static crew_handle *check_crew(lua_State *L) {
    crew_handle *handle = luaL_checkudata(L, 1, "sheaf.crew");
    if (!handle->crew)
        luaL_error(L, "the crew is closed already");
    return handle;
}

static int crew_close(lua_State *L) {
    crew_handle *handle = luaL_checkudata(L, 1, "sheaf.crew");
    sheaf_loan_clear(&handle->loan);
    sheaf_crew_free(handle->crew);
    handle->crew = NULL;
    handle->chunk = NULL;
    sheaf_let_go_file(&handle->shared);
    return 0;
}

/* ---- making one --------------------------------------------------------------------- */

static sheaf_plugin *plugin_at(lua_State *L, int index) {
    sheaf_plugin *plugin = luaL_checkudata(L, index, "sheaf.plugin");
    luaL_argcheck(L, plugin->state, index, "the plugin is closed");
    return plugin;
}

/* The steps of the list at 1.steps, in a userdata that is pushed. */
static sheaf_crew_step *take_steps(lua_State *L, size_t *count) {
    lua_getfield(L, 1, "steps");
    lua_getfield(L, 1, "layers");
    int steps = lua_gettop(L) - 1;
    *count = (size_t)luaL_len(L, steps);
    sheaf_crew_step *list = lua_newuserdatauv(L, (*count + 1) * sizeof *list, 0);
    for (size_t i = 0; i < *count; i++) {
        lua_geti(L, steps, (lua_Integer)i + 1);
        list[i].plugin = plugin_at(L, -1);
        list[i].layer = lua_istable(L, steps + 1) &&
                        (lua_geti(L, steps + 1, (lua_Integer)i + 1), lua_toboolean(L, -1));
        lua_settop(L, steps + 2);
    }
    return list;
}

static int bind_crew(lua_State *L) {
    static const char *const modes[] = {"articles", "rows", "parts", NULL};
    sheaf_error error = {0};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    sheaf_crew_plan plan = {.interrupted = sheaf_interrupt_flag()};
    plan.steps = take_steps(L, &plan.step_count);
    lua_getfield(L, 1, "mode");
    plan.mode = (sheaf_crew_mode)luaL_checkoption(L, -1, "articles", modes);
    lua_getfield(L, 1, "threads");
    lua_Integer threads = luaL_optinteger(L, -1, 1);
    plan.threads = threads < 1 ? 1 : threads > 256 ? 256 : (unsigned)threads;
    if (plan.mode != SHEAF_CREW_ARTICLES) {
        lua_getfield(L, 1, "exporter");
        plan.exporter = plugin_at(L, -1);
    }
    crew_handle *handle = lua_newuserdatauv(L, sizeof *handle, VALUES);
    *handle =
        (crew_handle){.step_count = plan.step_count, .mode = plan.mode, .exporter = plan.exporter};
    luaL_setmetatable(L, "sheaf.crew");
    lua_pushvalue(L, 1); /* keeps the plugins */
    lua_setiuservalue(L, -2, VALUE_PLUGINS);
    if (sheaf_crew_new(&handle->crew, &plan, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    return 1;
}

/* ---- what comes in --------------------------------------------------------------------- */

/* Ordinals, growing in a userdata of their own. */
typedef struct ordinal_list {
    uint64_t *items;
    size_t count, room;
} ordinal_list;

static int free_list(lua_State *L) {
    ordinal_list *list = lua_touserdata(L, 1);
    sheaf_free(list->items);
    list->items = NULL;
    return 0;
}

static ordinal_list *push_list(lua_State *L) {
    ordinal_list *list = lua_newuserdatauv(L, sizeof *list, 0);
    *list = (ordinal_list){0};
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_list);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return list;
}

static void add_ordinal(lua_State *L, ordinal_list *list, uint64_t ordinal) {
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 1024;
        uint64_t *grown = sheaf_realloc(list->items, room * sizeof *grown);
        sheaf_check_memory(L, !grown);
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = ordinal;
}

static void select_ordinals(lua_State *L, int test, sheaf_file *file, ordinal_list *list) {
    sheaf_error error = {0};
    uint64_t ordinal;
    sheaf_select *select = sheaf_select_from_list(L, test, file, 0, sheaf_file_count(file));
    sheaf_status status;
    while ((status = sheaf_select_next(select, &ordinal, &error)) == SHEAF_OK) {
        if (list->count == list->room && list->room >= SIZE_MAX / 32)
            break;
        add_ordinal(L, list, ordinal);
    }
    sheaf_select_close(select);
    if (status != SHEAF_END)
        luaL_error(L, "%s", error.message);
}

/* The table of positions at index, ascending. */
static void list_ordinals(lua_State *L, int index, ordinal_list *list) {
    lua_Integer count = luaL_len(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, index, i);
        lua_Integer position = luaL_checkinteger(L, -1);
        luaL_argcheck(L, position >= 1, index, "positions begin with 1");
        add_ordinal(L, list, (uint64_t)position - 1);
        lua_pop(L, 1);
    }
}

static uint64_t option_count(lua_State *L, const char *name, uint64_t missing) {
    lua_getfield(L, 3, name);
    lua_Integer value = luaL_optinteger(L, -1, -1);
    lua_pop(L, 1);
    return value < 0 ? missing : (uint64_t)value;
}

/* crew:file(file, {test=, positions=, first=, last=}): chunks [first, last), from 0 */
static int crew_file(lua_State *L) {
    sheaf_error error = {0};
    crew_handle *handle = check_crew(L);
    sheaf_file *file = sheaf_check_file(L, 2);
    lua_settop(L, 3);
    if (lua_isnil(L, 3)) {
        lua_newtable(L);
        lua_replace(L, 3);
    }
    ordinal_list *list = push_list(L); /* 4 */
    bool chosen = true;
    if (lua_getfield(L, 3, "test") == LUA_TTABLE)
        select_ordinals(L, 5, file, list);
    else if (lua_getfield(L, 3, "positions") == LUA_TTABLE)
        list_ordinals(L, lua_gettop(L), list);
    else
        chosen = false;
    if (chosen && !list->items)
        add_ordinal(L, list, 0), list->count = 0;
    uint64_t first = option_count(L, "first", 0), last = option_count(L, "last", UINT64_MAX);
    sheaf_let_go_file(&handle->shared);
    handle->shared = sheaf_share_file(L, 2);
    lua_pushvalue(L, 4);
    lua_setiuservalue(L, 1, VALUE_LIST);
    if (sheaf_crew_file(handle->crew, file, list->items, list->count, first, last, &error) !=
        SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    return 0;
}

static int crew_give(lua_State *L) {
    sheaf_error error = {0};
    bool full = false;
    crew_handle *handle = check_crew(L);
    sheaf_article *article = sheaf_article_check(L, 2);
    const sheaf_loan *known = sheaf_article_loan(L, 2);
    sheaf_row_return(article); /* it outlives its loan */
    sheaf_check_memory(L, article->arena.failed);
    if (sheaf_crew_give(handle->crew, article, known, &full, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    lua_pushboolean(L, full);
    return 1;
}

static int crew_flush(lua_State *L) {
    sheaf_crew_flush(check_crew(L)->crew);
    return 0;
}

static int crew_leave(lua_State *L) {
    crew_handle *handle = check_crew(L);
    sheaf_crew_leave(handle->crew, (size_t)luaL_checkinteger(L, 2));
    if (handle->exporter && handle->mode == SHEAF_CREW_ROWS)
        handle->exporter->written = handle->wrote;
    handle->mode = SHEAF_CREW_ARTICLES;
    return 0;
}

/* ---- what comes out ------------------------------------------------------------------------ */

/* crew:take() -> number of the chunk, and which step remembers; nil: no more; false: stopped
 * before its end */
static int crew_take(lua_State *L) {
    sheaf_error error = {0};
    crew_handle *handle = check_crew(L);
    sheaf_loan_end(&handle->loan);
    handle->cursor = 0;
    if (sheaf_crew_take(handle->crew, &handle->chunk, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    if (!handle->chunk) {
        luaL_pushfail(L);
        return 1;
    }
    if (handle->chunk->aborted) {
        lua_pushboolean(L, 0);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)handle->chunk->number);
    if (handle->chunk->remembers)
        lua_pushinteger(L, handle->chunk->remembers);
    else
        lua_pushnil(L);
    return 2;
}

static sheaf_crew_chunk *check_chunk(lua_State *L, crew_handle *handle) {
    if (!handle->chunk)
        luaL_error(L, "no chunk was taken");
    return handle->chunk;
}

/* Pushes an article of its own, as it was when it failed; or nil. */
static const char *push_failed(lua_State *L, const sheaf_trouble *trouble) {
    sheaf_error error = {0};
    if (trouble->row.size == 0) {
        lua_pushnil(L);
        return NULL;
    }
    sheaf_article *article = sheaf_article_push(L);
    if (sheaf_row_read(article, sheaf_buffer_view(&trouble->row), &SHEAF_LIMITS_DEFAULT, &error) !=
        SHEAF_OK)
        luaL_error(L, "%s", error.message);
    return article->field[SHEAF_FIELD_ID].data;
}

/* article, step, problem */
static int push_trouble(lua_State *L, const sheaf_trouble *trouble, unsigned step) {
    const char *id = push_failed(L, trouble);
    lua_pushinteger(L, (lua_Integer)step + 1);
    sheaf_fault_push(L, &trouble->fault, id);
    return 3;
}

/* false, position, reason */
static int push_damage(lua_State *L, const sheaf_trouble *trouble) {
    lua_pushboolean(L, 0);
    lua_pushinteger(L, (lua_Integer)trouble->ordinal + 1);
    lua_pushstring(L, trouble->fault.message);
    return 3;
}

static int crew_next(lua_State *L) {
    crew_handle *handle = check_crew(L);
    sheaf_crew_chunk *chunk = check_chunk(L, handle);
    sheaf_loan_end(&handle->loan);
    while (handle->cursor < chunk->item_count) {
        const sheaf_crew_item *item = &chunk->items[handle->cursor++];
        if (item->fate == SHEAF_FATE_FAILED)
            return push_trouble(L, &chunk->troubles[item->at], item->step);
        if (item->fate == SHEAF_FATE_DAMAGED)
            return push_damage(L, &chunk->troubles[item->at]);
        if (item->fate != SHEAF_FATE_KEPT || handle->mode != SHEAF_CREW_ARTICLES)
            continue;
        sheaf_loan_begin(&handle->loan, &chunk->articles[item->at]);
        handle->loan.has_words = item->has_words;
        handle->loan.words = item->words;
        sheaf_article_lend(L, &handle->loan, 1);
        return 1;
    }
    return 0;
}

/* crew:broken() -> nil, or the problem with which the exporter could not begin or end its part */
static int crew_broken(lua_State *L) {
    const sheaf_crew_chunk *chunk = check_chunk(L, check_crew(L));
    if (!chunk->broken)
        return 0;
    sheaf_fault_push(L, &chunk->troubles[chunk->trouble_count - 1].fault, NULL);
    return 1;
}

/* crew:counts() -> read, kept, dropped by step */
static int crew_counts(lua_State *L) {
    crew_handle *handle = check_crew(L);
    const sheaf_crew_chunk *chunk = check_chunk(L, handle);
    lua_Integer read = 0, kept = 0;
    lua_newtable(L);
    for (size_t i = 0; i < handle->cursor; i++) {
        const sheaf_crew_item *item = &chunk->items[i];
        read += item->fate != SHEAF_FATE_DAMAGED;
        kept += item->fate == SHEAF_FATE_KEPT;
        if (item->fate != SHEAF_FATE_DROPPED)
            continue;
        lua_rawgeti(L, -1, (lua_Integer)item->step + 1);
        lua_Integer before = lua_tointeger(L, -1);
        lua_pop(L, 1);
        lua_pushinteger(L, before + 1);
        lua_rawseti(L, -2, (lua_Integer)item->step + 1);
    }
    lua_pushinteger(L, read);
    lua_pushinteger(L, kept);
    lua_rotate(L, -3, 2);
    return 3;
}

/* crew:cut(most): the chunk ends with its article number `most` among those that are kept */
static int crew_cut(lua_State *L) {
    sheaf_crew_chunk *chunk = check_chunk(L, check_crew(L));
    lua_Integer most = luaL_checkinteger(L, 2);
    for (size_t i = 0; i < chunk->item_count; i++) {
        if (chunk->items[i].fate == SHEAF_FATE_KEPT && --most == 0)
            chunk->item_count = i + 1;
    }
    return 0;
}

/* crew:trim(most): the same for a chunk of a sheaf whose exporter adds up, and which must be worked
 * through again for that. false: stopped before its end */
static int crew_trim(lua_State *L) {
    crew_handle *handle = check_crew(L);
    sheaf_crew_chunk *chunk = check_chunk(L, handle);
    lua_Integer most = luaL_checkinteger(L, 2);
    luaL_argcheck(L, most > 0, 2, "at least one");
    luaL_argcheck(L, chunk->window, 1, "its articles are gone");
    if (chunk->kept >= (size_t)most) {
        handle->cursor = 0;
        sheaf_crew_again(handle->crew, chunk, (size_t)most);
        if (chunk->status != SHEAF_OK)
            return luaL_error(L, "%s", chunk->error.message);
    }
    lua_pushboolean(L, !chunk->aborted);
    return 1;
}

/* crew:write(sink) -> true | nil, reason: what the exporter wrote, up to the last item */
static int crew_write(lua_State *L) {
    crew_handle *handle = check_crew(L);
    sheaf_crew_chunk *chunk = check_chunk(L, handle);
    sheaf_sink *sink = sheaf_out_check(L, 2);
    size_t last = chunk->item_count;
    while (last > 0 && chunk->items[last - 1].fate != SHEAF_FATE_KEPT)
        last--;
    size_t size = last > 0 ? chunk->items[last - 1].at : 0;
    if (handle->wrote && last > 0)
        sheaf_buffer_add(&sink->buffer, sheaf_buffer_view(&handle->exporter->between));
    handle->wrote = handle->wrote || last > 0;
    if (sink->buffer.size == 0 && size > 0) { /* without copying */
        sheaf_buffer empty = sink->buffer;
        sink->buffer = chunk->out;
        sink->buffer.size = size;
        chunk->out = empty;
    } else {
        sheaf_buffer_append(&sink->buffer, chunk->out.data, size);
    }
    if (sheaf_sink_settle(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    lua_pushboolean(L, 1);
    return 1;
}

/* crew:parcel() -> the state of its part */
static int crew_parcel(lua_State *L) {
    sheaf_push_slice(L, sheaf_buffer_view(&check_chunk(L, check_crew(L))->out));
    return 1;
}

/* parcel(value) -> its bytes; nil, reason when it is no plain data */
static int bind_parcel(lua_State *L) {
    luaL_checkany(L, 1);
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    const char *problem = sheaf_parcel_pack(L, 1, out);
    if (problem) {
        luaL_pushfail(L);
        lua_pushstring(L, problem);
        return 2;
    }
    sheaf_check_memory(L, out->failed);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

/* unparcel(bytes) -> the value; nil, reason */
static int bind_unparcel(lua_State *L) {
    const char *problem = sheaf_parcel_push(L, sheaf_check_slice(L, 1));
    if (problem) {
        luaL_pushfail(L);
        lua_pushstring(L, problem);
        return 2;
    }
    return 1;
}

/* crew_chunks(file) -> how many chunks it is cut into */
static int bind_chunks(lua_State *L) {
    sheaf_error error = {0};
    uint64_t chunks;
    if (sheaf_crew_cut(sheaf_check_file(L, 1), &chunks, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    lua_pushinteger(L, (lua_Integer)chunks);
    return 1;
}

void sheaf_bind_crew(lua_State *L) {
    static const luaL_Reg methods[] = {{"file", crew_file},     {"give", crew_give},
                                       {"flush", crew_flush},   {"leave", crew_leave},
                                       {"take", crew_take},     {"next", crew_next},
                                       {"broken", crew_broken}, {"counts", crew_counts},
                                       {"write", crew_write},   {"parcel", crew_parcel},
                                       {"cut", crew_cut},       {"trim", crew_trim},
                                       {"close", crew_close},   {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", crew_close}, {"__close", crew_close}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"crew", bind_crew},
                                         {"crew_chunks", bind_chunks},
                                         {"parcel", bind_parcel},
                                         {"unparcel", bind_unparcel},
                                         {NULL, NULL}};
    sheaf_make_class(L, "sheaf.crew", methods, metamethods);
    luaL_setfuncs(L, functions, 0);
}
