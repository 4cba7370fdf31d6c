/* json_records.c - line ends or balanced brackets, over a moving window. */
#include "read/json_records.h"

#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"

enum { BEGINNING = 40 << 10 };

void sheaf_json_records_init(sheaf_json_records *records, sheaf_input *input) {
    *records = (sheaf_json_records){.input = input, .line = 1};
}

void sheaf_json_records_clear(sheaf_json_records *records) {
    sheaf_buffer_clear(&records->text);
    sheaf_buffer_clear(&records->undecoded);
    sheaf_decoder_close(records->decoder);
}

/* ---- encodings ---------------------------------------------------------------- */

static bool is_wide(const char *name) {
    return strncmp(name, "UTF-16", 6) == 0 || strncmp(name, "UTF-32", 6) == 0;
}

static size_t unit_size(const sheaf_json_records *records) {
    return strncmp(records->encoding.name, "UTF-32", 6) == 0 ? 4 : 2;
}

static sheaf_json_pairs pairs_of(const char *name) {
    static const char *const paired[] = {"GB18030", "Big5", "EUC-KR", "EUC-JP"};
    for (size_t i = 0; i < sizeof paired / sizeof *paired; i++) {
        if (strcmp(name, paired[i]) == 0)
            return SHEAF_JSON_PAIRS_HIGH;
    }
    return strcmp(name, "Shift_JIS") == 0 ? SHEAF_JSON_PAIRS_SHIFT_JIS : SHEAF_JSON_PAIRS_NONE;
}

/* Looks at the beginning of the input, once. */
static sheaf_status find_encoding(sheaf_json_records *records, sheaf_error *error) {
    const char *name = NULL;
    sheaf_slice head;
    if (records->encoding.name)
        return SHEAF_OK;
    sheaf_status status = sheaf_input_peek(records->input, BEGINNING, &head, error);
    if (status)
        return status;
    records->encoding = sheaf_encoding_guess_of(head, sheaf_slice_part(head, 0, 0), false);
    records->pairs = pairs_of(records->encoding.name);
    if (!is_wide(records->encoding.name))
        return SHEAF_OK;
    records->mark = sheaf_encoding_mark(head, &name);
    records->decoder = sheaf_decoder_open(records->encoding.name);
    return records->decoder ? SHEAF_OK : sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* Bytes that hold whole characters; all of them at the end. */
static size_t whole_units(const sheaf_json_records *records) {
    const sheaf_buffer *raw = &records->undecoded;
    size_t unit = unit_size(records);
    size_t size = raw->size / unit * unit;
    if (records->ended || unit == 4 || size == 0)
        return records->ended ? raw->size : size;
    bool big = strcmp(records->encoding.name, "UTF-16BE") == 0;
    unsigned char high = (unsigned char)raw->data[size - (big ? 2 : 1)];
    return (high & 0xFC) == 0xD8 ? size - 2 : size; /* half of a pair waits for the other */
}

static void decode_block(sheaf_json_records *records, sheaf_slice block) {
    enum { AT_ONCE = 16 << 10 };
    size_t at = 0;
    size_t bad = 0;
    sheaf_buffer *raw = &records->undecoded;
    sheaf_buffer *text = &records->text;
    sheaf_buffer_add(raw, block);
    size_t size = raw->failed ? 0 : whole_units(records);
    if (size < records->mark && !records->ended)
        return;
    if (records->mark > 0) { /* dropped with the first block */
        at = records->mark;
        records->base += records->mark;
        records->mark = 0;
    }
    while (at < size && sheaf_buffer_reserve(text, AT_ONCE))
        text->size += sheaf_decoder_step(records->decoder, sheaf_slice_from(raw->data, size), &at,
                                         text->data + text->size, AT_ONCE, &bad);
    if (at > 0)
        memmove(raw->data, raw->data + at, raw->size - at);
    raw->size -= at;
    text->failed |= raw->failed;
}

/* How many bytes of the input became text[from, to). */
static uint64_t source_size(const sheaf_json_records *records, size_t from, size_t to) {
    uint64_t size = 0;
    size_t unit = unit_size(records);
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)records->text.data[i];
        size += (c & 0xC0) == 0x80 ? 0 : unit == 2 && c >= 0xF0 ? 4 : unit;
    }
    return size;
}

/* The offset in the input of text[at]; at never goes back between two fills. */
static uint64_t source_offset(sheaf_json_records *records, size_t at) {
    if (!records->decoder)
        return records->base + at;
    if (at < records->measured)
        records->measured = records->counted = 0;
    records->counted += source_size(records, records->measured, at);
    records->measured = at;
    return records->base + records->counted;
}

uint64_t sheaf_json_records_offset(const sheaf_json_records *records) {
    if (!records->decoder)
        return records->base + records->at;
    return records->base + source_size(records, 0, records->at);
}

