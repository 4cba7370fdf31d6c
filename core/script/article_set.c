/* article_set.c - Lua values put into an article, with their types checked.
 *
 * One table of setters, in the order in which fields must be set (text before
 * the blocks that point into it), serves a:set, an extractor's result, and
 * articles that are made from tables (article_make.c). A setter copies into the article,
 * or pushes the reason why not. nil clears. */
#include "script/bind.h"

#include "article/date.h"
#include "article/row.h"
#include "base/utf8.h"
#include "text/fold.h"

typedef bool (*setter)(lua_State *L, sheaf_article *article, int index);

static bool refuse(lua_State *L, const char *reason) {
    lua_pushstring(L, reason);
    return false;
}

/* NFC in the arena. No Lua is called while the buffer lives. */
static sheaf_slice keep_text(sheaf_article *article, sheaf_slice text) {
    if (sheaf_nfc_sure(text))
        return sheaf_arena_copy(&article->arena, text);
    sheaf_buffer composed = {0};
    sheaf_nfc(&composed, text);
    sheaf_slice kept = sheaf_arena_copy(&article->arena, sheaf_buffer_view(&composed));
    if (composed.failed)
        article->arena.failed = true;
    sheaf_buffer_clear(&composed);
    return kept;
}

/* The text at index, kept; empty for nil. */
static bool take_text(lua_State *L, sheaf_article *article, int index, sheaf_slice *out) {
    sheaf_slice text = {0};
    if (!lua_isnoneornil(L, index)) {
        if (lua_type(L, index) != LUA_TSTRING)
            return lua_pushfstring(L, "expected text, not a %s", luaL_typename(L, index)), false;
        text.data = lua_tolstring(L, index, &text.size);
    }
    if (!sheaf_utf8_valid(text))
        return refuse(L, "not valid UTF-8");
    *out = keep_text(article, text);
    return true;
}

/* The text t[key] of the table on the top. */
static bool take_member(lua_State *L, sheaf_article *article, const char *key, sheaf_slice *out) {
    lua_pushstring(L, key);
    lua_rawget(L, -2);
    if (!take_text(L, article, -1, out)) {
        lua_pushfstring(L, "%s: %s", key, lua_tostring(L, -1));
        return false;
    }
    lua_pop(L, 1);
    return true;
}

/* Calls add for each item of the list at index; the item is on the top. */
static bool each_item(lua_State *L, sheaf_article *article, int index,
                      bool (*add)(lua_State *, sheaf_article *)) {
    if (lua_isnil(L, index))
        return true;
    if (!lua_istable(L, index))
        return lua_pushfstring(L, "expected a list, not a %s", luaL_typename(L, index)), false;
    size_t count = lua_rawlen(L, index);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        if (!add(L, article)) {
            lua_pushfstring(L, "item %d: %s", (int)i, lua_tostring(L, -1));
            return false;
        }
        lua_pop(L, 1);
    }
    return true;
}

static bool expect_table(lua_State *L) {
    if (lua_istable(L, -1))
        return true;
    lua_pushfstring(L, "expected a table, not a %s", luaL_typename(L, -1));
    return false;
}

/* A name alone, or {name=, role=}. */
static bool add_author(lua_State *L, sheaf_article *article) {
    sheaf_author author = {0};
    if (lua_isstring(L, -1)) {
        if (!take_text(L, article, -1, &author.name))
            return false;
    } else if (!expect_table(L) || !take_member(L, article, "name", &author.name) ||
               !take_member(L, article, "role", &author.role)) {
        return false;
    }
    SHEAF_LIST_ADD(article, authors, author);
    return true;
}

static bool set_authors(lua_State *L, sheaf_article *article, int index) {
    article->authors.count = 0;
    return each_item(L, article, index, add_author);
}

static bool add_keyword(lua_State *L, sheaf_article *article) {
    sheaf_slice keyword;
    if (!take_text(L, article, -1, &keyword))
        return false;
    sheaf_article_add_keyword(article, keyword);
    return true;
}

static bool set_keywords(lua_State *L, sheaf_article *article, int index) {
    article->keywords.count = 0;
    return each_item(L, article, index, add_keyword);
}

static bool add_image(lua_State *L, sheaf_article *article) {
    sheaf_image image;
    if (!expect_table(L) || !take_member(L, article, "url", &image.url) ||
        !take_member(L, article, "caption", &image.caption) ||
        !take_member(L, article, "credit", &image.credit))
        return false;
    SHEAF_LIST_ADD(article, images, image);
    return true;
}

static bool set_images(lua_State *L, sheaf_article *article, int index) {
    article->images.count = 0;
    return each_item(L, article, index, add_image);
}

