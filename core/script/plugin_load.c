/* plugin_load.c - from the text of a plugin to functions in a state of its own.
 *
 * Loading needs no host: a crew loads the same plugin once more in each of its
 * threads, from the recipe that the first one keeps. What the table of the
 * plugin says of how it may be run is read here too: needs, order, rows. */
#include "script/plugin.h"

#include "base/memory.h"
#include "script/parcel.h"
#include "script/sandbox.h"

#include <lualib.h>

/* ---- recipes --------------------------------------------------------------------- */

static char *copy_bytes(const char *data, size_t size) {
    char *copy = sheaf_malloc(size + 1);
    if (copy) {
        if (size)
            memcpy(copy, data, size);
        copy[size] = '\0';
    }
    return copy;
}

bool sheaf_recipe_copy(sheaf_recipe *to, const sheaf_recipe *from) {
    *to = *from;
    to->source.data = to->chunk = to->folder = to->shared = NULL;
    to->options = (sheaf_buffer){0};
    to->source.data = copy_bytes(from->source.data, from->source.size);
    to->chunk = copy_bytes(from->chunk, strlen(from->chunk));
    if (from->folder)
        to->folder = copy_bytes(from->folder, strlen(from->folder));
    if (from->shared)
        to->shared = copy_bytes(from->shared, strlen(from->shared));
    sheaf_buffer_add(&to->options, sheaf_buffer_view(&from->options));
    return to->source.data && to->chunk && (to->folder || !from->folder) &&
           (to->shared || !from->shared) && !to->options.failed;
}

void sheaf_recipe_clear(sheaf_recipe *recipe) {
    sheaf_free((char *)(uintptr_t)recipe->source.data);
    sheaf_free((char *)(uintptr_t)recipe->chunk);
    sheaf_free((char *)(uintptr_t)recipe->folder);
    sheaf_free((char *)(uintptr_t)recipe->shared);
    sheaf_buffer_clear(&recipe->options);
    *recipe = (sheaf_recipe){0};
}

/* ---- loading --------------------------------------------------------------------- */

/* Puts a folder in front of those that a trusted plugin's require searches. */
static void search_in(lua_State *L, const char *format, const char *folder) {
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "path");
    lua_pushfstring(L, format, folder, lua_tostring(L, -1));
    lua_setfield(L, -3, "path");
    lua_pop(L, 2);
}

/* What the plugin sees as `sheaf` and through require. */
static void give_sheaf(lua_State *L, const sheaf_plugin *plugin) {
    lua_newtable(L);
    if (plugin->recipe.trust) {
        sheaf_bind_public(L);
    } else {
        sheaf_open_articles(L, false);
        sheaf_open_sinks(L);
        sheaf_bind_helpers(L);
    }
    lua_pushvalue(L, -1);
    lua_setglobal(L, "sheaf");
    if (!plugin->recipe.trust) {
        sheaf_sandbox_require(L);
        return;
    }
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_insert(L, -2);
    lua_setfield(L, -2, "sheaf");
    lua_pop(L, 1);
    if (plugin->state->folder)
        search_in(L, "%s/lib/?.lua;%s", plugin->state->folder);
    if (plugin->state->shared)
        search_in(L, "%s/?.lua;%s", plugin->state->shared);
}

static void take_kind(lua_State *L, sheaf_plugin *plugin) {
    static const char *const names[] = {"filter", "extractor", "exporter"};
    if (lua_getfield(L, -1, "kind") != LUA_TSTRING)
        luaL_error(L, "the plugin does not say its kind: filter, extractor or exporter");
    for (int i = 0; i < 3; i++) {
        if (strcmp(lua_tostring(L, -1), names[i]) == 0) {
            plugin->kind = (sheaf_plugin_kind)i;
            lua_pop(L, 1);
            return;
        }
    }
    luaL_error(L, "no kind of plugin is '%s': filter, extractor or exporter", lua_tostring(L, -1));
}

/* An extractor that has rules for the pages of some hosts; it needs no function. */
static bool is_site(lua_State *L, const sheaf_plugin *plugin) {
    bool has_page = lua_getfield(L, -1, "page") == LUA_TTABLE;
    lua_pop(L, 1);
    return has_page && plugin->kind == SHEAF_PLUGIN_EXTRACTOR;
}

