/* rebuild.c - a directory made anew, when none in the file can be read.
 *
 * All that a directory says stands in the local headers too. They are walked
 * from byte 0; what was found counts up to the last manifest, and only when that
 * manifest's bytes are the ones its header has the CRC of. This is for a file of
 * one commit with a damaged directory. It is opened for reading; nothing is ever
 * appended to it. */
#include <libdeflate.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/format.h"
#include "store/zip.h"

enum { HEADER_MAX = 30 + 1024 + 20, ENTRIES_MAX = 1000000 };

typedef struct walk {
    int fd;
    uint64_t size;
    sheaf_buffer names; /* one behind the other */
    sheaf_entry *entries;
    size_t count, capacity;
    size_t kept;     /* entries up to the last sound manifest */
    uint64_t number; /* of its commit */
} walk;

/* Reads the header at offset at. The slice that holds it claims all bytes up to
 * the end of the file, of which no more than the header is looked at. */
static bool read_header(const walk *w, uint64_t at, char *room, sheaf_entry *entry) {
    uint64_t left = w->size - at;
    size_t size = left < HEADER_MAX ? (size_t)left : HEADER_MAX;
    memset(room, 0, HEADER_MAX);
    if (!sheaf_read_at(w->fd, room, size, at))
        return false;
    sheaf_slice claim = sheaf_slice_from(room, left > SIZE_MAX ? SIZE_MAX : (size_t)left);
    if (claim.size < HEADER_MAX)
        claim.size = size;
    if (sheaf_zip_header_read(entry, claim, 0, NULL) != SHEAF_OK)
        return false;
    entry->offset = at;
    return true;
}

static bool keep(walk *w, const sheaf_entry *entry) {
    if (w->count == ENTRIES_MAX)
        return false;
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? 2 * w->capacity : 64;
        sheaf_entry *entries = sheaf_realloc(w->entries, capacity * sizeof *entries);
        if (!entries)
            return false;
        w->entries = entries;
        w->capacity = capacity;
    }
    w->entries[w->count++] = *entry;
    sheaf_buffer_add(&w->names, entry->name);
    return !w->names.failed;
}

/* Is this the manifest that comes next, and sound? */
static bool is_manifest(const walk *w, const sheaf_entry *entry) {
    char name[SHEAF_NAME_ROOM];
    if (!sheaf_slice_equal(entry->name, sheaf_name_manifest(name, w->number + 1)) ||
        entry->size > SHEAF_MANIFEST_MAX)
        return false;
    char *json = sheaf_malloc((size_t)entry->size);
    bool sound = json && sheaf_read_at(w->fd, json, (size_t)entry->size, sheaf_entry_data(entry)) &&
                 libdeflate_crc32(0, json, (size_t)entry->size) == entry->crc;
    sheaf_free(json);
    return sound;
}

static bool take_walk(walk *w) {
    char *room = sheaf_malloc(HEADER_MAX);
    sheaf_entry entry;
    bool good = room != NULL;
    for (uint64_t at = 0; good && at < w->size && read_header(w, at, room, &entry);) {
        at = sheaf_entry_end(&entry);
        if (sheaf_slice_starts(entry.name, SLICE(".commit/")))
            continue;
        good = keep(w, &entry);
        if (good && is_manifest(w, &entry)) {
            w->kept = w->count;
            w->number++;
        }
    }
    sheaf_free(room);
    return good;
}

sheaf_status sheaf_directory_rebuild(sheaf_directory *out, int fd, uint64_t size,
                                     sheaf_error *error) {
    walk w = {.fd = fd, .size = size};
    bool good = take_walk(&w);
    if (!good || w.kept == 0) {
        sheaf_free(w.entries);
        sheaf_buffer_clear(&w.names);
        return good ? sheaf_fail(error, SHEAF_CORRUPT, "no commit in it can be read")
                    : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    size_t at = 0;
    for (size_t i = 0; i < w.count; i++) {
        w.entries[i].name.data = w.names.data + at;
        at += w.entries[i].name.size;
    }
    uint64_t end = sheaf_entry_end(&w.entries[w.kept - 1]);
    *out = (sheaf_directory){.entries = w.entries,
                             .count = w.kept,
                             .number = w.number,
                             .start = end,
                             .end = end,
                             .data = w.names.data,
                             .rebuilt = true};
    return SHEAF_OK;
}
