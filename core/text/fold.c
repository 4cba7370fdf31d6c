/* fold.c - NFC, and folding of case and accents.
 *
 * Nearly all text is NFC already, so the work is to see that fast. Three kinds
 * of code points are told apart:
 *   safe     starts anew and never melts into the one before it; NFC keeps it
 *   ordered  a mark that nothing composes with; NFC keeps it where the
 *            combining classes do not fall
 *   open     anything may happen: only utf8proc knows
 * Text without open points and in order is surely NFC. Otherwise only the
 * stretches from the last safe point before trouble to the next one behind it
 * are decomposed, ordered and composed; all else is copied.
 *
 * Folding goes by a table, for most characters become one character that never
 * melts into the one before it, or nothing (make_fold_tables.py). Only the
 * stretches that the table does not know, with the character before them, go
 * through utf8proc.
 *
 * The ordering is ours: utf8proc's own takes quadratic time on long runs of
 * marks, which strangers may send. */
#include "text/fold.h"

#include <utf8proc.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/fold_tables.h"

typedef enum point_kind { SAFE, ORDERED, OPEN } point_kind;

static bool within(uint32_t c, uint32_t low, uint32_t high) {
    return c - low <= high - low;
}

/* Bytes of one code point, or of several, that are safe by their first byte;
 * 0 when the code point must be looked at. */
static size_t safe_step(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xCC || lead == 0xCF || lead == 0xD0 || lead == 0xD1)
        return 2; /* up to U+02FF; U+03C0 to U+047F */
    if (lead >= 0xE4 && lead <= 0xEC && lead != 0xEA)
        return 3; /* U+4000 to U+9FFF; U+B000 to U+CFFF */
    return 0;
}

static bool is_safe_letter(uint32_t c) {
    if (c < 0x0800)
        return c < 0x0300 || within(c, 0x0388, 0x0482) || within(c, 0x048A, 0x0590) ||
               within(c, 0x05D0, 0x05F4) || within(c, 0x0606, 0x060F) ||
               within(c, 0x061B, 0x064A) || within(c, 0x0660, 0x066F) ||
               within(c, 0x0671, 0x06D5) || within(c, 0x06EE, 0x070E) || within(c, 0x037F, 0x0386);
    return within(c, 0x0900, 0x0939) || within(c, 0x093D, 0x094C) || within(c, 0x0964, 0x0980) ||
           within(c, 0x0E01, 0x0E37) || within(c, 0x0E3F, 0x0E47) || within(c, 0x0E4C, 0x0E5B) ||
           within(c, 0x10A0, 0x10FF) || within(c, 0x1E00, 0x1EFF) || within(c, 0x2002, 0x20CF) ||
           within(c, 0x3000, 0x3029) || within(c, 0x3030, 0x3098) || within(c, 0x309B, 0xA66E) ||
           within(c, 0xAC00, 0xD7A3) || within(c, 0xFE00, 0xFE0F) || within(c, 0xFF00, 0xFFFD) ||
           within(c, 0x1F000, 0x1FAFF);
}

static bool is_ordered_mark(uint32_t c) {
    return within(c, 0x0591, 0x05C7) || within(c, 0x064B, 0x0652) || c == 0x0670 || c == 0x094D ||
           within(c, 0x09BC, 0x09BC) || c == 0x09CD || within(c, 0x0E38, 0x0E3A) ||
           within(c, 0x0E48, 0x0E4B);
}

static bool is_jamo(uint32_t c) {
    return within(c, 0x1100, 0x11FF);
}

static point_kind kind_of(uint32_t c) {
    if (is_safe_letter(c))
        return SAFE;
    if (is_ordered_mark(c))
        return ORDERED;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    if (property->combining_class || is_jamo(c) || property->category == UTF8PROC_CATEGORY_MN ||
        property->category == UTF8PROC_CATEGORY_MC || property->category == UTF8PROC_CATEGORY_ME)
        return OPEN;
    bool decomposes = property->decomp_seqindex != UINT16_MAX && property->decomp_type == 0;
    return decomposes ? OPEN : SAFE;
}

