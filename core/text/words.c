/* words.c - counts words, and walks over them with byte offsets.
 *
 * A word begins at a letter or digit that nothing joins to what stands before
 * it. Three classes decide that: of the character itself, of the one before,
 * and of the one before that. Each class is a set of bits,
 *
 *     bit   7..4  what a joiner joins        3..0  what a character is
 *           any hebrew digit letter                any hebrew digit letter
 *
 * so that "b joins a to c" is (b >> 4) & a & c, without a branch: the point of
 * "3.14" joins digits, that of "U.S" letters, and that of "end.3" nothing.
 * Marks are passed over as if they were not there; a character that stands
 * alone (Han, Kana, Thai) is a word and joins nothing.
 *
 * Counting is on the way of every article that is packed, so ASCII goes
 * through a table and the large scripts through ranges; utf8proc is asked
 * about the rest only. */
#include "text/words.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"

enum {
    LETTER = 1 | 8,
    DIGIT = 2 | 8,
    HEBREW = 4 | LETTER,
    IS_WORD = 8,
    JOINS_LETTERS = 0x10,
    JOINS_DIGITS = 0x20,
    JOINS_HEBREW = 0x40,
    JOINS_ANY = 0x80,
    MARK = 0x100,
    ALONE = 0x200
};

#define D DIGIT
#define L LETTER
#define B (JOINS_LETTERS | JOINS_DIGITS)
#define C JOINS_LETTERS
#define N JOINS_DIGITS
#define Q JOINS_HEBREW
#define U JOINS_ANY
static const unsigned char ascii_class[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, 0, Q, 0, 0, 0, 0, B, 0, 0, 0, 0, N, 0, B, 0, /*  !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, C, N, 0, 0, 0, 0, /* 0123456789:;<=>? */
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ABCDEFGHIJKLMNO */
    L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, U, /* PQRSTUVWXYZ[\]^_ */
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `abcdefghijklmno */
    L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0, /* pqrstuvwxyz{|}~  */
};
#undef D
#undef L
#undef B
#undef C
#undef N
#undef Q
#undef U

static bool within(uint32_t c, uint32_t low, uint32_t high) {
    return c - low <= high - low;
}

/* Joiners beyond ASCII, and 0 for everything else. */
static unsigned joiner_class(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x2024:
    case 0xFE52:
    case 0xFF07:
    case 0xFF0E: return JOINS_LETTERS | JOINS_DIGITS;
    case 0x00B7:
    case 0x0387:
    case 0x055F:
    case 0x05F4:
    case 0x2027:
    case 0xFE13:
    case 0xFE55:
    case 0xFF1A: return JOINS_LETTERS;
    case 0x037E:
    case 0x0589:
    case 0x060C:
    case 0x060D:
    case 0x066C:
    case 0x07F8:
    case 0x2044:
    case 0xFE10:
    case 0xFE14:
    case 0xFE50:
    case 0xFE54:
    case 0xFF0C:
    case 0xFF1B: return JOINS_DIGITS;
    case 0x203F:
    case 0x2040:
    case 0x2054:
    case 0xFE33:
    case 0xFE34:
    case 0xFF3F: return JOINS_ANY;
    default: return 0;
    }
}

/* Scripts written without blanks, whose words only a dictionary can tell. */
static bool stands_alone(uint32_t c) {
    return within(c, 0x3005, 0x3007) || within(c, 0x3021, 0x3029) || within(c, 0x3031, 0x3035) ||
           within(c, 0x3041, 0x30FF) || within(c, 0x31F0, 0x31FF) || within(c, 0x3400, 0x4DBF) ||
           within(c, 0x4E00, 0x9FFF) || within(c, 0xF900, 0xFAFF) || within(c, 0xFF66, 0xFF9D) ||
           within(c, 0x20000, 0x3FFFF) || within(c, 0x1B000, 0x1B16F) ||
           within(c, 0x0E00, 0x0EFF) || within(c, 0x1000, 0x109F) || within(c, 0x1780, 0x17FF);
}

static unsigned class_by_category(uint32_t c) {
    switch (utf8proc_get_property((utf8proc_int32_t)c)->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        if (c == 0xFF9E || c == 0xFF9F)
            return MARK; /* voicing of half-width kana */
        if (within(c, 0x05D0, 0x05EA))
            return HEBREW;
        return stands_alone(c) ? ALONE : LETTER;
    case UTF8PROC_CATEGORY_ND: return DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MARK;
    case UTF8PROC_CATEGORY_CF: return c == 0x200B ? 0 : MARK;
    default: return joiner_class(c);
    }
}

static unsigned class_of(uint32_t c) {
    if (within(c, 0x00C0, 0x02AF))
        return c == 0x00D7 || c == 0x00F7 ? 0 : LETTER;
    if (within(c, 0x0400, 0x0481) || within(c, 0x048A, 0x052F) || within(c, 0xAC00, 0xD7A3))
        return LETTER;
    if (within(c, 0x0620, 0x064A))
        return c == 0x0640 ? MARK : LETTER; /* tatweel only stretches */
    if (within(c, 0x3041, 0x3096) || within(c, 0x30A1, 0x30FA) || within(c, 0x4E00, 0x9FFF) ||
        within(c, 0x3400, 0x4DBF) || within(c, 0x0E01, 0x0E30))
        return ALONE;
    return class_by_category(c);
}

static unsigned next_class(sheaf_slice text, size_t *at) {
    unsigned char byte = (unsigned char)text.data[*at];
    if (byte < 0x80) {
        *at += 1;
        return ascii_class[byte];
    }
    return class_of(sheaf_utf8_next(text, at));
}

static bool joined(unsigned before, unsigned previous, unsigned class) {
    return (previous >> 4 & before & class) != 0;
}

bool sheaf_word_next(sheaf_slice text, size_t *at, size_t *start, size_t *end) {
    unsigned class = 0;
    size_t here = *at;
    size_t from = here;
    while (here < text.size && !(class & (IS_WORD | ALONE))) {
        from = here;
        class = next_class(text, &here);
    }
    if (!(class & (IS_WORD | ALONE))) {
        *at = text.size;
        return false;
    }
    size_t to = here;
    unsigned last = class;
    unsigned joiner = 0;
    while (here < text.size) {
        class = next_class(text, &here);
        if (class & MARK) {
            if (!joiner)
                to = here;
        } else if (class & IS_WORD && (joiner ? joined(last, joiner, class) : last & IS_WORD)) {
            last = class;
            joiner = 0;
            to = here;
        } else if (class & ALONE || joiner || !(class >> 4 & last)) {
            break;
        } else {
            joiner = class;
        }
    }
    *start = from;
    *end = to;
    *at = to;
    return true;
}

/* Bit i of the result: flags[i], which is 0 or 1. */
static uint64_t gather(const unsigned char flags[64]) {
    uint64_t bits = 0;
    for (size_t i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * i, 8);
        bits |= (eight * 0x0102040810204080u >> 56) << 8 * i;
    }
    return bits;
}

static size_t ones(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (size_t)(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* Words that begin among 64 bytes of ASCII, SIZE_MAX when there are others.
 * Letters and digits become a set of bits; a word begins where one stands and
 * none stood before it. Only where something other than a blank parts two of
 * them is it asked whether it joins. */
static size_t count_block(const unsigned char *bytes, unsigned *before, unsigned *previous) {
    unsigned char word[64], blank[64], all = 0;
    for (size_t i = 0; i < 64; i++) {
        unsigned char c = bytes[i];
        all |= c;
        word[i] = ((unsigned char)((c | 0x20) - 'a') < 26) | ((unsigned char)(c - '0') < 10);
        blank[i] = c == ' ';
    }
    if (all & 0x80)
        return SIZE_MAX;
    uint64_t words = gather(word);
    uint64_t starts = words & ~(words << 1 | (*previous & IS_WORD ? 1 : 0));
    uint64_t doubtful = starts & (words << 2 | 3) & ~(gather(blank) << 1);
    size_t count = ones(starts);
    for (unsigned i = 0; doubtful; i++, doubtful >>= 1) {
        if (!(doubtful & 1))
            continue;
        unsigned one = i > 1 ? ascii_class[bytes[i - 2]] : i == 1 ? *previous : *before;
        unsigned between = i > 0 ? ascii_class[bytes[i - 1]] : *previous;
        count -= joined(one, between, ascii_class[bytes[i]]);
    }
    *before = ascii_class[bytes[62]];
    *previous = ascii_class[bytes[63]];
    return count;
}

size_t sheaf_word_count(sheaf_slice text) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t count = 0;
    size_t slow = 0; /* up to here characters are looked at one by one */
    unsigned before = 0;
    unsigned previous = 0;
    for (size_t at = 0; at < text.size;) {
        unsigned class;
        if (at >= slow && text.size - at >= 64) {
            size_t begun = count_block(bytes + at, &before, &previous);
            if (begun != SIZE_MAX) {
                count += begun;
                at += 64;
                continue;
            }
            slow = at + 64;
        }
        if (bytes[at] < 0x80) {
            class = ascii_class[bytes[at++]];
        } else {
            class = class_of(sheaf_utf8_next(text, &at));
            if (class & MARK)
                continue;
            count += class & ALONE ? 1 : 0;
            class &= 0xFF;
        }
        count += (class & ~previous & IS_WORD) != 0 && !joined(before, previous, class);
        before = previous;
        previous = class;
    }
    return count;
}
