/* page_reader.c - a saved or crawled web page as one article of a pile.
 *
 * A page is read whole and depends on nothing but itself, so several threads can
 * read pages at once, each with a desk of its own. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/origin.h"
#include "page/page_article.h"
#include "read/reader.h"

/* What a thread keeps from page to page. */
typedef struct page_desk {
    sheaf_page page;
    sheaf_buffer text; /* of a page that is not UTF-8 */
} page_desk;

static void drop(void *kept) {
    page_desk *desk = kept;
    sheaf_page_clear(&desk->page);
    sheaf_buffer_clear(&desk->text);
    sheaf_free(desk);
}

/* ---- bidding ------------------------------------------------------------------------ */

static bool names_page(sheaf_slice name) {
    static const char *const ends[] = {".html", ".htm", ".xhtml", ".shtml"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t size = strlen(ends[i]);
        if (name.size > size &&
            sheaf_slice_equal_fold(sheaf_slice_part(name, name.size - size, name.size),
                                   sheaf_slice_of(ends[i])))
            return true;
    }
    return false;
}

/* Does head open with this, in any case? */
static bool opens(sheaf_slice head, const char *word) {
    sheaf_slice wanted = sheaf_slice_of(word);
    return sheaf_slice_equal_fold(sheaf_slice_part(head, 0, wanted.size), wanted);
}

/* Passes over what may stand before the first tag: comments, an XML declaration. */
static sheaf_slice first_tag(sheaf_slice head) {
    for (;;) {
        head = sheaf_slice_trim(head);
        const char *end = opens(head, "<!--") ? "-->" : opens(head, "<?") ? ">" : NULL;
        size_t at = end ? sheaf_slice_find(head, 2, sheaf_slice_of(end)) : SIZE_MAX;
        if (at == SIZE_MAX)
            return head;
        head = sheaf_slice_part(head, at + strlen(end), head.size);
    }
}

static int bid(const sheaf_input *input, sheaf_slice head) {
    static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body"};
    if (input->folder)
        return 0;
    bool wide = opens(head, "\xFF\xFE") || opens(head, "\xFE\xFF");
    if (opens(head, "\xEF\xBB\xBF"))
        head = sheaf_slice_part(head, 3, head.size);
    sheaf_slice start = first_tag(head);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (opens(start, tags[i]))
            return 90;
    }
    bool told = input->about && (opens(input->about->content_type, "text/html") ||
                                 opens(input->about->content_type, "application/xhtml+xml"));
    bool named = told || names_page(sheaf_slice_of(input->name));
    if (named && (wide || sheaf_slice_find_char(head, 0, '<') != SIZE_MAX))
        return 70;
    return 0;
}

/* ---- reading ------------------------------------------------------------------------ */

/* The charset of "text/html; charset=X", or nothing. */
static sheaf_slice charset_of(sheaf_slice type) {
    size_t at = sheaf_slice_find(type, 0, SLICE("charset="));
    if (at == SIZE_MAX)
        at = sheaf_slice_find(type, 0, SLICE("Charset="));
    if (at == SIZE_MAX)
        return (sheaf_slice){0};
    sheaf_slice rest = sheaf_slice_part(type, at + 8, type.size);
    size_t end = sheaf_slice_find_char(rest, 0, ';');
    rest = sheaf_slice_trim(sheaf_slice_part(rest, 0, end));
    if (rest.size >= 2 && (rest.data[0] == '"' || rest.data[0] == '\''))
        rest = sheaf_slice_part(rest, 1, rest.size - 1);
    return rest;
}

static sheaf_page_asked asked_of(const sheaf_input *input) {
    const sheaf_input_about *about = input->about;
    sheaf_page_asked asked = {.rules = input->rules};
    if (about) {
        asked.charset = charset_of(about->content_type);
        asked.hints = (sheaf_page_hints){about->url, about->retrieved, about->content_language,
                                         about->last_modified};
    }
    return asked;
}

static sheaf_status read_page(page_desk *desk, sheaf_article *article, const sheaf_input *input,
                              sheaf_slice bytes, sheaf_error *error) {
    sheaf_page_asked asked = asked_of(input);
    sheaf_status status =
        sheaf_page_article(article, &desk->page, &desk->text, bytes, &asked, input->limits, error);
    if (status)
        return status;
    if (article->field[SHEAF_FIELD_TEXT].size == 0)
        return sheaf_fail(error, SHEAF_UNSUPPORTED,
                          "a page without an article: none of its %zu pieces of text looks like "
                          "one (sheaf show --blocks tells why)",
                          desk->page.block_count);
    sheaf_origin_set(article, input, 0, bytes.size, "page");
    article->original = bytes;
    return sheaf_article_finish(article, bytes, 0, input->limits, error);
}

static sheaf_status read(void **kept, sheaf_article *article, const sheaf_input *input,
                         sheaf_slice bytes, sheaf_error *error) {
    page_desk *desk = *kept;
    if (!desk) {
        desk = *kept = sheaf_calloc(1, sizeof *desk);
        if (!desk)
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        sheaf_page_init(&desk->page);
    }
    return read_page(desk, article, input, bytes, error);
}

const sheaf_reader sheaf_page_reader = {.name = "page", .bid = bid, .read = read, .drop = drop};
