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

typedef struct sheaf_plugin {
    sheaf_state *state; /* NULL: closed */
    sheaf_loan loan;
    sheaf_plugin_kind kind;
    int part[SHEAF_PART_COUNT]; /* registry references; LUA_NOREF: not there */
    int table;                  /* what the file returned */
    int opt;
    int progress;    /* of an exporter by parts: its state */
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

/* Inside the plugin's state: pushes the function, and calls it with the
 * arguments pushed after it. */
bool sheaf_plugin_push_part(lua_State *L, const sheaf_plugin *plugin, sheaf_plugin_part part);
void sheaf_plugin_push_opt(lua_State *L, const sheaf_plugin *plugin);

/* Inside the state: an exporter begins, takes one article, and ends. */
void sheaf_export_open(lua_State *L, sheaf_plugin *plugin, sheaf_sink *sink);
void sheaf_export_write(lua_State *L, sheaf_plugin *plugin, sheaf_loan *loan, int owner);
void sheaf_export_close(lua_State *L, sheaf_plugin *plugin);
void sheaf_export_detach(sheaf_plugin *plugin);

/* Methods for the host. */
int sheaf_plugin_open(lua_State *L);
int sheaf_plugin_write(lua_State *L);
int sheaf_plugin_close(lua_State *L);
int sheaf_plugin_test(lua_State *L);

#endif
