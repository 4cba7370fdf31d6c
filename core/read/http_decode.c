/* http_decode.c - gzip, deflate, br and zstd, undone.
 *
 * gzip is tried in one piece by libdeflate; zlib takes it from there where that
 * fails, since it gives what stands before damage. A header that tells of an
 * encoding which the bytes do not have is not believed: crawlers often keep the
 * header and store what they have unpacked. */
#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include "base/slice.h"
#include "base/status.h"
#include "read/http.h"

enum { MOST_LAYERS = 2, PIECE = 64 << 10, FIRST_GUESS = 4 };

static const char damaged[] = "its content encoding is damaged: what was before is kept";
static const char unfinished[] = "its content encoding ends early";

void sheaf_http_decoder_clear(sheaf_http_decoder *decoder) {
    sheaf_buffer_clear(&decoder->chunks);
    sheaf_buffer_clear(&decoder->layers[0]);
    sheaf_buffer_clear(&decoder->layers[1]);
}

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static sheaf_status too_large(size_t limit, sheaf_error *error) {
    return sheaf_fail(error, SHEAF_LIMIT, "larger than %zu MiB, the limit for one document",
                      limit >> 20);
}

/* ---- one decoder each ------------------------------------------------------------------------ */

/* Appends to out; *note when the end was not reached. */
typedef sheaf_status (*decode_fn)(sheaf_buffer *out, sheaf_slice bytes, size_t limit,
                                  const char **note, sheaf_error *error);

/* How much to make room for: what a member tells of itself at its end, where that is
 * believable, since then one try is enough. */
static size_t guess_room(sheaf_slice bytes, size_t limit) {
    const unsigned char *end = (const unsigned char *)bytes.data + bytes.size;
    size_t told = bytes.size < 4 ? 0
                                 : (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 |
                                       (size_t)end[-1] << 24;
    size_t usual = bytes.size < limit / FIRST_GUESS ? bytes.size * FIRST_GUESS + PIECE : limit;
    if (usual > limit)
        usual = limit;
    return told > usual && told <= limit ? told : usual;
}

/* *large: what it unpacks to is beyond limit. Nothing is tried again then. */
static bool unzip_whole(sheaf_buffer *out, sheaf_slice bytes, size_t limit, bool *large) {
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t used = 0, given = 0, room = guess_room(bytes, limit);
    struct libdeflate_decompressor *fast = libdeflate_alloc_decompressor();
    while (fast && sheaf_buffer_reserve(out, room)) {
        result = libdeflate_gzip_decompress_ex(fast, bytes.data, bytes.size, out->data, room, &used,
                                               &given);
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == limit)
            break;
        room = room > limit / 4 ? limit : room * 4;
    }
    *large = fast && !out->failed && result == LIBDEFLATE_INSUFFICIENT_SPACE;
    bool done = result == LIBDEFLATE_SUCCESS && used == bytes.size;
    out->size = done ? given : 0;
    if (fast)
        libdeflate_free_decompressor(fast);
    return done;
}

/* Another gzip member behind the one that has ended. */
static bool goes_on(z_stream *z, int bits) {
    return bits > 15 && z->avail_in > 2 && z->next_in[0] == 0x1F && z->next_in[1] == 0x8B &&
           inflateReset(z) == Z_OK;
}

/* windowBits: 31 gzip, 15 zlib, -15 neither. */
static sheaf_status inflate_by_piece(sheaf_buffer *out, sheaf_slice bytes, size_t limit, int bits,
                                     const char **note, sheaf_error *error) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.data, .avail_in = (uInt)bytes.size};
    int result = Z_OK;
    if (inflateInit2(&z, bits) != Z_OK)
        return no_memory(error);
    while (result == Z_OK && out->size <= limit && sheaf_buffer_reserve(out, PIECE)) {
        z.next_out = (Bytef *)out->data + out->size;
        z.avail_out = PIECE;
        result = inflate(&z, Z_NO_FLUSH);
        out->size += PIECE - z.avail_out;
        if (result == Z_STREAM_END && goes_on(&z, bits))
            result = Z_OK;
    }
    inflateEnd(&z);
    if (out->failed || result == Z_MEM_ERROR)
        return no_memory(error);
    if (out->size > limit)
        return too_large(limit, error);
    if (result != Z_STREAM_END)
        *note = result == Z_BUF_ERROR ? unfinished : damaged;
    return SHEAF_OK;
}

