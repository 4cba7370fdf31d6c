/* tiers.c - many small commits are joined, and nothing is lost or moved. */
#include "store/file.h"
#include "store/full.h"

static bool is_whole(const char *path) {
    sheaf_file *file;
    sheaf_error error = {0};
    sheaf_status status = sheaf_file_open(&file, path, &error);
    if (status == SHEAF_OK) {
        status = sheaf_file_verify(file, NULL, &error);
        sheaf_file_close(file);
    }
    if (status != SHEAF_OK)
        fprintf(stderr, "%s\n", error.message);
    return status == SHEAF_OK;
}

static sheaf_about about_of(sheaf_file **file, const char *path) {
    sheaf_about about = {0};
    CHECK_NUMBER(sheaf_file_open(file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(*file, &about, NULL), SHEAF_OK);
    return about;
}

static uint64_t segments_of(const char *path) {
    sheaf_file *file;
    uint64_t segments = about_of(&file, path).segments;
    sheaf_file_close(file);
    return segments;
}

/* Commits samples [from, to), one each. */
static void commit_each(const char *path, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; i++)
        CHECK_NUMBER(pack(path, i ? SHEAF_WRITER_APPEND : SHEAF_WRITER_CREATE, i, i + 1, NULL),
                     SHEAF_OK);
}

TEST(eight_commits_become_one_catalog) {
    char folder[64], path[128];
    sheaf_life_counts counts;
    sheaf_buffer before = {0}, after = {0};
    make_folder(folder);
    commit_each(in_folder(path, folder, "a.sheaf"), 0, 7);
    read_whole(&before, path);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    read_whole(&after, path);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&before), sheaf_buffer_view(&after)));
    CHECK_NUMBER(counts.joined, 0);
    commit_each(path, 7, 8);
    read_whole(&before, path);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    read_whole(&after, path);
    CHECK(sheaf_slice_starts(sheaf_buffer_view(&after), sheaf_buffer_view(&before)));
    CHECK_NUMBER(counts.joined, 8);
    CHECK_NUMBER(counts.packed, 1);
    CHECK_NUMBER(segments_of(path), 1);
    CHECK_NUMBER(intact(path), 8);
    CHECK(is_whole(path));
    sheaf_buffer_clear(&before);
    sheaf_buffer_clear(&after);
    remove_folder(folder);
}

/* However many commits there are, few catalogs are left, and an article is moved
 * once a tier: 70 articles twice at most. */
TEST(the_number_of_catalogs_stays_small) {
    char folder[64], path[128];
    uint64_t most = 0, moved = 0;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    for (unsigned i = 0; i < 70; i++) {
        sheaf_life_counts counts;
        commit_each(path, i, i + 1);
        CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
        uint64_t segments = segments_of(path);
        most = segments > most ? segments : most;
        moved += counts.joined;
    }
    CHECK_NUMBER(most, 14);
    CHECK_NUMBER(segments_of(path), 1 + 6);
    CHECK_NUMBER(moved, 7 * 8 + 7 + 8);
    CHECK_NUMBER(intact(path), 70);
    CHECK(is_whole(path));
    remove_folder(folder);
}

