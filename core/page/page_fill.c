/* page_fill.c - the kept blocks become the article: text, links, images.
 *
 * Blocks go over one by one; only the cells of a table row become one block,
 * parted by " | ". Links are those inside kept blocks. Images are those that
 * stand between the headline and the last kept block, with the caption of their
 * figure; what looks like an icon, a portrait of the author or a teaser is
 * none. */
#include "base/memory.h"
#include "base/slice.h"
#include "page/page_credit.h"
#include "page/page_parts.h"
#include "page/page_url.h"

enum { ICON = 64, LINKS_MOST = 1000, IMAGES_MOST = 200 };

typedef struct filler {
    sheaf_article *article;
    const sheaf_page *page;
    sheaf_slice base;
    uint32_t first; /* bytes of the text from the first kept block to the last */
    uint32_t last;
} filler;

/* ---- text ---------------------------------------------------------------------- */

/* The cell that a block stands in, and the row of that; SHEAF_PAGE_NONE where there is none. */
typedef struct place {
    uint32_t cell;
    uint32_t row;
} place;

static place place_of(const sheaf_page *page, const sheaf_page_block *block) {
    place found = {SHEAF_PAGE_NONE, SHEAF_PAGE_NONE};
    if (block->kind != SHEAF_BLOCK_TABLE)
        return found;
    for (uint32_t at = block->element; at != SHEAF_PAGE_NONE; at = page->elements[at].parent) {
        uint16_t tag = page->elements[at].tag;
        if (tag == SHEAF_HTML_TD || tag == SHEAF_HTML_TH)
            found.cell = found.cell == SHEAF_PAGE_NONE ? at : found.cell;
        if (tag == SHEAF_HTML_TABLE)
            break;
        if (tag == SHEAF_HTML_TR) {
            found.row = at;
            break;
        }
    }
    return found;
}

/* The text of blocks [from, to) that are a row, those not kept left out. */
static sheaf_slice join_row(sheaf_arena *arena, const sheaf_page *page, size_t from, size_t to) {
    size_t size = 0;
    for (size_t i = from; i < to; i++)
        size += page->blocks[i].to - page->blocks[i].from + 3;
    char *out = sheaf_arena_alloc(arena, size + 1), *at = out;
    if (!out)
        return (sheaf_slice){0};
    for (size_t i = from; i < to; i++) {
        if (page->blocks[i].verdict != SHEAF_PAGE_KEPT)
            continue;
        sheaf_slice text = sheaf_page_block_text(page, &page->blocks[i]);
        memcpy(at, " | ", at > out ? 3 : 0);
        at += at > out ? 3 : 0;
        memcpy(at, text.data, text.size);
        at += text.size;
    }
    return (sheaf_slice){out, (size_t)(at - out)};
}

static size_t next_kept(const sheaf_page *page, size_t at) {
    while (at < page->block_count && page->blocks[at].verdict != SHEAF_PAGE_KEPT)
        at++;
    return at;
}

/* One behind the last block of the row of data that begins with a kept block: cells that
 * hold one block each. Where a cell holds more, the table is there for the look of things,
 * as in old forums, and its blocks stay apart: *apart notes the row. */
static size_t row_end(const sheaf_page *page, size_t from, uint32_t *apart) {
    place first = place_of(page, &page->blocks[from]), last = first;
    size_t end = from + 1;
    if (first.row == SHEAF_PAGE_NONE || first.row == *apart)
        return end;
    for (size_t i = next_kept(page, end); i < page->block_count; i = next_kept(page, i + 1)) {
        if (page->blocks[i].element >= page->elements[first.row].end)
            break;
        place here = place_of(page, &page->blocks[i]);
        if (here.row != first.row || here.cell == last.cell) {
            *apart = first.row;
            return from + 1;
        }
        last = here;
        end = i + 1;
    }
    return end;
}

/* The block of text that starts at kept block *at; *at moves to the next kept one. */
static sheaf_block_text take_text(sheaf_arena *arena, const sheaf_page *page, size_t *at,
                                  uint32_t *apart) {
    const sheaf_page_block *block = &page->blocks[*at];
    size_t from = *at, end = row_end(page, from, apart);
    *at = next_kept(page, end);
    sheaf_slice text =
        end > from + 1 ? join_row(arena, page, from, end) : sheaf_page_block_text(page, block);
    return (sheaf_block_text){.text = text,
                              .kind = (sheaf_block_kind)block->kind,
                              .source_from = block->source_from,
                              .source_to = page->blocks[end - 1].source_to};
}

