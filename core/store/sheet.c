/* sheet.c - one layers/ entry, read and written.
 *
 * Reading trusts nothing: the index must have its checksum and lie in the entry,
 * frames follow one another from byte 0, rows have ascending ordinals. */
#include "store/sheet.h"

#include <stdio.h>

#include <zstd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

enum {
    MAGIC = 0x184D2A5E,
    SKIP = 8, /* magic and size of a skippable frame */
    HEAD = SKIP + 8 + 4 + 4,
    TABLE_ROW = 24,
    TAIL = 16, /* checksum, size of all */
    LEAST = HEAD + SHEAF_SHEET_COLUMNS * TABLE_ROW + TAIL
};

static sheaf_status unsound(const sheaf_sheet *sheet, const char *what, sheaf_error *error) {
    return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: %s", SLICE_ARGS(sheet->entry->name), what);
}

/* ---- reading -------------------------------------------------------------------- */

bool sheaf_sheet_name(sheaf_sheet *sheet, sheaf_slice name) {
    if (!sheaf_slice_starts(name, SLICE("layers/")) || !sheaf_slice_ends(name, SLICE(".jsonl.zst")))
        return false;
    sheaf_slice rest = sheaf_slice_part(name, 7, name.size - 10);
    size_t slash = sheaf_slice_find_char(rest, 0, '/'), at = sheaf_slice_find_char(rest, 0, '@');
    if (slash == SIZE_MAX || at == SIZE_MAX || at == 0 || at > slash)
        return false;
    sheet->name = sheaf_slice_part(rest, 0, at);
    sheet->version = sheaf_slice_part(rest, at + 1, slash);
    sheet->commit = 0;
    for (size_t i = slash + 1; i < rest.size && i < slash + 7; i++)
        sheet->commit = sheet->commit * 10 + (uint64_t)(uint8_t)(rest.data[i] - '0') % 10;
    return true;
}

/* Finds the index and checks its sum; offset is where it begins. */
static bool find_index(sheaf_slice data, size_t *offset) {
    if (data.size < LEAST)
        return false;
    uint64_t size = sheaf_get64(data.data + data.size - 8);
    if (size < LEAST || size > data.size)
        return false;
    *offset = data.size - (size_t)size;
    const char *index = data.data + *offset;
    sheaf_slice summed = sheaf_slice_from(index + SKIP, (size_t)size - SKIP - TAIL);
    return sheaf_get32(index) == MAGIC && sheaf_get32(index + 4) == size - SKIP &&
           memcmp(index + SKIP, "SHEAFLYR", 8) == 0 && sheaf_get32(index + 16) == 1 &&
           sheaf_get32(index + 20) == SHEAF_SHEET_COLUMNS &&
           sheaf_get64(data.data + data.size - TAIL) == sheaf_hash64(summed);
}

static bool read_columns(sheaf_sheet *sheet, size_t offset) {
    const char *index = sheet->data.data + offset;
    uint64_t at = HEAD + SHEAF_SHEET_COLUMNS * TABLE_ROW;
    uint64_t end = sheet->data.size - offset - TAIL;
    for (size_t i = 0; i < SHEAF_SHEET_COLUMNS; i++) {
        const char *row = index + HEAD + i * TABLE_ROW;
        sheaf_column c = {.width = (uint8_t)row[0],
                          .shift = (uint8_t)row[1],
                          .count = sheaf_get64(row + 8),
                          .base = sheaf_get64(row + 16)};
        if (c.width > 8 || c.shift > 63 || (c.width && c.count > (end - at) / c.width))
            return false;
        c.mask = sheaf_column_mask(c.width);
        c.data = (const uint8_t *)index + at;
        at += c.count * c.width;
        sheet->column[i] = c;
    }
    return at == end;
}

