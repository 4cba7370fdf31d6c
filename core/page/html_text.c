/* html_text.c - what text says: references decoded, line ends and NUL made even.
 *
 * Runs without '&', CR and NUL are copied whole. */
#include "base/slice.h"
#include "base/utf8.h"
#include "page/html_scan.h"
#include "page/html_token.h"

/* How a text is read: whether references count and by which rules, and what NUL becomes. */
typedef struct manner {
    bool references;
    bool in_attribute;
    bool keep_nul; /* as U+FFFD; otherwise it is dropped */
} manner;

/* The special byte at text[at]; returns where to go on. */
static size_t append_special(sheaf_buffer *out, sheaf_slice text, size_t at, manner how) {
    size_t used = 0;
    switch (text.data[at]) {
    case '\r':
        sheaf_buffer_char(out, '\n');
        return at + 1 < text.size && text.data[at + 1] == '\n' ? at + 2 : at + 1;
    case '\0':
        if (how.keep_nul)
            sheaf_utf8_append(out, 0xFFFD);
        return at + 1;
    default:
        if (how.references)
            used = sheaf_html_reference(out, text, at, how.in_attribute);
        if (used == 0)
            sheaf_buffer_char(out, '&');
        return at + (used ? used : 1);
    }
}

static void append_text(sheaf_buffer *out, sheaf_slice text, manner how) {
    for (size_t at = 0; at < text.size;) {
        size_t end = sheaf_html_scan_special(text.data, at, text.size);
        sheaf_buffer_append(out, text.data + at, end - at);
        at = end < text.size ? append_special(out, text, end, how) : end;
    }
}

void sheaf_html_unescape(sheaf_buffer *out, sheaf_slice text, bool in_attribute) {
    append_text(out, text, (manner){true, in_attribute, in_attribute});
}

void sheaf_html_token_text(sheaf_buffer *out, const sheaf_html_token *token) {
    bool comment = token->kind == SHEAF_HTML_COMMENT;
    bool data = !comment && token->state == SHEAF_HTML_STATE_DATA;
    bool cdata = token->kind == SHEAF_HTML_CDATA;
    append_text(out, token->data,
                (manner){.references = data || token->state == SHEAF_HTML_STATE_RCDATA,
                         .keep_nul = !data && !cdata});
}
