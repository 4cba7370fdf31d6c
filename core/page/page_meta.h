/* page_meta.h - which names in <meta>, itemprop and property mean which field. */
#ifndef SHEAF_READ_PAGE_META_H
#define SHEAF_READ_PAGE_META_H

#include "page/page_facts.h"

typedef struct sheaf_page_meta {
    const char *name; /* lower case */
    sheaf_page_fact_kind kind;
    uint8_t rank;
    const char *rule;
} sheaf_page_meta;

/* The entry of a name of <meta>, whatever its case; NULL for all others. */
const sheaf_page_meta *sheaf_page_meta_find(sheaf_slice name);

/* The same for itemprop and RDFa property on elements of the body. */
const sheaf_page_meta *sheaf_page_property_find(sheaf_slice name);

/* Entry number index of either table, in order; NULL behind the last. */
const sheaf_page_meta *sheaf_page_meta_at(size_t index);
const sheaf_page_meta *sheaf_page_property_at(size_t index);

#endif
