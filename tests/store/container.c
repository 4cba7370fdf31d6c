/* container.c - writing, reading, appending, finding, refusing. */
#include "store/sample.h"

static char folder[64], path[128];

static void begin(void) {
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
}

static void end(void) {
    remove_folder(folder);
}

static sheaf_file *open_file(void) {
    sheaf_file *file = NULL;
    sheaf_error error = {0};
    if (sheaf_file_open(&file, path, &error) != SHEAF_OK)
        fprintf(stderr, "%s\n", error.message);
    return file;
}

TEST(gives_back_what_it_was_given) {
    begin();
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 500, NULL), SHEAF_OK);
    CHECK_NUMBER(intact(path), 500);
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_file_count(file), 500);
    CHECK_NUMBER(sheaf_file_torn(file), 0);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_json(file, 500, &(sheaf_slice){0}, NULL), SHEAF_MISSING);
    sheaf_file_close(file);
    end();
}

TEST(rows_of_the_catalog_say_what_the_articles_say) {
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 40, NULL);
    sheaf_file *file = open_file();
    sheaf_row_columns row;
    CHECK_NUMBER(sheaf_file_row(file, 13, &row, NULL), SHEAF_OK);
    CHECK_NUMBER(row.ordinal, 13);
    CHECK_TEXT(row.id, "story-13");
    CHECK_TEXT(row.url, "https://www.site3.example/news/13");
    CHECK_TEXT(row.site, "site3.example");
    CHECK_TEXT(row.headline, "Ferry timetable, part 13");
    CHECK_TEXT(row.publisher, "The Harbour Post");
    CHECK_TEXT(row.published, "2024-03-14T08:14Z");
    CHECK_TEXT(row.language, "ru");
    CHECK_NUMBER(row.words, 21);
    sheaf_slice json;
    CHECK_NUMBER(sheaf_file_json(file, 13, &json, NULL), SHEAF_OK);
    CHECK_NUMBER(row.bytes, json.size);
    CHECK_NUMBER(sheaf_file_row(file, 8, &row, NULL), SHEAF_OK);
    CHECK_TEXT(row.published, "2024-03-09/2024-04-09");
    CHECK_TEXT(row.publisher, "");
    CHECK_NUMBER(sheaf_file_row(file, 9, &row, NULL), SHEAF_OK);
    CHECK_TEXT(row.published, "");
    CHECK_NUMBER(sheaf_file_row(file, 40, &row, NULL), SHEAF_MISSING);
    sheaf_file_close(file);
    end();
}

TEST(appends_in_commits_and_readers_keep_theirs) {
    begin();
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 30, NULL), SHEAF_OK);
    sheaf_file *before = open_file();
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 30, 31, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 31, 60, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_count(before), 30);
    CHECK_NUMBER(sheaf_file_verify(before, NULL, NULL), SHEAF_OK);
    sheaf_file_close(before);
    CHECK_NUMBER(intact(path), 60);
    sheaf_file *after = open_file();
    sheaf_about about;
    CHECK_NUMBER(sheaf_file_verify(after, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(after, &about, NULL), SHEAF_OK);
    CHECK_NUMBER(about.commits, 3);
    CHECK_NUMBER(about.articles, 60);
    CHECK_NUMBER(about.entries, 10);
    CHECK_TEXT(about.tool, "sheaf " SHEAF_VERSION);
    CHECK_TEXT(about.created, "");
    CHECK_NUMBER(about.sha256.size, 64);
    sheaf_file_close(after);
    end();
}

TEST(refuses_an_id_that_is_there) {
    sheaf_writer *writer;
    sheaf_writer_counts counts;
    sheaf_article *article = sheaf_article_new();
    begin();
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    CHECK_NUMBER(add_samples(writer, 0, 20, NULL), SHEAF_OK);
    fill_sample(article, 5);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_EXISTS); /* committed */
    fill_sample(article, 20);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_EXISTS); /* not yet */
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_counts_get(writer, &counts);
    CHECK_NUMBER(counts.articles, 21);
    CHECK_NUMBER(counts.existed, 2);
    CHECK_NUMBER(counts.commits, 2);
    sheaf_writer_close(writer);
    CHECK_NUMBER(sheaf_writer_append(&writer, path, NULL), SHEAF_OK);
    fill_sample(article, 6); /* an id that is no number */
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_EXISTS);
    sheaf_article_reset(article);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_MISUSE);
    sheaf_writer_close(writer);
    CHECK_NUMBER(intact(path), 21);
    sheaf_article_free(article);
    end();
}

TEST(finds_ids_and_beginnings_of_ids) {
    uint64_t ordinal = 0;
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 16, NULL);
    pack(path, SHEAF_WRITER_APPEND, 16, 40, NULL);
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("000000009e3779b1"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 1);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("000000009e37"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 1);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("story-20"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 20);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("story-6"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 6);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("story-3"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 34);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("story-"), NULL), SHEAF_MISUSE);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("0"), NULL), SHEAF_MISUSE);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("ffff"), NULL), SHEAF_MISSING);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("tale"), NULL), SHEAF_MISSING);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE(""), NULL), SHEAF_MISUSE);
    sheaf_file_close(file);
    end();
}

