/* history.c - reads manifests and signatures, past and present.
 *
 * Documents stand in the order in which they came to be, so that whatever one
 * speaks of stands before it. Invariant: all of them together have no more bytes
 * than a manifest may have. */
#include "store/history.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include <zstd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

#define ENTRY "history/000001.zst"

typedef struct document {
    sheaf_slice bytes, sha256;
    bool past, signs;
    bool known; /* something behind it names it */
    sheaf_manifest manifest;
    sheaf_signature signature; /* when it signs */
} document;

struct sheaf_history {
    sheaf_arena arena;
    document *documents;
    size_t count, capacity;
    sheaf_numbers kinds[2]; /* numbers of manifests, and of signatures */
    sheaf_map hashes;       /* of documents, to their number */
    size_t size;            /* bytes of those of the past */
};

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- reading --------------------------------------------------------------------- */

static document *add(sheaf_history *h, sheaf_slice bytes) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    if (h->count == h->capacity) {
        size_t capacity = h->capacity ? 2 * h->capacity : 16;
        document *documents = sheaf_realloc(h->documents, capacity * sizeof *documents);
        if (!documents)
            return NULL;
        h->documents = documents;
        h->capacity = capacity;
    }
    sheaf_sha256(bytes, digest);
    sheaf_hex(hex, digest, sizeof digest);
    document *d = &h->documents[h->count];
    *d = (document){.bytes = bytes,
                    .sha256 = sheaf_arena_copy(&h->arena, sheaf_slice_from(hex, SHEAF_SHA256_HEX))};
    sheaf_manifest_init(&d->manifest);
    if (h->arena.failed || !sheaf_map_put(&h->hashes, d->sha256, h->count))
        return NULL;
    h->count++;
    return d;
}

/* The bytes must stay. */
static sheaf_status add_document(sheaf_history *h, sheaf_slice bytes, bool past,
                                 sheaf_error *error) {
    document *d = add(h, bytes);
    if (!d)
        return no_memory(error);
    d->past = past;
    d->signs = sheaf_signature_read(&d->signature, bytes) && d->signature.bytes.size;
    sheaf_numbers_add(&h->kinds[d->signs], h->count - 1);
    if (h->kinds[d->signs].failed)
        return no_memory(error);
    if (d->signs)
        return SHEAF_OK;
    sheaf_status status = sheaf_manifest_read(&d->manifest, bytes, error);
    return status == SHEAF_BAD_INPUT ? SHEAF_CORRUPT : status;
}

/* One frame is one document. */
static sheaf_status unpack(sheaf_history *h, sheaf_slice *rest, sheaf_error *error) {
    unsigned long long raw = ZSTD_getFrameContentSize(rest->data, rest->size);
    size_t packed = ZSTD_findFrameCompressedSize(rest->data, rest->size);
    if (ZSTD_isError(packed) || raw > SHEAF_MANIFEST_MAX - h->size)
        return sheaf_fail(error, SHEAF_CORRUPT, "a frame cannot be unpacked");
    char *bytes = sheaf_arena_alloc(&h->arena, (size_t)raw + 1);
    if (!bytes)
        return no_memory(error);
    if (ZSTD_decompress(bytes, (size_t)raw, rest->data, packed) != raw)
        return sheaf_fail(error, SHEAF_CORRUPT, "a frame cannot be unpacked");
    h->size += (size_t)raw;
    *rest = sheaf_slice_part(*rest, packed, rest->size);
    return add_document(h, sheaf_slice_from(bytes, (size_t)raw), true, error);
}

static sheaf_status read_past(sheaf_history *h, const sheaf_file *file, sheaf_error *error) {
    const sheaf_entry *entry = sheaf_file_entry(file, SLICE(ENTRY));
    sheaf_status status = SHEAF_OK;
    if (!entry)
        return SHEAF_OK;
    sheaf_slice rest = sheaf_file_data(file, entry);
    while (rest.size && status == SHEAF_OK)
        status = unpack(h, &rest, error);
    return status == SHEAF_OK ? status : sheaf_fail_within(error, status, "%s", ENTRY);
}

