/* crew_feed.c - cuts what comes into chunks: a sheaf by windows, other articles by number.
 *
 *   window 0             window 1
 *   │ 0 │ 1 │ 2 │ 3 │    │ 4 │ 5 │ 6 │      chunks of 256 ordinals
 *
 * The frames of a window hold its articles in another order, so a window is unpacked whole, by
 * one piece of work, before the chunks that read from it; with several threads the next window is
 * unpacked while this one is worked through. Filters that need no more than columns see the
 * columns first, and what they drop is not unpacked. */
#include "script/crew_parts.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

/* ---- windows ---------------------------------------------------------------------- */

static sheaf_crew_window *new_window(sheaf_crew *crew) {
    sheaf_crew_window *window = crew->spare_windows;
    if (window) {
        crew->spare_windows = window->next;
        window->next = NULL;
        return window;
    }
    window = sheaf_calloc(1, sizeof *window);
    if (window) {
        pthread_mutex_init(&window->lock, NULL);
        pthread_cond_init(&window->unpacked, NULL);
    }
    return window;
}

void sheaf_crew_window_free(sheaf_crew_window *window) {
    if (!window)
        return;
    pthread_mutex_destroy(&window->lock);
    pthread_cond_destroy(&window->unpacked);
    sheaf_buffer_clear(&window->reasons);
    sheaf_scan_close(window->scan);
    sheaf_free(window->entries);
    sheaf_free(window);
}

/* Back among the spare ones when nobody needs it any more. */
static void let_go(sheaf_crew *crew, sheaf_crew_window *window) {
    if (window->users > 0 || !window->cut)
        return;
    sheaf_buffer_reset(&window->reasons);
    window->entry_count = 0;
    window->status = SHEAF_OK;
    window->ready = window->cut = false;
    window->next = crew->spare_windows;
    crew->spare_windows = window;
}

void sheaf_crew_window_wait(sheaf_crew_window *window) {
    pthread_mutex_lock(&window->lock);
    while (!window->ready)
        pthread_cond_wait(&window->unpacked, &window->lock);
    pthread_mutex_unlock(&window->lock);
}

static void tell_ready(sheaf_crew_window *window) {
    pthread_mutex_lock(&window->lock);
    window->ready = true;
    pthread_cond_broadcast(&window->unpacked);
    pthread_mutex_unlock(&window->lock);
}

static sheaf_entry_row *add_entry(sheaf_crew_window *window, uint64_t ordinal) {
    if (window->entry_count == window->entry_room) {
        size_t room = window->entry_room ? 2 * window->entry_room : 256;
        sheaf_entry_row *grown = sheaf_realloc(window->entries, room * sizeof *grown);
        if (!grown) {
            window->status = sheaf_fail(&window->error, SHEAF_NO_MEMORY, "out of memory");
            return NULL;
        }
        window->entries = grown;
        window->entry_room = room;
    }
    sheaf_entry_row *entry = &window->entries[window->entry_count++];
    *entry = (sheaf_entry_row){.ordinal = ordinal};
    return entry;
}

/* ---- filters by columns --------------------------------------------------------------- */

/* An article that has what the columns say and nothing else. */
static void fill(sheaf_article *article, const sheaf_glance *glance) {
    memset(article->field, 0, sizeof article->field);
    article->view = (sheaf_row_view){0};
    article->field[SHEAF_FIELD_ID] = glance->id;
    article->field[SHEAF_FIELD_LANGUAGE] = glance->language;
    article->field[SHEAF_FIELD_PUBLISHER] = glance->publisher;
    article->field[SHEAF_FIELD_PUBLISHED] = glance->published;
}

/* A filter that fails is asked again with the whole article, and fails again. */
static void filter_entry(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_entry_row *entry,
                         const sheaf_glance *glance) {
    bool keep = true;
    fill(&w->article, glance);
    sheaf_loan_begin(&w->loan, &w->article);
    w->loan.site = glance->site;
    w->loan.has_words = true;
    w->loan.words = glance->words;
    unsigned i = 0;
    for (; i < crew->by_columns && keep; i++) {
        if (!sheaf_plugin_filter(w->steps[i], &w->loan, &keep))
            break;
    }
    if (!keep && i > 0)
        entry->dropped = i;
    entry->first = i == crew->by_columns ? i : 0;
    w->loan.site = (sheaf_slice){0};
    sheaf_loan_end(&w->loan);
}

/* ---- unpacking -------------------------------------------------------------------------- */

