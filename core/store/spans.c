/* spans.c - stretches of a text, checked, and counted in code points. */
#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "store/layer.h"

/* A place in a text, in bytes and in code points. */
typedef struct place {
    size_t byte, point;
} place;

typedef struct reading {
    sheaf_json json;
    sheaf_slice text;
    place at;          /* where counting has got to */
    sheaf_buffer *out; /* or NULL */
    size_t number;     /* of the span, from 1 */
} reading;

static sheaf_status wrong(const reading *r, const char *what, sheaf_error *error) {
    return sheaf_fail(error, SHEAF_BAD_INPUT, "span %zu: %s", r->number, what);
}

static bool is_boundary(sheaf_slice text, size_t at) {
    return at <= text.size && (at == text.size || ((uint8_t)text.data[at] & 0xC0) != 0x80);
}

/* Code points before byte; spans mostly come in order, so counting goes on. */
static size_t points_before(reading *r, size_t byte) {
    if (byte < r->at.byte)
        r->at = (place){0, 0};
    r->at.point += sheaf_utf8_count(sheaf_slice_part(r->text, r->at.byte, byte));
    r->at.byte = byte;
    return r->at.point;
}

static bool offset_of(const sheaf_json_token *token, size_t *offset) {
    *offset = 0;
    if (token->kind != SHEAF_JSON_NUMBER || token->raw.size > 12)
        return false;
    for (size_t i = 0; i < token->raw.size; i++) {
        if (!sheaf_is_digit(token->raw.data[i]))
            return false;
        *offset = *offset * 10 + (size_t)(token->raw.data[i] - '0');
    }
    return true;
}

/* The two offsets of a span whose bracket was just read. */
static sheaf_status read_ends(reading *r, sheaf_error *error) {
    size_t ends[2];
    for (int i = 0; i < 2; i++) {
        sheaf_json_token token;
        sheaf_status status = sheaf_json_next(&r->json, &token, error);
        if (status != SHEAF_OK)
            return status;
        if (!offset_of(&token, &ends[i]))
            return wrong(r, "it begins with two offsets", error);
        if (!is_boundary(r->text, ends[i]))
            return wrong(r, "it does not lie in the text, or cuts a character", error);
    }
    if (ends[0] > ends[1])
        return wrong(r, "it ends before it begins", error);
    if (r->out) {
        size_t from = points_before(r, ends[0]);
        sheaf_buffer_printf(r->out, "[%zu,%zu", from, points_before(r, ends[1]));
    }
    return SHEAF_OK;
}

/* What may follow the offsets: one object. */
static sheaf_status read_rest(reading *r, sheaf_error *error) {
    sheaf_json_token token;
    sheaf_slice raw;
    sheaf_status status = sheaf_json_next(&r->json, &token, error);
    if (status == SHEAF_OK && token.kind == SHEAF_JSON_OBJECT) {
        status = sheaf_json_skip(&r->json, &token, &raw, error);
        if (status == SHEAF_OK && r->out) {
            sheaf_buffer_char(r->out, ',');
            sheaf_buffer_add(r->out, raw);
        }
        if (status == SHEAF_OK)
            status = sheaf_json_next(&r->json, &token, error);
    }
    if (status == SHEAF_OK && token.kind != SHEAF_JSON_ARRAY_END)
        return wrong(r, "it is [from, to, {...}]", error);
    if (r->out)
        sheaf_buffer_char(r->out, ']');
    return status;
}

static sheaf_status read_spans(reading *r, sheaf_slice spans, sheaf_error *error) {
    sheaf_json_token token;
    sheaf_json_init(&r->json, spans, SHEAF_LIMITS_DEFAULT.json_depth);
    sheaf_status status = sheaf_json_next(&r->json, &token, error);
    if (status == SHEAF_OK && token.kind != SHEAF_JSON_ARRAY)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "spans are no list");
    while (status == SHEAF_OK && (status = sheaf_json_next(&r->json, &token, error)) == SHEAF_OK &&
           token.kind != SHEAF_JSON_ARRAY_END) {
        if (r->out && r->number)
            sheaf_buffer_char(r->out, ',');
        r->number++;
        if (token.kind != SHEAF_JSON_ARRAY)
            return wrong(r, "it is [from, to, {...}]", error);
        status = read_ends(r, error);
        if (status == SHEAF_OK)
            status = read_rest(r, error);
    }
    return status;
}

sheaf_status sheaf_spans_check(sheaf_slice spans, sheaf_slice text, sheaf_error *error) {
    reading r = {.text = text};
    return read_spans(&r, spans, error);
}

sheaf_status sheaf_spans_points(sheaf_buffer *out, sheaf_slice spans, sheaf_slice text,
                                sheaf_error *error) {
    reading r = {.text = text, .out = out};
    sheaf_buffer_char(out, '[');
    sheaf_status status = read_spans(&r, spans, error);
    sheaf_buffer_char(out, ']');
    return status;
}
