/* bind_rules.c - rules of web sites, from the tables of plugins.
 *
 *   { hosts = { "example-times.com" },
 *     page = { keep = ".story", drop = { ".promo", "aside" },
 *              fields = { headline = "h1", published = { "time@datetime", ".date" } } } }
 *
 * Wherever a list stands, a single string will do. The set can be added to until
 * it is handed to a pile, whose threads share it. */
#include "script/page.h"

typedef struct rules_handle {
    sheaf_page_rules *rules;
    bool shared;
} rules_handle;

/* Who is filled, and from where: "page.keep". */
typedef struct filling {
    sheaf_page_rules *rules;
    sheaf_page_rule *site;
    const char *key;
    int kind;
} filling;

typedef sheaf_status (*take_string)(const filling *to, sheaf_slice text, sheaf_error *error);

static sheaf_status take_host(const filling *to, sheaf_slice text, sheaf_error *error) {
    return sheaf_page_rule_host(to->rules, to->site, text, error);
}

static sheaf_status take_selector(const filling *to, sheaf_slice text, sheaf_error *error) {
    return sheaf_page_rule_select(to->site, (sheaf_page_rule_kind)to->kind, text, error);
}

static sheaf_status take_field(const filling *to, sheaf_slice text, sheaf_error *error) {
    return sheaf_page_rule_field(to->site, sheaf_slice_of(to->key), text, error);
}

static bool take_one(lua_State *L, const filling *to, take_string take) {
    sheaf_error error = {0};
    if (lua_type(L, -1) != LUA_TSTRING) {
        lua_pushfstring(L, "%s: expected a string or a list of strings", to->key);
        return false;
    }
    sheaf_slice text = sheaf_check_slice(L, -1);
    if (take(to, text, &error) == SHEAF_OK)
        return true;
    lua_pushfstring(L, "%s: %s", to->key, error.message);
    return false;
}

/* The string, or the list of strings, on the top; it stays there on true, and the
 * reason is pushed on false. */
static bool take_all(lua_State *L, const filling *to, take_string take) {
    if (!lua_istable(L, -1))
        return take_one(L, to, take);
    for (lua_Integer i = 1, count = (lua_Integer)lua_rawlen(L, -1); i <= count; i++) {
        lua_rawgeti(L, -1, i);
        if (!take_one(L, to, take))
            return false;
        lua_pop(L, 1);
    }
    return true;
}

/* ---- page ------------------------------------------------------------------------- */

static const char *const selector_keys[SHEAF_PAGE_RULE_COUNT] = {"keep", "within", "drop"};

static bool take_selectors(lua_State *L, filling to) {
    for (int i = 0; i < SHEAF_PAGE_RULE_COUNT; i++) {
        to.key = selector_keys[i];
        to.kind = i;
        lua_pushstring(L, to.key);
        if (lua_rawget(L, -2) != LUA_TNIL && !take_all(L, &to, take_selector))
            return false;
        lua_pop(L, 1);
    }
    return true;
}

static bool take_fields(lua_State *L, filling to) {
    lua_pushliteral(L, "fields");
    int type = lua_rawget(L, -2);
    if (type != LUA_TNIL && type != LUA_TTABLE)
        return lua_pushliteral(L, "fields: expected a table of selectors"), false;
    if (type == LUA_TTABLE)
        lua_pushnil(L);
    while (type == LUA_TTABLE && lua_next(L, -2)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            return lua_pushliteral(L, "fields: expected names of fields"), false;
        to.key = lua_tostring(L, -2);
        if (!take_all(L, &to, take_field))
            return false;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return true;
}

static bool is_page_key(sheaf_slice key) {
    bool known = sheaf_slice_is(key, "fields");
    for (int i = 0; i < SHEAF_PAGE_RULE_COUNT; i++)
        known = known || sheaf_slice_is(key, selector_keys[i]);
    return known;
}

/* Pushes a sentence for a key of page that is none. */
static void refuse_key(lua_State *L, sheaf_slice key) {
    sheaf_suggestion near;
    sheaf_suggest_begin(&near, key);
    for (int i = 0; i < SHEAF_PAGE_RULE_COUNT; i++)
        sheaf_suggest_try(&near, sheaf_slice_of(selector_keys[i]));
    sheaf_suggest_try(&near, SLICE("fields"));
    if (near.name[0])
        lua_pushfstring(L, "there is no '%s'; did you mean '%s'?", key.data, near.name);
    else
        lua_pushfstring(L, "there is no '%s': it has keep, within, drop and fields", key.data);
}

static bool check_page_keys(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            return lua_pushliteral(L, "expected keep, within, drop or fields"), false;
        sheaf_slice key = sheaf_check_slice(L, -1);
        if (!is_page_key(key))
            return refuse_key(L, key), false;
    }
    return true;
}

