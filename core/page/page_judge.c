/* page_judge.c - verdicts from scores, with reasons.
 *
 * A score above a threshold keeps a block: about one half on a clear page, less on one
 * where the trees are of two minds about much of it (see threshold_of). Then rules that
 * hold for any page have their say:
 *
 *   data       what JSON-LD says word for word is the story, whatever it scored
 *   captions   go to their images
 *   places     what stands beside <main>, and contents of a wiki, are no story
 *   next       a second story of the same make as the first is dropped whole
 *   refrains   what is said three times word for word is no part of the story
 *   teasers    a front page or a section is no story
 *   strays     a few words far from all else are no part of the story
 *
 * Each dropped block gets the plainest reason that is true of it, for people who
 * wonder. */
#include "base/slice.h"
#include "page/page_boxes.h"
#include "page/page_measure.h"
#include "page/page_parts.h"
#include "page/page_traits.h"

enum {
    CELL_WORDS = 25,
    HEADING_WORDS = 14,
    LD_SURE = 900, /* thousandths */
    LD_WORDS = 10,
    STORY_WORDS = 100, /* kept before a second headline counts as one */
    STRAY_GAP = 12,    /* dropped blocks between a stray and the rest */
    PLACE_WORDS = 40,  /* kept elsewhere before a place is dropped */
    MAIN_SHARE = 3,
    REFRAIN_TIMES = 3,
    REFRAIN_WORDS = 16,
    REFRAIN_SHARE = 5,
    BINS = 128,
    STRAY_SHARE = 4 /* hundredths of the words kept */
};

#define THRESHOLD_LEAST 0.25f
#define PRECISION_COUNTS 1.1 /* news is scored best a little above the threshold in theory */

/* ---- why ------------------------------------------------------------------------ */

/* The nearest box with such a class word counts when it is this near. */
enum { NEAR_BY = 4 };

static const struct {
    uint32_t bit;
    const char *why;
} dropped_in[] = {
    {SHEAF_PAGE_IN_HIDDEN, "hidden"},        {SHEAF_PAGE_IN_NAV, "inside nav"},
    {SHEAF_PAGE_IN_FOOTER, "inside footer"}, {SHEAF_PAGE_IN_ASIDE, "inside aside"},
    {SHEAF_PAGE_IN_FORM, "inside a form"},   {SHEAF_PAGE_IN_BUTTON, "button or dialog"},
};

static const struct {
    unsigned kind;
    const char *why;
} dropped_near[] = {
    {SHEAF_PAGE_KIND_COMMENTS, "comments"},
    {SHEAF_PAGE_KIND_ADVERT, "advertisement"},
    {SHEAF_PAGE_KIND_SIGNUP, "newsletter or subscription"},
    {SHEAF_PAGE_KIND_SHARE, "share buttons"},
    {SHEAF_PAGE_KIND_RELATED, "related stories"},
    {SHEAF_PAGE_KIND_AUTHOR, "about the author"},
    {SHEAF_PAGE_KIND_DIALOG, "cookie notice or dialog"},
    {SHEAF_PAGE_KIND_NAV, "navigation"},
    {SHEAF_PAGE_KIND_FOOTER, "footer"},
    {SHEAF_PAGE_KIND_SIDEBAR, "sidebar"},
    {SHEAF_PAGE_KIND_TOPIC, "tags or topics"},
    {SHEAF_PAGE_KIND_DATE, "date or other small print"},
};

static const char *const dropped_phrase[] = {
    [SHEAF_PAGE_PHRASE_MORE] = "reads like a link to more",
    [SHEAF_PAGE_PHRASE_FOLLOW] = "reads like an invitation to follow or subscribe",
    [SHEAF_PAGE_PHRASE_CREDIT] = "reads like a credit",
    [SHEAF_PAGE_PHRASE_AUTHOR] = "reads like a byline",
    [SHEAF_PAGE_PHRASE_COPYRIGHT] = "reads like a legal notice",
    [SHEAF_PAGE_PHRASE_ADVERT] = "reads like an advertisement",
    [SHEAF_PAGE_PHRASE_COMMENTS] = "reads like a heading of comments",
    [SHEAF_PAGE_PHRASE_DATE] = "reads like a date line",
    [SHEAF_PAGE_PHRASE_TAGS] = "reads like tags",
};

