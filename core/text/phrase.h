/* phrase.h - labels and notices ("Published:", "Read more") made comparable. */
#ifndef SHEAF_TEXT_PHRASE_H
#define SHEAF_TEXT_PHRASE_H

#include "sheaf.h"

/* Lower case, blanks folded, quotes straight, without signs at either end;
 * empty when longer than 160 bytes. Lives in folded. */
enum { SHEAF_PHRASE_ROOM = 192 };
sheaf_slice sheaf_phrase(char folded[SHEAF_PHRASE_ROOM], sheaf_slice text);

/* Is the folded phrase one of a list parted by '|'? */
bool sheaf_phrase_is_one_of(sheaf_slice phrase, const char *list);

#endif
