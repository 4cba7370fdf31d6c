/* dump_view.h - one line as the tests of its kind see it (dump_kind.c, dump_machine.c). */
#ifndef SHEAF_READ_DUMP_VIEW_H
#define SHEAF_READ_DUMP_VIEW_H

#include "read/dump_parts.h"

typedef struct dump_view {
    dump_line *line;
    sheaf_slice text;   /* of the line */
    sheaf_slice folded; /* empty when the line is long */
    bool coded;         /* the dump uses a database's codes */
} dump_view;

static inline bool sheaf_dump_contains(sheaf_slice text, const char *needle) {
    return sheaf_slice_find(text, 0, sheaf_slice_of(needle)) != SIZE_MAX;
}

/* value is a part of the line. */
static inline void sheaf_dump_set_value(dump_view *v, sheaf_slice value) {
    v->line->value = (uint32_t)(value.size ? (size_t)(value.data - v->text.data) : v->text.size);
}

/* True when every word between blanks passes. */
bool sheaf_dump_all_words(sheaf_slice text, bool (*test)(sheaf_slice word));

/* ===== and the like; "3 of 12 DOCUMENTS"; "End of Document". */
bool sheaf_dump_is_rule(dump_view *v);
bool sheaf_dump_is_counter(dump_view *v);
bool sheaf_dump_is_finish(dump_view *v);
/* Sizes, codes, paths, mail and phone. */
bool sheaf_dump_is_machine(dump_view *v);
/* An address alone or with its date and label; tells page and picture apart. */
bool sheaf_dump_is_address(dump_view *v);

#endif
