/* json_records.h - cuts a stream of JSON into its records, one object each.
 *
 * Lines (JSONL), one big array, and objects one after another, pretty-printed
 * or not, all come out as objects; the shape is found from the first one. Only
 * one record is in memory at a time, however long the stream. */
#ifndef SHEAF_READ_JSON_RECORDS_H
#define SHEAF_READ_JSON_RECORDS_H

#include "read/input.h"

typedef enum sheaf_json_shape {
    SHEAF_JSON_UNKNOWN,
    SHEAF_JSON_LINES,
    SHEAF_JSON_ARRAY_OF,
    SHEAF_JSON_SEQUENCE
} sheaf_json_shape;

typedef struct sheaf_json_records {
    sheaf_input *input;
    sheaf_json_shape shape;
    sheaf_buffer text; /* bytes read and not yet given */
    size_t at;         /* up to here they were given */
    uint64_t base;     /* offset of text[0] in the input */
    uint64_t line;     /* number of the line at `at`, from 1 */
    bool ended;
} sheaf_json_records;

typedef struct sheaf_json_record {
    sheaf_slice bytes; /* lent until the next call */
    uint64_t from;     /* offset in the input */
    uint64_t line;
    bool too_long; /* a line beyond limits->line_bytes: bytes are empty */
} sheaf_json_record;

void sheaf_json_records_init(sheaf_json_records *records, sheaf_input *input);
void sheaf_json_records_clear(sheaf_json_records *records);

/* The next record, not yet checked to be JSON. SHEAF_END after the last. Any
 * other status: nothing more can be read. */
sheaf_status sheaf_json_records_next(sheaf_json_records *records, sheaf_json_record *record,
                                     sheaf_error *error);

/* Goes on behind the first offset bytes of the input, of which none was read
 * yet, as if line was the number of the line there. */
sheaf_status sheaf_json_records_seek(sheaf_json_records *records, sheaf_json_shape shape,
                                     uint64_t offset, uint64_t line, sheaf_error *error);

#endif
