/* faults.c - whatever the system refuses, and whenever the writer dies.
 *
 * Of the calls by which a sheaf is written one fails at its nth use, or bytes run
 * out. After each failure the file opens at a commit, verifies, has all that was
 * acknowledged, and takes more. SHEAF_LONG_TESTS=1 does all of it many more times.
 * This is packing; faults_life.c does the same to all else that is written. */
#include "store/interposer.h"

#include <signal.h>
#include <sys/wait.h>

#include "store/sample.h"

/* ---- what must hold ---------------------------------------------------------------- */

static char folder[64], path[128];

/* The number of articles, when the file opens at one of its commits, which end
 * at multiples of step, and tells the truth of itself; else -1. */
static long sound(const char *name, unsigned step) {
    sheaf_file *file;
    sheaf_error error = {0};
    long count = intact(name);
    if (count < 0 || (unsigned long)count % step != 0 ||
        sheaf_file_open(&file, name, &error) != SHEAF_OK)
        return -1;
    sheaf_status status = sheaf_file_verify(file, NULL, &error);
    bool truth = status == (sheaf_file_torn(file) ? SHEAF_CORRUPT : SHEAF_OK);
    bool all = sheaf_file_count(file) == (uint64_t)count;
    sheaf_file_close(file);
    if (!truth)
        fprintf(stderr, "verify: %s\n", error.message);
    return truth && all ? count : -1;
}

/* Appends samples [from, from + 3) and then three more. How many were
 * acknowledged, counted from from. */
static unsigned append_twice(unsigned from) {
    sheaf_writer *writer;
    sheaf_error error = {0};
    unsigned done = 0;
    if (sheaf_writer_append(&writer, path, &error) != SHEAF_OK)
        return 0;
    if (add_samples(writer, from, from + 3, &error) == SHEAF_OK)
        done = 3;
    if (done && add_samples(writer, from + 3, from + 6, &error) == SHEAF_OK)
        done = 6;
    sheaf_writer_close(writer);
    return done;
}

/* Appends with faults as they are set, and again without. True when the second
 * try was not needed: nothing failed. */
static bool survives(const sheaf_buffer *before, const char *what, long n) {
    write_whole(path, before->data, before->size);
    unsigned done = append_twice(3);
    no_faults();
    long count = sound(path, 3);
    if (count < 3 + (long)done || count > 9) {
        fprintf(stderr, "%s %ld: %u acknowledged, %ld there\n", what, n, done, count - 3);
        CHECK(false);
    }
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, (unsigned)count, 12, NULL), SHEAF_OK);
    CHECK_NUMBER(sound(path, 3), 12);
    return done == 6;
}

static void begin(sheaf_buffer *before) {
    no_faults();
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 3, NULL), SHEAF_OK);
    read_whole(before, path);
}

static void end(sheaf_buffer *before) {
    sheaf_buffer_clear(before);
    remove_folder(folder);
}

/* ---- tests ------------------------------------------------------------------------------ */

TEST(any_call_may_fail_while_appending) {
    sheaf_buffer before = {0};
    begin(&before);
    for (int which = 0; which < CALLS; which++) {
        for (int stays = 0; stays < 2; stays++) {
            bool done = false;
            for (long n = 0; !done && n < 10000; n++) {
                faults.countdown[which] = n;
                faults.stays = stays;
                done = survives(&before, call_names[which], n);
            }
            CHECK(done);
        }
    }
    end(&before);
}

/* A torn tail is cut first, and that may fail, too. */
TEST(any_call_may_fail_while_a_torn_tail_is_cut) {
    sheaf_buffer before = {0};
    begin(&before);
    size_t whole = before.size;
    for (unsigned i = 0; i < 5000; i++)
        sheaf_buffer_char(&before, (char)(i * 31));
    for (int which = 0; which < CALLS; which++) {
        for (long n = 0; n < 3; n++) {
            faults.countdown[which] = n;
            survives(&before, call_names[which], n);
        }
    }
    CHECK(before.size == whole + 5000);
    end(&before);
}

