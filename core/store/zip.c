/* zip.c - writes each structure of the outer layout, and reads it by writing.
 *
 * Reading takes the few fields that vary (name, size, CRC, offset), writes the
 * structure anew from them and compares: what differs in any bit is refused,
 * and there is no second notion of what is well-formed. All entries are
 * stored, dated 1980-01-01, without data descriptors; zip64 fields stand only
 * where a number does not fit. */
#include "store/zip.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/format.h"

enum {
    HEADER_SIZE = 30,
    HEADER_EXTRA = 20,
    RECORD_SIZE = 46,
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    MADE_BY = 0x032D, /* Unix, 4.5 */
    DOS_DATE = 0x0021 /* 1980-01-01 */
};
#define HEADER_MARK 0x04034b50u
#define RECORD_MARK 0x02014b50u
#define END_MARK 0x06054b50u
#define END64_MARK 0x06064b50u
#define LOCATOR_MARK 0x07064b50u
#define FULL16 0xFFFFu
#define FULL32 0xFFFFFFFFu
#define FILE_MODE ((uint64_t)0100644 << 16)

/* ---- names -------------------------------------------------------------- */

sheaf_slice sheaf_name_commit(char *name, uint64_t commit) {
    int size = snprintf(name, SHEAF_NAME_ROOM, ".commit/%06llu", (unsigned long long)commit);
    return sheaf_slice_from(name, (size_t)size);
}

sheaf_slice sheaf_name_manifest(char *name, uint64_t commit) {
    int size = snprintf(name, SHEAF_NAME_ROOM, "manifest/%06llu.json", (unsigned long long)commit);
    return sheaf_slice_from(name, (size_t)size);
}

static sheaf_slice name_part(char *name, const char *format, uint64_t commit, uint64_t part) {
    int size = snprintf(name, SHEAF_NAME_ROOM, format, (unsigned long long)(commit % 1000000),
                        (unsigned long long)(part % 10000));
    return sheaf_slice_from(name, (size_t)size);
}

sheaf_slice sheaf_name_articles(char *name, uint64_t commit, uint64_t part) {
    return name_part(name, "articles/%06llu-%04llu.jsonl.zst", commit, part);
}

sheaf_slice sheaf_name_meta(char *name, uint64_t commit, uint64_t part) {
    return name_part(name, "meta/%06llu-%04llu", commit, part);
}

/* ---- writing ------------------------------------------------------------ */

static bool is_big(uint64_t value) {
    return value >= FULL32;
}

static uint64_t fit32(uint64_t value) {
    return is_big(value) ? FULL32 : value;
}

size_t sheaf_zip_header_size(const sheaf_entry *entry) {
    return HEADER_SIZE + entry->name.size + (is_big(entry->size) ? HEADER_EXTRA : 0);
}

/* The fields that a local header and a directory record share. */
static void put_common(sheaf_buffer *out, const sheaf_entry *entry, bool zip64, size_t extra) {
    sheaf_put(out, zip64 ? 45 : 10, 2);
    sheaf_put(out, 0, 2); /* flags */
    sheaf_put(out, 0, 2); /* method: stored */
    sheaf_put(out, 0, 2); /* time */
    sheaf_put(out, DOS_DATE, 2);
    sheaf_put(out, entry->crc, 4);
    sheaf_put(out, fit32(entry->size), 4);
    sheaf_put(out, fit32(entry->size), 4);
    sheaf_put(out, entry->name.size, 2);
    sheaf_put(out, extra, 2);
}

void sheaf_zip_header(sheaf_buffer *out, const sheaf_entry *entry) {
    bool big = is_big(entry->size);
    sheaf_put(out, HEADER_MARK, 4);
    put_common(out, entry, big, big ? HEADER_EXTRA : 0);
    sheaf_buffer_add(out, entry->name);
    if (big) {
        sheaf_put(out, 1, 2);
        sheaf_put(out, 16, 2);
        sheaf_put(out, entry->size, 8);
        sheaf_put(out, entry->size, 8);
    }
}

void sheaf_zip_record(sheaf_buffer *out, const sheaf_entry *entry) {
    size_t extra = (is_big(entry->size) ? 16u : 0u) + (is_big(entry->offset) ? 8u : 0u);
    sheaf_put(out, RECORD_MARK, 4);
    sheaf_put(out, MADE_BY, 2);
    put_common(out, entry, extra > 0, extra ? extra + 4 : 0);
    sheaf_put(out, 0, 2); /* comment */
    sheaf_put(out, 0, 2); /* disk */
    sheaf_put(out, 0, 2); /* internal attributes */
    sheaf_put(out, FILE_MODE, 4);
    sheaf_put(out, fit32(entry->offset), 4);
    sheaf_buffer_add(out, entry->name);
    if (!extra)
        return;
    sheaf_put(out, 1, 2);
    sheaf_put(out, extra, 2);
    if (is_big(entry->size)) {
        sheaf_put(out, entry->size, 8);
        sheaf_put(out, entry->size, 8);
    }
    if (is_big(entry->offset))
        sheaf_put(out, entry->offset, 8);
}

