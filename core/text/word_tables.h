/* word_tables.h - what make_word_tables.py knows of characters and words.
 *
 * The class of a code point c is
 *     sheaf_word_classes[sheaf_word_pages[c >> 7] << 7 | (c & 127)].
 * A rule, for state s and class k, is sheaf_word_rules[s * 32 + k]: what to do
 * in its upper three bits, the state behind it in the lower five. The numbers
 * below are those of the script. */
#ifndef SHEAF_TEXT_WORD_TABLES_H
#define SHEAF_TEXT_WORD_TABLES_H

enum {
    SHEAF_CLASS_EXTEND = 4,
    SHEAF_CLASS_ZWJ = 5,
    SHEAF_CLASS_FORMAT = 6,
    SHEAF_CLASS_KATAKANA = 8,
    SHEAF_CLASS_HEBREW = 9,
    SHEAF_CLASS_LETTER = 10,
    SHEAF_CLASS_PICTURE_LETTER = 11,
    SHEAF_CLASS_LONE_LETTER = 12,
    SHEAF_CLASS_IDEOGRAPH = 13,
    SHEAF_CLASS_PICTURE = 14,
    SHEAF_CLASS_NUMBER = 20,
    SHEAF_CLASS_JOINER = 21,
    SHEAF_CLASS_SPACE = 22,
    SHEAF_CLASS_COUNT = 23
};

enum { SHEAF_RULE_JOIN, SHEAF_RULE_BREAK, SHEAF_RULE_PASS, SHEAF_RULE_DOUBT, SHEAF_RULE_MEND };

extern const unsigned char sheaf_word_pages[8704];
extern const unsigned char sheaf_word_classes[];
extern const unsigned char sheaf_word_rules[];       /* scripts without blanks never run on */
extern const unsigned char sheaf_word_rules_plain[]; /* UAX #29 as it stands */

static inline unsigned sheaf_word_class(unsigned c) {
    return sheaf_word_classes[(unsigned)sheaf_word_pages[c >> 7] << 7 | (c & 127)];
}

#endif
