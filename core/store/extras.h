/* extras.h - originals go along with the articles.
 *
 * They are found by their hash, so an entry of them is copied as it is when all
 * articles of its sheaf go along. Else those are picked whose articles do: what was
 * dropped, or went to another part, leaves nothing behind. */
#ifndef SHEAF_STORE_EXTRAS_H
#define SHEAF_STORE_EXTRAS_H

#include "store/carry.h"

/* Takes along the originals of what goes to part number wanted; what two sources
 * share comes once. Damaged ones are told to options->warn and left out. */
sheaf_status sheaf_extras_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                uint32_t wanted, const sheaf_life_options *options,
                                sheaf_error *error);

#endif
