/* file.c - opens a sheaf as of its last commit.
 *
 * Opening reads the directory and the header of each catalog: what it costs
 * depends on the number of commits and segments, not on that of articles. The
 * file is mapped up to the end of the commit and no further. Those bytes never
 * change, so readers need no lock, and a writer who appends, or cuts what he
 * did not commit, does not disturb them. */
#define _GNU_SOURCE
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

/* ---- what others ask for ------------------------------------------------------ */

sheaf_slice sheaf_file_data(const sheaf_file *file, const sheaf_entry *entry) {
    uint64_t from = sheaf_entry_data(entry);
    return sheaf_slice_part(file->bytes, (size_t)from, (size_t)(from + entry->size));
}

const sheaf_entry *sheaf_file_entry(const sheaf_file *file, sheaf_slice name) {
    const uint64_t *index = sheaf_map_get(&file->names, name);
    return index ? &file->directory.entries[*index] : NULL;
}

const sheaf_volume *sheaf_file_volume(const sheaf_file *file, uint64_t ordinal) {
    size_t low = 0, high = file->volume_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (file->volumes[middle].catalog.first <= ordinal)
            low = middle;
        else
            high = middle;
    }
    return &file->volumes[low];
}

uint64_t sheaf_file_count(const sheaf_file *file) {
    return file->count;
}

uint64_t sheaf_file_live(const sheaf_file *file) {
    return file->count - file->dropped_count;
}

bool sheaf_file_dropped(const sheaf_file *file, uint64_t ordinal) {
    return ordinal < file->count && sheaf_file_is_gone(file, ordinal);
}

bool sheaf_file_has_live(const sheaf_file *file, const sheaf_volume *volume, uint64_t id) {
    uint64_t from, to;
    const sheaf_catalog *catalog = &volume->catalog;
    sheaf_catalog_ids(catalog, id, id, &from, &to);
    for (; from < to; from++) {
        uint64_t local = sheaf_catalog_get(catalog, SHEAF_SECTION_ORDER, from);
        if (local >= catalog->rows || !sheaf_file_is_gone(file, catalog->first + local))
            return true;
    }
    return false;
}

uint64_t sheaf_file_torn(const sheaf_file *file) {
    return file->torn;
}

/* ---- opening --------------------------------------------------------------------- */

static sheaf_status map_names(sheaf_file *file, sheaf_error *error) {
    const sheaf_directory *directory = &file->directory;
    for (size_t i = 0; i < directory->count; i++) {
        uint64_t *index = sheaf_map_put(&file->names, directory->entries[i].name, i);
        if (!index)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        if (*index != i)
            return sheaf_fail(error, SHEAF_CORRUPT, "two entries are called %.*s",
                              SLICE_ARGS(directory->entries[i].name));
    }
    return SHEAF_OK;
}

/* Finds the entries that hold the frames of a volume. One that is missing is
 * left empty: only its own articles are lost. */
static sheaf_status find_blocks(const sheaf_file *file, sheaf_volume *volume, sheaf_error *error) {
    const sheaf_catalog *catalog = &volume->catalog;
    uint64_t count = catalog->section[SHEAF_SECTION_BLOCK_COMMIT].count;
    if (count > file->directory.count)
        return sheaf_fail(error, SHEAF_CORRUPT, "the catalog speaks of too many entries");
    volume->blocks = sheaf_calloc((size_t)count, sizeof *volume->blocks);
    if (!volume->blocks)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    volume->block_count = (size_t)count;
    for (uint64_t i = 0; i < count; i++) {
        char room[SHEAF_NAME_ROOM];
        uint64_t commit = sheaf_catalog_get(catalog, SHEAF_SECTION_BLOCK_COMMIT, i);
        sheaf_slice name = sheaf_name_articles(
            room, commit, sheaf_catalog_get(catalog, SHEAF_SECTION_BLOCK_PART, i));
        const sheaf_entry *entry = sheaf_file_entry(file, name);
        if (entry)
            volume->blocks[i] = sheaf_file_data(file, entry);
    }
    return SHEAF_OK;
}

