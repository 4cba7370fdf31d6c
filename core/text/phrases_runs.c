/* phrases_runs.c - runs of letters and digits, 64 bytes of text at a time.
 *
 * A block begins where a run may begin. A mask of 64 bits has a bit for each
 * byte that belongs to a run; so runs begin and end where its bits change:
 *
 *     text     It's “3.14” na
 *     runs     11.1...1.11...11
 *     starts   1..1...1.1....1.
 *     ends     ..1.1...1..1....      the last is open: the next block begins there
 *
 * Keys of runs of ASCII come straight from the text. A run of more than a block
 * is read byte by byte. The same lines are compiled for each kind of machine. */
#include "text/phrases_runs.h"

#include "base/utf8.h"
#include "text/fold_tables.h"
#include "text/ranges.h"
#include "text/word_tables.h"

#define INLINE static inline __attribute__((always_inline))

enum { BLOCK = 64, EIGHT = 8, TWO_BYTES = 0x800, THREE_BYTES = 0x10000 };

/* ---- units --------------------------------------------------------------------- */

static bool is_joining(uint32_t c) {
    unsigned class = sheaf_word_class(c);
    return class == SHEAF_CLASS_LETTER || class == SHEAF_CLASS_HEBREW ||
           class == SHEAF_CLASS_NUMBER;
}

/* The character that c < 0x10000 becomes in folding, 0 when that is not one. */
static uint32_t fold_one(uint32_t c) {
    unsigned step = sheaf_fold_step(c);
    return step == SHEAF_FOLD_SLOW || step == SHEAF_FOLD_DROP ? 0 : (c + step) & 0xFFFF;
}

static inline bool is_hangul_syllable(uint32_t c) {
    return c - 0xAC00 < 11172;
}

static unsigned char find_unit(uint32_t c) {
    if (is_hangul_syllable(c))
        return (unsigned char)(0x80 | (c & 0x7F)); /* what all below comes to */
    if (c >= THREE_BYTES || !is_joining(c))
        return 0;
    uint32_t folded = fold_one(c);
    if (folded < 0x80)
        return sheaf_is_alpha((char)folded) || sheaf_is_digit((char)folded) ? (unsigned char)folded
                                                                            : 0;
    bool stays = is_joining(folded) && fold_one(folded) == folded;
    return stays ? (unsigned char)(0x80 | (folded & 0x7F)) : 0;
}

void sheaf_run_units_init(sheaf_run_units *units) {
    for (uint32_t c = 0; c < TWO_BYTES; c++)
        units->of[c] = find_unit(c);
}

static inline unsigned char take_unit(const sheaf_run_units *units, sheaf_slice run, size_t *at) {
    const unsigned char *bytes = (const unsigned char *)run.data + *at;
    if (bytes[0] < 0x80) {
        ++*at;
        return units->of[bytes[0]];
    }
    if (bytes[0] < 0xE0 && run.size - *at > 1) {
        *at += 2;
        return units->of[(bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu)];
    }
    return find_unit(sheaf_utf8_next(run, at));
}

uint64_t sheaf_run_key_of(const sheaf_run_units *units, sheaf_slice run) {
    uint64_t bytes = 0;
    size_t size = 0;
    for (size_t at = 0; at < run.size; size++) {
        uint64_t unit = take_unit(units, run, &at);
        if (!unit)
            return SHEAF_RUN_HARD;
        if (size < EIGHT)
            bytes |= unit << size * 8;
    }
    return sheaf_run_key(bytes, size);
}

/* ---- runs of more than a block ------------------------------------------------------ */

/* Bytes of the dash, mark or sign at a byte of 0x80 or more; 0 when it belongs to runs. */
static size_t sign_size(sheaf_slice text, size_t at) {
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.size - at;
    if (bytes[0] == 0xE2 && left > 2 && bytes[1] == 0x80 && bytes[2] >= 0x90 && bytes[2] <= 0xA7)
        return 3;
    bool sign = bytes[0] == 0xC2 && left > 1 &&
                ((bytes[1] >= 0xA0 && bytes[1] <= 0xA9) || bytes[1] == 0xAB || bytes[1] == 0xBB);
    return sign ? 2 : 0;
}

