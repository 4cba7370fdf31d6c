/* page_names.h - what the attributes of a start tag say of the element. */
#ifndef SHEAF_READ_PAGE_NAMES_H
#define SHEAF_READ_PAGE_NAMES_H

#include "page/html_token.h"
#include "page/page_words.h"

typedef struct sheaf_page_names {
    uint32_t classes; /* SHEAF_PAGE_WORD_… of class, id and data attributes */
    uint32_t hash;    /* of tag and class */
    uint32_t inside;  /* SHEAF_PAGE_IN_… of tag, role, itemprop, hidden */
    uint32_t flags;   /* SHEAF_PAGE_HAS_… */
    bool shadow_root; /* a template that is shown all the same */
    bool streamed;    /* a hidden part that a script of React moves to its place */
} sheaf_page_names;

sheaf_page_names sheaf_page_names_of(sheaf_page_words *words, const sheaf_html_token *token);

#endif
