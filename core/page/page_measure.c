/* page_measure.c - see page_measure.h.
 *
 * Letters beyond ASCII are told by their lead bytes alone: good enough to cut
 * words in the scripts of the world's press, and free of tables. Capitals of
 * Latin-1, Greek and Cyrillic are lowered, for the small words and phrases. */
#include "page/page_measure.h"

#include "base/memory.h"
#include "base/slice.h"

typedef enum letter_kind { NO_LETTER, LETTER, DENSE_LETTER } letter_kind;

/* What the character at text[at], not ASCII, is; *size: its bytes. */
static letter_kind high_letter(sheaf_slice text, size_t at, size_t *size) {
    uint8_t lead = (uint8_t)text.data[at];
    uint8_t second = at + 1 < text.size ? (uint8_t)text.data[at + 1] : 0;
    uint8_t third = at + 2 < text.size ? (uint8_t)text.data[at + 2] : 0;
    *size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (*size > text.size - at)
        *size = text.size - at;
    switch (lead) {
    case 0xC2: return second == 0xAA || second == 0xB5 || second == 0xBA ? LETTER : NO_LETTER;
    case 0xC3: return second == 0x97 || second == 0xB7 ? NO_LETTER : LETTER;
    case 0xD8: return second == 0x8C || second == 0x9B || second == 0x9F ? NO_LETTER : LETTER;
    case 0xE0: return second >= 0xB8 && second <= 0xBB ? DENSE_LETTER : LETTER;
    case 0xE1: return LETTER;
    case 0xE2: return NO_LETTER;
    case 0xE3:
        return second == 0x80 ? (third >= 0x85 && third <= 0x87 ? DENSE_LETTER : NO_LETTER)
                              : DENSE_LETTER;
    case 0xEF: return second >= 0xA4 && second <= 0xBB ? LETTER : NO_LETTER;
    default: break;
    }
    if (lead >= 0xE4 && lead <= 0xE9)
        return DENSE_LETTER;
    return lead >= 0xC4 && lead <= 0xEE ? LETTER : NO_LETTER;
}

/* One letter of two bytes in lower case; *upper when it was a capital. */
static uint16_t lower_pair(uint8_t lead, uint8_t second, bool *upper) {
    *upper = true;
    if (lead == 0xC3 && second >= 0x80 && second <= 0x9E)
        second = (uint8_t)(second + 0x20);
    else if (lead == 0xD0 && second >= 0x90 && second <= 0x9F)
        second = (uint8_t)(second + 0x20);
    else if (lead == 0xD0 && second >= 0xA0 && second <= 0xAF)
        lead = 0xD1, second = (uint8_t)(second - 0x20);
    else if (lead == 0xCE && second >= 0x91 && second <= 0x9F)
        second = (uint8_t)(second + 0x20);
    else if (lead == 0xCE && second >= 0xA0 && second <= 0xA9)
        lead = 0xCF, second = (uint8_t)(second - 0x20);
    else
        *upper = false;
    return (uint16_t)(lead << 8 | second);
}

typedef struct meter {
    sheaf_page_block_facts *facts;
    sheaf_page_hashes *hashes;
    const sheaf_page_words *words;
    sheaf_slice text;
    size_t at;
    uint32_t dense;
} meter;

static void end_word(meter *m, uint32_t hash, bool capital) {
    m->hashes->items[m->hashes->count++] = hash;
    m->facts->words++;
    m->facts->capitals += capital;
    m->facts->small += sheaf_page_words_small(m->words, hash);
}

/* What an ASCII byte is to a word. */
enum { NO_WORD, LOWER, UPPER, DIGIT, HIGH };

