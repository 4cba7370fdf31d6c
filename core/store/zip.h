/* zip.h - the outer layout: stored entries, directories, commits.
 *
 *   mimetype │ articles/… │ meta/… │ manifest/… │ .commit/000001 │ articles/… │ …
 *                                                └ central directory, end record
 *
 * There is exactly one way to write each structure (docs/format.md), so a
 * reader checks one by writing what it should be and comparing. */
#ifndef SHEAF_STORE_ZIP_H
#define SHEAF_STORE_ZIP_H

#include "base/buffer.h"

typedef struct sheaf_entry {
    sheaf_slice name;
    uint64_t offset; /* of its local header */
    uint64_t size;   /* of its data */
    uint32_t crc;
} sheaf_entry;

size_t sheaf_zip_header_size(const sheaf_entry *entry);

static inline uint64_t sheaf_entry_data(const sheaf_entry *entry) {
    return entry->offset + sheaf_zip_header_size(entry);
}

static inline uint64_t sheaf_entry_end(const sheaf_entry *entry) {
    return sheaf_entry_data(entry) + entry->size;
}

/* Appends the local header, a record of the central directory, the end of a
 * directory of count records that begins at offset at and has size bytes. */
void sheaf_zip_header(sheaf_buffer *out, const sheaf_entry *entry);
void sheaf_zip_record(sheaf_buffer *out, const sheaf_entry *entry);
void sheaf_zip_end(sheaf_buffer *out, uint64_t count, uint64_t at, uint64_t size);

/* Reads the local header at bytes[at]; name views into bytes. SHEAF_CORRUPT
 * unless it is one as sheaf_zip_header writes it, with its data in bytes. */
sheaf_status sheaf_zip_header_read(sheaf_entry *out, sheaf_slice bytes, uint64_t at,
                                   sheaf_error *error);

/* What was visible after one commit. */
typedef struct sheaf_directory {
    sheaf_entry *entries; /* in file order; names view into data */
    size_t count;
    uint64_t number; /* of the commit */
    uint64_t start;  /* offset of the local header of .commit */
    uint64_t end;    /* offset behind its data: the length of the sheaf */
    char *data;      /* the data of .commit, or the names */
    bool rebuilt;    /* from the local headers, for want of a sound commit */
} sheaf_directory;

/* Takes apart the data of a .commit entry that begins at offset at. On failure
 * nothing is kept. number and start are left to the caller. */
sheaf_status sheaf_directory_parse(sheaf_directory *out, sheaf_slice data, uint64_t at,
                                   sheaf_error *error);

/* Finds the last commit of the file open as fd that ends at or before size.
 * When there is none it is rebuilt, or SHEAF_CORRUPT. Reads, and does not map, so that a writer
 * may cut the tail at the same time. */
sheaf_status sheaf_directory_find(sheaf_directory *out, int fd, uint64_t size, sheaf_error *error);

/* Makes a directory of what the local headers tell; for sheaf_directory_find. */
sheaf_status sheaf_directory_rebuild(sheaf_directory *out, int fd, uint64_t size,
                                     sheaf_error *error);

/* True when the bytes [from, size) hold a commit that was written to its end
 * but does not check: damage, and no torn tail, so nothing may be cut. */
bool sheaf_directory_damaged(int fd, uint64_t from, uint64_t size);

void sheaf_directory_clear(sheaf_directory *directory);

/* The entry of that name, or NULL. */
const sheaf_entry *sheaf_directory_entry(const sheaf_directory *directory, sheaf_slice name);

/* Writes ".commit/000007" and the like: into name, which has room for 48. */
enum { SHEAF_NAME_ROOM = 48 };
sheaf_slice sheaf_name_commit(char *name, uint64_t commit);
sheaf_slice sheaf_name_manifest(char *name, uint64_t commit);
sheaf_slice sheaf_name_articles(char *name, uint64_t commit, uint64_t part);
sheaf_slice sheaf_name_meta(char *name, uint64_t commit, uint64_t part);

/* Reads exactly size bytes at offset. False when it cannot. */
bool sheaf_read_at(int fd, void *to, size_t size, uint64_t offset);

#endif
