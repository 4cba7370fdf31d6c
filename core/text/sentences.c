/* sentences.c - cuts running text into sentences.
 *
 * A paragraph is scanned for stops. At each, the signs around it are read,
 *
 *     … word  ."  (blanks)  "  Next …
 *        |    ||            |   |
 *      token  stop+closers  |  follower
 *                         openers
 *
 * and one question after another may say that the sentence goes on; what none
 * of them holds back is an end. Lists ("1. … 2. …", "a) … b) …") are foreseen:
 * an item that begins a paragraph makes the walk look for the next one.
 * sentences_words.c judges the token before a full point. */
#include "text/sentences.h"

#include "base/utf8.h"
#include "text/sentence_tables.h"
#include "text/sentences_parts.h"

enum { WRAPPED_LINE = 60, LIST_STYLES = 5 };

/* ---- characters ------------------------------------------------------------- */

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

static uint32_t char_at(sheaf_slice text, size_t at) {
    return at < text.size ? sheaf_utf8_next(text, &at) : 0;
}

static size_t skip_blanks(sheaf_slice text, size_t at, size_t end) {
    while (at < end) {
        size_t next = at;
        if (!is_blank(sheaf_utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t trim_blanks(sheaf_slice text, size_t from, size_t at) {
    while (at > from) {
        size_t before = at;
        if (!is_blank(sheaf_utf8_previous(text, &before)))
            break;
        at = before;
    }
    return at;
}

static bool is_dots(uint32_t c) {
    return c == '.' || c == 0x2026;
}

/* Stops of scripts with capitals, where what follows must be looked at. */
static bool is_western_mark(uint32_t c) {
    return c == '!' || c == '?' || (c >= 0x203C && c <= 0x203D) || (c >= 0x2047 && c <= 0x2049) ||
           c == 0x37E;
}

/* Stops of other scripts, which always end a sentence. */
static bool is_other_stop(uint32_t c) {
    return c >= 0x80 && !is_dots(c) && !is_western_mark(c) &&
           (sheaf_sentence_class_of(c) == SB_STOP || c == 0xFF0E);
}

static bool is_stop(uint32_t c) {
    return is_dots(c) || is_western_mark(c) || is_other_stop(c);
}

static bool is_closer(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xBB:
    case 0xAB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0x300B:
    case 0x3011:
    case 0xFF09: return true;
    default: return false;
    }
}

static bool is_opener(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case '-':
    case '*':
    case 0xA1:
    case 0xAB:
    case 0xBB:
    case 0xBF:
    case 0x2013:
    case 0x2014:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2022:
    case 0x2043:
    case 0x2039:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0xFF08: return true;
    default: return false;
    }
}

/* ---- paragraphs ----------------------------------------------------------------- */

/* The next blank line, or U+2029, at or after at. */
static size_t paragraph_end(sheaf_slice text, size_t at) {
    while ((at = sheaf_slice_find_char(text, at, '\n')) != SIZE_MAX) {
        size_t next = at + 1;
        while (next < text.size &&
               (text.data[next] == ' ' || text.data[next] == '\t' || text.data[next] == '\r'))
            next++;
        if (next >= text.size || text.data[next] == '\n')
            return at;
        at = next;
    }
    return text.size;
}

/* Short lines without a stop are a list; longer ones were wrapped. */
static bool lines_are_list(sheaf_slice paragraph) {
    size_t from = 0;
    size_t end;
    if (sheaf_slice_find_char(paragraph, 0, '\n') == SIZE_MAX)
        return false;
    while ((end = sheaf_slice_find_char(paragraph, from, '\n')) != SIZE_MAX) {
        if (end - from > WRAPPED_LINE)
            return false;
        from = end + 1;
    }
    for (size_t at = 0; at < paragraph.size;) {
        if (is_stop(sheaf_utf8_next(paragraph, &at)))
            return false;
    }
    return true;
}

/* ---- lists -------------------------------------------------------------------- */

/* The ways to mark an item: what stands before and behind its number or letter. */
static const struct {
    const char *behind;
    bool letter;
} styles[LIST_STYLES] = {{".)", false}, {")", false}, {".", false}, {")", true}, {".", true}};

static size_t skip_bullet(sheaf_slice text, size_t at) {
    size_t next = at;
    uint32_t c = char_at(text, at);
    if (at < text.size && (c == 0x2022 || c == 0x2043 || c == 0x25E6)) {
        sheaf_utf8_next(text, &next);
        return skip_blanks(text, next, text.size);
    }
    return at;
}

/* Reads "12", or one small letter for a style of letters. 0: none. */
static uint32_t read_number(sheaf_slice text, size_t *at, bool letter) {
    uint32_t number = 0;
    size_t digits = 0;
    if (letter && *at < text.size && sheaf_is_lower(text.data[*at]))
        return (uint32_t)text.data[(*at)++];
    while (!letter && *at < text.size && sheaf_is_digit(text.data[*at]) && digits++ < 3)
        number = number * 10 + (uint32_t)(text.data[(*at)++] - '0');
    return number;
}

/* Behind the mark of an item at at, or at itself when there is none. */
static size_t read_item(sheaf_slice text, size_t at, uint32_t *number, int *style) {
    size_t start = skip_bullet(text, at);
    for (int i = 0; i < LIST_STYLES; i++) {
        size_t end = start;
        uint32_t found = read_number(text, &end, styles[i].letter);
        sheaf_slice behind = sheaf_slice_of(styles[i].behind);
        if (!found || !sheaf_slice_starts(sheaf_slice_part(text, end, text.size), behind))
            continue;
        end += behind.size;
        if (end < text.size && !is_blank(char_at(text, end)))
            continue;
        *number = found;
        *style = i;
        return end;
    }
    return at;
}

/* Where the item after the one at hand begins, with its bullet; SIZE_MAX. */
static size_t find_item(const sheaf_sentences *walk, size_t at) {
    sheaf_slice text = sheaf_slice_part(walk->text, 0, walk->paragraph_end);
    while (at < text.size) {
        size_t next = at;
        bool blank = is_blank(sheaf_utf8_next(text, &next));
        at = next;
        uint32_t number = 0;
        int style = -1;
        if (blank && at < text.size && !is_blank(char_at(text, at)) &&
            read_item(text, at, &number, &style) > at && number == walk->item_number &&
            style == walk->item_style)
            return at;
    }
    return SIZE_MAX;
}

/* Passes the mark of an item at the beginning of a sentence; a list goes on, or
 * begins with a paragraph. */
static size_t pass_item(sheaf_sentences *walk, size_t at) {
    uint32_t number = 0;
    int style = 0;
    sheaf_slice text = sheaf_slice_part(walk->text, 0, walk->paragraph_end);
    size_t end = read_item(text, at, &number, &style);
    bool begins = at == walk->paragraph && (!styles[style].letter || number == 'a');
    if (end == at || (at != walk->item && !begins))
        return end == at || styles[style].letter ? at : end;
    walk->item_number = number + 1;
    walk->item_style = style;
    walk->item = find_item(walk, end);
    return end;
}

/* ---- stops -------------------------------------------------------------------- */

/* A stop and what closes behind it, at most up to end. */
static sentence_stop read_stop(sheaf_slice text, size_t at, size_t end) {
    sentence_stop stop = {.at = at, .end = at};
    while (stop.end < end) {
        size_t next = stop.end;
        uint32_t c = sheaf_utf8_next(text, &next);
        if (c == ' ' && stop.dots && next < end && text.data[next] == '.') {
            stop.spaced = true;
            stop.end = next;
            continue;
        }
        if (!is_stop(c))
            break;
        stop.dots += c == '.' ? 1 : c == 0x2026 ? 3 : 0;
        stop.marks += is_western_mark(c) != 0;
        stop.other |= is_other_stop(c);
        stop.end = next;
    }
    while (stop.end < end) {
        size_t next = stop.end;
        uint32_t c = sheaf_utf8_next(text, &next);
        if (!is_closer(c))
            break;
        stop.quoted |= c != ')' && c != ']' && c != '}';
        stop.closed = true;
        stop.end = next;
    }
    return stop;
}

/* What comes behind a stop. */
static sentence_follower read_follower(sheaf_slice text, size_t at, size_t end) {
    sentence_follower next = {.at = skip_blanks(text, at, end)};
    next.parted = next.at > at;
    next.first = next.at < end ? char_at(text, next.at) : 0;
    while (next.at < end && is_opener(char_at(text, next.at))) {
        next.opened = true;
        sheaf_utf8_next(text, &next.at);
        next.at = skip_blanks(text, next.at, end);
    }
    next.class = next.at < end ? sheaf_sentence_class_of(char_at(text, next.at)) : SB_SEP;
    size_t to = next.at;
    while (to < end && to - next.at < 48) {
        size_t after = to;
        sheaf_sentence_class class = sheaf_sentence_class_of(sheaf_utf8_next(text, &after));
        if (class < SB_EXTEND || class == SB_SPACE || class > SB_NUMBER)
            break;
        to = after;
    }
    next.word = sheaf_slice_part(text, next.at, to);
    size_t second = next.at;
    if (next.class == SB_LOWER && to > next.at) { /* iPhone, eBay */
        sheaf_utf8_next(text, &second);
        if (second < to && sheaf_sentence_class_of(char_at(text, second)) == SB_UPPER)
            next.class = SB_UPPER;
    }
    return next;
}

/* Dots left out: does the sentence go on behind them? */
static bool dots_go_on(const sheaf_sentences *walk, sentence_stop stop, sentence_follower next) {
    if (stop.at > 0 && (walk->text.data[stop.at - 1] == '[' || walk->text.data[stop.at - 1] == '('))
        return true;
    if (stop.dots == 3 && stop.spaced)
        return true;
    bool me = sheaf_slice_is(next.word, "I");
    return next.class == SB_LOWER || next.class == SB_COMMA ||
           (me && stop.dots <= 3 && !next.opened);
}

/* Without a blank behind it, a stop seldom ends anything: "3.14", "a.b", "Yahoo!'s". */
static bool ends_unparted(const sheaf_sentences *walk, sentence_stop stop, sentence_follower next) {
    if (!stop.marks || next.class != SB_UPPER || next.opened || stop.at == 0)
        return false;
    size_t before = stop.at;
    return sheaf_sentence_class_of(sheaf_utf8_previous(walk->text, &before)) == SB_LOWER;
}

/* 。 and its like: behind a quotation, Japanese goes on with a particle. */
static bool other_ends(sentence_stop stop, sentence_follower next) {
    if (next.class == SB_COMMA || next.class == SB_CLOSE)
        return next.opened || next.parted;
    bool kana = next.word.size >= 3 && (unsigned char)next.word.data[0] == 0xE3 &&
                (unsigned char)next.word.data[1] <= 0x82;
    return !stop.closed || next.parted || !kana;
}

static bool is_end(const sheaf_sentences *walk, size_t start, sentence_stop stop) {
    sentence_follower next = read_follower(walk->text, stop.end, walk->paragraph_end);
    if (next.at >= walk->paragraph_end)
        return true;
    if (stop.other)
        return other_ends(stop, next);
    if (!next.parted)
        return ends_unparted(walk, stop, next);
    if (next.first == ',' || next.first == ';' || next.first == ':')
        return false;
    if (stop.dots > 2 && !stop.marks)
        return !dots_go_on(walk, stop, next);
    if (next.class == SB_LOWER)
        return false;
    if (stop.marks)
        return !(stop.quoted && sheaf_sentence_is_said(walk, next));
    return sheaf_sentence_point_ends(walk, start, stop, next);
}

/* ---- the walk ------------------------------------------------------------------- */

/* Bytes that a stop begins with, and for those beyond ASCII the range of the
 * byte behind: enough to pass over nearly all letters. */
static const struct {
    unsigned char first, last; /* of the byte behind; last 0: no stop begins so */
} suspect[256] = {
    ['!'] = {0, 255},      ['.'] = {0, 255},      ['?'] = {0, 255},      [';'] = {0, 255},
    ['\n'] = {0, 255},     [0xCD] = {0xBE, 0xBE}, [0xD6] = {0x89, 0x89}, [0xD8] = {0x9D, 0x9F},
    [0xDB] = {0x94, 0x94}, [0xDC] = {0x80, 0x82}, [0xDF] = {0xB9, 0xB9}, [0xE0] = {0xA0, 0xA5},
    [0xE1] = {0x80, 0xBF}, [0xE2] = {0x80, 0xBF}, [0xE3] = {0x80, 0x80}, [0xEA] = {0x80, 0xBF},
    [0xEF] = {0xB8, 0xBD}, [0xF0] = {0x80, 0xBF},
};

/* The first place at or after at where a stop may stand, or end. */
static size_t find_suspect(const unsigned char *bytes, size_t at, size_t end) {
    for (; at < end; at++) {
        unsigned char last = suspect[bytes[at]].last;
        if (last == 255 || (last && at + 1 < end && bytes[at + 1] >= suspect[bytes[at]].first &&
                            bytes[at + 1] <= last))
            break;
    }
    return at;
}

/* The end of the sentence that begins at start; text is looked at from at on. */
static size_t find_end(const sheaf_sentences *walk, size_t start, size_t at, size_t end) {
    const unsigned char *bytes = (const unsigned char *)walk->text.data;
    while (at < end) {
        at = find_suspect(bytes, at, end);
        if (at >= end)
            break;
        size_t next = at;
        uint32_t c = bytes[at];
        if (c < 0x80)
            next++;
        else
            c = sheaf_utf8_next(walk->text, &next);
        if ((c == '\n' && walk->lines) || (c == ';' && walk->greek))
            return c == ';' ? next : at;
        if (!is_stop(c)) {
            at = next;
            continue;
        }
        sentence_stop stop = read_stop(walk->text, at, end);
        if (is_end(walk, start, stop))
            return stop.end;
        at = stop.end;
    }
    return end;
}

static void begin_paragraph(sheaf_sentences *walk, size_t at) {
    walk->paragraph = at;
    walk->paragraph_end = paragraph_end(walk->text, at);
    walk->lines = lines_are_list(sheaf_slice_part(walk->text, at, walk->paragraph_end));
    walk->item = SIZE_MAX;
}

void sheaf_sentences_begin(sheaf_sentences *walk, sheaf_slice text, sheaf_slice language,
                           const sheaf_sentence_habits *habits) {
    *walk = (sheaf_sentences){.text = text, .habits = habits, .item = SIZE_MAX};
    sheaf_sentence_set_language(walk, language);
}

bool sheaf_sentence_next(sheaf_sentences *walk, size_t *from, size_t *to) {
    size_t start = skip_blanks(walk->text, walk->at, walk->text.size);
    if (start >= walk->text.size)
        return false;
    if (start >= walk->paragraph_end)
        begin_paragraph(walk, start);
    size_t at = pass_item(walk, start);
    size_t end = walk->item < walk->paragraph_end ? walk->item : walk->paragraph_end;
    walk->at = find_end(walk, start, at, end);
    *from = start;
    *to = trim_blanks(walk->text, start, walk->at);
    return true;
}
