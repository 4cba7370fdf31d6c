/* originals.h - the source bytes of articles, kept beside them.
 *
 *   originals/000001-0001.zst
 *   ┌─────────┬─────────┬───┬──────────────────────────────────────┐
 *   │ frame   │ frame   │ … │ skippable frame: table, count, mark  │
 *   └─────────┴─────────┴───┴──────────────────────────────────────┘
 *
 * An original is found by its SHA-256, which every article has in its
 * provenance, so these entries can be copied from sheaf to sheaf as they are. */
#ifndef SHEAF_STORE_ORIGINALS_H
#define SHEAF_STORE_ORIGINALS_H

#include "base/buffer.h"
#include "store/pool.h"
#include "store/store.h"

/* What a writer keeps to. */
#define SHEAF_ORIGINALS_BYTES ((size_t)8 << 20) /* packed, in one entry */
#define SHEAF_ORIGINALS_FRAME ((size_t)1 << 20) /* raw, unless one alone is larger */

typedef struct sheaf_originals sheaf_originals;

/* NULL when memory is out. */
sheaf_originals *sheaf_originals_new(void);
void sheaf_originals_free(sheaf_originals *originals);

/* Takes a copy of the bytes whose SHA-256, in hexadecimal, is sha256; not when
 * they are those of the call before. False when memory is out. */
bool sheaf_originals_add(sheaf_originals *originals, sheaf_slice sha256, sheaf_slice bytes);

/* There is enough to be packed. */
bool sheaf_originals_is_full(const sheaf_originals *originals);

/* Compresses what was added, with all threads of a pool that is idle. */
sheaf_status sheaf_originals_pack(sheaf_originals *originals, sheaf_pool *pool, sheaf_error *error);

/* Packed bytes that wait to be written. */
size_t sheaf_originals_size(const sheaf_originals *originals);

/* Views the packed bytes as the data of a whole entry, good until the next add. */
sheaf_status sheaf_originals_finish(sheaf_originals *originals, sheaf_slice *entry,
                                    sheaf_error *error);

/* The frame that was unpacked last: originals of neighbours lie in one. {0} before,
 * cleared by the caller. */
typedef struct sheaf_originals_frame {
    const char *packed; /* where it stands; NULL: none */
    sheaf_buffer raw;
} sheaf_originals_frame;

/* Appends the original with that digest out of the data of an entry. SHEAF_MISSING
 * when it is not in it, SHEAF_CORRUPT when it is not what it should be. */
sheaf_status sheaf_originals_find(sheaf_slice entry, sheaf_slice sha256,
                                  sheaf_originals_frame *frame, sheaf_buffer *out,
                                  sheaf_error *error);

/* As sheaf_file_original, for many originals in the order of their articles. */
sheaf_status sheaf_file_original_near(const sheaf_file *file, sheaf_slice sha256,
                                      sheaf_originals_frame *frame, sheaf_buffer *out,
                                      sheaf_error *error);

/* "originals/000007-0001.zst", into name, which has room for SHEAF_NAME_ROOM. */
sheaf_slice sheaf_name_originals(char *name, uint64_t commit, uint64_t part);

#endif