TEST(scans_a_range_in_order) {
    sheaf_scan *scan;
    sheaf_slice json;
    uint64_t ordinal, next = 7;
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 300, &(sheaf_writer_options){.frame_bytes = 1000});
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_scan_open(&scan, file, 7, 290, NULL), SHEAF_OK);
    while (sheaf_scan_next(scan, &ordinal, &json, NULL) == SHEAF_OK) {
        char mark[32];
        snprintf(mark, sizeof mark, "part %u\"", (unsigned)next);
        CHECK_NUMBER(ordinal, next++);
        CHECK(sheaf_slice_find(json, 0, sheaf_slice_of(mark)) != SIZE_MAX);
    }
    CHECK_NUMBER(next, 290);
    sheaf_scan_close(scan);
    sheaf_file_close(file);
    end();
}

TEST(same_articles_give_the_same_bytes_whatever_the_threads) {
    char other[128];
    sheaf_buffer one = {0}, many = {0};
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 2000, &(sheaf_writer_options){.frame_bytes = 4000});
    pack(in_folder(other, folder, "b.sheaf"), SHEAF_WRITER_CREATE, 0, 2000,
         &(sheaf_writer_options){.frame_bytes = 4000, .threads = 4});
    read_whole(&one, path);
    read_whole(&many, other);
    CHECK(one.size > 10000);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&one), sheaf_buffer_view(&many)));
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&many);
    end();
}

TEST(a_second_writer_is_told_of_the_first) {
    sheaf_writer *first, *second;
    begin();
    CHECK_NUMBER(sheaf_writer_create(&first, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_create(&second, path, NULL), SHEAF_LOCKED);
    CHECK_NUMBER(add_samples(first, 0, 3, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_create(&second, path, NULL), SHEAF_EXISTS);
    CHECK_NUMBER(sheaf_writer_append(&second, path, NULL), SHEAF_LOCKED);
    sheaf_writer_close(first);
    CHECK_NUMBER(sheaf_writer_append(&second, path, NULL), SHEAF_OK);
    sheaf_writer_close(second);
    CHECK_NUMBER(intact(path), 3);
    end();
}

TEST(closing_without_a_commit_leaves_no_trace) {
    sheaf_writer *writer;
    sheaf_article *article = sheaf_article_new();
    sheaf_buffer before = {0}, after = {0};
    char partial[160];
    begin();
    snprintf(partial, sizeof partial, "%s.partial", path);
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    fill_sample(article, 0);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    CHECK(access(partial, F_OK) == 0 && access(path, F_OK) != 0);
    sheaf_writer_close(writer);
    CHECK(access(partial, F_OK) != 0 && access(path, F_OK) != 0);

    pack(path, SHEAF_WRITER_CREATE, 0, 5, NULL);
    read_whole(&before, path);
    CHECK_NUMBER(sheaf_writer_append(&writer, path, NULL), SHEAF_OK);
    fill_sample(article, 5);
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    read_whole(&after, path);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&before), sheaf_buffer_view(&after)));
    sheaf_buffer_clear(&before);
    sheaf_buffer_clear(&after);
    sheaf_article_free(article);
    end();
}

TEST(an_empty_sheaf_is_a_sheaf) {
    begin();
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 0, NULL), SHEAF_OK);
    CHECK_NUMBER(intact(path), 0);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 0, 0, NULL), SHEAF_OK);
    sheaf_file *file = open_file();
    sheaf_about about;
    uint64_t ordinal;
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK_NUMBER(about.commits, 1);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("a"), NULL), SHEAF_MISSING);
    sheaf_file_close(file);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 0, 4, NULL), SHEAF_OK);
    CHECK_NUMBER(intact(path), 4);
    end();
}

