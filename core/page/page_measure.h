/* page_measure.h - counts of words, signs and shapes in a piece of text.
 *
 * One look at each byte. Words become 32-bit hashes, so that titles,
 * descriptions and blocks are compared without touching the text again. */
#ifndef SHEAF_READ_PAGE_MEASURE_H
#define SHEAF_READ_PAGE_MEASURE_H

#include "page/page_features.h"
#include "page/page_parts.h"

/* Hashes of words, one text after the other. */
typedef struct sheaf_page_hashes {
    uint32_t *items;
    size_t count;
    size_t capacity;
} sheaf_page_hashes;

/* Measures text into facts and appends the hashes of its words. False: no memory. */
bool sheaf_page_measure(sheaf_page_block_facts *facts, sheaf_page_hashes *hashes,
                        const sheaf_page_words *words, sheaf_slice text);

/* What a block begins with or says as a whole: the small print of web pages. */
typedef enum sheaf_page_phrase {
    SHEAF_PAGE_PHRASE_NONE,
    SHEAF_PAGE_PHRASE_MORE,      /* read more, related, also interesting */
    SHEAF_PAGE_PHRASE_FOLLOW,    /* newsletter, follow us, subscribe, share */
    SHEAF_PAGE_PHRASE_CREDIT,    /* photo:, image credit */
    SHEAF_PAGE_PHRASE_AUTHOR,    /* about the author, by */
    SHEAF_PAGE_PHRASE_COPYRIGHT, /* copyright, all rights reserved */
    SHEAF_PAGE_PHRASE_ADVERT,    /* advertisement, sponsored */
    SHEAF_PAGE_PHRASE_COMMENTS,  /* comments, leave a reply */
    SHEAF_PAGE_PHRASE_DATE,      /* published, updated */
    SHEAF_PAGE_PHRASE_TAGS       /* tags, topics, filed under */
} sheaf_page_phrase;

/* The table of phrases; made once and kept. NULL: no memory. */
typedef struct sheaf_page_phrases sheaf_page_phrases;
sheaf_page_phrases *sheaf_page_phrases_new(const sheaf_page_words *words);
void sheaf_page_phrases_free(sheaf_page_phrases *phrases);

/* The phrase that hashes begin with; the longest counts. */
sheaf_page_phrase sheaf_page_phrase_of(const sheaf_page_phrases *phrases, const uint32_t *hashes,
                                       size_t count);

#endif
