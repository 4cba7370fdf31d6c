/* page_stack.c - nesting: elements open, end, and imply the end of others.
 *
 * It follows the standard where that changes where text stands. It does not move
 * things about as the standard does (misnested formatting, text in tables): no
 * judgement of a block depends on that. All scans of the stack are bounded by
 * its depth, so time is linear in the bytes. */
#include "page/page_stack.h"

#include "base/slice.h"
#include "page/page_names.h"

enum { ELEMENTS_MOST = 1 << 20 };

/* Notes an element under the top of the stack. False when there is no room. */
bool sheaf_page_add(sheaf_page_parser *p, const sheaf_html_token *token) {
    sheaf_page *page = p->page;
    if (page->element_count >= ELEMENTS_MOST) {
        sheaf_page_fail(p, SHEAF_LIMIT);
        return false;
    }
    if (!sheaf_page_grow((void **)&page->elements, page->element_count, &page->element_capacity,
                         sizeof *page->elements)) {
        sheaf_page_fail(p, SHEAF_NO_MEMORY);
        return false;
    }
    sheaf_page_names words = sheaf_page_names_of(p->scratch->words, token);
    uint32_t text_from = (uint32_t)page->text.size;
    uint32_t first_block = (uint32_t)(page->block_count + p->block_open);
    sheaf_page_element *element = &page->elements[page->element_count++];
    *element = (sheaf_page_element){.parent = SHEAF_PAGE_NONE,
                                    .end = (uint32_t)page->element_count,
                                    .tag = (uint16_t)token->tag,
                                    .classes = words.classes,
                                    .all_classes = words.classes,
                                    .inside = words.inside,
                                    .path = words.hash,
                                    .flags = words.flags,
                                    .text_from = text_from,
                                    .text_to = text_from,
                                    .first_block = first_block,
                                    .block_end = first_block,
                                    .name = token->name,
                                    .attributes = token->attributes};
    if (p->depth == 0)
        return true;
    sheaf_page_open *over = &p->stack[p->depth - 1];
    const sheaf_page_element *parent = &page->elements[over->element];
    element->parent = over->element;
    element->depth = (uint16_t)(parent->depth + 1);
    element->place = over->children++;
    element->all_classes |= parent->all_classes;
    element->inside |= parent->inside;
    element->path ^= parent->path * 1000003u;
    return true;
}

static uint32_t state_inside(const sheaf_page_parser *p, const sheaf_page_element *element) {
    sheaf_html_tag tag = (sheaf_html_tag)element->tag;
    uint32_t state = p->depth ? sheaf_page_top(p)->state &
                                    (SHEAF_PAGE_MUTED | SHEAF_PAGE_BLANKS_KEPT | SHEAF_PAGE_FOREIGN)
                              : 0;
    bool skipped = tag != SHEAF_HTML_TEMPLATE || (element->inside & SHEAF_PAGE_IN_SKIPPED);
    if ((sheaf_page_traits[tag] & SHEAF_PAGE_MUTES) && skipped)
        state |= SHEAF_PAGE_MUTED;
    if (element->inside & (SHEAF_PAGE_IN_MARK | SHEAF_PAGE_IN_REFERENCE))
        state |= SHEAF_PAGE_MUTED;
    if (sheaf_page_traits[tag] & SHEAF_PAGE_RAW)
        state |= SHEAF_PAGE_VERBATIM;
    if (tag == SHEAF_HTML_PRE || tag == SHEAF_HTML_XMP)
        state |= SHEAF_PAGE_BLANKS_KEPT;
    if (tag == SHEAF_HTML_SVG || tag == SHEAF_HTML_MATH)
        state |= SHEAF_PAGE_FOREIGN;
    return state;
}

