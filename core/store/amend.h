/* amend.h - a commit on an existing sheaf that adds no article.
 *
 * Tombstones and layers are such commits. Opening takes the lock of writers;
 * closing without a commit leaves the file as it was. */
#ifndef SHEAF_STORE_AMEND_H
#define SHEAF_STORE_AMEND_H

#include "store/emit.h"
#include "store/file.h"

typedef struct sheaf_amend {
    sheaf_file *file; /* as of the last commit; not changed by what is written here */
    sheaf_emitter emitter;
    uint64_t commit; /* the number of this one */
    bool locked;
} sheaf_amend;

/* Locks, opens, and cuts a torn tail. The caller closes it also when this fails. */
sheaf_status sheaf_amend_open(sheaf_amend *amend, const char *path, sheaf_error *error);

/* Commits what was put into the emitter. articles and bytes are what the sheaf
 * has then; plan says what was done. */
sheaf_status sheaf_amend_commit(sheaf_amend *amend, uint64_t articles, uint64_t bytes,
                                const char *plan, sheaf_error *error);

void sheaf_amend_close(sheaf_amend *amend);

#endif
