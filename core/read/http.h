/* http.h - an HTTP response as a crawl keeps it: its head, and the document that
 * was sent, out of chunks and content encodings.
 *
 * Servers and crawlers both lie: a header may tell of chunks or gzip that somebody
 * has undone already, and lengths of what was never sent. What the bytes themselves
 * show is believed; docs/input.md has the list. */
#ifndef SHEAF_READ_HTTP_H
#define SHEAF_READ_HTTP_H

#include "base/arena.h"
#include "base/buffer.h"

/* Slices view the response; values may be folded: see sheaf_header_unfold. */
typedef struct sheaf_http {
    unsigned status; /* 0 when there is no status line: all of it is the body */
    sheaf_slice content_type;
    sheaf_slice content_language;
    sheaf_slice content_encoding;
    sheaf_slice transfer_encoding;
    sheaf_slice last_modified;
    bool has_length;
    uint64_t length;  /* as told */
    sheaf_slice body; /* as sent, behind the head */
} sheaf_http;

/* Never fails: what has no head is all body. */
void sheaf_http_parse(sheaf_http *http, sheaf_slice response);

/* Where bodies are decoded; {0} to begin with. Its memory is used again. */
typedef struct sheaf_http_decoder {
    sheaf_buffer chunks;
    sheaf_buffer layers[2];
    size_t unpacked; /* bytes that were unpacked in all; the caller sets it back */
} sheaf_http_decoder;

void sheaf_http_decoder_clear(sheaf_http_decoder *decoder);

/* Undoes chunks alone; the body itself where it is not in chunks. *note is set to
 * what was wrong, in static words. */
sheaf_status sheaf_http_dechunk(sheaf_http_decoder *decoder, const sheaf_http *http,
                                sheaf_slice *body, const char **note, sheaf_error *error);

/* Undoes content encodings of bytes. What cannot be unpacked to its end gives what
 * there is and a note. SHEAF_LIMIT beyond limit bytes; SHEAF_BAD_INPUT when nothing
 * at all could be unpacked; SHEAF_UNSUPPORTED for unknown encodings, and for more than
 * two of them one in another. */
sheaf_status sheaf_http_decode(sheaf_http_decoder *decoder, const sheaf_http *http,
                               sheaf_slice bytes, size_t limit, sheaf_slice *document,
                               const char **note, sheaf_error *error);

#endif
