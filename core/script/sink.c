/* sink.c - buffered output that appears whole or not at all. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "script/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "script/bundle.h"
#include "script/database.h"

enum { FLUSH_AT = 64 << 10, NAME_TRIES = 100 };

static char *format_path(const char *path, const char *middle, long number) {
    size_t room = strlen(path) + strlen(middle) + 32;
    char *out = sheaf_malloc(room);
    if (out)
        snprintf(out, room, "%s%s%ld", path, middle, number);
    return out;
}

/* A new file beside path, made only if nobody has it. */
static sheaf_status open_temporary(sheaf_sink *sink, sheaf_error *error) {
    for (long i = 0; i < NAME_TRIES; i++) {
        sink->temporary = format_path(sink->path, ".partial-", (long)getpid() * NAME_TRIES + i);
        if (!sink->temporary)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        sink->fd = open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->fd >= 0)
            return SHEAF_OK;
        sheaf_free(sink->temporary);
        sink->temporary = NULL;
        if (errno != EEXIST)
            break;
    }
    return sheaf_fail_errno(error, "cannot write", sink->path);
}

/* Text must not be written over a sheaf: by its ending, or by its first bytes. */
static bool is_sheaf(const char *path) {
    static const char mimetype[] = "application/vnd.sheaf+zip";
    enum { MIMETYPE_AT = 38 }; /* behind the header of the first entry of the zip */
    char head[MIMETYPE_AT + sizeof mimetype - 1] = {0};
    size_t size = strlen(path);
    if (size >= 6 && strcmp(path + size - 6, ".sheaf") == 0)
        return true;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, head, sizeof head);
    close(fd);
    return got == (ssize_t)sizeof head &&
           memcmp(head + MIMETYPE_AT, mimetype, sizeof mimetype - 1) == 0;
}

/* Links are followed, so that they stay; devices and pipes are written straight. */
static sheaf_status open_file(sheaf_sink *sink, const char *path, sheaf_error *error) {
    struct stat info;
    char *real = realpath(path, NULL);
    const char *target = real ? real : path;
    bool special = stat(target, &info) == 0 && !S_ISREG(info.st_mode);
    size_t size = strlen(target) + 1;
    sink->path = sheaf_malloc(size);
    if (sink->path)
        memcpy(sink->path, target, size);
    free(real);
    if (!sink->path)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!special && is_sheaf(sink->path))
        return sheaf_fail(error, SHEAF_EXISTS,
                          "%s: text is not written over a sheaf, nor under its ending", path);
    if (!special)
        return open_temporary(sink, error);
    sink->fd = open(sink->path, O_WRONLY | O_CLOEXEC);
    return sink->fd >= 0 ? SHEAF_OK : sheaf_fail_errno(error, "cannot write", path);
}

sheaf_status sheaf_sink_open(sheaf_sink *sink, const char *path, sheaf_error *error) {
    memset(sink, 0, sizeof *sink);
    sink->fd = STDOUT_FILENO;
    if (!path || strcmp(path, "-") == 0)
        return SHEAF_OK;
    sink->fd = -1;
    sheaf_status status = sheaf_bundle_wants_folder(path)
                              ? sheaf_bundle_folder(&sink->bundle, path, error)
                              : open_file(sink, path, error);
    if (status != SHEAF_OK)
        sheaf_sink_discard(sink);
    return status;
}

void sheaf_sink_open_memory(sheaf_sink *sink, size_t limit) {
    memset(sink, 0, sizeof *sink);
    sink->fd = -1;
    sink->memory = true;
    sink->limit = limit;
}

static sheaf_status fail_writing(sheaf_sink *sink) {
    if (errno == EPIPE)
        return sheaf_fail(&sink->error, SHEAF_IO, "closed");
    return sheaf_fail_errno(&sink->error, "cannot write",
                            sink->path ? sink->path : "standard output");
}

/* Bytes of ours in the file of a database would destroy it. */
static bool is_database(const sheaf_sink *sink) {
    return sink->database && sheaf_database_has_file(sink->database);
}

sheaf_status sheaf_sink_flush(sheaf_sink *sink) {
    size_t done = 0;
    if (sink->error.status != SHEAF_OK || sink->memory)
        return sink->error.status;
    if (sink->buffer.size && is_database(sink))
        return sheaf_fail(&sink->error, SHEAF_MISUSE, "the output is a database: no text follows");
    while (done < sink->buffer.size && sink->error.status == SHEAF_OK) {
        ssize_t wrote = write(sink->fd, sink->buffer.data + done, sink->buffer.size - done);
        if (wrote >= 0)
            done += (size_t)wrote;
        else if (errno != EINTR)
            fail_writing(sink);
    }
    sheaf_buffer_reset(&sink->buffer);
    return sink->error.status;
}