static sheaf_status decode_gzip(sheaf_buffer *out, sheaf_slice bytes, size_t limit,
                                const char **note, sheaf_error *error) {
    bool large;
    if (unzip_whole(out, bytes, limit, &large))
        return SHEAF_OK;
    if (large)
        return too_large(limit, error);
    return out->failed ? no_memory(error) : inflate_by_piece(out, bytes, limit, 31, note, error);
}

/* "deflate" should be zlib's format, but half of the world sends it bare. */
static sheaf_status decode_deflate(sheaf_buffer *out, sheaf_slice bytes, size_t limit,
                                   const char **note, sheaf_error *error) {
    const unsigned char *head = (const unsigned char *)bytes.data;
    bool zlib = bytes.size >= 2 && (head[0] & 15) == 8 && (head[0] << 8 | head[1]) % 31 == 0;
    return inflate_by_piece(out, bytes, limit, zlib ? 15 : -15, note, error);
}

static sheaf_status decode_brotli(sheaf_buffer *out, sheaf_slice bytes, size_t limit,
                                  const char **note, sheaf_error *error) {
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    const uint8_t *in = (const uint8_t *)bytes.data;
    if (!state)
        return no_memory(error);
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out->size <= limit &&
           sheaf_buffer_reserve(out, PIECE)) {
        uint8_t *to = (uint8_t *)out->data + out->size;
        size_t room = PIECE;
        result = BrotliDecoderDecompressStream(state, &bytes.size, &in, &room, &to, NULL);
        out->size += PIECE - room;
    }
    BrotliDecoderDestroyInstance(state);
    if (out->failed)
        return no_memory(error);
    if (out->size > limit)
        return too_large(limit, error);
    if (result != BROTLI_DECODER_RESULT_SUCCESS)
        *note = result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT ? unfinished : damaged;
    return SHEAF_OK;
}

static sheaf_status decode_zstd(sheaf_buffer *out, sheaf_slice bytes, size_t limit,
                                const char **note, sheaf_error *error) {
    ZSTD_DCtx *context = ZSTD_createDCtx();
    ZSTD_inBuffer in = {bytes.data, bytes.size, 0};
    size_t left = 1;
    bool stuck = false;
    if (!context)
        return no_memory(error);
    while (!ZSTD_isError(left) && left && !stuck && out->size <= limit &&
           sheaf_buffer_reserve(out, PIECE)) {
        ZSTD_outBuffer to = {out->data + out->size, PIECE, 0};
        left = ZSTD_decompressStream(context, &to, &in);
        out->size += to.pos;
        stuck = in.pos == in.size && to.pos < PIECE;
    }
    ZSTD_freeDCtx(context);
    if (out->failed)
        return no_memory(error);
    if (out->size > limit)
        return too_large(limit, error);
    if (left)
        *note = ZSTD_isError(left) ? damaged : unfinished;
    return SHEAF_OK;
}

/* ---- which one ----------------------------------------------------------------------------------
 */

typedef struct encoding {
    sheaf_slice name;
    sheaf_slice magic; /* empty where there is none */
    decode_fn decode;
} encoding;

static const encoding encodings[] = {
    {SLICE("gzip"), SLICE("\x1F\x8B"), decode_gzip},
    {SLICE("x-gzip"), SLICE("\x1F\x8B"), decode_gzip},
    {SLICE("deflate"), {0}, decode_deflate},
    {SLICE("br"), {0}, decode_brotli},
    {SLICE("zstd"), SLICE("\x28\xB5\x2F\xFD"), decode_zstd},
};

