/* bind_layer.c - layers of a sheaf, joined with its articles.
 *
 *   stored     {"id":…,"text_hash":…,"fields":{…},"spans":[[0,5,{…}]]}   bytes
 *   joined     {"fields":{…},"spans":[[0,5,{…}]]}                        bytes
 *   in Lua     { …fields…, spans = {{1, 5, {…}}} }                       as Lua counts
 *   exported   as stored                                                 code points
 *
 * What Lua sees of a layer has the shape of what the extractor returned. */
#include "script/bind.h"

#include "article/json.h"
#include "article/row.h"
#include "store/layer.h"

typedef struct layer_handle {
    struct shared_file *shared;
    sheaf_file *file;
    sheaf_layer *layer;
} layer_handle;

typedef struct writer_handle {
    sheaf_layer_writer *writer; /* NULL: closed */
} writer_handle;

/* ---- as JSON and as tables ------------------------------------------------------ */

void sheaf_layers_write(sheaf_buffer *out, const sheaf_article *article) {
    sheaf_buffer_char(out, '{');
    for (size_t i = 0; i < article->layers.count; i++) {
        if (i > 0)
            sheaf_buffer_char(out, ',');
        sheaf_buffer_char(out, '"');
        sheaf_buffer_add(out, article->layers.items[i].name); /* letters, digits, signs */
        sheaf_buffer_add(out, SLICE("\":"));
        sheaf_buffer_add(out, article->layers.items[i].value);
    }
    sheaf_buffer_char(out, '}');
}

/* The table of spans on the top counts from 0 and becomes one of Lua. */
static void count_from_one(lua_State *L) {
    for (lua_Integer i = 1, count = luaL_len(L, -1); i <= count; i++) {
        if (lua_geti(L, -1, i) == LUA_TTABLE) {
            lua_geti(L, -1, 1);
            lua_pushinteger(L, lua_tointeger(L, -1) + 1);
            lua_seti(L, -3, 1);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
}

/* Pushes the fields of a joined layer with its spans among them. */
static void push_joined(lua_State *L, sheaf_slice json) {
    sheaf_error error = {0};
    if (sheaf_decode_value(L, json, &error) != SHEAF_OK)
        luaL_error(L, "%s", error.message);
    if (lua_getfield(L, -1, "fields") != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
    }
    if (lua_getfield(L, -2, "spans") == LUA_TTABLE) {
        count_from_one(L);
        lua_setfield(L, -2, "spans");
    } else {
        lua_pop(L, 1);
    }
    lua_remove(L, -2);
}

void sheaf_layers_push(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, 0, (int)article->layers.count);
    for (size_t i = 0; i < article->layers.count; i++) {
        sheaf_push_slice(L, article->layers.items[i].name);
        push_joined(L, article->layers.items[i].value);
        lua_rawset(L, -3);
    }
}

static bool is_span_field(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TSTRING &&
           sheaf_slice_is(sheaf_check_slice(L, index), "spans");
}

/* Appends the fields of the table at index, all but its spans; nothing when there
 * are none. NULL, or why not. */
static const char *write_fields(lua_State *L, int index, sheaf_buffer *out) {
    bool any = false;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        bool spans = is_span_field(L, -2);
        lua_pushvalue(L, -2);
        lua_insert(L, -2); /* table, key, key, value */
        if (spans)
            lua_pop(L, 2);
        else
            lua_rawset(L, -4);
        any = any || !spans;
    }
    const char *problem = any ? sheaf_encode_value(L, lua_gettop(L), out) : NULL;
    lua_pop(L, 1);
    return problem;
}

/* One span, {from, to, data}, on the top. */
static const char *write_span(lua_State *L, sheaf_buffer *out) {
    int from_is, to_is, top = lua_gettop(L);
    if (!lua_istable(L, top))
        return "a span is a table {from, to, {...}}";
    lua_geti(L, top, 1);
    lua_geti(L, top, 2);
    lua_Integer from = lua_tointegerx(L, -2, &from_is), to = lua_tointegerx(L, -1, &to_is);
    if (!from_is || !to_is || from < 1 || to < from - 1)
        return "a span begins with two positions in the text, {from, to, {...}}";
    sheaf_buffer_printf(out, "[%lld,%lld", (long long)from - 1, (long long)to);
    int type = lua_geti(L, top, 3);
    const char *problem = NULL;
    if (type == LUA_TTABLE) {
        lua_pushnil(L);
        bool empty = !lua_next(L, -2);
        lua_settop(L, top + 3);
        sheaf_buffer_char(out, ',');
        if (empty)
            sheaf_buffer_add(out, SLICE("{}"));
        else
            problem = sheaf_encode_value(L, top + 3, out);
    } else if (type != LUA_TNIL) {
        problem = "the third part of a span is a table";
    }
    sheaf_buffer_char(out, ']');
    lua_settop(L, top);
    return problem;
}

