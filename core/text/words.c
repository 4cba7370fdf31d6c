/* words.c - words one by one, and how many there are: segment.c in small verbs. */
#include "text/words.h"

#include "text/segment.h"

enum { BATCH = 512 };

bool sheaf_word_next(sheaf_slice text, size_t *at, size_t *start, size_t *end) {
    sheaf_word word;
    if (sheaf_words_next(text, at, &word, 1) == 0)
        return false;
    *start = word.from;
    *end = word.to;
    return true;
}

size_t sheaf_word_count(sheaf_slice text) {
    sheaf_word words[BATCH];
    size_t count = 0;
    size_t got = BATCH;
    for (size_t at = 0; got == BATCH; count += got)
        got = sheaf_words_next(text, &at, words, BATCH);
    return count;
}
