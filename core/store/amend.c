/* amend.c - lock, look, write, commit. */
#include "store/amend.h"

#include <string.h>
#include <unistd.h>

#include "base/slice.h"
#include "base/status.h"

/* Cuts what an interrupted writer left behind, unless it is a commit itself that
 * was damaged later. */
static sheaf_status cut_tail(const sheaf_file *file, const sheaf_disk *disk, sheaf_error *error) {
    uint64_t end = file->directory.end;
    if (file->torn == 0 && !file->directory.rebuilt)
        return SHEAF_OK;
    if (file->directory.rebuilt || sheaf_directory_damaged(disk->fd, end, end + file->torn))
        return sheaf_fail(error, SHEAF_CORRUPT,
                          "%s: its last commit is damaged; nothing is appended, so that it can be "
                          "repaired",
                          disk->path);
    if (ftruncate(disk->fd, (off_t)end) != 0)
        return sheaf_fail_errno(error, "cannot cut the torn end of", disk->path);
    return SHEAF_OK;
}

sheaf_status sheaf_amend_open(sheaf_amend *amend, const char *path, sheaf_error *error) {
    sheaf_disk disk;
    *amend = (sheaf_amend){0};
    sheaf_status status = sheaf_disk_append(&disk, path, error);
    if (status != SHEAF_OK)
        return status;
    status = sheaf_file_open(&amend->file, path, error);
    if (status == SHEAF_OK)
        status = sheaf_file_manifest(amend->file, error);
    if (status == SHEAF_OK)
        status = cut_tail(amend->file, &disk, error);
    if (status == SHEAF_OK && amend->file->directory.number >= SHEAF_COMMIT_LAST)
        status = sheaf_fail(error, SHEAF_LIMIT, "%s has had %d commits and takes no more", path,
                            SHEAF_COMMIT_LAST);
    if (status != SHEAF_OK) {
        disk.end = disk.committed = 0; /* nothing of ours is in it */
        sheaf_disk_close(&disk);
        return status;
    }
    amend->locked = true;
    amend->commit = amend->file->directory.number + 1;
    status = sheaf_emitter_init(&amend->emitter, disk, &amend->file->directory, error);
    memcpy(amend->emitter.previous, amend->file->manifest_sha256, sizeof amend->emitter.previous);
    return status;
}

sheaf_status sheaf_amend_commit(sheaf_amend *amend, uint64_t articles, uint64_t bytes,
                                const char *plan, sheaf_error *error) {
    char text[SHEAF_CREATED_ROOM];
    sheaf_manifest *manifest = &amend->emitter.manifest;
    manifest->commit = amend->commit;
    manifest->articles = articles;
    manifest->bytes = bytes;
    manifest->tool = SLICE("sheaf " SHEAF_VERSION);
    manifest->plan = sheaf_slice_of(plan);
    manifest->created = sheaf_created_told(text);
    return sheaf_emitter_commit(&amend->emitter, error);
}

void sheaf_amend_close(sheaf_amend *amend) {
    if (amend->locked)
        sheaf_emitter_clear(&amend->emitter);
    sheaf_file_close(amend->file);
    *amend = (sheaf_amend){0};
}
