/* warc_digest.h - the digests that crawls write beside their records. */
#ifndef SHEAF_READ_WARC_DIGEST_H
#define SHEAF_READ_WARC_DIGEST_H

#include "sheaf.h"

typedef enum sheaf_digest_verdict {
    SHEAF_DIGEST_UNKNOWN, /* none, or of a kind that we cannot compute */
    SHEAF_DIGEST_RIGHT,
    SHEAF_DIGEST_WRONG
} sheaf_digest_verdict;

/* Checks "sha1:BASE32" of bytes; also sha256, sha512 and md5, in base 32, base 16 or
 * base 64. */
sheaf_digest_verdict sheaf_digest_check(sheaf_slice told, sheaf_slice bytes);

#endif
