/* encoding.c - weighs what is said of bytes against what they are.
 *
 * A mark at the start decides. Two zeros in step with the letters are UTF-16,
 * whatever anybody says. A label is believed until the bytes prove it wrong:
 *
 *   UTF-8          the bytes are malformed, and not just here and there
 *   of many bytes  the bytes do not pair as they must, or are valid UTF-8
 *   of one byte    the bytes are valid UTF-8 beyond chance, or the label is one
 *                  that servers give out unasked and another fits far better
 *
 * UTF-8 needs no label: bytes of another encoding are next to never valid in it. */
#include "text/encoding.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "text/encoding_parts.h"

/* ---- labels ----------------------------------------------------------------- */

static const char *find_label(sheaf_slice label) {
    size_t low = 0;
    size_t high = sheaf_encoding_label_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = sheaf_slice_compare(label, sheaf_slice_of(sheaf_encoding_labels[middle].label));
        if (order == 0)
            return sheaf_encoding_labels[middle].name;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *sheaf_encoding_of_label(sheaf_slice label) {
    char lower[32];
    label = sheaf_slice_trim(label);
    if (label.size == 0 || label.size > sizeof lower)
        return NULL;
    for (size_t i = 0; i < label.size; i++)
        lower[i] = sheaf_to_lower(label.data[i]);
    return find_label(sheaf_slice_from(lower, label.size));
}

/* ---- marks and zeros ----------------------------------------------------------- */

size_t sheaf_encoding_mark(sheaf_slice bytes, const char **name) {
    static const struct {
        sheaf_slice mark;
        const char *name;
    } marks[] = {
        {{"\xEF\xBB\xBF", 3}, "UTF-8"},    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
        {{"\0\0\xFE\xFF", 4}, "UTF-32BE"}, {{"\xFF\xFE", 2}, "UTF-16LE"},
        {{"\xFE\xFF", 2}, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (sheaf_slice_starts(bytes, marks[i].mark)) {
            *name = marks[i].name;
            return marks[i].mark.size;
        }
    }
    return 0;
}

/* What the bytes are when every two are one unit. */
typedef struct halves {
    size_t units;
    size_t controls[2];  /* among the first and the second bytes: no text of eight bits has them */
    size_t plausible[2]; /* units that can be text when that byte comes high */
    size_t beyond;       /* bytes that are not ASCII */
} halves;

static bool is_control(unsigned char c) {
    return c < '\t' || (c > '\r' && c < ' ' && c != 0x1B);
}

static bool can_be_text(unsigned char high, unsigned char low) {
    if (high == 0)
        return !is_control(low) && (low < 0x7F || low > 0x9F);
    return high < 0xA0 || (high >= 0xAC && high < 0xD8) || high >= 0xFE;
}

static halves count_halves(sheaf_slice bytes) {
    halves all = {.units = bytes.size / 2 < 4096 ? bytes.size / 2 : 4096};
    for (size_t i = 0; i < all.units; i++) {
        unsigned char first = (unsigned char)bytes.data[i * 2];
        unsigned char second = (unsigned char)bytes.data[i * 2 + 1];
        all.controls[0] += is_control(first);
        all.controls[1] += is_control(second);
        all.plausible[0] += can_be_text(first, second);
        all.plausible[1] += can_be_text(second, first);
        all.beyond += (size_t)(first >= 0x80) + (size_t)(second >= 0x80);
    }
    return all;
}

/* UTF-16 without a mark. One half of each letter is zero, or another control,
 * and always the same half. In Chinese there may be few, but of the two ways to
 * pair the bytes only one makes sense. */
static const char *wide(sheaf_slice bytes) {
    if (bytes.size < 8 || !memchr(bytes.data, 0, bytes.size < 8192 ? bytes.size : 8192))
        return NULL;
    halves all = count_halves(bytes);
    int high = all.controls[1] > all.controls[0];
    size_t controls = all.controls[0] + all.controls[1];
    bool letters = all.controls[high] * 4 >= all.units;
    bool chinese = all.units >= 8 && controls * 20 >= all.units && all.beyond * 4 >= all.units;
    if (!letters && !chinese)
        return NULL;
    if (chinese && all.plausible[high] * 20 < all.units * 19)
        high = !high;
    if (all.plausible[high] * 20 < all.units * 19)
        return NULL;
    return high ? "UTF-16LE" : "UTF-16BE";
}

/* ---- UTF-8 ----------------------------------------------------------------------- */

typedef struct census {
    size_t good; /* sequences of several bytes */
    size_t bad;  /* malformed bytes */
} census;

/* Does text end in the middle of the letter at `at`? */
static bool is_cut(sheaf_slice bytes, size_t at) {
    unsigned char first = (unsigned char)bytes.data[at];
    size_t whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size - at >= whole)
        return false;
    while (++at < bytes.size) {
        if (((unsigned char)bytes.data[at] & 0xC0) != 0x80)
            return false;
    }
    return true;
}

/* Letters of several bytes in valid UTF-8. */
static size_t count_letters(sheaf_slice bytes) {
    size_t count = 0;
    for (size_t i = 0; i < bytes.size; i++)
        count += (unsigned char)bytes.data[i] >= 0xC0;
    return count;
}

/* Counts until it is plain that this is no UTF-8. */
static census count_utf8(sheaf_slice bytes, bool valid) {
    census all = {0};
    if (valid)
        return (census){.good = count_letters(bytes)};
    for (size_t at = 0; at < bytes.size && all.bad < 64 + all.good;) {
        uint64_t eight;
        if (bytes.size - at >= 8) {
            memcpy(&eight, bytes.data + at, 8);
            if (!(eight & 0x8080808080808080u)) {
                at += 8;
                continue;
            }
        }
        size_t start = at;
        bool high = (unsigned char)bytes.data[at] >= 0x80;
        sheaf_utf8_next(bytes, &at);
        all.good += at > start + 1;
        if (high && at == start + 1) {
            if (all.good > 0 && is_cut(bytes, start))
                break;
            all.bad++;
        }
    }
    return all;
}

/* Some damage leaves UTF-8 what it is: a cut at the end, a few lost bytes. */
static bool is_utf8(census all) {
    return all.bad == 0 || all.bad * 4 < all.good;
}

/* ---- weighing ----------------------------------------------------------------------- */

static sheaf_encoding_guess guess(const char *name, const char *why, double confidence) {
    return (sheaf_encoding_guess){.name = name, .why = why, .confidence = confidence};
}

static bool is_named_utf8(const char *name) {
    return strcmp(name, "UTF-8") == 0;
}

static bool is_page(const char *name) {
    return sheaf_encoding_page_named(name) != NULL;
}

/* Do the bytes leave the label standing? */
static bool holds(const char *name, sheaf_slice bytes, census utf8) {
    if (is_named_utf8(name))
        return is_utf8(utf8);
    if (strncmp(name, "UTF-16", 6) == 0)
        return false; /* looked for before */
    if (strcmp(name, "replacement") == 0)
        return false;
    if (utf8.bad == 0 && utf8.good >= (is_page(name) ? 1 : 3))
        return false;
    if (utf8.good >= 8 && is_utf8(utf8) && utf8.bad * 20 < utf8.good)
        return false;
    return sheaf_encoding_doubt(bytes, name) < 1;
}

static sheaf_encoding_guess unlabelled(sheaf_slice bytes, census utf8) {
    sheaf_encoding_guess best = {0};
    if (utf8.good == 0 || !is_utf8(utf8))
        best = sheaf_encoding_look(bytes);
    if (best.name)
        return best;
    if (is_utf8(utf8))
        return utf8.bad == 0 ? guess("UTF-8", "valid UTF-8", 1)
                             : guess("UTF-8", "nearly UTF-8", 0.9);
    return guess("windows-1252", "fallback", 0.1);
}

/* The label that is given, or else that of the markup, unless the bytes prove it wrong.
 * Most pages are what they say, UTF-8: then there is nothing to count. */
static sheaf_encoding_guess weigh(sheaf_slice bytes, sheaf_slice label, bool markup, bool valid) {
    const char *why = "HTTP header";
    const char *name = sheaf_encoding_of_label(label);
    if (name && valid && is_named_utf8(name))
        return guess(name, why, 0.95);
    census utf8 = {0};
    if (name) {
        utf8 = count_utf8(bytes, valid);
        if (holds(name, bytes, utf8))
            return guess(name, why, 0.95);
    }
    const char *inner = markup ? sheaf_encoding_in_markup(bytes, &why) : NULL;
    if (inner && valid && is_named_utf8(inner))
        return guess(inner, why, 0.95);
    if (!name)
        utf8 = count_utf8(bytes, valid);
    if (inner && holds(inner, bytes, utf8))
        return guess(inner, why, 0.95);
    return unlabelled(bytes, utf8);
}

sheaf_encoding_guess sheaf_encoding_guess_of(sheaf_slice bytes, sheaf_slice label, bool markup) {
    const char *name = NULL;
    if (sheaf_encoding_mark(bytes, &name))
        return guess(name, "byte order mark", 1);
    name = wide(bytes);
    if (name)
        return guess(name, "looks like it", 0.95);
    bool valid = sheaf_utf8_valid(bytes);
    sheaf_encoding_guess best = weigh(bytes, label, markup, valid);
    best.valid_utf8 = valid;
    return best;
}
