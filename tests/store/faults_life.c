/* faults_life.c - whatever the system refuses, in all that becomes of a sheaf.
 *
 * Originals, layers, tombstones, signatures, tidying, sealing, compacting, merging
 * and splitting: for each, every call fails in turn, bytes run out, and the process
 * is killed. After each fault the sheaf is what it was before or what it should have
 * become, verify tells the truth, no file is left behind that was not told, and the
 * same thing done again succeeds. */
#include "store/interposer.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include "store/full.h"

enum { SAMPLES = 9 };

static char folder[64], path[128], other[128], out[128], parts[128];

/* ---- what is done ------------------------------------------------------------------ */

static sheaf_status do_append(sheaf_error *error) {
    (void)error;
    return full_pack(path, SHEAF_WRITER_APPEND, SAMPLES, SAMPLES + 3);
}

static sheaf_status do_annotate(sheaf_error *error) {
    (void)error;
    return full_annotate(path, 4);
}

static sheaf_status do_drop_layer(sheaf_error *error) {
    return sheaf_layer_drop(path, SLICE("firsts"), error);
}

/* The article may be gone: then the fault came after the commit. */
static sheaf_status do_drop(sheaf_error *error) {
    (void)error;
    return full_drop(path, 2);
}

static sheaf_status do_sign(sheaf_error *error) {
    (void)error;
    return full_sign(path);
}

static sheaf_status do_tidy(sheaf_error *error) {
    return sheaf_tidy(path, NULL, NULL, error);
}

static sheaf_status do_seal(sheaf_error *error) {
    return sheaf_seal(path, NULL, NULL, error);
}

static sheaf_status do_compact(sheaf_error *error) {
    return sheaf_compact(path, NULL, NULL, error);
}

static sheaf_status do_merge(sheaf_error *error) {
    const char *paths[] = {path, other};
    return sheaf_merge(out, paths, 2, NULL, NULL, error);
}

static sheaf_status do_split(sheaf_error *error) {
    return sheaf_split(path, parts, SHEAF_SPLIT_COUNT, 5, NULL, NULL, error);
}

typedef struct deed {
    const char *name;
    sheaf_status (*act)(sheaf_error *error);
    bool makes; /* new files; path stays as it is */
} deed;

