/* page.h - pages and the rules of sites, as the bindings share them. */
#ifndef SHEAF_SCRIPT_PAGE_H
#define SHEAF_SCRIPT_PAGE_H

#include "page/page_article.h"
#include "script/bind.h"

/* Pushes an empty set of rules, owned by its userdata. */
sheaf_page_rules *sheaf_rules_push(lua_State *L);

/* The rules at index, to which nothing can be added from now on. */
const sheaf_page_rules *sheaf_rules_share(lua_State *L, int index);

/* Adds the site that the table at index tells of, with its hosts and page. On
 * false, the reason is pushed. */
bool sheaf_rules_take(lua_State *L, sheaf_page_rules *rules, sheaf_slice name, int index);

/* Reads a page. Pushes what keeps it until the C function ends, and on the top its article.
 * Raises for what cannot be read at all. */
sheaf_page *sheaf_page_read(lua_State *L, sheaf_slice bytes, const sheaf_page_asked *asked);

#endif
