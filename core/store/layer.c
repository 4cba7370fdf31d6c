/* layer.c - finds the row of an article in the versions of a layer.
 *
 * One frame a version stays unpacked, with the end of each of its rows, so that
 * reading in order of ordinals unpacks each frame once. */
#include "store/layer.h"

#include <stdlib.h>

#include "article/json.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/sheet.h"

/* A version, with the frame that was unpacked last. */
typedef struct leaf {
    sheaf_sheet sheet;
    sheaf_buffer rows;
    sheaf_numbers ends;
    uint64_t frame; /* UINT64_MAX: none */
    uint64_t first; /* number of its first row */
} leaf;

struct sheaf_layer {
    leaf *leaves; /* the newest version first */
    size_t count;
    sheaf_arena arena; /* of the id that was read last */
};

void sheaf_text_hash(char hash[SHEAF_TEXT_HASH + 1], sheaf_slice text) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256(text, digest);
    sheaf_hex(hash, digest, SHEAF_TEXT_HASH / 2);
}

/* ---- listing ------------------------------------------------------------------------ */

static bool is_layer(const sheaf_entry *entry) {
    return sheaf_slice_starts(entry->name, SLICE("layers/"));
}

sheaf_status sheaf_file_layer(const sheaf_file *file, size_t i, sheaf_layer_about *about,
                              sheaf_error *error) {
    sheaf_sheet sheet;
    for (size_t at = 0; at < file->directory.count; at++) {
        const sheaf_entry *entry = &file->directory.entries[at];
        if (!is_layer(entry) || i-- > 0)
            continue;
        sheaf_status status = sheaf_sheet_parse(&sheet, file, entry, error);
        if (status != SHEAF_OK)
            return status;
        *about = (sheaf_layer_about){.name = sheet.name,
                                     .version = sheet.version,
                                     .rows = sheet.rows,
                                     .bytes = entry->size,
                                     .commit = sheet.commit};
        return SHEAF_OK;
    }
    return SHEAF_END;
}

/* ---- opening ------------------------------------------------------------------------- */

/* Takes the number that text begins with off it. */
static uint64_t leading_number(sheaf_slice *text) {
    uint64_t number = 0;
    size_t i = 0;
    for (; i < text->size && sheaf_is_digit(text->data[i]); i++)
        number = number > UINT64_MAX / 16 ? number : number * 10 + (uint64_t)(text->data[i] - '0');
    *text = sheaf_slice_part(*text, i, text->size);
    return number;
}

/* 1.9.0 is before 1.10.0; what is not digits is compared as text. */
static int compare_versions(sheaf_slice a, sheaf_slice b) {
    while (a.size && b.size) {
        if (sheaf_is_digit(*a.data) && sheaf_is_digit(*b.data)) {
            uint64_t left = leading_number(&a), right = leading_number(&b);
            if (left != right)
                return left < right ? -1 : 1;
        } else if (*a.data != *b.data) {
            return *a.data < *b.data ? -1 : 1;
        } else {
            a = sheaf_slice_part(a, 1, a.size);
            b = sheaf_slice_part(b, 1, b.size);
        }
    }
    return (a.size > 0) - (b.size > 0);
}

static int newest_first(const void *a, const void *b) {
    const leaf *left = a, *right = b;
    int order = compare_versions(right->sheet.version, left->sheet.version);
    if (order == 0)
        order =
            (left->sheet.commit < right->sheet.commit) - (left->sheet.commit > right->sheet.commit);
    return order;
}

static bool is_asked(const sheaf_entry *entry, sheaf_slice name) {
    sheaf_sheet sheet;
    if (!is_layer(entry) || !sheaf_sheet_name(&sheet, entry->name))
        return false;
    sheaf_slice full = {sheet.name.data, sheet.name.size + 1 + sheet.version.size};
    return sheaf_slice_equal(sheet.name, name) || sheaf_slice_equal(full, name);
}

static sheaf_status open_leaves(sheaf_layer *layer, const sheaf_file *file, sheaf_slice name,
                                sheaf_error *error) {
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        if (!is_asked(entry, name))
            continue;
        leaf *bigger = sheaf_realloc(layer->leaves, (layer->count + 1) * sizeof *bigger);
        if (!bigger)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        layer->leaves = bigger;
        leaf *next = &bigger[layer->count++];
        *next = (leaf){.frame = UINT64_MAX};
        sheaf_status status = sheaf_sheet_parse(&next->sheet, file, entry, error);
        if (status != SHEAF_OK)
            return sheaf_fail_within(error, status, "%s", file->path);
    }
    if (layer->count == 0)
        return sheaf_fail(error, SHEAF_MISSING, "%s has no layer %.*s", file->path,
                          SLICE_ARGS(name));
    qsort(layer->leaves, layer->count, sizeof *layer->leaves, newest_first);
    return SHEAF_OK;
}

