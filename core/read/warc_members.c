/* warc_members.c - the window, its seams, and finding the way after damage.
 *
 * Two buffers: raw holds packed bytes of the file, window what they unpack to.
 * Taking all of the window empties it, so it stays as small as one member and the
 * processor's cache keeps it. Raw bytes of the member at work are kept for a while,
 * since the next good member may begin within what a damaged one has swallowed. */
#include "read/warc_members_parts.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

static const sheaf_unpacker *const unpackers[] = {&sheaf_gzip_unpacker, &sheaf_zstd_unpacker};
enum { UNPACKERS = sizeof unpackers / sizeof *unpackers };

static sheaf_status no_memory(sheaf_error *error) {
    return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
}

static const sheaf_unpacker *unpacker_for(sheaf_slice head) {
    if (sheaf_members_has_dictionary(head))
        return &sheaf_zstd_unpacker;
    for (int i = 0; i < UNPACKERS; i++) {
        if (sheaf_slice_starts(head, unpackers[i]->magic))
            return unpackers[i];
    }
    return NULL;
}

bool sheaf_members_has_dictionary(sheaf_slice head) {
    sheaf_slice inside = sheaf_slice_part(head, 8, head.size);
    return sheaf_slice_starts(head, SLICE("\x5D\x2A\x4D\x18")) &&
           (sheaf_slice_starts(inside, SLICE("\x37\xA4\x30\xEC")) ||
            sheaf_slice_starts(inside, sheaf_zstd_unpacker.magic));
}

size_t sheaf_members_first_bytes(sheaf_slice head, char *out, size_t size) {
    const sheaf_unpacker *unpacker = unpacker_for(head);
    if (unpacker)
        return unpacker->probe(NULL, head, out, size);
    head = sheaf_slice_part(head, 0, size);
    if (head.size)
        memcpy(out, head.data, head.size);
    return head.size;
}

/* ---- opening --------------------------------------------------------------------------------- */

void sheaf_members_close(sheaf_members *members) {
    if (!members)
        return;
    if (members->unpacker && members->state)
        members->unpacker->close(members->state);
    sheaf_buffer_clear(&members->raw);
    sheaf_buffer_clear(&members->window);
    sheaf_free(members->seams);
    sheaf_free(members);
}

sheaf_status sheaf_members_open(sheaf_members **out, sheaf_input *input, sheaf_members_test test,
                                sheaf_error *error) {
    sheaf_slice head;
    sheaf_status status = sheaf_input_peek(input, SHEAF_MEMBERS_HEAD, &head, error);
    if (status)
        return status;
    sheaf_members *members = sheaf_calloc(1, sizeof *members);
    if (!members)
        return no_memory(error);
    members->input = input;
    members->test = test;
    members->unpacker = unpacker_for(head);
    if (members->unpacker)
        status = members->unpacker->open(&members->state, input, error);
    if (status)
        sheaf_members_close(members);
    else
        *out = members;
    return status;
}

bool sheaf_members_plain(const sheaf_members *members) {
    return !members->unpacker;
}

sheaf_status sheaf_members_seek(sheaf_members *members, uint64_t offset, uint64_t inner,
                                sheaf_error *error) {
    sheaf_slice view = {0};
    sheaf_status status = sheaf_input_skip(members->input, offset, error);
    members->raw_base = offset;
    while (!status && inner > 0) {
        status = sheaf_members_peek(members, 1, &view, error);
        if (!status && view.size == 0)
            return sheaf_fail(error, SHEAF_BAD_INPUT, "it has become shorter");
        size_t size = view.size < inner ? view.size : (size_t)inner;
        sheaf_members_take(members, size);
        inner -= size;
    }
    return status;
}

/* ---- packed bytes ---------------------------------------------------------------------------- */

/* Forgets what was used, but for the bytes to which recover may go back. */
static void shift_raw(sheaf_members *m) {
    size_t drop = m->keep < m->raw_at ? m->keep : m->raw_at;
    if (m->raw_at - drop > SHEAF_MEMBERS_PACKED)
        drop = m->raw_at - SHEAF_MEMBERS_PACKED;
    if (drop < m->raw.size / 2)
        return;
    memmove(m->raw.data, m->raw.data + drop, m->raw.size - drop);
    m->raw.size -= drop;
    m->raw_at -= drop;
    m->keep -= drop < m->keep ? drop : m->keep;
    m->raw_base += drop;
}

sheaf_status sheaf_members_pull(sheaf_members *m, size_t size, sheaf_error *error) {
    while (m->raw.size - m->raw_at < size && !m->raw_end) {
        sheaf_slice block;
        sheaf_status status = sheaf_input_read(m->input, &block, error);
        if (status)
            return status;
        if (m->raw.size)
            shift_raw(m);
        sheaf_buffer_add(&m->raw, block);
        if (m->raw.failed)
            return no_memory(error);
        m->raw_end = block.size == 0;
    }
    return SHEAF_OK;
}

