/* writer.c - articles go in, commits come out.
 *
 *   add ─► window ─(full)─► seal, pool ─(next seal)─► articles/ entry
 *    └───► segment ─(window sealed, segment large)──► meta/ entry
 *   commit: the rest of both, manifest, .commit
 *
 * Invariants: a segment ends where a window ends, so that codes and places of
 * one window belong to one catalog. While a window is being compressed the one
 * before it is written and the next one fills. After a failure of any kind the writer only repeats
 * what failed, and closing leaves the file as the last commit left it. */
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "article/row.h"
#include "article/url.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "store/emit.h"
#include "store/file.h"
#include "store/originals.h"
#include "store/segment.h"
#include "store/window.h"
#include "text/language.h"
#include "text/words.h"

/* A catalog that this writer has written: for finding ids that are there. */
typedef struct written {
    void *map;
    size_t size;
    sheaf_catalog catalog;
} written;

/* A window on its way: being compressed, or waiting to be written. */
typedef struct flight {
    bool flying;
    sheaf_sealed sealed;
    uint64_t from; /* its first place in the segment */
} flight;

struct sheaf_writer {
    sheaf_emitter emitter;
    sheaf_file *base; /* what was there when an existing sheaf was opened */
    written *written;
    size_t written_count, written_capacity;
    sheaf_pool *pool;
    sheaf_window *window;
    flight flight;              /* the window in the pool, if any */
    sheaf_originals *originals; /* NULL: they are not kept */
    sheaf_segment segment;
    uint64_t commit; /* the number of the next one */
    uint64_t article_part, meta_part, original_part;
    uint64_t articles;        /* in the sheaf, with those not committed */
    uint64_t committed;       /* articles in the last commit */
    uint64_t row_bytes;       /* of all rows */
    uint64_t committed_bytes; /* of those in the last commit */
    uint64_t began;           /* length of the file at opening */
    sheaf_writer_counts counts;
    int64_t created;
    sheaf_arena strings; /* tool and plan */
    sheaf_slice tool, plan;
    bool replanned; /* plan is not what the last commit says */
    bool failed;
    sheaf_error failure;
};

/* Remembers a failure, so that it can be repeated. */
static sheaf_status fail(sheaf_writer *writer, sheaf_status status, sheaf_error *error) {
    if (!writer->failed) {
        writer->failed = true;
        if (writer->failure.status == SHEAF_OK)
            sheaf_fail(&writer->failure, status, "%s: %s", writer->emitter.disk.path,
                       sheaf_status_text(status));
    }
    if (error)
        *error = writer->failure;
    return writer->failure.status;
}

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- frames of a sealed window -------------------------------------------------- */

/* Begins another articles/ entry, and makes it the last block of the segment. */
static sheaf_status begin_block(sheaf_writer *w, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    if (++w->article_part > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT,
                          "%s: a commit of more than %d entries; commit earlier",
                          w->emitter.disk.path, SHEAF_PART_LAST);
    sheaf_segment_put(&w->segment, SHEAF_SECTION_BLOCK_COMMIT, w->commit);
    sheaf_segment_put(&w->segment, SHEAF_SECTION_BLOCK_PART, w->article_part);
    return sheaf_emitter_begin(&w->emitter, sheaf_name_articles(room, w->commit, w->article_part),
                               error);
}

static sheaf_status put_row_frame(sheaf_writer *w, const sheaf_job *job, uint64_t first,
                                  sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (w->emitter.open && sheaf_emitter_size(&w->emitter) + job->size > SHEAF_BLOCK_BYTES)
        status = sheaf_emitter_end(&w->emitter, error);
    if (status == SHEAF_OK && !w->emitter.open)
        status = begin_block(w, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_segment *s = &w->segment;
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_FIRST, first);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_BLOCK, s->numbers[SHEAF_SECTION_BLOCK_PART].count - 1);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_OFFSET, sheaf_emitter_size(&w->emitter));
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_PACKED, job->size);
    sheaf_segment_put(s, SHEAF_SECTION_FRAME_RAW, job->raw.size);
    return sheaf_emitter_put(&w->emitter, sheaf_slice_from(job->packed, job->size), error);
}

