/* plugin_export.c - feeding an exporter, in order or by parts.
 *
 *   in order:  open(out, opt)   each(a, opt, out)...   close(out, opt)
 *   by parts:  start(opt) -> s  add(s, a, opt)...      finish(s, opt, out)
 *
 * Seen from the host both are open, write, close. Articles come in chunks, and each chunk is a
 * part: at its end its state is merged into the total, merge(total, s, opt) -> total, always in the
 * order of the chunks, whoever has added it up. Without merge all that comes is one part. */
#include "script/plugin.h"

bool sheaf_export_by_parts(const sheaf_plugin *plugin) {
    return plugin->part[SHEAF_PART_add] != LUA_NOREF;
}

static void push_out(lua_State *L, const sheaf_plugin *plugin) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->out);
}

static void keep_progress(lua_State *L, sheaf_plugin *plugin) {
    luaL_unref(L, LUA_REGISTRYINDEX, plugin->progress);
    plugin->progress = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void start_parts(lua_State *L, sheaf_plugin *plugin) {
    if (sheaf_plugin_push_part(L, plugin, SHEAF_PART_start)) {
        sheaf_plugin_push_opt(L, plugin);
        lua_call(L, 1, 1);
    } else {
        lua_newtable(L);
    }
    if (lua_isnil(L, -1))
        luaL_error(L, "'start' returns the state that 'add' is given");
    keep_progress(L, plugin);
}

void sheaf_export_begin_part(lua_State *L, sheaf_plugin *plugin) {
    start_parts(L, plugin);
}

/* The first part is the total; merge may change it in place, or return another. */
void sheaf_export_merge(lua_State *L, sheaf_plugin *plugin) {
    if (plugin->total != LUA_NOREF && sheaf_plugin_push_part(L, plugin, SHEAF_PART_merge)) {
        lua_insert(L, -2);
        lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->total);
        lua_insert(L, -2);
        sheaf_plugin_push_opt(L, plugin);
        lua_call(L, 3, 1);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            return;
        }
    }
    luaL_unref(L, LUA_REGISTRYINDEX, plugin->total);
    plugin->total = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void forget_total(lua_State *L, sheaf_plugin *plugin) {
    luaL_unref(L, LUA_REGISTRYINDEX, plugin->total);
    plugin->total = LUA_NOREF;
}

/* plugin.between, or what between(opt) gives. */
static void take_between(lua_State *L, sheaf_plugin *plugin) {
    sheaf_buffer_reset(&plugin->between);
    plugin->written = false;
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->table);
    if (lua_getfield(L, -1, "between") == LUA_TFUNCTION) {
        sheaf_plugin_push_opt(L, plugin);
        lua_call(L, 1, 1);
    }
    if (lua_type(L, -1) == LUA_TSTRING)
        sheaf_buffer_add(&plugin->between, sheaf_check_slice(L, -1));
    else if (!lua_isnil(L, -1))
        luaL_error(L, "'between' gives a text, not a %s", luaL_typename(L, -1));
    sheaf_check_memory(L, plugin->between.failed);
    lua_pop(L, 2);
}

void sheaf_export_open(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink) {
    luaL_unref(L, LUA_REGISTRYINDEX, plugin->out);
    plugin->out = LUA_NOREF;
    sheaf_out *out = sheaf_out_push(L, sink);
    plugin->out = luaL_ref(L, LUA_REGISTRYINDEX);
    plugin->sink = out;
    forget_total(L, plugin);
    take_between(L, plugin);
    if (sheaf_export_by_parts(plugin)) {
        start_parts(L, plugin);
    } else if (sheaf_plugin_push_part(L, plugin, SHEAF_PART_open)) {
        push_out(L, plugin);
        sheaf_plugin_push_opt(L, plugin);
        lua_call(L, 2, 0);
    }
}

/* add may change its state in place, or return another. */
static void add_part(lua_State *L, sheaf_plugin *plugin, sheaf_loan *loan, int owner) {
    sheaf_plugin_push_part(L, plugin, SHEAF_PART_add);
    lua_rawgeti(L, LUA_REGISTRYINDEX, plugin->progress);
    sheaf_article_lend(L, loan, owner);
    sheaf_plugin_push_opt(L, plugin);
    lua_call(L, 3, 1);
    if (lua_isnil(L, -1))
        lua_pop(L, 1);
    else
        keep_progress(L, plugin);
}

void sheaf_export_write(lua_State *L, sheaf_plugin *plugin, sheaf_loan *loan, int owner) {
    if (sheaf_export_by_parts(plugin)) {
        add_part(L, plugin, loan, owner);
        return;
    }
    if (plugin->written && plugin->between.size)
        sheaf_buffer_add(&plugin->sink->sink->buffer, sheaf_buffer_view(&plugin->between));
    sheaf_plugin_push_part(L, plugin, SHEAF_PART_each);
    sheaf_article_lend(L, loan, owner);
    sheaf_plugin_push_opt(L, plugin);
    push_out(L, plugin);
    lua_call(L, 3, 0);
    plugin->written = true;
}

