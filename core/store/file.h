/* file.h - the inside of an open sheaf, for the rest of this room. */
#ifndef SHEAF_STORE_FILE_H
#define SHEAF_STORE_FILE_H

#include "base/map.h"
#include "store/manifest.h"
#include "store/stamp.h"
#include "store/store.h"
#include "store/unpack.h"
#include "store/zip.h"

struct sheaf_file {
    char *path;
    sheaf_slice bytes; /* mapped: all up to the end of the commit */
    uint64_t torn;
    uint64_t count;
    sheaf_directory directory;
    sheaf_map names;       /* of entries, to their index in the directory */
    sheaf_volume *volumes; /* in order of ordinals */
    size_t volume_count;
    sheaf_unpacker *rows, *texts; /* made at first use */
    sheaf_manifest manifest;      /* read at first use */
    bool manifest_read;
    char manifest_sha256[SHEAF_SHA256_HEX + 1];
    char id[17];
    char published[SHEAF_STAMP_ROOM];
};

/* The data of a live entry. */
sheaf_slice sheaf_file_data(const sheaf_file *file, const sheaf_entry *entry);

/* The live entry of that name, or NULL. */
const sheaf_entry *sheaf_file_entry(const sheaf_file *file, sheaf_slice name);

/* The volume that holds an ordinal below count. */
const sheaf_volume *sheaf_file_volume(const sheaf_file *file, uint64_t ordinal);

/* Reads the manifest of the commit, once. */
sheaf_status sheaf_file_manifest(sheaf_file *file, sheaf_error *error);

#endif