TEST(the_disk_may_be_full_at_any_byte) {
    sheaf_buffer before = {0};
    bool done = false;
    begin(&before);
    for (long long room = 0; !done && room < 1000000; room += is_long() ? 1 : 61) {
        faults.room = room;
        done = survives(&before, "room for", (long)room);
    }
    CHECK(done);
    end(&before);
}

/* A new file is there whole, or not at all; only what it is called until then
 * may be left. */
TEST(any_call_may_fail_while_creating) {
    sheaf_buffer before = {0};
    begin(&before);
    for (int which = 0; which < CALLS; which++) {
        bool done = false;
        for (long n = 0; !done && n < 1000; n++) {
            char fresh[128], partial[160];
            in_folder(fresh, folder, "new.sheaf");
            snprintf(partial, sizeof partial, "%s.partial", fresh);
            unlink(fresh);
            faults.countdown[which] = n;
            faults.stays = true;
            sheaf_writer *writer;
            sheaf_status status = sheaf_writer_create(&writer, fresh, NULL);
            if (status == SHEAF_OK) {
                status = add_samples(writer, 0, 3, NULL);
                sheaf_writer_close(writer);
            }
            no_faults();
            if (access(fresh, F_OK) == 0)
                CHECK_NUMBER(sound(fresh, 3), 3);
            else
                CHECK(status != SHEAF_OK);
            struct stat about;
            if (stat(partial, &about) == 0 && about.st_size > 0)
                CHECK_NUMBER(sound(partial, 3), 3); /* whole, but for its name */
            unlink(partial);
            done = status == SHEAF_OK;
        }
        CHECK(done);
    }
    end(&before);
}

/* ---- the writer is killed ------------------------------------------------------------------ */

/* Commits three samples at a time, many times, and tells each time how many there
 * are. */
static void write_on_and_on(int tell, unsigned from) {
    unsigned last = from + 900;
    sheaf_writer *writer;
    if (sheaf_writer_append(&writer, path, NULL) != SHEAF_OK)
        _exit(3);
    for (; from < last; from += 3) {
        if (add_samples(writer, from, from + 3, NULL) != SHEAF_OK)
            _exit(4);
        unsigned there = from + 3;
        if (write(tell, &there, sizeof there) != sizeof there)
            _exit(5);
    }
}

static pid_t start_writer(int *tell, unsigned from) {
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_on_and_on(ends[1], from);
        _exit(0);
    }
    close(ends[1]);
    *tell = ends[0];
    return child;
}

/* Kills it, and returns the last number that it told, or known. */
static unsigned stop_writer(pid_t child, int tell, unsigned known) {
    unsigned there;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(tell, &there, sizeof there) == sizeof there)
        known = there;
    close(tell);
    return known;
}

TEST(a_writer_may_be_killed_at_any_moment) {
    sheaf_buffer before = {0};
    unsigned rounds = is_long() ? 5000 : 200, lost = 0, random = 12345, torn = 0, commits = 0;
    begin(&before);
    unsigned there = 3;
    for (unsigned round = 0; round < rounds; round++) {
        int tell;
        struct stat about;
        if (there > 90) { /* stay small: each round looks at all of it */
            write_whole(path, before.data, before.size);
            there = 3;
        }
        pid_t child = start_writer(&tell, there);
        random = random * 1664525u + 1013904223u;
        sleep_microseconds((random >> 8) % 12000);
        unsigned told = stop_writer(child, tell, there);
        long count = sound(path, 3);
        sheaf_file *file;
        if (stat(path, &about) == 0 && sheaf_file_open(&file, path, NULL) == SHEAF_OK) {
            torn += sheaf_file_torn(file) > 0;
            sheaf_file_close(file);
        }
        lost += count < (long)told || count > (long)told + 3;
        commits += (unsigned)count - there;
        there = (unsigned)count;
    }
    CHECK_NUMBER(lost, 0);
    CHECK(commits > 0);
    printf("   killed %u times, %u commits, torn %u times\n", rounds, commits / 3, torn);
    end(&before);
}

