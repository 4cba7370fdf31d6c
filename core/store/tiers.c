/* tiers.c - many small commits to one, without touching what is written.
 *
 *   commits of one article each           ··························
 *   after 8 of them                       one catalog of 8, then  ······
 *   after 64                              one of 64, …
 *
 * A catalog is of tier t when it tells of 8^t articles or more, and of fewer than
 * 8^(t+1). A run of neighbours of tier t and below is joined when there are 8 or
 * more of them and together they reach a higher tier. So an article is moved up
 * once a tier and no more, and of each tier fewer than 8 catalogs are left behind
 * the last larger one, however many commits there were.
 *
 * What is joined keeps its ordinals, dropped articles among them, so that layers and
 * tombstones stay true. Small windows are compressed anew, together; those that fill a
 * frame stay where they are, and only the catalog tells of them anew. Old catalogs,
 * and articles/ entries of which nothing is left, are listed no more; their bytes are
 * dead until the file is made anew. */
#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"
#include "store/carry.h"
#include "store/format.h"

enum { STEP = 8, TIERS = 6 };

/* Neighbours among the volumes: [from, to). */
typedef struct run {
    size_t from, to;
} run;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* May it be joined to others, with fewer than limit articles? A list of tombstones
 * is no catalog of articles, and in nobody's way. */
static bool is_small(const sheaf_volume *volume, uint64_t limit) {
    const sheaf_catalog *c = &volume->catalog;
    return c->rows == 0 || (c->rows < limit && c->rows < SHEAF_SEGMENT_ROWS &&
                            c->section[SHEAF_SECTION_DROPPED].count == 0);
}

/* The first run of catalogs of fewer than limit articles that is worth joining. */
static bool find_run(const sheaf_file *file, uint64_t limit, run *out) {
    size_t at = 0;
    while (at < file->volume_count) {
        uint64_t rows = 0, count = 0;
        size_t from = at;
        for (; at < file->volume_count && is_small(&file->volumes[at], limit); at++) {
            rows += file->volumes[at].catalog.rows;
            count += file->volumes[at].catalog.rows > 0;
        }
        if (count >= STEP && rows >= limit) {
            *out = (run){from, at};
            return true;
        }
        at++;
    }
    return false;
}

/* The highest tier first, so that nothing is moved twice. */
static bool find_highest(const sheaf_file *file, run *out) {
    uint64_t limit = 1;
    for (int i = 0; i < TIERS; i++)
        limit *= STEP;
    for (; limit >= STEP; limit /= STEP) {
        if (find_run(file, limit, out))
            return true;
    }
    return false;
}

/* Has a volume that is not of the run frames in that entry? */
static bool is_shared(const sheaf_file *file, const run *r, sheaf_slice block) {
    for (size_t i = 0; i < file->volume_count; i++) {
        if (i >= r->from && i < r->to)
            continue;
        for (size_t b = 0; b < file->volumes[i].block_count; b++) {
            if (file->volumes[i].blocks[b].data == block.data)
                return true;
        }
    }
    return false;
}

/* Takes the entries with the rows of a volume off the list, when nothing in them is
 * needed any more. Two volumes of a run may share one. */
static sheaf_status drop_blocks(sheaf_amend *amend, const sheaf_carrier *carrier, const run *r,
                                const sheaf_volume *volume, sheaf_error *error) {
    const sheaf_catalog *c = &volume->catalog;
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < volume->block_count && status == SHEAF_OK; i++) {
        char room[SHEAF_NAME_ROOM];
        uint64_t commit = sheaf_catalog_get(c, SHEAF_SECTION_BLOCK_COMMIT, i);
        uint64_t part = sheaf_catalog_get(c, SHEAF_SECTION_BLOCK_PART, i);
        if (sheaf_carrier_stays(carrier, commit, part) ||
            is_shared(amend->file, r, volume->blocks[i]))
            continue;
        status = sheaf_emitter_drop(&amend->emitter, sheaf_name_articles(room, commit, part), NULL);
        if (status == SHEAF_MISSING)
            status = SHEAF_OK;
    }
    return status == SHEAF_OK ? status : no_memory(error);
}

