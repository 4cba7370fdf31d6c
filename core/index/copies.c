/* copies.c - reads the candidates again, and counts what they share.
 *
 *   pairs of a batch ─► their articles, each once ─► sets of shingles ─► shares
 *
 * A batch has as many pairs as have at most BATCH articles, so that their sets fit
 * into memory whatever the number of pairs; sets are made by all threads. Two
 * texts that are the same byte for byte have the same hash besides. */
#include "index/copies.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jobs.h"
#include "base/memory.h"
#include "base/status.h"

enum { BATCH = 1 << 14, PIECE = 64, WORKERS_MAX = 64 };

static const double NEARLY = 0.8;
static const uint32_t FEWEST = 24, FEWEST_NEARLY = 8;

typedef struct shingle_set {
    uint32_t article;
    uint32_t count;
    uint32_t *ids;
    uint64_t hash; /* of the text */
    size_t size;
} shingle_set;

typedef struct batch {
    const sheaf_copies_options *options;
    shingle_set *sets; /* by article */
    size_t count;
    uint8_t *seen; /* a bit for each article that there is: it is in sets */
    size_t seen_size;
    sheaf_shingles scratch[WORKERS_MAX];
} batch;

typedef struct match_list {
    sheaf_match *items;
    size_t count, capacity;
} match_list;

double sheaf_match_share(const sheaf_match *match) {
    uint32_t smaller = match->in_a < match->in_b ? match->in_a : match->in_b;
    return smaller ? (double)match->shared / smaller : 0;
}

double sheaf_match_jaccard(const sheaf_match *match) {
    double both = (double)match->in_a + match->in_b - match->shared;
    return both > 0 ? match->shared / both : 0;
}

/* ---- sets of a batch ------------------------------------------------------------ */

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status make_set(batch *b, unsigned worker, shingle_set *set, sheaf_error *error) {
    sheaf_slice text = {0};
    sheaf_shingles *shingles = &b->scratch[worker];
    sheaf_status status = b->options->text(b->options->context, worker, set->article, &text, error);
    if (status != SHEAF_OK)
        return status;
    if (!sheaf_shingles_of(shingles, text))
        return no_memory(error);
    sheaf_shingles_sort(shingles);
    set->ids = sheaf_malloc(shingles->count * sizeof *set->ids);
    if (!set->ids)
        return no_memory(error);
    if (shingles->count)
        memcpy(set->ids, shingles->ids, shingles->count * sizeof *set->ids);
    set->count = (uint32_t)shingles->count;
    set->hash = sheaf_hash64(text);
    set->size = text.size;
    return SHEAF_OK;
}

static sheaf_status make_piece(void *context, unsigned worker, size_t job, sheaf_error *error) {
    batch *b = context;
    sheaf_status status = SHEAF_OK;
    for (size_t i = job * PIECE; i < (job + 1) * PIECE && i < b->count && !status; i++)
        status = make_set(b, worker, &b->sets[i], error);
    return status;
}

static sheaf_status make_sets(batch *b, sheaf_error *error) {
    unsigned threads = b->options->threads;
    sheaf_jobs jobs = {.count = (b->count + PIECE - 1) / PIECE,
                       .threads = threads > WORKERS_MAX ? WORKERS_MAX : threads,
                       .work = make_piece,
                       .context = b};
    return sheaf_jobs_run(&jobs, error);
}

static int compare_sets(const void *a, const void *b) {
    uint32_t left = ((const shingle_set *)a)->article, right = ((const shingle_set *)b)->article;
    return (left > right) - (left < right);
}

static void gather_article(batch *b, uint32_t article) {
    uint8_t bit = (uint8_t)(1 << article % 8);
    if (b->seen[article / 8] & bit)
        return;
    b->seen[article / 8] |= bit;
    b->sets[b->count++] = (shingle_set){.article = article};
}

/* The articles of pairs from `from` on, as many as have room; returns where it stopped. */
static size_t gather_articles(batch *b, const sheaf_candidate *pairs, size_t from, size_t count) {
    b->count = 0;
    memset(b->seen, 0, b->seen_size);
    for (; from < count && b->count + 2 <= BATCH; from++) {
        gather_article(b, pairs[from].a);
        gather_article(b, pairs[from].b);
    }
    qsort(b->sets, b->count, sizeof *b->sets, compare_sets);
    return from;
}

