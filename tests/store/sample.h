/* sample.h - articles and files for the tests of the container. */
#ifndef SHEAF_TESTS_STORE_SAMPLE_H
#define SHEAF_TESTS_STORE_SAMPLE_H

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/article.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "check.h"
#include "store/store.h"

/* A new folder for a test; remove_sample takes it away with all that is in it. */
static inline void make_folder(char folder[64]) {
    strcpy(folder, "/tmp/sheaf-test-XXXXXX");
    if (!mkdtemp(folder))
        abort();
}

static inline const char *in_folder(char path[128], const char *folder, const char *name) {
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static inline void remove_folder(const char *folder) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        abort();
}

static inline void set(sheaf_article *article, sheaf_field field, const char *value) {
    sheaf_article_set(article, field, sheaf_slice_of(value));
}

/* Article number i: sites, scripts and languages alternate, so that sorting has
 * work to do; the id is 16 digits, but for every 7th. */
static inline void fill_sample(sheaf_article *article, unsigned i) {
    static const char *const texts[] = {
        "The harbour council voted on the new ferry timetable on Tuesday evening.",
        "Городской совет утвердил новое расписание паромов во вторник вечером.",
        "Der Stadtrat beschloss am Dienstagabend den neuen Fahrplan der Fähre."};
    static const char *const languages[] = {"en", "ru", "de"};
    char text[512], id[32], url[128];
    sheaf_article_reset(article);
    snprintf(id, sizeof id, i % 7 == 6 ? "story-%u" : "%016x", i % 7 == 6 ? i : i * 2654435761u);
    snprintf(url, sizeof url, "https://www.site%u.example/news/%u", i % 5, i);
    snprintf(text, sizeof text, "%s Item %u.\n\n%s", texts[i % 3], i, texts[(i + 1) % 3]);
    set(article, SHEAF_FIELD_ID, id);
    set(article, SHEAF_FIELD_URL, url);
    set(article, SHEAF_FIELD_TEXT, text);
    set(article, SHEAF_FIELD_LANGUAGE, languages[i % 3]);
    snprintf(text, sizeof text, "Ferry timetable, part %u", i);
    set(article, SHEAF_FIELD_HEADLINE, text);
    if (i % 2)
        set(article, SHEAF_FIELD_PUBLISHER, "The Harbour Post");
    snprintf(text, sizeof text, i % 4 ? "2024-03-%02uT08:%02uZ" : "2024-03-%02u/2024-04-%02u",
             1 + i % 28, 1 + i % 28);
    if (i % 3)
        set(article, SHEAF_FIELD_PUBLISHED, text);
}

/* Adds samples [from, to) and commits. */
static inline sheaf_status add_samples(sheaf_writer *writer, unsigned from, unsigned to,
                                       sheaf_error *error) {
    sheaf_article *article = sheaf_article_new();
    sheaf_status status = article ? SHEAF_OK : SHEAF_NO_MEMORY;
    for (unsigned i = from; i < to && status == SHEAF_OK; i++) {
        fill_sample(article, i);
        status = article->arena.failed ? SHEAF_NO_MEMORY : sheaf_writer_add(writer, article, error);
    }
    sheaf_article_free(article);
    return status == SHEAF_OK ? sheaf_writer_commit(writer, error) : status;
}

/* Makes or extends path with samples [from, to). */
static inline sheaf_status pack(const char *path, sheaf_writer_mode mode, unsigned from,
                                unsigned to, const sheaf_writer_options *options) {
    sheaf_writer *writer;
    sheaf_error error = {0};
    sheaf_status status = sheaf_writer_open(&writer, path, mode, options, &error);
    if (status == SHEAF_OK) {
        status = add_samples(writer, from, to, &error);
        sheaf_writer_close(writer);
    }
    if (status != SHEAF_OK)
        fprintf(stderr, "pack: %s\n", error.message);
    return status;
}

static inline void read_whole(sheaf_buffer *out, const char *path) {
    char chunk[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    sheaf_buffer_reset(out);
    while (file && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        sheaf_buffer_append(out, chunk, got);
    if (file)
        fclose(file);
}

static inline void write_whole(const char *path, const void *data, size_t size) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

/* How many of the samples from 0 on the file holds, in order and unharmed;
 * -1 when it does not open. */
static inline long intact(const char *path) {
    sheaf_file *file;
    sheaf_article *wanted = sheaf_article_new(), *got = sheaf_article_new();
    long count = -1;
    if (sheaf_file_open(&file, path, NULL) == SHEAF_OK) {
        for (count = 0; (uint64_t)count < sheaf_file_count(file); count++) {
            fill_sample(wanted, (unsigned)count);
            if (sheaf_file_read(file, (uint64_t)count, got, NULL) != SHEAF_OK ||
                !sheaf_slice_equal(got->field[SHEAF_FIELD_TEXT], wanted->field[SHEAF_FIELD_TEXT]) ||
                !sheaf_slice_equal(got->field[SHEAF_FIELD_ID], wanted->field[SHEAF_FIELD_ID]))
                break;
        }
        sheaf_file_close(file);
    }
    sheaf_article_free(wanted);
    sheaf_article_free(got);
    return count;
}

#endif
