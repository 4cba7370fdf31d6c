/* dump_decode.c - bytes of any encoding become UTF-8 that knows its bytes.
 *
 * text/encoding.h tells the encoding. Clean UTF-8 is lent as it is. Everything
 * else is decoded in small steps into a buffer, with a mark every few hundred
 * bytes, from which sheaf_dump_origin decodes again to the byte asked for:
 * exact, and a few bytes of memory for each hundred of text. */
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"

enum { MARK_EVERY = 256, STEP = 256 };

/* What text is allowed to hold. 0: left out. */
static uint32_t clean(uint32_t c) {
    if (c >= 0x20 && c < 0x7F)
        return c;
    if (c == '\t' || c == '\n' || c == '\r' || c == '\f')
        return c;
    if (c == 0x0B || c == 0x85 || c == 0x2028 || c == 0x2029)
        return '\n';
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0x200B || c == 0x2060 ||
        (c >= 0xFFF9 && c <= 0xFFFC) || (c & 0xFFFE) == 0xFFFE)
        return 0;
    return c;
}

static size_t utf8_size(uint32_t c) {
    if (c == 0)
        return 0;
    if (c < 0x80)
        return 1;
    if (c < 0x800)
        return 2;
    return c < 0x10000 ? 3 : 4;
}

/* True when the bytes are UTF-8 already, and hold nothing that must go. */
static bool can_lend(const dump_source *source) {
    for (size_t at = source->start; at < source->bytes.size;) {
        size_t start = at;
        unsigned char byte = (unsigned char)source->bytes.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        uint32_t c = sheaf_utf8_next(source->bytes, &at);
        if (clean(c) != c || (c == 0xFFFD && at == start + 1))
            return false;
    }
    return true;
}

static void set_mark(dump_source *source, size_t at, size_t most, size_t *due) {
    if (source->own.size < *due || source->mark_count >= most)
        return;
    source->marks[source->mark_count++] =
        (dump_mark){source->own.size, at, sheaf_decoder_state(source->decoder)};
    *due = source->own.size + MARK_EVERY;
}

static void add_clean(sheaf_buffer *out, sheaf_slice piece) {
    for (size_t i = 0; i < piece.size;) {
        uint32_t c = clean(sheaf_utf8_next(piece, &i));
        if (c > 0 && c < 0x80)
            sheaf_buffer_char(out, (char)c);
        else if (c)
            sheaf_utf8_append(out, c);
    }
}

static sheaf_status decode_all(dump_source *source, sheaf_error *error) {
    char piece[STEP];
    size_t most = source->bytes.size / MARK_EVERY * 3 + 16;
    size_t at = source->start;
    size_t due = 0;
    source->marks = sheaf_malloc(most * sizeof *source->marks);
    source->decoder = sheaf_decoder_open(source->encoding.name);
    if (!source->marks || !source->decoder)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    while (at < source->bytes.size && !source->own.failed) {
        set_mark(source, at, most, &due);
        size_t size = sheaf_decoder_step(source->decoder, source->bytes, &at, piece, sizeof piece,
                                         &source->bad);
        add_clean(&source->own, sheaf_slice_from(piece, size));
    }
    if (source->own.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    source->text = sheaf_buffer_view(&source->own);
    return SHEAF_OK;
}

sheaf_status sheaf_dump_decode(dump_source *source, sheaf_slice bytes, sheaf_error *error) {
    const char *name = NULL;
    *source = (dump_source){.bytes = bytes};
    source->encoding = sheaf_encoding_guess_of(bytes, sheaf_slice_part(bytes, 0, 0), false);
    source->start = sheaf_encoding_mark(bytes, &name);
    if (strcmp(source->encoding.name, "UTF-8") == 0 && can_lend(source)) {
        source->text = sheaf_slice_part(bytes, source->start, bytes.size);
        return SHEAF_OK;
    }
    return decode_all(source, error);
}

void sheaf_dump_source_clear(dump_source *source) {
    sheaf_buffer_clear(&source->own);
    sheaf_decoder_close(source->decoder);
    sheaf_free(source->marks);
    *source = (dump_source){0};
}

/* ---- back to the bytes -------------------------------------------------------- */

static dump_mark mark_before(const dump_source *source, size_t at) {
    size_t low = 0;
    size_t high = source->mark_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->marks[middle].decoded <= at)
            low = middle;
        else
            high = middle;
    }
    return source->marks[low];
}

/* Offset in piece at which *left clean bytes have gone by; *left is what is
 * still missing at its end. */
static size_t pass_clean(sheaf_slice piece, size_t *left) {
    size_t i = 0;
    while (i<piece.size && * left> 0) {
        size_t size = utf8_size(clean(sheaf_utf8_next(piece, &i)));
        *left -= size < *left ? size : *left;
    }
    return i;
}

uint64_t sheaf_dump_origin(const dump_source *source, size_t at) {
    char piece[STEP];
    size_t bad = 0;
    if (!source->marks)
        return source->start + at;
    if (source->mark_count == 0)
        return source->start;
    dump_mark mark = mark_before(source, at);
    size_t left = at - mark.decoded;
    size_t from = mark.source;
    sheaf_decoder_resume(source->decoder, mark.state);
    while (left > 0 && from < source->bytes.size) {
        size_t start = from;
        unsigned state = sheaf_decoder_state(source->decoder);
        size_t size =
            sheaf_decoder_step(source->decoder, source->bytes, &from, piece, sizeof piece, &bad);
        size_t passed = pass_clean(sheaf_slice_from(piece, size), &left);
        if (left == 0 && passed < size) { /* again, just as far */
            from = start;
            sheaf_decoder_resume(source->decoder, state);
            sheaf_decoder_step(source->decoder, source->bytes, &from, piece, passed, &bad);
        }
    }
    return from;
}
