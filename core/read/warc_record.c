/* warc_record.c - heads of WARC records, versions 0.17 to 1.1.
 *
 *   WARC/1.0 CRLF
 *   WARC-Type: response CRLF
 *   Content-Length: 1234 CRLF
 *   CRLF
 *   1234 bytes, CRLF CRLF
 *
 * Lines that end with LF alone, folded values, and names in any case are read; a
 * value that comes twice counts as the first time, but for Content-Length: two
 * that differ make the record a bad one. */
#include "read/warc_record.h"

#include "article/date.h"
#include "base/status.h"
#include "read/header_lines.h"

static const sheaf_slice version = {"WARC/", 5};

bool sheaf_warc_begins(sheaf_slice head) {
    return sheaf_slice_starts(head, version) && head.size >= 8 && sheaf_is_digit(head.data[5]) &&
           head.data[6] == '.' && sheaf_is_digit(head.data[7]);
}

size_t sheaf_warc_find(sheaf_slice view, size_t from) {
    for (size_t at = from; (at = sheaf_slice_find(view, at, version)) != SIZE_MAX; at++) {
        bool line = at == 0 || view.data[at - 1] == '\n';
        if (line && sheaf_warc_begins(sheaf_slice_part(view, at, view.size)))
            return at;
    }
    return SIZE_MAX;
}

/* The offset behind the empty line that ends the head; SIZE_MAX when there is none in
 * view, 0 when another record begins before it. No byte is looked at for two heads, so
 * that many heads without an end cost no more than one. */
static size_t end_of_head(sheaf_slice view) {
    size_t at = 0;
    while ((at = sheaf_slice_find_char(view, at, '\n')) != SIZE_MAX) {
        sheaf_slice behind = sheaf_slice_part(view, ++at, view.size);
        if (sheaf_slice_starts(behind, SLICE("\n")))
            return at + 1;
        if (sheaf_slice_starts(behind, SLICE("\r\n")))
            return at + 2;
        if (sheaf_warc_begins(behind))
            return 0;
    }
    return SIZE_MAX;
}

/* The lines behind the first. */
static sheaf_slice lines_of(sheaf_slice view, size_t end) {
    sheaf_slice head = sheaf_slice_part(view, 0, end);
    return sheaf_slice_part(head, sheaf_slice_find_char(head, 0, '\n') + 1, head.size);
}

bool sheaf_warc_plausible(sheaf_slice view) {
    sheaf_slice name, value;
    uint64_t length;
    size_t end = end_of_head(sheaf_slice_part(view, 0, SHEAF_RECORD_HEAD));
    if (end == SIZE_MAX)
        return view.size < SHEAF_RECORD_HEAD;
    if (end == 0)
        return false;
    sheaf_slice rest = lines_of(view, end);
    while (sheaf_header_next(&rest, &name, &value)) {
        if (sheaf_slice_equal_fold(name, SLICE("Content-Length")))
            return sheaf_header_number(value, &length);
    }
    return false;
}

/* Seconds may have a fraction, which EDTF has not. */
static sheaf_slice edtf_of(sheaf_arena *arena, sheaf_slice date) {
    int64_t first, last;
    size_t dot = sheaf_slice_find_char(date, 0, '.');
    if (dot != SIZE_MAX && sheaf_slice_ends(date, SLICE("Z")))
        date = sheaf_arena_format(arena, "%.*sZ", (int)dot, date.data);
    return sheaf_date_range(date, &first, &last) ? date : (sheaf_slice){0};
}

static sheaf_slice without_brackets(sheaf_slice value) {
    if (value.size >= 2 && value.data[0] == '<' && value.data[value.size - 1] == '>')
        return sheaf_slice_part(value, 1, value.size - 1);
    return value;
}

