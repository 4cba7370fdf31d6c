/* dump_align.c - puts paragraphs back in order with the help of a flattened page.
 *
 * Some scrapers leave the whole page as one line without punctuation, and then
 * its clean paragraphs in any order:
 *
 *   HeadlineStandfirstCITY March 10 The ministerSubheadLater he saidTagsAB
 *   Later he said.
 *   CITY, March 10. The minister.
 *
 * With all but letters and digits taken out, each clean line is a stretch of
 * the flat one. Four short pieces of every clean line are put into a hash
 * table; one pass over the flat line finds them and lets each vote for the
 * place where its line begins. So it is linear, and survives small differences.
 * What lies between the places is headline, standfirst, subheads and tags. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum {
    PIECE = 12,          /* letters of an anchor */
    ANCHORS = 4,         /* of a line */
    GUESSES = 6,         /* places that a line is thought to begin at */
    SAME_SLOT = 4,       /* anchors with the same letters that are kept */
    FLAT_WORDS = 60,     /* a flattened page has at least so many */
    FLAT_BYTES = 4 << 20 /* and is no longer than this */
};

/* Letters and digits only, each with its offset in the text. */
typedef struct letters {
    char *data;
    uint32_t *at; /* from the start of the line; NULL when not wanted */
    size_t size;
} letters;

typedef struct guess {
    size_t start; /* among the letters of the flat line */
    unsigned votes;
} guess;

typedef struct place {
    size_t line;
    size_t from; /* among the letters of the flat line; SIZE_MAX: not found */
    size_t to;
    size_t size; /* letters of the line */
    guess guesses[GUESSES];
} place;

typedef struct anchor {
    uint64_t hash;
    uint32_t place; /* plus 1; 0: free */
    uint32_t offset;
} anchor;

typedef struct aligner {
    sheaf_slice text;
    const dump_lines *lines;
    size_t flat; /* its line */
    letters page;
    place *places;
    size_t count;
    anchor *table;
    size_t mask;
    unsigned looked_up; /* words that were looked for in the clean lines */
} aligner;

/* ---- letters -------------------------------------------------------------------- */

static bool take_letters(letters *out, sheaf_slice line, bool offsets) {
    *out = (letters){.data = sheaf_malloc(line.size + 1)};
    out->at = offsets ? sheaf_malloc((line.size + 1) * sizeof *out->at) : NULL;
    if (!out->data || (offsets && !out->at))
        return false;
    for (size_t at = 0; at < line.size;) {
        size_t start = at;
        if (!sheaf_char_is_word(sheaf_utf8_next(line, &at)))
            continue;
        for (size_t i = start; i < at; i++) {
            if (offsets)
                out->at[out->size] = (uint32_t)i;
            out->data[out->size++] = line.data[i];
        }
    }
    return true;
}

static void free_letters(letters *out) {
    sheaf_free(out->data);
    sheaf_free(out->at);
}

/* ---- anchors ----------------------------------------------------------------------- */

#define FACTOR UINT64_C(0x100000001b3)

static uint64_t hash_piece(const char *data) {
    uint64_t hash = 0;
    for (int i = 0; i < PIECE; i++)
        hash = hash * FACTOR + (unsigned char)data[i];
    return hash;
}

static size_t slot_of(const aligner *self, uint64_t hash) {
    return (size_t)((hash ^ hash >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> 20) & self->mask;
}

static void put_anchor(aligner *self, uint64_t hash, size_t place_index, size_t offset) {
    size_t at = slot_of(self, hash);
    int same = 0;
    for (; self->table[at].place; at = (at + 1) & self->mask) {
        if (self->table[at].hash == hash && ++same == SAME_SLOT)
            return;
    }
    self->table[at] = (anchor){hash, (uint32_t)place_index + 1, (uint32_t)offset};
}

static void put_anchors(aligner *self, size_t place_index, const letters *line) {
    if (line->size < PIECE)
        return;
    size_t span = line->size - PIECE;
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < ANCHORS; i++) {
        size_t offset = span * i / (ANCHORS - 1);
        if (offset != last)
            put_anchor(self, hash_piece(line->data + offset), place_index, offset);
        last = offset;
    }
}

static void vote(place *where, size_t start) {
    size_t slack = where->size / 16 + 4;
    for (int i = 0; i < GUESSES; i++) {
        guess *one = &where->guesses[i];
        size_t apart = one->start > start ? one->start - start : start - one->start;
        if (one->votes == 0 || apart <= slack) {
            if (one->votes++ == 0)
                one->start = start;
            return;
        }
    }
}