static void put_text_frame(sheaf_segment *s, const sheaf_job *job, uint64_t first) {
    sheaf_buffer *texts = &s->bytes[SHEAF_SECTION_TEXTS];
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_FIRST, first);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_OFFSET, texts->size);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_PACKED, job->size);
    sheaf_segment_put(s, SHEAF_SECTION_TEXT_RAW, job->raw.size);
    sheaf_buffer_append(texts, job->packed, job->size);
}

/* Writes what has become of a window that is compressed. */
static sheaf_status land(sheaf_writer *w, const flight *done, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (!done->flying)
        return SHEAF_OK;
    for (size_t i = 0; i < done->sealed.row_frames + done->sealed.text_frames; i++) {
        sheaf_job *job = &done->sealed.jobs[i];
        uint64_t first = done->from + done->sealed.first[i];
        if (status == SHEAF_OK && job->failed)
            status = no_memory(error);
        else if (status == SHEAF_OK && i < done->sealed.row_frames)
            status = put_row_frame(w, job, first, error);
        else if (status == SHEAF_OK)
            put_text_frame(&w->segment, job, first);
        sheaf_free(job->packed);
    }
    if (status == SHEAF_OK && sheaf_segment_failed(&w->segment))
        status = no_memory(error);
    return status;
}

/* Waits for the window in the pool, and writes it. */
static sheaf_status land_last(sheaf_writer *w, sheaf_error *error) {
    sheaf_pool_wait(w->pool);
    flight done = w->flight;
    w->flight.flying = false;
    return land(w, &done, error);
}

/* ---- segments ----------------------------------------------------------------------- */

/* Maps a catalog that was just written as [offset, offset + size). */
static sheaf_status remember(sheaf_writer *w, uint64_t offset, size_t size, sheaf_error *error) {
    if (w->written_count == w->written_capacity) {
        size_t capacity = w->written_capacity ? 2 * w->written_capacity : 8;
        written *bigger = sheaf_realloc(w->written, capacity * sizeof *bigger);
        if (!bigger)
            return no_memory(error);
        w->written = bigger;
        w->written_capacity = capacity;
    }
    written *next = &w->written[w->written_count];
    size_t before = (size_t)(offset % (uint64_t)sysconf(_SC_PAGESIZE));
    next->size = size + before;
    next->map =
        mmap(NULL, next->size, PROT_READ, MAP_SHARED, w->emitter.disk.fd, (off_t)(offset - before));
    if (next->map == MAP_FAILED)
        return sheaf_fail_errno(error, "cannot map", w->emitter.disk.path);
    w->written_count++;
    posix_madvise(next->map, next->size, POSIX_MADV_RANDOM); /* only ids are looked at */
    return sheaf_catalog_parse(&next->catalog, sheaf_slice_from((char *)next->map + before, size),
                               error);
}

static sheaf_status write_catalog(sheaf_writer *w, sheaf_slice bytes, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    if (++w->meta_part > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT,
                          "%s: a commit of more than %d catalogs; commit earlier",
                          w->emitter.disk.path, SHEAF_PART_LAST);
    sheaf_status status = sheaf_emitter_whole(
        &w->emitter, sheaf_name_meta(room, w->commit, w->meta_part), bytes, error);
    if (status == SHEAF_OK)
        status = remember(w, w->emitter.disk.end - bytes.size, bytes.size, error);
    return status;
}

/* Ends the articles/ entry, writes the catalog, begins the next segment. */
static sheaf_status close_segment(sheaf_writer *w, sheaf_error *error) {
    sheaf_buffer bytes = {0};
    if (sheaf_segment_rows(&w->segment) == 0)
        return SHEAF_OK;
    sheaf_status status = sheaf_emitter_end(&w->emitter, error);
    if (status == SHEAF_OK)
        status = sheaf_segment_encode(&w->segment, &bytes, error);
    if (status == SHEAF_OK)
        status = write_catalog(w, sheaf_buffer_view(&bytes), error);
    sheaf_buffer_clear(&bytes);
    sheaf_segment_clear(&w->segment);
    sheaf_segment_init(&w->segment, w->articles);
    return status;
}

