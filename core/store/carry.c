/* carry.c - windows and frames from catalog to catalog.
 *
 * Invariant: a block is copied only after its CRC-32 was found right, so that
 * damage is told here and never gets a sound sum in the new file. Numbers of the
 * source's catalog are checked before they are used, as when reading. */
#include "store/carry.h"

#include <stdlib.h>

#include <libdeflate.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/segment.h"
#include "store/window.h"
#include "text/language.h"

/* A window with fewer bytes than this is small: its articles are put together
 * with those of its neighbours. In place, where writing again leaves dead bytes,
 * one that fills a frame is large. */
#define SMALL_WINDOW (SHEAF_WINDOW_BYTES / 6)

struct sheaf_carrier {
    sheaf_emitter *emitter; /* own, or another's */
    sheaf_emitter own;
    uint64_t commit;    /* that is being written */
    bool in_place;      /* large windows stay where they are */
    uint64_t block;     /* index of the entry that is open among the blocks of the segment */
    sheaf_numbers stay; /* number of commit and part of entries with frames that stay */
    sheaf_pool *pool;
    sheaf_window *window; /* of rows that are packed again */
    sheaf_segment segment;
    sheaf_unpacker *rows, *texts;
    bool keep;
    uint64_t articles, row_bytes;
    uint64_t article_part, meta_part;
    sheaf_life_counts counts;
};

/* A window of a source, as it is taken. */
typedef struct taking {
    const sheaf_volume *volume;
    const uint32_t *part; /* of the articles of the volume */
    uint32_t wanted;
    uint64_t from, to;   /* its places, and ordinals */
    uint32_t *ordinal;   /* by place - from: ordinal - from */
    uint32_t *new_place; /* by place - from: how many chosen ones are before it */
    uint64_t chosen, chosen_bytes, all_bytes;
} taking;

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status unsound(const taking *t, sheaf_error *error) {
    return sheaf_fail(error, SHEAF_CORRUPT, "%.*s: the window from article %llu on is not sound",
                      SLICE_ARGS(t->volume->name), (unsigned long long)t->from);
}

/* ---- writing -------------------------------------------------------------------- */

/* Makes an articles/ entry a block of the segment; gives its index. */
static uint64_t add_block(sheaf_carrier *c, uint64_t commit, uint64_t part) {
    sheaf_segment_put(&c->segment, SHEAF_SECTION_BLOCK_COMMIT, commit);
    sheaf_segment_put(&c->segment, SHEAF_SECTION_BLOCK_PART, part);
    return c->segment.numbers[SHEAF_SECTION_BLOCK_PART].count - 1;
}

static sheaf_status begin_block(sheaf_carrier *c, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    if (++c->article_part > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT, "%s: too large for one commit",
                          c->emitter->disk.path);
    c->block = add_block(c, c->commit, c->article_part);
    return sheaf_emitter_begin(c->emitter, sheaf_name_articles(room, c->commit, c->article_part),
                               error);
}

/* Tells the segment where a frame of rows lies. */
static void list_rows(sheaf_segment *s, uint64_t block, uint64_t offset, uint64_t packed,
                      uint64_t raw, uint64_t first) {
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_FIRST, first);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_BLOCK, block);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_OFFSET, offset);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_PACKED, packed);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_RAW, raw);
}

/* A frame of rows whose first article is at place first. */
static sheaf_status put_rows(sheaf_carrier *c, sheaf_slice packed, uint64_t raw, uint64_t first,
                             sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (c->emitter->open && sheaf_emitter_size(c->emitter) + packed.size > SHEAF_BLOCK_BYTES)
        status = sheaf_emitter_end(c->emitter, error);
    if (status == SHEAF_OK && !c->emitter->open)
        status = begin_block(c, error);
    if (status != SHEAF_OK)
        return status;
    list_rows(&c->segment, c->block, sheaf_emitter_size(c->emitter), packed.size, raw, first);
    return sheaf_emitter_put(c->emitter, packed, error);
}

static void put_texts(sheaf_segment *s, sheaf_slice packed, uint64_t raw, uint64_t first) {
    sheaf_buffer *texts = &s->bytes[SHEAF_SECTION_TEXTS];
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_FIRST, first);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_OFFSET, texts->size);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_PACKED, packed.size);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_RAW, raw);
    sheaf_buffer_add(texts, packed);
}

