/* extras.c - originals/ entries under new numbers, whole or picked apart. */
#include "store/extras.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/originals.h"

typedef struct carrying {
    sheaf_emitter *emitter;
    sheaf_pool *pool;
    const sheaf_life_options *options;
    uint64_t part;           /* number of the last entry */
    sheaf_originals *picked; /* made at first use */
    sheaf_map done;          /* SHA-256 of those that were picked, or cannot be */
    sheaf_arena arena;       /* of its keys */
    sheaf_originals_frame frame;
    sheaf_buffer bytes;
} carrying;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static bool is_original(const sheaf_entry *entry) {
    return sheaf_slice_starts(entry->name, SLICE("originals/"));
}

static void warn(const carrying *c, const sheaf_file *file, const char *what) {
    char sentence[700];
    snprintf(sentence, sizeof sentence, "%.300s: %.300s; left out", file->path, what);
    if (c->options->warn)
        c->options->warn(c->options->context, sentence);
}

static sheaf_status put_entry(carrying *c, sheaf_slice data, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    if (++c->part > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT, "too many originals for one commit");
    return sheaf_emitter_whole(c->emitter, sheaf_name_originals(room, 1, c->part), data, error);
}

/* ---- whole entries ---------------------------------------------------------------- */

/* Is the entry, under whatever name, in the new file already? */
static bool is_there(const sheaf_emitter *emitter, const sheaf_entry *entry) {
    for (size_t i = 0; i < emitter->count; i++) {
        const sheaf_entry *other = &emitter->entries[i];
        if (is_original(other) && other->size == entry->size && other->crc == entry->crc)
            return true;
    }
    return false;
}

static sheaf_status copy_entries(carrying *c, const sheaf_file *file, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < file->directory.count && status == SHEAF_OK; i++) {
        char what[160];
        const sheaf_entry *entry = &file->directory.entries[i];
        if (!is_original(entry) || is_there(c->emitter, entry))
            continue;
        sheaf_slice data = sheaf_file_data(file, entry);
        snprintf(what, sizeof what, "%.*s is damaged", SLICE_ARGS(entry->name));
        if (libdeflate_crc32(0, data.data, data.size) != entry->crc)
            warn(c, file, what);
        else
            status = put_entry(c, data, error);
    }
    return status;
}

/* ---- one by one --------------------------------------------------------------------- */

/* Writes what was picked, when it is enough for an entry, or at the end. */
static sheaf_status write_picked(carrying *c, bool end, sheaf_error *error) {
    sheaf_slice entry;
    sheaf_status status = sheaf_originals_pack(c->picked, c->pool, error);
    size_t size = sheaf_originals_size(c->picked);
    if (status != SHEAF_OK || size == 0 || (!end && size < SHEAF_ORIGINALS_BYTES))
        return status;
    status = sheaf_originals_finish(c->picked, &entry, error);
    return status == SHEAF_OK ? put_entry(c, entry, error) : status;
}

/* Is it new, so that it is to be looked for? False and failed when memory is out. */
static bool is_new(carrying *c, sheaf_slice sha256, bool *failed) {
    size_t before = c->done.count;
    if (sheaf_map_get(&c->done, sha256))
        return false;
    sheaf_slice key = sheaf_arena_copy(&c->arena, sha256);
    *failed = c->arena.failed || !sheaf_map_put(&c->done, key, 1);
    return !*failed && c->done.count > before;
}

/* The source bytes of one article, unless they were not kept. */
static sheaf_status pick(carrying *c, const sheaf_file *file, sheaf_slice sha256,
                         sheaf_error *error) {
    sheaf_error cause = {0};
    bool failed = false;
    if (sha256.size == 0 || !is_new(c, sha256, &failed))
        return failed ? no_memory(error) : SHEAF_OK;
    sheaf_buffer_reset(&c->bytes);
    sheaf_status status = sheaf_file_original_near(file, sha256, &c->frame, &c->bytes, &cause);
    if (status == SHEAF_NO_MEMORY)
        return no_memory(error);
    if (status == SHEAF_CORRUPT)
        warn(c, file, cause.message);
    if (status != SHEAF_OK)
        return SHEAF_OK;
    if (!sheaf_originals_add(c->picked, sha256, sheaf_buffer_view(&c->bytes)))
        return no_memory(error);
    return sheaf_originals_is_full(c->picked) ? write_picked(c, false, error) : SHEAF_OK;
}

static sheaf_status pick_all(carrying *c, const sheaf_choice *choice, uint32_t wanted,
                             sheaf_error *error) {
    sheaf_file *file = choice->file;
    sheaf_article *article = sheaf_article_new();
    sheaf_status status = SHEAF_OK;
    if (!c->picked)
        c->picked = sheaf_originals_new();
    if (!c->picked || !article)
        status = no_memory(error);
    for (uint64_t i = 0; i < file->count && status == SHEAF_OK; i++) {
        if (choice->part[i] != wanted)
            continue;
        status = sheaf_file_read(file, i, article, error);
        if (status == SHEAF_OK)
            status = pick(c, file, article->provenance.sha256, error);
    }
    sheaf_article_free(article);
    c->frame.packed = NULL; /* another file may be mapped there */
    return status;
}

/* ---- all sources ------------------------------------------------------------------------ */

static bool has_originals(const sheaf_file *file) {
    for (size_t i = 0; i < file->directory.count; i++) {
        if (is_original(&file->directory.entries[i]))
            return true;
    }
    return false;
}

static bool takes_all(const sheaf_choice *choice, uint32_t wanted) {
    for (uint64_t i = 0; i < choice->file->count; i++) {
        if (choice->part[i] != wanted)
            return false;
    }
    return true;
}

sheaf_status sheaf_extras_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                uint32_t wanted, const sheaf_life_options *options,
                                sheaf_error *error) {
    carrying c = {.emitter = sheaf_carrier_emitter(carrier),
                  .pool = sheaf_carrier_pool(carrier),
                  .options = options};
    sheaf_status status = SHEAF_OK;
    sheaf_arena_init(&c.arena);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        if (!has_originals(choices[i].file))
            continue;
        status = takes_all(&choices[i], wanted) ? copy_entries(&c, choices[i].file, error)
                                                : pick_all(&c, &choices[i], wanted, error);
    }
    if (status == SHEAF_OK && c.picked)
        status = write_picked(&c, true, error);
    sheaf_originals_free(c.picked);
    sheaf_map_clear(&c.done);
    sheaf_arena_clear(&c.arena);
    sheaf_buffer_clear(&c.frame.raw);
    sheaf_buffer_clear(&c.bytes);
    return status;
}
