/* pile.c - folders, archives, JSON in all shapes, and everything that is wrong
 * with them, walked as one pile. */
#define _GNU_SOURCE
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/article.h"
#include "base/slice.h"
#include "check.h"

static char folder[64];

typedef struct outcome {
    int articles;
    int rejects;
    char headlines[512];
    char reasons[4096];
} outcome;

static void note_reject(void *context, const char *place, sheaf_status status, const char *reason) {
    outcome *out = context;
    (void)status;
    out->rejects++;
    size_t used = strlen(out->reasons);
    snprintf(out->reasons + used, sizeof out->reasons - used, "%s: %s\n", place, reason);
}

static outcome walk(const char *path) {
    outcome out = {0};
    sheaf_pile *pile;
    sheaf_article article;
    sheaf_error error;
    sheaf_pile_options options = {.reject = note_reject, .reject_context = &out};
    sheaf_article_init(&article);
    CHECK_NUMBER(sheaf_pile_open(&pile, &path, 1, &options, &error), SHEAF_OK);
    sheaf_status status;
    while ((status = sheaf_pile_next(pile, &article, &error)) == SHEAF_OK) {
        size_t used = strlen(out.headlines);
        snprintf(out.headlines + used, sizeof out.headlines - used, "%.*s;",
                 SLICE_ARGS(article.field[SHEAF_FIELD_HEADLINE]));
        out.articles++;
    }
    CHECK_NUMBER(status, SHEAF_END);
    sheaf_pile_close(pile);
    sheaf_article_clear(&article);
    return out;
}

static const char *write_file(const char *name, sheaf_slice bytes) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    fwrite(bytes.data, 1, bytes.size, file);
    fclose(file);
    return path;
}

static outcome walk_text(const char *name, const char *text) {
    return walk(write_file(name, sheaf_slice_of(text)));
}

#define CHECK_SAYS(out, words) CHECK(strstr((out).reasons, words) != NULL)

TEST(jsonl_goes_on_behind_a_bad_line) {
    outcome out = walk_text("a.jsonl", "{\"title\":\"A\",\"text\":\"x\"}\n{\"title\": oops}\n\n"
                                       "{\"title\":\"B\",\"text\":\"y\"}\n{\"title\":\"C\"");
    CHECK_TEXT(sheaf_slice_of(out.headlines), "A;B;");
    CHECK_NUMBER(out.rejects, 2);
    CHECK_SAYS(out, "a.jsonl:2: ");
    CHECK_SAYS(out, "a.jsonl:5: ");
}

TEST(arrays_sequences_and_envelopes_are_records) {
    CHECK_TEXT(sheaf_slice_of(
                   walk_text("b.json", " [ {\"title\":\"A\"} ,\n{\"title\":\"B\"}\n]").headlines),
               "A;B;");
    CHECK_TEXT(sheaf_slice_of(
                   walk_text("c.json", "{\n \"title\": \"A\"\n}\n{\n \"title\": \"B\"}").headlines),
               "A;B;");
    CHECK_TEXT(
        sheaf_slice_of(
            walk_text("d.json",
                      "{\"status\":1,\"articles\":[{\"title\":\"A\"},{\"n\":1},{\"title\":\"B\"}]}")
                .headlines),
        "A;B;");
}

TEST(what_no_reader_takes_is_told) {
    outcome binary = walk(write_file("e.bin", SLICE("\x7F"
                                                    "ELF\0\1\2\0\0\0\0\0\xFF\xFE\0")));
    CHECK_NUMBER(binary.articles, 0);
    CHECK_SAYS(binary, "no reader takes it");
    CHECK_SAYS(walk(write_file("f.txt", SLICE(""))), "empty");
    CHECK_SAYS(walk("/nowhere/at/all"), "No such file");
    CHECK_SAYS(walk_text("g.json", "{\"score\":3}"), "neither text nor headline");
}

static void add_entry(struct archive *archive, const char *name, sheaf_slice bytes,
                      const char *link) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)(link ? 0 : bytes.size));
    if (link)
        archive_entry_set_symlink(entry, link);
    archive_write_header(archive, entry);
    if (!link)
        archive_write_data(archive, bytes.data, bytes.size);
    archive_entry_free(entry);
}

