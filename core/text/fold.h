/* fold.h - NFC, and folding of case and accents for comparing. */
#ifndef SHEAF_TEXT_FOLD_H
#define SHEAF_TEXT_FOLD_H

#include "base/buffer.h"

/* True when text is surely NFC; cheap for ASCII and most European text. */
bool sheaf_nfc_sure(sheaf_slice text);

/* Appends text in NFC. text must be valid UTF-8. */
void sheaf_nfc(sheaf_buffer *buffer, sheaf_slice text);

/* Appends text with case folded and accents stripped (NFKD without marks,
 * then Unicode case folding). text must be valid UTF-8. */
void sheaf_fold(sheaf_buffer *buffer, sheaf_slice text);

/* The same for one word of at most 64 bytes, into out and without allocating.
 * Returns the size of the folded word; 0 when the word is longer or out too small. */
size_t sheaf_fold_word(char *out, size_t size, sheaf_slice word);

#endif
