/* json.c - a pull parser that keeps its nesting in a bit a level.
 *
 * What may come next is one small set of flags (expect); the innermost bit of
 * nesting says whether a closing bracket returns to an object or an array.
 * Control characters inside strings are let through: real dumps have them. */
#include "article/json.h"

#include "article/json_masks.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { EXPECT_VALUE = 1, EXPECT_KEY = 2, EXPECT_COMMA = 4, EXPECT_CLOSE = 8, EXPECT_NOTHING = 16 };

void sheaf_json_init(sheaf_json *json, sheaf_slice input, size_t depth_limit) {
    *json = (sheaf_json){.input = input, .expect = EXPECT_VALUE};
    json->depth_limit = depth_limit < SHEAF_JSON_DEPTH_MAX ? depth_limit : SHEAF_JSON_DEPTH_MAX;
    if (sheaf_slice_starts(input, SLICE("\xEF\xBB\xBF")))
        json->at = 3;
}

static sheaf_status bad(const sheaf_json *json, size_t at, const char *what, sheaf_error *error) {
    size_t line = 1;
    for (size_t i = 0; i < at && i < json->input.size; i++)
        line += json->input.data[i] == '\n';
    if (at >= json->input.size)
        what = "the JSON ends in the middle of a value";
    return sheaf_fail(error, SHEAF_BAD_INPUT, "%s (byte %zu, line %zu)", what, at, line);
}

static bool in_object(const sheaf_json *json) {
    size_t level = json->depth - 1;
    return json->nesting[level / 8] >> (level % 8) & 1;
}

static void after_value(sheaf_json *json) {
    if (json->depth > 0)
        json->expect = EXPECT_COMMA | EXPECT_CLOSE;
    else
        json->expect = EXPECT_NOTHING;
}

