/* article_fields.c - fields of an article that are lists or records, as tables.
 *
 * Offsets of blocks become Lua's: from 1, end included. */
#include "script/bind.h"

static void push_authors(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->authors.count, 0);
    for (size_t i = 0; i < article->authors.count; i++) {
        lua_createtable(L, 0, 2);
        sheaf_set_slice(L, "name", article->authors.items[i].name);
        sheaf_set_slice(L, "role", article->authors.items[i].role);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_keywords(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->keywords.count, 0);
    for (size_t i = 0; i < article->keywords.count; i++) {
        sheaf_push_slice(L, article->keywords.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_images(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->images.count, 0);
    for (size_t i = 0; i < article->images.count; i++) {
        lua_createtable(L, 0, 3);
        sheaf_set_slice(L, "url", article->images.items[i].url);
        sheaf_set_slice(L, "caption", article->images.items[i].caption);
        sheaf_set_slice(L, "credit", article->images.items[i].credit);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_links(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->links.count, 0);
    for (size_t i = 0; i < article->links.count; i++) {
        lua_createtable(L, 0, 2);
        sheaf_set_slice(L, "url", article->links.items[i].url);
        sheaf_set_slice(L, "text", article->links.items[i].text);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_relations(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->relations.count, 0);
    for (size_t i = 0; i < article->relations.count; i++) {
        lua_createtable(L, 0, 2);
        sheaf_set_slice(L, "type", article->relations.items[i].type);
        sheaf_set_slice(L, "id", article->relations.items[i].id);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_blocks(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, (int)article->blocks.count, 0);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const sheaf_block *block = &article->blocks.items[i];
        lua_createtable(L, 0, 3);
        sheaf_set_integer(L, "from", (lua_Integer)block->from + 1);
        sheaf_set_integer(L, "to", (lua_Integer)block->to);
        lua_pushstring(L, sheaf_block_kind_names[block->kind]);
        lua_setfield(L, -2, "kind");
        if (block->source_to) {
            sheaf_set_integer(L, "source_from", (lua_Integer)block->source_from);
            sheaf_set_integer(L, "source_to", (lua_Integer)block->source_to);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_dateline(lua_State *L, const sheaf_article *article) {
    const sheaf_dateline *dateline = &article->dateline;
    if (!dateline->raw.size && !dateline->place.size && !dateline->date.size &&
        !dateline->agency.size) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 4);
    sheaf_set_slice(L, "raw", dateline->raw);
    sheaf_set_slice(L, "place", dateline->place);
    sheaf_set_slice(L, "date", dateline->date);
    sheaf_set_slice(L, "agency", dateline->agency);
}

static void push_provenance(lua_State *L, const sheaf_article *article) {
    const sheaf_provenance *from = &article->provenance;
    lua_createtable(L, 0, 9);
    sheaf_set_slice(L, "file", from->file);
    sheaf_set_slice(L, "entry", from->entry);
    sheaf_set_slice(L, "sha256", from->sha256);
    sheaf_set_slice(L, "reader", from->reader);
    sheaf_set_slice(L, "tool", from->tool);
    sheaf_set_slice(L, "record", from->record);
    sheaf_set_slice(L, "digest", from->digest);
    if (from->to > 0) {
        sheaf_set_integer(L, "from", (lua_Integer)from->from);
        sheaf_set_integer(L, "to", (lua_Integer)from->to);
    }
}

static void push_why(lua_State *L, const sheaf_article *article) {
    lua_createtable(L, 0, (int)article->reasons.count);
    for (size_t i = 0; i < article->reasons.count; i++) {
        sheaf_push_slice(L, article->reasons.items[i].field);
        sheaf_push_slice(L, article->reasons.items[i].rule);
        lua_rawset(L, -3);
    }
}

static void push_attributes(lua_State *L, const sheaf_article *article) {
    sheaf_error error = {0};
    lua_createtable(L, 0, (int)article->attributes.count);
    for (size_t i = 0; i < article->attributes.count; i++) {
        sheaf_push_slice(L, article->attributes.items[i].name);
        if (sheaf_decode_value(L, article->attributes.items[i].value, &error) == SHEAF_OK)
            lua_rawset(L, -3);
        else
            lua_pop(L, 1);
    }
}

static void push_confidence(lua_State *L, const sheaf_article *article) {
    lua_pushnumber(L, article->language_confidence);
}

const sheaf_field_entry sheaf_field_entries[] = {{"authors", push_authors},
                                                 {"keywords", push_keywords},
                                                 {"images", push_images},
                                                 {"links", push_links},
                                                 {"relations", push_relations},
                                                 {"blocks", push_blocks},
                                                 {"dateline", push_dateline},
                                                 {"provenance", push_provenance},
                                                 {"why", push_why},
                                                 {"attributes", push_attributes},
                                                 {"layers", sheaf_layers_push},
                                                 {"language_confidence", push_confidence},
                                                 {NULL, NULL}};
