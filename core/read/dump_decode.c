/* dump_decode.c - bytes of any encoding become UTF-8 that knows its bytes.
 *
 * Byte order mark, UTF-16 by its zeros, valid UTF-8, nearly valid UTF-8, and
 * else one of two eight-bit pages: windows-1251 when high bytes come in runs,
 * as in Cyrillic words, windows-1252 when they stand alone. Clean UTF-8 is lent
 * as it is. Everything else is decoded into a buffer with a mark every few
 * hundred bytes, from which sheaf_dump_origin decodes again to the byte asked
 * for: exact, and a few bytes of memory for each hundred of text. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"

enum { MARK_EVERY = 256 };

static const uint16_t page_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static const uint16_t page_1251[64] = {
    0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,
    0x2039, 0x40A,  0x40C,  0x40B,  0x40F,  0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x98,   0x2122, 0x459,  0x203A, 0x45A,  0x45C,  0x45B,  0x45F,  0xA0,
    0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404,  0xAB,
    0xAC,   0xAD,   0xAE,   0x407,  0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,
    0xB7,   0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457,
};

/* ---- telling the encoding ------------------------------------------------- */

typedef struct census {
    size_t zeros_even, zeros_odd;
    size_t good;    /* well-formed sequences beyond ASCII */
    size_t bad;     /* malformed bytes */
    size_t high;    /* bytes that are letters in 1251, 0xC0 and up */
    size_t in_runs; /* of these, with two more beside them */
} census;

static census count_bytes(sheaf_slice bytes) {
    census all = {0};
    size_t run = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte == 0)
            *(i % 2 ? &all.zeros_odd : &all.zeros_even) += 1;
        run = byte >= 0xC0 || byte == 0xB8 || byte == 0xA8 ? run + 1 : 0;
        all.high += run > 0;
        all.in_runs += run == 3 ? 3 : run > 3;
    }
    for (size_t i = 0; i < bytes.size;) {
        size_t start = i;
        uint32_t c = sheaf_utf8_next(bytes, &i);
        all.bad += c == 0xFFFD && i == start + 1;
        all.good += i > start + 1;
    }
    return all;
}

static bool has_bom(sheaf_slice bytes, const char *bom, size_t size) {
    return sheaf_slice_starts(bytes, sheaf_slice_from(bom, size));
}

static dump_encoding tell_encoding(sheaf_slice bytes, size_t *start) {
    *start = 0;
    if (has_bom(bytes, "\xEF\xBB\xBF", 3)) {
        *start = 3;
        return DUMP_UTF8;
    }
    if (has_bom(bytes, "\xFF\xFE", 2) || has_bom(bytes, "\xFE\xFF", 2)) {
        *start = 2;
        return bytes.data[0] == '\xFF' ? DUMP_UTF16_LITTLE : DUMP_UTF16_BIG;
    }
    census all = count_bytes(bytes);
    size_t half = bytes.size / 2;
    if (half > 4 && all.zeros_odd > half / 3 && all.zeros_even <= half / 20)
        return DUMP_UTF16_LITTLE;
    if (half > 4 && all.zeros_even > half / 3 && all.zeros_odd <= half / 20)
        return DUMP_UTF16_BIG;
    if (all.bad == 0 || all.bad * 4 < all.good)
        return DUMP_UTF8;
    return all.high > 8 && all.in_runs * 10 > all.high * 6 ? DUMP_WINDOWS_1251 : DUMP_WINDOWS_1252;
}

/* ---- decoding --------------------------------------------------------------- */

