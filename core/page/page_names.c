/* page_names.c - see page_names.h. */
#include "page/page_names.h"

#include "base/slice.h"
#include "page/page.h"

static bool is_value(sheaf_slice value, const char *word) {
    return sheaf_slice_equal_fold(sheaf_slice_trim(value), sheaf_slice_of(word));
}

/* Tag bits that a role stands for. */
static uint32_t role_bits(sheaf_slice value) {
    static const struct {
        sheaf_slice role;
        uint32_t bits;
    } roles[] = {
        {SLICE("navigation"), SHEAF_PAGE_IN_NAV},     {SLICE("menu"), SHEAF_PAGE_IN_NAV},
        {SLICE("main"), SHEAF_PAGE_IN_MAIN},          {SLICE("complementary"), SHEAF_PAGE_IN_ASIDE},
        {SLICE("contentinfo"), SHEAF_PAGE_IN_FOOTER}, {SLICE("banner"), SHEAF_PAGE_IN_HEADER},
        {SLICE("dialog"), SHEAF_PAGE_IN_BUTTON},      {SLICE("article"), SHEAF_PAGE_IN_ARTICLE},
        {SLICE("search"), SHEAF_PAGE_IN_FORM},        {SLICE("alertdialog"), SHEAF_PAGE_IN_BUTTON}};
    value = sheaf_slice_trim(value);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (value.size == roles[i].role.size && sheaf_slice_equal_fold(value, roles[i].role))
            return roles[i].bits;
    return 0;
}

static bool hides(sheaf_slice style) {
    size_t at = sheaf_slice_find(style, 0, SLICE("display:"));
    if (at == SIZE_MAX)
        return false;
    sheaf_slice value = sheaf_slice_trim(sheaf_slice_part(style, at + 8, style.size));
    return sheaf_slice_starts(value, SLICE("none"));
}

/* data-testid, data-component, data-type, … name things as classes do. */
static bool names_things(sheaf_slice name) {
    static const sheaf_slice heads[] = {SLICE("test"), SLICE("comp"),   SLICE("qa"),
                                        SLICE("type"), SLICE("module"), SLICE("name")};
    if (name.size < 7 || name.data[4] != '-' ||
        !sheaf_slice_equal_fold(sheaf_slice_part(name, 0, 4), SLICE("data")))
        return false;
    sheaf_slice rest = sheaf_slice_part(name, 5, name.size);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        sheaf_slice head = heads[i];
        if (rest.size >= head.size &&
            sheaf_slice_equal_fold(sheaf_slice_part(rest, 0, head.size), head))
            return true;
    }
    return false;
}

static void read_name(sheaf_page_words *words, sheaf_page_names *out, sheaf_slice value) {
    out->classes |= sheaf_page_words_class(words, value).bits;
}

static void read_class(sheaf_page_words *words, sheaf_page_names *out, sheaf_slice value) {
    sheaf_page_class class = sheaf_page_words_class(words, value);
    out->classes |= class.bits;
    out->inside |= class.inside;
    out->hash ^= class.hash;
}

/* React sends late parts of a page hidden, under such names, and a script shows them. */
static bool is_streamed(sheaf_slice id) {
    return id.size >= 3 && id.size <= 6 && id.data[0] == 'S' && id.data[1] == ':';
}

static void hide(sheaf_page_names *out) {
    out->flags |= SHEAF_PAGE_HIDDEN;
    out->inside |= SHEAF_PAGE_IN_HIDDEN;
}

static void read_item_property(sheaf_page_names *out, sheaf_slice value) {
    out->flags |= SHEAF_PAGE_HAS_ITEMPROP;
    if (sheaf_slice_find(value, 0, SLICE("articleBody")) != SIZE_MAX || is_value(value, "text"))
        out->inside |= SHEAF_PAGE_IN_BODY_PROPERTY;
}

/* Up to eight letters as a number. OR with 0x20 makes a letter small, and nothing else a
 * letter. */
#define EIGHT(a, b, c, d, e, f, g, h)                                                              \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 |              \
     (uint64_t)(e) << 32 | (uint64_t)(f) << 40 | (uint64_t)(g) << 48 | (uint64_t)(h) << 56)

typedef enum meaning { NOTHING, NAMES, CLASS, ROLE, STYLE, HIDDEN, PROPERTY } meaning;

typedef struct short_name {
    uint64_t name;
    uint32_t flag;
    meaning meaning;
} short_name;

