/* plugin.c - loads a plugin into a state of its own, and calls it.
 *
 * Each host method has an inner function that runs in the plugin's state
 * under sheaf_state_call; the two share a request. Results stay on the inner
 * stack until the host has copied them. */
#include "script/plugin.h"

#include "base/memory.h"
#include "script/sandbox.h"

#include <lualib.h>

enum { DEFAULT_MEMORY = 64 << 20 };
static const double default_seconds = 2;

sheaf_plugin *sheaf_plugin_check(lua_State *L) {
    sheaf_plugin *plugin = luaL_checkudata(L, 1, "sheaf.plugin");
    luaL_argcheck(L, plugin->state, 1, "the plugin is closed");
    return plugin;
}

/* ---- problems ------------------------------------------------------------------- */

int sheaf_plugin_failure(lua_State *L, sheaf_plugin *plugin, const sheaf_article *article) {
    luaL_pushfail(L);
    const char *id = NULL;
    if (article && article->field[SHEAF_FIELD_ID].size) {
        sheaf_push_slice(L, article->field[SHEAF_FIELD_ID]);
        id = lua_tostring(L, -1);
    }
    sheaf_fault_push(L, &plugin->state->fault, id);
    sheaf_set_slice(L, "plugin", sheaf_slice_of(plugin->name));
    if (id)
        lua_remove(L, -2);
    return 2;
}

int sheaf_plugin_complain(lua_State *L, sheaf_plugin *plugin, const sheaf_article *article,
                          const char *message) {
    sheaf_fault *fault = &plugin->state->fault;
    sheaf_fault_reset(fault);
    fault->kind = SHEAF_FAULT_ERROR;
    sheaf_fault_say(fault, sheaf_slice_of(message));
    return sheaf_plugin_failure(L, plugin, article);
}

/* ---- loading --------------------------------------------------------------------- */

typedef struct load_request {
    sheaf_plugin *plugin;
    sheaf_slice source;
    const char *chunk;
    bool trust;
    bool forgiving; /* nil may be compared and indexed */
} load_request;

/* What the plugin sees as `sheaf` and through require. */
static void give_sheaf(lua_State *L, const load_request *load) {
    lua_newtable(L);
    if (load->trust) {
        sheaf_bind_public(L);
    } else {
        sheaf_open_articles(L, false);
        sheaf_open_sinks(L);
        sheaf_bind_helpers(L);
    }
    lua_pushvalue(L, -1);
    lua_setglobal(L, "sheaf");
    if (!load->trust) {
        sheaf_sandbox_require(L);
        return;
    }
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_insert(L, -2);
    lua_setfield(L, -2, "sheaf");
    lua_pop(L, 1);
    if (!load->plugin->state->folder)
        return;
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "path");
    lua_pushfstring(L, "%s/lib/?.lua;%s", load->plugin->state->folder, lua_tostring(L, -1));
    lua_setfield(L, -3, "path");
    lua_pop(L, 2);
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

static int load_inner(lua_State *L) {
    const load_request *load = lua_touserdata(L, 1);
    sheaf_plugin *plugin = load->plugin;
    sheaf_sandbox_open(L, load->trust);
    give_sheaf(L, load);
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
    plugin->table = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    plugin->opt = luaL_ref(L, LUA_REGISTRYINDEX);
    if (!load->trust)
        sheaf_sandbox_freeze(L);
    return 0;
}

/* ---- core.plugin(source, chunkname, opts) ------------------------------------------ */

static lua_Number option_number(lua_State *L, const char *name, lua_Number missing) {
    if (!lua_istable(L, 3))
        return missing;
    lua_getfield(L, 3, name);
    lua_Number number = luaL_optnumber(L, -1, missing);
    lua_pop(L, 1);
    if (!(number >= 0))
        luaL_error(L, "%s must not be negative", name);
    return number;
}

/* The text of an option stays on the stack while its pointer is used. */
static const char *option_text(lua_State *L, const char *name) {
    if (!lua_istable(L, 3))
        return NULL;
    lua_getfield(L, 3, name);
    return luaL_optstring(L, -1, NULL);
}

static bool option_flag(lua_State *L, const char *name) {
    bool set = lua_istable(L, 3) && (lua_getfield(L, 3, name), lua_toboolean(L, -1));
    return set;
}

