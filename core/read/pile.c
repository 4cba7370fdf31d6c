/* pile.c - walks a pile depth first and gives its articles one by one.
 *
 *   path ──► folder ──► file.tar.gz ──► entry.jsonl ──► article
 *            a stack of levels, each an input and the reader that opened it
 *
 * A level that fails is told and popped; its parent goes on. Only missing
 * memory and wrong use end the walk.
 *
 * With several threads, documents that are read whole are put in a queue while
 * the walk goes on, and come out of it in order, with what was told in between. A
 * reader of many articles waits until the queue is empty.
 *
 * A position is a list of marks, one of the path and one of each level. To
 * resume, each level is sent to its mark as it is opened, so what lies before is
 * neither opened nor read where it can be passed over. */
#include <errno.h>
#include <stdio.h>

#include "article/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/ahead.h"
#include "read/pile.h"
#include "read/reader.h"
#include "read/warc_seen.h"

typedef struct level {
    sheaf_input *input; /* NULL when the queue has it */
    const sheaf_reader *reader;
    void *state;
    uint64_t given; /* articles and children */
} level;

enum { LEVELS = 128 };

struct sheaf_pile {
    char **paths;
    size_t path_count;
    size_t at;
    const sheaf_reader *forced;
    sheaf_limits limits;
    const struct sheaf_page_rules *rules;
    sheaf_reporter told;     /* by the user */
    sheaf_reporter reporter; /* of the readers: tells, or puts in the queue */
    sheaf_cost cost;
    sheaf_desk desk;        /* where documents are read without a queue */
    sheaf_ahead *ahead;     /* the queue; NULL for one thread */
    sheaf_ahead_item *lent; /* the article given last came out of this */
    level levels[LEVELS];
    size_t depth;
    sheaf_arena arena;  /* of the marks */
    sheaf_slice *marks; /* to resume from: the next one is that of levels[marked] */
    size_t mark_count, mark_capacity, marked;
};

static void tell(sheaf_reporter *reporter, const char *place, sheaf_status status,
                 const char *reason) {
    if (reporter->reject)
        reporter->reject(reporter->context, place, status, reason);
}

void sheaf_report(sheaf_reporter *reporter, const sheaf_input *input, const char *where,
                  sheaf_status status, const char *reason) {
    char place[1400];
    bool no_article = status == SHEAF_UNSUPPORTED || status == SHEAF_BAD_INPUT;
    if (no_article && input->about && input->about->doubt) {
        sheaf_report_passed(reporter, input->about->doubt, 1);
        return;
    }
    snprintf(place, sizeof place, "%s%s", sheaf_input_place(input), where);
    tell(reporter, place, status, reason);
}

void sheaf_report_passed(sheaf_reporter *reporter, const char *what, uint64_t count) {
    if (reporter->pass)
        reporter->pass(reporter->pass_context, what, count);
}

/* What is told while documents wait is told after them. */
static void report_in_order(void *context, const char *place, sheaf_status status,
                            const char *reason) {
    sheaf_pile *pile = context;
    bool waits = pile->ahead && !sheaf_ahead_is_empty(pile->ahead);
    sheaf_ahead_item *item = waits ? sheaf_ahead_blank(pile->ahead) : NULL;
    if (!item) {
        tell(&pile->told, place, status, reason);
        return;
    }
    item->kind = SHEAF_AHEAD_MESSAGE;
    item->status = status;
    snprintf(item->error.message, sizeof item->error.message, "%s", reason);
    sheaf_buffer_append(&item->place, place, strlen(place) + 1);
    if (item->place.failed)
        item->kind = SHEAF_AHEAD_ARTICLE, item->status = SHEAF_NO_MEMORY;
    sheaf_ahead_push(pile->ahead, item);
}

static void close_level(level *top) {
    if (top->reader->close)
        top->reader->close(top->state);
    sheaf_input_close(top->input);
}

static void end_loan(sheaf_pile *pile) {
    if (pile->lent)
        sheaf_ahead_give_back(pile->ahead, pile->lent);
    pile->lent = NULL;
}

