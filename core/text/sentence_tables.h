/* sentence_tables.h - what make_sentence_tables.py knows of characters and of
 * abbreviations. The numbers are those of the script. */
#ifndef SHEAF_TEXT_SENTENCE_TABLES_H
#define SHEAF_TEXT_SENTENCE_TABLES_H

#include <stdint.h>

typedef enum sheaf_sentence_class {
    SB_OTHER,
    SB_CR,
    SB_LF,
    SB_SEP,
    SB_EXTEND,
    SB_FORMAT,
    SB_SPACE,
    SB_LOWER,
    SB_UPPER,
    SB_LETTER, /* without case */
    SB_NUMBER,
    SB_POINT,
    SB_COMMA,
    SB_STOP,
    SB_CLOSE
} sheaf_sentence_class;

enum {
    SHEAF_ABBREVIATION_TITLE,
    SHEAF_ABBREVIATION_NUMBER,
    SHEAF_ABBREVIATION_MAYBE,
    SHEAF_ABBREVIATION_PROPER,
    SHEAF_ABBREVIATION_END,
    SHEAF_ABBREVIATION_MONTH,
    SHEAF_ABBREVIATION_DATE,
    SHEAF_ABBREVIATION_STARTER,
    SHEAF_ABBREVIATION_KINDS
};

typedef struct sheaf_sentence_word {
    const char *word;                             /* in small letters, without its last point */
    uint32_t languages[SHEAF_ABBREVIATION_KINDS]; /* those where it is one of that kind */
} sheaf_sentence_word;

extern const unsigned char sheaf_sentence_pages[];
extern const unsigned char sheaf_sentence_classes[];
extern const sheaf_sentence_word sheaf_sentence_words[]; /* in byte order */
extern const unsigned sheaf_sentence_word_count;
extern const char sheaf_sentence_languages[][3]; /* bit i is the i-th; ends with an empty one */

static inline sheaf_sentence_class sheaf_sentence_class_of(uint32_t c) {
    return (sheaf_sentence_class)
        sheaf_sentence_classes[(uint32_t)sheaf_sentence_pages[c >> 7] << 7 | (c & 127)];
}

#endif
