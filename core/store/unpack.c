/* unpack.c - one buffer a window, one slot in it a frame.
 *
 *   buffer  │ frame 0          │ frame 1      │ …       raw bytes, when loaded
 *   ends    │ end of each item of frame 0 … │ of frame 1 … │
 *
 * All that the catalog says of a window is checked when it is entered, all that
 * it says of a frame when that is unpacked. */
#include "store/unpack.h"

#include <zstd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

/* Which sections describe the frames of a kind, and how items lie in them. */
typedef struct shape {
    sheaf_section first, offset, packed, raw;
    unsigned groups;
    char end;
} shape;

static const shape shapes[] = {
    [SHEAF_FRAMES_ROWS] = {SHEAF_SECTION_FRAME_FIRST, SHEAF_SECTION_FRAME_OFFSET,
                           SHEAF_SECTION_FRAME_PACKED, SHEAF_SECTION_FRAME_RAW, 1, '\n'},
    [SHEAF_FRAMES_TEXTS] = {SHEAF_SECTION_TEXT_FIRST, SHEAF_SECTION_TEXT_OFFSET,
                            SHEAF_SECTION_TEXT_PACKED, SHEAF_SECTION_TEXT_RAW, SHEAF_TEXT_COUNT,
                            (char)SHEAF_TEXT_END},
};

typedef struct slot {
    size_t at;     /* in the buffer */
    size_t size;   /* raw */
    uint64_t rows; /* articles in the frame */
    bool loaded;
} slot;

struct sheaf_unpacker {
    const shape *shape;
    ZSTD_DCtx *context;
    const sheaf_volume *volume; /* of the window that is entered, or NULL */
    uint64_t from, to;          /* its places */
    uint64_t frame;             /* number of its first frame */
    slot *slots;
    size_t slot_count, slot_capacity;
    size_t *ends;
    size_t end_capacity;
    char *buffer;
    size_t capacity;
};

sheaf_unpacker *sheaf_unpacker_new(sheaf_frames kind) {
    sheaf_unpacker *unpacker = sheaf_calloc(1, sizeof *unpacker);
    if (!unpacker)
        return NULL;
    unpacker->shape = &shapes[kind];
    unpacker->context = ZSTD_createDCtx();
    if (!unpacker->context) {
        sheaf_free(unpacker);
        return NULL;
    }
    return unpacker;
}

void sheaf_unpacker_free(sheaf_unpacker *unpacker) {
    if (!unpacker)
        return;
    ZSTD_freeDCtx(unpacker->context);
    sheaf_free(unpacker->slots);
    sheaf_free(unpacker->ends);
    sheaf_free(unpacker->buffer);
    sheaf_free(unpacker);
}

static sheaf_status damaged(sheaf_error *error, const sheaf_volume *volume, const char *what,
                            uint64_t number) {
    return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: %s %llu", SLICE_ARGS(volume->name), what,
                      (unsigned long long)number);
}

/* Makes *memory hold at least count things, without keeping what it held. */
static bool make_room(void **memory, size_t *capacity, size_t count, size_t size) {
    if (*memory && count <= *capacity)
        return true;
    sheaf_free(*memory);
    *memory = sheaf_malloc(count * size);
    *capacity = *memory ? count : 0;
    return *memory != NULL;
}

/* ---- entering a window ---------------------------------------------------- */

/* Finds [from, to) of the window around place, and its first frame. */
static sheaf_status find_window(sheaf_unpacker *u, const sheaf_catalog *catalog, uint64_t place) {
    const sheaf_column *windows = &catalog->section[SHEAF_SECTION_WINDOW];
    uint64_t window = sheaf_column_floor(windows, place);
    u->from = sheaf_column_get(windows, window);
    u->to = window + 1 < windows->count ? sheaf_column_get(windows, window + 1) : catalog->rows;
    u->frame = sheaf_column_floor(&catalog->section[u->shape->first], u->from);
    bool good = u->from <= place && place < u->to && u->to <= catalog->rows &&
                sheaf_catalog_get(catalog, u->shape->first, u->frame) == u->from;
    return good ? SHEAF_OK : SHEAF_CORRUPT;
}

/* Fills the slots; *size becomes the bytes of the whole window. Frames follow
 * one another from the first place of the window exactly to its last. */
static sheaf_status fill_slots(sheaf_unpacker *u, const sheaf_catalog *catalog, size_t *size) {
    uint64_t count = catalog->section[u->shape->first].count, place = u->from;
    u->slot_count = 0;
    *size = 0;
    for (uint64_t frame = u->frame; place < u->to; frame++) {
        uint64_t next = frame + 1 < count ? sheaf_catalog_get(catalog, u->shape->first, frame + 1)
                                          : catalog->rows;
        uint64_t raw = sheaf_catalog_get(catalog, u->shape->raw, frame);
        if (next <= place || next > u->to || raw > SHEAF_WINDOW_MAX - *size ||
            (next - place) * u->shape->groups > raw)
            return SHEAF_CORRUPT;
        if (u->slot_count == u->slot_capacity) {
            size_t capacity = u->slot_capacity ? 2 * u->slot_capacity : 64;
            slot *slots = sheaf_realloc(u->slots, capacity * sizeof *slots);
            if (!slots)
                return SHEAF_NO_MEMORY;
            u->slots = slots;
            u->slot_capacity = capacity;
        }
        u->slots[u->slot_count++] = (slot){*size, (size_t)raw, next - place, false};
        *size += (size_t)raw;
        place = next;
    }
    return SHEAF_OK;
}