static bool add_link(lua_State *L, sheaf_article *article) {
    sheaf_link link;
    if (!expect_table(L) || !take_member(L, article, "url", &link.url) ||
        !take_member(L, article, "text", &link.text))
        return false;
    if (link.url.size == 0)
        return refuse(L, "a link needs an url");
    SHEAF_LIST_ADD(article, links, link);
    return true;
}

static bool set_links(lua_State *L, sheaf_article *article, int index) {
    article->links.count = 0;
    return each_item(L, article, index, add_link);
}

static bool add_relation(lua_State *L, sheaf_article *article) {
    sheaf_relation relation;
    if (!expect_table(L) || !take_member(L, article, "type", &relation.type) ||
        !take_member(L, article, "id", &relation.id))
        return false;
    SHEAF_LIST_ADD(article, relations, relation);
    return true;
}

static bool set_relations(lua_State *L, sheaf_article *article, int index) {
    article->relations.count = 0;
    return each_item(L, article, index, add_relation);
}

static lua_Integer member_integer(lua_State *L, const char *key) {
    lua_pushstring(L, key);
    lua_rawget(L, -2);
    lua_Integer number = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return number;
}

static bool take_kind(lua_State *L, sheaf_block_kind *kind) {
    lua_pushliteral(L, "kind");
    lua_rawget(L, -2);
    const char *name = lua_tostring(L, -1);
    for (int i = 0; name && i < SHEAF_BLOCK_KIND_COUNT; i++) {
        if (strcmp(name, sheaf_block_kind_names[i]) == 0) {
            *kind = (sheaf_block_kind)i;
            lua_pop(L, 1);
            return true;
        }
    }
    return lua_pushfstring(L, "no kind of block is '%s'", name ? name : "nil"), false;
}

static bool starts_character(sheaf_slice text, size_t at) {
    return at >= text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

/* {from=, to=, kind=}, as Lua counts; behind the block before. */
static bool add_block(lua_State *L, sheaf_article *article) {
    sheaf_block block = {0};
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    size_t behind = article->blocks.count ? article->blocks.items[article->blocks.count - 1].to : 0;
    if (!expect_table(L) || !take_kind(L, &block.kind))
        return false;
    lua_Integer from = member_integer(L, "from"), to = member_integer(L, "to");
    if (from < 1 || to < from || (size_t)to > text.size || (size_t)from - 1 < behind)
        return refuse(L, "from and to must lie in the text, behind the block before");
    block.from = (size_t)from - 1;
    block.to = (size_t)to;
    lua_Integer source_from = member_integer(L, "source_from");
    lua_Integer source_to = member_integer(L, "source_to");
    if (source_from >= 0 && source_to > source_from) {
        block.source_from = (uint64_t)source_from;
        block.source_to = (uint64_t)source_to;
    }
    if (!starts_character(text, block.from) || !starts_character(text, block.to))
        return refuse(L, "from or to cuts a character");
    SHEAF_LIST_ADD(article, blocks, block);
    return true;
}

static bool set_blocks(lua_State *L, sheaf_article *article, int index) {
    article->blocks.count = 0;
    bool done = each_item(L, article, index, add_block);
    sheaf_article_derive_blocks(article);
    return done;
}

static bool set_dateline(lua_State *L, sheaf_article *article, int index) {
    sheaf_dateline dateline = {0};
    if (!lua_isnil(L, index)) {
        lua_pushvalue(L, index);
        if (!expect_table(L) || !take_member(L, article, "raw", &dateline.raw) ||
            !take_member(L, article, "place", &dateline.place) ||
            !take_member(L, article, "date", &dateline.date) ||
            !take_member(L, article, "agency", &dateline.agency))
            return false;
        lua_pop(L, 1);
    }
    article->dateline = dateline;
    return true;
}

static bool set_provenance(lua_State *L, sheaf_article *article, int index) {
    sheaf_provenance from = {0};
    if (!lua_isnil(L, index)) {
        lua_pushvalue(L, index);
        if (!expect_table(L) || !take_member(L, article, "file", &from.file) ||
            !take_member(L, article, "entry", &from.entry) ||
            !take_member(L, article, "sha256", &from.sha256) ||
            !take_member(L, article, "reader", &from.reader) ||
            !take_member(L, article, "tool", &from.tool) ||
            !take_member(L, article, "record", &from.record) ||
            !take_member(L, article, "digest", &from.digest))
            return false;
        lua_Integer first = member_integer(L, "from"), last = member_integer(L, "to");
        if (first >= 0 && last >= first) {
            from.from = (uint64_t)first;
            from.to = (uint64_t)last;
        }
        lua_pop(L, 1);
    }
    article->provenance = from;
    return true;
}

/* Calls add for each pair of the table at index whose key is a string; the key
 * is below the value on the top. */
static bool each_pair(lua_State *L, sheaf_article *article, int index,
                      bool (*add)(lua_State *, sheaf_article *)) {
    if (lua_isnil(L, index))
        return true;
    if (!lua_istable(L, index))
        return lua_pushfstring(L, "expected a table, not a %s", luaL_typename(L, index)), false;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            return refuse(L, "keys must be strings");
        if (!add(L, article))
            return false;
        lua_pop(L, 1);
    }
    return true;
}

