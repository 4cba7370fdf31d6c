/* store_file.c - any bytes as a whole sheaf: found, opened, read, verified.
 *
 * The CRC of a commit at the end is made good first, so that changes to the
 * directory get as far as they would with an enemy. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <libdeflate.h>

#include "base/slice.h"
#include "store/format.h"
#include "store/history.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WRAPPER = 44, END = 22 };

static void make_good(char *bytes, size_t size) {
    if (size < WRAPPER + END)
        return;
    uint32_t at = sheaf_get32(bytes + size - END + 16);
    if (at < WRAPPER || at > size - END)
        return;
    uint32_t crc = libdeflate_crc32(0, bytes + at, size - at);
    for (int i = 0; i < 4; i++)
        bytes[at - WRAPPER + 14 + (size_t)i] = (char)(crc >> (8 * i));
}

static void tell(sheaf_file *file) {
    sheaf_history *history;
    if (sheaf_history_open(&history, file, NULL) != SHEAF_OK)
        return;
    for (size_t i = 0; i < sheaf_history_count(history); i++)
        sheaf_history_get(history, i);
    for (size_t i = 0; i < sheaf_history_signatures(history); i++)
        sheaf_signature_holds(sheaf_history_signature(history, i));
    sheaf_history_close(history);
}

static void use(const char *path) {
    sheaf_file *file;
    sheaf_slice json;
    sheaf_about about;
    sheaf_row_columns row;
    uint64_t ordinal;
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return;
    sheaf_file_about(file, &about, NULL);
    for (uint64_t i = 0; i < sheaf_file_count(file) && i < 50; i++) {
        sheaf_file_row(file, i, &row, NULL);
        sheaf_file_json(file, i, &json, NULL);
    }
    sheaf_file_find(file, &ordinal, SLICE("story-6"), NULL);
    sheaf_file_find(file, &ordinal, SLICE("0"), NULL);
    tell(file);
    if (sheaf_file_count(file) < 1000)
        sheaf_file_verify(file, NULL, NULL);
    sheaf_file_close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64];
    char *bytes = malloc(size ? size : 1);
    int fd = memfd_create("sheaf", 0);
    if (bytes && fd >= 0) {
        if (size)
            memcpy(bytes, data, size);
        make_good(bytes, size);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        if (write(fd, bytes, size) == (ssize_t)size)
            use(path);
    }
    free(bytes);
    if (fd >= 0)
        close(fd);
    return 0;
}
