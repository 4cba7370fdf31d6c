/* plugin.h - a plugin as its parts share it: plugin.c makes it and calls it,
 * plugin_export.c feeds exporters, plugin_test.c runs its own tests.
 *
 *   host state: Plugin userdata ──► sheaf_state ──► Lua functions by reference
 *   its user value: the Sink that an exporter is writing to
 */
#ifndef SHEAF_SCRIPT_PLUGIN_H
#define SHEAF_SCRIPT_PLUGIN_H

#include "script/bind.h"
#include "script/out.h"
#include "script/state.h"

typedef enum sheaf_plugin_kind {
    SHEAF_PLUGIN_FILTER,
    SHEAF_PLUGIN_EXTRACTOR,
    SHEAF_PLUGIN_EXPORTER
} sheaf_plugin_kind;

/* Functions of a plugin's table, by the names they have there. */
#define SHEAF_PLUGIN_PARTS(X) X(each) X(open) X(close) X(start) X(add) X(merge) X(finish)

typedef enum sheaf_plugin_part {
#define X(name) SHEAF_PART_##name,
    SHEAF_PLUGIN_PARTS(X)
#undef X
        SHEAF_PART_COUNT
} sheaf_plugin_part;

/* What a plugin is made from, so that it can be made again in another thread. */
typedef struct sheaf_recipe {
    sheaf_slice source;
    const char *chunk;  /* "@file" or "=word" */
    const char *folder; /* whose lib/ it sees, or NULL */
    const char *shared; /* its sheaf/ has the modules that plugins share, or NULL */
    bool trust;
    bool forgiving;       /* nil may be compared and indexed */
    bool limited;         /* the host has set limits: the plugin's own do not count */
    sheaf_buffer options; /* a parcel; empty: none were given */
} sheaf_recipe;

/* Whether it wants to see articles in the order of the input, all in one state. */
typedef enum sheaf_plugin_order {
    SHEAF_ORDER_UNSAID, /* nothing is known: it is found out while it runs */
    SHEAF_ORDER_ANY,    /* each article by itself */
    SHEAF_ORDER_INPUT
} sheaf_plugin_order;

typedef struct sheaf_plugin {
    sheaf_state *state; /* NULL: closed */
    sheaf_loan loan;
    sheaf_recipe recipe;
    uint64_t denied; /* fields that it does not say it needs, as bits; 0: may read all */
    sheaf_plugin_kind kind;
    sheaf_plugin_order order;
    bool rows;            /* an exporter whose `each` depends on its article alone */
    bool written;         /* an exporter: an article since it was opened, or since a chunk began */
    sheaf_buffer between; /* what stands in front of every article but the first */
    int part[SHEAF_PART_COUNT]; /* registry references; LUA_NOREF: not there */
    int table;                  /* what the file returned */
    int opt;
    int progress;    /* of an exporter by parts: its state */
    int total;       /* and what parts before were merged to */
    int seed;        /* math.randomseed */
    int out;         /* keeps the out alive while exporting */
    sheaf_out *sink; /* not NULL: exporting */
    char name[64];
} sheaf_plugin;

/* The plugin at index 1 of a method. */
sheaf_plugin *sheaf_plugin_check(lua_State *L);

/* Pushes nil and the problem of the last failed call. Returns 2. */
int sheaf_plugin_failure(lua_State *L, sheaf_plugin *plugin, const sheaf_article *article);

/* The same with a sentence of ours. */
int sheaf_plugin_complain(lua_State *L, sheaf_plugin *plugin, const sheaf_article *article,
                          const char *message);

/* Lends article for a call, with what is known of it already; and ends that
 * loan, keeping what was worked out. */
void sheaf_plugin_lend(lua_State *L, sheaf_plugin *plugin, int article_index);
void sheaf_plugin_take_back(lua_State *L, sheaf_plugin *plugin, int article_index);

/* ---- making one, without a host (plugin_load.c) ------------------------------- */

bool sheaf_recipe_copy(sheaf_recipe *to, const sheaf_recipe *from);
void sheaf_recipe_clear(sheaf_recipe *recipe);