/* ---- the window ------------------------------------------------------------------------------ */

/* Moves what was not taken to the front. */
static void shift_window(sheaf_members *m) {
    if (m->at == 0)
        return;
    memmove(m->window.data, m->window.data + m->at, m->window.size - m->at);
    m->window.size -= m->at;
    for (size_t i = 0; i < m->seam_count; i++) {
        sheaf_members_seam *seam = &m->seams[i];
        size_t before = m->at > seam->at ? m->at - seam->at : 0;
        seam->inner += before;
        seam->at = seam->at > m->at ? seam->at - m->at : 0;
    }
    m->at = 0;
}

sheaf_status sheaf_members_room(sheaf_members *m, size_t size, sheaf_error *error) {
    if (m->window.capacity - m->window.size < size && m->at >= m->window.size / 2)
        shift_window(m);
    return sheaf_buffer_reserve(&m->window, size) ? SHEAF_OK : no_memory(error);
}

static sheaf_status add_seam(sheaf_members *m, uint64_t offset, sheaf_error *error) {
    /* A member without bytes leaves no trace. */
    while (m->seam_count && m->seams[m->seam_count - 1].at == m->window.size)
        m->seam_count--;
    if (m->seam_count == m->seam_capacity) {
        size_t wanted = m->seam_capacity ? m->seam_capacity * 2 : 8;
        sheaf_members_seam *bigger = sheaf_realloc(m->seams, wanted * sizeof *bigger);
        if (!bigger)
            return no_memory(error);
        m->seams = bigger;
        m->seam_capacity = wanted;
    }
    m->seams[m->seam_count++] = (sheaf_members_seam){m->window.size, offset, 0};
    return SHEAF_OK;
}

static sheaf_status fill_plain(sheaf_members *m, sheaf_error *error) {
    sheaf_slice block;
    sheaf_status status = sheaf_input_read(m->input, &block, error);
    if (status)
        return status;
    status = sheaf_members_room(m, block.size, error);
    if (status)
        return status;
    sheaf_buffer_add(&m->window, block);
    m->raw_end = block.size == 0;
    m->inside = !m->raw_end;
    return SHEAF_OK;
}

/* Begins a member, with zero bytes before it passed over as padding. */
static sheaf_status begin(sheaf_members *m, sheaf_error *error) {
    sheaf_status status;
    if (!m->unpacker)
        return m->seam_count ? SHEAF_OK : add_seam(m, m->raw_base, error);
    for (;;) {
        status = sheaf_members_pull(m, 1, error);
        sheaf_slice packed = sheaf_members_packed(m);
        if (status || packed.size == 0 || packed.data[0] != '\0')
            break;
        m->raw_at++;
    }
    m->keep = m->raw_at;
    m->member = m->raw_base + m->raw_at;
    if (!status)
        status = sheaf_members_pull(m, SHEAF_MEMBERS_AHEAD, error);
    if (status || m->raw_at == m->raw.size)
        return status;
    return add_seam(m, m->member, error);
}

/* Brings more bytes into the window; *more is false where there are none. */
static sheaf_status fill(sheaf_members *m, bool *more, sheaf_error *error) {
    size_t before = m->window.size - m->at;
    *more = false;
    if (m->damage)
        return SHEAF_OK;
    sheaf_status status = m->inside ? SHEAF_OK : begin(m, error);
    if (status || (m->unpacker && !m->inside && m->raw_at == m->raw.size))
        return status;
    if (!m->unpacker && m->raw_end)
        return SHEAF_OK;
    status = m->unpacker ? m->unpacker->fill(m, error) : fill_plain(m, error);
    *more = !m->damage && !(m->unpacker == NULL && m->raw_end);
    if (status || !m->unpacker)
        return status;
    return sheaf_input_charge(m->input, m->window.size - m->at - before, error);
}

sheaf_status sheaf_members_peek(sheaf_members *m, size_t size, sheaf_slice *view,
                                sheaf_error *error) {
    bool more = true;
    while (more && m->window.size - m->at < size && (m->inside || m->at == m->window.size)) {
        sheaf_status status = fill(m, &more, error);
        if (status)
            return status;
    }
    *view = (sheaf_slice){m->window.data ? m->window.data + m->at : "", m->window.size - m->at};
    return SHEAF_OK;
}

sheaf_status sheaf_members_join(sheaf_members *m, sheaf_error *error) {
    bool more;
    return fill(m, &more, error);
}

