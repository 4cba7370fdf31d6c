/* lib_pattern.c - find, match, gmatch and gsub on the bounded matcher.
 *
 * Each call gets steps in proportion to its subject, enough for any pattern
 * that is not quadratic and for small ones that are. */
#include <string.h>

#include <lauxlib.h>

#include "base/slice.h"
#include "script/bind.h"
#include "script/pattern.h"
#include "script/sandbox.h"
#include "script/state.h"

enum { STEPS = 20000000, STEPS_PER_BYTE = 100 };

static sheaf_slice check_slice(lua_State *L, int index) {
    sheaf_slice slice;
    slice.data = luaL_checklstring(L, index, &slice.size);
    return slice;
}

static void begin(lua_State *L, sheaf_pattern *match, sheaf_slice subject, sheaf_slice pattern) {
    sheaf_state *state = sheaf_state_of(L);
    sheaf_pattern_init(match, subject, pattern, STEPS + (uint64_t)subject.size * STEPS_PER_BYTE);
    if (state)
        match->interrupt = &state->budget.expired;
}

/* Matches anew at s; raises what the matcher complains of. */
static const char *match_at(lua_State *L, sheaf_pattern *match, const char *s,
                            const char *pattern) {
    match->captures = 0;
    const char *end = sheaf_pattern_match(match, s, pattern);
    if (match->complaint) {
        sheaf_state_poll(L);
        lua_pushfstring(L, match->complaint, match->complaint_number);
        luaL_error(L, "%s", lua_tostring(L, -1));
    }
    return end;
}

/* Passes over places where no match can begin. It learns how matches begin when there
 * were none for a while: where they are close together that would cost more than it saves. */
typedef struct scout {
    unsigned tried;
    bool usable;
    bool heads[256];
} scout;

enum { PATIENCE = 16 };

static const char *pass(scout *self, sheaf_pattern *match, const char *pattern, const char *s) {
    if (self->tried < PATIENCE && ++self->tried == PATIENCE)
        self->usable = sheaf_pattern_heads(match, pattern, self->heads);
    if (self->usable)
        while (s < match->subject_end && !self->heads[(unsigned char)*s])
            s++;
    return s;
}

/* Pushes capture number; with none in the pattern, number 0 is all of [s, end). */
static void push_capture(lua_State *L, const sheaf_pattern *match, int number, const char *s,
                         const char *end) {
    if (number >= match->captures) {
        if (number != 0)
            luaL_error(L, "invalid capture index %%%d", number + 1);
        lua_pushlstring(L, s, (size_t)(end - s));
        return;
    }
    const sheaf_capture *capture = &match->capture[number];
    if (capture->size == SHEAF_CAPTURE_OPEN)
        luaL_error(L, "unfinished capture");
    else if (capture->size == SHEAF_CAPTURE_POSITION)
        lua_pushinteger(L, capture->start - match->subject + 1);
    else
        lua_pushlstring(L, capture->start, (size_t)capture->size);
}

static int push_captures(lua_State *L, const sheaf_pattern *match, const char *s, const char *end) {
    int count = match->captures == 0 && s ? 1 : match->captures;
    luaL_checkstack(L, count, "too many captures");
    for (int i = 0; i < count; i++)
        push_capture(L, match, i, s, end);
    return count;
}

/* The byte to start at, or past the end by one when init is. */
static size_t start_of(lua_State *L, int index, size_t size) {
    lua_Integer init = luaL_optinteger(L, index, 1);
    if (init > 0)
        return (size_t)init - 1 > size ? size + 1 : (size_t)init - 1;
    if (init == 0 || init < -(lua_Integer)size)
        return 0;
    return size - (size_t)-init;
}

static int find_plain(lua_State *L, sheaf_slice subject, sheaf_slice needle, size_t from) {
    size_t at = sheaf_slice_find(subject, from, needle);
    if (at == SIZE_MAX)
        return lua_pushnil(L), 1;
    lua_pushinteger(L, (lua_Integer)at + 1);
    lua_pushinteger(L, (lua_Integer)(at + needle.size));
    return 2;
}