static void keep_reason(sheaf_crew_window *window, sheaf_entry_row *entry, sheaf_slice reason) {
    entry->damaged = true;
    entry->offset = window->reasons.size;
    entry->size = reason.size;
    sheaf_buffer_add(&window->reasons, reason);
    if (window->reasons.failed)
        window->status = sheaf_fail(&window->error, SHEAF_NO_MEMORY, "out of memory");
}

static void unpack_entry(sheaf_crew_window *window, sheaf_entry_row *entry) {
    sheaf_error error = {0};
    uint64_t ordinal;
    sheaf_scan_move(window->scan, entry->ordinal, entry->ordinal + 1);
    sheaf_status status = sheaf_scan_next(window->scan, &ordinal, &entry->row, &error);
    if (status != SHEAF_OK)
        keep_reason(window, entry,
                    status == SHEAF_END ? SLICE("it was dropped") : sheaf_slice_of(error.message));
}

static void unpack_ordinal(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_window *window,
                           uint64_t ordinal) {
    sheaf_glance glance;
    if (sheaf_file_dropped(window->file, ordinal))
        return;
    sheaf_entry_row *entry = add_entry(window, ordinal);
    if (!entry)
        return;
    sheaf_file_glance(window->file, ordinal, &glance);
    entry->words = (size_t)glance.words;
    if (crew->by_columns && glance.whole)
        filter_entry(crew, w, entry, &glance);
    if (!entry->dropped)
        unpack_entry(window, entry);
}

/* The memory of a scan is used again for the windows of one sheaf. */
static sheaf_status open_scan(sheaf_crew_window *window) {
    if (window->scan)
        return SHEAF_OK;
    return sheaf_scan_open(&window->scan, window->file, 0, 0, &window->error);
}

static void unpack_all(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_window *window) {
    for (size_t i = 0; i < crew->by_columns; i++)
        sheaf_plugin_seed(w->steps[i], window->from);
    size_t count = window->ordinals ? window->ordinal_count : (size_t)(window->to - window->from);
    for (size_t i = 0; i < count && window->status == SHEAF_OK && !sheaf_crew_is_over(crew); i++)
        unpack_ordinal(crew, w, window, window->ordinals ? window->ordinals[i] : window->from + i);
}

void sheaf_crew_window_unpack(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_window *window) {
    if (window->status == SHEAF_OK)
        window->status = open_scan(window);
    if (window->status == SHEAF_OK)
        unpack_all(crew, w, window);
    tell_ready(window);
}

/* ---- chunks -------------------------------------------------------------------------------- */

static sheaf_crew_chunk *new_chunk(sheaf_crew *crew) {
    sheaf_crew_chunk *chunk = crew->spare;
    if (!chunk)
        return sheaf_calloc(1, sizeof *chunk);
    crew->spare = (sheaf_crew_chunk *)chunk->piece.next;
    chunk->piece.next = NULL;
    return chunk;
}

enum { KEPT_ARENA = 64 << 10, KEPT_OUT = 16 << 20 };

void sheaf_crew_recycle(sheaf_crew *crew, sheaf_crew_chunk *chunk) {
    if (chunk->window) {
        chunk->window->users--;
        let_go(crew, chunk->window);
    }
    for (size_t i = 0; i < chunk->article_room; i++) {
        if (chunk->articles[i].arena.total > KEPT_ARENA)
            sheaf_article_clear(&chunk->articles[i]);
        else
            sheaf_article_reset(&chunk->articles[i]);
    }
    sheaf_buffer_reset(&chunk->out);
    if (chunk->out.capacity > KEPT_OUT)
        sheaf_buffer_clear(&chunk->out);
    sheaf_crew_chunk clean = {.articles = chunk->articles,
                              .article_room = chunk->article_room,
                              .items = chunk->items,
                              .item_room = chunk->item_room,
                              .troubles = chunk->troubles,
                              .trouble_room = chunk->trouble_room,
                              .out = chunk->out,
                              .piece = {.next = (sheaf_piece *)crew->spare}};
    *chunk = clean;
    crew->spare = chunk;
}

void sheaf_crew_free_chunks(sheaf_crew_chunk *chunk) {
    while (chunk) {
        sheaf_crew_chunk *next = (sheaf_crew_chunk *)chunk->piece.next;
        for (size_t i = 0; i < chunk->article_room; i++)
            sheaf_article_clear(&chunk->articles[i]);
        for (size_t i = 0; i < chunk->trouble_room; i++)
            sheaf_buffer_clear(&chunk->troubles[i].row);
        sheaf_buffer_clear(&chunk->out);
        sheaf_free(chunk->articles);
        sheaf_free(chunk->items);
        sheaf_free(chunk->troubles);
        sheaf_free(chunk);
        chunk = next;
    }
}