static void take_parts(lua_State *L, sheaf_plugin *plugin) {
    static const char *const names[] = {
#define X(name) #name,
        SHEAF_PLUGIN_PARTS(X)
#undef X
    };
    for (int i = 0; i < SHEAF_PART_COUNT; i++) {
        int type = lua_getfield(L, -1, names[i]);
        if (type != LUA_TNIL && type != LUA_TFUNCTION)
            luaL_error(L, "'%s' must be a function, not a %s", names[i], lua_typename(L, type));
        if (type == LUA_TNIL)
            lua_pop(L, 1);
        else
            plugin->part[i] = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    const int *part = plugin->part;
    if (is_site(L, plugin))
        return;
    if (part[SHEAF_PART_each] == LUA_NOREF &&
        (plugin->kind != SHEAF_PLUGIN_EXPORTER || part[SHEAF_PART_add] == LUA_NOREF))
        luaL_error(L, plugin->kind == SHEAF_PLUGIN_EXPORTER
                          ? "the plugin has neither a function 'each' nor a function 'add'"
                          : "the plugin has no function 'each'");
}

/* Turns a bare function into {kind="filter", each=function}. */
static void wrap_function(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_insert(L, -2);
    lua_setfield(L, -2, "each");
    lua_pushliteral(L, "filter");
    lua_setfield(L, -2, "kind");
}

/* ---- how it may be run -------------------------------------------------------------- */

/* The function that seeds math.random, before the plugin can lay hands on it. */
static void keep_seed(lua_State *L, sheaf_plugin *plugin) {
    lua_getglobal(L, "math");
    lua_getfield(L, -1, "randomseed");
    plugin->seed = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
}

/* needs: what is not named there may not be read. Without it all may. */
static void take_needs(lua_State *L, sheaf_plugin *plugin) {
    uint64_t named = 0;
    if (lua_getfield(L, -1, "needs") == LUA_TTABLE) {
        lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
        for (lua_Integer i = 1; i <= count; i++) {
            if (lua_rawgeti(L, -1, i) == LUA_TSTRING) {
                sheaf_slice name = sheaf_check_slice(L, -1);
                size_t dot = sheaf_slice_find_char(name, 0, '.');
                named |= sheaf_article_fields(sheaf_slice_part(name, 0, dot));
            }
            lua_pop(L, 1);
        }
        plugin->denied = ~named;
    }
    lua_pop(L, 1);
}

static void check_between(lua_State *L) {
    int type = lua_getfield(L, -1, "between");
    if (type != LUA_TNIL && type != LUA_TSTRING && type != LUA_TFUNCTION)
        luaL_error(L, "'between' must be a text, or a function of the options that gives one");
    lua_pop(L, 1);
}

static void take_manner(lua_State *L, sheaf_plugin *plugin) {
    take_needs(L, plugin);
    check_between(L);
    if (lua_getfield(L, -1, "order") == LUA_TSTRING) {
        sheaf_slice order = sheaf_check_slice(L, -1);
        plugin->order = sheaf_slice_is(order, "any")     ? SHEAF_ORDER_ANY
                        : sheaf_slice_is(order, "input") ? SHEAF_ORDER_INPUT
                                                         : SHEAF_ORDER_UNSAID;
    }
    lua_getfield(L, -2, "rows");
    plugin->rows = lua_toboolean(L, -1);
    lua_pop(L, 2);
}

static int load_inner(lua_State *L) {
    sheaf_plugin *plugin = lua_touserdata(L, 1);
    const sheaf_recipe *load = &plugin->recipe;
    sheaf_sandbox_open(L, load->trust);
    keep_seed(L, plugin);
    give_sheaf(L, plugin);
    if (load->forgiving)
        sheaf_forgive_nil(L);
    if (sheaf_state_load(L, load->source, load->chunk) != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    if (lua_isfunction(L, -1))
        wrap_function(L);
    if (!lua_istable(L, -1))
        return luaL_error(L, "a plugin returns a table or a function, not a %s",
                          luaL_typename(L, -1));
    take_kind(L, plugin);
    take_parts(L, plugin);
    take_manner(L, plugin);
    if (!load->limited)
        sheaf_limits_take(L);
    plugin->table = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    plugin->opt = luaL_ref(L, LUA_REGISTRYINDEX);
    if (!load->trust)
        sheaf_sandbox_freeze(L);
    return 0;
}

void sheaf_plugin_init(sheaf_plugin *plugin) {
    memset(plugin, 0, sizeof *plugin);
    for (int i = 0; i < SHEAF_PART_COUNT; i++)
        plugin->part[i] = LUA_NOREF;
    plugin->table = plugin->opt = plugin->progress = plugin->total = plugin->out = plugin->seed =
        LUA_NOREF;
}

void sheaf_plugin_clear(sheaf_plugin *plugin) {
    sheaf_state_free(plugin->state);
    plugin->state = NULL;
    plugin->sink = NULL;
    sheaf_loan_clear(&plugin->loan);
    sheaf_buffer_clear(&plugin->between);
    sheaf_recipe_clear(&plugin->recipe);
}

bool sheaf_plugin_prepare(sheaf_plugin *plugin, size_t memory, double seconds) {
    plugin->state = sheaf_state_new(memory, seconds);
    if (!plugin->state)
        return false;
    const sheaf_recipe *recipe = &plugin->recipe;
    if (recipe->folder)
        plugin->state->folder = copy_bytes(recipe->folder, strlen(recipe->folder));
    if (recipe->shared)
        plugin->state->shared = copy_bytes(recipe->shared, strlen(recipe->shared));
    return (!recipe->folder || plugin->state->folder) && (!recipe->shared || plugin->state->shared);
}

bool sheaf_plugin_load(sheaf_plugin *plugin) {
    return sheaf_state_call(plugin->state, load_inner, plugin, 0);
}

/* ---- options ------------------------------------------------------------------------ */

static int configure_inner(lua_State *L) {
    sheaf_plugin *plugin = lua_touserdata(L, 1);
    const char *problem = sheaf_parcel_push(L, sheaf_buffer_view(&plugin->recipe.options));
    if (problem)
        return luaL_error(L, "options: %s", problem);
    lua_rawseti(L, LUA_REGISTRYINDEX, plugin->opt);
    return 0;
}

bool sheaf_plugin_configure(sheaf_plugin *plugin) {
    return sheaf_state_call(plugin->state, configure_inner, plugin, 0);
}

sheaf_plugin *sheaf_plugin_copy(const sheaf_plugin *from) {
    sheaf_plugin *plugin = sheaf_malloc(sizeof *plugin);
    if (!plugin)
        return NULL;
    sheaf_plugin_init(plugin);
    memcpy(plugin->name, from->name, sizeof plugin->name);
    if (sheaf_recipe_copy(&plugin->recipe, &from->recipe) &&
        sheaf_plugin_prepare(plugin, from->state->limit, 0)) {
        plugin->state->budget.allowed = from->state->budget.allowed;
        if (sheaf_plugin_load(plugin) &&
            (plugin->recipe.options.size == 0 || sheaf_plugin_configure(plugin)))
            return plugin;
    }
    sheaf_plugin_clear(plugin);
    sheaf_free(plugin);
    return NULL;
}
