/* pattern.c - a backtracking matcher that counts its steps.
 *
 * The matcher walks pattern and subject together. An item of the pattern is
 * one character class with an optional quantifier; only what may have to be
 * taken back (quantifiers, captures) recurses, so plain sequences cost no
 * stack. Complaints are sticky: once set, every level returns NULL. */
#include "script/pattern.h"

#include <ctype.h>
#include <string.h>

enum { DEPTH = 200, POLL_EVERY = 4096 };

static const char *complain(sheaf_pattern *match, const char *what) {
    if (!match->complaint)
        match->complaint = what;
    return NULL;
}

/* Takes count steps, at least one; false when there are not so many left. */
static bool take_steps(sheaf_pattern *match, uint64_t count) {
    if (match->steps < count)
        return complain(match, "pattern needs too many steps: make it simpler") != NULL;
    uint64_t before = match->steps;
    match->steps -= count;
    if (before / POLL_EVERY != match->steps / POLL_EVERY && match->interrupt && *match->interrupt)
        return complain(match, "pattern interrupted") != NULL;
    return true;
}

void sheaf_pattern_init(sheaf_pattern *match, sheaf_slice subject, sheaf_slice pattern,
                        uint64_t steps) {
    match->subject = subject.data;
    match->subject_end = subject.data + subject.size;
    match->end = pattern.data + pattern.size;
    match->steps = steps;
    match->interrupt = NULL;
    match->complaint = NULL;
    match->depth = DEPTH;
    match->captures = 0;
}

bool sheaf_pattern_is_plain(sheaf_slice pattern) {
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] && strchr("^$*+?.([%-", pattern.data[i]))
            return false;
    }
    return true;
}

static bool is_in_class(int c, int letter) {
    bool in;
    switch (letter | 0x20) { /* a capital in small */
    case 'a': in = isalpha(c); break;
    case 'c': in = iscntrl(c); break;
    case 'd': in = isdigit(c); break;
    case 'g': in = isgraph(c); break;
    case 'l': in = islower(c); break;
    case 'p': in = ispunct(c); break;
    case 's': in = isspace(c); break;
    case 'u': in = isupper(c); break;
    case 'w': in = isalnum(c); break;
    case 'x': in = isxdigit(c); break;
    case 'z': in = c == 0; break; /* of old, but still in Lua 5.4 */
    default: return letter == c;
    }
    return letter & 0x20 ? in : !in;
}

/* Behind the one character class that starts at p. */
static const char *class_end(sheaf_pattern *match, const char *p) {
    char first = *p++;
    if (first == '%') {
        if (p == match->end)
            return complain(match, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (first != '[')
        return p;
    if (p < match->end && *p == '^')
        p++;
    do { /* a ] in front stands for itself */
        if (p == match->end)
            return complain(match, "malformed pattern (missing ']')");
        if (*p++ == '%' && p < match->end)
            p++;
    } while (p == match->end || *p != ']');
    return p + 1;
}

/* Is c in the set from p, its [, to last, its ]? */
static bool is_in_set(int c, const char *p, const char *last) {
    bool inside = true;
    if (p[1] == '^') {
        inside = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (is_in_class(c, (unsigned char)*p))
                return inside;
        } else if (p[1] == '-' && p + 2 < last) {
            if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2])
                return inside;
            p += 2;
        } else if ((unsigned char)*p == c) {
            return inside;
        }
    }
    return !inside;
}

/* Does the class [p, behind) take the character at s? */
static bool takes(const sheaf_pattern *match, const char *s, const char *p, const char *behind) {
    if (s >= match->subject_end)
        return false;
    int c = (unsigned char)*s;
    switch (*p) {
    case '.': return true;
    case '%': return is_in_class(c, (unsigned char)p[1]);
    case '[': return is_in_set(c, p, behind - 1);
    default: return (unsigned char)*p == c;
    }
}