void sheaf_pile_close(sheaf_pile *pile) {
    if (!pile)
        return;
    while (pile->depth > 0)
        close_level(&pile->levels[--pile->depth]);
    end_loan(pile);
    sheaf_ahead_free(pile->ahead);
    sheaf_desk_clear(&pile->desk);
    for (size_t i = 0; i < pile->path_count; i++)
        sheaf_free(pile->paths[i]);
    sheaf_free(pile->paths);
    sheaf_arena_clear(&pile->arena);
    sheaf_seen_free(pile->reporter.seen);
    sheaf_free(pile);
}

static bool copy_paths(sheaf_pile *pile, const char *const *paths, size_t count) {
    pile->paths = sheaf_calloc(count, sizeof *pile->paths);
    if (!pile->paths)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(paths[i]) + 1;
        pile->paths[i] = sheaf_malloc(size);
        if (!pile->paths[i])
            return false;
        memcpy(pile->paths[i], paths[i], size);
        pile->path_count++;
    }
    return true;
}

sheaf_status sheaf_pile_open(sheaf_pile **out, const char *const *paths, size_t count,
                             const sheaf_pile_options *options, sheaf_error *error) {
    static const sheaf_pile_options none = {0};
    if (!options)
        options = &none;
    const sheaf_reader *forced = options->reader ? sheaf_reader_named(options->reader) : NULL;
    if (options->reader && !forced)
        return sheaf_fail(error, SHEAF_MISUSE, "there is no reader named %s", options->reader);
    sheaf_pile *pile = sheaf_calloc(1, sizeof *pile);
    sheaf_status status = SHEAF_OK;
    if (!pile || !copy_paths(pile, paths, count))
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!status && options->threads > 1)
        status = sheaf_ahead_new(&pile->ahead, options->threads, error);
    if (status) {
        sheaf_pile_close(pile);
        return status;
    }
    pile->forced = forced;
    pile->limits = SHEAF_LIMITS_DEFAULT;
    pile->rules = options->rules;
    pile->told = (sheaf_reporter){options->reject, options->reject_context, options->pass,
                                  options->pass_context, NULL};
    pile->reporter = (sheaf_reporter){report_in_order, pile, options->pass, options->pass_context,
                                      sheaf_seen_new()};
    *out = pile;
    return SHEAF_OK;
}

static const char *why_nobody(sheaf_slice head) {
    sheaf_slice text = sheaf_slice_trim(head);
    if (head.size == 0)
        return "empty";
    if (text.size && text.data[0] == '<')
        return "no reader takes it: markup, but no web page";
    return "no reader takes it (neither text, JSON nor an archive)";
}

/* Who opens input. A forced reader takes what is neither folder nor archive. */
static sheaf_status choose(const sheaf_pile *pile, sheaf_input *input, const sheaf_reader **reader,
                           sheaf_error *error) {
    sheaf_slice head = {0};
    if (!input->folder) {
        sheaf_status status = sheaf_input_peek(input, SHEAF_BID_BYTES, &head, error);
        if (status)
            return status;
    }
    *reader = sheaf_reader_for(input, head);
    if (pile->forced && (!*reader || !(*reader)->nests))
        *reader = pile->forced;
    if (*reader)
        return SHEAF_OK;
    return sheaf_fail(error, SHEAF_UNSUPPORTED, "%s", why_nobody(head));
}

/* ---- positions ------------------------------------------------------------------ */

bool sheaf_mark_number(sheaf_slice *mark, uint64_t *number) {
    size_t at = 0;
    for (*number = 0; at < mark->size && at < 19 && sheaf_is_digit(mark->data[at]); at++)
        *number = *number * 10 + (uint64_t)(mark->data[at] - '0');
    bool fine = at > 0 && (at == mark->size || mark->data[at] == '.');
    *mark = sheaf_slice_part(*mark, at + 1, mark->size);
    return fine;
}

sheaf_status sheaf_mark_stale(sheaf_error *error, sheaf_slice wanted) {
    return sheaf_fail(error, SHEAF_MISUSE,
                      "it is not what it was when packing was interrupted: %.*s is looked for",
                      SLICE_ARGS(wanted));
}