/* ---- the window ------------------------------------------------------------------ */

/* Drops what was given and reads one block more. */
static sheaf_status fill(sheaf_json_records *records, sheaf_error *error) {
    sheaf_buffer *text = &records->text;
    sheaf_slice block;
    sheaf_status status = find_encoding(records, error);
    if (status)
        return status;
    if (records->at > 0) {
        records->base = source_offset(records, records->at);
        records->measured = records->counted = 0;
        memmove(text->data, text->data + records->at, text->size - records->at);
        text->size -= records->at;
        records->at = 0;
    }
    status = sheaf_input_read(records->input, &block, error);
    if (status)
        return status;
    records->ended = block.size == 0;
    if (records->decoder)
        decode_block(records, block);
    else
        sheaf_buffer_add(text, block);
    return text->failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory") : SHEAF_OK;
}

static size_t pending(const sheaf_json_records *records) {
    return records->text.size - records->at;
}

/* Passes over white space, and also over commas or the like named in extra. */
static sheaf_status skip_blank(sheaf_json_records *records, char extra, sheaf_error *error) {
    for (;;) {
        while (pending(records) > 0) {
            char c = records->text.data[records->at];
            if (!sheaf_is_space(c) && c != extra)
                return SHEAF_OK;
            records->line += c == '\n';
            records->at++;
        }
        if (records->ended)
            return SHEAF_OK;
        sheaf_status status = fill(records, error);
        if (status)
            return status;
    }
}

/* Length of the pending line without its end; reads on until there is one, or
 * until it is longer than the limit. */
static sheaf_status line_length(sheaf_json_records *records, size_t *length, sheaf_error *error) {
    size_t limit = records->input->limits->line_bytes;
    size_t looked = 0;
    for (;;) {
        const char *start = records->text.data + records->at;
        const char *end = pending(records) > looked
                              ? memchr(start + looked, '\n', pending(records) - looked)
                              : NULL;
        *length = end ? (size_t)(end - start) : pending(records);
        if (end || records->ended || *length > limit)
            return SHEAF_OK;
        looked = pending(records);
        sheaf_status status = fill(records, error);
        if (status)
            return status;
    }
}

/* Drops the rest of a line that is too long, a block at a time. */
static sheaf_status drop_line(sheaf_json_records *records, sheaf_error *error) {
    for (;;) {
        const char *start = records->text.data + records->at;
        const char *end = pending(records) ? memchr(start, '\n', pending(records)) : NULL;
        if (end || records->ended) {
            records->at += end ? (size_t)(end - start) : pending(records);
            return SHEAF_OK;
        }
        records->at = records->text.size;
        sheaf_status status = fill(records, error);
        if (status)
            return status;
    }
}

static void give(sheaf_json_records *records, sheaf_json_record *record, size_t length) {
    record->bytes =
        sheaf_slice_part(sheaf_buffer_view(&records->text), records->at, records->at + length);
    record->from = source_offset(records, records->at);
    record->to = source_offset(records, records->at + length);
    record->decoded = records->decoder != NULL;
    record->line = records->line;
    for (size_t i = 0; i < length && records->shape != SHEAF_JSON_LINES; i++)
        records->line += record->bytes.data[i] == '\n';
    records->at += length;
}

static sheaf_status next_line(sheaf_json_records *records, sheaf_json_record *record,
                              sheaf_error *error) {
    size_t length;
    sheaf_status status = line_length(records, &length, error);
    record->line = records->line;
    if (status == SHEAF_OK && length > records->input->limits->line_bytes) {
        record->too_long = true;
        return drop_line(records, error);
    }
    if (status)
        return status;
    give(records, record, length);
    while (record->bytes.size && sheaf_is_space(record->bytes.data[record->bytes.size - 1])) {
        record->bytes.size--;
        record->to -= records->decoder ? unit_size(records) : 1;
    }
    return SHEAF_OK;
}

/* Where a bracketed value stands after some of its bytes. */
typedef struct balance {
    size_t depth;
    bool quoted;
    bool escaped;
    bool second; /* of a pair comes next */
} balance;

/* Does c bring a second byte along? */
static bool opens_pair(sheaf_json_pairs pairs, unsigned char c) {
    if (pairs == SHEAF_JSON_PAIRS_NONE || c <= 0x80 || c == 0xFF)
        return false;
    return pairs == SHEAF_JSON_PAIRS_HIGH || c < 0xA0 || c >= 0xE0;
}