/* One pass over the flat line: every anchor met votes for its line. */
static void find_anchors(aligner *self) {
    const letters *page = &self->page;
    uint64_t power = 1;
    if (page->size < PIECE)
        return;
    for (int i = 1; i < PIECE; i++)
        power *= FACTOR;
    uint64_t hash = hash_piece(page->data);
    for (size_t at = 0;; at++) {
        for (size_t slot = slot_of(self, hash); self->table[slot].place;
             slot = (slot + 1) & self->mask) {
            const anchor *met = &self->table[slot];
            if (met->hash == hash && met->offset <= at)
                vote(&self->places[met->place - 1], at - met->offset);
        }
        if (at + PIECE >= page->size)
            return;
        hash = (hash - (unsigned char)page->data[at] * power) * FACTOR +
               (unsigned char)page->data[at + PIECE];
    }
}

/* ---- places -------------------------------------------------------------------------- */

static bool is_text(const dump_line *line) {
    return line->kind == DUMP_PROSE || line->kind == DUMP_TITLE || line->kind == DUMP_HEADING ||
           line->kind == DUMP_ITEM || line->kind == DUMP_TEASER || line->kind == DUMP_BYLINE ||
           line->kind == DUMP_SECTION || line->kind == DUMP_CAPTION;
}

/* The line that may be the flattened page: the longest, with many words and
 * about as long as the prose that it repeats. */
static bool find_flat(aligner *self) {
    size_t prose = 0;
    size_t sum = 0;
    size_t longest = 0;
    for (size_t i = 0; i < self->lines->count; i++) {
        const dump_line *line = &self->lines->items[i];
        if (line->to - line->from > longest) {
            longest = line->to - line->from;
            self->flat = i;
        }
        if (line->kind == DUMP_PROSE) {
            prose++;
            sum += line->to - line->from;
        }
    }
    if (prose < 3 || longest > FLAT_BYTES || self->lines->items[self->flat].words < FLAT_WORDS)
        return false;
    return self->lines->items[self->flat].kind == DUMP_PROSE ? longest * 3 > sum
                                                             : longest * 2 > sum;
}

/* A line stands where most of its anchors say, and ends where its last letters
 * are met near by. */
static void settle_place(aligner *self, place *where, const letters *line) {
    const guess *best = &where->guesses[0];
    unsigned needed = line->size >= 3 * PIECE ? 2 : 1;
    where->from = SIZE_MAX;
    for (int i = 1; i < GUESSES; i++) {
        if (where->guesses[i].votes > best->votes)
            best = &where->guesses[i];
    }
    for (int i = 0; i < GUESSES && where->guesses[i].votes; i++) {
        const guess *one = &where->guesses[i];
        if (one->start + line->size <= self->page.size &&
            memcmp(self->page.data + one->start, line->data, line->size) == 0) {
            where->from = one->start;
            where->to = one->start + line->size;
            return;
        }
    }
    if (best->votes < needed || best->start >= self->page.size)
        return;
    where->from = best->start;
    where->to =
        best->start + line->size < self->page.size ? best->start + line->size : self->page.size;
    size_t look = where->to > PIECE + line->size / 16 ? where->to - PIECE - line->size / 16 : 0;
    sheaf_slice near =
        sheaf_slice_from(self->page.data, where->to + line->size / 16 + PIECE < self->page.size
                                              ? where->to + line->size / 16 + PIECE
                                              : self->page.size);
    size_t end = sheaf_slice_find(near, look > where->from ? look : where->from,
                                  sheaf_slice_from(line->data + line->size - PIECE, PIECE));
    if (end != SIZE_MAX)
        where->to = end + PIECE;
}

static sheaf_status prepare(aligner *self, sheaf_error *error) {
    size_t capacity = 64;
    while (capacity < self->lines->count * ANCHORS * 2)
        capacity *= 2;
    self->mask = capacity - 1;
    self->table = sheaf_calloc(capacity, sizeof *self->table);
    self->places = sheaf_calloc(self->lines->count, sizeof *self->places);
    if (!self->table || !self->places ||
        !take_letters(&self->page, sheaf_dump_text(self->text, &self->lines->items[self->flat]),
                      true))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return SHEAF_OK;
}

