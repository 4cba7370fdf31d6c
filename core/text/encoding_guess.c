/* encoding_guess.c - what bytes look like that nobody labelled.
 *
 * Each encoding is a hypothesis about the same bytes: how many bits would a
 * writer of that language, in that encoding, have needed for them? The eight-bit
 * ones pay for each byte beyond ASCII by the byte before it; those of East Asia
 * by how common the character is. Whoever needs fewest is the best guess, and
 * the lead over the next that reads differently is the confidence.
 *
 * Only pairs with a byte beyond ASCII are weighed, and no more of them than make
 * the answer plain, so that the cost does not grow with the file. */
#include <utf8proc.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "text/encoding_models.h"
#include "text/encoding_parts.h"

enum {
    LOOK_FAR = 256 << 10, /* bytes searched for those beyond ASCII */
    PAIRS = 2048,         /* weighed at most */
    CLASSES = 4,
    MALFORMED = 26,
};

enum { MARK, SIGN, NOTHING, FOREIGN };

/* A step of the tables, in bits. */
#define STEP 0.6

typedef struct pair {
    unsigned char last;
    unsigned char now;
} pair;

typedef struct sample {
    pair pairs[PAIRS];
    size_t count;
    size_t high;       /* bytes beyond ASCII among them */
    size_t lonely;     /* of these, with none beside them */
    sheaf_slice bytes; /* the stretch that they come from */
} sample;

/* ---- the sample ------------------------------------------------------------- */

static bool is_high(char c) {
    return (unsigned char)c >= 0x80;
}

/* The first byte beyond ASCII at or after `at`. */
static size_t find_high(sheaf_slice bytes, size_t at) {
    uint64_t eight;
    for (; at + 8 <= bytes.size; at += 8) {
        memcpy(&eight, bytes.data + at, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < bytes.size && !is_high(bytes.data[at]))
        at++;
    return at;
}

static void collect(sample *out, sheaf_slice bytes) {
    out->count = 0;
    out->high = 0;
    out->lonely = 0;
    bytes = sheaf_slice_part(bytes, 0, LOOK_FAR);
    size_t first = find_high(bytes, 0);
    size_t at = first;
    while (at < bytes.size && out->count < PAIRS) {
        unsigned char now = (unsigned char)bytes.data[at];
        unsigned char last = at > 0 ? (unsigned char)bytes.data[at - 1] : ' ';
        out->high += now >= 0x80;
        out->lonely +=
            now >= 0x80 && last < 0x80 && (at + 1 == bytes.size || !is_high(bytes.data[at + 1]));
        if (now >= 0x80 || last >= 0x80) {
            out->pairs[out->count++] = (pair){last, now};
            at++;
        } else {
            at = find_high(bytes, at);
        }
    }
    out->bytes = sheaf_slice_part(bytes, first, at);
}

/* ---- eight bits ---------------------------------------------------------------- */

/* What each byte is to a model. */
typedef struct reading {
    unsigned char symbol[256];
    unsigned char shape[256]; /* of its letter: none, small, large */
} reading;

enum { NO_LETTER, SMALL, LARGE };

static size_t find_point(const uint16_t *points, size_t count, uint32_t c) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (points[middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && points[low] == c ? low : SIZE_MAX;
}

static bool is_mark(uint32_t c) {
    static const uint16_t marks[] = {
        0x00A0, 0x00A3, 0x00A7, 0x00A9, 0x00AB, 0x00AE, 0x00B0, 0x00B7,
        0x00BB, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D,
        0x201E, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2116,
    };
    return find_point(marks, sizeof marks / sizeof *marks, c) != SIZE_MAX;
}

static unsigned char classify(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    if (c < 0xA0)
        return NOTHING;
    if (is_mark(c))
        return MARK;
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
    return letter ? FOREIGN : SIGN;
}

static void read_high(reading *out, const sheaf_encoding_model *model, unsigned byte, uint32_t c) {
    uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    size_t found = find_point(model->letters, model->letter_count, small);
    if (found != SIZE_MAX)
        out->symbol[byte] = (unsigned char)(CLASSES + found);
    else
        out->symbol[byte] = classify(c);
    if (out->symbol[byte] >= FOREIGN)
        out->shape[byte] = small != c                                            ? LARGE
                           : utf8proc_toupper((utf8proc_int32_t)c) != (int32_t)c ? SMALL
                                                                                 : NO_LETTER;
}

static void read_all(reading *out, const sheaf_encoding_model *model) {
    const sheaf_encoding_page *page = sheaf_encoding_page_named(model->name);
    unsigned char blank = (unsigned char)(CLASSES + model->letter_count);
    memset(out->symbol, blank, sizeof out->symbol);
    memset(out->shape, NO_LETTER, sizeof out->shape);
    for (unsigned i = 0; i < 26; i++) {
        unsigned char symbol = (unsigned char)(blank + 1 + (model->latin ? i : 0));
        out->symbol['a' + i] = out->symbol['A' + i] = symbol;
        out->shape['a' + i] = SMALL;
        out->shape['A' + i] = LARGE;
    }
    for (unsigned byte = 0x80; byte < 0x100; byte++)
        read_high(out, model, byte, page ? page->points[byte - 0x80] : 0);
}

/* A large letter behind a small one is a sign of the wrong table; large ones in
 * a row are a headline, at most. */
static double shape_cost(unsigned last, unsigned now) {
    if (now != LARGE || last == NO_LETTER)
        return 0;
    return last == SMALL ? 6 : 0.5;
}

/* Words of one letter, and hardly any longer: accents, and no alphabet of its own. */
static double lonely_cost(const sample *of, const sheaf_encoding_model *model) {
    return model->latin || of->lonely * 2 < of->high ? 0 : 3.0 * (double)of->lonely;
}

static double weigh_model(const sample *of, const sheaf_encoding_model *model) {
    reading table;
    double bits = 0;
    size_t steps = 0;
    read_all(&table, model);
    for (size_t i = 0; i < of->count; i++) {
        pair here = of->pairs[i];
        steps += (size_t)(model->rows[table.symbol[here.last]][table.symbol[here.now]] - 'a');
        bits += shape_cost(table.shape[here.last], table.shape[here.now]);
    }
    return bits + (double)steps * STEP + model->against + lonely_cost(of, model);
}

/* ---- East Asia ------------------------------------------------------------------- */

static double cost_of(const sheaf_encoding_wide *wide, uint32_t c) {
    size_t found = find_point(wide->points, wide->count, c);
    if (found != SIZE_MAX)
        return (wide->costs[found] - 'a') * STEP;
    if ((c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF01 && c <= 0xFF5E))
        return 14;
    if (c >= 0x4E00 && c <= 0x9FFF)
        return 16;
    if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xFF61 && c <= 0xFF9F))
        return 15;
    return 19; /* other alphabets, private use, rare signs */
}

