/* page_article.h - the whole way of a web page, from its bytes to an article. */
#ifndef SHEAF_READ_PAGE_ARTICLE_H
#define SHEAF_READ_PAGE_ARTICLE_H

#include "page/page_rules.h"

/* How a page is to be read; all may be empty. */
typedef struct sheaf_page_asked {
    sheaf_page_hints hints;
    sheaf_slice charset;           /* what the transport says of its encoding */
    const sheaf_page_rules *rules; /* of web sites, or NULL */
} sheaf_page_asked;

/* Parses, judges and describes the page that bytes are, in whatever encoding, lets
 * the rule of its site have the last word, and fills article: all but
 * provenance and what sheaf_article_finish does. text holds the page when it is
 * not UTF-8; page views into it or into bytes. SHEAF_NO_MEMORY, SHEAF_LIMIT. */
sheaf_status sheaf_page_article(sheaf_article *article, sheaf_page *page, sheaf_buffer *text,
                                sheaf_slice bytes, const sheaf_page_asked *asked,
                                const sheaf_limits *limits, sheaf_error *error);

#endif
