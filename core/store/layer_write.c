/* layer_write.c - layers are made, taken off the list, and carried along. */
#include "article/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"
#include "store/sheet.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

struct sheaf_layer_writer {
    sheaf_amend amend;
    sheaf_pool *pool;
    sheaf_sheet_builder sheet;
    char name[SHEAF_LAYER_NAME_MAX + 1];
    uint64_t next; /* the least ordinal that may come */
    sheaf_buffer row;
    bool failed;
};

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* Letters, digits, and . _ - + but no dots alone: a part of a file name. */
static bool is_name(sheaf_slice text) {
    size_t dots = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        dots += c == '.';
        if (!sheaf_is_alpha(c) && !sheaf_is_digit(c) && !strchr("._-+", c))
            return false;
    }
    return text.size > dots && text.size <= SHEAF_LAYER_NAME_MAX &&
           sheaf_slice_find(text, 0, SLICE("..")) == SIZE_MAX;
}

/* Takes all versions of a name off the list; *count is how many there were. */
static sheaf_status drop_versions(sheaf_amend *amend, sheaf_slice name, size_t *count,
                                  sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    const sheaf_directory *directory = &amend->file->directory;
    *count = 0;
    for (size_t i = 0; i < directory->count && status == SHEAF_OK; i++) {
        sheaf_sheet sheet;
        if (!sheaf_sheet_name(&sheet, directory->entries[i].name))
            continue;
        sheaf_slice full = {sheet.name.data, sheet.name.size + 1 + sheet.version.size};
        if (!sheaf_slice_equal(sheet.name, name) && !sheaf_slice_equal(full, name))
            continue;
        status = sheaf_emitter_drop(&amend->emitter, directory->entries[i].name, error);
        (*count)++;
    }
    return status;
}

/* ---- making one -------------------------------------------------------------------- */

static sheaf_status start(sheaf_layer_writer *w, const char *path, sheaf_slice version,
                          sheaf_error *error) {
    size_t replaced;
    w->pool = sheaf_pool_new(1, SHEAF_LEVEL);
    if (!w->pool)
        return no_memory(error);
    sheaf_status status = sheaf_amend_open(&w->amend, path, error);
    if (status == SHEAF_OK)
        status = drop_versions(&w->amend, sheaf_slice_of(w->name), &replaced, error);
    if (status == SHEAF_OK)
        status = sheaf_sheet_begin(&w->sheet, &w->amend.emitter, w->pool, sheaf_slice_of(w->name),
                                   version, w->amend.commit, error);
    return status;
}

sheaf_status sheaf_layer_writer_open(sheaf_layer_writer **out, const char *path, sheaf_slice name,
                                     sheaf_slice version, sheaf_error *error) {
    if (!is_name(name) || !is_name(version))
        return sheaf_fail(error, SHEAF_MISUSE,
                          "%.*s@%.*s is no name for a layer: letters, digits, and . _ - +",
                          SLICE_ARGS(name), SLICE_ARGS(version));
    sheaf_layer_writer *w = sheaf_calloc(1, sizeof *w);
    if (!w)
        return no_memory(error);
    memcpy(w->name, name.data, name.size);
    sheaf_status status = start(w, path, version, error);
    if (status == SHEAF_OK)
        *out = w;
    else
        sheaf_layer_writer_close(w);
    return status;
}

static void write_row(sheaf_buffer *out, const sheaf_article *article, sheaf_slice fields,
                      sheaf_slice spans) {
    char hash[SHEAF_TEXT_HASH + 1];
    sheaf_text_hash(hash, article->field[SHEAF_FIELD_TEXT]);
    sheaf_buffer_reset(out);
    sheaf_buffer_add(out, SLICE("{\"id\":"));
    sheaf_json_write(out, article->field[SHEAF_FIELD_ID]);
    sheaf_buffer_printf(out, ",\"text_hash\":\"%s\"", hash);
    if (fields.size) {
        sheaf_buffer_add(out, SLICE(",\"fields\":"));
        sheaf_buffer_add(out, fields);
    }
    if (spans.size) {
        sheaf_buffer_add(out, SLICE(",\"spans\":"));
        sheaf_buffer_add(out, spans);
    }
    sheaf_buffer_char(out, '}');
}

