/* others.c - programs that know nothing of us read a sheaf as the archive it is.
 *
 * The table in docs/format.md, section 7, says the same as `programs` here. A
 * program that is not installed is passed over, and that is said aloud. */
#include <fcntl.h>
#include <time.h>

#include <libdeflate.h>

#include "store/full.h"
#include "store/zip.h"

/* The first line that a command with %s for the path prints. */
static sheaf_slice output_of(char *line, size_t size, const char *format, const char *path) {
    char command[600];
    snprintf(command, sizeof command, format, path);
    FILE *pipe = popen(command, "r");
    if (!pipe || !fgets(line, (int)size, pipe))
        line[0] = '\0';
    if (pipe)
        pclose(pipe);
    return sheaf_slice_trim(sheaf_slice_of(line));
}

static long number_of(const char *format, const char *path) {
    char line[256];
    sheaf_slice text = output_of(line, sizeof line, format, path);
    return text.size ? strtol(line, NULL, 10) : -1;
}

/* How each program counts the entries that it sees, how it takes out the articles
 * as lines, and the one entry called LAST. */
typedef struct program {
    const char *name, *needs, *count, *lines, *last;
    bool big; /* does it read files of more than 4 GiB? */
} program;

#define LAST "signature/000001"

#define PYTHON_LAST                                                                                \
    "python3 -c \"import sys,zipfile; "                                                            \
    "sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read('" LAST "'))\" '%s' 2>/dev/null"

#define PYTHON_LINES                                                                               \
    "python3 -c \"import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert not z.testzip(); "    \
    "[sys.stdout.buffer.write(z.read(n)) for n in z.namelist() if n[:9]=='articles/']\" '%s' "     \
    "2>/dev/null | zstd -dcq 2>/dev/null | wc -l"

static const program programs[] = {
    {"unzip", "unzip", "unzip -Z1 '%s' 2>/dev/null | wc -l",
     "unzip -p '%s' 'articles/*' 2>/dev/null | zstd -dcq 2>/dev/null | wc -l",
     "unzip -p '%s' " LAST " 2>/dev/null", true},
    {"7z", "7z || command -v 7zz",
     "$(command -v 7z || command -v 7zz) l -ba -slt '%s' 2>/dev/null | grep -c '^Path = '",
     "$(command -v 7z || command -v 7zz) e -so '%s' 'articles/*' 2>/dev/null | zstd -dcq "
     "2>/dev/null | "
     "wc -l",
     "$(command -v 7z || command -v 7zz) e -so '%s' " LAST " 2>/dev/null", true},
    {"python zipfile", "python3",
     "python3 -c 'import sys,zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))' '%s' "
     "2>/dev/null",
     PYTHON_LINES, PYTHON_LAST, true},
    {"busybox unzip", "busybox",
     "busybox unzip -l '%s' 2>/dev/null | grep -cE '^ *[0-9]+ +[-0-9]+ +[:0-9]+ '",
     "busybox unzip -p '%s' 'articles/*' 2>/dev/null | zstd -dcq 2>/dev/null | wc -l",
     "busybox unzip -p '%s' " LAST " 2>/dev/null", false},
    {"bsdtar", "bsdtar", "bsdtar -tf '%s' 2>/dev/null | wc -l",
     "bsdtar -xOf '%s' 'articles/*' 2>/dev/null | zstd -dcq 2>/dev/null | wc -l",
     "bsdtar -xqOf '%s' " LAST " 2>/dev/null", true},
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

static bool is_there(const program *who) {
    char command[64];
    snprintf(command, sizeof command, "{ command -v %s; } >/dev/null", who->needs);
    if (system(command) == 0)
        return true;
    printf("   SKIPPED: %s is not installed, and not tried\n", who->needs);
    return false;
}

/* Checks what each program sees: entries, and lines of articles; -1: not asked. */
static void see(const char *path, bool big, long entries, long lines) {
    for (size_t i = 0; i < PROGRAMS; i++) {
        const program *who = &programs[i];
        if (!is_there(who) || (big && !who->big))
            continue;
        long seen = number_of(who->count, path);
        long read = lines < 0 ? lines : number_of(who->lines, path);
        if (seen == entries && read == lines)
            continue;
        fprintf(stderr, "%s: %ld entries of %ld, %ld lines of %ld\n", who->name, seen, entries,
                read, lines);
        CHECK(false);
    }
}

static long entries_of(const char *path) {
    sheaf_file *file;
    sheaf_about about = {0};
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return -1;
    sheaf_file_about(file, &about, NULL);
    sheaf_file_close(file);
    return (long)about.entries;
}

TEST(whole_appended_and_torn_sheaves_are_read_by_all) {
    char folder[64], path[128];
    sheaf_buffer bytes = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 30, &(sheaf_writer_options){.frame_bytes = 2000});
    see(path, false, 4, 30);
    pack(path, SHEAF_WRITER_APPEND, 30, 50, NULL);
    see(path, false, 7, 50);
    pack(path, SHEAF_WRITER_APPEND, 50, 60, NULL);
    CHECK_NUMBER(entries_of(path), 10);
    see(path, false, 10, 60);
    read_whole(&bytes, path);
    write_whole(path, bytes.data, bytes.size - 100);
    see(path, false, 7, 50);
    sheaf_buffer_clear(&bytes);
    remove_folder(folder);
}

