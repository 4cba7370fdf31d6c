/* read.c - articles and catalog rows of an open sheaf: by ordinal, id, in order. */
#include <stdio.h>

#include "article/json.h"
#include "article/row.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"

/* Makes an unpacker unless there is one. */
static sheaf_status need(sheaf_unpacker **unpacker, sheaf_frames kind, sheaf_error *error) {
    if (!*unpacker)
        *unpacker = sheaf_unpacker_new(kind);
    return *unpacker ? SHEAF_OK : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status no_such(const sheaf_file *file, uint64_t ordinal, sheaf_error *error) {
    if (ordinal < file->count)
        return sheaf_fail(error, SHEAF_MISSING, "%s: article %llu was dropped", file->path,
                          (unsigned long long)ordinal);
    return sheaf_fail(error, SHEAF_MISSING, "%s: no article %llu, there are %llu", file->path,
                      (unsigned long long)ordinal, (unsigned long long)file->count);
}

/* Has the row, which begins with its id, one that is not 16 digits and has this number? */
static bool is_odd_row_of(uint64_t number, sheaf_slice json) {
    sheaf_json reader;
    sheaf_json_token token;
    sheaf_arena arena;
    bool odd = false, same = false;
    sheaf_arena_init(&arena);
    sheaf_json_init(&reader, json, 2);
    if (sheaf_json_next(&reader, &token, NULL) == SHEAF_OK && token.kind == SHEAF_JSON_OBJECT &&
        sheaf_json_next(&reader, &token, NULL) == SHEAF_OK && token.kind == SHEAF_JSON_KEY &&
        sheaf_json_is(&token, "id") && sheaf_json_next(&reader, &token, NULL) == SHEAF_OK &&
        token.kind == SHEAF_JSON_STRING)
        same = sheaf_id_number(sheaf_json_text(&arena, &token), &odd) == number && odd;
    same = same || arena.failed; /* not found out */
    sheaf_arena_clear(&arena);
    return same;
}

/* Is this the row of the article that the catalog means? A damaged place leads to
 * a row that is whole, but another article's. */
static bool is_row_of(const sheaf_volume *volume, uint64_t local, sheaf_slice json) {
    char head[32];
    uint64_t id = sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_ID, local);
    if (sheaf_catalog_is_odd(&volume->catalog, local))
        return is_odd_row_of(id, json);
    memcpy(head, "{\"id\":\"", 7);
    for (int i = 0; i < 16; i++)
        head[7 + i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
    head[23] = '"';
    return sheaf_slice_starts(json, sheaf_slice_from(head, 24));
}

/* The row of an ordinal that is below count. */
static sheaf_status unpack_row(const sheaf_file *file, sheaf_unpacker *rows, uint64_t ordinal,
                               sheaf_slice *json, sheaf_error *error) {
    const sheaf_volume *volume = sheaf_file_volume(file, ordinal);
    uint64_t local = ordinal - volume->catalog.first;
    uint64_t place = sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_PLACE, local);
    sheaf_status status = place < volume->catalog.rows
                              ? sheaf_unpacker_get(rows, volume, place, 0, json, error)
                              : sheaf_fail(error, SHEAF_CORRUPT, "%.*s: article %llu has no place",
                                           SLICE_ARGS(volume->name), (unsigned long long)local);
    if (status == SHEAF_OK && !is_row_of(volume, local, *json))
        status = sheaf_fail(error, SHEAF_CORRUPT, "%.*s: article %llu is not the one at its place",
                            SLICE_ARGS(volume->name), (unsigned long long)local);
    return status == SHEAF_OK ? status : sheaf_fail_within(error, status, "%s", file->path);
}

sheaf_status sheaf_file_json(sheaf_file *file, uint64_t ordinal, sheaf_slice *json,
                             sheaf_error *error) {
    if (ordinal >= file->count || sheaf_file_is_gone(file, ordinal))
        return no_such(file, ordinal, error);
    sheaf_status status = need(&file->rows, SHEAF_FRAMES_ROWS, error);
    return status == SHEAF_OK ? unpack_row(file, file->rows, ordinal, json, error) : status;
}

sheaf_status sheaf_file_read(sheaf_file *file, uint64_t ordinal, sheaf_article *article,
                             sheaf_error *error) {
    sheaf_slice json;
    sheaf_status status = sheaf_file_json(file, ordinal, &json, error);
    if (status != SHEAF_OK)
        return status;
    status = sheaf_row_read(article, json, &SHEAF_LIMITS_DEFAULT, error);
    return status == SHEAF_OK ? status
                              : sheaf_fail_within(error, status, "%s: article %llu", file->path,
                                                  (unsigned long long)ordinal);
}

/* ---- rows of the catalog ------------------------------------------------------------ */