/* Many at once, in one commit. */
TEST(a_sheaf_that_was_never_tidied_is_tidied_in_one_go) {
    char folder[64], path[128];
    sheaf_file *file;
    sheaf_life_counts counts;
    make_folder(folder);
    commit_each(in_folder(path, folder, "a.sheaf"), 0, 70);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_NUMBER(counts.joined, 70);
    sheaf_about about = about_of(&file, path);
    CHECK_NUMBER(about.segments, 1);
    CHECK_NUMBER(about.commits, 71);
    CHECK(about.dead_bytes > 70 * 1000 && about.dead_bytes < about.bytes);
    sheaf_file_close(file);
    CHECK_NUMBER(intact(path), 70);
    CHECK_NUMBER(sheaf_compact(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(about_of(&file, path).dead_bytes, 0);
    sheaf_file_close(file);
    CHECK_NUMBER(intact(path), 70);
    remove_folder(folder);
}

/* Does each of the samples [0, to) but one have its row in the layer, and its
 * original? */
static bool has_all(const char *path, unsigned to, unsigned dropped) {
    sheaf_file *file;
    sheaf_layer *layer;
    char room[96];
    bool good = sheaf_file_open(&file, path, NULL) == SHEAF_OK &&
                sheaf_layer_open(&layer, file, SLICE("firsts"), NULL) == SHEAF_OK;
    sheaf_article *article = sheaf_article_new();
    sheaf_buffer bytes = {0};
    for (unsigned i = 0; good && i < to; i++) {
        sheaf_layer_row row;
        if (i == dropped) {
            good = sheaf_file_dropped(file, i);
            continue;
        }
        sheaf_buffer_reset(&bytes);
        good = sheaf_file_read(file, i, article, NULL) == SHEAF_OK &&
               sheaf_layer_get(layer, i, article, &row, NULL) == SHEAF_OK &&
               sheaf_file_original(file, article->provenance.sha256, &bytes, NULL) == SHEAF_OK &&
               sheaf_slice_equal(sheaf_buffer_view(&bytes), full_source(room, i));
    }
    sheaf_buffer_clear(&bytes);
    sheaf_article_free(article);
    sheaf_layer_close(layer);
    sheaf_file_close(file);
    return good;
}

TEST(layers_tombstones_and_originals_stay_true) {
    char folder[64], path[128];
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    for (unsigned i = 0; i < 9; i++)
        CHECK_NUMBER(full_pack(path, i ? SHEAF_WRITER_APPEND : SHEAF_WRITER_CREATE, i, i + 1),
                     SHEAF_OK);
    CHECK_NUMBER(full_annotate(path, 9), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, 4), SHEAF_OK);
    CHECK_NUMBER(sheaf_tidy(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(segments_of(path), 2); /* one of them has the tombstone */
    CHECK(has_all(path, 9, 4));
    CHECK(is_whole(path));
    for (unsigned i = 9; i < 17; i++)
        CHECK_NUMBER(full_pack(path, SHEAF_WRITER_APPEND, i, i + 1), SHEAF_OK);
    CHECK_NUMBER(full_annotate(path, 3), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, 3), SHEAF_OK);
    CHECK_NUMBER(sheaf_tidy(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(segments_of(path), 3);
    CHECK(has_all(path, 3, 99));
    CHECK(is_whole(path));
    CHECK_NUMBER(full_pack(path, SHEAF_WRITER_APPEND, 4, 5), SHEAF_OK); /* may come again */
    CHECK_NUMBER(full_sign(path), SHEAF_OK);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK(is_whole(path));
    remove_folder(folder);
}

/* Commits of 5 MB of rows: their frames are not moved. */
TEST(large_windows_stay_where_they_are) {
    char folder[64], path[128];
    static char text[50000];
    sheaf_life_counts counts;
    sheaf_file *file;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    sheaf_article *article = sheaf_article_new();
    sheaf_writer_options options = {.level = 1};
    for (unsigned commit = 0; commit < 8; commit++) {
        sheaf_writer *writer;
        CHECK_NUMBER(sheaf_writer_open(&writer, path,
                                       commit ? SHEAF_WRITER_APPEND : SHEAF_WRITER_CREATE, &options,
                                       NULL),
                     SHEAF_OK);
        for (unsigned i = 100 * commit; i < 100 * (commit + 1); i++) {
            fill_sample(article, i);
            for (size_t at = 0; at < sizeof text - 1; at++)
                text[at] = (char)('a' + (at * (i + 3) >> 7) % 26);
            set(article, SHEAF_FIELD_TEXT, text);
            CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
        }
        CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
        sheaf_writer_close(writer);
    }
    uint64_t article_bytes = about_of(&file, path).article_bytes;
    sheaf_file_close(file);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_NUMBER(counts.joined, 8);
    CHECK_NUMBER(counts.packed, 0);
    CHECK(counts.copied > 100);
    sheaf_about about = about_of(&file, path);
    CHECK_NUMBER(about.segments, 1);
    CHECK_NUMBER(about.article_bytes, article_bytes);
    CHECK_NUMBER(sheaf_file_read(file, 799, article, NULL), SHEAF_OK);
    CHECK_TEXT(article->field[SHEAF_FIELD_TEXT], text);
    sheaf_file_close(file);
    sheaf_article_free(article);
    CHECK(is_whole(path));
    remove_folder(folder);
}

/* Catalogs that are large, or between large ones, are left alone. */
TEST(only_neighbours_of_a_size_are_joined) {
    char folder[64], path[128];
    sheaf_life_counts counts;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 600, NULL), SHEAF_OK);
    commit_each(path, 600, 604);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 604, 1200, NULL), SHEAF_OK);
    commit_each(path, 1200, 1207);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_NUMBER(counts.joined, 0);
    commit_each(path, 1207, 1208);
    CHECK_NUMBER(sheaf_tidy(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_NUMBER(counts.joined, 8);
    CHECK_NUMBER(segments_of(path), 1 + 4 + 1 + 1);
    CHECK_NUMBER(intact(path), 1208);
    remove_folder(folder);
}

int main(void) {
    RUN(T(eight_commits_become_one_catalog), T(the_number_of_catalogs_stays_small),
        T(a_sheaf_that_was_never_tidied_is_tidied_in_one_go),
        T(layers_tombstones_and_originals_stay_true), T(large_windows_stay_where_they_are),
        T(only_neighbours_of_a_size_are_joined));
}