/* A reader sees one commit, later ones later, and never calls a writer a wreck. */
TEST(readers_see_whole_commits_while_a_writer_appends) {
    sheaf_buffer before = {0};
    int tell;
    uint64_t last = 3, seen = 0, wrong = 0, writing = 0;
    begin(&before);
    pid_t child = start_writer(&tell, 3);
    unsigned rounds = is_long() ? 20000 : 2000;
    for (unsigned i = 0; i < rounds; i++) {
        sheaf_file *file;
        sheaf_about about;
        sheaf_error error = {0};
        if (sheaf_file_open(&file, path, &error) != SHEAF_OK ||
            sheaf_file_about(file, &about, &error) != SHEAF_OK) {
            fprintf(stderr, "round %u: %s\n", i, error.message);
            wrong++;
            break;
        }
        sheaf_article *article = sheaf_article_new();
        wrong += about.articles < last || about.articles % 3 != 0 ||
                 (about.torn && !about.writing) ||
                 sheaf_file_read(file, about.articles - 1, article, &error) != SHEAF_OK;
        seen += about.articles > last;
        writing += about.writing;
        last = about.articles;
        sheaf_article_free(article);
        sheaf_file_close(file);
    }
    CHECK_NUMBER(wrong, 0);
    CHECK(seen > 0);
    stop_writer(child, tell, 3);
    printf("   %u openings, %llu new commits seen, %llu while one was being written\n", rounds,
           (unsigned long long)seen, (unsigned long long)writing);
    end(&before);
}

TEST(a_second_writer_is_told_who_the_first_is_and_may_wait) {
    sheaf_buffer before = {0};
    sheaf_error error = {0};
    sheaf_writer *first, *second;
    char wanted[32], lock_path[160];
    begin(&before);
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    CHECK_NUMBER(sheaf_writer_append(&first, path, &error), SHEAF_OK);
    CHECK_NUMBER(sheaf_writer_append(&second, path, &error), SHEAF_LOCKED);
    snprintf(wanted, sizeof wanted, "process %ld on ", (long)getpid());
    CHECK(strstr(error.message, wanted) != NULL);
    CHECK(strstr(error.message, " since 20") != NULL);
    pid_t child = fork();
    if (child == 0) { /* holds what it inherited of the lock for a moment */
        sleep_microseconds(300000);
        _exit(0);
    }
    sheaf_writer_close(first);
    CHECK(access(lock_path, F_OK) != 0);
    sheaf_writer_options options = {.wait = 20};
    CHECK_NUMBER(sheaf_writer_open(&second, path, SHEAF_WRITER_APPEND, &options, &error), SHEAF_OK);
    sheaf_writer_close(second);
    waitpid(child, NULL, 0);
    end(&before);
}

/* As nobody, in a folder that belongs to another. */
static int in_a_strange_folder(void) {
    sheaf_writer *writer;
    sheaf_file *file;
    char fresh[128];
    sheaf_error error = {0};
    if (geteuid() == 0 && setuid(65534) != 0)
        return 9;
    if (sheaf_writer_create(&writer, in_folder(fresh, folder, "b.sheaf"), &error) != SHEAF_IO)
        return 1;
    if (!strstr(error.message, "b.sheaf"))
        return 2;
    if (sheaf_writer_append(&writer, path, &error) != SHEAF_IO)
        return 3;
    if (sheaf_file_open(&file, path, &error) != SHEAF_OK || sheaf_file_count(file) != 3)
        return 4;
    sheaf_file_close(file);
    return 0;
}

TEST(a_folder_may_be_read_only) {
    sheaf_buffer before = {0};
    int status = -1;
    begin(&before);
    chmod(path, 0444);
    chmod(folder, 0555);
    pid_t child = fork();
    if (child == 0)
        _exit(in_a_strange_folder());
    waitpid(child, &status, 0);
    chmod(folder, 0755);
    CHECK(WIFEXITED(status));
    CHECK_NUMBER(WEXITSTATUS(status), 0);
    end(&before);
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    RUN(T(any_call_may_fail_while_appending), T(any_call_may_fail_while_a_torn_tail_is_cut),
        T(the_disk_may_be_full_at_any_byte), T(any_call_may_fail_while_creating),
        T(a_writer_may_be_killed_at_any_moment),
        T(readers_see_whole_commits_while_a_writer_appends),
        T(a_second_writer_is_told_who_the_first_is_and_may_wait), T(a_folder_may_be_read_only));
}
