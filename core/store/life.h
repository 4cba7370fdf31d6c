/* life.h - what becomes of a sheaf after it was packed.
 *
 *   drop       tombstones: articles go, nothing is rewritten      one commit
 *   merge      many sheaves to a new one                          a new file
 *   split      one sheaf to many                                  new files
 *   seal       the same articles in one commit, frames kept       in its place
 *   tidy       catalogs of small commits joined                   one commit
 *   compact    without what was dropped, small windows joined     in its place
 *   duplicates which articles have the same text
 *   diff       what another sheaf has more, less, and changed
 *
 * New files come from a temporary name that is renamed when all is on the disk.
 * Articles keep their order; ids never change. Ordinals stay what they are
 * until seal, compact, merge or split count them anew without holes. */
#ifndef SHEAF_STORE_LIFE_H
#define SHEAF_STORE_LIFE_H

#include "base/buffer.h"
#include "store/store.h"

/* {0} gives the defaults. */
typedef struct sheaf_life_options {
    int level;          /* of what has to be compressed again; 0: 10 */
    size_t frame_bytes; /* 0: 320 KiB */
    unsigned threads;
    bool without_originals; /* split leaves them in the whole sheaf */
    void *context;
    /* An article of the file at path was left out, since another has its id. */
    void (*duplicate)(void *context, const char *path, sheaf_slice id);
    void (*part)(void *context, const char *path, uint64_t articles); /* split has made it */
    void (*warn)(void *context, const char *sentence);
} sheaf_life_options;

typedef struct sheaf_life_counts {
    uint64_t articles;   /* in what was made */
    uint64_t duplicates; /* left out */
    uint64_t dropped;    /* tombstones that were applied */
    uint64_t copied;     /* frames that were taken as they are */
    uint64_t packed;     /* frames that were compressed again */
    uint64_t joined;     /* catalogs that became fewer */
    uint64_t bytes;      /* of what was made */
} sheaf_life_counts;

/* Makes out from the articles of all paths, in their order. Of those with one id
 * the first is kept. */
sheaf_status sheaf_merge(const char *out, const char *const *paths, size_t count,
                         const sheaf_life_options *options, sheaf_life_counts *counts,
                         sheaf_error *error);

sheaf_status sheaf_seal(const char *path, const sheaf_life_options *options,
                        sheaf_life_counts *counts, sheaf_error *error);
sheaf_status sheaf_compact(const char *path, const sheaf_life_options *options,
                           sheaf_life_counts *counts, sheaf_error *error);

/* Joins the catalogs of many small commits to larger ones, in tiers, as tiers.c tells:
 * appends commits, and changes nothing that is written. Without anything to do it
 * writes nothing. */
sheaf_status sheaf_tidy(const char *path, const sheaf_life_options *options,
                        sheaf_life_counts *counts, sheaf_error *error);

typedef enum sheaf_split_by {
    SHEAF_SPLIT_COUNT, /* parts of number articles */
    SHEAF_SPLIT_SIZE,  /* parts of about number bytes of file */
    SHEAF_SPLIT_LANGUAGE,
    SHEAF_SPLIT_SITE,
    SHEAF_SPLIT_PUBLISHER,
    SHEAF_SPLIT_YEAR /* of publishing */
} sheaf_split_by;

/* Makes folder/NAME-0001.sheaf and so on, or folder/NAME-VALUE.sheaf, where NAME
 * is that of path. SHEAF_EXISTS before anything is written when one is there. */
sheaf_status sheaf_split(const char *path, const char *folder, sheaf_split_by by, uint64_t number,
                         const sheaf_life_options *options, sheaf_life_counts *counts,
                         sheaf_error *error);

/* Drops articles by ordinal, which ascend, in one commit. sha256 is the state in
 * which the ordinals were learnt (sheaf_about): SHEAF_LOCKED when the sheaf has
 * changed since, and nothing is dropped. */
sheaf_status sheaf_drop(const char *path, const uint64_t *ordinals, size_t count,
                        sheaf_slice sha256, const char *plan, sheaf_error *error);

/* Calls found for each article whose text is that of another:
 * the earliest published one (of equals and undated ones the first packed) is
 * kept. In order of ordinals; false ends it. */
typedef bool (*sheaf_duplicate_fn)(void *context, uint64_t dropped, uint64_t kept);
sheaf_status sheaf_duplicates(sheaf_file *file, sheaf_duplicate_fn found, void *context,
                              sheaf_error *error);

/* Compares two sheaves. Articles are the same when their ids are, or else when
 * they alone have a URL; of these only the changed are told. First all that is
 * gone or changed in order of old, then what was added in order of new. */
typedef enum sheaf_difference { SHEAF_ADDED, SHEAF_GONE, SHEAF_CHANGED } sheaf_difference;
typedef bool (*sheaf_difference_fn)(void *context, sheaf_difference what, uint64_t old_ordinal,
                                    uint64_t new_ordinal);
sheaf_status sheaf_diff(sheaf_file *old_file, sheaf_file *new_file, sheaf_difference_fn found,
                        void *context, sheaf_error *error);

#endif
