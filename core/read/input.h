/* input.h - one thing of a pile that has bytes: a file, standard input, or an
 * entry of an archive, behind one way to peek and read.
 *
 * Bytes come in blocks that are lent until the next call. Peeked bytes are
 * read again. An input owns its names; whoever opened it closes it. */
#ifndef SHEAF_READ_INPUT_H
#define SHEAF_READ_INPUT_H

#include "base/buffer.h"
#include "base/limits.h"

/* What one file of the pile has cost so far, shared by all that is nested in
 * it: the measure for archive bombs. */
typedef struct sheaf_cost {
    uint64_t packed;   /* bytes read from the file itself */
    uint64_t unpacked; /* bytes that archives in it have given */
} sheaf_cost;

/* What a crawl knows of a document before anybody has read it; what is not
 * known is empty. */
typedef struct sheaf_input_about {
    sheaf_slice url;
    sheaf_slice retrieved;        /* EDTF */
    sheaf_slice content_type;     /* HTTP, as it stands */
    sheaf_slice content_language; /* HTTP, as it stands */
    sheaf_slice last_modified;    /* HTTP, as it stands */
    sheaf_slice record_id;
    sheaf_slice digest; /* of the record, as it stands: "sha1:…" */
    sheaf_slice note;   /* what is wrong with it: "cut off by the crawler: length" */
    sheaf_slice crawl;  /* the entry of the pile's file in which the record stands */
    uint64_t from;      /* the bytes of that in which the record stands */
    uint64_t to;
    bool digest_ok;    /* checked, and right */
    bool digest_wrong; /* checked, and wrong */
    const char *doubt; /* NULL: surely a document. Else static words to count it by
                          ("JSON without an article") when nobody can read it */
} sheaf_input_about;

typedef struct sheaf_input sheaf_input;

struct sheaf_input {
    char *file;  /* path as the user would write it; "-" is standard input */
    char *entry; /* path within archives, "" for none; nested ones joined by '!' */
    char *name;  /* the last name, for bids: "x.jsonl" also for x.jsonl.zst */
    bool folder;
    unsigned depth; /* archives around it */
    sheaf_cost *cost;
    const sheaf_limits *limits;

    int fd; /* -1: not from a descriptor */
    /* Lends the next block; size 0 at the end. NULL for folders. */
    sheaf_status (*pull)(sheaf_input *input, sheaf_slice *block, sheaf_error *error);
    void *source;                         /* for pull */
    sheaf_slice memory;                   /* what is left of bytes in memory */
    bool lent;                            /* all there is stands in memory: see sheaf_input_lend */
    const sheaf_input_about *about;       /* NULL when nothing is known; children inherit it */
    const struct sheaf_page_rules *rules; /* of web sites, or NULL; children inherit them */
    sheaf_buffer peeked;
    sheaf_buffer scratch; /* for descriptors and whole */
    size_t peek_at;       /* bytes of peeked that were read */
};

/* Opens a path; "-" is standard input. *cost starts anew. */
sheaf_status sheaf_input_open(sheaf_input **out, const char *path, sheaf_cost *cost,
                              const sheaf_limits *limits, sheaf_error *error);

/* Bytes in memory under a name, for tests and fuzzers; they must outlive it. */
sheaf_input *sheaf_input_memory(const char *name, sheaf_slice bytes, sheaf_cost *cost,
                                const sheaf_limits *limits);

/* A child of parent, called entry, with bytes from pull(source). It must be
 * closed before the parent moves on. */
sheaf_input *sheaf_input_child(sheaf_input *parent, const char *entry, const char *name);

/* Gives a child bytes that its parent keeps until it moves on; they are peeked
 * and read without copying. */
void sheaf_input_lend(sheaf_input *input, sheaf_slice bytes);

/* Keeps a copy of about, with all that it views. False when memory is out. */
bool sheaf_input_describe(sheaf_input *input, const sheaf_input_about *about);

/* Counts bytes that were unpacked out of input. SHEAF_LIMIT when the file of the
 * pile has given more than it may. */
sheaf_status sheaf_input_charge(const sheaf_input *input, size_t unpacked, sheaf_error *error);

void sheaf_input_close(sheaf_input *input);

/* Views the next bytes, at least size of them unless the input ends sooner. */
sheaf_status sheaf_input_peek(sheaf_input *input, size_t size, sheaf_slice *head,
                              sheaf_error *error);

/* Lends the next block; size 0 at the end. */
sheaf_status sheaf_input_read(sheaf_input *input, sheaf_slice *block, sheaf_error *error);

/* Passes over the first size bytes, of which none was read yet. Seeks where that
 * is possible. */
sheaf_status sheaf_input_skip(sheaf_input *input, uint64_t size, sheaf_error *error);

/* Lends all that is left. SHEAF_LIMIT when that is more than limit bytes. */
sheaf_status sheaf_input_whole(sheaf_input *input, size_t limit, sheaf_slice *bytes,
                               sheaf_error *error);

/* Makes bytes, all of input's, its own, so that it can outlive its parent and what
 * was lent to it. Nothing can be read from it any more. */
sheaf_status sheaf_input_detach(sheaf_input *input, sheaf_slice *bytes, sheaf_error *error);

/* Makes input->fd a descriptor that can seek, at its start: copies to an
 * unnamed temporary file where it is not one yet. */
sheaf_status sheaf_input_seekable(sheaf_input *input, sheaf_error *error);

/* "file!entry", or "file". Static per thread until the next call. */
const char *sheaf_input_place(const sheaf_input *input);

#endif
