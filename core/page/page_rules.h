/* page_rules.h - what is known of single sites: where the body stands on their
 * pages, what is none of it, and where the fields stand.
 *
 *   rules ──► example-times.com ──► keep .story-body, drop aside
 *        └──► daily.example     └─► headline from h1, published from time@datetime
 *
 * A set of rules is filled and then only read, so that many threads share one. Rules
 * are applied to a page that was judged and described, before the article is
 * filled from it: the address by which they are found may stand in the page.
 *
 * A rule that finds nothing on a page changes nothing there: sites are rebuilt,
 * and a rule of yesterday must not empty the articles of today. */
#ifndef SHEAF_READ_PAGE_RULES_H
#define SHEAF_READ_PAGE_RULES_H

#include "page/selector.h"

typedef struct sheaf_page_rules sheaf_page_rules;
typedef struct sheaf_page_rule sheaf_page_rule;

/* What becomes of the blocks in the elements that a selector matches. */
typedef enum sheaf_page_rule_kind {
    SHEAF_PAGE_RULE_KEEP,   /* they are the body, and nothing else is */
    SHEAF_PAGE_RULE_WITHIN, /* the body is somewhere in them: blocks elsewhere are dropped */
    SHEAF_PAGE_RULE_DROP,   /* they are none of it, whatever keep says */
    SHEAF_PAGE_RULE_COUNT
} sheaf_page_rule_kind;

/* Each selector is a walk over the page, so their number is how long a page may take. */
enum {
    SHEAF_PAGE_RULE_SELECTORS = 256,  /* of a site, in keep, within and drop together */
    SHEAF_PAGE_RULE_COMPOUNDS = 1024, /* of all selectors of a site: "a, b > c" has three */
    SHEAF_PAGE_RULE_ALTERNATIVES = 16 /* of a field */
};

/* An empty set. NULL when memory is out. */
sheaf_page_rules *sheaf_page_rules_new(void);
void sheaf_page_rules_free(sheaf_page_rules *rules);

/* Begins the rules of a site; name is for reasons: "rule of NAME". NULL when memory
 * is out. The set owns it. */
sheaf_page_rule *sheaf_page_rules_add(sheaf_page_rules *rules, sheaf_slice name);

/* The site has this host, and all below it. The first site that names a host has
 * it. SHEAF_MISUSE when it is no host. */
sheaf_status sheaf_page_rule_host(sheaf_page_rules *rules, sheaf_page_rule *site, sheaf_slice host,
                                  sheaf_error *error);

/* Adds a selector. SHEAF_MISUSE when it is wrong, SHEAF_LIMIT when there are too many. */
sheaf_status sheaf_page_rule_select(sheaf_page_rule *site, sheaf_page_rule_kind verdict,
                                    sheaf_slice selector, sheaf_error *error);

/* A field comes from "SELECTOR", its text, or from "SELECTOR@ATTRIBUTE". Called again
 * for the same field, it adds what is tried when those before gave nothing.
 * Fields: all of SHEAF_FIELDS but id and text, authors and keywords (each element is
 * one). A date must be one that can be read. SHEAF_MISUSE for anything else,
 * SHEAF_LIMIT for too many alternatives. */
sheaf_status sheaf_page_rule_field(sheaf_page_rule *site, sheaf_slice field, sheaf_slice from,
                                   sheaf_error *error);

/* The rules of the host of url, or else of the nearest host above it; or NULL. Rules
 * may be NULL. */
const sheaf_page_rule *sheaf_page_rules_for(const sheaf_page_rules *rules, sheaf_slice url);

size_t sheaf_page_rules_count(const sheaf_page_rules *rules);
sheaf_slice sheaf_page_rule_name(const sheaf_page_rule *site);

/* Overrides the verdicts of page, and the fields of article, with what the rule of its
 * site finds. page->failed when memory is out. */
void sheaf_page_rule_apply(const sheaf_page_rule *rule, sheaf_article *article, sheaf_page *page);

#endif
