/* commit.c - finds the last commit of a file.
 *
 *   … │ header of .commit/000003 │ central directory │ end record ▌
 *       └ start                    └ at                            └ end
 *
 * An end record tells where its directory begins, and the header of the entry
 * that wraps both stands right before that. A commit counts when the header is
 * the one that belongs to these very bytes, CRC included. The end record of a
 * whole file is its last bytes; otherwise the marks of end records are looked
 * for backwards, so that whatever an interrupted writer left is passed over. */
#include <unistd.h>

#include <libdeflate.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/format.h"
#include "store/zip.h"

enum {
    HEADER_SIZE = 30,
    COMMIT_NAME = 14, /* ".commit/" and six digits */
    WRAPPER = HEADER_SIZE + COMMIT_NAME,
    END_SIZE = 22,
    END64_SIZE = 56 + 20,
    CHUNK = 1 << 20,
    ATTEMPTS = 1000 /* checks of a CRC, so that a made-up tail costs no hours */
};

bool sheaf_read_at(int fd, void *to, size_t size, uint64_t offset) {
    char *at = to;
    if (offset > INT64_MAX - size)
        return false;
    while (size > 0) {
        ssize_t got = pread(fd, at, size, (off_t)offset);
        if (got <= 0)
            return false;
        at += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

/* Offset of the directory that the end record in front of end speaks of. */
static bool directory_offset(int fd, uint64_t end, uint64_t *at) {
    uint8_t record[END64_SIZE + END_SIZE];
    size_t size = end < sizeof record ? (size_t)end : sizeof record;
    if (size < END_SIZE || !sheaf_read_at(fd, record, size, end - size))
        return false;
    const uint8_t *last = record + size - END_SIZE;
    if (sheaf_get32(last) != 0x06054b50u)
        return false;
    *at = sheaf_get32(last + 16);
    const uint8_t *big = last - END64_SIZE;
    if (size == sizeof record && sheaf_get32(big) == 0x06064b50u &&
        sheaf_get32(last - 20) == 0x07064b50u)
        *at = sheaf_get64(big + 48);
    return true;
}

/* The number in the name of a .commit entry, or 0. */
static uint64_t commit_number(sheaf_slice name) {
    uint64_t number = 0;
    if (name.size != COMMIT_NAME || !sheaf_slice_starts(name, SLICE(".commit/")))
        return 0;
    for (size_t i = 8; i < name.size; i++) {
        if (!sheaf_is_digit(name.data[i]))
            return 0;
        number = number * 10 + (uint64_t)(name.data[i] - '0');
    }
    return number;
}

/* The commit in bytes, which were read from offset start. */
static sheaf_status read_commit(sheaf_directory *out, sheaf_slice bytes, uint64_t start,
                                sheaf_error *error) {
    sheaf_entry entry;
    sheaf_status status = sheaf_zip_header_read(&entry, bytes, 0, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_slice data = sheaf_slice_part(bytes, WRAPPER, bytes.size);
    uint64_t number = commit_number(entry.name);
    if (number == 0 || entry.size != data.size ||
        entry.crc != libdeflate_crc32(0, data.data, data.size))
        return sheaf_fail(error, SHEAF_CORRUPT, "byte %llu: this commit is damaged",
                          (unsigned long long)start);
    status = sheaf_directory_parse(out, data, start + WRAPPER, error);
    if (status == SHEAF_OK) {
        out->number = number;
        out->start = start;
    }
    return status;
}

/* Tries the commit whose end record ends at end. */
static sheaf_status try_commit(sheaf_directory *out, int fd, uint64_t end, sheaf_error *error) {
    uint64_t at;
    if (!directory_offset(fd, end, &at) || at < WRAPPER || at >= end ||
        end - at > SHEAF_DIRECTORY_MAX)
        return SHEAF_MISSING;
    char wrapper[WRAPPER];
    if (!sheaf_read_at(fd, wrapper, WRAPPER, at - WRAPPER) ||
        commit_number(sheaf_slice_from(wrapper + HEADER_SIZE, COMMIT_NAME)) == 0)
        return SHEAF_MISSING;
    size_t size = (size_t)(end - at) + WRAPPER;
    char *bytes = sheaf_malloc(size);
    if (!bytes)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = SHEAF_CORRUPT;
    if (sheaf_read_at(fd, bytes, size, at - WRAPPER))
        status = read_commit(out, sheaf_slice_from(bytes, size), at - WRAPPER, error);
    sheaf_free(bytes);
    return status;
}

/* Calls found for each place of mark in [from, size), the last one first, until
 * it returns true. What is read is one chunk with the bytes behind it that a
 * mark at its end would reach into. */
typedef bool (*found_fn)(void *context, uint64_t offset);
static sheaf_status search_back(int fd, uint64_t from, uint64_t size, sheaf_slice mark,
                                found_fn found, void *context) {
    char *chunk = sheaf_malloc(CHUNK + 16);
    if (!chunk)
        return SHEAF_NO_MEMORY;
    sheaf_status status = SHEAF_MISSING;
    for (uint64_t end = size; end > from && status == SHEAF_MISSING;) {
        uint64_t start = end - from > CHUNK ? end - CHUNK : from;
        size_t length = (size_t)(end - start);
        size_t beyond = size - end < mark.size - 1 ? (size_t)(size - end) : mark.size - 1;
        if (!sheaf_read_at(fd, chunk, length + beyond, start))
            break;
        for (size_t i = length; i-- > 0 && status == SHEAF_MISSING;) {
            if (chunk[i] == mark.data[0] && i + mark.size <= length + beyond &&
                memcmp(chunk + i, mark.data, mark.size) == 0 && found(context, start + i))
                status = SHEAF_OK;
        }
        end = start;
    }
    sheaf_free(chunk);
    return status;
}

typedef struct attempt {
    sheaf_directory *out;
    int fd;
    int left;
    sheaf_status status;
    sheaf_error *error;
} attempt;

static bool try_end_record(void *context, uint64_t offset) {
    attempt *try = context;
    try->status = try_commit(try->out, try->fd, offset + END_SIZE, try->error);
    return try->status == SHEAF_OK || try->status == SHEAF_NO_MEMORY ||
           (try->status == SHEAF_CORRUPT && --try->left == 0);
}

sheaf_status sheaf_directory_find(sheaf_directory *out, int fd, uint64_t size, sheaf_error *error) {
    attempt try = {out, fd, ATTEMPTS, SHEAF_MISSING, error};
    if (size < WRAPPER + END_SIZE)
        return sheaf_fail(error, SHEAF_CORRUPT, "no commit in it");
    try.status = try_commit(out, fd, size, error);
    if (try.status == SHEAF_OK || try.status == SHEAF_NO_MEMORY)
        return try.status;
    sheaf_status status = search_back(fd, 0, size, SLICE("PK\5\6"), try_end_record, &try);
    if (status == SHEAF_NO_MEMORY || try.status == SHEAF_NO_MEMORY)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (status != SHEAF_OK || try.status != SHEAF_OK)
        return sheaf_directory_rebuild(out, fd, size, error);
    return SHEAF_OK;
}

/* ---- torn or damaged? ---------------------------------------------------- */

typedef struct tail {
    int fd;
    uint64_t size;
} tail;

/* Found ".commit/" at offset: is it the name in a header whose data lies wholly
 * in the file? One flipped bit leaves either this or the end record intact. */
static bool is_whole_commit(void *context, uint64_t offset) {
    const tail *about = context;
    uint8_t header[WRAPPER];
    if (offset < HEADER_SIZE || !sheaf_read_at(about->fd, header, WRAPPER, offset - HEADER_SIZE))
        return false;
    uint64_t size = sheaf_get32(header + 22);
    uint64_t data = offset - HEADER_SIZE + WRAPPER;
    return sheaf_get32(header) == 0x04034b50u && size >= END_SIZE && data + size <= about->size;
}

/* Found the mark of an end record: does it speak of the bytes right before it?
 * That of a zip which is kept inside an entry does not. */
static bool is_whole_end(void *context, uint64_t offset) {
    const tail *about = context;
    uint64_t at;
    uint8_t size[4];
    if (!directory_offset(about->fd, offset + END_SIZE, &at) ||
        !sheaf_read_at(about->fd, size, sizeof size, offset + 12))
        return false;
    return at >= WRAPPER && at <= offset &&
           (offset - at == sheaf_get32(size) || offset - at == sheaf_get32(size) + END64_SIZE);
}

bool sheaf_directory_damaged(int fd, uint64_t from, uint64_t size) {
    tail about = {fd, size};
    return search_back(fd, from, size, SLICE(".commit/"), is_whole_commit, &about) !=
               SHEAF_MISSING ||
           search_back(fd, from, size, SLICE("PK\5\6"), is_whole_end, &about) != SHEAF_MISSING;
}
