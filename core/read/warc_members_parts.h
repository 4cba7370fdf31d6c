/* warc_members_parts.h - what the ways of unpacking share; for warc_members.c,
 * warc_gzip.c and warc_zstd.c alone. */
#ifndef SHEAF_READ_WARC_MEMBERS_PARTS_H
#define SHEAF_READ_WARC_MEMBERS_PARTS_H

#include "read/warc_members.h"

enum {
    SHEAF_MEMBERS_AHEAD = 256 << 10, /* packed bytes at hand when a member is begun */
    SHEAF_MEMBERS_PACKED = 4 << 20,  /* of a member that is unpacked in one piece, at most */
    SHEAF_MEMBERS_WHOLE = 16 << 20,  /* the same, unpacked */
    SHEAF_MEMBERS_PIECE = 256 << 10, /* bytes that are unpacked at once otherwise */
    SHEAF_MEMBERS_HEAD = 64          /* bytes by which a record is known */
};

/* One way to unpack. */
typedef struct sheaf_unpacker {
    sheaf_slice magic;
    sheaf_status (*open)(void **state, sheaf_input *input, sheaf_error *error);
    void (*close)(void *state);
    /* Appends unpacked bytes to the window, at least one unless the member ends
     * or is damaged. Sets members->inside, and members->damage. */
    sheaf_status (*fill)(sheaf_members *members, sheaf_error *error);
    /* The first bytes of a member; 0 when packed does not begin with one. */
    size_t (*probe)(void *state, sheaf_slice packed, char *out, size_t size);
} sheaf_unpacker;

/* A member, or the part of one, from this byte of the window on. */
typedef struct sheaf_members_seam {
    size_t at;
    uint64_t offset; /* of the member in the file */
    uint64_t inner;  /* unpacked bytes of it that were before at */
} sheaf_members_seam;

struct sheaf_members {
    sheaf_input *input;
    sheaf_members_test test;
    const sheaf_unpacker *unpacker; /* NULL: plain */
    void *state;
    sheaf_buffer raw; /* packed bytes; raw_at of them were used */
    size_t raw_at, keep;
    uint64_t raw_base; /* the place of raw.data[0] in the file */
    uint64_t member;   /* the place of the member at work */
    bool raw_end;
    sheaf_buffer window; /* unpacked bytes; at of them were taken */
    size_t at;
    sheaf_members_seam *seams; /* the first is that of the next byte */
    size_t seam_count, seam_capacity;
    bool inside; /* in the middle of a member */
    const char *damage;
};

/* Makes size packed bytes be at hand, unless the input ends sooner. */
sheaf_status sheaf_members_pull(sheaf_members *members, size_t size, sheaf_error *error);

static inline sheaf_slice sheaf_members_packed(const sheaf_members *members) {
    return (sheaf_slice){members->raw.data + members->raw_at, members->raw.size - members->raw_at};
}

/* Makes room for size more bytes in the window. */
sheaf_status sheaf_members_room(sheaf_members *members, size_t size, sheaf_error *error);

extern const sheaf_unpacker sheaf_gzip_unpacker;
extern const sheaf_unpacker sheaf_zstd_unpacker;

#endif
