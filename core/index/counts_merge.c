/* counts_merge.c - tables become runs, and runs become one list.
 *
 * Runs are merged by a heap of readers, each with a piece of its run in memory. */
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "index/counts_parts.h"

enum { PIECE = 1 << 16, FLUSH = 1 << 20, GROUPS = SHEAF_COUNTS_TOGETHER };

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- runs ----------------------------------------------------------------------- */

static size_t key_of(const sheaf_counter *c, const sheaf_gram *g, char out[SHEAF_COUNTS_KEY]) {
    size_t size = 0;
    for (unsigned i = 0; i < c->options.n; i++) {
        sheaf_slice word = c->vocabulary.words[g->words[i]];
        if (i)
            out[size++] = ' ';
        memcpy(out + size, word.data, word.size);
        size += word.size;
    }
    return size;
}

/* Of equal hashes, by key and group: in the same way in each counter. */
static bool is_before(const sheaf_counter *c, const sheaf_gram *a, const sheaf_gram *b) {
    char one[SHEAF_COUNTS_KEY], other[SHEAF_COUNTS_KEY];
    if (a->hash != b->hash)
        return a->hash < b->hash;
    int order = sheaf_slice_compare((sheaf_slice){one, key_of(c, a, one)},
                                    (sheaf_slice){other, key_of(c, b, other)});
    return order != 0 ? order < 0 : a->group < b->group;
}

/* Closes gaps. Insertion finds each place within a few steps, since slots are in the order of
 * hashes; the few that were pushed on over the end of the table go a longer way. */
static void sort(sheaf_counter *c) {
    size_t kept = 0;
    for (size_t i = 0; i < c->capacity; i++) {
        sheaf_gram g = c->grams[i];
        if (g.count == 0)
            continue;
        size_t at = kept++;
        while (at > 0 && is_before(c, &g, &c->grams[at - 1])) {
            c->grams[at] = c->grams[at - 1];
            at--;
        }
        c->grams[at] = g;
    }
}

static sheaf_status flush(sheaf_counter *c, sheaf_buffer *out, sheaf_error *error) {
    if (out->failed)
        return no_memory(error);
    if (out->size && fwrite(out->data, 1, out->size, c->file) != out->size)
        return sheaf_fail_errno(error, "cannot write", "a temporary file");
    c->written += out->size;
    sheaf_buffer_reset(out);
    return SHEAF_OK;
}

static void put_gram(sheaf_counter *c, const sheaf_gram *g, sheaf_buffer *out) {
    char row[SHEAF_COUNT_HEAD + SHEAF_COUNTS_KEY];
    uint64_t articles = g->articles, count = g->count;
    uint32_t size = (uint32_t)key_of(c, g, row + SHEAF_COUNT_HEAD);
    memcpy(row, &g->hash, 8);
    memcpy(row + 8, &articles, 8);
    memcpy(row + 16, &count, 8);
    memcpy(row + 24, &g->group, 4);
    memcpy(row + 28, &size, 4);
    sheaf_buffer_append(out, row, SHEAF_COUNT_HEAD + size);
}

static sheaf_status write_run(sheaf_counter *c, sheaf_error *error) {
    sheaf_buffer out = {0};
    sheaf_status status = SHEAF_OK;
    for (size_t i = 0; i < c->count && status == SHEAF_OK; i++) {
        put_gram(c, &c->grams[i], &out);
        if (out.size > FLUSH || out.failed)
            status = flush(c, &out, error);
    }
    if (status == SHEAF_OK)
        status = flush(c, &out, error);
    if (status == SHEAF_OK && fflush(c->file) != 0)
        status = sheaf_fail_errno(error, "cannot write", "a temporary file");
    sheaf_buffer_clear(&out);
    return status;
}

static sheaf_count_run *new_run(sheaf_counter *c) {
    if (c->run_count == c->run_room) {
        size_t room = 2 * c->run_room + 8;
        sheaf_count_run *bigger = sheaf_realloc(c->runs, room * sizeof *bigger);
        if (!bigger)
            return NULL;
        c->runs = bigger;
        c->run_room = room;
    }
    c->runs[c->run_count] = (sheaf_count_run){.offset = c->written};
    return &c->runs[c->run_count++];
}

sheaf_status sheaf_counter_spill(sheaf_counter *c, sheaf_error *error) {
    if (c->count == 0)
        return SHEAF_OK;
    if (!c->file && !(c->file = tmpfile()))
        return sheaf_fail_errno(error, "cannot make", "a temporary file");
    sheaf_count_run *run = new_run(c);
    if (!run)
        return no_memory(error);
    sort(c);
    sheaf_status status = write_run(c, error);
    run->size = c->written - run->offset;
    memset(c->grams, 0, c->capacity * sizeof *c->grams);
    c->count = 0;
    return status;
}

/* ---- readers -------------------------------------------------------------------- */

typedef struct reader {
    int file;
    uint64_t next, end; /* of what is not in the piece yet */
    char *piece;
    size_t at, held;
    uint64_t hash;
    sheaf_count count;
    sheaf_slice key;
} reader;

static sheaf_status refill(reader *r, sheaf_error *error) {
    size_t left = r->held - r->at, room = PIECE - left;
    memmove(r->piece, r->piece + r->at, left);
    r->at = 0;
    r->held = left;
    while (room > 0 && r->next < r->end) {
        size_t wanted = r->end - r->next < room ? (size_t)(r->end - r->next) : room;
        ssize_t got = pread(r->file, r->piece + r->held, wanted, (off_t)r->next);
        if (got <= 0)
            return sheaf_fail_errno(error, "cannot read", "a temporary file");
        r->held += (size_t)got;
        r->next += (uint64_t)got;
        room -= (size_t)got;
    }
    return SHEAF_OK;
}

