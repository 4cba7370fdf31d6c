/* problem.c - from a fault in a sandbox to words with a place. */
#include "script/problem.h"

#include <stdio.h>

#include <lauxlib.h>

#include "base/memory.h"
#include "base/utf8.h"

static const char *const kind_names[] = {"none", "error", "time", "memory", "syntax"};

sheaf_source *sheaf_source_add(sheaf_source **list, const char *name, sheaf_slice text) {
    size_t length = strlen(name) + 1;
    sheaf_source *source = sheaf_malloc(sizeof *source + length + text.size);
    if (!source)
        return NULL;
    memcpy(source->name, name, length);
    if (text.size)
        memcpy(source->name + length, text.data, text.size);
    source->text = sheaf_slice_from(source->name + length, text.size);
    source->next = *list;
    *list = source;
    return source;
}

void sheaf_source_clear(sheaf_source **list) {
    while (*list) {
        sheaf_source *source = *list;
        *list = source->next;
        sheaf_free(source);
    }
}

void sheaf_fault_reset(sheaf_fault *fault) {
    fault->kind = SHEAF_FAULT_NONE;
    fault->line = fault->frames = 0;
    fault->file[0] = fault->message[0] = fault->source[0] = '\0';
}

static void keep(char *out, size_t room, sheaf_slice text) {
    sheaf_slice fits = sheaf_utf8_prefix(text, room - 1);
    if (fits.size)
        memcpy(out, fits.data, fits.size);
    out[fits.size] = '\0';
}

void sheaf_fault_say(sheaf_fault *fault, sheaf_slice message) {
    keep(fault->message, sizeof fault->message, message);
}

/* The name that users know a chunk by. */
static const char *plain_name(const char *source) {
    return *source == '@' || *source == '=' ? source + 1 : source;
}

static void note_place(sheaf_fault *fault, const lua_Debug *info) {
    keep(fault->file, sizeof fault->file, sheaf_slice_of(plain_name(info->source)));
    fault->line = info->currentline;
}

static bool is_lua(const lua_Debug *info) {
    return info->what[0] != 'C' && info->currentline > 0;
}

void sheaf_fault_here(sheaf_fault *fault, lua_State *L) {
    lua_Debug info;
    for (int level = 0; fault->line == 0 && lua_getstack(L, level, &info); level++) {
        lua_getinfo(L, "Sl", &info);
        if (is_lua(&info))
            note_place(fault, &info);
    }
}

static void describe_frame(char *out, size_t room, const lua_Debug *info) {
    const char *file = plain_name(info->source);
    if (info->what[0] == 'm')
        snprintf(out, room, "%s:%d: in main chunk", file, info->currentline);
    else if (info->name)
        snprintf(out, room, "%s:%d: in %s '%s'", file, info->currentline,
                 *info->namewhat ? info->namewhat : "function", info->name);
    else
        snprintf(out, room, "%s:%d: in function of line %d", file, info->currentline,
                 info->linedefined);
}

void sheaf_fault_trace(sheaf_fault *fault, lua_State *L) {
    lua_Debug info;
    fault->frames = 0;
    for (int level = 0; lua_getstack(L, level, &info); level++) {
        lua_getinfo(L, "Sln", &info);
        if (!is_lua(&info))
            continue;
        if (fault->frames == SHEAF_FAULT_FRAMES)
            break;
        describe_frame(fault->frame[fault->frames++], sizeof fault->frame[0], &info);
    }
    sheaf_fault_here(fault, L);
}

/* Lua shortens long names to "...end of name" in messages. */
static bool is_short_for(sheaf_slice given, const char *name) {
    if (sheaf_slice_starts(given, SLICE("...")))
        return sheaf_slice_ends(sheaf_slice_of(name), sheaf_slice_part(given, 3, given.size));
    return sheaf_slice_is(given, name);
}