/* Opens the element noted last. */
void sheaf_page_push(sheaf_page_parser *p) {
    uint32_t index = (uint32_t)(p->page->element_count - 1);
    const sheaf_page_element *element = &p->page->elements[index];
    if (p->depth == SHEAF_PAGE_DEPTH_MOST) {
        p->too_deep++;
        return;
    }
    bool parts = p->depth == 0 || (sheaf_page_traits[element->tag] & SHEAF_PAGE_PARTS);
    sheaf_page_open opened = {.element = index,
                              .block = parts ? index : sheaf_page_top(p)->block,
                              .state = state_inside(p, element)};
    p->stack[p->depth++] = opened;
    p->open[element->tag]++;
}

/* Where an open element ends: here. */
static void end_here(sheaf_page_parser *p, sheaf_page_open *open) {
    sheaf_page *page = p->page;
    sheaf_page_element *element = &page->elements[open->element];
    element->text_to = (uint32_t)page->text.size;
    element->block_end = (uint32_t)(page->block_count + p->block_open);
}

/* Closes all open elements from index on. */
void sheaf_page_close(sheaf_page_parser *p, size_t index) {
    while (p->depth > index) {
        sheaf_page_open *open = &p->stack[--p->depth];
        sheaf_page_element *element = &p->page->elements[open->element];
        element->end = (uint32_t)p->page->element_count;
        p->open[element->tag]--;
        if (!(open->state & SHEAF_PAGE_ENDED))
            end_here(p, open);
    }
    p->too_deep = 0;
}

/* ---- nesting -------------------------------------------------------------------- */

static bool same_element(const sheaf_page_parser *p, size_t index, sheaf_html_tag tag,
                         sheaf_slice name) {
    sheaf_html_tag other = sheaf_page_tag_at(p, index);
    if (sheaf_page_tag_heads(tag))
        return sheaf_page_tag_heads(other);
    return other == tag &&
           (tag != SHEAF_HTML_OTHER ||
            sheaf_slice_equal_fold(p->page->elements[p->stack[index].element].name, name));
}

/* Spares stray end tags the walk down the stack. */
static bool any_open(const sheaf_page_parser *p, sheaf_html_tag tag) {
    if (!sheaf_page_tag_heads(tag))
        return p->open[tag] > 0;
    for (int heading = SHEAF_HTML_H1; heading <= SHEAF_HTML_H6; heading++)
        if (p->open[heading] > 0)
            return true;
    return false;
}

/* The open element that an end tag closes, or SIZE_MAX. Parts of a table are
 * looked for up to their table, others up to the next cell. */
