/* page_visible.h - bylines and dates that stand only in the text that readers see. */
#ifndef SHEAF_READ_PAGE_VISIBLE_H
#define SHEAF_READ_PAGE_VISIBLE_H

#include "page/page_dates.h"
#include "page/page_facts.h"

/* A date that was seen. cost: how far from the headline, how strange its place; from
 * SHEAF_PAGE_UNSEEN on there is none. */
enum { SHEAF_PAGE_UNSEEN = 1000 };
typedef struct sheaf_page_seen_date {
    sheaf_date date;
    int cost;
    uint32_t block;
    bool labelled; /* a word says that it is of publication, or of change */
    bool relative;
} sheaf_page_seen_date;

typedef struct sheaf_page_seen {
    uint32_t title;  /* the block of the headline, or SHEAF_PAGE_NONE */
    uint32_t people; /* the block that names the authors, or SHEAF_PAGE_NONE */
    sheaf_page_seen_date published;
    sheaf_page_seen_date modified;
} sheaf_page_seen;

/* Looks around the headline and behind the body for dates and people. People become
 * facts, with ranks that say how near and how plain they were. */
void sheaf_page_visible_read(sheaf_page_facts *facts, sheaf_page_seen *seen, sheaf_slice headline,
                             const sheaf_page_clock *clock);

#endif