/* The next row; SHEAF_END behind the last. */
static sheaf_status step(reader *r, sheaf_error *error) {
    uint32_t size = 0;
    if (r->held - r->at < SHEAF_COUNT_HEAD + SHEAF_COUNTS_KEY && r->next < r->end) {
        sheaf_status status = refill(r, error);
        if (status != SHEAF_OK)
            return status;
    }
    if (r->held - r->at < SHEAF_COUNT_HEAD)
        return SHEAF_END;
    const char *from = r->piece + r->at;
    memcpy(&r->hash, from, 8);
    memcpy(&r->count.articles, from + 8, 8);
    memcpy(&r->count.count, from + 16, 8);
    memcpy(&r->count.group, from + 24, 4);
    memcpy(&size, from + 28, 4);
    r->at += SHEAF_COUNT_HEAD;
    if (size > r->held - r->at)
        return sheaf_fail(error, SHEAF_IO, "a temporary file was changed");
    r->key = (sheaf_slice){r->piece + r->at, size};
    r->at += size;
    return SHEAF_OK;
}

static int compare_readers(const reader *a, const reader *b) {
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    int order = sheaf_slice_compare(a->key, b->key);
    if (order != 0)
        return order;
    return (a->count.group > b->count.group) - (a->count.group < b->count.group);
}

/* ---- the heap: the least row is the first ---------------------------------------- */

typedef struct merging {
    reader *readers;
    reader **heap;
    size_t count, made;
    char key[SHEAF_COUNTS_KEY]; /* of what is being added up */
    size_t key_size;
    uint64_t hash;
    sheaf_count sums[GROUPS];
    size_t sum_count;
    sheaf_counts_told told;
    void *context;
} merging;

static void sift_down(reader **heap, size_t count, size_t at) {
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && compare_readers(heap[child + 1], heap[child]) < 0)
            child++;
        if (compare_readers(heap[child], heap[at]) >= 0)
            break;
        reader *held = heap[at];
        heap[at] = heap[child];
        heap[child] = held;
    }
}

static sheaf_status open_reader(merging *m, const sheaf_counter *c, const sheaf_count_run *run,
                                sheaf_error *error) {
    reader *r = &m->readers[m->made++];
    *r = (reader){.file = fileno(c->file), .next = run->offset, .end = run->offset + run->size};
    r->piece = sheaf_malloc(PIECE);
    if (!r->piece)
        return no_memory(error);
    sheaf_status status = step(r, error);
    if (status == SHEAF_OK)
        m->heap[m->count++] = r;
    return status == SHEAF_END ? SHEAF_OK : status;
}

static sheaf_status tell(merging *m, sheaf_error *error) {
    size_t count = m->sum_count;
    m->sum_count = 0;
    if (count == 0)
        return SHEAF_OK;
    return m->told(m->context, (sheaf_slice){m->key, m->key_size}, m->sums, count, error);
}

static sheaf_status add_up(merging *m, const reader *r, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    bool same = m->sum_count > 0 && m->hash == r->hash &&
                sheaf_slice_equal((sheaf_slice){m->key, m->key_size}, r->key);
    sheaf_count *last = m->sum_count ? &m->sums[m->sum_count - 1] : NULL;
    if (same && last->group == r->count.group) {
        last->count += r->count.count;
        last->articles += r->count.articles;
        return SHEAF_OK;
    }
    if (!same || m->sum_count == GROUPS)
        status = tell(m, error);
    if (!same) {
        memcpy(m->key, r->key.data, r->key.size);
        m->key_size = r->key.size;
        m->hash = r->hash;
    }
    m->sums[m->sum_count++] = r->count;
    return status;
}

static sheaf_status merge(merging *m, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    for (size_t i = m->count / 2; i-- > 0;)
        sift_down(m->heap, m->count, i);
    while (m->count > 0 && status == SHEAF_OK) {
        status = add_up(m, m->heap[0], error);
        if (status != SHEAF_OK)
            return status;
        status = step(m->heap[0], error);
        if (status == SHEAF_END) {
            m->heap[0] = m->heap[--m->count];
            status = SHEAF_OK;
        }
        sift_down(m->heap, m->count, 0);
    }
    return status == SHEAF_OK ? tell(m, error) : status;
}

sheaf_status sheaf_counts_merge(sheaf_counter *const *counters, size_t count,
                                sheaf_counts_told told, void *context, sheaf_error *error) {
    merging *m = sheaf_calloc(1, sizeof *m);
    sheaf_status status = m ? SHEAF_OK : no_memory(error);
    size_t runs = 0;
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        status = sheaf_counter_spill(counters[i], error);
        runs += counters[i]->run_count;
    }
    if (status != SHEAF_OK)
        goto done;
    m->told = told;
    m->context = context;
    m->readers = sheaf_calloc(runs + 1, sizeof *m->readers);
    m->heap = sheaf_calloc(runs + 1, sizeof *m->heap);
    if (!m->readers || !m->heap)
        status = no_memory(error);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < counters[i]->run_count && status == SHEAF_OK; j++)
            status = open_reader(m, counters[i], &counters[i]->runs[j], error);
    }
    if (status == SHEAF_OK)
        status = merge(m, error);
done:
    for (size_t i = 0; m && i < m->made; i++)
        sheaf_free(m->readers[i].piece);
    if (m) {
        sheaf_free(m->readers);
        sheaf_free(m->heap);
    }
    sheaf_free(m);
    return status;
}
