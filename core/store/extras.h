/* extras.h - originals go along with the articles, entry by entry.
 *
 * They are found by their hash, so an entry of them is copied as it is. */
#ifndef SHEAF_STORE_EXTRAS_H
#define SHEAF_STORE_EXTRAS_H

#include "store/carry.h"

/* Copies the originals of all sources; an entry that two sources share comes once.
 * Damaged ones are told to options->warn and left out. */
sheaf_status sheaf_extras_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                const sheaf_life_options *options, sheaf_error *error);

#endif