static sheaf_status enter_window(sheaf_unpacker *u, const sheaf_volume *volume, uint64_t place,
                                 sheaf_error *error) {
    size_t size = 0;
    u->volume = NULL;
    sheaf_status status = find_window(u, &volume->catalog, place);
    if (status == SHEAF_OK)
        status = fill_slots(u, &volume->catalog, &size);
    if (status == SHEAF_CORRUPT)
        return damaged(error, volume, "the catalog has no sound window for article", place);
    size_t items = (size_t)(u->to - u->from) * u->shape->groups;
    if (status != SHEAF_OK ||
        !make_room((void **)&u->ends, &u->end_capacity, items, sizeof *u->ends) ||
        !make_room((void **)&u->buffer, &u->capacity, size, 1))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    u->volume = volume;
    return SHEAF_OK;
}

/* ---- loading a frame ------------------------------------------------------- */

/* Where the packed bytes of a frame are; an empty slice when that is nowhere. */
static sheaf_slice packed_bytes(const sheaf_unpacker *u, uint64_t frame) {
    const sheaf_catalog *catalog = &u->volume->catalog;
    uint64_t offset = sheaf_catalog_get(catalog, u->shape->offset, frame);
    uint64_t size = sheaf_catalog_get(catalog, u->shape->packed, frame);
    sheaf_slice data = {0};
    if (u->shape->groups > 1) {
        const sheaf_column *texts = &catalog->section[SHEAF_SECTION_TEXTS];
        data = sheaf_slice_from((const char *)texts->data, (size_t)texts->count);
    } else {
        uint64_t block = sheaf_catalog_get(catalog, SHEAF_SECTION_FRAME_BLOCK, frame);
        if (block < u->volume->block_count)
            data = u->volume->blocks[block];
    }
    if (offset > data.size || size > data.size - offset)
        return (sheaf_slice){0};
    return sheaf_slice_part(data, (size_t)offset, (size_t)(offset + size));
}

static bool decompress(sheaf_unpacker *u, const slot *s, sheaf_slice packed) {
    if (packed.size == 0 || ZSTD_getFrameContentSize(packed.data, packed.size) != s->size ||
        ZSTD_findFrameCompressedSize(packed.data, packed.size) != packed.size)
        return false;
    return ZSTD_decompressDCtx(u->context, u->buffer + s->at, s->size, packed.data, packed.size) ==
           s->size;
}

/* Notes where each item ends; there must be as many as the catalog says. */
static bool find_ends(sheaf_unpacker *u, const slot *s, size_t *ends) {
    size_t at = s->at, stop = s->at + s->size;
    for (uint64_t i = 0; i < s->rows * u->shape->groups; i++) {
        const char *end = at < stop ? memchr(u->buffer + at, u->shape->end, stop - at) : NULL;
        if (!end)
            return false;
        ends[i] = (size_t)(end - u->buffer);
        at = ends[i] + 1;
    }
    return at == stop;
}

static sheaf_status load_frame(sheaf_unpacker *u, size_t index, size_t *ends, sheaf_error *error) {
    slot *s = &u->slots[index];
    uint64_t frame = u->frame + index;
    if (!decompress(u, s, packed_bytes(u, frame)))
        return damaged(error, u->volume,
                       u->shape->groups > 1 ? "cannot unpack frame of strings"
                                            : "cannot unpack frame of articles",
                       frame);
    if (!find_ends(u, s, ends))
        return damaged(error, u->volume, "wrong number of lines in frame", frame);
    s->loaded = true;
    return SHEAF_OK;
}

sheaf_status sheaf_unpacker_get(sheaf_unpacker *u, const sheaf_volume *volume, uint64_t place,
                                unsigned group, sheaf_slice *item, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (u->volume != volume || place < u->from || place >= u->to)
        status = enter_window(u, volume, place, error);
    if (status != SHEAF_OK)
        return status;
    const sheaf_column *firsts = &volume->catalog.section[u->shape->first];
    uint64_t frame = sheaf_column_floor(firsts, place), first = sheaf_column_get(firsts, frame);
    if (frame < u->frame || frame - u->frame >= u->slot_count || first > place ||
        place - first >= u->slots[frame - u->frame].rows || first < u->from)
        return damaged(error, volume, "the catalog has no sound frame for article", place);
    slot *s = &u->slots[frame - u->frame];
    size_t *ends = u->ends + (size_t)(first - u->from) * u->shape->groups;
    if (!s->loaded)
        status = load_frame(u, (size_t)(frame - u->frame), ends, error);
    if (status != SHEAF_OK)
        return status;
    size_t i = (size_t)(group * s->rows + (place - first));
    size_t from = i ? ends[i - 1] + 1 : s->at;
    *item = sheaf_slice_from(u->buffer + from, ends[i] - from);
    return SHEAF_OK;
}
