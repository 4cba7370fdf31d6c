/* bundle.c - files one behind the other.
 *
 *   header file │ header file │ … │ directory │ end      ZIP (APPNOTE 6.3.10, without zip64)
 *
 * Names are given to a map, so that none comes twice; a folder is filled under a
 * name of its own and takes its place by rename. */
#define _GNU_SOURCE /* syncfs, nftw */
#include "script/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    FILES_MOST = 65534,
    NAME_MOST = 240,
    LEVEL = 6,
    STORED_BELOW = 64,
    MEMORY_LEVEL = 8,
    DOS_DATE = 0x0021,
    UTF8_NAMES = 1 << 11
};
#define BYTES_MOST 0xFFFFFFFEu
/* Stands in each folder that a bundle has made. */
#define MARKER ".made-by-sheaf"

typedef enum bundle_kind { ZIP, FOLDER, LISTING } bundle_kind;

struct sheaf_bundle {
    bundle_kind kind;
    sheaf_arena names;
    sheaf_map seen;
    sheaf_buffer directory; /* of a ZIP */
    sheaf_buffer packed;
    z_stream deflater;
    bool deflates;    /* deflater is open */
    uint64_t written; /* bytes of a ZIP */
    char *path;       /* final, without slashes at its end */
    char *temporary;
    bool finished;
};

/* ---- names ---------------------------------------------------------------------- */

static bool is_part(sheaf_slice part) {
    if (part.size == 0 || sheaf_slice_equal(part, SLICE(".")) ||
        sheaf_slice_equal(part, SLICE("..")))
        return false;
    for (size_t i = 0; i < part.size; i++) {
        unsigned char c = (unsigned char)part.data[i];
        if (c < 0x20 || c == 0x7F || c == '\\' || c == ':')
            return false;
    }
    return true;
}

static bool is_name(sheaf_slice name) {
    size_t from = 0;
    if (name.size == 0 || name.size > NAME_MOST || !sheaf_utf8_valid(name))
        return false;
    for (size_t at = 0; at <= name.size; at++) {
        if (at < name.size && name.data[at] != '/')
            continue;
        if (!is_part(sheaf_slice_part(name, from, at)))
            return false;
        from = at + 1;
    }
    return true;
}

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status note_name(sheaf_bundle *bundle, sheaf_slice *name, sheaf_error *error) {
    int shown = name->size < 80 ? (int)name->size : 80;
    if (!is_name(*name))
        return sheaf_fail(error, SHEAF_MISUSE, "'%.*s' is no name for a file of a bundle", shown,
                          name->data ? name->data : "");
    if (sheaf_map_get(&bundle->seen, *name))
        return sheaf_fail(error, SHEAF_MISUSE, "the file '%.*s' was written before", shown,
                          name->data);
    if (bundle->seen.count >= FILES_MOST)
        return sheaf_fail(error, SHEAF_LIMIT, "more than %d files in a bundle", FILES_MOST);
    *name = sheaf_arena_copy(&bundle->names, *name);
    if (bundle->names.failed || !sheaf_map_put(&bundle->seen, *name, 1))
        return no_memory(error);
    return SHEAF_OK;
}

/* ---- ZIP -------------------------------------------------------------------------- */

static void put(sheaf_buffer *out, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++)
        sheaf_buffer_char(out, (char)(value >> (8 * i) & 0xFF));
}

typedef struct zip_file {
    sheaf_slice name, data; /* data as it is written */
    uint32_t crc;
    size_t size; /* unpacked */
    bool deflated;
} zip_file;

/* The fields that stand before a file and in the directory. */
static void put_fields(sheaf_buffer *out, const zip_file *file) {
    put(out, 20, 2);
    put(out, UTF8_NAMES, 2);
    put(out, file->deflated ? 8 : 0, 2);
    put(out, 0, 2);
    put(out, DOS_DATE, 2);
    put(out, file->crc, 4);
    put(out, file->data.size, 4);
    put(out, file->size, 4);
    put(out, file->name.size, 2);
    put(out, 0, 2);
}

static void put_record(sheaf_buffer *out, const zip_file *file, uint64_t offset) {
    put(out, 0x02014b50, 4);
    put(out, 3 << 8 | 20, 2); /* made on Unix */
    put_fields(out, file);
    put(out, 0, 2); /* comment */
    put(out, 0, 2); /* disk */
    put(out, 0, 2);
    put(out, (uint64_t)0100644 << 16, 4);
    put(out, offset, 4);
    sheaf_buffer_add(out, file->name);
}

/* Deflates into bundle->packed where that is smaller. By zlib, though others are
 * faster: what it makes of the same bytes has been the same for many versions. */
