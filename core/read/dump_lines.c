/* dump_lines.c - decoded text becomes measured lines.
 *
 * Blank lines are not kept but counted, so that a file of nothing but newlines
 * costs nothing. A line knows what can be counted of it; what it means is told
 * by dump_kind.c. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { MOST_LINES = 2000000 };

/* Without white space of any script at either end. */
static sheaf_slice trim(sheaf_slice line) {
    size_t from = 0;
    size_t to = line.size;
    while (from < to) {
        size_t next = from;
        uint32_t c = sheaf_utf8_next(line, &next);
        if (!sheaf_char_is_space(c))
            break;
        from = next;
    }
    while (to > from) {
        size_t before = to;
        if (!sheaf_char_is_space(sheaf_utf8_previous(line, &before)))
            break;
        to = before;
    }
    return sheaf_slice_part(line, from, to);
}

/* ---- measuring -------------------------------------------------------------- */

static bool is_stop(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 ||
           c == 0xFF1F || c == 0xFF0E || c == 0xFF61 || c == 0x061F || c == 0x06D4 || c == 0x0964 ||
           c == 0x0965 || c == 0x0589 || c == 0x1362 || c == 0x203C || c == 0x2047 || c == 0x2049 ||
           c == 0x104B;
}

/* Quotes and brackets that may close behind the end of a sentence. */
static bool is_closing(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 ||
           c == 0x201C || c == 0xBB || c == 0xAB || c == 0x203A || c == 0x2039 || c == 0x300D ||
           c == 0x300F || c == 0xFF09 || c == 0x3011 || c == '*' || c == '_';
}

/* Without a short bracket at its end that stands behind a sentence: "… said. (dpa)". */
static sheaf_slice without_bracket(sheaf_slice line) {
    enum { LONGEST = 60 };
    if (!sheaf_slice_ends(line, SLICE(")")) && !sheaf_slice_ends(line, SLICE("]")))
        return line;
    size_t open = line.size - 1;
    while (open > 0 && line.size - open < LONGEST && line.data[open] != '(' &&
           line.data[open] != '[')
        open--;
    sheaf_slice head = sheaf_slice_trim(sheaf_slice_part(line, 0, open));
    bool ends = head.size && strchr(".!?\"", head.data[head.size - 1]);
    return ends ? head : line;
}

/* The end of a sentence at the end of line, with what may close behind it. */
static bool ends_sentence(sheaf_slice line, bool *cut) {
    line = without_bracket(line);
    size_t at = line.size;
    uint32_t c = 0;
    while (at > 0) {
        c = sheaf_utf8_previous(line, &at);
        if (!is_closing(c) && !sheaf_char_is_space(c))
            break;
    }
    sheaf_slice head = sheaf_slice_part(line, 0, at + 1);
    *cut = c == 0x2026 || sheaf_slice_ends(head, SLICE("...")) ||
           sheaf_slice_ends(line, SLICE("[...]"));
    return is_stop(c);
}

typedef struct counts {
    size_t words;
    size_t dense;
    size_t stops; /* ends of sentences with more text behind them */
} counts;

static counts count_words(sheaf_slice line) {
    counts all = {0};
    bool inside = false;
    bool stopped = false;
    for (size_t at = 0; at < line.size;) {
        uint32_t c = sheaf_utf8_next(line, &at);
        bool word = sheaf_char_is_word(c);
        if (sheaf_char_is_dense(c)) {
            all.dense++;
            all.stops += stopped;
            stopped = inside = false;
        } else if (word) {
            all.words += !inside;
            all.stops += stopped && !inside;
            inside = true;
            stopped = false;
        } else {
            inside = inside && !sheaf_char_is_space(c);
            if (is_stop(c))
                stopped = c >= 0x80 || at >= line.size || sheaf_is_space(line.data[at]) ||
                          strchr("\"')]\xE2\xC2", line.data[at]) != NULL;
        }
    }
    return all;
}

static void set_flag(dump_line *line, unsigned flag, bool on) {
    line->flags = (uint16_t)(on ? line->flags | flag : line->flags & ~flag);
}

