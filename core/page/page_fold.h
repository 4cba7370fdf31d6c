/* page_fold.h - text of a page with its white space folded. */
#ifndef SHEAF_READ_PAGE_FOLD_H
#define SHEAF_READ_PAGE_FOLD_H

#include "base/buffer.h"

/* How many bytes of white space, or of nothing (soft hyphen, zero width), text begins
 * with. *blank becomes true when there was white space. */
size_t sheaf_page_blanks(sheaf_slice text, bool *blank);

/* Appends text, each run of white space as one blank, but none before the byte begin of
 * out. *blank: whether white space stood before; becomes whether it stands behind. */
void sheaf_page_fold(sheaf_buffer *out, size_t begin, bool *blank, sheaf_slice text);

/* Appends text as it is, line ends as LF. */
void sheaf_page_keep(sheaf_buffer *out, sheaf_slice text);

#endif