sheaf_status sheaf_sheet_parse(sheaf_sheet *sheet, const sheaf_file *file, const sheaf_entry *entry,
                               sheaf_error *error) {
    size_t offset = 0;
    *sheet = (sheaf_sheet){.entry = entry, .data = sheaf_file_data(file, entry)};
    const sheaf_column *column = sheet->column;
    if (!sheaf_sheet_name(sheet, entry->name))
        return unsound(sheet, "not the name of a layer", error);
    if (!find_index(sheet->data, &offset) || !read_columns(sheet, offset))
        return unsound(sheet, "its index is damaged", error);
    sheet->rows = column[SHEAF_SHEET_ORDINAL].count;
    sheet->frames = column[SHEAF_SHEET_FIRST].count;
    sheet->data.size = offset;
    for (size_t i = SHEAF_SHEET_OFFSET; i <= SHEAF_SHEET_RAW; i++) {
        if (column[i].count != sheet->frames)
            return unsound(sheet, "its index is damaged", error);
    }
    if (sheet->rows > file->count || sheet->frames > sheet->rows ||
        (sheet->rows &&
         (sheet->frames == 0 || sheaf_column_get(&column[SHEAF_SHEET_FIRST], 0) != 0)))
        return unsound(sheet, "its index is damaged", error);
    return SHEAF_OK;
}

sheaf_status sheaf_sheet_frame(const sheaf_sheet *sheet, uint64_t frame, sheaf_slice *packed,
                               uint64_t *from, uint64_t *to, sheaf_error *error) {
    const sheaf_column *c = sheet->column;
    uint64_t offset = sheaf_column_get(&c[SHEAF_SHEET_OFFSET], frame);
    uint64_t size = sheaf_column_get(&c[SHEAF_SHEET_PACKED], frame);
    *from = sheaf_column_get(&c[SHEAF_SHEET_FIRST], frame);
    *to = frame + 1 < sheet->frames ? sheaf_column_get(&c[SHEAF_SHEET_FIRST], frame + 1)
                                    : sheet->rows;
    if (*from >= *to || *to > sheet->rows || offset > sheet->data.size ||
        size > sheet->data.size - offset)
        return unsound(sheet, "a frame is not where it should be", error);
    *packed = sheaf_slice_part(sheet->data, (size_t)offset, (size_t)(offset + size));
    return SHEAF_OK;
}

