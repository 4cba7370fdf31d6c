/* bind_sink.c - write, json and csv; for the host close, discard and text too. */
#include "script/bind.h"
#include "script/bind_sqlite.h"
#include "script/bundle.h"
#include "script/out.h"

static const char out_tag;

typedef struct owned_out {
    sheaf_out out;
    sheaf_sink sink;
} owned_out;

enum { MEMORY_LIMIT = 256 << 20 };

sheaf_out *sheaf_out_push(lua_State *L, sheaf_sink *sink) {
    sheaf_out *out = lua_newuserdatauv(L, sizeof *out, 0);
    *out = (sheaf_out){&out_tag, sink};
    luaL_setmetatable(L, "sheaf.out");
    return out;
}

sheaf_sink *sheaf_out_check(lua_State *L, int index) {
    sheaf_out *out = lua_type(L, index) == LUA_TUSERDATA && lua_rawlen(L, index) >= sizeof *out
                         ? lua_touserdata(L, index)
                         : NULL;
    if (!out || out->tag != &out_tag)
        luaL_typeerror(L, index, "output");
    if (!out->sink)
        luaL_error(L, "the output is closed already");
    return out->sink;
}

/* What each writing method ends with: the output itself, or nil and why not. */
static int settle(lua_State *L, sheaf_sink *sink) {
    if (sheaf_sink_settle(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    lua_settop(L, 1);
    return 1;
}

/* The sink, when text may be written to it. */
static sheaf_sink *check_text(lua_State *L) {
    sheaf_sink *sink = sheaf_out_check(L, 1);
    if (sink->bundle && sheaf_bundle_is_folder(sink->bundle))
        luaL_error(L, "the output is a folder, and this is one file: name a file");
    if (sink->bundle)
        luaL_error(L, "the output has several files: write with out:file(name, bytes)");
    return sink;
}

static int out_write(lua_State *L) {
    sheaf_sink *sink = check_text(L);
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++)
        sheaf_buffer_add(&sink->buffer, sheaf_check_slice(L, i));
    return settle(L, sink);
}

/* out:json(article or table [, keys]) */
static int out_json(lua_State *L) {
    sheaf_sink *sink = check_text(L);
    lua_settop(L, 3);
    size_t before = sink->buffer.size;
    if (lua_istable(L, 2)) {
        const char *problem = sheaf_encode_value(L, 2, &sink->buffer);
        if (problem) {
            sink->buffer.size = before;
            return luaL_error(L, "cannot encode: %s", problem);
        }
    } else {
        const sheaf_article *article = sheaf_article_unread(L, 2);
        sheaf_article_permit(L, sheaf_article_loan(L, 2), 3);
        sheaf_article_write(L, &sink->buffer, article, 3);
    }
    sheaf_buffer_char(&sink->buffer, '\n');
    return settle(L, sink);
}

/* out:file(name, bytes): one file of an output of several. */
static int out_file(lua_State *L) {
    sheaf_sink *sink = sheaf_out_check(L, 1);
    sheaf_slice name = sheaf_check_slice(L, 2), bytes = sheaf_check_slice(L, 3);
    if (!sink->bundle && sink->buffer.size)
        return luaL_error(L, "the output has text already: it cannot have several files");
    if (sheaf_sink_file(sink, name, bytes) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    return settle(L, sink);
}

static bool needs_quotes(sheaf_slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("\",\r\n", text.data[i]))
            return true;
    }
    return text.size && (text.data[0] == ' ' || text.data[text.size - 1] == ' ');
}

static void add_csv_field(sheaf_buffer *out, sheaf_slice text) {
    if (!needs_quotes(text)) {
        sheaf_buffer_add(out, text);
        return;
    }
    sheaf_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            sheaf_buffer_char(out, '"');
        sheaf_buffer_char(out, text.data[i]);
    }
    sheaf_buffer_char(out, '"');
}

/* One record as RFC 4180 has it; nil is an empty field. */
static int out_csv(lua_State *L) {
    sheaf_sink *sink = check_text(L);
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        if (!lua_isnil(L, i) && !lua_isboolean(L, i))
            luaL_checkstring(L, i);
    }
    for (int i = 2; i <= count; i++) {
        if (i > 2)
            sheaf_buffer_char(&sink->buffer, ',');
        if (lua_isboolean(L, i))
            sheaf_buffer_add(&sink->buffer, lua_toboolean(L, i) ? SLICE("true") : SLICE("false"));
        else if (!lua_isnil(L, i))
            add_csv_field(&sink->buffer, sheaf_check_slice(L, i));
    }
    sheaf_buffer_append(&sink->buffer, "\r\n", 2);
    return settle(L, sink);
}

static int sink_flush(lua_State *L) {
    sheaf_sink *sink = sheaf_out_check(L, 1);
    sheaf_sink_settle(sink);
    if (sheaf_sink_flush(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    lua_settop(L, 1);
    return 1;
}

static int sink_close(lua_State *L) {
    sheaf_sink *sink = sheaf_out_check(L, 1);
    if (sheaf_sink_close(sink) != SHEAF_OK)
        return sheaf_push_failure(L, &sink->error);
    lua_pushboolean(L, 1);
    return 1;
}

static int sink_discard(lua_State *L) {
    sheaf_sink_discard(sheaf_out_check(L, 1));
    return 0;
}

static int sink_text(lua_State *L) {
    sheaf_sink *sink = sheaf_out_check(L, 1);
    luaL_argcheck(L, sink->memory, 1, "only a sink in memory has a text");
    sheaf_push_slice(L, sheaf_buffer_view(&sink->buffer));
    return 1;
}

/* Standard output keeps what was written to it; an unfinished file goes. */
static int sink_collect(lua_State *L) {
    owned_out *own = lua_touserdata(L, 1);
    if (own->sink.fd >= 0 && !own->sink.temporary)
        sheaf_sink_flush(&own->sink);
    sheaf_sink_discard(&own->sink);
    own->out.sink = NULL;
    return 0;
}

static owned_out *push_owned(lua_State *L) {
    owned_out *own = lua_newuserdatauv(L, sizeof *own, 0);
    sheaf_sink_open_memory(&own->sink, MEMORY_LIMIT);
    own->out = (sheaf_out){&out_tag, &own->sink};
    luaL_setmetatable(L, "sheaf.sink");
    return own;
}

static int bind_sink(lua_State *L) {
    sheaf_error error = {0};
    const char *path = luaL_optstring(L, 1, NULL);
    owned_out *own = push_owned(L);
    if (sheaf_sink_open(&own->sink, path, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return 1;
}

static int bind_sink_memory(lua_State *L) {
    push_owned(L);
    return 1;
}

void sheaf_open_sinks(lua_State *L) {
    static const luaL_Reg writing[] = {{"write", out_write},   {"json", out_json},
                                       {"csv", out_csv},       {"file", out_file},
                                       {"sql", sheaf_out_sql}, {NULL, NULL}};
    static const luaL_Reg nothing[] = {{NULL, NULL}};
    sheaf_make_class(L, "sheaf.out", writing, nothing);
}

void sheaf_bind_sinks(lua_State *L) {
    static const luaL_Reg methods[] = {{"write", out_write},   {"json", out_json},
                                       {"csv", out_csv},       {"file", out_file},
                                       {"sql", sheaf_out_sql}, {"flush", sink_flush},
                                       {"close", sink_close},  {"discard", sink_discard},
                                       {"text", sink_text},    {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", sink_collect}, {"__close", sink_collect}, {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"sink", bind_sink}, {"sink_memory", bind_sink_memory}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.sink", methods, metamethods);
    luaL_setfuncs(L, functions, 0);
}
