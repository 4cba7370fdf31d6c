/* page_features.c - from blocks to rows of numbers.
 *
 *   measure   each block's text: words, signs, links, phrases
 *   boxes     the containers, running sums, the top box
 *   paths     blocks whose tags and classes down from the root are the same
 *   compare   title, description, JSON-LD
 *   rows      everything of a block, of its boxes, of its neighbours
 *
 * Only whole numbers, and no order that depends on memory: the same page gives
 * the same rows everywhere. All tables are kept for the next page. */
#include "read/page_features.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "read/page_boxes.h"
#include "read/page_compare.h"

enum {
    BLOCKS_KEPT = 16384, /* larger tables are given back before the next page */
    PROSE_WORDS = 12,
    PROSE_LINKS = 400, /* thousandths */
    HEADLINE_WORDS = 40,
    HEADLINE_LEAST = 500,
    NEAR = 4,
    LD_SAYS = 800,
    FAR_AWAY = 99,
    NO_HEADLINE = -999,
    PATH_OF_PARENT = 0x5BD1E995
};

typedef struct path_slot {
    uint32_t key; /* 0: free */
    uint32_t prose;
    uint32_t blocks;
} path_slot;

struct sheaf_page_features {
    const sheaf_page *page;
    sheaf_page_block_facts *facts;
    size_t facts_capacity;
    int16_t *rows;
    size_t rows_capacity;
    sheaf_page_hashes hashes;
    sheaf_page_boxes boxes;
    sheaf_page_compare compare;
    path_slot *paths;
    uint64_t *seen; /* texts of blocks */
    size_t table_capacity;
    size_t table_size;
    uint32_t main_path;
    uint32_t main_parent_path;
    uint32_t *starts; /* how many blocks begin with these two words, by slot */
    uint32_t headline;
    uint32_t h1_count;
    uint32_t ld_words; /* of blocks that JSON-LD says too */
    uint32_t ld_first; /* the first and last such block; none: first > last */
    uint32_t ld_last;
};

void sheaf_page_features_free(sheaf_page_features *features) {
    if (!features)
        return;
    sheaf_free(features->facts);
    sheaf_free(features->rows);
    sheaf_free(features->hashes.items);
    sheaf_free(features->paths);
    sheaf_free(features->seen);
    sheaf_free(features->starts);
    sheaf_page_boxes_clear(&features->boxes);
    sheaf_page_compare_clear(&features->compare);
    sheaf_free(features);
}

/* ---- room ----------------------------------------------------------------------- */

static bool room_for_blocks(sheaf_page_features *f, size_t count) {
    if (count > f->facts_capacity) {
        sheaf_free(f->facts);
        sheaf_free(f->rows);
        f->facts_capacity = 0;
        size_t room = count < BLOCKS_KEPT / 2 ? count * 2 : count;
        f->facts = sheaf_malloc(room * sizeof *f->facts);
        f->rows = sheaf_malloc(room * SHEAF_PAGE_FEATURE_COUNT * sizeof *f->rows);
        if (!f->facts || !f->rows)
            return false;
        f->facts_capacity = room;
    }
    if (count)
        memset(f->facts, 0, count * sizeof *f->facts);
    return true;
}

/* The tables have the same number of slots: four or more a block. */
static bool room_for_tables(sheaf_page_features *f, size_t count) {
    size_t size = 64;
    while (size < count * 4)
        size *= 2;
    if (size > f->table_capacity) {
        sheaf_free(f->paths);
        sheaf_free(f->seen);
        sheaf_free(f->starts);
        f->table_capacity = 0;
        f->paths = sheaf_malloc(size * sizeof *f->paths);
        f->seen = sheaf_malloc(size * sizeof *f->seen);
        f->starts = sheaf_malloc(size * sizeof *f->starts);
        if (!f->paths || !f->seen || !f->starts)
            return false;
        f->table_capacity = size;
    }
    f->table_size = size;
    memset(f->paths, 0, size * sizeof *f->paths);
    memset(f->seen, 0, size * sizeof *f->seen);
    memset(f->starts, 0, size * sizeof *f->starts);
    return true;
}