static void write_mark(sheaf_buffer *out, const sheaf_buffer *mark, const char *before) {
    sheaf_buffer_printf(out, "%s", before);
    sheaf_json_write(out, sheaf_buffer_view(mark));
    out->failed |= mark->failed;
}

/* Marks are byte strings; JSON wants UTF-8, so others than that have no position. */
static bool write_position(const sheaf_pile *pile, sheaf_buffer *out) {
    sheaf_buffer mark = {0};
    size_t start = out->size;
    bool open = pile->depth > 0;
    sheaf_buffer_printf(&mark, "%zu.%s", pile->at, pile->at > 0 ? pile->paths[pile->at - 1] : "");
    write_mark(out, &mark, "[");
    for (size_t i = 0; i < pile->depth; i++) {
        const level *at = &pile->levels[i];
        sheaf_buffer_reset(&mark);
        if (at->reader->mark)
            at->reader->mark(at->state, &mark);
        else
            sheaf_buffer_printf(&mark, "%llu", (unsigned long long)at->given);
        write_mark(out, &mark, ",");
    }
    sheaf_buffer_printf(out, open ? "]" : ",\"done\"]");
    sheaf_buffer_clear(&mark);
    if (!out->failed &&
        sheaf_utf8_valid(sheaf_slice_part(sheaf_buffer_view(out), start, out->size)))
        return true;
    out->size = start;
    return false;
}

bool sheaf_pile_position(const sheaf_pile *pile, sheaf_buffer *out) {
    if (!pile->lent)
        return write_position(pile, out);
    sheaf_buffer_add(out, sheaf_buffer_view(&pile->lent->position));
    return pile->lent->position.size > 0 && !out->failed;
}

static sheaf_status parse_marks(sheaf_pile *pile, sheaf_slice position, sheaf_error *error) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_json_init(&json, position, 2);
    sheaf_status status = sheaf_json_next(&json, &token, error);
    if (!status && token.kind != SHEAF_JSON_ARRAY)
        return sheaf_mark_stale(error, SLICE("a position"));
    while (!status && (status = sheaf_json_next(&json, &token, error)) == SHEAF_OK &&
           token.kind == SHEAF_JSON_STRING && pile->mark_count <= LEVELS) {
        sheaf_slice text = sheaf_json_text(&pile->arena, &token);
        if (!sheaf_arena_grow(&pile->arena, (void **)&pile->marks, pile->mark_count,
                              &pile->mark_capacity, sizeof *pile->marks))
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        pile->marks[pile->mark_count++] = sheaf_arena_copy(&pile->arena, text);
    }
    if (!status && token.kind != SHEAF_JSON_ARRAY_END)
        return sheaf_mark_stale(error, SLICE("a position"));
    return status;
}

sheaf_status sheaf_pile_resume(sheaf_pile *pile, sheaf_slice position, sheaf_error *error) {
    uint64_t at;
    sheaf_status status = parse_marks(pile, position, error);
    if (status)
        return status;
    if (pile->mark_count < 2 || !sheaf_mark_number(&pile->marks[0], &at) || at > pile->path_count)
        return sheaf_mark_stale(error, SLICE("a pile of the same paths"));
    if (at > 0 && !sheaf_slice_is(pile->marks[0], pile->paths[at - 1]))
        return sheaf_mark_stale(error, pile->marks[0]);
    bool done = pile->mark_count == 2 && sheaf_slice_is(pile->marks[1], "done");
    pile->at = (size_t)at - (at > 0 && !done);
    pile->marked = 1;
    if (done)
        pile->mark_count = 0;
    return SHEAF_OK;
}

/* Drops as many articles as were given before. */
static sheaf_status pass_over(level *top, uint64_t count, sheaf_error *error) {
    sheaf_article article;
    sheaf_status status = SHEAF_OK;
    if (top->reader->read) {
        top->given = count;
        return status;
    }
    sheaf_article_init(&article);
    for (; top->given < count && !status; top->given++) {
        sheaf_input *child = NULL;
        status = top->reader->next(top->state, &article, &child, error);
        sheaf_input_close(child);
        sheaf_article_reset(&article);
    }
    sheaf_article_clear(&article);
    return status;
}