static bool add_reason(lua_State *L, sheaf_article *article) {
    sheaf_slice rule;
    if (!take_text(L, article, -1, &rule))
        return false;
    sheaf_article_reason(article, lua_tostring(L, -2), rule.size ? rule.data : "");
    return true;
}

static bool set_why(lua_State *L, sheaf_article *article, int index) {
    article->reasons.count = 0;
    return each_pair(L, article, index, add_reason);
}

/* attributes[key] = JSON of the value, for the pair on the top. */
static bool add_attribute(lua_State *L, sheaf_article *article) {
    sheaf_slice name;
    name.data = lua_tolstring(L, -2, &name.size);
    if (!sheaf_utf8_valid(name))
        return refuse(L, "not valid UTF-8");
    int value = lua_gettop(L);
    sheaf_buffer *json = sheaf_scratch_buffer(L);
    const char *problem = sheaf_encode_value(L, value, json);
    if (problem)
        return lua_pushfstring(L, "%s: %s", name.data, problem), false;
    if (!sheaf_utf8_valid(sheaf_buffer_view(json)))
        return lua_pushfstring(L, "%s: not valid UTF-8", name.data), false;
    sheaf_check_memory(L, json->failed);
    sheaf_article_set_attribute(article, name, sheaf_buffer_view(json));
    sheaf_scratch_end(L);
    return true;
}

static bool set_attributes(lua_State *L, sheaf_article *article, int index) {
    article->attributes.count = 0;
    return each_pair(L, article, index, add_attribute);
}

static bool set_confidence(lua_State *L, sheaf_article *article, int index) {
    double confidence = lua_tonumber(L, index);
    if (!lua_isnil(L, index) &&
        (lua_type(L, index) != LUA_TNUMBER || !(confidence >= 0 && confidence <= 1)))
        return refuse(L, "expected a number from 0 to 1");
    article->language_confidence = confidence;
    return true;
}

/* ---- single texts --------------------------------------------------------------- */

/* Any date that the core can read, kept as EDTF. */
static bool take_date(lua_State *L, sheaf_article *article, int index, sheaf_slice *out) {
    sheaf_date date;
    int64_t first, last;
    if (!take_text(L, article, index, out))
        return false;
    if (out->size && sheaf_date_parse(&date, *out))
        *out = sheaf_date_text(&article->arena, &date);
    else if (out->size && !sheaf_date_range(*out, &first, &last))
        return lua_pushfstring(L, "no date: '%s'", out->data), false;
    return true;
}

static bool is_date(sheaf_field field) {
    return field == SHEAF_FIELD_PUBLISHED || field == SHEAF_FIELD_MODIFIED ||
           field == SHEAF_FIELD_RETRIEVED;
}

static bool set_text_field(lua_State *L, sheaf_article *article, sheaf_field field, int index) {
    sheaf_slice value = {0};
    bool done = is_date(field) ? take_date(L, article, index, &value)
                               : take_text(L, article, index, &value);
    if (!done)
        return false;
    article->field[field] = value;
    if (field == SHEAF_FIELD_LANGUAGE)
        article->language_confidence = 0;
    if (field == SHEAF_FIELD_TEXT) {
        article->blocks.count = 0;
        sheaf_article_derive_blocks(article);
    }
    return true;
}

/* ---- entry points ----------------------------------------------------------------- */

typedef struct setter_entry {
    const char *name;
    setter set;
    bool identity; /* says what the article is: not for plugins to change */
} setter_entry;

static const setter_entry setters[] = {
    {"authors", set_authors, false},      {"keywords", set_keywords, false},
    {"images", set_images, false},        {"links", set_links, false},
    {"relations", set_relations, false},  {"blocks", set_blocks, false},
    {"dateline", set_dateline, false},    {"language_confidence", set_confidence, false},
    {"attributes", set_attributes, true}, {"why", set_why, true},
    {"provenance", set_provenance, true},
};
enum { SETTERS = sizeof setters / sizeof *setters };