/* Is there one character class at p, that takes one character or more? */
static bool needs_class(const sheaf_pattern *match, const char *p, const char *behind) {
    if (strchr("^$()", *p))
        return false;
    if (*p == '%' && (strchr("bf", p[1]) || isdigit((unsigned char)p[1])))
        return false;
    return behind == match->end || !*behind || !strchr("*?-", *behind);
}

static void add_class(bool heads[256], int letter) {
    for (int c = 0; c < 256; c++)
        heads[c] |= is_in_class(c, letter);
}

/* The set from p, its [, to last, its ], as is_in_set reads it. */
static void add_set(bool heads[256], const char *p, const char *last) {
    bool outside = p[1] == '^';
    p += outside;
    while (++p < last) {
        int first = (unsigned char)p[0];
        if (*p == '%') {
            p++;
            add_class(heads, (unsigned char)*p);
        } else if (p[1] == '-' && p + 2 < last) {
            for (int c = first; c <= (unsigned char)p[2]; c++)
                heads[c] = true;
            p += 2;
        } else {
            heads[first] = true;
        }
    }
    for (int c = 0; outside && c < 256; c++)
        heads[c] = !heads[c];
}

bool sheaf_pattern_heads(sheaf_pattern *match, const char *p, bool heads[256]) {
    const char *behind = p < match->end ? class_end(match, p) : NULL;
    if (!behind || !needs_class(match, p, behind))
        return false;
    memset(heads, *p == '.', 256);
    if (*p == '%')
        add_class(heads, (unsigned char)p[1]);
    else if (*p == '[')
        add_set(heads, p, behind - 1);
    else if (*p != '.')
        heads[(unsigned char)*p] = true;
    return true;
}

/* %bxy at s; p is at x. */
static const char *match_balance(sheaf_pattern *match, const char *s, const char *p) {
    if (match->end - p < 2)
        return complain(match, "malformed pattern (missing arguments to '%%b')");
    if (s >= match->subject_end || *s != p[0])
        return NULL;
    size_t open = 1;
    while (++s < match->subject_end) {
        if (!take_steps(match, 1))
            return NULL;
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == p[0]) {
            open++;
        }
    }
    return NULL;
}

/* As many as there are, then fewer and fewer. */
static const char *match_most(sheaf_pattern *match, const char *s, const char *p,
                              const char *behind) {
    ptrdiff_t count = 0;
    while (takes(match, s + count, p, behind))
        count++;
    if (!take_steps(match, (uint64_t)count + 1))
        return NULL;
    for (; count >= 0; count--) {
        const char *end = sheaf_pattern_match(match, s + count, behind + 1);
        if (end || match->complaint)
            return end;
    }
    return NULL;
}

/* As few as will do. */
static const char *match_least(sheaf_pattern *match, const char *s, const char *p,
                               const char *behind) {
    for (;;) {
        const char *end = sheaf_pattern_match(match, s, behind + 1);
        if (end || match->complaint)
            return end;
        if (!takes(match, s, p, behind))
            return NULL;
        s++;
    }
}

static const char *open_capture(sheaf_pattern *match, const char *s, const char *p,
                                ptrdiff_t kind) {
    if (match->captures >= SHEAF_PATTERN_CAPTURES)
        return complain(match, "too many captures");
    match->capture[match->captures].start = s;
    match->capture[match->captures].size = kind;
    match->captures++;
    const char *end = sheaf_pattern_match(match, s, p);
    if (!end)
        match->captures--;
    return end;
}

static const char *close_capture(sheaf_pattern *match, const char *s, const char *p) {
    int last = match->captures - 1;
    while (last >= 0 && match->capture[last].size != SHEAF_CAPTURE_OPEN)
        last--;
    if (last < 0)
        return complain(match, "invalid pattern capture");
    match->capture[last].size = s - match->capture[last].start;
    const char *end = sheaf_pattern_match(match, s, p);
    if (!end)
        match->capture[last].size = SHEAF_CAPTURE_OPEN;
    return end;
}