static sheaf_status drop_old(sheaf_amend *amend, const sheaf_carrier *carrier, const run *r,
                             sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = r->from; i < r->to && status == SHEAF_OK; i++) {
        const sheaf_volume *volume = &amend->file->volumes[i];
        if (volume->catalog.rows == 0)
            continue;
        status = sheaf_emitter_drop(&amend->emitter, volume->name, error);
        if (status == SHEAF_OK)
            status = drop_blocks(amend, carrier, r, volume, error);
    }
    return status;
}

/* All articles of the run, dropped ones too. NULL when memory is out. */
static uint32_t *choose(const sheaf_file *file, const run *r) {
    uint32_t *part = sheaf_calloc((size_t)file->count, sizeof *part);
    for (size_t i = r->from; part && i < r->to; i++) {
        const sheaf_catalog *c = &file->volumes[i].catalog;
        for (uint64_t row = 0; row < c->rows; row++)
            part[c->first + row] = 1;
    }
    return part;
}

static sheaf_status write_run(sheaf_amend *amend, sheaf_carrier *carrier, const run *r,
                              sheaf_error *error) {
    uint32_t *part = choose(amend->file, r);
    if (!part)
        return no_memory(error);
    sheaf_choice choice = {.file = amend->file, .part = part};
    sheaf_status status = sheaf_carrier_take(carrier, &choice, 1, error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_settle(carrier, error);
    if (status == SHEAF_OK)
        status = drop_old(amend, carrier, r, error);
    sheaf_free(part);
    return status;
}

static uint64_t first_of(const sheaf_file *file, const run *r) {
    size_t i = r->from;
    while (file->volumes[i].catalog.rows == 0)
        i++;
    return file->volumes[i].catalog.first;
}

static sheaf_status join(sheaf_amend *amend, const run *r, const sheaf_life_options *options,
                         sheaf_life_counts *counts, sheaf_error *error) {
    sheaf_carrier *carrier;
    sheaf_life_counts of_run = {0};
    const sheaf_file *file = amend->file;
    sheaf_status status = sheaf_carrier_open_within(&carrier, &amend->emitter, amend->commit,
                                                    first_of(file, r), options, error);
    if (status != SHEAF_OK)
        return status;
    status = write_run(amend, carrier, r, error);
    sheaf_carrier_counts(carrier, &of_run);
    sheaf_carrier_close(carrier);
    if (status == SHEAF_OK)
        status = sheaf_amend_commit(amend, sheaf_file_live(file), file->manifest.bytes, "compact",
                                    error);
    if (status == SHEAF_OK) {
        counts->copied += of_run.copied;
        counts->packed += of_run.packed;
        counts->joined += r->to - r->from;
        counts->bytes = amend->emitter.disk.end;
    }
    return status;
}

/* Joins one run, if there is one. */
static sheaf_status join_next(const char *path, const sheaf_life_options *options,
                              sheaf_life_counts *counts, bool *found, sheaf_error *error) {
    sheaf_amend amend;
    run r;
    sheaf_status status = sheaf_amend_open(&amend, path, error);
    *found = status == SHEAF_OK && find_highest(amend.file, &r);
    if (status == SHEAF_OK) {
        counts->articles = sheaf_file_live(amend.file);
        counts->bytes = amend.file->directory.end;
    }
    if (*found)
        status = join(&amend, &r, options, counts, error);
    sheaf_amend_close(&amend);
    return status;
}

sheaf_status sheaf_tidy(const char *path, const sheaf_life_options *options,
                        sheaf_life_counts *counts, sheaf_error *error) {
    const sheaf_life_options defaults = {0};
    sheaf_life_counts none;
    sheaf_status status;
    bool found;
    counts = counts ? counts : &none;
    *counts = (sheaf_life_counts){0};
    do {
        status = join_next(path, options ? options : &defaults, counts, &found, error);
    } while (status == SHEAF_OK && found);
    return status;
}
