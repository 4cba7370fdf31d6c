/* pattern.h - Lua patterns that cannot run away.
 *
 * The same patterns and the same matches as Lua's own string library, written
 * anew so that each step is counted: a match that needs more steps than it is
 * given ends with a complaint. Pure C, no Lua: see lib_pattern.c for find,
 * match, gmatch and gsub. */
#ifndef SHEAF_SCRIPT_PATTERN_H
#define SHEAF_SCRIPT_PATTERN_H

#include <signal.h>

#include "sheaf.h"

enum { SHEAF_PATTERN_CAPTURES = 32 };

typedef struct sheaf_capture {
    const char *start;
    ptrdiff_t size; /* or one of the two below */
} sheaf_capture;

enum { SHEAF_CAPTURE_OPEN = -1, SHEAF_CAPTURE_POSITION = -2 };

typedef struct sheaf_pattern {
    const char *subject; /* zero byte behind the end, as Lua's strings have */
    const char *subject_end;
    const char *end;                        /* of the pattern */
    uint64_t steps;                         /* left */
    const volatile sig_atomic_t *interrupt; /* looked at now and then; or NULL */
    const char *complaint; /* why matching was given up: a printf format; or NULL */
    int complaint_number;  /* for its %d */
    int depth;
    int captures;
    sheaf_capture capture[SHEAF_PATTERN_CAPTURES];
} sheaf_pattern;

/* Ready to match pattern against subject; both are borrowed. */
void sheaf_pattern_init(sheaf_pattern *match, sheaf_slice subject, sheaf_slice pattern,
                        uint64_t steps);

/* Matches what is left of the pattern, from p, at s and nowhere else. The end
 * of the match, or NULL: no match, or complaint is set. */
const char *sheaf_pattern_match(sheaf_pattern *match, const char *s, const char *p);

/* Which bytes a match of the pattern from p can begin with. False when a match may be
 * empty, or when that is not to be told from the first item alone. */
bool sheaf_pattern_heads(sheaf_pattern *match, const char *p, bool heads[256]);

/* True when the pattern is plain text. */
bool sheaf_pattern_is_plain(sheaf_slice pattern);

#endif
