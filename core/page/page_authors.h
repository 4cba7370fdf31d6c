/* page_authors.h - names of people out of what pages put where an author belongs. */
#ifndef SHEAF_READ_PAGE_AUTHORS_H
#define SHEAF_READ_PAGE_AUTHORS_H

#include "article/article.h"

typedef struct sheaf_page_person {
    sheaf_slice name;
    sheaf_slice role;
} sheaf_page_person;

enum { SHEAF_PAGE_PEOPLE_MOST = 24 };

typedef struct sheaf_page_people {
    sheaf_page_person items[SHEAF_PAGE_PEOPLE_MOST];
    size_t count;
} sheaf_page_people;

/* Adds the people that text names: "By A and B, Science Editor", "C | D", "E, PhD".
 * Addresses, handles, labels and dates are no names. Names once there are not
 * added again. Slices view into text or live in the arena. */
void sheaf_page_people_read(sheaf_page_people *people, sheaf_arena *arena, sheaf_slice text,
                            sheaf_slice role);

/* Takes "By", "Written by:", "Von", "Автор:" … off the front. False when there is none. */
bool sheaf_page_people_lead(sheaf_slice line, sheaf_slice *rest);

/* True when text reads as the name of one person: two to five words with capitals. */
bool sheaf_page_people_is_name(sheaf_slice text);

/* True when two names or titles are the same but for case, points and blanks. */
bool sheaf_page_names_equal(sheaf_slice a, sheaf_slice b);

#endif
