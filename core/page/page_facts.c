/* page_facts.c - one walk over the element table that picks up what the page says of
 * itself: <meta>, <link>, <title>, <time>, itemprop, rel, h1, and JSON-LD.
 *
 * Flags noted while parsing say which elements are worth a look; attributes are
 * decoded only when their name means something. */
#include "page/page_facts.h"

#include "base/slice.h"
#include "page/page_ld.h"
#include "page/page_meta.h"
#include "page/page_words.h"

enum { FACTS_MOST = 2000, VALUE_MOST = 4096, LABELS = 4 };

void sheaf_page_fact_add(sheaf_page_facts *facts, sheaf_page_fact fact) {
    if (fact.value.size == 0 || facts->count >= FACTS_MOST)
        return;
    if (sheaf_arena_grow(facts->arena, (void **)&facts->items, facts->count, &facts->capacity,
                         sizeof *facts->items))
        facts->items[facts->count++] = fact;
}

const sheaf_page_fact *sheaf_page_fact_best(const sheaf_page_facts *facts,
                                            sheaf_page_fact_kind kind) {
    const sheaf_page_fact *best = NULL;
    for (size_t i = 0; i < facts->count; i++) {
        const sheaf_page_fact *fact = &facts->items[i];
        if (fact->kind == kind && (!best || fact->rank < best->rank))
            best = fact;
    }
    return best;
}

/* ---- plain text ------------------------------------------------------------------ */

/* Length of the tag at text[at], which is '<'; 0 when it is none. */
static size_t tag_size(sheaf_slice text, size_t at) {
    char next = at + 1 < text.size ? text.data[at + 1] : ' ';
    size_t end = sheaf_slice_find_char(text, at, '>');
    if ((!sheaf_is_alpha(next) && next != '/') || end == SIZE_MAX)
        return 0;
    return end + 1 - at;
}

/* Writes text over itself: without tags, white space folded. Returns its new size. */
static size_t fold(char *out, sheaf_slice text) {
    size_t size = 0;
    bool blank = false;
    for (size_t at = 0; at < text.size;) {
        size_t tag = text.data[at] == '<' ? tag_size(text, at) : 0;
        bool nbsp = at + 1 < text.size && memcmp(text.data + at, "\xC2\xA0", 2) == 0;
        if (tag > 0 || nbsp || sheaf_is_space(text.data[at])) {
            blank = true;
            at += tag > 0 ? tag : nbsp ? 2 : 1;
            continue;
        }
        if (blank && size > 0)
            out[size++] = ' ';
        blank = false;
        out[size++] = text.data[at++];
    }
    return size;
}

sheaf_slice sheaf_page_plain(sheaf_arena *arena, sheaf_slice text) {
    text = sheaf_slice_trim(sheaf_slice_part(text, 0, VALUE_MOST));
    sheaf_buffer decoded[2] = {{0}, {0}};
    for (int i = 0; i < 2 && sheaf_slice_find_char(text, 0, '&') != SIZE_MAX; i++) {
        sheaf_html_unescape(&decoded[i], text, false);
        text = sheaf_buffer_view(&decoded[i]);
    }
    char *out = text.size ? sheaf_arena_alloc(arena, text.size + 1) : NULL;
    sheaf_slice plain = {out, out ? fold(out, text) : 0};
    if (out)
        out[plain.size] = '\0';
    arena->failed = arena->failed || decoded[0].failed || decoded[1].failed;
    sheaf_buffer_clear(&decoded[0]);
    sheaf_buffer_clear(&decoded[1]);
    return plain;
}

/* ---- elements ----------------------------------------------------------------------- */

/* What passes from one element to later ones. */
typedef struct walk {
    sheaf_page_facts *facts;
    sheaf_ld_tree tree;
    sheaf_slice labels[LABELS]; /* twitter:label1, … */
    sheaf_slice data[LABELS];   /* twitter:data1, … */
} walk;

static void add(walk *w, uint32_t element, sheaf_page_fact_kind kind, unsigned rank,
                const char *rule, sheaf_slice value) {
    sheaf_page_fact fact = {
        .kind = kind, .rank = (uint8_t)rank, .rule = rule, .value = value, .element = element};
    sheaf_page_fact_add(w->facts, fact);
}

static void add_raw(walk *w, uint32_t element, sheaf_page_fact_kind kind, unsigned rank,
                    const char *rule, sheaf_slice value) {
    add(w, element, kind, rank, rule, sheaf_page_plain(w->facts->arena, value));
}

/* "twitter:label1" and "twitter:data1": pairs of a name and a value. */
static void take_card(walk *w, sheaf_slice name, sheaf_slice content) {
    bool label = name.size == 14 && sheaf_slice_starts(name, SLICE("twitter:label"));
    bool data = name.size == 13 && sheaf_slice_starts(name, SLICE("twitter:data"));
    int number = label || data ? name.data[name.size - 1] - '1' : -1;
    if (number >= 0 && number < LABELS)
        *(label ? &w->labels[number] : &w->data[number]) = content;
}