/* Walks the text lines twice: first to place their anchors, then to settle. */
static sheaf_status for_lines(aligner *self, bool settle, sheaf_error *error) {
    size_t next = 0;
    for (size_t i = 0; i < self->lines->count; i++) {
        const dump_line *line = &self->lines->items[i];
        letters own;
        if (i == self->flat || !is_text(line))
            continue;
        bool enough = take_letters(&own, sheaf_dump_text(self->text, line), false);
        place *where = &self->places[next];
        if (enough && own.size >= PIECE) {
            if (settle) {
                settle_place(self, where, &own);
            } else {
                *where = (place){.line = i, .from = SIZE_MAX, .size = own.size};
                put_anchors(self, next, &own);
            }
            next++;
        }
        free_letters(&own);
        if (!enough)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    self->count = next;
    return SHEAF_OK;
}

static int by_place(const void *a, const void *b) {
    const place *left = a;
    const place *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return left->size > right->size ? -1 : left->size < right->size;
}

/* Sorts the places, drops those that overlap, and tells whether the flat line
 * is indeed the page that the others come from. */
static bool is_convincing(aligner *self) {
    size_t covered = 0;
    size_t prose = 0;
    size_t all = 0;
    size_t end = 0;
    size_t kept = 0;
    for (size_t i = 0; i < self->lines->count; i++)
        all += i != self->flat && self->lines->items[i].kind == DUMP_PROSE;
    qsort(self->places, self->count, sizeof *self->places, by_place);
    for (size_t i = 0; i < self->count; i++) {
        place *where = &self->places[i];
        if (where->from == SIZE_MAX || where->from + where->size / 8 < end)
            continue;
        if (where->from < end)
            where->from = end;
        if (where->to <= where->from)
            continue;
        covered += where->to - where->from;
        end = where->to;
        prose += self->lines->items[where->line].kind == DUMP_PROSE;
        self->places[kept++] = *where;
    }
    self->count = kept;
    return prose >= 2 && prose * 2 > all && covered * 2 > self->page.size;
}

/* ---- pieces between the places --------------------------------------------------------- */

/* Does the word that holds at stand, glued like this, in the clean lines? */
static bool is_one_word(aligner *self, sheaf_slice flat, size_t at) {
    enum { LOOK = 128 << 10, LONGEST = 48, MOST = 512 };
    if (self->looked_up++ >= MOST)
        return false;
    size_t start = at;
    size_t end = at;
    while (start > 0 && at - start < LONGEST && !sheaf_is_space(flat.data[start - 1]))
        start--;
    while (end < flat.size && end - at < LONGEST && !sheaf_is_space(flat.data[end]))
        end++;
    sheaf_slice word = sheaf_slice_part(flat, start, end);
    const dump_line *line = &self->lines->items[self->flat];
    const dump_line *first = &self->lines->items[0];
    const dump_line *last = &self->lines->items[self->lines->count - 1];
    sheaf_slice before = sheaf_slice_part(self->text, first->from, line->from);
    sheaf_slice behind = sheaf_slice_part(self->text, line->to, last->to);
    before = before.size > LOOK ? (sheaf_slice){0} : before;
    return sheaf_slice_find(before, 0, word) != SIZE_MAX ||
           sheaf_slice_find(sheaf_slice_part(behind, 0, LOOK), 0, word) != SIZE_MAX;
}

/* "Mc", "Mac", "De", "Le" and their like are followed by a capital in one name. */
static bool is_name_head(sheaf_slice flat, size_t at) {
    static const char *const heads[] = {"Mc",   "Mac", "De",  "Di", "Da", "Le", "La",
                                        "Fitz", "Van", "Von", "O'", "i",  "e"};
    size_t start = at;
    while (start > 0 && at - start < 8 && sheaf_is_alpha(flat.data[start - 1]))
        start--;
    sheaf_slice head = sheaf_slice_part(flat, start, at);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (sheaf_slice_is(head, heads[i]))
            return true;
    }
    return false;
}

/* Were two pieces glued together between before and at? */
static bool is_seam(uint32_t before, uint32_t code, uint32_t next, unsigned capitals,
                    unsigned digits) {
    if (!sheaf_char_is_upper(code))
        return false;
    if (sheaf_char_is_lower(before))
        return true;
    if (sheaf_char_is_digit(before))
        return digits >= 2 && sheaf_char_is_lower(next);
    if (before == '.' || before == '?' || before == '!' || before == '"' || before == 0x201D ||
        before == ')')
        return sheaf_char_is_lower(next) || next == ' ';
    return sheaf_char_is_upper(before) && capitals >= 2 && sheaf_char_is_lower(next);
}

static bool add_piece(aligner *self, dump_lines *out, size_t from, size_t to) {
    sheaf_slice piece = sheaf_slice_trim(sheaf_slice_part(self->text, from, to));
    dump_line line = {.copies = 1, .blank = 1};
    line.from = (size_t)(piece.data - self->text.data);
    line.to = line.from + piece.size;
    if (piece.size < 2)
        return true;
    sheaf_dump_measure(&line, self->text);
    sheaf_dump_tell_kind(&line, self->text, false);
    line.flags |= DUMP_FLAT;
    return line.words == 0 || sheaf_dump_add_line(out, &line);
}