/* Sends a level that was just opened to its mark, when there is one for it. */
static sheaf_status go_to_mark(sheaf_pile *pile, level *top, sheaf_error *error) {
    uint64_t count;
    if (pile->marked >= pile->mark_count)
        return SHEAF_OK;
    sheaf_slice mark = pile->marks[pile->marked++];
    if (top->reader->resume)
        return top->reader->resume(top->state, mark, error);
    if (!sheaf_mark_number(&mark, &count))
        return sheaf_mark_stale(error, SLICE("another kind of file"));
    sheaf_status status = pass_over(top, count, error);
    return status == SHEAF_END ? sheaf_mark_stale(error, SLICE("more in it")) : status;
}

/* Are there marks for levels that were not opened yet? Then nothing may end. */
static bool is_resuming(const sheaf_pile *pile) {
    return pile->marked < pile->mark_count;
}

/* ---- the walk -------------------------------------------------------------------- */

/* Opens input on a new level; takes it in every case. */
static sheaf_status push(sheaf_pile *pile, sheaf_input *input, sheaf_error *error) {
    const sheaf_reader *reader = NULL;
    void *state = NULL;
    sheaf_status status = pile->depth < LEVELS
                              ? SHEAF_OK
                              : sheaf_fail(error, SHEAF_LIMIT, "nested deeper than %d", LEVELS);
    input->rules = pile->rules;
    if (!status)
        status = choose(pile, input, &reader, error);
    if (!status && reader->open)
        status = reader->open(&state, input, &pile->reporter, error);
    if (status) {
        bool ends = status == SHEAF_NO_MEMORY || is_resuming(pile);
        if (!ends)
            sheaf_report(&pile->reporter, input, "", status, error->message);
        sheaf_input_close(input);
        return ends ? status : SHEAF_OK;
    }
    level *top = &pile->levels[pile->depth++];
    *top = (level){.input = input, .reader = reader, .state = state};
    status = go_to_mark(pile, top, error);
    return status ? sheaf_fail_within(error, status, "%s", sheaf_input_place(input)) : status;
}

/* Ends the top level, telling why unless it simply ended. */
static void pop(sheaf_pile *pile, sheaf_status status, const sheaf_error *error) {
    level *top = &pile->levels[--pile->depth];
    if (status != SHEAF_END)
        sheaf_report(&pile->reporter, top->input, "", status, error->message);
    close_level(top);
}

static sheaf_status open_next_path(sheaf_pile *pile, sheaf_error *error) {
    if (pile->at == pile->path_count)
        return SHEAF_END;
    const char *path = pile->paths[pile->at++];
    sheaf_input *input;
    sheaf_status status = sheaf_input_open(&input, path, &pile->cost, &pile->limits, error);
    if (!status)
        return push(pile, input, error);
    if (status == SHEAF_NO_MEMORY || is_resuming(pile))
        return status;
    tell(&pile->reporter, path, status, error->message);
    return SHEAF_OK;
}

static void exchange(sheaf_article *a, sheaf_article *b) {
    sheaf_article kept = *a;
    *a = *b;
    *b = kept;
}

/* The document of the top level, whose input goes with it. */
static sheaf_status queue_document(sheaf_pile *pile, level *top, sheaf_slice bytes,
                                   sheaf_error *error) {
    sheaf_status status = sheaf_input_detach(top->input, &bytes, error);
    sheaf_ahead_item *item = status ? NULL : sheaf_ahead_blank(pile->ahead);
    if (!item)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    top->given = 1;
    item->kind = SHEAF_AHEAD_DOCUMENT;
    item->reader = top->reader;
    item->input = top->input;
    item->bytes = bytes;
    top->input = NULL;
    write_position(pile, &item->position);
    sheaf_ahead_push(pile->ahead, item);
    return SHEAF_OK;
}