#define TEN(kind) kind, kind, kind, kind, kind, kind, kind, kind, kind, kind
#define SIXTEEN(kind) TEN(kind), kind, kind, kind, kind, kind, kind
#define LETTERS(kind) NO_WORD, TEN(kind), TEN(kind), kind, kind, kind, kind, kind, kind
static const uint8_t byte_kinds[256] = {
    SIXTEEN(NO_WORD), SIXTEEN(NO_WORD), SIXTEEN(NO_WORD), /* controls, blank, signs */
    TEN(DIGIT),       NO_WORD,          NO_WORD,          NO_WORD,        NO_WORD,
    NO_WORD,          NO_WORD,          LETTERS(UPPER),   NO_WORD,        NO_WORD,
    NO_WORD,          NO_WORD,          NO_WORD,          LETTERS(LOWER), NO_WORD,
    NO_WORD,          NO_WORD,          NO_WORD,          NO_WORD,        SIXTEEN(HIGH),
    SIXTEEN(HIGH),    SIXTEEN(HIGH),    SIXTEEN(HIGH),    SIXTEEN(HIGH),  SIXTEEN(HIGH),
    SIXTEEN(HIGH),    SIXTEEN(HIGH)};

/* Takes one letter beyond ASCII into the word that started at start. False when it is none,
 * or a dense one that must stand alone. */
static bool read_high(meter *m, size_t start, uint32_t *hash, bool *capital) {
    size_t size;
    letter_kind kind = high_letter(m->text, m->at, &size);
    if (kind == NO_LETTER || (kind == DENSE_LETTER && m->at > start))
        return false;
    const char *bytes = m->text.data + m->at;
    bool upper = false;
    if (size == 2) {
        uint16_t pair = lower_pair((uint8_t)bytes[0], (uint8_t)bytes[1], &upper);
        *hash = sheaf_page_word_step(*hash, (char)(pair >> 8));
        *hash = sheaf_page_word_step(*hash, (char)(pair & 0xFF));
    } else {
        for (size_t i = 0; i < size; i++)
            *hash = sheaf_page_word_step(*hash, bytes[i]);
    }
    m->facts->upper += upper;
    m->facts->characters++;
    *capital = *capital || (upper && m->at == start);
    m->at += size;
    m->dense += kind == DENSE_LETTER;
    return kind != DENSE_LETTER;
}

/* ---- eight bytes at a time ------------------------------------------------------- */

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* What eight bytes are: the top bit of each says whether it is of that kind. */
typedef struct eight {
    uint64_t lower; /* the bytes, letters in lower case */
    uint64_t other; /* no ASCII letter or digit */
    uint64_t upper;
    uint64_t digit;
} eight;

/* The top bit of each byte, all below 0x80, that is from low to high. */
static uint64_t between(uint64_t bytes, uint8_t low, uint8_t high) {
    return (bytes + EACH(0x80 - low)) & ~(bytes + EACH(0x7F - high)) & EACH(0x80);
}

/* The eight bytes from text[at] on, zeros beyond its end; the first is the lowest. */
static uint64_t load(sheaf_slice text, size_t at) {
    uint64_t bytes = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (text.size - at >= sizeof bytes) {
        memcpy(&bytes, text.data + at, sizeof bytes);
        return bytes;
    }
#endif
    for (size_t i = 0; i < sizeof bytes && at + i < text.size; i++)
        bytes |= (uint64_t)(uint8_t)text.data[at + i] << 8 * i;
    return bytes;
}

static eight look_at(uint64_t bytes) {
    uint64_t low = bytes & EACH(0x7F), ascii = ~bytes & EACH(0x80);
    uint64_t letter = between(low | EACH(0x20), 'a', 'z') & ascii;
    eight e = {.lower = bytes | EACH(0x20), .digit = between(low, '0', '9') & ascii};
    e.other = ~(letter | e.digit) & EACH(0x80);
    e.upper = letter & ~(bytes << 2);
    return e;
}

/* How many top bits are set. */
static uint32_t tops(uint64_t bits) {
    return (uint32_t)((bits >> 7) * EACH(1) >> 56);
}

/* Takes the letters and digits at the start of eight bytes into *hash; how many they are.
 * Eight steps for one byte too: all words are the same to the processor's guesses. */
