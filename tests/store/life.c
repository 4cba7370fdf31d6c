/* life.c - drop, merge, split, seal, compact, duplicates, diff. */
#include <dirent.h>

#include "store/life.h"
#include "store/sample.h"

/* Every byte of path is as it should be, and it has count live articles. */
static bool is_whole(const char *path, uint64_t count) {
    sheaf_file *file;
    sheaf_error error = {0};
    sheaf_status status = sheaf_file_open(&file, path, &error);
    if (status == SHEAF_OK) {
        status = sheaf_file_verify(file, NULL, &error);
        if (sheaf_file_live(file) != count) {
            fprintf(stderr, "%s: %llu articles\n", path, (unsigned long long)sheaf_file_live(file));
            status = SHEAF_MISSING;
        }
        sheaf_file_close(file);
    }
    if (status != SHEAF_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    return status == SHEAF_OK;
}

static sheaf_status drop(const char *path, const uint64_t *ordinals, size_t count) {
    sheaf_file *file;
    sheaf_about about;
    sheaf_error error = {0};
    char state[65] = "";
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return SHEAF_IO;
    if (sheaf_file_about(file, &about, NULL) == SHEAF_OK)
        snprintf(state, sizeof state, "%.*s", SLICE_ARGS(about.sha256));
    sheaf_file_close(file);
    return sheaf_drop(path, ordinals, count, sheaf_slice_of(state), "drop", &error);
}

/* The numbers of the samples that path holds, in order, as text; each unharmed. */
static const char *samples_in(const char *path) {
    static char list[4096];
    sheaf_file *file;
    size_t size = 0;
    list[0] = '\0';
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return "cannot be opened";
    sheaf_article *got = sheaf_article_new(), *wanted = sheaf_article_new();
    for (uint64_t i = 0; i < sheaf_file_count(file); i++) {
        unsigned number = 0;
        sheaf_row_columns row;
        if (sheaf_file_read(file, i, got, NULL) != SHEAF_OK)
            continue;
        sscanf(got->field[SHEAF_FIELD_HEADLINE].data, "Ferry timetable, part %u", &number);
        fill_sample(wanted, number);
        bool same =
            sheaf_slice_equal(got->field[SHEAF_FIELD_TEXT], wanted->field[SHEAF_FIELD_TEXT]);
        same = same && sheaf_file_row(file, i, &row, NULL) == SHEAF_OK &&
               sheaf_slice_equal(row.id, wanted->field[SHEAF_FIELD_ID]) &&
               sheaf_slice_equal(row.url, wanted->field[SHEAF_FIELD_URL]);
        size += (size_t)snprintf(list + size, sizeof list - size, same ? "%u " : "%u? ", number);
    }
    sheaf_article_free(got);
    sheaf_article_free(wanted);
    sheaf_file_close(file);
    return list;
}

TEST(what_is_dropped_is_passed_over_and_may_come_again) {
    char folder[64], path[128];
    uint64_t found, some[] = {1, 4, 7};
    sheaf_file *file;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 6, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 6, 9, NULL), SHEAF_OK);
    CHECK_NUMBER(drop(path, some, 3), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(path)), "0 2 3 5 6 8 ");
    CHECK(is_whole(path, 6));
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_count(file), 9);
    CHECK(sheaf_file_dropped(file, 4) && !sheaf_file_dropped(file, 5));
    CHECK_NUMBER(sheaf_file_find(file, &found, SLICE("000000009e3779b1"), NULL), SHEAF_MISSING);
    sheaf_file_close(file);
    for (unsigned i = 1; i < 9; i += 3)
        CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, i, i + 1, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(path)), "0 2 3 5 6 8 1 4 7 ");
    CHECK(is_whole(path, 9));
    uint64_t again[] = {0, 10};
    CHECK_NUMBER(drop(path, again, 2), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(path)), "2 3 5 6 8 1 7 ");
    CHECK(is_whole(path, 7));
    remove_folder(folder);
}

