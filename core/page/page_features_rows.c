/* page_features_rows.c - everything that is known of a block as one row of numbers: of
 * itself, its place, its boxes, the top box, the blocks around.
 *
 * First all blocks are walked from both ends, for what lies before and behind each. Then
 * a row can be made of any block by itself, and only those in doubt have one made. */
#include "page/page_features.h"

#include "base/slice.h"
#include "page/page_features_parts.h"

enum { NEAR = 4, FAR_AWAY = 99, NO_HEADLINE = -999, HEADS_WORDS = 10 };

static inline int16_t cut(int64_t value) {
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

#define PUT(name, value) row[SHEAF_PAGE_FEATURE_##name] = cut((int64_t)(value))

static void put_text(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
    uint8_t first = (uint8_t)text.data[0];
    PUT(tag, sheaf_page_features_element(f, i)->tag);
    PUT(words, facts->words);
    PUT(characters, facts->characters);
    PUT(word_length, facts->words ? 10 * facts->characters / facts->words : 0);
    PUT(link_share, facts->link_share);
    PUT(bold_share, facts->bold_share);
    PUT(italic_share, sheaf_page_share(facts->italic_bytes, (uint32_t)text.size));
    PUT(sentences, facts->sentences);
    PUT(commas, facts->commas);
    PUT(small_share, sheaf_page_share(facts->small, facts->words));
    PUT(upper_share, sheaf_page_share(facts->upper, facts->characters));
    PUT(digit_share, sheaf_page_share(facts->digits, facts->characters));
    PUT(capital_share, sheaf_page_share(facts->capitals, facts->words));
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
    PUT(ld_cover, sheaf_page_share(f->ld_words, f->boxes.sums[f->page->block_count].prose));
    PUT(ld_before, f->ld_first < i);
    PUT(ld_after, f->ld_last > i && f->ld_first != SHEAF_PAGE_NONE);
}

static void put_place(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    size_t count = f->page->block_count;
    const sheaf_page_sums *all = &f->boxes.sums[count];
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[i].box);
    const sheaf_page_box *parent = sheaf_page_features_box(f, box->parent);
    PUT(depth, box->depth);
    PUT(index_share, sheaf_page_share((uint32_t)i, (uint32_t)count));
    PUT(words_before_share, sheaf_page_share(f->boxes.sums[i].words, all->words));
    PUT(blocks, count);
    PUT(page_words, all->words);
    PUT(page_prose, all->prose);
    PUT(phrase_above, facts->phrase_above);
    PUT(phrase_distance, facts->heading == SHEAF_PAGE_NONE ? FAR_AWAY : i - facts->heading);
    PUT(headline_distance,
        f->headline == SHEAF_PAGE_NONE ? NO_HEADLINE : (int64_t)i - (int64_t)f->headline);
    PUT(h1_before, facts->h1_before);
    PUT(h1_count, f->h1_count);
    PUT(place, box->place);
    PUT(siblings, parent ? parent->children : 0);
    PUT(gap_before, facts->gap_before);
    PUT(gap_after, facts->gap_after);
    PUT(same_path_before, facts->run_before);
    PUT(same_path_after, facts->run_after);
}

static void put_paths(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    uint32_t prose = f->boxes.sums[f->page->block_count].prose;
    const sheaf_page_path_slot *path = &f->paths[facts->path];
    PUT(path_share, sheaf_page_share(path->prose, prose));
    PUT(path_words, path->prose);
    PUT(path_blocks, path->blocks);
    PUT(path_is_main, facts->path == f->main_path);
    static const sheaf_page_path_slot none;
    path = facts->parent_path == SHEAF_PAGE_NONE ? &none : &f->paths[facts->parent_path];
    PUT(parent_path_share, sheaf_page_share(path->prose, prose));
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
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[i].box);
    const sheaf_page_box *parent = sheaf_page_features_box(f, box->parent);
    const sheaf_page_box *grand = parent ? sheaf_page_features_box(f, parent->parent) : NULL;
    const sheaf_page_box *great = grand ? sheaf_page_features_box(f, grand->parent) : NULL;
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
    PUT(great_prose_share, sheaf_page_share(sums.prose, prose));
    PUT(great_link_share, link_share_of(&sums));
}

