/* http.c - any bytes as a response: its head, chunks and encodings. */
#include <stdlib.h>

#include "base/slice.h"
#include "read/header_lines.h"
#include "read/http.h"

enum { LIMIT = 1 << 18 };

static void promise(bool kept) {
    if (!kept)
        abort();
}

/* Empty, or within the response. */
static void check_view(sheaf_slice view, sheaf_slice response) {
    promise(view.size == 0 ||
            (view.data >= response.data && view.data + view.size <= response.data + response.size));
}

static void check_head(const sheaf_http *http, sheaf_slice response) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    check_view(http->body, response);
    check_view(http->content_type, response);
    check_view(http->content_encoding, response);
    sheaf_slice unfolded = sheaf_header_unfold(&arena, http->content_type);
    promise(unfolded.size <= http->content_type.size);
    promise(sheaf_slice_find_char(unfolded, 0, '\n') == SIZE_MAX);
    sheaf_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_http http;
    sheaf_http_decoder decoder = {0};
    sheaf_slice joined, document, response = {(const char *)data, size};
    const char *note = NULL;
    sheaf_error error;
    sheaf_http_parse(&http, response);
    check_head(&http, response);
    if (sheaf_http_dechunk(&decoder, &http, &joined, &note, &error) == SHEAF_OK) {
        promise(joined.size <= http.body.size);
        if (sheaf_http_decode(&decoder, &http, joined, LIMIT, &document, &note, &error) == SHEAF_OK)
            promise(document.size <= LIMIT || document.data == joined.data);
    }
    sheaf_http_decoder_clear(&decoder);
    return 0;
}
