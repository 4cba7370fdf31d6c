/* page_fold.c - see page_fold.h. */
#include "page/page_fold.h"

#include "base/slice.h"
#include "page/html_scan.h"

/* How many bytes of white space, or of nothing (soft hyphen, zero width), begin
 * at text[at]; 0 when a character does. *nothing tells the two apart. */
static size_t blank_at(sheaf_slice text, size_t at, bool *nothing) {
    uint8_t c = (uint8_t)text.data[at];
    *nothing = false;
    if (c <= ' ' || c == 0x7F)
        return 1;
    size_t left = text.size - at;
    uint8_t second = left > 1 ? (uint8_t)text.data[at + 1] : 0;
    uint8_t third = left > 2 ? (uint8_t)text.data[at + 2] : 0;
    if (c == 0xC2 && (second == 0xA0 || second == 0xAD)) {
        *nothing = second == 0xAD;
        return 2;
    }
    if (c == 0xE2 && second == 0x80) {
        *nothing = third == 0x8B;
        return third >= 0x80 && (third <= 0x8B || third == 0xA8 || third == 0xA9 || third == 0xAF)
                   ? 3
                   : 0;
    }
    if (c == 0xE2 && second == 0x81 && (third == 0x9F || third == 0xA0)) {
        *nothing = third == 0xA0;
        return 3;
    }
    if (c == 0xE3 && second == 0x80 && third == 0x80)
        return 3;
    *nothing = c == 0xEF && second == 0xBB && third == 0xBF;
    return *nothing ? 3 : 0;
}

/* Bytes at which something other than copying may begin. */
static inline bool is_plain_byte(char c) {
    uint8_t byte = (uint8_t)c;
    return (byte > ' ' && byte < 0x7F) ||
           (byte >= 0x80 && byte != 0xC2 && byte != 0xE2 && byte != 0xE3 && byte != 0xEF);
}

size_t sheaf_page_blanks(sheaf_slice text, bool *blank) {
    size_t at = 0;
    while (at < text.size) {
        if ((uint8_t)text.data[at] <= ' ') {
            *blank = true;
            at = sheaf_html_skip_low(text.data, at, text.size);
            continue;
        }
        bool nothing;
        size_t size = blank_at(text, at, &nothing);
        if (size == 0)
            break;
        *blank = *blank || !nothing;
        at += size;
    }
    return at;
}

/* Copies on from text[at] while all is plain but for single blanks between words, which
 * is what most text is: up to 16 bytes, which out must have room for. The byte before is
 * plain. Returns how many it took. */
static inline size_t copy_prose(char *out, sheaf_slice text, size_t at) {
#ifdef SHEAF_HTML_SSE2
    if (text.size - at < 16)
        return 0;
    __m128i bytes = sheaf_html_load(text.data + at);
    unsigned blanks = sheaf_html_equal(bytes, ' ');
    unsigned odd = sheaf_html_low(bytes) | sheaf_html_equal(bytes, 0x7F) |
                   sheaf_html_equal(bytes, (char)0xC2) | sheaf_html_equal(bytes, (char)0xE2) |
                   sheaf_html_equal(bytes, (char)0xE3) | sheaf_html_equal(bytes, (char)0xEF);
    unsigned stops = (odd & ~blanks) | (blanks & (odd >> 1 | 0x8000u));
    _mm_storeu_si128((__m128i *)(void *)out, bytes);
    return stops ? (size_t)__builtin_ctz(stops) : 16;
#else
    (void)out;
    (void)text;
    (void)at;
    return 0;
#endif
}

void sheaf_page_fold(sheaf_buffer *buffer, size_t from, bool *blank, sheaf_slice text) {
    if (!sheaf_buffer_reserve(buffer, text.size + 18)) /* copy_prose writes beyond */
        return;
    char *out = buffer->data + buffer->size;
    const char *begin = buffer->data + from;
    for (size_t at = 0; at < text.size;) {
        bool nothing;
        if (!is_plain_byte(text.data[at])) {
            size_t size = blank_at(text, at, &nothing);
            if (size > 0) {
                *blank = *blank || !nothing;
                at += size;
                continue;
            }
        }
        if (*blank && out > begin)
            *out++ = ' ';
        *blank = false;
        *out++ = text.data[at++];
        for (size_t size; (size = copy_prose(out, text, at)) > 0; at += size)
            out += size;
        while (at < text.size && is_plain_byte(text.data[at]))
            *out++ = text.data[at++];
    }
    buffer->size = (size_t)(out - buffer->data);
}

void sheaf_page_keep(sheaf_buffer *out, sheaf_slice text) {
    for (size_t at = 0; at < text.size; at++)
        sheaf_buffer_char(out, text.data[at] == '\r' ? '\n' : text.data[at]);
}
