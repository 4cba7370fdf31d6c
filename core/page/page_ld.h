/* page_ld.h - what JSON-LD says about the article of a page. */
#ifndef SHEAF_READ_PAGE_LD_H
#define SHEAF_READ_PAGE_LD_H

#include "page/page_facts.h"
#include "page/page_ld_tree.h"

/* Finds the node that is the article, whatever the shape of the graph, and adds what
 * it says to facts. */
void sheaf_page_ld_read(sheaf_page_facts *facts, const sheaf_ld_tree *tree);

#endif
