/* stamp.h - an EDTF date in 53 bits that sort as time does.
 *
 *   bit 52         38    34   29     24       18       12         1   0
 *      │ year       │month│day │hour+1│minute+1│second+1│ zone     │odd│
 *
 * year 0 is XXXX. zone: 0 none told, 4095 Z, else minutes east of UTC + 1440.
 * odd: the text holds more than this and stands among the strings; what could
 * be read of its beginning is kept, for sorting. 0 is no date at all. */
#ifndef SHEAF_STORE_STAMP_H
#define SHEAF_STORE_STAMP_H

#include "sheaf.h"

enum { SHEAF_STAMP_ROOM = 32 };

uint64_t sheaf_stamp_pack(sheaf_slice edtf);

static inline bool sheaf_stamp_is_odd(uint64_t stamp) {
    return stamp & 1;
}

/* The text of a stamp that is not odd, into out with SHEAF_STAMP_ROOM bytes;
 * returns its length. */
size_t sheaf_stamp_text(char *out, uint64_t stamp);

#endif
