/* phrase.c - short labels and notices as tables have them: small letters, plain signs. */
#include "text/phrase.h"

#include <string.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

static uint32_t straight(uint32_t c) {
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x60)
        return '\'';
    return sheaf_char_is_space(c) ? ' ' : sheaf_char_to_lower(c);
}

static size_t put(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    sheaf_buffer one = {out, 0, 4, false};
    sheaf_utf8_append(&one, c);
    return one.size;
}

/* Signs that say nothing at the ends of a phrase. */
static bool is_edge(uint32_t c) {
    if (c < 0x80)
        return c && strchr(" .:;,!?|*-_>#<=+()[]/\"'~", (int)c) != NULL;
    return c == 0x2026 || c == 0xBB || c == 0xAB || c == 0x203A || c == 0x2013 || c == 0x2014 ||
           c == 0xFF1A || c == 0x2192 || c == 0x25BA || c == 0x25B6 || c == 0x25BC || c == 0x2022 ||
           c == 0xB7 || c == 0x25CF || c == 0x25A0 || c == 0x2193 || c == 0x2190 || c == 0x2191 ||
           c == 0x3010 || c == 0x3011 || c == 0x3002 || c == 0xD7 || c == 0x25B8 || c == 0xFE0F;
}

static sheaf_slice strip_edges(sheaf_slice text) {
    while (text.size) {
        size_t next = 0;
        if (!is_edge(sheaf_utf8_next(text, &next)))
            break;
        text = sheaf_slice_part(text, next, text.size);
    }
    while (text.size) {
        size_t before = text.size;
        if (!is_edge(sheaf_utf8_previous(text, &before)))
            break;
        text.size = before;
    }
    return text;
}

sheaf_slice sheaf_phrase(char folded[SHEAF_PHRASE_ROOM], sheaf_slice text) {
    enum { LONGEST = 160 };
    size_t size = 0;
    bool blank = true;
    if (text.size > LONGEST)
        return (sheaf_slice){0};
    for (size_t at = 0; at < text.size && size + 4 < SHEAF_PHRASE_ROOM;) {
        uint32_t c = straight(sheaf_utf8_next(text, &at));
        if (c == ' ' && blank)
            continue;
        blank = c == ' ';
        size += put(folded + size, c);
    }
    return strip_edges(sheaf_slice_from(folded, size));
}

bool sheaf_phrase_is_one_of(sheaf_slice phrase, const char *list) {
    for (const char *at = list; at && phrase.size; at = strchr(at, '|'), at = at ? at + 1 : NULL) {
        if (*at == phrase.data[0] && strncmp(at, phrase.data, phrase.size) == 0 &&
            (at[phrase.size] == '|' || at[phrase.size] == '\0'))
            return true;
    }
    return false;
}