sheaf_status sheaf_sink_settle(sheaf_sink *sink) {
    if (sink->error.status != SHEAF_OK)
        return sink->error.status;
    if (!sink->memory && sink->fd < 0 && !sink->bundle)
        return sheaf_fail(&sink->error, SHEAF_MISUSE, "the output is closed already");
    if (sink->buffer.failed)
        return sheaf_fail(&sink->error, SHEAF_NO_MEMORY, "out of memory");
    if (sink->memory && sink->buffer.size > sink->limit)
        return sheaf_fail(&sink->error, SHEAF_LIMIT, "the output is longer than %zu bytes",
                          sink->limit);
    return sink->buffer.size >= FLUSH_AT ? sheaf_sink_flush(sink) : SHEAF_OK;
}

sheaf_status sheaf_sink_file(sheaf_sink *sink, sheaf_slice name, sheaf_slice bytes) {
    sheaf_status status = sheaf_sink_settle(sink);
    if (status)
        return status;
    if (!sink->bundle)
        sink->bundle = sink->memory ? sheaf_bundle_listing() : sheaf_bundle_zip();
    if (!sink->bundle)
        return sheaf_fail(&sink->error, SHEAF_NO_MEMORY, "out of memory");
    status = sheaf_bundle_add(sink->bundle, &sink->buffer, name, bytes, &sink->error);
    return status ? status : sheaf_sink_settle(sink);
}

static sheaf_status sync_folder(sheaf_sink *sink) {
    char *slash = strrchr(sink->path, '/');
    size_t size = slash ? (size_t)(slash - sink->path) : 0;
    char *folder = sheaf_malloc(size + 2);
    if (!folder)
        return sheaf_fail(&sink->error, SHEAF_NO_MEMORY, "out of memory");
    memcpy(folder, sink->path, size);
    memcpy(folder + size, size || slash ? "/" : ".", 2);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    sheaf_free(folder);
    if (fd < 0)
        return SHEAF_OK; /* written all the same: folders that we may not read */
    fsync(fd);
    close(fd);
    return SHEAF_OK;
}

/* Written through and under its own name; devices and pipes need neither. */
static sheaf_status publish(sheaf_sink *sink) {
    if (!sink->temporary)
        return SHEAF_OK;
    if (fsync(sink->fd) != 0 || rename(sink->temporary, sink->path) != 0)
        return fail_writing(sink);
    sheaf_free(sink->temporary);
    sink->temporary = NULL;
    return sync_folder(sink);
}

/* The end of the transaction, which a script needs in words. */
static void finish_database(sheaf_sink *sink) {
    if (is_database(sink))
        sheaf_database_finish(sink->database, &sink->error);
    else if (!sink->memory)
        sheaf_buffer_add(&sink->buffer, SLICE("COMMIT;\n"));
    sheaf_database_free(sink->database);
    sink->database = NULL;
}

sheaf_status sheaf_sink_close(sheaf_sink *sink) {
    sheaf_status status = sheaf_sink_flush(sink);
    if (sink->database && status == SHEAF_OK) {
        finish_database(sink);
        status = sheaf_sink_flush(sink);
    }
    if (sink->bundle && status == SHEAF_OK) {
        sheaf_bundle_finish(sink->bundle, &sink->buffer, &sink->error);
        status = sheaf_sink_flush(sink);
    }
    if (sink->memory || (sink->fd < 0 && !sink->bundle))
        return status;
    if (status == SHEAF_OK)
        status = publish(sink);
    sheaf_sink_discard(sink);
    return status;
}

void sheaf_sink_discard(sheaf_sink *sink) {
    if (sink->fd > STDERR_FILENO)
        close(sink->fd);
    if (sink->temporary)
        unlink(sink->temporary);
    sheaf_free(sink->temporary);
    sheaf_free(sink->path);
    sink->path = sink->temporary = NULL;
    sink->fd = -1;
    sheaf_buffer_clear(&sink->buffer);
    sheaf_database_free(sink->database);
    sheaf_bundle_free(sink->bundle);
    sink->database = NULL;
    sink->bundle = NULL;
}