static size_t run_end(sheaf_slice text, size_t at) {
    for (; at < text.size; at++) {
        char byte = text.data[at];
        bool inside = (unsigned char)byte < 0x80 ? sheaf_is_alpha(byte) || sheaf_is_digit(byte)
                                                 : sign_size(text, at) == 0;
        if (!inside)
            break;
    }
    return at;
}

static sheaf_run long_run(const sheaf_run_units *units, sheaf_slice text, size_t from) {
    size_t to = run_end(text, from);
    return (sheaf_run){sheaf_run_key_of(units, sheaf_slice_part(text, from, to)), (uint32_t)from,
                       (uint32_t)to};
}

/* ---- blocks ----------------------------------------------------------------------- */

/* Which of 64 bytes are in [low, high]. */
typedef uint64_t sheaf_range_function(const unsigned char *bytes, unsigned char low,
                                      unsigned char high);

INLINE uint64_t range_scalar(const unsigned char *bytes, unsigned char low, unsigned char high) {
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK; i++)
        mask |= (uint64_t)((unsigned char)(bytes[i] - low) <= high - low) << i;
    return mask;
}

/* All bytes of whole characters that are dashes, marks and signs. */
INLINE uint64_t sign_mask(const unsigned char *bytes, sheaf_range_function *range) {
    uint64_t dashes =
        range(bytes, 0xE2, 0xE2) & range(bytes, 0x80, 0x80) >> 1 & range(bytes, 0x90, 0xA7) >> 2;
    uint64_t signs =
        range(bytes, 0xC2, 0xC2) &
        (range(bytes, 0xA0, 0xA9) | range(bytes, 0xAB, 0xAB) | range(bytes, 0xBB, 0xBB)) >> 1;
    return dashes | dashes << 1 | dashes << 2 | signs | signs << 1;
}

INLINE unsigned lowest(uint64_t mask) {
    return (unsigned)__builtin_ctzll(mask);
}

typedef struct block {
    const unsigned char *bytes;
    size_t at; /* in the text */
    uint64_t starts, ends, high;
    unsigned used; /* the next block begins here; 0: a run is longer than the block */
} block;

/* The last bytes are looked at in a copy with zeros behind it, which are of no run. */
INLINE const unsigned char *whole_block(sheaf_slice text, size_t at, unsigned char *copy) {
    size_t left = text.size - at;
    if (left >= BLOCK + EIGHT)
        return (const unsigned char *)text.data + at;
    memset(copy, 0, BLOCK + EIGHT);
    memcpy(copy, text.data + at, left);
    return copy;
}

INLINE block cut_block(const unsigned char *bytes, size_t at, sheaf_range_function *range) {
    block cut = {.bytes = bytes, .at = at, .high = range(bytes, 0x80, 0xFF), .used = BLOCK};
    uint64_t runs = range(bytes, 'a', 'z') | range(bytes, 'A', 'Z') | range(bytes, '0', '9');
    if (cut.high) {
        cut.high &= ~sign_mask(bytes, range);
        runs |= cut.high;
    }
    cut.starts = runs & ~(runs << 1);
    cut.ends = ~runs & runs << 1;
    if (runs >> 63)
        cut.used = 63 - (unsigned)__builtin_clzll(cut.starts);
    return cut;
}

/* A list while it grows, and its filter, in registers. */
typedef struct growing {
    sheaf_run *run;
    uint16_t *suspect;
    size_t count, suspects;
    const uint64_t *bits;
    unsigned shift;
} growing;

/* No branch here: what a bitmap says is as good as chance. */
INLINE void put_run(growing *runs, sheaf_run run) {
    uint64_t bit = run.key >> runs->shift;
    runs->suspect[runs->suspects] = (uint16_t)runs->count;
    runs->suspects += runs->bits[bit / 64] >> bit % 64 & 1;
    runs->run[runs->count++] = run;
}

