/* disk.c - open, lock, write, sync, name.
 *
 * The lock is flock's, on the sheaf itself: it goes when the process goes, and
 * readers do not ask for it. After it is got, the name must still lead to the
 * file that was locked; another may have put a new one in its place. */
#define _GNU_SOURCE
#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"

static const char *current_name(const sheaf_disk *disk) {
    return disk->partial ? disk->partial : disk->path;
}

static char *join(const char *path, const char *ending) {
    size_t size = strlen(path) + strlen(ending) + 1;
    char *joined = sheaf_malloc(size);
    if (joined)
        snprintf(joined, size, "%s%s", path, ending);
    return joined;
}

static void release(sheaf_disk *disk) {
    if (disk->fd >= 0)
        close(disk->fd);
    sheaf_free(disk->path);
    sheaf_free(disk->partial);
    *disk = (sheaf_disk){.fd = -1};
}

/* ---- opening ------------------------------------------------------------------ */

/* Does name still lead to the file that is open? */
static bool is_still(int fd, const char *name) {
    struct stat opened, named;
    return fstat(fd, &opened) == 0 && stat(name, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

static sheaf_status open_locked(sheaf_disk *disk, int flags, sheaf_error *error) {
    const char *name = current_name(disk);
    struct stat about;
    for (int attempt = 0; attempt < 100; attempt++) {
        disk->fd = open(name, flags | O_RDWR | O_CLOEXEC | O_NONBLOCK, 0666);
        if (disk->fd < 0)
            return sheaf_fail_errno(error, "cannot open", name);
        if (fstat(disk->fd, &about) != 0)
            return sheaf_fail_errno(error, "cannot look at", name);
        if (!S_ISREG(about.st_mode))
            return sheaf_fail(error, SHEAF_UNSUPPORTED, "%s: not a regular file", name);
        if (flock(disk->fd, LOCK_EX | LOCK_NB) != 0)
            return errno == EWOULDBLOCK
                       ? sheaf_fail(error, SHEAF_LOCKED, "%s: another writer is at work", name)
                       : sheaf_fail_errno(error, "cannot lock", name);
        if (is_still(disk->fd, name))
            return SHEAF_OK;
        close(disk->fd);
        disk->fd = -1;
    }
    return sheaf_fail(error, SHEAF_LOCKED, "%s: others keep replacing it", name);
}

static bool is_there(const char *path) {
    struct stat about;
    return lstat(path, &about) == 0;
}

sheaf_status sheaf_disk_create(sheaf_disk *out, const char *path, sheaf_error *error) {
    sheaf_disk disk = {.fd = -1, .path = join(path, ""), .partial = join(path, ".partial")};
    sheaf_status status = SHEAF_OK;
    if (!disk.path || !disk.partial)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    else if (is_there(path))
        status = sheaf_fail(error, SHEAF_EXISTS, "%s is there already", path);
    if (status == SHEAF_OK)
        status = open_locked(&disk, O_CREAT | O_NOFOLLOW, error);
    if (status == SHEAF_OK && is_there(path))
        status = sheaf_fail(error, SHEAF_EXISTS, "%s is there already", path);
    if (status == SHEAF_OK && ftruncate(disk.fd, 0) != 0)
        status = sheaf_fail_errno(error, "cannot empty", disk.partial);
    if (status == SHEAF_OK)
        *out = disk;
    else
        release(&disk);
    return status;
}

sheaf_status sheaf_disk_append(sheaf_disk *out, const char *path, sheaf_error *error) {
    sheaf_disk disk = {.fd = -1, .path = join(path, "")};
    sheaf_status status = disk.path ? open_locked(&disk, 0, error)
                                    : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (status == SHEAF_OK)
        *out = disk;
    else
        release(&disk);
    return status;
}

/* ---- writing ------------------------------------------------------------------ */

sheaf_status sheaf_disk_patch(sheaf_disk *disk, uint64_t offset, sheaf_slice bytes,
                              sheaf_error *error) {
    while (bytes.size > 0) {
        ssize_t wrote = pwrite(disk->fd, bytes.data, bytes.size, (off_t)offset);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote == 0)
            errno = ENOSPC;
        if (wrote <= 0)
            return sheaf_fail_errno(error, "cannot write", current_name(disk));
        bytes.data += wrote;
        bytes.size -= (size_t)wrote;
        offset += (uint64_t)wrote;
    }
    return SHEAF_OK;
}

sheaf_status sheaf_disk_write(sheaf_disk *disk, sheaf_slice bytes, sheaf_error *error) {
    sheaf_status status = sheaf_disk_patch(disk, disk->end, bytes, error);
    if (status == SHEAF_OK)
        disk->end += bytes.size;
    return status;
}

sheaf_status sheaf_disk_sync(sheaf_disk *disk, sheaf_error *error) {
    if (fdatasync(disk->fd) != 0)
        return sheaf_fail_errno(error, "cannot bring to the disk", current_name(disk));
    return SHEAF_OK;
}

/* ---- naming ------------------------------------------------------------------- */

static sheaf_status sync_folder(const char *path, sheaf_error *error) {
    const char *slash = strrchr(path, '/');
    char *folder = join(slash ? path : ".", "");
    if (!folder)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    sheaf_status status = SHEAF_OK;
    if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
        status = sheaf_fail_errno(error, "cannot bring to the disk", folder);
    if (fd >= 0)
        close(fd);
    sheaf_free(folder);
    return status;
}

/* A link fails where a name is in use, and a rename would overwrite. Where the
 * file system has no links, a look and a rename must do. */
static bool give_name(const sheaf_disk *disk) {
    if (link(disk->partial, disk->path) == 0) {
        unlink(disk->partial);
        return true;
    }
    if (errno == EEXIST)
        return false;
    if (is_there(disk->path)) {
        errno = EEXIST;
        return false;
    }
    return rename(disk->partial, disk->path) == 0;
}

sheaf_status sheaf_disk_publish(sheaf_disk *disk, sheaf_error *error) {
    if (!disk->partial)
        return SHEAF_OK;
    if (!give_name(disk)) {
        disk->keep_partial = true;
        sheaf_status status = errno == EEXIST ? SHEAF_EXISTS : SHEAF_IO;
        return sheaf_fail(error, status, "%s: %s; all is whole in %s", disk->path, strerror(errno),
                          disk->partial);
    }
    sheaf_free(disk->partial);
    disk->partial = NULL;
    return sync_folder(disk->path, error);
}

void sheaf_disk_close(sheaf_disk *disk) {
    if (disk->fd < 0)
        return;
    if (disk->partial && !disk->keep_partial)
        unlink(disk->partial);
    else if (!disk->partial && disk->end != disk->committed &&
             ftruncate(disk->fd, (off_t)disk->committed) != 0)
        errno = 0; /* the tail stays, and the next writer cuts it */
    release(disk);
}
