/* warc_digest.c - digests by nettle, compared as text in the base that they were
 * written in: the length tells which one that is. */
#include "read/warc_digest.h"

#include <nettle/base16.h>
#include <nettle/base64.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "base/slice.h"

enum { LARGEST = SHA512_DIGEST_SIZE };

static void digest_md5(sheaf_slice bytes, uint8_t *out) {
    struct md5_ctx context;
    md5_init(&context);
    md5_update(&context, bytes.size, (const uint8_t *)bytes.data);
    md5_digest(&context, MD5_DIGEST_SIZE, out);
}

static void digest_sha1(sheaf_slice bytes, uint8_t *out) {
    struct sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, bytes.size, (const uint8_t *)bytes.data);
    sha1_digest(&context, SHA1_DIGEST_SIZE, out);
}

static void digest_sha256(sheaf_slice bytes, uint8_t *out) {
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.size, (const uint8_t *)bytes.data);
    sha256_digest(&context, SHA256_DIGEST_SIZE, out);
}

static void digest_sha512(sheaf_slice bytes, uint8_t *out) {
    struct sha512_ctx context;
    sha512_init(&context);
    sha512_update(&context, bytes.size, (const uint8_t *)bytes.data);
    sha512_digest(&context, SHA512_DIGEST_SIZE, out);
}

typedef struct algorithm {
    sheaf_slice name;
    sheaf_slice other_name;
    size_t size;
    void (*digest)(sheaf_slice bytes, uint8_t *out);
} algorithm;

static const algorithm algorithms[] = {
    {SLICE("sha1"), SLICE("sha-1"), SHA1_DIGEST_SIZE, digest_sha1},
    {SLICE("sha256"), SLICE("sha-256"), SHA256_DIGEST_SIZE, digest_sha256},
    {SLICE("sha512"), SLICE("sha-512"), SHA512_DIGEST_SIZE, digest_sha512},
    {SLICE("md5"), SLICE("md-5"), MD5_DIGEST_SIZE, digest_md5},
};

static const algorithm *find_algorithm(sheaf_slice name) {
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        if (sheaf_slice_equal_fold(name, algorithms[i].name) ||
            sheaf_slice_equal_fold(name, algorithms[i].other_name))
            return &algorithms[i];
    }
    return NULL;
}

/* RFC 4648, without padding. */
static size_t write_base32(char *out, const uint8_t *bytes, size_t size) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    size_t length = 0;
    for (size_t bit = 0; bit < size * 8; bit += 5) {
        unsigned pair = (unsigned)bytes[bit / 8] << 8;
        if (bit / 8 + 1 < size)
            pair |= bytes[bit / 8 + 1];
        out[length++] = letters[pair >> (11 - bit % 8) & 31];
    }
    return length;
}

static sheaf_slice without_padding(sheaf_slice text) {
    while (text.size && text.data[text.size - 1] == '=')
        text.size--;
    return text;
}

static bool matches(sheaf_slice text, const uint8_t *digest, size_t size) {
    char other[BASE64_ENCODE_RAW_LENGTH(LARGEST) > BASE16_ENCODE_LENGTH(LARGEST)
                   ? BASE64_ENCODE_RAW_LENGTH(LARGEST)
                   : BASE16_ENCODE_LENGTH(LARGEST)];
    text = without_padding(text);
    if (text.size == BASE16_ENCODE_LENGTH(size)) {
        base16_encode_update(other, size, digest);
        return sheaf_slice_equal_fold(text, sheaf_slice_from(other, text.size));
    }
    if (text.size == (size * 8 + 4) / 5)
        return sheaf_slice_equal_fold(text,
                                      sheaf_slice_from(other, write_base32(other, digest, size)));
    base64_encode_raw(other, size, digest);
    sheaf_slice base64 = {other, BASE64_ENCODE_RAW_LENGTH(size)};
    return sheaf_slice_equal(text, without_padding(base64));
}

sheaf_digest_verdict sheaf_digest_check(sheaf_slice told, sheaf_slice bytes) {
    uint8_t digest[LARGEST];
    size_t colon = sheaf_slice_find_char(told, 0, ':');
    if (colon == SIZE_MAX)
        return SHEAF_DIGEST_UNKNOWN;
    const algorithm *found = find_algorithm(sheaf_slice_part(told, 0, colon));
    if (!found)
        return SHEAF_DIGEST_UNKNOWN;
    found->digest(bytes, digest);
    sheaf_slice text = sheaf_slice_part(told, colon + 1, told.size);
    return matches(text, digest, found->size) ? SHEAF_DIGEST_RIGHT : SHEAF_DIGEST_WRONG;
}
