/* json_records.h - cuts a stream of JSON into its records, one object each.
 *
 * Lines (JSONL), one big array, and objects one after another, pretty-printed
 * or not, all come out as objects; the shape is found from the first one. Only
 * one record is in memory at a time, however long the stream.
 *
 * UTF-16 and UTF-32 are decoded on the way in. Other encodings leave their bytes
 * to whoever reads the record; where a second byte may look like a bracket, it is
 * stepped over. */
#ifndef SHEAF_READ_JSON_RECORDS_H
#define SHEAF_READ_JSON_RECORDS_H

#include "read/input.h"
#include "text/encoding.h"

typedef enum sheaf_json_shape {
    SHEAF_JSON_UNKNOWN,
    SHEAF_JSON_LINES,
    SHEAF_JSON_ARRAY_OF,
    SHEAF_JSON_SEQUENCE
} sheaf_json_shape;

/* Bytes that bring a second one along, whatever it looks like. */
typedef enum sheaf_json_pairs {
    SHEAF_JSON_PAIRS_NONE,
    SHEAF_JSON_PAIRS_HIGH,     /* all beyond ASCII: GB18030, Big5, EUC */
    SHEAF_JSON_PAIRS_SHIFT_JIS /* all but the half-width letters */
} sheaf_json_pairs;

typedef struct sheaf_json_records {
    sheaf_input *input;
    sheaf_encoding_guess encoding; /* of the beginning; name is NULL before it was looked at */
    sheaf_json_pairs pairs;
    sheaf_decoder *decoder; /* of UTF-16 and UTF-32, or NULL */
    sheaf_buffer undecoded;
    size_t mark;      /* bytes of byte order mark still to drop */
    size_t measured;  /* a place in text… */
    uint64_t counted; /* …and how many bytes of the input stand between base and it */
    sheaf_json_shape shape;
    sheaf_buffer text; /* bytes read and not yet given */
    size_t at;         /* up to here they were given */
    uint64_t base;     /* offset in the input of what text[0] came from */
    uint64_t line;     /* number of the line at `at`, from 1 */
    bool ended;
} sheaf_json_records;

typedef struct sheaf_json_record {
    sheaf_slice bytes; /* lent until the next call */
    uint64_t from;     /* offsets in the input */
    uint64_t to;
    uint64_t line;
    bool decoded;  /* bytes are not those of the input, but UTF-8 made of them */
    bool too_long; /* a line beyond limits->line_bytes: bytes are empty */
} sheaf_json_record;

void sheaf_json_records_init(sheaf_json_records *records, sheaf_input *input);
void sheaf_json_records_clear(sheaf_json_records *records);

/* The next record, not yet checked to be JSON. SHEAF_END after the last. Any
 * other status: nothing more can be read. */
sheaf_status sheaf_json_records_next(sheaf_json_records *records, sheaf_json_record *record,
                                     sheaf_error *error);

/* Where in the input the next record will be looked for. */
uint64_t sheaf_json_records_offset(const sheaf_json_records *records);

/* Goes on behind the first offset bytes of the input, of which none was read
 * yet, as if line was the number of the line there. */
sheaf_status sheaf_json_records_seek(sheaf_json_records *records, sheaf_json_shape shape,
                                     uint64_t offset, uint64_t line, sheaf_error *error);

#endif
