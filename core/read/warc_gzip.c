/* warc_gzip.c - gzip members: in one piece by libdeflate, which is more than twice
 * as fast, and bit by bit by zlib where that cannot be done.
 *
 * libdeflate wants all of a member and room for all that it holds, and cannot tell
 * a member that goes on from one that is damaged. So it is tried with what is at
 * hand, then with more, and when it fails for good, zlib takes the member from its
 * beginning: it unpacks what is larger than our pieces, gives what stands before
 * damage, and says what the damage is. */
#include <libdeflate.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/warc_members_parts.h"

enum { GZIP_WINDOW = 15 + 16, LEAST_ROOM = 1 << 20 };

typedef struct gzip_state {
    struct libdeflate_decompressor *fast;
    z_stream careful;
    bool ready;  /* careful was initialised */
    size_t room; /* that the members so far have needed */
} gzip_state;

static void close_gzip(void *state) {
    gzip_state *self = state;
    if (self->fast)
        libdeflate_free_decompressor(self->fast);
    if (self->ready)
        inflateEnd(&self->careful);
    sheaf_free(self);
}

static sheaf_status open_gzip(void **state, sheaf_input *input, sheaf_error *error) {
    (void)input;
    gzip_state *self = sheaf_calloc(1, sizeof *self);
    if (self) {
        self->fast = libdeflate_alloc_decompressor();
        self->ready = inflateInit2(&self->careful, GZIP_WINDOW) == Z_OK;
        self->room = LEAST_ROOM;
    }
    if (self && self->fast && self->ready) {
        *state = self;
        return SHEAF_OK;
    }
    if (self)
        close_gzip(self);
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

/* ---- in one piece ---------------------------------------------------------------------------- */

/* *done: the member is in the window. */
static sheaf_status unpack_whole(sheaf_members *m, bool *done, sheaf_error *error) {
    gzip_state *self = m->state;
    for (;;) {
        sheaf_status status = sheaf_members_room(m, self->room, error);
        if (status)
            return status;
        size_t used, given;
        sheaf_slice packed = sheaf_members_packed(m);
        sheaf_buffer *window = &m->window;
        enum libdeflate_result result = libdeflate_gzip_decompress_ex(
            self->fast, packed.data, packed.size, window->data + window->size,
            window->capacity - window->size, &used, &given);
        *done = result == LIBDEFLATE_SUCCESS;
        if (*done) {
            window->size += given;
            m->raw_at += used;
            return SHEAF_OK;
        }
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && self->room < SHEAF_MEMBERS_WHOLE)
            self->room *= 4;
        else if (result == LIBDEFLATE_BAD_DATA && !m->raw_end && packed.size < SHEAF_MEMBERS_PACKED)
            status = sheaf_members_pull(m, packed.size * 4, error);
        else
            return SHEAF_OK;
        if (status)
            return status;
    }
}

/* ---- bit by bit ------------------------------------------------------------------------------ */

static const char *cause_of(int result, const z_stream *stream, bool end) {
    if (result == Z_BUF_ERROR && end)
        return "the file ends within a gzip member";
    if (result == Z_MEM_ERROR)
        return "out of memory";
    if (stream->msg && strcmp(stream->msg, "incorrect data check") == 0)
        return "the checksum of a gzip member is wrong";
    if (stream->msg && strcmp(stream->msg, "incorrect header check") == 0)
        return "here stands no gzip member";
    return "a gzip member is damaged";
}

/* One call of inflate, from raw to the window. */
static int unpack_piece(sheaf_members *m, size_t room) {
    gzip_state *self = m->state;
    z_stream *z = &self->careful;
    sheaf_slice packed = sheaf_members_packed(m);
    z->next_in = (Bytef *)(uintptr_t)packed.data;
    z->avail_in = (uInt)packed.size;
    z->next_out = (Bytef *)m->window.data + m->window.size;
    z->avail_out = (uInt)room;
    int result = inflate(z, Z_NO_FLUSH);
    m->raw_at += packed.size - z->avail_in;
    m->window.size += room - z->avail_out;
    return result;
}

static sheaf_status unpack_on(sheaf_members *m, sheaf_error *error) {
    gzip_state *self = m->state;
    size_t before = m->window.size;
    sheaf_status status = sheaf_members_room(m, SHEAF_MEMBERS_PIECE, error);
    before = m->window.size;
    while (!status && m->inside && m->window.size == before) {
        status = sheaf_members_pull(m, 1, error);
        if (status)
            return status;
        int result = unpack_piece(m, SHEAF_MEMBERS_PIECE);
        m->inside = result == Z_OK || (result == Z_BUF_ERROR && !m->raw_end);
        if (!m->inside && result != Z_STREAM_END)
            m->damage = cause_of(result, &self->careful, m->raw_end);
    }
    return status;
}

static sheaf_status fill_gzip(sheaf_members *m, sheaf_error *error) {
    gzip_state *self = m->state;
    bool done = false;
    if (m->inside)
        return unpack_on(m, error);
    sheaf_status status = unpack_whole(m, &done, error);
    if (status || done)
        return status;
    inflateReset2(&self->careful, GZIP_WINDOW);
    m->inside = true;
    return unpack_on(m, error);
}

/* ---- the first bytes ------------------------------------------------------------------------- */

static size_t probe_gzip(void *state, sheaf_slice packed, char *out, size_t size) {
    z_stream stream = {0};
    (void)state;
    if (!sheaf_slice_starts(packed, sheaf_gzip_unpacker.magic) ||
        inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
        return 0;
    stream.next_in = (Bytef *)(uintptr_t)packed.data;
    stream.avail_in = (uInt)packed.size;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size;
    inflate(&stream, Z_NO_FLUSH);
    inflateEnd(&stream);
    return size - stream.avail_out;
}

const sheaf_unpacker sheaf_gzip_unpacker = {
    .magic = {"\x1F\x8B\x08", 3},
    .open = open_gzip,
    .close = close_gzip,
    .fill = fill_gzip,
    .probe = probe_gzip,
};
