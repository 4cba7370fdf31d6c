/* bind_words.c - words, sentences, stems and phrases in Lua.
 *
 * Iterators give a piece, its first and its last byte as Lua counts them. What
 * an iterator walks over is its first upvalue, a string, so that it lives as
 * long as the walk. Sentences learn the habits of the text that they are cut
 * from, and stemmers are kept in the registry, one a language. */
#include "script/bind.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "script/state.h"
#include "text/language.h"
#include "text/phrases.h"
#include "text/segment.h"
#include "text/sentences.h"
#include "text/stem.h"

static int push_piece(lua_State *L, sheaf_slice text, size_t from, size_t to) {
    sheaf_push_slice(L, sheaf_slice_part(text, from, to));
    lua_pushinteger(L, (lua_Integer)from + 1);
    lua_pushinteger(L, (lua_Integer)to);
    return 3;
}

/* ---- words ------------------------------------------------------------------------ */

static const char *const word_kinds[] = {[SHEAF_WORD_LETTERS] = "word",
                                         [SHEAF_WORD_NUMBER] = "number",
                                         [SHEAF_WORD_IDEOGRAPH] = "character"};

/* Upvalues: text, where to go on. */
static int next_word(lua_State *L) {
    sheaf_word word;
    sheaf_slice text = sheaf_check_slice(L, lua_upvalueindex(1));
    size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(2));
    if (!sheaf_words_next(text, &at, &word, 1))
        return 0;
    lua_pushinteger(L, (lua_Integer)at);
    lua_replace(L, lua_upvalueindex(2));
    int count = push_piece(L, text, word.from, word.to);
    lua_pushstring(L, word_kinds[word.kind]);
    return count + 1;
}

static int push_words(lua_State *L, sheaf_slice text) {
    sheaf_push_slice(L, text);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_word, 2);
    return 1;
}

static int bind_words(lua_State *L) {
    return push_words(L, sheaf_check_text(L, 1));
}

int sheaf_article_tokens(lua_State *L) {
    return push_words(L, sheaf_article_text(L, 1));
}

/* ---- sentences ---------------------------------------------------------------------- */

typedef struct walker {
    sheaf_sentences walk;
    sheaf_sentence_habits habits;
    size_t charged;
    size_t block; /* of an article: the number of the next one */
    size_t base;  /* where the piece that is walked over begins in the text */
} walker;

static int walker_collect(lua_State *L) {
    walker *walking = luaL_checkudata(L, 1, "sheaf.sentences");
    sheaf_state_discharge(L, walking->charged);
    walking->charged = 0;
    sheaf_sentence_habits_clear(&walking->habits);
    return 0;
}

/* Pushes the text as a string, and a walker that has learned from it. */
static walker *push_walker(lua_State *L, sheaf_slice text) {
    sheaf_push_slice(L, text);
    sheaf_slice kept = sheaf_check_slice(L, -1);
    walker *walking = lua_newuserdatauv(L, sizeof *walking, 0);
    *walking = (walker){.base = 0};
    luaL_setmetatable(L, "sheaf.sentences");
    sheaf_check_memory(L, !sheaf_sentences_learn(&walking->habits, kept));
    size_t size = walking->habits.words.capacity * sizeof *walking->habits.words.slots;
    sheaf_check_memory(L, !sheaf_state_charge(L, size));
    walking->charged = size;
    return walking;
}

static sheaf_slice language_or_guess(sheaf_slice language, sheaf_slice text) {
    double confidence;
    return language.size ? language : sheaf_slice_of(sheaf_language_of(text, &confidence));
}

/* Upvalues: text, walker. */
static int next_sentence(lua_State *L) {
    size_t from, to;
    walker *walking = lua_touserdata(L, lua_upvalueindex(2));
    if (!sheaf_sentence_next(&walking->walk, &from, &to))
        return 0;
    return push_piece(L, walking->walk.text, from, to);
}

static int bind_sentences(lua_State *L) {
    sheaf_slice text = sheaf_check_text(L, 1);
    sheaf_slice language = {0};
    if (!lua_isnoneornil(L, 2))
        language = sheaf_check_slice(L, 2);
    walker *walking = push_walker(L, text);
    sheaf_slice kept = sheaf_check_slice(L, -2);
    sheaf_sentences_begin(&walking->walk, kept, language_or_guess(language, kept),
                          &walking->habits);
    lua_pushcclosure(L, next_sentence, 2);
    return 1;
}

/* Upvalues: text, walker, article, language. The text is the one that the walk began
 * with; blocks are the article's. */
