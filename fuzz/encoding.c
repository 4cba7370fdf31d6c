/* encoding.c - fuzzes the guess, the prescan of a page, and each decoder: any
 * bytes become valid UTF-8, in small pieces the same as at once.
 *
 * The first byte chooses an encoding besides the one that was guessed. */
#include "text/encoding.h"

#include <stdlib.h>

#include "base/slice.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    "UTF-8",       "UTF-16LE",     "UTF-16BE",     "UTF-32LE",    "UTF-32BE", "GB18030",
    "Big5",        "Shift_JIS",    "EUC-JP",       "EUC-KR",      "KOI8-R",   "ISO-2022-JP",
    "windows-874", "windows-1253", "windows-1258", "replacement",
};

static void must(bool promise) {
    if (!promise)
        abort();
}

/* Small steps: what each gives is whole, and they all get on. */
static void check_steps(sheaf_slice bytes, const char *name) {
    char piece[40];
    size_t at = 0;
    size_t bad = 0;
    sheaf_decoder *decoder = sheaf_decoder_open(name);
    must(decoder != NULL);
    while (at < bytes.size) {
        size_t before = at;
        size_t given = sheaf_decoder_step(decoder, bytes, &at, piece, sizeof piece, &bad);
        must(at > before && at <= bytes.size && given <= sizeof piece);
        must(sheaf_utf8_valid(sheaf_slice_from(piece, given)));
    }
    sheaf_decoder_close(decoder);
}

static void check_all(sheaf_slice bytes, const char *name) {
    sheaf_buffer out = {0};
    size_t bad = sheaf_encoding_to_utf8(&out, bytes, name);
    must(!out.failed && bad <= bytes.size);
    must(sheaf_utf8_valid(sheaf_buffer_view(&out)));
    sheaf_buffer_clear(&out);
    check_steps(bytes, name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice bytes = {(const char *)data, size};
    sheaf_slice label = sheaf_slice_part(bytes, 0, size < 12 ? size : 12);
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(bytes, label, true);
    must(guess.name && guess.why && guess.confidence >= 0 && guess.confidence <= 1);
    check_all(bytes, guess.name);
    if (size > 0)
        check_all(sheaf_slice_part(bytes, 1, size),
                  names[data[0] % (sizeof names / sizeof *names)]);
    return 0;
}
