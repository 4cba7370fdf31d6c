/* diff_words.h - what was changed in a text, word by word. */
#ifndef SHEAF_TEXT_DIFF_WORDS_H
#define SHEAF_TEXT_DIFF_WORDS_H

#include "sheaf.h"

/* Compares two texts word by word. Calls piece for each run of words: kind is '='
 * for the same, '-' for gone, '+' for added. Each character of a script without
 * blanks (Han, Kana, Thai) is a word. False when they have too little in common to
 * be worth it, or memory is out; piece is not called then. */
typedef void (*sheaf_piece_fn)(void *context, char kind, sheaf_slice words);
bool sheaf_diff_words(sheaf_slice old_text, sheaf_slice new_text, sheaf_piece_fn piece,
                      void *context);

#endif