static bool within_page(lua_State *L) {
    lua_pushfstring(L, "page.%s", lua_tostring(L, -1));
    return false;
}

static bool take_page(lua_State *L, filling to, int index) {
    lua_pushliteral(L, "page");
    int type = lua_rawget(L, index);
    if (type == LUA_TNIL)
        return lua_pop(L, 1), true;
    if (type != LUA_TTABLE)
        return lua_pushliteral(L, "page: expected a table"), false;
    if (!check_page_keys(L)) {
        lua_pushfstring(L, "page: %s", lua_tostring(L, -1));
        return false;
    }
    if (!take_selectors(L, to) || !take_fields(L, to))
        return within_page(L);
    lua_pop(L, 1);
    return true;
}

bool sheaf_rules_take(lua_State *L, sheaf_page_rules *rules, sheaf_slice name, int index) {
    luaL_checkstack(L, 16, NULL);
    index = lua_absindex(L, index);
    filling to = {.rules = rules, .key = "hosts"};
    to.site = sheaf_page_rules_add(rules, name);
    sheaf_check_memory(L, !to.site);
    lua_pushliteral(L, "hosts");
    if (lua_rawget(L, index) == LUA_TNIL)
        return lua_pushliteral(L, "hosts: at least one is needed, such as example.com"), false;
    if (!take_all(L, &to, take_host))
        return false;
    lua_pop(L, 1);
    return take_page(L, to, index);
}

/* ---- the class ------------------------------------------------------------------------ */

static rules_handle *check_rules(lua_State *L, int index) {
    rules_handle *handle = luaL_checkudata(L, index, "sheaf.page_rules");
    luaL_argcheck(L, handle->rules, index, "these rules are closed");
    return handle;
}

sheaf_page_rules *sheaf_rules_push(lua_State *L) {
    rules_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    *handle = (rules_handle){0};
    luaL_setmetatable(L, "sheaf.page_rules");
    handle->rules = sheaf_page_rules_new();
    sheaf_check_memory(L, !handle->rules);
    return handle->rules;
}

const sheaf_page_rules *sheaf_rules_share(lua_State *L, int index) {
    rules_handle *handle = check_rules(L, index);
    handle->shared = true;
    return handle->rules;
}

/* rules:add(name, {hosts=, page=}) -> true, or nil and a reason. */
static int rules_add(lua_State *L) {
    rules_handle *handle = check_rules(L, 1);
    sheaf_slice name = sheaf_check_slice(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    if (handle->shared)
        return luaL_error(L, "these rules are in use: nothing can be added to them");
    if (!sheaf_rules_take(L, handle->rules, name, 3)) {
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    return 1;
}

/* rules:site(url) -> the name of the site, or nil. */
static int rules_site(lua_State *L) {
    const rules_handle *handle = check_rules(L, 1);
    const sheaf_page_rule *site =
        lua_isnoneornil(L, 2) ? NULL : sheaf_page_rules_for(handle->rules, sheaf_check_slice(L, 2));
    if (site)
        sheaf_push_slice(L, sheaf_page_rule_name(site));
    else
        luaL_pushfail(L);
    return 1;
}

static int rules_count(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)sheaf_page_rules_count(check_rules(L, 1)->rules));
    return 1;
}

static int rules_collect(lua_State *L) {
    rules_handle *handle = luaL_checkudata(L, 1, "sheaf.page_rules");
    sheaf_page_rules_free(handle->rules);
    handle->rules = NULL;
    return 0;
}

/* page_rules() -> an empty set */
static int bind_page_rules(lua_State *L) {
    sheaf_rules_push(L);
    return 1;
}

void sheaf_open_rules(lua_State *L) {
    static const luaL_Reg methods[] = {{"add", rules_add}, {"site", rules_site}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", rules_collect}, {"__len", rules_count}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.page_rules", methods, metamethods);
}

void sheaf_bind_rules(lua_State *L) {
    lua_pushcfunction(L, bind_page_rules);
    lua_setfield(L, -2, "page_rules");
}
