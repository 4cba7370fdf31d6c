/* html_tags.c - from the name of an element to its number and back.
 *
 * Every tag of a page asks this once, so the lookup is a perfect hash over the
 * first eight letters: one multiplication, one comparison. */
#include "page/html_tags.h"

#include "base/slice.h"
#include "page/html_tables.h"

static const char *const names[SHEAF_HTML_TAG_COUNT] = {"",
#define X(upper, lower) #lower,
                                                        SHEAF_HTML_TAGS(X)
#undef X
};

static const uint8_t sizes[SHEAF_HTML_TAG_COUNT] = {0,
#define X(upper, lower) (uint8_t)(sizeof(#lower) - 1),
                                                    SHEAF_HTML_TAGS(X)
#undef X
};

/* Bytes from 'A' to 'Z' to lower case, eight at once. Bytes beyond 0x7F belong to no tag: their
 * high bit stays. */
static uint64_t lower(uint64_t bytes) {
    const uint64_t ones = 0x0101010101010101u;
    uint64_t low = bytes & ~(ones << 7);
    uint64_t upper = ((low + ones * (0x80 - 'A')) ^ (low + ones * (0x7F - 'Z'))) & ones << 7;
    return bytes | upper >> 2;
}

sheaf_html_tag sheaf_html_tag_of(sheaf_slice name) {
    if (name.size == 0)
        return SHEAF_HTML_OTHER;
    uint64_t key = lower(sheaf_slice_eight(name));
    unsigned tag =
        sheaf_html_tag_slots[key * sheaf_html_tag_factor >> (64 - SHEAF_HTML_TAG_SLOT_BITS)];
    if (sheaf_html_tag_keys[tag] != key || sizes[tag] != name.size)
        return SHEAF_HTML_OTHER;
    if (name.size > 8 && !sheaf_slice_equal_fold(name, sheaf_slice_from(names[tag], sizes[tag])))
        return SHEAF_HTML_OTHER;
    return (sheaf_html_tag)tag;
}

const char *sheaf_html_tag_name(sheaf_html_tag tag) {
    return (unsigned)tag < SHEAF_HTML_TAG_COUNT ? names[tag] : "";
}
