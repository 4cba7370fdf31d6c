/* sign.h - Ed25519 signatures over the state of a sheaf.
 *
 * What is signed is the SHA-256 of a manifest, which fixes every byte of every
 * article of its commit and of those before. A signature is an entry in a commit
 * of its own, behind the one that it speaks of. Keys are PEM files as openssl
 * makes and reads them. */
#ifndef SHEAF_STORE_SIGN_H
#define SHEAF_STORE_SIGN_H

#include "store/store.h"

enum { SHEAF_KEY_SIZE = 32, SHEAF_SIGNATURE_SIZE = 64 };

typedef struct sheaf_key {
    uint8_t open[SHEAF_KEY_SIZE]; /* the public key */
    uint8_t secret[SHEAF_KEY_SIZE];
    bool has_secret;
} sheaf_key;

/* What an entry signature/K says, in hexadecimal. */
typedef struct sheaf_signature {
    uint64_t commit;                  /* that it is of */
    sheaf_slice manifest, key, bytes; /* views into the JSON */
} sheaf_signature;

/* False when it is none. */
bool sheaf_signature_read(sheaf_signature *out, sheaf_slice json);

/* Did the key that it names sign the manifest that it names? */
bool sheaf_signature_holds(const sheaf_signature *signature);

/* Makes a key: the secret one in path, readable by its owner alone, the public
 * one in "path.pub". SHEAF_EXISTS when one of them is there. */
sheaf_status sheaf_key_make(const char *path, sheaf_error *error);

/* Reads either. SHEAF_BAD_INPUT when it is no Ed25519 key in PEM. */
sheaf_status sheaf_key_read(sheaf_key *out, const char *path, sheaf_error *error);

/* Forgets the secret, for certain. */
void sheaf_key_clear(sheaf_key *key);

/* Signs the last commit of the sheaf at path, and adds the signature. options:
 * tool, created and wait are used; may be NULL. */
sheaf_status sheaf_file_sign(const char *path, const sheaf_key *key,
                             const sheaf_writer_options *options, sheaf_error *error);

/* Does the key vouch for all that is in the file? SHEAF_OK: its signature is
 * there, and nothing but signatures came later; *commit is the one it speaks of.
 * SHEAF_MISSING: there is none by this key, or more was committed since, or the
 * file was made anew and the signature is of what it was before.
 * SHEAF_CORRUPT: there is one, and it is false. That the bytes are those that the
 * manifests name is for sheaf_file_verify to find out. */
sheaf_status sheaf_file_signed(sheaf_file *file, const sheaf_key *key, uint64_t *commit,
                               sheaf_error *error);

#endif
