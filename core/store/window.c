/* window.c - sorts by one 64-bit number, and gathers frames.
 *
 *   63        24│23         0
 *   │ group key │ arrival   │     sorting these numbers is a stable sort
 *
 * Sealing copies rows and strings in their new order, so that each frame is one
 * run of bytes and the buffers of the arrivals are free again at once. The lists
 * of jobs take turns: one is being compressed while the other is written. */
#include "store/window.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"

enum { ARRIVAL_BITS = 24 };

typedef struct arrival {
    size_t row_end;                    /* in rows */
    size_t text_end[SHEAF_TEXT_COUNT]; /* in texts */
} arrival;

/* The frames of one sealed window. */
typedef struct frames {
    sheaf_job *jobs;
    uint64_t *first;
    size_t *end; /* in sorted, or for strings in sorted_texts */
    size_t count, capacity;
} frames;

struct sheaf_window {
    size_t frame_bytes;
    sheaf_buffer rows, texts; /* as they came */
    size_t rows_taken;        /* bytes of rows that belong to an article */
    arrival *arrivals;
    uint64_t *keys;
    size_t count, capacity;
    /* of the sealed window */
    sheaf_buffer sorted, sorted_texts;
    uint32_t *place;
    size_t place_capacity;
    frames lists[2];
    frames *list; /* of the last seal */
};

sheaf_window *sheaf_window_new(size_t frame_bytes) {
    sheaf_window *window = sheaf_calloc(1, sizeof *window);
    if (window) {
        window->frame_bytes = frame_bytes;
        window->list = window->lists;
    }
    return window;
}

void sheaf_window_free(sheaf_window *window) {
    if (!window)
        return;
    sheaf_buffer_clear(&window->rows);
    sheaf_buffer_clear(&window->texts);
    sheaf_buffer_clear(&window->sorted);
    sheaf_buffer_clear(&window->sorted_texts);
    sheaf_free(window->arrivals);
    sheaf_free(window->keys);
    sheaf_free(window->place);
    for (size_t i = 0; i < 2; i++) {
        sheaf_free(window->lists[i].jobs);
        sheaf_free(window->lists[i].first);
        sheaf_free(window->lists[i].end);
    }
    sheaf_free(window);
}

/* ---- filling ------------------------------------------------------------------ */

sheaf_buffer *sheaf_window_rows(sheaf_window *window) {
    return &window->rows;
}

void sheaf_window_drop(sheaf_window *window) {
    window->rows.size = window->rows_taken;
    window->rows.failed = false;
}

bool sheaf_window_is_full(const sheaf_window *window) {
    return window->rows_taken >= SHEAF_WINDOW_BYTES || window->count >= SHEAF_WINDOW_ROWS;
}

size_t sheaf_window_count(const sheaf_window *window) {
    return window->count;
}

static bool grow(void **items, size_t capacity, size_t size) {
    void *bigger = sheaf_realloc(*items, capacity * size);
    if (bigger)
        *items = bigger;
    return bigger != NULL;
}

static bool make_room(sheaf_window *window) {
    if (window->count < window->capacity)
        return true;
    size_t capacity = window->capacity ? 2 * window->capacity : 256;
    if (!grow((void **)&window->arrivals, capacity, sizeof *window->arrivals) ||
        !grow((void **)&window->keys, capacity, sizeof *window->keys))
        return false;
    window->capacity = capacity;
    return true;
}

bool sheaf_window_add(sheaf_window *window, uint64_t key,
                      const sheaf_slice text[SHEAF_TEXT_COUNT]) {
    if (window->rows.failed || !make_room(window))
        return false;
    arrival *next = &window->arrivals[window->count];
    size_t texts = window->texts.size;
    next->row_end = window->rows.size;
    for (size_t i = 0; i < SHEAF_TEXT_COUNT; i++) {
        sheaf_buffer_add(&window->texts, text[i]);
        next->text_end[i] = window->texts.size;
    }
    if (window->texts.failed) {
        window->texts.failed = false;
        window->texts.size = texts;
        return false;
    }
    window->keys[window->count] = key << ARRIVAL_BITS | window->count;
    window->count++;
    window->rows_taken = window->rows.size;
    return true;
}

/* ---- sealing ------------------------------------------------------------------ */

