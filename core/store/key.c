/* key.c - Ed25519 keys in PEM files.
 *
 *   -----BEGIN PRIVATE KEY-----       PKCS #8 (RFC 8410): 16 bytes that are always
 *   base64 of 48 bytes                the same, then the 32 of the secret
 *   -----BEGIN PUBLIC KEY-----        12 bytes that are always the same, then 32
 *
 * The two heads are all the ASN.1 there is: what has another head is no key of
 * this kind. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <nettle/base64.h>
#include <nettle/eddsa.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/sign.h"

enum { FILE_MAX = 4096, SECRET_HEAD = 16, OPEN_HEAD = 12 };

static const uint8_t secret_head[SECRET_HEAD] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                                 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
static const uint8_t open_head[OPEN_HEAD] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                             0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

void sheaf_key_clear(sheaf_key *key) {
    explicit_bzero(key, sizeof *key);
}

/* ---- reading ------------------------------------------------------------------ */

/* The bytes between the two lines of PEM around what. */
static bool unwrap(uint8_t *out, size_t *size, sheaf_slice text, const char *what) {
    char begin[64], end[64];
    struct base64_decode_ctx context;
    snprintf(begin, sizeof begin, "-----BEGIN %s-----", what);
    snprintf(end, sizeof end, "-----END %s-----", what);
    size_t from = sheaf_slice_find(text, 0, sheaf_slice_of(begin));
    size_t to = from == SIZE_MAX ? from : sheaf_slice_find(text, from, sheaf_slice_of(end));
    if (to == SIZE_MAX)
        return false;
    from += strlen(begin);
    base64_decode_init(&context);
    return base64_decode_update(&context, size, out, to - from, text.data + from) &&
           base64_decode_final(&context);
}

static bool has_head(const uint8_t *bytes, size_t size, const uint8_t *head, size_t head_size) {
    return size == head_size + SHEAF_KEY_SIZE && memcmp(bytes, head, head_size) == 0;
}

static bool parse(sheaf_key *out, sheaf_slice text) {
    uint8_t bytes[BASE64_DECODE_LENGTH(FILE_MAX)];
    size_t size = 0;
    bool good = true;
    if (unwrap(bytes, &size, text, "PRIVATE KEY") &&
        has_head(bytes, size, secret_head, SECRET_HEAD)) {
        memcpy(out->secret, bytes + SECRET_HEAD, SHEAF_KEY_SIZE);
        ed25519_sha512_public_key(out->open, out->secret);
        out->has_secret = true;
    } else if (unwrap(bytes, &size, text, "PUBLIC KEY") &&
               has_head(bytes, size, open_head, OPEN_HEAD)) {
        memcpy(out->open, bytes + OPEN_HEAD, SHEAF_KEY_SIZE);
        out->has_secret = false;
    } else {
        good = false;
    }
    explicit_bzero(bytes, sizeof bytes);
    return good;
}

sheaf_status sheaf_key_read(sheaf_key *out, const char *path, sheaf_error *error) {
    char text[FILE_MAX];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sheaf_fail_errno(error, "cannot open", path);
    ssize_t size = read(fd, text, sizeof text);
    close(fd);
    bool good = size >= 0 && parse(out, sheaf_slice_from(text, (size_t)size));
    explicit_bzero(text, sizeof text);
    return good ? SHEAF_OK
                : sheaf_fail(error, SHEAF_BAD_INPUT, "%s: not an Ed25519 key in PEM", path);
}

/* ---- making ------------------------------------------------------------------- */

static sheaf_status write_pem(const char *path, const char *what, const uint8_t *bytes, size_t size,
                              mode_t mode, sheaf_error *error) {
    char text[256], base64[BASE64_ENCODE_RAW_LENGTH(64) + 1] = "";
    base64_encode_raw(base64, size, bytes);
    int length = snprintf(text, sizeof text, "-----BEGIN %s-----\n%s\n-----END %s-----\n", what,
                          base64, what);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    sheaf_status status = SHEAF_OK;
    if (fd < 0 && errno == EEXIST)
        status = sheaf_fail(error, SHEAF_EXISTS, "%s is there already", path);
    else if (fd < 0)
        status = sheaf_fail_errno(error, "cannot make", path);
    else if (write(fd, text, (size_t)length) != length || fsync(fd) != 0)
        status = sheaf_fail_errno(error, "cannot write", path);
    if (fd >= 0)
        close(fd);
    if (fd >= 0 && status != SHEAF_OK)
        unlink(path);
    explicit_bzero(text, sizeof text);
    explicit_bzero(base64, sizeof base64);
    return status;
}

static sheaf_status write_pair(const char *path, const char *beside, const sheaf_key *key,
                               sheaf_error *error) {
    uint8_t bytes[SECRET_HEAD + SHEAF_KEY_SIZE];
    memcpy(bytes, open_head, OPEN_HEAD);
    memcpy(bytes + OPEN_HEAD, key->open, SHEAF_KEY_SIZE);
    sheaf_status status =
        write_pem(beside, "PUBLIC KEY", bytes, OPEN_HEAD + SHEAF_KEY_SIZE, 0666, error);
    if (status != SHEAF_OK)
        return status;
    memcpy(bytes, secret_head, SECRET_HEAD);
    memcpy(bytes + SECRET_HEAD, key->secret, SHEAF_KEY_SIZE);
    status = write_pem(path, "PRIVATE KEY", bytes, sizeof bytes, 0600, error);
    explicit_bzero(bytes, sizeof bytes);
    if (status != SHEAF_OK)
        unlink(beside);
    return status;
}

sheaf_status sheaf_key_make(const char *path, sheaf_error *error) {
    sheaf_key key = {.has_secret = true};
    sheaf_buffer beside = {0};
    sheaf_buffer_printf(&beside, "%s.pub", path);
    sheaf_buffer_char(&beside, '\0');
    sheaf_status status = SHEAF_OK;
    if (beside.failed)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    else if (getrandom(key.secret, sizeof key.secret, 0) != (ssize_t)sizeof key.secret)
        status = sheaf_fail(error, SHEAF_IO, "the system gives no random bytes");
    if (status == SHEAF_OK) {
        ed25519_sha512_public_key(key.open, key.secret);
        status = write_pair(path, beside.data, &key, error);
    }
    sheaf_key_clear(&key);
    sheaf_buffer_clear(&beside);
    return status;
}
