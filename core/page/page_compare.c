/* page_compare.c - see page_compare.h. */
#include "page/page_compare.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { TITLE_MOST = 64, BODY_LEAST = 40, DESCRIPTION_LEAST = 4 };

/* ---- reading ------------------------------------------------------------------ */

static bool measure(sheaf_page_hashes *hashes, const sheaf_page_words *words, sheaf_slice text) {
    sheaf_page_block_facts facts = {0};
    return sheaf_page_measure(&facts, hashes, words, text);
}

/* Decodes raw and makes its words those of hashes. */
static bool read_raw(sheaf_page_compare *compare, sheaf_page_hashes *hashes,
                     const sheaf_page_words *words, sheaf_slice raw, bool in_attribute) {
    sheaf_buffer_reset(&compare->text);
    sheaf_html_unescape(&compare->text, raw, in_attribute);
    hashes->count = 0;
    return !compare->text.failed && measure(hashes, words, sheaf_buffer_view(&compare->text));
}

/* The value of a JSON escape's four hexadecimal digits. */
static uint32_t four_digits(sheaf_slice json, size_t at) {
    uint32_t value = 0;
    for (size_t i = at; i < at + 4 && i < json.size; i++) {
        char c = sheaf_to_lower(json.data[i]);
        value = value * 16 + (uint32_t)(sheaf_is_digit(c)      ? c - '0'
                                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                               : 0);
    }
    return value;
}

/* Appends what the JSON string from json[at] on (behind its quote) says, tags
 * left out. Wrong escapes are taken as they come. */
static void read_string(sheaf_buffer *out, sheaf_slice json, size_t at) {
    bool in_tag = false;
    while (at < json.size && json.data[at] != '"') {
        uint32_t c = (uint8_t)json.data[at++];
        if (c == '\\' && at < json.size) {
            c = (uint8_t)json.data[at++];
            if (c == 'u') {
                c = four_digits(json, at);
                at = at + 4 < json.size ? at + 4 : json.size;
            } else if (c == 'n' || c == 't' || c == 'r') {
                c = ' ';
            }
        } else if (c >= 0x80) {
            if (!in_tag)
                sheaf_buffer_char(out, (char)c);
            continue;
        }
        if (c == '<' || c == '>')
            in_tag = c == '<';
        if (!in_tag)
            sheaf_utf8_append(out, c == '>' || c == 0xA0 ? ' ' : c);
    }
    sheaf_buffer_char(out, ' ');
}

/* Collects the articleBody strings of a JSON-LD script. */
static void read_bodies(sheaf_buffer *out, sheaf_slice json) {
    const sheaf_slice key = SLICE("\"articleBody\"");
    size_t at = 0;
    while ((at = sheaf_slice_find(json, at, key)) != SIZE_MAX) {
        at += key.size;
        while (at < json.size && (sheaf_is_space(json.data[at]) || json.data[at] == ':'))
            at++;
        if (at < json.size && json.data[at] == '"')
            read_string(out, json, at + 1);
    }
}

static bool is_json_ld(const sheaf_page_element *element) {
    sheaf_slice type;
    return element->tag == SHEAF_HTML_SCRIPT && element->content.size > 0 &&
           sheaf_page_attribute(element, "type", &type) &&
           sheaf_slice_find(type, 0, SLICE("ld+json")) != SIZE_MAX;
}

/* The name that a meta tag gives its content, or an empty slice. */
static sheaf_slice meta_name(const sheaf_page_element *element) {
    sheaf_slice name;
    if (sheaf_page_attribute(element, "property", &name) ||
        sheaf_page_attribute(element, "name", &name))
        return name;
    return (sheaf_slice){0};
}

/* Whether a meta tag is one that only articles have. */
static bool says_article(const sheaf_page_element *element, sheaf_slice name) {
    sheaf_slice content;
    if (sheaf_slice_equal_fold(name, SLICE("article:published_time")))
        return true;
    return sheaf_slice_equal_fold(name, SLICE("og:type")) &&
           sheaf_page_attribute(element, "content", &content) &&
           sheaf_slice_equal_fold(sheaf_slice_trim(content), SLICE("article"));
}

static bool read_meta(sheaf_page_compare *compare, const sheaf_page_words *words,
                      const sheaf_page_element *element) {
    sheaf_slice name = meta_name(element), content;
    compare->dated = compare->dated || says_article(element, name);
    bool title = sheaf_slice_equal_fold(name, SLICE("og:title"));
    bool og = sheaf_slice_equal_fold(name, SLICE("og:description"));
    bool plain = sheaf_slice_equal_fold(name, SLICE("description"));
    if (!title && !og && !(plain && compare->description.count == 0))
        return true;
    if (!sheaf_page_attribute(element, "content", &content) || content.size == 0)
        return true;
    return read_raw(compare, title ? &compare->title : &compare->description, words, content, true);
}

static uint64_t bit_of(uint32_t hash) {
    return (uint64_t)1 << (hash >> 7 & 63);
}

