/* damage.c - every byte flipped, every length cut, every allocation refused. */
#include "base/memory.h"
#include "store/file.h"
#include "store/sample.h"

static char folder[64], path[128], hurt[128];

static void begin(sheaf_buffer *bytes) {
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    in_folder(hurt, folder, "b.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 5, NULL);
    pack(path, SHEAF_WRITER_APPEND, 5, 8, NULL);
    read_whole(bytes, path);
}

static void end(sheaf_buffer *bytes) {
    sheaf_buffer_clear(bytes);
    remove_folder(folder);
}

static void count_problem(void *context, const char *sentence) {
    (void)sentence;
    ++*(int *)context;
}

/* True when opening or verifying tells that something is wrong. */
static bool is_told(const char *name) {
    sheaf_file *file;
    int problems = 0;
    sheaf_error error = {0};
    if (sheaf_file_open(&file, name, &error) != SHEAF_OK)
        return error.status == SHEAF_CORRUPT || error.status == SHEAF_UNSUPPORTED;
    sheaf_status status = sheaf_file_verify(
        file, &(sheaf_verify_options){.problem = count_problem, .context = &problems}, &error);
    sheaf_file_close(file);
    return status == SHEAF_CORRUPT && problems > 0 && error.status == SHEAF_CORRUPT;
}

/* Flips one bit of each byte; reads all that can be read as well. */
TEST(any_flipped_byte_is_told) {
    sheaf_buffer bytes = {0};
    size_t silent = 0, unreadable = 0;
    begin(&bytes);
    CHECK(!is_told(path));
    for (size_t i = 0; i < bytes.size; i++) {
        char old = bytes.data[i];
        bytes.data[i] = (char)(old ^ (1 << (i % 8)));
        write_whole(hurt, bytes.data, bytes.size);
        bytes.data[i] = old;
        silent += !is_told(hurt);
        unreadable += intact(hurt) < 0;
    }
    CHECK_NUMBER(silent, 0);
    CHECK_NUMBER(unreadable, 0);
    end(&bytes);
}

TEST(cut_anywhere_it_opens_at_its_last_commit) {
    sheaf_buffer bytes = {0}, first = {0};
    begin(&bytes);
    pack(hurt, SHEAF_WRITER_CREATE, 0, 5, NULL);
    read_whole(&first, hurt);
    CHECK(memcmp(bytes.data, first.data, first.size) == 0);
    size_t manifest_end =
        sheaf_slice_find(sheaf_buffer_view(&bytes), 0, SLICE(".commit/000001")) - 30;
    for (size_t size = 0; size < bytes.size; size++) {
        write_whole(hurt, bytes.data, size);
        CHECK_NUMBER(intact(hurt), size < manifest_end ? -1 : 5);
    }
    for (size_t size = first.size; size < bytes.size; size += 397) {
        write_whole(hurt, bytes.data, size);
        CHECK_NUMBER(pack(hurt, SHEAF_WRITER_APPEND, 5, 8, NULL), SHEAF_OK);
        CHECK_NUMBER(intact(hurt), 8);
        CHECK(!is_told(hurt));
    }
    sheaf_buffer_clear(&first);
    end(&bytes);
}

TEST(garbage_behind_the_end_is_told_and_cut) {
    sheaf_file *file;
    sheaf_buffer bytes = {0};
    begin(&bytes);
    size_t size = bytes.size;
    for (unsigned i = 0; i < 1100000; i++)
        sheaf_buffer_char(&bytes, (char)(i * 7));
    sheaf_buffer_append(&bytes, "PK\5\6PK\5\6", 8);
    write_whole(hurt, bytes.data, bytes.size);
    CHECK_NUMBER(intact(hurt), 8);
    CHECK_NUMBER(sheaf_file_open(&file, hurt, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_torn(file), bytes.size - size);
    sheaf_file_close(file);
    CHECK(is_told(hurt));
    CHECK_NUMBER(pack(hurt, SHEAF_WRITER_APPEND, 8, 9, NULL), SHEAF_OK);
    CHECK(!is_told(hurt));
    CHECK_NUMBER(intact(hurt), 9);
    end(&bytes);
}

/* The only commit is damaged: the local headers still tell all. */
TEST(one_commit_with_a_flipped_byte_still_opens) {
    sheaf_buffer bytes = {0};
    sheaf_writer *writer;
    size_t silent = 0, lost = 0, extended = 0;
    begin(&bytes);
    pack(hurt, SHEAF_WRITER_CREATE, 0, 5, NULL);
    read_whole(&bytes, hurt);
    size_t commit = sheaf_slice_find(sheaf_buffer_view(&bytes), 0, SLICE(".commit/000001")) - 30;
    for (size_t i = commit; i < bytes.size; i++) {
        bytes.data[i] ^= 16;
        write_whole(hurt, bytes.data, bytes.size);
        bytes.data[i] ^= 16;
        silent += !is_told(hurt);
        lost += intact(hurt) != 5;
        if (sheaf_writer_append(&writer, hurt, NULL) == SHEAF_OK) {
            sheaf_writer_close(writer);
            extended++;
        }
    }
    CHECK_NUMBER(silent, 0);
    CHECK_NUMBER(lost, 0);
    CHECK_NUMBER(extended, 0);
    end(&bytes);
}

/* A flipped bit in the last commit is no torn tail: appending must not cut off
 * what was committed. */
TEST(a_damaged_commit_is_not_cut_off) {
    sheaf_writer *writer;
    sheaf_buffer bytes = {0}, after = {0};
    begin(&bytes);
    size_t commit = sheaf_slice_find(sheaf_buffer_view(&bytes), 0, SLICE(".commit/000002")) - 30;
    for (size_t i = commit; i < bytes.size; i++) {
        bytes.data[i] ^= 4;
        write_whole(hurt, bytes.data, bytes.size);
        sheaf_status status = sheaf_writer_append(&writer, hurt, NULL);
        if (status == SHEAF_OK)
            sheaf_writer_close(writer);
        CHECK_NUMBER(status, SHEAF_CORRUPT);
        read_whole(&after, hurt);
        CHECK_NUMBER(after.size, bytes.size);
        bytes.data[i] ^= 4;
    }
    sheaf_buffer_clear(&after);
    end(&bytes);
}

TEST(any_allocation_may_fail_while_writing) {
    sheaf_buffer bytes = {0}, after = {0};
    sheaf_error error;
    bool done = false;
    begin(&bytes);
    for (uint64_t n = 0; !done && n < 100000; n++) {
        sheaf_writer *writer = NULL;
        write_whole(hurt, bytes.data, bytes.size);
        sheaf_memory_fail_at(n);
        sheaf_status status = sheaf_writer_append(&writer, hurt, &error);
        if (status == SHEAF_OK)
            status = add_samples(writer, 8, 12, &error);
        sheaf_memory_fail_at(UINT64_MAX);
        if (writer)
            sheaf_writer_close(writer);
        done = status == SHEAF_OK;
        CHECK(done || status == SHEAF_NO_MEMORY);
        read_whole(&after, hurt);
        CHECK(done || sheaf_slice_equal(sheaf_buffer_view(&after), sheaf_buffer_view(&bytes)));
    }
    CHECK(done);
    CHECK_NUMBER(intact(hurt), 12);
    sheaf_buffer_clear(&after);
    end(&bytes);
}

TEST(any_allocation_may_fail_while_reading) {
    sheaf_buffer bytes = {0};
    sheaf_error error;
    sheaf_row_columns row;
    bool done = false;
    begin(&bytes);
    for (uint64_t n = 0; !done && n < 100000; n++) {
        sheaf_file *file = NULL;
        sheaf_memory_fail_at(n);
        sheaf_status status = sheaf_file_open(&file, path, &error);
        if (status == SHEAF_OK)
            status = sheaf_file_row(file, 7, &row, &error);
        if (status == SHEAF_OK)
            status = sheaf_file_verify(file, NULL, &error);
        sheaf_memory_fail_at(UINT64_MAX);
        sheaf_file_close(file);
        done = status == SHEAF_OK;
        CHECK(done || status == SHEAF_NO_MEMORY);
    }
    CHECK(done);
    end(&bytes);
}

/* Places of two articles changed for one another: the rows are whole, but those of
 * the wrong articles. Samples 6 and 13 have ids that are not 16 digits. */
static void swap_places(const sheaf_buffer *bytes, uint64_t one, uint64_t other) {
    sheaf_file *file;
    sheaf_buffer copy = {0};
    sheaf_article *article = sheaf_article_new();
    sheaf_buffer_add(&copy, sheaf_buffer_view(bytes));
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    const sheaf_column *places = &file->volumes[0].catalog.section[SHEAF_SECTION_PLACE];
    CHECK_NUMBER(places->width, 1);
    char *at = copy.data + ((const char *)places->data - file->bytes.data), kept = at[one];
    at[one] = at[other];
    at[other] = kept;
    sheaf_file_close(file);
    write_whole(hurt, copy.data, copy.size);
    CHECK_NUMBER(sheaf_file_open(&file, hurt, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_read(file, one, article, NULL), SHEAF_CORRUPT);
    CHECK_NUMBER(sheaf_file_read(file, other, article, NULL), SHEAF_CORRUPT);
    CHECK_NUMBER(sheaf_file_read(file, 1, article, NULL), SHEAF_OK);
    sheaf_file_close(file);
    sheaf_article_free(article);
    sheaf_buffer_clear(&copy);
}

TEST(a_row_of_another_article_is_never_taken) {
    sheaf_buffer bytes = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    in_folder(hurt, folder, "b.sheaf");
    pack(path, SHEAF_WRITER_CREATE, 0, 15, NULL);
    read_whole(&bytes, path);
    CHECK_NUMBER(intact(path), 15);
    swap_places(&bytes, 6, 13);
    swap_places(&bytes, 2, 6);
    swap_places(&bytes, 2, 3);
    end(&bytes);
}

int main(void) {
    RUN(T(any_flipped_byte_is_told), T(cut_anywhere_it_opens_at_its_last_commit),
        T(garbage_behind_the_end_is_told_and_cut), T(one_commit_with_a_flipped_byte_still_opens),
        T(a_damaged_commit_is_not_cut_off), T(any_allocation_may_fail_while_writing),
        T(any_allocation_may_fail_while_reading), T(a_row_of_another_article_is_never_taken));
}
