/* crew.c - works through chunks: see crew.h.
 *
 * A worker's plugins are made at its first chunk. The host's thread is worker 0 and uses the
 * host's plugins; where these write to an output, it is exchanged for the length of a chunk. */
#include "script/crew_parts.h"

#include "article/row.h"
#include "base/memory.h"
#include "base/status.h"

static const size_t output_limit = (size_t)1 << 30; /* of one chunk */

/* ---- growing lists ------------------------------------------------------------------ */

/* Room for one more in a list that begins at *items; false: no memory. */
static bool grow(void **items, size_t count, size_t *room, size_t size) {
    if (count < *room)
        return true;
    size_t wanted = *room ? 2 * *room : 64;
    void *grown = sheaf_realloc(*items, wanted * size);
    if (!grown)
        return false;
    memset((char *)grown + *room * size, 0, (wanted - *room) * size);
    *items = grown;
    *room = wanted;
    return true;
}

static sheaf_crew_item *add_item(sheaf_crew_chunk *chunk) {
    if (!grow((void **)&chunk->items, chunk->item_count, &chunk->item_room, sizeof *chunk->items))
        return NULL;
    sheaf_crew_item *item = &chunk->items[chunk->item_count++];
    *item = (sheaf_crew_item){0};
    return item;
}

static sheaf_trouble *add_trouble(sheaf_crew_chunk *chunk) {
    if (!grow((void **)&chunk->troubles, chunk->trouble_count, &chunk->trouble_room,
              sizeof *chunk->troubles))
        return NULL;
    sheaf_trouble *trouble = &chunk->troubles[chunk->trouble_count++];
    sheaf_buffer_reset(&trouble->row);
    sheaf_fault_reset(&trouble->fault);
    return trouble;
}

/* ---- workers -------------------------------------------------------------------------- */

/* What is written while an exporter opens is written once, by the host. */
static bool open_exporter(sheaf_crew_worker *w, const sheaf_plugin *from) {
    if (!w->exporter)
        w->exporter = sheaf_plugin_copy(from);
    if (!w->exporter || !sheaf_plugin_start(w->exporter, &w->sink))
        return false;
    sheaf_buffer_reset(&w->sink.buffer);
    return true;
}

static bool copy_plugins(sheaf_crew *crew, sheaf_crew_worker *w) {
    for (size_t i = 0; i < crew->step_count; i++) {
        if (!w->steps[i])
            w->steps[i] = sheaf_plugin_copy(crew->steps[i].plugin);
        if (!w->steps[i])
            return false;
    }
    return !crew->exporter || open_exporter(w, crew->exporter);
}

/* Steps that do not say whether they remember are looked at. */
static void note_memory(sheaf_crew *crew, sheaf_crew_worker *w) {
    for (size_t i = 0; i < crew->step_count; i++) {
        if (w->steps[i]->order == SHEAF_ORDER_UNSAID)
            sheaf_plugin_memory(w->steps[i], &w->memory[i]);
    }
}

sheaf_status sheaf_crew_prepare(sheaf_crew *crew, unsigned worker, sheaf_error *error) {
    sheaf_crew_worker *w = &crew->workers[worker];
    if (w->ready)
        return SHEAF_OK;
    if (!w->sink.memory)
        sheaf_sink_open_memory(&w->sink, output_limit);
    if (!w->steps) /* else this was tried before, and memory was out */
        w->steps = sheaf_calloc(crew->step_count + 1, sizeof(sheaf_plugin *));
    if (!w->memory)
        w->memory = sheaf_calloc(crew->step_count + 1, sizeof *w->memory);
    if (!w->steps || !w->memory)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (worker > 0 && !copy_plugins(crew, w))
        return sheaf_fail(error, SHEAF_NO_MEMORY,
                          "the plugins could not be loaded once more, for another thread");
    for (size_t i = 0; i < crew->step_count && worker == 0; i++)
        w->steps[i] = crew->steps[i].plugin;
    if (worker == 0)
        w->exporter = crew->exporter;
    sheaf_article_init(&w->article);
    note_memory(crew, w);
    w->ready = true;
    return SHEAF_OK;
}

