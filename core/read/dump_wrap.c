/* dump_wrap.c - makes whole lines of those that some program wrapped.
 *
 * A break inside a sentence (no end before it, a small letter behind it) is
 * sure to come from a width; a dump with several of them is wrapped. In it, two
 * neighbours belong together when the break is such a one, or when the first
 * word of the next line had no room on this one. Lines that say something by
 * themselves (addresses, dates, labels, rules) are never joined. */
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { WIDEST = 140, NARROWEST = 36, ENOUGH_BREAKS = 3 };

static bool has_case(sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        uint32_t c = sheaf_utf8_next(text, &at);
        if (sheaf_char_is_letter(c))
            return sheaf_char_is_lower(c) || sheaf_char_is_upper(c);
    }
    return true;
}

typedef struct wrap_line {
    uint32_t width; /* in characters */
    uint32_t first; /* of its first word */
    bool apart;     /* says something by itself */
} wrap_line;

static wrap_line look(const dump_line *line, sheaf_slice text) {
    sheaf_slice part = sheaf_dump_text(text, line);
    wrap_line out = {0};
    if (part.size > 4 * WIDEST)
        return (wrap_line){WIDEST + 1, 0, true};
    size_t blank = sheaf_slice_find_char(part, 0, ' ');
    out.width = (uint32_t)sheaf_utf8_count(part);
    out.first = (uint32_t)sheaf_utf8_count(sheaf_slice_part(part, 0, blank));
    dump_line told = *line;
    sheaf_dump_tell_kind(&told, text, false);
    out.apart = told.kind != DUMP_TITLE && told.kind != DUMP_PROSE && told.kind != DUMP_ITEM &&
                told.kind != DUMP_CAPTION && told.kind != DUMP_SIGNOFF &&
                told.kind != DUMP_FURNITURE;
    return out;
}

/* May next go on where line breaks off? */
static bool breaks_sentence(const dump_line *line, const dump_line *next, sheaf_slice text) {
    sheaf_slice part = sheaf_dump_text(text, line);
    if (line->flags & DUMP_ENDS)
        return false;
    if (sheaf_slice_ends(part, SLICE("-")) || sheaf_slice_ends(part, SLICE(",")) ||
        (next->flags & DUMP_LOWER))
        return (next->flags & DUMP_LOWER) || sheaf_slice_ends(part, SLICE(","));
    return !has_case(part) && !has_case(sheaf_dump_text(text, next));
}

/* An indent begins a paragraph where the line before has none. */
static bool indents(const dump_line *line, const dump_line *next) {
    return (next->flags & DUMP_INDENTED) && !(line->flags & DUMP_INDENTED);
}

static bool may_join(const wrap_line *line, const wrap_line *next, const dump_line *first,
                     const dump_line *second) {
    return !line->apart && !next->apart && line->width <= WIDEST && next->width <= WIDEST &&
           line->width >= NARROWEST && !(second->flags & DUMP_PAGE) && second->kind != DUMP_ITEM &&
           second->blank == 0 && !indents(first, second);
}

/* Breaks inside sentences, and the neighbours there are in all. */
static size_t count_breaks(const dump_lines *lines, sheaf_slice text, size_t *pairs) {
    size_t breaks = 0;
    *pairs = 0;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const dump_line *line = &lines->items[i];
        const dump_line *next = line + 1;
        if (next->blank > 0)
            continue;
        ++*pairs;
        size_t size = line->to - line->from;
        breaks += size <= 4 * WIDEST && size >= NARROWEST && breaks_sentence(line, next, text);
    }
    return breaks;
}

/* The width of the run of neighbours that begins at from; *to is its end. */
static uint32_t width_of_run(const dump_lines *lines, sheaf_slice text, size_t from, size_t *to) {
    uint32_t width = 0;
    size_t i = from;
    do {
        wrap_line line = look(&lines->items[i], text);
        if (!line.apart && line.width <= WIDEST && line.width > width)
            width = line.width;
        i++;
    } while (i < lines->count && lines->items[i].blank == 0);
    *to = i;
    return width;
}

static bool joins(const dump_lines *lines, size_t i, uint32_t width, bool spaced,
                  sheaf_slice text) {
    const dump_line *line = &lines->items[i];
    const dump_line *next = line + 1;
    wrap_line first = look(line, text);
    wrap_line second = look(next, text);
    dump_line told = *next;
    sheaf_dump_tell_kind(&told, text, false);
    told.flags = next->flags;
    if (!may_join(&first, &second, line, &told))
        return false;
    if (breaks_sentence(line, next, text))
        return true;
    /* no room for the next word: with blank lines between paragraphs a little
     * slack is safe, without them none is */
    uint32_t slack = spaced ? width / 10 : 0;
    bool full = first.width + 1 + second.first + slack > width;
    return full && first.width * 3 >= width * 2 && !((line->flags & DUMP_ENDS) && !spaced);
}

void sheaf_dump_unwrap(dump_lines *lines, sheaf_slice text) {
    size_t pairs;
    size_t kept = 0;
    size_t breaks = count_breaks(lines, text, &pairs);
    if (breaks < ENOUGH_BREAKS && !(breaks >= 1 && breaks * 2 >= pairs))
        return;
    bool spaced = pairs * 10 < lines->count * 9;
    for (size_t from = 0, to; from < lines->count; from = to) {
        uint32_t width = width_of_run(lines, text, from, &to);
        for (size_t i = from; i < to; i++) {
            dump_line whole = lines->items[i];
            bool joined = false;
            while (i + 1 < to && joins(lines, i, width, spaced, text)) {
                whole.to = lines->items[++i].to;
                joined = true;
            }
            if (joined)
                sheaf_dump_measure(&whole, text);
            lines->items[kept++] = whole;
        }
    }
    lines->count = kept;
}
