/* verify.c - accounts for every byte of a sheaf.
 *
 *   1. walk    entries follow one another from byte 0 to the end, each with the
 *              one header that belongs to its data (CRC-32)
 *   2. list    each directory, old ones too, is the list of what was live, and
 *              each entry is listed by the first directory behind it
 *   3. vouch   each entry has the SHA-256 that a manifest names, each manifest
 *              the one that the next manifest names
 *              and so do the documents of the past, if there is one
 *   4. read    each catalog fits its rows, each frame unpacks, each row is JSON
 *              with the id that the catalog names
 *
 * After 1 and 2 no byte of the file is without a sum over it, so that one
 * flipped bit anywhere is told. 3 tells of changes made on purpose, 4 of
 * mistakes of a writer.
 *
 * The hashes of 3 and all of 4 take nearly all of the time, and are jobs for
 * several threads; what they find is told in the order of the file. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <libdeflate.h>

#include "base/jobs.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/history.h"
#include "store/verify_rows.h"

/* What the walk has found at one place. */
typedef struct found {
    sheaf_entry entry;
    bool commit;                       /* it is a .commit */
    bool vouched;                      /* a manifest names it, and its SHA-256 is right */
    char sha256[SHEAF_SHA256_HEX + 1]; /* found out by the jobs, for all but .commit */
} found;

typedef struct verification {
    sheaf_file *file;
    const sheaf_verify_options *options;
    found *items;
    size_t count, capacity;
    uint64_t problems;
    uint64_t done, told;
    uint64_t live; /* entries that the manifests so far leave */
    sheaf_rows_check *rows;
    sheaf_error *error;
    sheaf_status broken; /* why nothing more can be found out */
} verification;

__attribute__((format(printf, 2, 3))) static void problem(verification *v, const char *format,
                                                          ...) {
    char sentence[700];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (v->problems++ == 0)
        sheaf_fail(v->error, SHEAF_CORRUPT, "%s: %s", v->file->path, sentence);
    if (v->options->problem)
        v->options->problem(v->options->context, sentence);
}

/* Each byte is gone over twice: for the sums, and for what it means. */
static void progress(verification *v, uint64_t bytes) {
    v->done += bytes;
    if (v->options->progress && v->done - v->told >= (1 << 20)) {
        v->told = v->done;
        v->options->progress(v->options->context, v->done / 2, v->file->bytes.size);
    }
}

static sheaf_slice data_of(const verification *v, const sheaf_entry *entry) {
    return sheaf_file_data(v->file, entry);
}

/* ---- 1. walk -------------------------------------------------------------------- */

static bool remember(verification *v, const sheaf_entry *entry) {
    if (v->count == v->capacity) {
        size_t capacity = v->capacity ? 2 * v->capacity : 64;
        found *items = sheaf_realloc(v->items, capacity * sizeof *items);
        if (!items) {
            v->broken = sheaf_fail(v->error, SHEAF_NO_MEMORY, "out of memory");
            return false;
        }
        v->items = items;
        v->capacity = capacity;
    }
    bool commit = sheaf_slice_starts(entry->name, SLICE(".commit/"));
    v->items[v->count++] = (found){.entry = *entry, .commit = commit};
    return true;
}

/* Where to go on when the walk has lost its way: the next entry that is live,
 * else the last directory. */
static uint64_t next_known(const verification *v, uint64_t at) {
    const sheaf_directory *directory = &v->file->directory;
    for (size_t i = 0; i < directory->count; i++) {
        if (directory->entries[i].offset > at)
            return directory->entries[i].offset;
    }
    return at < directory->start ? directory->start : v->file->bytes.size;
}

static void walk(verification *v) {
    uint64_t at = 0;
    while (at < v->file->bytes.size && v->broken == SHEAF_OK) {
        sheaf_entry entry;
        sheaf_error cause = {0};
        sheaf_status status = sheaf_zip_header_read(&entry, v->file->bytes, at, &cause);
        if (status == SHEAF_NO_MEMORY)
            v->broken = sheaf_fail(v->error, status, "out of memory");
        if (status != SHEAF_OK) {
            problem(v, "%s", cause.message);
            at = next_known(v, at);
            continue;
        }
        sheaf_slice data = data_of(v, &entry);
        if (libdeflate_crc32(0, data.data, data.size) != entry.crc)
            problem(v, "%.*s: its CRC-32 is wrong", SLICE_ARGS(entry.name));
        if (!remember(v, &entry))
            return;
        at = sheaf_entry_end(&entry);
    }
}

/* ---- 2. list -------------------------------------------------------------------- */