static void free_copy(sheaf_plugin **plugin) {
    if (*plugin)
        sheaf_plugin_clear(*plugin);
    sheaf_free(*plugin);
    *plugin = NULL;
}

static void clear_worker(sheaf_crew *crew, unsigned number) {
    sheaf_crew_worker *w = &crew->workers[number];
    for (size_t i = 0; w->steps && number > 0 && i < crew->step_count; i++)
        free_copy(&w->steps[i]);
    if (number > 0)
        free_copy(&w->exporter);
    sheaf_loan_clear(&w->loan);
    sheaf_article_clear(&w->article);
    sheaf_buffer_clear(&w->sink.buffer);
    sheaf_free(w->steps);
    sheaf_free(w->memory);
}

/* ---- one article ------------------------------------------------------------------------ */

static void fail_item(sheaf_crew_worker *w, sheaf_crew_chunk *chunk, sheaf_crew_item *item,
                      unsigned step, const sheaf_plugin *plugin) {
    sheaf_trouble *trouble = add_trouble(chunk);
    item->fate = SHEAF_FATE_FAILED;
    item->step = step;
    if (!trouble) {
        chunk->status = sheaf_fail(&chunk->error, SHEAF_NO_MEMORY, "out of memory");
        return;
    }
    item->at = chunk->trouble_count - 1;
    trouble->fault = plugin->state->fault;
    sheaf_row_write(&trouble->row, w->loan.article);
}

/* True when the article is still kept behind this step. */
static bool take_step(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk,
                      sheaf_crew_item *item, unsigned number) {
    sheaf_plugin *plugin = w->steps[number];
    bool keep = true, done;
    if (plugin->kind == SHEAF_PLUGIN_FILTER)
        done = sheaf_plugin_filter(plugin, &w->loan, &keep);
    else
        done = sheaf_plugin_extract(plugin, &w->loan, crew->steps[number].layer);
    if (!done) {
        fail_item(w, chunk, item, number, plugin);
    } else if (!keep) {
        item->fate = SHEAF_FATE_DROPPED;
        item->step = number;
    }
    return done && keep;
}

/* What failed to be written leaves nothing behind. */
static void export_item(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk,
                        sheaf_crew_item *item) {
    size_t before = w->sink.buffer.size;
    sheaf_article_drop_attribute(w->loan.article, SLICE("quarantine"));
    if (!sheaf_plugin_export(w->exporter, &w->loan)) {
        w->sink.buffer.size = before < w->sink.buffer.size ? before : w->sink.buffer.size;
        w->sink.error.status = SHEAF_OK;
        fail_item(w, chunk, item, (unsigned)crew->step_count, w->exporter);
        return;
    }
    item->at = w->sink.buffer.size;
}

static void run_item(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk,
                     sheaf_article *article, sheaf_crew_item *item, unsigned first) {
    sheaf_loan_begin(&w->loan, article);
    w->loan.has_words = item->has_words;
    w->loan.words = item->words;
    bool kept = true;
    for (size_t i = first; i < crew->step_count && kept; i++)
        kept = take_step(crew, w, chunk, item, (unsigned)i);
    if (kept && crew->mode != SHEAF_CREW_ARTICLES)
        export_item(crew, w, chunk, item);
    item->has_words = w->loan.has_words;
    item->words = w->loan.words;
    sheaf_loan_end(&w->loan);
}

/* ---- articles of a sheaf ------------------------------------------------------------------ */

static sheaf_article *next_article(sheaf_crew *crew, sheaf_crew_worker *w,
                                   sheaf_crew_chunk *chunk) {
    if (crew->mode != SHEAF_CREW_ARTICLES)
        return &w->article;
    if (!grow((void **)&chunk->articles, chunk->article_count, &chunk->article_room,
              sizeof *chunk->articles))
        return NULL;
    return &chunk->articles[chunk->article_count];
}

static void damage_item(sheaf_crew_chunk *chunk, sheaf_crew_item *item, uint64_t ordinal,
                        sheaf_slice reason) {
    sheaf_trouble *trouble = add_trouble(chunk);
    item->fate = SHEAF_FATE_DAMAGED;
    if (!trouble) {
        chunk->status = sheaf_fail(&chunk->error, SHEAF_NO_MEMORY, "out of memory");
        return;
    }
    item->at = chunk->trouble_count - 1;
    trouble->ordinal = ordinal;
    sheaf_fault_say(&trouble->fault, reason);
}