static void put_end64(sheaf_buffer *out, uint64_t count, uint64_t at, uint64_t size) {
    sheaf_put(out, END64_MARK, 4);
    sheaf_put(out, END64_SIZE - 12, 8);
    sheaf_put(out, MADE_BY, 2);
    sheaf_put(out, 45, 2);
    sheaf_put(out, 0, 8); /* disks */
    sheaf_put(out, count, 8);
    sheaf_put(out, count, 8);
    sheaf_put(out, size, 8);
    sheaf_put(out, at, 8);
    sheaf_put(out, LOCATOR_MARK, 4);
    sheaf_put(out, 0, 4);
    sheaf_put(out, at + size, 8);
    sheaf_put(out, 1, 4);
}

void sheaf_zip_end(sheaf_buffer *out, uint64_t count, uint64_t at, uint64_t size) {
    uint64_t short_count = count >= FULL16 ? FULL16 : count;
    if (count >= FULL16 || is_big(at) || is_big(size))
        put_end64(out, count, at, size);
    sheaf_put(out, END_MARK, 4);
    sheaf_put(out, 0, 4); /* disks */
    sheaf_put(out, short_count, 2);
    sheaf_put(out, short_count, 2);
    sheaf_put(out, fit32(size), 4);
    sheaf_put(out, fit32(at), 4);
    sheaf_put(out, 0, 2); /* comment */
}

/* ---- reading one header ------------------------------------------------- */

/* Names are ours: printable ASCII, and nothing that leads out of a folder. */
static bool is_name(sheaf_slice name) {
    if (name.size == 0 || name.size > 1024 || name.data[0] == '/')
        return false;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] <= ' ' || name.data[i] > '~' || name.data[i] == '\\')
            return false;
    }
    return sheaf_slice_find(name, 0, SLICE("..")) == SIZE_MAX;
}

/* True when what write makes of entry is exactly the bytes at *rest, which
 * then moves behind them. */
static bool matches(sheaf_slice *rest, const sheaf_entry *entry, sheaf_buffer *scratch,
                    void (*write)(sheaf_buffer *, const sheaf_entry *)) {
    sheaf_buffer_reset(scratch);
    write(scratch, entry);
    if (scratch->failed || !sheaf_slice_starts(*rest, sheaf_buffer_view(scratch)))
        return false;
    *rest = sheaf_slice_part(*rest, scratch->size, rest->size);
    return true;
}

sheaf_status sheaf_zip_header_read(sheaf_entry *out, sheaf_slice bytes, uint64_t at,
                                   sheaf_error *error) {
    sheaf_entry entry = {.offset = at};
    sheaf_slice rest = at < bytes.size ? sheaf_slice_part(bytes, at, bytes.size) : (sheaf_slice){0};
    if (rest.size < HEADER_SIZE || sheaf_get32(rest.data) != HEADER_MARK)
        return sheaf_fail(error, SHEAF_CORRUPT, "byte %llu: no entry begins here",
                          (unsigned long long)at);
    entry.crc = sheaf_get32(rest.data + 14);
    entry.size = sheaf_get32(rest.data + 22);
    entry.name = sheaf_slice_part(rest, HEADER_SIZE, HEADER_SIZE + sheaf_get16(rest.data + 26));
    size_t extra = HEADER_SIZE + entry.name.size;
    bool named = is_name(entry.name); /* and short: what follows lies near */
    if (named && entry.size == FULL32 && rest.size >= extra + HEADER_EXTRA)
        entry.size = sheaf_get64(rest.data + extra + 4);

    sheaf_buffer scratch = {0};
    bool good =
        named && matches(&rest, &entry, &scratch, sheaf_zip_header) && entry.size <= rest.size;
    bool no_memory = scratch.failed;
    sheaf_buffer_clear(&scratch);
    if (no_memory)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!good)
        return sheaf_fail(error, SHEAF_CORRUPT, "byte %llu: the header of an entry is damaged",
                          (unsigned long long)at);
    *out = entry;
    return SHEAF_OK;
}

/* ---- reading a directory ------------------------------------------------ */

/* The last END_SIZE bytes of data, and the zip64 record before them when one
 * is needed, say how many records there are and where they begin. */