sheaf_status sheaf_layer_open(sheaf_layer **out, const sheaf_file *file, sheaf_slice name,
                              sheaf_error *error) {
    sheaf_layer *layer = sheaf_calloc(1, sizeof *layer);
    if (!layer)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_arena_init(&layer->arena);
    sheaf_status status = open_leaves(layer, file, name, error);
    if (status == SHEAF_OK)
        *out = layer;
    else
        sheaf_layer_close(layer);
    return status;
}

void sheaf_layer_close(sheaf_layer *layer) {
    if (!layer)
        return;
    for (size_t i = 0; i < layer->count; i++) {
        sheaf_buffer_clear(&layer->leaves[i].rows);
        sheaf_numbers_clear(&layer->leaves[i].ends);
    }
    sheaf_free(layer->leaves);
    sheaf_arena_clear(&layer->arena);
    sheaf_free(layer);
}

/* ---- a row ------------------------------------------------------------------------------ */

/* The number of the row for an article; UINT64_MAX when it has none. */
static uint64_t row_of(const sheaf_sheet *sheet, uint64_t ordinal) {
    const sheaf_column *ordinals = &sheet->column[SHEAF_SHEET_ORDINAL];
    uint64_t low = 0, high = sheet->rows;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (sheaf_column_get(ordinals, middle) < ordinal)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sheet->rows && sheaf_column_get(ordinals, low) == ordinal ? low : UINT64_MAX;
}

static sheaf_status load(leaf *l, uint64_t frame, sheaf_error *error) {
    sheaf_slice packed;
    uint64_t to;
    l->frame = UINT64_MAX;
    l->ends.count = 0;
    sheaf_status status = sheaf_sheet_frame(&l->sheet, frame, &packed, &l->first, &to, error);
    if (status == SHEAF_OK)
        status = sheaf_sheet_unpack(&l->sheet, frame, &l->rows, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_slice rows = sheaf_buffer_view(&l->rows);
    size_t at = 0, end;
    while ((end = sheaf_slice_find_char(rows, at, '\n')) != SIZE_MAX) {
        sheaf_numbers_add(&l->ends, end);
        at = end + 1;
    }
    if (l->ends.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (at != rows.size || l->ends.count != to - l->first)
        return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: wrong number of rows in a frame",
                          SLICE_ARGS(l->sheet.entry->name));
    l->frame = frame;
    return SHEAF_OK;
}

static sheaf_status find_row(leaf *l, uint64_t row, sheaf_slice *json, sheaf_error *error) {
    uint64_t frame = sheaf_column_floor(&l->sheet.column[SHEAF_SHEET_FIRST], row);
    sheaf_status status = frame == l->frame ? SHEAF_OK : load(l, frame, error);
    if (status != SHEAF_OK)
        return status;
    uint64_t i = row - l->first;
    if (row < l->first || i >= l->ends.count)
        return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: its frames do not ascend",
                          SLICE_ARGS(l->sheet.entry->name));
    size_t from = i ? (size_t)l->ends.items[i - 1] + 1 : 0;
    *json = sheaf_slice_part(sheaf_buffer_view(&l->rows), from, (size_t)l->ends.items[i]);
    return SHEAF_OK;
}

/* Takes a row apart; unknown keys are passed over. */
static sheaf_status read_row(sheaf_layer *layer, sheaf_slice line, sheaf_layer_row *row,
                             sheaf_error *error) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_arena_reset(&layer->arena);
    sheaf_json_init(&json, line, SHEAF_LIMITS_DEFAULT.json_depth);
    sheaf_status status = sheaf_json_next(&json, &token, error);
    if (status == SHEAF_OK && token.kind != SHEAF_JSON_OBJECT)
        return sheaf_fail(error, SHEAF_CORRUPT, "a row of a layer is no object");
    while (status == SHEAF_OK && (status = sheaf_json_next(&json, &token, error)) == SHEAF_OK &&
           token.kind == SHEAF_JSON_KEY) {
        sheaf_json_token key = token, value;
        status = sheaf_json_next(&json, &value, error);
        if (status == SHEAF_OK && value.kind == SHEAF_JSON_STRING) {
            if (sheaf_json_is(&key, "id"))
                row->id = sheaf_json_text(&layer->arena, &value);
            else if (sheaf_json_is(&key, "text_hash"))
                row->text_hash = sheaf_json_text(&layer->arena, &value);
            continue;
        }
        sheaf_slice raw = {0};
        if (status == SHEAF_OK)
            status = sheaf_json_skip(&json, &value, &raw, error);
        if (sheaf_json_is(&key, "fields") && value.kind == SHEAF_JSON_OBJECT)
            row->fields = raw;
        else if (sheaf_json_is(&key, "spans") && value.kind == SHEAF_JSON_ARRAY)
            row->spans = raw;
    }
    if (status == SHEAF_OK && layer->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return status;
}