static const deed deeds[] = {
    {"append", do_append, false}, {"annotate", do_annotate, false},
    {"drop", do_drop, false},     {"drop layer", do_drop_layer, false},
    {"sign", do_sign, false},     {"tidy", do_tidy, false},
    {"seal", do_seal, false},     {"compact", do_compact, false},
    {"merge", do_merge, true},    {"split", do_split, true},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

/* ---- what a sheaf holds ------------------------------------------------------------- */

/* An article: its id, whether its original is there as it was, and its row. */
static void describe_article(sheaf_buffer *to, sheaf_file *file, sheaf_layer *layer, uint64_t i,
                             sheaf_article *article) {
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_buffer bytes = {0};
    sheaf_layer_row row;
    if (sheaf_file_dropped(file, i))
        return;
    if (sheaf_file_read(file, i, article, NULL) != SHEAF_OK) {
        sheaf_buffer_printf(to, "unreadable ");
        return;
    }
    sheaf_slice sha256 = article->provenance.sha256;
    bool kept = sheaf_file_original(file, sha256, &bytes, NULL) == SHEAF_OK &&
                sheaf_slice_equal(sha256, full_digest(hex, sheaf_buffer_view(&bytes)));
    bool noted = layer && sheaf_layer_get(layer, i, article, &row, NULL) == SHEAF_OK;
    sheaf_buffer_printf(to, "%.*s%s%s ", SLICE_ARGS(article->field[SHEAF_FIELD_ID]),
                        kept ? "+original" : "", noted ? "+row" : "");
    sheaf_buffer_clear(&bytes);
}

/* Describes a file: "no file", "wrong", or its articles in order. */
static void describe(sheaf_buffer *to, const char *name) {
    sheaf_file *file;
    sheaf_layer *layer = NULL;
    sheaf_error error = {0};
    sheaf_buffer_reset(to);
    if (access(name, F_OK) != 0 || sheaf_file_open(&file, name, &error) != SHEAF_OK) {
        sheaf_buffer_printf(to, "no file");
        return;
    }
    sheaf_article *article = sheaf_article_new();
    sheaf_layer_open(&layer, file, SLICE("firsts"), NULL);
    for (uint64_t i = 0; i < sheaf_file_count(file); i++)
        describe_article(to, file, layer, i, article);
    sheaf_status truth = sheaf_file_torn(file) ? SHEAF_CORRUPT : SHEAF_OK;
    if (sheaf_file_verify(file, NULL, &error) != truth)
        sheaf_buffer_printf(to, "verify: %s", error.message);
    sheaf_layer_close(layer);
    sheaf_article_free(article);
    sheaf_file_close(file);
}

/* What all files that a deed may touch hold, a line each. */
static void describe_all(sheaf_buffer *to) {
    char part[160];
    sheaf_buffer one = {0};
    const char *names[] = {path, out, part, part};
    sheaf_buffer_reset(to);
    for (int i = 0; i < 4; i++) {
        snprintf(part, sizeof part, "%s/a-%04d.sheaf", parts, i - 1);
        describe(&one, names[i]);
        sheaf_buffer_printf(to, "%.*s\n", (int)one.size, one.data ? one.data : "");
    }
    sheaf_buffer_clear(&one);
}

/* ---- a world to do it in ------------------------------------------------------------ */

typedef struct world {
    sheaf_buffer bytes;  /* of path */
    sheaf_buffer before; /* as described */
    sheaf_buffer after[DEEDS];
    sheaf_buffer now;
} world;

static void empty(const char *where) {
    char name[400];
    struct dirent *entry;
    DIR *list = opendir(where);
    while (list && (entry = readdir(list))) {
        snprintf(name, sizeof name, "%s/%s", where, entry->d_name);
        unlink(name);
    }
    if (list)
        closedir(list);
}

/* As it was before any deed. */
static void restore(const world *w) {
    char name[160];
    write_whole(path, w->bytes.data, w->bytes.size);
    unlink(out);
    empty(parts);
    snprintf(name, sizeof name, "%s.partial", out);
    unlink(name);
    snprintf(name, sizeof name, "%s.rewrite.partial", path);
    unlink(name);
    snprintf(name, sizeof name, "%s.rewrite", path);
    unlink(name);
}

/* Nine commits of one article each, with originals, a layer and a tombstone. */
static void begin(world *w) {
    *w = (world){0};
    no_faults();
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    in_folder(other, folder, "b.sheaf");
    in_folder(out, folder, "out.sheaf");
    mkdir(in_folder(parts, folder, "parts"), 0777);
    for (unsigned i = 0; i < SAMPLES; i++)
        CHECK_NUMBER(full_pack(path, i ? SHEAF_WRITER_APPEND : SHEAF_WRITER_CREATE, i, i + 1),
                     SHEAF_OK);
    CHECK_NUMBER(full_annotate(path, SAMPLES), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, 4), SHEAF_OK);
    CHECK_NUMBER(full_pack(other, SHEAF_WRITER_CREATE, 20, 22), SHEAF_OK);
    CHECK_NUMBER(full_sign(path), SHEAF_OK); /* makes the key */
    read_whole(&w->bytes, path);
    describe_all(&w->before);
    for (size_t i = 0; i < DEEDS; i++) {
        sheaf_error error = {0};
        restore(w);
        CHECK_NUMBER(deeds[i].act(&error), SHEAF_OK);
        describe_all(&w->after[i]);
        CHECK(sheaf_slice_find(sheaf_buffer_view(&w->after[i]), 0, SLICE("verify")) == SIZE_MAX);
    }
    restore(w);
}

static void end(world *w) {
    sheaf_buffer_clear(&w->bytes);
    sheaf_buffer_clear(&w->before);
    sheaf_buffer_clear(&w->now);
    for (size_t i = 0; i < DEEDS; i++)
        sheaf_buffer_clear(&w->after[i]);
    remove_folder(folder);
}

/* ---- what must hold --------------------------------------------------------------------- */

/* Is each line of now one of before or of after? A split may have made some parts. */
static bool is_either(const world *w, size_t which) {
    sheaf_slice now = sheaf_buffer_view(&w->now), before = sheaf_buffer_view(&w->before),
                after = sheaf_buffer_view(&w->after[which]), a, b, c;
    while (sheaf_slice_line(&now, &a)) {
        if (!sheaf_slice_line(&before, &b) || !sheaf_slice_line(&after, &c) ||
            (!sheaf_slice_equal(a, b) && !sheaf_slice_equal(a, c)))
            return false;
    }
    return true;
}

