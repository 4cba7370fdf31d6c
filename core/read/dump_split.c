/* dump_split.c - one dump, one or many articles: where does each begin?
 *
 * First the places where somebody said so: "Document 3 of 12", "End of
 * Document", a ruled line, a form feed. Then, between those, the places where a
 * new head stands: a block of labels that comes again, "# Title" again, the
 * first line of the dump again, or a stretch without prose that has what the
 * first head had (an address and a date, a byline and a date, …).
 *
 * A place counts only when a head follows (something to call the article, then
 * prose), so that a rule under a title, a page break in mid-article or a tail
 * of furniture parts nothing. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/dump_parts.h"

enum { HEAD_LINES = 60 };

typedef struct splitter {
    const dump_lines *lines;
    sheaf_slice text;
    bool *starts; /* a record begins at this line */
} splitter;

static const dump_line *line_at(const splitter *self, size_t i) {
    return &self->lines->items[i];
}

static bool is_prose(const dump_line *line) {
    return line->kind == DUMP_PROSE || line->kind == DUMP_ITEM ||
           (line->kind == DUMP_KEY && line->key == DUMP_KEY_BODY);
}

/* What a head may hold. */
enum {
    HAS_TITLE = 1,
    HAS_URL = 2,
    HAS_DATE = 4,
    HAS_BYLINE = 8,
    HAS_OUTLET = 16,
    HAS_KEY = 32,
    HAS_PROSE = 64
};

static unsigned evidence_of(const dump_line *line) {
    switch (line->kind) {
    case DUMP_TITLE:
    case DUMP_HEADING: return HAS_TITLE;
    case DUMP_URL: return line->value > 0 ? HAS_URL | HAS_DATE : HAS_URL;
    case DUMP_DATE: return HAS_DATE;
    case DUMP_BYLINE: return HAS_BYLINE;
    case DUMP_OUTLET: return HAS_OUTLET;
    case DUMP_KEY:
        return line->key == DUMP_KEY_HEADLINE || line->key == DUMP_KEY_SUBJECT ? HAS_TITLE | HAS_KEY
               : line->key == DUMP_KEY_BODY                                    ? HAS_PROSE
                                                                               : HAS_KEY;
    case DUMP_PROSE:
    case DUMP_ITEM: return HAS_PROSE;
    default: return 0;
    }
}

/* What stands from line i to the first prose, or to the end of the segment. */
static unsigned head_from(const splitter *self, size_t i, size_t end) {
    unsigned all = 0;
    size_t limit = i + HEAD_LINES < end ? i + HEAD_LINES : end;
    for (; i < limit; i++) {
        const dump_line *line = line_at(self, i);
        if (line->kind == DUMP_FINISH || line->kind == DUMP_COUNTER)
            break;
        all |= evidence_of(line);
        if (is_prose(line))
            return all | HAS_PROSE;
    }
    return all;
}

static bool has(unsigned all, unsigned wanted) {
    return (all & wanted) == wanted;
}

/* Something to call it, and something to read. */
static bool is_head(unsigned all) {
    return has(all, HAS_TITLE | HAS_PROSE);
}

/* ---- places where somebody said so ------------------------------------------------ */

/* "Title" with a rule right under it. */
static bool underlines(const splitter *self, size_t i) {
    const dump_line *rule = line_at(self, i);
    if (i == 0 || rule->blank > 0)
        return false;
    const dump_line *above = line_at(self, i - 1);
    if (above->kind != DUMP_TITLE && above->kind != DUMP_OUTLET && above->kind != DUMP_SECTION)
        return false;
    size_t width = above->to - above->from;
    size_t length = rule->to - rule->from;
    size_t apart = width > length ? width - length : length - width;
    return apart <= 3 && (i < 2 || above->blank > 0 || line_at(self, i - 2)->kind == DUMP_RULE);
}