static void run_entry(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk,
                      const sheaf_entry_row *entry) {
    sheaf_error error = {0};
    sheaf_article *article = next_article(crew, w, chunk);
    sheaf_crew_item *item = add_item(chunk);
    if (!article || !item) {
        chunk->status = sheaf_fail(&chunk->error, SHEAF_NO_MEMORY, "out of memory");
        return;
    }
    if (entry->dropped) {
        item->fate = SHEAF_FATE_DROPPED;
        item->step = entry->dropped - 1;
        return;
    }
    if (entry->damaged) {
        damage_item(chunk, item, entry->ordinal,
                    sheaf_slice_part(sheaf_buffer_view(&chunk->window->reasons), entry->offset,
                                     entry->offset + entry->size));
        return;
    }
    if (sheaf_row_lend(article, entry->row, &SHEAF_LIMITS_DEFAULT, &error) != SHEAF_OK) {
        damage_item(chunk, item, entry->ordinal, sheaf_slice_of(error.message));
        return;
    }
    item->has_words = true;
    item->words = entry->words;
    run_item(crew, w, chunk, article, item, entry->first);
    chunk->kept += item->fate == SHEAF_FATE_KEPT;
    if (item->fate == SHEAF_FATE_KEPT && crew->mode == SHEAF_CREW_ARTICLES)
        item->at = chunk->article_count++;
}

static bool is_filled(const sheaf_crew_chunk *chunk) {
    return chunk->most && chunk->kept >= chunk->most;
}

static void run_window(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk) {
    sheaf_crew_window *window = chunk->window;
    sheaf_crew_window_wait(window);
    chunk->status = window->status;
    if (window->status != SHEAF_OK) {
        chunk->error = window->error;
        return;
    }
    for (size_t i = 0; i < window->entry_count && chunk->status == SHEAF_OK && !is_filled(chunk);
         i++) {
        const sheaf_entry_row *entry = &window->entries[i];
        if (entry->ordinal < window->from + chunk->from)
            continue;
        if (entry->ordinal >= window->from + chunk->to)
            break;
        if (sheaf_crew_is_over(crew)) {
            chunk->aborted = true;
            return;
        }
        run_entry(crew, w, chunk, entry);
    }
}

/* Items of articles that were given were made with them. */
static void run_given(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk) {
    for (size_t i = 0; i < chunk->article_count && chunk->status == SHEAF_OK; i++) {
        if (sheaf_crew_is_over(crew)) {
            chunk->aborted = true;
            chunk->item_count = i;
            return;
        }
        sheaf_crew_item *item = &chunk->items[i];
        item->at = i;
        run_item(crew, w, chunk, &chunk->articles[i], item, 0);
    }
}

/* ---- chunks ---------------------------------------------------------------------------------- */

static void break_chunk(sheaf_crew_chunk *chunk, const sheaf_plugin *plugin) {
    sheaf_trouble *trouble = add_trouble(chunk);
    chunk->broken = trouble != NULL;
    if (trouble)
        trouble->fault = plugin->state->fault;
    else
        chunk->status = sheaf_fail(&chunk->error, SHEAF_NO_MEMORY, "out of memory");
}

static bool begin_chunk(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk) {
    for (size_t i = 0; i < crew->step_count; i++)
        sheaf_plugin_seed(w->steps[i], chunk->number);
    if (!w->exporter)
        return true;
    sheaf_buffer_reset(&w->sink.buffer);
    w->exporter->written = false; /* what stands in front of the first one, the host knows */
    if (sheaf_plugin_seed(w->exporter, chunk->number) &&
        (crew->mode != SHEAF_CREW_PARTS || sheaf_plugin_begin_part(w->exporter)))
        return true;
    break_chunk(chunk, w->exporter);
    return false;
}

/* What cannot be looked at may have changed. */
static bool has_changed(sheaf_plugin *plugin, uint64_t before) {
    uint64_t now = 0;
    return !before || !sheaf_plugin_memory(plugin, &now) || now != before;
}

