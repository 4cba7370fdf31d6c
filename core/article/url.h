/* url.h - just enough of RFC 3986 to compare, group and shorten URLs. */
#ifndef SHEAF_ARTICLE_URL_H
#define SHEAF_ARTICLE_URL_H

#include "base/arena.h"

/* Parts of an absolute URL, viewing into it. */
typedef struct sheaf_url {
    sheaf_slice scheme;
    sheaf_slice host; /* with neither user nor port */
    sheaf_slice path;
    sheaf_slice query;
} sheaf_url;

/* False unless text is one absolute http or https URL and nothing else. */
bool sheaf_url_parse(sheaf_url *out, sheaf_slice text);

/* Finds the first http(s) URL in running text at or after from. Closing
 * brackets and sentence ends behind it are left out. */
bool sheaf_url_find(sheaf_slice text, size_t from, size_t *start, size_t *end);

/* Scheme and host in lower case, default port, fragment, and tracking
 * parameters (utm_*, fbclid, gclid, …) dropped, empty path as "/". Text that is
 * no absolute URL comes back unchanged. */
sheaf_slice sheaf_url_normalise(sheaf_arena *arena, sheaf_slice text);

/* Host without a leading "www."; empty when text is no absolute URL. */
sheaf_slice sheaf_url_site(sheaf_slice text);

#endif