static int compare_found(const void *key, const void *item) {
    uint64_t wanted = *(const uint64_t *)key, offset = ((const found *)item)->entry.offset;
    return (wanted > offset) - (wanted < offset);
}

static found *find(verification *v, uint64_t offset) {
    return v->count ? bsearch(&offset, v->items, v->count, sizeof *v->items, compare_found) : NULL;
}

static bool same_entry(const sheaf_entry *a, const sheaf_entry *b) {
    return a->offset == b->offset && a->size == b->size && a->crc == b->crc &&
           sheaf_slice_equal(a->name, b->name);
}

/* The directory in the .commit at items[index]: what it lists is there, and what
 * is new since the commit before it is listed. */
static void check_directory(verification *v, size_t index, size_t first_new) {
    const sheaf_entry *commit = &v->items[index].entry;
    sheaf_directory directory;
    sheaf_error cause = {0};
    size_t fresh = 0;
    sheaf_status status =
        sheaf_directory_parse(&directory, data_of(v, commit), sheaf_entry_data(commit), &cause);
    if (status != SHEAF_OK) {
        problem(v, "%.*s: %s", SLICE_ARGS(commit->name), cause.message);
        return;
    }
    for (size_t i = 0; i < directory.count; i++) {
        const sheaf_entry *listed = &directory.entries[i];
        const found *there = find(v, listed->offset);
        if (!there || there->commit || !same_entry(&there->entry, listed))
            problem(v, "%.*s: lists %.*s, which is not there", SLICE_ARGS(commit->name),
                    SLICE_ARGS(listed->name));
        else if ((size_t)(there - v->items) >= first_new)
            fresh++;
    }
    if (fresh != index - first_new)
        problem(v, "%.*s: does not list all that was written for it", SLICE_ARGS(commit->name));
    sheaf_directory_clear(&directory);
}

static void list(verification *v) {
    size_t first_new = 0;
    uint64_t number = 0;
    for (size_t i = 0; i < v->count; i++) {
        char room[SHEAF_NAME_ROOM];
        if (!v->items[i].commit)
            continue;
        if (!sheaf_slice_equal(v->items[i].entry.name, sheaf_name_commit(room, ++number)))
            problem(v, "%.*s stands where %s should", SLICE_ARGS(v->items[i].entry.name), room);
        check_directory(v, i, first_new);
        first_new = i + 1;
    }
    if (first_new != v->count || number != v->file->directory.number)
        problem(v, "the file does not end with the commit it was opened at");
    if (v->file->directory.rebuilt)
        problem(v, "no directory could be read; it was rebuilt from the headers of the entries");
    if (v->file->torn && !v->file->writing)
        problem(v, "%llu bytes behind the last commit belong to none",
                (unsigned long long)v->file->torn);
}

/* ---- 3. vouch -------------------------------------------------------------------- */

static found *find_name(verification *v, sheaf_slice name, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (sheaf_slice_equal(v->items[i].entry.name, name))
            return &v->items[i];
    }
    return NULL;
}

static void hex_of(char hex[SHEAF_SHA256_HEX + 1], sheaf_slice data) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256(data, digest);
    sheaf_hex(hex, digest, sizeof digest);
}

static void check_hashes(verification *v, const sheaf_manifest *manifest, sheaf_slice name,
                         size_t from, size_t to) {
    for (size_t i = 0; i < manifest->entry_count; i++) {
        const sheaf_manifest_entry *entry = &manifest->entries[i];
        found *there = find_name(v, entry->name, from, to);
        if (!there || there->vouched || there->entry.size != entry->size ||
            strcmp(there->sha256, entry->sha256) != 0)
            problem(v, "%.*s: %.*s is not what it names", SLICE_ARGS(name),
                    SLICE_ARGS(entry->name));
        else
            there->vouched = true;
    }
}

/* Names that a manifest takes out of the sheaf must have been in it; none of them
 * may be listed at the end. */
static void check_dropped(verification *v, const sheaf_manifest *manifest, sheaf_slice name,
                          size_t to) {
    for (size_t i = 0; i < manifest->dropped_count; i++) {
        sheaf_slice dropped = manifest->dropped[i];
        if (!find_name(v, dropped, 0, to) || sheaf_file_entry(v->file, dropped))
            problem(v, "%.*s: drops %.*s, which was not there or still is", SLICE_ARGS(name),
                    SLICE_ARGS(dropped));
    }
    v->live += manifest->entry_count + 1 - manifest->dropped_count;
}

