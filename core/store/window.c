/* window.c - sorts by one 64-bit number, then by topic, and gathers frames.
 *
 *   63   56│55      24│23         0
 *   │ group │   key    │ arrival   │     sorting these numbers is a stable sort
 *
 * Within a group that sort only says where the one by topic begins.
 * Sealing lists the rows of each frame in their new order and sends their buffer
 * off with them; another one fills meanwhile. Strings are copied. The lists of
 * jobs take turns too: one is being compressed while the other is written. */
#include "store/window.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "store/topics.h"

enum { ARRIVAL_BITS = 24, GROUP_SHIFT = ARRIVAL_BITS + SHEAF_WINDOW_KEY_BITS };

typedef struct arrival {
    size_t row_end;                    /* in rows */
    size_t text_end[SHEAF_TEXT_COUNT]; /* in texts */
} arrival;

/* The frames of one sealed window. */
typedef struct frames {
    sheaf_job *jobs;
    uint64_t *first;
    size_t *end; /* in parts, or for strings in sorted_texts */
    size_t count, capacity;
} frames;

struct sheaf_window {
    size_t frame_bytes;
    sheaf_buffer rows, texts; /* as they came */
    size_t rows_taken;        /* bytes of rows that belong to an article */
    arrival *arrivals;
    uint64_t *keys;
    size_t count, capacity;
    sheaf_topics *topics;
    uint32_t *order; /* arrivals by place, when sorted */
    size_t order_capacity;
    bool is_sorted;
    /* of the sealed window */
    sheaf_buffer sent;  /* its rows, */
    sheaf_slice *parts; /* and they in their new order */
    sheaf_buffer sorted_texts;
    uint32_t *place;
    frames lists[2];
    frames *list; /* of the last seal */
};

sheaf_window *sheaf_window_new(size_t frame_bytes) {
    sheaf_window *window = sheaf_calloc(1, sizeof *window);
    if (!window)
        return NULL;
    window->frame_bytes = frame_bytes;
    window->list = window->lists;
    window->topics = sheaf_topics_new();
    if (window->topics)
        return window;
    sheaf_free(window);
    return NULL;
}

