/* language_words.h - what languages are told by: their commonest words, and
 * letters that few others have.
 *
 * An entry is lower-case UTF-8 of at most 15 bytes. One that starts with "+"
 * is a letter, counted wherever it stands. */
#ifndef SHEAF_TEXT_LANGUAGE_WORDS_H
#define SHEAF_TEXT_LANGUAGE_WORDS_H

#include "text/language.h"

enum { SHEAF_LANGUAGE_WORD_SIZE = 16, SHEAF_LANGUAGE_MOST = 64 };

typedef struct sheaf_language_profile {
    const char *tag;
    sheaf_script script;
    const char (*words)[SHEAF_LANGUAGE_WORD_SIZE];
    size_t count;
} sheaf_language_profile;

/* At most SHEAF_LANGUAGE_MOST of them. */
extern const sheaf_language_profile sheaf_language_profiles[];
extern const size_t sheaf_language_profile_count;

#endif