INLINE sheaf_run plain_run(const block *cut, unsigned from, unsigned to) {
    uint64_t eight;
    memcpy(&eight, cut->bytes + from, sizeof eight);
    return (sheaf_run){sheaf_run_key(eight, to - from), (uint32_t)(cut->at + from),
                       (uint32_t)(cut->at + to)};
}

/* All runs are ASCII. */
INLINE void put_plain_runs(growing *runs, block cut) {
    for (; cut.ends; cut.starts &= cut.starts - 1, cut.ends &= cut.ends - 1)
        put_run(runs, plain_run(&cut, lowest(cut.starts), lowest(cut.ends)));
}

INLINE void put_runs(growing *runs, const sheaf_run_units *units, block cut) {
    for (; cut.ends; cut.starts &= cut.starts - 1, cut.ends &= cut.ends - 1) {
        unsigned from = lowest(cut.starts);
        unsigned to = lowest(cut.ends);
        sheaf_run run = plain_run(&cut, from, to);
        uint64_t inside = (UINT64_MAX >> (BLOCK - (to - from))) << from;
        if (cut.high & inside)
            run.key =
                sheaf_run_key_of(units, (sheaf_slice){(const char *)cut.bytes + from, to - from});
        put_run(runs, run);
    }
}

INLINE void next_runs(sheaf_runs *list, const sheaf_run_filter *filter, sheaf_slice text,
                      size_t *at, sheaf_range_function *range) {
    unsigned char copy[BLOCK + EIGHT];
    growing runs = {list->run,      list->suspect, list->count,
                    list->suspects, filter->bits,  filter->shift};
    while (*at < text.size && SHEAF_RUNS_MOST - runs.count >= SHEAF_RUNS_ROOM) {
        block cut = cut_block(whole_block(text, *at, copy), *at, range);
        if (cut.high)
            put_runs(&runs, &filter->units, cut);
        else
            put_plain_runs(&runs, cut);
        *at += cut.used;
        if (cut.used == 0) {
            sheaf_run run = long_run(&filter->units, text, *at);
            put_run(&runs, run);
            *at = run.to;
        }
    }
    list->count = runs.count;
    list->suspects = runs.suspects;
    if (*at > text.size)
        *at = text.size;
}

static void runs_scalar(sheaf_runs *runs, const sheaf_run_filter *filter, sheaf_slice text,
                        size_t *at) {
    next_runs(runs, filter, text, at, range_scalar);
}

#if defined(__x86_64__)

static void runs_sse2(sheaf_runs *runs, const sheaf_run_filter *filter, sheaf_slice text,
                      size_t *at) {
    next_runs(runs, filter, text, at, sheaf_range);
}

SHEAF_AVX2 static void runs_avx2(sheaf_runs *runs, const sheaf_run_filter *filter, sheaf_slice text,
                                 size_t *at) {
    next_runs(runs, filter, text, at, sheaf_range_avx2);
}

SHEAF_AVX512 static void runs_avx512(sheaf_runs *runs, const sheaf_run_filter *filter,
                                     sheaf_slice text, size_t *at) {
    next_runs(runs, filter, text, at, sheaf_range_avx512);
}

static sheaf_runs_function *wide_path(int path) {
    if (path == SHEAF_RUNS_SSE2)
        return runs_sse2;
    if (!__builtin_cpu_supports("bmi2"))
        return NULL;
    if (path == SHEAF_RUNS_AVX2 && __builtin_cpu_supports("avx2"))
        return runs_avx2;
    return path == SHEAF_RUNS_AVX512 && __builtin_cpu_supports("avx512bw") ? runs_avx512 : NULL;
}

#else

static sheaf_runs_function *wide_path(int path) {
    (void)path;
    return NULL;
}

#endif

sheaf_runs_function *sheaf_runs_path(int path) {
    return path == SHEAF_RUNS_SCALAR ? runs_scalar : wide_path(path);
}
