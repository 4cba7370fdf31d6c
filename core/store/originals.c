/* originals.c - frames of source bytes, and a sorted table to find them by.
 *
 * The table has one row of 20 bytes an original: the first 8 bytes of its
 * SHA-256, offset of its frame in the entry, offset in the unpacked frame, and
 * size. It stands in a skippable frame, so that zstdcat gives the originals one
 * after the other and nothing else. A row is only a hint: what is found is
 * hashed, and is the original or damage. */
#include "store/originals.h"

#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"
#include "store/format.h"

enum {
    SKIPPABLE = 0x184D2A53,
    SKIPPABLE_HEAD = 8,
    ROW = 20,
    FOOT = 12,          /* count and mark */
    FULL = 4 << 20,     /* raw bytes that are packed in one go */
    RAW_MAX = 256 << 20 /* a reader unpacks no larger frame */
};

#define MARK SLICE("SHEAFORG")

typedef struct kept {
    uint64_t head;
    uint32_t frame; /* its number until it is packed, then its offset */
    uint32_t at, size;
} kept;

struct sheaf_originals {
    sheaf_buffer raw;
    size_t frame_start; /* of the frame that fills, in raw */
    sheaf_job *jobs;    /* frames of raw; their bytes are lent when packing */
    size_t job_count, job_capacity;
    kept *table;
    size_t count, capacity, packed_count;
    sheaf_buffer packed;
    bool finished; /* packed was given away as a whole entry */
};

sheaf_slice sheaf_name_originals(char *name, uint64_t commit, uint64_t part) {
    int size = snprintf(name, SHEAF_NAME_ROOM, "originals/%06llu-%04llu.zst",
                        (unsigned long long)commit, (unsigned long long)part);
    return sheaf_slice_from(name, (size_t)size);
}

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static unsigned nibble(char c) {
    return (unsigned)(sheaf_is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10) & 15;
}

/* The first 16 hexadecimal digits as a number. */
static uint64_t head_of(sheaf_slice sha256) {
    uint64_t head = 0;
    for (size_t i = 0; i < 16 && i < sha256.size; i++)
        head = head << 4 | nibble(sha256.data[i]);
    return head;
}

/* ---- keeping ---------------------------------------------------------------- */

sheaf_originals *sheaf_originals_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_originals));
}

void sheaf_originals_free(sheaf_originals *o) {
    if (!o)
        return;
    sheaf_buffer_clear(&o->raw);
    sheaf_buffer_clear(&o->packed);
    sheaf_free(o->jobs);
    sheaf_free(o->table);
    sheaf_free(o);
}

static bool grow(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? 2 * *capacity : 64;
    void *bigger = sheaf_realloc(*items, wanted * size);
    if (!bigger)
        return false;
    *items = bigger;
    *capacity = wanted;
    return true;
}

/* Ends the frame that fills, if there is anything in it. */
static bool end_frame(sheaf_originals *o) {
    size_t size = o->raw.size - o->frame_start;
    if (size == 0)
        return true;
    if (!grow((void **)&o->jobs, o->job_count, &o->job_capacity, sizeof *o->jobs))
        return false;
    o->jobs[o->job_count++] = (sheaf_job){.raw = {NULL, size}};
    o->frame_start = o->raw.size;
    return true;
}

/* Starts on another entry after one was given away. */
static void begin_anew(sheaf_originals *o) {
    if (!o->finished)
        return;
    sheaf_buffer_reset(&o->packed);
    o->count = o->packed_count = 0;
    o->finished = false;
}

bool sheaf_originals_add(sheaf_originals *o, sheaf_slice sha256, sheaf_slice bytes) {
    begin_anew(o);
    uint64_t head = head_of(sha256);
    const kept *last = o->count ? &o->table[o->count - 1] : NULL;
    if (last && last->head == head && last->size == bytes.size)
        return true;
    if (o->raw.size - o->frame_start + bytes.size > SHEAF_ORIGINALS_FRAME && !end_frame(o))
        return false;
    if (!grow((void **)&o->table, o->count, &o->capacity, sizeof *o->table))
        return false;
    size_t at = o->raw.size - o->frame_start;
    sheaf_buffer_add(&o->raw, bytes);
    if (o->raw.failed)
        return false;
    o->table[o->count++] = (kept){head, (uint32_t)o->job_count, (uint32_t)at, (uint32_t)bytes.size};
    return true;
}