typedef struct meta_names {
    sheaf_slice name;
    sheaf_slice property;
    sheaf_slice itemprop;
    sheaf_slice header; /* http-equiv */
    sheaf_slice content;
} meta_names;

static meta_names read_meta(sheaf_slice attributes) {
    meta_names out = {0};
    sheaf_html_attribute attribute;
    for (size_t at = 0; sheaf_html_attribute_next(attributes, &at, &attribute);) {
        static const char *const names[] = {"name", "property", "itemprop", "http-equiv",
                                            "content"};
        sheaf_slice *const slots[] = {&out.name, &out.property, &out.itemprop, &out.header,
                                      &out.content};
        for (size_t i = 0; i < 5; i++)
            if (slots[i]->data == NULL &&
                sheaf_slice_equal_fold(attribute.name, sheaf_slice_of(names[i])))
                *slots[i] = attribute.value;
    }
    return out;
}

static void walk_meta(walk *w, uint32_t index, const sheaf_page_element *element) {
    meta_names meta = read_meta(element->attributes);
    if (meta.content.size == 0)
        return;
    const sheaf_slice names[] = {meta.property, meta.name, meta.header};
    const sheaf_page_meta *entry = NULL;
    for (size_t i = 0; i < 3 && !entry; i++) {
        sheaf_slice name = sheaf_slice_trim(names[i]);
        take_card(w, name, meta.content);
        entry = name.size ? sheaf_page_meta_find(name) : NULL;
    }
    if (!entry && meta.itemprop.size)
        entry = sheaf_page_property_find(sheaf_slice_trim(meta.itemprop));
    if (entry)
        add_raw(w, index, entry->kind, entry->rank, entry->rule, meta.content);
}

static bool has_word(sheaf_slice list, const char *word) {
    sheaf_slice wanted = sheaf_slice_of(word);
    for (size_t at = 0; at < list.size;) {
        size_t end = at;
        while (end < list.size && !sheaf_is_space(list.data[end]))
            end++;
        if (sheaf_slice_equal_fold(sheaf_slice_part(list, at, end), wanted))
            return true;
        at = end + 1;
    }
    return false;
}

static void walk_link(walk *w, uint32_t index, const sheaf_page_element *element) {
    sheaf_slice rel;
    sheaf_slice address;
    if (!sheaf_page_attribute(element, "rel", &rel) ||
        !sheaf_page_attribute(element, "href", &address))
        return;
    if (has_word(rel, "canonical"))
        add_raw(w, index, SHEAF_FACT_CANONICAL, 0, "rel=canonical", address);
    else if (has_word(rel, "image_src"))
        add_raw(w, index, SHEAF_FACT_IMAGE, 8, "rel=image_src", address);
}

static void walk_script(walk *w, const sheaf_page_element *element) {
    sheaf_slice type;
    if (element->content.size > 0 && sheaf_page_attribute(element, "type", &type) &&
        sheaf_slice_find(type, 0, SLICE("ld+json")) != SIZE_MAX)
        sheaf_ld_tree_read(&w->tree, element->content);
}

static sheaf_slice text_of(const walk *w, const sheaf_page_element *element) {
    return sheaf_page_text_of(w->facts->page, element);
}

/* The value of an element that carries a property. */
static sheaf_slice value_of(walk *w, const sheaf_page_element *element) {
    static const char *const names[] = {"content", "datetime"};
    sheaf_slice value;
    for (size_t i = 0; i < 2; i++)
        if (sheaf_page_attribute(element, names[i], &value) && value.size > 0)
            return sheaf_page_plain(w->facts->arena, value);
    return text_of(w, element);
}

/* True when the element, or one around it, is somebody else's: a comment, a teaser. */
static bool is_elsewhere(const sheaf_page_element *element) {
    return (element->all_classes & (SHEAF_PAGE_WORD_COMMENTS | SHEAF_PAGE_WORD_RELATED)) ||
           (element->inside & (SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER));
}

/* A name within the element: itemprop="author" often wraps an item with a name. */
static sheaf_slice name_within(walk *w, uint32_t index) {
    const sheaf_page *page = w->facts->page;
    for (uint32_t i = index + 1; i < page->elements[index].end; i++) {
        sheaf_slice property;
        if ((page->elements[i].flags & SHEAF_PAGE_HAS_ITEMPROP) &&
            sheaf_page_attribute(&page->elements[i], "itemprop", &property) &&
            has_word(property, "name"))
            return value_of(w, &page->elements[i]);
    }
    return (sheaf_slice){0};
}