TEST(nothing_is_dropped_from_a_sheaf_that_has_changed) {
    char folder[64], path[128];
    uint64_t first = 0, twice[] = {1, 1}, beyond = 3;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 3, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_drop(path, &first, 1, SLICE("00"), NULL, NULL), SHEAF_LOCKED);
    CHECK_NUMBER(drop(path, twice, 2), SHEAF_MISUSE);
    CHECK_NUMBER(drop(path, &beyond, 1), SHEAF_MISUSE);
    CHECK(is_whole(path, 3));
    remove_folder(folder);
}

static void count_duplicate(void *context, const char *path, sheaf_slice id) {
    (void)path;
    (void)id;
    ++*(int *)context;
}

TEST(merging_keeps_the_first_of_each_id) {
    char folder[64], a[128], b[128], out[128];
    int told = 0;
    uint64_t gone = 2;
    sheaf_life_options options = {.context = &told, .duplicate = count_duplicate};
    sheaf_life_counts counts;
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf"), in_folder(b, folder, "b.sheaf")};
    in_folder(out, folder, "out.sheaf");
    CHECK_NUMBER(pack(a, SHEAF_WRITER_CREATE, 0, 8, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(b, SHEAF_WRITER_CREATE, 2, 12, NULL), SHEAF_OK);
    CHECK_NUMBER(drop(a, &gone, 1), SHEAF_OK);
    CHECK_NUMBER(sheaf_merge(out, paths, 2, &options, &counts, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(out)), "0 1 3 4 5 6 7 2 8 9 10 11 ");
    CHECK(is_whole(out, 12));
    CHECK_NUMBER(counts.articles, 12);
    CHECK_NUMBER(counts.duplicates, 5);
    CHECK_NUMBER(told, 5);
    CHECK_NUMBER(sheaf_merge(out, paths, 2, NULL, NULL, NULL), SHEAF_EXISTS);
    remove_folder(folder);
}

/* Two sheaves of large windows, so that frames are copied. */
TEST(merging_copies_whole_frames_and_mends_those_with_holes) {
    char folder[64], a[128], b[128], out[128];
    sheaf_life_counts counts;
    uint64_t some[] = {5, 69999};
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf"), in_folder(b, folder, "b.sheaf")};
    in_folder(out, folder, "out.sheaf");
    const sheaf_writer_options fast = {.level = 1};
    CHECK_NUMBER(pack(a, SHEAF_WRITER_CREATE, 0, 70000, &fast), SHEAF_OK);
    CHECK_NUMBER(pack(b, SHEAF_WRITER_CREATE, 70000, 110000, &fast), SHEAF_OK);
    CHECK_NUMBER(drop(a, some, 2), SHEAF_OK);
    CHECK_NUMBER(sheaf_merge(out, paths, 2, NULL, &counts, NULL), SHEAF_OK);
    CHECK(is_whole(out, 109998));
    CHECK(counts.copied > 20);
    CHECK(counts.packed >= 1 && counts.packed <= 2);
    remove_folder(folder);
}

TEST(sealing_gives_one_commit_and_compacting_joins_small_ones) {
    char folder[64], path[128];
    sheaf_life_counts counts;
    sheaf_file *file;
    sheaf_about about;
    sheaf_buffer once = {0}, twice = {0};
    uint64_t some[] = {3};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 2, NULL), SHEAF_OK);
    for (unsigned i = 2; i < 12; i += 2)
        CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, i, i + 2, NULL), SHEAF_OK);
    CHECK_NUMBER(drop(path, some, 1), SHEAF_OK);
    CHECK_NUMBER(sheaf_seal(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(path)), "0 1 2 4 5 6 7 8 9 10 11 ");
    CHECK(is_whole(path, 11));
    CHECK_NUMBER(counts.copied, 5);
    CHECK_NUMBER(counts.packed, 1);
    read_whole(&once, path);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    read_whole(&twice, path);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&once), sheaf_buffer_view(&twice)));
    CHECK_NUMBER(sheaf_compact(path, NULL, &counts, NULL), SHEAF_OK);
    CHECK_NUMBER(counts.copied, 0);
    CHECK_NUMBER(counts.packed, 1);
    CHECK(is_whole(path, 11));
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK_NUMBER(about.commits, 1);
    CHECK_NUMBER(about.dropped, 0);
    sheaf_file_close(file);
    CHECK_TEXT(sheaf_slice_of(samples_in(path)), "0 1 2 4 5 6 7 8 9 10 11 ");
    sheaf_buffer_clear(&once);
    sheaf_buffer_clear(&twice);
    remove_folder(folder);
}

