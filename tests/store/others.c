/* others.c - what ordinary tools see in a sheaf. */
#include "store/sample.h"

/* Runs a shell command in which %s is the path; the first line it prints. */
static sheaf_slice output_of(char *line, size_t size, const char *format, const char *path) {
    char command[512];
    snprintf(command, sizeof command, format, path);
    FILE *pipe = popen(command, "r");
    if (!pipe || !fgets(line, (int)size, pipe))
        line[0] = '\0';
    if (pipe)
        pclose(pipe);
    return sheaf_slice_trim(sheaf_slice_of(line));
}

TEST(unzip_and_zstdcat_give_the_articles_as_lines) {
    char folder[64], path[128], line[2048];
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 30, &(sheaf_writer_options){.frame_bytes = 2000});
    pack(path, SHEAF_WRITER_APPEND, 30, 50, NULL);
    const char *count = "unzip -p '%s' 'articles/*' | zstd -dcq | grep -c '^{\"id\":.*}$'";
    CHECK_TEXT(output_of(line, sizeof line, count, path), "50");
    const char *one = "unzip -p '%s' 'articles/*' | zstd -dcq | grep -c 'timetable, part 37\"'";
    CHECK_TEXT(output_of(line, sizeof line, one, path), "1");
    CHECK_TEXT(output_of(line, sizeof line, "unzip -tqq '%s' 2>&1; echo $?", path), "0");
    CHECK_TEXT(output_of(line, sizeof line, "unzip -Z1 '%s' | head -1", path), "mimetype");
    CHECK_TEXT(output_of(line, sizeof line, "unzip -Z1 '%s' | wc -l", path), "7");
    CHECK_TEXT(output_of(line, sizeof line, "head -c 72 '%s' | tail -c 34", path),
               "application/vnd.sheaf+zip;version=");
    remove_folder(folder);
}

int main(void) {
    RUN(T(unzip_and_zstdcat_give_the_articles_as_lines));
}