size_t sheaf_page_find_open(const sheaf_page_parser *p, sheaf_html_tag tag, sheaf_slice name) {
    if (!any_open(p, tag))
        return SIZE_MAX;
    for (size_t i = p->depth; i-- > 1;) {
        if (same_element(p, i, tag, name))
            return i;
        sheaf_html_tag other = sheaf_page_tag_at(p, i);
        if (sheaf_page_tag_tables(tag) ? other == SHEAF_HTML_TABLE
                                       : (sheaf_page_traits[other] & SHEAF_PAGE_SCOPE) != 0)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool parts_above(const sheaf_page_parser *p, size_t index) {
    for (size_t i = index + 1; i < p->depth; i++)
        if (sheaf_page_traits[sheaf_page_tag_at(p, i)] & SHEAF_PAGE_PARTS)
            return true;
    return false;
}

/* The end of something inline. Beyond a block only a link is ended. */
void sheaf_page_end_inline(sheaf_page_parser *p, sheaf_html_tag tag, sheaf_slice name) {
    size_t index = sheaf_page_find_open(p, tag, name);
    if (index == SIZE_MAX)
        return;
    sheaf_page_open *open = &p->stack[index];
    if (!parts_above(p, index)) {
        sheaf_page_close(p, index);
    } else if (tag == SHEAF_HTML_A && !(open->state & SHEAF_PAGE_ENDED)) {
        end_here(p, open);
        open->state |= SHEAF_PAGE_ENDED;
    }
}

/* A block-level start tag ends the paragraph that it stands in. */
static void end_paragraph(sheaf_page_parser *p) {
    for (size_t i = p->depth; i-- > 1;) {
        sheaf_html_tag tag = sheaf_page_tag_at(p, i);
        if (tag == SHEAF_HTML_P) {
            sheaf_page_close(p, i);
            return;
        }
        if (sheaf_page_traits[tag] & (SHEAF_PAGE_PARTS | SHEAF_PAGE_SCOPE))
            return;
    }
}

/* Ends the nearest of two tags, unless one of stop or a block stands between. */
static void end_sibling(sheaf_page_parser *p, sheaf_html_tag one, sheaf_html_tag two,
                        unsigned through) {
    for (size_t i = p->depth; i-- > 1;) {
        sheaf_html_tag tag = sheaf_page_tag_at(p, i);
        if (tag == one || tag == two) {
            sheaf_page_close(p, i);
            return;
        }
        if ((sheaf_page_traits[tag] & SHEAF_PAGE_PARTS) && !(sheaf_page_traits[tag] & through))
            return;
    }
}

/* Rows and cells end all that is open in the row or cell before, up to the table. */
static void end_in_table(sheaf_page_parser *p, const sheaf_html_tag *tags, size_t count) {
    size_t found = SIZE_MAX;
    for (size_t i = p->depth; i-- > 1;) {
        sheaf_html_tag tag = sheaf_page_tag_at(p, i);
        if (tag == SHEAF_HTML_TABLE)
            break;
        for (size_t k = 0; k < count; k++)
            if (tag == tags[k])
                found = i;
    }
    if (found != SIZE_MAX)
        sheaf_page_close(p, found);
}

static void end_heading(sheaf_page_parser *p) {
    for (size_t i = p->depth; i-- > 1;) {
        if (sheaf_page_tag_heads(sheaf_page_tag_at(p, i))) {
            sheaf_page_close(p, i);
            return;
        }
        if (sheaf_page_traits[sheaf_page_tag_at(p, i)] & SHEAF_PAGE_PARTS)
            return;
    }
}

/* Closes what the start of tag implies the end of. */
void sheaf_page_imply_ends(sheaf_page_parser *p, sheaf_html_tag tag) {
    static const sheaf_html_tag cells[] = {SHEAF_HTML_CAPTION, SHEAF_HTML_TD, SHEAF_HTML_TH};
    static const sheaf_html_tag rows[] = {SHEAF_HTML_CAPTION, SHEAF_HTML_TD, SHEAF_HTML_TH,
                                          SHEAF_HTML_TR};
    static const sheaf_html_tag groups[] = {SHEAF_HTML_CAPTION, SHEAF_HTML_TD,    SHEAF_HTML_TH,
                                            SHEAF_HTML_TR,      SHEAF_HTML_TBODY, SHEAF_HTML_THEAD,
                                            SHEAF_HTML_TFOOT};
    switch (tag) {
    case SHEAF_HTML_LI: end_sibling(p, SHEAF_HTML_LI, SHEAF_HTML_LI, SHEAF_PAGE_ITEM_KEEPS); break;
    case SHEAF_HTML_DD:
    case SHEAF_HTML_DT: end_sibling(p, SHEAF_HTML_DD, SHEAF_HTML_DT, SHEAF_PAGE_ITEM_KEEPS); break;
    case SHEAF_HTML_OPTION: end_sibling(p, SHEAF_HTML_OPTION, SHEAF_HTML_OPTION, 0); break;
    case SHEAF_HTML_OPTGROUP: end_sibling(p, SHEAF_HTML_OPTION, SHEAF_HTML_OPTGROUP, 0); break;
    case SHEAF_HTML_TD:
    case SHEAF_HTML_TH: end_in_table(p, cells, sizeof cells / sizeof *cells); return;
    case SHEAF_HTML_TR: end_in_table(p, rows, sizeof rows / sizeof *rows); return;
    case SHEAF_HTML_TBODY:
    case SHEAF_HTML_THEAD:
    case SHEAF_HTML_TFOOT: end_in_table(p, groups, sizeof groups / sizeof *groups); return;
    default: break;
    }
    end_paragraph(p);
    if (sheaf_page_tag_heads(tag))
        end_heading(p);
}