/* Sends the window off to be compressed. The one before it is written while
 * the others are at work on the new one. */
static sheaf_status flush(sheaf_writer *w, sheaf_error *error) {
    if (sheaf_window_count(w->window) == 0)
        return SHEAF_OK;
    sheaf_numbers *places = &w->segment.numbers[SHEAF_SECTION_PLACE];
    if (!sheaf_window_sort(w->window)) /* others are still at work on the last one */
        return no_memory(error);
    sheaf_pool_wait(w->pool);
    flight done = w->flight, next = {.flying = true, .from = places->count};
    if (!sheaf_window_seal(w->window, &next.sealed))
        return no_memory(error);
    sheaf_segment_put(&w->segment, SHEAF_SECTION_WINDOW, next.from);
    for (size_t i = 0; i < next.sealed.count; i++)
        sheaf_numbers_add(places, next.from + next.sealed.place[i]);
    sheaf_pool_start(w->pool, next.sealed.jobs, next.sealed.row_frames + next.sealed.text_frames);
    w->flight = next;
    sheaf_status status = land(w, &done, error);
    if (status == SHEAF_OK && !sheaf_pool_has_helpers(w->pool)) {
        status = land_last(w, error);
        sheaf_window_release(w->window);
    }
    if (status != SHEAF_OK || sheaf_segment_rows(&w->segment) < SHEAF_SEGMENT_ROWS)
        return status;
    status = land_last(w, error);
    return status == SHEAF_OK ? close_segment(w, error) : status;
}

/* ---- originals ------------------------------------------------------------------------ */

