/* input.c - descriptors and archive entries as one stream of blocks. */
#include "read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

enum { BLOCK = 256 << 10 };

static char *duplicate(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = sheaf_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static sheaf_input *new_input(const char *file, const char *entry, const char *name) {
    sheaf_input *input = sheaf_calloc(1, sizeof *input);
    if (!input)
        return NULL;
    input->fd = -1;
    input->file = duplicate(file);
    input->entry = duplicate(entry);
    input->name = duplicate(name);
    if (input->file && input->entry && input->name)
        return input;
    sheaf_input_close(input);
    return NULL;
}

void sheaf_input_close(sheaf_input *input) {
    if (!input)
        return;
    if (input->fd > STDERR_FILENO)
        close(input->fd);
    sheaf_buffer_clear(&input->peeked);
    sheaf_buffer_clear(&input->scratch);
    sheaf_free(input->file);
    sheaf_free(input->entry);
    sheaf_free(input->name);
    sheaf_free((void *)input->about);
    sheaf_free(input);
}

static void move_slice(char **to, sheaf_slice *slice) {
    if (slice->size)
        memcpy(*to, slice->data, slice->size);
    slice->data = *to;
    *to += slice->size;
}

/* One block: the struct, and the bytes behind it. */
bool sheaf_input_describe(sheaf_input *input, const sheaf_input_about *about) {
    size_t size = about->url.size + about->retrieved.size + about->content_type.size +
                  about->content_language.size + about->last_modified.size + about->record_id.size +
                  about->digest.size + about->note.size + about->crawl.size;
    sheaf_input_about *copy = sheaf_malloc(sizeof *copy + size);
    if (!copy)
        return false;
    *copy = *about;
    char *to = (char *)(copy + 1);
    sheaf_slice *const slices[] = {
        &copy->url,           &copy->retrieved, &copy->content_type, &copy->content_language,
        &copy->last_modified, &copy->record_id, &copy->digest,       &copy->note,
        &copy->crawl};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        move_slice(&to, slices[i]);
    sheaf_free((void *)input->about);
    input->about = copy;
    return true;
}

const char *sheaf_input_place(const sheaf_input *input) {
    static _Thread_local char place[1024];
    const char *file = strcmp(input->file, "-") == 0 ? "standard input" : input->file;
    snprintf(place, sizeof place, "%s%s%s", file, *input->entry ? "!" : "", input->entry);
    return place;
}

static sheaf_status pull_descriptor(sheaf_input *input, sheaf_slice *block, sheaf_error *error) {
    sheaf_buffer_reset(&input->scratch);
    if (!sheaf_buffer_reserve(&input->scratch, BLOCK))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    ssize_t got;
    do
        got = read(input->fd, input->scratch.data, BLOCK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return sheaf_fail(error, SHEAF_IO, "cannot read: %s", strerror(errno));
    if (input->depth == 0)
        input->cost->packed += (uint64_t)got;
    *block = (sheaf_slice){input->scratch.data, (size_t)got};
    return SHEAF_OK;
}

/* Whoever tells of it names the place. */
static sheaf_status cannot_open(sheaf_error *error) {
    sheaf_status status = errno == ENOENT ? SHEAF_MISSING : SHEAF_IO;
    return sheaf_fail(error, status, "cannot open: %s", strerror(errno));
}

/* Opens without waiting: a FIFO in a folder must not stop the walk. */
static sheaf_status open_path(sheaf_input *input, const char *path, sheaf_error *error) {
    struct stat about;
    if (strcmp(path, "-") == 0) {
        input->fd = STDIN_FILENO;
        return SHEAF_OK;
    }
    if (stat(path, &about) != 0)
        return cannot_open(error);
    input->folder = S_ISDIR(about.st_mode);
    if (!input->folder && !S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode) &&
        !S_ISCHR(about.st_mode))
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "neither a file nor a folder");
    if (!input->folder && (input->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return cannot_open(error);
    return SHEAF_OK;
}

sheaf_status sheaf_input_open(sheaf_input **out, const char *path, sheaf_cost *cost,
                              const sheaf_limits *limits, sheaf_error *error) {
    sheaf_input *input = new_input(path, "", last_name(path));
    if (!input)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = open_path(input, path, error);
    if (status) {
        sheaf_input_close(input);
        return status;
    }
    *cost = (sheaf_cost){0};
    input->cost = cost;
    input->limits = limits;
    input->pull = input->folder ? NULL : pull_descriptor;
    *out = input;
    return SHEAF_OK;
}

/* In blocks of a page, so that readers meet their seams in small inputs too. */
static sheaf_status pull_memory(sheaf_input *input, sheaf_slice *block, sheaf_error *error) {
    (void)error;
    *block = sheaf_slice_part(input->memory, 0, 4096);
    input->memory = sheaf_slice_part(input->memory, block->size, input->memory.size);
    return SHEAF_OK;
}

/* All at once. */
static sheaf_status pull_lent(sheaf_input *input, sheaf_slice *block, sheaf_error *error) {
    (void)error;
    *block = input->memory;
    input->memory = (sheaf_slice){0};
    return SHEAF_OK;
}

void sheaf_input_lend(sheaf_input *input, sheaf_slice bytes) {
    input->memory = bytes;
    input->lent = true;
    input->pull = pull_lent;
}

sheaf_input *sheaf_input_memory(const char *name, sheaf_slice bytes, sheaf_cost *cost,
                                const sheaf_limits *limits) {
    sheaf_input *input = new_input(name, "", name);
    if (!input)
        return NULL;
    *cost = (sheaf_cost){.packed = bytes.size};
    input->cost = cost;
    input->limits = limits;
    input->memory = bytes;
    input->pull = pull_memory;
    return input;
}

sheaf_input *sheaf_input_child(sheaf_input *parent, const char *entry, const char *name) {
    sheaf_buffer path = {0};
    sheaf_buffer_printf(&path, "%s%s%s", parent->entry, *parent->entry && *entry ? "!" : "", entry);
    sheaf_buffer_char(&path, '\0');
    sheaf_input *input = path.failed ? NULL : new_input(parent->file, path.data, name);
    sheaf_buffer_clear(&path);
    if (!input)
        return NULL;
    input->depth = parent->depth + 1;
    input->cost = parent->cost;
    input->limits = parent->limits;
    input->rules = parent->rules;
    if (!parent->about || sheaf_input_describe(input, parent->about))
        return input;
    sheaf_input_close(input);
    return NULL;
}

sheaf_status sheaf_input_charge(const sheaf_input *input, size_t unpacked, sheaf_error *error) {
    const sheaf_limits *limits = input->limits;
    sheaf_cost *cost = input->cost;
    cost->unpacked += unpacked;
    if (cost->unpacked > limits->archive_bytes)
        return sheaf_fail(error, SHEAF_LIMIT, "unpacks to more than %llu GiB",
                          (unsigned long long)(limits->archive_bytes >> 30));
    if (cost->unpacked > limits->archive_ratio_from &&
        cost->unpacked / limits->archive_ratio > cost->packed)
        return sheaf_fail(error, SHEAF_LIMIT,
                          "unpacks to more than %llu times its size: an archive bomb?",
                          (unsigned long long)limits->archive_ratio);
    return SHEAF_OK;
}

sheaf_status sheaf_input_peek(sheaf_input *input, size_t size, sheaf_slice *head,
                              sheaf_error *error) {
    if (input->lent) {
        *head = input->memory;
        return SHEAF_OK;
    }
    while (input->peeked.size - input->peek_at < size) {
        sheaf_slice block;
        sheaf_status status = input->pull(input, &block, error);
        if (status)
            return status;
        if (block.size == 0)
            break;
        sheaf_buffer_add(&input->peeked, block);
        if (input->peeked.failed)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    *head = sheaf_slice_part(sheaf_buffer_view(&input->peeked), input->peek_at, input->peeked.size);
    return SHEAF_OK;
}

sheaf_status sheaf_input_read(sheaf_input *input, sheaf_slice *block, sheaf_error *error) {
    if (input->peek_at < input->peeked.size) {
        *block =
            sheaf_slice_part(sheaf_buffer_view(&input->peeked), input->peek_at, input->peeked.size);
        input->peek_at = input->peeked.size;
        return SHEAF_OK;
    }
    return input->pull(input, block, error);
}

/* True when the descriptor stands at offset now and nothing is peeked. */
static bool seek_to(sheaf_input *input, uint64_t offset) {
    if (input->fd < 0 || offset > INT64_MAX || lseek(input->fd, (off_t)offset, SEEK_SET) < 0)
        return false;
    sheaf_buffer_reset(&input->peeked);
    input->peek_at = 0;
    return true;
}

sheaf_status sheaf_input_skip(sheaf_input *input, uint64_t size, sheaf_error *error) {
    sheaf_slice block;
    if (seek_to(input, size))
        return SHEAF_OK;
    while (size > 0) {
        sheaf_status status = sheaf_input_read(input, &block, error);
        if (status)
            return status;
        if (block.size == 0)
            return sheaf_fail(error, SHEAF_BAD_INPUT, "it has become shorter");
        if (block.size > size && input->lent) {
            input->memory = sheaf_slice_part(block, (size_t)size, block.size);
            return SHEAF_OK;
        }
        if (block.size > size) {
            /* What is left of the block is lent again. */
            sheaf_buffer rest = {0};
            sheaf_buffer_append(&rest, block.data + size, block.size - (size_t)size);
            sheaf_buffer_clear(&input->peeked);
            input->peeked = rest;
            input->peek_at = 0;
            return rest.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
        }
        size -= block.size;
    }
    return SHEAF_OK;
}

sheaf_status sheaf_input_whole(sheaf_input *input, size_t limit, sheaf_slice *bytes,
                               sheaf_error *error) {
    sheaf_status status =
        sheaf_input_peek(input, limit < SIZE_MAX ? limit + 1 : limit, bytes, error);
    if (status)
        return status;
    if (bytes->size > limit)
        return sheaf_fail(error, SHEAF_LIMIT, "larger than %zu MiB, the limit for one document",
                          limit >> 20);
    input->peek_at = input->peeked.size;
    if (input->lent)
        input->memory = (sheaf_slice){0};
    return SHEAF_OK;
}

sheaf_status sheaf_input_detach(sheaf_input *input, sheaf_slice *bytes, sheaf_error *error) {
    const char *own = input->peeked.data;
    if (!own || bytes->data < own || bytes->data > own + input->peeked.size) {
        sheaf_buffer_reset(&input->peeked);
        sheaf_buffer_add(&input->peeked, *bytes);
        if (input->peeked.failed)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        *bytes = sheaf_buffer_view(&input->peeked);
    }
    input->pull = NULL;
    input->source = NULL;
    return SHEAF_OK;
}

static sheaf_status write_all(int fd, sheaf_slice bytes, sheaf_error *error) {
    while (bytes.size) {
        ssize_t wrote = write(fd, bytes.data, bytes.size);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return sheaf_fail(error, SHEAF_IO, "cannot write a temporary copy: %s",
                              strerror(errno));
        bytes = sheaf_slice_part(bytes, (size_t)wrote, bytes.size);
    }
    return SHEAF_OK;
}

static int unnamed_file(void) {
    const char *folder = getenv("TMPDIR");
    char path[512];
    if (snprintf(path, sizeof path, "%s/sheaf-XXXXXX", folder && *folder ? folder : "/tmp") >=
        (int)sizeof path)
        return -1;
    int fd = mkstemp(path);
    if (fd >= 0)
        unlink(path);
    return fd;
}

sheaf_status sheaf_input_seekable(sheaf_input *input, sheaf_error *error) {
    sheaf_slice block;
    sheaf_status status = SHEAF_OK;
    if (input->fd >= 0 && lseek(input->fd, 0, SEEK_SET) == 0) {
        sheaf_buffer_reset(&input->peeked);
        input->peek_at = 0;
        return SHEAF_OK;
    }
    int fd = unnamed_file();
    if (fd < 0)
        return sheaf_fail(error, SHEAF_IO, "cannot make a temporary file: %s", strerror(errno));
    while (!status) {
        status = sheaf_input_read(input, &block, error);
        if (!status && block.size == 0)
            break;
        if (!status)
            status = write_all(fd, block, error);
    }
    if (!status && lseek(fd, 0, SEEK_SET) != 0)
        status = sheaf_fail(error, SHEAF_IO, "cannot seek: %s", strerror(errno));
    if (status) {
        close(fd);
        return status;
    }
    input->fd = fd;
    input->lent = false;
    input->pull = pull_descriptor;
    return SHEAF_OK;
}
