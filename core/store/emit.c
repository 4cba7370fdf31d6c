/* emit.c - entries, then a manifest, then the directory that makes them count.
 *
 * The order on disk is the order of safety: all entries are on the disk before
 * the first byte of .commit is written, and .commit is written in one piece.
 * An entry's header is written last, over the zeros kept for it. */
#include "store/emit.h"

#include <libdeflate.h>

#include "base/slice.h"
#include "base/status.h"
#include "store/format.h"

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_entry *last(sheaf_emitter *emitter) {
    return &emitter->entries[emitter->count - 1];
}

static bool add_entry(sheaf_emitter *emitter, sheaf_entry entry) {
    entry.name = sheaf_arena_copy(&emitter->names, entry.name);
    if (!sheaf_arena_grow(&emitter->names, (void **)&emitter->entries, emitter->count,
                          &emitter->capacity, sizeof *emitter->entries) ||
        emitter->names.failed)
        return false;
    emitter->entries[emitter->count++] = entry;
    return true;
}

sheaf_status sheaf_emitter_init(sheaf_emitter *out, sheaf_disk disk,
                                const sheaf_directory *directory, sheaf_error *error) {
    *out = (sheaf_emitter){.disk = disk, .hash = sheaf_sha256_new()};
    sheaf_arena_init(&out->names);
    sheaf_manifest_init(&out->manifest);
    out->disk.end = out->disk.committed = directory->end;
    if (!out->hash)
        return no_memory(error);
    for (size_t i = 0; i < directory->count; i++) {
        if (!add_entry(out, directory->entries[i]))
            return no_memory(error);
    }
    return SHEAF_OK;
}

void sheaf_emitter_clear(sheaf_emitter *emitter) {
    sheaf_disk_close(&emitter->disk);
    sheaf_sha256_free(emitter->hash);
    sheaf_manifest_clear(&emitter->manifest);
    sheaf_arena_clear(&emitter->names);
    emitter->hash = NULL;
}

/* ---- entries -------------------------------------------------------------------- */

sheaf_status sheaf_emitter_begin(sheaf_emitter *emitter, sheaf_slice name, sheaf_error *error) {
    static const char zeros[256];
    sheaf_entry entry = {.name = name, .offset = emitter->disk.end};
    if (!add_entry(emitter, entry))
        return no_memory(error);
    emitter->open = true;
    return sheaf_disk_write(&emitter->disk, sheaf_slice_from(zeros, sheaf_zip_header_size(&entry)),
                            error);
}

sheaf_status sheaf_emitter_put(sheaf_emitter *emitter, sheaf_slice bytes, sheaf_error *error) {
    sheaf_entry *entry = last(emitter);
    entry->crc = libdeflate_crc32(entry->crc, bytes.data, bytes.size);
    entry->size += bytes.size;
    sheaf_sha256_update(emitter->hash, bytes);
    return sheaf_disk_write(&emitter->disk, bytes, error);
}

uint64_t sheaf_emitter_size(const sheaf_emitter *emitter) {
    return emitter->open ? emitter->entries[emitter->count - 1].size : 0;
}

/* Lists the entry in the manifest, and starts the hash anew. */
static bool vouch(sheaf_emitter *emitter) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256_finish(emitter->hash, digest);
    return sheaf_manifest_add(&emitter->manifest, last(emitter)->name, last(emitter)->size, digest);
}

static sheaf_status write_header(sheaf_emitter *emitter, sheaf_error *error) {
    sheaf_buffer header = {0};
    sheaf_zip_header(&header, last(emitter));
    sheaf_status status = header.failed ? no_memory(error)
                                        : sheaf_disk_patch(&emitter->disk, last(emitter)->offset,
                                                           sheaf_buffer_view(&header), error);
    sheaf_buffer_clear(&header);
    return status;
}

sheaf_status sheaf_emitter_end(sheaf_emitter *emitter, sheaf_error *error) {
    if (!emitter->open)
        return SHEAF_OK;
    emitter->open = false;
    if (!vouch(emitter))
        return no_memory(error);
    return write_header(emitter, error);
}

sheaf_status sheaf_emitter_whole(sheaf_emitter *emitter, sheaf_slice name, sheaf_slice bytes,
                                 sheaf_error *error) {
    sheaf_entry entry = {.name = name,
                         .offset = emitter->disk.end,
                         .size = bytes.size,
                         .crc = libdeflate_crc32(0, bytes.data, bytes.size)};
    if (!add_entry(emitter, entry))
        return no_memory(error);
    sheaf_sha256_update(emitter->hash, bytes);
    if (!vouch(emitter))
        return no_memory(error);
    sheaf_buffer header = {0};
    sheaf_zip_header(&header, &entry);
    sheaf_status status = header.failed
                              ? no_memory(error)
                              : sheaf_disk_write(&emitter->disk, sheaf_buffer_view(&header), error);
    sheaf_buffer_clear(&header);
    return status == SHEAF_OK ? sheaf_disk_write(&emitter->disk, bytes, error) : status;
}