static void end_chunk(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk) {
    if (crew->mode == SHEAF_CREW_ROWS) {
        sheaf_buffer written = w->sink.buffer;
        w->sink.buffer = chunk->out;
        chunk->out = written;
    } else if (crew->mode == SHEAF_CREW_PARTS &&
               !sheaf_plugin_pack_part(w->exporter, &chunk->out)) {
        break_chunk(chunk, w->exporter);
    }
    for (size_t i = 0; i < crew->step_count && !chunk->remembers; i++) {
        if (w->steps[i]->order == SHEAF_ORDER_UNSAID && has_changed(w->steps[i], w->memory[i]))
            chunk->remembers = (unsigned)i + 1;
    }
}

static void run_chunk(sheaf_crew *crew, sheaf_crew_worker *w, sheaf_crew_chunk *chunk) {
    if (begin_chunk(crew, w, chunk)) {
        if (chunk->window)
            run_window(crew, w, chunk);
        else
            run_given(crew, w, chunk);
        if (chunk->status == SHEAF_OK && !chunk->aborted)
            end_chunk(crew, w, chunk);
    }
}

void sheaf_crew_work(void *context, unsigned number, sheaf_piece *piece) {
    sheaf_crew *crew = context;
    sheaf_crew_worker *w = &crew->workers[number];
    sheaf_crew_chunk *chunk = (sheaf_crew_chunk *)piece;
    chunk->status = sheaf_crew_prepare(crew, number, &chunk->error);
    if (chunk->unpacks) { /* must be done with, for others wait for it */
        if (chunk->status != SHEAF_OK) {
            chunk->window->status = chunk->status;
            chunk->window->error = chunk->error;
        }
        sheaf_crew_window_unpack(crew, w, chunk->window);
        return;
    }
    if (chunk->status != SHEAF_OK)
        return;
    sheaf_sink *kept = NULL;
    if (w->exporter && w->exporter->sink) {
        kept = w->exporter->sink->sink;
        w->exporter->sink->sink = &w->sink;
    }
    run_chunk(crew, w, chunk);
    if (kept)
        w->exporter->sink->sink = kept;
}

void sheaf_crew_again(sheaf_crew *crew, sheaf_crew_chunk *chunk, size_t most) {
    chunk->item_count = chunk->trouble_count = chunk->article_count = chunk->kept = 0;
    chunk->most = most;
    chunk->aborted = chunk->broken = false;
    chunk->remembers = 0;
    sheaf_buffer_reset(&chunk->out);
    sheaf_crew_work(crew, 0, &chunk->piece);
}

/* ---- the crew ---------------------------------------------------------------------------------
 */

/* Does the plugin say that it needs no more than columns have? */
static bool needs_columns(const sheaf_plugin *plugin) {
    static const char *const columns[] = {"id",        "language", "publisher",
                                          "published", "site",     "words"};
    uint64_t told = 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        told |= sheaf_article_fields(sheaf_slice_of(columns[i]));
    return plugin->denied && (~plugin->denied & ~told) == 0;
}

static void look_over(sheaf_crew *crew) {
    while (crew->by_columns < crew->step_count) {
        const sheaf_plugin *plugin = crew->steps[crew->by_columns].plugin;
        if (plugin->kind != SHEAF_PLUGIN_FILTER || plugin->order != SHEAF_ORDER_ANY ||
            !needs_columns(plugin))
            break;
        crew->by_columns++;
    }
    for (size_t i = 0; i < crew->step_count; i++)
        crew->alone = crew->alone || crew->steps[i].plugin->order == SHEAF_ORDER_UNSAID;
}