void sheaf_window_free(sheaf_window *window) {
    if (!window)
        return;
    sheaf_buffer_clear(&window->rows);
    sheaf_buffer_clear(&window->texts);
    sheaf_buffer_clear(&window->sent);
    sheaf_free(window->parts);
    sheaf_buffer_clear(&window->sorted_texts);
    sheaf_free(window->arrivals);
    sheaf_free(window->keys);
    sheaf_free(window->order);
    sheaf_free(window->place);
    sheaf_topics_free(window->topics);
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

size_t sheaf_window_bytes(const sheaf_window *window) {
    return window->rows_taken;
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

static sheaf_slice row_of(const sheaf_window *window, size_t i) {
    size_t from = i ? window->arrivals[i - 1].row_end : 0;
    return sheaf_slice_part(sheaf_buffer_view(&window->rows), from, window->arrivals[i].row_end);
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
    if (window->texts.failed || !sheaf_topics_add(window->topics, row_of(window, window->count))) {
        window->texts.failed = false;
        window->texts.size = texts;
        return false;
    }
    window->keys[window->count] = key << ARRIVAL_BITS | window->count;
    window->count++;
    window->is_sorted = false;
    window->rows_taken = window->rows.size;
    return true;
}

/* ---- sealing ------------------------------------------------------------------ */

static int compare_keys(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static sheaf_slice text_of(const sheaf_window *window, size_t i, size_t which) {
    const arrival *at = &window->arrivals[i];
    size_t from = which ? at->text_end[which - 1] : 0;
    if (!which && i)
        from = window->arrivals[i - 1].text_end[SHEAF_TEXT_COUNT - 1];
    return sheaf_slice_part(sheaf_buffer_view(&window->texts), from, at->text_end[which]);
}

static bool make_places(sheaf_window *window) {
    if (window->order_capacity >= window->count)
        return true;
    window->order_capacity = 0;
    if (!grow((void **)&window->order, window->count, sizeof *window->order) ||
        !grow((void **)&window->place, window->count, sizeof *window->place))
        return false;
    window->order_capacity = window->count;
    return true;
}

/* Sorts each group, a run of keys that are alike above GROUP_SHIFT, by topic. */
static void sort_groups(sheaf_window *window) {
    for (size_t from = 0, to = 0; from < window->count; from = to) {
        uint64_t group = window->keys[from] >> GROUP_SHIFT;
        while (to < window->count && window->keys[to] >> GROUP_SHIFT == group)
            to++;
        sheaf_topics_sort(window->topics, window->order + from, to - from, window->frame_bytes);
    }
}

bool sheaf_window_sort(sheaf_window *window) {
    if (window->is_sorted)
        return true;
    if (!make_places(window) || !sheaf_topics_learn(window->topics))
        return false;
    qsort(window->keys, window->count, sizeof *window->keys, compare_keys);
    for (size_t place = 0; place < window->count; place++)
        window->order[place] = window->keys[place] & (((uint32_t)1 << ARRIVAL_BITS) - 1);
    sort_groups(window);
    for (size_t place = 0; place < window->count; place++)
        window->place[window->order[place]] = (uint32_t)place;
    window->is_sorted = true;
    return true;
}

/* Ends a frame at end; its first article is at place. */
static bool end_frame(sheaf_window *window, size_t end, size_t place) {
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
    list->end[list->count++] = end;
    return true;
}

/* A frame ends before the row that would make it too large; a row that is too
 * large alone has a frame alone. */
static bool gather_rows(sheaf_window *window) {
    size_t first = 0, bytes = 0;
    if (!grow((void **)&window->parts, window->count, sizeof *window->parts))
        return false;
    for (size_t place = 0; place < window->count; place++) {
        sheaf_slice row = row_of(window, window->order[place]);
        if (place > first && bytes + row.size > window->frame_bytes) {
            if (!end_frame(window, place, first))
                return false;
            first = place;
            bytes = 0;
        }
        window->parts[place] = row;
        bytes += row.size;
    }
    return end_frame(window, window->count, first);
}

/* How many articles from place on share a frame of strings. */
static size_t text_run(const sheaf_window *window, size_t place) {
    size_t bytes = 0, at = place;
    for (; at < window->count; at++) {
        size_t i = window->order[at];
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
                sheaf_buffer_add(out, text_of(window, window->order[place + i], which));
                sheaf_buffer_char(out, (char)SHEAF_TEXT_END);
            }
        }
        if (out->failed || !end_frame(window, out->size, place))
            return false;
        place += run;
    }
    return true;
}

static void point_rows(const sheaf_window *window, sheaf_job *job, size_t from, size_t to) {
    job->parts = window->parts + from;
    job->part_count = to - from;
    for (size_t i = from; i < to; i++)
        job->raw.size += window->parts[i].size;
}

/* The buffers do not move any more: now the jobs can point into them. */
static void point_jobs(sheaf_window *window, size_t row_frames) {
    frames *list = window->list;
    size_t from = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (i == row_frames)
            from = 0;
        if (i < row_frames)
            point_rows(window, &list->jobs[i], from, list->end[i]);
        else
            list->jobs[i].raw =
                sheaf_slice_part(sheaf_buffer_view(&window->sorted_texts), from, list->end[i]);
        from = list->end[i];
    }
}

/* Empties a buffer, and gives back what one huge article has made it grow to. */
static void empty(sheaf_buffer *buffer) {
    if (buffer->capacity > 2 * SHEAF_WINDOW_BYTES)
        sheaf_buffer_clear(buffer);
    sheaf_buffer_reset(buffer);
}

static void swap_rows(sheaf_window *window) {
    sheaf_buffer filled = window->rows;
    window->rows = window->sent;
    window->sent = filled;
    empty(&window->rows);
}

bool sheaf_window_seal(sheaf_window *window, sheaf_sealed *sealed) {
    empty(&window->sorted_texts);
    window->list = &window->lists[window->list == window->lists];
    window->list->count = 0;
    if (!sheaf_window_sort(window) || !gather_rows(window))
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
    swap_rows(window);
    empty(&window->texts);
    sheaf_topics_reset(window->topics);
    window->rows_taken = window->count = 0;
    window->is_sorted = false;
    return true;
}

void sheaf_window_release(sheaf_window *window) {
    if (window->rows.size == 0)
        swap_rows(window);
}
