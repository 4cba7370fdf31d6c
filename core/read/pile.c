/* pile.c - walks a pile depth first and gives its articles one by one.
 *
 *   path ──► folder ──► file.tar.gz ──► entry.jsonl ──► article
 *            a stack of levels, each an input and the reader that opened it
 *
 * A level that fails is told and popped; its parent goes on. Only missing
 * memory and wrong use end the walk. */
#include <errno.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/reader.h"

typedef struct level {
    sheaf_input *input;
    const sheaf_reader *reader;
    void *state;
} level;

enum { LEVELS = 128 };

struct sheaf_pile {
    char **paths;
    size_t path_count;
    size_t at;
    const sheaf_reader *forced;
    sheaf_limits limits;
    sheaf_reporter reporter;
    sheaf_cost cost;
    level levels[LEVELS];
    size_t depth;
};

static void tell(sheaf_reporter *reporter, const char *place, sheaf_status status,
                 const char *reason) {
    if (reporter->reject)
        reporter->reject(reporter->context, place, status, reason);
}

void sheaf_report(sheaf_reporter *reporter, const sheaf_input *input, const char *where,
                  sheaf_status status, const char *reason) {
    char place[1400];
    snprintf(place, sizeof place, "%s%s", sheaf_input_place(input), where);
    tell(reporter, place, status, reason);
}

void sheaf_pile_close(sheaf_pile *pile) {
    if (!pile)
        return;
    while (pile->depth > 0) {
        level *top = &pile->levels[--pile->depth];
        top->reader->close(top->state);
        sheaf_input_close(top->input);
    }
    for (size_t i = 0; i < pile->path_count; i++)
        sheaf_free(pile->paths[i]);
    sheaf_free(pile->paths);
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
    if (!pile || !copy_paths(pile, paths, count)) {
        sheaf_pile_close(pile);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    pile->forced = forced;
    pile->limits = SHEAF_LIMITS_DEFAULT;
    pile->reporter = (sheaf_reporter){options->reject, options->reject_context};
    *out = pile;
    return SHEAF_OK;
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
    bool holds_others = *reader == &sheaf_folder_reader || *reader == &sheaf_archive_reader;
    if (pile->forced && !holds_others)
        *reader = pile->forced;
    if (*reader)
        return SHEAF_OK;
    return head.size == 0 ? sheaf_fail(error, SHEAF_UNSUPPORTED, "empty")
                          : sheaf_fail(error, SHEAF_UNSUPPORTED,
                                       "no reader takes it (neither text, JSON nor an archive)");
}

/* Opens input on a new level; takes it in every case. */
static sheaf_status push(sheaf_pile *pile, sheaf_input *input, sheaf_error *error) {
    const sheaf_reader *reader = NULL;
    void *state = NULL;
    sheaf_status status = pile->depth < LEVELS
                              ? SHEAF_OK
                              : sheaf_fail(error, SHEAF_LIMIT, "nested deeper than %d", LEVELS);
    if (!status)
        status = choose(pile, input, &reader, error);
    if (!status)
        status = reader->open(&state, input, &pile->reporter, error);
    if (status) {
        if (status != SHEAF_NO_MEMORY)
            sheaf_report(&pile->reporter, input, "", status, error->message);
        sheaf_input_close(input);
        return status == SHEAF_NO_MEMORY ? status : SHEAF_OK;
    }
    pile->levels[pile->depth++] = (level){.input = input, .reader = reader, .state = state};
    return SHEAF_OK;
}

/* Ends the top level, telling why unless it simply ended. */
static void pop(sheaf_pile *pile, sheaf_status status, const sheaf_error *error) {
    level *top = &pile->levels[--pile->depth];
    if (status != SHEAF_END)
        sheaf_report(&pile->reporter, top->input, "", status, error->message);
    top->reader->close(top->state);
    sheaf_input_close(top->input);
}

static sheaf_status open_next_path(sheaf_pile *pile, sheaf_error *error) {
    if (pile->at == pile->path_count)
        return SHEAF_END;
    const char *path = pile->paths[pile->at++];
    sheaf_input *input;
    sheaf_status status = sheaf_input_open(&input, path, &pile->cost, &pile->limits, error);
    if (!status)
        return push(pile, input, error);
    if (status == SHEAF_NO_MEMORY)
        return status;
    tell(&pile->reporter, path, status, error->message);
    return SHEAF_OK;
}

/* One step: an article (*found), or a level more or less. */
static sheaf_status step(sheaf_pile *pile, sheaf_article *article, bool *found,
                         sheaf_error *error) {
    if (pile->depth == 0)
        return open_next_path(pile, error);
    level *top = &pile->levels[pile->depth - 1];
    sheaf_input *child = NULL;
    sheaf_article_reset(article);
    sheaf_status status = top->reader->next(top->state, article, &child, error);
    if (status == SHEAF_NO_MEMORY)
        return status;
    if (status)
        pop(pile, status, error);
    else if (child)
        return push(pile, child, error);
    else
        *found = true;
    return SHEAF_OK;
}

sheaf_status sheaf_pile_next(sheaf_pile *pile, sheaf_article *article, sheaf_error *error) {
    sheaf_error local;
    bool found = false;
    if (!error)
        error = &local;
    while (!found) {
        sheaf_status status = step(pile, article, &found, error);
        if (status)
            return status;
    }
    return SHEAF_OK;
}
