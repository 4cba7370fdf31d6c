/* disk.c - open, lock, write, sync, name.
 *
 * The lock is flock's, on the sheaf itself: it goes when the process goes, and
 * readers do not wait for it. After it is got, the name must still lead to the
 * file that was locked; another may have put a new one in its place. */
#define _GNU_SOURCE
#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
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
    if (disk->holder)
        unlink(disk->holder); /* while the lock is still ours */
    if (disk->fd >= 0)
        close(disk->fd);
    sheaf_free(disk->holder);
    sheaf_free(disk->path);
    sheaf_free(disk->partial);
    *disk = (sheaf_disk){.fd = -1};
}

/* ---- who holds the lock ---------------------------------------------------------- */

/* The system does not tell across machines who holds a lock, so the holder does,
 * in a file of one line beside the sheaf. It is a courtesy: where it cannot be
 * written nothing is lost, and one that a killed writer left deceives nobody,
 * since it is read only when the lock is taken. */
static void tell_others(sheaf_disk *disk) {
    char host[128] = "?", since[32] = "", line[256];
    time_t now = time(NULL);
    struct tm calendar;
    disk->holder = join(disk->path, ".lock");
    int fd = disk->holder
                 ? open(disk->holder, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666)
                 : -1;
    if (fd < 0) {
        sheaf_free(disk->holder);
        disk->holder = NULL;
        return;
    }
    gethostname(host, sizeof host - 1);
    if (gmtime_r(&now, &calendar))
        strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &calendar);
    int size =
        snprintf(line, sizeof line, "process %ld on %s since %s\n", (long)getpid(), host, since);
    if (write(fd, line, (size_t)size) != size)
        errno = 0;
    close(fd);
}

static sheaf_status is_locked(const sheaf_disk *disk, const char *name, sheaf_error *error) {
    char line[256] = "", *holder = join(disk->path, ".lock");
    int fd = holder ? open(holder, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1;
    ssize_t size = fd >= 0 ? read(fd, line, sizeof line - 1) : 0;
    if (fd >= 0)
        close(fd);
    sheaf_free(holder);
    line[size > 0 ? size : 0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    for (char *c = line; *c; c++) {
        if (*c < ' ' || *c > '~')
            *c = '?';
    }
    return line[0]
               ? sheaf_fail(error, SHEAF_LOCKED, "%s: another writer is at work: %s", name, line)
               : sheaf_fail(error, SHEAF_LOCKED, "%s: another writer is at work", name);
}

bool sheaf_disk_wait(uint64_t *waited, unsigned seconds) {
    enum { STEP = 50 }; /* milliseconds */
    if (*waited >= (uint64_t)seconds * 1000)
        return false;
    nanosleep(&(struct timespec){.tv_nsec = STEP * 1000000}, NULL);
    *waited += STEP;
    return true;
}

/* A reader that wonders about a tail takes the lock for a moment, and that must
 * not turn a writer away. */
static bool lock(int fd) {
    for (int attempt = 0; attempt < 10; attempt++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    errno = EWOULDBLOCK;
    return false;
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
        if (!lock(disk->fd))
            return errno == EWOULDBLOCK ? is_locked(disk, name, error)
                                        : sheaf_fail_errno(error, "cannot lock", name);
        if (is_still(disk->fd, name)) {
            tell_others(disk);
            return SHEAF_OK;
        }
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

sheaf_status sheaf_disk_resume(sheaf_disk *out, const char *path, sheaf_error *error) {
    sheaf_disk disk = {
        .fd = -1, .path = join(path, ""), .partial = join(path, ".partial"), .hold = true};
    sheaf_status status = SHEAF_OK;
    if (!disk.path || !disk.partial)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    else if (is_there(path))
        status = sheaf_fail(error, SHEAF_EXISTS, "%s is there already", path);
    if (status == SHEAF_OK)
        status = open_locked(&disk, O_NOFOLLOW, error);
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

sheaf_status sheaf_disk_replace(const char *from, const char *to, sheaf_error *error) {
    if (rename(from, to) != 0)
        return sheaf_fail_errno(error, "cannot rename", from);
    return sync_folder(to, error);
}

void sheaf_disk_close(sheaf_disk *disk) {
    if (disk->fd < 0)
        return;
    bool held = disk->hold && disk->committed > 0;
    if (disk->partial && !disk->keep_partial && !held)
        unlink(disk->partial);
    else if ((!disk->partial || held) && disk->end != disk->committed &&
             ftruncate(disk->fd, (off_t)disk->committed) != 0)
        errno = 0; /* the tail stays, and the next writer cuts it */
    release(disk);
}