void sheaf_export_close(lua_State *L, sheaf_plugin *plugin) {
    if (sheaf_export_by_parts(plugin)) {
        if (!sheaf_plugin_push_part(L, plugin, SHEAF_PART_finish))
            return;
        lua_rawgeti(L, LUA_REGISTRYINDEX,
                    plugin->total == LUA_NOREF ? plugin->progress : plugin->total);
        sheaf_plugin_push_opt(L, plugin);
        push_out(L, plugin);
        lua_call(L, 3, 0);
    } else if (sheaf_plugin_push_part(L, plugin, SHEAF_PART_close)) {
        push_out(L, plugin);
        sheaf_plugin_push_opt(L, plugin);
        lua_call(L, 2, 0);
    }
}

void sheaf_export_detach(sheaf_plugin *plugin) {
    if (plugin->sink)
        plugin->sink->sink = NULL;
    plugin->sink = NULL;
}

/* ---- methods for the host --------------------------------------------------------- */

static int write_inner(lua_State *L) {
    sheaf_plugin *plugin = lua_touserdata(L, 1);
    sheaf_export_write(L, plugin, &plugin->loan, 0);
    return 0;
}

static int close_inner(lua_State *L) {
    sheaf_export_close(L, lua_touserdata(L, 1));
    return 0;
}

/* true, or nil and the problem; an output that failed is a problem too. */
static int outcome(lua_State *L, sheaf_plugin *plugin, bool done, const sheaf_sink *sink,
                   const sheaf_article *article) {
    if (!done)
        return sheaf_plugin_failure(L, plugin, article);
    if (sink->error.status != SHEAF_OK)
        return sheaf_plugin_complain(L, plugin, article, sink->error.message);
    lua_pushboolean(L, 1);
    return 1;
}

static sheaf_plugin *check_exporter(lua_State *L, bool exporting) {
    sheaf_plugin *plugin = sheaf_plugin_check(L);
    if (plugin->kind != SHEAF_PLUGIN_EXPORTER)
        luaL_error(L, "this plugin is no exporter");
    if (exporting != (plugin->sink != NULL))
        luaL_error(L, exporting ? "the exporter is not open" : "the exporter is open already");
    return plugin;
}

int sheaf_plugin_open(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, false);
    sheaf_sink *sink = sheaf_out_check(L, 2);
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, 1, 1);
    bool done = sheaf_plugin_start(plugin, sink);
    if (!done)
        sheaf_export_detach(plugin);
    return outcome(L, plugin, done, sink, NULL);
}

int sheaf_plugin_write(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, true);
    sheaf_plugin_lend(L, plugin, 2);
    bool done = sheaf_state_call(plugin->state, write_inner, plugin, 0);
    sheaf_plugin_take_back(L, plugin, 2);
    return outcome(L, plugin, done, plugin->sink->sink, sheaf_article_unread(L, 2));
}

int sheaf_plugin_close(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, true);
    const sheaf_sink *sink = plugin->sink->sink;
    bool done = sheaf_state_call(plugin->state, close_inner, plugin, 0);
    sheaf_export_detach(plugin);
    return outcome(L, plugin, done, sink, NULL);
}

/* plugin:merge(parcel) */
int sheaf_plugin_merge(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, true);
    if (!sheaf_plugin_merge_part(plugin, sheaf_check_slice(L, 2)))
        return sheaf_plugin_failure(L, plugin, NULL);
    lua_pushboolean(L, 1);
    return 1;
}

/* plugin:part() -> the state of what was added since the last turn, as a parcel */
int sheaf_plugin_parcel(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, true);
    sheaf_buffer *parcel = sheaf_scratch_buffer(L);
    if (!sheaf_plugin_pack_part(plugin, parcel))
        return sheaf_plugin_failure(L, plugin, NULL);
    sheaf_push_slice(L, sheaf_buffer_view(parcel));
    return 1;
}

/* plugin:turn(): what was added since the last one is merged, and a new part begins. An exporter
 * that cannot merge goes on with the same part. */
int sheaf_plugin_turn(lua_State *L) {
    sheaf_plugin *plugin = check_exporter(L, true);
    if (sheaf_export_by_parts(plugin) && plugin->part[SHEAF_PART_merge] != LUA_NOREF) {
        sheaf_buffer *parcel = sheaf_scratch_buffer(L);
        if (!sheaf_plugin_pack_part(plugin, parcel) ||
            !sheaf_plugin_merge_part(plugin, sheaf_buffer_view(parcel)) ||
            !sheaf_plugin_begin_part(plugin))
            return sheaf_plugin_failure(L, plugin, NULL);
    }
    lua_pushboolean(L, 1);
    return 1;
}
