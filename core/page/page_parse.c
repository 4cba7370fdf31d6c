/* page_parse.c - tokens become elements, text and blocks, in one pass.
 *
 * A stack of open elements says where we are; each entry knows its element, the
 * innermost block-level one, and what holds inside it (text is skipped, white
 * space counts). Nesting follows the standard where it changes where text
 * stands: ends that are implied, end tags that close to their match within
 * their scope. It does not move things about as the standard does (misnested
 * formatting, text in tables): labels on blocks never depend on that.
 *
 *   <div> <p>One <b>two</b> <p>Three</div>
 *   text:   One two LF Three LF
 *   blocks: [One two] in p, [Three] in p
 *
 * Invariants: parents stand before children; a block's element is block-level;
 * there is a root as soon as there is anything. Deeper than SHEAF_PAGE_DEPTH_MOST an
 * element is still noted, but what is in it belongs to the one around it: all
 * scans of the stack are bounded, so time is linear in the bytes. */
#include "page/page.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "page/page_fold.h"
#include "page/page_stack.h"

enum {
    ELEMENTS_KEPT = 1 << 16, /* a larger table is given back before the next page */
    TEXT_KEPT = 4 << 20,     /* and so is a larger text */
    SOURCE_MOST = 1 << 30
};

/* Ends the open block. LF parts it from what follows. */
static void end_block(sheaf_page_parser *p) {
    p->breaks = 0;
    p->blank = false;
    if (!p->block_open)
        return;
    sheaf_page *page = p->page;
    p->block_open = false;
    p->block.to = (uint32_t)page->text.size;
    sheaf_buffer_char(&page->text, '\n');
    if (page->block_count >= p->blocks_most) {
        sheaf_page_fail(p, SHEAF_LIMIT);
        return;
    }
    if (!sheaf_page_grow((void **)&page->blocks, page->block_count, &page->block_capacity,
                         sizeof *page->blocks)) {
        sheaf_page_fail(p, SHEAF_NO_MEMORY);
        return;
    }
    page->blocks[page->block_count++] = p->block;
}

static void begin_block(sheaf_page_parser *p, size_t source_from) {
    p->block_open = true;
    p->block = (sheaf_page_block){.element = sheaf_page_top(p)->block,
                                  .from = (uint32_t)p->page->text.size,
                                  .source_from = (uint32_t)source_from,
                                  .why = ""};
}

/* The source bytes of a text without the white space around. */
static void source_range(const sheaf_html_token *token, size_t *from, size_t *to) {
    sheaf_slice trimmed = sheaf_slice_trim(token->data);
    *from = token->from + (size_t)(trimmed.size ? trimmed.data - token->data.data : 0);
    *to = *from + trimmed.size;
}

static void add_text(sheaf_page_parser *p, const sheaf_html_token *token, sheaf_slice text) {
    bool kept = (sheaf_page_top(p)->state & SHEAF_PAGE_BLANKS_KEPT) != 0;
    size_t skipped = kept && p->block_open ? 0 : sheaf_page_blanks(text, &p->blank);
    if (skipped == text.size)
        return;
    size_t from, to;
    source_range(token, &from, &to);
    if (p->block_open && p->breaks >= 2)
        end_block(p);
    if (!p->block_open)
        begin_block(p, from);
    p->breaks = 0;
    text = sheaf_slice_part(text, skipped, text.size);
    if (kept)
        sheaf_page_keep(&p->page->text, text);
    else
        sheaf_page_fold(&p->page->text, p->block.from, &p->blank, text);
    p->block.source_to = (uint32_t)to;
}

/* ---- tags ------------------------------------------------------------------------- */

/* A root for pages that begin without one. */
static void need_root(sheaf_page_parser *p) {
    if (p->depth > 0)
        return;
    sheaf_html_token root = {
        .kind = SHEAF_HTML_START, .tag = SHEAF_HTML_HTML, .name = SLICE("html")};
    if (sheaf_page_add(p, &root))
        sheaf_page_push(p);
}

/* html and body tags that come again, or late, lend their attributes at most. */
static bool is_repeated(sheaf_page_parser *p, const sheaf_html_token *token) {
    if (token->tag == SHEAF_HTML_BODY)
        return p->body_open;
    if (token->tag == SHEAF_HTML_HEAD)
        return p->body_open || p->head_open;
    if (token->tag != SHEAF_HTML_HTML || p->depth == 0)
        return false;
    sheaf_page_element *root = &p->page->elements[p->stack[0].element];
    if (root->attributes.size == 0)
        root->attributes = token->attributes;
    return true;
}

/* What cannot stand in head ends it. */
static void leave_head(sheaf_page_parser *p) {
    for (size_t i = 1; i < p->depth && i < 3; i++)
        if (sheaf_page_tag_at(p, i) == SHEAF_HTML_HEAD) {
            sheaf_page_close(p, i);
            break;
        }
    p->head_open = false;
}

