/* sign.c - puts signatures into a sheaf, and finds out what they are worth.
 *
 *   signature/000004   {"format":1,"commit":3,"manifest":"<SHA-256 of manifest 3>",
 *                       "key":"<public key>","signature":"<64 bytes>"}
 *
 * in hexadecimal. The signed bytes are "sheaf signature 1 manifest " and the
 * SHA-256 as it stands there. Each manifest names the hash of the one before it
 * and the hashes of all entries of its commit; so whoever vouches for a manifest
 * vouches for its commit and for those before. A commit that came later counts
 * as vouched for only when it holds nothing but signatures. */
#include "store/sign.h"

#include <inttypes.h>
#include <stdio.h>

#include <nettle/eddsa.h>

#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"
#include "store/history.h"

#define FOLDER "signature/"

enum { ENTRY_MAX = 4096, MESSAGE_ROOM = 128 };

static sheaf_slice message_of(char room[MESSAGE_ROOM], sheaf_slice manifest) {
    int size =
        snprintf(room, MESSAGE_ROOM, "sheaf signature 1 manifest %.*s", SLICE_ARGS(manifest));
    return sheaf_slice_from(room, (size_t)size);
}

/* ---- signing ---------------------------------------------------------------------- */

static void write_entry(sheaf_buffer *out, const sheaf_key *key, uint64_t commit,
                        sheaf_slice manifest) {
    char room[MESSAGE_ROOM], open[2 * SHEAF_KEY_SIZE + 1], hex[2 * SHEAF_SIGNATURE_SIZE + 1];
    uint8_t bytes[SHEAF_SIGNATURE_SIZE];
    sheaf_slice message = message_of(room, manifest);
    ed25519_sha512_sign(key->open, key->secret, message.size, (const uint8_t *)message.data, bytes);
    sheaf_hex(open, key->open, sizeof key->open);
    sheaf_hex(hex, bytes, sizeof bytes);
    sheaf_buffer_printf(out,
                        "{\"format\":1,\"commit\":%" PRIu64 ",\"manifest\":\"%.*s\","
                        "\"key\":\"%s\",\"signature\":\"%s\"}\n",
                        commit, SLICE_ARGS(manifest), open, hex);
}

static sheaf_status add_signature(sheaf_amend *amend, const sheaf_key *key, sheaf_error *error) {
    char name[SHEAF_NAME_ROOM];
    sheaf_buffer entry = {0};
    const sheaf_manifest *manifest = &amend->file->manifest;
    snprintf(name, sizeof name, FOLDER "%06" PRIu64, amend->commit);
    write_entry(&entry, key, amend->commit - 1, sheaf_slice_of(amend->file->manifest_sha256));
    sheaf_status status = entry.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory")
                                       : sheaf_emitter_whole(&amend->emitter, sheaf_slice_of(name),
                                                             sheaf_buffer_view(&entry), error);
    sheaf_buffer_clear(&entry);
    if (status == SHEAF_OK)
        status = sheaf_amend_commit(amend, manifest->articles, manifest->bytes, "sign", error);
    return status;
}

sheaf_status sheaf_file_sign(const char *path, const sheaf_key *key,
                             const sheaf_writer_options *options, sheaf_error *error) {
    sheaf_amend amend;
    uint64_t waited = 0;
    if (!key->has_secret)
        return sheaf_fail(error, SHEAF_MISUSE, "a public key cannot sign");
    sheaf_status status = sheaf_amend_open(&amend, path, error);
    while (status == SHEAF_LOCKED && sheaf_disk_wait(&waited, options ? options->wait : 0)) {
        sheaf_amend_close(&amend);
        status = sheaf_amend_open(&amend, path, error);
    }
    if (status == SHEAF_OK)
        status = add_signature(&amend, key, error);
    sheaf_amend_close(&amend);
    return status;
}

/* ---- what a signature says ----------------------------------------------------------- */

static bool read_number(uint64_t *out, sheaf_slice raw) {
    *out = 0;
    for (size_t i = 0; i < raw.size && raw.size < 8; i++) {
        if (!sheaf_is_digit(raw.data[i]))
            return false;
        *out = *out * 10 + (uint64_t)(raw.data[i] - '0');
    }
    return raw.size > 0 && raw.size < 8;
}

/* Where a member of the object goes; NULL: it is passed over. */
static sheaf_slice *place_of(sheaf_signature *out, const sheaf_json_token *key,
                             sheaf_slice *number) {
    return sheaf_json_is(key, "commit")      ? number
           : sheaf_json_is(key, "manifest")  ? &out->manifest
           : sheaf_json_is(key, "key")       ? &out->key
           : sheaf_json_is(key, "signature") ? &out->bytes
                                             : NULL;
}

/* Views into json: hexadecimal needs no unescaping. */
bool sheaf_signature_read(sheaf_signature *out, sheaf_slice json) {
    sheaf_json reader;
    sheaf_json_token token;
    sheaf_slice number = {0};
    *out = (sheaf_signature){0};
    if (json.size > ENTRY_MAX)
        return false;
    sheaf_json_init(&reader, json, 4);
    if (sheaf_json_next(&reader, &token, NULL) != SHEAF_OK || token.kind != SHEAF_JSON_OBJECT)
        return false;
    while (sheaf_json_next(&reader, &token, NULL) == SHEAF_OK && token.kind == SHEAF_JSON_KEY) {
        sheaf_slice *to = place_of(out, &token, &number);
        if (!to) {
            if (sheaf_json_skip(&reader, &token, NULL, NULL) != SHEAF_OK)
                return false;
            continue;
        }
        if (sheaf_json_next(&reader, &token, NULL) != SHEAF_OK)
            return false;
        *to = token.raw;
    }
    return read_number(&out->commit, number);
}

