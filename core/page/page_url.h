/* page_url.h - addresses as pages write them, made absolute. */
#ifndef SHEAF_READ_PAGE_URL_H
#define SHEAF_READ_PAGE_URL_H

#include "base/arena.h"
#include "page/page.h"

/* No longer address is made: what is longer is data, or an attack. */
enum { SHEAF_PAGE_URL_MOST = 8192 };

/* The address that relative ones count from: that of the base element, or of the
 * page itself. May be empty; a base element of more than 2 KiB does not count. Lives in the arena
 * or in url. */
sheaf_slice sheaf_page_base(sheaf_arena *arena, const sheaf_page *page, sheaf_slice url);

/* An attribute's raw value as an absolute http or https address (RFC 3986, 5.3); an
 * empty slice when it is none: "#top", "javascript:…", relative to an unknown base, or too long. */
sheaf_slice sheaf_page_url(sheaf_arena *arena, sheaf_slice base, sheaf_slice raw);

#endif
