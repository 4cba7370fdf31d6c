/* bind_page.c - one web page from its bytes: the article, and what was decided
 * about every block.
 *
 *   page(bytes [, {url=, retrieved=, language=, last_modified=, charset=, rules=}])
 *     -> article, blocks
 *
 * The same way that a page of a pile goes, with its table kept to be looked at. */
#include "script/bind.h"

#include <math.h>
#include <string.h>

#include "page/page_features.h"
#include "script/page.h"
#include "script/state.h"

/* ---- the page, owned by a userdata -------------------------------------------------- */

/* What it holds outside of Lua is charged to the script whose memory has a cap. */
typedef struct held_page {
    sheaf_page page;
    size_t charged;
} held_page;

static int page_close(lua_State *L) {
    held_page *held = lua_touserdata(L, 1);
    sheaf_page_clear(&held->page);
    sheaf_state_discharge(L, held->charged);
    held->charged = 0;
    return 0;
}

static held_page *push_page(lua_State *L) {
    held_page *held = lua_newuserdatauv(L, sizeof *held, 0);
    sheaf_page_init(&held->page);
    held->charged = 0;
    if (luaL_newmetatable(L, "sheaf.page")) {
        lua_pushcfunction(L, page_close);
        lua_setfield(L, -2, "__close");
        lua_pushcfunction(L, page_close);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
    return held;
}

/* What a page may need: a row in every table for each tag, and a few copies of its
 * text. The tables double, so this is what they may have, not what they fill. */
enum { BYTES_A_PAGE = 64 << 10, BYTES_A_TAG = 768, BYTES_A_BYTE = 4 };

static size_t size_of_page(sheaf_slice bytes) {
    size_t tags = 0;
    const char *end = bytes.data + bytes.size;
    for (const char *at = bytes.data; at < end; at++) {
        at = memchr(at, '<', (size_t)(end - at));
        if (!at)
            break;
        tags++;
    }
    return BYTES_A_PAGE + tags * BYTES_A_TAG + bytes.size * BYTES_A_BYTE;
}

/* Before the page is read: afterwards it would be too late. */
static void charge(lua_State *L, held_page *held, sheaf_slice bytes) {
    size_t size = size_of_page(bytes);
    sheaf_check_memory(L, !sheaf_state_charge(L, size));
    held->charged = size;
}

sheaf_page *sheaf_page_read(lua_State *L, sheaf_slice bytes, const sheaf_page_asked *asked) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_error error = {0};
    sheaf_buffer *text = sheaf_scratch_buffer(L);
    held_page *held = push_page(L);
    sheaf_page *page = &held->page;
    charge(L, held, bytes);
    sheaf_article *article = sheaf_article_push(L);
    sheaf_status status = sheaf_page_article(article, page, text, bytes, asked, &limits, &error);
    sheaf_check_memory(L, status == SHEAF_NO_MEMORY);
    if (status)
        luaL_error(L, "%s", error.message);
    article->provenance.reader = SLICE("page");
    if (article->field[SHEAF_FIELD_TEXT].size || article->field[SHEAF_FIELD_HEADLINE].size) {
        if (sheaf_article_finish(article, bytes, 0, &limits, &error) != SHEAF_OK)
            luaL_error(L, "%s", error.message);
    }
    sheaf_article_account(L, -1);
    return page;
}

/* ---- blocks ----------------------------------------------------------------------------- */

/* "div#top.story.lead" of an element; at most three classes. */
static void write_step(sheaf_buffer *out, const sheaf_page_element *element) {
    sheaf_slice value;
    for (size_t i = 0; i < element->name.size; i++)
        sheaf_buffer_char(out, sheaf_to_lower(element->name.data[i]));
    if (sheaf_page_attribute(element, "id", &value) && value.size && value.size <= 60)
        sheaf_buffer_printf(out, "#%.*s", SLICE_ARGS(value));
    if (!sheaf_page_attribute(element, "class", &value))
        return;
    int classes = 0;
    bool open = false;
    for (size_t i = 0; i < value.size && out->size < 8192; i++) {
        bool space = sheaf_is_space(value.data[i]);
        if (!space && !open && ++classes > 3)
            return;
        if (!space && !open)
            sheaf_buffer_char(out, '.');
        if (!space)
            sheaf_buffer_char(out, value.data[i]);
        open = !space;
    }
}

