/* sink.h - where an exporter's bytes go: standard output, a file, or memory.
 *
 * A file is written under a temporary name beside its own and takes its name
 * when it is closed, so that nobody ever sees half of it. Failures stick: after
 * the first, nothing more is written and each call tells it again. */
#ifndef SHEAF_SCRIPT_SINK_H
#define SHEAF_SCRIPT_SINK_H

#include "base/buffer.h"

typedef struct sheaf_sink {
    sheaf_buffer buffer;
    size_t limit; /* memory sinks: most bytes */
    int fd;       /* -1: memory, or closed */
    bool memory;
    char *path; /* final name, or NULL */
    char *temporary;
    struct sheaf_database *database; /* what an exporter fills with SQL, or NULL */
    struct sheaf_bundle *bundle;     /* the files of an output of several, or NULL */
    sheaf_error error;               /* status SHEAF_OK until something fails */
} sheaf_sink;

/* path NULL or "-": standard output. One that ends in '/' or is a folder takes files
 * of sheaf_sink_file only. */
sheaf_status sheaf_sink_open(sheaf_sink *sink, const char *path, sheaf_error *error);
void sheaf_sink_open_memory(sheaf_sink *sink, size_t limit);

/* Append to sink->buffer as you like, then settle: full buffers are written.
 * "closed" is the message when the reader of a pipe has gone. */
sheaf_status sheaf_sink_settle(sheaf_sink *sink);
sheaf_status sheaf_sink_flush(sheaf_sink *sink);

/* Adds a file to an output of several: to a folder, a listing in memory, or else a
 * ZIP. Nothing else may be written to it then. */
sheaf_status sheaf_sink_file(sheaf_sink *sink, sheaf_slice name, sheaf_slice bytes);

/* Makes a file durable and gives it its name; on failure it is discarded. */
sheaf_status sheaf_sink_close(sheaf_sink *sink);

/* Closes and removes what was written to a file. Twice is no harm. */
void sheaf_sink_discard(sheaf_sink *sink);

#endif