static bool from_hex(uint8_t *out, size_t size, sheaf_slice hex) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size && hex.size == 2 * size; i++) {
        const char *high = memchr(digits, hex.data[2 * i], 16);
        const char *low = memchr(digits, hex.data[2 * i + 1], 16);
        if (!high || !low)
            return false;
        out[i] = (uint8_t)((high - digits) << 4 | (low - digits));
    }
    return hex.size == 2 * size;
}

/* ---- checking -------------------------------------------------------------------------- */

/* The SHA-256 of the manifest of a commit, when that is there. */
static bool hash_manifest(const sheaf_file *file, uint64_t commit, char hex[SHEAF_SHA256_HEX + 1]) {
    char room[SHEAF_NAME_ROOM];
    uint8_t digest[SHEAF_SHA256_SIZE];
    const sheaf_entry *entry = sheaf_file_entry(file, sheaf_name_manifest(room, commit));
    if (!entry)
        return false;
    sheaf_sha256(sheaf_file_data(file, entry), digest);
    sheaf_hex(hex, digest, sizeof digest);
    return true;
}

bool sheaf_signature_holds(const sheaf_signature *s) {
    char room[MESSAGE_ROOM];
    uint8_t open[SHEAF_KEY_SIZE], bytes[SHEAF_SIGNATURE_SIZE];
    if (s->manifest.size != SHEAF_SHA256_HEX || !from_hex(open, sizeof open, s->key) ||
        !from_hex(bytes, sizeof bytes, s->bytes))
        return false;
    sheaf_slice message = message_of(room, s->manifest);
    return ed25519_sha512_verify(open, message.size, (const uint8_t *)message.data, bytes);
}

/* Is it true, and of the manifest that is there? */
static bool is_true(const sheaf_file *file, const sheaf_signature *s) {
    char hex[SHEAF_SHA256_HEX + 1];
    return hash_manifest(file, s->commit, hex) && sheaf_slice_is(s->manifest, hex) &&
           sheaf_signature_holds(s);
}

/* Does a commit hold signatures alone? */
static bool only_signs(const sheaf_file *file, uint64_t commit) {
    char room[SHEAF_NAME_ROOM];
    sheaf_manifest manifest;
    const sheaf_entry *entry = sheaf_file_entry(file, sheaf_name_manifest(room, commit));
    if (!entry)
        return false;
    sheaf_manifest_init(&manifest);
    bool only = sheaf_manifest_read(&manifest, sheaf_file_data(file, entry), NULL) == SHEAF_OK &&
                manifest.dropped_count == 0;
    for (size_t i = 0; i < manifest.entry_count && only; i++)
        only = sheaf_slice_starts(manifest.entries[i].name, SLICE(FOLDER));
    sheaf_manifest_clear(&manifest);
    return only;
}

/* The newest commit that a signature of the key speaks of; 0: none. */
static sheaf_status newest(sheaf_file *file, const sheaf_key *key, uint64_t *commit,
                           sheaf_error *error) {
    char open[2 * SHEAF_KEY_SIZE + 1];
    sheaf_hex(open, key->open, sizeof key->open);
    *commit = 0;
    for (size_t i = 0; i < file->directory.count; i++) {
        const sheaf_entry *entry = &file->directory.entries[i];
        sheaf_signature s;
        if (!sheaf_slice_starts(entry->name, SLICE(FOLDER)) ||
            !sheaf_signature_read(&s, sheaf_file_data(file, entry)) || !sheaf_slice_is(s.key, open))
            continue;
        if (!is_true(file, &s))
            return sheaf_fail(error, SHEAF_CORRUPT, "%s: %.*s is false", file->path,
                              SLICE_ARGS(entry->name));
        if (s.commit > *commit)
            *commit = s.commit;
    }
    return SHEAF_OK;
}

/* There is no signature of the key, or there was one before the file was made anew. */
static sheaf_status not_signed(sheaf_file *file, const sheaf_key *key, sheaf_error *error) {
    char open[2 * SHEAF_KEY_SIZE + 1];
    sheaf_history *history;
    bool before = false;
    sheaf_status status = sheaf_history_open(&history, file, error);
    if (status != SHEAF_OK)
        return status;
    sheaf_hex(open, key->open, sizeof key->open);
    for (size_t i = 0; i < sheaf_history_signatures(history); i++) {
        const sheaf_signature *s = sheaf_history_signature(history, i);
        before = before || (sheaf_slice_is(s->key, open) && sheaf_signature_holds(s));
    }
    sheaf_history_close(history);
    return sheaf_fail(error, SHEAF_MISSING,
                      before ? "%s: signed with this key before it was made anew; sign it again"
                             : "%s: not signed with this key",
                      file->path);
}

sheaf_status sheaf_file_signed(sheaf_file *file, const sheaf_key *key, uint64_t *commit,
                               sheaf_error *error) {
    uint64_t last = file->directory.number, of;
    sheaf_status status = newest(file, key, &of, error);
    if (status != SHEAF_OK)
        return status;
    if (of == 0)
        return not_signed(file, key, error);
    for (uint64_t later = of + 1; later <= last; later++) {
        if (!only_signs(file, later))
            return sheaf_fail(error, SHEAF_MISSING,
                              "%s: signed with this key up to commit %" PRIu64
                              "; what commit %" PRIu64 " changed is not",
                              file->path, of, later);
    }
    *commit = of;
    return SHEAF_OK;
}