static double weigh_wide(const sample *of, const sheaf_encoding_wide *wide) {
    char piece[1024];
    size_t at = 0;
    size_t bad = 0;
    double bits = 6;
    sheaf_decoder *decoder = sheaf_decoder_open(wide->name);
    if (!decoder)
        return 1e9;
    while (at < of->bytes.size) {
        size_t size = sheaf_decoder_step(decoder, of->bytes, &at, piece, sizeof piece, &bad);
        sheaf_slice text = sheaf_slice_from(piece, size);
        for (size_t i = 0; i < text.size;) {
            uint32_t c = sheaf_utf8_next(text, &i);
            if (c >= 0x80 && c != 0xFFFD)
                bits += cost_of(wide, c);
        }
    }
    sheaf_decoder_close(decoder);
    return bits + (double)bad * MALFORMED;
}

/* ---- the best ----------------------------------------------------------------------- */

typedef struct ranking {
    const char *best;
    double bits;
    double next; /* of the best that has another name */
} ranking;

static void enter(ranking *to, const char *name, double bits) {
    if (to->best && strcmp(to->best, name) == 0) {
        to->bits = bits < to->bits ? bits : to->bits;
    } else if (!to->best || bits < to->bits) {
        to->next = to->best ? to->bits : 1e9;
        to->best = name;
        to->bits = bits;
    } else if (bits < to->next) {
        to->next = bits;
    }
}

/* All hypotheses, or those of one name only. */
static ranking rank(const sample *of, const char *only) {
    ranking all = {NULL, 1e9, 1e9};
    for (size_t i = 0; i < sheaf_encoding_model_count; i++) {
        const sheaf_encoding_model *model = &sheaf_encoding_models[i];
        if (!only || strcmp(only, model->name) == 0)
            enter(&all, model->name, weigh_model(of, model));
    }
    for (size_t i = 0; i < sheaf_encoding_wide_count; i++) {
        const sheaf_encoding_wide *wide = &sheaf_encoding_wides[i];
        if (!only || strcmp(only, wide->name) == 0)
            enter(&all, wide->name, weigh_wide(of, wide));
    }
    return all;
}

/* ISO-2022-JP is ASCII with switches, each of which has its meaning. */
static bool is_seven_bit_japanese(sheaf_slice bytes) {
    static const char *const switches[] = {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I", "\x1B(B"};
    size_t there = 0;
    size_t all = 0;
    bytes = sheaf_slice_part(bytes, 0, LOOK_FAR);
    for (size_t at = 0; (at = sheaf_slice_find_char(bytes, at, '\x1B')) != SIZE_MAX; at++, all++) {
        for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
            there += sheaf_slice_starts(sheaf_slice_part(bytes, at, at + 3),
                                        sheaf_slice_of(switches[i]));
    }
    return there > 0 && there * 4 >= all * 3;
}

sheaf_encoding_guess sheaf_encoding_look(sheaf_slice bytes) {
    sample of;
    collect(&of, bytes);
    if (of.high == 0 && is_seven_bit_japanese(bytes))
        return (sheaf_encoding_guess){
            .name = "ISO-2022-JP", .why = "looks like it", .confidence = 0.99};
    if (of.high == 0)
        return (sheaf_encoding_guess){0};
    ranking all = rank(&of, NULL);
    double lead = all.next - all.bits;
    double confidence = lead >= 40 ? 0.99 : 0.3 + lead * 0.69 / 40;
    return (sheaf_encoding_guess){
        .name = all.best, .why = "looks like it", .confidence = confidence};
}

double sheaf_encoding_doubt(sheaf_slice bytes, const char *name) {
    enum { NATS = 40 };
    sample of;
    collect(&of, bytes);
    if (of.high == 0)
        return 0;
    ranking own = rank(&of, name);
    if (!own.best)
        return 0;
    double lead = (own.bits - rank(&of, NULL).bits) * 0.69;
    return lead < NATS ? 0 : lead / (double)of.count;
}
