/* bits.c - each bit of a sheaf that has everything in it, flipped.
 *
 * Whatever bit it is, either the file does not open and says why, or verify tells
 * of it; and what is read nevertheless - articles, rows of a layer, originals - is
 * what was written, or an error, and nothing crashes. With sanitizers, which take
 * their time, verify sees every bit, and the readers one bit of each byte. */
#include <fcntl.h>
#include <sys/wait.h>

#include "article/row.h"
#include "store/full.h"

#ifdef __SANITIZE_ADDRESS__
enum { SLOW = 1 };
#else
enum { SLOW = 0 };
#endif

enum { SAMPLES = 2, WORKERS = 2 };

/* What was written: a canonical row a sample. */
typedef struct truth {
    sheaf_buffer row[SAMPLES];
} truth;

static void learn(truth *known) {
    char room[96];
    sheaf_article *article = sheaf_article_new();
    for (unsigned i = 0; i < SAMPLES; i++) {
        full_sample(article, i, room);
        known->row[i] = (sheaf_buffer){0};
        sheaf_row_write(&known->row[i], article);
    }
    sheaf_article_free(article);
}

static void forget(truth *known) {
    for (unsigned i = 0; i < SAMPLES; i++)
        sheaf_buffer_clear(&known->row[i]);
}

static void count_problem(void *context, const char *sentence) {
    (void)sentence;
    ++*(unsigned *)context;
}

static bool is_clear(sheaf_status status, const sheaf_error *error) {
    return (status == SHEAF_CORRUPT || status == SHEAF_UNSUPPORTED) && error->message[0];
}

/* Is each article that can be read the one that was written? */
static bool articles_are_true(sheaf_file *file, const truth *known, sheaf_article *article) {
    bool good = sheaf_file_count(file) <= SAMPLES;
    sheaf_buffer row = {0};
    for (uint64_t i = 0; good && i < sheaf_file_count(file); i++) {
        if (sheaf_file_read(file, i, article, NULL) != SHEAF_OK)
            continue;
        sheaf_buffer_reset(&row);
        sheaf_row_write(&row, article);
        good = sheaf_slice_equal(sheaf_buffer_view(&row), sheaf_buffer_view(&known->row[i]));
    }
    sheaf_buffer_clear(&row);
    return good;
}

static bool originals_are_true(const sheaf_file *file) {
    bool good = true;
    char room[96], hex[SHEAF_SHA256_HEX + 1];
    sheaf_buffer got = {0};
    for (unsigned i = 0; good && i < SAMPLES; i++) {
        sheaf_slice source = full_source(room, i);
        sheaf_buffer_reset(&got);
        if (sheaf_file_original(file, full_digest(hex, source), &got, NULL) == SHEAF_OK)
            good = sheaf_slice_equal(sheaf_buffer_view(&got), source);
    }
    sheaf_buffer_clear(&got);
    return good;
}

static bool layer_is_true(const sheaf_file *file, sheaf_article *article) {
    sheaf_layer *layer;
    sheaf_layer_row row;
    bool good = true;
    if (sheaf_layer_open(&layer, file, SLICE("firsts"), NULL) != SHEAF_OK)
        return true;
    for (unsigned i = 0; good && i < SAMPLES && i < sheaf_file_count(file); i++) {
        fill_sample(article, i);
        if (sheaf_layer_get(layer, i, article, &row, NULL) == SHEAF_OK)
            good = sheaf_slice_is(row.fields, "{\"first\":true}") &&
                   sheaf_slice_is(row.spans, "[[0,2]]");
    }
    sheaf_layer_close(layer);
    return good;
}

typedef struct outcome {
    size_t flipped, silent, unclear, wrong;
} outcome;

