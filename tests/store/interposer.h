/* interposer.h - the calls by which a sheaf is written, in front of the C library's.
 *
 * One of a kind fails at its nth use, or bytes run out. For one .c file of a test
 * program, as its first include. */
#ifndef SHEAF_TESTS_STORE_INTERPOSER_H
#define SHEAF_TESTS_STORE_INTERPOSER_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

typedef enum call { PWRITE, FDATASYNC, FSYNC, LINK, RENAME, FTRUNCATE, FCHMOD, CALLS } call;
static const char *const call_names[] = {"pwrite", "fdatasync", "fsync", "link",
                                         "rename", "ftruncate", "fchmod"};

static struct {
    long countdown[CALLS]; /* this many uses are good, and one is not; -1: all are */
    bool stays;            /* all after it fail, too */
    long long room;        /* bytes that may still be written; -1: no end */
} faults;

static void no_faults(void) {
    for (int i = 0; i < CALLS; i++)
        faults.countdown[i] = -1;
    faults.stays = false;
    faults.room = -1;
}

static bool fails(call which) {
    long *left = &faults.countdown[which];
    if (*left < 0 || (*left)-- > 0)
        return false;
    if (faults.stays)
        *left = 0;
    errno = EIO;
    return true;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    if (fails(PWRITE))
        return -1;
    if (faults.room >= 0) {
        if (faults.room == 0) {
            errno = ENOSPC;
            return -1;
        }
        if ((long long)size > faults.room)
            size = (size_t)faults.room;
        faults.room -= (long long)size;
    }
    return syscall(SYS_pwrite64, fd, bytes, size, offset);
}

int fdatasync(int fd) {
    return fails(FDATASYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd) {
    return fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int link(const char *from, const char *to) {
    return fails(LINK) ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to) {
    return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int ftruncate(int fd, off_t size) {
    return fails(FTRUNCATE) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int fchmod(int fd, mode_t mode) {
    return fails(FCHMOD) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

static inline bool is_long(void) {
    return getenv("SHEAF_LONG_TESTS") != NULL;
}

static inline void sleep_microseconds(unsigned time) {
    nanosleep(&(struct timespec){.tv_nsec = (long)time * 1000}, NULL);
}

#endif
