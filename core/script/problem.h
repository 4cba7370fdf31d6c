/* problem.h - what went wrong in a plugin, told to the one who wrote it.
 *
 * A fault is plain C memory, filled while the failing state is unwinding, so
 * that it can be told even when that state has no memory left. In the host it
 * becomes a problem: {kind, message, file, line, source, traceback, article}
 * with a __tostring that reads well. */
#ifndef SHEAF_SCRIPT_PROBLEM_H
#define SHEAF_SCRIPT_PROBLEM_H

#include <lua.h>

#include "base/slice.h"

typedef enum sheaf_fault_kind {
    SHEAF_FAULT_NONE,
    SHEAF_FAULT_ERROR,
    SHEAF_FAULT_TIME,
    SHEAF_FAULT_MEMORY,
    SHEAF_FAULT_SYNTAX
} sheaf_fault_kind;

enum { SHEAF_FAULT_FRAMES = 12 };

typedef struct sheaf_fault {
    sheaf_fault_kind kind;
    int line;   /* 0: not known */
    int frames; /* lines of traceback */
    char file[256];
    char message[1024];
    char source[256]; /* the text of that line */
    char frame[SHEAF_FAULT_FRAMES][192];
} sheaf_fault;

/* A text that Lua compiled, kept to show its lines. */
typedef struct sheaf_source {
    struct sheaf_source *next;
    sheaf_slice text;
    char name[]; /* as given to Lua, with its leading @ or = */
} sheaf_source;

/* Adds one, copied. NULL: no memory. */
sheaf_source *sheaf_source_add(sheaf_source **list, const char *name, sheaf_slice text);
void sheaf_source_clear(sheaf_source **list);

/* Empties it. */
void sheaf_fault_reset(sheaf_fault *fault);

/* Copies message, cut at what fits. */
void sheaf_fault_say(sheaf_fault *fault, sheaf_slice message);

/* Fills frames from the stack of L: Lua functions only, innermost first; where
 * no place is known yet, that of the first. Allocates nothing. */
void sheaf_fault_trace(sheaf_fault *fault, lua_State *L);

/* Notes the place of the innermost Lua function of L, unless one is noted. */
void sheaf_fault_here(sheaf_fault *fault, lua_State *L);

/* Takes a leading "file:line: " of the message as the place, and finds the
 * text of the line. */
void sheaf_fault_settle(sheaf_fault *fault, const sheaf_source *sources);

/* Pushes the problem; article may be NULL. */
void sheaf_fault_push(lua_State *L, const sheaf_fault *fault, const char *article);

#endif
