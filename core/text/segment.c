/* segment.c - where words begin and end, a character at a time.
 *
 * UAX #29 cuts text in segments, and whether there is a boundary never depends
 * on what stands before the segment at hand. So each segment is found from its
 * own first character, by an automaton out of make_word_tables.py:
 *
 *     JOIN   no boundary                        "wo" of "word"
 *     PASS   no boundary, the state stays       marks, joiners of no width
 *     DOUBT  no boundary if what follows mends  the point of "3.14"
 *     MEND   it does
 *     BREAK  a boundary here, or where the doubt began
 *
 * Two rules look at the character before, whatever it does to the state: blanks
 * run together, and pictographs are glued by U+200D.
 *
 * This is the slow and sure way, for what segment_blocks.c leaves to it: the
 * scripts that it does not know. */
#include "text/segment.h"

#include "base/utf8.h"
#include "text/segment_parts.h"
#include "text/word_tables.h"

/* What the classes say about the kind of a segment. */
enum { HAS_LETTER = 1, HAS_NUMBER = 2, HAS_ALONE = 4, HAS_JOINER = 8 };

static const unsigned char class_kind[SHEAF_CLASS_COUNT] = {
    [SHEAF_CLASS_KATAKANA] = HAS_ALONE,    [SHEAF_CLASS_HEBREW] = HAS_LETTER,
    [SHEAF_CLASS_LETTER] = HAS_LETTER,     [SHEAF_CLASS_PICTURE_LETTER] = HAS_LETTER,
    [SHEAF_CLASS_LONE_LETTER] = HAS_ALONE, [SHEAF_CLASS_IDEOGRAPH] = HAS_ALONE,
    [SHEAF_CLASS_NUMBER] = HAS_NUMBER,     [SHEAF_CLASS_JOINER] = HAS_JOINER,
};

static bool is_trail(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* The class of the character at *at, which moves behind it. */
static inline unsigned take_class(sheaf_slice text, size_t *at) {
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    size_t left = text.size - *at;
    if (bytes[0] < 0x80) {
        ++*at;
        return sheaf_word_classes[bytes[0]];
    }
    if (bytes[0] >= 0xC2 && bytes[0] < 0xE0 && left > 1 && is_trail(bytes[1])) {
        *at += 2;
        return sheaf_word_class((bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu));
    }
    if (bytes[0] > 0xE0 && bytes[0] < 0xED && left > 2 && is_trail(bytes[1]) &&
        is_trail(bytes[2])) {
        *at += 3;
        return sheaf_word_class((bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 |
                                (bytes[2] & 0x3Fu));
    }
    return sheaf_word_class(sheaf_utf8_next(text, at));
}

typedef struct segment {
    size_t from;  /* the first character that belongs to a word */
    size_t to;    /* the boundary */
    unsigned has; /* HAS_… */
} segment;

/* Although the automaton says BREAK: the rules that look at the very character before. */
static bool glued(unsigned before, unsigned class) {
    if (before == SHEAF_CLASS_SPACE)
        return class == SHEAF_CLASS_SPACE;
    return before == SHEAF_CLASS_ZWJ &&
           (class == SHEAF_CLASS_PICTURE || class == SHEAF_CLASS_PICTURE_LETTER);
}

static inline void note_kind(segment *found, unsigned class, size_t at) {
    if (!found->has)
        found->from = at;
    found->has |= class_kind[class];
}

/* The segment at from < text.size. */
static inline segment find_segment(sheaf_slice text, size_t from, const unsigned char *rules) {
    segment found = {from, from, 0};
    size_t doubt = 0;
    unsigned state = take_class(text, &found.to);
    unsigned before = state;
    note_kind(&found, state, from);
    while (found.to < text.size) {
        size_t next = found.to;
        unsigned class = take_class(text, &next);
        unsigned rule = rules[state * 32 + class];
        unsigned action = rule >> 5;
        if (action == SHEAF_RULE_BREAK && (doubt || !glued(before, class)))
            break;
        if (action == SHEAF_RULE_DOUBT)
            doubt = found.to;
        else if (action == SHEAF_RULE_MEND)
            doubt = 0;
        note_kind(&found, class, found.to);
        state = rule & 31;
        before = class;
        found.to = next;
    }
    if (doubt)
        found.to = doubt;
    return found;
}

size_t sheaf_words_slow(sheaf_slice text, size_t *at, size_t least, sheaf_word *words, size_t max) {
    size_t count = 0;
    while (*at < least && *at < text.size && count < max) {
        segment found = find_segment(text, *at, sheaf_word_rules);
        *at = found.to;
        if (!(found.has & (HAS_LETTER | HAS_NUMBER | HAS_ALONE)))
            continue;
        uint8_t kind = found.has & HAS_LETTER   ? SHEAF_WORD_LETTERS
                       : found.has & HAS_NUMBER ? SHEAF_WORD_NUMBER
                                                : SHEAF_WORD_IDEOGRAPH;
        words[count++] = (sheaf_word){(uint32_t)found.from, (uint32_t)found.to, kind};
    }
    return count;
}

size_t sheaf_word_boundary(sheaf_slice text, size_t from) {
    return find_segment(text, from, sheaf_word_rules_plain).to;
}

bool sheaf_words_path_exists(sheaf_words_path path) {
    return path == SHEAF_WORDS_SCALAR || sheaf_words_fast(path) != NULL;
}

size_t sheaf_words_next_by(sheaf_words_path path, sheaf_slice text, size_t *at, sheaf_word *words,
                           size_t max) {
    if (text.size > UINT32_MAX)
        text.size = UINT32_MAX;
    sheaf_words_function *fast = sheaf_words_fast(path);
    if (fast)
        return fast(text, at, words, max);
    return sheaf_words_slow(text, at, text.size, words, max);
}

size_t sheaf_words_next(sheaf_slice text, size_t *at, sheaf_word *words, size_t max) {
    sheaf_words_path path = SHEAF_WORDS_AVX512;
    while (!sheaf_words_path_exists(path))
        path--;
    return sheaf_words_next_by(path, text, at, words, max);
}