/* A tag inside svg or math: most are passed over, block-level ones break out. */
static bool is_foreign(sheaf_page_parser *p, const sheaf_html_token *token) {
    if (!(sheaf_page_top(p)->state & SHEAF_PAGE_FOREIGN))
        return false;
    bool nests = token->tag == SHEAF_HTML_SVG || token->tag == SHEAF_HTML_MATH;
    if (token->kind == SHEAF_HTML_START) {
        if (nests && !token->self_closing)
            p->foreign++;
        if (!(sheaf_page_traits[token->tag] & SHEAF_PAGE_PARTS))
            return true;
        while (p->depth > 1 && (sheaf_page_top(p)->state & SHEAF_PAGE_FOREIGN))
            sheaf_page_close(p, p->depth - 1);
        p->foreign = 0;
        return false;
    }
    if (nests && p->foreign > 0) {
        p->foreign--;
        return true;
    }
    return !nests && !(sheaf_page_traits[token->tag] & SHEAF_PAGE_PARTS);
}

static void start_break(sheaf_page_parser *p) {
    if (sheaf_page_top(p)->state & SHEAF_PAGE_MUTED)
        return;
    if (sheaf_page_top(p)->state & SHEAF_PAGE_BLANKS_KEPT) {
        if (p->block_open)
            sheaf_buffer_char(&p->page->text, '\n');
        return;
    }
    p->breaks++;
    p->blank = true;
}

static void start_tag(sheaf_page_parser *p, const sheaf_html_token *token) {
    sheaf_html_tag tag = token->tag;
    if (is_repeated(p, token))
        return;
    if (tag != SHEAF_HTML_HTML)
        need_root(p);
    if (p->status != SHEAF_OK || (p->depth > 0 && is_foreign(p, token)))
        return;
    if (p->head_open && !(sheaf_page_traits[tag] & SHEAF_PAGE_OF_HEAD))
        leave_head(p);
    if (sheaf_page_traits[tag] & SHEAF_PAGE_PARTS) {
        end_block(p);
        sheaf_page_imply_ends(p, tag);
    } else if (tag == SHEAF_HTML_A) {
        sheaf_page_end_inline(p, tag, token->name);
    }
    if (tag == SHEAF_HTML_BR)
        start_break(p);
    if (!sheaf_page_add(p, token))
        return;
    p->body_open = p->body_open || tag == SHEAF_HTML_BODY;
    p->head_open = p->head_open || tag == SHEAF_HTML_HEAD;
    bool foreign = tag == SHEAF_HTML_SVG || tag == SHEAF_HTML_MATH;
    if (!(sheaf_page_traits[tag] & SHEAF_PAGE_EMPTY) && !(foreign && token->self_closing))
        sheaf_page_push(p);
}

static void end_tag(sheaf_page_parser *p, const sheaf_html_token *token) {
    sheaf_html_tag tag = token->tag;
    if (p->depth == 0 || is_foreign(p, token))
        return;
    if (p->too_deep > 0) {
        p->too_deep--;
        if (sheaf_page_traits[tag] & SHEAF_PAGE_PARTS)
            end_block(p);
        return;
    }
    if (tag == SHEAF_HTML_BR)
        start_break(p);
    if (tag == SHEAF_HTML_HEAD)
        leave_head(p);
    if (tag == SHEAF_HTML_BODY || tag == SHEAF_HTML_HTML) {
        end_block(p);
        return;
    }
    if (!(sheaf_page_traits[tag] & SHEAF_PAGE_PARTS) &&
        !(sheaf_page_traits[tag] & (SHEAF_PAGE_RAW | SHEAF_PAGE_MUTES))) {
        sheaf_page_end_inline(p, tag, token->name);
        return;
    }
    if (sheaf_page_traits[tag] & SHEAF_PAGE_PARTS)
        end_block(p);
    size_t index = sheaf_page_find_open(p, tag, token->name);
    if (index != SIZE_MAX)
        sheaf_page_close(p, index);
}

/* Raw text is over at the first token that is no text. */
static void leave_verbatim(sheaf_page_parser *p, const sheaf_html_token *token) {
    if (p->depth > 1 && (sheaf_page_top(p)->state & SHEAF_PAGE_VERBATIM) &&
        token->kind != SHEAF_HTML_TEXT &&
        !(token->kind == SHEAF_HTML_END && token->tag == sheaf_page_tag_at(p, p->depth - 1)))
        sheaf_page_close(p, p->depth - 1);
}

