/* page_url.h - addresses as pages write them, made absolute. */
#ifndef SHEAF_READ_PAGE_URL_H
#define SHEAF_READ_PAGE_URL_H

#include "base/arena.h"
#include "read/page.h"

/* The address that relative ones count from: that of the base element, or of the
 * page itself. May be empty. Lives in the arena or in url. */
sheaf_slice sheaf_page_base(sheaf_arena *arena, const sheaf_page *page, sheaf_slice url);

/* An attribute's raw value as an absolute http or https address (RFC 3986, 5.3); an
 * empty slice when it is none: "#top", "javascript:…", or relative to an unknown base. */
sheaf_slice sheaf_page_url(sheaf_arena *arena, sheaf_slice base, sheaf_slice raw);

#endif
