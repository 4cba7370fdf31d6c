/* hash.h - XXH3 for tables and checks of chance, SHA-256 for identity. */
#ifndef SHEAF_BASE_HASH_H
#define SHEAF_BASE_HASH_H

#include "sheaf.h"

enum { SHEAF_SHA256_SIZE = 32, SHEAF_SHA256_HEX = 64 };

/* XXH3, 64 bits. Not for keys that an enemy chooses and a promise rests on. */
uint64_t sheaf_hash64(sheaf_slice bytes);

/* SHA-256 of one piece. */
void sheaf_sha256(sheaf_slice bytes, uint8_t digest[SHEAF_SHA256_SIZE]);

/* SHA-256 of several pieces: new, update as often as you like, finish. */
typedef struct sheaf_sha256_state sheaf_sha256_state;
sheaf_sha256_state *sheaf_sha256_new(void);
void sheaf_sha256_update(sheaf_sha256_state *state, sheaf_slice bytes);
void sheaf_sha256_finish(sheaf_sha256_state *state,
                         uint8_t digest[SHEAF_SHA256_SIZE]); /* starts anew */
void sheaf_sha256_free(sheaf_sha256_state *state);

/* Lower-case hexadecimal, with a zero byte behind it: out has 2 * size + 1. */
void sheaf_hex(char *out, const uint8_t *bytes, size_t size);

#endif
