/* duplicates.c - articles with one and the same text.
 *
 * A scan notes 128 bits of the SHA-256 of each text; sorted, equal ones lie
 * together. So many bits are as good as the text itself, whoever wrote it, and no
 * article is read twice. */
#include <stdlib.h>
#include <string.h>

#include "article/row.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"
#include "store/life.h"

enum { HASH = 16 };

typedef struct hashed {
    uint8_t hash[HASH];
    uint64_t stamp; /* of publishing; UINT64_MAX when the year is not known */
    uint64_t ordinal;
} hashed;

typedef struct twin {
    uint64_t dropped, kept;
} twin;

typedef struct hunt {
    sheaf_file *file;
    hashed *texts;
    size_t count;
    twin *twins;
    size_t twin_count;
} hunt;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static uint64_t stamp_of(const sheaf_file *file, uint64_t ordinal) {
    const sheaf_catalog *catalog = &sheaf_file_volume(file, ordinal)->catalog;
    uint64_t stamp = sheaf_catalog_get(catalog, SHEAF_SECTION_PUBLISHED, ordinal - catalog->first);
    return stamp >> 39 ? stamp : UINT64_MAX;
}

static void note_text(hunt *h, uint64_t ordinal, sheaf_slice text) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    hashed *next = &h->texts[h->count++];
    sheaf_sha256(text, digest);
    memcpy(next->hash, digest, HASH);
    next->stamp = stamp_of(h->file, ordinal);
    next->ordinal = ordinal;
}

/* Hashes all texts; articles without text are like no other. */
static sheaf_status hash_texts(hunt *h, sheaf_error *error) {
    sheaf_scan *scan;
    sheaf_slice json;
    uint64_t ordinal;
    sheaf_article *article = sheaf_article_new();
    h->texts = sheaf_calloc((size_t)sheaf_file_live(h->file), sizeof *h->texts);
    if (!article || !h->texts) {
        sheaf_article_free(article);
        return no_memory(error);
    }
    sheaf_status status = sheaf_scan_open(&scan, h->file, 0, h->file->count, error);
    if (status == SHEAF_OK) {
        while ((status = sheaf_scan_next(scan, &ordinal, &json, error)) == SHEAF_OK &&
               (status = sheaf_row_read(article, json, &SHEAF_LIMITS_DEFAULT, error)) == SHEAF_OK) {
            if (article->field[SHEAF_FIELD_TEXT].size)
                note_text(h, ordinal, article->field[SHEAF_FIELD_TEXT]);
        }
        sheaf_scan_close(scan);
    }
    sheaf_article_free(article);
    return status == SHEAF_END ? SHEAF_OK : status;
}

/* Equal texts together, the one to be kept first. */
static int compare_hashed(const void *a, const void *b) {
    const hashed *left = a, *right = b;
    int order = memcmp(left->hash, right->hash, HASH);
    if (order != 0)
        return order;
    if (left->stamp != right->stamp)
        return left->stamp < right->stamp ? -1 : 1;
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

static int compare_twins(const void *a, const void *b) {
    const twin *left = a, *right = b;
    return (left->dropped > right->dropped) - (left->dropped < right->dropped);
}

/* Of each run of equal texts all but the first are to go. */
static sheaf_status find_twins(hunt *h, sheaf_error *error) {
    size_t first = 0;
    h->twins = sheaf_calloc(h->count, sizeof *h->twins);
    if (!h->twins)
        return no_memory(error);
    for (size_t i = 1; i < h->count; i++) {
        if (memcmp(h->texts[i].hash, h->texts[first].hash, HASH) != 0)
            first = i;
        else
            h->twins[h->twin_count++] = (twin){h->texts[i].ordinal, h->texts[first].ordinal};
    }
    return SHEAF_OK;
}

sheaf_status sheaf_duplicates(sheaf_file *file, sheaf_duplicate_fn found, void *context,
                              sheaf_error *error) {
    hunt h = {.file = file};
    sheaf_status status = hash_texts(&h, error);
    if (status == SHEAF_OK && h.count) {
        qsort(h.texts, h.count, sizeof *h.texts, compare_hashed);
        status = find_twins(&h, error);
    }
    if (status == SHEAF_OK && h.twin_count) {
        qsort(h.twins, h.twin_count, sizeof *h.twins, compare_twins);
        for (size_t i = 0; i < h.twin_count; i++) {
            if (!found(context, h.twins[i].dropped, h.twins[i].kept))
                break;
        }
    }
    sheaf_free(h.texts);
    sheaf_free(h.twins);
    return status;
}