static void skip_space(sheaf_json *json) {
    while (json->at < json->input.size) {
        char c = json->input.data[json->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        json->at++;
        json->spaced = true;
    }
}

static sheaf_status open_level(sheaf_json *json, sheaf_json_token *token, bool object,
                               sheaf_error *error) {
    if (json->depth >= json->depth_limit)
        return sheaf_fail(error, SHEAF_LIMIT, "JSON is nested deeper than %zu levels (byte %zu)",
                          json->depth_limit, json->at);
    size_t level = json->depth++;
    uint8_t bit = (uint8_t)(1u << (level % 8));
    if (object)
        json->nesting[level / 8] |= bit;
    else
        json->nesting[level / 8] &= (uint8_t)~bit;
    json->expect = (object ? EXPECT_KEY : EXPECT_VALUE) | EXPECT_CLOSE;
    token->kind = object ? SHEAF_JSON_OBJECT : SHEAF_JSON_ARRAY;
    token->raw = sheaf_slice_part(json->input, json->at, json->at + 1);
    json->at++;
    return SHEAF_OK;
}

static sheaf_status close_level(sheaf_json *json, sheaf_json_token *token, bool object,
                                sheaf_error *error) {
    if (!(json->expect & EXPECT_CLOSE) || in_object(json) != object)
        return bad(json, json->at, object ? "unexpected }" : "unexpected ]", error);
    token->kind = object ? SHEAF_JSON_OBJECT_END : SHEAF_JSON_ARRAY_END;
    token->raw = sheaf_slice_part(json->input, json->at, json->at + 1);
    json->at++;
    json->depth--;
    after_value(json);
    return SHEAF_OK;
}

/* Bits of the bytes that a backslash stands in front of; *carry is 1 when the
 * first byte of this block, then of the next one, is such a byte. A run of
 * backslashes takes turns: adding its first bit carries through the run, and
 * what comes out shows whether its length is odd. */
static uint64_t escaped_bytes(uint64_t slashes, uint64_t *carry) {
    const uint64_t even = 0x5555555555555555u;
    slashes &= ~*carry;
    uint64_t behind = slashes << 1 | *carry;
    uint64_t odd_starts = slashes & ~even & ~behind;
    uint64_t runs = odd_starts + slashes;
    *carry = runs < slashes;
    return (even ^ runs << 1) & behind;
}

/* Offset of the quote that closes the string whose text starts at at, or
 * in.size. A backslash frees the byte behind it from being looked at. */
static size_t string_end(sheaf_slice in, size_t at, bool *escaped) {
    uint64_t carry = 0, slashes = 0;
    size_t stop = sheaf_json_string_stop(in, &at);
    if (stop != SIZE_MAX)
        return stop;
    for (; in.size - at >= SHEAF_JSON_BLOCK; at += SHEAF_JSON_BLOCK) {
        sheaf_json_masks masks = sheaf_json_masks_of(in.data + at);
        uint64_t quotes = masks.quotes & ~escaped_bytes(masks.slashes, &carry);
        if (quotes) {
            *escaped = (slashes | (masks.slashes & (quotes ^ (quotes - 1)))) != 0;
            return at + (unsigned)__builtin_ctzll(quotes);
        }
        slashes |= masks.slashes;
    }
    *escaped = slashes != 0;
    for (at += carry; at < in.size && in.data[at] != '"'; at++) {
        if (in.data[at] == '\\') {
            *escaped = true;
            at++;
        }
    }
    return at < in.size ? at : in.size;
}

/* Reads the string whose opening quote stands at json->at. */
static sheaf_status read_string(sheaf_json *json, sheaf_json_token *token, sheaf_error *error) {
    size_t start = json->at + 1;
    token->escaped = false;
    size_t end = string_end(json->input, start, &token->escaped);
    if (end >= json->input.size)
        return bad(json, json->input.size, "", error);
    token->raw = sheaf_slice_part(json->input, start, end);
    json->at = end + 1;
    return SHEAF_OK;
}

static size_t number_end(sheaf_slice in, size_t at) {
    size_t digits;
#define DIGITS()                                                                                   \
    for (digits = 0; at < in.size && sheaf_is_digit(in.data[at]); at++)                            \
        digits++;                                                                                  \
    if (digits == 0)                                                                               \
    return SIZE_MAX
    if (at < in.size && in.data[at] == '-')
        at++;
    DIGITS();
    if (at < in.size && in.data[at] == '.') {
        at++;
        DIGITS();
    }
    if (at < in.size && (in.data[at] == 'e' || in.data[at] == 'E')) {
        at++;
        if (at < in.size && (in.data[at] == '+' || in.data[at] == '-'))
            at++;
        DIGITS();
    }
#undef DIGITS
    return at;
}

static sheaf_status read_scalar(sheaf_json *json, sheaf_json_token *token, sheaf_error *error) {
    static const struct {
        sheaf_slice text;
        sheaf_json_kind kind;
    } word[] = {{SLICE("true"), SHEAF_JSON_TRUE},
                {SLICE("false"), SHEAF_JSON_FALSE},
                {SLICE("null"), SHEAF_JSON_NULL}};
    sheaf_slice rest = sheaf_slice_part(json->input, json->at, json->input.size);
    size_t end = SIZE_MAX;
    for (size_t i = 0; i < 3; i++) {
        if (sheaf_slice_starts(rest, word[i].text)) {
            token->kind = word[i].kind;
            end = json->at + word[i].text.size;
        }
    }
    if (end == SIZE_MAX) {
        token->kind = SHEAF_JSON_NUMBER;
        end = number_end(json->input, json->at);
    }
    if (end == SIZE_MAX)
        return bad(json, json->at, "not a JSON value", error);
    token->raw = sheaf_slice_part(json->input, json->at, end);
    json->at = end;
    after_value(json);
    return SHEAF_OK;
}

static sheaf_status read_key(sheaf_json *json, sheaf_json_token *token, sheaf_error *error) {
    sheaf_status status = read_string(json, token, error);
    if (status)
        return status;
    skip_space(json);
    if (json->at >= json->input.size || json->input.data[json->at] != ':')
        return bad(json, json->at, "a colon is missing behind a key", error);
    json->at++;
    token->kind = SHEAF_JSON_KEY;
    json->expect = EXPECT_VALUE;
    return SHEAF_OK;
}

sheaf_status sheaf_json_next(sheaf_json *json, sheaf_json_token *token, sheaf_error *error) {
    skip_space(json);
    token->escaped = false;
    if (json->at < json->input.size && (json->expect & EXPECT_COMMA) &&
        json->input.data[json->at] == ',') {
        json->at++;
        json->expect = in_object(json) ? EXPECT_KEY : EXPECT_VALUE;
        skip_space(json);
    }
    if (json->at >= json->input.size) {
        if (json->depth > 0 || !(json->expect & EXPECT_NOTHING))
            return bad(json, json->at, "", error);
        *token = (sheaf_json_token){.kind = SHEAF_JSON_END};
        return SHEAF_OK;
    }
    char c = json->input.data[json->at];
    if (json->expect & EXPECT_NOTHING)
        return bad(json, json->at, "something stands behind the end of the JSON", error);
    if (c == '}' || c == ']')
        return json->depth ? close_level(json, token, c == '}', error)
                           : bad(json, json->at, "unexpected closing bracket", error);
    if (json->expect & EXPECT_KEY)
        return c == '"' ? read_key(json, token, error)
                        : bad(json, json->at, "a key in double quotes is missing", error);
    if (!(json->expect & EXPECT_VALUE))
        return bad(json, json->at, "a comma is missing", error);
    if (c == '{' || c == '[')
        return open_level(json, token, c == '{', error);
    if (c != '"')
        return read_scalar(json, token, error);
    sheaf_status status = read_string(json, token, error);
    token->kind = SHEAF_JSON_STRING;
    after_value(json);
    return status;
}

sheaf_status sheaf_json_skip(sheaf_json *json, const sheaf_json_token *token, sheaf_slice *raw,
                             sheaf_error *error) {
    sheaf_json_token inner = *token;
    sheaf_status status = SHEAF_OK;
    if (token->kind == SHEAF_JSON_KEY)
        status = sheaf_json_next(json, &inner, error);
    if (status)
        return status;
    bool quoted = inner.kind == SHEAF_JSON_STRING;
    const char *start = inner.raw.data - (quoted ? 1 : 0);
    if (inner.kind == SHEAF_JSON_OBJECT || inner.kind == SHEAF_JSON_ARRAY) {
        size_t outside = json->depth - 1;
        while (!status && json->depth > outside)
            status = sheaf_json_next(json, &inner, error);
    }
    if (!status && raw)
        *raw = (sheaf_slice){start, (size_t)(json->input.data + json->at - start)};
    return status;
}

/* ---- passing over ------------------------------------------------------------- */

/* Bit i of the result: whether an odd number of bits up to i is set. */
static uint64_t odd_so_far(uint64_t bits) {
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* Follows brackets from json->at, which is in no string, until no more than
 * outside levels are open. */
static sheaf_status pass_brackets(sheaf_json *json, size_t outside, sheaf_error *error) {
    uint64_t within = 0, carry = 0; /* of the byte before the block */
    sheaf_json_token token;
    for (size_t at = json->at; at < json->input.size; at += SHEAF_JSON_BLOCK) {
        size_t left = json->input.size - at;
        const char *block = json->input.data + at;
        char last[SHEAF_JSON_BLOCK] = {0};
        if (left < SHEAF_JSON_BLOCK)
            block = memcpy(last, block, left);
        sheaf_json_masks masks = sheaf_json_masks_of(block);
        if (masks.slashes | carry)
            masks.quotes &= ~escaped_bytes(masks.slashes, &carry);
        within = odd_so_far(masks.quotes) ^ (0 - within);
        for (uint64_t hits = masks.brackets & ~within; hits; hits &= hits - 1) {
            json->at = at + (unsigned)__builtin_ctzll(hits);
            char c = json->input.data[json->at];
            bool object = c == '{' || c == '}';
            sheaf_status status = c == '{' || c == '[' ? open_level(json, &token, object, error)
                                                       : close_level(json, &token, object, error);
            if (status || json->depth == outside)
                return status;
        }
        within >>= 63;
    }
    return bad(json, json->input.size, "", error);
}

sheaf_status sheaf_json_pass(sheaf_json *json, const sheaf_json_token *token, sheaf_error *error) {
    sheaf_json_token inner = *token;
    size_t outside = json->depth;
    sheaf_status status = SHEAF_OK;
    if (token->kind == SHEAF_JSON_KEY)
        status = sheaf_json_next(json, &inner, error);
    else if (json->depth)
        outside--;
    if (status || (inner.kind != SHEAF_JSON_OBJECT && inner.kind != SHEAF_JSON_ARRAY))
        return status;
    return pass_brackets(json, outside, error);
}

/* ---- strings --------------------------------------------------------------------- */

/* Four hexadecimal digits at text[at], or -1. */
static int32_t hex4(sheaf_slice text, size_t at) {
    int32_t value = 0;
    if (at + 4 > text.size)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        char c = sheaf_to_lower(text.data[i]);
        if (sheaf_is_digit(c))
            value = value * 16 + (c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + (c - 'a' + 10);
        else
            return -1;
    }
    return value;
}

/* Appends what \uXXXX at text[at] (the u) stands for; returns its length. */
static size_t unescape_unicode(sheaf_buffer *out, sheaf_slice text, size_t at) {
    int32_t unit = hex4(text, at + 1);
    if (unit < 0) {
        sheaf_utf8_append(out, 0xFFFD);
        return 1;
    }
    bool high = unit >= 0xD800 && unit <= 0xDBFF;
    if (high && at + 6 < text.size && text.data[at + 5] == '\\' && text.data[at + 6] == 'u') {
        int32_t low = hex4(text, at + 7);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            sheaf_utf8_append(out, (uint32_t)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
            return 11;
        }
    }
    sheaf_utf8_append(out, (uint32_t)unit);
    return 5;
}

static void unescape(sheaf_buffer *out, sheaf_slice raw) {
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    size_t at = 0;
    while (at < raw.size) {
        size_t backslash = sheaf_slice_find_char(raw, at, '\\');
        size_t stop = backslash == SIZE_MAX ? raw.size : backslash;
        sheaf_buffer_append(out, raw.data + at, stop - at);
        at = stop + 1;
        if (at >= raw.size)
            break;
        const char *simple = raw.data[at] ? strchr(from, raw.data[at]) : NULL;
        if (raw.data[at] == 'u') {
            at += unescape_unicode(out, raw, at);
        } else {
            sheaf_buffer_char(out, simple ? to[simple - from] : raw.data[at]);
            at++;
        }
    }
}

sheaf_slice sheaf_json_text(sheaf_arena *arena, const sheaf_json_token *token) {
    sheaf_slice text = token->raw;
    bool valid = sheaf_utf8_valid(text);
    if (!token->escaped && valid)
        return sheaf_arena_copy(arena, text);
    /* Unescaping makes text longer only where a broken \u (two bytes) becomes
     * U+FFFD (three): room for that serves valid text without a second copy. */
    size_t room = text.size + text.size / 2;
    if (valid) {
        sheaf_buffer fixed = {.data = sheaf_arena_alloc(arena, room + 1), .capacity = room};
        if (!fixed.data)
            return (sheaf_slice){0};
        unescape(&fixed, text);
        fixed.data[fixed.size] = '\0';
        return sheaf_buffer_view(&fixed);
    }
    sheaf_buffer unescaped = {0};
    sheaf_buffer mended = {0};
    unescape(&unescaped, text);
    sheaf_utf8_repair(&mended, sheaf_buffer_view(&unescaped));
    sheaf_slice copy = sheaf_arena_copy(arena, sheaf_buffer_view(&mended));
    if (unescaped.failed || mended.failed)
        arena->failed = true;
    sheaf_buffer_clear(&unescaped);
    sheaf_buffer_clear(&mended);
    return copy;
}

bool sheaf_json_is(const sheaf_json_token *token, const char *name) {
    return (token->kind == SHEAF_JSON_KEY || token->kind == SHEAF_JSON_STRING) &&
           sheaf_slice_is(token->raw, name);
}

static bool needs_escape(unsigned char c) {
    return c < 0x20 || c == '"' || c == '\\';
}

/* Offset of the next byte of text from at on that is stop, a backslash or a control, or the size.
 */
static size_t next_special(sheaf_slice text, size_t at, char stop) {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8(stop), slash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    for (; at + 16 <= text.size; at += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(text.data + at));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(some, quote), _mm_cmpeq_epi8(some, slash));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(_mm_min_epu8(some, control), some));
        unsigned mask = (unsigned)_mm_movemask_epi8(hit);
        if (mask)
            return at + (unsigned)__builtin_ctz(mask);
    }