TEST(an_empty_sheaf_lives_too) {
    char folder[64], a[128], out[128];
    uint64_t both[] = {0, 1};
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf")};
    in_folder(out, folder, "out.sheaf");
    CHECK_NUMBER(pack(a, SHEAF_WRITER_CREATE, 0, 2, NULL), SHEAF_OK);
    CHECK_NUMBER(drop(a, both, 2), SHEAF_OK);
    CHECK(is_whole(a, 0));
    CHECK_NUMBER(sheaf_merge(out, paths, 1, NULL, NULL, NULL), SHEAF_OK);
    CHECK(is_whole(out, 0));
    CHECK_NUMBER(sheaf_compact(a, NULL, NULL, NULL), SHEAF_OK);
    CHECK(is_whole(a, 0));
    CHECK_NUMBER(pack(a, SHEAF_WRITER_APPEND, 0, 3, NULL), SHEAF_OK);
    CHECK(is_whole(a, 3));
    remove_folder(folder);
}

TEST(parts_have_names_that_tell_what_is_in_them) {
    char folder[64], path[128], name[128];
    sheaf_error error = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 12, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_split(path, folder, SHEAF_SPLIT_COUNT, 5, NULL, NULL, NULL), SHEAF_OK);
    CHECK(is_whole(in_folder(name, folder, "a-0001.sheaf"), 5));
    CHECK(is_whole(in_folder(name, folder, "a-0003.sheaf"), 2));
    CHECK_TEXT(sheaf_slice_of(samples_in(name)), "10 11 ");
    CHECK_NUMBER(sheaf_split(path, folder, SHEAF_SPLIT_LANGUAGE, 0, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(samples_in(in_folder(name, folder, "a-ru.sheaf"))), "1 4 7 10 ");
    CHECK_NUMBER(sheaf_split(path, folder, SHEAF_SPLIT_PUBLISHER, 0, NULL, NULL, NULL), SHEAF_OK);
    CHECK(is_whole(in_folder(name, folder, "a-The-Harbour-Post.sheaf"), 6));
    CHECK(is_whole(in_folder(name, folder, "a-none.sheaf"), 6));
    CHECK_NUMBER(sheaf_split(path, folder, SHEAF_SPLIT_COUNT, 4, NULL, NULL, &error), SHEAF_EXISTS);
    CHECK(is_whole(in_folder(name, folder, "a-0001.sheaf"), 5));
    remove_folder(folder);
}

TEST(damage_is_told_and_not_copied) {
    char folder[64], a[128], out[128];
    sheaf_buffer bytes = {0};
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf")};
    in_folder(out, folder, "out.sheaf");
    CHECK_NUMBER(pack(a, SHEAF_WRITER_CREATE, 0, 20, NULL), SHEAF_OK);
    read_whole(&bytes, a);
    bytes.data[200] ^= 4; /* in the frame of rows */
    write_whole(a, bytes.data, bytes.size);
    CHECK_NUMBER(sheaf_merge(out, paths, 1, NULL, NULL, NULL), SHEAF_CORRUPT);
    CHECK(access(out, F_OK) != 0);
    CHECK_NUMBER(sheaf_compact(a, NULL, NULL, NULL), SHEAF_CORRUPT);
    read_whole(&bytes, a);
    CHECK(bytes.data[0] == 'P');
    sheaf_buffer_clear(&bytes);
    remove_folder(folder);
}