/* Why the trees may have dropped a block: what is true of it, plainest first. */
static const char *why_dropped(const sheaf_page_features *features, size_t block, uint32_t inside) {
    const sheaf_page_block_facts *facts = sheaf_page_features_facts(features, block);
    for (size_t i = 0; i < sizeof dropped_in / sizeof *dropped_in; i++)
        if (inside & dropped_in[i].bit)
            return dropped_in[i].why;
    if (facts->phrase != SHEAF_PAGE_PHRASE_NONE)
        return dropped_phrase[facts->phrase];
    for (size_t i = 0; i < sizeof dropped_near / sizeof *dropped_near; i++)
        if (sheaf_page_features_distance(features, block, dropped_near[i].kind) < NEAR_BY)
            return dropped_near[i].why;
    if (facts->link_share > 700)
        return "nearly all links";
    if (facts->duplicate)
        return "said before on the page";
    return sheaf_page_features_in_top(features, block) ? "unlike the story around it"
                                                       : "outside the story";
}

/* ---- kinds ---------------------------------------------------------------------------- */

static bool is_cell(const sheaf_page_element *element, const sheaf_page_block_facts *facts) {
    return (element->inside & SHEAF_PAGE_IN_TABLE) && facts->words <= CELL_WORDS &&
           (element->tag == SHEAF_HTML_TD || element->tag == SHEAF_HTML_TH ||
            (element->tag != SHEAF_HTML_LI && !facts->ends_sentence));
}

/* A line all in bold that is no sentence heads what follows. */
static bool is_bold_heading(const sheaf_page_block_facts *facts) {
    return facts->bold_share > 950 && facts->words <= HEADING_WORDS && !facts->ends_sentence;
}

static sheaf_block_kind kind_of(const sheaf_page_element *element,
                                const sheaf_page_block_facts *facts) {
    uint32_t inside = element->inside;
    if (inside & SHEAF_PAGE_IN_PRE)
        return SHEAF_BLOCK_CODE;
    if (inside & SHEAF_PAGE_IN_CAPTION)
        return SHEAF_BLOCK_CAPTION;
    if (inside & SHEAF_PAGE_IN_HEADING)
        return SHEAF_BLOCK_HEADING;
    if (is_cell(element, facts))
        return SHEAF_BLOCK_TABLE;
    if (inside & SHEAF_PAGE_IN_QUOTE)
        return SHEAF_BLOCK_QUOTE;
    if ((inside & SHEAF_PAGE_IN_ITEM) || element->tag == SHEAF_HTML_DD ||
        element->tag == SHEAF_HTML_DT)
        return SHEAF_BLOCK_LIST;
    return is_bold_heading(facts) ? SHEAF_BLOCK_HEADING : SHEAF_BLOCK_PARAGRAPH;
}

/* ---- verdicts ---------------------------------------------------------------------------- */

static void judge(sheaf_page_block *block, bool keep, const char *why) {
    block->verdict = keep ? SHEAF_PAGE_KEPT : SHEAF_PAGE_DROPPED;
    block->why = why;
}

/* Captions go to their images. */
static bool is_caption(const sheaf_page_element *element) {
    return (element->inside & SHEAF_PAGE_IN_CAPTION) && !(element->inside & SHEAF_PAGE_IN_TABLE);
}

/* What the page's own data gives as the body. */
static bool is_said(const sheaf_page_element *element, const sheaf_page_block_facts *facts) {
    return facts->ld_share >= LD_SURE && facts->words >= LD_WORDS && facts->link_share < 700 &&
           !(element->inside & SHEAF_PAGE_IN_CAPTION);
}

static void judge_all(sheaf_page *page, const sheaf_page_features *features, float threshold) {
    for (size_t i = 0; i < page->block_count; i++) {
        sheaf_page_block *block = &page->blocks[i];
        const sheaf_page_element *element = &page->elements[block->element];
        const sheaf_page_block_facts *facts = sheaf_page_features_facts(features, i);
        bool said = is_said(element, facts);
        bool keep = block->score > threshold || said;
        block->kind = (uint8_t)kind_of(element, facts);
        judge(block, keep,
              said   ? "in the page's own data"
              : keep ? "looks like the story"
                     : why_dropped(features, i, element->inside));
        if ((is_caption(element) && (facts->images_before || !keep)) ||
            (keep && !said && sheaf_page_features_by_picture(features, i))) {
            block->verdict = SHEAF_PAGE_ASIDE;
            block->why = "caption of an image";
        }
    }
}