static bool is_ascii_eight(const char *bytes) {
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return (eight & 0x8080808080808080u) == 0;
}

/* The first trouble at or after *at: [*at, end) must be normalised. False when
 * the rest of text is NFC. */
static bool find_trouble(sheaf_slice text, size_t *at, size_t *end) {
    size_t last_safe = *at;
    int last_class = 0;
    for (size_t here = *at; here < text.size;) {
        while (here + 8 <= text.size && is_ascii_eight(text.data + here)) {
            here += 8;
            last_safe = here - 1;
            last_class = 0;
        }
        if (here == text.size)
            break;
        size_t start = here;
        size_t step = safe_step((unsigned char)text.data[here]);
        if (step) {
            here += step;
            last_safe = start;
            last_class = 0;
            continue;
        }
        uint32_t c = sheaf_utf8_next(text, &here);
        point_kind kind = kind_of(c);
        int class = 0;
        if (kind == SAFE)
            last_safe = start;
        else
            class = utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
        if (kind != OPEN && (class == 0 || class >= last_class)) {
            last_class = class;
            continue;
        }
        for (*end = here; here < text.size; *end = here) {
            if (safe_step((unsigned char)text.data[here]) ||
                kind_of(sheaf_utf8_next(text, &here)) == SAFE)
                break;
        }
        *at = last_safe;
        return true;
    }
    return false;
}

bool sheaf_nfc_sure(sheaf_slice text) {
    size_t at = 0;
    size_t end;
    return !find_trouble(text, &at, &end);
}

/* Code points at work. They stay on the stack unless there are many. */
enum { FIXED_POINTS = 256, MOST_FROM_ONE = 32, LONGEST_WORD = 64 };

typedef struct points {
    utf8proc_int32_t *items;
    size_t count;
    size_t capacity;
    bool failed;
    utf8proc_int32_t fixed[FIXED_POINTS];
} points;

static void points_init(points *list) {
    list->items = list->fixed;
    list->count = 0;
    list->capacity = FIXED_POINTS;
    list->failed = false;
}

static void points_clear(points *list) {
    if (list->items != list->fixed)
        sheaf_free(list->items);
}

/* Room for what one code point can decompose into. */
static bool points_reserve(points *list) {
    if (list->capacity - list->count >= MOST_FROM_ONE)
        return true;
    if (list->failed || list->capacity > SIZE_MAX / 4 / sizeof *list->items)
        return false;
    size_t wanted = list->capacity * 2;
    utf8proc_int32_t *bigger = sheaf_malloc(wanted * sizeof *bigger);
    if (!bigger) {
        list->failed = true;
        return false;
    }
    memcpy(bigger, list->items, list->count * sizeof *bigger);
    points_clear(list);
    list->items = bigger;
    list->capacity = wanted;
    return true;
}

static int combining_class(utf8proc_int32_t c) {
    return utf8proc_get_property(c)->combining_class;
}

