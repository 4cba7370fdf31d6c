/* bundle.h - an output of several files: a ZIP, a folder, or a listing for tests.
 *
 * What is written depends on names, bytes and their order alone: no times, no
 * owners. Nothing is seen under its final name before it is whole. */
#ifndef SHEAF_SCRIPT_BUNDLE_H
#define SHEAF_SCRIPT_BUNDLE_H

#include "base/buffer.h"
#include "base/status.h"

typedef struct sheaf_bundle sheaf_bundle;

/* What comes of a ZIP or a listing is appended to the buffers given later on.
 * NULL when memory is out. */
sheaf_bundle *sheaf_bundle_zip(void);
sheaf_bundle *sheaf_bundle_listing(void);

/* path ends in '/' or is a folder. SHEAF_EXISTS when it holds files that no bundle
 * has put there; one that a bundle has made is replaced at the end. */
sheaf_status sheaf_bundle_folder(sheaf_bundle **out, const char *path, sheaf_error *error);

/* Adds a file. name is relative, with '/' between its parts. SHEAF_MISUSE when it
 * was added before or is no such name. In a ZIP a file of a few bytes is stored, as
 * the "mimetype" of an EPUB must be; others are deflated where that makes them smaller. */
sheaf_status sheaf_bundle_add(sheaf_bundle *bundle, sheaf_buffer *out, sheaf_slice name,
                              sheaf_slice bytes, sheaf_error *error);

/* The directory of a ZIP; the final name of a folder. Nothing can be added behind. */
sheaf_status sheaf_bundle_finish(sheaf_bundle *bundle, sheaf_buffer *out, sheaf_error *error);

/* Removes what is unfinished. */
void sheaf_bundle_free(sheaf_bundle *bundle);

bool sheaf_bundle_is_folder(const sheaf_bundle *bundle);

/* Is path to be a folder, from how it ends or what is there? */
bool sheaf_bundle_wants_folder(const char *path);

#endif
