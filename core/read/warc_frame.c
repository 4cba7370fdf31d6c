/* warc_frame.c - finds records by what stands in the file rather than by what their
 * heads say alone.
 *
 * A record's length is believed when behind it stands the next record, or the end of
 * its member. When not, it is sought in the bytes: a record that begins within the
 * block, behind an empty line, shows that the length is too large; otherwise all up
 * to the next record belongs to this one. A record never runs over a seam into a
 * member that begins with a record of its own.
 *
 * A length beyond the limit for documents cannot be checked in the window. Where the
 * file can be read anywhere, a look behind the told end shows whether it is right; where
 * not, any record that begins sooner shows that it is wrong. */
#include "read/warc_frame.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/slice.h"
#include "base/status.h"

enum {
    HEAD_BYTES = 16 << 10,   /* looked at first */
    SCAN_BYTES = 256 << 10,  /* at once, in search of the next record */
    BEHIND_BYTES = 64,       /* enough to know a record by */
    LONGEST_LINE = 16 << 10, /* of an ARC */
    ADVICE_BYTES = 640
};

static bool begins(const sheaf_framer *framer, sheaf_slice head) {
    return framer->arc ? sheaf_arc_begins(head) : sheaf_warc_begins(head);
}

static size_t find(const sheaf_framer *framer, sheaf_slice view, size_t from) {
    return framer->arc ? sheaf_arc_find(view, from) : sheaf_warc_find(view, from);
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool begins_arc(sheaf_slice head) {
    return sheaf_slice_starts(head, SLICE("filedesc://"));
}

static sheaf_slice first_bytes(sheaf_slice head, char out[BEHIND_BYTES]) {
    return sheaf_slice_from(out, sheaf_members_first_bytes(head, out, BEHIND_BYTES));
}

bool sheaf_framer_bids(sheaf_slice head) {
    char bytes[BEHIND_BYTES];
    if (sheaf_members_has_dictionary(head))
        return true;
    sheaf_slice first = first_bytes(head, bytes);
    return sheaf_warc_begins(first) || begins_arc(first);
}

sheaf_status sheaf_framer_open(sheaf_framer *framer, sheaf_input *input, sheaf_reporter *reporter,
                               sheaf_error *error) {
    sheaf_slice head;
    char bytes[BEHIND_BYTES];
    *framer = (sheaf_framer){.input = input, .reporter = reporter};
    sheaf_arena_init(&framer->arena);
    sheaf_status status = sheaf_input_peek(input, SHEAF_BID_BYTES, &head, error);
    if (status)
        return status;
    framer->arc = begins_arc(first_bytes(head, bytes));
    return sheaf_members_open(&framer->members, input,
                              framer->arc ? sheaf_arc_begins : sheaf_warc_begins, error);
}

void sheaf_framer_clear(sheaf_framer *framer) {
    sheaf_members_close(framer->members);
    sheaf_arena_clear(&framer->arena);
}

/* ---- telling --------------------------------------------------------------------------------- */

void sheaf_framer_tell(sheaf_framer *framer, sheaf_status status, uint64_t offset,
                       const char *reason) {
    char text[ADVICE_BYTES];
    int head = snprintf(text, sizeof text, "at byte %llu: ", (unsigned long long)offset);
    size_t room = sizeof text - (size_t)head - 1;
    size_t size = strlen(reason);
    memcpy(text + head, reason, size < room ? size : room);
    text[(size_t)head + (size < room ? size : room)] = '\0';
    sheaf_report(framer->reporter, framer->input, "", status, text);
}

static void tell_lost(sheaf_framer *framer, uint64_t offset, const char *what, uint64_t bytes) {
    char text[ADVICE_BYTES];
    snprintf(text, sizeof text, "%.400s; %llu bytes passed over", what, (unsigned long long)bytes);
    sheaf_framer_tell(framer, SHEAF_BAD_INPUT, offset, text);
}

/* What has gathered, as one. */
static void tell_garbage(sheaf_framer *framer) {
    char text[ADVICE_BYTES];
    uint64_t to, ignored;
    sheaf_garbage *garbage = &framer->garbage;
    if (!*garbage->why)
        return;
    sheaf_members_place(framer->members, &to, &ignored);
    int size = snprintf(text, sizeof text, "%s; %llu bytes passed over", garbage->why,
                        (unsigned long long)garbage->bytes);
    if (to > garbage->from)
        snprintf(text + size, sizeof text - (size_t)size, ", up to byte %llu",
                 (unsigned long long)to);
    sheaf_framer_tell(framer, SHEAF_BAD_INPUT, garbage->from, text);
    *garbage = (sheaf_garbage){0};
}

static void add_garbage(sheaf_framer *framer, const char *why, uint64_t from, uint64_t bytes) {
    sheaf_garbage *garbage = &framer->garbage;
    if (!*garbage->why) {
        snprintf(garbage->why, sizeof garbage->why, "%.*s", (int)sizeof garbage->why - 1, why);
        garbage->from = from;
    }
    garbage->bytes += bytes;
}

static void tell_length(sheaf_framer *framer, const sheaf_frame *frame) {
    char text[200];
    snprintf(text, sizeof text, "the length of a record lies: %llu told, %zu found; read as found",
             (unsigned long long)frame->record.length, frame->block.size);
    sheaf_framer_tell(framer, SHEAF_BAD_INPUT, frame->offset, text);
}

static void tell_short(sheaf_framer *framer, const sheaf_frame *frame, sheaf_members_edge edge) {
    char text[200];
    uint64_t ignored;
    const char *why = edge == SHEAF_MEMBERS_DAMAGED
                          ? sheaf_members_damage(framer->members, &ignored)
                          : "the file ends within a record";
    snprintf(text, sizeof text, "%s: %zu of its %llu bytes are there", why, frame->block.size,
             (unsigned long long)frame->record.length);
    sheaf_framer_tell(framer, SHEAF_BAD_INPUT, frame->offset, text);
}

/* ---- finding the way ------------------------------------------------------------------------- */

/* At damage: tells it and goes to the next good member; SHEAF_END when there is none. */
static sheaf_status pass_damage(sheaf_framer *framer, sheaf_error *error) {
    uint64_t offset, passed = 0;
    tell_garbage(framer);
    const char *damage = sheaf_members_damage(framer->members, &offset);
    sheaf_status status = sheaf_members_recover(framer->members, &passed, error);
    if (!status || status == SHEAF_END)
        tell_lost(framer, offset, damage, passed);
    return status;
}

/* Makes at least size bytes be in view, over seams, unless a record begins behind one.
 * *edge tells what has stopped it. */
static sheaf_status view_over_seams(sheaf_framer *framer, size_t size, sheaf_slice *view,
                                    sheaf_members_edge *edge, sheaf_error *error) {
    for (;;) {
        char head[BEHIND_BYTES];
        size_t got;
        *edge = SHEAF_MEMBERS_MORE;
        sheaf_status status = sheaf_members_peek(framer->members, size, view, error);
        if (status || view->size >= size)
            return status;
        status = sheaf_members_edge_of(framer->members, edge, error);
        if (status || *edge != SHEAF_MEMBERS_SEAM)
            return status;
        status = sheaf_members_behind(framer->members, head, sizeof head, &got, error);
        if (status || begins(framer, sheaf_slice_from(head, got)))
            return status;
        status = sheaf_members_join(framer->members, error);
        if (status)
            return status;
    }
}

/* Takes line ends; *left is how many bytes are in view behind them. */
static sheaf_status take_line_ends(sheaf_framer *framer, size_t *left, sheaf_error *error) {
    sheaf_slice view;
    sheaf_status status = sheaf_members_peek(framer->members, BEHIND_BYTES, &view, error);
    size_t blank = 0;
    if (status)
        return status;
    while (blank < view.size && (view.data[blank] == '\r' || view.data[blank] == '\n'))
        blank++;
    sheaf_members_take(framer->members, blank);
    *left = view.size - blank;
    return SHEAF_OK;
}

/* Goes to the next byte that is no line end, over damage. SHEAF_END at the end. */
static sheaf_status find_bytes(sheaf_framer *framer, sheaf_error *error) {
    for (;;) {
        size_t left;
        sheaf_members_edge edge;
        sheaf_status status = take_line_ends(framer, &left, error);
        if (status || left > 0)
            return status;
        status = sheaf_members_edge_of(framer->members, &edge, error);
        if (!status && edge == SHEAF_MEMBERS_DAMAGED)
            status = pass_damage(framer, error);
        else if (!status && edge == SHEAF_MEMBERS_END)
            status = SHEAF_END;
        if (status)
            return status;
    }
}

/* Where bytes stand that are no record: passes over them, and counts them. */
static sheaf_status pass_garbage(sheaf_framer *framer, const char *what, sheaf_error *error) {
    uint64_t from, inner, passed = 0;
    sheaf_members_edge edge = SHEAF_MEMBERS_MORE;
    size_t keep = framer->arc ? LONGEST_LINE : BEHIND_BYTES;
    sheaf_members_place(framer->members, &from, &inner);
    for (size_t at = 1; edge == SHEAF_MEMBERS_MORE || edge == SHEAF_MEMBERS_SEAM; at = 0) {
        sheaf_slice view;
        edge = SHEAF_MEMBERS_MORE;
        sheaf_status status = sheaf_members_peek(framer->members, SCAN_BYTES, &view, error);
        if (!status && view.size < SCAN_BYTES)
            status = sheaf_members_edge_of(framer->members, &edge, error);
        if (status)
            return status;
        size_t found = find(framer, view, at);
        size_t gone = found != SIZE_MAX        ? found
                      : view.size < SCAN_BYTES ? view.size
                                               : view.size - keep;
        sheaf_members_take(framer->members, gone);
        passed += gone;
        if (found != SIZE_MAX)
            break;
    }
    add_garbage(framer, what, from, passed);
    return SHEAF_OK;
}

static sheaf_status parse_head(sheaf_framer *framer, sheaf_frame *frame, sheaf_slice view,
                               sheaf_error *error) {
    sheaf_arena_reset(&framer->arena);
    sheaf_status status =
        framer->arc ? sheaf_arc_parse(&frame->record, &frame->head, view, &framer->arena, error)
                    : sheaf_warc_parse(&frame->record, &frame->head, view, &framer->arena, error);
    if (framer->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return status;
}

/* Reads the head. Most stand in one member, so seams are looked at only when it has no
 * end there. */
static sheaf_status read_head(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error) {
    sheaf_slice view;
    sheaf_members_edge edge = SHEAF_MEMBERS_MORE;
    sheaf_status status = sheaf_members_peek(framer->members, HEAD_BYTES, &view, error);
    if (!status && view.size < BEHIND_BYTES)
        status = view_over_seams(framer, HEAD_BYTES, &view, &edge, error);
    for (size_t wanted = HEAD_BYTES; !status; wanted *= 4) {
        status = parse_head(framer, frame, view, error);
        frame->block = sheaf_slice_part(view, frame->head, view.size);
        if (status || frame->head)
            break;
        if (edge != SHEAF_MEMBERS_MORE || wanted >= SHEAF_RECORD_HEAD)
            return sheaf_fail(error, SHEAF_BAD_INPUT, "the head of a record does not end");
        status = view_over_seams(framer, wanted, &view, &edge, error);
    }
    return status;
}

static sheaf_status find_record(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error) {
    for (;;) {
        sheaf_error bad = {0};
        *frame = (sheaf_frame){.whole = true};
        sheaf_status status = find_bytes(framer, error);
        if (status)
            return status;
        sheaf_members_place(framer->members, &frame->offset, &frame->inner);
        status = read_head(framer, frame, &bad);
        if (status == SHEAF_BAD_INPUT)
            status = pass_garbage(framer, bad.message, error);
        else if (status)
            return sheaf_fail(error, status, "%s", bad.message);
        else
            return SHEAF_OK;
        if (status)
            return status;
    }
}

sheaf_status sheaf_framer_find(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error) {
    sheaf_status status = find_record(framer, frame, error);
    tell_garbage(framer);
    return status;
}

/* ---- where a record ends --------------------------------------------------------------------- */

/* Without the two line ends that stand behind a block. */
static size_t without_line_ends(sheaf_slice view, size_t from, size_t to) {
    for (int ends = 0; ends < 2 && to > from && view.data[to - 1] == '\n'; ends++) {
        to--;
        if (to > from && view.data[to - 1] == '\r')
            to--;
    }
    return to;
}

/* Does the block end at offset at? Behind it stand two line ends, or any and then a
 * record or nothing. */
static bool ends_well(const sheaf_framer *framer, sheaf_slice view, size_t at,
                      sheaf_members_edge edge) {
    if (!framer->arc &&
        sheaf_slice_starts(sheaf_slice_part(view, at, view.size), SLICE("\r\n\r\n")))
        return true;
    while (at < view.size && (view.data[at] == '\r' || view.data[at] == '\n'))
        at++;
    if (at == view.size)
        return edge != SHEAF_MEMBERS_MORE;
    return begins(framer, sheaf_slice_part(view, at, view.size));
}

/* Is there an empty line before view[at]? */
static bool stands_apart(sheaf_slice view, size_t from, size_t at) {
    if (at >= from + 2 && view.data[at - 2] == '\n')
        return true;
    return at >= from + 3 && view.data[at - 2] == '\r' && view.data[at - 3] == '\n';
}

/* Does a record begin at view[at], and not something that looks like a part of one? */
static bool is_next(const sheaf_framer *framer, sheaf_slice view, size_t from, size_t at) {
    if (framer->arc)
        return view.data[at - 1] == '\n' && sheaf_slice_find_char(view, at, '\n') != SIZE_MAX;
    return stands_apart(view, from, at) &&
           sheaf_warc_plausible(sheaf_slice_part(view, at, view.size));
}

/* A record that begins within, or behind, the block of another. */
static size_t find_next(const sheaf_framer *framer, sheaf_slice view, size_t from) {
    for (size_t at = from; (at = find(framer, view, at + 1)) != SIZE_MAX;) {
        if (is_next(framer, view, from, at))
            return at;
    }
    return SIZE_MAX;
}

static void cut(sheaf_framer *framer, sheaf_frame *frame, sheaf_slice view, size_t end) {
    size_t behind = without_line_ends(view, frame->head, end);
    frame->size = end;
    frame->block = sheaf_slice_part(view, frame->head, behind);
    tell_length(framer, frame);
}

/* The length is wrong: finds where the record ends in truth. */
static sheaf_status mend(sheaf_framer *framer, sheaf_frame *frame, sheaf_slice *view,
                         sheaf_error *error) {
    sheaf_members_edge edge = SHEAF_MEMBERS_MORE;
    size_t most = frame->head + framer->input->limits->document_bytes;
    size_t next = find_next(framer, *view, frame->head);
    while (next == SIZE_MAX && edge == SHEAF_MEMBERS_MORE && view->size < most) {
        size_t wanted = view->size * 2 + SCAN_BYTES;
        sheaf_status status = view_over_seams(framer, wanted, view, &edge, error);
        if (status)
            return status;
        next = find_next(framer, *view, frame->head);
    }
    cut(framer, frame, *view, next == SIZE_MAX ? view->size : next);
    return SHEAF_OK;
}

/* The file or the member ends before the record does. */
static void bring_short(sheaf_framer *framer, sheaf_frame *frame, sheaf_slice view,
                        sheaf_members_edge edge) {
    size_t next = find_next(framer, view, frame->head);
    if (next != SIZE_MAX || edge == SHEAF_MEMBERS_SEAM) {
        cut(framer, frame, view, next == SIZE_MAX ? view.size : next);
        return;
    }
    frame->size = view.size;
    frame->block = sheaf_slice_part(view, frame->head, view.size);
    frame->whole = false;
    tell_short(framer, frame, edge);
}

static sheaf_status bring(sheaf_framer *framer, sheaf_frame *frame, sheaf_slice *view,
                          sheaf_error *error) {
    sheaf_members_edge edge;
    size_t told = frame->head + (size_t)frame->record.length;
    sheaf_status status = view_over_seams(framer, told, view, &edge, error);
    if (status)
        return status;
    if (view->size < told) {
        bring_short(framer, frame, *view, edge);
        return SHEAF_OK;
    }
    frame->size = told;
    status = sheaf_members_peek(framer->members, told + BEHIND_BYTES, view, error);
    if (!status)
        status = sheaf_members_edge_of(framer->members, &edge, error);
    frame->block = sheaf_slice_part(*view, frame->head, told);
    if (status || ends_well(framer, *view, told, edge))
        return status;
    return mend(framer, frame, view, error);
}

/* After block: the window may have moved since the head was parsed. */
static sheaf_status settle(sheaf_framer *framer, sheaf_frame *frame, const char *before,
                           sheaf_slice view, sheaf_error *error) {
    return frame->block.data == before ? SHEAF_OK : parse_head(framer, frame, view, error);
}

sheaf_status sheaf_framer_bring(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error) {
    sheaf_slice view;
    const char *before = frame->block.data;
    sheaf_status status = bring(framer, frame, &view, error);
    return status ? status : settle(framer, frame, before, view, error);
}

/* ---- records beyond the limit -----------------------------------------------------------------
 */

/* Stands the next record, or the end of the file, where this one tells that it ends? */
static bool is_confirmed(const sheaf_framer *framer, const sheaf_frame *frame) {
    char bytes[BEHIND_BYTES];
    struct stat about;
    int fd = framer->input->fd;
    if (fd < 0 || !sheaf_members_plain(framer->members) || fstat(fd, &about) != 0 ||
        !S_ISREG(about.st_mode) || frame->record.length > (uint64_t)about.st_size)
        return false;
    uint64_t end = frame->offset + frame->head + frame->record.length;
    ssize_t got = end <= (uint64_t)about.st_size ? pread(fd, bytes, sizeof bytes, (off_t)end) : -1;
    if (got < 0)
        return false;
    size_t at = 0, size = (size_t)got;
    while (at < size && (bytes[at] == '\r' || bytes[at] == '\n'))
        at++;
    return at < size ? begins(framer, sheaf_slice_from(bytes + at, size - at))
                     : size < sizeof bytes;
}

sheaf_status sheaf_framer_weigh(sheaf_framer *framer, sheaf_frame *frame, bool *lies,
                                sheaf_error *error) {
    sheaf_slice view;
    sheaf_members_edge edge;
    const char *before = frame->block.data;
    size_t most = frame->head + framer->input->limits->document_bytes;
    *lies = false;
    frame->confirmed = is_confirmed(framer, frame);
    if (frame->confirmed)
        return SHEAF_OK;
    sheaf_status status = view_over_seams(framer, most, &view, &edge, error);
    if (status)
        return status;
    sheaf_slice within = sheaf_slice_part(view, 0, most);
    size_t next = view.size < most ? SIZE_MAX : find_next(framer, within, frame->head);
    *lies = view.size < most || next != SIZE_MAX;
    if (view.size < most)
        bring_short(framer, frame, view, edge);
    else if (next != SIZE_MAX)
        cut(framer, frame, view, next);
    else
        frame->block = sheaf_slice_part(within, frame->head, within.size);
    return settle(framer, frame, before, view, error);
}

/* The end came before the told one. */
static void tell_early_end(sheaf_framer *framer, const sheaf_frame *frame,
                           sheaf_members_edge edge) {
    sheaf_framer_tell(framer, SHEAF_BAD_INPUT, frame->offset,
                      edge == SHEAF_MEMBERS_SEAM
                          ? "the length of a record lies: it ends sooner than told"
                          : "the file ends within a record");
}

/* Takes some of a record of which left bytes are left; *lies when another begins. */
static void pass_piece(sheaf_framer *framer, const sheaf_frame *frame, sheaf_slice view,
                       uint64_t *left, bool *lies) {
    bool first = *left == frame->head + frame->record.length;
    size_t size = view.size < *left ? view.size : (size_t)*left;
    size_t edge = framer->arc ? LONGEST_LINE : BEHIND_BYTES; /* a record may begin there */
    size_t next = frame->confirmed ? SIZE_MAX
                                   : find_next(framer, sheaf_slice_part(view, 0, size),
                                               first && frame->head < size ? frame->head : 0);
    *lies = next != SIZE_MAX;
    if (*lies)
        size = next;
    else if (size < *left && size > edge && !frame->confirmed)
        size -= edge;
    sheaf_members_take(framer->members, size);
    *left -= size;
}

sheaf_status sheaf_framer_pass(sheaf_framer *framer, const sheaf_frame *frame, sheaf_error *error) {
    sheaf_slice view;
    sheaf_members_edge edge;
    bool lies = false;
    for (uint64_t left = frame->head + frame->record.length; left > 0 && !lies;) {
        sheaf_status status = view_over_seams(framer, SCAN_BYTES, &view, &edge, error);
        if (status)
            return status;
        if (view.size == 0) {
            tell_early_end(framer, frame, edge);
            return SHEAF_OK;
        }
        pass_piece(framer, frame, view, &left, &lies);
    }
    if (lies)
        sheaf_framer_tell(framer, SHEAF_BAD_INPUT, frame->offset,
                          "the length of a record lies: another begins within it");
    return SHEAF_OK;
}
