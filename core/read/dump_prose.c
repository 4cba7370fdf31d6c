/* dump_prose.c - writes a stretch of the dump as clean text.
 *
 * Blanks and line ends are folded to one blank, entities decoded, soft hyphens
 * dropped. A hyphen at a line end is mended when that is safe: it stays when
 * the dump writes the word with a hyphen elsewhere, or when either half is one
 * that forms compounds; it goes in all other cases. */
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

/* ---- hyphens ------------------------------------------------------------------ */

/* clang-format off */
static const char *const compound_heads[] = {
    "self", "non", "ex", "anti", "pro", "pre", "post", "semi", "quasi", "all", "well", "ill",
    "half", "long", "short", "high", "low", "mid", "full", "part", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty", "first",
    "second", "third", "last", "north", "south", "east", "west", "vice", "so", "then", "now",
    "hard", "soft", "far", "near", "deep", "open", "cross", "co", "re-", "free", "left", "right",
    "multi", "counter", "large", "small", "old", "new", "state", "world", "year", "day", "week",
    "month", "anglo", "franco", "pan"};
/* clang-format on */

/* clang-format off */
static const char *const compound_tails[] = {
    "based", "led", "old", "year", "years", "day", "week", "month", "long", "term", "time",
    "known", "free", "wide", "like", "style", "born", "made", "owned", "run", "backed", "related",
    "down", "up", "off", "in", "on", "out", "to", "of", "and", "the", "general", "in-law",
    "elect", "designate", "east", "west", "class", "level", "scale", "range", "speed", "held",
    "style", "minded", "hand", "handed", "door", "party"};
/* clang-format on */

static bool in_list(sheaf_slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sheaf_slice_equal_fold(word, sheaf_slice_of(list[i])))
            return true;
    }
    return false;
}

/* The letters just before at. */
static sheaf_slice letters_before(sheaf_slice text, size_t at) {
    enum { LONGEST = 60 };
    size_t start = at;
    while (start > 0 && at - start < LONGEST) {
        size_t before = start;
        if (!sheaf_char_is_letter(sheaf_utf8_previous(text, &before)))
            break;
        start = before;
    }
    return sheaf_slice_part(text, start, at);
}

static sheaf_slice letters_from(sheaf_slice text, size_t at) {
    enum { LONGEST = 60 };
    size_t end = at;
    while (end < text.size && end - at < LONGEST) {
        size_t next = end;
        if (!sheaf_char_is_letter(sheaf_utf8_next(text, &next)))
            break;
        end = next;
    }
    return sheaf_slice_part(text, at, end);
}

/* Is head-tail written so within a line near by? head lies in whole. */
static bool is_written_so(sheaf_slice whole, sheaf_slice head, const char *joint,
                          sheaf_slice tail) {
    enum { LOOK = 16 << 10 };
    char word[160];
    size_t joint_size = strlen(joint);
    size_t size = head.size + joint_size + tail.size;
    size_t at = (size_t)(head.data - whole.data);
    if (size > sizeof word)
        return false;
    memcpy(word, head.data, head.size);
    memcpy(word + head.size, joint, joint_size);
    memcpy(word + head.size + joint_size, tail.data, tail.size);
    sheaf_slice near = sheaf_slice_part(whole, at > LOOK ? at - LOOK : 0, at + LOOK);
    return sheaf_slice_find(near, 0, sheaf_slice_from(word, size)) != SIZE_MAX;
}

/* Should the hyphen that ends the line before next stay? */
static bool keeps_hyphen(sheaf_slice text, size_t hyphen, size_t next, sheaf_slice whole) {
    sheaf_slice head = letters_before(text, hyphen);
    sheaf_slice tail = letters_from(text, next);
    size_t at = next;
    if (head.size == 0 || tail.size == 0 || !sheaf_char_is_lower(sheaf_utf8_next(text, &at)))
        return true;
    if (is_written_so(whole, head, "-", tail))
        return true;
    if (is_written_so(whole, head, "", tail))
        return false;
    return in_list(head, compound_heads, sizeof compound_heads / sizeof *compound_heads) ||
           in_list(tail, compound_tails, sizeof compound_tails / sizeof *compound_tails);
}

/* ---- entities -------------------------------------------------------------------- */

typedef struct entity {
    const char *name;
    uint32_t code;
} entity;

static const entity entities[] = {
    {"amp;", '&'},      {"lt;", '<'},       {"gt;", '>'},        {"quot;", '"'},
    {"apos;", '\''},    {"nbsp;", 0xA0},    {"ndash;", 0x2013},  {"mdash;", 0x2014},
    {"lsquo;", 0x2018}, {"rsquo;", 0x2019}, {"ldquo;", 0x201C},  {"rdquo;", 0x201D},
    {"laquo;", 0xAB},   {"raquo;", 0xBB},   {"hellip;", 0x2026}, {"euro;", 0x20AC},
    {"pound;", 0xA3},   {"copy;", 0xA9},
};