/* Does the row speak of this very text? */
static sheaf_status check_row(const leaf *l, const sheaf_article *article,
                              const sheaf_layer_row *row, sheaf_error *error) {
    char hash[SHEAF_TEXT_HASH + 1];
    sheaf_slice id = article->field[SHEAF_FIELD_ID], text = article->field[SHEAF_FIELD_TEXT];
    sheaf_text_hash(hash, text);
    if (!sheaf_slice_equal(row->id, id))
        return sheaf_fail(error, SHEAF_CORRUPT, "layer %.*s: the row for article %.*s is of %.*s",
                          SLICE_ARGS(l->sheet.name), SLICE_ARGS(id), SLICE_ARGS(row->id));
    if (!sheaf_slice_is(row->text_hash, hash))
        return sheaf_fail(error, SHEAF_CORRUPT,
                          "layer %.*s: the row for article %.*s was made from another text",
                          SLICE_ARGS(l->sheet.name), SLICE_ARGS(id));
    return row->spans.size ? sheaf_spans_check(row->spans, text, error) : SHEAF_OK;
}

sheaf_status sheaf_layer_get(sheaf_layer *layer, uint64_t ordinal, const sheaf_article *article,
                             sheaf_layer_row *row, sheaf_error *error) {
    for (size_t i = 0; i < layer->count; i++) {
        leaf *l = &layer->leaves[i];
        sheaf_slice json;
        uint64_t number = row_of(&l->sheet, ordinal);
        if (number == UINT64_MAX)
            continue;
        *row = (sheaf_layer_row){.version = l->sheet.version};
        sheaf_status status = find_row(l, number, &json, error);
        if (status == SHEAF_OK)
            status = read_row(layer, json, row, error);
        return status == SHEAF_OK ? check_row(l, article, row, error) : status;
    }
    return SHEAF_MISSING;
}

/* ---- all rows ---------------------------------------------------------------------------- */

/* Is the row of an article that is there, and of its text? Of one that was dropped it
 * has to be JSON only. */
static sheaf_status verify_row(sheaf_layer *layer, leaf *l, sheaf_file *file, uint64_t row,
                               sheaf_article *article, sheaf_error *error) {
    const sheaf_column *ordinals = &l->sheet.column[SHEAF_SHEET_ORDINAL];
    uint64_t ordinal = sheaf_column_get(ordinals, row);
    sheaf_layer_row parts = {0};
    sheaf_slice json;
    if (ordinal >= file->count || (row && ordinal <= sheaf_column_get(ordinals, row - 1)))
        return sheaf_fail(error, SHEAF_CORRUPT, "row %llu is of no article, or in no order",
                          (unsigned long long)row);
    sheaf_status status = find_row(l, row, &json, error);
    if (status == SHEAF_OK)
        status = read_row(layer, json, &parts, error);
    if (status != SHEAF_OK || sheaf_file_is_gone(file, ordinal))
        return status;
    status = sheaf_file_read(file, ordinal, article, error);
    return status == SHEAF_OK ? check_row(l, article, &parts, error) : status;
}

sheaf_status sheaf_sheet_verify(const sheaf_sheet *sheet, sheaf_file *file, uint64_t from,
                                uint64_t to, sheaf_article *article, sheaf_sheet_problem_fn problem,
                                void *context, sheaf_error *error) {
    sheaf_layer layer = {0};
    leaf l = {.sheet = *sheet, .frame = UINT64_MAX};
    sheaf_status status = SHEAF_OK;
    bool enough = false;
    sheaf_arena_init(&layer.arena);
    for (uint64_t frame = from; frame < to && status != SHEAF_NO_MEMORY && !enough; frame++) {
        sheaf_slice packed;
        uint64_t row = 0, end = 0;
        sheaf_error cause = {0};
        status = sheaf_sheet_frame(sheet, frame, &packed, &row, &end, &cause);
        if (status != SHEAF_OK)
            enough = problem(context, cause.message);
        for (; row < end && status != SHEAF_NO_MEMORY && !enough; row++) {
            cause = (sheaf_error){0};
            status = verify_row(&layer, &l, file, row, article, &cause);
            if (status != SHEAF_OK && status != SHEAF_NO_MEMORY)
                enough = problem(context, cause.message);
        }
    }
    sheaf_buffer_clear(&l.rows);
    sheaf_numbers_clear(&l.ends);
    sheaf_arena_clear(&layer.arena);
    return status == SHEAF_NO_MEMORY ? sheaf_fail(error, status, "out of memory") : SHEAF_OK;
}