/* ---- a sheaf -----------------------------------------------------------------------------------
 */

static uint64_t chunks_of(const sheaf_chunk *window) {
    return (window->to - window->from + SHEAF_CHUNK_ARTICLES - 1) / SHEAF_CHUNK_ARTICLES;
}

sheaf_status sheaf_crew_cut(const sheaf_file *file, uint64_t *chunks, sheaf_error *error) {
    sheaf_chunk *windows;
    size_t count;
    if (!sheaf_file_windows(file, &windows, &count))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    *chunks = 0;
    for (size_t i = 0; i < count; i++)
        *chunks += chunks_of(&windows[i]);
    sheaf_free(windows);
    return SHEAF_OK;
}

void sheaf_crew_end_feed(sheaf_crew *crew) {
    sheaf_crew_feed *feed = &crew->feed;
    sheaf_crew_window *left[] = {feed->now, feed->ahead};
    for (size_t i = 0; i < 2; i++) {
        if (!left[i])
            continue;
        left[i]->cut = true;
        let_go(crew, left[i]);
    }
    sheaf_free(feed->windows);
    if (feed->file)
        crew->number = feed->base + feed->total;
    *feed = (sheaf_crew_feed){0};
}

/* Another sheaf may lie at the address of one that was closed. */
static void forget_scans(sheaf_crew *crew) {
    for (sheaf_crew_window *window = crew->spare_windows; window; window = window->next) {
        sheaf_scan_close(window->scan);
        window->scan = NULL;
    }
}

sheaf_status sheaf_crew_file(sheaf_crew *crew, const sheaf_file *file, const uint64_t *ordinals,
                             size_t count, uint64_t first, uint64_t last, sheaf_error *error) {
    sheaf_crew_end_feed(crew);
    forget_scans(crew);
    sheaf_crew_feed *feed = &crew->feed;
    if (!sheaf_file_windows(file, &feed->windows, &feed->window_count))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    feed->file = file;
    feed->ordinals = ordinals;
    feed->ordinal_count = count;
    feed->base = crew->number;
    feed->first = first;
    feed->last = last;
    for (size_t i = 0; i < feed->window_count; i++)
        feed->total += chunks_of(&feed->windows[i]);
    return SHEAF_OK;
}

static bool push(sheaf_crew *crew, sheaf_crew_window *window, bool unpacks, uint64_t from,
                 uint64_t to) {
    sheaf_crew_chunk *chunk = new_chunk(crew);
    crew->failed = crew->failed || !chunk;
    if (!chunk)
        return false;
    chunk->window = window;
    chunk->unpacks = unpacks;
    chunk->from = (size_t)from;
    chunk->to = (size_t)to;
    chunk->number = crew->feed.base + crew->feed.index;
    window->users++;
    if (!unpacks)
        crew->begun++;
    sheaf_relay_push(crew->relay, &chunk->piece);
    return true;
}

/* Ordinals of the list that lie below `to`. */
static size_t ordinals_below(sheaf_crew_feed *feed, uint64_t to) {
    size_t from = feed->ordinal_next;
    while (feed->ordinal_next < feed->ordinal_count && feed->ordinals[feed->ordinal_next] < to)
        feed->ordinal_next++;
    return feed->ordinal_next - from;
}

/* Is anything of the window wanted, when its chunks begin with that index? Takes its ordinals
 * off the list either way. */
static bool is_wanted(sheaf_crew_feed *feed, const sheaf_chunk *window, uint64_t index,
                      const uint64_t **ordinals, size_t *count) {
    *ordinals = feed->ordinals ? feed->ordinals + feed->ordinal_next : NULL;
    *count = feed->ordinals ? ordinals_below(feed, window->to) : 1;
    return *count > 0 && index < feed->last && index + chunks_of(window) > feed->first;
}

/* Index of the first chunk of the window that is unpacked next. */
static uint64_t index_ahead(const sheaf_crew_feed *feed) {
    uint64_t index = 0;
    for (size_t i = 0; i < feed->window_next; i++)
        index += chunks_of(&feed->windows[i]);
    return index;
}

