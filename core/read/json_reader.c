/* json_reader.c - JSONL and JSON: our own rows, and everybody else's records.
 *
 * A record that carries provenance with a digest is a row of ours and comes
 * back as it was. A record that is an envelope around a list gives the list's
 * elements. A bad record is told with its line, and the rest goes on. */
#include <stdio.h>

#include "article/json.h"
#include "article/row.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/json_fields.h"
#include "read/json_records.h"
#include "read/origin.h"
#include "read/reader.h"

typedef struct json_source {
    sheaf_input *input;
    sheaf_reporter *reporter;
    sheaf_json_records records;
    sheaf_json_record record;
    sheaf_slice original; /* the record's own bytes, where it was decoded here */
    sheaf_buffer decoded; /* the record as UTF-8, where it was not */
    char encoding[160];   /* what its encoding was, and why; "" for clean UTF-8 */
    sheaf_json list;      /* elements of an envelope still to come */
    bool in_list;
    uint64_t elements; /* of the list that were taken */
} json_source;

/* The first letters of an input in UTF-16 or UTF-32, as UTF-8 in out. */
static sheaf_slice narrow(sheaf_slice head, char *out, size_t size) {
    size_t at = 0;
    size_t bad = 0;
    const char *name = NULL;
    bool marked = sheaf_encoding_mark(head, &name) > 0;
    if (!marked && !(head.size >= 4 && memchr(head.data, 0, 4)))
        return head;
    name = sheaf_encoding_guess_of(head, sheaf_slice_part(head, 0, 0), false).name;
    at = sheaf_encoding_mark(head, &name);
    sheaf_decoder *decoder = sheaf_decoder_open(name);
    if (!decoder)
        return head;
    size = sheaf_decoder_step(decoder, head, &at, out, size, &bad);
    sheaf_decoder_close(decoder);
    return sheaf_slice_from(out, size);
}

static int bid(const sheaf_input *input, sheaf_slice head) {
    char letters[256];
    sheaf_slice name = sheaf_slice_of(input->name);
    bool named = sheaf_slice_ends(name, SLICE(".json")) ||
                 sheaf_slice_ends(name, SLICE(".jsonl")) ||
                 sheaf_slice_ends(name, SLICE(".ndjson"));
    head = sheaf_slice_trim(narrow(head, letters, sizeof letters));
    if (head.size == 0)
        return 0;
    char first = head.data[0];
    sheaf_slice inside = sheaf_slice_trim(sheaf_slice_part(head, 1, head.size));
    char second = inside.size ? inside.data[0] : '\0';
    bool object = first == '{' && (second == '"' || second == '}');
    bool array = first == '[' && (second == '{' || second == ']');
    if (object || array)
        return 80;
    return named ? 60 : 0;
}

static sheaf_status open_json(void **state, sheaf_input *input, sheaf_reporter *reporter,
                              sheaf_error *error) {
    json_source *self = sheaf_calloc(1, sizeof *self);
    if (!self)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    self->input = input;
    self->reporter = reporter;
    sheaf_json_records_init(&self->records, input);
    *state = self;
    return SHEAF_OK;
}

static void close_json(void *state) {
    json_source *self = state;
    sheaf_json_records_clear(&self->records);
    sheaf_buffer_clear(&self->decoded);
    sheaf_free(self);
}

static void tell(json_source *self, sheaf_status status, const char *reason) {
    char where[32];
    snprintf(where, sizeof where, ":%llu", (unsigned long long)self->record.line);
    sheaf_report(self->reporter, self->input, where, status, reason);
}

static bool is_row_of_ours(const sheaf_article *article) {
    return article->provenance.sha256.size == SHEAF_SHA256_HEX &&
           article->field[SHEAF_FIELD_ID].size == 16;
}

/* A row of ours tells itself apart by one short search. */
static bool may_be_row_of_ours(sheaf_slice object) {
    return sheaf_slice_starts(object, SLICE("{\"id\":\"")) &&
           sheaf_slice_find(object, 0, SLICE("\"provenance\":{")) != SIZE_MAX;
}

/* Says what the record was in, and how much of it made no sense. */
static void say_encoding(json_source *self, const sheaf_encoding_guess *guess, size_t bad) {
    if (bad == 0)
        snprintf(self->encoding, sizeof self->encoding, "%s: %s", guess->name, guess->why);
    else
        snprintf(self->encoding, sizeof self->encoding, "%s: %s, places without a meaning: %zu",
                 guess->name, guess->why, bad);
}

