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
    bool writing;           /* what is torn is what a writer is about to commit */
    uint64_t count;         /* of ordinals */
    uint8_t *dropped;       /* a bit an ordinal; NULL: none is dropped */
    uint64_t dropped_count; /* bits that are set in it */
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

/* Was the article with this ordinal, below count, dropped? */
static inline bool sheaf_file_is_gone(const sheaf_file *file, uint64_t ordinal) {
    return file->dropped && (file->dropped[ordinal / 8] >> (ordinal % 8) & 1);
}

/* Has the volume an article with this id number that was not dropped? */
bool sheaf_file_has_live(const sheaf_file *file, const sheaf_volume *volume, uint64_t id);

/* One string of the article with number local in a volume. */
sheaf_status sheaf_file_text(sheaf_file *file, const sheaf_volume *volume, uint64_t local,
                             sheaf_text which, sheaf_slice *text, sheaf_error *error);

/* Reads the manifest of the commit, once. */
sheaf_status sheaf_file_manifest(sheaf_file *file, sheaf_error *error);

#endif