/* An article that a reader of documents has given itself. */
static sheaf_status queue_article(sheaf_pile *pile, sheaf_article *article, sheaf_error *error) {
    sheaf_ahead_item *item = sheaf_ahead_blank(pile->ahead);
    if (!item)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    item->kind = SHEAF_AHEAD_ARTICLE;
    sheaf_buffer_add(&item->copy, article->original);
    exchange(&item->article, article);
    item->bytes = item->article.original = sheaf_buffer_view(&item->copy);
    item->status = item->copy.failed ? SHEAF_NO_MEMORY : SHEAF_OK;
    write_position(pile, &item->position);
    sheaf_ahead_push(pile->ahead, item);
    return SHEAF_OK;
}

/* A document that is read whole, once: here, or by some thread meanwhile. */
static sheaf_status read_document(sheaf_pile *pile, level *top, sheaf_article *article,
                                  sheaf_error *error) {
    sheaf_slice bytes;
    sheaf_input *input = top->input;
    if (top->given > 0)
        return SHEAF_END;
    sheaf_status status = sheaf_input_whole(input, pile->limits.document_bytes, &bytes, error);
    if (status)
        return status;
    if (!pile->ahead)
        return sheaf_desk_read(&pile->desk, top->reader, article, input, bytes, error);
    return queue_document(pile, top, bytes, error);
}

/* One step: an article (*found), or a level more or less, or something more in the
 * queue. */
static sheaf_status step(sheaf_pile *pile, sheaf_article *article, bool *found,
                         sheaf_error *error) {
    if (pile->depth == 0)
        return open_next_path(pile, error);
    level *top = &pile->levels[pile->depth - 1];
    sheaf_input *child = NULL;
    sheaf_article_reset(article);
    sheaf_status status = top->reader->read ? read_document(pile, top, article, error)
                                            : top->reader->next(top->state, article, &child, error);
    if (status == SHEAF_NO_MEMORY || (status && is_resuming(pile)))
        return status == SHEAF_END ? sheaf_mark_stale(error, pile->marks[pile->marked]) : status;
    bool in_queue = !status && !top->input;
    top->given += !status && !in_queue;
    if (status)
        pop(pile, status, error);
    else if (child)
        return push(pile, child, error);
    else if (!in_queue && pile->ahead && !sheaf_ahead_is_empty(pile->ahead))
        return queue_article(pile, article, error);
    else
        *found = !in_queue;
    return SHEAF_OK;
}

/* Takes the oldest from the queue: an article, or something to tell. */
static sheaf_status take_from_queue(sheaf_pile *pile, sheaf_article *article, bool *found,
                                    sheaf_error *error) {
    sheaf_ahead_item *item = sheaf_ahead_take(pile->ahead);
    sheaf_status status = item->status;
    pile->lent = item;
    if (item->kind == SHEAF_AHEAD_MESSAGE)
        tell(&pile->told, item->place.data, status, item->error.message);
    else if (status == SHEAF_NO_MEMORY)
        return sheaf_fail(error, status, "out of memory");
    else if (status)
        sheaf_report(&pile->told, item->input, "", status, item->error.message);
    else
        exchange(&item->article, article);
    *found = item->kind != SHEAF_AHEAD_MESSAGE && !status;
    if (!*found)
        end_loan(pile);
    return SHEAF_OK;
}

/* Must the queue give something before the walk can go on? */
static bool must_take(const sheaf_pile *pile) {
    if (!pile->ahead || sheaf_ahead_is_empty(pile->ahead))
        return false;
    const sheaf_reader *reader = pile->depth ? pile->levels[pile->depth - 1].reader : NULL;
    bool walks = reader ? reader->nests || reader->read : pile->at < pile->path_count;
    return !walks || sheaf_ahead_is_full(pile->ahead);
}

sheaf_status sheaf_pile_next(sheaf_pile *pile, sheaf_article *article, sheaf_error *error) {
    sheaf_error local;
    bool found = false;
    if (!error)
        error = &local;
    end_loan(pile);
    while (!found) {
        sheaf_status status = must_take(pile) ? take_from_queue(pile, article, &found, error)
                                              : step(pile, article, &found, error);
        if (status)
            return status;
    }
    return SHEAF_OK;
}
