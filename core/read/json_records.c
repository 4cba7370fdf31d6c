/* json_records.c - line ends or balanced brackets, over a moving window. */
#include "read/json_records.h"

#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"

void sheaf_json_records_init(sheaf_json_records *records, sheaf_input *input) {
    *records = (sheaf_json_records){.input = input, .line = 1};
}

void sheaf_json_records_clear(sheaf_json_records *records) {
    sheaf_buffer_clear(&records->text);
}

/* Drops what was given and reads one block more. */
static sheaf_status fill(sheaf_json_records *records, sheaf_error *error) {
    sheaf_buffer *text = &records->text;
    sheaf_slice block;
    if (records->at > 0) {
        memmove(text->data, text->data + records->at, text->size - records->at);
        text->size -= records->at;
        records->base += records->at;
        records->at = 0;
    }
    sheaf_status status = sheaf_input_read(records->input, &block, error);
    if (status)
        return status;
    records->ended = block.size == 0;
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
    record->from = records->base + records->at;
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
    while (record->bytes.size && sheaf_is_space(record->bytes.data[record->bytes.size - 1]))
        record->bytes.size--;
    return SHEAF_OK;
}

/* Where a bracketed value stands after some of its bytes. */
typedef struct balance {
    size_t depth;
    bool quoted;
    bool escaped;
} balance;

/* Scans on; the length up to the closing bracket, or 0 when it is not there. */
static size_t scan_balance(balance *state, sheaf_slice text, size_t at) {
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (state->escaped)
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
        size_t length = scan_balance(&state, text, looked);
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
    records->shape = shape;
    records->base = offset;
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
