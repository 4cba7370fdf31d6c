/* full.h - a sheaf that has everything in it: articles of two commits, their
 * originals, a layer, a tombstone and a signature. */
#ifndef SHEAF_TESTS_STORE_FULL_H
#define SHEAF_TESTS_STORE_FULL_H

#include "base/hash.h"
#include "store/layer.h"
#include "store/life.h"
#include "store/sample.h"
#include "store/sign.h"

/* The source of sample i. */
static inline sheaf_slice full_source(char room[96], unsigned i) {
    snprintf(room, 96, "<html><title>Ferry %u</title><p>As it stood on the page.</html>", i);
    return sheaf_slice_of(room);
}

static inline sheaf_slice full_digest(char hex[SHEAF_SHA256_HEX + 1], sheaf_slice bytes) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256(bytes, digest);
    sheaf_hex(hex, digest, sizeof digest);
    return sheaf_slice_of(hex);
}

/* Sample i, with the digest of its source; the source itself stays in room. */
static inline void full_sample(sheaf_article *article, unsigned i, char room[96]) {
    char hex[SHEAF_SHA256_HEX + 1];
    fill_sample(article, i);
    article->original = full_source(room, i);
    article->provenance.sha256 =
        sheaf_arena_copy(&article->arena, full_digest(hex, article->original));
}

/* Commits samples [from, to) and their originals. */
static inline sheaf_status full_pack(const char *path, sheaf_writer_mode mode, unsigned from,
                                     unsigned to) {
    char room[96];
    sheaf_writer *writer;
    const sheaf_writer_options options = {.originals = true, .threads = 1, .plan = "from here"};
    sheaf_status status = sheaf_writer_open(&writer, path, mode, &options, NULL);
    if (status != SHEAF_OK)
        return status;
    sheaf_article *article = sheaf_article_new();
    for (unsigned i = from; i < to && status == SHEAF_OK; i++) {
        full_sample(article, i, room);
        status = sheaf_writer_add(writer, article, NULL);
    }
    if (status == SHEAF_OK)
        status = sheaf_writer_commit(writer, NULL);
    sheaf_article_free(article);
    sheaf_writer_close(writer);
    return status;
}

/* A layer with a row for each of the samples [0, to). */
static inline sheaf_status full_annotate(const char *path, unsigned to) {
    sheaf_layer_writer *writer;
    sheaf_status status =
        sheaf_layer_writer_open(&writer, path, SLICE("firsts"), SLICE("1.0.0"), NULL);
    if (status != SHEAF_OK)
        return status;
    sheaf_article *article = sheaf_article_new();
    for (unsigned i = 0; i < to && status == SHEAF_OK; i++) {
        fill_sample(article, i);
        status = sheaf_layer_writer_add(writer, article, SLICE("{\"first\":true}"),
                                        SLICE("[[0,2]]"), NULL);
    }
    if (status == SHEAF_OK)
        status = sheaf_layer_writer_commit(writer, NULL);
    sheaf_article_free(article);
    sheaf_layer_writer_close(writer);
    return status;
}

static inline sheaf_status full_drop(const char *path, uint64_t ordinal) {
    sheaf_file *file;
    sheaf_about about;
    char state[SHEAF_SHA256_HEX + 1] = "";
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return SHEAF_IO;
    if (sheaf_file_about(file, &about, NULL) == SHEAF_OK)
        snprintf(state, sizeof state, "%.*s", SLICE_ARGS(about.sha256));
    sheaf_file_close(file);
    return sheaf_drop(path, &ordinal, 1, sheaf_slice_of(state), "rm", NULL);
}

/* Signs with a new key, which is left beside path. */
static inline sheaf_status full_sign(const char *path) {
    char name[140];
    sheaf_key key;
    snprintf(name, sizeof name, "%s.pem", path);
    if (access(name, F_OK) != 0 && sheaf_key_make(name, NULL) != SHEAF_OK)
        return SHEAF_IO;
    sheaf_status status = sheaf_key_read(&key, name, NULL);
    if (status == SHEAF_OK)
        status = sheaf_file_sign(path, &key, NULL, NULL);
    sheaf_key_clear(&key);
    return status;
}

/* Four commits: so many samples, a layer over all, sample 1 dropped, signed. */
static inline void make_full(const char *path, unsigned samples) {
    CHECK_NUMBER(full_pack(path, SHEAF_WRITER_CREATE, 0, samples), SHEAF_OK);
    CHECK_NUMBER(full_annotate(path, samples), SHEAF_OK);
    CHECK_NUMBER(full_drop(path, 1), SHEAF_OK);
    CHECK_NUMBER(full_sign(path), SHEAF_OK);
}

#endif