/* Writes the originals that are packed, as an entry of their own. */
static sheaf_status write_originals(sheaf_writer *w, sheaf_error *error) {
    char room[SHEAF_NAME_ROOM];
    sheaf_status status = sheaf_originals_pack(w->originals, w->pool, error);
    if (status != SHEAF_OK || sheaf_originals_size(w->originals) == 0)
        return status;
    if (++w->original_part > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT,
                          "%s: a commit of more than %d entries; commit earlier",
                          w->emitter.disk.path, SHEAF_PART_LAST);
    sheaf_slice name = sheaf_name_originals(room, w->commit, w->original_part), bytes;
    status = sheaf_emitter_end(&w->emitter, error);
    if (status == SHEAF_OK)
        status = sheaf_originals_finish(w->originals, &bytes, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_whole(&w->emitter, name, bytes, error);
    return status;
}

static sheaf_status keep_original(sheaf_writer *w, const sheaf_article *article,
                                  sheaf_error *error) {
    if (!w->originals || article->original.size == 0)
        return SHEAF_OK;
    if (!sheaf_originals_add(w->originals, article->provenance.sha256, article->original))
        return no_memory(error);
    if (!sheaf_originals_is_full(w->originals))
        return SHEAF_OK;
    sheaf_pool_wait(w->pool); /* for the window that is in it */
    sheaf_status status = sheaf_originals_pack(w->originals, w->pool, error);
    if (status == SHEAF_OK && sheaf_originals_size(w->originals) >= SHEAF_ORIGINALS_BYTES)
        status = write_originals(w, error);
    return status;
}

/* ---- adding --------------------------------------------------------------------------- */

static bool catalog_has(const sheaf_catalog *catalog, uint64_t id) {
    uint64_t from, to;
    sheaf_catalog_ids(catalog, id, id, &from, &to);
    return from < to;
}

static bool has_id(const sheaf_writer *w, uint64_t id) {
    if (sheaf_segment_has(&w->segment, id))
        return true;
    for (size_t i = w->written_count; i-- > 0;) {
        if (catalog_has(&w->written[i].catalog, id))
            return true;
    }
    for (size_t i = 0; w->base && i < w->base->volume_count; i++) {
        if (sheaf_file_has_live(w->base, &w->base->volumes[i], id))
            return true;
    }
    return false;
}

/* Appends the row to the window. What is refused here harms nothing. */
static sheaf_status write_row(sheaf_writer *w, const sheaf_article *article, size_t *size,
                              sheaf_error *error) {
    sheaf_buffer *rows = sheaf_window_rows(w->window);
    size_t start = rows->size;
    sheaf_row_write(rows, article);
    sheaf_buffer_char(rows, '\n');
    sheaf_slice row = sheaf_slice_part(sheaf_buffer_view(rows), start, rows->size);
    sheaf_slice id = article->field[SHEAF_FIELD_ID];
    sheaf_status status = SHEAF_OK;
    if (rows->failed)
        status = no_memory(error);
    else if (row.size > SHEAF_ROW_MAX)
        status = sheaf_fail(error, SHEAF_LIMIT, "article %.*s: its row has more than %zu bytes",
                            SLICE_ARGS(id), SHEAF_ROW_MAX);
    else if (!sheaf_utf8_valid(row) || sheaf_slice_find_char(row, 0, '\n') != row.size - 1)
        status = sheaf_fail(error, SHEAF_BAD_INPUT, "article %.*s: not all of it is UTF-8",
                            SLICE_ARGS(sheaf_utf8_valid(id) ? id : SLICE("?")));
    if (status != SHEAF_OK)
        sheaf_window_drop(w->window);
    *size = row.size;
    return status;
}

/* What is to lie together: a script; in it, neighbours to begin with are those of
 * a site, or of a publisher when there is no site. Codes are in order of arrival. */
static uint64_t group_key(const sheaf_writer *w, const sheaf_article *article) {
    const sheaf_numbers *numbers = w->segment.numbers;
    size_t i = numbers[SHEAF_SECTION_SITE].count - 1;
    uint64_t script = (uint64_t)sheaf_script_of(article->field[SHEAF_FIELD_TEXT]);
    uint64_t site = numbers[SHEAF_SECTION_SITE].items[i];
    uint64_t publisher = numbers[SHEAF_SECTION_PUBLISHER].items[i];
    return script << 32 | (site ? site : publisher | (uint64_t)1 << 31);
}

/* From here on a failure leaves window and segment apart, and ends the writer. */
static bool take_row(sheaf_writer *w, const sheaf_article *article, uint64_t number, bool odd,
                     size_t size) {
    const sheaf_slice *field = article->field;
    sheaf_segment_row row = {.id = number,
                             .odd = odd,
                             .published = sheaf_stamp_pack(field[SHEAF_FIELD_PUBLISHED]),
                             .language = field[SHEAF_FIELD_LANGUAGE],
                             .site = sheaf_url_site(field[SHEAF_FIELD_URL]),
                             .publisher = field[SHEAF_FIELD_PUBLISHER],
                             .words = sheaf_word_count(field[SHEAF_FIELD_TEXT]),
                             .bytes = size - 1,
                             .url_hash = sheaf_url_hash(field[SHEAF_FIELD_URL])};
    sheaf_slice texts[SHEAF_TEXT_COUNT] = {[SHEAF_TEXT_URL] = field[SHEAF_FIELD_URL],
                                           [SHEAF_TEXT_HEADLINE] = field[SHEAF_FIELD_HEADLINE]};
    if (odd)
        texts[SHEAF_TEXT_ID] = field[SHEAF_FIELD_ID];
    if (sheaf_stamp_is_odd(row.published))
        texts[SHEAF_TEXT_PUBLISHED] = field[SHEAF_FIELD_PUBLISHED];
    sheaf_segment_add(&w->segment, &row);
    return !sheaf_segment_failed(&w->segment) &&
           sheaf_window_add(w->window, group_key(w, article), texts);
}

/* The first windows after a commit go early, since other threads have no work until
 * then: each may be as large as all before it and a first one. */
static bool is_window_due(const sheaf_writer *w) {
    size_t bytes = sheaf_window_bytes(w->window);
    uint64_t sent = w->row_bytes - w->committed_bytes - bytes;
    return sheaf_window_is_full(w->window) || bytes >= SHEAF_FIRST_WINDOW_BYTES + sent;
}

sheaf_status sheaf_writer_add(sheaf_writer *w, const sheaf_article *article, sheaf_error *error) {
    bool odd;
    size_t size;
    sheaf_slice id = article->field[SHEAF_FIELD_ID];
    if (w->failed)
        return fail(w, SHEAF_IO, error);
    if (id.size == 0)
        return sheaf_fail(error, SHEAF_MISUSE, "an article without an id cannot be stored");
    uint64_t number = sheaf_id_number(id, &odd);
    if (has_id(w, number)) {
        w->counts.existed++;
        return SHEAF_EXISTS;
    }
    sheaf_status status = write_row(w, article, &size, error);
    if (status != SHEAF_OK)
        return status;
    if (!take_row(w, article, number, odd, size)) {
        status = no_memory(&w->failure);
        return fail(w, status, error);
    }
    w->articles++;
    w->counts.articles++;
    w->counts.row_bytes += size;
    w->row_bytes += size;
    status = keep_original(w, article, &w->failure);
    if (status == SHEAF_OK && is_window_due(w))
        status = flush(w, &w->failure);
    return status == SHEAF_OK ? status : fail(w, status, error);
}

/* ---- commit ------------------------------------------------------------------------------ */

/* The time for the manifest as EDTF; empty when none is to be told. */
static sheaf_slice created_text(const sheaf_writer *w, char text[32]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t seconds = (time_t)w->created;
    struct tm calendar;
    if (w->created == SHEAF_CREATED_NOW)
        seconds = time(NULL);
    else if (w->created == 0 && epoch)
        seconds = (time_t)strtoll(epoch, NULL, 10);
    if (seconds <= 0 || !gmtime_r(&seconds, &calendar))
        return (sheaf_slice){0};
    return sheaf_slice_from(text, strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &calendar));
}