/* Orders a long run of marks by counting: stable, in linear time. */
static bool order_long(utf8proc_int32_t *run, size_t count) {
    size_t at[257] = {0};
    utf8proc_int32_t *copy = sheaf_malloc(count * sizeof *copy);
    if (!copy)
        return false;
    memcpy(copy, run, count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        at[combining_class(copy[i]) + 1]++;
    for (size_t i = 1; i < 257; i++)
        at[i] += at[i - 1];
    for (size_t i = 0; i < count; i++)
        run[at[combining_class(copy[i])]++] = copy[i];
    sheaf_free(copy);
    return true;
}

static void order_short(utf8proc_int32_t *run, size_t count) {
    for (size_t i = 1; i < count; i++) {
        utf8proc_int32_t c = run[i];
        size_t to = i;
        for (; to > 0 && combining_class(run[to - 1]) > combining_class(c); to--)
            run[to] = run[to - 1];
        run[to] = c;
    }
}

/* Canonical ordering: each run of marks by combining class. */
static void order(points *list) {
    for (size_t from = 0; from < list->count;) {
        size_t to = from;
        while (to < list->count && combining_class(list->items[to]) != 0)
            to++;
        if (to - from > 32 && !order_long(list->items + from, to - from))
            list->failed = true;
        else if (to - from > 1 && to - from <= 32)
            order_short(list->items + from, to - from);
        from = to > from ? to : from + 1;
    }
}

/* A mark that says accent, not vowel: those of Latin, Greek, Cyrillic, Hebrew
 * and Arabic go; vowels, tones and voicing of Indic, Thai and Kana stay. */
static bool is_accent(utf8proc_int32_t c) {
    int class = combining_class(c);
    return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

static void drop_accents(points *list, size_t from) {
    size_t kept = from;
    for (size_t i = from; i < list->count; i++) {
        if (!is_accent(list->items[i]))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static void decompose(points *list, sheaf_slice text, bool folding) {
    int options =
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | (folding ? UTF8PROC_COMPAT | UTF8PROC_CASEFOLD : 0);
    for (size_t at = 0; at < text.size && points_reserve(list);) {
        utf8proc_int32_t c = (utf8proc_int32_t)sheaf_utf8_next(text, &at);
        size_t from = list->count;
        int boundary = 0;
        utf8proc_ssize_t made = utf8proc_decompose_char(c, list->items + from, MOST_FROM_ONE,
                                                        (utf8proc_option_t)options, &boundary);
        if (made < 0 || made > MOST_FROM_ONE) {
            list->items[from] = c;
            made = 1;
        }
        list->count += (size_t)made;
        if (folding)
            drop_accents(list, from);
    }
}

static void compose(points *list) {
    order(list);
    utf8proc_ssize_t left =
        utf8proc_normalize_utf32(list->items, (utf8proc_ssize_t)list->count,
                                 (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (left >= 0)
        list->count = (size_t)left;
}

static void convert(sheaf_buffer *buffer, sheaf_slice text, bool folding) {
    points list;
    points_init(&list);
    decompose(&list, text, folding);
    compose(&list);
    if (list.failed)
        buffer->failed = true;
    for (size_t i = 0; i < list.count; i++)
        sheaf_utf8_append(buffer, (uint32_t)list.items[i]);
    points_clear(&list);
}

void sheaf_nfc(sheaf_buffer *buffer, sheaf_slice text) {
    size_t copied = 0;
    size_t end;
    for (size_t at = 0; find_trouble(text, &at, &end); at = end, copied = end) {
        sheaf_buffer_add(buffer, sheaf_slice_part(text, copied, at));
        convert(buffer, sheaf_slice_part(text, at, end), false);
    }
    sheaf_buffer_add(buffer, sheaf_slice_part(text, copied, text.size));
}

/* ---- folding -------------------------------------------------------------- */

static size_t ascii_end(sheaf_slice text, size_t at) {
    while (at + 8 <= text.size && is_ascii_eight(text.data + at))
        at += 8;
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

static size_t foreign_end(sheaf_slice text, size_t at) {
    while (at < text.size && (unsigned char)text.data[at] >= 0x80)
        at++;
    return at;
}

static void fold_ascii(sheaf_buffer *buffer, sheaf_slice text) {
    if (!sheaf_buffer_reserve(buffer, text.size))
        return;
    for (size_t i = 0; i < text.size; i++)
        buffer->data[buffer->size + i] = sheaf_to_lower(text.data[i]);
    buffer->size += text.size;
}

static size_t put_char(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

static inline uint32_t take_char(sheaf_slice text, size_t *at) {
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    if (bytes[0] < 0x80) {
        ++*at;
        return bytes[0];
    }
    if (bytes[0] >= 0xC2 && bytes[0] < 0xE0 && text.size - *at > 1 && (bytes[1] & 0xC0) == 0x80) {
        *at += 2;
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    }
    return sheaf_utf8_next(text, at);
}

/* What folding by the table has come to. A character that only utf8proc knows
 * may melt into the one before it, so that one is taken back. */
typedef struct progress {
    size_t read, written;           /* bytes */
    size_t last_read, last_written; /* the same before the last character that was put */
} progress;

/* Folds text by the table, from at on, until a character that is not in it.
 * out has room for half as much again as text has. */
static progress fold_by_table(char *out, sheaf_slice text, size_t at) {
    progress done = {at, 0, at, 0};
    while (done.read < text.size) {
        size_t next = done.read;
        uint32_t c = take_char(text, &next);
        unsigned step = sheaf_fold_step(c);
        if (step == SHEAF_FOLD_SLOW)
            return done;
        if (step != SHEAF_FOLD_DROP) {
            done.last_read = done.read;
            done.last_written = done.written;
            done.written += put_char(out + done.written, (c + step) & 0xFFFF);
        }
        done.read = next;
    }
    return done;
}

/* Behind the slow characters at from: where the table surely knows on. */
static size_t slow_end(sheaf_slice text, size_t from) {
    while (from < text.size) {
        size_t next = from;
        unsigned step = sheaf_fold_step(take_char(text, &next));
        if (step != SHEAF_FOLD_SLOW && step != SHEAF_FOLD_DROP)
            break;
        from = next;
    }
    return from;
}

static void fold_foreign(sheaf_buffer *buffer, sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t left = text.size - at;
        if (!sheaf_buffer_reserve(buffer, left + left / 2 + 1))
            return;
        progress done = fold_by_table(buffer->data + buffer->size, text, at);
        if (done.read == text.size) {
            buffer->size += done.written;
            return;
        }
        buffer->size += done.last_written;
        at = slow_end(text, done.read);
        convert(buffer, sheaf_slice_part(text, done.last_read, at), true);
    }
}

void sheaf_fold(sheaf_buffer *buffer, sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = ascii_end(text, at);
        if (end > at)
            fold_ascii(buffer, sheaf_slice_part(text, at, end));
        at = foreign_end(text, end);
        if (at > end)
            fold_foreign(buffer, sheaf_slice_part(text, end, at));
    }
}

/* False when the word is not all ASCII. */
static bool fold_ascii_word(char *out, sheaf_slice word) {
    unsigned char seen = 0;
    for (size_t i = 0; i < word.size; i++) {
        seen |= (unsigned char)word.data[i];
        out[i] = sheaf_to_lower(word.data[i]);
    }
    return seen < 0x80;
}

size_t sheaf_fold_word(char *out, size_t size, sheaf_slice word) {
    if (word.size <= size && word.size <= LONGEST_WORD && fold_ascii_word(out, word))
        return word.size;
    if (word.size > LONGEST_WORD)
        return 0;
    char folded[LONGEST_WORD * 3 / 2];
    progress done = fold_by_table(folded, word, 0);
    if (done.read == word.size) {
        if (done.written > size)
            return 0;
        memcpy(out, folded, done.written);
        return done.written;
    }
    points list;
    points_init(&list);
    for (size_t at = 0; at < word.size;) {
        if (list.capacity - list.count < MOST_FROM_ONE)
            return 0;
        size_t from = at;
        sheaf_utf8_next(word, &at);
        decompose(&list, sheaf_slice_part(word, from, at), true);
    }
    compose(&list);
    size_t used = 0;
    for (size_t i = 0; i < list.count; i++) {
        utf8proc_uint8_t bytes[4];
        size_t length = (size_t)utf8proc_encode_char(list.items[i], bytes);
        if (size - used < length)
            return 0;
        memcpy(out + used, bytes, length);
        used += length;
    }
    return used;
}