static char *copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = sheaf_malloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static size_t memory_size(lua_Number bytes) {
    return bytes >= 1e15 ? (size_t)1e15 : (size_t)bytes;
}

/* Pushes a plugin with an empty state. */
static sheaf_plugin *push_plugin(lua_State *L) {
    lua_Number memory = option_number(L, "memory", DEFAULT_MEMORY);
    lua_Number seconds = option_number(L, "seconds", default_seconds);
    const char *folder = option_text(L, "folder"), *name = option_text(L, "name");
    sheaf_plugin *plugin = lua_newuserdatauv(L, sizeof *plugin, 1);
    memset(plugin, 0, sizeof *plugin);
    for (int i = 0; i < SHEAF_PART_COUNT; i++)
        plugin->part[i] = LUA_NOREF;
    plugin->table = plugin->opt = plugin->progress = plugin->out = LUA_NOREF;
    luaL_setmetatable(L, "sheaf.plugin");
    plugin->state = sheaf_state_new(memory_size(memory), seconds);
    sheaf_check_memory(L, !plugin->state);
    if (folder) {
        plugin->state->folder = copy_text(folder);
        sheaf_check_memory(L, !plugin->state->folder);
    }
    if (name)
        strncpy(plugin->name, name, sizeof plugin->name - 1);
    return plugin;
}

static int bind_plugin(lua_State *L) {
    sheaf_slice source = sheaf_check_slice(L, 1);
    const char *chunk = luaL_checkstring(L, 2);
    if (!lua_isnoneornil(L, 3))
        luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    if (*chunk != '@' && *chunk != '=')
        chunk = lua_pushfstring(L, "@%s", chunk);
    bool trust = option_flag(L, "trust");
    bool forgiving = option_flag(L, "forgiving");
    sheaf_plugin *plugin = push_plugin(L);
    load_request load = {plugin, source, chunk, trust, forgiving};
    if (!sheaf_state_call(plugin->state, load_inner, &load, 0))
        return sheaf_plugin_failure(L, plugin, NULL);
    return 1;
}

static int plugin_collect(lua_State *L) {
    sheaf_plugin *plugin = luaL_checkudata(L, 1, "sheaf.plugin");
    sheaf_state_free(plugin->state);
    plugin->state = NULL;
    plugin->sink = NULL;
    sheaf_loan_clear(&plugin->loan);
    return 0;
}

/* ---- describe, configure, limits ---------------------------------------------------- */

/* Hands over what lies at index of the plugin's stack. */
static int hand_over(lua_State *L, sheaf_plugin *plugin, int index, bool functions_as_true,
                     const sheaf_article *article) {
    const char *problem = sheaf_copy_value(L, plugin->state->lua, index, functions_as_true);
    if (problem)
        return sheaf_plugin_complain(L, plugin, article, problem);
    return 1;
}

static int plugin_describe(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    lua_State *inner = plugin->state->lua;
    lua_settop(inner, 0);
    lua_rawgeti(inner, LUA_REGISTRYINDEX, plugin->table);
    return hand_over(L, plugin, 1, true, NULL);
}

typedef struct configure_request {
    sheaf_plugin *plugin;
    lua_State *host;
} configure_request;

static int configure_inner(lua_State *L) {
    const configure_request *request = lua_touserdata(L, 1);
    const char *problem = sheaf_copy_value(L, request->host, 2, false);
    if (problem)
        return luaL_error(L, "options: %s", problem);
    lua_rawseti(L, LUA_REGISTRYINDEX, request->plugin->opt);
    return 0;
}

static int plugin_configure(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    configure_request request = {plugin, L};
    if (!sheaf_state_call(plugin->state, configure_inner, &request, 0))
        return sheaf_plugin_failure(L, plugin, NULL);
    lua_pushboolean(L, 1);
    return 1;
}

static int plugin_set_limits(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    lua_pushvalue(L, 2); /* where options are looked for */
    lua_Number memory = option_number(L, "memory", (lua_Number)plugin->state->limit);
    plugin->state->limit = memory_size(memory);
    if (lua_getfield(L, 2, "seconds") != LUA_TNIL)
        sheaf_budget_allow(&plugin->state->budget, option_number(L, "seconds", 0));
    return 0;
}