/* Manifest and signatures of one commit of the file itself. */
static sheaf_status read_commit(sheaf_history *h, const sheaf_file *file, uint64_t commit,
                                sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    const sheaf_entry *entry = sheaf_file_entry(file, sheaf_name_manifest(room, commit));
    if (!entry)
        return sheaf_fail(error, SHEAF_CORRUPT, "%s is missing", room);
    sheaf_status status = add_document(h, sheaf_file_data(file, entry), false, error);
    if (status != SHEAF_OK)
        return sheaf_fail_within(error, status, "%s", room);
    snprintf(room, sizeof room, "signature/%06" PRIu64, commit);
    entry = sheaf_file_entry(file, sheaf_slice_of(room));
    return entry ? add_document(h, sheaf_file_data(file, entry), false, error) : SHEAF_OK;
}

static sheaf_history *new_history(void) {
    sheaf_history *h = sheaf_calloc(1, sizeof *h);
    if (h)
        sheaf_arena_init(&h->arena);
    return h;
}

sheaf_status sheaf_history_open(sheaf_history **out, const sheaf_file *file, sheaf_error *error) {
    sheaf_history *h = new_history();
    if (!h)
        return no_memory(error);
    sheaf_status status = read_past(h, file, error);
    for (uint64_t i = 1; i <= file->directory.number && status == SHEAF_OK; i++)
        status = read_commit(h, file, i, error);
    if (status != SHEAF_OK) {
        sheaf_history_close(h);
        return sheaf_fail_within(error, status, "%s", file->path);
    }
    *out = h;
    return SHEAF_OK;
}

void sheaf_history_close(sheaf_history *h) {
    if (!h)
        return;
    for (size_t i = 0; i < h->count; i++)
        sheaf_manifest_clear(&h->documents[i].manifest);
    sheaf_numbers_clear(&h->kinds[0]);
    sheaf_numbers_clear(&h->kinds[1]);
    sheaf_free(h->documents);
    sheaf_map_clear(&h->hashes);
    sheaf_arena_clear(&h->arena);
    sheaf_free(h);
}

/* ---- what was read ------------------------------------------------------------------ */

size_t sheaf_history_documents(const sheaf_history *h) {
    return h->count;
}

sheaf_slice sheaf_history_document(const sheaf_history *h, size_t i, sheaf_slice *sha256) {
    *sha256 = h->documents[i].sha256;
    return h->documents[i].bytes;
}

size_t sheaf_history_signatures(const sheaf_history *h) {
    return h->kinds[1].count;
}

const sheaf_signature *sheaf_history_signature(const sheaf_history *h, size_t i) {
    return &h->documents[h->kinds[1].items[i]].signature;
}

size_t sheaf_history_count(const sheaf_history *h) {
    return h->kinds[0].count;
}

static document *find(const sheaf_history *h, sheaf_slice sha256) {
    const uint64_t *i = sheaf_map_get(&h->hashes, sha256);
    return i ? &h->documents[*i] : NULL;
}

/* How many articles there were before: in all that a new file was made from. */
static uint64_t articles_before(const sheaf_history *h, const sheaf_manifest *m) {
    const document *last = find(h, m->previous);
    uint64_t sum = last ? last->manifest.articles : 0;
    for (size_t i = 0; i < m->before_count; i++) {
        const document *d = find(h, m->before[i]);
        sum += d && d->manifest.articles < UINT64_MAX - sum ? d->manifest.articles : 0;
    }
    return sum;
}

/* A file that is made anew adds nothing of its own, whatever its manifest says. */
static void count_changes(const sheaf_history *h, const sheaf_manifest *m,
                          sheaf_history_line *line) {
    uint64_t before = articles_before(h, m);
    line->added = m->added;
    if (m->before_count)
        line->added = m->articles > before ? m->articles - before : 0;
    if (before + line->added > m->articles)
        line->removed = before + line->added - m->articles;
}

