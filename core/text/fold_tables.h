/* fold_tables.h - what most characters become when case and accents go; made
 * by make_fold_tables.py. */
#ifndef SHEAF_TEXT_FOLD_TABLES_H
#define SHEAF_TEXT_FOLD_TABLES_H

/* How far it is, modulo 65536, from a character to what it becomes; or: */
enum {
    SHEAF_FOLD_SLOW = 0x8000, /* only utf8proc knows */
    SHEAF_FOLD_DROP = 0x8001  /* it becomes nothing */
};

extern const unsigned char sheaf_fold_pages[];
extern const unsigned short sheaf_fold_steps[];

static inline unsigned sheaf_fold_step(unsigned c) {
    if (c > 0xFFFF)
        return SHEAF_FOLD_SLOW;
    return sheaf_fold_steps[(unsigned)sheaf_fold_pages[c >> 6] << 6 | (c & 63)];
}

#endif