/* Scans on; the length up to the closing bracket, or 0 when it is not there. */
static size_t scan_balance(balance *state, sheaf_json_pairs pairs, sheaf_slice text, size_t at) {
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (state->second)
            state->second = false;
        else if (opens_pair(pairs, (unsigned char)c))
            state->second = true;
        else if (state->escaped)
            state->escaped = false;
        else if (state->quoted && c == '\\')
            state->escaped = true;
        else if (c == '"')
            state->quoted = !state->quoted;
        else if (!state->quoted && (c == '{' || c == '['))
            state->depth++;
        else if (!state->quoted && (c == '}' || c == ']') && --state->depth == 0)
            return at + 1;
    }
    return 0;
}

static sheaf_status next_balanced(sheaf_json_records *records, sheaf_json_record *record,
                                  sheaf_error *error) {
    balance state = {0};
    size_t looked = 0;
    record->line = records->line;
    for (;;) {
        sheaf_slice text =
            sheaf_slice_part(sheaf_buffer_view(&records->text), records->at, records->text.size);
        size_t length = scan_balance(&state, records->pairs, text, looked);
        looked = text.size;
        if (length) {
            give(records, record, length);
            return SHEAF_OK;
        }
        if (looked > records->input->limits->line_bytes)
            return sheaf_fail(error, SHEAF_BAD_INPUT,
                              "line %llu: one JSON value is larger than %zu MiB, or its brackets "
                              "do not close",
                              (unsigned long long)records->line,
                              records->input->limits->line_bytes >> 20);
        if (records->ended)
            return sheaf_fail(error, SHEAF_BAD_INPUT,
                              "line %llu: the file ends in the middle of a JSON value",
                              (unsigned long long)records->line);
        sheaf_status status = fill(records, error);
        if (status)
            return status;
    }
}

static bool named_as_lines(const sheaf_input *input) {
    sheaf_slice name = sheaf_slice_of(input->name);
    return sheaf_slice_ends(name, SLICE(".jsonl")) || sheaf_slice_ends(name, SLICE(".ndjson")) ||
           sheaf_slice_ends(name, SLICE(".jsonlines"));
}

static bool is_whole_value(sheaf_slice text, size_t depth) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_json_init(&json, text, depth);
    return sheaf_json_next(&json, &token, NULL) == SHEAF_OK &&
           sheaf_json_skip(&json, &token, NULL, NULL) == SHEAF_OK;
}

/* Looks at the first line: does it hold a whole value? */
static sheaf_status find_shape(sheaf_json_records *records, sheaf_error *error) {
    size_t length = 0;
    sheaf_status status = skip_blank(records, ' ', error);
    if (!status && records->base == 0 && records->at == 0 &&
        sheaf_slice_starts(sheaf_buffer_view(&records->text), SLICE("\xEF\xBB\xBF"))) {
        records->at = 3;
        status = skip_blank(records, ' ', error);
    }
    if (status || pending(records) == 0)
        return status;
    if (records->text.data[records->at] == '[') {
        records->at++;
        records->shape = SHEAF_JSON_ARRAY_OF;
        return SHEAF_OK;
    }
    records->shape = SHEAF_JSON_LINES;
    if (named_as_lines(records->input))
        return SHEAF_OK;
    status = line_length(records, &length, error);
    if (status)
        return status;
    sheaf_slice line =
        sheaf_slice_part(sheaf_buffer_view(&records->text), records->at, records->at + length);
    bool too_long = length > records->input->limits->line_bytes;
    if (!too_long && !is_whole_value(line, records->input->limits->json_depth))
        records->shape = SHEAF_JSON_SEQUENCE;
    return SHEAF_OK;
}

sheaf_status sheaf_json_records_seek(sheaf_json_records *records, sheaf_json_shape shape,
                                     uint64_t offset, uint64_t line, sheaf_error *error) {
    sheaf_status status = find_encoding(records, error);
    if (status)
        return status;
    records->shape = shape;
    records->base = offset;
    records->mark = 0;
    records->line = line;
    return sheaf_input_skip(records->input, offset, error);
}

sheaf_status sheaf_json_records_next(sheaf_json_records *records, sheaf_json_record *record,
                                     sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    *record = (sheaf_json_record){0};
    if (records->shape == SHEAF_JSON_UNKNOWN)
        status = find_shape(records, error);
    if (!status)
        status = skip_blank(records, records->shape == SHEAF_JSON_LINES ? ' ' : ',', error);
    if (status)
        return status;
    if (pending(records) == 0)
        return records->shape == SHEAF_JSON_ARRAY_OF
                   ? sheaf_fail(error, SHEAF_BAD_INPUT, "the file ends in the middle of an array")
                   : SHEAF_END;
    if (records->shape == SHEAF_JSON_LINES)
        return next_line(records, record, error);
    char c = records->text.data[records->at];
    if (records->shape == SHEAF_JSON_ARRAY_OF && c == ']')
        return SHEAF_END;
    if (c != '{')
        return sheaf_fail(error, SHEAF_BAD_INPUT, "line %llu: an object was expected here",
                          (unsigned long long)records->line);
    return next_balanced(records, record, error);
}
