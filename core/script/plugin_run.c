/* plugin_run.c - one article through one plugin, in any thread and without a host.
 *
 * What an extractor gives is put into the article from within the plugin's own state, so that
 * nothing is copied from state to state. A failure is the fault of the state, whether Lua raised
 * it or what was given could not be put in place. */
#include "script/plugin.h"

#include "script/parcel.h"

void sheaf_plugin_lend_loan(sheaf_plugin *plugin, const sheaf_loan *from) {
    sheaf_loan_begin(&plugin->loan, from->article);
    plugin->loan.denied = plugin->denied;
    plugin->loan.has_words = from->has_words;
    plugin->loan.words = from->words;
    plugin->loan.site = from->site;
}

void sheaf_plugin_end_loan(sheaf_plugin *plugin, sheaf_loan *to) {
    if (plugin->loan.has_words) {
        to->has_words = true;
        to->words = plugin->loan.words;
    }
    sheaf_loan_end(&plugin->loan);
}

static bool fail_with(sheaf_plugin *plugin, sheaf_slice message) {
    sheaf_fault *fault = &plugin->state->fault;
    sheaf_fault_reset(fault);
    fault->kind = SHEAF_FAULT_ERROR;
    sheaf_fault_say(fault, message);
    return false;
}

static sheaf_slice text_at(lua_State *L, int index) {
    sheaf_slice text = SLICE("it gave no reason");
    if (lua_type(L, index) == LUA_TSTRING)
        text.data = lua_tolstring(L, index, &text.size);
    return text;
}

static void call_each(lua_State *L, sheaf_plugin *plugin) {
    sheaf_plugin_push_part(L, plugin, SHEAF_PART_each);
    sheaf_article_lend(L, &plugin->loan, 0);
    sheaf_plugin_push_opt(L, plugin);
    lua_call(L, 2, 1);
}

/* ---- filters --------------------------------------------------------------------- */

static int filter_inner(lua_State *L) {
    call_each(L, lua_touserdata(L, 1));
    return 1;
}

bool sheaf_plugin_filter(sheaf_plugin *plugin, sheaf_loan *loan, bool *keep) {
    sheaf_plugin_lend_loan(plugin, loan);
    bool done = sheaf_state_call(plugin->state, filter_inner, plugin, 1);
    sheaf_plugin_end_loan(plugin, loan);
    *keep = done && lua_toboolean(plugin->state->lua, 2);
    return done;
}

/* ---- extractors ------------------------------------------------------------------ */

typedef struct extract_request {
    sheaf_plugin *plugin;
    sheaf_article *article;
    bool layer; /* what it gives becomes a layer, whatever it is */
} extract_request;

static bool has_spans(lua_State *L, int index) {
    lua_pushliteral(L, "spans");
    bool has = lua_rawget(L, index) != LUA_TNIL;
    lua_pop(L, 1);
    return has;
}

/* -> nothing, or why what was given cannot be put in place */
static int extract_inner(lua_State *L) {
    const extract_request *request = lua_touserdata(L, 1);
    sheaf_slice name = sheaf_slice_of(request->plugin->name);
    call_each(L, request->plugin);
    int found = lua_gettop(L);
    if (lua_isnil(L, found))
        return 0;
    if (!lua_istable(L, found)) {
        lua_pushliteral(L, "'each' of an extractor returns a table of fields or nil");
        return 1;
    }
    bool done = request->layer || has_spans(L, found)
                    ? sheaf_layers_attach(L, request->article, name, found)
                    : sheaf_article_apply(L, request->article, name, found);
    if (!done)
        lua_pushvalue(L, -1);
    return done ? 0 : 1;
}

bool sheaf_plugin_extract(sheaf_plugin *plugin, sheaf_loan *loan, bool layer) {
    extract_request request = {plugin, loan->article, layer};
    sheaf_plugin_lend_loan(plugin, loan);
    bool done = sheaf_state_call(plugin->state, extract_inner, &request, 1);
    sheaf_loan_end(&plugin->loan);
    loan->has_words = loan->has_folded = false; /* the text may be another */
    if (done && !lua_isnil(plugin->state->lua, 2))
        return fail_with(plugin, text_at(plugin->state->lua, 2));
    return done;
}

/* ---- exporters ------------------------------------------------------------------- */

typedef struct open_request {
    sheaf_plugin *plugin;
    sheaf_sink *sink;
} open_request;

static int open_inner(lua_State *L) {
    const open_request *request = lua_touserdata(L, 1);
    sheaf_export_open(L, request->plugin, request->sink);
    return 0;
}

bool sheaf_plugin_start(sheaf_plugin *plugin, sheaf_sink *sink) {
    open_request request = {plugin, sink};
    return sheaf_state_call(plugin->state, open_inner, &request, 0);
}

static int write_inner(lua_State *L) {
    sheaf_plugin *plugin = lua_touserdata(L, 1);
    sheaf_export_write(L, plugin, &plugin->loan, 0);
    return 0;
}

bool sheaf_plugin_export(sheaf_plugin *plugin, sheaf_loan *loan) {
    const sheaf_sink *sink = plugin->sink->sink;
    sheaf_plugin_lend_loan(plugin, loan);
    bool done = sheaf_state_call(plugin->state, write_inner, plugin, 0);
    sheaf_plugin_end_loan(plugin, loan);
    if (done && sink && sink->error.status != SHEAF_OK)
        return fail_with(plugin, sheaf_slice_of(sink->error.message));
    return done;
}

/* ---- chunks ---------------------------------------------------------------------- */

typedef struct chunk_request {
    sheaf_plugin *plugin;
    uint64_t number;
    sheaf_buffer *parcel;
    sheaf_slice bytes;
} chunk_request;

static int seed_inner(lua_State *L) {
    const chunk_request *request = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, request->plugin->seed);
    lua_pushinteger(L, (lua_Integer)request->number + 1);
    lua_call(L, 1, 0);
    return 0;
}

bool sheaf_plugin_seed(sheaf_plugin *plugin, uint64_t chunk) {
    chunk_request request = {.plugin = plugin, .number = chunk};
    return sheaf_state_call(plugin->state, seed_inner, &request, 0);
}

static int begin_inner(lua_State *L) {
    sheaf_export_begin_part(L, lua_touserdata(L, 1));
    return 0;
}

bool sheaf_plugin_begin_part(sheaf_plugin *plugin) {
    return sheaf_state_call(plugin->state, begin_inner, plugin, 0);
}

static int pack_inner(lua_State *L) {
    const chunk_request *request = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, request->plugin->progress);
    const char *problem = sheaf_parcel_pack(L, -1, request->parcel);
    if (problem)
        return luaL_error(L, "the state that 'add' fills is plain data: %s", problem);
    return 0;
}

bool sheaf_plugin_pack_part(sheaf_plugin *plugin, sheaf_buffer *parcel) {
    chunk_request request = {.plugin = plugin, .parcel = parcel};
    return sheaf_state_call(plugin->state, pack_inner, &request, 0);
}

static int merge_inner(lua_State *L) {
    const chunk_request *request = lua_touserdata(L, 1);
    sheaf_plugin *plugin = request->plugin;
    const char *problem = sheaf_parcel_push(L, request->bytes);
    if (problem)
        return luaL_error(L, "the state of a part: %s", problem);
    sheaf_export_merge(L, plugin);
    return 0;
}

bool sheaf_plugin_merge_part(sheaf_plugin *plugin, sheaf_slice parcel) {
    chunk_request request = {.plugin = plugin, .bytes = parcel};
    return sheaf_state_call(plugin->state, merge_inner, &request, 0);
}
