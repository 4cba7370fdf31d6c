/* split.c - one sheaf to many.
 *
 * Every live article gets the number of its part first. Parts are made one after
 * the other; each looks only at the catalogs that have something for it. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "store/extras.h"
#include "store/index_entries.h"
#include "store/sheet.h"

enum { PARTS_MAX = 100000, VALUE_MAX = 80 };

typedef struct split {
    sheaf_file *file;
    sheaf_split_by by;
    uint64_t number;
    uint32_t *part; /* of each ordinal, from 1; 0: dropped */
    uint32_t count; /* of parts */
    sheaf_arena arena;
    sheaf_map values;   /* of a field, to the number of their part */
    sheaf_slice *names; /* of those parts, by number - 1 */
    size_t name_capacity;
    sheaf_buffer path;
    const char *folder;
} split;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- which part ------------------------------------------------------------------- */

/* A value as a part of a file name: what is no letter, digit or sign becomes -. */
static sheaf_slice file_name(split *s, sheaf_slice value) {
    sheaf_slice name = sheaf_arena_copy(&s->arena, sheaf_utf8_prefix(value, VALUE_MAX));
    char *bytes = (char *)(uintptr_t)name.data;
    for (size_t i = 0; i < name.size; i++) {
        uint8_t c = (uint8_t)bytes[i];
        if (c <= ' ' || c == 0x7f || (c < 0x80 && strchr("/\\:*?\"<>|", (char)c)) ||
            (i == 0 && (c == '.' || c == '-')))
            bytes[i] = '-';
    }
    return name;
}

/* Another part has this name: tell them apart. */
static sheaf_slice distinct(split *s, sheaf_slice name) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (sheaf_slice_equal_fold(s->names[i], name))
            return sheaf_arena_format(&s->arena, "%.*s-%u", SLICE_ARGS(name), s->count + 1);
    }
    return name;
}

/* The part of a value, a new one when it is new; 0 when there are too many or
 * memory is out. */
static uint32_t part_of(split *s, sheaf_slice value) {
    uint64_t *known = sheaf_map_get(&s->values, value);
    if (known)
        return (uint32_t)*known;
    if (s->count == PARTS_MAX)
        return 0;
    sheaf_slice key = sheaf_arena_copy(&s->arena, value);
    sheaf_slice name = distinct(s, value.size ? file_name(s, value) : SLICE("none"));
    if (s->arena.failed || !sheaf_map_put(&s->values, key, s->count + 1) ||
        !sheaf_arena_grow(&s->arena, (void **)&s->names, s->count, &s->name_capacity,
                          sizeof *s->names))
        return 0;
    s->names[s->count++] = name;
    return s->count;
}

static sheaf_slice value_of(const split *s, const sheaf_catalog *c, uint64_t local,
                            char year[SHEAF_STAMP_ROOM]) {
    static const struct {
        sheaf_section code, ends;
    } columns[] = {
        [SHEAF_SPLIT_LANGUAGE] = {SHEAF_SECTION_LANGUAGE, SHEAF_SECTION_LANGUAGE_ENDS},
        [SHEAF_SPLIT_SITE] = {SHEAF_SECTION_SITE, SHEAF_SECTION_SITE_ENDS},
        [SHEAF_SPLIT_PUBLISHER] = {SHEAF_SECTION_PUBLISHER, SHEAF_SECTION_PUBLISHER_ENDS}};
    if (s->by == SHEAF_SPLIT_YEAR) {
        uint64_t stamp = sheaf_catalog_get(c, SHEAF_SECTION_PUBLISHED, local) >> 39 & 0x3fff;
        return stamp ? sheaf_slice_from(
                           year, (size_t)snprintf(year, SHEAF_STAMP_ROOM, "%04u", (unsigned)stamp))
                     : (sheaf_slice){0};
    }
    return sheaf_catalog_name(c, columns[s->by].ends,
                              sheaf_catalog_get(c, columns[s->by].code, local));
}

static sheaf_status assign_by_value(split *s, sheaf_error *error) {
    for (size_t v = 0; v < s->file->volume_count; v++) {
        const sheaf_catalog *c = &s->file->volumes[v].catalog;
        for (uint64_t i = 0; i < c->rows; i++) {
            char year[SHEAF_STAMP_ROOM];
            if (sheaf_file_is_gone(s->file, c->first + i))
                continue;
            s->part[c->first + i] = part_of(s, value_of(s, c, i, year));
            if (s->part[c->first + i] == 0)
                return s->count == PARTS_MAX
                           ? sheaf_fail(error, SHEAF_LIMIT, "more than %d parts", PARTS_MAX)
                           : no_memory(error);
        }
    }
    return SHEAF_OK;
}

/* Packed bytes for each raw byte of the frames of a volume. */
static double packed_share(const sheaf_catalog *c) {
    double packed = 0, raw = 0;
    for (uint64_t i = 0; i < c->section[SHEAF_SECTION_FRAME_PACKED].count; i++) {
        packed += (double)sheaf_catalog_get(c, SHEAF_SECTION_FRAME_PACKED, i);
        raw += (double)sheaf_catalog_get(c, SHEAF_SECTION_FRAME_RAW, i);
    }
    return raw > 0 ? packed / raw : 0;
}