void sheaf_dump_measure(dump_line *line, sheaf_slice text) {
    sheaf_slice part = sheaf_dump_text(text, line);
    bool cut = false;
    counts all = count_words(part);
    size_t words = all.words + (all.dense + 1) / 2;
    set_flag(line, DUMP_ENDS, ends_sentence(part, &cut));
    set_flag(line, DUMP_CUT, cut);
    set_flag(line, DUMP_STOPS, all.stops > 0);
    line->words = words > UINT32_MAX ? UINT32_MAX : (uint32_t)words;
    size_t at = 0;
    uint32_t first = part.size ? sheaf_utf8_next(part, &at) : 0;
    while (at < part.size && !sheaf_char_is_word(first))
        first = sheaf_utf8_next(part, &at);
    set_flag(line, DUMP_LOWER, sheaf_char_is_lower(first));
}

/* ---- cutting ------------------------------------------------------------------ */

bool sheaf_dump_add_line(dump_lines *lines, const dump_line *line) {
    if (lines->count == lines->capacity) {
        size_t wanted = lines->capacity ? lines->capacity * 2 : 64;
        dump_line *bigger = sheaf_realloc(lines->items, wanted * sizeof *bigger);
        if (!bigger)
            return false;
        lines->items = bigger;
        lines->capacity = wanted;
    }
    lines->items[lines->count++] = *line;
    return true;
}

/* The line at *at, up to LF, CR, CRLF or a form feed, which *page tells of. One
 * pass: searching for each ending in turn would be quadratic where one kind is
 * missing. */
static sheaf_slice next_line(sheaf_slice text, size_t *at, bool *page) {
    size_t start = *at;
    size_t end = start;
    while (end < text.size && text.data[end] != '\n' && text.data[end] != '\r' &&
           text.data[end] != '\f')
        end++;
    *page = end < text.size && text.data[end] == '\f';
    *at = end + 1;
    if (end + 1 < text.size && text.data[end] == '\r' && text.data[end + 1] == '\n')
        *at = end + 2;
    return sheaf_slice_part(text, start, end);
}

sheaf_status sheaf_dump_cut_lines(dump_lines *lines, sheaf_slice text, sheaf_error *error) {
    uint32_t blank = 0;
    unsigned page = 0;
    bool feeds;
    for (size_t at = 0; at < text.size; page |= feeds ? DUMP_PAGE : 0) {
        sheaf_slice raw = next_line(text, &at, &feeds);
        sheaf_slice cut = trim(raw);
        if (cut.size == 0) {
            blank += !feeds && blank < UINT32_MAX;
            continue;
        }
        if (lines->count == MOST_LINES)
            return sheaf_fail(error, SHEAF_LIMIT, "more than %d lines in one text dump",
                              MOST_LINES);
        dump_line line = {.from = (size_t)(cut.data - text.data), .blank = blank, .copies = 1};
        line.to = line.from + cut.size;
        line.flags = (uint16_t)(page | (cut.data > raw.data ? DUMP_INDENTED : 0));
        sheaf_dump_measure(&line, text);
        if (!sheaf_dump_add_line(lines, &line))
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        blank = 0;
        page = 0;
    }
    return SHEAF_OK;
}

/* ---- copies ---------------------------------------------------------------------- */

typedef struct copy_slot {
    uint64_t hash;
    uint32_t count;
} copy_slot;

static copy_slot *find_slot(copy_slot *slots, size_t mask, uint64_t hash) {
    size_t at = (size_t)hash & mask;
    while (slots[at].count && slots[at].hash != hash)
        at = (at + 1) & mask;
    slots[at].hash = hash;
    return &slots[at];
}

sheaf_status sheaf_dump_count_copies(dump_lines *lines, sheaf_slice text, sheaf_error *error) {
    size_t capacity = 16;
    while (capacity < lines->count * 2)
        capacity *= 2;
    copy_slot *slots = sheaf_calloc(capacity, sizeof *slots);
    if (!slots)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < lines->count; i++)
        find_slot(slots, capacity - 1, sheaf_hash64(sheaf_dump_text(text, &lines->items[i])))
            ->count++;
    for (size_t i = 0; i < lines->count; i++)
        lines->items[i].copies =
            find_slot(slots, capacity - 1, sheaf_hash64(sheaf_dump_text(text, &lines->items[i])))
                ->count;
    sheaf_free(slots);
    return SHEAF_OK;
}