static sheaf_status write_commit(sheaf_writer *w, sheaf_error *error) {
    char created[32];
    sheaf_manifest *manifest = &w->emitter.manifest;
    manifest->commit = w->commit;
    manifest->articles = w->articles - (w->base ? w->base->dropped_count : 0);
    manifest->added = w->articles - w->committed;
    manifest->bytes = w->row_bytes;
    manifest->created = created_text(w, created);
    manifest->tool = w->tool;
    manifest->plan = w->plan;
    return sheaf_emitter_commit(&w->emitter, error);
}

sheaf_status sheaf_writer_commit(sheaf_writer *w, sheaf_error *error) {
    if (w->failed)
        return fail(w, SHEAF_IO, error);
    if (w->commit > 1 && w->articles == w->committed && !w->replanned)
        return SHEAF_OK;
    if (w->commit > SHEAF_COMMIT_LAST)
        return sheaf_fail(error, SHEAF_LIMIT, "%s has had %d commits and takes no more",
                          w->emitter.disk.path, SHEAF_COMMIT_LAST);
    sheaf_status status = flush(w, &w->failure);
    if (status == SHEAF_OK)
        status = land_last(w, &w->failure);
    if (status == SHEAF_OK)
        status = close_segment(w, &w->failure);
    if (status == SHEAF_OK && w->originals)
        status = write_originals(w, &w->failure);
    if (status == SHEAF_OK)
        status = write_commit(w, &w->failure);
    if (status != SHEAF_OK)
        return fail(w, status, error);
    w->commit++;
    w->counts.commits++;
    w->committed = w->articles;
    w->committed_bytes = w->row_bytes;
    w->article_part = w->meta_part = w->original_part = 0;
    w->replanned = false;
    return SHEAF_OK;
}