static int search(lua_State *L, bool find) {
    sheaf_slice subject = check_slice(L, 1), pattern = check_slice(L, 2);
    size_t from = start_of(L, 3, subject.size);
    if (from > subject.size)
        return lua_pushnil(L), 1;
    if (find && (lua_toboolean(L, 4) || sheaf_pattern_is_plain(pattern)))
        return find_plain(L, subject, pattern, from);
    sheaf_pattern match;
    begin(L, &match, subject, pattern);
    bool anchored = pattern.size && pattern.data[0] == '^';
    scout ahead = {.tried = anchored ? PATIENCE : 0};
    const char *s = subject.data + from;
    do {
        s = pass(&ahead, &match, pattern.data, s);
        const char *end = match_at(L, &match, s, pattern.data + anchored);
        if (!end)
            continue;
        if (!find)
            return push_captures(L, &match, s, end);
        lua_pushinteger(L, s - subject.data + 1);
        lua_pushinteger(L, end - subject.data);
        return push_captures(L, &match, NULL, NULL) + 2;
    } while (s++ < match.subject_end && !anchored);
    return lua_pushnil(L), 1;
}

int sheaf_string_find(lua_State *L) {
    return search(L, true);
}

static int string_match(lua_State *L) {
    return search(L, false);
}

/* Upvalues: subject, pattern, where to go on, where the last match ended. */
static int gmatch_next(lua_State *L) {
    sheaf_pattern match;
    sheaf_slice subject = check_slice(L, lua_upvalueindex(1));
    sheaf_slice pattern = check_slice(L, lua_upvalueindex(2));
    lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    begin(L, &match, subject, pattern);
    scout ahead = {.tried = 0};
    for (; from <= (lua_Integer)subject.size; from++) {
        const char *s = pass(&ahead, &match, pattern.data, subject.data + from);
        from = s - subject.data;
        const char *end = match_at(L, &match, s, pattern.data);
        if (!end || end - subject.data == last)
            continue;
        lua_pushinteger(L, end - subject.data);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, &match, s, end);
    }
    lua_pushinteger(L, from);
    lua_replace(L, lua_upvalueindex(3));
    return 0;
}

static int string_gmatch(lua_State *L) {
    sheaf_slice subject = check_slice(L, 1);
    check_slice(L, 2);
    size_t from = start_of(L, 3, subject.size);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)from);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_next, 4);
    return 1;
}

static void add_template(lua_State *L, const sheaf_pattern *match, luaL_Buffer *out, const char *s,
                         const char *end) {
    sheaf_slice template;
    template.data = lua_tolstring(L, 3, &template.size);
    for (size_t i = 0; i < template.size; i++) {
        char c = template.data[i];
        if (c != '%') {
            luaL_addchar(out, c);
            continue;
        }
        c = ++i < template.size ? template.data[i] : '\0';
        if (c == '%') {
            luaL_addchar(out, c);
        } else if (c == '0') {
            luaL_addlstring(out, s, (size_t)(end - s));
        } else if (sheaf_is_digit(c)) {
            push_capture(L, match, c - '1', s, end);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(out);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

/* Adds what stands for the match [s, end). True when it differs. */
static bool add_replacement(lua_State *L, const sheaf_pattern *match, luaL_Buffer *out,
                            const char *s, const char *end) {
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, match, s, end), 1);
        break;
    case LUA_TTABLE:
        push_capture(L, match, 0, s, end);
        lua_gettable(L, 3);
        break;
    default: add_template(L, match, out, s, end); return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, s, (size_t)(end - s));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(out);
    return true;
}

static int string_gsub(lua_State *L) {
    sheaf_slice subject = check_slice(L, 1), pattern = check_slice(L, 2);
    int kind = lua_type(L, 3);
    luaL_argexpected(L,
                     kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION ||
                         kind == LUA_TTABLE,
                     3, "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)subject.size + 1);
    bool anchored = pattern.size && pattern.data[0] == '^', changed = false;
    scout ahead = {.tried = anchored ? PATIENCE : 0};
    const char *s = subject.data, *last = NULL;
    lua_Integer count = 0;
    sheaf_pattern match;
    luaL_Buffer out;
    begin(L, &match, subject, pattern);
    luaL_buffinit(L, &out);
    while (count < most) {
        const char *begin_at = pass(&ahead, &match, pattern.data, s);
        luaL_addlstring(&out, s, (size_t)(begin_at - s));
        s = begin_at;
        const char *end = match_at(L, &match, s, pattern.data + anchored);
        if (end && end != last) {
            count++;
            changed |= add_replacement(L, &match, &out, s, end);
            s = last = end;
        } else if (s < match.subject_end) {
            luaL_addchar(&out, *s++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    if (changed) {
        luaL_addlstring(&out, s, (size_t)(match.subject_end - s));
        luaL_pushresult(&out);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

void sheaf_lib_pattern(lua_State *L) {
    static const luaL_Reg functions[] = {{"find", sheaf_string_find},
                                         {"match", string_match},
                                         {"gmatch", string_gmatch},
                                         {"gsub", string_gsub},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
