/* disk.h - a sheaf on its way to the disk: one file, one lock, one growing end.
 *
 * Only bytes behind the committed end are ever written or cut. A new file is
 * called "path.partial" until it is published. */
#ifndef SHEAF_STORE_DISK_H
#define SHEAF_STORE_DISK_H

#include "sheaf.h"

typedef struct sheaf_disk {
    int fd;
    char *path;
    char *partial;      /* NULL once the file has its own name */
    uint64_t end;       /* where the next byte goes */
    uint64_t committed; /* nothing before this is touched */
    bool keep_partial;
    bool hold;    /* commits do not publish it yet */
    char *holder; /* "path.lock": tells others who has the lock */
} sheaf_disk;

/* Both take the lock: SHEAF_LOCKED when another has it. */
sheaf_status sheaf_disk_create(sheaf_disk *out, const char *path, sheaf_error *error);
sheaf_status sheaf_disk_append(sheaf_disk *out, const char *path, sheaf_error *error);

/* After SHEAF_LOCKED: sleeps a little and returns true, until seconds have passed
 * since *waited was 0. */
bool sheaf_disk_wait(uint64_t *waited, unsigned seconds);

/* Goes on with what is called "path.partial"; it is held. */
sheaf_status sheaf_disk_resume(sheaf_disk *out, const char *path, sheaf_error *error);

/* Writes at the end, or over bytes that are not committed yet. */
sheaf_status sheaf_disk_write(sheaf_disk *disk, sheaf_slice bytes, sheaf_error *error);
sheaf_status sheaf_disk_patch(sheaf_disk *disk, uint64_t offset, sheaf_slice bytes,
                              sheaf_error *error);

/* Waits until all that was written is on the disk. */
sheaf_status sheaf_disk_sync(sheaf_disk *disk, sheaf_error *error);

/* Gives a new file its own name, durably. Nothing is overwritten: SHEAF_EXISTS
 * when the name has come into use, and the partial file is then kept. */
sheaf_status sheaf_disk_publish(sheaf_disk *disk, sheaf_error *error);

/* Puts the file called from in the place of to, durably: readers see one or the
 * other. */
sheaf_status sheaf_disk_replace(const char *from, const char *to, sheaf_error *error);

/* Cuts what is not committed; removes a file that was never published, unless it
 * is held and has a commit. */
void sheaf_disk_close(sheaf_disk *disk);

#endif