static void walk_property(walk *w, uint32_t index, const sheaf_page_element *element,
                          const char *attribute) {
    enum { LONGEST = 600 };
    sheaf_slice name;
    if (!sheaf_page_attribute(element, attribute, &name))
        return;
    for (size_t at = 0; at < name.size;) {
        size_t end = at;
        while (end < name.size && !sheaf_is_space(name.data[end]))
            end++;
        const sheaf_page_meta *entry = sheaf_page_property_find(sheaf_slice_part(name, at, end));
        at = end + 1;
        if (!entry)
            continue;
        sheaf_slice value = {0};
        if (entry->kind == SHEAF_FACT_AUTHOR || entry->kind == SHEAF_FACT_PUBLISHER)
            value = name_within(w, index);
        if (value.size == 0)
            value = value_of(w, element);
        unsigned rank = entry->rank + (is_elsewhere(element) ? 40u : 0u);
        if (value.size <= LONGEST)
            add(w, index, entry->kind, rank, entry->rule, value);
    }
}

static void walk_rel(walk *w, uint32_t index, const sheaf_page_element *element) {
    sheaf_slice rel;
    if (!sheaf_page_attribute(element, "rel", &rel))
        return;
    unsigned far = is_elsewhere(element) ? 40u : 0u;
    if (has_word(rel, "author"))
        add(w, index, SHEAF_FACT_AUTHOR, 9 + far, "rel=author", text_of(w, element));
    else if (has_word(rel, "tag") && !has_word(rel, "category") && far == 0)
        add(w, index, SHEAF_FACT_KEYWORDS, 6, "rel=tag", text_of(w, element));
}

/* <time> in the body: which date it is, its place tells later. */
static void walk_time(walk *w, uint32_t index, const sheaf_page_element *element) {
    sheaf_slice value;
    if ((element->flags & SHEAF_PAGE_HAS_DATETIME) &&
        sheaf_page_attribute(element, "pubdate", &value))
        add(w, index, SHEAF_FACT_PUBLISHED, 6, "time pubdate", value_of(w, element));
}

static void walk_element(walk *w, uint32_t index, const sheaf_page_element *element) {
    sheaf_slice value;
    switch ((sheaf_html_tag)element->tag) {
    case SHEAF_HTML_META: walk_meta(w, index, element); return;
    case SHEAF_HTML_LINK: walk_link(w, index, element); return;
    case SHEAF_HTML_SCRIPT: walk_script(w, element); return;
    case SHEAF_HTML_TITLE:
        if (!(element->inside & SHEAF_PAGE_IN_SKIPPED))
            add_raw(w, index, SHEAF_FACT_HEADLINE, 11, "title element", element->content);
        return;
    case SHEAF_HTML_HTML:
        if (sheaf_page_attribute(element, "lang", &value) ||
            sheaf_page_attribute(element, "xml:lang", &value))
            add_raw(w, index, SHEAF_FACT_LANGUAGE, 0, "html lang", value);
        return;
    case SHEAF_HTML_TIME: walk_time(w, index, element); break;
    default: break;
    }
    if (element->flags & SHEAF_PAGE_HAS_ITEMPROP)
        walk_property(w, index, element, "itemprop");
    if (element->flags & SHEAF_PAGE_HAS_PROPERTY)
        walk_property(w, index, element, "property");
    if (element->flags & SHEAF_PAGE_HAS_REL)
        walk_rel(w, index, element);
}

/* True for the labels under which a link preview names who wrote it. */
static bool says_author(sheaf_slice label) {
    static const char *const words[] = {"written by",
                                        "author",
                                        "by",
                                        "von",
                                        "verfasst von",
                                        "geschrieben von",
                                        "autor",
                                        "écrit par",
                                        "auteur",
                                        "escrito por",
                                        "autora",
                                        "scritto da",
                                        "autore",
                                        "geschreven door",
                                        "auteur",
                                        "skrevet av",
                                        "skriven av",
                                        "skrevet af",
                                        "napisane przez",
                                        "автор",
                                        "написано автором",
                                        "yazan",
                                        "kirjoittanut",
                                        "napsal(a)",
                                        "escrit per",
                                        "投稿者",
                                        "執筆者",
                                        "作者",
                                        "글쓴이",
                                        "ditulis oleh",
                                        "được viết bởi",
                                        "كُتب بواسطة",
                                        "نویسنده",
                                        "συντάχθηκε από"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sheaf_slice_equal_fold(label, sheaf_slice_of(words[i])))
            return true;
    return false;
}

static void read_cards(walk *w) {
    for (size_t i = 0; i < LABELS; i++) {
        sheaf_slice label = sheaf_page_plain(w->facts->arena, w->labels[i]);
        if (says_author(label))
            add_raw(w, SHEAF_PAGE_NONE, SHEAF_FACT_AUTHOR, 5, "twitter:data", w->data[i]);
    }
}

void sheaf_page_facts_read(sheaf_page_facts *facts) {
    walk w = {.facts = facts, .tree = {.arena = facts->arena}};
    const sheaf_page *page = facts->page;
    for (size_t i = 0; i < page->element_count; i++)
        walk_element(&w, (uint32_t)i, &page->elements[i]);
    read_cards(&w);
    if (w.tree.count > 0)
        sheaf_page_ld_read(facts, &w.tree);
}
