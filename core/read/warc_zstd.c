/* warc_zstd.c - zstd frames, and the dictionary of a .warc.zst.
 *
 * By the draft for zstd in WARC the file may begin with a skippable frame (magic
 * 5D 2A 4D 18) that holds a dictionary for all frames behind it, as it is or
 * compressed itself. */
#include <zstd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/warc_members_parts.h"

enum { DICTIONARY_BYTES = 16 << 20, SKIPPABLE_HEAD = 8 };

static void close_zstd(void *state) {
    ZSTD_freeDCtx(state);
}

static uint32_t number_at(sheaf_slice bytes, size_t at) {
    const unsigned char *p = (const unsigned char *)bytes.data + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Unpacks a dictionary into out. */
static sheaf_status unpack_dictionary(sheaf_buffer *out, sheaf_slice packed, sheaf_error *error) {
    unsigned long long size = ZSTD_getFrameContentSize(packed.data, packed.size);
    if (size > DICTIONARY_BYTES)
        size = DICTIONARY_BYTES;
    if (!sheaf_buffer_reserve(out, (size_t)size))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    out->size = ZSTD_decompress(out->data, (size_t)size, packed.data, packed.size);
    if (ZSTD_isError(out->size))
        return sheaf_fail(error, SHEAF_BAD_INPUT, "its dictionary is damaged: %s",
                          ZSTD_getErrorName(out->size));
    return SHEAF_OK;
}

static sheaf_status load_dictionary(ZSTD_DCtx *context, sheaf_input *input, sheaf_error *error) {
    sheaf_slice head;
    sheaf_buffer unpacked = {0};
    sheaf_status status = sheaf_input_peek(input, SHEAF_MEMBERS_HEAD, &head, error);
    if (status || !sheaf_members_has_dictionary(head))
        return status;
    size_t size = number_at(head, 4);
    if (size > DICTIONARY_BYTES)
        return sheaf_fail(error, SHEAF_LIMIT, "its dictionary is larger than %d MiB",
                          DICTIONARY_BYTES >> 20);
    status = sheaf_input_peek(input, SKIPPABLE_HEAD + size, &head, error);
    if (!status && head.size < SKIPPABLE_HEAD + size)
        status = sheaf_fail(error, SHEAF_BAD_INPUT, "it ends within its dictionary");
    sheaf_slice dictionary = sheaf_slice_part(head, SKIPPABLE_HEAD, SKIPPABLE_HEAD + size);
    if (!status && sheaf_slice_starts(dictionary, sheaf_zstd_unpacker.magic)) {
        status = unpack_dictionary(&unpacked, dictionary, error);
        dictionary = sheaf_buffer_view(&unpacked);
    }
    if (!status &&
        ZSTD_isError(ZSTD_DCtx_loadDictionary(context, dictionary.data, dictionary.size)))
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_buffer_clear(&unpacked);
    return status;
}

static sheaf_status open_zstd(void **state, sheaf_input *input, sheaf_error *error) {
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (!context)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = load_dictionary(context, input, error);
    if (status)
        ZSTD_freeDCtx(context);
    else
        *state = context;
    return status;
}

/* Room for all of the frame that begins here, or for a piece of it. */
static size_t room_for(sheaf_slice packed) {
    unsigned long long size = ZSTD_getFrameContentSize(packed.data, packed.size);
    if (size > SHEAF_MEMBERS_WHOLE || size < SHEAF_MEMBERS_PIECE)
        return SHEAF_MEMBERS_PIECE;
    return (size_t)size;
}

static sheaf_status fill_zstd(sheaf_members *m, sheaf_error *error) {
    size_t room = m->inside ? SHEAF_MEMBERS_PIECE : room_for(sheaf_members_packed(m));
    sheaf_status status = sheaf_members_room(m, room, error);
    size_t before = m->window.size;
    if (!m->inside)
        ZSTD_DCtx_reset(m->state, ZSTD_reset_session_only);
    for (m->inside = true; !status && m->inside && m->window.size == before;) {
        status = sheaf_members_pull(m, 1, error);
        if (status)
            return status;
        sheaf_slice packed = sheaf_members_packed(m);
        ZSTD_inBuffer in = {packed.data, packed.size, 0};
        ZSTD_outBuffer out = {m->window.data + before, room, 0};
        size_t left = ZSTD_decompressStream(m->state, &out, &in);
        m->raw_at += in.pos;
        m->window.size += out.pos;
        m->inside = left != 0 && !ZSTD_isError(left);
        if (ZSTD_isError(left))
            m->damage = "a zstd frame is damaged";
        else if (m->inside && packed.size == 0 && out.pos == 0)
            m->damage = "the file ends within a zstd frame";
        m->inside = m->inside && !m->damage;
    }
    return status;
}

static size_t probe_zstd(void *state, sheaf_slice packed, char *out, size_t size) {
    ZSTD_DCtx *context = state ? state : ZSTD_createDCtx();
    if (!context || !sheaf_slice_starts(packed, sheaf_zstd_unpacker.magic)) {
        if (!state)
            ZSTD_freeDCtx(context);
        return 0;
    }
    ZSTD_inBuffer from = {packed.data, packed.size, 0};
    ZSTD_outBuffer to = {out, size, 0};
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    size_t left = ZSTD_decompressStream(context, &to, &from);
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    if (!state)
        ZSTD_freeDCtx(context);
    return ZSTD_isError(left) ? 0 : to.pos;
}

const sheaf_unpacker sheaf_zstd_unpacker = {
    .magic = {"\x28\xB5\x2F\xFD", 4},
    .open = open_zstd,
    .close = close_zstd,
    .fill = fill_zstd,
    .probe = probe_zstd,
};
