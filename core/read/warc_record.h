/* warc_record.h - the head of one record of a crawl, WARC or ARC. */
#ifndef SHEAF_READ_WARC_RECORD_H
#define SHEAF_READ_WARC_RECORD_H

#include "base/arena.h"

enum { SHEAF_RECORD_HEAD = 1 << 20 }; /* bytes of a head, at most */

typedef enum sheaf_record_kind {
    SHEAF_RECORD_RESPONSE,
    SHEAF_RECORD_RESOURCE,
    SHEAF_RECORD_CONVERSION,
    SHEAF_RECORD_REVISIT,
    SHEAF_RECORD_CONTINUATION,
    SHEAF_RECORD_OTHER /* warcinfo, request, metadata, and what we have never heard of */
} sheaf_record_kind;

/* All slices view the head, or live in the arena; empty where nothing is said. */
typedef struct sheaf_record {
    sheaf_record_kind kind;
    sheaf_slice id; /* these three without < > */
    sheaf_slice url;
    sheaf_slice refers_to;
    sheaf_slice refers_to_url;
    sheaf_slice date; /* EDTF */
    sheaf_slice content_type;
    sheaf_slice payload_type; /* as the crawler has identified it */
    sheaf_slice payload_digest;
    sheaf_slice block_digest;
    sheaf_slice truncated;
    bool segmented;  /* the first of several records that make up one */
    uint64_t length; /* of the block behind the head */
} sheaf_record;

/* Does head begin with a record of a WARC, of an ARC? */
bool sheaf_warc_begins(sheaf_slice head);
bool sheaf_arc_begins(sheaf_slice head);

/* Does view begin with a record that can be read, and not with a line alone that looks
 * like the first of one? A head that goes on behind view may be one. */
bool sheaf_warc_plausible(sheaf_slice view);

/* Parses the head of a record at the start of view. *size is how long it is, with
 * the empty line behind it; 0 when it does not end within view. SHEAF_BAD_INPUT
 * when it is none, or another record begins within it. The arena holds what had to be rewritten. */
sheaf_status sheaf_warc_parse(sheaf_record *record, size_t *size, sheaf_slice view,
                              sheaf_arena *arena, sheaf_error *error);
sheaf_status sheaf_arc_parse(sheaf_record *record, size_t *size, sheaf_slice view,
                             sheaf_arena *arena, sheaf_error *error);

/* The offset of the first record that begins a line at or after from, or SIZE_MAX. */
size_t sheaf_warc_find(sheaf_slice view, size_t from);
size_t sheaf_arc_find(sheaf_slice view, size_t from);

#endif
