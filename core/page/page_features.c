/* page_features.c - from blocks to rows of numbers.
 *
 *   measure   each block's text: words, signs, links, phrases
 *   boxes     the containers, running sums, the top box
 *   paths     blocks whose tags and classes down from the root are the same
 *   compare   title, description, JSON-LD
 *   doubt     which blocks could be of the story at all; only they get a row
 *
 * Only whole numbers, and no order that depends on memory: the same page gives
 * the same rows everywhere. All tables are kept for the next page. */
#include "page/page_features.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "page/page_features_parts.h"

enum {
    BLOCKS_KEPT = 16384, /* larger tables are given back before the next page */
    PROSE_WORDS = 12,
    PROSE_LINKS = 400, /* thousandths */
    HEADLINE_WORDS = 40,
    HEADLINE_LEAST = 500,
    LD_SAYS = 800,
    LEAST_LINKS = 900, /* thousandths: nothing but a link */
    LEAST_WORDS = 5,
    PROSE_NEAR = 4,
    PATH_OF_PARENT = 0x5BD1E995
};

void sheaf_page_features_free(sheaf_page_features *features) {
    if (!features)
        return;
    sheaf_free(features->facts);
    sheaf_free(features->rows);
    sheaf_free(features->doubtful);
    sheaf_free(features->hashes.items);
    sheaf_free(features->paths);
    sheaf_free(features->texts);
    sheaf_free(features->starts);
    sheaf_page_boxes_clear(&features->boxes);
    sheaf_page_compare_clear(&features->compare);
    sheaf_free(features);
}

/* ---- room ----------------------------------------------------------------------- */

static bool room_for_blocks(sheaf_page_features *f, size_t count) {
    if (count > f->facts_capacity || !f->rows) {
        sheaf_free(f->facts);
        sheaf_free(f->rows);
        sheaf_free(f->doubtful);
        f->facts_capacity = 0;
        size_t room = count < BLOCKS_KEPT / 2 ? count * 2 : count;
        f->facts = sheaf_malloc(room * sizeof *f->facts);
        f->rows = sheaf_malloc((room + 1) * SHEAF_PAGE_FEATURE_COUNT * sizeof *f->rows);
        f->doubtful = sheaf_malloc(room * sizeof *f->doubtful);
        if (!f->facts || !f->rows || !f->doubtful)
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
        sheaf_free(f->texts);
        sheaf_free(f->starts);
        f->table_capacity = 0;
        f->paths = sheaf_malloc(size * sizeof *f->paths);
        f->texts = sheaf_malloc(size * sizeof *f->texts);
        f->starts = sheaf_malloc(size * sizeof *f->starts);
        if (!f->paths || !f->texts || !f->starts)
            return false;
        f->table_capacity = size;
    }
    f->table_size = size;
    memset(f->paths, 0, size * sizeof *f->paths);
    memset(f->texts, 0, size * sizeof *f->texts);
    memset(f->starts, 0, size * sizeof *f->starts);
    return true;
}

/* ---- blocks alone ------------------------------------------------------------------ */

/* Whether the last bytes are one of » ؟, or of ” “ ’ … 。 」 ！ ？ ।. */
static bool ends_with(uint8_t third, const uint8_t *end) {
    uint32_t pair = (uint32_t)end[-2] << 8 | end[-1];
    if (pair == 0xC2BB || pair == 0xD89F)
        return true;
    switch ((uint32_t)third << 16 | pair) {
    case 0xE2809D:
    case 0xE2809C:
    case 0xE28099:
    case 0xE280A6:
    case 0xE38082:
    case 0xE3808D:
    case 0xEFBC81:
    case 0xEFBC9F:
    case 0xE0A5A4: return true;
    default: return false;
    }
}

/* Whether text ends with a mark that ends a sentence, or with a closing quote or bracket. */
static bool ends_sentence(sheaf_slice text) {
    const uint8_t *end = (const uint8_t *)text.data + text.size;
    if (text.size == 0)
        return false;
    if (end[-1] < 0x80)
        return end[-1] == '.' || end[-1] == '!' || end[-1] == '?' || end[-1] == '"' ||
               end[-1] == ')';
    if (text.size < 3)
        return text.size == 2 && ends_with(0, end);
    return ends_with(end[-3], end);
}

static bool may_be_prose(uint32_t inside) {
    return !(inside & (SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER | SHEAF_PAGE_IN_CAPTION |
                       SHEAF_PAGE_IN_BUTTON | SHEAF_PAGE_IN_HIDDEN));
}

/* Counts a text in; its slot. */
static uint32_t count_text(sheaf_page_features *f, sheaf_slice text) {
    uint64_t hash = sheaf_hash64(text) | 1;
    size_t at = (size_t)(hash >> 20) & (f->table_size - 1);
    while (f->texts[at].hash && f->texts[at].hash != hash)
        at = (at + 1) & (f->table_size - 1);
    f->texts[at].hash = hash;
    f->texts[at].blocks++;
    return (uint32_t)at;
}

