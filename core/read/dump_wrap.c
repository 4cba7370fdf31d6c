/* dump_wrap.c - makes whole lines of those that some program wrapped.
 *
 * A break inside a sentence (no end before it, a small letter behind it) is
 * sure to come from a width; a dump with several of them is wrapped. In it, two
 * neighbours belong together when the break is such a one, or when the first
 * word of the next line had no room on this one. Lines that say something by
 * themselves (addresses, dates, labels, rules) are never joined. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { WIDEST = 140, NARROWEST = 36, ENOUGH_BREAKS = 3 };

typedef struct wrap_line {
    uint16_t width; /* in characters; WIDEST + 1 and more are all the same */
    uint16_t first; /* of its first word */
    bool caseless;  /* its script knows no capitals */
    bool goes_on;   /* ends with a comma or hyphen */
    bool apart;     /* says something by itself */
    bool item;
} wrap_line;

typedef struct wrapper {
    const dump_lines *lines;
    sheaf_slice text;
    wrap_line *looks;
    bool spaced; /* blank lines part the paragraphs */
} wrapper;

static bool is_caseless(sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        uint32_t c = sheaf_utf8_next(text, &at);
        if (sheaf_char_is_letter(c))
            return !sheaf_char_is_lower(c) && !sheaf_char_is_upper(c);
    }
    return false;
}

/* The shape of a line; its kind is told later, and only where it matters. */
static wrap_line look(const dump_line *line, sheaf_slice text) {
    sheaf_slice part = sheaf_dump_text(text, line);
    if (part.size > 4 * WIDEST)
        return (wrap_line){.width = WIDEST + 1, .apart = true};
    size_t width = sheaf_utf8_count(part);
    size_t blank = sheaf_slice_find_char(part, 0, ' ');
    return (wrap_line){
        .width = (uint16_t)width,
        .first = (uint16_t)sheaf_utf8_count(sheaf_slice_part(part, 0, blank)),
        .caseless = is_caseless(part),
        .goes_on = sheaf_slice_ends(part, SLICE("-")) || sheaf_slice_ends(part, SLICE(",")),
        .apart = width > WIDEST,
    };
}

/* Does next go on in the middle of the sentence of line i? */
static bool breaks_sentence(const wrapper *self, size_t i) {
    const dump_line *line = &self->lines->items[i];
    const dump_line *next = line + 1;
    if (line->flags & DUMP_ENDS)
        return false;
    if (next->flags & DUMP_LOWER)
        return true;
    return self->looks[i].caseless && self->looks[i + 1].caseless;
}

static void tell_apart(wrapper *self) {
    for (size_t i = 0; i < self->lines->count; i++) {
        dump_line told = self->lines->items[i];
        bool neighbour =
            told.blank == 0 || (i + 1 < self->lines->count && self->lines->items[i + 1].blank == 0);
        if (self->looks[i].apart || !neighbour)
            continue;
        sheaf_dump_tell_kind(&told, self->text, false);
        self->looks[i].item = told.kind == DUMP_ITEM;
        self->looks[i].apart = told.kind != DUMP_TITLE && told.kind != DUMP_PROSE &&
                               told.kind != DUMP_ITEM && told.kind != DUMP_CAPTION &&
                               told.kind != DUMP_SIGNOFF && told.kind != DUMP_FURNITURE;
    }
}

/* The broadest line of the run of neighbours that begins at from; *to is its end. */
static uint16_t width_of_run(const wrapper *self, size_t from, size_t *to) {
    uint16_t width = 0;
    size_t i = from;
    do {
        if (!self->looks[i].apart && self->looks[i].width > width)
            width = self->looks[i].width;
        i++;
    } while (i < self->lines->count && self->lines->items[i].blank == 0);
    *to = i;
    return width;
}

/* An indent begins a paragraph where the line before has none. */
static bool indents(const dump_line *line) {
    return (line[1].flags & DUMP_INDENTED) && !(line->flags & DUMP_INDENTED);
}

/* Is there anything to gain? Breaks inside sentences tell. Where a script has
 * no capitals, only a line of nearly full width counts as broken. */
static bool is_wrapped(const wrapper *self) {
    size_t breaks = 0;
    size_t pairs = 0;
    for (size_t from = 0, to; from < self->lines->count; from = to) {
        uint16_t width = width_of_run(self, from, &to);
        for (size_t i = from; i + 1 < to; i++) {
            const wrap_line *one = &self->looks[i];
            bool full = !one->caseless || one->width * 4 >= width * 3;
            pairs++;
            breaks += !one->apart && one->width >= NARROWEST && full && breaks_sentence(self, i);
        }
    }
    return breaks >= ENOUGH_BREAKS || (breaks >= 1 && breaks * 2 >= pairs);
}

/* A page may turn in mid-sentence. */
static bool turns_page(const wrapper *self, size_t i) {
    const dump_line *line = &self->lines->items[i];
    return (line[1].flags & DUMP_PAGE) && !(line->flags & DUMP_ENDS) &&
           (line[1].flags & DUMP_LOWER) && self->looks[i].width >= NARROWEST;
}

/* Does line i go on in the next one, in a run of this width? */
static bool joins(const wrapper *self, size_t i, uint16_t width) {
    const wrap_line *first = &self->looks[i];
    const wrap_line *second = first + 1;
    const dump_line *line = &self->lines->items[i];
    if (first->apart || second->apart || second->item || first->width < NARROWEST ||
        (line[1].flags & DUMP_PAGE) || indents(line))
        return false;
    bool full = first->width + 1 + second->first > width;
    if (breaks_sentence(self, i))
        return full || !first->caseless;
    /* no room for the next word: with blank lines between paragraphs a little
     * slack is safe, without them a sentence that ends ends the paragraph */
    bool nearly = first->width + 1 + second->first + (self->spaced ? width / 10 : 0) > width;
    return nearly && first->width * 3 >= width * 2 && (self->spaced || !(line->flags & DUMP_ENDS));
}

static void join_runs(wrapper *self, dump_lines *lines, bool wrapped) {
    size_t kept = 0;
    size_t run_end = 0;
    uint16_t width = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (i >= run_end)
            width = width_of_run(self, i, &run_end);
        dump_line whole = lines->items[i];
        size_t last = i;
        while (
            last + 1 < lines->count &&
            (turns_page(self, last) || (wrapped && last + 1 < run_end && joins(self, last, width))))
            whole.to = lines->items[++last].to;
        if (last > i)
            sheaf_dump_measure(&whole, self->text);
        lines->items[kept++] = whole;
        i = last;
    }
    lines->count = kept;
}

sheaf_status sheaf_dump_unwrap(dump_lines *lines, sheaf_slice text, sheaf_error *error) {
    wrapper self = {lines, text, sheaf_malloc(lines->count * sizeof(wrap_line)), false};
    size_t blanks = 0;
    if (!self.looks)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < lines->count; i++) {
        self.looks[i] = look(&lines->items[i], text);
        blanks += lines->items[i].blank > 0;
    }
    self.spaced = blanks * 20 >= lines->count;
    bool wrapped = is_wrapped(&self);
    if (wrapped)
        tell_apart(&self);
    join_runs(&self, lines, wrapped);
    sheaf_free(self.looks);
    return SHEAF_OK;
}