sheaf_status sheaf_layer_writer_add(sheaf_layer_writer *w, const sheaf_article *article,
                                    sheaf_slice fields, sheaf_slice spans, sheaf_error *error) {
    uint64_t ordinal;
    sheaf_slice id = article->field[SHEAF_FIELD_ID];
    if (w->failed)
        return sheaf_fail(error, SHEAF_IO, "writing the layer has failed before");
    sheaf_status status = sheaf_file_find(w->amend.file, &ordinal, id, error);
    if (status == SHEAF_OK && ordinal < w->next)
        status = sheaf_fail(error, SHEAF_MISUSE, "article %.*s: rows of a layer come in order",
                            SLICE_ARGS(id));
    if (status == SHEAF_OK && spans.size)
        status = sheaf_spans_check(spans, article->field[SHEAF_FIELD_TEXT], error);
    if (status != SHEAF_OK)
        return status;
    write_row(&w->row, article, fields, spans);
    if (w->row.failed)
        return no_memory(error);
    if (sheaf_slice_find_char(sheaf_buffer_view(&w->row), 0, '\n') != SIZE_MAX)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "article %.*s: a row of a layer is one line",
                          SLICE_ARGS(id));
    status = sheaf_sheet_add(&w->sheet, ordinal, sheaf_buffer_view(&w->row), error);
    w->failed = status != SHEAF_OK;
    w->next = ordinal + 1;
    return status;
}

sheaf_status sheaf_layer_writer_commit(sheaf_layer_writer *w, sheaf_error *error) {
    char plan[SHEAF_LAYER_NAME_MAX + 8];
    if (w->failed)
        return sheaf_fail(error, SHEAF_IO, "writing the layer has failed before");
    w->failed = true; /* there is one commit, whatever becomes of it */
    sheaf_status status = sheaf_sheet_end(&w->sheet, error);
    snprintf(plan, sizeof plan, "layer %s", w->name);
    if (status == SHEAF_OK)
        status = sheaf_amend_commit(&w->amend, sheaf_file_live(w->amend.file),
                                    w->amend.file->manifest.bytes, plan, error);
    return status;
}

void sheaf_layer_writer_close(sheaf_layer_writer *w) {
    if (!w)
        return;
    sheaf_sheet_clear(&w->sheet);
    sheaf_amend_close(&w->amend);
    sheaf_pool_free(w->pool);
    sheaf_buffer_clear(&w->row);
    sheaf_free(w);
}

sheaf_status sheaf_layer_drop(const char *path, sheaf_slice name, sheaf_error *error) {
    sheaf_amend amend;
    size_t count = 0;
    char plan[2 * SHEAF_LAYER_NAME_MAX + 16];
    sheaf_status status = sheaf_amend_open(&amend, path, error);
    if (status == SHEAF_OK)
        status = drop_versions(&amend, name, &count, error);
    if (status == SHEAF_OK && count == 0)
        status = sheaf_fail(error, SHEAF_MISSING, "%s has no layer %.*s", path, SLICE_ARGS(name));
    snprintf(plan, sizeof plan, "drop layer %.*s", SLICE_ARGS(name));
    if (status == SHEAF_OK)
        status = sheaf_amend_commit(&amend, sheaf_file_live(amend.file), amend.file->manifest.bytes,
                                    plan, error);
    sheaf_amend_close(&amend);
    return status;
}

/* ---- carrying them along ------------------------------------------------------------- */

typedef struct carrying {
    sheaf_sheet_builder to;
    const sheaf_choice *choice;
    uint32_t wanted;
    uint64_t at, rank; /* how many chosen articles are before ordinal at */
    sheaf_buffer rows; /* of the frame that is taken apart */
} carrying;

/* The new ordinal of a chosen article. Ordinals ascend. */
static uint64_t new_ordinal(carrying *c, uint64_t ordinal) {
    for (; c->at < ordinal; c->at++)
        c->rank += c->choice->part[c->at] == c->wanted;
    return c->choice->base + c->rank;
}

static bool is_chosen(const carrying *c, const sheaf_sheet *sheet, uint64_t row) {
    uint64_t ordinal = sheaf_column_get(&sheet->column[SHEAF_SHEET_ORDINAL], row);
    return ordinal < c->choice->file->count && c->choice->part[ordinal] == c->wanted;
}

/* Rows of a frame, one by one. */
static sheaf_status carry_rows(carrying *c, const sheaf_sheet *sheet, uint64_t frame, uint64_t from,
                               uint64_t to, sheaf_error *error) {
    sheaf_status status = sheaf_sheet_unpack(sheet, frame, &c->rows, error);
    sheaf_slice rest = sheaf_buffer_view(&c->rows), line;
    for (; from < to && status == SHEAF_OK && sheaf_slice_line(&rest, &line); from++) {
        uint64_t ordinal = sheaf_column_get(&sheet->column[SHEAF_SHEET_ORDINAL], from);
        if (is_chosen(c, sheet, from))
            status = sheaf_sheet_add(&c->to, new_ordinal(c, ordinal), line, error);
    }
    return status;
}

/* A frame all of whose articles are chosen, as it is. */
static sheaf_status carry_frame(carrying *c, const sheaf_sheet *sheet, uint64_t frame,
                                sheaf_slice packed, uint64_t from, uint64_t to,
                                sheaf_error *error) {
    sheaf_numbers *ordinals = &c->to.column[SHEAF_SHEET_ORDINAL];
    sheaf_status status = sheaf_sheet_flush(&c->to, error);
    uint64_t first = ordinals->count;
    for (uint64_t row = from; row < to; row++)
        sheaf_numbers_add(
            ordinals, new_ordinal(c, sheaf_column_get(&sheet->column[SHEAF_SHEET_ORDINAL], row)));
    uint64_t raw = sheaf_column_get(&sheet->column[SHEAF_SHEET_RAW], frame);
    return status == SHEAF_OK ? sheaf_sheet_copy(&c->to, packed, raw, first, error) : status;
}