/* Appends found.spans of the table at index; nothing when there are none. */
static const char *write_spans(lua_State *L, int index, sheaf_buffer *out) {
    int top = lua_gettop(L), type = lua_getfield(L, index, "spans");
    const char *problem = type == LUA_TNIL || type == LUA_TTABLE ? NULL : "spans are a list";
    lua_Integer count = type == LUA_TTABLE ? luaL_len(L, -1) : 0;
    if (count > 0)
        sheaf_buffer_char(out, '[');
    for (lua_Integer i = 1; i <= count && !problem; i++) {
        lua_geti(L, top + 1, i);
        if (i > 1)
            sheaf_buffer_char(out, ',');
        problem = write_span(L, out);
        lua_pop(L, 1);
    }
    if (count > 0)
        sheaf_buffer_char(out, ']');
    lua_settop(L, top);
    return problem;
}

bool sheaf_layers_attach(lua_State *L, sheaf_article *article, sheaf_slice name, int index) {
    sheaf_error error = {0};
    sheaf_buffer *value = sheaf_scratch_buffer(L), *spans = sheaf_scratch_buffer(L);
    sheaf_buffer_add(value, SLICE("{\"fields\":"));
    size_t before = value->size;
    const char *problem = write_fields(L, index, value);
    if (value->size == before)
        sheaf_buffer_add(value, SLICE("{}"));
    if (!problem)
        problem = write_spans(L, index, spans);
    sheaf_row_fetch(article, SHEAF_FIELD_TEXT);
    sheaf_check_memory(L, article->arena.failed);
    if (!problem && spans->size &&
        sheaf_spans_check(sheaf_buffer_view(spans), article->field[SHEAF_FIELD_TEXT], &error) !=
            SHEAF_OK)
        problem = error.message;
    if (problem) {
        lua_pushstring(L, problem);
        return false;
    }
    if (spans->size)
        sheaf_buffer_add(value, SLICE(",\"spans\":"));
    sheaf_buffer_add(value, sheaf_buffer_view(spans));
    sheaf_buffer_char(value, '}');
    sheaf_attribute layer = {sheaf_arena_copy(&article->arena, name),
                             sheaf_arena_copy(&article->arena, sheaf_buffer_view(value))};
    SHEAF_LIST_ADD(article, layers, layer);
    sheaf_check_memory(L, value->failed || spans->failed || article->arena.failed);
    return true;
}

/* ---- layers of a file ---------------------------------------------------------------- */