#endif
    while (at < text.size && text.data[at] != stop && text.data[at] != '\\' &&
           (unsigned char)text.data[at] >= 0x20)
        at++;
    return at;
}

/* Does the backslash at text[at] begin an escape that sheaf_json_write writes so? Those with
 * four digits are so rare that none is taken for one. */
static bool escapes_alike(sheaf_slice text, size_t at) {
    char c = at + 1 < text.size ? text.data[at + 1] : '\0';
    return c == 'n' || c == '"' || c == '\\' || c == 't' || c == 'r';
}

size_t sheaf_json_plain_end(sheaf_slice text, size_t at) {
    while ((at = next_special(text, at, '"')) < text.size) {
        if (text.data[at] == '"')
            return at;
        if (text.data[at] != '\\' || !escapes_alike(text, at))
            break;
        at += 2;
    }
    return SIZE_MAX;
}

bool sheaf_json_is_plain(sheaf_slice text) {
    for (size_t at = 0; (at = next_special(text, at, '\\')) < text.size; at += 2) {
        if (text.data[at] != '\\' || !escapes_alike(text, at))
            return false;
    }
    return true;
}

/* Appends text from at on up to the next byte that must be escaped; gives its offset. */
static size_t copy_plain(sheaf_buffer *out, sheaf_slice text, size_t at) {
    if (!sheaf_buffer_reserve(out, text.size - at + 8))
        return text.size;
    char *to = out->data + out->size;
    size_t start = at;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    for (; at + 16 <= text.size; at += 16, to += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(text.data + at));
        _mm_storeu_si128((__m128i *)(void *)to, some);
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(some, quote), _mm_cmpeq_epi8(some, slash));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(_mm_min_epu8(some, control), some));
        unsigned mask = (unsigned)_mm_movemask_epi8(hit);
        if (mask) {
            at += (unsigned)__builtin_ctz(mask);
            out->size += at - start;
            return at;
        }
    }