/* A record that is no UTF-8 becomes it, on its own: one file may hold lines in
 * several encodings. What the beginning of the file looks like has a say. */
static sheaf_status decode_record(json_source *self, sheaf_error *error) {
    sheaf_json_record *record = &self->record;
    const sheaf_encoding_guess *whole = &self->records.encoding;
    self->original = record->bytes;
    self->encoding[0] = '\0';
    if (record->decoded)
        say_encoding(self, whole, 0);
    if (record->decoded || may_be_row_of_ours(record->bytes) || sheaf_utf8_valid(record->bytes))
        return SHEAF_OK;
    sheaf_encoding_guess own =
        sheaf_encoding_guess_of(record->bytes, sheaf_slice_of(whole->name), false);
    if (strcmp(own.name, whole->name) == 0)
        own = *whole;
    sheaf_buffer_reset(&self->decoded);
    size_t bad = sheaf_encoding_to_utf8(&self->decoded, record->bytes, own.name);
    if (self->decoded.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    say_encoding(self, &own, bad);
    record->bytes = sheaf_buffer_view(&self->decoded);
    record->decoded = true;
    return SHEAF_OK;
}

static sheaf_status take_record(json_source *self, sheaf_error *error) {
    sheaf_status status = sheaf_json_records_next(&self->records, &self->record, error);
    return status ? status : decode_record(self, error);
}

/* Elasticsearch and the like wrap each record: {"_source": {…}}. */
static sheaf_slice unwrap(sheaf_slice object, size_t depth) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_slice raw;
    if (sheaf_slice_find(object, 0, SLICE("\"_source\"")) == SIZE_MAX)
        return object;
    sheaf_json_init(&json, object, depth);
    if (sheaf_json_next(&json, &token, NULL))
        return object;
    while (sheaf_json_next(&json, &token, NULL) == SHEAF_OK && token.kind == SHEAF_JSON_KEY) {
        bool source = sheaf_json_is(&token, "_source");
        if (sheaf_json_skip(&json, &token, &raw, NULL))
            break;
        if (source)
            return raw;
    }
    return object;
}

/* The bytes that speak for an object of the record: its own, wherever the input
 * has them in this form. */
static sheaf_slice give_origin(json_source *self, sheaf_article *article, sheaf_slice object) {
    const sheaf_json_record *record = &self->record;
    uint64_t from = record->from;
    uint64_t to = record->to;
    if (!record->decoded) {
        from += (uint64_t)(object.data - record->bytes.data);
        to = from + object.size;
    }
    sheaf_origin_set(article, self->input, from, to, "json");
    if (self->encoding[0])
        sheaf_article_reason(article, "encoding", self->encoding);
    return object.data == record->bytes.data && !self->records.decoder ? self->original : object;
}

/* Fills article from one object of the record. */
static sheaf_status read_article(json_source *self, sheaf_article *article, sheaf_slice object,
                                 sheaf_error *error) {
    const sheaf_limits *limits = self->input->limits;
    size_t known = 0;
    if (may_be_row_of_ours(object)) {
        sheaf_status status = sheaf_row_read(article, object, limits, error);
        if (status)
            return status;
        if (is_row_of_ours(article))
            return sheaf_article_finish(article, object, 0, limits, error);
        sheaf_article_reset(article);
    }
    sheaf_status status =
        sheaf_json_fields_read(article, unwrap(object, limits->json_depth), &known, limits, error);
    if (status)
        return status;
    sheaf_slice source = give_origin(self, article, object);
    status = sheaf_article_finish(article, source, 0, limits, error);
    article->original = source;
    if (status == SHEAF_BAD_INPUT)
        return sheaf_fail(error, status,
                          "neither text nor headline (looked for text, body, content, articleBody, "
                          "headline, title, …)");
    return status;
}

static sheaf_status next_element(json_source *self, sheaf_article *article, bool *found,
                                 sheaf_error *error) {
    sheaf_json_token token;
    sheaf_slice raw;
    sheaf_status status = sheaf_json_next(&self->list, &token, error);
    self->elements++;
    if (!status && token.kind == SHEAF_JSON_ARRAY_END) {
        self->in_list = false;
        return SHEAF_OK;
    }
    if (!status)
        status = sheaf_json_skip(&self->list, &token, &raw, error);
    if (status) {
        self->in_list = false;
        return status;
    }
    status = read_article(self, article, raw, error);
    *found = status == SHEAF_OK;
    return status;
}