static sheaf_status put_job(sheaf_carrier *c, const sheaf_job *job, bool is_rows, uint64_t first,
                            sheaf_error *error) {
    sheaf_slice packed = sheaf_slice_from(job->packed, job->size);
    if (job->failed)
        return no_memory(error);
    c->counts.packed += is_rows;
    if (is_rows)
        return put_rows(c, packed, job->raw.size, first, error);
    put_texts(&c->segment, packed, job->raw.size, first);
    return SHEAF_OK;
}

/* Packs the rows that wait. */
static sheaf_status flush(sheaf_carrier *c, sheaf_error *error) {
    sheaf_sealed sealed;
    sheaf_status status = SHEAF_OK;
    if (sheaf_window_count(c->window) == 0)
        return SHEAF_OK;
    sheaf_numbers *places = &c->segment.numbers[SHEAF_SECTION_PLACE];
    uint64_t from = places->count;
    if (!sheaf_window_seal(c->window, &sealed))
        return no_memory(error);
    sheaf_segment_put(&c->segment, SHEAF_SECTION_WINDOW, from);
    for (size_t i = 0; i < sealed.count; i++)
        sheaf_numbers_add(places, from + sealed.place[i]);
    size_t jobs = sealed.row_frames + sealed.text_frames;
    sheaf_pool_start(c->pool, sealed.jobs, jobs);
    sheaf_pool_wait(c->pool);
    for (size_t i = 0; i < jobs; i++) {
        if (status == SHEAF_OK)
            status =
                put_job(c, &sealed.jobs[i], i < sealed.row_frames, from + sealed.first[i], error);
        sheaf_free(sealed.jobs[i].packed);
    }
    sheaf_window_release(c->window);
    return status;
}