static bool read_end(sheaf_slice data, uint64_t *count, uint64_t *at, uint64_t *size) {
    if (data.size < END_SIZE)
        return false;
    const char *end = data.data + data.size - END_SIZE;
    if (sheaf_get32(end) != END_MARK)
        return false;
    *count = sheaf_get16(end + 10);
    *size = sheaf_get32(end + 12);
    *at = sheaf_get32(end + 16);
    if (*count != FULL16 && *size != FULL32 && *at != FULL32)
        return true;
    if (data.size < END_SIZE + LOCATOR_SIZE + END64_SIZE)
        return false;
    end -= LOCATOR_SIZE + END64_SIZE;
    if (sheaf_get32(end) != END64_MARK)
        return false;
    *count = sheaf_get64(end + 32);
    *size = sheaf_get64(end + 40);
    *at = sheaf_get64(end + 48);
    return true;
}

/* The fields of the record at the head of rest. */
static bool read_record(sheaf_entry *out, sheaf_slice rest) {
    if (rest.size < RECORD_SIZE || sheaf_get32(rest.data) != RECORD_MARK)
        return false;
    out->crc = sheaf_get32(rest.data + 16);
    out->size = sheaf_get32(rest.data + 24);
    out->offset = sheaf_get32(rest.data + 42);
    out->name = sheaf_slice_part(rest, RECORD_SIZE, RECORD_SIZE + sheaf_get16(rest.data + 28));
    size_t extra = RECORD_SIZE + out->name.size + 4;
    size_t needed = (out->size == FULL32 ? 16u : 0u) + (out->offset == FULL32 ? 8u : 0u);
    if (rest.size < extra + needed)
        return needed == 0;
    if (out->offset == FULL32)
        out->offset = sheaf_get64(rest.data + extra + needed - 8);
    if (out->size == FULL32)
        out->size = sheaf_get64(rest.data + extra);
    return true;
}

/* Entries lie one behind the other and end before the directory begins. */
static bool follows(const sheaf_entry *entry, uint64_t previous_end, uint64_t limit) {
    return entry->offset >= previous_end && entry->offset < limit &&
           entry->size < limit - entry->offset && sheaf_entry_end(entry) <= limit;
}

static sheaf_status read_records(sheaf_directory *out, sheaf_slice data, uint64_t at,
                                 sheaf_error *error) {
    sheaf_buffer scratch = {0};
    sheaf_slice rest = data;
    uint64_t end = 0;
    size_t i = 0;
    for (; i < out->count; i++) {
        sheaf_entry *entry = &out->entries[i];
        if (!read_record(entry, rest) || !is_name(entry->name) || !follows(entry, end, at) ||
            !matches(&rest, entry, &scratch, sheaf_zip_record))
            break;
        end = sheaf_entry_end(entry);
    }
    sheaf_buffer_reset(&scratch);
    sheaf_zip_end(&scratch, out->count, at, data.size - rest.size);
    bool good = i == out->count && sheaf_slice_equal(rest, sheaf_buffer_view(&scratch));
    bool no_memory = scratch.failed;
    sheaf_buffer_clear(&scratch);
    if (no_memory)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!good)
        return sheaf_fail(error, SHEAF_CORRUPT,
                          "record %zu of the directory at byte %llu is damaged", i,
                          (unsigned long long)at);
    return SHEAF_OK;
}

sheaf_status sheaf_directory_parse(sheaf_directory *out, sheaf_slice data, uint64_t at,
                                   sheaf_error *error) {
    uint64_t count, begin, size;
    if (!read_end(data, &count, &begin, &size) || begin != at || size > data.size ||
        count > size / RECORD_SIZE)
        return sheaf_fail(error, SHEAF_CORRUPT, "the end record behind byte %llu is damaged",
                          (unsigned long long)at);
    sheaf_directory directory = {.count = (size_t)count, .end = at + data.size};
    directory.data = sheaf_malloc(data.size);
    directory.entries = sheaf_calloc((size_t)count, sizeof *directory.entries);
    sheaf_status status;
    if (!directory.data || !directory.entries) {
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    } else {
        memcpy(directory.data, data.data, data.size);
        status = read_records(&directory, sheaf_slice_from(directory.data, data.size), at, error);
    }
    if (status == SHEAF_OK)
        *out = directory;
    else
        sheaf_directory_clear(&directory);
    return status;
}

void sheaf_directory_clear(sheaf_directory *directory) {
    sheaf_free(directory->entries);
    sheaf_free(directory->data);
    *directory = (sheaf_directory){0};
}

const sheaf_entry *sheaf_directory_entry(const sheaf_directory *directory, sheaf_slice name) {
    for (size_t i = directory->count; i-- > 0;) {
        if (sheaf_slice_equal(directory->entries[i].name, name))
            return &directory->entries[i];
    }
    return NULL;
}
