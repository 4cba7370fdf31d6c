/* mapping.c - open, fstat, mmap. */
#define _POSIX_C_SOURCE 200809L
#include "base/mapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/status.h"

sheaf_status sheaf_mapping_open(sheaf_mapping *out, const char *path, sheaf_error *error) {
    struct stat about;
    sheaf_status status = SHEAF_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sheaf_fail_errno(error, "cannot open", path);
    if (fstat(fd, &about) != 0) {
        status = sheaf_fail_errno(error, "cannot look at", path);
    } else if (!S_ISREG(about.st_mode)) {
        status = sheaf_fail(error, SHEAF_UNSUPPORTED, "%s: not a regular file", path);
    } else if (about.st_size == 0) {
        out->bytes = (sheaf_slice){"", 0};
    } else {
        void *data = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED)
            status = sheaf_fail_errno(error, "cannot map", path);
        else
            out->bytes = (sheaf_slice){data, (size_t)about.st_size};
    }
    close(fd);
    return status;
}

void sheaf_mapping_close(sheaf_mapping *mapping) {
    if (mapping->bytes.size)
        munmap((void *)(uintptr_t)mapping->bytes.data, mapping->bytes.size);
    mapping->bytes = (sheaf_slice){0};
}