/* Writes the catalog of what was taken, and begins the next. Nothing waits. */
static sheaf_status close_segment(sheaf_carrier *c, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    sheaf_buffer bytes = {0};
    if (sheaf_segment_rows(&c->segment) == 0)
        return SHEAF_OK;
    sheaf_status status = sheaf_emitter_end(c->emitter, error);
    if (status == SHEAF_OK && ++c->meta_part > SHEAF_PART_LAST)
        status =
            sheaf_fail(error, SHEAF_LIMIT, "%s: too large for one commit", c->emitter->disk.path);
    if (status == SHEAF_OK)
        status = sheaf_segment_encode(&c->segment, &bytes, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_whole(c->emitter, sheaf_name_meta(room, c->commit, c->meta_part),
                                     sheaf_buffer_view(&bytes), error);
    sheaf_buffer_clear(&bytes);
    sheaf_segment_clear(&c->segment);
    sheaf_segment_init(&c->segment, c->articles);
    return status;
}

/* A segment ends where a window ends. */
static sheaf_status end_window(sheaf_carrier *c, sheaf_error *error) {
    if (sheaf_segment_failed(&c->segment))
        return no_memory(error);
    return sheaf_segment_rows(&c->segment) < SHEAF_SEGMENT_ROWS ? SHEAF_OK
                                                                : close_segment(c, error);
}

/* ---- one article ------------------------------------------------------------------- */

static sheaf_slice name_of(const sheaf_catalog *catalog, sheaf_section codes, sheaf_section ends,
                           uint64_t local) {
    return sheaf_catalog_name(catalog, ends, sheaf_catalog_get(catalog, codes, local));
}

/* What the catalog says of an article goes from the old to the new one. */
static void take_columns(sheaf_carrier *c, const sheaf_catalog *from, uint64_t local) {
    sheaf_segment_row row = {
        .id = sheaf_catalog_get(from, SHEAF_SECTION_ID, local),
        .odd = sheaf_catalog_is_odd(from, local),
        .published = sheaf_catalog_get(from, SHEAF_SECTION_PUBLISHED, local),
        .language = name_of(from, SHEAF_SECTION_LANGUAGE, SHEAF_SECTION_LANGUAGE_ENDS, local),
        .site = name_of(from, SHEAF_SECTION_SITE, SHEAF_SECTION_SITE_ENDS, local),
        .publisher = name_of(from, SHEAF_SECTION_PUBLISHER, SHEAF_SECTION_PUBLISHER_ENDS, local),
        .words = sheaf_catalog_get(from, SHEAF_SECTION_WORDS, local),
        .bytes = sheaf_catalog_get(from, SHEAF_SECTION_BYTES, local)};
    if (from->section[SHEAF_SECTION_URL_HASH].data)
        row.url_hash = (uint32_t)sheaf_catalog_get(from, SHEAF_SECTION_URL_HASH, local);
    sheaf_segment_add(&c->segment, &row);
    c->articles++;
    c->row_bytes += row.bytes + 1;
}

/* As the writer groups: script, then site, or publisher where there is none. */
static uint64_t group_key(const sheaf_carrier *c, sheaf_slice sample) {
    const sheaf_numbers *numbers = c->segment.numbers;
    size_t i = numbers[SHEAF_SECTION_SITE].count - 1;
    uint64_t site = numbers[SHEAF_SECTION_SITE].items[i];
    uint64_t publisher = numbers[SHEAF_SECTION_PUBLISHER].items[i];
    return (uint64_t)sheaf_script_of(sample) << 32 | (site ? site : publisher | (uint64_t)1 << 31);
}

static sheaf_status take_row(sheaf_carrier *c, const taking *t, uint64_t place, uint64_t local,
                             sheaf_error *error) {
    sheaf_slice row, texts[SHEAF_TEXT_COUNT];
    sheaf_status status = sheaf_unpacker_get(c->rows, t->volume, place, 0, &row, error);
    for (unsigned i = 0; i < SHEAF_TEXT_COUNT && status == SHEAF_OK; i++)
        status = sheaf_unpacker_get(c->texts, t->volume, place, i, &texts[i], error);
    if (status != SHEAF_OK)
        return status;
    sheaf_buffer *rows = sheaf_window_rows(c->window);
    sheaf_buffer_add(rows, row);
    sheaf_buffer_char(rows, '\n');
    take_columns(c, &t->volume->catalog, local);
    sheaf_slice sample = texts[SHEAF_TEXT_HEADLINE].size ? texts[SHEAF_TEXT_HEADLINE] : row;
    if (rows->failed || sheaf_segment_failed(&c->segment) ||
        !sheaf_window_add(c->window, group_key(c, sample), texts))
        return no_memory(error);
    return SHEAF_OK;
}

/* All chosen rows of a window, to be packed together with others. */
static sheaf_status take_rows(sheaf_carrier *c, const taking *t, sheaf_error *error) {
    const sheaf_catalog *catalog = &t->volume->catalog;
    for (uint64_t local = t->from; local < t->to; local++) {
        if (t->part[local] != t->wanted)
            continue;
        uint64_t place = sheaf_catalog_get(catalog, SHEAF_SECTION_PLACE, local);
        sheaf_status status = take_row(c, t, place, local, error);
        if (status == SHEAF_OK && sheaf_window_is_full(c->window)) {
            status = flush(c, error);
            if (status == SHEAF_OK)
                status = end_window(c, error);
        }
        if (status != SHEAF_OK)
            return status;
    }
    return SHEAF_OK;
}

/* ---- whole frames --------------------------------------------------------------------- */

/* Which sections tell of a kind of frames. */
typedef struct frames {
    sheaf_section first, offset, packed, raw;
    bool is_rows;
} frames;

static const frames row_frames = {SHEAF_SECTION_FRAME_FIRST, SHEAF_SECTION_FRAME_OFFSET,
                                  SHEAF_SECTION_FRAME_PACKED, SHEAF_SECTION_FRAME_RAW, true};
static const frames text_frames = {SHEAF_SECTION_TEXT_FIRST, SHEAF_SECTION_TEXT_OFFSET,
                                   SHEAF_SECTION_TEXT_PACKED, SHEAF_SECTION_TEXT_RAW, false};

/* The packed bytes of a frame; empty when they are nowhere. */
static sheaf_slice packed_bytes(const sheaf_volume *volume, const frames *kind, uint64_t frame) {
    const sheaf_catalog *catalog = &volume->catalog;
    const sheaf_column *texts = &catalog->section[SHEAF_SECTION_TEXTS];
    uint64_t offset = sheaf_catalog_get(catalog, kind->offset, frame);
    uint64_t size = sheaf_catalog_get(catalog, kind->packed, frame);
    sheaf_slice data = sheaf_slice_from((const char *)texts->data, (size_t)texts->count);
    if (kind->is_rows) {
        uint64_t block = sheaf_catalog_get(catalog, SHEAF_SECTION_FRAME_BLOCK, frame);
        data = block < volume->block_count ? volume->blocks[block] : (sheaf_slice){0};
    }
    if (offset > data.size || size > data.size - offset)
        return (sheaf_slice){0};
    return sheaf_slice_part(data, (size_t)offset, (size_t)(offset + size));
}

/* Compresses the chosen articles at places [from, to) to a frame of their own. */
static sheaf_status pack_again(sheaf_carrier *c, const taking *t, const frames *kind, uint64_t from,
                               uint64_t to, uint64_t first, sheaf_error *error) {
    sheaf_buffer raw = {0};
    sheaf_status status = SHEAF_OK;
    unsigned groups = kind->is_rows ? 1 : SHEAF_TEXT_COUNT;
    for (unsigned group = 0; group < groups; group++) {
        for (uint64_t place = from; place < to && status == SHEAF_OK; place++) {
            sheaf_slice item;
            if (t->part[t->from + t->ordinal[place - t->from]] != t->wanted)
                continue;
            status = sheaf_unpacker_get(kind->is_rows ? c->rows : c->texts, t->volume, place, group,
                                        &item, error);
            if (status == SHEAF_OK)
                sheaf_buffer_add(&raw, item);
            sheaf_buffer_char(&raw, kind->is_rows ? '\n' : (char)SHEAF_TEXT_END);
        }
    }
    sheaf_job job = {.raw = sheaf_buffer_view(&raw)};
    if (status == SHEAF_OK && raw.failed)
        status = no_memory(error);
    if (status == SHEAF_OK) {
        sheaf_pool_start(c->pool, &job, 1);
        sheaf_pool_wait(c->pool);
        status = put_job(c, &job, kind->is_rows, first, error);
    }
    sheaf_free(job.packed);
    sheaf_buffer_clear(&raw);
    return status;
}

/* How many of the places [from, to) are chosen. */
static uint64_t chosen_in(const taking *t, uint64_t from, uint64_t to) {
    uint64_t before = t->new_place[from - t->from];
    return (to < t->to ? t->new_place[to - t->from] : t->chosen) - before;
}

/* Lists a frame of rows where it lies, in an entry of an earlier commit. */
static void leave_rows(sheaf_carrier *c, const sheaf_catalog *from, uint64_t frame,
                       uint64_t first) {
    const sheaf_numbers *commits = &c->segment.numbers[SHEAF_SECTION_BLOCK_COMMIT];
    const sheaf_numbers *parts = &c->segment.numbers[SHEAF_SECTION_BLOCK_PART];
    uint64_t old = sheaf_catalog_get(from, SHEAF_SECTION_FRAME_BLOCK, frame), block = 0;
    uint64_t commit = sheaf_catalog_get(from, SHEAF_SECTION_BLOCK_COMMIT, old);
    uint64_t part = sheaf_catalog_get(from, SHEAF_SECTION_BLOCK_PART, old);
    while (block < parts->count && (commits->items[block] != commit || parts->items[block] != part))
        block++;
    if (block == parts->count) {
        block = add_block(c, commit, part);
        sheaf_numbers_add(&c->stay, commit);
        sheaf_numbers_add(&c->stay, part);
    }
    list_rows(&c->segment, block, sheaf_catalog_get(from, SHEAF_SECTION_FRAME_OFFSET, frame),
              sheaf_catalog_get(from, SHEAF_SECTION_FRAME_PACKED, frame),
              sheaf_catalog_get(from, SHEAF_SECTION_FRAME_RAW, frame), first);
}

/* A frame that holds the places [from, to). */
static sheaf_status take_frame(sheaf_carrier *c, const taking *t, const frames *kind,
                               uint64_t frame, uint64_t from, uint64_t to, uint64_t base,
                               sheaf_error *error) {
    uint64_t chosen = chosen_in(t, from, to), first = base + t->new_place[from - t->from];
    uint64_t raw = sheaf_catalog_get(&t->volume->catalog, kind->raw, frame);
    if (chosen == 0)
        return SHEAF_OK;
    if (chosen < to - from)
        return pack_again(c, t, kind, from, to, first, error);
    sheaf_slice packed = packed_bytes(t->volume, kind, frame);
    if (packed.size == 0)
        return unsound(t, error);
    c->counts.copied += kind->is_rows;
    if (kind->is_rows && c->in_place) {
        leave_rows(c, &t->volume->catalog, frame, first);
        return SHEAF_OK;
    }
    if (kind->is_rows)
        return put_rows(c, packed, raw, first, error);
    put_texts(&c->segment, packed, raw, first);
    return SHEAF_OK;
}

static sheaf_status take_frames(sheaf_carrier *c, const taking *t, const frames *kind,
                                uint64_t base, sheaf_error *error) {
    const sheaf_catalog *catalog = &t->volume->catalog;
    const sheaf_column *firsts = &catalog->section[kind->first];
    uint64_t frame = sheaf_column_floor(firsts, t->from), place = t->from;
    if (sheaf_column_get(firsts, frame) != place)
        return unsound(t, error);
    for (; place < t->to; frame++) {
        uint64_t next =
            frame + 1 < firsts->count ? sheaf_column_get(firsts, frame + 1) : catalog->rows;
        if (next <= place || next > t->to)
            return unsound(t, error);
        sheaf_status status = take_frame(c, t, kind, frame, place, next, base, error);
        if (status != SHEAF_OK)
            return status;
        place = next;
    }
    return SHEAF_OK;
}

/* A window whose frames are taken as they are, but for those with holes. */
static sheaf_status take_window(sheaf_carrier *c, const taking *t, sheaf_error *error) {
    const sheaf_catalog *catalog = &t->volume->catalog;
    sheaf_status status = flush(c, error);
    if (status == SHEAF_OK)
        status = end_window(c, error);
    if (status != SHEAF_OK)
        return status;
    uint64_t base = c->segment.numbers[SHEAF_SECTION_PLACE].count;
    sheaf_segment_put(&c->segment, SHEAF_SECTION_WINDOW, base);
    for (uint64_t local = t->from; local < t->to; local++) {
        if (t->part[local] != t->wanted)
            continue;
        uint64_t place = sheaf_catalog_get(catalog, SHEAF_SECTION_PLACE, local);
        sheaf_segment_put(&c->segment, SHEAF_SECTION_PLACE, base + t->new_place[place - t->from]);
        take_columns(c, catalog, local);
    }
    status = take_frames(c, t, &row_frames, base, error);
    if (status == SHEAF_OK)
        status = take_frames(c, t, &text_frames, base, error);
    return status == SHEAF_OK ? end_window(c, error) : status;
}

/* ---- windows --------------------------------------------------------------------------- */

/* Finds who is at which place, and counts what is chosen. */
static sheaf_status survey(taking *t, sheaf_error *error) {
    const sheaf_catalog *catalog = &t->volume->catalog;
    const uint64_t rows = t->to - t->from;
    memset(t->ordinal, 0xff, (size_t)rows * sizeof *t->ordinal);
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t place = sheaf_catalog_get(catalog, SHEAF_SECTION_PLACE, t->from + i);
        uint64_t bytes = sheaf_catalog_get(catalog, SHEAF_SECTION_BYTES, t->from + i) + 1;
        if (place < t->from || place >= t->to || t->ordinal[place - t->from] != UINT32_MAX)
            return unsound(t, error);
        t->ordinal[place - t->from] = (uint32_t)i;
        t->all_bytes += bytes;
        t->chosen_bytes += t->part[t->from + i] == t->wanted ? bytes : 0;
    }
    for (uint64_t i = 0; i < rows; i++) {
        t->new_place[i] = (uint32_t)t->chosen;
        t->chosen += t->part[t->from + t->ordinal[i]] == t->wanted;
    }
    return SHEAF_OK;
}