/* Parses "name:12: rest"; false when message does not start so. */
static bool split_place(sheaf_slice message, const char *name, int *line, sheaf_slice *rest) {
    for (size_t colon = 0; (colon = sheaf_slice_find_char(message, colon, ':')) != SIZE_MAX;
         colon++) {
        size_t at = colon + 1;
        int number = 0;
        while (at < message.size && sheaf_is_digit(message.data[at]) && number < 100000000)
            number = number * 10 + (message.data[at++] - '0');
        if (number == 0 || at + 1 >= message.size || message.data[at] != ':')
            continue;
        if (!is_short_for(sheaf_slice_part(message, 0, colon), name))
            return false;
        *line = number;
        *rest = sheaf_slice_trim(sheaf_slice_part(message, at + 1, message.size));
        return true;
    }
    return false;
}

static void take_place(sheaf_fault *fault, const sheaf_source *sources) {
    for (; sources; sources = sources->next) {
        sheaf_slice rest;
        const char *name = plain_name(sources->name);
        if (!split_place(sheaf_slice_of(fault->message), name, &fault->line, &rest))
            continue;
        keep(fault->file, sizeof fault->file, sheaf_slice_of(name));
        memmove(fault->message, rest.data, rest.size);
        fault->message[rest.size] = '\0';
        return;
    }
}

static void take_source(sheaf_fault *fault, const sheaf_source *sources) {
    for (; sources; sources = sources->next) {
        if (strcmp(plain_name(sources->name), fault->file) != 0)
            continue;
        sheaf_slice rest = sources->text, line = {0};
        for (int number = 0; number < fault->line; number++) {
            if (!sheaf_slice_line(&rest, &line))
                return;
        }
        keep(fault->source, sizeof fault->source, sheaf_slice_trim(line));
        return;
    }
}

void sheaf_fault_settle(sheaf_fault *fault, const sheaf_source *sources) {
    take_place(fault, sources);
    if (fault->line > 0)
        take_source(fault, sources);
}

/* Pushes lead, field and tail in one string; nothing when there is no field. */
static int push_part(lua_State *L, const char *lead, const char *field, const char *tail) {
    if (lua_getfield(L, 1, field) == LUA_TNIL) {
        lua_pop(L, 1);
        return 0;
    }
    luaL_tolstring(L, -1, NULL);
    lua_remove(L, -2);
    lua_pushfstring(L, "%s%s%s", lead, lua_tostring(L, -1), tail);
    lua_remove(L, -2);
    return 1;
}

/* problem -> "file:line: message", its source line, and the frames. */
static int problem_text(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int parts = push_part(L, "", "file", ":");
    parts += push_part(L, "", "line", ":");
    if (parts > 0) {
        lua_pushliteral(L, " ");
        parts++;
    }
    parts += push_part(L, "", "message", "");
    parts += push_part(L, "\n    ", "source", "");
    lua_concat(L, parts);
    if (lua_getfield(L, 1, "traceback") != LUA_TTABLE)
        return lua_pop(L, 1), 1;
    lua_Integer count = luaL_len(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_pushvalue(L, -2);
        lua_pushliteral(L, "\n  ");
        lua_geti(L, -3, i);
        lua_concat(L, 3);
        lua_replace(L, -3);
    }
    lua_pop(L, 1);
    return 1;
}

static void set_text(lua_State *L, const char *key, const char *value) {
    if (!value || !*value)
        return;
    lua_pushstring(L, value);
    lua_setfield(L, -2, key);
}

void sheaf_fault_push(lua_State *L, const sheaf_fault *fault, const char *article) {
    lua_createtable(L, 0, 7);
    set_text(L, "kind", kind_names[fault->kind]);
    set_text(L, "message", fault->message);
    set_text(L, "file", fault->file);
    set_text(L, "source", fault->source);
    set_text(L, "article", article);
    if (fault->line > 0) {
        lua_pushinteger(L, fault->line);
        lua_setfield(L, -2, "line");
    }
    lua_createtable(L, fault->frames, 0);
    for (int i = 0; i < fault->frames; i++) {
        lua_pushstring(L, fault->frame[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "traceback");
    if (luaL_newmetatable(L, "sheaf.problem")) {
        lua_pushcfunction(L, problem_text);
        lua_setfield(L, -2, "__tostring");
    }
    lua_setmetatable(L, -2);
}