static bool pack(sheaf_bundle *bundle, zip_file *file, sheaf_slice bytes) {
    z_stream *deflater = &bundle->deflater;
    file->data = bytes;
    if (bytes.size < STORED_BELOW)
        return true;
    sheaf_buffer_reset(&bundle->packed);
    if (!bundle->deflates && deflateInit2(deflater, LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL,
                                          Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    bundle->deflates = true;
    if (!sheaf_buffer_reserve(&bundle->packed, bytes.size) || deflateReset(deflater) != Z_OK)
        return false;
    deflater->next_in = (Bytef *)(uintptr_t)bytes.data; /* it only reads */
    deflater->avail_in = (uInt)bytes.size;
    deflater->next_out = (Bytef *)bundle->packed.data;
    deflater->avail_out = (uInt)bytes.size - 1;
    file->deflated = deflate(deflater, Z_FINISH) == Z_STREAM_END;
    if (file->deflated)
        file->data = sheaf_slice_from(bundle->packed.data, bytes.size - 1 - deflater->avail_out);
    return true;
}

static uint32_t crc_of(sheaf_slice bytes) {
    return (uint32_t)crc32(0, (const Bytef *)bytes.data, (uInt)bytes.size);
}

static sheaf_status add_to_zip(sheaf_bundle *bundle, sheaf_buffer *out, sheaf_slice name,
                               sheaf_slice bytes, sheaf_error *error) {
    zip_file file = {.name = name, .size = bytes.size};
    size_t before = out->size;
    if (bytes.size > BYTES_MOST - bundle->written - bundle->directory.size - 2 * NAME_MOST - 128)
        return sheaf_fail(error, SHEAF_LIMIT, "a bundle of more than 4 GiB");
    if (!pack(bundle, &file, bytes))
        return no_memory(error);
    file.crc = crc_of(bytes);
    put(out, 0x04034b50, 4);
    put_fields(out, &file);
    sheaf_buffer_add(out, name);
    sheaf_buffer_add(out, file.data);
    put_record(&bundle->directory, &file, bundle->written);
    if (out->failed || bundle->directory.failed)
        return no_memory(error);
    bundle->written += out->size - before;
    return SHEAF_OK;
}

static void finish_zip(sheaf_bundle *bundle, sheaf_buffer *out) {
    sheaf_buffer_add(out, sheaf_buffer_view(&bundle->directory));
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, bundle->seen.count, 2);
    put(out, bundle->seen.count, 2);
    put(out, bundle->directory.size, 4);
    put(out, bundle->written, 4);
    put(out, 0, 2);
}

/* ---- folders ------------------------------------------------------------------------ */

static char *join(const char *folder, const char *between, sheaf_slice name) {
    size_t size = strlen(folder) + strlen(between) + name.size + 1;
    char *out = sheaf_malloc(size);
    if (out)
        snprintf(out, size, "%s%s%.*s", folder, between, (int)name.size,
                 name.data ? name.data : "");
    return out;
}

/* Makes the folders that the parts of path behind its first `from` bytes name. */
static bool make_folders(char *path, size_t from) {
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static bool write_all(int fd, sheaf_slice bytes) {
    for (size_t done = 0; done < bytes.size;) {
        ssize_t wrote = write(fd, bytes.data + done, bytes.size - done);
        if (wrote < 0 && errno != EINTR)
            return false;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static sheaf_status add_to_folder(sheaf_bundle *bundle, sheaf_slice name, sheaf_slice bytes,
                                  sheaf_error *error) {
    char *path = join(bundle->temporary, "/", name);
    if (!path)
        return no_memory(error);
    bool fine = make_folders(path, strlen(bundle->temporary) + 1);
    int fd = fine ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    fine = fd >= 0 && write_all(fd, bytes);
    if (fd >= 0)
        fine = close(fd) == 0 && fine;
    sheaf_status status = fine ? SHEAF_OK : sheaf_fail_errno(error, "cannot write", path);
    sheaf_free(path);
    return status;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
    (void)info, (void)kind, (void)at;
    return remove(path);
}

static void remove_tree(const char *path) {
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* All at once rather than file by file: a site has thousands. */
static void sync_all(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    syncfs(fd);
    close(fd);
}

static sheaf_status finish_folder(sheaf_bundle *bundle, sheaf_error *error) {
    sheaf_status status =
        add_to_folder(bundle, SLICE(MARKER), SLICE("sheaf replaces this folder.\n"), error);
    char *old = join(bundle->temporary, "-old", (sheaf_slice){0});
    if (!status && !old)
        status = no_memory(error);
    if (!status) {
        sync_all(bundle->temporary);
        bool moved = rename(bundle->path, old) == 0;
        if (rename(bundle->temporary, bundle->path) != 0) {
            status = sheaf_fail_errno(error, "cannot write", bundle->path);
            if (moved)
                (void)rename(old, bundle->path);
        } else if (moved) {
            remove_tree(old);
        }
    }
    sheaf_free(old);
    return status;
}

/* Nothing there, an empty folder, or one of ours. */
static bool may_replace(const char *path) {
    struct stat info;
    char *marker = join(path, "/", SLICE(MARKER));
    bool ours = marker && stat(marker, &info) == 0;
    sheaf_free(marker);
    if (ours || lstat(path, &info) != 0)
        return true;
    return S_ISDIR(info.st_mode) && rmdir(path) == 0; /* fails unless it is empty */
}

bool sheaf_bundle_wants_folder(const char *path) {
    struct stat info;
    size_t size = strlen(path);
    return (size && path[size - 1] == '/') || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

static sheaf_status make_temporary(sheaf_bundle *bundle, sheaf_error *error) {
    char number[32];
    snprintf(number, sizeof number, "%ld", (long)getpid());
    bundle->temporary = join(bundle->path, ".partial-", sheaf_slice_of(number));
    if (!bundle->temporary)
        return no_memory(error);
    if (mkdir(bundle->temporary, 0777) == 0)
        return SHEAF_OK;
    sheaf_status status = sheaf_fail_errno(error, "cannot make the folder", bundle->temporary);
    sheaf_free(bundle->temporary); /* whoever made it is at work in it */
    bundle->temporary = NULL;
    return status;
}

sheaf_status sheaf_bundle_folder(sheaf_bundle **out, const char *path, sheaf_error *error) {
    sheaf_slice name = sheaf_slice_of(path);
    while (name.size > 1 && name.data[name.size - 1] == '/')
        name.size--;
    sheaf_bundle *bundle = sheaf_calloc(1, sizeof *bundle);
    if (!bundle)
        return no_memory(error);
    bundle->kind = FOLDER;
    bundle->path = join("", "", name);
    sheaf_status status = bundle->path ? SHEAF_OK : no_memory(error);
    if (!status && !may_replace(bundle->path))
        status = sheaf_fail(error, SHEAF_EXISTS,
                            "%s: has files that are not of sheaf; give a new name", bundle->path);
    if (!status)
        status = make_temporary(bundle, error);
    if (status)
        sheaf_bundle_free(bundle);
    else
        *out = bundle;
    return status;
}

/* ---- the whole ---------------------------------------------------------------------- */

static sheaf_bundle *of_kind(bundle_kind kind) {
    sheaf_bundle *bundle = sheaf_calloc(1, sizeof *bundle);
    if (bundle)
        bundle->kind = kind;
    return bundle;
}

sheaf_bundle *sheaf_bundle_zip(void) {
    return of_kind(ZIP);
}

sheaf_bundle *sheaf_bundle_listing(void) {
    return of_kind(LISTING);
}

bool sheaf_bundle_is_folder(const sheaf_bundle *bundle) {
    return bundle->kind == FOLDER;
}

static sheaf_status add_to_listing(sheaf_buffer *out, sheaf_slice name, sheaf_slice bytes,
                                   sheaf_error *error) {
    sheaf_buffer_add(out, SLICE("==> "));
    sheaf_buffer_add(out, name);
    sheaf_buffer_char(out, '\n');
    sheaf_buffer_add(out, bytes);
    if (bytes.size && bytes.data[bytes.size - 1] != '\n')
        sheaf_buffer_char(out, '\n');
    return out->failed ? no_memory(error) : SHEAF_OK;
}

sheaf_status sheaf_bundle_add(sheaf_bundle *bundle, sheaf_buffer *out, sheaf_slice name,
                              sheaf_slice bytes, sheaf_error *error) {
    sheaf_status status = note_name(bundle, &name, error);
    if (status)
        return status;
    switch (bundle->kind) {
    case ZIP: return add_to_zip(bundle, out, name, bytes, error);
    case FOLDER: return add_to_folder(bundle, name, bytes, error);
    default: return add_to_listing(out, name, bytes, error);
    }
}

sheaf_status sheaf_bundle_finish(sheaf_bundle *bundle, sheaf_buffer *out, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (bundle->kind == ZIP)
        finish_zip(bundle, out);
    else if (bundle->kind == FOLDER)
        status = finish_folder(bundle, error);
    bundle->finished = status == SHEAF_OK;
    return status == SHEAF_OK && out->failed ? no_memory(error) : status;
}

void sheaf_bundle_free(sheaf_bundle *bundle) {
    if (!bundle)
        return;
    if (bundle->temporary && !bundle->finished)
        remove_tree(bundle->temporary);
    sheaf_arena_clear(&bundle->names);
    sheaf_map_clear(&bundle->seen);
    sheaf_buffer_clear(&bundle->directory);
    sheaf_buffer_clear(&bundle->packed);
    if (bundle->deflates)
        deflateEnd(&bundle->deflater);
    sheaf_free(bundle->path);
    sheaf_free(bundle->temporary);
    sheaf_free(bundle);
}