sheaf_status sheaf_members_edge_of(sheaf_members *m, sheaf_members_edge *edge, sheaf_error *error) {
    sheaf_status status = SHEAF_OK;
    if (m->unpacker && !m->inside && !m->damage)
        status = sheaf_members_pull(m, 1, error);
    if (m->damage)
        *edge = SHEAF_MEMBERS_DAMAGED;
    else if (m->inside)
        *edge = SHEAF_MEMBERS_MORE;
    else if (m->unpacker && m->raw_at < m->raw.size)
        *edge = SHEAF_MEMBERS_SEAM;
    else
        *edge = SHEAF_MEMBERS_END;
    return status;
}

sheaf_status sheaf_members_behind(sheaf_members *m, char *out, size_t size, size_t *got,
                                  sheaf_error *error) {
    sheaf_status status = sheaf_members_pull(m, SHEAF_MEMBERS_AHEAD, error);
    *got = status ? 0 : m->unpacker->probe(m->state, sheaf_members_packed(m), out, size);
    return status;
}

void sheaf_members_take(sheaf_members *m, size_t size) {
    size_t gone = 0;
    m->at += size;
    while (gone + 1 < m->seam_count && m->seams[gone + 1].at <= m->at)
        gone++;
    if (gone)
        memmove(m->seams, m->seams + gone, (m->seam_count - gone) * sizeof *m->seams);
    m->seam_count -= gone;
    if (m->at < m->window.size)
        return;
    shift_window(m);
    if (!m->inside && m->unpacker)
        m->seam_count = 0;
}

/* ---- places ---------------------------------------------------------------------------------- */

void sheaf_members_place(const sheaf_members *m, uint64_t *offset, uint64_t *inner) {
    *offset = m->raw_base + m->raw_at;
    *inner = 0;
    if (m->seam_count) {
        *offset = m->seams[0].offset;
        *inner = m->seams[0].inner + (m->at - m->seams[0].at);
    }
    if (!m->unpacker) {
        *offset += *inner;
        *inner = 0;
    }
}

uint64_t sheaf_members_end_of(const sheaf_members *m, size_t size) {
    uint64_t offset, inner;
    if (!m->unpacker) {
        sheaf_members_place(m, &offset, &inner);
        return offset + size;
    }
    for (size_t i = 1; i < m->seam_count; i++) {
        if (m->seams[i].at >= m->at + size)
            return m->seams[i].offset;
    }
    return m->raw_base + m->raw_at;
}

const char *sheaf_members_damage(const sheaf_members *m, uint64_t *offset) {
    *offset = m->member;
    return m->damage;
}

/* ---- after damage ---------------------------------------------------------------------------- */

/* Does a member with a record begin here? */
static bool is_good(const sheaf_members *m, sheaf_slice packed) {
    char head[SHEAF_MEMBERS_HEAD];
    size_t size = m->unpacker->probe(m->state, packed, head, sizeof head);
    return size && m->test(sheaf_slice_from(head, size));
}

/* Goes to the next place that has the magic; false when it is not in raw. */
static bool next_magic(sheaf_members *m) {
    sheaf_slice magic = m->unpacker->magic;
    sheaf_slice raw = sheaf_buffer_view(&m->raw);
    size_t at = sheaf_slice_find(raw, m->raw_at, magic);
    if (at != SIZE_MAX)
        m->raw_at = at;
    else if (raw.size - m->raw_at >= magic.size)
        m->raw_at = raw.size - magic.size + 1;
    return at != SIZE_MAX;
}

sheaf_status sheaf_members_recover(sheaf_members *m, uint64_t *passed, sheaf_error *error) {
    uint64_t from = m->raw_base + m->keep;
    m->window.size = m->at = m->seam_count = 0;
    m->inside = false;
    m->damage = NULL;
    if (!m->unpacker)
        return SHEAF_END;
    m->raw_at = m->keep + (m->keep < m->raw.size);
    for (;;) {
        m->keep = m->raw_at;
        sheaf_status status = sheaf_members_pull(m, SHEAF_MEMBERS_AHEAD, error);
        bool end = m->raw.size - m->raw_at < m->unpacker->magic.size;
        if (!status && !end && next_magic(m)) {
            if (is_good(m, sheaf_members_packed(m)))
                break;
            m->raw_at++;
        }
        *passed = m->raw_base + m->raw_at - from;
        if (status)
            return status;
        if (end && m->raw_end) {
            *passed = m->raw_base + m->raw.size - from;
            m->raw_at = m->raw.size;
            return SHEAF_END;
        }
    }
    *passed = m->raw_base + m->raw_at - from;
    m->keep = m->raw_at;
    return SHEAF_OK;
}
