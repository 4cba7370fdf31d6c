/* plain.c - finds the paragraphs of a text that comes as one string.
 *
 * Where a line ends, three things can be meant: a paragraph ends, nothing (the
 * line was wrapped at a width), or, with a blank line, surely a paragraph ends.
 * A run of lines between blank lines counts as wrapped when its lines, but for
 * the last, are about equally long and no longer than a typewriter's. */
#include "article/article.h"
#include "base/slice.h"

enum { WRAP_MIN = 40, WRAP_MAX = 100 };

/* Bytes that a text cannot keep: controls but for LF and TAB. */
static bool is_control(char c) {
    return ((unsigned char)c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

static bool needs_cleaning(sheaf_slice text) {
    bool found = false;
    for (size_t i = 0; i < text.size; i++)
        found |= is_control(text.data[i]) | (text.data[i] == '\t');
    return found;
}

/* Line ends become LF, tabs blanks, other controls go. */
static sheaf_slice clean_controls(sheaf_arena *arena, sheaf_slice text) {
    char *out = sheaf_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    if (!out)
        return (sheaf_slice){0};
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\r')
            c = i + 1 < text.size && text.data[i + 1] == '\n' ? '\0' : '\n';
        if (c == '\v' || c == '\f')
            c = '\n';
        if (c == '\t')
            c = ' ';
        if (!is_control(c))
            out[size++] = c;
    }
    out[size] = '\0';
    return (sheaf_slice){out, size};
}

/* The run of lines that starts at *at, up to a blank line; *at moves behind. */
static sheaf_slice next_run(sheaf_slice text, size_t *at) {
    size_t from = *at;
    size_t end = from;
    while (end < text.size) {
        size_t line_end = sheaf_slice_find_char(text, end, '\n');
        if (line_end == SIZE_MAX)
            line_end = text.size;
        sheaf_slice line = sheaf_slice_trim(sheaf_slice_part(text, end, line_end));
        size_t next = line_end < text.size ? line_end + 1 : text.size;
        if (line.size == 0) {
            *at = next;
            return sheaf_slice_part(text, from, end);
        }
        end = next;
    }
    *at = end;
    return sheaf_slice_part(text, from, end);
}

static bool ends_sentence(sheaf_slice line) {
    char last = line.size ? line.data[line.size - 1] : '.';
    return last == '.' || last == '!' || last == '?' || last == ':' || last == '"';
}

static bool is_wrapped(sheaf_slice run) {
    sheaf_slice rest = run;
    sheaf_slice line;
    size_t lines = 0;
    size_t fitting = 0;
    size_t ended = 0;
    while (sheaf_slice_line(&rest, &line)) {
        bool last = rest.size == 0;
        if (line.size > WRAP_MAX)
            return false;
        lines++;
        fitting += last || line.size >= WRAP_MIN;
        ended += !last && ends_sentence(sheaf_slice_trim(line));
    }
    return lines > 1 && fitting == lines && ended * 2 <= lines - 1;
}

typedef struct block_list {
    sheaf_arena *arena;
    sheaf_block_text *items;
    size_t count;
    size_t capacity;
} block_list;

static void add(block_list *list, sheaf_slice text) {
    text = sheaf_slice_trim(text);
    if (text.size && sheaf_arena_grow(list->arena, (void **)&list->items, list->count,
                                      &list->capacity, sizeof *list->items))
        list->items[list->count++] = (sheaf_block_text){.text = text};
}

static void add_lines(block_list *list, sheaf_slice run) {
    sheaf_slice line;
    while (sheaf_slice_line(&run, &line))
        add(list, line);
}

/* Joins wrapped lines; their bytes are the arena's own copy. */
static void add_joined(block_list *list, sheaf_slice run) {
    sheaf_slice copy = sheaf_arena_copy(list->arena, run);
    char *data = (char *)(uintptr_t)copy.data;
    size_t size = 0;
    for (size_t i = 0; i < copy.size; i++) {
        char c = data[i] == '\n' ? ' ' : data[i];
        if (c != ' ' || (size > 0 && data[size - 1] != ' '))
            data[size++] = c;
    }
    add(list, (sheaf_slice){data, size});
}

void sheaf_article_set_plain(sheaf_article *article, sheaf_slice text) {
    block_list list = {.arena = &article->arena};
    if (needs_cleaning(text))
        text = clean_controls(&article->arena, text);
    for (size_t at = 0; at < text.size;) {
        sheaf_slice run = next_run(text, &at);
        if (is_wrapped(run))
            add_joined(&list, run);
        else
            add_lines(&list, run);
    }
    sheaf_article_set_blocks(article, list.items, list.count);
}
