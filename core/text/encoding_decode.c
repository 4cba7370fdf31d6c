/* encoding_decode.c - bytes of a known encoding become UTF-8, a piece at a time.
 *
 * Four ways: UTF-8 is checked and copied; UTF-16 and UTF-32 are put together;
 * the eight-bit pages are tables of ours; the large sets of East Asia are
 * iconv's, which knows tens of thousands of characters. ISO-2022-JP, which
 * switches between sets, is turned into EUC-JP two bytes at a time.
 *
 * Invariant: a step ends between two characters and takes no byte that it has
 * not answered for, so that whoever decodes in small steps knows which byte
 * became which. What is malformed costs one U+FFFD, and the next byte that can
 * begin a character is tried: one lost byte never swallows the line. */
#include <errno.h>
#include <iconv.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/encoding_parts.h"

typedef enum kind { ASCII_ONLY, UTF8, UTF16, UTF32, PAGE, TABLES, SEVEN_BIT } kind;

#define NO_TABLES ((iconv_t)-1)

struct sheaf_decoder {
    kind kind;
    bool big;                        /* UTF-16, UTF-32: high byte first */
    const sheaf_encoding_page *page; /* PAGE */
    iconv_t tables;                  /* TABLES, SEVEN_BIT */
    unsigned state;                  /* SEVEN_BIT: a set below */
};

enum { SET_ASCII, SET_ROMAN, SET_KATAKANA, SET_KANJI, SET_KANJI_MORE };

/* Where a step writes. */
typedef struct sink {
    char *out;
    size_t used;
    size_t room;
    size_t bad;
} sink;

static bool has_room(const sink *to, size_t size) {
    return to->room - to->used >= size;
}

/* One code point; false when it finds no room. */
static bool put(sink *to, uint32_t c) {
    char *p = to->out + to->used;
    size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (!has_room(to, size))
        return false;
    if (size == 1) {
        p[0] = (char)c;
    } else if (size == 2) {
        p[0] = (char)(0xC0 | c >> 6);
    } else if (size == 3) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
        p[0] = (char)(0xF0 | c >> 18);
        p[1] = (char)(0x80 | (c >> 12 & 0x3F));
        p[2] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (size > 1)
        p[size - 1] = (char)(0x80 | (c & 0x3F));
    to->used += size;
    return true;
}

static bool put_bad(sink *to) {
    if (!put(to, 0xFFFD))
        return false;
    to->bad++;
    return true;
}

/* Copies the ASCII at *at. */
static void copy_ascii(sink *to, sheaf_slice bytes, size_t *at) {
    size_t most = bytes.size - *at < to->room - to->used ? bytes.size - *at : to->room - to->used;
    const char *from = bytes.data + *at;
    size_t done = 0;
    for (uint64_t eight; done + 8 <= most; done += 8) {
        memcpy(&eight, from + done, 8);
        if (eight & 0x8080808080808080u)
            break;
        memcpy(to->out + to->used + done, &eight, 8);
    }
    for (; done < most && (unsigned char)from[done] < 0x80; done++)
        to->out[to->used + done] = from[done];
    to->used += done;
    *at += done;
}

/* ---- UTF-8 ---------------------------------------------------------------- */

/* Length of the malformed part at *at: what begins a character and does not
 * end it is replaced once. */
static size_t malformed(sheaf_slice bytes, size_t at) {
    unsigned char first = (unsigned char)bytes.data[at];
    size_t most = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    size_t size = 1;
    if (first < 0xC2 || first > 0xF4)
        return 1;
    for (; size < most && at + size < bytes.size; size++) {
        unsigned char c = (unsigned char)bytes.data[at + size];
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        if (size == 1) {
            low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        }
        if (c < low || c > high)
            break;
    }
    return size;
}

