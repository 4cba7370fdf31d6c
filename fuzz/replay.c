/* replay.c - runs a fuzz target over what the fuzzers found before.
 *
 * Each argument is a file or a folder; folders are walked without going
 * deeper. Finding no file at all is a failure: a test that looked at nothing
 * must not pass. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void give_up(const char *what, const char *path) {
    fprintf(stderr, "replay: cannot %s %s\n", what, path);
    exit(2);
}

/* Runs one file. The copy is exactly as long as the file, so that a read
 * behind its end is noticed by the sanitizers. */
static void replay_file(const char *path, size_t size) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1);
    if (!file || !data)
        give_up("open", path);
    if (fread(data, 1, size, file) != size)
        give_up("read", path);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static size_t replay(const char *path, int depth);

static size_t replay_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder)
        give_up("open", path);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char inner[4096];
        if (entry->d_name[0] == '.')
            continue;
        int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof inner)
            give_up("name", path);
        count += replay(inner, 1);
    }
    closedir(folder);
    return count;
}

static size_t replay(const char *path, int depth) {
    struct stat about;
    if (stat(path, &about) != 0)
        give_up("find", path);
    if (S_ISDIR(about.st_mode))
        return depth == 0 ? replay_folder(path) : 0;
    if (!S_ISREG(about.st_mode))
        return 0;
    replay_file(path, (size_t)about.st_size);
    return 1;
}

int main(int count, char **arguments) {
    size_t total = 0;
    for (int i = 1; i < count; i++)
        total += replay(arguments[i], 0);
    printf("%zu inputs replayed\n", total);
    return total == 0;
}
