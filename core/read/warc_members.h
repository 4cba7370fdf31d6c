/* warc_members.h - a crawl file as unpacked bytes, and where in the file they stand.
 *
 *   file     │ member │ member        │ member │      gzip members, zstd frames, or
 *            └──┬─────┴──┬────────────┴──┬─────┘      the bytes themselves
 *   window      ▼        ▼               ▼
 *            ...taken...│ view │ not unpacked yet
 *
 * The window is filled a member at a time, so that a record that has a member of
 * its own, as nearly all have, is looked at where it was unpacked. It ends at a seam
 * between two members until it is told to go on: a record whose length lies then
 * cannot run into the next one. */
#ifndef SHEAF_READ_WARC_MEMBERS_H
#define SHEAF_READ_WARC_MEMBERS_H

#include "read/input.h"

typedef struct sheaf_members sheaf_members;

/* What comes behind the last byte of the window. */
typedef enum sheaf_members_edge {
    SHEAF_MEMBERS_MORE,   /* more of the same member */
    SHEAF_MEMBERS_SEAM,   /* another member */
    SHEAF_MEMBERS_END,    /* nothing */
    SHEAF_MEMBERS_DAMAGED /* what cannot be unpacked; see sheaf_members_damage */
} sheaf_members_edge;

/* Are these the first bytes of a record? Asked of members after damage. */
typedef bool (*sheaf_members_test)(sheaf_slice head);

/* The first unpacked bytes of packed ones, of which not all need be there; for
 * bidders. head may be plain, gzip or zstd without a dictionary. Returns how many. */
size_t sheaf_members_first_bytes(sheaf_slice head, char *out, size_t size);

/* Does head begin with the dictionary of a .warc.zst? */
bool sheaf_members_has_dictionary(sheaf_slice head);

sheaf_status sheaf_members_open(sheaf_members **out, sheaf_input *input, sheaf_members_test test,
                                sheaf_error *error);
void sheaf_members_close(sheaf_members *members);

/* Is a byte of the window a byte of the file? */
bool sheaf_members_plain(const sheaf_members *members);

/* Right after open: goes to a place that sheaf_members_place has told. */
sheaf_status sheaf_members_seek(sheaf_members *members, uint64_t offset, uint64_t inner,
                                sheaf_error *error);

/* Views the bytes that come next, at least size of them unless there is an edge
 * before. Good until the next call. Damage is no failure here. */
sheaf_status sheaf_members_peek(sheaf_members *members, size_t size, sheaf_slice *view,
                                sheaf_error *error);

sheaf_status sheaf_members_edge_of(sheaf_members *members, sheaf_members_edge *edge,
                                   sheaf_error *error);

/* At a seam: the first bytes of what comes behind it; how many there are. */
sheaf_status sheaf_members_behind(sheaf_members *members, char *out, size_t size, size_t *got,
                                  sheaf_error *error);

/* At a seam: brings the next member into the window, behind what is there. */
sheaf_status sheaf_members_join(sheaf_members *members, sheaf_error *error);

/* Done with the first size bytes of the view. */
void sheaf_members_take(sheaf_members *members, size_t size);

/* The place of the next byte: offset is a byte of the file, where its member
 * begins; inner counts unpacked bytes from there (0 for plain files). */
void sheaf_members_place(const sheaf_members *members, uint64_t *offset, uint64_t *inner);

/* The byte of the file behind the member in which the first size bytes end. */
uint64_t sheaf_members_end_of(const sheaf_members *members, size_t size);

/* Why there is an edge of damage; *offset is the member's, in the file. */
const char *sheaf_members_damage(const sheaf_members *members, uint64_t *offset);

/* Drops the window and what is damaged, up to the next member that begins with a
 * record. *passed is how many bytes of the file that were. SHEAF_END: none follows. */
sheaf_status sheaf_members_recover(sheaf_members *members, uint64_t *passed, sheaf_error *error);

#endif
