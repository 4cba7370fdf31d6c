/* stem.h - words without their endings, by the Snowball stemmers. */
#ifndef SHEAF_TEXT_STEM_H
#define SHEAF_TEXT_STEM_H

#include "base/slice.h"

typedef struct sheaf_stemmer sheaf_stemmer;

/* Does some stemmer know the language (BCP 47: "en", "pt-BR")? */
bool sheaf_stemmer_exists(sheaf_slice language);

/* A stemmer of the language; NULL when there is none or memory is out. One
 * thread at a time may use it. */
sheaf_stemmer *sheaf_stemmer_open(sheaf_slice language);
void sheaf_stemmer_close(sheaf_stemmer *stemmer);

/* The stem of one word, in small letters; accents stay, they matter to
 * stemmers. Without a stemmer (NULL), for a word of more than 255 bytes, or when
 * memory is out: the word itself. Good until the next call. */
sheaf_slice sheaf_stemmer_stem(sheaf_stemmer *stemmer, sheaf_slice word);

#endif
