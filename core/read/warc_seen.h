/* warc_seen.h - which records of a pile were seen, so that a repeat can be told from
 * a loss.
 *
 * A set of hashes in two generations: when the young one is full it becomes the old
 * one, and the old one is forgotten. Memory is bounded by that; a crawl must have
 * two million records before anything is forgotten. */
#ifndef SHEAF_READ_WARC_SEEN_H
#define SHEAF_READ_WARC_SEEN_H

#include "sheaf.h"

typedef struct sheaf_seen sheaf_seen;

sheaf_seen *sheaf_seen_new(void);
void sheaf_seen_free(sheaf_seen *seen);

/* Empty keys are passed over. False when memory is out. */
bool sheaf_seen_add(sheaf_seen *seen, sheaf_slice key);
bool sheaf_seen_has(const sheaf_seen *seen, sheaf_slice key);

#endif