/* The row of a name of up to eight letters, by a perfect hash: most attributes say
 * nothing, and are told from the others by one comparison. */
static const short_name *row_of(sheaf_slice name) {
    static const uint64_t factor = 0x1622BD795FEC898Fu;
    static const short_name rows[16] = {
        [0] = {EIGHT('d', 'a', 't', 'e', 't', 'i', 'm', 'e'), SHEAF_PAGE_HAS_DATETIME, NOTHING},
        [1] = {EIGHT('i', 't', 'e', 'm', 't', 'y', 'p', 'e'), SHEAF_PAGE_HAS_ITEMTYPE, NOTHING},
        [2] = {EIGHT('h', 'i', 'd', 'd', 'e', 'n', 0, 0), 0, HIDDEN},
        [3] = {EIGHT('n', 'a', 'm', 'e', 0, 0, 0, 0), SHEAF_PAGE_HAS_PROPERTY, NOTHING},
        [4] = {EIGHT('s', 't', 'y', 'l', 'e', 0, 0, 0), 0, STYLE},
        [7] = {EIGHT('r', 'e', 'l', 0, 0, 0, 0, 0), SHEAF_PAGE_HAS_REL, NOTHING},
        [8] = {EIGHT('p', 'r', 'o', 'p', 'e', 'r', 't', 'y'), SHEAF_PAGE_HAS_PROPERTY, NOTHING},
        [9] = {EIGHT('c', 'l', 'a', 's', 's', 0, 0, 0), SHEAF_PAGE_HAS_CLASS, CLASS},
        [10] = {EIGHT('i', 'd', 0, 0, 0, 0, 0, 0), SHEAF_PAGE_HAS_ID, NAMES},
        [11] = {EIGHT('r', 'o', 'l', 'e', 0, 0, 0, 0), 0, ROLE},
        [12] = {EIGHT('i', 't', 'e', 'm', 'p', 'r', 'o', 'p'), 0, PROPERTY},
    };
    uint64_t eight = sheaf_slice_eight(name) | (0x2020202020202020u >> (8 * (8 - name.size)));
    const short_name *row = &rows[eight * factor >> 60];
    return row->name == eight ? row : NULL;
}

static void read_short(sheaf_page_words *words, sheaf_page_names *out, sheaf_slice name,
                       sheaf_slice value) {
    const short_name *row = row_of(name);
    if (!row)
        return;
    out->flags |= row->flag;
    switch (row->meaning) {
    case CLASS: read_class(words, out, value); break;
    case NAMES:
        read_name(words, out, value);
        out->streamed = out->streamed || is_streamed(value);
        break;
    case ROLE: out->inside |= role_bits(value); break;
    case STYLE:
        if (hides(value))
            hide(out);
        break;
    case HIDDEN: hide(out); break;
    case PROPERTY: read_item_property(out, value); break;
    case NOTHING: break;
    }
}

/* Looks at one attribute. */
static void read_attribute(sheaf_page_words *words, sheaf_page_names *out,
                           const sheaf_html_attribute *attribute) {
    sheaf_slice name = attribute->name;
    sheaf_slice value = attribute->value;
    if (name.size <= 8) /* and never empty */
        read_short(words, out, name, value);
    else if (name.size == 11 && sheaf_slice_equal_fold(name, SLICE("aria-hidden")) &&
             is_value(value, "true"))
        hide(out);
    else if (name.size == 14 && sheaf_slice_equal_fold(name, SLICE("shadowrootmode")))
        out->shadow_root = true;
    if (names_things(name))
        read_name(words, out, value);
}

sheaf_page_names sheaf_page_names_of(sheaf_page_words *words, const sheaf_html_token *token) {
    sheaf_page_names out = {.hash = (uint32_t)token->tag * 2654435761u};
    sheaf_html_attribute attribute;
    size_t at = 0;
    while (at < token->attributes.size &&
           sheaf_html_attribute_next(token->attributes, &at, &attribute))
        read_attribute(words, &out, &attribute);
    if (token->tag != SHEAF_HTML_SUP)
        out.inside &= ~(uint32_t)SHEAF_PAGE_IN_REFERENCE;
    if (out.streamed) {
        out.flags &= ~(uint32_t)SHEAF_PAGE_HIDDEN;
        out.inside &= ~(uint32_t)SHEAF_PAGE_IN_HIDDEN;
    }
    if (!(token->tag == SHEAF_HTML_TEMPLATE && out.shadow_root))
        out.inside |= sheaf_page_tag_bit(token->tag);
    return out;
}
