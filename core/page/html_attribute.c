/* html_attribute.c - attributes off the raw text of a tag, one by one. */
#include "page/html_token.h"

#include "base/slice.h"
#include "page/html_scan.h"

static size_t skip_space(sheaf_slice text, size_t at) {
    while (at < text.size && sheaf_html_is_space(text.data[at]))
        at++;
    return at;
}

/* The value that starts at text[at]; returns where to go on. */
static size_t read_value(sheaf_slice text, size_t at, sheaf_slice *value) {
    char quote = at < text.size ? text.data[at] : ' ';
    size_t end;
    if (quote == '"' || quote == '\'') {
        end = sheaf_html_scan_two(text.data, at + 1, text.size, quote, quote);
        *value = sheaf_slice_from(text.data + at + 1, end - at - 1);
        return end < text.size ? end + 1 : end;
    }
    for (end = at; end < text.size && !sheaf_html_is_space(text.data[end]);)
        end++;
    *value = sheaf_slice_from(text.data + at, end - at);
    return end;
}

bool sheaf_html_attribute_next(sheaf_slice attributes, size_t *at, sheaf_html_attribute *out) {
    size_t from = *at;
    while (from < attributes.size &&
           (attributes.data[from] == '/' || sheaf_html_is_space(attributes.data[from])))
        from++;
    *at = from;
    if (from >= attributes.size)
        return false;
    /* an '=' in front is a part of the name */
    size_t end = sheaf_html_scan_attribute(attributes.data, from + 1, attributes.size);
    out->name = sheaf_slice_from(attributes.data + from, end - from);
    out->value = sheaf_slice_from(attributes.data + end, 0);
    *at = end;
    size_t equals = skip_space(attributes, end);
    if (equals < attributes.size && attributes.data[equals] == '=')
        *at = read_value(attributes, skip_space(attributes, equals + 1), &out->value);
    return true;
}
