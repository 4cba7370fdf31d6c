/* phrases_runs.h - runs of letters and digits, and their keys: what phrases.c
 * looks at before it asks for words.
 *
 * A run is as long as it can be: ASCII letters and digits, and all other
 * characters of more than a byte but the commonest dashes, quotation marks and
 * signs. Every word begins with a run, or with "_" before one; it may hold
 * several ("3.14"), and only a hard run may hold several words.
 *
 *     Café — "U.S. Army" 北京  ─►  cafe  u  s  army  (hard)
 *
 * A run is easy when it is of letters and digits which folding makes one each:
 * then it is a word, or the beginning of one, and its key is that of the same
 * run of the folded word. Runs of anything else are hard and have no key. */
#ifndef SHEAF_TEXT_PHRASES_RUNS_H
#define SHEAF_TEXT_PHRASES_RUNS_H

#include "text/phrases.h"

enum { SHEAF_RUN_HARD = 0, SHEAF_RUN_NONE = 1, SHEAF_RUNS_ROOM = 40, SHEAF_RUNS_MOST = 512 };

typedef struct sheaf_run {
    uint64_t key; /* of its folded characters; SHEAF_RUN_HARD: of no easy run */
    uint32_t from, to;
} sheaf_run;

/* What characters up to U+07FF count for in keys: a byte each; 0: hard, or no
 * character of a run. */
typedef struct sheaf_run_units {
    unsigned char of[0x800];
} sheaf_run_units;

void sheaf_run_units_init(sheaf_run_units *units);

/* The key of a run, or of what may be one; SHEAF_RUN_HARD when it is not easy. */
uint64_t sheaf_run_key_of(const sheaf_run_units *units, sheaf_slice run);

/* A bitmap by the upper bits of keys: what a run may be to count. */
typedef struct sheaf_run_filter {
    sheaf_run_units units;
    uint64_t *bits;
    unsigned shift; /* to the bit of a key */
} sheaf_run_filter;

typedef struct sheaf_runs {
    size_t count, suspects;
    sheaf_run run[SHEAF_RUNS_MOST];
    uint16_t suspect[SHEAF_RUNS_MOST]; /* those that the filter lets through */
} sheaf_runs;

/* Adds runs of text from *at on, and moves *at behind them. It stops when there
 * is not room for SHEAF_RUNS_ROOM more, or at the end of text. text is valid
 * UTF-8. */
typedef void sheaf_runs_function(sheaf_runs *runs, const sheaf_run_filter *filter, sheaf_slice text,
                                 size_t *at);

/* The ways to do so, of which all give the same: NULL where this machine has
 * one not. The last that is there is the fastest. */
enum { SHEAF_RUNS_SCALAR, SHEAF_RUNS_SSE2, SHEAF_RUNS_AVX2, SHEAF_RUNS_AVX512, SHEAF_RUNS_PATHS };
sheaf_runs_function *sheaf_runs_path(int path);

/* For tests and benchmarks: sheaf_phrases_find by one of the ways. */
void sheaf_phrases_find_by(int path, const sheaf_phrases *set, sheaf_slice text,
                           sheaf_phrase_visit *visit, void *context);

/* A good hash of what is in key; no two keys become the same. */
static inline uint64_t sheaf_run_scatter(uint64_t key) {
    key *= 0x9E3779B97F4A7C15u;
    return key ^ key >> 32;
}

/* The key of size bytes of which the first eight are given: those that count,
 * without case, and the size. No branch: long words come as they like. */
static inline uint64_t sheaf_run_key(uint64_t bytes, size_t size) {
    static const uint64_t counted[9] = {
        0,          0xFF,         0xFFFF,         0xFFFFFF,
        UINT32_MAX, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
        UINT64_MAX,
    };
    return sheaf_run_scatter(((bytes | 0x2020202020202020u) & counted[size < 8 ? size : 8]) + size);
}

#endif
