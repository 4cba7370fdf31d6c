/* page_teasers.c - front pages and sections, which hold no story but many short ones.
 *
 * A teaser is a box with one heading in it that is a link, and a few words. The box of a
 * heading is the largest around it that holds no other such heading: in a list of tips,
 * where headings and paragraphs stand side by side, that is the heading alone. A page
 * most of whose story is teasers has none, unless it says itself when it was published. */
#include "page/page_features_parts.h"
#include "page/page_parts.h"

enum {
    TEASERS = 6,
    TEASER_WORDS = 90,
    HEADING_WORDS = 3,
    HEADING_LINKS = 900, /* thousandths */
    SHARE = 60           /* hundredths of the words kept */
};

/* Whether a block is a heading that leads elsewhere. */
static bool leads_away(const sheaf_page_features *f, size_t i) {
    const uint32_t furniture = SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER | SHEAF_PAGE_IN_ASIDE;
    uint32_t inside = sheaf_page_features_element(f, i)->inside;
    return (inside & SHEAF_PAGE_IN_HEADING) && !(inside & furniture) &&
           f->facts[i].words >= HEADING_WORDS && f->facts[i].link_share >= HEADING_LINKS;
}

static size_t next_leading(const sheaf_page_features *f, size_t i) {
    while (i < f->page->block_count && !leads_away(f, i))
        i++;
    return i;
}

/* The largest box around block that begins behind the heading before, and ends before the
 * next one. */
static const sheaf_page_box *box_alone(const sheaf_page_features *f, size_t block, size_t behind,
                                       size_t next) {
    const sheaf_page_box *box = sheaf_page_features_box(f, f->facts[block].box);
    for (;;) {
        const sheaf_page_box *around = sheaf_page_features_box(f, box->parent);
        if (!around || around->first_block < behind || around->block_end > next)
            return box;
        box = around;
    }
}

/* The words that are kept of a box; 0 when it is too large for a teaser. */
static uint32_t teaser_words(const sheaf_page_features *f, const sheaf_page_box *box) {
    const sheaf_page *page = f->page;
    uint32_t kept = 0;
    if (sheaf_page_sums_of(&f->boxes, box).words > TEASER_WORDS)
        return 0;
    for (size_t i = box->first_block; i < box->block_end; i++)
        if (page->blocks[i].verdict == SHEAF_PAGE_KEPT &&
            page->blocks[i].kind != SHEAF_BLOCK_HEADING)
            kept += f->facts[i].words;
    return kept;
}

bool sheaf_page_teases(const sheaf_page *page, const sheaf_page_features *features, uint32_t kept) {
    size_t teasers = 0, behind = 0;
    uint32_t words = 0;
    if (features->compare.dated)
        return false;
    for (size_t i = next_leading(features, 0); i < page->block_count;) {
        size_t next = next_leading(features, i + 1);
        uint32_t here = teaser_words(features, box_alone(features, i, behind, next));
        teasers += here > 0;
        words += here;
        behind = i + 1;
        i = next;
    }
    return teasers >= TEASERS && (uint64_t)words * 100 > (uint64_t)kept * SHARE;
}
