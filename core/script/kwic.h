/* kwic.h - a concordance over sheaves: places, then the articles that are wanted, then
 * lines in order.
 *
 * Finding places costs next to nothing with an index; so all are counted, and only the
 * articles of those that will be shown are unpacked. */
#ifndef SHEAF_SCRIPT_KWIC_H
#define SHEAF_SCRIPT_KWIC_H

#include "script/find.h"

enum { SHEAF_KWIC_MOST = 1000000 /* lines that are made at once */ };

typedef struct sheaf_kwic_options {
    size_t limit;  /* most lines; 0: all */
    size_t sample; /* so many of all places, by chance; 0: no sample */
    uint64_t seed; /* of the sample: the same seed gives the same one */
    size_t width;  /* most characters on either side */
    unsigned threads;
    sheaf_kwic_order order; /* none: by file and position */
} sheaf_kwic_options;

typedef struct sheaf_kwic_entry {
    sheaf_kwic_line line;
    size_t file;
    uint64_t ordinal;
    sheaf_slice id, url, date, site, publisher, language, headline;
} sheaf_kwic_entry;

typedef struct sheaf_kwic {
    sheaf_kwic_entry **lines;
    size_t count;
    uint64_t total;    /* places that were found */
    uint64_t articles; /* in which there are some */
    uint64_t scanned;  /* articles that had to be read to find them */
    uint64_t damaged;  /* articles that could not be read */
    bool cut;          /* there were more than SHEAF_KWIC_MOST; the first ones are here */
    struct sheaf_kwic_batch *batches;
    size_t batch_count;
} sheaf_kwic;

/* {0} is empty. The caller clears it, also when this fails. */
sheaf_status sheaf_kwic_run(sheaf_kwic *out, sheaf_file *const *files, size_t count,
                            const sheaf_query *query, const sheaf_kwic_options *options,
                            sheaf_error *error);
void sheaf_kwic_clear(sheaf_kwic *kwic);

#endif