sheaf_history_line sheaf_history_get(const sheaf_history *h, size_t i) {
    const document *d = &h->documents[h->kinds[0].items[i]];
    const sheaf_manifest *m = &d->manifest;
    sheaf_history_line line = {.commit = m->commit,
                               .past = d->past,
                               .articles = m->articles,
                               .created = m->created,
                               .tool = m->tool,
                               .plan = m->plan,
                               .sha256 = d->sha256};
    for (size_t e = 0; e < m->entry_count; e++)
        line.bytes += m->entries[e].size;
    count_changes(h, m, &line);
    return line;
}

/* ---- checking ------------------------------------------------------------------------- */

typedef struct check {
    sheaf_history *h;
    sheaf_history_problem_fn problem;
    void *context;
} check;

__attribute__((format(printf, 2, 3))) static void tell(const check *c, const char *format, ...) {
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    c->problem(c->context, sentence);
}

/* The manifest of that hash, if it stands before number limit. */
static document *earlier(const check *c, sheaf_slice sha256, size_t limit) {
    document *d = find(c->h, sha256);
    return d && !d->signs && (size_t)(d - c->h->documents) < limit ? d : NULL;
}

/* Every hash in before leads to a manifest that stands before number limit. */
static bool follows(const check *c, const sheaf_manifest *m, size_t limit) {
    bool good = true;
    for (size_t i = 0; i < m->before_count; i++) {
        document *d = earlier(c, m->before[i], limit);
        if (d)
            d->known = true;
        good = good && d;
    }
    return good;
}

static bool is_link(const check *c, document *d) {
    size_t here = (size_t)(d - c->h->documents);
    if (d->signs) {
        const document *of = earlier(c, d->signature.manifest, here);
        d->known = true;
        return of && of->manifest.commit == d->signature.commit &&
               sheaf_signature_holds(&d->signature);
    }
    const sheaf_manifest *m = &d->manifest;
    if (m->commit <= 1)
        return m->commit == 1 && m->previous.size == 0 && follows(c, m, here);
    document *last = earlier(c, m->previous, here);
    if (last)
        last->known = true;
    return last && last->manifest.commit == m->commit - 1 && m->before_count == 0;
}

static void check_documents(const check *c, const sheaf_manifest *first) {
    for (size_t i = 0; i < c->h->count; i++) {
        document *d = &c->h->documents[i];
        if (!is_link(c, d))
            tell(c, "%s: document %zu does not follow from those before it", ENTRY, i + 1);
    }
    if (!follows(c, first, c->h->count))
        tell(c, "manifest/000001.json names a past that is not in the file");
    for (size_t i = 0; i < c->h->count; i++) {
        if (!c->h->documents[i].known)
            tell(c, "%s: no manifest vouches for document %zu", ENTRY, i + 1);
    }
}

/* The first manifest of the file itself. Whether it is sound is for others to say. */
static void read_first(sheaf_manifest *first, const sheaf_file *file) {
    char room[SHEAF_NAME_ROOM];
    const sheaf_entry *entry = sheaf_file_entry(file, sheaf_name_manifest(room, 1));
    if (entry && sheaf_manifest_read(first, sheaf_file_data(file, entry), NULL) != SHEAF_OK)
        sheaf_manifest_clear(first);
}

sheaf_status sheaf_history_check(const sheaf_file *file, sheaf_history_problem_fn problem,
                                 void *context, sheaf_error *error) {
    sheaf_error cause = {0};
    sheaf_manifest first;
    check c = {new_history(), problem, context};
    if (!c.h)
        return no_memory(error);
    sheaf_status status = read_past(c.h, file, &cause);
    sheaf_manifest_init(&first);
    if (status == SHEAF_OK) {
        read_first(&first, file);
        check_documents(&c, &first);
    } else if (status != SHEAF_NO_MEMORY) {
        tell(&c, "%s", cause.message);
    }
    sheaf_manifest_clear(&first);
    sheaf_history_close(c.h);
    return status == SHEAF_NO_MEMORY ? no_memory(error) : SHEAF_OK;
}
