/* page_embedded.c - stories that only a browser would show.
 *
 * Some sites send an empty page and the story as data: markup in a string of
 * JSON, in some script. Asked only when the page itself shows no story, this
 * takes the longest string that reads like one: JSON-LD's articleBody, or
 * markup with several paragraphs. Next.js sends data of data: its scripts push strings
 * that make one stream when put together, and the story is a string in that, or a row
 * of it that gives its size first ("1c:T5e0,<p>..."). */
#include "article/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "page/page_parts.h"

enum { LEAST = 400, PARAGRAPHS = 2 };

typedef struct candidate {
    sheaf_slice raw; /* between its quotes, in a script or in the stream of several */
    bool markup;
    bool plain; /* not escaped */
} candidate;

/* What the scripts of a page push, put together. */
typedef struct stream {
    sheaf_buffer text;
    size_t from; /* bytes of the source: the first script and the last */
    size_t to;
} stream;

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
            *best = (candidate){raw, markup, false};
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

/* What a JSON string says, in the arena. */
static sheaf_slice unescape(sheaf_arena *arena, sheaf_slice raw) {
    sheaf_json_token token = {.kind = SHEAF_JSON_STRING, .raw = raw, .escaped = true};
    return sheaf_json_text(arena, &token);
}

/* ---- streams of Next.js ---------------------------------------------------------- */

/* Adds the string that a script pushes to the stream. */
static void take_push(stream *s, sheaf_arena *arena, const sheaf_page *page, sheaf_slice script) {
    const sheaf_slice push = SLICE("self.__next_f.push([1,\"");
    script = sheaf_slice_trim(script);
    if (!sheaf_slice_starts(script, push))
        return;
    size_t from = (size_t)(script.data - page->source.data), to = from + script.size;
    sheaf_slice raw = sheaf_slice_part(script, push.size, string_end(script, push.size));
    sheaf_buffer_add(&s->text, unescape(arena, raw));
    s->from = s->to == 0 ? from : s->from;
    s->to = to;
}

static int hex_digit(char c) {
    return sheaf_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The size of the row of text that begins at text[*at], "T5e0,"; *at moves behind its
 * comma. 0 when there is none. */
static size_t row_size(sheaf_slice text, size_t *at) {
    size_t size = 0, i = *at;
    if (i >= text.size || text.data[i++] != 'T')
        return 0;
    for (; i < text.size && i < *at + 7; i++) {
        int digit = hex_digit(text.data[i]);
        if (digit < 0)
            break;
        size = size * 16 + (size_t)digit;
    }
    if (i >= text.size || text.data[i] != ',')
        return 0;
    *at = i + 1;
    return size < text.size - *at ? size : text.size - *at;
}

static void look_through_rows(candidate *best, sheaf_slice text) {
    for (size_t at = 0; at < text.size; at++) {
        const char *colon = memchr(text.data + at, ':', text.size - at);
        if (!colon)
            return;
        at = (size_t)(colon - text.data);
        size_t from = at + 1, size = row_size(text, &from);
        if (size < LEAST)
            continue;
        sheaf_slice raw = sheaf_slice_part(text, from, from + size);
        if (size > best->raw.size && has_paragraphs(raw))
            *best = (candidate){raw, true, true};
        at = from + size - 1;
    }
}

static void look_through_stream(candidate *best, sheaf_slice text) {
    look_through(best, text);
    look_through_rows(best, text);
}

/* ---- entry point ----------------------------------------------------------------- */

static void look_everywhere(candidate *best, stream *pushed, sheaf_arena *arena,
                            const sheaf_page *page) {
    for (size_t i = 0; i < page->element_count; i++) {
        if (page->elements[i].tag != SHEAF_HTML_SCRIPT)
            continue;
        look_through(best, page->elements[i].content);
        take_push(pushed, arena, page, page->elements[i].content);
    }
    if (!pushed->text.failed)
        look_through_stream(best, sheaf_buffer_view(&pushed->text));
}

/* Parses what was found behind the rest of the page. */
static bool take(sheaf_page *page, sheaf_arena *arena, const candidate *best,
                 const stream *pushed) {
    sheaf_slice text =
        best->plain ? sheaf_arena_copy(arena, best->raw) : unescape(arena, best->raw);
    if (!best->markup)
        text = mark_lines(arena, text);
    if (arena->failed || text.size == 0)
        return false;
    bool in_source = best->raw.data >= page->source.data &&
                     best->raw.data < page->source.data + page->source.size;
    size_t from = in_source ? (size_t)(best->raw.data - page->source.data) : pushed->from;
    size_t to = in_source ? from + best->raw.size : pushed->to;
    return sheaf_page_parse_more(page, text, from, to) == SHEAF_OK;
}

bool sheaf_page_embedded(sheaf_page *page) {
    sheaf_page_scratch *scratch = sheaf_page_scratch_of(page);
    if (!scratch)
        return false;
    candidate best = {0};
    stream pushed = {0};
    sheaf_arena_reset(&scratch->embedded);
    look_everywhere(&best, &pushed, &scratch->embedded, page);
    bool found = best.raw.size > 0 && take(page, &scratch->embedded, &best, &pushed);
    page->failed = page->failed || scratch->embedded.failed || pushed.text.failed;
    sheaf_buffer_clear(&pushed.text);
    return found;
}
