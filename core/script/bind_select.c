/* bind_select.c - tests over the columns of a catalog, given as a Lua list.
 *
 *   { {"words", ">", 200}, {"published"}, "not", "and" }
 *
 * is 'a.words > 200 and not a.published' in postfix order. The list comes from
 * lua/sheaf/column_test.lua; whatever it cannot express is tested row by row. */
#include "script/bind.h"

#include "store/select.h"

static const char *const field_names[] = {"words", "bytes",     "published", "language",
                                          "site",  "publisher", NULL};
static const char *const relations[] = {"<", "<=", ">", ">=", "==", "~=", "known", NULL};

static int index_of(lua_State *L, const char *const list[], const char *name) {
    for (int i = 0; list[i]; i++) {
        if (name && strcmp(list[i], name) == 0)
            return i;
    }
    return luaL_error(L, "a test of columns cannot have '%s'", name ? name : "?");
}

/* The step {field, relation, constant} on the top. */
static sheaf_test comparison(lua_State *L) {
    sheaf_test test = {.kind = SHEAF_TEST_COMPARE};
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    lua_rawgeti(L, -3, 3);
    test.field = (sheaf_test_field)index_of(L, field_names, lua_tostring(L, -3));
    test.relation = lua_isnil(L, -2)
                        ? SHEAF_KNOWN
                        : (sheaf_comparison)index_of(L, relations, lua_tostring(L, -2));
    if (test.relation != SHEAF_KNOWN && test.field <= SHEAF_TEST_BYTES) {
        lua_Integer number = luaL_checkinteger(L, -1);
        if (number < 0)
            luaL_error(L, "a test of columns cannot compare with less than 0");
        test.number = (uint64_t)number;
    } else if (test.relation != SHEAF_KNOWN) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "a test of columns compares texts with texts");
        test.text.data = lua_tolstring(L, -1, &test.text.size);
    }
    lua_pop(L, 3); /* the constant stays in the step, and the step in the list */
    return test;
}

static sheaf_test read_step(lua_State *L) {
    static const char *const words[] = {"and", "or", "not", NULL};
    static const sheaf_test_kind kinds[] = {SHEAF_TEST_AND, SHEAF_TEST_OR, SHEAF_TEST_NOT};
    if (lua_istable(L, -1))
        return comparison(L);
    return (sheaf_test){.kind = kinds[index_of(L, words, lua_tostring(L, -1))]};
}

/* Opens a select over [from, to) for the list at index, which must stay. */
sheaf_select *sheaf_select_from_list(lua_State *L, int index, const sheaf_file *file, uint64_t from,
                                     uint64_t to) {
    sheaf_test steps[SHEAF_TESTS_MAX];
    sheaf_error error = {0};
    sheaf_select *select = NULL;
    lua_Integer count = luaL_len(L, index);
    if (count > SHEAF_TESTS_MAX)
        luaL_error(L, "a test of columns has at most %d steps", SHEAF_TESTS_MAX);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, index, i + 1);
        steps[i] = read_step(L);
        lua_pop(L, 1);
    }
    if (sheaf_select_open(&select, file, steps, (size_t)count, from, to, &error) != SHEAF_OK)
        luaL_error(L, "%s", error.message);
    return select;
}
