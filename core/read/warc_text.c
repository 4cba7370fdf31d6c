/* warc_text.c - lines of a WET record as paragraphs.
 *
 * The crawler has put the title of the page in front and every stretch of it on a
 * line of its own, menus and all. Nothing tells the article from the rest any more,
 * so all of it stays. */
#include "read/warc_text.h"

#include "base/slice.h"
#include "base/status.h"

enum { SHORTEST = 8, LONGEST = 200 };

/* A title: not long, and not closed as a sentence is. */
static bool is_headline(sheaf_slice line) {
    static const sheaf_slice ends[] = {SLICE("."), SLICE(","), SLICE(";"), SLICE(":"),
                                       SLICE("\xE3\x80\x82")};
    if (line.size < SHORTEST || line.size > LONGEST)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (sheaf_slice_ends(line, ends[i]))
            return false;
    }
    return true;
}

static size_t count_lines(sheaf_slice text) {
    sheaf_slice line;
    size_t count = 0;
    while (sheaf_slice_line(&text, &line))
        count += sheaf_slice_trim(line).size > 0;
    return count;
}

/* The lines with anything on them, and where they stand. */
static size_t list_lines(sheaf_block_text *lines, size_t most, sheaf_slice text) {
    sheaf_slice rest = text, line;
    size_t count = 0;
    while (count < most && sheaf_slice_line(&rest, &line)) {
        line = sheaf_slice_trim(line);
        if (line.size == 0)
            continue;
        uint64_t from = (uint64_t)(line.data - text.data);
        lines[count++] = (sheaf_block_text){line, SHEAF_BLOCK_PARAGRAPH, from, from + line.size};
    }
    return count;
}

sheaf_status sheaf_warc_text(sheaf_article *article, sheaf_slice text,
                             const sheaf_input_about *about, const sheaf_limits *limits,
                             sheaf_error *error) {
    size_t most = count_lines(text);
    if (most > limits->block_items)
        most = limits->block_items;
    sheaf_block_text *lines = sheaf_arena_zero(&article->arena, most ? most : 1, sizeof *lines);
    if (!lines)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    size_t count = list_lines(lines, most, text);
    bool headed = count > 1 && is_headline(lines[0].text);
    if (headed)
        sheaf_article_win(article, SHEAF_FIELD_HEADLINE, lines[0].text, "first line of the text");
    sheaf_article_set_blocks(article, lines + headed, count - headed);
    sheaf_article_set(article, SHEAF_FIELD_URL, about->url);
    sheaf_article_set(article, SHEAF_FIELD_RETRIEVED, about->retrieved);
    return SHEAF_OK;
}
