/* page_saved.h - what a program that saves pages has written into them. */
#ifndef SHEAF_READ_PAGE_SAVED_H
#define SHEAF_READ_PAGE_SAVED_H

#include "page/page.h"

/* Sets hints->url and hints->retrieved, where they are empty, from the comment that
 * browsers and SingleFile put at the head of a saved page. What is made lives in
 * arena. */
void sheaf_page_saved(sheaf_page_hints *hints, sheaf_slice source, sheaf_arena *arena);

#endif