static int compare_keys(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static size_t arrival_at(const sheaf_window *window, size_t place) {
    return window->keys[place] & (((size_t)1 << ARRIVAL_BITS) - 1);
}

static sheaf_slice row_of(const sheaf_window *window, size_t i) {
    size_t from = i ? window->arrivals[i - 1].row_end : 0;
    return sheaf_slice_part(sheaf_buffer_view(&window->rows), from, window->arrivals[i].row_end);
}

static sheaf_slice text_of(const sheaf_window *window, size_t i, size_t which) {
    const arrival *at = &window->arrivals[i];
    size_t from = which ? at->text_end[which - 1] : 0;
    if (!which && i)
        from = window->arrivals[i - 1].text_end[SHEAF_TEXT_COUNT - 1];
    return sheaf_slice_part(sheaf_buffer_view(&window->texts), from, at->text_end[which]);
}

static bool sort(sheaf_window *window) {
    if (window->place_capacity < window->count) {
        if (!grow((void **)&window->place, window->count, sizeof *window->place))
            return false;
        window->place_capacity = window->count;
    }
    qsort(window->keys, window->count, sizeof *window->keys, compare_keys);
    for (size_t place = 0; place < window->count; place++)
        window->place[arrival_at(window, place)] = (uint32_t)place;
    return true;
}

/* Ends a frame at the present end of buffer; its first article is at place. */
static bool end_frame(sheaf_window *window, const sheaf_buffer *buffer, size_t place) {
    frames *list = window->list;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 128;
        if (!grow((void **)&list->jobs, capacity, sizeof *list->jobs) ||
            !grow((void **)&list->first, capacity, sizeof *list->first) ||
            !grow((void **)&list->end, capacity, sizeof *list->end))
            return false;
        list->capacity = capacity;
    }
    list->jobs[list->count] = (sheaf_job){0};
    list->first[list->count] = place;
    list->end[list->count++] = buffer->size;
    return true;
}

/* A frame ends before the row that would make it too large; a row that is too
 * large alone has a frame alone. */
static bool gather_rows(sheaf_window *window) {
    size_t first = 0, start = 0;
    for (size_t place = 0; place < window->count; place++) {
        sheaf_slice row = row_of(window, arrival_at(window, place));
        if (place > first && window->sorted.size - start + row.size > window->frame_bytes) {
            if (!end_frame(window, &window->sorted, first))
                return false;
            first = place;
            start = window->sorted.size;
        }
        sheaf_buffer_add(&window->sorted, row);
    }
    return !window->sorted.failed && end_frame(window, &window->sorted, first);
}

/* How many articles from place on share a frame of strings. */
static size_t text_run(const sheaf_window *window, size_t place) {
    size_t bytes = 0, at = place;
    for (; at < window->count; at++) {
        size_t i = arrival_at(window, at);
        size_t from = i ? window->arrivals[i - 1].text_end[SHEAF_TEXT_COUNT - 1] : 0;
        bytes += window->arrivals[i].text_end[SHEAF_TEXT_COUNT - 1] - from + SHEAF_TEXT_COUNT;
        if (at > place && bytes > SHEAF_TEXT_FRAME_BYTES)
            break;
    }
    return at - place;
}

static bool gather_texts(sheaf_window *window) {
    sheaf_buffer *out = &window->sorted_texts;
    for (size_t place = 0; place < window->count;) {
        size_t run = text_run(window, place);
        for (size_t which = 0; which < SHEAF_TEXT_COUNT; which++) {
            for (size_t i = 0; i < run; i++) {
                sheaf_buffer_add(out, text_of(window, arrival_at(window, place + i), which));
                sheaf_buffer_char(out, (char)SHEAF_TEXT_END);
            }
        }
        if (out->failed || !end_frame(window, out, place))
            return false;
        place += run;
    }
    return true;
}

/* The buffers do not move any more: now the jobs can point into them. */
static void point_jobs(sheaf_window *window, size_t row_frames) {
    frames *list = window->list;
    size_t from = 0;
    for (size_t i = 0; i < list->count; i++) {
        const sheaf_buffer *source = i < row_frames ? &window->sorted : &window->sorted_texts;
        if (i == row_frames)
            from = 0;
        list->jobs[i].raw = sheaf_slice_part(sheaf_buffer_view(source), from, list->end[i]);
        from = list->end[i];
    }
}

/* Empties a buffer, and gives back what one huge article has made it grow to. */
static void empty(sheaf_buffer *buffer) {
    if (buffer->capacity > 2 * SHEAF_WINDOW_BYTES)
        sheaf_buffer_clear(buffer);
    sheaf_buffer_reset(buffer);
}

bool sheaf_window_seal(sheaf_window *window, sheaf_sealed *sealed) {
    empty(&window->sorted);
    empty(&window->sorted_texts);
    window->list = &window->lists[window->list == window->lists];
    window->list->count = 0;
    if (!sheaf_buffer_reserve(&window->sorted, window->rows_taken) || !sort(window) ||
        !gather_rows(window))
        return false;
    size_t row_frames = window->list->count;
    if (!gather_texts(window))
        return false;
    point_jobs(window, row_frames);
    *sealed = (sheaf_sealed){.jobs = window->list->jobs,
                             .first = window->list->first,
                             .row_frames = row_frames,
                             .text_frames = window->list->count - row_frames,
                             .place = window->place,
                             .count = window->count};
    empty(&window->rows);
    empty(&window->texts);
    window->rows_taken = window->count = 0;
    return true;
}