static sheaf_status take_some(sheaf_carrier *c, taking *t, sheaf_error *error) {
    size_t rows = (size_t)(t->to - t->from);
    t->ordinal = sheaf_malloc(rows * sizeof *t->ordinal);
    t->new_place = sheaf_malloc(rows * sizeof *t->new_place);
    sheaf_status status = t->ordinal && t->new_place ? survey(t, error) : no_memory(error);
    bool most = t->chosen_bytes >= t->all_bytes / 2;
    uint64_t small = c->in_place ? SHEAF_FRAME_BYTES : SMALL_WINDOW;
    bool large = c->keep || t->chosen_bytes >= small;
    if (status == SHEAF_OK && t->chosen)
        status = most && large ? take_window(c, t, error) : take_rows(c, t, error);
    sheaf_free(t->ordinal);
    sheaf_free(t->new_place);
    return status;
}

/* Damage that a copy would hide is told before. */
static sheaf_status check_blocks(const sheaf_file *file, const sheaf_volume *volume,
                                 sheaf_error *error) {
    for (size_t i = 0; i < volume->block_count; i++) {
        char room[SHEAF_NAME_ROOM];
        const sheaf_catalog *catalog = &volume->catalog;
        uint64_t commit = sheaf_catalog_get(catalog, SHEAF_SECTION_BLOCK_COMMIT, i);
        sheaf_slice name = sheaf_name_articles(
            room, commit, sheaf_catalog_get(catalog, SHEAF_SECTION_BLOCK_PART, i));
        const sheaf_entry *entry = sheaf_file_entry(file, name);
        if (!entry)
            return sheaf_fail(error, SHEAF_CORRUPT, "%s is missing", room);
        sheaf_slice data = sheaf_file_data(file, entry);
        if (libdeflate_crc32(0, data.data, data.size) != entry->crc)
            return sheaf_fail(error, SHEAF_CORRUPT, "%s is damaged; sheaf verify tells more", room);
    }
    return SHEAF_OK;
}

