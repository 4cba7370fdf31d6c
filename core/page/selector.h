/* selector.h - CSS selectors over the flat element table of a page.
 *
 *   compile   ".story > p:not(.ad), article time[datetime]"  ──► selector
 *   begin     page ──► selection: names of its elements, looked up once
 *   find      selector, selection ──► elements, in the order of the page
 *
 * What is understood: * tag .class #id [a] [a=v] [a~=v] [a|=v] [a^=v] [a$=v]
 * [a*=v] (with i or s behind the value), descendants, > + ~, comma lists,
 * :first-child :last-child :only-child :nth-child(an+b) :empty :root, :is() and
 * :not() of lists without combinators, :has() of such lists, each with > before it
 * or not, and :contains("text"). Tags and names of attributes have no case, as
 * in HTML; classes, ids and text have; values as HTML has it for each attribute.
 *
 * A selector is immutable and may be used by many threads; a selection is one
 * thread's. Finding takes time linear in the page. */
#ifndef SHEAF_READ_SELECTOR_H
#define SHEAF_READ_SELECTOR_H

#include "page/page.h"

enum {
    SHEAF_SELECTOR_BYTES = 2048,   /* of its text */
    SHEAF_SELECTOR_COMPOUNDS = 64, /* stretches between combinators and commas, all together */
    SHEAF_SELECTOR_NESTING = 4     /* of :is, :not and :has */
};

typedef struct sheaf_selector sheaf_selector;

/* Compiles text. SHEAF_MISUSE when it is wrong: the message ends with the text
 * and a caret below the place. */
sheaf_status sheaf_selector_compile(sheaf_selector **out, sheaf_slice text, sheaf_error *error);
void sheaf_selector_free(sheaf_selector *selector);

/* How many compounds it has, those of :has too: what finding costs. */
size_t sheaf_selector_size(const sheaf_selector *selector);

typedef struct sheaf_selection sheaf_selection;

/* NULL when memory is out. */
sheaf_selection *sheaf_selection_new(void);
void sheaf_selection_free(sheaf_selection *selection);

/* Makes page ready to be searched; it must not change meanwhile, but for its
 * verdicts. False when memory is out. */
bool sheaf_selection_begin(sheaf_selection *selection, const sheaf_page *page);

/* The elements that selector matches, numbers in rising order; the array lasts until
 * the next find. False when memory is out. */
bool sheaf_selection_find(sheaf_selection *selection, const sheaf_selector *selector,
                          const uint32_t **elements, size_t *count);

#endif