sheaf_status sheaf_crew_new(sheaf_crew **out, const sheaf_crew_plan *plan, sheaf_error *error) {
    unsigned threads = plan->threads < 1 ? 1 : plan->threads > 256 ? 256 : plan->threads;
    sheaf_crew *crew = sheaf_calloc(1, sizeof *crew);
    if (!crew)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    crew->steps = sheaf_calloc(plan->step_count + 1, sizeof *crew->steps);
    crew->workers = sheaf_calloc(threads, sizeof *crew->workers);
    sheaf_status status = SHEAF_NO_MEMORY;
    if (crew->steps && crew->workers)
        status = sheaf_relay_new(&crew->relay, threads, sheaf_crew_work, crew, error);
    else
        sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (status != SHEAF_OK) {
        sheaf_crew_free(crew);
        return status;
    }
    if (plan->step_count)
        memcpy(crew->steps, plan->steps, plan->step_count * sizeof *crew->steps);
    crew->step_count = plan->step_count;
    crew->exporter = plan->mode == SHEAF_CREW_ARTICLES ? NULL : plan->exporter;
    crew->mode = plan->mode;
    crew->threads = threads;
    crew->most = threads == 1 ? 1 : 4 * (size_t)threads;
    crew->interrupted = plan->interrupted;
    look_over(crew);
    sheaf_relay_hold(crew->relay, crew->alone);
    *out = crew;
    return SHEAF_OK;
}

void sheaf_crew_free(sheaf_crew *crew) {
    if (!crew)
        return;
    atomic_store(&crew->stop, true);
    if (crew->relay) {
        sheaf_relay_stop(crew->relay);
        sheaf_piece *piece;
        while ((piece = sheaf_relay_drop(crew->relay)))
            sheaf_crew_recycle(crew, (sheaf_crew_chunk *)piece);
        sheaf_relay_free(crew->relay);
    }
    if (crew->taken)
        sheaf_crew_recycle(crew, crew->taken);
    if (crew->filling)
        sheaf_crew_recycle(crew, crew->filling);
    sheaf_crew_end_feed(crew);
    sheaf_crew_free_chunks(crew->spare);
    while (crew->spare_windows) {
        sheaf_crew_window *next = crew->spare_windows->next;
        sheaf_crew_window_free(crew->spare_windows);
        crew->spare_windows = next;
    }
    for (unsigned i = 0; crew->workers && i < crew->threads; i++)
        clear_worker(crew, i);
    sheaf_free(crew->workers);
    sheaf_free(crew->steps);
    sheaf_free(crew);
}

uint64_t sheaf_crew_number(const sheaf_crew *crew) {
    return crew->number;
}

bool sheaf_crew_is_full(const sheaf_crew *crew) {
    return crew->alone ? crew->begun > 0 : sheaf_relay_count(crew->relay) >= crew->most;
}

/* The next piece that is a chunk; NULL: there is none. */
static sheaf_crew_chunk *next_chunk(sheaf_crew *crew) {
    for (;;) {
        while (!sheaf_crew_is_full(crew) && sheaf_crew_feed_next(crew))
            ;
        sheaf_crew_chunk *chunk = (sheaf_crew_chunk *)sheaf_relay_take(crew->relay);
        if (!chunk || !chunk->unpacks)
            return chunk;
        sheaf_crew_recycle(crew, chunk);
    }
}

sheaf_status sheaf_crew_take(sheaf_crew *crew, sheaf_crew_chunk **out, sheaf_error *error) {
    if (crew->taken)
        sheaf_crew_recycle(crew, crew->taken);
    crew->taken = *out = next_chunk(crew);
    if (!*out)
        return crew->failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
    if (crew->alone)
        sheaf_relay_hold(crew->relay, false);
    crew->alone = false;
    if ((*out)->status != SHEAF_OK && error)
        *error = (*out)->error;
    return (*out)->status;
}

/* ---- fewer steps ------------------------------------------------------------------------------
 */

void sheaf_crew_leave(sheaf_crew *crew, size_t from) {
    for (unsigned n = 0; n < crew->threads; n++) {
        sheaf_crew_worker *w = &crew->workers[n];
        for (size_t i = from; n > 0 && w->steps && i < crew->step_count; i++)
            free_copy(&w->steps[i]);
        if (n > 0)
            free_copy(&w->exporter);
        w->exporter = NULL;
    }
    crew->step_count = from < crew->step_count ? from : crew->step_count;
    crew->by_columns = crew->by_columns < from ? crew->by_columns : from;
    crew->mode = SHEAF_CREW_ARTICLES;
    crew->exporter = NULL;
}