static sheaf_status carry_sheet(carrying *c, const sheaf_sheet *sheet, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    c->at = c->rank = 0;
    for (uint64_t frame = 0; frame < sheet->frames && status == SHEAF_OK; frame++) {
        sheaf_slice packed;
        uint64_t from, to, chosen = 0;
        status = sheaf_sheet_frame(sheet, frame, &packed, &from, &to, error);
        for (uint64_t row = from; status == SHEAF_OK && row < to; row++)
            chosen += is_chosen(c, sheet, row);
        bool large = packed.size >= SHEAF_FRAME_BYTES / 32;
        if (status != SHEAF_OK || chosen == 0)
            continue;
        if (chosen == to - from && large)
            status = carry_frame(c, sheet, frame, packed, from, to, error);
        else
            status = carry_rows(c, sheet, frame, from, to, error);
    }
    return status;
}

/* A sheet whose sum and index are sound; others are told and left out. */
static bool is_sound(const sheaf_file *file, const sheaf_entry *entry, sheaf_sheet *sheet,
                     const sheaf_life_options *options) {
    char sentence[700];
    sheaf_error cause = {0};
    sheaf_slice data = sheaf_file_data(file, entry);
    sheaf_status status = sheaf_sheet_parse(sheet, file, entry, &cause);
    if (status == SHEAF_OK && libdeflate_crc32(0, data.data, data.size) != entry->crc)
        status = sheaf_fail(&cause, SHEAF_CORRUPT, "%.*s is damaged", SLICE_ARGS(entry->name));
    if (status == SHEAF_OK)
        return true;
    snprintf(sentence, sizeof sentence, "%s: %.500s; the layer is left out", file->path,
             cause.message);
    if (options->warn)
        options->warn(options->context, sentence);
    return false;
}

/* Are two entries the same version of one layer? */
static bool same_layer(const sheaf_sheet *a, const sheaf_sheet *b) {
    return sheaf_slice_equal(a->name, b->name) && sheaf_slice_equal(a->version, b->version);
}

/* The layer of entry number index in file number from, out of this file and all
 * behind it. */
static sheaf_status carry_layer(carrying *c, const sheaf_choice *choices, size_t count, size_t from,
                                const sheaf_sheet *wanted, const sheaf_life_options *options,
                                sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = from; i < count && status == SHEAF_OK; i++) {
        const sheaf_directory *directory = &choices[i].file->directory;
        c->choice = &choices[i];
        for (size_t at = 0; at < directory->count && status == SHEAF_OK; at++) {
            const sheaf_entry *entry = &directory->entries[at];
            sheaf_sheet sheet;
            if (sheaf_sheet_name(&sheet, entry->name) && same_layer(&sheet, wanted) &&
                is_sound(choices[i].file, entry, &sheet, options)) {
                status = carry_sheet(c, &sheet, error);
                break;
            }
        }
    }
    return status;
}

/* Was it carried when another file, or an entry before it, was looked at? */
static bool is_done(const sheaf_choice *choices, size_t file, size_t entry,
                    const sheaf_sheet *wanted) {
    for (size_t i = 0; i <= file; i++) {
        const sheaf_directory *directory = &choices[i].file->directory;
        for (size_t at = 0; at < (i < file ? directory->count : entry); at++) {
            sheaf_sheet sheet;
            if (sheaf_sheet_name(&sheet, directory->entries[at].name) && same_layer(&sheet, wanted))
                return true;
        }
    }
    return false;
}

sheaf_status sheaf_layers_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                uint32_t wanted, const sheaf_life_options *options,
                                sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        const sheaf_directory *directory = &choices[i].file->directory;
        for (size_t at = 0; at < directory->count && status == SHEAF_OK; at++) {
            sheaf_sheet sheet;
            if (!sheaf_sheet_name(&sheet, directory->entries[at].name) ||
                is_done(choices, i, at, &sheet))
                continue;
            carrying c = {.wanted = wanted};
            status =
                sheaf_sheet_begin(&c.to, sheaf_carrier_emitter(carrier),
                                  sheaf_carrier_pool(carrier), sheet.name, sheet.version, 1, error);
            if (status == SHEAF_OK)
                status = carry_layer(&c, choices, count, i, &sheet, options, error);
            if (status == SHEAF_OK)
                status = sheaf_sheet_end(&c.to, error);
            sheaf_sheet_clear(&c.to);
            sheaf_buffer_clear(&c.rows);
        }
    }
    return status;
}