static bool ends_with(const char *name, const char *ending) {
    return sheaf_slice_ends(sheaf_slice_of(name), sheaf_slice_of(ending));
}

/* Is there a file that nobody told of? */
static bool is_littered(const char *where, const sheaf_error *error) {
    struct dirent *entry;
    bool found = false;
    DIR *list = opendir(where);
    while ((entry = readdir(list))) {
        const char *name = entry->d_name;
        bool odd =
            ends_with(name, ".partial") || ends_with(name, ".rewrite") || ends_with(name, ".lock");
        if (odd && !strstr(error->message, name)) {
            fprintf(stderr, "left behind: %s (%s)\n", name, error->message);
            found = true;
        }
    }
    closedir(list);
    return found;
}

static void complain(const world *w, size_t which, const char *what, long n) {
    fprintf(stderr, "%s, %s %ld: it has become\n%.*s", deeds[which].name, what, n, (int)w->now.size,
            w->now.data);
    CHECK(false);
}

/* Does a deed with faults as they are set, and looks at what has become of all; then
 * does it again without. True when nothing failed. */
static bool survives(world *w, size_t which, const char *what, long n) {
    sheaf_error error = {0};
    const deed *d = &deeds[which];
    sheaf_status status = d->act(&error);
    no_faults();
    describe_all(&w->now);
    if (!is_either(w, which) || is_littered(folder, &error) || is_littered(parts, &error))
        complain(w, which, what, n);
    if (status == SHEAF_OK &&
        !sheaf_slice_equal(sheaf_buffer_view(&w->now), sheaf_buffer_view(&w->after[which])))
        complain(w, which, "done in spite of", n);
    if (d->makes) { /* what is there is not made again */
        unlink(out);
        empty(parts);
    } else if (!sheaf_slice_equal(sheaf_buffer_view(&w->now), sheaf_buffer_view(&w->before))) {
        restore(w);
    }
    CHECK_NUMBER(d->act(&error), SHEAF_OK);
    describe_all(&w->now);
    if (!sheaf_slice_equal(sheaf_buffer_view(&w->now), sheaf_buffer_view(&w->after[which])))
        complain(w, which, "again, after", n);
    restore(w);
    return status == SHEAF_OK;
}

/* ---- tests ----------------------------------------------------------------------------------- */

TEST(any_call_may_fail) {
    world w;
    begin(&w);
    for (size_t which = 0; which < DEEDS; which++) {
        for (int kind = 0; kind < CALLS; kind++) {
            for (int stays = 0; stays < (is_long() ? 2 : 1); stays++) {
                bool done = false;
                for (long n = 0; !done && n < 10000; n++) {
                    faults.countdown[kind] = n;
                    faults.stays = stays;
                    done = survives(&w, which, call_names[kind], n);
                }
                CHECK(done);
            }
        }
    }
    end(&w);
}

TEST(the_disk_may_be_full_at_any_byte) {
    world w;
    begin(&w);
    for (size_t which = 0; which < DEEDS; which++) {
        bool done = false;
        for (long long room = 0; !done && room < 1000000; room += is_long() ? 13 : 1777) {
            faults.room = room;
            done = survives(&w, which, "room for", (long)room);
        }
        CHECK(done);
    }
    end(&w);
}

/* Killed at a random moment, it has happened or it has not. What a killed process
 * leaves is taken away, or taken over, when the same is done again. */
static void kill_during(world *w, size_t which, unsigned microseconds) {
    sheaf_error error = {0};
    pid_t child = fork();
    if (child == 0)
        _exit(deeds[which].act(&error) != SHEAF_OK);
    sleep_microseconds(microseconds);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    describe_all(&w->now);
    if (!is_either(w, which))
        complain(w, which, "killed after microseconds", (long)microseconds);
    if (deeds[which].makes) {
        unlink(out);
        sheaf_buffer_reset(&w->now); /* a part that was made is not made again */
        char part[160];
        for (int i = 1; i < 4; i++) {
            snprintf(part, sizeof part, "%s/a-%04d.sheaf", parts, i);
            unlink(part);
        }
    } else if (!sheaf_slice_equal(sheaf_buffer_view(&w->now), sheaf_buffer_view(&w->before))) {
        restore(w);
    }
    CHECK_NUMBER(deeds[which].act(&error), SHEAF_OK);
    describe_all(&w->now);
    if (!sheaf_slice_equal(sheaf_buffer_view(&w->now), sheaf_buffer_view(&w->after[which])) ||
        is_littered(folder, &error) || is_littered(parts, &error))
        complain(w, which, "again, after a kill at", (long)microseconds);
    restore(w);
}