static void step_utf8(sink *to, sheaf_slice bytes, size_t *at) {
    for (copy_ascii(to, bytes, at); *at < bytes.size; copy_ascii(to, bytes, at)) {
        size_t end = *at;
        sheaf_utf8_next(bytes, &end);
        size_t size = end - *at;
        if (size == 1 && (unsigned char)bytes.data[*at] >= 0x80) {
            if (!put_bad(to))
                return;
            *at += malformed(bytes, *at);
            continue;
        }
        if (!has_room(to, size))
            return;
        memcpy(to->out + to->used, bytes.data + *at, size);
        to->used += size;
        *at = end;
    }
}

/* ---- UTF-16 and UTF-32 ------------------------------------------------------ */

static uint32_t unit(const sheaf_decoder *decoder, const char *at, size_t size) {
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)at[decoder->big ? i : size - 1 - i];
    return value;
}

static bool is_half(uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

static void step_utf16(const sheaf_decoder *decoder, sink *to, sheaf_slice bytes, size_t *at) {
    while (*at < bytes.size) {
        size_t left = bytes.size - *at;
        uint32_t c = left < 2 ? 0xDC00 : unit(decoder, bytes.data + *at, 2);
        uint32_t low = left < 4 ? 0 : unit(decoder, bytes.data + *at + 2, 2);
        bool pair = c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF;
        if (pair)
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        if (!(is_half(c) ? put_bad(to) : put(to, c)))
            return;
        *at += pair ? 4 : left < 2 ? 1 : 2;
    }
}

static void step_utf32(const sheaf_decoder *decoder, sink *to, sheaf_slice bytes, size_t *at) {
    while (*at < bytes.size) {
        size_t left = bytes.size - *at;
        uint32_t c = left < 4 ? UINT32_MAX : unit(decoder, bytes.data + *at, 4);
        if (!(c > 0x10FFFF || is_half(c) ? put_bad(to) : put(to, c)))
            return;
        *at += left < 4 ? left : 4;
    }
}

/* ---- eight bits --------------------------------------------------------------- */

static void step_page(const sheaf_decoder *decoder, sink *to, sheaf_slice bytes, size_t *at) {
    for (copy_ascii(to, bytes, at); *at < bytes.size; copy_ascii(to, bytes, at)) {
        while (*at < bytes.size && (unsigned char)bytes.data[*at] >= 0x80) {
            size_t byte = (unsigned char)bytes.data[*at] - 0x80u;
            uint16_t c = decoder->page ? decoder->page->points[byte] : 0;
            if (!(c ? put(to, c) : put_bad(to)))
                return;
            *at += 1;
        }
        if (to->used == to->room)
            return;
    }
}

/* ---- iconv ---------------------------------------------------------------------- */

/* Bytes of what iconv would not take: a first byte with a second that is no
 * ASCII goes as one, so that the bytes behind it stay in step. */
static size_t untaken(sheaf_slice bytes, size_t at) {
    bool pair = at + 1 < bytes.size && (unsigned char)bytes.data[at] > 0x80 &&
                (unsigned char)bytes.data[at] < 0xFF && (unsigned char)bytes.data[at + 1] >= 0x80;
    return pair ? 2 : 1;
}

/* Feeds iconv until the bytes or the room end, or something is malformed. */
static int convert(iconv_t tables, sink *to, sheaf_slice bytes, size_t *at) {
    char *in = (char *)(uintptr_t)(bytes.data + *at); /* iconv only reads it */
    char *out = to->out + to->used;
    size_t left = bytes.size - *at;
    size_t room = to->room - to->used;
    int trouble = iconv(tables, &in, &left, &out, &room) == (size_t)-1 ? errno : 0;
    *at = bytes.size - left;
    to->used = to->room - room;
    return trouble;
}

/* iconv may keep a letter back to see what follows; here it comes out. */
static void flush(iconv_t tables, sink *to) {
    char *out = to->out + to->used;
    size_t room = to->room - to->used;
    iconv(tables, NULL, NULL, &out, &room);
    to->used = to->room - room;
}

static void step_tables(const sheaf_decoder *decoder, sink *to, sheaf_slice bytes, size_t *at) {
    copy_ascii(to, bytes, at);
    while (*at < bytes.size) {
        size_t before = *at;
        int trouble = convert(decoder->tables, to, bytes, at);
        if (trouble == E2BIG && (*at > before || to->used + 8 > to->room))
            break;
        if (trouble == 0)
            continue;
        if (!put_bad(to))
            break;
        *at += trouble == EINVAL ? bytes.size - *at : untaken(bytes, *at);
    }
    flush(decoder->tables, to);
}

/* ---- ISO-2022-JP ------------------------------------------------------------------ */

/* The switch that stands at `at`: its length and the set; 0 when it is none. */
static size_t escape(sheaf_slice bytes, size_t at, unsigned *set) {
    static const struct {
        const char *text;
        unsigned set;
    } switches[] = {
        {"\x1B(B", SET_ASCII},       {"\x1B(J", SET_ROMAN}, {"\x1B(I", SET_KATAKANA},
        {"\x1B$@", SET_KANJI},       {"\x1B$B", SET_KANJI}, {"\x1B$(B", SET_KANJI},
        {"\x1B$(D", SET_KANJI_MORE},
    };
    sheaf_slice rest = sheaf_slice_part(bytes, at, bytes.size);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        sheaf_slice text = sheaf_slice_of(switches[i].text);
        if (sheaf_slice_starts(rest, text)) {
            *set = switches[i].set;
            return text.size;
        }
    }
    return 0;
}

