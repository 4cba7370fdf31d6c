/* originals.c - source bytes go in beside articles and come back unharmed. */
#include "base/hash.h"
#include "store/life.h"
#include "store/originals.h"
#include "store/sample.h"

static char folder[64], path[128];

/* Original number i: from a few bytes to more than a frame; not text. */
static sheaf_slice original(unsigned i, sheaf_buffer *out) {
    size_t size = i % 50 == 49 ? SHEAF_ORIGINALS_FRAME + i : 40 + i * 37 % 5000;
    unsigned random = i * 2654435761u + 1;
    sheaf_buffer_reset(out);
    for (size_t k = 0; k < size; k++) {
        random = random * 1103515245u + 12345u;
        sheaf_buffer_char(out, (char)(random >> 24 & (i % 2 ? 15 : 255)));
    }
    return sheaf_buffer_view(out);
}

static sheaf_slice digest_of(sheaf_slice bytes, char hex[SHEAF_SHA256_HEX + 1]) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256(bytes, digest);
    sheaf_hex(hex, digest, sizeof digest);
    return sheaf_slice_of(hex);
}

/* Packs samples [from, to) with their originals; two in a row share one. */
static void pack_with(sheaf_writer_mode mode, unsigned from, unsigned to) {
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_writer *writer;
    sheaf_buffer bytes = {0};
    sheaf_article *article = sheaf_article_new();
    sheaf_writer_options options = {.originals = true, .threads = 2};
    CHECK_NUMBER(sheaf_writer_open(&writer, path, mode, &options, NULL), SHEAF_OK);
    for (unsigned i = from; i < to; i++) {
        fill_sample(article, i);
        article->original = original(i / 2, &bytes);
        article->provenance.sha256 = digest_of(article->original, hex);
        CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    }
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    sheaf_article_free(article);
    sheaf_buffer_clear(&bytes);
}

static void check_all(const sheaf_file *file, unsigned count) {
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_buffer wanted = {0}, got = {0};
    for (unsigned i = 0; i < count; i++) {
        sheaf_slice bytes = original(i, &wanted);
        sheaf_buffer_reset(&got);
        CHECK_NUMBER(sheaf_file_original(file, digest_of(bytes, hex), &got, NULL), SHEAF_OK);
        CHECK(sheaf_slice_equal(sheaf_buffer_view(&got), bytes));
    }
    CHECK_NUMBER(sheaf_file_original(file, digest_of(SLICE("no"), hex), &got, NULL), SHEAF_MISSING);
    CHECK_NUMBER(sheaf_file_original(file, SLICE(""), &got, NULL), SHEAF_MISSING);
    sheaf_buffer_clear(&wanted);
    sheaf_buffer_clear(&got);
}

TEST(gives_back_every_byte) {
    sheaf_file *file;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack_with(SHEAF_WRITER_CREATE, 0, 600);
    pack_with(SHEAF_WRITER_APPEND, 600, 700);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    check_all(file, 350);
    CHECK_NUMBER(sheaf_file_verify(file, NULL, NULL), SHEAF_OK);
    sheaf_file_close(file);
    CHECK_NUMBER(intact(path), 700);
    remove_folder(folder);
}

