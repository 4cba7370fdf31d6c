/* plugin_test.c - runs a test that a plugin brings with it.
 *
 *   { give = article table, want = ... }
 *   filter: want is true or false. extractor: each field of want must be in
 *   what was returned; false wants nothing. exporter: want is the whole
 *   output; give may be a list of articles. An extractor with rules for pages may
 *   be given { html = ..., url = ... } and then wants fields of the whole article. */
#include "script/page.h"
#include "script/plugin.h"

enum { DEPTH = 32, OUTPUT_LIMIT = 16 << 20 };

typedef struct test_request {
    sheaf_plugin *plugin;
    lua_Integer index;
    sheaf_sink *sink;
} test_request;

/* Is everything of a in b, and with `whole` nothing else? No metamethods. */
static bool same(lua_State *L, int a, int b, bool whole, int depth) {
    a = lua_absindex(L, a);
    b = lua_absindex(L, b);
    if (!lua_istable(L, a) || !lua_istable(L, b))
        return lua_rawequal(L, a, b) != 0;
    if (depth == 0)
        luaL_error(L, "want: nested too deep");
    luaL_checkstack(L, 8, NULL);
    size_t count = 0, others = 0;
    lua_pushnil(L);
    while (lua_next(L, a)) {
        count++;
        lua_pushvalue(L, -2);
        lua_rawget(L, b);
        if (!same(L, -2, -1, true, depth - 1))
            return lua_pop(L, 3), false;
        lua_pop(L, 2);
    }
    lua_pushnil(L);
    while (whole && lua_next(L, b)) {
        others++;
        lua_pop(L, 1);
    }
    if (!whole)
        lua_pop(L, 1);
    return !whole || count == others;
}

/* Pushes a value as a short text. */
static const char *describe(lua_State *L, int index) {
    index = lua_absindex(L, index);
    sheaf_buffer *text = sheaf_scratch_buffer(L);
    const char *problem = sheaf_encode_value(L, index, text);
    sheaf_slice shown = sheaf_slice_part(sheaf_buffer_view(text), 0, 300);
    if (problem)
        lua_pushstring(L, luaL_typename(L, index));
    else
        sheaf_push_slice(L, shown);
    return lua_tostring(L, -1);
}

/* The outcome, for what was wanted at index a and what came at b. */
static int judge(lua_State *L, int a, int b, bool passed) {
    lua_pushboolean(L, passed);
    if (passed)
        return 1;
    const char *wanted = describe(L, a), *got = describe(L, b);
    lua_pushboolean(L, 0);
    lua_pushfstring(L, "wanted %s, got %s", wanted, got);
    return 2;
}

/* Calls each with the article on the top; its result is left there. */
static void call_each(lua_State *L, sheaf_plugin *plugin) {
    sheaf_article_loan(L, -1)->denied = plugin->denied;
    if (!sheaf_plugin_push_part(L, plugin, SHEAF_PART_each))
        luaL_error(L, "rules for pages are tested with give = { html = ... }");
    lua_pushvalue(L, -2);
    sheaf_plugin_push_opt(L, plugin);
    lua_call(L, 2, 1);
}

static int test_filter(lua_State *L, sheaf_plugin *plugin, int give, int want) {
    if (!lua_isboolean(L, want))
        return luaL_error(L, "want of a filter is true or false");
    sheaf_article_from_table(L, give);
    call_each(L, plugin);
    lua_pushboolean(L, lua_toboolean(L, -1));
    return judge(L, want, lua_gettop(L), lua_toboolean(L, -1) == lua_toboolean(L, want));
}

/* Pushes the rules of the plugin itself. */
static const sheaf_page_rules *push_own_rules(lua_State *L, sheaf_plugin *plugin) {
    sheaf_open_rules(L);
    sheaf_page_rules *rules = sheaf_rules_push(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->table);
    if (!sheaf_rules_take(L, rules, sheaf_slice_of(plugin->name), -1))
        luaL_error(L, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    return rules;
}

/* Pushes the address of a test: its own, or else the plugin's first host. */
static sheaf_slice push_address(lua_State *L, sheaf_plugin *plugin, int give) {
    if (lua_getfield(L, give, "url") == LUA_TSTRING)
        return sheaf_check_slice(L, -1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->table);
    if (lua_getfield(L, -1, "hosts") == LUA_TTABLE)
        lua_geti(L, -1, 1);
    lua_pushfstring(L, "https://%s/", luaL_checkstring(L, -1));
    return sheaf_check_slice(L, -1);
}

/* Pushes the article of a page, as a pile would give it. */
static void read_page(lua_State *L, sheaf_plugin *plugin, int give, sheaf_slice html) {
    sheaf_page_asked asked = {.rules = push_own_rules(L, plugin)};
    asked.hints.url = push_address(L, plugin, give);
    sheaf_page_read(L, html, &asked);
    int made = lua_gettop(L);
    if (!sheaf_plugin_push_part(L, plugin, SHEAF_PART_each))
        return;
    lua_pushvalue(L, made);
    sheaf_plugin_push_opt(L, plugin);
    lua_call(L, 2, 1);
    if (lua_istable(L, -1) && !sheaf_article_apply(L, sheaf_article_check(L, made),
                                                   sheaf_slice_of(plugin->name), lua_gettop(L)))
        luaL_error(L, "%s", lua_tostring(L, -1));
    lua_pushvalue(L, made);
}

/* Those fields of the article on the top that want names. */
static int test_page(lua_State *L, int want) {
    int article = lua_gettop(L);
    if (!lua_istable(L, want))
        return luaL_error(L, "want of a page is a table of fields");
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, want)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushvalue(L, -1);
        lua_gettable(L, article);
        lua_rawset(L, article + 1);
    }
    return judge(L, want, article + 1, same(L, want, article + 1, false, DEPTH));
}