/* Pushes the unpacking of the next window that is wanted. NULL: there is none, or no memory. */
static sheaf_crew_window *unpack_next(sheaf_crew *crew) {
    sheaf_crew_feed *feed = &crew->feed;
    while (feed->window_next < feed->window_count) {
        const sheaf_chunk *from = &feed->windows[feed->window_next];
        const uint64_t *ordinals;
        size_t count;
        bool wanted = is_wanted(feed, from, index_ahead(feed), &ordinals, &count);
        feed->window_next++;
        if (!wanted)
            continue;
        sheaf_crew_window *window = new_window(crew);
        crew->failed = crew->failed || !window;
        if (!window)
            return NULL;
        window->file = feed->file;
        window->from = from->from;
        window->to = from->to;
        window->ordinals = ordinals;
        window->ordinal_count = count;
        window->number = feed->window_next - 1;
        if (push(crew, window, true, 0, 0))
            return window;
        window->cut = true;
        let_go(crew, window);
        return NULL;
    }
    return NULL;
}

/* The index of the first chunk of the window that is now cut. */
static void begin_window(sheaf_crew_feed *feed) {
    feed->at = 0;
    feed->index = 0;
    for (size_t i = 0; i < feed->now->number; i++)
        feed->index += chunks_of(&feed->windows[i]);
}

static bool push_chunk(sheaf_crew *crew) {
    sheaf_crew_feed *feed = &crew->feed;
    sheaf_crew_window *window = feed->now;
    uint64_t from = feed->at, to = from + SHEAF_CHUNK_ARTICLES, size = window->to - window->from;
    bool wanted = feed->index >= feed->first && feed->index < feed->last;
    if (wanted && !push(crew, window, false, from, to < size ? to : size))
        return false;
    feed->at = to;
    feed->index++;
    if (to >= size) {
        feed->now = NULL;
        window->cut = true;
        let_go(crew, window);
    }
    return true;
}

bool sheaf_crew_feed_next(sheaf_crew *crew) {
    sheaf_crew_feed *feed = &crew->feed;
    if (!feed->file || crew->failed || sheaf_crew_is_over(crew))
        return false;
    if (!feed->now) {
        feed->now = feed->ahead ? feed->ahead : unpack_next(crew);
        feed->ahead = NULL;
        if (!feed->now)
            return false;
        begin_window(feed);
        return true;
    }
    if (!feed->ahead && crew->threads > 1 && !crew->alone) {
        feed->ahead = unpack_next(crew);
        if (feed->ahead)
            return true;
    }
    return push_chunk(crew);
}

/* ---- articles that the host gives -------------------------------------------------------------
 */

void sheaf_crew_flush(sheaf_crew *crew) {
    sheaf_crew_chunk *chunk = crew->filling;
    crew->filling = NULL;
    if (!chunk)
        return;
    chunk->number = crew->number++;
    crew->begun++;
    sheaf_relay_push(crew->relay, &chunk->piece);
}

/* Room for one more article and its item. */
static bool make_room(sheaf_crew_chunk *chunk) {
    size_t room = chunk->article_room;
    if (chunk->article_count < room && chunk->item_count < chunk->item_room)
        return true;
    room = room < SHEAF_CHUNK_ARTICLES ? SHEAF_CHUNK_ARTICLES : room;
    sheaf_article *articles = sheaf_realloc(chunk->articles, room * sizeof *articles);
    if (!articles)
        return false;
    memset(articles + chunk->article_room, 0, (room - chunk->article_room) * sizeof *articles);
    chunk->articles = articles;
    chunk->article_room = room;
    room = chunk->item_room < room ? room : chunk->item_room;
    sheaf_crew_item *items = sheaf_realloc(chunk->items, room * sizeof *items);
    if (!items)
        return false;
    chunk->items = items;
    chunk->item_room = room;
    return true;
}

sheaf_status sheaf_crew_give(sheaf_crew *crew, sheaf_article *article, const sheaf_loan *known,
                             bool *full, sheaf_error *error) {
    if (!crew->filling)
        crew->filling = new_chunk(crew);
    sheaf_crew_chunk *chunk = crew->filling;
    if (!chunk || !make_room(chunk))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    chunk->given += article->field[SHEAF_FIELD_TEXT].size;
    sheaf_article empty = chunk->articles[chunk->article_count];
    chunk->articles[chunk->article_count] = *article;
    chunk->articles[chunk->article_count++].original = (sheaf_slice){0};
    *article = empty;
    chunk->items[chunk->item_count++] =
        (sheaf_crew_item){.has_words = known->has_words, .words = known->words};
    if (chunk->article_count == SHEAF_CHUNK_ARTICLES || chunk->given >= SHEAF_CHUNK_BYTES)
        sheaf_crew_flush(crew);
    *full = sheaf_crew_is_full(crew);
    return SHEAF_OK;
}
