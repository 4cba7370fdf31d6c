/* units.c - sentences and quotations as runs of words.
 *
 * Where a sentence ends is asked of text/sentences.h. Quotation marks come in pairs of an opening
 * and a closing one; straight marks open and close by turns within a paragraph. A quotation that is
 * not closed in its paragraph is none. */
#include "index/units.h"

#include <string.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/sentences.h"

enum { LONGEST = 60, QUOTATION_LEAST = 4 };

static bool add(sheaf_units *units, sheaf_unit unit) {
    if (units->count == units->capacity) {
        size_t capacity = units->capacity ? 2 * units->capacity : 64;
        sheaf_unit *items = sheaf_realloc(units->items, capacity * sizeof *items);
        if (!items)
            return false;
        units->items = items;
        units->capacity = capacity;
    }
    units->items[units->count++] = unit;
    return true;
}

/* ---- sentences -------------------------------------------------------------------- */

/* Words [first, first + count) as one sentence, or several when they are many. */
static bool add_words(sheaf_units *units, const sheaf_hashed_words *words, size_t first,
                      size_t count) {
    size_t parts = (count + LONGEST - 1) / LONGEST;
    for (size_t part = 0; part < parts; part++) {
        size_t from = first + count * part / parts, to = first + count * (part + 1) / parts;
        sheaf_unit unit = {.from = words->items[from].from,
                           .to = words->items[to - 1].to,
                           .first = (uint32_t)from,
                           .count = (uint32_t)(to - from)};
        if (!add(units, unit))
            return false;
    }
    return true;
}

/* A whole sentence takes its punctuation along. */
static bool add_sentence(sheaf_units *units, const sheaf_hashed_words *words, size_t first,
                         size_t last, size_t from, size_t to) {
    size_t before = units->count;
    if (first == last)
        return true;
    if (!add_words(units, words, first, last - first))
        return false;
    units->items[before].from = (uint32_t)from;
    units->items[units->count - 1].to = (uint32_t)to;
    return true;
}

static bool add_sentences(sheaf_units *units, sheaf_slice text, const sheaf_hashed_words *words) {
    size_t word = 0, from, to;
    sheaf_sentences walk;
    sheaf_sentences_begin(&walk, text, (sheaf_slice){0}, NULL);
    while (sheaf_sentence_next(&walk, &from, &to)) {
        size_t first = word;
        while (word < words->count && words->items[word].from < to)
            word++;
        if (!add_sentence(units, words, first, word, from, to))
            return false;
    }
    return true;
}

/* ---- quotations -------------------------------------------------------------------- */

/* The mark that closes what c opens; 0 when it opens nothing. */
static uint32_t closing_of(uint32_t c) {
    switch (c) {
    case '"': return '"';
    case 0x201C: return 0x201D;
    case 0x201E: return 0x201C;
    case 0xAB: return 0xBB;
    case 0x300C: return 0x300D;
    case 0x300E: return 0x300F;
    default: return 0;
    }
}

/* Does c close what `open` opened? German and French turn theirs around. */
static bool is_closing(uint32_t open, uint32_t c) {
    return c == closing_of(open) || (open == 0x201E && c == 0x201D);
}

/* Offset of the mark that closes; SIZE_MAX when the paragraph ends before. */
static size_t find_closing(sheaf_slice text, size_t at, uint32_t open) {
    while (at < text.size) {
        size_t here = at;
        uint32_t c = sheaf_utf8_next(text, &at);
        if (c == '\n')
            break;
        if (is_closing(open, c))
            return here;
    }
    return SIZE_MAX;
}

static bool add_quotation(sheaf_units *units, const sheaf_hashed_words *words, size_t *word,
                          size_t from, size_t to) {
    while (*word < words->count && words->items[*word].from < from)
        ++*word;
    size_t first = *word;
    while (*word < words->count && words->items[*word].from < to)
        ++*word;
    if (*word - first < QUOTATION_LEAST)
        return true;
    return add(units, (sheaf_unit){.from = (uint32_t)from,
                                   .to = (uint32_t)to,
                                   .first = (uint32_t)first,
                                   .count = (uint32_t)(*word - first),
                                   .quotation = true});
}

static bool add_quotations(sheaf_units *units, sheaf_slice text, const sheaf_hashed_words *words) {
    size_t word = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t open = sheaf_utf8_next(text, &at);
        if (!closing_of(open))
            continue;
        size_t end = find_closing(text, at, open);
        if (end == SIZE_MAX)
            continue;
        if (!add_quotation(units, words, &word, at, end))
            return false;
        at = end;
        sheaf_utf8_next(text, &at);
    }
    return true;
}

bool sheaf_units_of(sheaf_units *units, sheaf_slice text, const sheaf_hashed_words *words) {
    units->count = 0;
    text = sheaf_slice_part(text, 0, UINT32_MAX);
    if (!add_sentences(units, text, words))
        return false;
    units->sentences = units->count;
    return add_quotations(units, text, words);
}

void sheaf_units_clear(sheaf_units *units) {
    sheaf_free(units->items);
    *units = (sheaf_units){0};
}