sheaf_status sheaf_emitter_drop(sheaf_emitter *emitter, sheaf_slice name, sheaf_error *error) {
    sheaf_manifest *m = &emitter->manifest;
    size_t i = 0;
    while (i < emitter->count && !sheaf_slice_equal(emitter->entries[i].name, name))
        i++;
    if (i == emitter->count)
        return sheaf_fail(error, SHEAF_MISSING, "%.*s is not there", SLICE_ARGS(name));
    if (!sheaf_arena_grow(&m->arena, (void **)&m->dropped, m->dropped_count, &m->dropped_capacity,
                          sizeof *m->dropped))
        return no_memory(error);
    m->dropped[m->dropped_count++] = sheaf_arena_copy(&m->arena, name);
    emitter->count--;
    memmove(emitter->entries + i, emitter->entries + i + 1,
            (emitter->count - i) * sizeof *emitter->entries);
    return m->arena.failed ? no_memory(error) : SHEAF_OK;
}

/* ---- commit ----------------------------------------------------------------------- */

/* The manifest vouches for all other entries, and its hash for itself. */
static sheaf_status write_manifest(sheaf_emitter *emitter, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_buffer json = {0};
    emitter->manifest.previous = sheaf_slice_of(emitter->previous);
    sheaf_manifest_write(&json, &emitter->manifest);
    sheaf_status status =
        json.failed
            ? no_memory(error)
            : sheaf_emitter_whole(emitter, sheaf_name_manifest(room, emitter->manifest.commit),
                                  sheaf_buffer_view(&json), error);
    if (status == SHEAF_OK) {
        sheaf_sha256(sheaf_buffer_view(&json), digest);
        sheaf_hex(emitter->previous, digest, sizeof digest);
    }
    sheaf_buffer_clear(&json);
    return status;
}

/* Header and data in one buffer, and one write. */
static sheaf_status write_whole(sheaf_emitter *emitter, const sheaf_entry *entry, sheaf_slice bytes,
                                sheaf_error *error) {
    sheaf_buffer whole = {0};
    sheaf_zip_header(&whole, entry);
    sheaf_buffer_add(&whole, bytes);
    sheaf_status status = whole.failed
                              ? no_memory(error)
                              : sheaf_disk_write(&emitter->disk, sheaf_buffer_view(&whole), error);
    sheaf_buffer_clear(&whole);
    return status;
}

static sheaf_status write_directory(sheaf_emitter *emitter, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    sheaf_entry commit = {.name = sheaf_name_commit(room, emitter->manifest.commit),
                          .offset = emitter->disk.end};
    sheaf_buffer data = {0};
    for (size_t i = 0; i < emitter->count; i++)
        sheaf_zip_record(&data, &emitter->entries[i]);
    sheaf_zip_end(&data, emitter->count, sheaf_entry_data(&commit), data.size);
    sheaf_status status = SHEAF_OK;
    if (data.failed)
        status = no_memory(error);
    else if (data.size > SHEAF_DIRECTORY_MAX)
        status = sheaf_fail(error, SHEAF_LIMIT, "%s: too many entries", emitter->disk.path);
    commit.size = data.size;
    commit.crc = libdeflate_crc32(0, data.data, data.size);
    if (status == SHEAF_OK)
        status = write_whole(emitter, &commit, sheaf_buffer_view(&data), error);
    sheaf_buffer_clear(&data);
    return status;
}

sheaf_status sheaf_emitter_commit(sheaf_emitter *emitter, sheaf_error *error) {
    sheaf_status status = write_manifest(emitter, error);
    if (status == SHEAF_OK)
        status = sheaf_disk_sync(&emitter->disk, error);
    if (status == SHEAF_OK)
        status = write_directory(emitter, error);
    if (status == SHEAF_OK)
        status = sheaf_disk_sync(&emitter->disk, error);
    if (status == SHEAF_OK)
        emitter->disk.committed = emitter->disk.end;
    if (status == SHEAF_OK && !emitter->disk.hold)
        status = sheaf_disk_publish(&emitter->disk, error);
    sheaf_manifest_clear(&emitter->manifest);
    return status;
}