sheaf_status sheaf_writer_plan(sheaf_writer *w, const char *plan, sheaf_error *error) {
    sheaf_slice text = sheaf_slice_of(plan);
    if (sheaf_slice_equal(text, w->plan))
        return SHEAF_OK;
    sheaf_slice tool = sheaf_arena_copy(&w->strings, w->tool);
    sheaf_slice copy = sheaf_arena_copy(&w->strings, text);
    if (w->strings.failed)
        return no_memory(error);
    w->tool = tool;
    w->plan = copy;
    w->replanned = true;
    return SHEAF_OK;
}

sheaf_status sheaf_writer_publish(sheaf_writer *w, sheaf_error *error) {
    if (w->failed)
        return fail(w, SHEAF_IO, error);
    w->emitter.disk.hold = false;
    return sheaf_disk_publish(&w->emitter.disk, error);
}

void sheaf_writer_counts_get(const sheaf_writer *w, sheaf_writer_counts *counts) {
    *counts = w->counts;
    counts->written = w->emitter.disk.end - w->began;
}

/* ---- opening and closing ------------------------------------------------------------------- */

static sheaf_status open_new(sheaf_writer *w, const char *path, bool hold, sheaf_error *error) {
    sheaf_disk disk;
    sheaf_directory none = {0};
    sheaf_status status = sheaf_disk_create(&disk, path, error);
    if (status != SHEAF_OK)
        return status;
    disk.hold = hold;
    w->commit = 1;
    status = sheaf_emitter_init(&w->emitter, disk, &none, error);
    if (status == SHEAF_OK)
        status = sheaf_emitter_whole(&w->emitter, SLICE(SHEAF_MIMETYPE_NAME), SLICE(SHEAF_MIMETYPE),
                                     error);
    return status;
}

/* Cuts what an interrupted writer left behind the last commit, unless it is a
 * commit itself that was damaged later. */
static sheaf_status cut_tail(sheaf_writer *w, const sheaf_disk *disk, sheaf_error *error) {
    uint64_t end = w->base->directory.end;
    w->counts.torn = w->base->torn;
    if (w->base->torn == 0 && !w->base->directory.rebuilt)
        return SHEAF_OK;
    if (w->base->directory.rebuilt || sheaf_directory_damaged(disk->fd, end, end + w->base->torn))
        return sheaf_fail(error, SHEAF_CORRUPT,
                          "%s: its last commit is damaged; nothing is appended, so that it can be "
                          "repaired",
                          disk->path);
    if (ftruncate(disk->fd, (off_t)end) != 0)
        return sheaf_fail_errno(error, "cannot cut the torn end of", disk->path);
    return SHEAF_OK;
}

static sheaf_status open_old(sheaf_writer *w, const char *path, sheaf_writer_mode mode,
                             sheaf_error *error) {
    sheaf_disk disk;
    sheaf_status status = mode == SHEAF_WRITER_RESUME ? sheaf_disk_resume(&disk, path, error)
                                                      : sheaf_disk_append(&disk, path, error);
    if (status != SHEAF_OK)
        return status;
    status = sheaf_file_open(&w->base, disk.partial ? disk.partial : path, error);
    if (status == SHEAF_OK)
        status = sheaf_file_manifest(w->base, error);
    if (status == SHEAF_OK)
        status = cut_tail(w, &disk, error);
    if (status != SHEAF_OK) {
        disk.end = disk.committed = 0; /* nothing of ours is in it */
        disk.keep_partial = true;
        sheaf_disk_close(&disk);
        return status;
    }
    w->commit = w->base->directory.number + 1;
    w->articles = w->committed = w->base->count;
    w->row_bytes = w->committed_bytes = w->base->manifest.bytes;
    w->began = w->base->directory.end;
    status = sheaf_emitter_init(&w->emitter, disk, &w->base->directory, error);
    memcpy(w->emitter.previous, w->base->manifest_sha256, sizeof w->emitter.previous);
    return status;
}

