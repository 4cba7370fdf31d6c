/* crew.h - articles through plugins in several threads, with the results in order.
 *
 *   a sheaf ──► unpack │ 256 articles │ 256 articles │ …   any thread
 *   a pile  ──────────► │ 256 articles │ …                  read by the host, run in any thread
 *                           │ steps, and what of the exporter can be done apart
 *                           ▼
 *                       chunk 0, chunk 1, chunk 2, …        taken by the host, in this order
 *
 * Each thread has plugins of its own, made from the recipes of the host's; the host's own serve
 * the host's thread, which works too. A chunk is cut by the articles alone and starts math.random
 * anew, so what becomes of it does not depend on the number of threads.
 *
 * Invariant: no function here touches a state of the host, and a worker none but its own. */
#ifndef SHEAF_SCRIPT_CREW_H
#define SHEAF_SCRIPT_CREW_H

#include <stdatomic.h>

#include "article/article.h"
#include "base/relay.h"
#include "script/plugin.h"

typedef enum sheaf_crew_mode {
    SHEAF_CREW_ARTICLES, /* what is kept goes to the host */
    SHEAF_CREW_ROWS,     /* the exporter writes each article apart */
    SHEAF_CREW_PARTS     /* the exporter adds up each chunk apart */
} sheaf_crew_mode;

typedef struct sheaf_crew_step {
    sheaf_plugin *plugin;
    bool layer; /* what it finds becomes a layer */
} sheaf_crew_step;

typedef struct sheaf_crew_plan {
    const sheaf_crew_step *steps; /* those that may run in any thread; copied */
    size_t step_count;
    sheaf_plugin *exporter; /* opened by the host; NULL in mode ARTICLES */
    sheaf_crew_mode mode;
    unsigned threads;        /* with the host's */
    atomic_int *interrupted; /* not 0: stop soon; or NULL */
} sheaf_crew_plan;

typedef enum sheaf_crew_fate {
    SHEAF_FATE_KEPT,
    SHEAF_FATE_DROPPED, /* by filter `step`, from 0 */
    SHEAF_FATE_FAILED,  /* plugin `step` did; step_count: the exporter */
    SHEAF_FATE_DAMAGED  /* it cannot be read */
} sheaf_crew_fate;

typedef struct sheaf_crew_item {
    sheaf_crew_fate fate;
    unsigned step;
    bool has_words;
    size_t words;
    size_t at; /* ARTICLES: index of the article; ROWS: end of its output; or of its trouble */
} sheaf_crew_item;

/* What went wrong with one article. */
typedef struct sheaf_trouble {
    sheaf_fault fault;
    sheaf_buffer row; /* the article as it was then; empty when damaged */
    uint64_t ordinal; /* of a damaged one */
} sheaf_trouble;

typedef struct sheaf_crew_window sheaf_crew_window;

typedef struct sheaf_crew_chunk {
    sheaf_piece piece;
    bool unpacks; /* a piece that only unpacks; never seen by the host */
    uint64_t number;
    sheaf_crew_window *window; /* of a sheaf: its entries [from, to) */
    size_t from, to;
    sheaf_article *articles; /* given by the host; or kept for it */
    size_t article_count, article_room;
    size_t given; /* bytes of text given */
    sheaf_crew_item *items;
    size_t item_count, item_room;
    size_t kept, most; /* of its items; it ends when so many are kept, 0: never */
    sheaf_trouble *troubles;
    size_t trouble_count, trouble_room;
    sheaf_buffer out;   /* ROWS: what was written; PARTS: a parcel */
    bool aborted;       /* by an interrupt: not all of it was looked at */
    bool broken;        /* the exporter could not begin or end its part: the last trouble */
    unsigned remembers; /* 1 + a step that turned out to keep something; 0: none */
    sheaf_status status;
    sheaf_error error;
} sheaf_crew_chunk;

typedef struct sheaf_crew sheaf_crew;

/* The plugins of plan stay the host's and must live as long. */
sheaf_status sheaf_crew_new(sheaf_crew **out, const sheaf_crew_plan *plan, sheaf_error *error);
void sheaf_crew_free(sheaf_crew *crew);

/* The number of the next chunk that will be begun. */
uint64_t sheaf_crew_number(const sheaf_crew *crew);

/* Begins on a sheaf, which stays open until all is taken: those of its articles whose ordinals
 * are listed, ascending; NULL: all. Of the chunks that it is cut into only those from number
 * `first` up to `last` (excluded) are done. */
sheaf_status sheaf_crew_file(sheaf_crew *crew, const sheaf_file *file, const uint64_t *ordinals,
                             size_t count, uint64_t first, uint64_t last, sheaf_error *error);

/* How many chunks a sheaf is cut into. */
sheaf_status sheaf_crew_cut(const sheaf_file *file, uint64_t *chunks, sheaf_error *error);

/* Takes the contents of an article, which is empty then. full says that something must be taken
 * before more is given. SHEAF_NO_MEMORY. */
sheaf_status sheaf_crew_give(sheaf_crew *crew, sheaf_article *article, const sheaf_loan *known,
                             bool *full, sheaf_error *error);

/* What was given and has not filled a chunk is one now. */
void sheaf_crew_flush(sheaf_crew *crew);

/* *out is the next chunk in order, worked through, and good until the next call; NULL: all are
 * taken. */
sheaf_status sheaf_crew_take(sheaf_crew *crew, sheaf_crew_chunk **out, sheaf_error *error);

/* Works through a chunk of a sheaf, which was taken, once more, but only until `most` articles are
 * kept. Its steps must be such that remember nothing. */
void sheaf_crew_again(sheaf_crew *crew, sheaf_crew_chunk *chunk, size_t most);

/* From now on those steps from number `from` on, and the exporter, are left to the host. No
 * chunk may be under way. */
void sheaf_crew_leave(sheaf_crew *crew, size_t from);

#endif
