/* hash.c - libxxhash and nettle behind three verbs.
 *
 * Short keys are hashed by the million: the function comes from the header of the
 * library, inlined, and not through the linker. */
#define XXH_INLINE_ALL
#include "base/hash.h"

#include <nettle/sha2.h>
#include <xxhash.h>

#include "base/memory.h"

struct sheaf_sha256_state {
    struct sha256_ctx context;
};

uint64_t sheaf_hash64(sheaf_slice bytes) {
    return XXH3_64bits(bytes.data, bytes.size);
}

static void update(struct sha256_ctx *context, sheaf_slice bytes) {
    sha256_update(context, bytes.size, (const uint8_t *)bytes.data);
}

void sheaf_sha256(sheaf_slice bytes, uint8_t digest[SHEAF_SHA256_SIZE]) {
    struct sha256_ctx context;
    sha256_init(&context);
    update(&context, bytes);
    sha256_digest(&context, SHEAF_SHA256_SIZE, digest);
}

sheaf_sha256_state *sheaf_sha256_new(void) {
    sheaf_sha256_state *state = sheaf_malloc(sizeof *state);
    if (state)
        sha256_init(&state->context);
    return state;
}

void sheaf_sha256_update(sheaf_sha256_state *state, sheaf_slice bytes) {
    update(&state->context, bytes);
}

void sheaf_sha256_finish(sheaf_sha256_state *state, uint8_t digest[SHEAF_SHA256_SIZE]) {
    sha256_digest(&state->context, SHEAF_SHA256_SIZE, digest);
}

void sheaf_sha256_free(sheaf_sha256_state *state) {
    sheaf_free(state);
}

void sheaf_hex(char *out, const uint8_t *bytes, size_t size) {
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digit[bytes[i] >> 4];
        out[2 * i + 1] = digit[bytes[i] & 15];
    }
    out[2 * size] = '\0';
}