static int compare_volumes(const void *a, const void *b) {
    const sheaf_volume *left = a, *right = b;
    if (left->catalog.first != right->catalog.first)
        return left->catalog.first < right->catalog.first ? -1 : 1;
    return (left->catalog.rows > right->catalog.rows) - (left->catalog.rows < right->catalog.rows);
}

/* Together the catalogs tell of each ordinal exactly once. */
static sheaf_status order_volumes(sheaf_file *file, sheaf_error *error) {
    if (file->volume_count)
        qsort(file->volumes, file->volume_count, sizeof *file->volumes, compare_volumes);
    for (size_t i = 0; i < file->volume_count; i++) {
        const sheaf_catalog *catalog = &file->volumes[i].catalog;
        if (catalog->first != file->count)
            return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: article %llu is told of twice or never",
                              SLICE_ARGS(file->volumes[i].name), (unsigned long long)file->count);
        file->count += catalog->rows;
    }
    return SHEAF_OK;
}

/* Notes the tombstones of one catalog. */
static sheaf_status take_dropped(sheaf_file *file, const sheaf_volume *volume, sheaf_error *error) {
    const sheaf_column *list = &volume->catalog.section[SHEAF_SECTION_DROPPED];
    if (list->count && !file->dropped)
        file->dropped = sheaf_calloc((size_t)(file->count / 8 + 1), 1);
    if (list->count && !file->dropped)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (list->count > file->count)
        return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: more tombstones than articles",
                          SLICE_ARGS(volume->name));
    for (uint64_t i = 0; i < list->count; i++) {
        uint64_t ordinal = sheaf_column_get(list, i);
        if (ordinal >= file->count)
            return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: a tombstone of no article",
                              SLICE_ARGS(volume->name));
        file->dropped_count += !sheaf_file_is_gone(file, ordinal);
        file->dropped[ordinal / 8] |= (uint8_t)(1u << (ordinal % 8));
    }
    return SHEAF_OK;
}

static sheaf_status note_dropped(sheaf_file *file, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < file->volume_count && status == SHEAF_OK; i++)
        status = take_dropped(file, &file->volumes[i], error);
    return status;
}

static bool is_meta(const sheaf_entry *entry) {
    return sheaf_slice_starts(entry->name, SLICE("meta/"));
}

static sheaf_status open_volumes(sheaf_file *file, sheaf_error *error) {
    const sheaf_directory *directory = &file->directory;
    size_t count = 0;
    for (size_t i = 0; i < directory->count; i++)
        count += is_meta(&directory->entries[i]);
    file->volumes = sheaf_calloc(count, sizeof *file->volumes);
    if (!file->volumes)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < directory->count; i++) {
        const sheaf_entry *entry = &directory->entries[i];
        if (!is_meta(entry))
            continue;
        sheaf_volume *volume = &file->volumes[file->volume_count++];
        volume->name = entry->name;
        sheaf_status status =
            sheaf_catalog_parse(&volume->catalog, sheaf_file_data(file, entry), error);
        if (status == SHEAF_OK)
            status = find_blocks(file, volume, error);
        if (status != SHEAF_OK)
            return sheaf_fail_within(error, status, "%.*s", SLICE_ARGS(entry->name));
    }
    sheaf_status status = order_volumes(file, error);
    return status == SHEAF_OK ? note_dropped(file, error) : status;
}

static sheaf_status map_bytes(sheaf_file *file, int fd, sheaf_error *error) {
    size_t size = (size_t)file->directory.end;
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED)
        return sheaf_fail(error, SHEAF_IO, "cannot map it");
    file->bytes = sheaf_slice_from(data, size);
    return SHEAF_OK;
}

