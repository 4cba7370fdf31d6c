/* sentences_plain.c - where sentences end by UAX #29 alone (SB3 to SB998).
 *
 * Behind a full point or another stop come closing signs and blanks; then
 * either something that shows that the sentence goes on, or a boundary. */
#include "base/utf8.h"
#include "text/sentence_tables.h"
#include "text/sentences.h"

typedef struct cursor {
    sheaf_slice text;
    size_t at;
    size_t next;                /* behind the character at `at` */
    sheaf_sentence_class class; /* its class; SB_SEP at the end of text */
} cursor;

static bool skipped(sheaf_sentence_class class) {
    return class == SB_EXTEND || class == SB_FORMAT;
}

static bool is_separator(sheaf_sentence_class class) {
    return class == SB_SEP || class == SB_CR || class == SB_LF;
}

/* Looks at the character at `at`. */
static void look(cursor *here) {
    here->next = here->at;
    here->class = SB_SEP;
    if (here->at < here->text.size)
        here->class = sheaf_sentence_class_of(sheaf_utf8_next(here->text, &here->next));
}

/* Moves to the next character that counts (SB5). */
static void step(cursor *here) {
    do {
        here->at = here->next;
        look(here);
    } while (here->at < here->text.size && skipped(here->class));
}

static void pass(cursor *here, sheaf_sentence_class class) {
    while (here->at < here->text.size && here->class == class)
        step(here);
}

/* SB8: does a small letter come before anything that speaks against it? */
static bool goes_on_small(cursor here) {
    for (; here.at < here.text.size; step(&here)) {
        if (here.class == SB_LOWER)
            return true;
        if (here.class == SB_LETTER || here.class == SB_UPPER || is_separator(here.class) ||
            here.class == SB_POINT || here.class == SB_STOP)
            return false;
    }
    return false;
}

/* Behind one separator (SB3, SB4). */
static size_t behind_separator(cursor here) {
    if (here.at < here.text.size && here.class == SB_CR && here.next < here.text.size &&
        here.text.data[here.next] == '\n')
        return here.next + 1;
    return here.at < here.text.size ? here.next : here.at;
}

/* here is behind a stop. True when the sentence ends, at *end; else here is
 * where to go on from. */
static bool ends(cursor *here, sheaf_sentence_class before, bool point, size_t *end) {
    if (point && here->class == SB_NUMBER && here->at < here->text.size) /* SB6 */
        return false;
    if (point && here->class == SB_UPPER && (before == SB_UPPER || before == SB_LOWER)) /* SB7 */
        return false;
    pass(here, SB_CLOSE); /* SB9 */
    pass(here, SB_SPACE); /* SB10 */
    if (here->at < here->text.size &&
        (here->class == SB_COMMA || here->class == SB_POINT || here->class == SB_STOP)) /* SB8a */
        return false;
    if (point && goes_on_small(*here)) /* SB8 */
        return false;
    *end = is_separator(here->class) ? behind_separator(*here) : here->at; /* SB11 */
    return true;
}

size_t sheaf_sentence_boundary(sheaf_slice text, size_t from) {
    cursor here = {.text = text, .at = from};
    look(&here);
    sheaf_sentence_class before = SB_OTHER;
    while (here.at < text.size) {
        if (is_separator(here.class))
            return behind_separator(here);
        sheaf_sentence_class class = here.class;
        step(&here);
        size_t end;
        if ((class == SB_POINT || class == SB_STOP) && ends(&here, before, class == SB_POINT, &end))
            return end;
        before = class;
    }
    return text.size;
}