sheaf_status sheaf_file_text(sheaf_file *file, const sheaf_volume *volume, uint64_t local,
                             sheaf_text which, sheaf_slice *text, sheaf_error *error) {
    uint64_t place = sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_PLACE, local);
    sheaf_status status = need(&file->texts, SHEAF_FRAMES_TEXTS, error);
    if (status == SHEAF_OK && place >= volume->catalog.rows)
        status = sheaf_fail(error, SHEAF_CORRUPT, "%.*s: article %llu has no place",
                            SLICE_ARGS(volume->name), (unsigned long long)local);
    if (status == SHEAF_OK)
        status = sheaf_unpacker_get(file->texts, volume, place, which, text, error);
    return status == SHEAF_OK ? status : sheaf_fail_within(error, status, "%s", file->path);
}

static sheaf_status id_of(sheaf_file *file, const sheaf_volume *volume, uint64_t local,
                          sheaf_slice *id, sheaf_error *error) {
    if (sheaf_catalog_is_odd(&volume->catalog, local))
        return sheaf_file_text(file, volume, local, SHEAF_TEXT_ID, id, error);
    uint64_t number = sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_ID, local);
    snprintf(file->id, sizeof file->id, "%016llx", (unsigned long long)number);
    *id = sheaf_slice_from(file->id, 16);
    return SHEAF_OK;
}

static sheaf_status published_of(sheaf_file *file, const sheaf_volume *volume, uint64_t local,
                                 sheaf_slice *published, sheaf_error *error) {
    uint64_t stamp = sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_PUBLISHED, local);
    if (sheaf_stamp_is_odd(stamp))
        return sheaf_file_text(file, volume, local, SHEAF_TEXT_PUBLISHED, published, error);
    *published = sheaf_slice_from(file->published, sheaf_stamp_text(file->published, stamp));
    return SHEAF_OK;
}

static sheaf_slice name_of(const sheaf_catalog *catalog, sheaf_section codes, sheaf_section ends,
                           uint64_t local) {
    return sheaf_catalog_name(catalog, ends, sheaf_catalog_get(catalog, codes, local));
}

sheaf_status sheaf_file_row(sheaf_file *file, uint64_t ordinal, sheaf_row_columns *columns,
                            sheaf_error *error) {
    if (ordinal >= file->count || sheaf_file_is_gone(file, ordinal))
        return no_such(file, ordinal, error);
    const sheaf_volume *volume = sheaf_file_volume(file, ordinal);
    const sheaf_catalog *catalog = &volume->catalog;
    uint64_t local = ordinal - catalog->first;
    sheaf_row_columns row = {.ordinal = ordinal};
    sheaf_status status = id_of(file, volume, local, &row.id, error);
    if (status == SHEAF_OK)
        status = published_of(file, volume, local, &row.published, error);
    if (status == SHEAF_OK)
        status = sheaf_file_text(file, volume, local, SHEAF_TEXT_URL, &row.url, error);
    if (status == SHEAF_OK)
        status = sheaf_file_text(file, volume, local, SHEAF_TEXT_HEADLINE, &row.headline, error);
    if (status != SHEAF_OK)
        return status;
    row.language = name_of(catalog, SHEAF_SECTION_LANGUAGE, SHEAF_SECTION_LANGUAGE_ENDS, local);
    row.site = name_of(catalog, SHEAF_SECTION_SITE, SHEAF_SECTION_SITE_ENDS, local);
    row.publisher = name_of(catalog, SHEAF_SECTION_PUBLISHER, SHEAF_SECTION_PUBLISHER_ENDS, local);
    row.words = sheaf_catalog_get(catalog, SHEAF_SECTION_WORDS, local);
    row.bytes = sheaf_catalog_get(catalog, SHEAF_SECTION_BYTES, local);
    *columns = row;
    return SHEAF_OK;
}

/* ---- by id ----------------------------------------------------------------------------- */

/* Ids that are, or begin, as asked. Two are as good as many. */
typedef struct search {
    sheaf_file *file;
    sheaf_slice id;
    uint64_t found; /* how many */
    uint64_t ordinal;
} search;

static void note(search *s, const sheaf_catalog *catalog, uint64_t local) {
    if (sheaf_file_is_gone(s->file, catalog->first + local))
        return;
    s->ordinal = catalog->first + local;
    s->found++;
}

/* Looks for the very id, by its number. */
static sheaf_status search_exact(search *s, const sheaf_volume *volume, sheaf_error *error) {
    const sheaf_catalog *catalog = &volume->catalog;
    bool odd;
    uint64_t from, to, number = sheaf_id_number(s->id, &odd);
    sheaf_catalog_ids(catalog, number, number, &from, &to);
    for (; from < to; from++) {
        uint64_t local = sheaf_catalog_get(catalog, SHEAF_SECTION_ORDER, from);
        sheaf_slice id = s->id;
        if (local >= catalog->rows || sheaf_catalog_is_odd(catalog, local) != odd)
            continue;
        sheaf_status status =
            odd ? sheaf_file_text(s->file, volume, local, SHEAF_TEXT_ID, &id, error) : SHEAF_OK;
        if (status != SHEAF_OK)
            return status;
        if (sheaf_slice_equal(id, s->id))
            note(s, catalog, local);
    }
    return SHEAF_OK;
}