static const setter_entry *find_setter(sheaf_slice name) {
    for (size_t i = 0; i < SETTERS; i++) {
        if (sheaf_slice_is(name, setters[i].name))
            return &setters[i];
    }
    return NULL;
}

/* Puts the name of the field before the reason on the top. */
static bool within(lua_State *L, const char *name) {
    lua_pushfstring(L, "%s: %s", name, lua_tostring(L, -1));
    return false;
}

static bool set_known(lua_State *L, sheaf_article *article, sheaf_slice name, int index) {
    sheaf_field field = sheaf_field_by_name(name);
    const setter_entry *entry = find_setter(name);
    sheaf_row_touch(article, name);
    sheaf_check_memory(L, article->arena.failed);
    bool done = field < SHEAF_FIELD_COUNT ? set_text_field(L, article, field, index)
                                          : entry->set(L, article, index);
    sheaf_check_memory(L, article->arena.failed);
    return done ? true : within(L, name.data);
}

void sheaf_article_suggest(lua_State *L, sheaf_slice name) {
    sheaf_suggestion near;
    sheaf_suggest_begin(&near, name);
    for (int i = 0; i < SHEAF_FIELD_COUNT; i++)
        sheaf_suggest_try(&near, sheaf_slice_of(sheaf_field_names[i]));
    for (size_t i = 0; i < SETTERS; i++)
        sheaf_suggest_try(&near, sheaf_slice_of(setters[i].name));
    if (near.name[0])
        lua_pushfstring(L, "an article has no field '%s' to set; did you mean '%s'?", name.data,
                        near.name);
    else
        lua_pushfstring(L, "an article has no field '%s' to set", name.data);
}

bool sheaf_article_can_set(sheaf_slice name) {
    return sheaf_field_by_name(name) < SHEAF_FIELD_COUNT || find_setter(name);
}

bool sheaf_article_assign(lua_State *L, sheaf_article *article, sheaf_slice name, int index) {
    if (sheaf_article_can_set(name))
        return set_known(L, article, name, lua_absindex(L, index));
    sheaf_article_suggest(L, name);
    return false;
}

/* Which fields the table at index names, as bits: texts first, then those of the setters. Mostly
 * there are few, so it is its keys that are looked through. */
static uint64_t named_fields(lua_State *L, int index) {
    uint64_t named = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            continue;
        sheaf_slice name;
        name.data = lua_tolstring(L, -1, &name.size);
        sheaf_field field = sheaf_field_by_name(name);
        const setter_entry *entry = field == SHEAF_FIELD_COUNT ? find_setter(name) : NULL;
        if (field < SHEAF_FIELD_COUNT)
            named |= UINT64_C(1) << field;
        else if (entry)
            named |= UINT64_C(1) << (SHEAF_FIELD_COUNT + (entry - setters));
    }
    return named;
}

bool sheaf_article_set_fields(lua_State *L, sheaf_article *article, int index, bool identity) {
    luaL_checkstack(L, 12, NULL);
    index = lua_absindex(L, index);
    uint64_t named = named_fields(L, index);
    for (int i = 0; i < SHEAF_FIELD_COUNT + SETTERS && named >> i; i++) {
        if (!(named >> i & 1))
            continue;
        const setter_entry *entry = i < SHEAF_FIELD_COUNT ? NULL : &setters[i - SHEAF_FIELD_COUNT];
        const char *name = entry ? entry->name : sheaf_field_names[i];
        bool is_identity = entry ? entry->identity : i == SHEAF_FIELD_ID;
        lua_pushstring(L, name);
        if (lua_rawget(L, index) != LUA_TNIL) {
            if (is_identity && !identity)
                return lua_pushfstring(L, "%s: a plugin cannot set it", name), false;
            if (!set_known(L, article, sheaf_slice_of(name), lua_gettop(L)))
                return false;
        }
        lua_pop(L, 1);
    }
    return true;
}

bool sheaf_article_apply(lua_State *L, sheaf_article *article, sheaf_slice plugin, int index) {
    index = lua_absindex(L, index);
    if (!sheaf_article_set_fields(L, article, index, false))
        return false;
    sheaf_push_slice(L, plugin);
    lua_newtable(L);
    bool any = false;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        sheaf_slice name = {0};
        if (lua_type(L, -2) == LUA_TSTRING)
            name.data = lua_tolstring(L, -2, &name.size);
        if (name.data && sheaf_article_can_set(name)) {
            lua_pop(L, 1);
            continue;
        }
        any = true;
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    if (any && !add_attribute(L, article))
        return false;
    sheaf_check_memory(L, article->arena.failed);
    return true;
}