static bool put_kanji(const sheaf_decoder *decoder, sink *to, char first, char second) {
    char euc[3] = {'\x8F', (char)(first | '\x80'), (char)(second | '\x80')};
    size_t skip = decoder->state == SET_KANJI_MORE ? 0 : 1;
    sheaf_slice one = sheaf_slice_from(euc + skip, sizeof euc - skip);
    size_t taken = 0;
    if (!has_room(to, 8))
        return false;
    if (decoder->tables == NO_TABLES || convert(decoder->tables, to, one, &taken))
        return put_bad(to);
    flush(decoder->tables, to);
    return true;
}

static bool put_single(const sheaf_decoder *decoder, sink *to, unsigned char c) {
    if (c >= 0x80)
        return put_bad(to);
    if (decoder->state == SET_KATAKANA && c >= 0x21 && c <= 0x5F)
        return put(to, 0xFF61u + c - 0x21);
    if (decoder->state == SET_ROMAN && c == '\\')
        return put(to, 0xA5);
    if (decoder->state == SET_ROMAN && c == '~')
        return put(to, 0x203E);
    return put(to, c);
}

static bool is_kanji_byte(char c) {
    return c > 0x20 && c < 0x7F;
}

static void step_seven_bit(sheaf_decoder *decoder, sink *to, sheaf_slice bytes, size_t *at) {
    while (*at < bytes.size && to->used < to->room) {
        char c = bytes.data[*at];
        size_t size = c == 0x1B ? escape(bytes, *at, &decoder->state) : 0;
        if (size) {
            *at += size;
            continue;
        }
        if (c == '\n' || c == '\r')
            decoder->state = SET_ASCII; /* a switch that was lost ends with its line */
        bool kanji = decoder->state >= SET_KANJI && is_kanji_byte(c) && *at + 1 < bytes.size &&
                     is_kanji_byte(bytes.data[*at + 1]);
        if (!(kanji ? put_kanji(decoder, to, c, bytes.data[*at + 1])
                    : put_single(decoder, to, (unsigned char)c)))
            return;
        *at += kanji ? 2 : 1;
    }
}

/* ---- the decoder -------------------------------------------------------------------- */

/* What iconv calls the sets as browsers read them. */
static const char *tables_of(const char *name) {
    static const char *const names[][2] = {
        {"GB18030", "GB18030"}, {"Big5", "BIG5-HKSCS"}, {"EUC-JP", "EUC-JP-MS"},
        {"Shift_JIS", "CP932"}, {"EUC-KR", "UHC"},      {"ISO-2022-JP", "EUC-JP-MS"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], name) == 0)
            return names[i][1];
    }
    return NULL;
}