static void fill_text(filler *f) {
    const sheaf_page *page = f->page;
    size_t kept = 0;
    for (size_t at = next_kept(page, 0); at < page->block_count; at = next_kept(page, at + 1))
        kept++;
    sheaf_block_text *parts = sheaf_arena_zero(&f->article->arena, kept + 1, sizeof *parts);
    if (!parts)
        return;
    size_t count = 0;
    uint32_t apart = SHEAF_PAGE_NONE;
    for (size_t at = next_kept(page, 0); at < page->block_count;)
        parts[count++] = take_text(&f->article->arena, page, &at, &apart);
    sheaf_article_set_blocks(f->article, parts, count);
}

/* ---- links ------------------------------------------------------------------------ */

/* The kept block that the element's text stands in, or NULL. */
static const sheaf_page_block *kept_around(const sheaf_page *page,
                                           const sheaf_page_element *element, size_t *at) {
    while (*at < page->block_count && page->blocks[*at].to <= element->text_from)
        ++*at;
    if (*at == page->block_count || page->blocks[*at].verdict != SHEAF_PAGE_KEPT ||
        element->text_to <= page->blocks[*at].from)
        return NULL;
    return &page->blocks[*at];
}

static void fill_links(filler *f) {
    const sheaf_page *page = f->page;
    size_t at = 0, count = 0;
    for (size_t i = 0; i < page->element_count && count < LINKS_MOST; i++) {
        const sheaf_page_element *element = &page->elements[i];
        sheaf_slice href;
        if (element->tag != SHEAF_HTML_A || element->text_to == element->text_from ||
            !kept_around(page, element, &at) || !sheaf_page_attribute(element, "href", &href))
            continue;
        sheaf_slice url = sheaf_page_url(&f->article->arena, f->base, href);
        if (url.size == 0)
            continue;
        sheaf_article_add_link(f->article, url, sheaf_page_text_of(page, element));
        count++;
    }
}

/* ---- images ----------------------------------------------------------------------- */

/* The first address of a srcset. */
static sheaf_slice first_of(sheaf_slice set) {
    set = sheaf_slice_trim(set);
    size_t size = 0;
    while (size < set.size && !sheaf_is_space(set.data[size]))
        size++;
    while (size > 0 && set.data[size - 1] == ',')
        size--;
    return sheaf_slice_part(set, 0, size);
}

/* Where an image really is: lazy loaders keep it out of src. */
static sheaf_slice image_url(filler *f, const sheaf_page_element *element) {
    static const struct {
        const char *name;
        bool set;
    } places[] = {{"data-src", false},      {"data-original", false}, {"data-lazy-src", false},
                  {"data-full-src", false}, {"data-srcset", true},    {"src", false},
                  {"srcset", true}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        sheaf_slice raw;
        if (!sheaf_page_attribute(element, places[i].name, &raw))
            continue;
        sheaf_slice url =
            sheaf_page_url(&f->article->arena, f->base, places[i].set ? first_of(raw) : raw);
        if (url.size > 0)
            return url;
    }
    return (sheaf_slice){0};
}

static bool is_small(const sheaf_page_element *element, const char *name) {
    sheaf_slice raw;
    if (!sheaf_page_attribute(element, name, &raw))
        return false;
    unsigned value = 0;
    size_t at = 0;
    for (; at < raw.size && at < 6 && sheaf_is_digit(raw.data[at]); at++)
        value = value * 10 + (unsigned)(raw.data[at] - '0');
    return at > 0 && at == raw.size && value < ICON;
}

static bool is_picture(const filler *f, const sheaf_page_element *element) {
    const uint32_t elsewhere = SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER | SHEAF_PAGE_IN_ASIDE |
                               SHEAF_PAGE_IN_FORM | SHEAF_PAGE_IN_BUTTON;
    const uint32_t other = SHEAF_PAGE_WORD_AUTHOR | SHEAF_PAGE_WORD_ADVERT |
                           SHEAF_PAGE_WORD_RELATED | SHEAF_PAGE_WORD_SHARE |
                           SHEAF_PAGE_WORD_COMMENTS;
    if (element->text_from < f->first || element->text_from > f->last ||
        (element->inside & elsewhere) || is_small(element, "width") || is_small(element, "height"))
        return false;
    uint32_t classes = element->classes, at = element->parent;
    for (int i = 0; i < 4 && at != SHEAF_PAGE_NONE; i++, at = f->page->elements[at].parent)
        classes |= f->page->elements[at].classes;
    return !(classes & other);
}

static bool has_image(const sheaf_article *article, sheaf_slice url) {
    for (size_t i = 0; i < article->images.count; i++)
        if (sheaf_slice_equal(article->images.items[i].url, url))
            return true;
    return false;
}

/* The figure around an element, or SHEAF_PAGE_NONE. */
static uint32_t figure_of(const sheaf_page *page, uint32_t at) {
    if (!(page->elements[at].inside & SHEAF_PAGE_IN_FIGURE))
        return SHEAF_PAGE_NONE;
    while (at != SHEAF_PAGE_NONE && page->elements[at].tag != SHEAF_HTML_FIGURE)
        at = page->elements[at].parent;
    return at;
}

