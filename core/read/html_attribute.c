/* html_attribute.c - attributes off the raw text of a tag, one by one. */
#include "read/html_token.h"

#include "base/slice.h"
#include "read/html_scan.h"

static size_t skip_space(sheaf_slice text, size_t at) {
    while (at < text.size && sheaf_html_is_space(text.data[at]))
        at++;
    return at;
}

/* The end of a name that starts at text[at]; an '=' there is a part of it. */
static size_t name_end(sheaf_slice text, size_t at) {
    for (at++; at < text.size; at++) {
        char c = text.data[at];
        if (c == '=' || c == '/' || sheaf_html_is_space(c))
            break;
    }
    return at;
}

/* The value that starts at text[at]; returns where to go on. */
static size_t read_value(sheaf_slice text, size_t at, sheaf_slice *value) {
    char quote = at < text.size ? text.data[at] : ' ';
    size_t end;
    if (quote == '"' || quote == '\'') {
        end = sheaf_slice_find_char(text, at + 1, quote);
        if (end == SIZE_MAX)
            end = text.size;
        *value = sheaf_slice_part(text, at + 1, end);
        return end < text.size ? end + 1 : end;
    }
    for (end = at; end < text.size && !sheaf_html_is_space(text.data[end]);)
        end++;
    *value = sheaf_slice_part(text, at, end);
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
    size_t end = name_end(attributes, from);
    out->name = sheaf_slice_part(attributes, from, end);
    out->value = sheaf_slice_part(attributes, end, end);
    *at = end;
    size_t equals = skip_space(attributes, end);
    if (equals < attributes.size && attributes.data[equals] == '=')
        *at = read_value(attributes, skip_space(attributes, equals + 1), &out->value);
    return true;
}
