/* page_names.c - see page_names.h. */
#include "read/page_names.h"

#include "base/slice.h"
#include "read/page.h"

static bool is_value(sheaf_slice value, const char *word) {
    return sheaf_slice_equal_fold(sheaf_slice_trim(value), sheaf_slice_of(word));
}

/* Tag bits that a role stands for. */
static uint32_t role_bits(sheaf_slice value) {
    static const struct {
        const char *role;
        uint32_t bits;
    } roles[] = {{"navigation", SHEAF_PAGE_IN_NAV},     {"menu", SHEAF_PAGE_IN_NAV},
                 {"main", SHEAF_PAGE_IN_MAIN},          {"complementary", SHEAF_PAGE_IN_ASIDE},
                 {"contentinfo", SHEAF_PAGE_IN_FOOTER}, {"banner", SHEAF_PAGE_IN_HEADER},
                 {"dialog", SHEAF_PAGE_IN_BUTTON},      {"article", SHEAF_PAGE_IN_ARTICLE},
                 {"search", SHEAF_PAGE_IN_FORM},        {"alertdialog", SHEAF_PAGE_IN_BUTTON}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (is_value(value, roles[i].role))
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
    static const char *const heads[] = {"data-test", "data-comp",   "data-qa",
                                        "data-type", "data-module", "data-name"};
    if (name.size < 7 || (name.data[4] != '-'))
        return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        sheaf_slice head = sheaf_slice_of(heads[i]);
        if (name.size >= head.size &&
            sheaf_slice_equal_fold(sheaf_slice_part(name, 0, head.size), head))
            return true;
    }
    return false;
}

/* What wikis put around and into their text, by names that hardly anybody else uses. */
static uint32_t wiki_bits(sheaf_slice value) {
    static const struct {
        const char *word;
        uint32_t bits;
    } words[] = {{"toc", SHEAF_PAGE_IN_APPARATUS},
                 {"navbox", SHEAF_PAGE_IN_APPARATUS},
                 {"hatnote", SHEAF_PAGE_IN_APPARATUS},
                 {"mw-editsection", SHEAF_PAGE_IN_MARK},
                 {"reference", SHEAF_PAGE_IN_REFERENCE}};
    uint32_t bits = 0;
    for (size_t at = 0; at < value.size;) {
        size_t from = at;
        while (at < value.size && !sheaf_is_space(value.data[at]))
            at++;
        sheaf_slice word = sheaf_slice_part(value, from, at++);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (sheaf_slice_equal(word, sheaf_slice_of(words[i].word)))
                bits |= words[i].bits;
    }
    return bits;
}

static void read_class(sheaf_page_words *words, sheaf_page_names *out, sheaf_slice value,
                       bool of_path) {
    sheaf_page_class class = sheaf_page_words_class(words, value);
    out->classes |= class.bits;
    if (of_path)
        out->hash ^= class.hash;
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

static bool is_name(sheaf_slice name, const char *lower) {
    for (size_t i = 0; i < name.size; i++)
        if (sheaf_to_lower(name.data[i]) != lower[i])
            return false;
    return true;
}

/* Looks at one attribute; names are told apart by their size first. */
static void read_attribute(sheaf_page_words *words, sheaf_page_names *out,
                           const sheaf_html_attribute *attribute) {
    sheaf_slice name = attribute->name;
    sheaf_slice value = attribute->value;
    switch (name.size) {
    case 2:
        if (is_name(name, "id")) {
            out->flags |= SHEAF_PAGE_HAS_ID;
            read_class(words, out, value, false);
        }
        return;
    case 3:
        if (is_name(name, "rel"))
            out->flags |= SHEAF_PAGE_HAS_REL;
        return;
    case 4:
        if (is_name(name, "role"))
            out->inside |= role_bits(value);
        else if (is_name(name, "name"))
            out->flags |= SHEAF_PAGE_HAS_PROPERTY;
        return;
    case 5:
        if (is_name(name, "class")) {
            out->flags |= SHEAF_PAGE_HAS_CLASS;
            read_class(words, out, value, true);
            out->inside |= wiki_bits(value);
        } else if (is_name(name, "style") && hides(value)) {
            hide(out);
        }
        return;
    case 6:
        if (is_name(name, "hidden"))
            hide(out);
        return;
    case 8:
        if (is_name(name, "itemprop"))
            read_item_property(out, value);
        else if (is_name(name, "itemtype"))
            out->flags |= SHEAF_PAGE_HAS_ITEMTYPE;
        else if (is_name(name, "datetime"))
            out->flags |= SHEAF_PAGE_HAS_DATETIME;
        else if (is_name(name, "property"))
            out->flags |= SHEAF_PAGE_HAS_PROPERTY;
        break;
    case 11:
        if (is_name(name, "aria-hidden") && is_value(value, "true"))
            hide(out);
        break;
    case 14:
        if (is_name(name, "shadowrootmode"))
            out->shadow_root = true;
        break;
    default: break;
    }
    if (names_things(name))
        read_class(words, out, value, false);
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
    if (!(token->tag == SHEAF_HTML_TEMPLATE && out.shadow_root))
        out.inside |= sheaf_page_tag_bit(token->tag);
    return out;
}
