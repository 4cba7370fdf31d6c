/* page_facts.h - everything a page says about itself, before anybody judges it.
 *
 * A fact is one value for one field from one source, as plain text. Facts of a kind
 * are kept in the order found; rank says how far its source is to be trusted, by
 * measure: 0 is the surest. */
#ifndef SHEAF_READ_PAGE_FACTS_H
#define SHEAF_READ_PAGE_FACTS_H

#include "page/page.h"

typedef enum sheaf_page_fact_kind {
    SHEAF_FACT_HEADLINE,
    SHEAF_FACT_ALTERNATIVE,
    SHEAF_FACT_DESCRIPTION,
    SHEAF_FACT_AUTHOR,
    SHEAF_FACT_PUBLISHED,
    SHEAF_FACT_MODIFIED,
    SHEAF_FACT_SECTION,
    SHEAF_FACT_KEYWORDS,
    SHEAF_FACT_PUBLISHER,
    SHEAF_FACT_SITE, /* names the site, less surely its publisher */
    SHEAF_FACT_CANONICAL,
    SHEAF_FACT_URL,
    SHEAF_FACT_LANGUAGE,
    SHEAF_FACT_IMAGE,
    SHEAF_FACT_KIND_COUNT
} sheaf_page_fact_kind;

typedef struct sheaf_page_fact {
    sheaf_page_fact_kind kind;
    uint8_t rank;
    const char *rule;  /* static: what stands in the article as the reason */
    sheaf_slice value; /* plain text in the arena */
    sheaf_slice role;  /* of an author: what they are; of an image: its caption */
    uint32_t element;  /* where it stands, or SHEAF_PAGE_NONE */
    bool organisation; /* an author that the source calls no person */
} sheaf_page_fact;

typedef struct sheaf_page_facts {
    const sheaf_page *page;
    sheaf_arena *arena;
    sheaf_page_fact *items;
    size_t count;
    size_t capacity;
} sheaf_page_facts;

/* Adds a fact; empty values are passed over. */
void sheaf_page_fact_add(sheaf_page_facts *facts, sheaf_page_fact fact);

/* The first fact of that kind and the lowest rank, or NULL. */
const sheaf_page_fact *sheaf_page_fact_best(const sheaf_page_facts *facts,
                                            sheaf_page_fact_kind kind);

/* Text of markup or JSON as plain text: references decoded (also those that were
 * escaped twice), tags taken out, white space folded. */
sheaf_slice sheaf_page_plain(sheaf_arena *arena, sheaf_slice text);

/* Collects the facts of elements and of JSON-LD, in one walk. */
void sheaf_page_facts_read(sheaf_page_facts *facts);

#endif
