/* page_stack.h - the open elements while a page is parsed. */
#ifndef SHEAF_READ_PAGE_STACK_H
#define SHEAF_READ_PAGE_STACK_H

#include "page/page_parts.h"
#include "page/page_traits.h"

enum { SHEAF_PAGE_DEPTH_MOST = 512 };

/* What holds inside an open element. */
enum {
    SHEAF_PAGE_MUTED = 1,       /* text is skipped */
    SHEAF_PAGE_BLANKS_KEPT = 2, /* white space is kept */
    SHEAF_PAGE_VERBATIM = 4,    /* raw text goes to its content */
    SHEAF_PAGE_FOREIGN = 8,     /* svg, math: children are not noted */
    SHEAF_PAGE_ENDED = 16       /* a link whose end tag stood beyond a block: it ended there */
};

typedef struct sheaf_page_open {
    uint32_t element;
    uint32_t block;    /* the innermost block-level element */
    uint32_t children; /* element children so far */
    uint32_t state;
} sheaf_page_open;

typedef struct sheaf_page_parser {
    sheaf_page *page;
    sheaf_page_scratch *scratch;
    size_t blocks_most;
    sheaf_status status;
    size_t depth;
    size_t too_deep;  /* open elements that found no place on the stack */
    uint32_t foreign; /* svg in svg */
    bool body_open;
    bool head_open;
    bool block_open;
    bool blank;                          /* white space since the last character */
    unsigned breaks;                     /* br since the last character */
    sheaf_page_block block;              /* the open one */
    uint32_t open[SHEAF_HTML_TAG_COUNT]; /* elements on the stack, by tag */
    sheaf_page_open stack[SHEAF_PAGE_DEPTH_MOST];
} sheaf_page_parser;

static inline const sheaf_page_open *sheaf_page_top(const sheaf_page_parser *p) {
    return &p->stack[p->depth - 1];
}

static inline sheaf_html_tag sheaf_page_tag_at(const sheaf_page_parser *p, size_t index) {
    return (sheaf_html_tag)p->page->elements[p->stack[index].element].tag;
}

/* Notes why parsing cannot go on; the first reason stays. */
static inline void sheaf_page_fail(sheaf_page_parser *p, sheaf_status status) {
    if (p->status == SHEAF_OK)
        p->status = status;
}

/* Notes an element under the top of the stack. False when there is no room. */
bool sheaf_page_add(sheaf_page_parser *p, const sheaf_html_token *token);

/* Opens the element noted last. */
void sheaf_page_push(sheaf_page_parser *p);

/* Closes all open elements from index on. */
void sheaf_page_close(sheaf_page_parser *p, size_t index);

/* The open element that an end tag closes, or SIZE_MAX. */
size_t sheaf_page_find_open(const sheaf_page_parser *p, sheaf_html_tag tag, sheaf_slice name);

/* The end of something inline. Beyond a block only a link is ended. */
void sheaf_page_end_inline(sheaf_page_parser *p, sheaf_html_tag tag, sheaf_slice name);

/* Closes what the start of tag implies the end of. */
void sheaf_page_imply_ends(sheaf_page_parser *p, sheaf_html_tag tag);

#endif