static sheaf_originals *filled(sheaf_pool *pool, sheaf_slice *entry) {
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_buffer bytes = {0};
    sheaf_originals *originals = sheaf_originals_new();
    for (unsigned i = 0; i < 3; i++) {
        sheaf_slice one = original(i, &bytes);
        CHECK(sheaf_originals_add(originals, digest_of(one, hex), one));
        CHECK(sheaf_originals_add(originals, digest_of(one, hex), one));
    }
    CHECK_NUMBER(sheaf_originals_pack(originals, pool, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_originals_finish(originals, entry, NULL), SHEAF_OK);
    sheaf_buffer_clear(&bytes);
    return originals;
}

/* Whatever becomes of an entry, what is found in it is right or is not found. */
TEST(is_never_fooled_by_damage) {
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_buffer wanted = {0}, got = {0}, copy = {0};
    sheaf_slice entry, bytes = original(1, &wanted), sha256 = digest_of(bytes, hex);
    sheaf_pool *pool = sheaf_pool_new(1, 3);
    sheaf_originals *originals = filled(pool, &entry);
    sheaf_buffer_add(&copy, entry);
    sheaf_originals_frame frame = {0};
    unsigned wrong = 0;
    for (size_t i = 0; i < entry.size; i++) {
        copy.data[i] ^= 0x21;
        frame.packed = NULL;
        sheaf_buffer_reset(&got);
        if (sheaf_originals_find(sheaf_buffer_view(&copy), sha256, &frame, &got, NULL) == SHEAF_OK)
            wrong += !sheaf_slice_equal(sheaf_buffer_view(&got), bytes);
        else
            wrong += got.size != 0 && !got.data;
        copy.data[i] ^= 0x21;
        sheaf_slice shorter = sheaf_slice_part(entry, i + 1, entry.size);
        sheaf_buffer_reset(&got);
        if (sheaf_originals_find(shorter, sha256, &frame, &got, NULL) == SHEAF_OK)
            wrong += !sheaf_slice_equal(sheaf_buffer_view(&got), bytes);
        wrong += sheaf_originals_find(sheaf_slice_part(entry, 0, i), sha256, &frame, &got, NULL) ==
                 SHEAF_OK;
    }
    CHECK_NUMBER(wrong, 0);
    CHECK_NUMBER(sheaf_originals_find(entry, sha256, &frame, &got, NULL), SHEAF_OK);
    sheaf_originals_free(originals);
    sheaf_pool_free(pool);
    sheaf_buffer_clear(&wanted);
    sheaf_buffer_clear(&got);
    sheaf_buffer_clear(&copy);
    sheaf_buffer_clear(&frame.raw);
}

/* ---- in sheaves that are made anew -------------------------------------------------- */

enum { MANY = 150 };

/* 64 KiB that cannot be packed, of article i. */
static sheaf_slice noise(char *room, unsigned i) {
    uint32_t state = i + 1;
    for (size_t at = 0; at < 65536; at++) {
        state = state * 1664525u + 1013904223u;
        room[at] = (char)(state >> 24);
    }
    return sheaf_slice_from(room, 65536);
}

static void pack_noise(char *room) {
    sheaf_writer *writer;
    const sheaf_writer_options options = {.originals = true, .threads = 1, .level = 1};
    sheaf_article *article = sheaf_article_new();
    CHECK_NUMBER(sheaf_writer_open(&writer, path, SHEAF_WRITER_CREATE, &options, NULL), SHEAF_OK);
    for (unsigned i = 0; i < MANY; i++) {
        char hex[SHEAF_SHA256_HEX + 1];
        fill_sample(article, i);
        article->original = noise(room, i);
        article->provenance.sha256 =
            sheaf_arena_copy(&article->arena, digest_of(article->original, hex));
        CHECK_NUMBER(sheaf_writer_add(writer, article, NULL), SHEAF_OK);
    }
    CHECK_NUMBER(sheaf_writer_commit(writer, NULL), SHEAF_OK);
    sheaf_writer_close(writer);
    sheaf_article_free(article);
}

/* How many articles of a file have their original, byte for byte. */
static unsigned with_original(const char *name, char *room) {
    sheaf_file *file;
    unsigned count = 0, number = 0;
    sheaf_article *article = sheaf_article_new();
    sheaf_buffer got = {0};
    CHECK_NUMBER(sheaf_file_open(&file, name, NULL), SHEAF_OK);
    for (uint64_t i = 0; i < sheaf_file_count(file); i++) {
        sheaf_buffer_reset(&got);
        if (sheaf_file_read(file, i, article, NULL) != SHEAF_OK ||
            sheaf_file_original(file, article->provenance.sha256, &got, NULL) != SHEAF_OK)
            continue;
        sscanf(article->field[SHEAF_FIELD_HEADLINE].data, "Ferry timetable, part %u", &number);
        count += sheaf_slice_equal(sheaf_buffer_view(&got), noise(room, number));
    }
    sheaf_buffer_clear(&got);
    sheaf_article_free(article);
    sheaf_file_close(file);
    return count;
}

/* Without one article they are picked apart and put together again, in more than one
 * entry. Of a split each part has its own. */
TEST(go_where_their_articles_go) {
    char part[128];
    static char room[65536];
    struct stat before, after;
    sheaf_file *file;
    sheaf_about about;
    uint64_t third = 3;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    pack_noise(room);
    CHECK_NUMBER(with_original(path, room), MANY);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_drop(path, &third, 1, about.sha256, "rm", NULL), SHEAF_OK);
    sheaf_file_close(file);
    CHECK(stat(path, &before) == 0);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK(stat(path, &after) == 0 && before.st_size - after.st_size > 60000);
    CHECK_NUMBER(with_original(path, room), MANY - 1);
    CHECK_NUMBER(sheaf_split(path, folder, SHEAF_SPLIT_COUNT, 100, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(with_original(in_folder(part, folder, "a-0001.sheaf"), room), 100);
    CHECK_NUMBER(with_original(in_folder(part, folder, "a-0002.sheaf"), room), 49);
    CHECK(stat(part, &after) == 0 && after.st_size < 55 * 65536);
    remove_folder(folder);
}

int main(void) {
    RUN(T(gives_back_every_byte), T(is_never_fooled_by_damage), T(go_where_their_articles_go));
}
