/* encoding.h - which encoding bytes are in, and bringing them to UTF-8.
 *
 * The order of evidence: byte order mark; a label that somebody gave (HTTP, WARC,
 * <meta>, an XML declaration), when the bytes do not prove it wrong; valid UTF-8;
 * what the bytes themselves look like; windows-1252. Labels are those of the
 * WHATWG Encoding standard; conversion is iconv's. */
#ifndef SHEAF_TEXT_ENCODING_H
#define SHEAF_TEXT_ENCODING_H

#include "base/buffer.h"

typedef struct sheaf_encoding_guess {
    const char *name; /* static, the standard's name: "UTF-8", "windows-1251", "GB18030", … */
    const char *why;  /* static words: "byte order mark", "HTTP header", "meta",
                         "XML declaration", "valid UTF-8", "nearly UTF-8", "looks like it",
                         "fallback" */
    double confidence;
    bool valid_utf8; /* the bytes were found to be so without a fault, whatever the guess */
} sheaf_encoding_guess;

/* The standard's name of a label ("latin1", " UTF8 "), static; NULL when there is none. */
const char *sheaf_encoding_of_label(sheaf_slice label);

/* The encoding of bytes. label is what the transport says, or empty. markup: look
 * for <meta charset> and XML declarations in the first bytes too. */
sheaf_encoding_guess sheaf_encoding_guess_of(sheaf_slice bytes, sheaf_slice label, bool markup);

/* Appends bytes as UTF-8, without a byte order mark; what has no meaning becomes
 * U+FFFD. Returns how many such there were. out->failed when memory is out. */
size_t sheaf_encoding_to_utf8(sheaf_buffer *out, sheaf_slice bytes, const char *name);

/* The same a piece at a time, for who must know which byte became what. */
typedef struct sheaf_decoder sheaf_decoder;

/* NULL when memory is out. What an encoding that is not known, or that iconv
 * has no table of, says beyond ASCII is U+FFFD. */
sheaf_decoder *sheaf_decoder_open(const char *name);
void sheaf_decoder_close(sheaf_decoder *decoder);

/* Decodes from bytes[*at] on and moves *at behind what was taken: whole
 * characters, as many as find room, until the bytes end. Returns how many bytes
 * of UTF-8 it wrote to out; *bad grows by each U+FFFD that stands for nothing.
 * With room for 16 bytes or more it always gets on. */
size_t sheaf_decoder_step(sheaf_decoder *decoder, sheaf_slice bytes, size_t *at, char *out,
                          size_t room, size_t *bad);

/* What ISO-2022-JP has switched to, for going back to a place; 0 at the start. */
unsigned sheaf_decoder_state(const sheaf_decoder *decoder);
void sheaf_decoder_resume(sheaf_decoder *decoder, unsigned state);

/* How many bytes of byte order mark bytes begin with; *name is of which. 0: none. */
size_t sheaf_encoding_mark(sheaf_slice bytes, const char **name);

#endif