static bool measure_blocks(sheaf_page_features *f, const sheaf_page_scratch *scratch) {
    f->hashes.count = 0;
    for (size_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
        if (!sheaf_page_measure(facts, &f->hashes, scratch->words, text))
            return false;
        facts->link_share = sheaf_page_share(facts->link_bytes, (uint32_t)text.size);
        facts->bold_share = sheaf_page_share(facts->bold_bytes, (uint32_t)text.size);
        facts->prose = facts->words >= PROSE_WORDS && facts->link_share < PROSE_LINKS &&
                       may_be_prose(sheaf_page_features_element(f, i)->inside);
        facts->text_slot = count_text(f, text);
        facts->duplicate = f->texts[facts->text_slot].blocks > 1;
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
        const sheaf_page_box *box = sheaf_page_features_box(f, facts->box);
        const sheaf_page_box *parent = sheaf_page_features_box(f, box->parent);
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
        const sheaf_page_element *element = sheaf_page_features_element(f, i);
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

/* ---- doubt ----------------------------------------------------------------------------- */

static uint32_t prose_between(const sheaf_page_features *f, size_t from, size_t to) {
    return f->boxes.sums[to].prose - f->boxes.sums[from].prose;
}

/* Whether there is prose among the blocks around, or in the box two steps up. */
static bool is_near_prose(const sheaf_page_features *f, size_t i) {
    size_t count = f->page->block_count, to = i + PROSE_NEAR + 1;
    if (prose_between(f, i < PROSE_NEAR ? 0 : i - PROSE_NEAR, to < count ? to : count) > 0)
        return true;
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[i].box);
    for (int step = 0; box && step < 2; step++)
        box = sheaf_page_features_box(f, box->parent);
    return box && prose_between(f, box->first_block, box->block_end) > 0;
}

/* Half of the blocks of a page, where no story is ever found: menus and footers outside
 * the main part, and single words and links outside the top box with no prose near. */
static bool is_hopeless(const sheaf_page_features *f, size_t i) {
    uint32_t inside = sheaf_page_features_element(f, i)->inside;
    if ((inside & (SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER)) &&
        !(inside & (SHEAF_PAGE_IN_MAIN | SHEAF_PAGE_IN_ARTICLE)))
        return true;
    const sheaf_page_block_facts *facts = &f->facts[i];
    return (facts->link_share >= LEAST_LINKS || facts->words < LEAST_WORDS) &&
           !sheaf_page_features_in_top(f, i) && !is_near_prose(f, i);
}

static void put_rows(sheaf_page_features *f) {
    f->doubtful_count = 0;
    for (uint32_t i = 0; i < f->page->block_count; i++) {
        if (is_hopeless(f, i))
            continue;
        sheaf_page_features_put(f, f->rows + f->doubtful_count * SHEAF_PAGE_FEATURE_COUNT, i);
        f->doubtful[f->doubtful_count++] = i;
    }
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
    sheaf_page_features_walk(f);
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

const int16_t *sheaf_page_features_rows(const sheaf_page_features *features) {
    return features->rows;
}

const uint32_t *sheaf_page_features_doubtful(const sheaf_page_features *features, size_t *count) {
    *count = features->doubtful_count;
    return features->doubtful;
}

const int16_t *sheaf_page_features_row(const sheaf_page_features *features, size_t block) {
    int16_t *row = features->rows + features->facts_capacity * SHEAF_PAGE_FEATURE_COUNT;
    sheaf_page_features_put(features, row, block);
    return row;
}

uint32_t sheaf_page_features_copies(const sheaf_page_features *features, size_t block) {
    return features->texts[features->facts[block].text_slot].blocks;
}

bool sheaf_page_features_by_picture(const sheaf_page_features *features, size_t block) {
    const sheaf_page_block_facts *facts = &features->facts[block];
    const sheaf_page_box *box = sheaf_page_features_box(features, facts->box);
    unsigned distance = box->distance[SHEAF_PAGE_KIND_PICTURE];
    if (distance == 0 && facts->images_before > 0)
        return true;
    const sheaf_page_box *parent = sheaf_page_features_box(features, box->parent);
    return distance <= 1 && parent && parent->block_end - parent->first_block <= 2 &&
           sheaf_page_sums_of(&features->boxes, parent).images > 0;
}

bool sheaf_page_features_in_top(const sheaf_page_features *features, size_t block) {
    const sheaf_page_box *top = sheaf_page_features_box(features, features->boxes.top);
    return top && block >= top->first_block && block < top->block_end;
}

unsigned sheaf_page_features_distance(const sheaf_page_features *features, size_t block,
                                      unsigned kind) {
    return sheaf_page_features_box(features, features->facts[block].box)->distance[kind];
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
