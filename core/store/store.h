/* store.h - what the command line and bindings need beyond sheaf.h.
 *
 * Rows of the catalog, scans, info, verify, and options of writers. */
#ifndef SHEAF_STORE_STORE_H
#define SHEAF_STORE_STORE_H

#include "base/buffer.h"

/* ---- reading ------------------------------------------------------------------ */

/* Articles are dropped by a tombstone and keep their ordinal until the sheaf is
 * compacted: sheaf_file_count counts ordinals, sheaf_file_live what is left.
 * Rows, ids and scans pass over what was dropped. */
uint64_t sheaf_file_live(const sheaf_file *file);
bool sheaf_file_dropped(const sheaf_file *file, uint64_t ordinal);

/* What the catalog knows of one article. Empty slices: not known. */
typedef struct sheaf_row_columns {
    uint64_t ordinal;
    sheaf_slice id;
    sheaf_slice url;
    sheaf_slice site;
    sheaf_slice headline;
    sheaf_slice publisher;
    sheaf_slice published; /* EDTF */
    sheaf_slice language;
    uint64_t words; /* in its text */
    uint64_t bytes; /* of its row of JSON */
} sheaf_row_columns;

/* Reads a row of the catalog; no article is unpacked. The slices are good until
 * the next call for this file. SHEAF_MISSING beyond the last ordinal. */
sheaf_status sheaf_file_row(sheaf_file *file, uint64_t ordinal, sheaf_row_columns *columns,
                            sheaf_error *error);

/* Finds the ordinal of the article with this URL, as it stands in the catalog.
 * SHEAF_MISSING when there is none, SHEAF_MISUSE when there are several. */
sheaf_status sheaf_file_find_url(sheaf_file *file, uint64_t *ordinal, sheaf_slice url,
                                 sheaf_error *error);

/* Views the row of JSON of one article, without a newline, until the next call
 * of this or sheaf_file_read for this file. */
sheaf_status sheaf_file_json(sheaf_file *file, uint64_t ordinal, sheaf_slice *json,
                             sheaf_error *error);

/* Walks articles [from, to) in order of ordinals; each frame is unpacked once.
 * Several scans of one file may run in threads of their own, as long as file
 * stays open; the file must not be used itself by two threads at once. */
typedef struct sheaf_scan sheaf_scan;
sheaf_status sheaf_scan_open(sheaf_scan **out, const sheaf_file *file, uint64_t from, uint64_t to,
                             sheaf_error *error);
/* json is good until the next call. SHEAF_END after the last. After an error the
 * next call goes on with the next article. */
sheaf_status sheaf_scan_next(sheaf_scan *scan, uint64_t *ordinal, sheaf_slice *json,
                             sheaf_error *error);
/* Sets out anew over [from, to), with the same memory. */
void sheaf_scan_move(sheaf_scan *scan, uint64_t from, uint64_t to);
void sheaf_scan_close(sheaf_scan *scan);

/* What there is to tell about a file; slices live as long as the file. */
typedef struct sheaf_about {
    sheaf_slice path;
    uint64_t articles; /* dropped ones not counted */
    uint64_t dropped;
    uint64_t commits;
    uint64_t entries;       /* that are live */
    uint64_t segments;      /* catalogs */
    uint64_t bytes;         /* of the file up to its last commit */
    uint64_t dead_bytes;    /* of those: what is listed no more, old directories, and the
                               share of the frames that dropped articles have */
    uint64_t torn;          /* bytes behind it */
    bool rebuilt;           /* no commit is whole: made from the headers of entries */
    bool writing;           /* and a writer is at work on them */
    uint64_t row_bytes;     /* of all rows, unpacked */
    uint64_t article_bytes; /* of the articles/ entries */
    uint64_t catalog_bytes; /* of the meta/ entries */
    uint64_t index_bytes;   /* of the index/ entries */
    sheaf_slice created;    /* of the last commit, EDTF; often not told */
    sheaf_slice tool;
    sheaf_slice plan;
    sheaf_slice sha256; /* of the last manifest: names this state of the sheaf */
} sheaf_about;
sheaf_status sheaf_file_about(sheaf_file *file, sheaf_about *about, sheaf_error *error);

/* Reads every byte and checks it. problem is called once for each thing that is
 * wrong (NULL is allowed); progress, when not NULL, now and then with how many
 * bytes of how many are done. SHEAF_OK: nothing is wrong. SHEAF_CORRUPT:
 * something is, and error holds the first. Others: it could not be found out. */
typedef struct sheaf_verify_options {
    void (*problem)(void *context, const char *sentence);
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    unsigned threads; /* both functions are called in the caller's alone */
} sheaf_verify_options;
sheaf_status sheaf_file_verify(sheaf_file *file, const sheaf_verify_options *options,
                               sheaf_error *error);

/* Appends the source bytes whose SHA-256 is sha256 (in hexadecimal) to out.
 * SHEAF_MISSING when they were not kept. */
sheaf_status sheaf_file_original(const sheaf_file *file, sheaf_slice sha256, sheaf_buffer *out,
                                 sheaf_error *error);

/* ---- writing ------------------------------------------------------------------- */

enum { SHEAF_CREATED_NOW = -1 };

/* {0} gives the defaults. */
typedef struct sheaf_writer_options {
    int level;          /* of zstd, 1 to 19; 0: 10 */
    size_t frame_bytes; /* 0: 320 KiB; at most 8 MiB */
    unsigned threads;   /* that compress, the caller's among them; 0: one a processor */
    int64_t created;    /* seconds since 1970 for the manifest, or SHEAF_CREATED_NOW. 0:
                           SOURCE_DATE_EPOCH when that is set, else no time is noted, so that
                           the same articles give the same bytes */
    const char *tool;   /* NULL: "sheaf " SHEAF_VERSION */
    const char *plan;   /* how the articles were made, for the manifest; or NULL */
    bool originals;     /* keep the source bytes of articles that have them at hand */
    bool hold;          /* a new file stays "path.partial", with all its commits, until
                           sheaf_writer_publish, and can be resumed from there */
    unsigned wait;      /* how many seconds to wait for another writer to be done */
} sheaf_writer_options;

typedef enum sheaf_writer_mode {
    SHEAF_WRITER_CREATE, /* as sheaf_writer_create */
    SHEAF_WRITER_APPEND, /* as sheaf_writer_append */
    SHEAF_WRITER_RESUME  /* goes on with "path.partial", which must have a commit */
} sheaf_writer_mode;

/* options may be NULL. */
sheaf_status sheaf_writer_open(sheaf_writer **out, const char *path, sheaf_writer_mode mode,
                               const sheaf_writer_options *options, sheaf_error *error);

/* The plan that the next commit notes. */
sheaf_status sheaf_writer_plan(sheaf_writer *writer, const char *plan, sheaf_error *error);

/* Gives a file that was held back its own name. */
sheaf_status sheaf_writer_publish(sheaf_writer *writer, sheaf_error *error);

/* Counts since the writer was opened. */
typedef struct sheaf_writer_counts {
    uint64_t articles;  /* added; all of them are in the sheaf after a commit */
    uint64_t existed;   /* refused because their id was there */
    uint64_t row_bytes; /* of the rows added */
    uint64_t written;   /* bytes that the file grew by, until now */
    uint64_t commits;
    uint64_t torn; /* bytes of a torn tail that were cut at opening */
} sheaf_writer_counts;
void sheaf_writer_counts_get(const sheaf_writer *writer, sheaf_writer_counts *counts);

#endif