static int digit_value(char c, uint32_t base) {
    int value = sheaf_is_digit(c)                              ? c - '0'
                : base == 16 && strchr("abcdefABCDEF", c) && c ? (sheaf_to_lower(c) - 'a') + 10
                                                               : -1;
    return value;
}

/* &#8217; and &#x2019; */
static size_t numeric_entity(sheaf_slice text, size_t at, uint32_t *code) {
    uint32_t base = 10;
    size_t i = at + 2;
    uint32_t value = 0;
    if (i < text.size && (text.data[i] == 'x' || text.data[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t first = i;
    for (; i < text.size && i - first < 7 && digit_value(text.data[i], base) >= 0; i++)
        value = value * base + (uint32_t)digit_value(text.data[i], base);
    if (i == first || i >= text.size || text.data[i] != ';' || value < 0x20 || value > 0x10FFFF)
        return 0;
    *code = value;
    return i + 1 - at;
}

/* Size of the entity at text[at], which is '&', or 0. */
static size_t read_entity(sheaf_slice text, size_t at, uint32_t *code) {
    if (at + 1 < text.size && text.data[at + 1] == '#')
        return numeric_entity(text, at, code);
    sheaf_slice behind = sheaf_slice_part(text, at + 1, at + 9);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        sheaf_slice name = sheaf_slice_of(entities[i].name);
        if (sheaf_slice_starts(behind, name)) {
            *code = entities[i].code;
            return name.size + 1;
        }
    }
    return 0;
}

/* ---- writing ------------------------------------------------------------------------ */

/* Does text written in this script part its words with blanks? */
static bool parts_words(const sheaf_buffer *out, sheaf_slice text, size_t next) {
    size_t end = out->size;
    if (end == 0)
        return false;
    uint32_t before = sheaf_utf8_previous(sheaf_buffer_view(out), &end);
    uint32_t behind = sheaf_utf8_next(text, &next);
    bool dense_before = sheaf_char_is_dense(before) || (before >= 0x3000 && before <= 0x303F) ||
                        (before >= 0xFF00 && before <= 0xFF65);
    bool dense_behind = sheaf_char_is_dense(behind) || (behind >= 0x3000 && behind <= 0x303F);
    return !(dense_before && dense_behind);
}

static bool is_hyphen_before(const sheaf_buffer *out, size_t start) {
    return out->size >= start + 2 && out->data[out->size - 1] == '-' &&
           (sheaf_is_alpha(out->data[out->size - 2]) ||
            (unsigned char)out->data[out->size - 2] >= 0x80);
}

/* Appends what a run of white space in text[from, to) becomes. */
static void write_gap(sheaf_buffer *out, size_t start, sheaf_slice text, size_t from, size_t to,
                      sheaf_slice whole) {
    sheaf_slice gap = sheaf_slice_part(text, from, to);
    bool line = sheaf_slice_find_char(gap, 0, '\n') != SIZE_MAX ||
                sheaf_slice_find_char(gap, 0, '\r') != SIZE_MAX;
    if (out->size == start || to >= text.size)
        return;
    if (line && sheaf_slice_ends(sheaf_buffer_view(out), SLICE("\xC2\xAD"))) {
        out->size -= 2;
        return;
    }
    if (line && is_hyphen_before(out, start)) {
        if (!keeps_hyphen(text, from - 1, to, whole))
            out->size--;
        return;
    }
    if (line ? parts_words(out, text, to) : true)
        sheaf_buffer_char(out, ' ');
}

/* White space that folds; a no-break space stays what it is. */
static bool folds(uint32_t c) {
    return sheaf_char_is_space(c) && c != 0xA0 && c != 0x202F && c != 0x3000;
}

void sheaf_dump_write(sheaf_buffer *out, sheaf_slice text, sheaf_slice whole) {
    size_t start = out->size;
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        uint32_t c = sheaf_utf8_next(text, &at);
        if (folds(c)) {
            size_t next = at;
            while (next < text.size && folds(sheaf_utf8_next(text, &next)))
                at = next;
            write_gap(out, start, text, from, at, whole);
        } else if (c == 0xAD && at < text.size && !sheaf_is_space(text.data[at])) {
            continue;
        } else if (c == '&') {
            uint32_t code = '&';
            size_t size = read_entity(text, from, &code);
            at = size ? from + size : at;
            sheaf_utf8_append(out, code);
        } else {
            sheaf_buffer_append(out, text.data + from, at - from);
        }
    }
    while (out->size > start && out->data[out->size - 1] == ' ')
        out->size--;
}