/* ---- duplicates ---------------------------------------------------------------------- */

static bool note_twin(void *context, uint64_t dropped, uint64_t kept) {
    sheaf_buffer_printf(context, "%llu=%llu ", (unsigned long long)dropped,
                        (unsigned long long)kept);
    return true;
}

static void add_one(sheaf_writer *writer, const char *id, const char *url, const char *published,
                    const char *text) {
    sheaf_article *article = sheaf_article_new();
    set(article, SHEAF_FIELD_ID, id);
    set(article, SHEAF_FIELD_URL, url);
    set(article, SHEAF_FIELD_PUBLISHED, published);
    set(article, SHEAF_FIELD_TEXT, text);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    sheaf_article_free(article);
}

TEST(the_earliest_of_equal_texts_is_kept) {
    char folder[64], path[128];
    sheaf_writer *writer;
    sheaf_file *file;
    sheaf_buffer list = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    add_one(writer, "a", "", "", "One text.");
    add_one(writer, "b", "", "2021-03-02", "One text.");
    add_one(writer, "c", "", "2021-03-01T10:00Z", "One text.");
    add_one(writer, "d", "", "XXXX-03-01", "One text.");
    add_one(writer, "e", "", "2020", "Another text.");
    add_one(writer, "f", "", "", "");
    add_one(writer, "g", "", "", "");
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_duplicates(file, note_twin, &list, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_buffer_view(&list), "0=2 1=2 3=2 ");
    sheaf_file_close(file);
    sheaf_buffer_clear(&list);
    remove_folder(folder);
}

/* ---- diff ------------------------------------------------------------------------------- */

static bool note_difference(void *context, sheaf_difference what, uint64_t before, uint64_t after) {
    static const char marks[] = {'+', '-', '~'};
    sheaf_buffer_printf(context, "%c%llu,%llu ", marks[what], (unsigned long long)before,
                        (unsigned long long)after);
    return true;
}

TEST(articles_are_partners_by_id_or_by_url) {
    char folder[64], a[128], b[128];
    sheaf_writer *writer;
    sheaf_file *files[2];
    sheaf_buffer list = {0};
    make_folder(folder);
    in_folder(a, folder, "a.sheaf");
    in_folder(b, folder, "b.sheaf");
    CHECK_NUMBER(sheaf_writer_create(&writer, a, NULL), SHEAF_OK);
    add_one(writer, "same", "https://x.example/1", "", "As it was.");
    add_one(writer, "changed", "", "", "One word was here.");
    add_one(writer, "old-id", "https://x.example/3", "", "By url.");
    add_one(writer, "gone", "https://x.example/4", "", "It went.");
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(sheaf_writer_create(&writer, b, NULL), SHEAF_OK);
    add_one(writer, "added", "", "", "It came.");
    add_one(writer, "new-id", "https://x.example/3", "", "By the url.");
    add_one(writer, "changed", "", "", "Two words were here.");
    add_one(writer, "same", "https://x.example/1", "", "As it was.");
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(sheaf_file_open(&files[0], a, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_open(&files[1], b, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_diff(files[0], files[1], note_difference, &list, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_buffer_view(&list), "~1,2 ~2,1 -3,0 +0,0 ");
    sheaf_file_close(files[0]);
    sheaf_file_close(files[1]);
    sheaf_buffer_clear(&list);
    remove_folder(folder);
}

int main(void) {
    RUN(T(what_is_dropped_is_passed_over_and_may_come_again),
        T(nothing_is_dropped_from_a_sheaf_that_has_changed), T(merging_keeps_the_first_of_each_id),
        T(merging_copies_whole_frames_and_mends_those_with_holes),
        T(sealing_gives_one_commit_and_compacting_joins_small_ones), T(an_empty_sheaf_lives_too),
        T(parts_have_names_that_tell_what_is_in_them), T(damage_is_told_and_not_copied),
        T(the_earliest_of_equal_texts_is_kept), T(articles_are_partners_by_id_or_by_url));
}