void sheaf_plugin_init(sheaf_plugin *plugin);
void sheaf_plugin_clear(sheaf_plugin *plugin);

/* Gives it an empty state; false: no memory. Then its recipe is run, and its
 * options are set; false: its fault tells. */
bool sheaf_plugin_prepare(sheaf_plugin *plugin, size_t memory, double seconds);
bool sheaf_plugin_load(sheaf_plugin *plugin);
bool sheaf_plugin_configure(sheaf_plugin *plugin);

/* Another one of the same recipe, in any thread. NULL: no memory. Only the
 * recipe and the limits of from are looked at. */
sheaf_plugin *sheaf_plugin_copy(const sheaf_plugin *from);

/* ---- calling one ---------------------------------------------------------------- */

/* Inside the plugin's state: pushes the function, and calls it with the
 * arguments pushed after it. */
bool sheaf_plugin_push_part(lua_State *L, const sheaf_plugin *plugin, sheaf_plugin_part part);
void sheaf_plugin_push_opt(lua_State *L, const sheaf_plugin *plugin);

/* ---- without a host, in any thread (plugin_run.c) -------------------------------- */

/* All return false when it failed; plugin->state->fault tells. loan is the
 * article, with what is known of it. */
bool sheaf_plugin_filter(sheaf_plugin *plugin, sheaf_loan *loan, bool *keep);
bool sheaf_plugin_extract(sheaf_plugin *plugin, sheaf_loan *loan, bool layer);

/* An exporter is opened on a sink, and takes one article. */
bool sheaf_plugin_start(sheaf_plugin *plugin, sheaf_sink *sink);
bool sheaf_plugin_export(sheaf_plugin *plugin, sheaf_loan *loan);

/* math.random starts anew, for a chunk of that number. */
bool sheaf_plugin_seed(sheaf_plugin *plugin, uint64_t chunk);

/* Exporters by parts: a new part begins; its state as a parcel; a parcel is
 * merged into the total, in order. */
bool sheaf_plugin_begin_part(sheaf_plugin *plugin);
bool sheaf_plugin_pack_part(sheaf_plugin *plugin, sheaf_buffer *parcel);
bool sheaf_plugin_merge_part(sheaf_plugin *plugin, sheaf_slice parcel);

/* A hash of what the plugin's functions keep between calls. */
bool sheaf_plugin_memory(sheaf_plugin *plugin, uint64_t *hash);

void sheaf_plugin_lend_loan(sheaf_plugin *plugin, const sheaf_loan *from);
void sheaf_plugin_end_loan(sheaf_plugin *plugin, sheaf_loan *to);

/* Adds by parts, or writes in order? And can parts be merged? */
bool sheaf_export_by_parts(const sheaf_plugin *plugin);

/* Inside the state: begins a part anew; merges the state on the top into the
 * total (popped). */
void sheaf_export_begin_part(lua_State *L, sheaf_plugin *plugin);
void sheaf_export_merge(lua_State *L, sheaf_plugin *plugin);

/* Inside the state: an exporter begins, takes one article, and ends. What it says to stand between
 * articles is put there. */
void sheaf_export_open(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink);
void sheaf_export_write(lua_State *L, sheaf_plugin *plugin, sheaf_loan *loan, int owner);
void sheaf_export_close(lua_State *L, sheaf_plugin *plugin);
void sheaf_export_detach(sheaf_plugin *plugin);

/* Inside the state: raises when the output depends on how the articles of the
 * plugin's own tests are dealt out (plugin_split.c). sink is one in memory. */
void sheaf_export_check_split(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink);

/* Methods for the host. */
int sheaf_plugin_open(lua_State *L);
int sheaf_plugin_write(lua_State *L);
int sheaf_plugin_close(lua_State *L);
int sheaf_plugin_test(lua_State *L);
int sheaf_plugin_merge(lua_State *L);  /* a parcel */
int sheaf_plugin_turn(lua_State *L);   /* what was added until now is a part */
int sheaf_plugin_parcel(lua_State *L); /* that part, as a parcel */

#endif
