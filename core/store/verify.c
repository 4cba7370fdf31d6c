/* verify.c - accounts for every byte of a sheaf.
 *
 *   1. walk    entries follow one another from byte 0 to the end, each with the
 *              one header that belongs to its data (CRC-32)
 *   2. list    each directory, old ones too, is the list of what was live, and
 *              each entry is listed by the first directory behind it
 *   3. vouch   each entry has the SHA-256 that a manifest names, each manifest
 *              the one that the next manifest names
 *   4. read    each catalog fits its rows, each frame unpacks, each row is JSON
 *              with the id that the catalog names
 *
 * After 1 and 2 no byte of the file is without a sum over it, so that one
 * flipped bit anywhere is told. 3 tells of changes made on purpose, 4 of
 * mistakes of a writer. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <libdeflate.h>

#include "article/row.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"

/* What the walk has found at one place. */
typedef struct found {
    sheaf_entry entry;
    bool commit;  /* it is a .commit */
    bool vouched; /* a manifest names it, and its SHA-256 is right */
} found;

typedef struct verification {
    sheaf_file *file;
    const sheaf_verify_options *options;
    found *items;
    size_t count, capacity;
    uint64_t problems;
    uint64_t done, told;
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
        progress(v, entry.size);
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
    if (v->file->torn)
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
        char hex[SHEAF_SHA256_HEX + 1] = "";
        found *there = find_name(v, entry->name, from, to);
        if (there)
            hex_of(hex, data_of(v, &there->entry));
        if (!there || there->vouched || there->entry.size != entry->size ||
            strcmp(hex, entry->sha256) != 0)
            problem(v, "%.*s: %.*s is not what it names", SLICE_ARGS(name),
                    SLICE_ARGS(entry->name));
        else
            there->vouched = true;
    }
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
    check_hashes(v, &manifest, name, from, to);
    if (number == v->file->directory.number && manifest.articles != v->file->count)
        problem(v, "%s: names another number of articles", room);
    hex_of(previous, json);
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
    for (size_t i = 0; i < v->count; i++) {
        if (!v->items[i].commit && !v->items[i].vouched)
            problem(v, "%.*s: no manifest vouches for it", SLICE_ARGS(v->items[i].entry.name));
    }
}

/* ---- 4. read ---------------------------------------------------------------------- */

/* ORDER and PLACE each name every article once, and ORDER goes up by id. */
static void check_orders(verification *v, const sheaf_volume *volume, uint8_t *seen) {
    const sheaf_catalog *c = &volume->catalog;
    uint64_t before = 0;
    for (uint64_t i = 0; i < c->rows; i++) {
        uint64_t place = sheaf_catalog_get(c, SHEAF_SECTION_PLACE, i);
        uint64_t ordinal = sheaf_catalog_get(c, SHEAF_SECTION_ORDER, i);
        if (place >= c->rows || ordinal >= c->rows || (seen[place] & 1) || (seen[ordinal] & 2)) {
            problem(v, "%.*s: article %llu has no order of its own", SLICE_ARGS(volume->name),
                    (unsigned long long)i);
            return;
        }
        seen[place] |= 1;
        seen[ordinal] |= 2;
        uint64_t id = sheaf_catalog_get(c, SHEAF_SECTION_ID, ordinal);
        if (id < before) {
            problem(v, "%.*s: ids are not in order", SLICE_ARGS(volume->name));
            return;
        }
        before = id;
    }
}

/* Is the stored row what the catalog says of it? */
static bool agrees(const sheaf_row_columns *row, const sheaf_article *article, size_t bytes) {
    const sheaf_slice *field = article->field;
    return row->bytes == bytes && sheaf_slice_equal(row->id, field[SHEAF_FIELD_ID]) &&
           sheaf_slice_equal(row->url, field[SHEAF_FIELD_URL]) &&
           sheaf_slice_equal(row->headline, field[SHEAF_FIELD_HEADLINE]) &&
           sheaf_slice_equal(row->publisher, field[SHEAF_FIELD_PUBLISHER]) &&
           sheaf_slice_equal(row->published, field[SHEAF_FIELD_PUBLISHED]) &&
           sheaf_slice_equal(row->language, field[SHEAF_FIELD_LANGUAGE]);
}

/* False when the file cannot be read any further for want of memory. */
static bool check_article(verification *v, sheaf_article *article, uint64_t ordinal) {
    sheaf_slice json;
    sheaf_row_columns row;
    sheaf_error cause = {0};
    sheaf_status status = sheaf_file_json(v->file, ordinal, &json, &cause);
    if (status == SHEAF_OK)
        status = sheaf_row_read(article, json, &SHEAF_LIMITS_DEFAULT, &cause);
    if (status == SHEAF_OK)
        status = sheaf_file_row(v->file, ordinal, &row, &cause);
    if (status == SHEAF_NO_MEMORY) {
        v->broken = sheaf_fail(v->error, status, "out of memory");
        return false;
    }
    if (status != SHEAF_OK)
        problem(v, "article %llu: %s", (unsigned long long)ordinal, cause.message);
    else if (!agrees(&row, article, json.size))
        problem(v, "article %llu: the catalog says other things of it than its row",
                (unsigned long long)ordinal);
    return true;
}

static void check_articles(verification *v, const sheaf_volume *volume) {
    const sheaf_catalog *catalog = &volume->catalog;
    uint64_t packed = 0, before = v->problems;
    sheaf_article *article = sheaf_article_new();
    if (!article)
        v->broken = sheaf_fail(v->error, SHEAF_NO_MEMORY, "out of memory");
    for (uint64_t i = 0; i < catalog->section[SHEAF_SECTION_FRAME_PACKED].count; i++)
        packed += sheaf_catalog_get(catalog, SHEAF_SECTION_FRAME_PACKED, i);
    for (uint64_t i = 0; article && i < catalog->rows; i++) {
        if (!check_article(v, article, catalog->first + i))
            break;
        if (v->problems - before > 100) {
            problem(v, "%.*s: and so on", SLICE_ARGS(volume->name));
            break;
        }
        progress(v, packed / catalog->rows);
    }
    sheaf_article_free(article);
}

static void read_volumes(verification *v) {
    for (size_t i = 0; i < v->file->volume_count && v->broken == SHEAF_OK; i++) {
        const sheaf_volume *volume = &v->file->volumes[i];
        uint8_t *seen = sheaf_calloc((size_t)volume->catalog.rows, 1);
        if (!seen) {
            v->broken = sheaf_fail(v->error, SHEAF_NO_MEMORY, "out of memory");
            return;
        }
        check_orders(v, volume, seen);
        sheaf_free(seen);
        check_articles(v, volume);
    }
}

sheaf_status sheaf_file_verify(sheaf_file *file, const sheaf_verify_options *options,
                               sheaf_error *error) {
    static const sheaf_verify_options none = {0};
    verification v = {.file = file, .options = options ? options : &none, .error = error};
    walk(&v);
    if (v.broken == SHEAF_OK) {
        list(&v);
        vouch(&v);
        read_volumes(&v);
    }
    sheaf_free(v.items);
    if (v.broken != SHEAF_OK)
        return v.broken;
    return v.problems ? SHEAF_CORRUPT : SHEAF_OK;
}
