/* http.c - heads of responses, and chunks. */
#include "read/http.h"

#include "base/status.h"
#include "read/header_lines.h"

/* ---- the head -------------------------------------------------------------------------------- */

typedef struct http_name {
    sheaf_slice name;
    size_t offset; /* of the field in sheaf_http */
} http_name;

static const http_name names[] = {
    {SLICE("Content-Type"), offsetof(sheaf_http, content_type)},
    {SLICE("Content-Language"), offsetof(sheaf_http, content_language)},
    {SLICE("Content-Encoding"), offsetof(sheaf_http, content_encoding)},
    {SLICE("Transfer-Encoding"), offsetof(sheaf_http, transfer_encoding)},
    {SLICE("Last-Modified"), offsetof(sheaf_http, last_modified)},
};

/* The first of several with the same name counts, but an empty one does not. */
static void take_header(sheaf_http *http, sheaf_slice name, sheaf_slice value) {
    if (sheaf_slice_equal_fold(name, SLICE("Content-Length")))
        http->has_length = sheaf_header_number(value, &http->length);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheaf_slice *field = (sheaf_slice *)((char *)http + names[i].offset);
        if (field->size == 0 && sheaf_slice_equal_fold(name, names[i].name))
            *field = value;
    }
}

/* "HTTP/1.1 200 OK", "HTTP/2 200", "ICY 200 OK" */
static unsigned status_of(sheaf_slice line) {
    uint64_t status;
    size_t blank = sheaf_slice_find_char(line, 0, ' ');
    if (!sheaf_slice_starts(line, SLICE("HTTP/")) && !sheaf_slice_starts(line, SLICE("ICY ")))
        return 0;
    if (blank == SIZE_MAX)
        return 0;
    sheaf_slice rest = sheaf_slice_trim(sheaf_slice_part(line, blank, line.size));
    return sheaf_header_number(sheaf_slice_part(rest, 0, 3), &status) ? (unsigned)status : 0;
}

void sheaf_http_parse(sheaf_http *http, sheaf_slice response) {
    sheaf_slice name, value;
    size_t first = sheaf_slice_find_char(response, 0, '\n');
    *http = (sheaf_http){.body = response};
    http->status = status_of(sheaf_slice_part(response, 0, first));
    if (http->status == 0)
        return;
    size_t end = sheaf_header_end(response);
    if (end == SIZE_MAX)
        end = response.size;
    http->body = sheaf_slice_part(response, end, response.size);
    if (first == SIZE_MAX)
        return;
    sheaf_slice rest = sheaf_slice_part(response, first + 1, end);
    while (sheaf_header_next(&rest, &name, &value))
        take_header(http, name, value);
}

/* ---- chunks ---------------------------------------------------------------------------------- */

typedef struct chunk {
    sheaf_slice data;
    bool last;   /* of size 0 */
    bool short_; /* its size tells of more than there is */
} chunk;

static int hex_value(char c) {
    if (sheaf_is_digit(c))
        return c - '0';
    c = sheaf_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Takes "1F4;name=value CRLF data CRLF"; false when rest does not begin with that. */
static bool next_chunk(sheaf_slice *rest, chunk *out) {
    uint64_t size = 0;
    size_t at = 0;
    size_t end = sheaf_slice_find_char(*rest, 0, '\n');
    for (; at < rest->size && at < 16 && hex_value(rest->data[at]) >= 0; at++)
        size = size << 4 | (uint64_t)hex_value(rest->data[at]);
    if (at == 0 || end == SIZE_MAX)
        return false;
    sheaf_slice extension = sheaf_slice_trim(sheaf_slice_part(*rest, at, end));
    if (extension.size && extension.data[0] != ';')
        return false;
    sheaf_slice behind = sheaf_slice_part(*rest, end + 1, rest->size);
    out->last = size == 0;
    out->short_ = size > behind.size;
    out->data = sheaf_slice_part(behind, 0, out->short_ ? behind.size : (size_t)size);
    *rest = sheaf_slice_part(behind, out->data.size, behind.size);
    if (sheaf_slice_starts(*rest, SLICE("\r\n")))
        *rest = sheaf_slice_part(*rest, 2, rest->size);
    else if (sheaf_slice_starts(*rest, SLICE("\n")))
        *rest = sheaf_slice_part(*rest, 1, rest->size);
    return true;
}

static bool is_chunked(const sheaf_http *http) {
    sheaf_slice coding = http->transfer_encoding;
    return coding.size >= 7 &&
           sheaf_slice_equal_fold(sheaf_slice_part(coding, coding.size - 7, coding.size),
                                  SLICE("chunked"));
}

/* All behind the first chunk, copied together with it. */
static const char *join_chunks(sheaf_buffer *out, chunk one, sheaf_slice rest) {
    sheaf_buffer_reset(out);
    sheaf_buffer_add(out, one.data);
    for (;;) {
        if (one.short_)
            return "its last chunk is cut off";
        if (one.last)
            return NULL;
        if (rest.size == 0)
            return "its last chunk is missing";
        if (!next_chunk(&rest, &one)) {
            sheaf_buffer_add(out, rest);
            return "its chunks lie about their sizes";
        }
        sheaf_buffer_add(out, one.data);
    }
}

sheaf_status sheaf_http_dechunk(sheaf_http_decoder *decoder, const sheaf_http *http,
                                sheaf_slice *body, const char **note, sheaf_error *error) {
    chunk one, end;
    sheaf_slice rest = http->body;
    *body = http->body;
    if (!is_chunked(http) || !next_chunk(&rest, &one))
        return SHEAF_OK;
    sheaf_slice behind = rest;
    if (!one.short_ && next_chunk(&behind, &end) && end.last) {
        *body = one.data; /* one chunk alone is lent as it is */
        return SHEAF_OK;
    }
    const char *wrong = join_chunks(&decoder->chunks, one, rest);
    if (wrong)
        *note = wrong;
    *body = sheaf_buffer_view(&decoder->chunks);
    return decoder->chunks.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
}