/* Words of a block when it is kept and no heading. */
static uint32_t kept_words(const sheaf_page *page, const sheaf_page_features *features, size_t i) {
    const sheaf_page_block *block = &page->blocks[i];
    bool counts = block->verdict == SHEAF_PAGE_KEPT && block->kind != SHEAF_BLOCK_HEADING;
    return counts ? sheaf_page_features_facts(features, i)->words : 0;
}

static uint32_t all_kept_words(const sheaf_page *page, const sheaf_page_features *features) {
    uint32_t words = 0;
    for (size_t i = 0; i < page->block_count; i++)
        words += kept_words(page, features, i);
    return words;
}

/* What a rule drops by where it stands. */
typedef bool sheaf_page_place(const sheaf_page_element *element);

/* Drops the kept blocks of a place, but for what the page's data says is the story, if
 * at least one word in share of those kept stands elsewhere. */
static void drop_places(sheaf_page *page, const sheaf_page_features *features,
                        sheaf_page_place *is_there, sheaf_page_place *is_story, uint32_t share,
                        const char *why) {
    uint64_t story = 0, all = all_kept_words(page, features);
    for (size_t i = 0; i < page->block_count; i++)
        if (is_story(&page->elements[page->blocks[i].element]))
            story += kept_words(page, features, i);
    if (story < PLACE_WORDS || story * share < all)
        return;
    for (size_t i = 0; i < page->block_count; i++) {
        const sheaf_page_element *element = &page->elements[page->blocks[i].element];
        if (page->blocks[i].verdict == SHEAF_PAGE_KEPT && is_there(element) &&
            !is_said(element, sheaf_page_features_facts(features, i)))
            judge(&page->blocks[i], false, why);
    }
}

static bool is_beside(const sheaf_page_element *element) {
    return (element->inside & SHEAF_PAGE_IN_ASIDE) &&
           !(element->inside & (SHEAF_PAGE_IN_ARTICLE | SHEAF_PAGE_IN_MAIN));
}

static bool is_in_main(const sheaf_page_element *element) {
    return !(element->inside & SHEAF_PAGE_IN_ASIDE) &&
           (element->inside & (SHEAF_PAGE_IN_ARTICLE | SHEAF_PAGE_IN_MAIN));
}

static bool is_apparatus(const sheaf_page_element *element) {
    return (element->inside & SHEAF_PAGE_IN_APPARATUS) != 0;
}

static bool is_no_apparatus(const sheaf_page_element *element) {
    return !is_apparatus(element);
}

static void drop_kept(sheaf_page *page, size_t from, size_t to, const char *why) {
    for (size_t i = from; i < to; i++)
        if (page->blocks[i].verdict == SHEAF_PAGE_KEPT)
            judge(&page->blocks[i], false, why);
}

/* The outermost element around other that does not hold block, if it or one in it is an
 * article of its own; SHEAF_PAGE_NONE. */
static uint32_t apart_from(const sheaf_page *page, uint32_t other, size_t block) {
    uint32_t apart = SHEAF_PAGE_NONE;
    bool article = false;
    for (uint32_t at = page->elements[other].parent; at != SHEAF_PAGE_NONE;
         at = page->elements[at].parent) {
        const sheaf_page_element *element = &page->elements[at];
        if (block >= element->first_block && block < element->block_end)
            break;
        apart = at;
        article = article || element->tag == SHEAF_HTML_ARTICLE;
    }
    return article ? apart : SHEAF_PAGE_NONE;
}

/* Headings of the same make; every h1 is. */
static bool is_alike(const sheaf_page_element *a, const sheaf_page_element *b) {
    return a->tag == b->tag && (a->tag == SHEAF_HTML_H1 || a->path == b->path);
}