static sheaf_status take_volume(sheaf_carrier *c, const sheaf_choice *choice,
                                const sheaf_volume *volume, uint32_t wanted, sheaf_error *error) {
    const sheaf_catalog *catalog = &volume->catalog;
    const sheaf_column *windows = &catalog->section[SHEAF_SECTION_WINDOW];
    sheaf_status status = check_blocks(choice->file, volume, error);
    for (uint64_t i = 0; i < windows->count && status == SHEAF_OK; i++) {
        taking t = {.volume = volume,
                    .part = choice->part + catalog->first,
                    .wanted = wanted,
                    .from = sheaf_column_get(windows, i),
                    .to =
                        i + 1 < windows->count ? sheaf_column_get(windows, i + 1) : catalog->rows};
        status =
            t.from < t.to && t.to <= catalog->rows ? take_some(c, &t, error) : unsound(&t, error);
    }
    return status;
}

/* Is anything of the volume wanted? */
static bool has_any(const sheaf_choice *choice, const sheaf_catalog *catalog, uint32_t wanted) {
    for (uint64_t i = 0; i < catalog->rows; i++) {
        if (choice->part[catalog->first + i] == wanted)
            return true;
    }
    return false;
}

sheaf_status sheaf_carrier_take(sheaf_carrier *c, sheaf_choice *choice, uint32_t wanted,
                                sheaf_error *error) {
    const sheaf_file *file = choice->file;
    sheaf_status status = SHEAF_OK;
    choice->base = c->articles;
    for (size_t i = 0; i < file->volume_count && status == SHEAF_OK; i++) {
        if (has_any(choice, &file->volumes[i].catalog, wanted))
            status = take_volume(c, choice, &file->volumes[i], wanted, error);
    }
    /* its unpackers know volumes by address, which another file may get again */
    sheaf_unpacker_free(c->rows);
    sheaf_unpacker_free(c->texts);
    c->rows = sheaf_unpacker_new(SHEAF_FRAMES_ROWS);
    c->texts = sheaf_unpacker_new(SHEAF_FRAMES_TEXTS);
    if (!c->rows || !c->texts)
        return no_memory(error);
    return status == SHEAF_OK ? status : sheaf_fail_within(error, status, "%s", file->path);
}

