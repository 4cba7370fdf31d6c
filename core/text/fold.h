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

#endif