static int next_of_article(lua_State *L) {
    size_t from, to;
    sheaf_slice text = sheaf_check_slice(L, lua_upvalueindex(1));
    walker *walking = lua_touserdata(L, lua_upvalueindex(2));
    const sheaf_article *article = sheaf_article_check(L, lua_upvalueindex(3));
    while (!sheaf_sentence_next(&walking->walk, &from, &to)) {
        if (walking->block >= article->blocks.count)
            return 0;
        const sheaf_block *block = &article->blocks.items[walking->block++];
        sheaf_slice piece = sheaf_slice_part(text, block->from, block->to);
        walking->base = piece.size ? (size_t)(piece.data - text.data) : 0;
        sheaf_sentences_begin(&walking->walk, piece, sheaf_check_slice(L, lua_upvalueindex(4)),
                              &walking->habits);
    }
    int count = push_piece(L, text, walking->base + from, walking->base + to);
    lua_pushstring(L, sheaf_block_kind_names[article->blocks.items[walking->block - 1].kind]);
    return count + 1;
}

int sheaf_article_sentences(lua_State *L) {
    const sheaf_article *article = sheaf_article_check(L, 1);
    lua_settop(L, 1);
    push_walker(L, article->field[SHEAF_FIELD_TEXT]);
    lua_pushvalue(L, 1);
    sheaf_push_slice(L, language_or_guess(article->field[SHEAF_FIELD_LANGUAGE],
                                          article->field[SHEAF_FIELD_TEXT]));
    lua_pushcclosure(L, next_of_article, 4);
    return 1;
}

/* ---- stems and hashes ------------------------------------------------------------------- */

static int stemmer_collect(lua_State *L) {
    sheaf_stemmer **held = luaL_checkudata(L, 1, "sheaf.stemmer");
    sheaf_stemmer_close(*held);
    *held = NULL;
    return 0;
}

/* The stemmer of the language at index, kept for the next time. NULL: none. */
static sheaf_stemmer *stemmer_of(lua_State *L, int index) {
    sheaf_slice language = sheaf_check_slice(L, index);
    if (!sheaf_stemmer_exists(language))
        return NULL;
    luaL_getsubtable(L, LUA_REGISTRYINDEX, "sheaf.stemmers");
    lua_pushlstring(L, language.data, 2);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TNIL) {
        sheaf_stemmer **held = lua_newuserdatauv(L, sizeof(sheaf_stemmer *), 0);
        *held = NULL;
        luaL_setmetatable(L, "sheaf.stemmer");
        *held = sheaf_stemmer_open(language);
        sheaf_check_memory(L, !*held);
        lua_replace(L, -2);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
    return *(sheaf_stemmer **)lua_touserdata(L, -1);
}

static int bind_stem(lua_State *L) {
    sheaf_slice word = sheaf_check_slice(L, 1);
    sheaf_push_slice(L, sheaf_stemmer_stem(stemmer_of(L, 2), word));
    return 1;
}

static int bind_hash(lua_State *L) {
    char hex[17];
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)sheaf_hash64(sheaf_check_slice(L, 1)));
    lua_pushstring(L, hex);
    return 1;
}

/* ---- phrases ---------------------------------------------------------------------- */

typedef struct phrases_handle {
    sheaf_phrases *set;
    size_t charged;
} phrases_handle;

static const sheaf_phrases *check_phrases(lua_State *L, int index) {
    phrases_handle *handle = luaL_checkudata(L, index, "sheaf.phrases");
    return handle->set;
}

static int phrases_collect(lua_State *L) {
    phrases_handle *handle = luaL_checkudata(L, 1, "sheaf.phrases");
    sheaf_state_discharge(L, handle->charged);
    sheaf_phrases_free(handle->set);
    *handle = (phrases_handle){0};
    return 0;
}

/* The strings of the list at 1, in an arena. */
static sheaf_slice *read_list(lua_State *L, sheaf_arena *arena, size_t count) {
    sheaf_slice *list = sheaf_arena_zero(arena, count + 1, sizeof *list);
    sheaf_check_memory(L, !list);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "phrases: expected a list of strings, number %d is a %s", (int)i + 1,
                       luaL_typename(L, -1));
        list[i] = sheaf_arena_copy(arena, sheaf_check_slice(L, -1));
        if (!sheaf_utf8_valid(list[i]))
            luaL_error(L, "phrases: number %d is not valid UTF-8", (int)i + 1);
        lua_pop(L, 1);
    }
    sheaf_check_memory(L, arena->failed);
    return list;
}

static int bind_phrases(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    size_t count = (size_t)lua_rawlen(L, 1);
    sheaf_arena *arena = sheaf_scratch_arena(L);
    sheaf_slice *list = read_list(L, arena, count);
    phrases_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    *handle = (phrases_handle){0};
    luaL_setmetatable(L, "sheaf.phrases");
    handle->set = sheaf_phrases_new(list, count);
    sheaf_check_memory(L, !handle->set);
    size_t size = sheaf_phrases_memory(handle->set);
    sheaf_check_memory(L, !sheaf_state_charge(L, size));
    handle->charged = size;
    return 1;
}

static int phrases_size(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)sheaf_phrases_count(check_phrases(L, 1)));
    return 1;
}

enum { MOST_HITS = 1000000 };

