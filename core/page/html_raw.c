/* html_raw.c - script, style, title and their like: text until the right end tag.
 *
 * Only "</name" followed by white space, '/' or '>' ends it, where name is that
 * of the start tag. A script may hide its end tag in a comment that has a
 * script of its own, by the rules that old pages forced upon the standard:
 *
 *     script ──"<!--"──► escaped ──"<script"──► double escaped
 *       ▲                  │  ▲                     │    │
 *       └──────"-->"───────┘  └──────"</script"─────┘    │
 *       └──────────────────────"-->"─────────────────────┘
 *
 * "</script" ends the script in the first two of them. Each byte is looked at
 * once: nothing ever goes back. */
#include "page/html_raw.h"

#include "base/slice.h"
#include "page/html_scan.h"

sheaf_html_state sheaf_html_raw_state(sheaf_html_tag tag) {
    switch (tag) {
    case SHEAF_HTML_TITLE:
    case SHEAF_HTML_TEXTAREA: return SHEAF_HTML_STATE_RCDATA;
    case SHEAF_HTML_STYLE:
    case SHEAF_HTML_XMP:
    case SHEAF_HTML_IFRAME:
    case SHEAF_HTML_NOEMBED:
    case SHEAF_HTML_NOFRAMES: return SHEAF_HTML_STATE_RAWTEXT;
    case SHEAF_HTML_SCRIPT: return SHEAF_HTML_STATE_SCRIPT;
    case SHEAF_HTML_PLAINTEXT: return SHEAF_HTML_STATE_PLAINTEXT;
    default: return SHEAF_HTML_STATE_DATA;
    }
}

/* Whether input[at..] is name, in any case, and then a byte that ends a name. */
static bool name_at(sheaf_slice input, size_t at, sheaf_slice name) {
    if (at > input.size || input.size - at <= name.size ||
        !sheaf_html_ends_name(input.data[at + name.size]))
        return false;
    return sheaf_slice_equal_fold(sheaf_slice_part(input, at, at + name.size), name);
}

/* Whether "</name" stands at input[at], which is '<'. */
static bool end_tag_at(sheaf_slice input, size_t at, sheaf_slice name) {
    return at + 1 < input.size && input.data[at + 1] == '/' && name.size > 0 &&
           name_at(input, at + 2, name);
}

/* RCDATA and RAWTEXT. */
static size_t plain_end(const sheaf_html *html, char third, bool *special) {
    sheaf_slice input = html->input;
    size_t at = html->at;
    for (;; at++) {
        at = sheaf_html_scan_text(input.data, at, input.size, third, special);
        if (at == input.size || end_tag_at(input, at, html->last_start))
            return at;
    }
}

typedef struct script {
    sheaf_slice input;
    sheaf_slice name;
    size_t at;
    bool doubled;
    bool special;
} script;

/* A '<' while escaped: true at the end tag; otherwise goes past what it opens. */
static bool escaped_tag(script *s) {
    if (!s->doubled && end_tag_at(s->input, s->at, s->name))
        return true;
    s->at++;
    size_t name = s->at;
    if (s->doubled) {
        if (name == s->input.size || s->input.data[name] != '/')
            return false;
        name = ++s->at;
    }
    if (name_at(s->input, name, SLICE("script"))) {
        s->doubled = !s->doubled;
        s->at = name + strlen("script");
    }
    return false;
}

/* From behind "<!--" to behind "-->" or to the end of the script; true at the latter. */
static bool escaped_end(script *s) {
    size_t dashes = 2;
    s->doubled = false;
    while (s->at < s->input.size) {
        char c = s->input.data[s->at];
        if (c == '<') {
            if (escaped_tag(s))
                return true;
            dashes = 0;
            continue;
        }
        s->at++;
        if (c == '>' && dashes >= 2)
            return false;
        dashes = c == '-' ? dashes + 1 : 0;
        s->special |= c == '\r' || c == '\0';
    }
    return true;
}

static size_t script_end(const sheaf_html *html, bool *special) {
    script s = {.input = html->input, .name = html->last_start, .at = html->at};
    for (;;) {
        s.at = sheaf_html_scan_text(s.input.data, s.at, s.input.size, '\r', &s.special);
        if (s.at == s.input.size || end_tag_at(s.input, s.at, s.name))
            break;
        if (sheaf_slice_starts(sheaf_slice_part(s.input, s.at, s.at + 4), SLICE("<!--"))) {
            s.at += 4;
            if (escaped_end(&s))
                break;
        } else {
            s.at++;
        }
    }
    *special = s.special;
    return s.at;
}

size_t sheaf_html_raw_end(const sheaf_html *html, bool *special) {
    sheaf_slice input = html->input;
    *special = false;
    switch (html->state) {
    case SHEAF_HTML_STATE_SCRIPT: return script_end(html, special);
    case SHEAF_HTML_STATE_RCDATA: return plain_end(html, '&', special);
    case SHEAF_HTML_STATE_RAWTEXT: return plain_end(html, '\r', special);
    default:
        for (size_t at = html->at; at < input.size; at++)
            at = sheaf_html_scan_text(input.data, at, input.size, '\r', special);
        return input.size;
    }
}
