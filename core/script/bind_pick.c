/* bind_pick.c - articles of a sheaf in any order: file:pick(positions) is an iterator.
 *
 *   asked for    907 12 44000 13 …     as many as 64 MiB of rows
 *   read         12 13 … 907 … 44000   in the order of the file, so that a frame is unpacked once
 *   given        907 12 44000 13 …
 *
 * One by one, each article would cost the unpacking of its whole frame. */
#include "script/bind.h"

#include <stdlib.h>

#include "article/row.h"
#include "base/memory.h"
#include "store/glance.h"
#include "store/store.h"

static const size_t group_bytes = (size_t)64 << 20;

typedef struct pick {
    uint64_t ordinal;
    size_t offset, size; /* of its row; size 0: it could not be read */
} pick;

typedef struct picker {
    struct shared_file *shared;
    sheaf_file *file;
    sheaf_scan *scan;
    sheaf_article *article;
    sheaf_loan loan;
    pick *picks; /* as they are asked for */
    pick **order;
    size_t count, next, end; /* [next, end) are read */
    sheaf_buffer rows;
} picker;

static int picker_close(lua_State *L) {
    picker *p = luaL_checkudata(L, 1, "sheaf.picker");
    sheaf_loan_clear(&p->loan);
    sheaf_scan_close(p->scan);
    sheaf_article_free(p->article);
    sheaf_buffer_clear(&p->rows);
    sheaf_free(p->picks);
    sheaf_free(p->order);
    p->scan = NULL;
    p->article = NULL;
    p->picks = NULL;
    p->order = NULL;
    p->next = p->count = 0;
    sheaf_let_go_file(&p->shared);
    return 0;
}

static int by_ordinal(const void *one, const void *other) {
    const pick *a = *(pick *const *)one, *b = *(pick *const *)other;
    return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

/* How many from `next` on fit in a group. */
static size_t group_end(const picker *p) {
    uint64_t bytes = 0;
    size_t end = p->next;
    while (end < p->count && (end == p->next || bytes < group_bytes)) {
        sheaf_glance glance;
        sheaf_file_glance(p->file, p->picks[end++].ordinal, &glance);
        bytes += glance.bytes;
    }
    return end;
}

static void read_pick(picker *p, pick *want) {
    sheaf_error error = {0};
    sheaf_slice row;
    uint64_t ordinal;
    want->size = 0;
    want->offset = p->rows.size;
    sheaf_scan_move(p->scan, want->ordinal, want->ordinal + 1);
    if (sheaf_scan_next(p->scan, &ordinal, &row, &error) != SHEAF_OK)
        return;
    sheaf_buffer_add(&p->rows, row);
    want->size = p->rows.failed ? 0 : row.size;
}

static void read_group(lua_State *L, picker *p) {
    p->end = group_end(p);
    size_t count = p->end - p->next;
    for (size_t i = 0; i < count; i++)
        p->order[i] = &p->picks[p->next + i];
    qsort(p->order, count, sizeof *p->order, by_ordinal);
    sheaf_buffer_reset(&p->rows);
    for (size_t i = 0; i < count; i++)
        read_pick(p, p->order[i]);
    sheaf_check_memory(L, p->rows.failed);
}

/* -> article; false and the position: this one cannot be read; nil: no more */
static int next_pick(lua_State *L) {
    sheaf_error error = {0};
    picker *p = lua_touserdata(L, lua_upvalueindex(1));
    sheaf_loan_end(&p->loan);
    if (!p->article || p->next >= p->count)
        return 0;
    if (p->next >= p->end)
        read_group(L, p);
    const pick *here = &p->picks[p->next++];
    sheaf_slice row =
        sheaf_slice_part(sheaf_buffer_view(&p->rows), here->offset, here->offset + here->size);
    if (here->size == 0 ||
        sheaf_row_read(p->article, row, &SHEAF_LIMITS_DEFAULT, &error) != SHEAF_OK) {
        lua_pushboolean(L, 0);
        lua_pushinteger(L, (lua_Integer)here->ordinal + 1);
        return 2;
    }
    sheaf_glance glance;
    sheaf_file_glance(p->file, here->ordinal, &glance);
    sheaf_loan_begin(&p->loan, p->article);
    p->loan.has_words = true;
    p->loan.words = (size_t)glance.words;
    sheaf_article_lend(L, &p->loan, lua_upvalueindex(1));
    return 1;
}

static void take_positions(lua_State *L, picker *p) {
    uint64_t most = sheaf_file_count(p->file);
    p->count = (size_t)luaL_len(L, 2);
    p->picks = sheaf_calloc(p->count + 1, sizeof *p->picks);
    p->order = sheaf_calloc(p->count + 1, sizeof(pick *));
    sheaf_check_memory(L, !p->picks || !p->order);
    for (size_t i = 0; i < p->count; i++) {
        lua_geti(L, 2, (lua_Integer)i + 1);
        lua_Integer position = luaL_checkinteger(L, -1);
        luaL_argcheck(L, position >= 1 && (uint64_t)position <= most, 2, "no such position");
        p->picks[i].ordinal = (uint64_t)position - 1;
        lua_pop(L, 1);
    }
}

int sheaf_file_pick(lua_State *L) {
    sheaf_error error = {0};
    sheaf_file *file = sheaf_check_file(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    picker *p = lua_newuserdatauv(L, sizeof *p, 0);
    *p = (picker){.file = file};
    luaL_setmetatable(L, "sheaf.picker");
    p->shared = sheaf_share_file(L, 1);
    take_positions(L, p);
    p->article = sheaf_article_new();
    sheaf_check_memory(L, !p->article);
    if (sheaf_scan_open(&p->scan, file, 0, 0, &error) != SHEAF_OK)
        return luaL_error(L, "%s", error.message);
    lua_pushvalue(L, 3);
    lua_pushcclosure(L, next_pick, 1);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushvalue(L, 3);
    return 4;
}

void sheaf_open_picks(lua_State *L) {
    static const luaL_Reg nothing[] = {{NULL, NULL}};
    static const luaL_Reg closing[] = {
        {"__gc", picker_close}, {"__close", picker_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.picker", nothing, closing);
}
