/* emit.h - writes entries one behind the other, and commits them.
 *
 * Knows of zip, hashes, manifests and durability, and nothing of articles. */
#ifndef SHEAF_STORE_EMIT_H
#define SHEAF_STORE_EMIT_H

#include "store/disk.h"
#include "store/manifest.h"
#include "store/zip.h"

typedef struct sheaf_emitter {
    sheaf_disk disk;
    sheaf_arena names;
    sheaf_entry *entries; /* that the next commit makes visible */
    size_t count, capacity;
    sheaf_manifest manifest;             /* of the next commit; counts and texts are the caller's */
    char previous[SHEAF_SHA256_HEX + 1]; /* of the last manifest, or "" */
    bool open;                           /* an entry is being written: the last one */
    sheaf_sha256_state *hash;
} sheaf_emitter;

/* Starts on a disk, which it takes over, with what the last commit made visible
 * (empty for a new file). The caller clears it also when this fails. */
sheaf_status sheaf_emitter_init(sheaf_emitter *out, sheaf_disk disk,
                                const sheaf_directory *directory, sheaf_error *error);
void sheaf_emitter_clear(sheaf_emitter *emitter);

/* One entry: begin, put as often as you like, end. */
sheaf_status sheaf_emitter_begin(sheaf_emitter *emitter, sheaf_slice name, sheaf_error *error);
sheaf_status sheaf_emitter_put(sheaf_emitter *emitter, sheaf_slice bytes, sheaf_error *error);
sheaf_status sheaf_emitter_end(sheaf_emitter *emitter, sheaf_error *error);

/* Bytes put into the open entry; 0 when none is open. */
uint64_t sheaf_emitter_size(const sheaf_emitter *emitter);

/* An entry in one piece. */
sheaf_status sheaf_emitter_whole(sheaf_emitter *emitter, sheaf_slice name, sheaf_slice bytes,
                                 sheaf_error *error);

/* The next commit lists the live entry of that name no more. */
sheaf_status sheaf_emitter_drop(sheaf_emitter *emitter, sheaf_slice name, sheaf_error *error);

/* Writes manifest and directory of commit manifest.commit, makes all durable,
 * publishes a new file, and starts an empty manifest. */
sheaf_status sheaf_emitter_commit(sheaf_emitter *emitter, sheaf_error *error);

#endif