/* A layer, originals, a tombstone and a signature; then sealed, and compacted. */
TEST(whatever_a_sheaf_has_lived_through_it_is_read_by_all) {
    char folder[64], path[128];
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 9);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 9, 12, NULL), SHEAF_OK);
    CHECK_NUMBER(full_sign(path), SHEAF_OK);
    see(path, false, entries_of(path), 12);
    CHECK_NUMBER(number_of("unzip -Z1 '%s' | grep -cE '^(layers|originals|signature)/'", path), 4);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(full_sign(path), SHEAF_OK);
    see(path, false, entries_of(path), 11);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 12, 14, NULL), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, 0), SHEAF_OK);
    see(path, false, entries_of(path), 13);
    CHECK_NUMBER(sheaf_compact(path, NULL, NULL, NULL), SHEAF_OK);
    see(path, false, entries_of(path), 12);
    CHECK_NUMBER(number_of("unzip -p '%s' 'layers/*' | zstd -dcq | grep -c first", path), 7);
    remove_folder(folder);
}

TEST(a_stream_of_a_sheaf_is_read_by_bsdtar) {
    char folder[64], path[128];
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 30, NULL);
    pack(path, SHEAF_WRITER_APPEND, 30, 50, NULL);
    if (is_there(&programs[4]))
        CHECK_NUMBER(number_of("cat '%s' | bsdtar -xOf - 'articles/*' 2>/dev/null | zstd -dcq "
                               "2>/dev/null | wc -l",
                               path),
                     50);
    remove_folder(folder);
}

TEST(the_first_bytes_tell_what_it_is) {
    char folder[64], path[128], line[256];
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 3, NULL);
    CHECK_TEXT(output_of(line, sizeof line, "unzip -Z1 '%s' | head -1", path), "mimetype");
    CHECK_TEXT(output_of(line, sizeof line, "head -c 72 '%s' | tail -c 34", path),
               "application/vnd.sheaf+zip;version=");
    CHECK_TEXT(output_of(line, sizeof line, "unzip -tqq '%s' 2>&1; echo $?", path), "0");
    remove_folder(folder);
}

/* ---- large ones --------------------------------------------------------------------- */

/* An archive in our layout: a hole of so many bytes, when it is not 0, then count
 * small entries, then LAST, then .commit. Only what the outer layout has is in it. */
static void make_archive(const char *path, uint64_t hole, unsigned count) {
    sheaf_buffer bytes = {0}, records = {0};
    char name[SHEAF_NAME_ROOM];
    const sheaf_slice last = SLICE("what stands behind all else\n");
    uint64_t base = 0;
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    if (hole) {
        sheaf_entry entry = {SLICE("articles/000001-0001.jsonl.zst"), 0, hole, 0};
        sheaf_zip_header(&bytes, &entry);
        sheaf_zip_record(&records, &entry);
        CHECK(pwrite(fd, bytes.data, bytes.size, 0) == (ssize_t)bytes.size);
        base = sheaf_entry_end(&entry);
        sheaf_buffer_reset(&bytes);
    }
    for (unsigned i = 0; i < count; i++) {
        snprintf(name, sizeof name, "layers/n@1.0.0/%06u", i);
        sheaf_entry entry = {sheaf_slice_of(name), base + bytes.size, 0, 0};
        sheaf_zip_header(&bytes, &entry);
        sheaf_zip_record(&records, &entry);
    }
    sheaf_entry entry = {SLICE(LAST), base + bytes.size, last.size,
                         libdeflate_crc32(0, last.data, last.size)};
    sheaf_zip_header(&bytes, &entry);
    sheaf_zip_record(&records, &entry);
    sheaf_buffer_add(&bytes, last);
    sheaf_entry commit = {SLICE(".commit/000001"), base + bytes.size, 0, 0};
    sheaf_zip_end(&records, count + 1 + (hole > 0), sheaf_entry_data(&commit), records.size);
    commit.size = records.size;
    sheaf_zip_header(&bytes, &commit);
    sheaf_buffer_add(&bytes, sheaf_buffer_view(&records));
    CHECK(pwrite(fd, bytes.data, bytes.size, (off_t)base) == (ssize_t)bytes.size);
    close(fd);
    sheaf_buffer_clear(&bytes);
    sheaf_buffer_clear(&records);
}

/* Each program takes out the entry behind all others, within the time given. */
static void see_last(const char *path, bool big) {
    for (size_t i = 0; i < PROGRAMS; i++) {
        char line[256] = "";
        time_t began = time(NULL);
        if (!is_there(&programs[i]) || (big && !programs[i].big))
            continue;
        sheaf_slice got = output_of(line, sizeof line, programs[i].last, path);
        if (!sheaf_slice_is(got, "what stands behind all else")) {
            fprintf(stderr, "%s does not read the last entry\n", programs[i].name);
            CHECK(false);
        }
        CHECK(time(NULL) - began < 10);
    }
}

TEST(more_than_four_gigabytes_are_listed_and_read_by_all) {
    char folder[64], path[128];
    make_folder(folder);
    make_archive(in_folder(path, folder, "big.sheaf"), (uint64_t)5 << 30, 3);
    see(path, true, 5, -1);
    see_last(path, true);
    remove_folder(folder);
}

TEST(eighty_thousand_entries_are_listed_and_read_by_all) {
    char folder[64], path[128];
    make_folder(folder);
    make_archive(in_folder(path, folder, "many.sheaf"), 0, 80000);
    see(path, false, 80001, -1);
    see_last(path, false);
    remove_folder(folder);
}

int main(void) {
    RUN(T(whole_appended_and_torn_sheaves_are_read_by_all),
        T(whatever_a_sheaf_has_lived_through_it_is_read_by_all),
        T(a_stream_of_a_sheaf_is_read_by_bsdtar), T(the_first_bytes_tell_what_it_is),
        T(more_than_four_gigabytes_are_listed_and_read_by_all),
        T(eighty_thousand_entries_are_listed_and_read_by_all));
}
