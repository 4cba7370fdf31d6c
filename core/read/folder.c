/* folder.c - the files of a folder, in the order of their names' bytes.
 *
 * Links are not followed: a folder that was unpacked from somewhere may hold
 * links to anywhere. They are told, like everything that is passed over. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/reader.h"

typedef struct folder {
    sheaf_input *input;
    sheaf_reporter *reporter;
    char **names;
    size_t count;
    size_t capacity;
    size_t at;
} folder;

static int bid(const sheaf_input *input, sheaf_slice head) {
    (void)head;
    return input->folder ? 100 : 0;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(folder *self, const char *name) {
    if (self->count == self->capacity) {
        size_t wanted = self->capacity ? self->capacity * 2 : 64;
        char **bigger = sheaf_realloc(self->names, wanted * sizeof *bigger);
        if (!bigger)
            return false;
        self->names = bigger;
        self->capacity = wanted;
    }
    size_t size = strlen(name) + 1;
    char *copy = sheaf_malloc(size);
    if (!copy)
        return false;
    self->names[self->count++] = memcpy(copy, name, size);
    return true;
}

static void close_folder(void *state) {
    folder *self = state;
    for (size_t i = 0; i < self->count; i++)
        sheaf_free(self->names[i]);
    sheaf_free(self->names);
    sheaf_free(self);
}

static sheaf_status list_names(folder *self, sheaf_error *error) {
    DIR *directory = opendir(self->input->file);
    if (!directory)
        return sheaf_fail(error, SHEAF_IO, "cannot list the folder: %s", strerror(errno));
    struct dirent *item;
    bool room = true;
    while (room && (item = readdir(directory))) {
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            room = add_name(self, item->d_name);
    }
    closedir(directory);
    if (!room)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (self->count)
        qsort(self->names, self->count, sizeof *self->names, by_bytes);
    return SHEAF_OK;
}

static sheaf_status open_folder(void **state, sheaf_input *input, sheaf_reporter *reporter,
                                sheaf_error *error) {
    folder *self = sheaf_calloc(1, sizeof *self);
    if (!self)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    self->input = input;
    self->reporter = reporter;
    sheaf_status status = list_names(self, error);
    if (status) {
        close_folder(self);
        return status;
    }
    *state = self;
    return SHEAF_OK;
}

/* What keeps path from being read, or NULL. */
static const char *obstacle(const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0)
        return strerror(errno);
    if (S_ISLNK(about.st_mode))
        return "a link; links in folders are not followed, name its target to read it";
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return "neither a file nor a folder";
    return NULL;
}

static sheaf_status next(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error) {
    folder *self = state;
    (void)article;
    while (self->at < self->count) {
        const char *name = self->names[self->at++];
        size_t size = strlen(self->input->file);
        const char *slash = size && self->input->file[size - 1] == '/' ? "" : "/";
        char path[4096];
        char where[300];
        sheaf_error inner = {0};
        snprintf(where, sizeof where, "%s%s", slash, name);
        if (snprintf(path, sizeof path, "%s%s%s", self->input->file, slash, name) >=
            (int)sizeof path) {
            sheaf_report(self->reporter, self->input, where, SHEAF_LIMIT, "the path is too long");
            continue;
        }
        const char *reason = obstacle(path);
        if (reason) {
            sheaf_report(self->reporter, self->input, where, SHEAF_UNSUPPORTED, reason);
            continue;
        }
        sheaf_status status =
            sheaf_input_open(child, path, self->input->cost, self->input->limits, &inner);
        if (!status)
            return SHEAF_OK;
        if (status == SHEAF_NO_MEMORY)
            return sheaf_fail(error, status, "out of memory");
        sheaf_report(self->reporter, self->input, where, status, inner.message);
    }
    return SHEAF_END;
}

static void mark(const void *state, sheaf_buffer *out) {
    const folder *self = state;
    if (self->at > 0)
        sheaf_buffer_append(out, self->names[self->at - 1], strlen(self->names[self->at - 1]));
}

static sheaf_status resume(void *state, sheaf_slice mark, sheaf_error *error) {
    folder *self = state;
    while (self->at < self->count && !sheaf_slice_is(mark, self->names[self->at]))
        self->at++;
    return self->at < self->count ? SHEAF_OK : sheaf_mark_stale(error, mark);
}

const sheaf_reader sheaf_folder_reader = {
    .name = "folder",
    .nests = true,
    .bid = bid,
    .open = open_folder,
    .next = next,
    .close = close_folder,
    .mark = mark,
    .resume = resume,
};