static unsigned take_eight(meter *m, uint32_t *hash) {
    eight e = look_at(load(m->text, m->at));
    unsigned count = e.other ? (unsigned)__builtin_ctzll(e.other) / 8 : 8;
    uint64_t taken = count == 8 ? EACH(0xFF) : ((uint64_t)1 << 8 * count) - 1;
    uint32_t steps[9] = {*hash};
    for (unsigned i = 0; i < 8; i++)
        steps[i + 1] = sheaf_page_word_step(steps[i], (char)(e.lower >> 8 * i));
    *hash = steps[count];
    if ((e.upper | e.digit) & taken) {
        m->facts->upper += tops(e.upper & taken);
        m->facts->digits += tops(e.digit & taken);
    }
    m->facts->characters += count;
    m->at += count;
    return count;
}

/* A word of letters and digits from m->at on; dense letters are words each. */
static void read_word(meter *m) {
    uint32_t hash = SHEAF_PAGE_WORD_SEED;
    size_t start = m->at, size = m->text.size;
    bool capital = byte_kinds[(uint8_t)m->text.data[start]] == UPPER;
    for (;;) {
        if (take_eight(m, &hash) == 8 && m->at < size)
            continue;
        if (m->at == size || byte_kinds[(uint8_t)m->text.data[m->at]] != HIGH ||
            !read_high(m, start, &hash, &capital))
            break;
    }
    end_word(m, hash, capital);
}

/* True when a sentence mark at text[at - 1] is followed by the end, a blank or a quote. */
static bool ends_here(sheaf_slice text, size_t at) {
    return at >= text.size || text.data[at] == ' ' || text.data[at] == '"' ||
           (uint8_t)text.data[at] == 0xE2 || (uint8_t)text.data[at] == 0xC2;
}

static void read_sign(meter *m) {
    sheaf_slice text = m->text;
    uint8_t c = (uint8_t)text.data[m->at];
    size_t size = 1;
    if (c >= 0x80) {
        high_letter(text, m->at, &size);
        sheaf_slice sign = sheaf_slice_part(text, m->at, m->at + size);
        m->facts->commas +=
            sheaf_slice_is(sign, "、") || sheaf_slice_is(sign, "，") || sheaf_slice_is(sign, "،");
        m->facts->sentences += sheaf_slice_is(sign, "。") || sheaf_slice_is(sign, "！") ||
                               sheaf_slice_is(sign, "？") || sheaf_slice_is(sign, "।") ||
                               sheaf_slice_is(sign, "؟");
    }
    m->at += size;
    m->facts->characters++;
    m->facts->commas += c == ',';
    if (c == '.' || c == '!' || c == '?')
        m->facts->sentences += ends_here(text, m->at);
}

static bool reserve(sheaf_page_hashes *hashes, size_t more) {
    if (hashes->capacity - hashes->count >= more)
        return true;
    size_t wanted = hashes->count + more + hashes->capacity;
    uint32_t *bigger = sheaf_realloc(hashes->items, wanted * sizeof *bigger);
    if (!bigger)
        return false;
    hashes->items = bigger;
    hashes->capacity = wanted;
    return true;
}

bool sheaf_page_measure(sheaf_page_block_facts *facts, sheaf_page_hashes *hashes,
                        const sheaf_page_words *words, sheaf_slice text) {
    if (!reserve(hashes, text.size / 2 + 2))
        return false;
    meter m = {.facts = facts, .hashes = hashes, .words = words, .text = text};
    facts->first_word = (uint32_t)hashes->count;
    while (m.at < text.size) {
        if (text.data[m.at] == ' ') {
            facts->characters++;
            m.at++;
            continue;
        }
        uint8_t kind = byte_kinds[(uint8_t)text.data[m.at]];
        size_t size;
        if (kind == HIGH ? high_letter(text, m.at, &size) != NO_LETTER : kind != NO_WORD)
            read_word(&m);
        else
            read_sign(&m);
    }
    facts->hashes = (uint32_t)hashes->count - facts->first_word;
    facts->words -= m.dense / 2;
    return true;
}