TEST(refuses_what_is_not_utf8_and_goes_on) {
    sheaf_writer *writer;
    sheaf_error error;
    sheaf_article *article = sheaf_article_new();
    begin();
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    fill_sample(article, 0);
    set(article, SHEAF_FIELD_HEADLINE, "bad \xff byte");
    CHECK_NUMBER(sheaf_writer_add(writer, article, &error), SHEAF_BAD_INPUT);
    CHECK_NUMBER(add_samples(writer, 0, 3, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(intact(path), 3);
    sheaf_article_free(article);
    end();
}

TEST(one_huge_article_has_a_frame_of_its_own) {
    sheaf_writer *writer;
    sheaf_slice json;
    sheaf_article *article = sheaf_article_new();
    sheaf_buffer text = {0};
    begin();
    for (unsigned i = 0; i < 400000; i++)
        sheaf_buffer_printf(&text, "word%u ", i);
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    fill_sample(article, 0);
    sheaf_article_set(article, SHEAF_FIELD_TEXT, sheaf_buffer_view(&text));
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    CHECK_NUMBER(add_samples(writer, 1, 50, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_file_json(file, 0, &json, NULL), SHEAF_OK);
    CHECK(json.size > text.size);
    CHECK_NUMBER(sheaf_file_json(file, 49, &json, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    sheaf_file_close(file);
    sheaf_buffer_clear(&text);
    sheaf_article_free(article);
    end();
}

/* More articles than a segment holds, in one commit. */
TEST(many_articles_make_several_segments) {
    enum { MANY = 140000 };
    sheaf_writer *writer;
    sheaf_article *article = sheaf_article_new();
    sheaf_about about;
    sheaf_row_columns row;
    uint64_t ordinal = 0;
    char id[32];
    begin();
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE,
                                   &(sheaf_writer_options){.level = 1, .threads = 2}, NULL),
                 SHEAF_OK);
    for (unsigned i = 0; i < MANY; i++) {
        sheaf_article_reset(article);
        snprintf(id, sizeof id, "%016x", i);
        set(article, SHEAF_FIELD_ID, id);
        set(article, SHEAF_FIELD_HEADLINE, id + 8);
        if (sheaf_writer_add(writer, article, NULL) != SHEAF_OK)
            break;
    }
    set(article, SHEAF_FIELD_ID, "0000000000000005"); /* in the segment that is written */
    CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_EXISTS);
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK_NUMBER(about.articles, MANY);
    CHECK_NUMBER(about.segments, 2);
    CHECK_NUMBER(sheaf_file_find(file, &ordinal, SLICE("0000000000021e0f"), NULL), SHEAF_OK);
    CHECK_NUMBER(ordinal, 0x21e0f);
    CHECK_NUMBER(sheaf_file_row(file, MANY - 1, &row, NULL), SHEAF_OK);
    CHECK_TEXT(row.headline, "000222df");
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    sheaf_file_close(file);
    sheaf_article_free(article);
    end();
}

TEST(notes_the_time_when_it_is_given) {
    sheaf_about about;
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 1,
         &(sheaf_writer_options){.created = 1700000000, .tool = "test 1", .plan = "by hand"});
    sheaf_file *file = open_file();
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK_TEXT(about.created, "2023-11-14T22:13:20Z");
    CHECK_TEXT(about.tool, "test 1");
    CHECK_TEXT(about.plan, "by hand");
    sheaf_file_close(file);
    end();
}

TEST(says_what_is_no_sheaf_and_what_is_newer) {
    sheaf_file *file;
    sheaf_error error;
    sheaf_buffer bytes = {0};
    begin();
    CHECK_NUMBER(sheaf_file_open(&file, path, &error), SHEAF_MISSING);
    CHECK_NUMBER(sheaf_file_open(&file, folder, &error), SHEAF_UNSUPPORTED);
    write_whole(path, "", 0);
    CHECK_NUMBER(sheaf_file_open(&file, path, &error), SHEAF_CORRUPT);
    CHECK_NUMBER(sheaf_writer_append(&(sheaf_writer *){0}, path, &error), SHEAF_CORRUPT);
    unlink(path);
    pack(path, SHEAF_WRITER_CREATE, 0, 1, NULL);
    read_whole(&bytes, path);
    bytes.data[30 + 8 + 34] = '2';
    write_whole(path, bytes.data, 200);
    CHECK_NUMBER(sheaf_file_open(&file, path, &error), SHEAF_UNSUPPORTED);
    sheaf_buffer_clear(&bytes);
    end();
}

TEST(a_name_that_came_into_use_is_not_overwritten) {
    sheaf_writer *writer;
    sheaf_error error;
    char partial[160];
    begin();
    snprintf(partial, sizeof partial, "%s.partial", path);
    CHECK_NUMBER(sheaf_writer_create(&writer, path, NULL), SHEAF_OK);
    write_whole(path, "mine", 4);
    CHECK_NUMBER(add_samples(writer, 0, 3, &error), SHEAF_EXISTS);
    CHECK_NUMBER(sheaf_writer_commit(writer, &error), SHEAF_EXISTS);
    sheaf_writer_close(writer);
    CHECK_NUMBER(intact(partial), 3);
    end();
}

int main(void) {
    unsetenv("SOURCE_DATE_EPOCH");
    RUN(T(gives_back_what_it_was_given), T(rows_of_the_catalog_say_what_the_articles_say),
        T(appends_in_commits_and_readers_keep_theirs), T(refuses_an_id_that_is_there),
        T(finds_ids_and_beginnings_of_ids), T(scans_a_range_in_order),
        T(same_articles_give_the_same_bytes_whatever_the_threads),
        T(a_second_writer_is_told_of_the_first), T(closing_without_a_commit_leaves_no_trace),
        T(an_empty_sheaf_is_a_sheaf), T(refuses_what_is_not_utf8_and_goes_on),
        T(one_huge_article_has_a_frame_of_its_own), T(many_articles_make_several_segments),
        T(notes_the_time_when_it_is_given), T(says_what_is_no_sheaf_and_what_is_newer),
        T(a_name_that_came_into_use_is_not_overwritten));
}
