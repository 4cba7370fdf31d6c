/* page_traits.h - what nesting and text must know of a tag. */
#ifndef SHEAF_READ_PAGE_TRAITS_H
#define SHEAF_READ_PAGE_TRAITS_H

#include "page/html_tags.h"

enum {
    SHEAF_PAGE_PARTS = 1,       /* block-level: parts text */
    SHEAF_PAGE_EMPTY = 2,       /* has no end tag */
    SHEAF_PAGE_SCOPE = 4,       /* end tags of most others do not reach beyond it */
    SHEAF_PAGE_RAW = 8,         /* its text is not markup */
    SHEAF_PAGE_MUTES = 16,      /* its text is not read */
    SHEAF_PAGE_ITEM_KEEPS = 32, /* block-level, but an open li, dd or dt may be ended through it */
    SHEAF_PAGE_OF_HEAD = 64     /* may stand in head */
};

extern const uint8_t sheaf_page_traits[SHEAF_HTML_TAG_COUNT];

static inline bool sheaf_page_tag_parts(sheaf_html_tag tag) {
    return (sheaf_page_traits[tag] & SHEAF_PAGE_PARTS) != 0;
}

static inline bool sheaf_page_tag_heads(sheaf_html_tag tag) {
    return tag >= SHEAF_HTML_H1 && tag <= SHEAF_HTML_H6;
}

/* A table, or what rows and cells are made of. */
bool sheaf_page_tag_tables(sheaf_html_tag tag);

#endif