/* Dots and the like draw tables and pictures, not lines between articles. */
static bool is_drawn_line(const splitter *self, size_t i) {
    sheaf_slice rule = sheaf_dump_text(self->text, line_at(self, i));
    return strchr("=-_*#~+", rule.data[0]) || (unsigned char)rule.data[0] >= 0x80;
}

/* A title that a person would write: it begins with a capital or a quote, has
 * more than one word, and none of the signs of code. */
static bool reads_as_title(const splitter *self, size_t i) {
    const dump_line *line = line_at(self, i);
    sheaf_slice text = sheaf_dump_text(self->text, line);
    bool code = false;
    for (size_t at = 0; at < text.size; at++)
        code |= strchr("={}<>\\_", text.data[at]) != NULL;
    return line->kind == DUMP_HEADING ||
           (line->kind == DUMP_TITLE && line->words >= 2 && !(line->flags & DUMP_LOWER) && !code &&
            sheaf_slice_find(text, 0, SLICE("->")) == SIZE_MAX);
}

/* A flattened page: one long line, then address and date, then prose. */
static bool opens_flattened(const splitter *self, size_t i, size_t end) {
    enum { LONG = 60 };
    if (i + 2 >= end || line_at(self, i)->kind != DUMP_PROSE || line_at(self, i)->words < LONG ||
        is_prose(line_at(self, i + 1)))
        return false;
    unsigned head = head_from(self, i + 1, end);
    return has(head, HAS_PROSE) && (head & (HAS_URL | HAS_DATE));
}

/* A rule parts articles when much follows it, or when it is long, prose stands
 * before it, and a title with prose close behind it follows. */
static bool rule_parts(const splitter *self, size_t i, size_t end) {
    enum { NEAR = 4 };
    if (i + 1 >= end || underlines(self, i) || !is_drawn_line(self, i))
        return false;
    if (opens_flattened(self, i + 1, end))
        return true;
    unsigned head = head_from(self, i + 1, end);
    if (!is_head(head))
        return false;
    if (head & (HAS_URL | HAS_DATE | HAS_BYLINE | HAS_OUTLET | HAS_KEY))
        return true;
    return line_at(self, i)->value >= 5 && reads_as_title(self, i + 1) &&
           is_head(head_from(self, i + 1, i + 1 + NEAR < end ? i + 1 + NEAR : end));
}

static bool page_parts(const splitter *self, size_t i, size_t end) {
    const dump_line *line = line_at(self, i);
    if (i == 0 || !(line->flags & DUMP_PAGE) || (line->flags & DUMP_LOWER))
        return false;
    unsigned head = head_from(self, i, end);
    const dump_line *before = line_at(self, i - 1);
    bool ended = (before->flags & DUMP_ENDS) || before->kind != DUMP_PROSE;
    return ended && is_head(head) && line->kind != DUMP_PROSE;
}

static void mark_said(splitter *self) {
    size_t count = self->lines->count;
    for (size_t i = 0; i < count; i++) {
        const dump_line *line = line_at(self, i);
        if (line->kind == DUMP_COUNTER || page_parts(self, i, count))
            self->starts[i] = true;
        if (line->kind == DUMP_FINISH && i + 1 < count)
            self->starts[i + 1] = true;
        if (line->kind == DUMP_RULE && rule_parts(self, i, count))
            self->starts[i + 1] = true;
    }
}

/* ---- blocks of labels ---------------------------------------------------------------- */

static bool is_label(const dump_line *line) {
    return line->kind == DUMP_KEY || line->kind == DUMP_DATE || line->kind == DUMP_BYLINE ||
           line->kind == DUMP_URL || line->kind == DUMP_TAGS || line->kind == DUMP_MACHINE;
}

/* The first line of the block of labels that line i stands in. */
static size_t block_start(const splitter *self, size_t i, size_t from) {
    while (i > from && is_label(line_at(self, i - 1)) && line_at(self, i)->blank <= 1)
        i--;
    return i;
}

