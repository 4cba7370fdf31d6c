/* plugin.c - a plugin in the hands of the host: made, described, called.
 *
 * Each host method has an inner function that runs in the plugin's state
 * under sheaf_state_call; the two share a request. Results stay on the inner
 * stack until the host has copied them. */
#include "script/plugin.h"

#include "script/parcel.h"

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

static size_t memory_size(lua_Number bytes) {
    return bytes >= 1e15 ? (size_t)1e15 : (size_t)bytes;
}

/* Pushes a plugin with an empty state. */
static sheaf_plugin *push_plugin(lua_State *L, const sheaf_recipe *recipe) {
    lua_Number memory = option_number(L, "memory", DEFAULT_MEMORY);
    lua_Number seconds = option_number(L, "seconds", default_seconds);
    const char *name = option_text(L, "name");
    sheaf_plugin *plugin = lua_newuserdatauv(L, sizeof *plugin, 1);
    sheaf_plugin_init(plugin);
    luaL_setmetatable(L, "sheaf.plugin");
    sheaf_check_memory(L, !sheaf_recipe_copy(&plugin->recipe, recipe));
    sheaf_check_memory(L, !sheaf_plugin_prepare(plugin, memory_size(memory), seconds));
    if (name)
        strncpy(plugin->name, name, sizeof plugin->name - 1);
    return plugin;
}

static int bind_plugin(lua_State *L) {
    sheaf_recipe recipe = {.source = sheaf_check_slice(L, 1), .chunk = luaL_checkstring(L, 2)};
    if (!lua_isnoneornil(L, 3))
        luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    if (*recipe.chunk != '@' && *recipe.chunk != '=')
        recipe.chunk = lua_pushfstring(L, "@%s", recipe.chunk);
    recipe.folder = option_text(L, "folder");
    recipe.shared = option_text(L, "shared");
    recipe.trust = option_flag(L, "trust");
    recipe.forgiving = option_flag(L, "forgiving");
    recipe.limited = option_flag(L, "memory") || option_flag(L, "seconds");
    sheaf_plugin *plugin = push_plugin(L, &recipe);
    if (!sheaf_plugin_load(plugin))
        return sheaf_plugin_failure(L, plugin, NULL);
    return 1;
}

static int plugin_collect(lua_State *L) {
    sheaf_plugin *plugin = luaL_checkudata(L, 1, "sheaf.plugin");
    sheaf_plugin_clear(plugin);
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

static int plugin_configure(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    sheaf_buffer_reset(&plugin->recipe.options);
    const char *problem = sheaf_parcel_pack(L, 2, &plugin->recipe.options);
    if (problem) {
        lua_pushfstring(L, "options: %s", problem);
        return sheaf_plugin_complain(L, plugin, NULL, lua_tostring(L, -1));
    }
    if (!sheaf_plugin_configure(plugin))
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
    plugin->recipe.limited = true;
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
    plugin->loan.denied = plugin->denied;
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
    const sheaf_article *article = sheaf_article_unread(L, 2);
    if (!call_each(L, plugin, SHEAF_PLUGIN_EXTRACTOR, "extractor"))
        return sheaf_plugin_failure(L, plugin, article);
    if (lua_isnil(plugin->state->lua, 2))
        return luaL_pushfail(L), 1;
    if (!lua_istable(plugin->state->lua, 2))
        return sheaf_plugin_complain(L, plugin, article,
                                     "'each' of an extractor returns a table of fields or nil");
    return hand_over(L, plugin, 2, false, article);
}

/* plugin:seed(chunk): math.random starts anew */
static int plugin_seed(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    if (!sheaf_plugin_seed(plugin, (uint64_t)luaL_checkinteger(L, 2)))
        return sheaf_plugin_failure(L, plugin, NULL);
    return 0;
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
                                       {"merge", sheaf_plugin_merge},
                                       {"turn", sheaf_plugin_turn},
                                       {"seed", plugin_seed},
                                       {"part", sheaf_plugin_parcel},
                                       {"set_limits", plugin_set_limits},
                                       {"usage", plugin_usage},
                                       {NULL, NULL}};
    static const luaL_Reg metamethods[] = {{"__gc", plugin_collect}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.plugin", methods, metamethods);
    lua_pushcfunction(L, bind_plugin);
    lua_setfield(L, -2, "plugin");
}
