/* index_entries.h - the index/ entries of a sheaf, as bytes.
 *
 * What is in them is the affair of another room (index/index.h); here they are
 * found, added in a commit, and taken off the list. */
#ifndef SHEAF_STORE_INDEX_ENTRIES_H
#define SHEAF_STORE_INDEX_ENTRIES_H

#include "store/life.h"
#include "store/store.h"

/* Entry number i, from 0, in the order they were written. False behind the last. */
bool sheaf_file_index(const sheaf_file *file, size_t i, sheaf_slice *name, sheaf_slice *data);

/* A commit that changes the index and nothing else. */
typedef struct sheaf_index_commit sheaf_index_commit;

/* Locks the sheaf. */
sheaf_status sheaf_index_commit_open(sheaf_index_commit **out, const char *path,
                                     sheaf_error *error);

/* The sheaf as it is under the lock. */
sheaf_file *sheaf_index_commit_file(sheaf_index_commit *commit);

/* One entry more: begin, put as often as you like, end. */
sheaf_status sheaf_index_commit_begin(sheaf_index_commit *commit, sheaf_error *error);
sheaf_status sheaf_index_commit_put(void *commit, sheaf_slice bytes, sheaf_error *error);
sheaf_status sheaf_index_commit_end(sheaf_index_commit *commit, sheaf_error *error);

sheaf_status sheaf_index_commit_drop(sheaf_index_commit *commit, sheaf_slice name,
                                     sheaf_error *error);

/* Makes it durable. What was not committed is gone after close. */
sheaf_status sheaf_index_commit_finish(sheaf_index_commit *commit, const char *plan,
                                       sheaf_error *error);
void sheaf_index_commit_close(sheaf_index_commit *commit);

/* Tells that what is made of the file has no index. */
void sheaf_index_left_out(const sheaf_file *file, const sheaf_life_options *options);

#endif