/* A file without a commit: is it ours at all, and of this version? */
static sheaf_status explain(int fd, sheaf_status status, sheaf_error *error) {
    char head[30 + 8 + sizeof SHEAF_MIMETYPE_HEAD];
    const size_t at = 30 + 8, length = sizeof SHEAF_MIMETYPE_HEAD - 1;
    if (status != SHEAF_CORRUPT)
        return status;
    if (!sheaf_read_at(fd, head, sizeof head, 0) ||
        memcmp(head + at, SHEAF_MIMETYPE_HEAD, length) != 0)
        return sheaf_fail(error, SHEAF_CORRUPT, "this is no sheaf, or nothing of it is left");
    if (head[at + length] != '1')
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "this sheaf has a newer format");
    return status;
}

/* Something lies behind the last commit: did a writer leave it, or is one at work?
 * The lock tells, and is taken for a moment only. True when the writer has ended
 * meanwhile, so that it is worth looking again. */
static bool has_moved_on(sheaf_file *file, int fd, uint64_t size) {
    struct stat about;
    file->writing = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (file->writing)
        return false;
    bool moved = fstat(fd, &about) == 0 && (uint64_t)about.st_size != size;
    flock(fd, LOCK_UN);
    return moved;
}

static sheaf_status find_commit(sheaf_file *file, int fd, sheaf_error *error) {
    struct stat about;
    for (int attempt = 1;; attempt++) {
        if (fstat(fd, &about) != 0)
            return sheaf_fail(error, SHEAF_IO, "cannot look at it");
        if (!S_ISREG(about.st_mode))
            return sheaf_fail(error, SHEAF_UNSUPPORTED, "not a regular file");
        uint64_t size = (uint64_t)about.st_size;
        sheaf_status status = sheaf_directory_find(&file->directory, fd, size, error);
        if (status != SHEAF_OK)
            return explain(fd, status, error);
        file->torn = size - file->directory.end;
        if (file->torn == 0 || !has_moved_on(file, fd, size) || attempt == 10)
            return SHEAF_OK;
        sheaf_directory_clear(&file->directory);
    }
}

static sheaf_status open_fd(sheaf_file *file, int fd, sheaf_error *error) {
    sheaf_status status = find_commit(file, fd, error);
    if (status != SHEAF_OK)
        return status;
    status = map_bytes(file, fd, error);
    if (status == SHEAF_OK)
        status = map_names(file, error);
    if (status == SHEAF_OK)
        status = open_volumes(file, error);
    return status;
}

static char *copy_path(const char *path) {
    size_t size = strlen(path) + 1;
    char *copy = sheaf_malloc(size);
    return copy ? memcpy(copy, path, size) : NULL;
}

sheaf_status sheaf_file_open(sheaf_file **out, const char *path, sheaf_error *error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return sheaf_fail_errno(error, "cannot open", path);
    sheaf_file *file = sheaf_calloc(1, sizeof *file);
    sheaf_status status = SHEAF_OK;
    if (file) {
        sheaf_manifest_init(&file->manifest);
        file->path = copy_path(path);
    }
    if (!file || !file->path)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    else
        status = open_fd(file, fd, error);
    close(fd);
    if (status != SHEAF_OK) {
        sheaf_file_close(file);
        return sheaf_fail_within(error, status, "%s", path);
    }
    *out = file;
    return SHEAF_OK;
}

void sheaf_file_close(sheaf_file *file) {
    if (!file)
        return;
    for (size_t i = 0; i < file->volume_count; i++)
        sheaf_free(file->volumes[i].blocks);
    sheaf_free(file->volumes);
    sheaf_free(file->dropped);
    sheaf_unpacker_free(file->rows);
    sheaf_unpacker_free(file->texts);
    sheaf_manifest_clear(&file->manifest);
    sheaf_map_clear(&file->names);
    sheaf_directory_clear(&file->directory);
    if (file->bytes.size)
        munmap((void *)(uintptr_t)file->bytes.data, file->bytes.size);
    sheaf_free(file->path);
    sheaf_free(file);
}

/* ---- about ------------------------------------------------------------------------ */

