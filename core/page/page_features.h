/* page_features.h - the numbers by which blocks are judged.
 *
 * A row of 16-bit numbers a block, shares in thousandths, counts cut off at
 * what fits: whole numbers, so that the trees are the same on every machine.
 * The names here are the columns that bench/extract/train.py sees. After any
 * change to what a feature means the trees must be trained anew. */
#ifndef SHEAF_READ_PAGE_FEATURES_H
#define SHEAF_READ_PAGE_FEATURES_H

#include "page/page.h"
#include "page/page_words.h"

/* Of a block's own text, its place, its containers and the page. */
/* clang-format off */
#define SHEAF_PAGE_FEATURES(X)                                                                     \
    X(tag) X(words) X(characters) X(word_length) X(link_share) X(bold_share) X(italic_share)       \
    X(sentences) X(commas) X(small_share) X(upper_share) X(digit_share) X(capital_share)           \
    X(ends_sentence) X(ends_colon) X(ends_open) X(starts_small) X(starts_quote) X(images_before)   \
    X(images_in) X(duplicate) X(phrase) X(phrase_above) X(phrase_distance) X(depth)                \
    X(index_share) X(words_before_share) X(blocks) X(page_words) X(page_prose) X(path_share)       \
    X(path_words) X(path_blocks) X(parent_path_share) X(parent_path_words) X(parent_path_blocks)   \
    X(path_is_main) X(parent_path_is_main) X(box_words) X(box_link_share) X(box_blocks)            \
    X(box_prose) X(box_images) X(parent_words) X(parent_link_share) X(parent_blocks)               \
    X(parent_prose) X(parent_tag) X(parent_images) X(parent_inputs) X(parent_sentences)            \
    X(grand_words) X(grand_link_share) X(grand_blocks) X(grand_prose) X(grand_tag)                 \
    X(grand_images) X(grand_inputs) X(great_prose_share) X(great_link_share) X(in_top)             \
    X(top_distance) X(top_score_share) X(top_prose) X(top_words_share) X(top_from_start)           \
    X(top_to_end) X(top_prose_before) X(top_prose_after) X(articles) X(article_share)              \
    X(main_share) X(story_body_share) X(body_share) X(ld_share) X(description_share)               \
    X(title_share) X(headline_distance) X(h1_before) X(h1_count) X(prose_near) X(prose_before)     \
    X(prose_after) X(link_near) X(gap_before) X(gap_after) X(place) X(siblings)                    \
    X(same_path_before) X(same_path_after) X(parent_share_of_top) X(same_start) X(ld_cover)        \
    X(ld_before) X(ld_after)
/* clang-format on */

/* Of each of the blocks around. */
#define SHEAF_PAGE_FEATURES_NEAR(X)                                                                \
    X(words) X(link_share) X(tag) X(sentences) X(same_path) X(same_box) X(phrase)

enum {
#define X(name) SHEAF_PAGE_FEATURE_##name,
    SHEAF_PAGE_FEATURES(X)
#undef X
        SHEAF_PAGE_FEATURE_INSIDE,
    SHEAF_PAGE_FEATURE_CLASS = SHEAF_PAGE_FEATURE_INSIDE + SHEAF_PAGE_IN_COUNT,
    SHEAF_PAGE_FEATURE_NEAR = SHEAF_PAGE_FEATURE_CLASS + SHEAF_PAGE_WORD_COUNT,
};
enum {
#define X(name) SHEAF_PAGE_NEAR_##name,
    SHEAF_PAGE_FEATURES_NEAR(X)
#undef X
        SHEAF_PAGE_NEAR_SIZE,
    SHEAF_PAGE_NEAR_REACH = 3, /* blocks before, and as many after */
    SHEAF_PAGE_FEATURE_COUNT =
        SHEAF_PAGE_FEATURE_NEAR + 2 * SHEAF_PAGE_NEAR_REACH * SHEAF_PAGE_NEAR_SIZE
};

/* What is known of one block beside its row. */
typedef struct sheaf_page_block_facts {
    uint32_t first_word; /* in the hashes of words */
    uint32_t hashes;
    uint32_t words; /* a character of a dense script counts half */
    uint32_t characters;
    uint32_t small;
    uint32_t sentences;
    uint32_t commas;
    uint32_t upper;
    uint32_t digits;
    uint32_t capitals;
    uint32_t link_bytes;
    uint32_t bold_bytes;
    uint32_t italic_bytes;
    uint32_t start; /* hash of the first two words; 0 when there are fewer */
    uint32_t images_in;
    uint32_t images_before; /* since the block before */
    uint32_t inputs;
    uint32_t box;
    uint32_t path; /* slots of the path table */
    uint32_t parent_path;
    uint32_t run_before; /* blocks of the same path right before, and right behind */
    uint32_t run_after;
    uint32_t heading;   /* the block before that heads this one; SHEAF_PAGE_NONE */
    uint32_t h1_before; /* how many */
    uint8_t gap_before; /* blocks to the next prose, up to 99 */
    uint8_t gap_after;
    uint8_t phrase_above; /* of the heading */
    uint16_t link_share;  /* thousandths */
    uint16_t bold_share;  /* thousandths */
    int16_t ld_share;     /* thousandths of its fours of words in JSON-LD's articleBody */
    int16_t description_share;
    int16_t title_share;
    uint32_t text_slot; /* of the table of texts */
    uint8_t phrase;     /* sheaf_page_phrase */
    bool prose;
    bool duplicate;
    bool ends_sentence;
} sheaf_page_block_facts;

typedef struct sheaf_page_features sheaf_page_features;

void sheaf_page_features_free(sheaf_page_features *features);

/* Measures all blocks of page and computes the rows of those in doubt. NULL when memory
 * is out. Valid until the page is parsed into again. */
const sheaf_page_features *sheaf_page_features_of(sheaf_page *page);

/* The blocks in doubt, in order, and their rows one behind the other. The others stand
 * where no story is ever found. */
const uint32_t *sheaf_page_features_doubtful(const sheaf_page_features *features, size_t *count);
const int16_t *sheaf_page_features_rows(const sheaf_page_features *features);

/* The row of any block. Valid until the next is asked for. */
const int16_t *sheaf_page_features_row(const sheaf_page_features *features, size_t block);

/* How many blocks say the same as this one, it included. */
uint32_t sheaf_page_features_copies(const sheaf_page_features *features, size_t block);

/* Whether a block is the text of a small box that is called a picture and holds one. */
bool sheaf_page_features_by_picture(const sheaf_page_features *features, size_t block);

/* Whether a block stands in the box that looks most like the story. */
bool sheaf_page_features_in_top(const sheaf_page_features *features, size_t block);

/* Steps from a block up to a box with a class of this kind: page_boxes.h. */
unsigned sheaf_page_features_distance(const sheaf_page_features *features, size_t block,
                                      unsigned kind);

const sheaf_page_block_facts *sheaf_page_features_facts(const sheaf_page_features *features,
                                                        size_t block);

/* The block that is the headline, or SHEAF_PAGE_NONE. */
uint32_t sheaf_page_features_headline(const sheaf_page_features *features);

/* Writes the name of a column; out has at least 40 bytes. */
void sheaf_page_feature_name(char *out, size_t size, size_t column);

#endif