static int test_extractor(lua_State *L, sheaf_plugin *plugin, int give, int want) {
    if (lua_getfield(L, give, "html") == LUA_TSTRING) {
        read_page(L, plugin, give, sheaf_check_slice(L, -1));
        return test_page(L, want);
    }
    lua_pop(L, 1);
    sheaf_article_from_table(L, give);
    call_each(L, plugin);
    int got = lua_gettop(L);
    bool passed = lua_istable(L, want) ? lua_istable(L, got) && same(L, want, got, false, DEPTH)
                                       : lua_isnil(L, got);
    return judge(L, want, got, passed);
}

static void export_one(lua_State *L, sheaf_plugin *plugin, int give) {
    sheaf_article_from_table(L, give);
    sheaf_article_loan(L, -1)->denied = plugin->denied;
    sheaf_export_write(L, plugin, sheaf_article_loan(L, -1), lua_gettop(L));
    lua_pop(L, 1);
}

static int test_exporter(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink, int give, int want) {
    if (lua_type(L, want) != LUA_TSTRING)
        return luaL_error(L, "want of an exporter is its whole output");
    sheaf_export_open(L, plugin, sink);
    size_t count = lua_rawlen(L, give);
    if (count == 0)
        export_one(L, plugin, give);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, give, (lua_Integer)i);
        export_one(L, plugin, lua_gettop(L));
        lua_pop(L, 1);
    }
    sheaf_export_close(L, plugin);
    if (sink->error.status != SHEAF_OK)
        return luaL_error(L, "%s", sink->error.message);
    sheaf_push_slice(L, sheaf_buffer_view(&sink->buffer));
    int got = lua_gettop(L);
    bool passed = lua_rawequal(L, want, got);
    if (passed)
        sheaf_export_check_split(L, plugin, sink);
    return judge(L, want, got, passed);
}

static int test_inner(lua_State *L) {
    const test_request *request = lua_touserdata(L, 1);
    sheaf_plugin *plugin = request->plugin;
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->table);
    if (lua_getfield(L, -1, "tests") != LUA_TTABLE || lua_geti(L, -1, request->index) != LUA_TTABLE)
        return luaL_error(L, "there is no test %d", (int)request->index);
    lua_getfield(L, -1, "give");
    lua_getfield(L, -2, "want");
    int want = lua_gettop(L), give = want - 1;
    if (!lua_istable(L, give))
        return luaL_error(L, "test %d: give is the table of an article", (int)request->index);
    switch (plugin->kind) {
    case SHEAF_PLUGIN_FILTER: return test_filter(L, plugin, give, want);
    case SHEAF_PLUGIN_EXTRACTOR: return test_extractor(L, plugin, give, want);
    default: return test_exporter(L, plugin, request->sink, give, want);
    }
}

/* A sink for the length of the test, freed with the host's call. */
static int close_sink(lua_State *L) {
    sheaf_sink_discard(lua_touserdata(L, 1));
    return 0;
}

static sheaf_sink *push_sink(lua_State *L) {
    sheaf_sink *sink = lua_newuserdatauv(L, sizeof *sink, 0);
    sheaf_sink_open_memory(sink, OUTPUT_LIMIT);
    if (luaL_newmetatable(L, "sheaf.test_sink")) {
        lua_pushcfunction(L, close_sink);
        lua_setfield(L, -2, "__close");
        lua_pushcfunction(L, close_sink);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
    return sink;
}

int sheaf_plugin_test(lua_State *L) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    if (plugin->sink)
        return luaL_error(L, "the exporter is open");
    test_request request = {plugin, luaL_checkinteger(L, 2), push_sink(L)};
    bool done = sheaf_state_call(plugin->state, test_inner, &request, 2);
    sheaf_export_detach(plugin);
    if (!done)
        return sheaf_plugin_failure(L, plugin, NULL);
    lua_State *inner = plugin->state->lua;
    lua_pushboolean(L, lua_toboolean(inner, 2));
    if (lua_toboolean(inner, 2))
        return 1;
    sheaf_slice message;
    message.data = lua_tolstring(inner, 3, &message.size);
    sheaf_push_slice(L, message);
    return 2;
}