static int file_layers(lua_State *L) {
    sheaf_error error = {0};
    sheaf_layer_about about;
    sheaf_file *file = sheaf_check_file(L, 1);
    sheaf_status status;
    lua_newtable(L);
    for (size_t i = 0; (status = sheaf_file_layer(file, i, &about, &error)) == SHEAF_OK; i++) {
        lua_createtable(L, 0, 5);
        sheaf_set_slice(L, "name", about.name);
        sheaf_set_slice(L, "version", about.version);
        sheaf_set_integer(L, "rows", (lua_Integer)about.rows);
        sheaf_set_integer(L, "bytes", (lua_Integer)about.bytes);
        sheaf_set_integer(L, "commit", (lua_Integer)about.commit);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return status == SHEAF_END ? 1 : sheaf_push_failure(L, &error);
}

static int file_layer(lua_State *L) {
    sheaf_error error = {0};
    sheaf_file *file = sheaf_check_file(L, 1);
    sheaf_slice name = sheaf_check_slice(L, 2);
    layer_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    *handle = (layer_handle){.file = file};
    luaL_setmetatable(L, "sheaf.layer");
    handle->shared = sheaf_share_file(L, 1);
    if (sheaf_layer_open(&handle->layer, file, name, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return 1;
}

static int layer_close(lua_State *L) {
    layer_handle *handle = luaL_checkudata(L, 1, "sheaf.layer");
    sheaf_layer_close(handle->layer);
    handle->layer = NULL;
    sheaf_let_go_file(&handle->shared);
    return 0;
}

/* The row for the article at 2. SHEAF_MISSING: it has none, or is of another sheaf. */
static sheaf_status find_row(lua_State *L, sheaf_layer_row *row, sheaf_error *error) {
    layer_handle *handle = luaL_checkudata(L, 1, "sheaf.layer");
    const sheaf_article *article = sheaf_article_check(L, 2);
    uint64_t ordinal;
    if (!handle->layer)
        luaL_error(L, "the layer is closed already");
    sheaf_status status =
        sheaf_file_find(handle->file, &ordinal, article->field[SHEAF_FIELD_ID], error);
    if (status == SHEAF_OK)
        status = sheaf_layer_get(handle->layer, ordinal, article, row, error);
    return status;
}

/* layer:join(article, name) -> true | false | nil, reason */
static int layer_join(lua_State *L) {
    sheaf_error error = {0};
    sheaf_layer_row row;
    sheaf_slice name = sheaf_check_slice(L, 3);
    sheaf_article *article = sheaf_article_check(L, 2);
    sheaf_status status = find_row(L, &row, &error);
    if (status == SHEAF_MISSING)
        return lua_pushboolean(L, 0), 1;
    if (status != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_slice fields = row.fields.size ? row.fields : SLICE("{}");
    sheaf_buffer *value = sheaf_scratch_buffer(L);
    sheaf_buffer_printf(value, "{\"fields\":%.*s", SLICE_ARGS(fields));
    if (row.spans.size)
        sheaf_buffer_printf(value, ",\"spans\":%.*s", SLICE_ARGS(row.spans));
    sheaf_buffer_char(value, '}');
    sheaf_attribute layer = {sheaf_arena_copy(&article->arena, name),
                             sheaf_arena_copy(&article->arena, sheaf_buffer_view(value))};
    SHEAF_LIST_ADD(article, layers, layer);
    sheaf_check_memory(L, value->failed || article->arena.failed);
    lua_pushboolean(L, 1);
    return 1;
}

/* layer:row(article) -> JSON with code points | false | nil, reason */
static int layer_row(lua_State *L) {
    sheaf_error error = {0};
    sheaf_layer_row row;
    sheaf_status status = find_row(L, &row, &error);
    if (status == SHEAF_MISSING)
        return lua_pushboolean(L, 0), 1;
    sheaf_buffer *out = sheaf_scratch_buffer(L);
    const sheaf_article *article = sheaf_article_check(L, 2);
    if (status == SHEAF_OK) {
        sheaf_buffer_add(out, SLICE("{\"id\":"));
        sheaf_json_write(out, row.id);
        sheaf_buffer_add(out, SLICE(",\"text_hash\":"));
        sheaf_json_write(out, row.text_hash);
        if (row.fields.size)
            sheaf_buffer_printf(out, ",\"fields\":%.*s", SLICE_ARGS(row.fields));
        if (row.spans.size) {
            sheaf_buffer_add(out, SLICE(",\"spans\":"));
            status = sheaf_spans_points(out, row.spans, article->field[SHEAF_FIELD_TEXT], &error);
        }
        sheaf_buffer_char(out, '}');
    }
    if (status != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    sheaf_check_memory(L, out->failed);
    sheaf_push_slice(L, sheaf_buffer_view(out));
    return 1;
}

void sheaf_open_layers(lua_State *L) {
    static const luaL_Reg of_files[] = {
        {"layers", file_layers}, {"layer", file_layer}, {NULL, NULL}};
    static const luaL_Reg methods[] = {
        {"join", layer_join}, {"row", layer_row}, {"close", layer_close}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", layer_close}, {"__close", layer_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.layer", methods, metamethods);
    luaL_getmetatable(L, "sheaf.file");
    lua_getfield(L, -1, "__index");
    luaL_setfuncs(L, of_files, 0);
    lua_pop(L, 2);
}

/* ---- making one, for the host -------------------------------------------------------- */

/* layer_writer(path, name, version) */
static int bind_layer_writer(lua_State *L) {
    sheaf_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    sheaf_slice name = sheaf_check_slice(L, 2), version = sheaf_check_slice(L, 3);
    writer_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->writer = NULL;
    luaL_setmetatable(L, "sheaf.layer_writer");
    if (sheaf_layer_writer_open(&handle->writer, path, name, version, &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    return 1;
}

static sheaf_layer_writer *check_writer(lua_State *L) {
    writer_handle *handle = luaL_checkudata(L, 1, "sheaf.layer_writer");
    if (!handle->writer)
        luaL_error(L, "the writer is closed already");
    return handle->writer;
}

/* writer:add(article, found) -> true | false when nothing was found | nil, reason */
static int writer_add(lua_State *L) {
    sheaf_error error = {0};
    sheaf_layer_writer *writer = check_writer(L);
    const sheaf_article *article = sheaf_article_check(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    sheaf_buffer *fields = sheaf_scratch_buffer(L), *spans = sheaf_scratch_buffer(L);
    const char *problem = write_fields(L, 3, fields);
    if (!problem)
        problem = write_spans(L, 3, spans);
    sheaf_check_memory(L, fields->failed || spans->failed);
    if (problem) {
        luaL_pushfail(L);
        lua_pushstring(L, problem);
        return 2;
    }
    if (fields->size + spans->size == 0)
        return lua_pushboolean(L, 0), 1;
    if (sheaf_layer_writer_add(writer, article, sheaf_buffer_view(fields), sheaf_buffer_view(spans),
                               &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static int writer_commit(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_layer_writer_commit(check_writer(L), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static int writer_close(lua_State *L) {
    writer_handle *handle = luaL_checkudata(L, 1, "sheaf.layer_writer");
    sheaf_layer_writer_close(handle->writer);
    handle->writer = NULL;
    return 0;
}

static int bind_drop_layer(lua_State *L) {
    sheaf_error error = {0};
    if (sheaf_layer_drop(luaL_checkstring(L, 1), sheaf_check_slice(L, 2), &error) != SHEAF_OK)
        return sheaf_push_failure(L, &error);
    lua_pushboolean(L, 1);
    return 1;
}

void sheaf_bind_layers(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"layer_writer", bind_layer_writer}, {"drop_layer", bind_drop_layer}, {NULL, NULL}};
    static const luaL_Reg methods[] = {
        {"add", writer_add}, {"commit", writer_commit}, {"close", writer_close}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", writer_close}, {"__close", writer_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.layer_writer", methods, metamethods);
    luaL_setfuncs(L, functions, 0);
}