sheaf_status sheaf_sheet_unpack(const sheaf_sheet *sheet, uint64_t frame, sheaf_buffer *out,
                                sheaf_error *error) {
    sheaf_slice packed;
    uint64_t from, to, raw = sheaf_column_get(&sheet->column[SHEAF_SHEET_RAW], frame);
    sheaf_status status = sheaf_sheet_frame(sheet, frame, &packed, &from, &to, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_buffer_reset(out);
    if (raw > SHEAF_ROW_MAX || ZSTD_getFrameContentSize(packed.data, packed.size) != raw)
        return unsound(sheet, "a frame has another size than it should", error);
    if (!sheaf_buffer_reserve(out, (size_t)raw))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (ZSTD_decompress(out->data, (size_t)raw, packed.data, packed.size) != raw)
        return unsound(sheet, "a frame cannot be unpacked", error);
    out->size = (size_t)raw;
    return SHEAF_OK;
}

/* ---- writing -------------------------------------------------------------------- */

sheaf_status sheaf_sheet_begin(sheaf_sheet_builder *b, sheaf_emitter *emitter, sheaf_pool *pool,
                               sheaf_slice name, sheaf_slice version, uint64_t commit,
                               sheaf_error *error) {
    char room[3 * SHEAF_LAYER_NAME_MAX];
    *b = (sheaf_sheet_builder){.emitter = emitter, .pool = pool};
    int size = snprintf(room, sizeof room, "layers/%.*s@%.*s/%06llu.jsonl.zst", SLICE_ARGS(name),
                        SLICE_ARGS(version), (unsigned long long)commit);
    return sheaf_emitter_begin(emitter, sheaf_slice_from(room, (size_t)size), error);
}

/* Lists a frame that is put next; its first row has the number first_row. */
sheaf_status sheaf_sheet_copy(sheaf_sheet_builder *b, sheaf_slice packed, uint64_t raw,
                              uint64_t first_row, sheaf_error *error) {
    sheaf_numbers_add(&b->column[SHEAF_SHEET_FIRST], first_row);
    sheaf_numbers_add(&b->column[SHEAF_SHEET_OFFSET], sheaf_emitter_size(b->emitter));
    sheaf_numbers_add(&b->column[SHEAF_SHEET_PACKED], packed.size);
    sheaf_numbers_add(&b->column[SHEAF_SHEET_RAW], raw);
    return sheaf_emitter_put(b->emitter, packed, error);
}

sheaf_status sheaf_sheet_flush(sheaf_sheet_builder *b, sheaf_error *error) {
    sheaf_job job = {.raw = sheaf_buffer_view(&b->rows)};
    if (b->rows.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (b->waiting == 0)
        return SHEAF_OK;
    sheaf_pool_start(b->pool, &job, 1);
    sheaf_pool_wait(b->pool);
    uint64_t first = b->column[SHEAF_SHEET_ORDINAL].count - b->waiting;
    sheaf_status status = job.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory")
                                     : sheaf_sheet_copy(b, sheaf_slice_from(job.packed, job.size),
                                                        b->rows.size, first, error);
    sheaf_free(job.packed);
    sheaf_buffer_reset(&b->rows);
    b->waiting = 0;
    return status;
}

sheaf_status sheaf_sheet_add(sheaf_sheet_builder *b, uint64_t ordinal, sheaf_slice row,
                             sheaf_error *error) {
    if (b->waiting && b->rows.size + row.size + 1 > SHEAF_FRAME_BYTES) {
        sheaf_status status = sheaf_sheet_flush(b, error);
        if (status != SHEAF_OK)
            return status;
    }
    if (row.size >= SHEAF_ROW_MAX)
        return sheaf_fail(error, SHEAF_LIMIT, "a row of a layer has more than %zu bytes",
                          SHEAF_ROW_MAX);
    sheaf_buffer_add(&b->rows, row);
    sheaf_buffer_char(&b->rows, '\n');
    sheaf_numbers_add(&b->column[SHEAF_SHEET_ORDINAL], ordinal);
    b->waiting++;
    return b->rows.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
}

/* The index: table and columns first, to know the size. */
static void write_index(sheaf_buffer *out, const sheaf_sheet_builder *b) {
    sheaf_buffer columns = {0}, body = {0};
    sheaf_buffer_append(&body, "SHEAFLYR", 8);
    sheaf_put(&body, 1, 4);
    sheaf_put(&body, SHEAF_SHEET_COLUMNS, 4);
    for (size_t i = 0; i < SHEAF_SHEET_COLUMNS; i++) {
        sheaf_column shape;
        sheaf_column_write(&shape, &columns, &b->column[i]);
        sheaf_put(&body, shape.width, 1);
        sheaf_put(&body, shape.shift, 1);
        sheaf_put(&body, 0, 6);
        sheaf_put(&body, shape.count, 8);
        sheaf_put(&body, shape.base, 8);
        columns.failed = columns.failed || b->column[i].failed;
    }
    sheaf_buffer_add(&body, sheaf_buffer_view(&columns));
    body.failed = body.failed || columns.failed;
    sheaf_put(out, MAGIC, 4);
    sheaf_put(out, body.size + TAIL, 4);
    sheaf_buffer_add(out, sheaf_buffer_view(&body));
    sheaf_put(out, body.failed ? 0 : sheaf_hash64(sheaf_buffer_view(&body)), 8);
    sheaf_put(out, SKIP + body.size + TAIL, 8);
    out->failed = out->failed || body.failed || body.size > UINT32_MAX - TAIL;
    sheaf_buffer_clear(&columns);
    sheaf_buffer_clear(&body);
}

sheaf_status sheaf_sheet_end(sheaf_sheet_builder *b, sheaf_error *error) {
    sheaf_buffer index = {0};
    sheaf_status status = sheaf_sheet_flush(b, error);
    if (status != SHEAF_OK)
        return status;
    write_index(&index, b);
    status = index.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory")
                          : sheaf_emitter_put(b->emitter, sheaf_buffer_view(&index), error);
    sheaf_buffer_clear(&index);
    return status == SHEAF_OK ? sheaf_emitter_end(b->emitter, error) : status;
}

void sheaf_sheet_clear(sheaf_sheet_builder *b) {
    for (size_t i = 0; i < SHEAF_SHEET_COLUMNS; i++)
        sheaf_numbers_clear(&b->column[i]);
    sheaf_buffer_clear(&b->rows);
}
