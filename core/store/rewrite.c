/* rewrite.c - a sheaf anew in its own place: seal and compact.
 *
 *   X.sheaf            locked all the while; readers keep what they have open
 *   X.sheaf.rewrite    written, brought to the disk, then renamed to X.sheaf
 *
 * What the old file was stands in the history of the new one. A sheaf of one commit
 * without tombstones is sealed already, and stays as it is. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"
#include "store/carry.h"
#include "store/extras.h"
#include "store/history.h"
#include "store/index_entries.h"
#include "store/sheet.h"

static char *join(const char *path, const char *ending) {
    size_t size = strlen(path) + strlen(ending) + 1;
    char *joined = sheaf_malloc(size);
    if (joined)
        snprintf(joined, size, "%s%s", path, ending);
    return joined;
}

/* All that lives is chosen. */
static uint32_t *choose(const sheaf_file *file) {
    uint32_t *part = sheaf_calloc((size_t)file->count, sizeof *part);
    for (uint64_t i = 0; part && i < file->count; i++)
        part[i] = !sheaf_file_is_gone(file, i);
    return part;
}

/* What a rewrite that failed, or was killed, has left; the lock keeps others off. */
static void remove_left(const char *name) {
    char *partial = join(name, ".partial");
    unlink(name);
    if (partial)
        unlink(partial);
    sheaf_free(partial);
}

static sheaf_status write_all(sheaf_carrier *carrier, sheaf_file *file, const uint32_t *part,
                              const char *plan, const sheaf_life_options *options,
                              sheaf_error *error) {
    sheaf_choice choice = {.file = file, .part = part};
    sheaf_status status = sheaf_carrier_take(carrier, &choice, 1, error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_settle(carrier, error);
    if (status == SHEAF_OK)
        status = sheaf_layers_carry(carrier, &choice, 1, 1, options, error);
    sheaf_index_left_out(file, options);
    if (status == SHEAF_OK)
        status = sheaf_extras_carry(carrier, &choice, 1, 1, options, error);
    if (status == SHEAF_OK)
        status = sheaf_history_carry(carrier, &choice, 1, options, error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_commit(carrier, plan, error);
    return status;
}

/* Writes name, with the permissions of the old file. */
static sheaf_status write_new(const sheaf_amend *amend, const char *name, bool keep,
                              const sheaf_life_options *options, sheaf_life_counts *counts,
                              sheaf_error *error) {
    sheaf_carrier *carrier;
    struct stat about;
    uint32_t *part = choose(amend->file);
    if (!part)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = sheaf_carrier_open(&carrier, name, keep, options, error);
    if (status == SHEAF_OK) {
        if (fstat(amend->emitter.disk.fd, &about) == 0 &&
            fchmod(sheaf_carrier_emitter(carrier)->disk.fd, about.st_mode & 07777) != 0)
            status = sheaf_fail_errno(error, "cannot set the permissions of", name);
        if (status == SHEAF_OK)
            status =
                write_all(carrier, amend->file, part, keep ? "seal" : "compact", options, error);
        if (status == SHEAF_OK)
            sheaf_carrier_counts(carrier, counts);
        sheaf_carrier_close(carrier);
    }
    sheaf_free(part);
    return status;
}

static bool is_sealed(const sheaf_file *file) {
    return file->directory.number == 1 && file->dropped_count == 0;
}

/* The counts of a sheaf that stays as it is. */
static void count_all(const sheaf_file *file, sheaf_life_counts *counts) {
    counts->articles = sheaf_file_live(file);
    counts->bytes = file->bytes.size;
    for (size_t i = 0; i < file->volume_count; i++)
        counts->copied += file->volumes[i].catalog.section[SHEAF_SECTION_FRAME_FIRST].count;
}

/* Under the lock of the old file. */
static sheaf_status replace(const sheaf_amend *amend, const char *path, bool keep,
                            const sheaf_life_options *options, sheaf_life_counts *counts,
                            sheaf_error *error) {
    char *name = join(path, ".rewrite");
    if (!name)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    remove_left(name);
    counts->dropped = amend->file->dropped_count;
    sheaf_status status = write_new(amend, name, keep, options, counts, error);
    if (status == SHEAF_OK)
        status = sheaf_disk_replace(name, path, error);
    if (status != SHEAF_OK)
        remove_left(name);
    sheaf_free(name);
    return status;
}

static sheaf_status rewrite(const char *path, bool keep, const sheaf_life_options *options,
                            sheaf_life_counts *counts, sheaf_error *error) {
    const sheaf_life_options defaults = {0};
    sheaf_life_counts none;
    sheaf_amend amend;
    counts = counts ? counts : &none;
    *counts = (sheaf_life_counts){0};
    sheaf_status status = sheaf_amend_open(&amend, path, error);
    if (status == SHEAF_OK && keep && is_sealed(amend.file))
        count_all(amend.file, counts);
    else if (status == SHEAF_OK)
        status = replace(&amend, path, keep, options ? options : &defaults, counts, error);
    sheaf_amend_close(&amend);
    return status;
}

/* The file itself is replaced, not a link to it. */
static sheaf_status rewrite_real(const char *path, bool keep, const sheaf_life_options *options,
                                 sheaf_life_counts *counts, sheaf_error *error) {
    char *real = realpath(path, NULL);
    if (!real)
        return sheaf_fail_errno(error, "cannot open", path);
    sheaf_status status = rewrite(real, keep, options, counts, error);
    free(real);
    return status;
}

sheaf_status sheaf_seal(const char *path, const sheaf_life_options *options,
                        sheaf_life_counts *counts, sheaf_error *error) {
    return rewrite_real(path, true, options, counts, error);
}

sheaf_status sheaf_compact(const char *path, const sheaf_life_options *options,
                           sheaf_life_counts *counts, sheaf_error *error) {
    return rewrite_real(path, false, options, counts, error);
}
