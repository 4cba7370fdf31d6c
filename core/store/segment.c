/* segment.c - collects columns, and writes them as a catalog. */
#include "store/segment.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/status.h"

static const sheaf_section dictionary_ends[3] = {
    SHEAF_SECTION_LANGUAGE_ENDS, SHEAF_SECTION_SITE_ENDS, SHEAF_SECTION_PUBLISHER_ENDS};

void sheaf_segment_init(sheaf_segment *segment, uint64_t first) {
    *segment = (sheaf_segment){.first = first};
    for (size_t i = 0; i < 3; i++)
        sheaf_arena_init(&segment->dictionary[i].arena);
}

void sheaf_segment_clear(sheaf_segment *segment) {
    for (size_t i = 0; i < SHEAF_SECTION_COUNT; i++) {
        sheaf_numbers_clear(&segment->numbers[i]);
        sheaf_buffer_clear(&segment->bytes[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        sheaf_map_clear(&segment->dictionary[i].codes);
        sheaf_arena_clear(&segment->dictionary[i].arena);
    }
    sheaf_free(segment->ids);
    segment->ids = NULL;
}

bool sheaf_segment_failed(const sheaf_segment *segment) {
    bool failed = segment->failed;
    for (size_t i = 0; i < SHEAF_SECTION_COUNT; i++)
        failed = failed || segment->numbers[i].failed || segment->bytes[i].failed;
    return failed;
}

/* ---- the ids, so that none comes twice ----------------------------------- */

static size_t id_slot(const sheaf_segment *segment, uint64_t id) {
    size_t mask = segment->id_capacity - 1;
    size_t slot = (size_t)((id * 0x9E3779B97F4A7C15u) >> 20) & mask;
    while (segment->ids[slot] && segment->ids[slot] != id)
        slot = (slot + 1) & mask;
    return slot;
}

bool sheaf_segment_has(const sheaf_segment *segment, uint64_t id) {
    if (id == 0)
        return segment->zero_id;
    return segment->ids && segment->ids[id_slot(segment, id)] == id;
}

static void grow_ids(sheaf_segment *segment) {
    size_t capacity = segment->id_capacity ? segment->id_capacity * 2 : 1024;
    uint64_t *old = segment->ids, *ids = sheaf_calloc(capacity, sizeof *ids);
    size_t count = segment->id_capacity;
    if (!ids) {
        segment->failed = true;
        return;
    }
    segment->ids = ids;
    segment->id_capacity = capacity;
    for (size_t i = 0; i < count; i++) {
        if (old[i])
            ids[id_slot(segment, old[i])] = old[i];
    }
    sheaf_free(old);
}

static void remember_id(sheaf_segment *segment, uint64_t id) {
    if ((sheaf_segment_rows(segment) + 1) * 2 > segment->id_capacity)
        grow_ids(segment);
    if (segment->failed)
        return;
    if (id == 0)
        segment->zero_id = true;
    else
        segment->ids[id_slot(segment, id)] = id;
}

/* ---- rows ----------------------------------------------------------------- */

/* The code of name in a dictionary; 0 when it is empty. */
static uint64_t code_of(sheaf_segment *segment, size_t which, sheaf_slice name) {
    sheaf_dictionary *dictionary = &segment->dictionary[which];
    sheaf_section ends = dictionary_ends[which];
    if (name.size == 0)
        return 0;
    uint64_t *code = sheaf_map_get(&dictionary->codes, name);
    if (code)
        return *code;
    sheaf_slice kept = sheaf_arena_copy(&dictionary->arena, name);
    code = kept.data ? sheaf_map_put(&dictionary->codes, kept, dictionary->codes.count + 1) : NULL;
    if (!code) {
        segment->failed = true;
        return 0;
    }
    sheaf_buffer_add(&segment->bytes[ends + 1], name);
    sheaf_segment_put(segment, ends, segment->bytes[ends + 1].size);
    return *code;
}

void sheaf_segment_add(sheaf_segment *segment, const sheaf_segment_row *row) {
    remember_id(segment, row->id);
    if (row->odd)
        sheaf_segment_put(segment, SHEAF_SECTION_ODD, sheaf_segment_rows(segment));
    sheaf_segment_put(segment, SHEAF_SECTION_ID, row->id);
    sheaf_segment_put(segment, SHEAF_SECTION_PUBLISHED, row->published);
    sheaf_segment_put(segment, SHEAF_SECTION_LANGUAGE, code_of(segment, 0, row->language));
    sheaf_segment_put(segment, SHEAF_SECTION_SITE, code_of(segment, 1, row->site));
    sheaf_segment_put(segment, SHEAF_SECTION_PUBLISHER, code_of(segment, 2, row->publisher));
    sheaf_segment_put(segment, SHEAF_SECTION_WORDS, row->words);
    sheaf_segment_put(segment, SHEAF_SECTION_BYTES, row->bytes);
    sheaf_segment_put(segment, SHEAF_SECTION_URL_HASH, row->url_hash);
}

/* ---- encoding --------------------------------------------------------------- */

typedef struct keyed {
    uint64_t id;
    uint64_t ordinal;
} keyed;

static int compare_keyed(const void *a, const void *b) {
    const keyed *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

static void sort_ids(sheaf_segment *segment) {
    const sheaf_numbers *ids = &segment->numbers[SHEAF_SECTION_ID];
    keyed *sorted = sheaf_calloc(ids->count, sizeof *sorted);
    if (!sorted) {
        segment->failed = true;
        return;
    }
    for (size_t i = 0; i < ids->count; i++)
        sorted[i] = (keyed){ids->items[i], i};
    qsort(sorted, ids->count, sizeof *sorted, compare_keyed);
    for (size_t i = 0; i < ids->count; i++)
        sheaf_segment_put(segment, SHEAF_SECTION_ORDER, sorted[i].ordinal);
    sheaf_free(sorted);
}

static bool is_bytes(int section) {
    return section == SHEAF_SECTION_TEXTS || section == SHEAF_SECTION_LANGUAGES ||
           section == SHEAF_SECTION_SITES || section == SHEAF_SECTION_PUBLISHERS;
}

enum {
    ROWS = SHEAF_SECTION_COUNT - 1,
    HEADER_SIZE = SHEAF_CATALOG_HEAD + ROWS * SHEAF_CATALOG_ROW + 8
};

static void write_sections(const sheaf_segment *segment, sheaf_buffer *out, sheaf_column *shapes) {
    for (int i = 1; i <= ROWS; i++) {
        if (is_bytes(i)) {
            shapes[i] = (sheaf_column){.count = segment->bytes[i].size, .width = 1};
            sheaf_buffer_add(out, sheaf_buffer_view(&segment->bytes[i]));
        } else {
            sheaf_column_write(&shapes[i], out, &segment->numbers[i]);
        }
    }
}

static void write_header(const sheaf_segment *segment, sheaf_buffer *out,
                         const sheaf_column *shapes, size_t total) {
    uint64_t offset = HEADER_SIZE;
    sheaf_buffer_append(out, "SHEAFCAT", 8);
    sheaf_put(out, SHEAF_FORMAT_VERSION, 4);
    sheaf_put(out, HEADER_SIZE, 4);
    sheaf_put(out, segment->first, 8);
    sheaf_put(out, sheaf_segment_rows(segment), 8);
    sheaf_put(out, total, 8);
    for (unsigned i = 1; i <= ROWS; i++) {
        sheaf_put(out, i, 2);
        sheaf_put(out, i == SHEAF_SECTION_DROPPED && shapes[i].count > 0, 2); /* flags */
        sheaf_put(out, shapes[i].width, 1);
        sheaf_put(out, shapes[i].shift, 1);
        sheaf_put(out, 0, 2);
        sheaf_put(out, shapes[i].count, 8);
        sheaf_put(out, shapes[i].base, 8);
        sheaf_put(out, offset, 8);
        offset += shapes[i].count * shapes[i].width;
    }
    if (!out->failed)
        sheaf_put(out, sheaf_hash64(sheaf_buffer_view(out)), 8);
}

sheaf_status sheaf_segment_encode(sheaf_segment *segment, sheaf_buffer *out, sheaf_error *error) {
    static const char zeros[HEADER_SIZE];
    sheaf_column shapes[SHEAF_SECTION_COUNT];
    sheaf_buffer header = {0};
    size_t start = out->size;
    sort_ids(segment);
    sheaf_buffer_append(out, zeros, HEADER_SIZE);
    write_sections(segment, out, shapes);
    write_header(segment, &header, shapes, out->size - start + HEADER_SIZE + 8);
    sheaf_buffer_add(out, sheaf_buffer_view(&header));
    sheaf_put(out, HEADER_SIZE, 8);
    bool failed = sheaf_segment_failed(segment) || header.failed || out->failed;
    if (!failed)
        memcpy(out->data + start, header.data, HEADER_SIZE);
    sheaf_buffer_clear(&header);
    return failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
}
