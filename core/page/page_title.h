/* page_title.h - which of a page's titles is the headline of its article. */
#ifndef SHEAF_READ_PAGE_TITLE_H
#define SHEAF_READ_PAGE_TITLE_H

#include "page/page_facts.h"

/* Chooses among h1, og:title, JSON-LD, <title>, … and gives article its headline,
 * and, when they differ in more than the name of the site, an alternative one. */
void sheaf_page_title_choose(sheaf_article *article, const sheaf_page_facts *facts,
                             sheaf_slice host);

/* True when text is the name of the site of these facts. */
bool sheaf_page_title_is_site(const sheaf_page_facts *facts, sheaf_slice host, sheaf_slice text);

/* The block that shows the headline, or SHEAF_PAGE_NONE. */
uint32_t sheaf_page_title_block(const sheaf_page *page, sheaf_slice headline);

#endif
