/* bind_runs.c - hashes of all runs of so many words of a text. Host only.
 *
 *   runs("One two, THREE four", 3) -> { h("one two three"), h("two three four") }
 *
 * Case, accents and punctuation do not matter. They are whole numbers, the bits of
 * XXH3. A text with fewer words than a run has one. */
#include "script/bind.h"

#include <limits.h>

#include "base/hash.h"
#include "text/fold.h"
#include "text/segment.h"

enum { AT_ONCE = 64, RUN_MOST = 64 };

/* The words with a blank between them, and where each begins: one more than there
 * are words, the last one behind the end. */
static void join_words(sheaf_slice text, sheaf_buffer *joined, sheaf_buffer *starts) {
    sheaf_word words[AT_ONCE];
    size_t at = 0, count;
    do {
        count = sheaf_words_next(text, &at, words, AT_ONCE);
        for (size_t i = 0; i < count; i++) {
            sheaf_buffer_append(starts, (const char *)&joined->size, sizeof joined->size);
            sheaf_buffer_add(joined, sheaf_slice_part(text, words[i].from, words[i].to));
            sheaf_buffer_char(joined, ' ');
        }
    } while (count == AT_ONCE);
    sheaf_buffer_append(starts, (const char *)&joined->size, sizeof joined->size);
}

static size_t start_of(const sheaf_buffer *starts, size_t word) {
    size_t start;
    memcpy(&start, starts->data + word * sizeof start, sizeof start);
    return start;
}

static void push_runs(lua_State *L, const sheaf_buffer *joined, const sheaf_buffer *starts,
                      size_t run) {
    size_t words = starts->size / sizeof(size_t) - 1;
    size_t count = words > run ? words - run + 1 : 1;
    lua_createtable(L, count < INT_MAX ? (int)count : 0, 0);
    for (size_t i = 0; i < count; i++) {
        size_t last = i + run < words ? i + run : words;
        size_t from = start_of(starts, i), to = start_of(starts, last);
        sheaf_slice bytes = sheaf_slice_part(sheaf_buffer_view(joined), from, to);
        lua_pushinteger(L, (lua_Integer)sheaf_hash64(bytes));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* runs(text, size) */
static int bind_runs(lua_State *L) {
    sheaf_slice text = sheaf_check_text(L, 1);
    lua_Integer run = luaL_checkinteger(L, 2);
    luaL_argcheck(L, run >= 1 && run <= RUN_MOST, 2, "from 1 to 64");
    lua_settop(L, 2);
    sheaf_buffer *folded = sheaf_scratch_buffer(L), *joined = sheaf_scratch_buffer(L);
    sheaf_buffer *starts = sheaf_scratch_buffer(L);
    sheaf_fold(folded, text);
    join_words(sheaf_buffer_view(folded), joined, starts);
    sheaf_check_memory(L, folded->failed || joined->failed || starts->failed);
    push_runs(L, joined, starts, (size_t)run);
    return 1;
}

void sheaf_bind_runs(lua_State *L) {
    lua_pushcfunction(L, bind_runs);
    lua_setfield(L, -2, "runs");
}
