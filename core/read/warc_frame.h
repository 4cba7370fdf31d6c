/* warc_frame.h - where records of a crawl begin and end. */
#ifndef SHEAF_READ_WARC_FRAME_H
#define SHEAF_READ_WARC_FRAME_H

#include "read/reader.h"
#include "read/warc_members.h"
#include "read/warc_record.h"

/* A run of bytes that are no record, told as one. */
typedef struct sheaf_garbage {
    char why[400]; /* of the first of it; empty: there is none */
    uint64_t from, bytes;
} sheaf_garbage;

typedef struct sheaf_framer {
    sheaf_input *input;
    sheaf_reporter *reporter;
    sheaf_members *members;
    sheaf_arena arena; /* of one record */
    sheaf_garbage garbage;
    bool arc;
} sheaf_framer;

/* A record; all of it views the window, until the framer moves on. */
typedef struct sheaf_frame {
    sheaf_record record;
    sheaf_slice block; /* behind the head */
    size_t head;       /* bytes of the head */
    size_t size;       /* of head and block, and of line ends that were taken for it */
    bool whole;        /* false: the file ends, or is damaged, within it */
    bool confirmed;    /* its length was seen to be right: see sheaf_framer_weigh */
    uint64_t offset;   /* its place: see sheaf_members_place */
    uint64_t inner;
} sheaf_frame;

/* Does the beginning of a file look like a crawl's? For bids. */
bool sheaf_framer_bids(sheaf_slice head);

sheaf_status sheaf_framer_open(sheaf_framer *framer, sheaf_input *input, sheaf_reporter *reporter,
                               sheaf_error *error);
void sheaf_framer_clear(sheaf_framer *framer);

/* Tells the user of something at a byte of the file. */
void sheaf_framer_tell(sheaf_framer *framer, sheaf_status status, uint64_t offset,
                       const char *reason);

/* Goes to the next record and reads its head. What is no record on the way is told.
 * SHEAF_END at the end. */
sheaf_status sheaf_framer_find(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error);

/* Brings all of a record that was found into the window. A length that lies is told
 * and mended. The caller takes frame->size bytes when it is done. */
sheaf_status sheaf_framer_bring(sheaf_framer *framer, sheaf_frame *frame, sheaf_error *error);

/* Of a record that tells of more than a document may have: is that a lie? If so
 * (*lies), the record is in the window, mended and told, as sheaf_framer_bring leaves
 * it. If not, it is to be passed over. */
sheaf_status sheaf_framer_weigh(sheaf_framer *framer, sheaf_frame *frame, bool *lies,
                                sheaf_error *error);

/* Passes over a record that was found and weighed, in pieces, up to where another
 * begins when its length is not confirmed. */
sheaf_status sheaf_framer_pass(sheaf_framer *framer, const sheaf_frame *frame, sheaf_error *error);

#endif
