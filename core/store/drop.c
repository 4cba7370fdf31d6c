/* drop.c - tombstones.
 *
 *   meta/000007-0001   a catalog without articles, whose section 30 lists the
 *                      ordinals of all that was dropped in the sheaf so far
 *
 * There is one such entry at most: the next one lists all again and takes its
 * place, so that opening reads one list whatever the number of commits. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"
#include "store/life.h"
#include "store/segment.h"

static sheaf_status check_state(const sheaf_amend *amend, const uint64_t *ordinals, size_t count,
                                sheaf_slice sha256, sheaf_error *error) {
    const sheaf_file *file = amend->file;
    if (!sheaf_slice_is(sha256, file->manifest_sha256))
        return sheaf_fail(error, SHEAF_LOCKED, "%s has changed meanwhile; nothing was dropped",
                          file->path);
    for (size_t i = 0; i < count; i++) {
        if (ordinals[i] >= file->count || (i > 0 && ordinals[i] <= ordinals[i - 1]))
            return sheaf_fail(error, SHEAF_MISUSE, "ordinals to drop do not ascend below %llu",
                              (unsigned long long)file->count);
    }
    return SHEAF_OK;
}

/* Sets the bits of what goes; returns the bytes of their rows. */
static uint64_t mark(sheaf_file *file, uint8_t *dropped, const uint64_t *ordinals, size_t count,
                     uint64_t *fresh) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t at = ordinals[i];
        const sheaf_catalog *catalog = &sheaf_file_volume(file, at)->catalog;
        if (dropped[at / 8] >> (at % 8) & 1)
            continue;
        dropped[at / 8] |= (uint8_t)(1u << (at % 8));
        bytes += sheaf_catalog_get(catalog, SHEAF_SECTION_BYTES, at - catalog->first) + 1;
        (*fresh)++;
    }
    return bytes;
}

/* The catalog that holds nothing but tombstones. */
static sheaf_status write_tombstones(sheaf_amend *amend, const uint8_t *dropped,
                                     sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    sheaf_segment segment;
    sheaf_buffer bytes = {0};
    sheaf_segment_init(&segment, 0);
    for (uint64_t i = 0; i < amend->file->count; i++) {
        if (dropped[i / 8] >> (i % 8) & 1)
            sheaf_segment_put(&segment, SHEAF_SECTION_DROPPED, i);
    }
    sheaf_status status = sheaf_segment_encode(&segment, &bytes, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_whole(&amend->emitter, sheaf_name_meta(room, amend->commit, 1),
                                     sheaf_buffer_view(&bytes), error);
    sheaf_buffer_clear(&bytes);
    sheaf_segment_clear(&segment);
    return status;
}

/* The entries that the new list takes the place of. */
static sheaf_status drop_old_lists(sheaf_amend *amend, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < amend->file->volume_count && status == SHEAF_OK; i++) {
        const sheaf_volume *volume = &amend->file->volumes[i];
        if (volume->catalog.rows == 0 && volume->catalog.section[SHEAF_SECTION_DROPPED].count)
            status = sheaf_emitter_drop(&amend->emitter, volume->name, error);
    }
    return status;
}

static sheaf_status drop(sheaf_amend *amend, const uint64_t *ordinals, size_t count,
                         const char *plan, sheaf_error *error) {
    sheaf_file *file = amend->file;
    size_t size = (size_t)(file->count / 8 + 1);
    uint64_t fresh = 0;
    uint8_t *dropped = sheaf_calloc(size, 1);
    if (!dropped)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (file->dropped)
        memcpy(dropped, file->dropped, size);
    uint64_t bytes = mark(file, dropped, ordinals, count, &fresh);
    sheaf_status status = fresh ? drop_old_lists(amend, error) : SHEAF_OK;
    if (status == SHEAF_OK && fresh)
        status = write_tombstones(amend, dropped, error);
    if (status == SHEAF_OK && fresh)
        status = sheaf_amend_commit(amend, sheaf_file_live(file) - fresh,
                                    file->manifest.bytes > bytes ? file->manifest.bytes - bytes : 0,
                                    plan, error);
    sheaf_free(dropped);
    return status;
}

sheaf_status sheaf_drop(const char *path, const uint64_t *ordinals, size_t count,
                        sheaf_slice sha256, const char *plan, sheaf_error *error) {
    sheaf_amend amend;
    sheaf_status status = sheaf_amend_open(&amend, path, error);
    if (status == SHEAF_OK)
        status = check_state(&amend, ordinals, count, sha256, error);
    if (status == SHEAF_OK)
        status = drop(&amend, ordinals, count, plan, error);
    sheaf_amend_close(&amend);
    return status;
}