static const encoding *find_encoding(sheaf_slice name) {
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (sheaf_slice_equal_fold(name, encodings[i].name))
            return &encodings[i];
    }
    return NULL;
}

/* Takes the last name off a list: that encoding was put on last. */
static sheaf_slice last_name(sheaf_slice *list) {
    size_t from = list->size;
    while (from > 0 && list->data[from - 1] != ',')
        from--;
    sheaf_slice name = sheaf_slice_trim(sheaf_slice_part(*list, from, list->size));
    list->size = from ? from - 1 : 0;
    return name;
}

/* Text that nobody has packed. Encodings without magic are only tried on others. */
static bool looks_plain(sheaf_slice bytes) {
    sheaf_slice text = sheaf_slice_trim(sheaf_slice_part(bytes, 0, 64));
    if (sheaf_slice_starts(text, SLICE("\xEF\xBB\xBF")))
        text = sheaf_slice_part(text, 3, text.size);
    if (text.size < 2 || !strchr("<{[", text.data[0]))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] < ' ' && !sheaf_is_space(text.data[i]))
            return false;
    }
    return true;
}

static bool has_encoding(sheaf_slice bytes, const encoding *by) {
    return by->magic.size ? sheaf_slice_starts(bytes, by->magic) : !looks_plain(bytes);
}

/* Undoes one encoding into whichever layer bytes are not in. */
static sheaf_status undo(sheaf_http_decoder *decoder, const encoding *by, size_t limit,
                         sheaf_slice *bytes, const char **note, sheaf_error *error) {
    sheaf_buffer *out = &decoder->layers[bytes->data == decoder->layers[0].data];
    const char *wrong = NULL;
    sheaf_buffer_reset(out);
    sheaf_status status = by->decode(out, *bytes, limit, &wrong, error);
    decoder->unpacked += status == SHEAF_LIMIT ? limit : out->size;
    if (status)
        return status;
    if (wrong)
        *note = wrong;
    if (out->size == 0 && wrong)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "its content encoding (%.*s) cannot be undone",
                          SLICE_ARGS(by->name));
    *bytes = sheaf_buffer_view(out);
    return SHEAF_OK;
}

/* Undoes the encoding called name, if bytes have it. */
static sheaf_status undo_named(sheaf_http_decoder *decoder, sheaf_slice name, size_t limit,
                               int *layers, sheaf_slice *bytes, const char **note,
                               sheaf_error *error) {
    const encoding *by = find_encoding(name);
    if (by && has_encoding(*bytes, by)) {
        if (++*layers > MOST_LAYERS)
            return sheaf_fail(error, SHEAF_UNSUPPORTED,
                              "it has more than %d content encodings, one in another", MOST_LAYERS);
        return undo(decoder, by, limit, bytes, note, error);
    }
    if (by || name.size == 0 || sheaf_slice_equal_fold(name, SLICE("identity")) ||
        looks_plain(*bytes))
        return SHEAF_OK;
    return sheaf_fail(error, SHEAF_UNSUPPORTED, "its content encoding is not known: %.*s",
                      (int)(name.size < 40 ? name.size : 40), name.data);
}

sheaf_status sheaf_http_decode(sheaf_http_decoder *decoder, const sheaf_http *http,
                               sheaf_slice bytes, size_t limit, sheaf_slice *document,
                               const char **note, sheaf_error *error) {
    sheaf_slice list = http->content_encoding;
    sheaf_status status = SHEAF_OK;
    int layers = 0;
    while (!status && list.size && bytes.size)
        status = undo_named(decoder, last_name(&list), limit, &layers, &bytes, note, error);
    if (!status && http->content_encoding.size == 0 && has_encoding(bytes, &encodings[0]))
        status = undo(decoder, &encodings[0], limit, &bytes, note, error);
    *document = bytes;
    return status;
}