static bool is_credit(const sheaf_page_element *element) {
    sheaf_slice value;
    static const char *const names[] = {"itemprop", "class"};
    static const char *const words[] = {"credit", "copyright",    "Credit",
                                        "source", "photographer", "byline"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!sheaf_page_attribute(element, names[i], &value))
            continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (sheaf_slice_find(value, 0, sheaf_slice_of(words[k])) != SIZE_MAX)
                return true;
    }
    return false;
}

static sheaf_slice one_line(sheaf_arena *arena, sheaf_slice text) {
    sheaf_slice copy = sheaf_arena_copy(arena, text);
    char *bytes = (char *)copy.data;
    for (size_t i = 0; i < copy.size; i++)
        if (bytes[i] == '\n')
            bytes[i] = ' ';
    return copy;
}

/* What a figure's caption says, and whom it credits; the credit is taken off the caption's
 * end when it stands there. */
static void read_caption(filler *f, uint32_t figure, sheaf_slice *caption, sheaf_slice *credit) {
    const sheaf_page *page = f->page;
    for (uint32_t i = figure; i < page->elements[figure].end; i++) {
        const sheaf_page_element *element = &page->elements[i];
        if (element->tag == SHEAF_HTML_FIGCAPTION && caption->size == 0)
            *caption = sheaf_page_text_of(page, element);
        else if (credit->size == 0 && element->text_to > element->text_from &&
                 (element->flags & (SHEAF_PAGE_HAS_CLASS | SHEAF_PAGE_HAS_ITEMPROP)) &&
                 is_credit(element))
            *credit = sheaf_page_text_of(page, element);
    }
    if (credit->size > 0 && credit->size < caption->size && sheaf_slice_ends(*caption, *credit))
        *caption = sheaf_slice_trim(sheaf_slice_part(*caption, 0, caption->size - credit->size));
    else if (credit->size == 0)
        *credit = sheaf_page_credit_take(caption);
    *credit = sheaf_page_credit_name(*credit);
    *caption = one_line(&f->article->arena, *caption);
    *credit = one_line(&f->article->arena, *credit);
}

static void add_image(filler *f, uint32_t index) {
    sheaf_slice url = image_url(f, &f->page->elements[index]);
    if (url.size == 0 || has_image(f->article, url))
        return;
    sheaf_slice caption = {0}, credit = {0};
    uint32_t figure = figure_of(f->page, index);
    if (figure != SHEAF_PAGE_NONE)
        read_caption(f, figure, &caption, &credit);
    sheaf_article_add_image(f->article, url, caption, credit);
}

static void fill_images(filler *f) {
    const sheaf_page *page = f->page;
    size_t before = f->article->images.count;
    uint32_t done = SHEAF_PAGE_NONE; /* the figure seen last: one image each */
    for (uint32_t i = 0; i < page->element_count; i++) {
        const sheaf_page_element *element = &page->elements[i];
        if (element->tag != SHEAF_HTML_IMG || !is_picture(f, element))
            continue;
        uint32_t figure = figure_of(page, i);
        size_t count = f->article->images.count;
        if (count - before >= IMAGES_MOST)
            break;
        if (figure != SHEAF_PAGE_NONE && figure == done)
            continue;
        add_image(f, i);
        if (f->article->images.count > count)
            done = figure;
    }
}

/* ---- entry point -------------------------------------------------------------------- */

/* The stretch of text in which images belong to the article: from the headline, when
 * it stands before, to the end of the last kept block. */
static bool find_stretch(filler *f) {
    const sheaf_page *page = f->page;
    bool any = false;
    for (size_t i = 0; i < page->block_count; i++) {
        const sheaf_page_block *block = &page->blocks[i];
        bool headline = !any && page->elements[block->element].tag == SHEAF_HTML_H1;
        if (headline)
            f->first = block->from;
        if (block->verdict != SHEAF_PAGE_KEPT)
            continue;
        if (!any && f->first == SHEAF_PAGE_NONE)
            f->first = block->from;
        any = true;
        f->last = block->to;
    }
    return any;
}

void sheaf_page_fill(sheaf_article *article, const sheaf_page *page) {
    filler f = {.article = article, .page = page, .first = SHEAF_PAGE_NONE};
    fill_text(&f);
    if (!find_stretch(&f))
        return;
    sheaf_slice url = article->field[SHEAF_FIELD_URL];
    if (url.size == 0)
        url = article->field[SHEAF_FIELD_CANONICAL_URL];
    f.base = sheaf_page_base(&article->arena, page, url);
    fill_links(&f);
    fill_images(&f);
}