static int plugin_usage(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    lua_createtable(L, 0, 3);
    sheaf_set_integer(L, "memory", (lua_Integer)plugin->state->used);
    sheaf_set_integer(L, "calls", (lua_Integer)plugin->state->calls);
    lua_pushnumber(L, sheaf_budget_used(&plugin->state->budget));
    lua_setfield(L, -2, "seconds");
    return 1;
}

/* ---- each ------------------------------------------------------------------------------ */

bool sheaf_plugin_push_part(lua_State *L, const sheaf_plugin *plugin, sheaf_plugin_part part) {
    if (plugin->part[part] == LUA_NOREF)
        return false;
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->part[part]);
    return true;
}

void sheaf_plugin_push_opt(lua_State *L, const sheaf_plugin *plugin) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->opt);
}

void sheaf_plugin_lend(lua_State *L, sheaf_plugin *plugin, int article_index) {
    const sheaf_loan *from = sheaf_article_loan(L, article_index);
    sheaf_loan_begin(&plugin->loan, from->article);
    plugin->loan.has_words = from->has_words;
    plugin->loan.words = from->words;
}

void sheaf_plugin_take_back(lua_State *L, sheaf_plugin *plugin, int article_index) {
    sheaf_loan *to = sheaf_article_loan(L, article_index);
    if (plugin->loan.has_words) {
        to->has_words = true;
        to->words = plugin->loan.words;
    }
    sheaf_loan_end(&plugin->loan);
}

static int each_inner(lua_State *L) {
    sheaf_plugin *plugin = lua_touserdata(L, 1);
    if (!sheaf_plugin_push_part(L, plugin, SHEAF_PART_each))
        return 0;
    sheaf_article_lend(L, &plugin->loan, 0);
    sheaf_plugin_push_opt(L, plugin);
    lua_call(L, 2, 2);
    return 2;
}

/* Calls each(article, opt); its two results lie at 2 and 3 of the inner stack. */
static bool call_each(lua_State *L, sheaf_plugin *plugin, sheaf_plugin_kind kind,
                      const char *what) {
    if (plugin->kind != kind)
        luaL_error(L, "this plugin is no %s", what);
    sheaf_plugin_lend(L, plugin, 2);
    bool done = sheaf_state_call(plugin->state, each_inner, plugin, 2);
    sheaf_plugin_take_back(L, plugin, 2);
    return done;
}

static int plugin_filter(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    if (!call_each(L, plugin, SHEAF_PLUGIN_FILTER, "filter"))
        return sheaf_plugin_failure(L, plugin, sheaf_article_test(L, 2));
    lua_State *inner = plugin->state->lua;
    lua_pushboolean(L, lua_toboolean(inner, 2));
    if (lua_type(inner, 3) != LUA_TSTRING)
        return 1;
    sheaf_slice reason;
    reason.data = lua_tolstring(inner, 3, &reason.size);
    sheaf_push_slice(L, reason);
    return 2;
}

static int plugin_extract(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    const sheaf_article *article = sheaf_article_check(L, 2);
    if (!call_each(L, plugin, SHEAF_PLUGIN_EXTRACTOR, "extractor"))
        return sheaf_plugin_failure(L, plugin, article);
    if (lua_isnil(plugin->state->lua, 2))
        return luaL_pushfail(L), 1;
    if (!lua_istable(plugin->state->lua, 2))
        return sheaf_plugin_complain(L, plugin, article,
                                     "'each' of an extractor returns a table of fields or nil");
    return hand_over(L, plugin, 2, false, article);
}

void sheaf_bind_plugins(lua_State *L) {
    static const luaL_Reg methods[] = {{"describe", plugin_describe},
                                       {"configure", plugin_configure},
                                       {"filter", plugin_filter},
                                       {"extract", plugin_extract},
                                       {"open", sheaf_plugin_open},
                                       {"write", sheaf_plugin_write},
                                       {"close", sheaf_plugin_close},
                                       {"test", sheaf_plugin_test},
                                       {"set_limits", plugin_set_limits},
                                       {"usage", plugin_usage},
                                       {NULL, NULL}};
    static const luaL_Reg metamethods[] = {{"__gc", plugin_collect}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.plugin", methods, metamethods);
    lua_pushcfunction(L, bind_plugin);
    lua_setfield(L, -2, "plugin");
}