/* The numbers whose digits begin with those of id. False when it has others. */
static bool digit_range(sheaf_slice id, uint64_t *low, uint64_t *high) {
    char digits[16];
    bool odd;
    if (id.size >= sizeof digits)
        return false;
    memset(digits, '0', sizeof digits);
    memcpy(digits, id.data, id.size);
    *low = sheaf_id_number(sheaf_slice_from(digits, sizeof digits), &odd);
    *high = *low | (UINT64_MAX >> (4 * id.size));
    return !odd;
}

/* Looks for ids that begin so: those of 16 digits by their numbers, all others
 * one by one. */
static sheaf_status search_prefix(search *s, const sheaf_volume *volume, sheaf_error *error) {
    const sheaf_catalog *catalog = &volume->catalog;
    const sheaf_column *odd = &catalog->section[SHEAF_SECTION_ODD];
    uint64_t low, high, from = 0, to = 0;
    if (digit_range(s->id, &low, &high))
        sheaf_catalog_ids(catalog, low, high, &from, &to);
    for (; from < to && s->found < 2; from++) {
        uint64_t local = sheaf_catalog_get(catalog, SHEAF_SECTION_ORDER, from);
        if (local < catalog->rows && !sheaf_catalog_is_odd(catalog, local))
            note(s, catalog, local);
    }
    for (uint64_t i = 0; i < odd->count && s->found < 2; i++) {
        uint64_t local = sheaf_column_get(odd, i);
        sheaf_slice id;
        if (local >= catalog->rows)
            continue;
        sheaf_status status = sheaf_file_text(s->file, volume, local, SHEAF_TEXT_ID, &id, error);
        if (status != SHEAF_OK)
            return status;
        if (sheaf_slice_starts(id, s->id))
            note(s, catalog, local);
    }
    return SHEAF_OK;
}

typedef sheaf_status (*search_fn)(search *, const sheaf_volume *, sheaf_error *);

static sheaf_status search_volumes(search *s, search_fn look, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < s->file->volume_count && s->found < 2 && status == SHEAF_OK; i++)
        status = look(s, &s->file->volumes[i], error);
    return status;
}

sheaf_status sheaf_file_find(sheaf_file *file, uint64_t *ordinal, sheaf_slice id,
                             sheaf_error *error) {
    search s = {.file = file, .id = id};
    if (id.size == 0)
        return sheaf_fail(error, SHEAF_MISUSE, "an empty id");
    sheaf_status status = search_volumes(&s, search_exact, error);
    if (status == SHEAF_OK && s.found == 0)
        status = search_volumes(&s, search_prefix, error);
    if (status != SHEAF_OK)
        return status;
    if (s.found == 0)
        return sheaf_fail(error, SHEAF_MISSING, "%s: no article has the id %.*s", file->path,
                          SLICE_ARGS(id));
    if (s.found > 1)
        return sheaf_fail(error, SHEAF_MISUSE, "%s: more than one id begins with %.*s", file->path,
                          SLICE_ARGS(id));
    *ordinal = s.ordinal;
    return SHEAF_OK;
}

/* ---- in order ---------------------------------------------------------------------------- */

struct sheaf_scan {
    const sheaf_file *file;
    sheaf_unpacker *rows;
    uint64_t next, to;
};

sheaf_status sheaf_scan_open(sheaf_scan **out, const sheaf_file *file, uint64_t from, uint64_t to,
                             sheaf_error *error) {
    sheaf_scan *scan = sheaf_calloc(1, sizeof *scan);
    sheaf_unpacker *rows = sheaf_unpacker_new(SHEAF_FRAMES_ROWS);
    if (!scan || !rows) {
        sheaf_free(scan);
        sheaf_unpacker_free(rows);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    *scan = (sheaf_scan){file, rows, from, to < file->count ? to : file->count};
    *out = scan;
    return SHEAF_OK;
}

sheaf_status sheaf_scan_next(sheaf_scan *scan, uint64_t *ordinal, sheaf_slice *json,
                             sheaf_error *error) {
    while (scan->next < scan->to && sheaf_file_is_gone(scan->file, scan->next))
        scan->next++;
    if (scan->next >= scan->to)
        return SHEAF_END;
    uint64_t here = scan->next++;
    sheaf_status status = unpack_row(scan->file, scan->rows, here, json, error);
    if (status == SHEAF_OK)
        *ordinal = here;
    return status;
}

void sheaf_scan_move(sheaf_scan *scan, uint64_t from, uint64_t to) {
    scan->next = from;
    scan->to = to < scan->file->count ? to : scan->file->count;
}

void sheaf_scan_close(sheaf_scan *scan) {
    if (!scan)
        return;
    sheaf_unpacker_free(scan->rows);
    sheaf_free(scan);
}
