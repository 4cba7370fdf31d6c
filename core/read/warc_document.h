/* warc_document.h - what a record of a crawl holds: a document to be read, text, or
 * what is passed over and counted. */
#ifndef SHEAF_READ_WARC_DOCUMENT_H
#define SHEAF_READ_WARC_DOCUMENT_H

#include "read/http.h"
#include "read/input.h"
#include "read/warc_record.h"

/* Who must bid on a document for it to be given. */
typedef enum sheaf_crawl_sniff {
    SHEAF_CRAWL_SURE, /* nobody: its type says enough */
    SHEAF_CRAWL_SNIFF_ANY,
    SHEAF_CRAWL_SNIFF_JSON,  /* the reader of JSON */
    SHEAF_CRAWL_SNIFF_MARKUP /* one that reads neither JSON nor plain text */
} sheaf_crawl_sniff;

typedef struct sheaf_crawl_document {
    const char *passed; /* words to count it by when it is passed over, or NULL */
    bool text;          /* of a conversion: an article as it is */
    sheaf_crawl_sniff sniff;
    sheaf_slice bytes;
    sheaf_slice block, sent, joined; /* bytes before: as recorded, as sent, out of chunks */
    const char *note;                /* what is wrong with it, static words, or NULL */
    sheaf_input_about about;
} sheaf_crawl_document;

/* Opens the block of a record. Views block, the arena, and the decoder, until they
 * change. SHEAF_LIMIT, SHEAF_BAD_INPUT, SHEAF_UNSUPPORTED
 * say why a document cannot be read. */
sheaf_status sheaf_crawl_open(sheaf_crawl_document *out, const sheaf_record *record,
                              sheaf_slice block, sheaf_http_decoder *decoder, sheaf_arena *arena,
                              const sheaf_limits *limits, sheaf_error *error);

/* Checks the digest of one whose block is all there; fills that part of about. */
void sheaf_crawl_check(sheaf_crawl_document *document, const sheaf_record *record);

/* The words for a record that is not opened, too large or a repeat, from the beginning
 * of its block; NULL when it would be a document. */
const char *sheaf_crawl_passed(const sheaf_record *record, sheaf_slice beginning);

#endif
