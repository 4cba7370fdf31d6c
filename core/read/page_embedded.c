/* page_embedded.c - stories that only a browser would show.
 *
 * Some sites send an empty page and the story as data: markup in a string of
 * JSON, in some script. Asked only when the page itself shows no story, this
 * takes the longest string that reads like one: JSON-LD's articleBody, or
 * markup with several paragraphs. Data of data (JSON in a string of JSON) is
 * not unpacked. */
#include "article/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "read/page_parts.h"

enum { LEAST = 400, PARAGRAPHS = 2 };

typedef struct candidate {
    sheaf_slice raw; /* between its quotes, in the source */
    bool markup;
} candidate;

/* Where the string that began before at ends: its closing quote, or the end. */
static size_t string_end(sheaf_slice text, size_t at) {
    while (at < text.size && text.data[at] != '"')
        at += text.data[at] == '\\' ? 2 : 1;
    return at < text.size ? at : text.size;
}

static size_t count(sheaf_slice text, sheaf_slice needle, size_t most) {
    size_t found = 0, at = 0;
    while (found < most && (at = sheaf_slice_find(text, at, needle)) != SIZE_MAX) {
        found++;
        at += needle.size;
    }
    return found;
}

static bool has_paragraphs(sheaf_slice raw) {
    static const char *const tags[] = {"<p", "\\u003cp", "\\u003Cp", "<br", "\\u003cbr"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (count(raw, sheaf_slice_of(tags[i]), PARAGRAPHS) >= PARAGRAPHS)
            return true;
    return false;
}

/* Whether the string at text[at] is the value of articleBody. */
static bool is_body(sheaf_slice text, size_t at) {
    const sheaf_slice key = SLICE("\"articleBody\"");
    while (at > 0 && (text.data[at - 1] == ':' || sheaf_is_space(text.data[at - 1])))
        at--;
    return sheaf_slice_ends(sheaf_slice_part(text, 0, at), key);
}

static void look_through(candidate *best, sheaf_slice script) {
    for (size_t at = 0; at < script.size; at++) {
        const char *quote = memchr(script.data + at, '"', script.size - at);
        if (!quote)
            return;
        size_t from = (size_t)(quote - script.data) + 1;
        at = string_end(script, from);
        sheaf_slice raw = sheaf_slice_part(script, from, at);
        if (raw.size < LEAST || raw.size <= best->raw.size)
            continue;
        bool markup = has_paragraphs(raw);
        if (markup || is_body(script, from - 1))
            *best = (candidate){raw, markup};
    }
}

/* Plain text as markup: each of its lines a block. */
static sheaf_slice mark_lines(sheaf_arena *arena, sheaf_slice text) {
    sheaf_buffer out = {0};
    sheaf_slice line;
    while (sheaf_slice_line(&text, &line)) {
        sheaf_buffer_add(&out, SLICE("<p>"));
        sheaf_buffer_add(&out, line);
    }
    sheaf_slice copy =
        out.failed ? (sheaf_slice){0} : sheaf_arena_copy(arena, sheaf_buffer_view(&out));
    sheaf_buffer_clear(&out);
    return copy;
}

bool sheaf_page_embedded(sheaf_page *page) {
    candidate best = {0};
    for (size_t i = 0; i < page->element_count; i++)
        if (page->elements[i].tag == SHEAF_HTML_SCRIPT)
            look_through(&best, page->elements[i].content);
    sheaf_page_scratch *scratch = sheaf_page_scratch_of(page);
    if (best.raw.size == 0 || !scratch)
        return false;
    sheaf_arena_reset(&scratch->embedded);
    sheaf_json_token token = {.kind = SHEAF_JSON_STRING, .raw = best.raw, .escaped = true};
    sheaf_slice text = sheaf_json_text(&scratch->embedded, &token);
    if (!best.markup)
        text = mark_lines(&scratch->embedded, text);
    if (scratch->embedded.failed || text.size == 0) {
        page->failed = page->failed || scratch->embedded.failed;
        return false;
    }
    size_t from = (size_t)(best.raw.data - page->source.data);
    return sheaf_page_parse_more(page, text, from, from + best.raw.size) == SHEAF_OK;
}