const sheaf_encoding_page *sheaf_encoding_page_named(const char *name) {
    for (size_t i = 0; i < sheaf_encoding_page_count; i++) {
        if (strcmp(sheaf_encoding_pages[i].name, name) == 0)
            return &sheaf_encoding_pages[i];
    }
    return NULL;
}

static void choose(sheaf_decoder *decoder, const char *name) {
    const char *tables = tables_of(name);
    bool wide = strncmp(name, "UTF-16", 6) == 0;
    decoder->tables = NO_TABLES;
    decoder->big = strcmp(name, "UTF-16BE") == 0 || strcmp(name, "UTF-32BE") == 0;
    if (strcmp(name, "x-user-defined") == 0)
        name = "windows-1252";
    decoder->page = sheaf_encoding_page_named(name);
    if (decoder->page) {
        decoder->kind = PAGE;
    } else if (tables) {
        decoder->tables = iconv_open("UTF-8", tables);
        decoder->kind = decoder->tables == NO_TABLES ? ASCII_ONLY : TABLES;
        if (strcmp(name, "ISO-2022-JP") == 0)
            decoder->kind = SEVEN_BIT;
    } else if (strcmp(name, "UTF-8") == 0) {
        decoder->kind = UTF8;
    } else if (wide || strncmp(name, "UTF-32", 6) == 0) {
        decoder->kind = wide ? UTF16 : UTF32;
    }
}

sheaf_decoder *sheaf_decoder_open(const char *name) {
    sheaf_decoder *decoder = sheaf_calloc(1, sizeof *decoder);
    if (decoder)
        choose(decoder, name);
    return decoder;
}

void sheaf_decoder_close(sheaf_decoder *decoder) {
    if (decoder && decoder->tables != NO_TABLES)
        iconv_close(decoder->tables);
    sheaf_free(decoder);
}

unsigned sheaf_decoder_state(const sheaf_decoder *decoder) {
    return decoder->state;
}

void sheaf_decoder_resume(sheaf_decoder *decoder, unsigned state) {
    decoder->state = state;
}

size_t sheaf_decoder_step(sheaf_decoder *decoder, sheaf_slice bytes, size_t *at, char *out,
                          size_t room, size_t *bad) {
    sink to = {out, 0, room, 0};
    switch (decoder->kind) {
    case UTF8: step_utf8(&to, bytes, at); break;
    case UTF16: step_utf16(decoder, &to, bytes, at); break;
    case UTF32: step_utf32(decoder, &to, bytes, at); break;
    case TABLES: step_tables(decoder, &to, bytes, at); break;
    case SEVEN_BIT: step_seven_bit(decoder, &to, bytes, at); break;
    case PAGE:
    case ASCII_ONLY: step_page(decoder, &to, bytes, at); break;
    }
    *bad += to.bad;
    return to.used;
}

size_t sheaf_encoding_to_utf8(sheaf_buffer *out, sheaf_slice bytes, const char *name) {
    enum { AT_ONCE = 64 << 10 };
    const char *marked = NULL;
    size_t at = sheaf_encoding_mark(bytes, &marked);
    size_t bad = 0;
    sheaf_decoder *decoder = sheaf_decoder_open(name);
    if (marked && strcmp(marked, name) != 0)
        at = 0;
    out->failed |= !decoder;
    while (!out->failed && at < bytes.size) {
        size_t left = bytes.size - at;
        size_t room = left < AT_ONCE ? left + left / 8 + 64 : AT_ONCE;
        if (sheaf_buffer_reserve(out, room))
            out->size += sheaf_decoder_step(decoder, bytes, &at, out->data + out->size,
                                            out->capacity - out->size, &bad);
    }
    sheaf_decoder_close(decoder);
    return bad;
}
