/* verify_rows.c - each frame unpacks, each row is JSON, the catalog tells the truth,
 * and the rows of layers speak of the articles that are there.
 *
 * Every worker reads through a view of the file of its own: the same mapping and
 * catalogs, other unpackers. */
#include "store/verify_rows.h"

#include "article/row.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/sheet.h"

enum { PROBLEMS_MAX = 100, SHEET_FRAMES = 16 };

typedef struct window {
    const sheaf_volume *volume;
    uint64_t from, to;        /* ordinals in the volume; none: its orders */
    const sheaf_entry *layer; /* in the place of a volume: a layer, and frames of it */
    sheaf_buffer problems;
    uint64_t count;
} window;

typedef struct reader {
    sheaf_file view;
    sheaf_article *article;
} reader;

struct sheaf_rows_check {
    window *windows;
    size_t count, capacity;
    reader *readers;
    unsigned workers;
    sheaf_buffer taken;
};

/* True when there is no need to look for more in this window. */
#define PROBLEM(w, ...)                                                                            \
    (sheaf_buffer_printf(&(w)->problems, __VA_ARGS__), sheaf_buffer_char(&(w)->problems, '\n'),    \
     ++(w)->count > PROBLEMS_MAX)

/* ---- jobs of a file ------------------------------------------------------------- */

static bool add(sheaf_rows_check *check, const sheaf_volume *volume, const sheaf_entry *layer,
                uint64_t from, uint64_t to) {
    if (check->count == check->capacity) {
        size_t capacity = check->capacity ? 2 * check->capacity : 16;
        window *windows = sheaf_realloc(check->windows, capacity * sizeof *windows);
        if (!windows)
            return false;
        check->windows = windows;
        check->capacity = capacity;
    }
    check->windows[check->count++] =
        (window){.volume = volume, .layer = layer, .from = from, .to = to};
    return true;
}

static bool add_volume(sheaf_rows_check *check, const sheaf_volume *volume) {
    const sheaf_column *starts = &volume->catalog.section[SHEAF_SECTION_WINDOW];
    uint64_t from = 0, rows = volume->catalog.rows;
    bool good = add(check, volume, NULL, 0, 0);
    for (uint64_t i = 1; i < starts->count && good; i++) {
        uint64_t to = sheaf_column_get(starts, i);
        if (to <= from || to >= rows)
            continue;
        good = add(check, volume, NULL, from, to);
        from = to;
    }
    return good && (from == rows || add(check, volume, NULL, from, rows));
}

/* One that cannot be taken apart is a job, too: that tells why. */
static bool add_layer(sheaf_rows_check *check, const sheaf_file *file, const sheaf_entry *entry) {
    sheaf_sheet sheet;
    uint64_t from = 0, frames = 0;
    if (sheaf_sheet_parse(&sheet, file, entry, NULL) == SHEAF_OK)
        frames = sheet.frames;
    bool good = true;
    do {
        good = add(check, NULL, entry, from,
                   from + SHEET_FRAMES < frames ? from + SHEET_FRAMES : frames);
        from += SHEET_FRAMES;
    } while (good && from < frames);
    return good;
}

static bool add_layers(sheaf_rows_check *check, const sheaf_file *file) {
    bool good = true;
    for (size_t i = 0; i < file->directory.count && good; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        if (sheaf_slice_starts(entry->name, SLICE("layers/")))
            good = add_layer(check, file, entry);
    }
    return good;
}

static bool add_readers(sheaf_rows_check *check, const sheaf_file *file, unsigned workers) {
    check->readers = sheaf_calloc(workers, sizeof *check->readers);
    for (unsigned i = 0; check->readers && i < workers; i++) {
        check->readers[i].view = *file;
        check->readers[i].view.rows = check->readers[i].view.texts = NULL;
        check->readers[i].article = sheaf_article_new();
        check->workers++;
        if (!check->readers[i].article)
            return false;
    }
    return check->readers != NULL;
}