/* ---- from open to close ----------------------------------------------------------------- */

sheaf_status sheaf_carrier_settle(sheaf_carrier *c, sheaf_error *error) {
    sheaf_status status = flush(c, error);
    if (status == SHEAF_OK && (sheaf_segment_failed(&c->segment) || c->stay.failed))
        status = no_memory(error);
    return status == SHEAF_OK ? close_segment(c, error) : status;
}

sheaf_emitter *sheaf_carrier_emitter(sheaf_carrier *c) {
    return c->emitter;
}

bool sheaf_carrier_stays(const sheaf_carrier *c, uint64_t commit, uint64_t part) {
    for (size_t i = 0; i + 1 < c->stay.count; i += 2) {
        if (c->stay.items[i] == commit && c->stay.items[i + 1] == part)
            return true;
    }
    return false;
}

sheaf_pool *sheaf_carrier_pool(sheaf_carrier *c) {
    return c->pool;
}

sheaf_status sheaf_carrier_commit(sheaf_carrier *c, const char *plan, sheaf_error *error) {
    char created[SHEAF_CREATED_ROOM];
    sheaf_manifest *manifest = &c->emitter->manifest;
    manifest->commit = 1;
    manifest->articles = manifest->added = c->articles;
    manifest->bytes = c->row_bytes;
    manifest->created = sheaf_created_told(created);
    manifest->tool = SLICE("sheaf " SHEAF_VERSION);
    manifest->plan = sheaf_slice_of(plan);
    return sheaf_emitter_commit(c->emitter, error);
}

