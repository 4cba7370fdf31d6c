/* suggest.c - the nearest known name to one that was mistyped. */
#include "script/bind.h"

enum { LONGEST = 40 };

void sheaf_suggest_begin(sheaf_suggestion *suggestion, sheaf_slice given) {
    suggestion->given = given;
    suggestion->name[0] = '\0';
    suggestion->distance = given.size < 4 ? 2 : given.size < 7 ? 3 : 4; /* must be below */
}

static size_t least(size_t a, size_t b, size_t c) {
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Edits from a to b: change, add, drop, or swap of two neighbours. */
static size_t distance(sheaf_slice a, sheaf_slice b) {
    size_t row[3][LONGEST + 1];
    for (size_t j = 0; j <= b.size; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t cost = sheaf_to_lower(a.data[i - 1]) != sheaf_to_lower(b.data[j - 1]);
            now[j] = least(before[j] + 1, now[j - 1] + 1, before[j - 1] + cost);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1] && earlier[j - 2] + 1 < now[j])
                now[j] = earlier[j - 2] + 1;
        }
    }
    return row[a.size % 3][b.size];
}

/* Of equally near names the first in the alphabet, so that tables of any order
 * give the same one. */
void sheaf_suggest_try(sheaf_suggestion *suggestion, sheaf_slice candidate) {
    if (suggestion->given.size > LONGEST || candidate.size > LONGEST || candidate.size == 0)
        return;
    size_t edits = distance(suggestion->given, candidate);
    bool nearer = edits < suggestion->distance ||
                  (edits == suggestion->distance && suggestion->name[0] &&
                   sheaf_slice_compare(candidate, sheaf_slice_of(suggestion->name)) < 0);
    if (!nearer || edits >= suggestion->given.size)
        return;
    suggestion->distance = edits;
    memcpy(suggestion->name, candidate.data, candidate.size);
    suggestion->name[candidate.size] = '\0';
}

int sheaf_unknown_name(lua_State *L, const char *what, sheaf_slice given) {
    sheaf_suggestion suggestion;
    sheaf_suggest_begin(&suggestion, given);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            sheaf_suggest_try(&suggestion, sheaf_check_slice(L, -1));
    }
    sheaf_push_slice(L, sheaf_slice_part(given, 0, 64));
    if (!suggestion.name[0])
        return luaL_error(L, "%s has no '%s'", what, lua_tostring(L, -1));
    return luaL_error(L, "%s has no '%s'; did you mean '%s'?", what, lua_tostring(L, -1),
                      suggestion.name);
}