bool sheaf_originals_is_full(const sheaf_originals *o) {
    return o->raw.size >= FULL;
}

size_t sheaf_originals_size(const sheaf_originals *o) {
    return o->finished ? 0 : o->packed.size;
}

/* ---- packing ------------------------------------------------------------------ */

static void point_jobs(sheaf_originals *o) {
    const char *at = o->raw.data;
    for (size_t i = 0; i < o->job_count; i++) {
        o->jobs[i].raw.data = at;
        at += o->jobs[i].raw.size;
    }
}

/* Appends the frames, and tells the table where they have come to lie. */
static bool take_frames(sheaf_originals *o) {
    bool fine = true;
    size_t row = o->packed_count;
    for (size_t i = 0; i < o->job_count; i++) {
        sheaf_job *job = &o->jobs[i];
        for (; row < o->count && o->table[row].frame == i; row++)
            o->table[row].frame = (uint32_t)o->packed.size;
        fine = fine && !job->failed;
        if (fine)
            sheaf_buffer_append(&o->packed, job->packed, job->size);
        sheaf_free(job->packed);
    }
    o->packed_count = o->count;
    return fine && !o->packed.failed;
}

sheaf_status sheaf_originals_pack(sheaf_originals *o, sheaf_pool *pool, sheaf_error *error) {
    if (o->raw.size == 0)
        return SHEAF_OK;
    if (!end_frame(o))
        return no_memory(error);
    point_jobs(o);
    sheaf_pool_start(pool, o->jobs, o->job_count);
    sheaf_pool_wait(pool);
    bool fine = take_frames(o);
    if (o->raw.capacity > 4 * (size_t)FULL)
        sheaf_buffer_clear(&o->raw);
    sheaf_buffer_reset(&o->raw);
    o->job_count = o->frame_start = 0;
    return fine ? SHEAF_OK : no_memory(error);
}

static int by_head(const void *a, const void *b) {
    const kept *left = a, *right = b;
    if (left->head != right->head)
        return left->head < right->head ? -1 : 1;
    if (left->frame != right->frame)
        return left->frame < right->frame ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

sheaf_status sheaf_originals_finish(sheaf_originals *o, sheaf_slice *entry, sheaf_error *error) {
    sheaf_buffer *out = &o->packed;
    qsort(o->table, o->count, sizeof *o->table, by_head);
    sheaf_put(out, SKIPPABLE, 4);
    sheaf_put(out, ROW * o->count + FOOT, 4);
    for (size_t i = 0; i < o->count; i++) {
        sheaf_put(out, o->table[i].head, 8);
        sheaf_put(out, o->table[i].frame, 4);
        sheaf_put(out, o->table[i].at, 4);
        sheaf_put(out, o->table[i].size, 4);
    }
    sheaf_put(out, o->count, 4);
    sheaf_buffer_add(out, MARK);
    if (out->failed)
        return no_memory(error);
    o->finished = true;
    *entry = sheaf_buffer_view(out);
    return SHEAF_OK;
}

/* ---- finding -------------------------------------------------------------------- */

/* The rows of the table, and the frames before it. */
static bool parts_of(sheaf_slice entry, sheaf_slice *frames, sheaf_slice *table) {
    if (entry.size < SKIPPABLE_HEAD + FOOT || !sheaf_slice_ends(entry, MARK))
        return false;
    const char *end = entry.data + entry.size;
    size_t size = (size_t)sheaf_get32(end - FOOT) * ROW;
    if (size > entry.size - SKIPPABLE_HEAD - FOOT)
        return false;
    *table = sheaf_slice_from(end - FOOT - size, size);
    *frames = sheaf_slice_from(entry.data, entry.size - SKIPPABLE_HEAD - FOOT - size);
    const char *head = frames->data + frames->size;
    return sheaf_get32(head) == SKIPPABLE && sheaf_get32(head + 4) == size + FOOT;
}

/* The first row whose head is not less. */
static size_t lower_bound(sheaf_slice table, uint64_t head) {
    size_t low = 0, high = table.size / ROW;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sheaf_get64(table.data + middle * ROW) < head)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static sheaf_status damaged(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_CORRUPT, "an original in it cannot be unpacked");
}