/* A label that heads records: the first of these that the segment has. */
static bool is_opening_key(const dump_line *line) {
    return line->kind == DUMP_KEY &&
           (line->key == DUMP_KEY_HEADLINE || line->key == DUMP_KEY_SUBJECT);
}

static void mark_labels(splitter *self, size_t from, size_t to) {
    bool prose = false;
    size_t behind = from;
    for (size_t i = from; i < to; i++) {
        const dump_line *line = line_at(self, i);
        if (is_opening_key(line) && prose && has(head_from(self, i, to), HAS_PROSE)) {
            self->starts[block_start(self, i, behind)] = true;
            prose = false;
        }
        if (is_prose(line)) {
            prose = true;
            behind = i + 1;
        }
    }
}

/* ---- marked titles, and the first line again -------------------------------------------- */

/* Is line i followed at once by a title, as a running head is by a headline? */
static bool heads_title(const splitter *self, size_t i, size_t to) {
    return i + 1 < to &&
           (line_at(self, i + 1)->kind == DUMP_TITLE || line_at(self, i + 1)->kind == DUMP_DATE);
}

static void mark_again(splitter *self, size_t from, size_t to) {
    const dump_line *first = line_at(self, from);
    sheaf_slice opening = sheaf_dump_text(self->text, first);
    bool heading = first->kind == DUMP_HEADING;
    bool prose = false;
    if (!heading && !heads_title(self, from, to))
        return;
    for (size_t i = from; i < to; i++) {
        const dump_line *line = line_at(self, i);
        bool again = i > from && prose &&
                     (heading ? line->kind == DUMP_HEADING && line->value == first->value
                              : first->copies > 1 && line->copies == first->copies &&
                                    heads_title(self, i, to) &&
                                    sheaf_slice_equal(sheaf_dump_text(self->text, line), opening));
        if (again &&
            is_head(head_from(self, heading ? i : i + 1, to) | (heading ? HAS_TITLE : 0))) {
            self->starts[i] = true;
            prose = false;
        }
        prose |= is_prose(line);
    }
}

/* ---- heads like the first ------------------------------------------------------------------ */

/* The pairs that make a head, the strongest first. */
static const unsigned pairs[] = {
    HAS_URL | HAS_DATE,    HAS_URL | HAS_BYLINE,   HAS_BYLINE | HAS_DATE, HAS_OUTLET | HAS_BYLINE,
    HAS_OUTLET | HAS_DATE, HAS_TITLE | HAS_BYLINE, HAS_TITLE | HAS_DATE,  HAS_TITLE | HAS_URL,
};

static unsigned evidence_in(const splitter *self, size_t from, size_t to) {
    unsigned all = 0;
    for (size_t i = from; i < to; i++)
        all |= evidence_of(line_at(self, i));
    return all;
}

static unsigned pair_in(unsigned all) {
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (has(all, pairs[i]))
            return pairs[i];
    }
    return 0;
}

/* How the first head begins: the kind of its first telling line, and how many
 * titles stand before its first address, date or byline. */
typedef struct pattern {
    unsigned pair;
    uint8_t kind;
    size_t titles;
    bool flat; /* a long line of prose opens it, as a flattened page does */
} pattern;

static bool is_title(const dump_line *line) {
    return line->kind == DUMP_TITLE || line->kind == DUMP_HEADING;
}

static bool is_strong(const dump_line *line) {
    return line->kind == DUMP_URL || line->kind == DUMP_DATE || line->kind == DUMP_BYLINE ||
           line->kind == DUMP_OUTLET;
}

static pattern first_pattern(const splitter *self, size_t from, size_t end) {
    pattern out = {.kind = line_at(self, from)->kind};
    size_t i = from;
    if (is_prose(line_at(self, from)) && from + 1 < end && !is_prose(line_at(self, from + 1))) {
        out.flat = true;
        i++;
    }
    size_t start = i;
    while (i < end && !is_prose(line_at(self, i)))
        i++;
    out.pair = pair_in(evidence_in(self, start, i));
    for (size_t k = start; k < i && !is_strong(line_at(self, k)); k++)
        out.titles += is_title(line_at(self, k));
    return out;
}