/* By count each article weighs 1, by size its share of the packed frames. */
static sheaf_status assign_by_weight(split *s, sheaf_error *error) {
    double weight = 0, most = (double)s->number;
    for (size_t v = 0; v < s->file->volume_count; v++) {
        const sheaf_catalog *c = &s->file->volumes[v].catalog;
        double share = s->by == SHEAF_SPLIT_SIZE ? packed_share(c) : 0;
        for (uint64_t i = 0; i < c->rows; i++) {
            double bytes = (double)sheaf_catalog_get(c, SHEAF_SECTION_BYTES, i) + 1;
            double own = s->by == SHEAF_SPLIT_SIZE ? bytes * share + 40 : 1;
            if (sheaf_file_is_gone(s->file, c->first + i))
                continue;
            if (s->count == 0 || weight + own > most) {
                if (s->count++ == PARTS_MAX)
                    return sheaf_fail(error, SHEAF_LIMIT, "more than %d parts", PARTS_MAX);
                weight = 0;
            }
            weight += own;
            s->part[c->first + i] = s->count;
        }
    }
    return SHEAF_OK;
}

/* ---- where ---------------------------------------------------------------------------- */

/* The path of part number i, good until the next call; NULL when memory is out. */
static const char *path_of(split *s, uint32_t i) {
    const char *slash = strrchr(s->file->path, '/');
    sheaf_slice stem = sheaf_slice_of(slash ? slash + 1 : s->file->path);
    if (sheaf_slice_ends(stem, SLICE(".sheaf")))
        stem.size -= 6;
    sheaf_buffer_reset(&s->path);
    sheaf_buffer_printf(&s->path, "%s/%.*s-", s->folder, SLICE_ARGS(stem));
    if (s->names)
        sheaf_buffer_add(&s->path, s->names[i - 1]);
    else
        sheaf_buffer_printf(&s->path, "%04u", i);
    sheaf_buffer_add(&s->path, SLICE(".sheaf"));
    sheaf_buffer_char(&s->path, '\0');
    return s->path.failed ? NULL : s->path.data;
}

static sheaf_status check_free(split *s, sheaf_error *error) {
    struct stat about;
    for (uint32_t i = 1; i <= s->count; i++) {
        const char *path = path_of(s, i);
        if (!path)
            return no_memory(error);
        if (lstat(path, &about) == 0)
            return sheaf_fail(error, SHEAF_EXISTS, "%s is there already", path);
    }
    return SHEAF_OK;
}

/* ---- making them ------------------------------------------------------------------------ */

static sheaf_status fill(split *s, sheaf_carrier *carrier, uint32_t i,
                         const sheaf_life_options *options, sheaf_error *error) {
    char plan[64];
    sheaf_choice choice = {.file = s->file, .part = s->part};
    sheaf_status status = sheaf_carrier_take(carrier, &choice, i, error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_settle(carrier, error);
    if (status == SHEAF_OK)
        status = sheaf_layers_carry(carrier, &choice, 1, i, options, error);
    if (status == SHEAF_OK && !options->without_originals)
        status = sheaf_extras_carry(carrier, &choice, 1, i, options, error);
    snprintf(plan, sizeof plan, "split %u of %u from @%.12s", i, s->count,
             s->file->manifest_sha256);
    if (status == SHEAF_OK)
        status = sheaf_carrier_commit(carrier, plan, error);
    return status;
}

static sheaf_status make(split *s, uint32_t i, const sheaf_life_options *options,
                         sheaf_life_counts *counts, sheaf_error *error) {
    sheaf_carrier *carrier;
    const char *path = path_of(s, i);
    if (!path)
        return no_memory(error);
    sheaf_status status = sheaf_carrier_open(&carrier, path, false, options, error);
    if (status != SHEAF_OK)
        return status;
    status = fill(s, carrier, i, options, error);
    if (status == SHEAF_OK) {
        uint64_t before = counts->articles;
        sheaf_carrier_counts(carrier, counts);
        if (options->part)
            options->part(options->context, path, counts->articles - before);
    }
    sheaf_carrier_close(carrier);
    return status;
}

static sheaf_status run(split *s, const sheaf_life_options *options, sheaf_life_counts *counts,
                        sheaf_error *error) {
    s->part = sheaf_calloc((size_t)s->file->count, sizeof *s->part);
    if (!s->part)
        return no_memory(error);
    bool weighs = s->by == SHEAF_SPLIT_COUNT || s->by == SHEAF_SPLIT_SIZE;
    sheaf_status status = weighs ? assign_by_weight(s, error) : assign_by_value(s, error);
    if (status == SHEAF_OK)
        status = check_free(s, error);
    for (uint32_t i = 1; i <= s->count && status == SHEAF_OK; i++)
        status = make(s, i, options, counts, error);
    return status;
}

sheaf_status sheaf_split(const char *path, const char *folder, sheaf_split_by by, uint64_t number,
                         const sheaf_life_options *options, sheaf_life_counts *counts,
                         sheaf_error *error) {
    const sheaf_life_options defaults = {0};
    sheaf_life_counts none;
    split s = {.by = by, .number = number, .folder = folder};
    counts = counts ? counts : &none;
    *counts = (sheaf_life_counts){0};
    if (number == 0 && (by == SHEAF_SPLIT_COUNT || by == SHEAF_SPLIT_SIZE))
        return sheaf_fail(error, SHEAF_MISUSE, "parts of nothing");
    sheaf_arena_init(&s.arena);
    sheaf_status status = sheaf_file_open(&s.file, path, error);
    if (status == SHEAF_OK)
        status = sheaf_file_manifest(s.file, error);
    if (status == SHEAF_OK)
        status = run(&s, options ? options : &defaults, counts, error);
    if (status == SHEAF_OK)
        sheaf_index_left_out(s.file, options ? options : &defaults);
    sheaf_map_clear(&s.values);
    sheaf_arena_clear(&s.arena);
    sheaf_buffer_clear(&s.path);
    sheaf_free(s.part);
    sheaf_file_close(s.file);
    return status;
}
