/* merge.c - many sheaves to one.
 *
 * Ids are looked through first, so that the frames can be copied without a look
 * at the articles in them. What is dropped in a source is not taken; it may be
 * taken from another source, where it lives. */
#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/carry.h"
#include "store/extras.h"
#include "store/history.h"
#include "store/ids.h"
#include "store/index_entries.h"
#include "store/sheet.h"

typedef struct merge {
    size_t count;
    sheaf_file **files;
    uint32_t **parts;
    sheaf_choice *choices;
    const sheaf_life_options *options;
    sheaf_life_counts *counts;
} merge;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status open_all(merge *m, const char *const *paths, sheaf_error *error) {
    m->files = sheaf_calloc(m->count, sizeof *m->files);
    m->parts = sheaf_calloc(m->count, sizeof *m->parts);
    m->choices = sheaf_calloc(m->count, sizeof *m->choices);
    if (!m->files || !m->parts || !m->choices)
        return no_memory(error);
    for (size_t i = 0; i < m->count; i++) {
        sheaf_status status = sheaf_file_open(&m->files[i], paths[i], error);
        if (status == SHEAF_OK)
            status = sheaf_file_manifest(m->files[i], error);
        if (status != SHEAF_OK)
            return status;
        m->parts[i] = sheaf_calloc((size_t)m->files[i]->count, sizeof **m->parts);
        if (!m->parts[i])
            return no_memory(error);
        m->choices[i] = (sheaf_choice){.file = m->files[i], .part = m->parts[i]};
    }
    return SHEAF_OK;
}

/* Of the articles with one id the first is chosen. */
static sheaf_status choose(merge *m, sheaf_error *error) {
    uint64_t id, last = 0, ordinal;
    size_t file;
    bool any = false;
    sheaf_id_walk *walk = sheaf_id_walk_new(m->files, m->count);
    if (!walk)
        return no_memory(error);
    while (sheaf_id_walk_next(walk, &id, &file, &ordinal)) {
        bool first = !any || id != last;
        m->parts[file][ordinal] = first;
        m->counts->duplicates += !first;
        last = id;
        any = true;
    }
    sheaf_id_walk_free(walk);
    return SHEAF_OK;
}

/* Tells of what is left out, in order. */
static sheaf_status tell_duplicates(const merge *m, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (!m->options->duplicate || m->counts->duplicates == 0)
        return SHEAF_OK;
    for (size_t i = 0; i < m->count; i++) {
        for (uint64_t at = 0; at < m->files[i]->count && status == SHEAF_OK; at++) {
            sheaf_row_columns row;
            if (m->parts[i][at] || sheaf_file_is_gone(m->files[i], at))
                continue;
            status = sheaf_file_row(m->files[i], at, &row, error);
            if (status == SHEAF_OK)
                m->options->duplicate(m->options->context, m->files[i]->path, row.id);
        }
    }
    return status;
}

/* "merge a.sheaf@0123456789ab b.sheaf@…": names and states of the sources. */
static void write_plan(sheaf_buffer *plan, const merge *m) {
    sheaf_buffer_add(plan, SLICE("merge"));
    for (size_t i = 0; i < m->count; i++) {
        const char *slash = strrchr(m->files[i]->path, '/');
        sheaf_buffer_char(plan, ' ');
        sheaf_buffer_add(plan, sheaf_slice_of(slash ? slash + 1 : m->files[i]->path));
        sheaf_buffer_printf(plan, "@%.12s", m->files[i]->manifest_sha256);
    }
    sheaf_buffer_char(plan, '\0');
}

static sheaf_status carry(merge *m, const char *out, sheaf_error *error) {
    sheaf_carrier *carrier;
    sheaf_buffer plan = {0};
    sheaf_status status = sheaf_carrier_open(&carrier, out, false, m->options, error);
    if (status != SHEAF_OK)
        return status;
    for (size_t i = 0; i < m->count && status == SHEAF_OK; i++)
        status = sheaf_carrier_take(carrier, &m->choices[i], 1, error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_settle(carrier, error);
    if (status == SHEAF_OK)
        status = sheaf_layers_carry(carrier, m->choices, m->count, 1, m->options, error);
    for (size_t i = 0; i < m->count; i++)
        sheaf_index_left_out(m->choices[i].file, m->options);
    if (status == SHEAF_OK)
        status = sheaf_extras_carry(carrier, m->choices, m->count, 1, m->options, error);
    if (status == SHEAF_OK)
        status = sheaf_history_carry(carrier, m->choices, m->count, m->options, error);
    write_plan(&plan, m);
    if (status == SHEAF_OK && plan.failed)
        status = no_memory(error);
    if (status == SHEAF_OK)
        status = sheaf_carrier_commit(carrier, plan.data, error);
    if (status == SHEAF_OK)
        sheaf_carrier_counts(carrier, m->counts);
    sheaf_buffer_clear(&plan);
    sheaf_carrier_close(carrier);
    return status;
}

static void clear(merge *m) {
    for (size_t i = 0; i < m->count; i++) {
        if (m->files)
            sheaf_file_close(m->files[i]);
        if (m->parts)
            sheaf_free(m->parts[i]);
    }
    sheaf_free(m->files);
    sheaf_free(m->parts);
    sheaf_free(m->choices);
}

sheaf_status sheaf_merge(const char *out, const char *const *paths, size_t count,
                         const sheaf_life_options *options, sheaf_life_counts *counts,
                         sheaf_error *error) {
    const sheaf_life_options defaults = {0};
    sheaf_life_counts none;
    merge m = {.count = count,
               .options = options ? options : &defaults,
               .counts = counts ? counts : &none};
    *m.counts = (sheaf_life_counts){0};
    sheaf_status status = open_all(&m, paths, error);
    if (status == SHEAF_OK)
        status = choose(&m, error);
    if (status == SHEAF_OK)
        status = tell_duplicates(&m, error);
    if (status == SHEAF_OK)
        status = carry(&m, out, error);
    for (size_t i = 0; i < count && status == SHEAF_OK; i++)
        m.counts->dropped += m.files[i]->dropped_count;
    clear(&m);
    return status;
}
