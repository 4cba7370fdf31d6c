/* diff.c - which articles two sheaves have in common, and which of them differ.
 *
 * Partners are found by id, in the catalogs. What has none is looked for by URL,
 * since an article that was packed again from a changed source has a new id. Then
 * the rows of partners are compared as bytes: equal articles have equal rows. */
#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"
#include "store/ids.h"
#include "store/life.h"

#define NOBODY UINT64_MAX

typedef struct comparison {
    sheaf_file *file[2];  /* old, new */
    uint64_t *partner[2]; /* by ordinal */
    sheaf_arena arena;
    sheaf_map urls; /* of new articles without a partner; NOBODY: several have it */
} comparison;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static void pair(comparison *c, uint64_t before, uint64_t after) {
    c->partner[0][before] = after;
    c->partner[1][after] = before;
}

static sheaf_status pair_by_id(comparison *c, sheaf_error *error) {
    uint64_t id, ordinal, last = 0, waiting = NOBODY;
    size_t side;
    sheaf_id_walk *walk = sheaf_id_walk_new(c->file, 2);
    if (!walk)
        return no_memory(error);
    while (sheaf_id_walk_next(walk, &id, &side, &ordinal)) {
        if (side == 1 && waiting != NOBODY && id == last)
            pair(c, waiting, ordinal);
        waiting = side == 0 ? ordinal : NOBODY;
        last = id;
    }
    sheaf_id_walk_free(walk);
    return SHEAF_OK;
}

/* The URL of an article that lives and has no partner; empty for others. */
static sheaf_status lonely_url(comparison *c, int side, uint64_t ordinal, sheaf_slice *url,
                               sheaf_error *error) {
    sheaf_row_columns row;
    *url = (sheaf_slice){0};
    if (c->partner[side][ordinal] != NOBODY || sheaf_file_is_gone(c->file[side], ordinal))
        return SHEAF_OK;
    sheaf_status status = sheaf_file_row(c->file[side], ordinal, &row, error);
    if (status == SHEAF_OK)
        *url = row.url;
    return status;
}

static sheaf_status note_urls(comparison *c, sheaf_error *error) {
    for (uint64_t i = 0; i < c->file[1]->count; i++) {
        sheaf_slice url;
        sheaf_status status = lonely_url(c, 1, i, &url, error);
        if (status != SHEAF_OK)
            return status;
        if (url.size == 0)
            continue;
        uint64_t *known = sheaf_map_get(&c->urls, url);
        if (known)
            *known = NOBODY;
        else if (!sheaf_map_put(&c->urls, sheaf_arena_copy(&c->arena, url), i) || c->arena.failed)
            return no_memory(error);
    }
    return SHEAF_OK;
}

static sheaf_status pair_by_url(comparison *c, sheaf_error *error) {
    sheaf_status status = note_urls(c, error);
    for (uint64_t i = 0; i < c->file[0]->count && status == SHEAF_OK; i++) {
        sheaf_slice url;
        status = lonely_url(c, 0, i, &url, error);
        uint64_t *after = status == SHEAF_OK && url.size ? sheaf_map_get(&c->urls, url) : NULL;
        if (after && *after != NOBODY) {
            pair(c, i, *after);
            *after = NOBODY;
        }
    }
    return status;
}

static sheaf_status tell(comparison *c, sheaf_difference_fn found, void *context,
                         sheaf_error *error) {
    for (uint64_t i = 0; i < c->file[0]->count; i++) {
        sheaf_slice before, after;
        uint64_t partner = c->partner[0][i];
        if (sheaf_file_is_gone(c->file[0], i))
            continue;
        if (partner == NOBODY && !found(context, SHEAF_GONE, i, 0))
            return SHEAF_OK;
        if (partner == NOBODY)
            continue;
        sheaf_status status = sheaf_file_json(c->file[0], i, &before, error);
        if (status == SHEAF_OK)
            status = sheaf_file_json(c->file[1], partner, &after, error);
        if (status != SHEAF_OK)
            return status;
        if (!sheaf_slice_equal(before, after) && !found(context, SHEAF_CHANGED, i, partner))
            return SHEAF_OK;
    }
    for (uint64_t i = 0; i < c->file[1]->count; i++) {
        if (c->partner[1][i] == NOBODY && !sheaf_file_is_gone(c->file[1], i) &&
            !found(context, SHEAF_ADDED, 0, i))
            return SHEAF_OK;
    }
    return SHEAF_OK;
}

sheaf_status sheaf_diff(sheaf_file *old_file, sheaf_file *new_file, sheaf_difference_fn found,
                        void *context, sheaf_error *error) {
    comparison c = {.file = {old_file, new_file}};
    sheaf_status status = SHEAF_OK;
    sheaf_arena_init(&c.arena);
    for (int side = 0; side < 2; side++) {
        c.partner[side] = sheaf_malloc((size_t)c.file[side]->count * sizeof **c.partner);
        if (!c.partner[side])
            status = no_memory(error);
        for (uint64_t i = 0; c.partner[side] && i < c.file[side]->count; i++)
            c.partner[side][i] = NOBODY;
    }
    if (status == SHEAF_OK)
        status = pair_by_id(&c, error);
    if (status == SHEAF_OK)
        status = pair_by_url(&c, error);
    if (status == SHEAF_OK)
        status = tell(&c, found, context, error);
    sheaf_free(c.partner[0]);
    sheaf_free(c.partner[1]);
    sheaf_map_clear(&c.urls);
    sheaf_arena_clear(&c.arena);
    return status;
}