static void drop_sets(batch *b) {
    for (size_t i = 0; i < b->count; i++)
        sheaf_free(b->sets[i].ids);
    b->count = 0;
}

/* ---- shares ----------------------------------------------------------------------- */

static const shingle_set *set_of(const batch *b, uint32_t article) {
    shingle_set key = {.article = article};
    return bsearch(&key, b->sets, b->count, sizeof key, compare_sets);
}

static bool add_match(match_list *list, sheaf_match match) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 64;
        sheaf_match *items = sheaf_realloc(list->items, capacity * sizeof *items);
        if (!items)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = match;
    return true;
}

/* A formula that many short texts have ("is a village in the district of") is no copy:
 * two that are not nearly the same must share a passage of some length. */
static bool is_match(const sheaf_match *match, const sheaf_copies_options *options) {
    uint32_t fewest = options->fewest ? options->fewest : FEWEST;
    double least = options->least > 0 ? options->least : SHEAF_COPIES_LEAST,
           share = sheaf_match_share(match);
    if (match->same)
        return match->in_a > 0;
    if (match->in_a == 0 || match->in_b == 0 || share < least)
        return false;
    return match->shared >= fewest || (share >= NEARLY && match->shared >= FEWEST_NEARLY);
}

static bool measure(const batch *b, sheaf_candidate pair, match_list *list) {
    const shingle_set *a = set_of(b, pair.a), *other = set_of(b, pair.b);
    sheaf_match match = {
        .a = pair.a,
        .b = pair.b,
        .shared = (uint32_t)sheaf_shingles_shared(a->ids, a->count, other->ids, other->count),
        .in_a = a->count,
        .in_b = other->count,
        .same = a->size == other->size && a->hash == other->hash};
    return !is_match(&match, b->options) || add_match(list, match);
}

/* Pairs from *from on, which moves behind those that were measured. */
static sheaf_status measure_batch(batch *b, const sheaf_candidate *pairs, size_t *from,
                                  size_t count, match_list *list, sheaf_error *error) {
    size_t to = gather_articles(b, pairs, *from, count);
    sheaf_status status = make_sets(b, error);
    for (size_t i = *from; i < to && status == SHEAF_OK; i++) {
        if (!measure(b, pairs[i], list))
            status = no_memory(error);
    }
    drop_sets(b);
    *from = to;
    return status;
}

static void free_batch(batch *b) {
    if (!b)
        return;
    for (unsigned i = 0; i < WORKERS_MAX; i++)
        sheaf_shingles_clear(&b->scratch[i]);
    sheaf_free(b->seen);
    sheaf_free(b->sets);
    sheaf_free(b);
}

static batch *new_batch(const sheaf_candidate *pairs, size_t count,
                        const sheaf_copies_options *options) {
    uint32_t last = 0;
    batch *b = sheaf_calloc(1, sizeof *b);
    if (!b)
        return NULL;
    for (size_t i = 0; i < count; i++)
        last = pairs[i].b > last ? pairs[i].b : last;
    b->options = options;
    b->seen_size = (size_t)last / 8 + 1;
    b->seen = sheaf_malloc(b->seen_size);
    b->sets = sheaf_malloc(BATCH * sizeof *b->sets);
    if (b->seen && b->sets)
        return b;
    free_batch(b);
    return NULL;
}

sheaf_status sheaf_copies_measure(const sheaf_candidate *pairs, size_t count,
                                  const sheaf_copies_options *options, sheaf_match **matches,
                                  size_t *found, sheaf_error *error) {
    match_list list = {0};
    sheaf_status status = SHEAF_OK;
    batch *b = new_batch(pairs, count, options);
    if (!b)
        return no_memory(error);
    for (size_t from = 0; from < count && status == SHEAF_OK;)
        status = measure_batch(b, pairs, &from, count, &list, error);
    free_batch(b);
    if (status != SHEAF_OK) {
        sheaf_free(list.items);
        return status;
    }
    *matches = list.items;
    *found = list.count;
    return SHEAF_OK;
}
