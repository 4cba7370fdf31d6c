/* memory.c - every allocation refused in turn, in all that becomes of a sheaf.
 *
 * Each thing must say out of memory or succeed, leak nothing (AddressSanitizer sees
 * it), and leave a sheaf with all its articles at the commit before or behind. */
#include "starve.h"

#include "store/full.h"
#include "store/life.h"

enum { SAMPLES = 9, DROPPED = 2 };

static char folder[64], path[128], other[128], out[128], parts[128];
static char state[SHEAF_SHA256_HEX + 1]; /* of path, before each turn */
static sheaf_article *old, *fresh;       /* one of path's, and one that it has not */
static sheaf_key key;
static uint64_t least, most; /* articles in path, after */
static sheaf_buffer whole;   /* what path holds before each turn */

typedef sheaf_status (*thing)(void);

static sheaf_status again(void *context) {
    thing *work = context;
    return (*work)();
}

static uint64_t live(const char *name) {
    sheaf_file *file;
    uint64_t count = UINT64_MAX;
    CHECK_NUMBER(sheaf_file_open(&file, name, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    count = sheaf_file_count(file);
    sheaf_file_close(file);
    return count;
}

/* The sheaf is whole; then everything is as it was before the next turn. */
static void look(void *context, sheaf_status status) {
    char command[640];
    (void)context;
    uint64_t count = live(path);
    CHECK(count >= least && count <= most);
    if (status == SHEAF_OK && access(out, F_OK) == 0)
        CHECK(live(out) >= SAMPLES - 1);
    snprintf(command, sizeof command, "rm -rf '%s' '%s.partial' '%s' '%s.rewrite'*", out, out,
             parts, path);
    CHECK(system(command) == 0);
    CHECK(mkdir(parts, 0700) == 0);
    write_whole(path, whole.data, whole.size);
}

/* What the things need is made beforehand, with memory to spare. */
static void prepare(void) {
    static char room[96];
    char name[140];
    sheaf_file *file;
    sheaf_about about;
    old = sheaf_article_new();
    fresh = sheaf_article_new();
    fill_sample(old, 0);
    full_sample(fresh, SAMPLES + 9, room);
    snprintf(name, sizeof name, "%s.pem", path);
    CHECK_NUMBER(sheaf_key_make(name, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_key_read(&key, name, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    snprintf(state, sizeof state, "%.*s", SLICE_ARGS(about.sha256));
    least = most = sheaf_file_count(file);
    sheaf_file_close(file);
}

static void clean_up(void) {
    sheaf_article_free(old);
    sheaf_article_free(fresh);
    sheaf_key_clear(&key);
    sheaf_buffer_clear(&whole);
    remove_folder(folder);
}

/* gained and lost: how many articles the thing may add to path, or take. */
static void walk(thing work, unsigned gained, unsigned lost) {
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    in_folder(other, folder, "b.sheaf");
    in_folder(out, folder, "out.sheaf");
    in_folder(parts, folder, "parts");
    CHECK(mkdir(parts, 0700) == 0);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 5, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_APPEND, 5, SAMPLES, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(other, SHEAF_WRITER_CREATE, 3, SAMPLES + 4, NULL), SHEAF_OK);
    CHECK_NUMBER(full_annotate(path, SAMPLES), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, DROPPED), SHEAF_OK);
    read_whole(&whole, path);
    prepare();
    most += gained;
    least -= lost;
    CHECK(starve(again, look, &work) > 10);
    clean_up();
}

static sheaf_status merge(void) {
    const char *paths[] = {path, other};
    return sheaf_merge(out, paths, 2, NULL, NULL, NULL);
}

static sheaf_status split(void) {
    return sheaf_split(path, parts, SHEAF_SPLIT_COUNT, 4, NULL, NULL, NULL);
}

static sheaf_status seal(void) {
    return sheaf_seal(path, NULL, NULL, NULL);
}

static sheaf_status compact(void) {
    return sheaf_compact(path, NULL, NULL, NULL);
}

static sheaf_status tidy(void) {
    return sheaf_tidy(path, NULL, NULL, NULL);
}

static sheaf_status drop_layer(void) {
    return sheaf_layer_drop(path, SLICE("firsts"), NULL);
}

static sheaf_status drop(void) {
    uint64_t ordinal = 4;
    return sheaf_drop(path, &ordinal, 1, sheaf_slice_of(state), "rm", NULL);
}

static sheaf_status sign(void) {
    return sheaf_file_sign(path, &key, NULL, NULL);
}

static sheaf_status append(void) {
    sheaf_writer *writer = NULL;
    const sheaf_writer_options options = {.originals = true, .threads = 1};
    sheaf_status status = sheaf_writer_open(&writer, path, SHEAF_WRITER_APPEND, &options, NULL);
    if (status)
        return status;
    status = sheaf_writer_add(writer, fresh, NULL);
    if (!status)
        status = sheaf_writer_commit(writer, NULL);
    sheaf_writer_close(writer);
    return status;
}

static sheaf_status add_layer(void) {
    sheaf_layer_writer *writer = NULL;
    sheaf_status status =
        sheaf_layer_writer_open(&writer, path, SLICE("seconds"), SLICE("1.0.0"), NULL);
    if (status)
        return status;
    status = sheaf_layer_writer_add(writer, old, SLICE("{\"first\":true}"), SLICE("[[0,2]]"), NULL);
    if (!status)
        status = sheaf_layer_writer_commit(writer, NULL);
    sheaf_layer_writer_close(writer);
    return status;
}

TEST(dropping_survives) {
    walk(drop, 0, 1);
}
TEST(signing_survives) {
    walk(sign, 0, 0);
}
TEST(appending_survives) {
    walk(append, 1, 0);
}
TEST(adding_a_layer_survives) {
    walk(add_layer, 0, 0);
}
TEST(merging_survives) {
    walk(merge, 0, 0);
}
TEST(splitting_survives) {
    walk(split, 0, 0);
}
TEST(sealing_survives) {
    walk(seal, 0, 1);
}
TEST(compacting_survives) {
    walk(compact, 0, 1);
}
TEST(tidying_survives) {
    walk(tidy, 0, 0);
}
TEST(dropping_a_layer_survives) {
    walk(drop_layer, 0, 0);
}

int main(void) {
    RUN(T(dropping_survives), T(signing_survives), T(appending_survives),
        T(adding_a_layer_survives), T(merging_survives), T(splitting_survives), T(sealing_survives),
        T(compacting_survives), T(tidying_survives), T(dropping_a_layer_survives));
}
