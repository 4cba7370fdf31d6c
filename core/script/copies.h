/* copies.h - copies among the articles of sheaves: files and index brought together.
 *
 * Articles of all files are numbered through, those of the first file first. */
#ifndef SHEAF_SCRIPT_COPIES_H
#define SHEAF_SCRIPT_COPIES_H

#include "index/copies.h"
#include "store/store.h"

typedef struct sheaf_hunt {
    sheaf_file **files;
    size_t file_count;
    double least;    /* as in sheaf_copies_options */
    uint32_t fewest; /* as there */
    unsigned threads;
} sheaf_hunt;

typedef struct sheaf_found {
    sheaf_match *matches;
    size_t count;
    sheaf_groups groups;
    uint64_t articles;     /* that were looked at */
    uint64_t damaged;      /* that could not be read */
    uint64_t candidates;   /* pairs that were compared */
    uint64_t sketch_bytes; /* that sketches took */
} sheaf_found;

/* The files must not be used meanwhile. The same with any number of threads. */
sheaf_status sheaf_hunt_run(const sheaf_hunt *hunt, sheaf_found *found, sheaf_error *error);
void sheaf_found_clear(sheaf_found *found);

/* File and ordinal of an article. */
void sheaf_hunt_locate(const sheaf_hunt *hunt, uint32_t article, size_t *file, uint64_t *ordinal);

#endif