/* Makes an archive of two records, in a format and filter by name. */
static const char *make_archive(const char *name, const char *format, const char *filter) {
    static char path[256];
    struct archive *archive = archive_write_new();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    archive_write_set_format_by_name(archive, format);
    if (filter)
        archive_write_add_filter_by_name(archive, filter);
    CHECK_NUMBER(archive_write_open_filename(archive, path), ARCHIVE_OK);
    add_entry(archive, "one.json", SLICE("{\"title\":\"A\"}"), NULL);
    add_entry(archive, "two.json", SLICE("{\"title\":\"B\"}"), NULL);
    archive_write_close(archive);
    archive_write_free(archive);
    return path;
}

TEST(archives_of_every_kind_are_opened) {
    static const struct {
        const char *name, *format, *filter;
    } kinds[] = {
        {"a.tar", "ustar", NULL},  {"a.tgz", "ustar", "gzip"},    {"a.tbz", "pax", "bzip2"},
        {"a.txz", "gnutar", "xz"}, {"a.tzst", "pax", "zstd"},     {"a.tlz4", "pax", "lz4"},
        {"a.zip", "zip", NULL},    {"a.7z", "7zip", NULL},        {"a.cpio", "cpio", NULL},
        {"b.cpio", "newc", NULL},  {"a.iso", "iso9660", NULL},    {"a.ar", "arbsd", NULL},
        {"v7.tar", "v7tar", NULL}, {"a.tZ", "ustar", "compress"}, {"a.tlz", "ustar", "lzip"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        outcome out = walk(make_archive(kinds[i].name, kinds[i].format, kinds[i].filter));
        if (out.articles != 2)
            fprintf(stderr, "%s: %s", kinds[i].name, out.reasons);
        CHECK_NUMBER(out.articles, 2);
    }
}

/* An archive that holds the file at path; returns its own path. */
static const char *wrap(const char *name, const char *path) {
    static char made[400];
    static char bytes[1 << 16];
    FILE *file = fopen(path, "rb");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    snprintf(made, sizeof made, "%s/%s", folder, name);
    struct archive *archive = archive_write_new();
    archive_write_set_format_by_name(archive, "zip");
    archive_write_open_filename(archive, made);
    add_entry(archive, "inner", (sheaf_slice){bytes, size}, NULL);
    archive_write_close(archive);
    archive_write_free(archive);
    return made;
}

TEST(archives_in_archives_to_a_limit) {
    outcome out = walk(wrap("n1.zip", make_archive("n0.7z", "7zip", NULL)));
    CHECK_NUMBER(out.articles, 2);
    char deep[400];
    snprintf(deep, sizeof deep, "%s", make_archive("m0.tar", "ustar", NULL));
    for (int i = 1; i <= 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "m%d.zip", i);
        snprintf(deep, sizeof deep, "%s", wrap(name, deep));
    }
    out = walk(deep);
    CHECK_NUMBER(out.articles, 0);
    CHECK_SAYS(out, "archives are nested deeper than 4");
    CHECK_SAYS(out, "m5.zip!inner!inner!inner!inner");
}

TEST(path_tricks_are_refused_and_the_rest_goes_on) {
    char path[256];
    snprintf(path, sizeof path, "%s/tricks.tar", folder);
    struct archive *archive = archive_write_new();
    archive_write_set_format_by_name(archive, "ustar");
    archive_write_open_filename(archive, path);
    add_entry(archive, "../../etc/x.json", SLICE("{\"title\":\"bad\"}"), NULL);
    add_entry(archive, "/abs/x.json", SLICE("{\"title\":\"bad\"}"), NULL);
    add_entry(archive, "link.json", SLICE(""), "/etc/passwd");
    add_entry(archive, "ok/..fine.json", SLICE("{\"title\":\"good\"}"), NULL);
    archive_write_close(archive);
    archive_write_free(archive);
    outcome out = walk(path);
    CHECK_TEXT(sheaf_slice_of(out.headlines), "good;");
    CHECK_NUMBER(out.rejects, 3);
    CHECK_SAYS(out, "tricks.tar!../../etc/x.json: its name leaves the archive");
    CHECK_SAYS(out, "tricks.tar!/abs/x.json: an absolute path");
    CHECK_SAYS(out, "tricks.tar!link.json: a link");
}

