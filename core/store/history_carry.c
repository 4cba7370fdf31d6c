/* history_carry.c - the past goes along when a file is made anew.
 *
 * What two sources have in common - parts of one sheaf, or a copy that lived on -
 * comes once. Signatures are kept as what they are: words about a file that is no
 * more. None of them speaks of the new one. */
#include <stdio.h>

#include <libdeflate.h>
#include <zstd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/history.h"

typedef struct carrying {
    sheaf_emitter *emitter;
    sheaf_history **histories; /* of each source; NULL: left out */
    size_t count;
    sheaf_map done; /* hashes of documents that are in the entry */
    sheaf_buffer entry;
} carrying;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* A copy would hide damage, so the sums are looked at before. */
static sheaf_status check_sums(const sheaf_file *file, sheaf_error *error) {
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        if (!sheaf_slice_starts(entry->name, SLICE("history/")) &&
            !sheaf_slice_starts(entry->name, SLICE("manifest/")) &&
            !sheaf_slice_starts(entry->name, SLICE("signature/")))
            continue;
        sheaf_slice data = sheaf_file_data(file, entry);
        if (libdeflate_crc32(0, data.data, data.size) != entry->crc)
            return sheaf_fail(error, SHEAF_CORRUPT, "%s: %.*s is damaged", file->path,
                              SLICE_ARGS(entry->name));
    }
    return SHEAF_OK;
}

static sheaf_status open_history(sheaf_history **out, const sheaf_file *file,
                                 const sheaf_life_options *options, sheaf_error *error) {
    char sentence[700];
    sheaf_error cause = {0};
    sheaf_status status = check_sums(file, &cause);
    if (status == SHEAF_OK)
        status = sheaf_history_open(out, file, &cause);
    if (status == SHEAF_OK)
        return status;
    if (status == SHEAF_NO_MEMORY)
        return no_memory(error);
    snprintf(sentence, sizeof sentence, "%.500s; its history is left out", cause.message);
    if (options->warn)
        options->warn(options->context, sentence);
    return SHEAF_OK;
}

static sheaf_status put(carrying *c, ZSTD_CCtx *zstd, sheaf_slice bytes, sheaf_error *error) {
    size_t bound = ZSTD_compressBound(bytes.size);
    if (!sheaf_buffer_reserve(&c->entry, bound))
        return no_memory(error);
    size_t size =
        ZSTD_compress2(zstd, c->entry.data + c->entry.size, bound, bytes.data, bytes.size);
    if (ZSTD_isError(size))
        return no_memory(error);
    c->entry.size += size;
    return SHEAF_OK;
}

static sheaf_status put_history(carrying *c, ZSTD_CCtx *zstd, const sheaf_history *h,
                                sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    sheaf_slice sha256;
    size_t count = sheaf_history_documents(h);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        size_t before = c->done.count;
        sheaf_slice bytes = sheaf_history_document(h, i, &sha256);
        if (!sheaf_map_put(&c->done, sha256, 1))
            return no_memory(error);
        if (c->done.count > before)
            status = put(c, zstd, bytes, error);
    }
    sheaf_slice last = sheaf_history_get(h, sheaf_history_count(h) - 1).sha256;
    const sheaf_manifest *m = &c->emitter->manifest;
    for (size_t i = 0; i < m->before_count; i++) {
        if (sheaf_slice_equal(m->before[i], last))
            return status;
    }
    if (status == SHEAF_OK && !sheaf_manifest_follow(&c->emitter->manifest, last))
        status = no_memory(error);
    return status;
}

static sheaf_status put_all(carrying *c, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    if (!zstd)
        return no_memory(error);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, SHEAF_LEVEL);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
    for (size_t i = 0; i < c->count && status == SHEAF_OK; i++) {
        if (c->histories[i])
            status = put_history(c, zstd, c->histories[i], error);
    }
    ZSTD_freeCCtx(zstd);
    if (status == SHEAF_OK && c->entry.size)
        status = sheaf_emitter_whole(c->emitter, SLICE("history/000001.zst"),
                                     sheaf_buffer_view(&c->entry), error);
    return status;
}

sheaf_status sheaf_history_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                 const sheaf_life_options *options, sheaf_error *error) {
    carrying c = {.emitter = sheaf_carrier_emitter(carrier), .count = count};
    c.histories = sheaf_calloc(count, sizeof(sheaf_history *));
    sheaf_status status = c.histories ? SHEAF_OK : no_memory(error);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++)
        status = open_history(&c.histories[i], choices[i].file, options, error);
    if (status == SHEAF_OK)
        status = put_all(&c, error);
    for (size_t i = 0; i < count && c.histories; i++)
        sheaf_history_close(c.histories[i]);
    sheaf_free(c.histories);
    sheaf_map_clear(&c.done);
    sheaf_buffer_clear(&c.entry);
    return status;
}