/* A heading of the same make as the headline, in a box of its own, begins another story. */
static void drop_next_stories(sheaf_page *page, const sheaf_page_features *features) {
    uint32_t first = sheaf_page_features_headline(features);
    if (first == SHEAF_PAGE_NONE)
        return;
    const sheaf_page_element *headline = &page->elements[page->blocks[first].element];
    if (!sheaf_page_tag_heads((sheaf_html_tag)headline->tag))
        return;
    uint32_t words = 0;
    for (size_t i = first + 1; i < page->block_count; i++) {
        const sheaf_page_element *element = &page->elements[page->blocks[i].element];
        words += kept_words(page, features, i);
        if (words < STORY_WORDS || !is_alike(headline, element))
            continue;
        uint32_t apart = apart_from(page, page->blocks[i].element, first);
        if (apart != SHEAF_PAGE_NONE)
            drop_kept(page, i, page->elements[apart].block_end, "the next story");
    }
}

static bool is_refrain(const sheaf_page *page, const sheaf_page_features *features, size_t i) {
    return page->blocks[i].verdict == SHEAF_PAGE_KEPT &&
           sheaf_page_features_copies(features, i) >= REFRAIN_TIMES &&
           sheaf_page_features_facts(features, i)->words >= REFRAIN_WORDS;
}

/* What a page says word for word three times is a notice in its boxes: of embeds that were
 * blocked, of offers. Not where much is said so often: such a page holds its story thrice. */
static void drop_refrains(sheaf_page *page, const sheaf_page_features *features) {
    uint32_t all = all_kept_words(page, features), words = 0;
    for (size_t i = 0; i < page->block_count; i++)
        if (is_refrain(page, features, i))
            words += kept_words(page, features, i) / sheaf_page_features_copies(features, i);
    if (words * REFRAIN_SHARE > all)
        return;
    for (size_t i = 0; i < page->block_count; i++)
        if (is_refrain(page, features, i))
            judge(&page->blocks[i], false, "said again and again");
}

/* Kept blocks at the end that a long gap parts from the rest and that say little. */
static void drop_strays(sheaf_page *page, const sheaf_page_features *features) {
    uint32_t all = all_kept_words(page, features), behind = 0;
    size_t gap = 0;
    for (size_t i = page->block_count; i-- > 0;) {
        bool kept = page->blocks[i].verdict == SHEAF_PAGE_KEPT;
        behind += kept_words(page, features, i);
        gap = kept ? 0 : gap + 1;
        if (gap == STRAY_GAP && behind > 0 && behind * 100 < all * STRAY_SHARE) {
            drop_kept(page, i, page->block_count, "far from the story");
            behind = 0;
        }
    }
}

/* The threshold that makes the expected F1 of the words kept the greatest: scores are
 * probabilities, and what is kept should match all that may be the story. It comes to
 * half of that F1, so it is about one half where the trees are sure. */
static float threshold_of(const sheaf_page *page, const sheaf_page_features *features) {
    double words[BINS] = {0}, body[BINS] = {0}, all = 1e-9;
    for (size_t i = 0; i < page->block_count; i++) {
        double score = page->blocks[i].score, size = sheaf_page_features_facts(features, i)->words;
        int bin = (int)(score * BINS);
        bin = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
        words[bin] += size;
        body[bin] += size * score;
        all += size * score;
    }
    double kept = 0, right = 0, best = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
        kept += words[bin];
        right += body[bin];
        double expected = 2 * right / (kept + all);
        best = expected > best ? expected : best;
    }
    return (float)(best / 2 * PRECISION_COUNTS);
}

uint32_t sheaf_page_judge(sheaf_page *page, const sheaf_page_features *features, float most) {
    float threshold = threshold_of(page, features);
    if (threshold < THRESHOLD_LEAST)
        threshold = THRESHOLD_LEAST;
    judge_all(page, features, threshold < most ? threshold : most);
    drop_places(page, features, is_beside, is_in_main, MAIN_SHARE, "beside the story");
    drop_places(page, features, is_apparatus, is_no_apparatus, 2, "contents or links of a wiki");
    drop_next_stories(page, features);
    drop_refrains(page, features);
    drop_strays(page, features);
    if (sheaf_page_teases(page, features, all_kept_words(page, features)))
        drop_kept(page, 0, page->block_count, "teasers of other pages");
    return all_kept_words(page, features);
}