TEST(a_truncated_archive_gives_what_it_has_and_says_so) {
    char path[256];
    snprintf(path, sizeof path, "%s", make_archive("cut.tgz", "ustar", "gzip"));
    struct stat about;
    stat(path, &about);
    CHECK_NUMBER(truncate(path, about.st_size - 20), 0);
    outcome out = walk(path);
    CHECK(out.articles <= 2);
    CHECK(out.rejects >= 1);
    CHECK_SAYS(out, "cut.tgz");
}

TEST(a_bomb_is_stopped) {
    char path[256];
    enum { BLOCK = 1 << 20, BLOCKS = 200 };
    char *zeros = calloc(1, BLOCK);
    snprintf(path, sizeof path, "%s/bomb.tar.gz", folder);
    struct archive *archive = archive_write_new();
    archive_write_set_format_by_name(archive, "ustar");
    archive_write_add_filter_by_name(archive, "gzip");
    archive_write_open_filename(archive, path);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, "zeros.json");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)BLOCK * BLOCKS);
    archive_write_header(archive, entry);
    memset(zeros, ' ', BLOCK);
    zeros[0] = '{';
    zeros[1] = '"';
    for (int i = 0; i < BLOCKS; i++)
        archive_write_data(archive, zeros, BLOCK);
    archive_entry_free(entry);
    archive_write_close(archive);
    archive_write_free(archive);
    free(zeros);
    outcome out = walk(path);
    CHECK_NUMBER(out.articles, 0);
    CHECK_SAYS(out, "archive bomb");
}

TEST(a_long_line_is_refused_and_the_next_one_read) {
    char path[256];
    snprintf(path, sizeof path, "%s/long.jsonl", folder);
    FILE *file = fopen(path, "wb");
    fputs("{\"title\":\"", file);
    char *filler = malloc(1 << 20);
    memset(filler, 'x', 1 << 20);
    for (int i = 0; i < 70; i++)
        fwrite(filler, 1, 1 << 20, file);
    fputs("\"}\n{\"title\":\"B\"}\n", file);
    fclose(file);
    free(filler);
    outcome out = walk(path);
    CHECK_TEXT(sheaf_slice_of(out.headlines), "B;");
    CHECK_SAYS(out, "long.jsonl:1: a line longer than 64 MiB");
}

TEST(folders_are_walked_in_order_without_following_links) {
    char path[256];
    snprintf(path, sizeof path, "%s/sub", folder);
    mkdir(path, 0755);
    write_file("sub/b.json", SLICE("{\"title\":\"B\"}"));
    write_file("sub/a.json", SLICE("{\"title\":\"A\"}"));
    snprintf(path, sizeof path, "%s/sub/loop", folder);
    CHECK_NUMBER(symlink("..", path), 0);
    snprintf(path, sizeof path, "%s/sub/pipe", folder);
    CHECK_NUMBER(mkfifo(path, 0644), 0);
    snprintf(path, sizeof path, "%s/sub", folder);
    outcome out = walk(path);
    CHECK_TEXT(sheaf_slice_of(out.headlines), "A;B;");
    CHECK_NUMBER(out.rejects, 2);
    CHECK_SAYS(out, "loop: a link");
    CHECK_SAYS(out, "pipe: neither a file nor a folder");
}

int main(void) {
    snprintf(folder, sizeof folder, "/tmp/sheaf-pile-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    const check_test tests[] = {T(jsonl_goes_on_behind_a_bad_line),
                                T(arrays_sequences_and_envelopes_are_records),
                                T(what_no_reader_takes_is_told),
                                T(archives_of_every_kind_are_opened),
                                T(archives_in_archives_to_a_limit),
                                T(path_tricks_are_refused_and_the_rest_goes_on),
                                T(a_truncated_archive_gives_what_it_has_and_says_so),
                                T(a_bomb_is_stopped),
                                T(a_long_line_is_refused_and_the_next_one_read),
                                T(folders_are_walked_in_order_without_following_links)};
    int failed = check_run(tests, sizeof tests / sizeof *tests);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0 || failed;
}