/* Where in the stretch without prose [from, to) the new head begins. */
static size_t place_in_gap(const splitter *self, const pattern *like, size_t from, size_t to) {
    size_t strong = from;
    if (like->flat)
        return from > 0 ? from - 1 : from;
    if (like->kind != DUMP_TITLE && like->kind != DUMP_HEADING) {
        for (size_t i = to; i > from; i--) {
            const dump_line *line = line_at(self, i - 1);
            if (line->kind == like->kind &&
                (i - 1 == from || line_at(self, i - 2)->kind != like->kind))
                return i - 1;
        }
        return SIZE_MAX;
    }
    while (strong < to && !is_strong(line_at(self, strong)))
        strong++;
    size_t titles = 0;
    size_t start = SIZE_MAX;
    for (size_t i = strong; i > from && titles < (like->titles ? like->titles : 1); i--) {
        if (is_title(line_at(self, i - 1))) {
            start = i - 1;
            titles++;
        }
    }
    return start;
}

static void mark_heads(splitter *self, size_t from, size_t to) {
    pattern like = first_pattern(self, from, to);
    bool prose = false;
    if (!like.pair)
        return;
    for (size_t i = from; i < to;) {
        size_t end = i;
        while (end < to && !is_prose(line_at(self, end)))
            end++;
        if (prose && end < to && end > i && has(evidence_in(self, i, end), like.pair)) {
            size_t start = place_in_gap(self, &like, i, end);
            if (start != SIZE_MAX && start > from)
                self->starts[start] = true;
        }
        i = end;
        while (i < to && is_prose(line_at(self, i))) {
            prose |= !(like.flat && i == from);
            i++;
        }
    }
}

/* ---- records -----------------------------------------------------------------------------------
 */

static bool add_record(dump_records *records, size_t from, size_t to) {
    if (records->count == records->capacity) {
        size_t wanted = records->capacity ? records->capacity * 2 : 8;
        dump_record *bigger = sheaf_realloc(records->items, wanted * sizeof *bigger);
        if (!bigger)
            return false;
        records->items = bigger;
        records->capacity = wanted;
    }
    records->items[records->count++] = (dump_record){from, to};
    return true;
}

/* Looks into [from, to), which nobody parted by words or rules. */
static void mark_segment(splitter *self, size_t from, size_t to) {
    bool keys = false;
    while (from < to &&
           (line_at(self, from)->kind == DUMP_RULE || line_at(self, from)->kind == DUMP_FURNITURE))
        from++;
    if (from >= to)
        return;
    for (size_t i = from; i < to && !is_prose(line_at(self, i)); i++)
        keys |= is_opening_key(line_at(self, i));
    if (keys) {
        mark_labels(self, from, to);
        return;
    }
    mark_again(self, from, to);
    for (size_t i = from + 1; i < to; i++) {
        if (self->starts[i])
            return;
    }
    mark_heads(self, from, to);
}

static void mark_segments(splitter *self) {
    size_t count = self->lines->count;
    size_t from = 0;
    for (size_t i = 1; i <= count; i++) {
        if (i < count && !self->starts[i])
            continue;
        mark_segment(self, from, i);
        from = i;
    }
}

sheaf_status sheaf_dump_split(dump_records *records, const dump_lines *lines, sheaf_slice text,
                              sheaf_error *error) {
    splitter self = {lines, text, sheaf_calloc(lines->count + 1, sizeof(bool))};
    if (!self.starts)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    mark_said(&self);
    mark_segments(&self);
    size_t from = 0;
    bool added = true;
    for (size_t i = 1; added && i <= lines->count; i++) {
        if (i == lines->count || self.starts[i]) {
            added = add_record(records, from, i);
            from = i;
        }
    }
    sheaf_free(self.starts);
    return added ? SHEAF_OK : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}
