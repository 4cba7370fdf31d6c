/* page_compare.h - how much of a block is said elsewhere in the page.
 *
 * The title (title tag, og:title), the description (meta) and the articleBody of
 * JSON-LD are read into hashes of words; a block is held against them. */
#ifndef SHEAF_READ_PAGE_COMPARE_H
#define SHEAF_READ_PAGE_COMPARE_H

#include "page/page_measure.h"

enum { SHEAF_PAGE_MARKS = 32 };

typedef struct sheaf_page_compare {
    sheaf_page_hashes title;
    uint64_t title_bits; /* a bit for each word of it: most words are told apart by these */
    sheaf_page_hashes description;
    sheaf_page_hashes body;
    bool dated;        /* the page says when it was published, or that it is an article */
    sheaf_buffer text; /* scratch */
    uint32_t *fours;   /* set of hashes of four words in a row */
    uint64_t marks[SHEAF_PAGE_MARKS]; /* a bit for each of them: most others are told apart */
    size_t fours_capacity;
    size_t fours_size; /* slots in use as a table: a power of two */
} sheaf_page_compare;

enum { SHEAF_PAGE_UNKNOWN = -1 }; /* nothing to compare with, or too short */

/* Reads the texts to compare with. False: no memory. */
bool sheaf_page_compare_read(sheaf_page_compare *compare, const sheaf_page *page,
                             const sheaf_page_words *words);

/* Sets facts[].ld_share and description_share, in thousandths. False: no memory. */
bool sheaf_page_compare_blocks(sheaf_page_compare *compare, sheaf_page_block_facts *facts,
                               size_t count, const sheaf_page_hashes *hashes);

/* How alike the title and these words are, in thousandths. */
int sheaf_page_compare_title(const sheaf_page_compare *compare, const uint32_t *hashes,
                             size_t count);

void sheaf_page_compare_clear(sheaf_page_compare *compare);

#endif
