/* reader.h - what a kind of input must be able to do.
 *
 * A reader bids on the name and the first bytes of an input; the highest bid
 * opens it. It then gives, one at a time, either an article or a child input
 * (an entry, a file of a folder), on which everybody bids anew. To add a kind:
 * one file, one sheaf_reader, one line in registry.c. */
#ifndef SHEAF_READ_READER_H
#define SHEAF_READ_READER_H

#include "article/article.h"
#include "read/input.h"

/* Bytes that bidders may look at. */
enum { SHEAF_BID_BYTES = 40 << 10 };

/* Who is told of what is passed over. */
typedef struct sheaf_reporter {
    sheaf_reject_fn reject; /* or NULL */
    void *context;
    sheaf_pass_fn pass; /* or NULL */
    void *pass_context;
    struct sheaf_seen *seen; /* records of all crawls of the pile: warc_seen.h; or NULL */
} sheaf_reporter;

/* where is "", ":line" or "!entry", put behind the place of input. An input that was
 * doubtful from the beginning (see sheaf_input_about) is counted instead. */
void sheaf_report(sheaf_reporter *reporter, const sheaf_input *input, const char *where,
                  sheaf_status status, const char *reason);

/* Counts what is no article and was never meant to be one; what names the kind, in
 * static words: "pictures, scripts and styles". */
void sheaf_report_passed(sheaf_reporter *reporter, const char *what, uint64_t count);

typedef struct sheaf_reader {
    const char *name;
    bool nests; /* gives children rather than articles of its own kind */
    /* 0: not mine; 100: surely mine. */
    int (*bid)(const sheaf_input *input, sheaf_slice head);
    sheaf_status (*open)(void **state, sheaf_input *input, sheaf_reporter *reporter,
                         sheaf_error *error);
    /* Fills article (already reset), or sets *child. SHEAF_END after the last.
     * Another status ends this input; the pile tells it and goes on. */
    sheaf_status (*next)(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error);
    void (*close)(void *state);
    /* Both or neither. mark appends a few words on where next will go on, in the
     * child that was given last or behind the last article; resume, right after
     * open, goes there: a reader of children gives that child again. A reader
     * of articles alone may do without: it is asked for as many again, and they are
     * dropped. */
    void (*mark)(const void *state, sheaf_buffer *out);
    sheaf_status (*resume)(void *state, sheaf_slice mark, sheaf_error *error);
    /* Instead of all from open on: the one article of a document that is read whole.
     * bytes are those of input, of which nothing but names and what is known about
     * it may be asked. Several threads do it at once, each with a *kept of its own,
     * which starts as NULL and is freed by drop. */
    sheaf_status (*read)(void **kept, sheaf_article *article, const sheaf_input *input,
                         sheaf_slice bytes, sheaf_error *error);
    void (*drop)(void *kept);
} sheaf_reader;

extern const sheaf_reader sheaf_folder_reader;
extern const sheaf_reader sheaf_archive_reader;
extern const sheaf_reader sheaf_json_reader;
extern const sheaf_reader sheaf_page_reader;
extern const sheaf_reader sheaf_dump_reader;
extern const sheaf_reader sheaf_warc_reader;

/* For resume: takes a number and the separator behind it off a mark. */
bool sheaf_mark_number(sheaf_slice *mark, uint64_t *number);

/* The pile is not what it was when the mark was made. */
sheaf_status sheaf_mark_stale(sheaf_error *error, sheaf_slice wanted);

/* The best bidder, or NULL when nobody wants it. */
const sheaf_reader *sheaf_reader_for(const sheaf_input *input, sheaf_slice head);

/* By name, or NULL. */
const sheaf_reader *sheaf_reader_named(const char *name);

#endif
