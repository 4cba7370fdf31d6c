/* page.h - a web page in one pass: its elements, its blocks of text, and what
 * was decided about each.
 *
 *   bytes ──► tokens ──► elements (a flat table, parents before children)
 *                   └──► text (one buffer, white space folded)
 *                   └──► blocks (stretches of text between block-level tags)
 *
 *   sheaf_page_parse     fills elements, text, blocks
 *   sheaf_page_find      judges every block: kept or dropped, kind, why
 *   sheaf_page_describe  reads the metadata into an article
 *
 * There is no DOM: an element knows its parent, its raw attributes and which
 * text stands in it. Offsets called source are bytes of the UTF-8 input. A page
 * can be parsed into again and again; it keeps its memory. */
#ifndef SHEAF_READ_PAGE_H
#define SHEAF_READ_PAGE_H

#include "article/article.h"
#include "page/html_token.h"

#define SHEAF_PAGE_NONE UINT32_MAX

typedef struct sheaf_page_element {
    uint32_t parent; /* SHEAF_PAGE_NONE for a root */
    uint32_t end;    /* one behind its last descendant in the table */
    uint16_t tag;    /* sheaf_html_tag */
    uint16_t depth;
    uint32_t place;       /* number among its parent's element children, from 0 */
    uint32_t classes;     /* bits of meaning of its own class and id words: page_words.h */
    uint32_t all_classes; /* the same of it and all around it */
    uint32_t inside;      /* bits of the tags of it and all around it: page_words.h */
    uint32_t path;        /* hash of tag and class down from the root */
    uint32_t flags;       /* SHEAF_PAGE_HAS_… */
    uint32_t text_from;   /* bytes of page->text that stand in it */
    uint32_t text_to;
    uint32_t first_block; /* blocks that begin in it: [first_block, block_end) */
    uint32_t block_end;
    sheaf_slice name;
    sheaf_slice attributes; /* raw; for sheaf_html_attribute_next */
    sheaf_slice content;    /* raw content of script, style, title, textarea, … */
} sheaf_page_element;

/* Attributes that metadata and rules ask for, noted as the tag passes. */
enum {
    SHEAF_PAGE_HAS_ITEMPROP = 1,
    SHEAF_PAGE_HAS_REL = 2,
    SHEAF_PAGE_HAS_DATETIME = 4,
    SHEAF_PAGE_HAS_PROPERTY = 8, /* property= (RDFa, OpenGraph) or name= on meta */
    SHEAF_PAGE_HAS_CLASS = 16,
    SHEAF_PAGE_HAS_ID = 32,
    SHEAF_PAGE_HIDDEN = 64, /* hidden, aria-hidden="true", display:none */
    SHEAF_PAGE_HAS_ITEMTYPE = 128,
};

typedef enum sheaf_page_verdict {
    SHEAF_PAGE_DROPPED,
    SHEAF_PAGE_KEPT,
    SHEAF_PAGE_ASIDE /* kept elsewhere: caption or credit of an image, headline, byline, date */
} sheaf_page_verdict;

typedef struct sheaf_page_block {
    uint32_t element; /* the innermost block-level element it stands in */
    uint32_t from;    /* bytes of page->text */
    uint32_t to;
    uint32_t source_from; /* bytes of the source, from its first to its last character */
    uint32_t source_to;
    /* Set by find: */
    uint8_t verdict; /* sheaf_page_verdict */
    uint8_t kind;    /* sheaf_block_kind */
    float score;     /* 0 to 1, of the trees */
    const char *why; /* static words for the verdict: "trees", "inside nav", "rule of the site" */
} sheaf_page_block;

typedef struct sheaf_page {
    sheaf_slice source; /* UTF-8; lent: must outlive the page */
    sheaf_page_element *elements;
    size_t element_count, element_capacity;
    sheaf_page_block *blocks;
    size_t block_count, block_capacity;
    sheaf_buffer text;
    void *scratch; /* of the finder: features and tables kept from page to page */
    bool failed;   /* memory ran out */
} sheaf_page;

/* What is known of a page before reading it. All may be empty. */
typedef struct sheaf_page_hints {
    sheaf_slice url;
    sheaf_slice retrieved;     /* EDTF, of the crawl: relative dates count from here */
    sheaf_slice language;      /* HTTP Content-Language */
    sheaf_slice last_modified; /* HTTP, as it stands */
} sheaf_page_hints;

void sheaf_page_init(sheaf_page *page);
void sheaf_page_clear(sheaf_page *page);

/* Parses source into page, which is emptied first. SHEAF_NO_MEMORY; SHEAF_LIMIT
 * when it has more elements or blocks than limits allow. */
sheaf_status sheaf_page_parse(sheaf_page *page, sheaf_slice source, const sheaf_limits *limits,
                              sheaf_error *error);

/* Judges all blocks. Never fails but for memory (page->failed). */
void sheaf_page_find(sheaf_page *page);

/* Reads headline, authors, dates, … into article; each with its reason. Blocks
 * that are the headline, a byline or a date become SHEAF_PAGE_ASIDE. */
void sheaf_page_describe(sheaf_article *article, sheaf_page *page, const sheaf_page_hints *hints);

/* Gives article its text, blocks and images from the blocks kept. */
void sheaf_page_fill(sheaf_article *article, const sheaf_page *page);

/* The value of an attribute of an element, raw; false when it has none. */
bool sheaf_page_attribute(const sheaf_page_element *element, const char *name, sheaf_slice *value);

/* The text that stands in an element, white space folded; blocks are parted by LF. */
sheaf_slice sheaf_page_text_of(const sheaf_page *page, const sheaf_page_element *element);

static inline sheaf_slice sheaf_page_block_text(const sheaf_page *page,
                                                const sheaf_page_block *block) {
    return (sheaf_slice){page->text.data + block->from, (size_t)(block->to - block->from)};
}

#endif
