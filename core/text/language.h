/* language.h - which script and which language a text is in. */
#ifndef SHEAF_TEXT_LANGUAGE_H
#define SHEAF_TEXT_LANGUAGE_H

#include "sheaf.h"

/* Scripts as clustering and language need them, in a fixed order that the
 * file format relies on: append only. */
typedef enum sheaf_script {
    SHEAF_SCRIPT_NONE,
    SHEAF_SCRIPT_LATIN,
    SHEAF_SCRIPT_CYRILLIC,
    SHEAF_SCRIPT_GREEK,
    SHEAF_SCRIPT_ARABIC,
    SHEAF_SCRIPT_HEBREW,
    SHEAF_SCRIPT_HAN,
    SHEAF_SCRIPT_KANA,
    SHEAF_SCRIPT_HANGUL,
    SHEAF_SCRIPT_THAI,
    SHEAF_SCRIPT_DEVANAGARI,
    SHEAF_SCRIPT_BENGALI,
    SHEAF_SCRIPT_ARMENIAN,
    SHEAF_SCRIPT_GEORGIAN,
    SHEAF_SCRIPT_OTHER,
    SHEAF_SCRIPT_GUJARATI,
    SHEAF_SCRIPT_GURMUKHI,
    SHEAF_SCRIPT_TAMIL,
    SHEAF_SCRIPT_TELUGU,
    SHEAF_SCRIPT_KANNADA,
    SHEAF_SCRIPT_MALAYALAM,
    SHEAF_SCRIPT_SINHALA,
    SHEAF_SCRIPT_ORIYA,
    SHEAF_SCRIPT_LAO,
    SHEAF_SCRIPT_KHMER,
    SHEAF_SCRIPT_MYANMAR,
    SHEAF_SCRIPT_TIBETAN,
    SHEAF_SCRIPT_ETHIOPIC,
    SHEAF_SCRIPT_THAANA,
    SHEAF_SCRIPT_COUNT
} sheaf_script;

/* The script most letters of the first few thousand bytes are in. */
sheaf_script sheaf_script_of(sheaf_slice text);

/* The language of text as a BCP 47 tag (static), with a confidence from 0 to
 * 1; "und" and 0 rather than a guess. */
const char *sheaf_language_of(sheaf_slice text, double *confidence);

#endif