sheaf_status sheaf_rows_check_open(sheaf_rows_check **out, const sheaf_file *file, unsigned workers,
                                   sheaf_error *error) {
    sheaf_rows_check *check = sheaf_calloc(1, sizeof *check);
    bool good = check && add_readers(check, file, workers);
    for (size_t i = 0; i < file->volume_count && good; i++)
        good = add_volume(check, &file->volumes[i]);
    good = good && add_layers(check, file);
    if (!good) {
        sheaf_rows_check_close(check);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    *out = check;
    return SHEAF_OK;
}

size_t sheaf_rows_check_jobs(const sheaf_rows_check *check) {
    return check->count;
}

void sheaf_rows_check_close(sheaf_rows_check *check) {
    if (!check)
        return;
    for (unsigned i = 0; i < check->workers; i++) {
        sheaf_article_free(check->readers[i].article);
        sheaf_unpacker_free(check->readers[i].view.rows);
        sheaf_unpacker_free(check->readers[i].view.texts);
    }
    for (size_t i = 0; i < check->count; i++)
        sheaf_buffer_clear(&check->windows[i].problems);
    sheaf_buffer_clear(&check->taken);
    sheaf_free(check->readers);
    sheaf_free(check->windows);
    sheaf_free(check);
}

/* ---- the orders of a volume ------------------------------------------------------- */

/* ORDER and PLACE each name every article once, and ORDER goes up by id. */
static void check_orders(window *w, uint8_t *seen) {
    const sheaf_catalog *c = &w->volume->catalog;
    uint64_t before = 0;
    for (uint64_t i = 0; i < c->rows; i++) {
        uint64_t place = sheaf_catalog_get(c, SHEAF_SECTION_PLACE, i);
        uint64_t ordinal = sheaf_catalog_get(c, SHEAF_SECTION_ORDER, i);
        if (place >= c->rows || ordinal >= c->rows || (seen[place] & 1) || (seen[ordinal] & 2)) {
            PROBLEM(w, "%.*s: article %llu has no order of its own", SLICE_ARGS(w->volume->name),
                    (unsigned long long)i);
            return;
        }
        seen[place] |= 1;
        seen[ordinal] |= 2;
        uint64_t id = sheaf_catalog_get(c, SHEAF_SECTION_ID, ordinal);
        if (id < before) {
            PROBLEM(w, "%.*s: ids are not in order", SLICE_ARGS(w->volume->name));
            return;
        }
        before = id;
    }
}

/* ---- the rows of a window ------------------------------------------------------------ */

/* Is the stored row what the catalog says of it? */
static bool agrees(const window *w, const sheaf_row_columns *row, const sheaf_article *article,
                   size_t bytes) {
    const sheaf_slice *field = article->field;
    const sheaf_column *hashes = &w->volume->catalog.section[SHEAF_SECTION_URL_HASH];
    uint64_t local = row->ordinal - w->volume->catalog.first;
    uint64_t hash = hashes->data ? sheaf_column_get(hashes, local) : 0;
    return row->bytes == bytes && sheaf_slice_equal(row->id, field[SHEAF_FIELD_ID]) &&
           sheaf_slice_equal(row->url, field[SHEAF_FIELD_URL]) &&
           sheaf_slice_equal(row->headline, field[SHEAF_FIELD_HEADLINE]) &&
           sheaf_slice_equal(row->publisher, field[SHEAF_FIELD_PUBLISHER]) &&
           sheaf_slice_equal(row->published, field[SHEAF_FIELD_PUBLISHED]) &&
           sheaf_slice_equal(row->language, field[SHEAF_FIELD_LANGUAGE]) &&
           (hash == 0 || hash == sheaf_url_hash(row->url));
}

/* SHEAF_END: there is no need to look for more. */
static sheaf_status check_article(window *w, reader *r, uint64_t ordinal, sheaf_error *error) {
    sheaf_slice json;
    sheaf_row_columns row;
    sheaf_error cause = {0};
    bool enough = false;
    sheaf_status status = sheaf_file_json(&r->view, ordinal, &json, &cause);
    if (status == SHEAF_OK)
        status = sheaf_row_read(r->article, json, &SHEAF_LIMITS_DEFAULT, &cause);
    if (status == SHEAF_OK)
        status = sheaf_file_row(&r->view, ordinal, &row, &cause);
    if (status == SHEAF_NO_MEMORY)
        return sheaf_fail(error, status, "out of memory");
    if (status != SHEAF_OK)
        enough = PROBLEM(w, "article %llu: %s", (unsigned long long)ordinal, cause.message);
    else if (!agrees(w, &row, r->article, json.size))
        enough = PROBLEM(w, "article %llu: the catalog says other things of it than its row",
                         (unsigned long long)ordinal);
    return enough ? SHEAF_END : SHEAF_OK;
}

static sheaf_status check_rows(window *w, reader *r, sheaf_error *error) {
    uint64_t first = w->volume->catalog.first;
    sheaf_status status = SHEAF_OK;
    for (uint64_t i = w->from; i < w->to && status == SHEAF_OK; i++) {
        if (!sheaf_file_is_gone(&r->view, first + i))
            status = check_article(w, r, first + i, error);
    }
    if (status != SHEAF_END)
        return status;
    PROBLEM(w, "%.*s: and so on", SLICE_ARGS(w->volume->name));
    return SHEAF_OK;
}

/* ---- the rows of a layer ---------------------------------------------------------------- */

static bool on_layer_row(void *context, const char *sentence) {
    window *w = context;
    return PROBLEM(w, "%.*s: %s", SLICE_ARGS(w->layer->name), sentence);
}

static sheaf_status check_layer(window *w, reader *r, sheaf_error *error) {
    sheaf_sheet sheet;
    sheaf_error cause = {0};
    sheaf_status status = sheaf_sheet_parse(&sheet, &r->view, w->layer, &cause);
    if (status != SHEAF_OK) {
        PROBLEM(w, "%s", cause.message);
        return SHEAF_OK;
    }
    return sheaf_sheet_verify(&sheet, &r->view, w->from, w->to, r->article, on_layer_row, w, error);
}

sheaf_status sheaf_rows_check_work(sheaf_rows_check *check, unsigned worker, size_t job,
                                   sheaf_error *error) {
    window *w = &check->windows[job];
    sheaf_status status = SHEAF_OK;
    if (w->layer) {
        status = check_layer(w, &check->readers[worker], error);
    } else if (w->from < w->to) {
        status = check_rows(w, &check->readers[worker], error);
    } else {
        uint8_t *seen = sheaf_calloc((size_t)w->volume->catalog.rows, 1);
        if (!seen)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        check_orders(w, seen);
        sheaf_free(seen);
    }
    return w->problems.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : status;
}

/* The packed bytes of the frames of a window. */
static uint64_t packed_bytes(const window *w) {
    if (w->layer)
        return w->from == 0 ? w->layer->size : 0;
    const sheaf_catalog *c = &w->volume->catalog;
    const sheaf_column *firsts = &c->section[SHEAF_SECTION_FRAME_FIRST];
    uint64_t sum = 0;
    if (w->from >= w->to)
        return 0;
    for (uint64_t i = sheaf_column_floor(firsts, w->from); i < firsts->count; i++) {
        if (sheaf_column_get(firsts, i) >= w->to)
            break;
        sum += sheaf_catalog_get(c, SHEAF_SECTION_FRAME_PACKED, i);
    }
    return sum;
}

sheaf_slice sheaf_rows_check_take(sheaf_rows_check *check, size_t job, uint64_t *bytes) {
    window *w = &check->windows[job];
    sheaf_buffer_clear(&check->taken);
    check->taken = w->problems;
    w->problems = (sheaf_buffer){0};
    *bytes = packed_bytes(w);
    return sheaf_buffer_view(&check->taken);
}
