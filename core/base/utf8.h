/* utf8.h - checking, reading and mending UTF-8 (RFC 3629). */
#ifndef SHEAF_BASE_UTF8_H
#define SHEAF_BASE_UTF8_H

#include "base/buffer.h"

/* True when every byte belongs to a well-formed sequence. */
bool sheaf_utf8_valid(sheaf_slice text);

/* Decodes the code point at text[*at] and moves *at behind it. A malformed
 * byte gives U+FFFD and moves by one. *at must be < text.size. */
uint32_t sheaf_utf8_next(sheaf_slice text, size_t *at);

/* Decodes the code point that ends before text[*at] and moves *at to it. */
uint32_t sheaf_utf8_previous(sheaf_slice text, size_t *at);

/* Appends one code point; surrogates and what is beyond U+10FFFF give U+FFFD. */
void sheaf_utf8_append(sheaf_buffer *buffer, uint32_t code_point);

/* Appends text with each maximal malformed part replaced by one U+FFFD.
 * Returns how many were replaced. */
size_t sheaf_utf8_repair(sheaf_buffer *buffer, sheaf_slice text);

/* Number of code points in valid text. */
size_t sheaf_utf8_count(sheaf_slice text);

/* The longest prefix of at most size bytes that cuts no code point. */
sheaf_slice sheaf_utf8_prefix(sheaf_slice text, size_t size);

#endif