/* What a search found; it ends when the call that asked for it is out of time. */
typedef struct found_phrases {
    const volatile sig_atomic_t *expired; /* or NULL */
    sheaf_buffer *hits;
    size_t most, count;
} found_phrases;

static bool keep_hit(void *context, const sheaf_phrase_hit *hit) {
    found_phrases *found = context;
    if (!hit)
        return !found->expired || !*found->expired;
    sheaf_buffer_append(found->hits, hit, sizeof *hit);
    return ++found->count < found->most && !found->hits->failed;
}

/* At most `most` hits, in a buffer on the stack. */
static sheaf_buffer *find_hits(lua_State *L, const sheaf_phrases *set, sheaf_slice text,
                               size_t most) {
    sheaf_state *state = sheaf_state_of(L);
    sheaf_buffer *hits = sheaf_scratch_buffer(L);
    found_phrases found = {state ? &state->budget.expired : NULL, hits, most, 0};
    sheaf_phrases_find(set, text, keep_hit, &found);
    sheaf_state_poll(L);
    sheaf_check_memory(L, hits->failed);
    if (found.count >= MOST_HITS)
        luaL_error(L, "more than %d matches", MOST_HITS);
    return hits;
}

static int push_hit(lua_State *L, const sheaf_phrases *set, const void *bytes) {
    sheaf_phrase_hit hit;
    memcpy(&hit, bytes, sizeof hit);
    sheaf_push_slice(L, sheaf_phrases_text(set, hit.phrase));
    lua_pushinteger(L, (lua_Integer)hit.from + 1);
    lua_pushinteger(L, (lua_Integer)hit.to);
    return 3;
}

/* set:find(text) → phrase, first byte, last byte of the first that is there. */
static int phrases_find(lua_State *L) {
    const sheaf_phrases *set = check_phrases(L, 1);
    const sheaf_buffer *hits = find_hits(L, set, sheaf_check_text(L, 2), 1);
    if (hits->size == 0)
        return luaL_pushfail(L), 1;
    return push_hit(L, set, hits->data);
}

/* Upvalues: set, hits, how many were given. */
static int next_hit(lua_State *L) {
    const sheaf_phrases *set = check_phrases(L, lua_upvalueindex(1));
    size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(3));
    const sheaf_phrase_hit *hits = lua_touserdata(L, lua_upvalueindex(2));
    if (i >= lua_rawlen(L, lua_upvalueindex(2)) / sizeof *hits)
        return 0;
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_replace(L, lua_upvalueindex(3));
    return push_hit(L, set, &hits[i]);
}

/* Iterator over all hits of the set at index. */
static int push_hits(lua_State *L, int index, sheaf_slice text) {
    const sheaf_phrases *set = check_phrases(L, index);
    const sheaf_buffer *hits = find_hits(L, set, text, MOST_HITS);
    lua_pushvalue(L, index);
    void *kept = lua_newuserdatauv(L, hits->size, 0);
    if (hits->size)
        memcpy(kept, hits->data, hits->size);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_hit, 3);
    return 1;
}

static int phrases_matches(lua_State *L) {
    return push_hits(L, 1, sheaf_check_text(L, 2));
}

int sheaf_article_matches(lua_State *L) {
    return push_hits(L, 2, sheaf_article_text(L, 1));
}

/* a:match_any(set) → phrase, first byte, last byte, field. */
int sheaf_article_match_any(lua_State *L) {
    static const int fields[] = {SHEAF_FIELD_HEADLINE, SHEAF_FIELD_TEXT};
    const sheaf_article *article = sheaf_article_check(L, 1);
    const sheaf_phrases *set = check_phrases(L, 2);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const sheaf_buffer *hits = find_hits(L, set, article->field[fields[i]], 1);
        if (hits->size == 0)
            continue;
        int count = push_hit(L, set, hits->data);
        lua_pushstring(L, sheaf_field_names[fields[i]]);
        return count + 1;
    }
    return luaL_pushfail(L), 1;
}

/* ---- opening ----------------------------------------------------------------------- */

static void make_held(lua_State *L, const char *name, lua_CFunction collect) {
    const luaL_Reg metamethods[] = {{"__gc", collect}, {NULL, NULL}};
    const luaL_Reg methods[] = {{NULL, NULL}};
    sheaf_make_class(L, name, methods, metamethods);
}

void sheaf_bind_words(lua_State *L) {
    static const luaL_Reg functions[] = {{"words", bind_words},     {"sentences", bind_sentences},
                                         {"stem", bind_stem},       {"hash", bind_hash},
                                         {"phrases", bind_phrases}, {NULL, NULL}};
    static const luaL_Reg methods[] = {
        {"find", phrases_find}, {"matches", phrases_matches}, {NULL, NULL}};
    static const luaL_Reg metamethods[] = {
        {"__gc", phrases_collect}, {"__len", phrases_size}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.phrases", methods, metamethods);
    make_held(L, "sheaf.sentences", walker_collect);
    make_held(L, "sheaf.stemmer", stemmer_collect);
    luaL_setfuncs(L, functions, 0);
}