#else
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t tops = 0x8080808080808080u;
    for (; at + 8 <= text.size; at += 8, to += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        memcpy(to, &eight, 8);
        uint64_t quote = eight ^ (ones * '"');
        uint64_t slash = eight ^ (ones * '\\');
        uint64_t hit = ((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) |
                       ((slash - ones) & ~slash);
        if (hit & tops)
            break;
    }
#endif
    while (at < text.size && !needs_escape((unsigned char)text.data[at]))
        *to++ = text.data[at++];
    out->size += at - start;
    return at;
}

void sheaf_json_write(sheaf_buffer *buffer, sheaf_slice text) {
    sheaf_buffer_char(buffer, '"');
    for (size_t at = 0; at < text.size;) {
        size_t stop = copy_plain(buffer, text, at);
        if (stop >= text.size)
            break;
        char c = text.data[stop];
        at = stop + 1;
        switch (c) {
        case '"': sheaf_buffer_append(buffer, "\\\"", 2); break;
        case '\\': sheaf_buffer_append(buffer, "\\\\", 2); break;
        case '\n': sheaf_buffer_append(buffer, "\\n", 2); break;
        case '\r': sheaf_buffer_append(buffer, "\\r", 2); break;
        case '\t': sheaf_buffer_append(buffer, "\\t", 2); break;
        default: sheaf_buffer_printf(buffer, "\\u%04x", (unsigned)(unsigned char)c);
        }
    }
    sheaf_buffer_char(buffer, '"');
}
