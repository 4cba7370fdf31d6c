/* plugin_split.c - is an exporter's output the same however its articles are dealt out?
 *
 * The articles of all tests that a plugin brings with it are exported once in one part, and then
 * in parts that are cut at random, but at the same places each time. Each part goes through the
 * same bytes as it does from thread to thread. An exporter of rows is given the same articles the
 * other way round, and must write the same for each. */
#include "script/parcel.h"
#include "script/plugin.h"

enum { TRIALS = 6, SAMPLES_MAX = 500 };

typedef struct splitter {
    lua_State *L;
    sheaf_plugin *plugin;
    int samples; /* index of a list of articles */
    lua_Integer count;
    uint64_t chance;
} splitter;

static void add_sample(splitter *s, int give) {
    if (s->count >= SAMPLES_MAX || !lua_istable(s->L, give))
        return;
    sheaf_article_from_table(s->L, give);
    lua_rawseti(s->L, s->samples, ++s->count);
}

/* Of one test, whose give is on the top: an article, or a list of them. */
static void add_samples(splitter *s) {
    lua_State *L = s->L;
    int give = lua_gettop(L);
    size_t count = lua_istable(L, give) ? lua_rawlen(L, give) : 0;
    if (count == 0)
        add_sample(s, give);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, give, (lua_Integer)i);
        add_sample(s, lua_gettop(L));
        lua_pop(L, 1);
    }
}

static void collect(splitter *s) {
    lua_State *L = s->L;
    lua_newtable(L);
    s->samples = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->plugin->table);
    lua_getfield(L, -1, "tests");
    int tests = lua_gettop(L);
    for (size_t i = 1, count = lua_rawlen(L, tests); i <= count; i++) {
        if (lua_rawgeti(L, tests, (lua_Integer)i) == LUA_TTABLE) {
            lua_getfield(L, -1, "give");
            add_samples(s);
        }
        lua_settop(L, tests);
    }
    lua_settop(L, s->samples);
}

static void write_sample(splitter *s, lua_Integer i) {
    lua_State *L = s->L;
    lua_rawgeti(L, s->samples, i);
    sheaf_loan *loan = sheaf_article_loan(L, -1);
    loan->denied = s->plugin->denied;
    sheaf_export_write(L, s->plugin, loan, lua_gettop(L));
    lua_pop(L, 1);
}

static void end_part(splitter *s) {
    lua_State *L = s->L;
    sheaf_buffer *parcel = sheaf_scratch_buffer(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->plugin->progress);
    const char *problem = sheaf_parcel_pack(L, -1, parcel);
    lua_pop(L, 1);
    if (!problem)
        problem = sheaf_parcel_push(L, sheaf_buffer_view(parcel));
    if (problem)
        luaL_error(L, "the state that 'add' fills is plain data: %s", problem);
    sheaf_export_merge(L, s->plugin);
    sheaf_scratch_end(L);
    sheaf_export_begin_part(L, s->plugin);
}

static bool by_chance(splitter *s) {
    s->chance = s->chance * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return s->chance >> 62 == 0;
}

/* Leaves the output in sink. With parts it is cut at random; else it is one. */
static void export_all(splitter *s, sheaf_sink *sink, bool parts) {
    sheaf_buffer_reset(&sink->buffer);
    sheaf_export_open(s->L, s->plugin, sink);
    for (lua_Integer i = 1; i <= s->count; i++) {
        write_sample(s, i);
        if (parts && (i == s->count || by_chance(s)))
            end_part(s);
    }
    sheaf_export_close(s->L, s->plugin);
}

static void check_parts(splitter *s, sheaf_sink *sink) {
    lua_State *L = s->L;
    export_all(s, sink, false);
    sheaf_buffer *whole = sheaf_scratch_buffer(L);
    sheaf_buffer_add(whole, sheaf_buffer_view(&sink->buffer));
    sheaf_check_memory(L, whole->failed);
    for (int trial = 0; trial < TRIALS; trial++) {
        export_all(s, sink, true);
        if (!sheaf_slice_equal(sheaf_buffer_view(whole), sheaf_buffer_view(&sink->buffer)))
            luaL_error(L, "the articles of the tests in several parts give another output than in "
                          "one: 'merge' does not add up what 'add' does");
    }
}

/* The bytes that article i makes, behind those that were written already. */
static sheaf_slice row_of(splitter *s, sheaf_sink *sink, lua_Integer i) {
    size_t before = sink->buffer.size;
    s->plugin->written = false;
    write_sample(s, i);
    return sheaf_slice_part(sheaf_buffer_view(&sink->buffer), before, sink->buffer.size);
}

static void check_rows(splitter *s, sheaf_sink *sink) {
    lua_State *L = s->L;
    sheaf_export_open(L, s->plugin, sink);
    for (lua_Integer i = 1; i <= s->count; i++) {
        sheaf_push_slice(L, row_of(s, sink, i));
        lua_rawseti(L, s->samples, SAMPLES_MAX + i);
    }
    for (lua_Integer i = s->count; i >= 1; i--) {
        sheaf_push_slice(L, row_of(s, sink, i));
        lua_rawgeti(L, s->samples, SAMPLES_MAX + i);
        if (!lua_rawequal(L, -1, -2))
            luaL_error(L, "the plugin says rows = true, but what 'each' writes of an article "
                          "depends on those before it");
        lua_pop(L, 2);
    }
}

void sheaf_export_check_split(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink) {
    splitter s = {.L = L, .plugin = plugin, .chance = 20};
    bool parts = sheaf_export_by_parts(plugin) && plugin->part[SHEAF_PART_merge] != LUA_NOREF;
    if (!parts && !plugin->rows)
        return;
    collect(&s);
    sheaf_buffer_reset(&sink->buffer);
    if (parts)
        check_parts(&s, sink);
    else
        check_rows(&s, sink);
}