/* The way down from the root; the middle of a very deep one is left out. */
static void set_path(lua_State *L, sheaf_buffer *out, const sheaf_page *page, uint32_t element) {
    enum { SHOWN = 24 };
    uint32_t way[SHOWN];
    size_t depth = 0;
    sheaf_buffer_reset(out);
    for (; element != SHEAF_PAGE_NONE && depth < SHOWN; depth++) {
        way[depth] = element;
        element = page->elements[element].parent;
    }
    sheaf_buffer_printf(out, "%s", element == SHEAF_PAGE_NONE ? "" : "...>");
    while (depth-- > 0) {
        write_step(out, &page->elements[way[depth]]);
        if (depth > 0)
            sheaf_buffer_char(out, '>');
    }
    sheaf_check_memory(L, out->failed);
    sheaf_set_slice(L, "path", sheaf_buffer_view(out));
}

static const char *const verdicts[] = {"dropped", "kept", "aside"};

static void push_block(lua_State *L, const sheaf_page *page, const sheaf_page_block *block) {
    lua_createtable(L, 0, 10);
    sheaf_set_slice(L, "text", sheaf_slice_trim(sheaf_page_block_text(page, block)));
    sheaf_set_slice(L, "kind", sheaf_slice_of(sheaf_block_kind_names[block->kind]));
    sheaf_set_slice(L, "verdict", sheaf_slice_of(verdicts[block->verdict]));
    sheaf_set_slice(L, "why", sheaf_slice_of(block->why));
    lua_pushnumber(L, round((double)block->score * 1000) / 1000);
    lua_setfield(L, -2, "score");
    sheaf_set_integer(L, "from", (lua_Integer)block->source_from);
    sheaf_set_integer(L, "to", (lua_Integer)block->source_to);
}

/* features[name] = number, for those that are not 0, of the block whose table is on the
 * top. */
static void set_features(lua_State *L, const sheaf_page_features *features, size_t block) {
    const int16_t *row = sheaf_page_features_row(features, block);
    lua_createtable(L, 0, 64);
    for (size_t i = 0; i < SHEAF_PAGE_FEATURE_COUNT; i++) {
        char name[64];
        if (row[i] == 0)
            continue;
        sheaf_page_feature_name(name, sizeof name, i);
        sheaf_set_integer(L, name, row[i]);
    }
    lua_setfield(L, -2, "features");
}

static void push_blocks(lua_State *L, sheaf_page *page, sheaf_buffer *path, bool with_features) {
    const sheaf_page_features *features = with_features ? sheaf_page_features_of(page) : NULL;
    sheaf_check_memory(L, with_features && !features);
    lua_createtable(L, (int)page->block_count, 0);
    for (size_t i = 0; i < page->block_count; i++) {
        push_block(L, page, &page->blocks[i]);
        set_path(L, path, page, page->blocks[i].element);
        if (features)
            set_features(L, features, i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* The text of an option, kept alive by its table; empty when it is not there. */
static sheaf_slice option(lua_State *L, const char *name) {
    sheaf_slice value = {0};
    if (!lua_istable(L, 2))
        return value;
    if (lua_getfield(L, 2, name) != LUA_TNIL)
        value = sheaf_check_slice(L, -1);
    lua_pop(L, 1);
    return value;
}

static bool wants_features(lua_State *L) {
    bool wanted = lua_istable(L, 2) && (lua_getfield(L, 2, "features"), lua_toboolean(L, -1));
    return wanted;
}

/* lent_original(article) -> the bytes it was read from, while its reader lends them */
int sheaf_bind_lent_original(lua_State *L) {
    const sheaf_article *article = sheaf_article_check(L, 1);
    if (article->original.size)
        sheaf_push_slice(L, article->original);
    else
        luaL_pushfail(L);
    return 1;
}

int sheaf_bind_page(lua_State *L) {
    sheaf_slice bytes = sheaf_check_slice(L, 1);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    sheaf_page_asked asked = {
        .hints = {option(L, "url"), option(L, "retrieved"), option(L, "language"),
                  option(L, "last_modified")},
        .charset = option(L, "charset"),
    };
    bool features = wants_features(L);
    if (lua_istable(L, 2) && lua_getfield(L, 2, "rules") != LUA_TNIL)
        asked.rules = sheaf_rules_share(L, -1);
    sheaf_buffer *path = sheaf_scratch_buffer(L);
    sheaf_page *page = sheaf_page_read(L, bytes, &asked);
    push_blocks(L, page, path, features);
    return 2;
}
