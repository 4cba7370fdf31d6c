/* arc.c - heads of ARC records, the form of crawls before WARC.
 *
 *   http://a.example/ 192.0.2.7 20010203040506 text/html 1234 LF         version 1
 *   http://a.example/ 192.0.2.7 20010203040506 text/html 200 - - 88 x.arc 1234 LF
 *   1234 bytes LF                                                        version 2
 *
 * The first record is filedesc://…, and tells the version. URLs of old crawlers have
 * blanks in them, so fields are counted from the end of the line; which version it
 * is is seen by where the fourteen digits of the date stand. */
#include "base/status.h"
#include "read/header_lines.h"
#include "read/warc_record.h"

enum { VERSION_1 = 5, VERSION_2 = 10, DATE = 14, LONGEST = 16 << 10 };

typedef struct arc_line {
    sheaf_slice url;
    sheaf_slice date;
    sheaf_slice type;
    uint64_t length;
} arc_line;

/* Takes the last word off line. */
static sheaf_slice last_word(sheaf_slice *line) {
    size_t end = line->size;
    while (end > 0 && line->data[end - 1] == ' ')
        end--;
    size_t from = end;
    while (from > 0 && line->data[from - 1] != ' ')
        from--;
    sheaf_slice word = sheaf_slice_part(*line, from, end);
    line->size = from;
    return word;
}

static bool is_date(sheaf_slice word) {
    uint64_t number;
    return word.size == DATE && sheaf_header_number(word, &number);
}

/* Reads the fields when line has this many, counted from its end. */
static bool read_fields(arc_line *out, sheaf_slice line, int fields) {
    if (!sheaf_header_number(last_word(&line), &out->length))
        return false;
    for (int i = fields; i > VERSION_1; i--)
        last_word(&line);
    out->type = last_word(&line);
    out->date = last_word(&line);
    last_word(&line); /* address of the host */
    out->url = sheaf_slice_trim(line);
    return is_date(out->date) && sheaf_slice_find(out->url, 0, SLICE(":")) != SIZE_MAX;
}

static bool read_line(arc_line *out, sheaf_slice line) {
    if (line.size && line.data[line.size - 1] == '\r')
        line.size--;
    return line.size < LONGEST &&
           (read_fields(out, line, VERSION_1) || read_fields(out, line, VERSION_2));
}

bool sheaf_arc_begins(sheaf_slice head) {
    static const sheaf_slice schemes[] = {SLICE("filedesc://"), SLICE("http://"),
                                          SLICE("https://"),    SLICE("dns:"),
                                          SLICE("ftp://"),      SLICE("whois://")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (sheaf_slice_starts(head, schemes[i]))
            return true;
    }
    return false;
}

size_t sheaf_arc_find(sheaf_slice view, size_t from) {
    arc_line ignored;
    for (size_t at = from; at < view.size;) {
        size_t end = sheaf_slice_find_char(view, at, '\n');
        sheaf_slice line = sheaf_slice_part(view, at, end);
        if (sheaf_arc_begins(line) && (end == SIZE_MAX || read_line(&ignored, line)))
            return at;
        if (end == SIZE_MAX)
            break;
        at = end + 1;
    }
    return SIZE_MAX;
}

static sheaf_slice edtf_of(sheaf_arena *arena, sheaf_slice date) {
    const char *d = date.data;
    return sheaf_arena_format(arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", d, d + 4, d + 6, d + 8,
                              d + 10, d + 12);
}

sheaf_status sheaf_arc_parse(sheaf_record *record, size_t *size, sheaf_slice view,
                             sheaf_arena *arena, sheaf_error *error) {
    arc_line line;
    size_t end = sheaf_slice_find_char(view, 0, '\n');
    if (!sheaf_arc_begins(view) || (end == SIZE_MAX && view.size > LONGEST))
        return sheaf_fail(error, SHEAF_BAD_INPUT, "no record begins here");
    *size = end == SIZE_MAX ? 0 : end + 1;
    if (*size == 0)
        return SHEAF_OK;
    if (!read_line(&line, sheaf_slice_part(view, 0, end)))
        return sheaf_fail(error, SHEAF_BAD_INPUT, "its line has neither 5 nor 10 fields");
    bool http = sheaf_slice_starts(line.url, SLICE("http"));
    bool note = sheaf_slice_starts(line.url, SLICE("filedesc:")) ||
                sheaf_slice_starts(line.url, SLICE("dns:"));
    *record = (sheaf_record){
        .kind = http   ? SHEAF_RECORD_RESPONSE
                : note ? SHEAF_RECORD_OTHER
                       : SHEAF_RECORD_RESOURCE,
        .url = line.url,
        .content_type = line.type,
        .date = edtf_of(arena, line.date),
        .length = line.length,
    };
    return record->length > INT64_MAX ? sheaf_fail(error, SHEAF_BAD_INPUT, "its length is absurd")
                                      : SHEAF_OK;
}
