/* page_url.c - see page_url.h.
 *
 * Each relative link is joined to the base in memory of its own, so both are bounded:
 * a page of a few megabytes could ask for thousands of times its size otherwise. */
#include "page/page_url.h"

#include "article/url.h"
#include "base/slice.h"
#include "page/html_scan.h"

enum { LONGEST_BASE = 2048, LONGEST_ENTITY = 8 };

static sheaf_slice without_controls(char *text, size_t size) {
    size_t kept = 0;
    for (size_t i = 0; i < size; i++)
        if ((uint8_t)text[i] >= ' ')
            text[kept++] = text[i];
    return sheaf_slice_trim(sheaf_slice_from(text, kept));
}

/* Decodes raw and trims it, without the line ends and tabs that browsers drop. */
static sheaf_slice decode(sheaf_arena *arena, sheaf_slice raw) {
    sheaf_buffer text = {0};
    if (raw.size > (size_t)SHEAF_PAGE_URL_MOST * LONGEST_ENTITY)
        return (sheaf_slice){0};
    raw = sheaf_slice_trim(raw);
    if (sheaf_html_scan_special(raw.data, 0, raw.size) == raw.size) { /* most of them */
        sheaf_slice copy = sheaf_arena_copy(arena, raw);
        return without_controls((char *)(uintptr_t)copy.data, copy.size);
    }
    sheaf_html_unescape(&text, raw, true);
    sheaf_slice out = sheaf_arena_copy(arena, without_controls(text.data, text.size));
    sheaf_buffer_clear(&text);
    return out;
}

/* The size of "name:" in front of text; 0 when it has no scheme. */
static size_t scheme_size(sheaf_slice text) {
    size_t at = 0;
    while (at < text.size && (sheaf_is_alpha(text.data[at]) ||
                              (at > 0 && (sheaf_is_digit(text.data[at]) || text.data[at] == '+' ||
                                          text.data[at] == '-' || text.data[at] == '.'))))
        at++;
    return at > 0 && at < text.size && text.data[at] == ':' ? at + 1 : 0;
}

static bool is_web(sheaf_slice text) {
    sheaf_url url;
    return sheaf_url_parse(&url, text);
}

/* How much of base stays before a relative reference: to its authority's end, to
 * the last slash of its path, or to its query. */
static size_t authority_end(sheaf_slice base) {
    size_t at = sheaf_slice_find(base, 0, SLICE("://"));
    at = at == SIZE_MAX ? 0 : at + 3;
    while (at < base.size && base.data[at] != '/' && base.data[at] != '?' && base.data[at] != '#')
        at++;
    return at;
}

static size_t path_end(sheaf_slice base) {
    size_t at = authority_end(base);
    while (at < base.size && base.data[at] != '?' && base.data[at] != '#')
        at++;
    return at;
}

static size_t folder_end(sheaf_slice base) {
    size_t first = authority_end(base), at = path_end(base);
    while (at > first && base.data[at - 1] != '/')
        at--;
    return at;
}

/* Takes "." and ".." out of the path of url, in place. */
static sheaf_slice remove_dots(char *url, size_t size) {
    sheaf_slice whole = {url, size};
    size_t root = authority_end(whole), end = path_end(whole), out = root, at = root;
    while (at < end) {
        size_t next = at + 1;
        while (next < end && url[next] != '/')
            next++;
        sheaf_slice part = sheaf_slice_part(whole, at, next);
        bool up = sheaf_slice_is(part, "/.."), here = sheaf_slice_is(part, "/.");
        while (up && out > root && url[--out] != '/')
            continue;
        if (!up && !here) {
            memmove(url + out, url + at, next - at);
            out += next - at;
        } else if (next == end) {
            url[out++] = '/';
        }
        at = next;
    }
    memmove(url + out, url + end, size - end);
    return (sheaf_slice){url, out + size - end};
}

static sheaf_slice join(sheaf_arena *arena, sheaf_slice head, const char *between,
                        sheaf_slice tail) {
    size_t middle = strlen(between);
    if (head.size > SHEAF_PAGE_URL_MOST || tail.size + middle > SHEAF_PAGE_URL_MOST - head.size)
        return (sheaf_slice){0};
    char *out = sheaf_arena_alloc(arena, head.size + middle + tail.size + 1);
    if (!out)
        return (sheaf_slice){0};
    memcpy(out, head.data, head.size);
    memcpy(out + head.size, between, middle);
    memcpy(out + head.size + middle, tail.data, tail.size);
    return remove_dots(out, head.size + middle + tail.size);
}

sheaf_slice sheaf_page_url(sheaf_arena *arena, sheaf_slice base, sheaf_slice raw) {
    const sheaf_slice none = {0};
    sheaf_slice text = decode(arena, raw);
    if (text.size == 0 || text.size > SHEAF_PAGE_URL_MOST || text.data[0] == '#')
        return none;
    if (scheme_size(text) > 0)
        return is_web(text) ? text : none;
    bool network = sheaf_slice_starts(text, SLICE("//"));
    if (network && base.size == 0)
        base = SLICE("https:");
    if (base.size == 0)
        return none;
    size_t keep = network               ? scheme_size(base)
                  : text.data[0] == '/' ? authority_end(base)
                  : text.data[0] == '?' ? path_end(base)
                                        : folder_end(base);
    sheaf_slice head = sheaf_slice_part(base, 0, keep);
    bool bare = !network && text.data[0] != '/' && keep == authority_end(base);
    sheaf_slice whole = join(arena, head, bare ? "/" : "", text);
    return is_web(whole) ? whole : none;
}

sheaf_slice sheaf_page_base(sheaf_arena *arena, const sheaf_page *page, sheaf_slice url) {
    for (size_t i = 0; i < page->element_count; i++) {
        const sheaf_page_element *element = &page->elements[i];
        sheaf_slice href;
        if (element->tag == SHEAF_HTML_BODY)
            break;
        if (element->tag != SHEAF_HTML_BASE || !sheaf_page_attribute(element, "href", &href))
            continue;
        sheaf_slice base = sheaf_page_url(arena, url, href);
        if (base.size > 0 && base.size <= LONGEST_BASE)
            return base;
    }
    return is_web(url) ? url : (sheaf_slice){0};
}
