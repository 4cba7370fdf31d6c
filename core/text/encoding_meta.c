/* encoding_meta.c - what a page says of its own encoding.
 *
 * The prescan of the HTML standard over the first kilobytes: comments are
 * passed over, attributes are read as a browser would read them, and the first
 * <meta charset> or <meta http-equiv=content-type content=…> with a label that
 * is known wins. Where there is none, the declaration of XML is asked. */
#include "base/slice.h"
#include "text/encoding_parts.h"

/* Browsers look at 1,024 bytes before they start; pages that put scripts first
 * are read as they were meant all the same. */
enum { PRESCAN = 8192 };

typedef struct attribute {
    sheaf_slice name;
    sheaf_slice value;
} attribute;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static size_t skip_blank(sheaf_slice text, size_t at) {
    while (at < text.size && is_blank(text.data[at]))
        at++;
    return at;
}

/* Takes a value at *at: quoted, or up to white space or '>'. */
static sheaf_slice take_value(sheaf_slice text, size_t *at) {
    size_t from = *at;
    char quote = from < text.size ? text.data[from] : '\0';
    if (quote == '"' || quote == '\'') {
        size_t end = sheaf_slice_find_char(text, from + 1, quote);
        *at = end == SIZE_MAX ? text.size : end + 1;
        return sheaf_slice_part(text, from + 1, end);
    }
    while (*at < text.size && !is_blank(text.data[*at]) && text.data[*at] != '>')
        *at += 1;
    return sheaf_slice_part(text, from, *at);
}

/* Takes one attribute of a tag at *at; false at its end. */
static bool take_attribute(sheaf_slice text, size_t *at, attribute *out) {
    while (*at < text.size && (is_blank(text.data[*at]) || text.data[*at] == '/'))
        *at += 1;
    if (*at >= text.size || text.data[*at] == '>')
        return false;
    size_t from = *at;
    *at += 1; /* a name may begin with anything, even '=' */
    while (*at < text.size && !is_blank(text.data[*at]) && text.data[*at] != '=' &&
           text.data[*at] != '/' && text.data[*at] != '>')
        *at += 1;
    out->name = sheaf_slice_part(text, from, *at);
    out->value = sheaf_slice_part(text, *at, *at);
    size_t equals = skip_blank(text, *at);
    if (equals < text.size && text.data[equals] == '=') {
        *at = skip_blank(text, equals + 1);
        out->value = take_value(text, at);
    }
    return true;
}

/* The label in "text/html; charset=x". */
static sheaf_slice charset_in(sheaf_slice content) {
    for (size_t at = 0; at + 7 <= content.size; at++) {
        if (!sheaf_slice_equal_fold(sheaf_slice_part(content, at, at + 7), SLICE("charset")))
            continue;
        size_t value = skip_blank(content, at + 7);
        if (value >= content.size || content.data[value] != '=')
            continue;
        value = skip_blank(content, value + 1);
        char quote = value < content.size ? content.data[value] : '\0';
        if (quote == '"' || quote == '\'') {
            size_t end = sheaf_slice_find_char(content, value + 1, quote);
            return sheaf_slice_part(content, value + 1, end == SIZE_MAX ? value + 1 : end);
        }
        size_t end = value;
        while (end < content.size && !is_blank(content.data[end]) && content.data[end] != ';')
            end++;
        return sheaf_slice_part(content, value, end);
    }
    return sheaf_slice_part(content, 0, 0);
}

/* What can be said in letters of ASCII cannot be UTF-16. */
static const char *label_meant(sheaf_slice label) {
    const char *name = sheaf_encoding_of_label(label);
    if (name && strncmp(name, "UTF-16", 6) == 0)
        return "UTF-8";
    return name && strcmp(name, "x-user-defined") == 0 ? "windows-1252" : name;
}

/* Reads the attributes of a <meta> at *at; the encoding that it tells, or NULL. */
static const char *read_meta(sheaf_slice text, size_t *at) {
    attribute each;
    sheaf_slice charset = {0};
    sheaf_slice content = {0};
    bool http = false;
    while (take_attribute(text, at, &each)) {
        if (sheaf_slice_equal_fold(each.name, SLICE("charset")) && !charset.data)
            charset = each.value;
        else if (sheaf_slice_equal_fold(each.name, SLICE("content")) && !content.data)
            content = charset_in(each.value);
        else if (sheaf_slice_equal_fold(each.name, SLICE("http-equiv")))
            http |= sheaf_slice_equal_fold(each.value, SLICE("content-type"));
    }
    if (*at >= text.size)
        return NULL; /* cut off: what is not whole says nothing */
    if (charset.size)
        return label_meant(charset);
    return http && content.size ? label_meant(content) : NULL;
}

static size_t behind(sheaf_slice text, size_t at, sheaf_slice end) {
    size_t found = sheaf_slice_find(text, at, end);
    return found == SIZE_MAX ? text.size : found + end.size;
}

static bool starts_meta(sheaf_slice text, size_t at) {
    sheaf_slice name = sheaf_slice_part(text, at, at + 5);
    return sheaf_slice_equal_fold(name, SLICE("<meta")) && at + 5 < text.size &&
           (is_blank(text.data[at + 5]) || text.data[at + 5] == '/');
}

/* Passes over the tag at `at`, with what its attributes hold. */
static size_t pass_tag(sheaf_slice text, size_t at) {
    attribute each;
    while (at < text.size && !is_blank(text.data[at]) && text.data[at] != '>')
        at++;
    while (take_attribute(text, &at, &each))
        continue;
    return at;
}

static const char *find_meta(sheaf_slice text) {
    size_t at = 0;
    while ((at = sheaf_slice_find_char(text, at, '<')) != SIZE_MAX) {
        sheaf_slice rest = sheaf_slice_part(text, at, text.size);
        char next = rest.size > 1 ? rest.data[1] : '\0';
        char letter = next == '/' && rest.size > 2 ? rest.data[2] : next;
        if (sheaf_slice_starts(rest, SLICE("<!--"))) {
            at = behind(text, at + 2, SLICE("-->")); /* "<!-->" is a whole comment */
        } else if (starts_meta(text, at)) {
            at += 5;
            const char *name = read_meta(text, &at);
            if (name)
                return name;
        } else if (sheaf_is_alpha(letter)) {
            at = pass_tag(text, at + 1);
        } else if (next == '!' || next == '/' || next == '?') {
            at = behind(text, at, SLICE(">"));
        } else {
            at++;
        }
    }
    return NULL;
}

/* <?xml version="1.0" encoding="…"?>, at the very start. */
static const char *find_xml(sheaf_slice text) {
    attribute each;
    size_t at = 5;
    if (!sheaf_slice_starts(text, SLICE("<?xml")))
        return NULL;
    text = sheaf_slice_part(text, 0, sheaf_slice_find_char(text, 0, '>'));
    while (take_attribute(text, &at, &each)) {
        if (sheaf_slice_is(each.name, "encoding"))
            return label_meant(each.value);
    }
    return NULL;
}

const char *sheaf_encoding_in_markup(sheaf_slice bytes, const char **why) {
    bytes = sheaf_slice_part(bytes, 0, PRESCAN);
    const char *name = find_meta(bytes);
    *why = "meta";
    if (!name) {
        name = find_xml(bytes);
        *why = "XML declaration";
    }
    return name;
}