/* Adds what lies between letters from and to of the flat line, cut at its seams. */
static bool add_pieces(aligner *self, dump_lines *out, size_t from, size_t to) {
    const dump_line *line = &self->lines->items[self->flat];
    sheaf_slice flat = sheaf_dump_text(self->text, line);
    uint32_t before = ' ';
    unsigned capitals = 0;
    unsigned digits = 0;
    if (from + 2 >= to)
        return true;
    size_t at = self->page.at[from];
    size_t end = to < self->page.size ? self->page.at[to] : flat.size;
    size_t start = at;
    while (at < end) {
        size_t here = at;
        uint32_t code = sheaf_utf8_next(flat, &at);
        size_t next = at;
        uint32_t behind = at < flat.size ? sheaf_utf8_next(flat, &next) : 0;
        if (is_seam(before, code, behind, capitals, digits) && !is_name_head(flat, here) &&
            !is_one_word(self, flat, here)) {
            if (!add_piece(self, out, line->from + start, line->from + here))
                return false;
            start = here;
        }
        capitals = sheaf_char_is_upper(code) ? capitals + 1 : 0;
        digits = sheaf_char_is_digit(code) ? digits + 1 : 0;
        before = code;
    }
    return add_piece(self, out, line->from + start, line->from + end);
}

/* ---- the new order ------------------------------------------------------------------------ */

/* For each line: the place it was found at, or UINT32_MAX. */
static void note_places(const aligner *self, uint32_t *found) {
    for (size_t i = 0; i < self->lines->count; i++)
        found[i] = UINT32_MAX;
    for (size_t i = 0; i < self->count; i++)
        found[self->places[i].line] = (uint32_t)i;
}

/* Text that was not found stays behind the line that it followed. */
static bool add_followers(const aligner *self, dump_lines *out, const uint32_t *found,
                          size_t line) {
    for (size_t i = line + 1; i < self->lines->count && found[i] == UINT32_MAX && i != self->flat;
         i++) {
        const dump_line *follower = &self->lines->items[i];
        if (is_text(follower) && !sheaf_dump_add_line(out, follower))
            return false;
    }
    return true;
}

/* Lines that are no text, and text with nothing found before it. */
static bool add_others(const aligner *self, dump_lines *out, const uint32_t *found, bool before) {
    bool met = false;
    for (size_t i = 0; i < self->lines->count; i++) {
        const dump_line *line = &self->lines->items[i];
        bool placed = found[i] != UINT32_MAX;
        bool other = !placed && i != self->flat && (!is_text(line) || !met);
        if (other && before == !met && !sheaf_dump_add_line(out, line))
            return false;
        met |= placed;
        if (i == self->flat)
            met = false;
    }
    return true;
}

static bool write_order(aligner *self, dump_lines *out, const uint32_t *found) {
    size_t end = 0;
    if (!add_others(self, out, found, true))
        return false;
    for (size_t i = 0; i < self->count; i++) {
        const place *where = &self->places[i];
        if (!add_pieces(self, out, end, where->from) ||
            !sheaf_dump_add_line(out, &self->lines->items[where->line]) ||
            !add_followers(self, out, found, where->line))
            return false;
        end = where->to;
    }
    return add_pieces(self, out, end, self->page.size) && add_others(self, out, found, false);
}

static sheaf_status reorder(aligner *self, dump_lines *lines, sheaf_error *error) {
    dump_lines out = {0};
    uint32_t *found = sheaf_malloc(lines->count * sizeof *found);
    if (found)
        note_places(self, found);
    bool written = found && write_order(self, &out, found);
    sheaf_free(found);
    if (!written) {
        sheaf_free(out.items);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    sheaf_free(lines->items);
    *lines = out;
    return SHEAF_OK;
}

sheaf_status sheaf_dump_align(dump_lines *lines, bool *done, sheaf_slice text, sheaf_error *error) {
    aligner self = {.text = text, .lines = lines};
    *done = false;
    if (lines->count < 4 || !find_flat(&self))
        return SHEAF_OK;
    sheaf_status status = prepare(&self, error);
    if (!status)
        status = for_lines(&self, false, error);
    if (!status) {
        find_anchors(&self);
        status = for_lines(&self, true, error);
    }
    if (!status && is_convincing(&self)) {
        status = reorder(&self, lines, error);
        *done = !status;
    }
    free_letters(&self.page);
    sheaf_free(self.places);
    sheaf_free(self.table);
    return status;
}