/* Makes the frame the one that begins the bytes. */
static sheaf_status unpack_frame(sheaf_originals_frame *frame, sheaf_slice bytes,
                                 sheaf_error *error) {
    if (frame->packed == bytes.data)
        return SHEAF_OK;
    unsigned long long raw = ZSTD_getFrameContentSize(bytes.data, bytes.size);
    size_t packed = ZSTD_findFrameCompressedSize(bytes.data, bytes.size);
    frame->packed = NULL;
    sheaf_buffer_reset(&frame->raw);
    if (raw > RAW_MAX || ZSTD_isError(packed))
        return damaged(error);
    if (!sheaf_buffer_reserve(&frame->raw, (size_t)raw + 1))
        return no_memory(error);
    if (ZSTD_decompress(frame->raw.data, (size_t)raw, bytes.data, packed) != raw)
        return damaged(error);
    frame->raw.size = (size_t)raw;
    frame->packed = bytes.data;
    return SHEAF_OK;
}

/* Appends what a row of the table speaks of. */
static sheaf_status unpack(sheaf_slice frames, const uint8_t *row, sheaf_originals_frame *frame,
                           sheaf_buffer *out, sheaf_error *error) {
    size_t from = sheaf_get32(row + 8), at = sheaf_get32(row + 12), size = sheaf_get32(row + 16);
    if (from >= frames.size)
        return damaged(error);
    sheaf_status status = unpack_frame(frame, sheaf_slice_part(frames, from, frames.size), error);
    if (status != SHEAF_OK)
        return status;
    if (at > frame->raw.size || size > frame->raw.size - at)
        return damaged(error);
    sheaf_buffer_append(out, frame->raw.data + at, size);
    return out->failed ? no_memory(error) : SHEAF_OK;
}

static bool is_it(sheaf_slice bytes, sheaf_slice sha256) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_sha256(bytes, digest);
    sheaf_hex(hex, digest, sizeof digest);
    return sheaf_slice_is(sha256, hex);
}

sheaf_status sheaf_originals_find(sheaf_slice entry, sheaf_slice sha256,
                                  sheaf_originals_frame *frame, sheaf_buffer *out,
                                  sheaf_error *error) {
    sheaf_slice frames, table;
    size_t start = out->size;
    uint64_t head = head_of(sha256);
    if (!parts_of(entry, &frames, &table))
        return sheaf_fail(error, SHEAF_CORRUPT, "its table of originals is damaged");
    sheaf_status status = SHEAF_MISSING;
    for (size_t i = lower_bound(table, head); i < table.size / ROW; i++) {
        const uint8_t *row = (const uint8_t *)table.data + i * ROW;
        if (sheaf_get64(row) != head)
            break;
        status = unpack(frames, row, frame, out, error);
        if (status != SHEAF_OK)
            return status;
        if (is_it(sheaf_slice_part(sheaf_buffer_view(out), start, out->size), sha256))
            return SHEAF_OK;
        out->size = start;
        status = sheaf_fail(error, SHEAF_CORRUPT, "an original in it has another SHA-256");
    }
    return status;
}

static bool is_original(const sheaf_entry *entry) {
    return sheaf_slice_starts(entry->name, SLICE("originals/"));
}

sheaf_status sheaf_file_original_near(const sheaf_file *file, sheaf_slice sha256,
                                      sheaf_originals_frame *frame, sheaf_buffer *out,
                                      sheaf_error *error) {
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        if (!is_original(entry))
            continue;
        sheaf_status status =
            sheaf_originals_find(sheaf_file_data(file, entry), sha256, frame, out, error);
        if (status == SHEAF_MISSING)
            continue;
        if (status == SHEAF_OK)
            return status;
        return sheaf_fail_within(error, status, "%.*s", SLICE_ARGS(entry->name));
    }
    return sheaf_fail(error, SHEAF_MISSING,
                      "%s: the original was not kept (sheaf pack --originals)", file->path);
}

sheaf_status sheaf_file_original(const sheaf_file *file, sheaf_slice sha256, sheaf_buffer *out,
                                 sheaf_error *error) {
    sheaf_originals_frame frame = {0};
    sheaf_status status = sheaf_file_original_near(file, sha256, &frame, out, error);
    sheaf_buffer_clear(&frame.raw);
    return status;
}