TEST(it_may_be_killed_at_any_moment) {
    world w;
    unsigned random = 4711, rounds = is_long() ? 500 : 15;
    begin(&w);
    for (size_t which = 0; which < DEEDS; which++) {
        for (unsigned i = 0; i < rounds; i++) {
            random = random * 1664525u + 1013904223u;
            kill_during(&w, which, (random >> 8) % 9000);
        }
    }
    end(&w);
}

/* ---- a disk that is full ------------------------------------------------------------------- */

/* Fills what is left, but for so many bytes. */
static void fill_disk(const char *name, size_t leave) {
    static char bytes[4096];
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    while (write(fd, bytes, sizeof bytes) > 0)
        continue;
    struct stat about;
    if (fstat(fd, &about) == 0 && (size_t)about.st_size > leave &&
        ftruncate(fd, about.st_size - (off_t)leave) != 0)
        abort();
    close(fd);
}

/* A small file system that only this process sees, so that it goes with it. */
static bool mount_small(const char *where) {
    mkdir(where, 0777);
    return unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("sheaf-test", where, "tmpfs", 0, "size=256k") == 0;
}

static void walk_full_disk(world *w, const char *small) {
    char filler[160];
    sheaf_error error = {0};
    unsigned refused = 0; /* a little may fit into the last page of the file */
    snprintf(filler, sizeof filler, "%s/filler", small);
    in_folder(path, small, "a.sheaf");
    in_folder(out, small, "out.sheaf");
    mkdir(in_folder(parts, small, "parts"), 0777);
    for (size_t which = 0; which < DEEDS; which++) {
        if (deeds[which].act == do_sign) /* its key is not there */
            continue;
        for (size_t leave = 0; leave < 64 << 10; leave += 4096) {
            restore(w);
            fill_disk(filler, leave);
            error = (sheaf_error){0};
            sheaf_status status = deeds[which].act(&error);
            unlink(filler);
            describe_all(&w->now);
            if (!is_either(w, which) || is_littered(small, &error) || is_littered(parts, &error))
                complain(w, which, "on a full disk but for", (long)leave);
            CHECK(status == SHEAF_OK || status == SHEAF_IO);
            refused += status == SHEAF_IO;
        }
    }
    CHECK(refused > DEEDS);
    printf("   %u times there was no room\n", refused);
}

TEST(a_disk_may_really_be_full) {
    world w;
    char small[80];
    begin(&w);
    snprintf(small, sizeof small, "%s/small", folder);
    if (mount_small(small)) {
        walk_full_disk(&w, small);
        umount(small);
    } else {
        printf("   SKIPPED: no small file system can be mounted here (%s)\n", strerror(errno));
    }
    end(&w);
}

/* As nobody, in a folder and on a file that belong to another. */
static int in_a_strange_folder(void) {
    if (geteuid() == 0 && setuid(65534) != 0)
        return 99;
    for (size_t i = 0; i < DEEDS; i++) {
        sheaf_error error = {0};
        if (deeds[i].act != do_sign && deeds[i].act(&error) != SHEAF_IO)
            return (int)i + 1;
    }
    return 0;
}

TEST(a_folder_may_be_read_only) {
    world w;
    int status = -1;
    begin(&w);
    chmod(path, 0444);
    chmod(parts, 0555);
    chmod(folder, 0555);
    pid_t child = fork();
    if (child == 0)
        _exit(in_a_strange_folder());
    waitpid(child, &status, 0);
    chmod(folder, 0755);
    chmod(parts, 0755);
    CHECK(WIFEXITED(status));
    CHECK_NUMBER(WEXITSTATUS(status), 0);
    describe_all(&w.now);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&w.now), sheaf_buffer_view(&w.before)));
    end(&w);
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    RUN(T(any_call_may_fail), T(the_disk_may_be_full_at_any_byte),
        T(it_may_be_killed_at_any_moment), T(a_disk_may_really_be_full),
        T(a_folder_may_be_read_only));
}
