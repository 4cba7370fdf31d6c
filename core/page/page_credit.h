/* page_credit.h - whom a caption credits. */
#ifndef SHEAF_READ_PAGE_CREDIT_H
#define SHEAF_READ_PAGE_CREDIT_H

#include "base/arena.h"

/* Takes the credit off the end of a caption, "(Photograph: Ana Lopez/PA)", "Foto: dpa",
 * "© Harbour Post", and says whom it names: "Ana Lopez/PA". Empty, and the
 * caption untouched, when there is none. Nothing is copied. */
sheaf_slice sheaf_page_credit_take(sheaf_slice *caption);

/* Whom a text names that is a credit and nothing else: "Photo: Ana Lopez" is Ana Lopez. */
sheaf_slice sheaf_page_credit_name(sheaf_slice credit);

#endif
