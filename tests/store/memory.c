/* memory.c - every allocation refused in turn, in all that becomes of a sheaf.
 *
 * Each thing must say out of memory or succeed, leak nothing (AddressSanitizer sees
 * it), and leave a sheaf with all its articles at the commit before or behind. */
#include "starve.h"

#include "store/full.h"
#include "store/life.h"

enum { SAMPLES = 9, DROPPED = 2 };

static char folder[64], path[128], other[128], out[128], parts[128];
static sheaf_buffer whole; /* what path holds before each turn */

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
    CHECK(count == SAMPLES || count == SAMPLES - 1);
    if (status == SHEAF_OK && access(out, F_OK) == 0)
        CHECK(live(out) >= SAMPLES - 1);
    snprintf(command, sizeof command, "rm -rf '%s' '%s.partial' '%s' '%s.rewrite'*", out, out,
             parts, path);
    CHECK(system(command) == 0);
    CHECK(mkdir(parts, 0700) == 0);
    write_whole(path, whole.data, whole.size);
}

static void walk(thing work) {
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
    CHECK(starve(again, look, &work) > 10);
    sheaf_buffer_clear(&whole);
    remove_folder(folder);
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

TEST(merging_survives) {
    walk(merge);
}
TEST(splitting_survives) {
    walk(split);
}
TEST(sealing_survives) {
    walk(seal);
}
TEST(compacting_survives) {
    walk(compact);
}
TEST(tidying_survives) {
    walk(tidy);
}
TEST(dropping_a_layer_survives) {
    walk(drop_layer);
}

int main(void) {
    RUN(T(merging_survives), T(splitting_survives), T(sealing_survives), T(compacting_survives),
        T(tidying_survives), T(dropping_a_layer_survives));
}
