/* html_raw.h - where raw text ends. */
#ifndef SHEAF_READ_HTML_RAW_H
#define SHEAF_READ_HTML_RAW_H

#include "page/html_token.h"

/* How text after a start tag is read. */
sheaf_html_state sheaf_html_raw_state(sheaf_html_tag tag);

/* Where the raw text of html->state that starts at html->at ends: at its end tag
 * ("</title" and a byte that ends the name), or at the end of the input. *special: it
 * holds CR, NUL or, where references count, '&'. */
size_t sheaf_html_raw_end(const sheaf_html *html, bool *special);

#endif
