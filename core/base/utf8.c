/* utf8.c - a table-free decoder; runs of ASCII go eight bytes at a time. */
#include "base/utf8.h"

static size_t ascii_run(sheaf_slice text, size_t at) {
    while (at + 8 <= text.size) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        if (eight & 0x8080808080808080u)
            break;
        at += 8;
    }
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

/* Length of the well-formed sequence at p, 0 when there is none. *bad is then
 * the length of the maximal part that a reader should replace. */
static size_t sequence(const unsigned char *p, size_t size, size_t *bad) {
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t length;
    *bad = 1;
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        length = 2;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF)
        length = 3;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        length = 4;
    else
        return 0;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    for (size_t i = 1; i < length; i++) {
        if (i >= size || p[i] < low || p[i] > high) {
            *bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

bool sheaf_utf8_valid(sheaf_slice text) {
    size_t bad;
    size_t at = ascii_run(text, 0);
    while (at < text.size) {
        size_t length = sequence((const unsigned char *)text.data + at, text.size - at, &bad);
        if (length == 0)
            return false;
        at += length;
        if (at < text.size && (unsigned char)text.data[at] < 0x80)
            at = ascii_run(text, at);
    }
    return true;
}

uint32_t sheaf_utf8_next(sheaf_slice text, size_t *at) {
    const unsigned char *p = (const unsigned char *)text.data + *at;
    size_t bad;
    size_t length = sequence(p, text.size - *at, &bad);
    if (length == 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += length;
    switch (length) {
    case 1: return p[0];
    case 2: return (uint32_t)((p[0] & 0x1F) << 6 | (p[1] & 0x3F));
    case 3: return (uint32_t)((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
    default:
        return (uint32_t)((p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 |
                          (p[3] & 0x3F));
    }
}

uint32_t sheaf_utf8_previous(sheaf_slice text, size_t *at) {
    size_t start = *at - 1;
    while (start > 0 && *at - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    size_t end = start;
    uint32_t code_point = sheaf_utf8_next(text, &end);
    if (end != *at) {
        *at -= 1;
        return 0xFFFD;
    }
    *at = start;
    return code_point;
}

void sheaf_utf8_append(sheaf_buffer *buffer, uint32_t c) {
    char bytes[4];
    size_t size;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        bytes[0] = (char)c;
        size = 1;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        size = 2;
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        size = 3;
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        size = 4;
    }
    sheaf_buffer_append(buffer, bytes, size);
}

size_t sheaf_utf8_repair(sheaf_buffer *buffer, sheaf_slice text) {
    size_t replaced = 0;
    size_t kept = 0;
    size_t at = 0;
    while ((at = ascii_run(text, at)) < text.size) {
        size_t bad;
        size_t length = sequence((const unsigned char *)text.data + at, text.size - at, &bad);
        if (length) {
            at += length;
            continue;
        }
        sheaf_buffer_append(buffer, text.data + kept, at - kept);
        sheaf_buffer_append(buffer, "\xEF\xBF\xBD", 3);
        replaced++;
        at += bad;
        kept = at;
    }
    sheaf_buffer_append(buffer, text.data + kept, text.size - kept);
    return replaced;
}

size_t sheaf_utf8_count(sheaf_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

sheaf_slice sheaf_utf8_prefix(sheaf_slice text, size_t size) {
    if (text.size <= size)
        return text;
    while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80)
        size--;
    return (sheaf_slice){text.data, size};
}