bool sheaf_page_compare_read(sheaf_page_compare *compare, const sheaf_page *page,
                             const sheaf_page_words *words) {
    sheaf_buffer bodies = {0};
    bool done = true;
    compare->dated = false;
    compare->title.count = compare->description.count = compare->body.count = 0;
    for (size_t i = 0; i < page->element_count && done; i++) {
        const sheaf_page_element *element = &page->elements[i];
        if (element->tag == SHEAF_HTML_TITLE && compare->title.count == 0)
            done = read_raw(compare, &compare->title, words, element->content, false);
        else if (element->tag == SHEAF_HTML_META && (element->flags & SHEAF_PAGE_HAS_PROPERTY))
            done = read_meta(compare, words, element);
        else if (is_json_ld(element)) {
            read_bodies(&bodies, element->content);
            compare->dated =
                compare->dated ||
                sheaf_slice_find(element->content, 0, SLICE("\"datePublished\"")) != SIZE_MAX;
        }
    }
    compare->title_bits = 0;
    for (size_t i = 0; i < compare->title.count && i < TITLE_MOST; i++)
        compare->title_bits |= bit_of(compare->title.items[i]);
    if (bodies.size > 0)
        done = done && measure(&compare->body, words, sheaf_buffer_view(&bodies));
    done = done && !bodies.failed;
    sheaf_buffer_clear(&bodies);
    return done;
}

/* ---- four words in a row ------------------------------------------------------- */

static uint32_t four_at(const uint32_t *hashes) {
    uint32_t four = hashes[0] * 3u + hashes[1] * 0x9E3779B1u + hashes[2] * 0x85EBCA77u +
                    hashes[3] * 0xC2B2AE3Du;
    return four ^ four >> 15 ? four ^ four >> 15 : 1;
}

static uint32_t *four_slot(const sheaf_page_compare *compare, uint32_t four) {
    size_t at = (four * 2654435761u) & (compare->fours_size - 1);
    while (compare->fours[at] && compare->fours[at] != four)
        at = (at + 1) & (compare->fours_size - 1);
    return &compare->fours[at];
}

static bool is_marked(const sheaf_page_compare *compare, uint32_t four) {
    return compare->marks[four >> 27] >> (four >> 21 & 63) & 1;
}

static bool make_set(sheaf_page_compare *compare, const sheaf_page_hashes *hashes) {
    size_t size = 64;
    while (size < hashes->count * 2)
        size *= 2;
    if (size > compare->fours_capacity) {
        sheaf_free(compare->fours);
        compare->fours_capacity = 0;
        compare->fours = sheaf_malloc(size * sizeof *compare->fours);
        if (!compare->fours)
            return false;
        compare->fours_capacity = size;
    }
    compare->fours_size = size;
    memset(compare->fours, 0, size * sizeof *compare->fours);
    memset(compare->marks, 0, sizeof compare->marks);
    for (size_t i = 0; i + 4 <= hashes->count; i++) {
        uint32_t four = four_at(hashes->items + i);
        *four_slot(compare, four) = four;
        compare->marks[four >> 27] |= (uint64_t)1 << (four >> 21 & 63);
    }
    return true;
}

/* The share of the block's fours that stand in the set. */
static int16_t share_of(const sheaf_page_compare *compare, const sheaf_page_block_facts *facts,
                        const sheaf_page_hashes *hashes) {
    if (facts->hashes < 4)
        return SHEAF_PAGE_UNKNOWN;
    uint32_t found = 0;
    for (uint32_t i = 0; i + 4 <= facts->hashes; i++) {
        uint32_t four = four_at(hashes->items + facts->first_word + i);
        found += is_marked(compare, four) && *four_slot(compare, four) == four;
    }
    return (int16_t)((uint64_t)found * 1000 / (facts->hashes - 3));
}

bool sheaf_page_compare_blocks(sheaf_page_compare *compare, sheaf_page_block_facts *facts,
                               size_t count, const sheaf_page_hashes *hashes) {
    bool with_body = compare->body.count >= BODY_LEAST;
    bool with_description = compare->description.count >= DESCRIPTION_LEAST;
    if (with_body && !make_set(compare, &compare->body))
        return false;
    for (size_t i = 0; i < count; i++)
        facts[i].ld_share =
            with_body ? share_of(compare, &facts[i], hashes) : (int16_t)(SHEAF_PAGE_UNKNOWN - 1);
    if (with_description && !make_set(compare, &compare->description))
        return false;
    for (size_t i = 0; i < count; i++)
        facts[i].description_share = with_description ? share_of(compare, &facts[i], hashes)
                                                      : (int16_t)(SHEAF_PAGE_UNKNOWN - 1);
    return true;
}

int sheaf_page_compare_title(const sheaf_page_compare *compare, const uint32_t *hashes,
                             size_t count) {
    size_t most = compare->title.count < TITLE_MOST ? compare->title.count : TITLE_MOST;
    if (count == 0 || most == 0)
        return 0;
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; (compare->title_bits & bit_of(hashes[i])) && k < most; k++)
            if (hashes[i] == compare->title.items[k]) {
                found++;
                break;
            }
    return (int)(2000 * found / (count + most));
}

void sheaf_page_compare_clear(sheaf_page_compare *compare) {
    sheaf_free(compare->title.items);
    sheaf_free(compare->description.items);
    sheaf_free(compare->body.items);
    sheaf_free(compare->fours);
    sheaf_buffer_clear(&compare->text);
    *compare = (sheaf_page_compare){0};
}