sheaf_status sheaf_file_manifest(sheaf_file *file, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    uint8_t digest[SHEAF_SHA256_SIZE];
    if (file->manifest_read)
        return SHEAF_OK;
    sheaf_slice name = sheaf_name_manifest(room, file->directory.number);
    const sheaf_entry *entry = sheaf_file_entry(file, name);
    if (!entry)
        return sheaf_fail(error, SHEAF_CORRUPT, "%s: %s is missing", file->path, room);
    sheaf_slice json = sheaf_file_data(file, entry);
    sheaf_status status = sheaf_manifest_read(&file->manifest, json, error);
    if (status != SHEAF_OK) {
        sheaf_manifest_clear(&file->manifest);
        if (status == SHEAF_BAD_INPUT)
            status = SHEAF_CORRUPT;
        return sheaf_fail_within(error, status, "%s: %s", file->path, room);
    }
    sheaf_sha256(json, digest);
    sheaf_hex(file->manifest_sha256, digest, sizeof digest);
    file->manifest_read = true;
    return SHEAF_OK;
}

static void add_sizes(const sheaf_file *file, sheaf_about *about) {
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        if (is_meta(entry))
            about->catalog_bytes += entry->size;
        else if (sheaf_slice_starts(entry->name, SLICE("index/")))
            about->index_bytes += entry->size;
        else if (sheaf_slice_starts(entry->name, SLICE("articles/")))
            about->article_bytes += entry->size;
    }
}

/* What the dropped articles of a volume have of its frames of rows. */
static uint64_t dropped_bytes(const sheaf_file *file, const sheaf_volume *volume) {
    const sheaf_catalog *c = &volume->catalog;
    double packed = 0, raw = 0, dropped = 0;
    for (uint64_t i = 0; i < c->section[SHEAF_SECTION_FRAME_PACKED].count; i++) {
        packed += (double)sheaf_catalog_get(c, SHEAF_SECTION_FRAME_PACKED, i);
        raw += (double)sheaf_catalog_get(c, SHEAF_SECTION_FRAME_RAW, i);
    }
    for (uint64_t i = 0; i < c->rows; i++) {
        if (sheaf_file_is_gone(file, c->first + i))
            dropped += (double)sheaf_catalog_get(c, SHEAF_SECTION_BYTES, i) + 1;
    }
    double share = raw > 0 && dropped < raw ? dropped / raw : 1;
    return dropped > 0 && packed < (double)file->bytes.size ? (uint64_t)(packed * share) : 0;
}

/* All that reading does not need. */
static uint64_t dead_bytes(const sheaf_file *file) {
    uint64_t live = file->directory.end - file->directory.start, dropped = 0;
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        live += sheaf_entry_end(entry) - entry->offset;
    }
    for (size_t i = 0; file->dropped && i < file->volume_count; i++)
        dropped += dropped_bytes(file, &file->volumes[i]);
    return dropped < live ? file->bytes.size - live + dropped : file->bytes.size - live;
}

sheaf_status sheaf_file_about(sheaf_file *file, sheaf_about *about, sheaf_error *error) {
    sheaf_status status = sheaf_file_manifest(file, error);
    if (status != SHEAF_OK)
        return status;
    const sheaf_manifest *manifest = &file->manifest;
    *about = (sheaf_about){.path = sheaf_slice_of(file->path),
                           .articles = sheaf_file_live(file),
                           .dropped = file->dropped_count,
                           .commits = file->directory.number,
                           .entries = file->directory.count,
                           .segments = file->volume_count,
                           .bytes = file->bytes.size,
                           .dead_bytes = dead_bytes(file),
                           .torn = file->torn,
                           .rebuilt = file->directory.rebuilt,
                           .writing = file->writing,
                           .row_bytes = manifest->bytes,
                           .created = manifest->created,
                           .tool = manifest->tool,
                           .plan = manifest->plan,
                           .sha256 = sheaf_slice_of(file->manifest_sha256)};
    add_sizes(file, about);
    return SHEAF_OK;
}