void sheaf_carrier_counts(const sheaf_carrier *c, sheaf_life_counts *counts) {
    if (!counts)
        return;
    counts->articles += c->articles;
    counts->copied += c->counts.copied;
    counts->packed += c->counts.packed;
    counts->bytes += c->emitter->disk.end;
}

static sheaf_status check_options(const sheaf_life_options *options, sheaf_error *error) {
    if (options->level < 0 || options->level > 19 || options->frame_bytes > SHEAF_FRAME_MAX ||
        options->threads > 256)
        return sheaf_fail(error, SHEAF_MISUSE, "level, size of frames or threads out of range");
    return SHEAF_OK;
}

static sheaf_status start(sheaf_carrier *c, const char *path, sheaf_error *error) {
    sheaf_disk disk;
    sheaf_directory none = {0};
    sheaf_status status = sheaf_disk_create(&disk, path, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_init(c->emitter, disk, &none, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_whole(c->emitter, SLICE(SHEAF_MIMETYPE_NAME), SLICE(SHEAF_MIMETYPE),
                                     error);
    return status;
}

static sheaf_carrier *new_carrier(const sheaf_life_options *options) {
    sheaf_carrier *c = sheaf_calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->own.disk.fd = -1;
    c->commit = 1;
    sheaf_arena_init(&c->own.names);
    sheaf_manifest_init(&c->own.manifest);
    sheaf_segment_init(&c->segment, 0);
    c->emitter = &c->own;
    c->pool = sheaf_pool_new(options->threads, options->level ? options->level : SHEAF_LEVEL);
    c->window = sheaf_window_new(options->frame_bytes ? options->frame_bytes : SHEAF_FRAME_BYTES);
    c->rows = sheaf_unpacker_new(SHEAF_FRAMES_ROWS);
    c->texts = sheaf_unpacker_new(SHEAF_FRAMES_TEXTS);
    if (c->pool && c->window && c->rows && c->texts)
        return c;
    sheaf_carrier_close(c);
    return NULL;
}

sheaf_status sheaf_carrier_open(sheaf_carrier **out, const char *path, bool keep,
                                const sheaf_life_options *options, sheaf_error *error) {
    sheaf_status status = check_options(options, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_carrier *c = new_carrier(options);
    if (!c)
        return no_memory(error);
    c->keep = keep;
    status = start(c, path, error);
    if (status == SHEAF_OK)
        *out = c;
    else
        sheaf_carrier_close(c);
    return status;
}

sheaf_status sheaf_carrier_open_within(sheaf_carrier **out, sheaf_emitter *emitter, uint64_t commit,
                                       uint64_t first, const sheaf_life_options *options,
                                       sheaf_error *error) {
    sheaf_status status = check_options(options, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_carrier *c = new_carrier(options);
    if (!c)
        return no_memory(error);
    c->emitter = emitter;
    c->commit = commit;
    c->in_place = true;
    c->articles = c->segment.first = first;
    *out = c;
    return SHEAF_OK;
}

void sheaf_carrier_close(sheaf_carrier *c) {
    if (!c)
        return;
    sheaf_emitter_clear(&c->own);
    sheaf_numbers_clear(&c->stay);
    sheaf_pool_free(c->pool);
    sheaf_window_free(c->window);
    sheaf_unpacker_free(c->rows);
    sheaf_unpacker_free(c->texts);
    sheaf_segment_clear(&c->segment);
    sheaf_free(c);
}