/* ---- blocks alone ------------------------------------------------------------------ */

static const sheaf_page_element *element_of(const sheaf_page_features *f, size_t block) {
    return &f->page->elements[f->page->blocks[block].element];
}

static bool ends_sentence(sheaf_slice text) {
    static const char *const ends[] = {".",  "!",  "?",  "\"", "”", "“", "’", "»",
                                       "。", "！", "？", "」", "।", "…", ")", "؟"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (sheaf_slice_ends(text, sheaf_slice_of(ends[i])))
            return true;
    return false;
}

static bool may_be_prose(uint32_t inside) {
    return !(inside & (SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER | SHEAF_PAGE_IN_CAPTION |
                       SHEAF_PAGE_IN_BUTTON | SHEAF_PAGE_IN_HIDDEN));
}

static uint16_t share(uint64_t part, uint64_t whole) {
    return (uint16_t)(whole == 0 ? 0 : part >= whole ? 1000 : part * 1000 / whole);
}

static bool seen_before(sheaf_page_features *f, sheaf_slice text) {
    uint64_t hash = sheaf_hash64(text) | 1;
    size_t at = (size_t)(hash >> 20) & (f->table_size - 1);
    while (f->seen[at] && f->seen[at] != hash)
        at = (at + 1) & (f->table_size - 1);
    bool before = f->seen[at] == hash;
    f->seen[at] = hash;
    return before;
}

static bool measure_blocks(sheaf_page_features *f, const sheaf_page_scratch *scratch) {
    f->hashes.count = 0;
    for (size_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
        if (!sheaf_page_measure(facts, &f->hashes, scratch->words, text))
            return false;
        facts->link_share = share(facts->link_bytes, text.size);
        facts->bold_share = share(facts->bold_bytes, text.size);
        facts->prose = facts->words >= PROSE_WORDS && facts->link_share < PROSE_LINKS &&
                       may_be_prose(element_of(f, i)->inside);
        facts->duplicate = seen_before(f, text);
        facts->ends_sentence = ends_sentence(text);
        facts->phrase = (uint8_t)sheaf_page_phrase_of(
            scratch->phrases, f->hashes.items + facts->first_word, facts->hashes);
    }
    return true;
}

/* Counts how many blocks begin alike: "READ ALSO | …", in whatever language. The slots
 * are not checked for collisions: a table four times as large as blocks has few. */
static void count_starts(sheaf_page_features *f) {
    for (size_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        if (facts->hashes < 3)
            continue;
        const uint32_t *hashes = f->hashes.items + facts->first_word;
        facts->start = (hashes[0] * 0x9E3779B1u ^ hashes[1]) | 1;
        f->starts[(facts->start >> 7) & (f->table_size - 1)]++;
    }
}

/* Where JSON-LD's articleBody stands on the page. */
static void find_ld(sheaf_page_features *f) {
    f->ld_words = 0;
    f->ld_first = SHEAF_PAGE_NONE;
    f->ld_last = 0;
    for (uint32_t i = 0; i < f->page->block_count; i++) {
        if (f->facts[i].ld_share < LD_SAYS)
            continue;
        f->ld_words += f->facts[i].words;
        if (f->ld_first == SHEAF_PAGE_NONE)
            f->ld_first = i;
        f->ld_last = i;
    }
}

/* ---- paths ------------------------------------------------------------------------- */

static uint32_t path_slot_of(sheaf_page_features *f, uint32_t key) {
    key = key ? key : 1;
    size_t at = (key * 2654435761u) & (f->table_size - 1);
    while (f->paths[at].key && f->paths[at].key != key)
        at = (at + 1) & (f->table_size - 1);
    f->paths[at].key = key;
    return (uint32_t)at;
}

static const sheaf_page_box *box_of(const sheaf_page_features *f, uint32_t index) {
    return index == SHEAF_PAGE_NONE ? NULL : &f->boxes.items[index];
}

static void add_path(sheaf_page_features *f, uint32_t slot, const sheaf_page_block_facts *facts,
                     uint32_t *main) {
    f->paths[slot].blocks++;
    f->paths[slot].prose += facts->prose ? facts->words : 0;
    if (*main == SHEAF_PAGE_NONE || f->paths[slot].prose > f->paths[*main].prose)
        *main = slot;
}

static void find_paths(sheaf_page_features *f) {
    f->main_path = f->main_parent_path = SHEAF_PAGE_NONE;
    for (size_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        const sheaf_page_box *box = box_of(f, facts->box);
        const sheaf_page_box *parent = box_of(f, box->parent);
        facts->path = path_slot_of(f, f->page->elements[box->element].path);
        add_path(f, facts->path, facts, &f->main_path);
        facts->parent_path = SHEAF_PAGE_NONE;
        if (!parent)
            continue;
        uint32_t key = f->page->elements[parent->element].path ^ PATH_OF_PARENT;
        facts->parent_path = path_slot_of(f, key);
        add_path(f, facts->parent_path, facts, &f->main_parent_path);
    }
}

/* ---- the headline --------------------------------------------------------------------- */

static void find_headline(sheaf_page_features *f) {
    int best = 0;
    f->headline = SHEAF_PAGE_NONE;
    f->h1_count = 0;
    for (size_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        const sheaf_page_element *element = element_of(f, i);
        bool h1 = element->tag == SHEAF_HTML_H1;
        f->h1_count += h1;
        facts->title_share = SHEAF_PAGE_UNKNOWN;
        if (facts->words > HEADLINE_WORDS)
            continue;
        int likeness = sheaf_page_compare_title(&f->compare, f->hashes.items + facts->first_word,
                                                facts->hashes);
        facts->title_share = (int16_t)likeness;
        if (element->inside & SHEAF_PAGE_IN_HEADING)
            likeness += 150;
        likeness += h1 ? 150 : 0;
        if (likeness > best && likeness > HEADLINE_LEAST) {
            best = likeness;
            f->headline = (uint32_t)i;
        }
    }
}

/* ---- rows ------------------------------------------------------------------------------ */

static inline int16_t cut(int64_t value) {
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

#define PUT(name, value) row[SHEAF_PAGE_FEATURE_##name] = cut((int64_t)(value))

/* Sums over the page as it is walked from top to bottom. */
typedef struct passed {
    uint32_t words;
    uint32_t h1;
    size_t heading;       /* the last block that heads what follows */
    uint8_t phrase_above; /* of that */
    size_t run;           /* blocks of the same path before */
} passed;

static void put_text(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
    uint8_t first = (uint8_t)text.data[0];
    PUT(tag, element_of(f, i)->tag);
    PUT(words, facts->words);
    PUT(characters, facts->characters);
    PUT(word_length, facts->words ? 10 * facts->characters / facts->words : 0);
    PUT(link_share, facts->link_share);
    PUT(bold_share, facts->bold_share);
    PUT(italic_share, share(facts->italic_bytes, text.size));
    PUT(sentences, facts->sentences);
    PUT(commas, facts->commas);
    PUT(small_share, share(facts->small, facts->words));
    PUT(upper_share, share(facts->upper, facts->characters));
    PUT(digit_share, share(facts->digits, facts->characters));
    PUT(capital_share, share(facts->capitals, facts->words));
    PUT(ends_sentence, facts->ends_sentence);
    PUT(ends_colon, sheaf_slice_ends(text, SLICE(":")));
    PUT(ends_open, sheaf_slice_ends(text, SLICE("...")) || sheaf_slice_ends(text, SLICE("…")));
    PUT(starts_small, first >= 'a' && first <= 'z');
    PUT(starts_quote, first == '"' || first == 0xC2 || first == 0xE2);
    PUT(images_before, facts->images_before);
    PUT(images_in, facts->images_in);
    PUT(duplicate, facts->duplicate);
    PUT(phrase, facts->phrase);
    PUT(ld_share, facts->ld_share);
    PUT(description_share, facts->description_share);
    PUT(title_share, facts->title_share);
    PUT(same_start, facts->start ? f->starts[(facts->start >> 7) & (f->table_size - 1)] - 1 : 0);
    PUT(ld_cover, share(f->ld_words, f->boxes.sums[f->page->block_count].prose));
    PUT(ld_before, f->ld_first < i);
    PUT(ld_after, f->ld_last > i && f->ld_first != SHEAF_PAGE_NONE);
}

static void put_place(const sheaf_page_features *f, int16_t *row, size_t i, const passed *walk) {
    size_t count = f->page->block_count;
    const sheaf_page_sums *all = &f->boxes.sums[count];
    const sheaf_page_box *box = box_of(f, f->facts[i].box);
    const sheaf_page_box *parent = box_of(f, box->parent);
    PUT(depth, box->depth);
    PUT(index_share, share(i, count));
    PUT(words_before_share, share(walk->words, all->words));
    PUT(blocks, count);
    PUT(page_words, all->words);
    PUT(page_prose, all->prose);
    PUT(phrase_above, walk->phrase_above);
    PUT(phrase_distance, walk->heading == SIZE_MAX ? FAR_AWAY : i - walk->heading);
    PUT(headline_distance,
        f->headline == SHEAF_PAGE_NONE ? NO_HEADLINE : (int64_t)i - (int64_t)f->headline);
    PUT(h1_before, walk->h1);
    PUT(h1_count, f->h1_count);
    PUT(place, box->place);
    PUT(siblings, parent ? parent->children : 0);
}

static void put_paths(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    uint32_t prose = f->boxes.sums[f->page->block_count].prose;
    const path_slot *path = &f->paths[facts->path];
    PUT(path_share, share(path->prose, prose));
    PUT(path_words, path->prose);
    PUT(path_blocks, path->blocks);
    PUT(path_is_main, facts->path == f->main_path);
    static const path_slot none;
    path = facts->parent_path == SHEAF_PAGE_NONE ? &none : &f->paths[facts->parent_path];
    PUT(parent_path_share, share(path->prose, prose));
    PUT(parent_path_words, path->prose);
    PUT(parent_path_blocks, path->blocks);
    PUT(parent_path_is_main,
        facts->parent_path != SHEAF_PAGE_NONE && facts->parent_path == f->main_parent_path);
}

static int64_t link_share_of(const sheaf_page_sums *sums) {
    return sums->words ? sums->linked / sums->words : 0;
}

static sheaf_page_sums sums_of(const sheaf_page_features *f, const sheaf_page_box *box) {
    return box ? sheaf_page_sums_of(&f->boxes, box) : (sheaf_page_sums){0};
}

static size_t blocks_of(const sheaf_page_box *box) {
    return box ? box->block_end - box->first_block : 0;
}

static int tag_of(const sheaf_page_features *f, const sheaf_page_box *box) {
    return box ? f->page->elements[box->element].tag : 0;
}

static void put_boxes(const sheaf_page_features *f, int16_t *row, size_t i) {
    uint32_t prose = f->boxes.sums[f->page->block_count].prose;
    const sheaf_page_box *box = box_of(f, f->facts[i].box);
    const sheaf_page_box *parent = box_of(f, box->parent);
    const sheaf_page_box *grand = parent ? box_of(f, parent->parent) : NULL;
    const sheaf_page_box *great = grand ? box_of(f, grand->parent) : NULL;
    sheaf_page_sums sums = sums_of(f, box);
    PUT(box_words, sums.words);
    PUT(box_link_share, link_share_of(&sums));
    PUT(box_blocks, blocks_of(box));
    PUT(box_prose, sums.prose);
    PUT(box_images, sums.images);
    sums = sums_of(f, parent);
    PUT(parent_words, sums.words);
    PUT(parent_link_share, link_share_of(&sums));
    PUT(parent_blocks, blocks_of(parent));
    PUT(parent_prose, sums.prose);
    PUT(parent_tag, tag_of(f, parent));
    PUT(parent_images, sums.images);
    PUT(parent_inputs, sums.inputs);
    PUT(parent_sentences, sums.sentences);
    sums = sums_of(f, grand);
    PUT(grand_words, sums.words);
    PUT(grand_link_share, link_share_of(&sums));
    PUT(grand_blocks, blocks_of(grand));
    PUT(grand_prose, sums.prose);
    PUT(grand_tag, tag_of(f, grand));
    PUT(grand_images, sums.images);
    PUT(grand_inputs, sums.inputs);
    sums = sums_of(f, great);
    PUT(great_prose_share, share(sums.prose, prose));
    PUT(great_link_share, link_share_of(&sums));
}

/* Steps from box up to the nearest box that holds other too. */
static unsigned steps_to_common(const sheaf_page_features *f, uint32_t box, uint32_t other) {
    unsigned steps = 0;
    while (box != other) {
        const sheaf_page_box *a = box_of(f, box), *b = box_of(f, other);
        if (!a || !b)
            break;
        if (a->depth >= b->depth) {
            box = a->parent;
            steps++;
        } else {
            other = b->parent;
        }
    }
    return steps;
}

static bool stands_in(const sheaf_page_box *box, size_t block) {
    return block >= box->first_block && block < box->block_end;
}

static void put_top(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_box *box = box_of(f, f->facts[i].box);
    const sheaf_page_box *parent = box_of(f, box->parent);
    const sheaf_page_box *top = box_of(f, f->boxes.top);
    size_t count = f->page->block_count;
    if (!top) {
        PUT(top_distance, FAR_AWAY);
        return;
    }
    sheaf_page_sums sums = sums_of(f, top), above = sums_of(f, parent);
    long from = (long)top->first_block, to = (long)top->block_end, here = (long)i;
    PUT(in_top, stands_in(top, i));
    PUT(top_distance, steps_to_common(f, f->facts[i].box, f->boxes.top));
    PUT(top_score_share, parent ? share(parent->score, top->score) : 0);
    PUT(top_prose, sums.prose);
    PUT(top_words_share, share(sums.words, f->boxes.sums[count].words));
    PUT(top_from_start, here - from);
    PUT(top_to_end, to - 1 - here);
    PUT(top_prose_before,
        share(sheaf_page_sums_between(&f->boxes, count, from, here).prose, sums.prose));
    PUT(top_prose_after,
        share(sheaf_page_sums_between(&f->boxes, count, here + 1, to).prose, sums.prose));
    PUT(parent_share_of_top, share(above.prose, sums.prose));
}

/* What share of the page's prose stands in box; -1 when there is none. */
static int64_t prose_share(const sheaf_page_features *f, uint32_t index) {
    const sheaf_page_box *box = box_of(f, index);
    if (!box)
        return -1;
    return share(sums_of(f, box).prose, f->boxes.sums[f->page->block_count].prose);
}

static void put_landmarks(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_box *box = box_of(f, f->facts[i].box);
    PUT(articles, f->boxes.articles);
    PUT(article_share, prose_share(f, box->article));
    PUT(main_share, prose_share(f, box->main));
    PUT(story_body_share, prose_share(f, box->story));
    PUT(body_share, prose_share(f, box->body));
    uint32_t inside = f->page->elements[box->element].inside;
    for (int k = 0; k < SHEAF_PAGE_IN_COUNT; k++)
        row[SHEAF_PAGE_FEATURE_INSIDE + k] = inside >> k & 1;
    for (int k = 0; k < SHEAF_PAGE_WORD_COUNT; k++)
        row[SHEAF_PAGE_FEATURE_CLASS + k] = box->distance[k];
}

static void put_near(const sheaf_page_features *f, int16_t *row, size_t i) {
    size_t count = f->page->block_count;
    const sheaf_page_block_facts *facts = &f->facts[i];
    int16_t *out = row + SHEAF_PAGE_FEATURE_NEAR;
    for (long d = -SHEAF_PAGE_NEAR_REACH; d <= SHEAF_PAGE_NEAR_REACH; d++) {
        if (d == 0)
            continue;
        long at = (long)i + d;
        if (at < 0 || (size_t)at >= count) {
            for (int k = 0; k < SHEAF_PAGE_NEAR_SIZE; k++)
                out[k] = -1;
        } else {
            const sheaf_page_block_facts *other = &f->facts[at];
            out[SHEAF_PAGE_NEAR_words] = cut(other->words);
            out[SHEAF_PAGE_NEAR_link_share] = cut(other->link_share);
            out[SHEAF_PAGE_NEAR_tag] = cut(element_of(f, (size_t)at)->tag);
            out[SHEAF_PAGE_NEAR_sentences] = cut(other->sentences);
            out[SHEAF_PAGE_NEAR_same_path] = other->path == facts->path;
            out[SHEAF_PAGE_NEAR_same_box] =
                box_of(f, other->box)->parent == box_of(f, facts->box)->parent;
            out[SHEAF_PAGE_NEAR_phrase] = other->phrase;
        }
        out += SHEAF_PAGE_NEAR_SIZE;
    }
    long here = (long)i;
    sheaf_page_sums around =
        sheaf_page_sums_between(&f->boxes, count, here - NEAR, here + NEAR + 1);
    uint32_t prose = f->boxes.sums[count].prose;
    PUT(prose_near, around.prose);
    PUT(link_near, link_share_of(&around));
    PUT(prose_before, share(f->boxes.sums[i].prose, prose));
    PUT(prose_after, share(prose - f->boxes.sums[i + 1].prose, prose));
}

/* Distances that need a look from both ends: to prose, and along runs of one path. */
static void put_gaps(sheaf_page_features *f) {
    size_t count = f->page->block_count, gap = FAR_AWAY, run = 0;
    for (size_t i = 0; i < count; i++) {
        int16_t *row = f->rows + i * SHEAF_PAGE_FEATURE_COUNT;
        run = i > 0 && f->facts[i].path == f->facts[i - 1].path ? run + 1 : 0;
        PUT(gap_before, gap);
        PUT(same_path_before, run);
        gap = f->facts[i].prose ? 1 : gap < FAR_AWAY ? gap + 1 : gap;
    }
    gap = FAR_AWAY;
    run = 0;
    for (size_t i = count; i-- > 0;) {
        int16_t *row = f->rows + i * SHEAF_PAGE_FEATURE_COUNT;
        run = i + 1 < count && f->facts[i].path == f->facts[i + 1].path ? run + 1 : 0;
        PUT(gap_after, gap);
        PUT(same_path_after, run);
        gap = f->facts[i].prose ? 1 : gap < FAR_AWAY ? gap + 1 : gap;
    }
}

/* True for what heads the blocks that follow: headings, short bold lines, lines with a colon. */
static bool heads(const sheaf_page_features *f, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    if (facts->words > 10)
        return false;
    sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
    return (element_of(f, i)->inside & SHEAF_PAGE_IN_HEADING) || facts->bold_share > 900 ||
           sheaf_slice_ends(text, SLICE(":"));
}

static void put_rows(sheaf_page_features *f) {
    passed walk = {.heading = SIZE_MAX};
    for (size_t i = 0; i < f->page->block_count; i++) {
        int16_t *row = f->rows + i * SHEAF_PAGE_FEATURE_COUNT;
        memset(row, 0, SHEAF_PAGE_FEATURE_COUNT * sizeof *row);
        put_text(f, row, i);
        put_place(f, row, i, &walk);
        put_paths(f, row, i);
        put_boxes(f, row, i);
        put_top(f, row, i);
        put_landmarks(f, row, i);
        put_near(f, row, i);
        walk.words += f->facts[i].words;
        walk.h1 += element_of(f, i)->tag == SHEAF_HTML_H1;
        if (heads(f, i)) {
            walk.heading = i;
            walk.phrase_above = f->facts[i].phrase;
        }
    }
    put_gaps(f);
}

/* ---- entry points ------------------------------------------------------------------------ */

static bool compute(sheaf_page_features *f, const sheaf_page_scratch *scratch) {
    const sheaf_page *page = f->page;
    if (!room_for_blocks(f, page->block_count) || !room_for_tables(f, page->block_count) ||
        !sheaf_page_boxes_make(&f->boxes, page, f->facts) || !measure_blocks(f, scratch) ||
        !sheaf_page_boxes_sum(&f->boxes, page, f->facts) ||
        !sheaf_page_compare_read(&f->compare, page, scratch->words) ||
        !sheaf_page_compare_blocks(&f->compare, f->facts, page->block_count, &f->hashes))
        return false;
    count_starts(f);
    find_ld(f);
    find_paths(f);
    find_headline(f);
    put_rows(f);
    return true;
}

const sheaf_page_features *sheaf_page_features_of(sheaf_page *page) {
    sheaf_page_scratch *scratch = sheaf_page_scratch_of(page);
    if (!scratch)
        return NULL;
    if (scratch->features && scratch->features->facts_capacity > BLOCKS_KEPT &&
        page->block_count < BLOCKS_KEPT / 2) {
        sheaf_page_features_free(scratch->features);
        scratch->features = NULL;
    }
    if (!scratch->features)
        scratch->features = sheaf_calloc(1, sizeof *scratch->features);
    if (!scratch->features)
        return NULL;
    scratch->features->page = page;
    return compute(scratch->features, scratch) ? scratch->features : NULL;
}

const int16_t *sheaf_page_features_row(const sheaf_page_features *features, size_t block) {
    return features->rows + block * SHEAF_PAGE_FEATURE_COUNT;
}

const sheaf_page_block_facts *sheaf_page_features_facts(const sheaf_page_features *features,
                                                        size_t block) {
    return &features->facts[block];
}

uint32_t sheaf_page_features_headline(const sheaf_page_features *features) {
    return features->headline;
}

void sheaf_page_feature_name(char *out, size_t size, size_t column) {
    static const char *const names[] = {
#define X(name) #name,
        SHEAF_PAGE_FEATURES(X)
#undef X
    };
    static const char *const near[] = {
#define X(name) #name,
        SHEAF_PAGE_FEATURES_NEAR(X)
#undef X
    };
    static const char *const classes[] = {
#define X(name, words) #name,
        SHEAF_PAGE_WORDS(X)
#undef X
    };
    if (column < SHEAF_PAGE_FEATURE_INSIDE) {
        snprintf(out, size, "%s", names[column]);
    } else if (column < SHEAF_PAGE_FEATURE_CLASS) {
        snprintf(out, size, "inside_%zu", column - SHEAF_PAGE_FEATURE_INSIDE);
    } else if (column < SHEAF_PAGE_FEATURE_NEAR) {
        snprintf(out, size, "class_%s", classes[column - SHEAF_PAGE_FEATURE_CLASS]);
    } else {
        size_t at = column - SHEAF_PAGE_FEATURE_NEAR;
        int step = (int)(at / SHEAF_PAGE_NEAR_SIZE) - SHEAF_PAGE_NEAR_REACH;
        snprintf(out, size, "%s_%+d", near[at % SHEAF_PAGE_NEAR_SIZE], step >= 0 ? step + 1 : step);
    }
}