/* %1 to %9 at s. */
static const char *match_again(sheaf_pattern *match, const char *s, char digit) {
    int number = digit - '1';
    if (number < 0 || number >= match->captures ||
        match->capture[number].size == SHEAF_CAPTURE_OPEN) {
        match->complaint_number = number + 1;
        return complain(match, "invalid capture index %%%d");
    }
    /* A position capture is longer than any subject, as size_t: no match. */
    size_t size = (size_t)match->capture[number].size;
    if ((size_t)(match->subject_end - s) < size ||
        memcmp(match->capture[number].start, s, size) != 0)
        return NULL;
    return s + size;
}

/* %f[set]: between a character outside of the set and one in it; p is at [. */
static const char *match_frontier(sheaf_pattern *match, const char *s, const char *p) {
    if (p >= match->end || *p != '[')
        return complain(match, "missing '[' after '%%f' in pattern");
    const char *behind = class_end(match, p);
    if (!behind)
        return NULL;
    int before = s == match->subject ? 0 : (unsigned char)s[-1];
    int here = s == match->subject_end ? 0 : (unsigned char)*s;
    if (is_in_set(before, p, behind - 1) || !is_in_set(here, p, behind - 1))
        return NULL;
    return behind;
}

/* One class with its quantifier. True: go on at *s and *p; else *s is the
 * result of the whole match. */
static bool match_item(sheaf_pattern *match, const char **s, const char **p) {
    const char *behind = class_end(match, *p);
    if (!behind)
        return *s = NULL, false;
    char quantifier = behind < match->end ? *behind : '\0';
    const char *end;
    switch (quantifier) {
    case '?':
        if (takes(match, *s, *p, behind)) {
            end = sheaf_pattern_match(match, *s + 1, behind + 1);
            if (end || match->complaint)
                return *s = end, false;
        }
        *p = behind + 1;
        return true;
    case '*': return *s = match_most(match, *s, *p, behind), false;
    case '+':
        *s = takes(match, *s, *p, behind) ? match_most(match, *s + 1, *p, behind) : NULL;
        return false;
    case '-': return *s = match_least(match, *s, *p, behind), false;
    default:
        if (!takes(match, *s, *p, behind))
            return *s = NULL, false;
        *s += 1;
        *p = behind;
        return true;
    }
}

/* A special item that starts with %: balance, frontier, back reference. True:
 * go on at *s and *p, *s NULL: no match. False: an ordinary class. */
static bool match_special(sheaf_pattern *match, const char **s, const char **p) {
    const char *behind;
    if (*p + 1 >= match->end)
        return false;
    char letter = (*p)[1];
    if (letter == 'b') {
        *s = match_balance(match, *s, *p + 2);
        *p += 4;
    } else if (letter == 'f') {
        behind = match_frontier(match, *s, *p + 2);
        if (behind)
            *p = behind;
        else
            *s = NULL;
    } else if (letter >= '0' && letter <= '9') {
        *s = match_again(match, *s, letter);
        *p += 2;
    } else {
        return false;
    }
    return true;
}

static const char *match_from(sheaf_pattern *match, const char *s, const char *p) {
    while (s && p != match->end) {
        if (!take_steps(match, 1))
            return NULL;
        switch (*p) {
        case '(':
            if (p + 1 < match->end && p[1] == ')')
                return open_capture(match, s, p + 2, SHEAF_CAPTURE_POSITION);
            return open_capture(match, s, p + 1, SHEAF_CAPTURE_OPEN);
        case ')': return close_capture(match, s, p + 1);
        case '$':
            if (p + 1 == match->end)
                return s == match->subject_end ? s : NULL;
            break;
        case '%':
            if (match_special(match, &s, &p))
                continue;
            break;
        default: break;
        }
        if (!match_item(match, &s, &p))
            return s;
    }
    return s;
}

const char *sheaf_pattern_match(sheaf_pattern *match, const char *s, const char *p) {
    if (match->depth == 0)
        return complain(match, "pattern too complex");
    match->depth--;
    const char *end = match_from(match, s, p);
    match->depth++;
    return end;
}