static sheaf_status open_when_free(sheaf_writer *w, const char *path, sheaf_writer_mode mode,
                                   const sheaf_writer_options *options, sheaf_error *error) {
    uint64_t waited = 0;
    sheaf_status status;
    do {
        status = mode == SHEAF_WRITER_CREATE ? open_new(w, path, options->hold, error)
                                             : open_old(w, path, mode, error);
    } while (status == SHEAF_LOCKED && sheaf_disk_wait(&waited, options->wait));
    return status;
}

static sheaf_status check_options(const sheaf_writer_options *options, sheaf_error *error) {
    if (options->level < 0 || options->level > 19)
        return sheaf_fail(error, SHEAF_MISUSE, "level %d: from 1 to 19", options->level);
    if (options->frame_bytes > SHEAF_FRAME_MAX)
        return sheaf_fail(error, SHEAF_MISUSE, "frames of more than %zu bytes", SHEAF_FRAME_MAX);
    if (options->threads > 256)
        return sheaf_fail(error, SHEAF_MISUSE, "more than 256 threads");
    return SHEAF_OK;
}

static bool take_options(sheaf_writer *w, const sheaf_writer_options *options) {
    const char *tool = options->tool ? options->tool : "sheaf " SHEAF_VERSION;
    w->created = options->created;
    w->tool = sheaf_arena_copy(&w->strings, sheaf_slice_of(tool));
    w->plan = sheaf_arena_copy(&w->strings, sheaf_slice_of(options->plan));
    w->window = sheaf_window_new(options->frame_bytes ? options->frame_bytes : SHEAF_FRAME_BYTES);
    w->pool = sheaf_pool_new(options->threads, options->level ? options->level : SHEAF_LEVEL);
    if (options->originals)
        w->originals = sheaf_originals_new();
    return w->window && w->pool && !w->strings.failed && (w->originals || !options->originals);
}

sheaf_status sheaf_writer_open(sheaf_writer **out, const char *path, sheaf_writer_mode mode,
                               const sheaf_writer_options *options, sheaf_error *error) {
    const sheaf_writer_options defaults = {0};
    if (!options)
        options = &defaults;
    sheaf_status status = check_options(options, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_writer *w = sheaf_calloc(1, sizeof *w);
    if (!w)
        return no_memory(error);
    w->emitter.disk.fd = -1;
    sheaf_arena_init(&w->strings);
    sheaf_arena_init(&w->emitter.names);
    sheaf_manifest_init(&w->emitter.manifest);
    sheaf_segment_init(&w->segment, 0);
    status = take_options(w, options) ? SHEAF_OK : no_memory(error);
    if (status == SHEAF_OK)
        status = open_when_free(w, path, mode, options, error);
    w->segment.first = w->articles;
    if (status == SHEAF_OK)
        *out = w;
    else
        sheaf_writer_close(w);
    return status;
}

sheaf_status sheaf_writer_create(sheaf_writer **out, const char *path, sheaf_error *error) {
    return sheaf_writer_open(out, path, SHEAF_WRITER_CREATE, NULL, error);
}

sheaf_status sheaf_writer_append(sheaf_writer **out, const char *path, sheaf_error *error) {
    return sheaf_writer_open(out, path, SHEAF_WRITER_APPEND, NULL, error);
}

static void drop_flight(sheaf_writer *w) {
    const sheaf_sealed *sealed = &w->flight.sealed;
    if (!w->flight.flying)
        return;
    sheaf_pool_wait(w->pool);
    for (size_t i = 0; i < sealed->row_frames + sealed->text_frames; i++)
        sheaf_free(sealed->jobs[i].packed);
}

void sheaf_writer_close(sheaf_writer *w) {
    if (!w)
        return;
    drop_flight(w);
    for (size_t i = 0; i < w->written_count; i++)
        munmap(w->written[i].map, w->written[i].size);
    sheaf_free(w->written);
    sheaf_emitter_clear(&w->emitter);
    sheaf_file_close(w->base);
    sheaf_originals_free(w->originals);
    sheaf_pool_free(w->pool);
    sheaf_window_free(w->window);
    sheaf_segment_clear(&w->segment);
    sheaf_arena_clear(&w->strings);
    sheaf_free(w);
}