/* Steps from box up to the nearest box that holds other too. */
static unsigned steps_to_common(const sheaf_page_features *f, uint32_t box, uint32_t other) {
    unsigned steps = 0;
    while (box != other) {
        const sheaf_page_box *a = sheaf_page_features_box(f, box),
                             *b = sheaf_page_features_box(f, other);
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

static void put_no_top(int16_t *row) {
    PUT(in_top, 0);
    PUT(top_distance, FAR_AWAY);
    PUT(top_score_share, 0);
    PUT(top_prose, 0);
    PUT(top_words_share, 0);
    PUT(top_from_start, 0);
    PUT(top_to_end, 0);
    PUT(top_prose_before, 0);
    PUT(top_prose_after, 0);
    PUT(parent_share_of_top, 0);
}

static void put_top(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[i].box);
    const sheaf_page_box *parent = sheaf_page_features_box(f, box->parent);
    const sheaf_page_box *top = sheaf_page_features_box(f, f->boxes.top);
    size_t count = f->page->block_count;
    if (!top) {
        put_no_top(row);
        return;
    }
    sheaf_page_sums sums = sums_of(f, top), above = sums_of(f, parent);
    long from = (long)top->first_block, to = (long)top->block_end, here = (long)i;
    PUT(in_top, sheaf_page_features_in_top(f, i));
    PUT(top_distance, steps_to_common(f, f->facts[i].box, f->boxes.top));
    PUT(top_score_share, parent ? sheaf_page_share(parent->score, top->score) : 0);
    PUT(top_prose, sums.prose);
    PUT(top_words_share, sheaf_page_share(sums.words, f->boxes.sums[count].words));
    PUT(top_from_start, here - from);
    PUT(top_to_end, to - 1 - here);
    PUT(top_prose_before,
        sheaf_page_share(sheaf_page_sums_between(&f->boxes, count, from, here).prose, sums.prose));
    PUT(top_prose_after,
        sheaf_page_share(sheaf_page_sums_between(&f->boxes, count, here + 1, to).prose,
                         sums.prose));
    PUT(parent_share_of_top, sheaf_page_share(above.prose, sums.prose));
}

/* What share of the page's prose stands in box; -1 when there is none. */
static int64_t prose_share(const sheaf_page_features *f, uint32_t index) {
    const sheaf_page_box *box = sheaf_page_features_box(f, index);
    const sheaf_page_sums *sums = f->boxes.sums;
    if (!box)
        return -1;
    return sheaf_page_share(sums[box->block_end].prose - sums[box->first_block].prose,
                            sums[f->page->block_count].prose);
}

static void put_landmarks(const sheaf_page_features *f, int16_t *row, size_t i) {
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[i].box);
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
            out[SHEAF_PAGE_NEAR_tag] = cut(sheaf_page_features_element(f, (size_t)at)->tag);
            out[SHEAF_PAGE_NEAR_sentences] = cut(other->sentences);
            out[SHEAF_PAGE_NEAR_same_path] = other->path == facts->path;
            out[SHEAF_PAGE_NEAR_same_box] = sheaf_page_features_box(f, other->box)->parent ==
                                            sheaf_page_features_box(f, facts->box)->parent;
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
    PUT(prose_before, sheaf_page_share(f->boxes.sums[i].prose, prose));
    PUT(prose_after, sheaf_page_share(prose - f->boxes.sums[i + 1].prose, prose));
}

/* ---- before and behind ------------------------------------------------------------- */

/* True for what heads the blocks that follow: headings, short bold lines, lines with a colon. */
static bool heads(const sheaf_page_features *f, size_t i) {
    const sheaf_page_block_facts *facts = &f->facts[i];
    if (facts->words > HEADS_WORDS)
        return false;
    sheaf_slice text = sheaf_page_block_text(f->page, &f->page->blocks[i]);
    return (sheaf_page_features_element(f, i)->inside & SHEAF_PAGE_IN_HEADING) ||
           facts->bold_share > 900 || text.data[text.size - 1] == ':';
}

static uint8_t further(uint8_t gap, const sheaf_page_block_facts *facts) {
    return facts->prose ? 1 : gap < FAR_AWAY ? (uint8_t)(gap + 1) : gap;
}

static void walk_down(sheaf_page_features *f) {
    uint32_t run = 0, heading = SHEAF_PAGE_NONE, h1 = 0;
    uint8_t gap = FAR_AWAY, phrase = 0;
    for (uint32_t i = 0; i < f->page->block_count; i++) {
        sheaf_page_block_facts *facts = &f->facts[i];
        run = i > 0 && facts->path == facts[-1].path ? run + 1 : 0;
        facts->run_before = run;
        facts->gap_before = gap;
        facts->h1_before = h1;
        facts->heading = heading;
        facts->phrase_above = phrase;
        gap = further(gap, facts);
        h1 += sheaf_page_features_element(f, i)->tag == SHEAF_HTML_H1;
        if (heads(f, i)) {
            heading = i;
            phrase = facts->phrase;
        }
    }
}

static void walk_up(sheaf_page_features *f) {
    size_t count = f->page->block_count;
    uint32_t run = 0;
    uint8_t gap = FAR_AWAY;
    for (size_t i = count; i-- > 0;) {
        sheaf_page_block_facts *facts = &f->facts[i];
        run = i + 1 < count && facts->path == facts[1].path ? run + 1 : 0;
        facts->run_after = run;
        facts->gap_after = gap;
        gap = further(gap, facts);
    }
}

void sheaf_page_features_walk(sheaf_page_features *features) {
    walk_down(features);
    walk_up(features);
}

/* ---- entry point ------------------------------------------------------------------- */

void sheaf_page_features_put(const sheaf_page_features *features, int16_t *row, size_t block) {
    put_text(features, row, block);
    put_place(features, row, block);
    put_paths(features, row, block);
    put_boxes(features, row, block);
    put_top(features, row, block);
    put_landmarks(features, row, block);
    put_near(features, row, block);
}
