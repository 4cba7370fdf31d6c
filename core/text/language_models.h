/* language_models.h - what three letters in a row cost in each language.
 *
 * Languages that share a script are a group. A three of letters is hashed: the
 * low half is the check, the top byte with the first four bits of the check the
 * bucket, and checks are in order within it; beside each check stands a row of
 * costs, a letter for each language, 'a' for five bits and each further one half a
 * bit more. */
#ifndef SHEAF_TEXT_LANGUAGE_MODELS_H
#define SHEAF_TEXT_LANGUAGE_MODELS_H

#include "text/language.h"

enum { SHEAF_LANGUAGE_MOST = 64, SHEAF_LANGUAGE_BUCKETS = 4096 };

typedef struct sheaf_language_group {
    sheaf_script script;
    size_t count;              /* languages */
    const char (*tags)[4];     /* BCP 47 */
    const unsigned char *rare; /* half bits: how much better a language must do that few write in */
    const uint16_t *starts;    /* of each bucket, and behind the last */
    const uint16_t *checks;
    const char *costs; /* rows of count letters and a zero */
} sheaf_language_group;

extern const sheaf_language_group sheaf_language_groups[];
extern const size_t sheaf_language_group_count;

#endif
