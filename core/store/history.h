/* history.h - what a sheaf has been through, and the proof of it.
 *
 *   history/000001.zst        manifest/000001.json   manifest/000002.json   …
 *   ┌──────────┬──────────┬───┐   │ "before": hashes of   │ "previous":
 *   │ document │ document │ … │ ◄─┘ the last documents    │ hash of the one
 *   └──────────┴──────────┴───┘                        ◄──┘ before it
 *
 * A file that is made anew - sealed, compacted, merged - loses the commits of what
 * it was made from, and keeps their manifests and signatures, each byte for byte in
 * a zstd frame of its own. So the chain of hashes goes on through the rewriting: the
 * last manifest still vouches for every manifest there ever was. Of the bytes that
 * an old manifest names only the hashes are left. */
#ifndef SHEAF_STORE_HISTORY_H
#define SHEAF_STORE_HISTORY_H

#include "store/carry.h"
#include "store/file.h"
#include "store/sign.h"

typedef struct sheaf_history sheaf_history;

/* One commit. Slices are good until the history is closed. */
typedef struct sheaf_history_line {
    uint64_t commit;   /* its number in its own file */
    bool past;         /* that file is no more: it was made anew */
    uint64_t articles; /* after it */
    uint64_t added, removed;
    uint64_t bytes; /* of the entries that it wrote */
    sheaf_slice created, tool, plan, sha256;
} sheaf_history_line;

/* Reads all manifests, those of the past first. SHEAF_CORRUPT when one is none. */
sheaf_status sheaf_history_open(sheaf_history **out, const sheaf_file *file, sheaf_error *error);
void sheaf_history_close(sheaf_history *history);

/* How many commits there are, and number i of them, from 0; the last is the present. */
size_t sheaf_history_count(const sheaf_history *history);
sheaf_history_line sheaf_history_get(const sheaf_history *history, size_t i);

/* The same for signatures, past ones and present ones. */
size_t sheaf_history_signatures(const sheaf_history *history);
const sheaf_signature *sheaf_history_signature(const sheaf_history *history, size_t i);

/* The same for the bytes of manifests and signatures, in the order in which they
 * were written. SHA-256 in hexadecimal. */
size_t sheaf_history_documents(const sheaf_history *history);
sheaf_slice sheaf_history_document(const sheaf_history *history, size_t i, sheaf_slice *sha256);

/* Is the past whole: every document a link of a chain that ends in manifest 1, every
 * signature true? Calls problem for each thing that is wrong. Other than SHEAF_OK:
 * it could not be found out. */
typedef void (*sheaf_history_problem_fn)(void *context, const char *sentence);
sheaf_status sheaf_history_check(const sheaf_file *file, sheaf_history_problem_fn problem,
                                 void *context, sheaf_error *error);

/* Puts what the sources were into the carrier's file, before its commit. One whose
 * history is damaged is told to options->warn, and its history left out. */
sheaf_status sheaf_history_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                 const sheaf_life_options *options, sheaf_error *error);

#endif