static sheaf_record_kind kind_of(sheaf_slice type) {
    static const struct {
        sheaf_slice name;
        sheaf_record_kind kind;
    } kinds[] = {
        {SLICE("response"), SHEAF_RECORD_RESPONSE},
        {SLICE("resource"), SHEAF_RECORD_RESOURCE},
        {SLICE("conversion"), SHEAF_RECORD_CONVERSION},
        {SLICE("revisit"), SHEAF_RECORD_REVISIT},
        {SLICE("continuation"), SHEAF_RECORD_CONTINUATION},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (sheaf_slice_equal_fold(type, kinds[i].name))
            return kinds[i].kind;
    }
    return SHEAF_RECORD_OTHER;
}

typedef struct head_name {
    sheaf_slice name;
    size_t offset; /* of the field in sheaf_record */
} head_name;

static const head_name names[] = {
    {SLICE("WARC-Record-ID"), offsetof(sheaf_record, id)},
    {SLICE("WARC-Target-URI"), offsetof(sheaf_record, url)},
    {SLICE("WARC-Date"), offsetof(sheaf_record, date)},
    {SLICE("Content-Type"), offsetof(sheaf_record, content_type)},
    {SLICE("WARC-Payload-Digest"), offsetof(sheaf_record, payload_digest)},
    {SLICE("WARC-Block-Digest"), offsetof(sheaf_record, block_digest)},
    {SLICE("WARC-Truncated"), offsetof(sheaf_record, truncated)},
    {SLICE("WARC-Refers-To"), offsetof(sheaf_record, refers_to)},
    {SLICE("WARC-Refers-To-Target-URI"), offsetof(sheaf_record, refers_to_url)},
    {SLICE("WARC-Identified-Payload-Type"), offsetof(sheaf_record, payload_type)},
};

static sheaf_slice *field_of(sheaf_record *record, sheaf_slice name) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sheaf_slice_equal_fold(name, names[i].name))
            return (sheaf_slice *)((char *)record + names[i].offset);
    }
    return NULL;
}

static sheaf_status take_length(sheaf_record *record, bool *known, sheaf_slice value,
                                sheaf_error *error) {
    uint64_t length;
    if (!sheaf_header_number(value, &length) || length > INT64_MAX)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "its Content-Length is no number: %.*s",
                          (int)(value.size < 40 ? value.size : 40), value.data);
    if (*known && record->length != length)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "it has two lengths, and they differ");
    record->length = length;
    *known = true;
    return SHEAF_OK;
}

static sheaf_status take_header(sheaf_record *record, bool *known, sheaf_slice name,
                                sheaf_slice value, sheaf_error *error) {
    sheaf_slice *field = field_of(record, name);
    uint64_t segment;
    if (field && field->size == 0)
        *field = value;
    else if (sheaf_slice_equal_fold(name, SLICE("WARC-Type")))
        record->kind = kind_of(value);
    else if (sheaf_slice_equal_fold(name, SLICE("WARC-Segment-Number")))
        record->segmented = sheaf_header_number(value, &segment) && segment == 1;
    else if (sheaf_slice_equal_fold(name, SLICE("Content-Length")))
        return take_length(record, known, value, error);
    return SHEAF_OK;
}

sheaf_status sheaf_warc_parse(sheaf_record *record, size_t *size, sheaf_slice view,
                              sheaf_arena *arena, sheaf_error *error) {
    sheaf_slice name, value;
    bool known = false;
    if (!sheaf_warc_begins(view))
        return sheaf_fail(error, SHEAF_BAD_INPUT, "no record begins here");
    size_t end = end_of_head(view);
    if (end == 0)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "another record begins within its head");
    *size = end == SIZE_MAX ? 0 : end;
    if (*size == 0)
        return SHEAF_OK;
    *record = (sheaf_record){.kind = SHEAF_RECORD_OTHER};
    sheaf_slice rest = lines_of(view, end);
    while (sheaf_header_next(&rest, &name, &value)) {
        value = sheaf_header_unfold(arena, value);
        sheaf_status status = take_header(record, &known, name, value, error);
        if (status)
            return status;
    }
    if (!known)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "it has no Content-Length");
    record->id = without_brackets(record->id);
    record->url = without_brackets(record->url);
    record->refers_to = without_brackets(record->refers_to);
    record->refers_to_url = without_brackets(record->refers_to_url);
    record->date = edtf_of(arena, record->date);
    return SHEAF_OK;
}
