/* page_parts.h - what the parts of reading a page share with one another only. */
#ifndef SHEAF_READ_PAGE_PARTS_H
#define SHEAF_READ_PAGE_PARTS_H

#include "page/page_features.h"

struct sheaf_page_phrases;

/* Kept from page to page, so that a crawl allocates next to nothing. */
typedef struct sheaf_page_scratch {
    sheaf_page_words *words;
    struct sheaf_page_phrases *phrases;
    struct sheaf_page_ago *ago;
    sheaf_buffer decoded; /* one text with its references resolved */
    sheaf_page_features *features;
    sheaf_arena embedded; /* markup found in scripts */
    sheaf_limits limits;  /* those that the page was parsed with */
} sheaf_page_scratch;

/* Makes room for one more item of size bytes; doubles. False: no memory. */
bool sheaf_page_grow(void **items, size_t count, size_t *capacity, size_t size);

/* Parses html, which must outlive the page, behind what it holds: a root of its own. Its
 * blocks come from the bytes [from, to) of the source. What does not fit the limits of the
 * page leaves it as it was. */
sheaf_status sheaf_page_parse_more(sheaf_page *page, sheaf_slice html, size_t from, size_t to);

/* Looks for a story that the page keeps in a script, for the browser to unpack, and
 * parses it behind the rest. False when there is none. */
bool sheaf_page_embedded(sheaf_page *page);

/* Gives all blocks verdict, kind and why by their scores; the threshold is at most most.
 * Returns the words kept, those of headings not counted. */
uint32_t sheaf_page_judge(sheaf_page *page, const sheaf_page_features *features, float most);

/* Whether what is kept of a page, that many words, is teasers of other pages. */
bool sheaf_page_teases(const sheaf_page *page, const sheaf_page_features *features, uint32_t kept);

/* The rest of sheaf_page_find for a page whose blocks have scores. */
void sheaf_page_decide(sheaf_page *page, const sheaf_page_features *features);

/* The scratch of a page, made when first asked for. NULL: no memory. */
sheaf_page_scratch *sheaf_page_scratch_of(sheaf_page *page);

#endif