static uint32_t next_unit(sheaf_slice bytes, size_t *at, bool big) {
    if (*at + 1 >= bytes.size) {
        *at = bytes.size;
        return 0xFFFD;
    }
    unsigned char first = (unsigned char)bytes.data[*at];
    unsigned char second = (unsigned char)bytes.data[*at + 1];
    *at += 2;
    return big ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

static uint32_t next_utf16(sheaf_slice bytes, size_t *at, bool big) {
    uint32_t high = next_unit(bytes, at, big);
    if (high < 0xD800 || high > 0xDBFF)
        return high;
    size_t ahead = *at;
    uint32_t low = ahead < bytes.size ? next_unit(bytes, &ahead, big) : 0;
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *at = ahead;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static uint32_t next_8bit(sheaf_slice bytes, size_t *at, dump_encoding encoding) {
    unsigned char byte = (unsigned char)bytes.data[(*at)++];
    if (byte < 0x80)
        return byte;
    if (encoding == DUMP_WINDOWS_1252)
        return byte < 0xA0 ? page_1252[byte - 0x80] : byte;
    return byte < 0xC0 ? page_1251[byte - 0x80] : (uint32_t)(0x410 + byte - 0xC0);
}

static uint32_t next_raw(const dump_source *source, size_t *at) {
    switch (source->encoding) {
    case DUMP_UTF8: return sheaf_utf8_next(source->bytes, at);
    case DUMP_UTF16_LITTLE: return next_utf16(source->bytes, at, false);
    case DUMP_UTF16_BIG: return next_utf16(source->bytes, at, true);
    default: return next_8bit(source->bytes, at, source->encoding);
    }
}

/* What text is allowed to hold. 0: left out. */
static uint32_t clean(uint32_t c) {
    if (c >= 0x20 && c < 0x7F)
        return c;
    if (c == '\t' || c == '\n' || c == '\r' || c == '\f')
        return c;
    if (c == 0x0B || c == 0x85 || c == 0x2028 || c == 0x2029)
        return '\n';
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0x200B || c == 0x2060 ||
        (c >= 0xFFF9 && c <= 0xFFFC) || (c & 0xFFFE) == 0xFFFE)
        return 0;
    return c;
}

static size_t utf8_size(uint32_t c) {
    if (c == 0)
        return 0;
    if (c < 0x80)
        return 1;
    if (c < 0x800)
        return 2;
    return c < 0x10000 ? 3 : 4;
}

/* The next clean code point, surrogates mended. */
static uint32_t next_clean(const dump_source *source, size_t *at) {
    uint32_t c = clean(next_raw(source, at));
    return c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;
}

/* True when the bytes are UTF-8 already, and hold nothing that must go. */
static bool can_lend(const dump_source *source) {
    for (size_t at = source->start; at < source->bytes.size;) {
        size_t start = at;
        unsigned char byte = (unsigned char)source->bytes.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        uint32_t c = sheaf_utf8_next(source->bytes, &at);
        if (clean(c) != c || (c == 0xFFFD && at == start + 1))
            return false;
    }
    return true;
}

static sheaf_status decode_all(dump_source *source, sheaf_error *error) {
    size_t most = source->bytes.size / MARK_EVERY * 3 + 16;
    size_t at = source->start;
    size_t due = 0;
    source->marks = sheaf_malloc(most * sizeof *source->marks);
    if (!source->marks)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    while (at < source->bytes.size) {
        if (source->own.size >= due && source->mark_count < most) {
            source->marks[source->mark_count++] = (dump_mark){source->own.size, at};
            due = source->own.size + MARK_EVERY;
        }
        uint32_t c = next_clean(source, &at);
        if (c > 0 && c < 0x80)
            sheaf_buffer_char(&source->own, (char)c);
        else if (c)
            sheaf_utf8_append(&source->own, c);
    }
    if (source->own.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    source->text = sheaf_buffer_view(&source->own);
    return SHEAF_OK;
}

sheaf_status sheaf_dump_decode(dump_source *source, sheaf_slice bytes, sheaf_error *error) {
    *source = (dump_source){.bytes = bytes};
    source->encoding = tell_encoding(bytes, &source->start);
    if (source->encoding == DUMP_UTF8 && can_lend(source)) {
        source->text = sheaf_slice_part(bytes, source->start, bytes.size);
        return SHEAF_OK;
    }
    return decode_all(source, error);
}

void sheaf_dump_source_clear(dump_source *source) {
    sheaf_buffer_clear(&source->own);
    sheaf_free(source->marks);
    *source = (dump_source){0};
}

uint64_t sheaf_dump_origin(const dump_source *source, size_t at) {
    size_t low = 0;
    size_t high = source->mark_count;
    if (!source->marks)
        return source->start + at;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->marks[middle].decoded <= at)
            low = middle;
        else
            high = middle;
    }
    if (source->mark_count == 0)
        return source->start;
    size_t decoded = source->marks[low].decoded;
    size_t from = source->marks[low].source;
    while (decoded < at && from < source->bytes.size)
        decoded += utf8_size(next_clean(source, &from));
    return from;
}