static void look(outcome *seen, const char *path, const truth *known, sheaf_article *article,
                 bool reading) {
    sheaf_file *file;
    sheaf_error error = {0};
    unsigned problems = 0;
    seen->flipped++;
    sheaf_status status = sheaf_file_open(&file, path, &error);
    if (status != SHEAF_OK) {
        seen->unclear += !is_clear(status, &error);
        return;
    }
    seen->wrong += reading && (!articles_are_true(file, known, article) ||
                               !originals_are_true(file) || !layer_is_true(file, article));
    const sheaf_verify_options options = {
        .problem = count_problem, .context = &problems, .threads = 1};
    status = sheaf_file_verify(file, &options, &error);
    seen->silent += status == SHEAF_OK || problems == 0;
    seen->unclear += status != SHEAF_OK && !is_clear(status, &error);
    sheaf_file_close(file);
}

/* Flips each bit, or one bit, of every WORKERS-th byte, in a copy of the file. */
static outcome flip(sheaf_slice bytes, const char *path, size_t first, const truth *known,
                    bool each) {
    outcome seen = {0};
    sheaf_article *article = sheaf_article_new();
    write_whole(path, bytes.data, bytes.size);
    int fd = open(path, O_RDWR);
    for (size_t i = first; i < bytes.size; i += WORKERS) {
        for (int bit = 0; bit < 8; bit++) {
            bool turn = (size_t)bit == i / WORKERS % 8;
            if (!turn && !each)
                continue;
            char flipped = (char)(bytes.data[i] ^ (1 << bit));
            if (pwrite(fd, &flipped, 1, (off_t)i) != 1)
                abort();
            look(&seen, path, known, article, !SLOW || turn);
        }
        if (pwrite(fd, &bytes.data[i], 1, (off_t)i) != 1)
            abort();
    }
    close(fd);
    sheaf_article_free(article);
    return seen;
}

/* Has a process of its own do that; gives the end of the pipe to read from. */
static int send_worker(sheaf_slice bytes, const char *path, size_t first, const truth *known,
                       bool each) {
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    if (fork() == 0) {
        outcome seen = flip(bytes, path, first, known, each);
        _exit(write(ends[1], &seen, sizeof seen) != sizeof seen);
    }
    close(ends[1]);
    return ends[0];
}

/* A worker that crashed has sent nothing. */
static void hear_worker(int from) {
    outcome seen = {0};
    int status = 1;
    CHECK(read(from, &seen, sizeof seen) == sizeof seen);
    close(from);
    CHECK(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(seen.flipped > 1000);
    CHECK_NUMBER(seen.silent, 0);
    CHECK_NUMBER(seen.unclear, 0);
    CHECK_NUMBER(seen.wrong, 0);
}

static void every_bit(bool sealed) {
    char folder[64], path[128], copy[WORKERS][128];
    int from[WORKERS];
    sheaf_buffer bytes = {0};
    outcome before = {0};
    truth known;
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), SAMPLES);
    if (sealed)
        CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    read_whole(&bytes, path);
    learn(&known);
    sheaf_article *article = sheaf_article_new();
    look(&before, path, &known, article, true);
    CHECK_NUMBER(before.silent, 1); /* nothing to tell, before any bit is flipped */
    CHECK_NUMBER(before.wrong, 0);
    for (size_t i = 0; i < WORKERS; i++) {
        in_folder(copy[i], folder, i ? "b.sheaf" : "c.sheaf");
        from[i] = send_worker(sheaf_buffer_view(&bytes), copy[i], i, &known, !SLOW || !sealed);
    }
    for (size_t i = 0; i < WORKERS; i++)
        hear_worker(from[i]);
    sheaf_article_free(article);
    forget(&known);
    sheaf_buffer_clear(&bytes);
    remove_folder(folder);
}

TEST(every_bit_is_vouched_for) {
    every_bit(false);
}

/* Here the commits and the signature are the past. */
TEST(every_bit_of_a_sealed_sheaf_is_vouched_for) {
    every_bit(true);
}

int main(void) {
    RUN(T(every_bit_is_vouched_for), T(every_bit_of_a_sealed_sheaf_is_vouched_for));
}