/* The manifest among the items [from, to) of one commit. previous holds the hash
 * of the one before, and gets that of this one. */
static void check_manifest(verification *v, uint64_t number, size_t from, size_t to,
                           char previous[SHEAF_SHA256_HEX + 1]) {
    char room[SHEAF_NAME_ROOM];
    sheaf_manifest manifest;
    sheaf_error cause = {0};
    sheaf_slice name = sheaf_name_manifest(room, number);
    found *there = find_name(v, name, from, to);
    if (!there) {
        problem(v, "%s is missing", room);
        return;
    }
    sheaf_manifest_init(&manifest);
    sheaf_slice json = data_of(v, &there->entry);
    if (sheaf_manifest_read(&manifest, json, &cause) != SHEAF_OK)
        problem(v, "%s: %s", room, cause.message);
    else if (manifest.commit != number || !sheaf_slice_is(manifest.previous, previous))
        problem(v, "%s does not follow the manifest before it", room);
    else
        there->vouched = true;
    if (number > 1 && manifest.before_count)
        problem(v, "%s: only the first manifest of a file can name a past", room);
    check_hashes(v, &manifest, name, from, to);
    check_dropped(v, &manifest, name, to);
    if (number == v->file->directory.number && manifest.articles != sheaf_file_live(v->file))
        problem(v, "%s: names another number of articles", room);
    memcpy(previous, there->sha256, sizeof there->sha256);
    sheaf_manifest_clear(&manifest);
}

static void vouch(verification *v) {
    char previous[SHEAF_SHA256_HEX + 1] = "";
    uint64_t number = 0;
    size_t from = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (!v->items[i].commit)
            continue;
        check_manifest(v, ++number, from, i, previous);
        from = i + 1;
    }
    if (v->live != v->file->directory.count)
        problem(v, "the last directory does not list what the manifests leave");
    for (size_t i = 0; i < v->count; i++) {
        if (!v->items[i].commit && !v->items[i].vouched)
            problem(v, "%.*s: no manifest vouches for it", SLICE_ARGS(v->items[i].entry.name));
    }
}

static void on_past(void *context, const char *sentence) {
    problem(context, "%s", sentence);
}

/* ---- jobs ------------------------------------------------------------------------- */

/* First a job for each entry, for its hash; then those of the rows. */
static sheaf_status work(void *context, unsigned worker, size_t job, sheaf_error *error) {
    verification *v = context;
    if (job >= v->count)
        return sheaf_rows_check_work(v->rows, worker, job - v->count, error);
    if (!v->items[job].commit)
        hex_of(v->items[job].sha256, data_of(v, &v->items[job].entry));
    return SHEAF_OK;
}

static sheaf_status take(void *context, size_t job, sheaf_error *error) {
    verification *v = context;
    sheaf_slice rest, line;
    uint64_t bytes;
    if (job < v->count) {
        progress(v, v->items[job].entry.size);
        if (job + 1 < v->count)
            return SHEAF_OK;
        vouch(v);
        return sheaf_history_check(v->file, on_past, v, error);
    }
    rest = sheaf_rows_check_take(v->rows, job - v->count, &bytes);
    while (sheaf_slice_line(&rest, &line))
        problem(v, "%.*s", SLICE_ARGS(line));
    progress(v, bytes);
    return SHEAF_OK;
}

static void run_jobs(verification *v) {
    sheaf_jobs jobs = {.threads = v->options->threads, .work = work, .take = take, .context = v};
    jobs.count = SIZE_MAX; /* workers are as many as threads */
    v->broken = sheaf_rows_check_open(&v->rows, v->file, sheaf_jobs_workers(&jobs), v->error);
    if (v->broken != SHEAF_OK)
        return;
    sheaf_error error = {0};
    jobs.count = v->count + sheaf_rows_check_jobs(v->rows);
    sheaf_status status = sheaf_jobs_run(&jobs, &error);
    if (status != SHEAF_OK)
        v->broken = sheaf_fail(v->error, status, "%s", error.message);
    sheaf_rows_check_close(v->rows);
}

sheaf_status sheaf_file_verify(sheaf_file *file, const sheaf_verify_options *options,
                               sheaf_error *error) {
    static const sheaf_verify_options none = {0};
    verification v = {.file = file, .options = options ? options : &none, .error = error};
    walk(&v);
    if (v.broken == SHEAF_OK) {
        list(&v);
        run_jobs(&v);
    }
    sheaf_free(v.items);
    if (v.broken != SHEAF_OK)
        return v.broken;
    return v.problems ? SHEAF_CORRUPT : SHEAF_OK;
}
