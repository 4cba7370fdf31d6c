/* html_entities.c - character references: "&amp;", "&#8211;", "&notit".
 *
 * A name is a run of ASCII letters and digits. Either the whole run, closed by a
 * semicolon, is a name; or the longest of the 106 old names that starts it is
 * meant ("&notit" is "¬it"), but in attributes only where it ends with the run
 * and no '=' follows: "?a=b&copy=1" is an address. No old name is longer than
 * six letters, so both are looked up after one walk over the run. */
#include "page/html_token.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "page/html_scan.h"
#include "page/html_tables.h"

enum { LONGEST_NAME = 31, LONGEST_LEGACY = 6, SHORTEST_LEGACY = 2 };

static bool is_word(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c);
}

/* The row of a name without its semicolon; NULL when there is none. */
static const sheaf_html_name *find_name(sheaf_slice name, uint32_t hash) {
    size_t slot = (hash ^ hash >> 16) % SHEAF_HTML_NAME_SLOTS;
    while (sheaf_html_name_slots[slot] != SHEAF_HTML_NAME_EMPTY) {
        const sheaf_html_name *row = &sheaf_html_names[sheaf_html_name_slots[slot]];
        if (row->size == name.size &&
            memcmp(sheaf_html_name_letters + row->at, name.data, name.size) == 0)
            return row;
        slot = (slot + 1) % SHEAF_HTML_NAME_SLOTS;
    }
    return NULL;
}

static void append_name(sheaf_buffer *out, const sheaf_html_name *row) {
    sheaf_utf8_append(out, row->first);
    if (row->second)
        sheaf_utf8_append(out, row->second);
}

/* The reference "&name" at text[at]. hashes[n] is the hash of its first n letters. */
static size_t named(sheaf_buffer *out, sheaf_slice text, size_t at, bool in_attribute) {
    uint32_t hash = 2166136261u;
    uint32_t hashes[LONGEST_LEGACY + 1];
    size_t from = at + 1;
    size_t size = 0;
    for (; from + size < text.size && size <= LONGEST_NAME && is_word(text.data[from + size]);) {
        hash = (hash ^ (unsigned char)text.data[from + size]) * 16777619u;
        if (++size <= LONGEST_LEGACY)
            hashes[size] = hash;
    }
    const sheaf_html_name *row = NULL;
    if (from + size < text.size && text.data[from + size] == ';')
        row = find_name(sheaf_slice_part(text, from, from + size), hash);
    if (row) {
        append_name(out, row);
        return size + 2;
    }
    for (size_t n = size < LONGEST_LEGACY ? size : LONGEST_LEGACY; n >= SHORTEST_LEGACY; n--) {
        row = find_name(sheaf_slice_part(text, from, from + n), hashes[n]);
        if (!row || !row->legacy)
            continue;
        char next = from + n < text.size ? text.data[from + n] : ' ';
        if (in_attribute && (next == '=' || is_word(next)))
            return 0;
        append_name(out, row);
        return n + 1;
    }
    return 0;
}

static unsigned digit_value(char c) {
    if (sheaf_is_digit(c))
        return (unsigned)(c - '0');
    char lower = sheaf_to_lower(c);
    return lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a' + 10) : 99;
}

/* What a number stands for: 0x80 to 0x9F are read as windows-1252, as the standard says. */
static uint32_t meant(uint32_t number) {
    static const uint16_t windows[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (number >= 0x80 && number <= 0x9F)
        return windows[number - 0x80];
    return number == 0 ? 0xFFFD : number;
}

static size_t numeric(sheaf_buffer *out, sheaf_slice text, size_t at) {
    size_t end = at + 2;
    unsigned base = 10;
    if (end < text.size && (text.data[end] == 'x' || text.data[end] == 'X')) {
        base = 16;
        end++;
    }
    size_t from = end;
    uint32_t number = 0;
    for (; end < text.size && digit_value(text.data[end]) < base; end++)
        if (number <= 0x10FFFF)
            number = number * base + digit_value(text.data[end]);
    if (end == from)
        return 0;
    sheaf_utf8_append(out, meant(number));
    if (end < text.size && text.data[end] == ';')
        end++;
    return end - at;
}

size_t sheaf_html_reference(sheaf_buffer *out, sheaf_slice text, size_t at, bool in_attribute) {
    if (at + 1 >= text.size)
        return 0;
    if (text.data[at + 1] == '#')
        return numeric(out, text, at);
    return is_word(text.data[at + 1]) ? named(out, text, at, in_attribute) : 0;
}
