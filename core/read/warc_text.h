/* warc_text.h - text that a crawl has made of a page (WET) as an article. */
#ifndef SHEAF_READ_WARC_TEXT_H
#define SHEAF_READ_WARC_TEXT_H

#include "article/article.h"
#include "read/input.h"

/* Fills article, which is reset, but for where it came from: a paragraph a line, and
 * the first line as headline where it looks like one. */
sheaf_status sheaf_warc_text(sheaf_article *article, sheaf_slice text,
                             const sheaf_input_about *about, const sheaf_limits *limits,
                             sheaf_error *error);

#endif