/* Starts on an envelope; false when the record is none. */
static bool enter_envelope(json_source *self) {
    sheaf_slice list;
    sheaf_json_token token;
    size_t depth = self->input->limits->json_depth;
    if (!sheaf_json_envelope(self->record.bytes, &list, depth))
        return false;
    sheaf_json_init(&self->list, list, depth);
    self->in_list = sheaf_json_next(&self->list, &token, NULL) == SHEAF_OK;
    self->elements = 0;
    return self->in_list;
}

static sheaf_status next_record(json_source *self, sheaf_article *article, bool *found,
                                sheaf_error *error) {
    if (self->record.too_long)
        return sheaf_fail(error, SHEAF_LIMIT, "a line longer than %zu MiB, the limit",
                          self->input->limits->line_bytes >> 20);
    sheaf_status status = read_article(self, article, self->record.bytes, error);
    bool empty = article->field[SHEAF_FIELD_TEXT].size == 0;
    if ((!status || status == SHEAF_BAD_INPUT) && empty && enter_envelope(self))
        return SHEAF_OK;
    *found = status == SHEAF_OK;
    return status;
}

static sheaf_status next(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error) {
    json_source *self = state;
    (void)child;
    for (bool found = false; !found;) {
        sheaf_status status = SHEAF_OK;
        if (self->in_list) {
            status = next_element(self, article, &found, error);
        } else {
            status = take_record(self, error);
            if (status)
                return status;
            status = next_record(self, article, &found, error);
        }
        if (status == SHEAF_NO_MEMORY)
            return status;
        if (status)
            tell(self, status, error->message);
        if (!found)
            sheaf_article_reset(article);
    }
    return SHEAF_OK;
}

/* "shape.line.offset.elements": of the next record, or of the envelope that is
 * being read and how many of its elements were taken. */
static void mark_json(const void *state, sheaf_buffer *out) {
    const json_source *self = state;
    const sheaf_json_records *records = &self->records;
    uint64_t line = self->in_list ? self->record.line : records->line;
    uint64_t offset = self->in_list ? self->record.from : sheaf_json_records_offset(records);
    sheaf_buffer_printf(out, "%d.%llu.%llu.%llu", (int)records->shape, (unsigned long long)line,
                        (unsigned long long)offset,
                        (unsigned long long)(self->in_list ? self->elements : 0));
}

/* Opens the envelope that was being read, and drops what was taken. */
static sheaf_status resume_list(json_source *self, uint64_t elements, sheaf_error *error) {
    sheaf_json_token token;
    sheaf_status status = take_record(self, error);
    if (status && status != SHEAF_END)
        return status;
    if (status || !enter_envelope(self))
        return sheaf_mark_stale(error, SLICE("a record with a list of articles"));
    for (; self->elements < elements; self->elements++) {
        status = sheaf_json_next(&self->list, &token, error);
        if (!status && token.kind == SHEAF_JSON_ARRAY_END)
            return sheaf_mark_stale(error, SLICE("a longer list of articles"));
        if (!status)
            status = sheaf_json_skip(&self->list, &token, NULL, error);
        if (status)
            return status;
    }
    return SHEAF_OK;
}

static sheaf_status resume_json(void *state, sheaf_slice mark, sheaf_error *error) {
    json_source *self = state;
    uint64_t shape, line, offset, elements;
    if (!sheaf_mark_number(&mark, &shape) || !sheaf_mark_number(&mark, &line) ||
        !sheaf_mark_number(&mark, &offset) || !sheaf_mark_number(&mark, &elements) ||
        shape > SHEAF_JSON_SEQUENCE)
        return sheaf_mark_stale(error, SLICE("JSON"));
    sheaf_status status =
        sheaf_json_records_seek(&self->records, (sheaf_json_shape)shape, offset, line, error);
    return status || elements == 0 ? status : resume_list(self, elements, error);
}

const sheaf_reader sheaf_json_reader = {
    .name = "json",
    .bid = bid,
    .open = open_json,
    .next = next,
    .close = close_json,
    .mark = mark_json,
    .resume = resume_json,
};
