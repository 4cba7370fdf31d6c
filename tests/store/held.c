/* held.c - a sheaf that keeps its partial name until it is complete, threads
 * that change no byte, and plans that change between commits. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "store/sample.h"

static char folder[64], path[128], partial[160];

static void begin(void) {
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    snprintf(partial, sizeof partial, "%s.partial", path);
}

static bool there(const char *name) {
    return access(name, F_OK) == 0;
}

static const char *plan_of(const char *name, char plan[64]) {
    sheaf_file *file;
    sheaf_about about;
    strcpy(plan, "?");
    if (sheaf_file_open(&file, name, NULL) != SHEAF_OK)
        return plan;
    if (sheaf_file_about(file, &about, NULL) == SHEAF_OK)
        snprintf(plan, 64, "%.*s", SLICE_ARGS(about.plan));
    sheaf_file_close(file);
    return plan;
}

TEST(has_no_name_before_it_is_published) {
    char plan[64];
    sheaf_writer *writer;
    sheaf_writer_options options = {.hold = true, .plan = "all"};
    begin();
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE, &options, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_plan(writer, "at 100", NULL), SHEAF_OK);
    CHECK_NUMBER(add_samples(writer, 0, 100, NULL), SHEAF_OK);
    CHECK(!there(path) && there(partial));
    sheaf_article *more = sheaf_article_new();
    fill_sample(more, 100);
    CHECK_NUMBER(sheaf_writer_add(writer, more, NULL), SHEAF_OK);
    sheaf_article_free(more);
    sheaf_writer_close(writer);
    CHECK(!there(path) && there(partial));
    CHECK_NUMBER(intact(partial), 100);
    CHECK_TEXT(sheaf_slice_of(plan_of(partial, plan)), "at 100");

    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_RESUME, &options, NULL), SHEAF_OK);
    CHECK_NUMBER(add_samples(writer, 100, 150, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_publish(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK(there(path) && !there(partial));
    CHECK_NUMBER(intact(path), 150);
    CHECK_TEXT(sheaf_slice_of(plan_of(path, plan)), "all");
    remove_folder(folder);
}

TEST(leaves_nothing_without_a_commit) {
    sheaf_writer *writer;
    sheaf_writer_options options = {.hold = true};
    begin();
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_RESUME, &options, NULL),
                 SHEAF_MISSING);
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE, &options, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK(!there(path) && !there(partial));
    remove_folder(folder);
}

/* A new plan makes a commit of its own even when there is no new article. */
TEST(commits_a_new_plan) {
    char plan[64];
    sheaf_writer *writer;
    begin();
    pack(path, SHEAF_WRITER_CREATE, 0, 10, NULL);
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_APPEND, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_plan(writer, "later", NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_TEXT(sheaf_slice_of(plan_of(path, plan)), "later");
    sheaf_file *file;
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    sheaf_file_close(file);
    CHECK_NUMBER(intact(path), 10);
    remove_folder(folder);
}

/* Commits 40 samples at a time; the parent kills it. */
static void write_until_killed(void) {
    sheaf_writer *writer;
    sheaf_writer_options options = {.hold = true, .threads = 2};
    if (sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE, &options, NULL) != SHEAF_OK)
        _exit(1);
    for (unsigned i = 0; i < 100000; i += 40) {
        if (add_samples(writer, i, i + 40, NULL) != SHEAF_OK)
            _exit(1);
    }
    _exit(0);
}

/* Killed before the end of its first commit? Its articles can be read by the
 * headers of the entries, but a writer does not go on with them. */
static bool has_commit(const char *name) {
    sheaf_file *file;
    sheaf_about about = {0};
    if (sheaf_file_open(&file, name, NULL) != SHEAF_OK)
        return false;
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    sheaf_file_close(file);
    return !about.rebuilt;
}

static void check_resumed(unsigned safe) {
    sheaf_writer *writer;
    sheaf_writer_options options = {.hold = true};
    sheaf_writer_mode mode = safe ? SHEAF_WRITER_RESUME : SHEAF_WRITER_CREATE;
    sheaf_status status = sheaf_writer_open(&writer, path, mode, &options, NULL);
    CHECK_NUMBER(status, SHEAF_OK);
    if (status != SHEAF_OK)
        return;
    CHECK_NUMBER(add_samples(writer, safe, safe + 7, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_publish(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(intact(path), safe + 7);
}

TEST(goes_on_wherever_it_was_killed) {
    for (unsigned round = 0; round < 40; round++) {
        begin();
        pid_t child = fork();
        if (child == 0)
            write_until_killed();
        nanosleep(&(struct timespec){.tv_nsec = 1000000 + round * 2917000 % 40000000}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        long safe = has_commit(partial) ? intact(partial) : 0;
        CHECK(!there(path));
        CHECK(safe >= 0 && safe % 40 == 0);
        check_resumed((unsigned)safe);
        remove_folder(folder);
    }
}

TEST(threads_change_no_byte) {
    sheaf_buffer one = {0}, other = {0};
    begin();
    for (unsigned threads = 1; threads <= 5; threads++) {
        sheaf_writer_options options = {.threads = threads, .frame_bytes = 4096};
        unlink(path);
        pack(path, SHEAF_WRITER_CREATE, 0, 3000, &options);
        read_whole(threads == 1 ? &one : &other, path);
        if (threads > 1)
            CHECK(sheaf_slice_equal(sheaf_buffer_view(&one), sheaf_buffer_view(&other)));
    }
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&other);
    remove_folder(folder);
}

int main(void) {
    RUN(T(has_no_name_before_it_is_published), T(leaves_nothing_without_a_commit),
        T(commits_a_new_plan), T(goes_on_wherever_it_was_killed), T(threads_change_no_byte));
}