static void text_token(sheaf_page_parser *p, const sheaf_html_token *token) {
    if (p->depth > 0 && (sheaf_page_top(p)->state & SHEAF_PAGE_VERBATIM)) {
        p->page->elements[sheaf_page_top(p)->element].content = token->data;
        if (sheaf_page_top(p)->state & SHEAF_PAGE_MUTED)
            return;
    }
    if (p->depth > 0 && (sheaf_page_top(p)->state & SHEAF_PAGE_MUTED))
        return;
    sheaf_slice text = token->data;
    if (!token->plain) {
        sheaf_buffer_reset(&p->scratch->decoded);
        sheaf_html_unescape(&p->scratch->decoded, text, false);
        if (p->scratch->decoded.failed)
            sheaf_page_fail(p, SHEAF_NO_MEMORY);
        text = sheaf_buffer_view(&p->scratch->decoded);
    }
    bool blank = false;
    if (p->head_open || p->depth == 0) {
        if (sheaf_page_blanks(text, &blank) == text.size)
            return;
        leave_head(p);
        need_root(p);
    }
    if (p->status == SHEAF_OK)
        add_text(p, token, text);
}

static void read_tokens(sheaf_page_parser *p, sheaf_slice source) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_init(&html, source);
    while (p->status == SHEAF_OK) {
        html.foreign = p->depth > 0 && (sheaf_page_top(p)->state & SHEAF_PAGE_FOREIGN);
        sheaf_html_next(&html, &token);
        leave_verbatim(p, &token);
        if (token.kind == SHEAF_HTML_END_OF_FILE)
            break;
        if (token.kind == SHEAF_HTML_TEXT)
            text_token(p, &token);
        else if (token.kind == SHEAF_HTML_START)
            start_tag(p, &token);
        else if (token.kind == SHEAF_HTML_END)
            end_tag(p, &token);
    }
    end_block(p);
    sheaf_page_close(p, 0);
}

/* ---- entry points ------------------------------------------------------------------- */

/* Empties page; a table that one monstrous page made is given back. */
static void empty(sheaf_page *page) {
    page->source = (sheaf_slice){0};
    page->element_count = 0;
    page->block_count = 0;
    page->failed = false;
    if (page->text.capacity > TEXT_KEPT)
        sheaf_buffer_clear(&page->text);
    sheaf_buffer_reset(&page->text);
    if (page->element_capacity <= ELEMENTS_KEPT)
        return;
    sheaf_free(page->elements);
    page->elements = NULL;
    page->element_capacity = 0;
}

/* Parses source behind what the page has already. */
static sheaf_status parse(sheaf_page *page, sheaf_slice source, const sheaf_limits *limits) {
    sheaf_page_parser p = {.page = page, .blocks_most = limits->block_items};
    p.scratch = sheaf_page_scratch_of(page);
    if (!p.scratch)
        p.status = SHEAF_NO_MEMORY;
    else if (source.size > limits->document_bytes || source.size > SOURCE_MOST ||
             page->text.size > SOURCE_MOST)
        p.status = SHEAF_LIMIT;
    if (p.status == SHEAF_OK)
        read_tokens(&p, source);
    if (page->text.failed)
        p.status = SHEAF_NO_MEMORY;
    if (p.scratch)
        p.scratch->limits = *limits;
    page->failed = p.status == SHEAF_NO_MEMORY;
    return p.status;
}

sheaf_status sheaf_page_parse(sheaf_page *page, sheaf_slice source, const sheaf_limits *limits,
                              sheaf_error *error) {
    empty(page);
    page->source = source;
    sheaf_status status = parse(page, source, limits);
    if (status == SHEAF_LIMIT)
        return sheaf_fail(error, status,
                          "the page has more elements or blocks than the limits allow");
    return status == SHEAF_OK ? status : sheaf_fail(error, status, "out of memory");
}

sheaf_status sheaf_page_parse_more(sheaf_page *page, sheaf_slice html, size_t from, size_t to) {
    size_t first = page->block_count, elements = page->element_count, text = page->text.size;
    sheaf_page_scratch *scratch = sheaf_page_scratch_of(page);
    sheaf_limits limits = scratch ? scratch->limits : SHEAF_LIMITS_DEFAULT;
    sheaf_status status = parse(page, html, &limits);
    if (status != SHEAF_OK) { /* the features in use know of no half of a story */
        page->block_count = first;
        page->element_count = elements;
        page->text.size = text;
    }
    for (size_t i = first; i < page->block_count; i++) {
        page->blocks[i].source_from = (uint32_t)from;
        page->blocks[i].source_to = (uint32_t)to;
    }
    return status;
}

bool sheaf_page_attribute(const sheaf_page_element *element, const char *name, sheaf_slice *value) {
    sheaf_html_attribute attribute;
    sheaf_slice wanted = sheaf_slice_of(name);
    size_t at = 0;
    while (sheaf_html_attribute_next(element->attributes, &at, &attribute))
        if (attribute.name.size == wanted.size && sheaf_slice_equal_fold(attribute.name, wanted)) {
            *value = attribute.value;
            return true;
        }
    return false;
}

sheaf_slice sheaf_page_text_of(const sheaf_page *page, const sheaf_page_element *element) {
    return sheaf_slice_trim(
        sheaf_slice_part(sheaf_buffer_view(&page->text), element->text_from, element->text_to));
}
