/* manifest.h - what one commit added, and the proof of it.
 *
 *   {"format":1,"commit":2,"previous":"<SHA-256 of manifest 1>",
 *    "created":"2026-03-01T12:00:00Z","tool":"sheaf 0.1.0","plan":"…",
 *    "articles":50,"added":10,"bytes":184320,
 *    "entries":[{"name":"articles/…","size":4711,"sha256":"…"},…],"dropped":["…"]}
 *
 * Each names the hash of the one before it, so the last one vouches for all. The
 * first one of a file that was made anew from others names in "before" the last
 * manifests of those (history.h). */
#ifndef SHEAF_STORE_MANIFEST_H
#define SHEAF_STORE_MANIFEST_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"

typedef struct sheaf_manifest_entry {
    sheaf_slice name;
    uint64_t size;
    char sha256[SHEAF_SHA256_HEX + 1];
} sheaf_manifest_entry;

typedef struct sheaf_manifest {
    sheaf_arena arena; /* holds all that follows */
    uint64_t commit;
    uint64_t articles; /* in the sheaf after this commit */
    uint64_t added;    /* by this commit */
    uint64_t bytes;    /* of all rows after this commit, newlines included */
    sheaf_slice previous, created, tool, plan; /* empty: not told */
    sheaf_manifest_entry *entries;
    size_t entry_count, entry_capacity;
    sheaf_slice *dropped; /* names that are live no more */
    size_t dropped_count, dropped_capacity;
    sheaf_slice *before; /* SHA-256 of the last manifests of the files it was made from */
    size_t before_count, before_capacity;
} sheaf_manifest;

void sheaf_manifest_init(sheaf_manifest *manifest);
void sheaf_manifest_clear(sheaf_manifest *manifest);

/* Copies what it is given. False when memory is out. */
bool sheaf_manifest_add(sheaf_manifest *manifest, sheaf_slice name, uint64_t size,
                        const uint8_t digest[SHEAF_SHA256_SIZE]);

/* Copies the SHA-256 of a manifest, in hexadecimal, to before. False: no memory. */
bool sheaf_manifest_follow(sheaf_manifest *manifest, sheaf_slice sha256);

/* The time that SOURCE_DATE_EPOCH tells, in EDTF; empty when it is not set. */
enum { SHEAF_CREATED_ROOM = 32 };
sheaf_slice sheaf_created_told(char text[SHEAF_CREATED_ROOM]);

void sheaf_manifest_write(sheaf_buffer *out, const sheaf_manifest *manifest);

/* Reads one into an initialised manifest. Unknown keys are passed over. */
sheaf_status sheaf_manifest_read(sheaf_manifest *manifest, sheaf_slice json, sheaf_error *error);

#endif
