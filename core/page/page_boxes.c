/* page_boxes.c - see page_boxes.h.
 *
 * The top box is found much as readers for browsers do it: each block of prose
 * gives points to the boxes around it, half to the next, a sixth to the one
 * beyond; links and class words correct them. It is one feature of many here. */
#include "page/page_boxes.h"

#include "base/memory.h"
#include "page/page_parts.h"
#include "page/page_traits.h"

/* Gives an array of at least count items of size bytes; contents are lost. */
static bool make_room(void **items, size_t *capacity, size_t count, size_t size) {
    if (count <= *capacity)
        return true;
    sheaf_free(*items);
    *capacity = 0;
    *items = sheaf_malloc(count * 2 * size);
    if (!*items)
        return false;
    *capacity = count * 2;
    return true;
}

/* ---- making ------------------------------------------------------------------ */

static uint32_t nearest(bool here, uint32_t index, uint32_t inherited) {
    return here ? index : inherited;
}

/* Classes of the inline elements between a box and the box around it. */
static uint32_t classes_between(const sheaf_page *page, uint32_t element, uint32_t until) {
    uint32_t classes = 0;
    for (; element != until && element != SHEAF_PAGE_NONE; element = page->elements[element].parent)
        classes |= page->elements[element].classes;
    return classes;
}

/* All kinds take a step at once, without a branch; few of them are told of here. */
static void set_distances(sheaf_page_box *box, const sheaf_page_box *parent) {
    if (parent)
        memcpy(box->distance, parent->distance, sizeof box->distance);
    else
        memset(box->distance, SHEAF_PAGE_FAR, sizeof box->distance);
    for (unsigned kind = 0; kind < SHEAF_PAGE_WORD_COUNT; kind++)
        box->distance[kind] =
            (uint8_t)(box->distance[kind] + (box->distance[kind] < SHEAF_PAGE_FAR));
    for (uint32_t left = box->classes; left; left &= left - 1)
        box->distance[__builtin_ctz(left)] = 0;
}

static bool add_box(sheaf_page_boxes *boxes, const sheaf_page *page, uint32_t index) {
    if (!sheaf_page_grow((void **)&boxes->items, boxes->count, &boxes->capacity,
                         sizeof *boxes->items))
        return false;
    const sheaf_page_element *element = &page->elements[index];
    uint32_t number = (uint32_t)boxes->count++;
    sheaf_page_box *box = &boxes->items[number];
    bool root = element->parent == SHEAF_PAGE_NONE;
    sheaf_page_box *parent = root ? NULL : &boxes->items[boxes->of_element[element->parent]];
    *box = (sheaf_page_box){.element = index,
                            .parent = parent ? (uint32_t)(parent - boxes->items) : SHEAF_PAGE_NONE,
                            .first_block = element->first_block,
                            .block_end = element->block_end,
                            .depth = parent ? parent->depth + 1 : 0,
                            .place = parent ? parent->children++ : 0,
                            .classes = element->classes};
    if (parent)
        box->classes |= classes_between(page, element->parent, parent->element);
    uint32_t none = SHEAF_PAGE_NONE;
    bool body_property =
        (element->inside & SHEAF_PAGE_IN_BODY_PROPERTY) &&
        (!parent || !(page->elements[parent->element].inside & SHEAF_PAGE_IN_BODY_PROPERTY));
    bool is_story = body_property || (box->classes & SHEAF_PAGE_WORD_STORY_BODY);
    box->article =
        nearest(element->tag == SHEAF_HTML_ARTICLE, number, parent ? parent->article : none);
    box->main = nearest(element->tag == SHEAF_HTML_MAIN, number, parent ? parent->main : none);
    box->story = nearest(is_story, number, parent ? parent->story : none);
    box->body =
        nearest((box->classes & SHEAF_PAGE_WORD_BODY) != 0, number, parent ? parent->body : none);
    boxes->articles += element->tag == SHEAF_HTML_ARTICLE;
    set_distances(box, parent);
    return true;
}

static uint32_t overlap(const sheaf_page_element *element, const sheaf_page_block *block) {
    uint32_t from = element->text_from > block->from ? element->text_from : block->from;
    uint32_t to = element->text_to < block->to ? element->text_to : block->to;
    return to > from ? to - from : 0;
}

/* Which counter of a block the bytes of an inline element go to; NULL: none. */
static uint32_t *counter_of(sheaf_page_block_facts *facts, uint16_t tag) {
    switch (tag) {
    case SHEAF_HTML_A: return &facts->link_bytes;
    case SHEAF_HTML_B:
    case SHEAF_HTML_STRONG: return &facts->bold_bytes;
    case SHEAF_HTML_I:
    case SHEAF_HTML_EM: return &facts->italic_bytes;
    default: return NULL;
    }
}

/* Adds the bytes of element to a counter of every block that it reaches into. */
static void spread(const sheaf_page *page, sheaf_page_block_facts *facts,
                   const sheaf_page_element *element, size_t at) {
    for (; at < page->block_count && page->blocks[at].from < element->text_to; at++)
        *counter_of(&facts[at], element->tag) += overlap(element, &page->blocks[at]);
}

static void note_image(const sheaf_page *page, sheaf_page_block_facts *facts,
                       const sheaf_page_element *element, size_t at) {
    if (at == page->block_count || (element->inside & SHEAF_PAGE_IN_SKIPPED))
        return;
    if (page->blocks[at].from < element->text_from)
        facts[at].images_in++;
    else
        facts[at].images_before++;
}

/* Notes what an inline element says of the block at, the first that ends behind it. */
static void note_inline(const sheaf_page *page, sheaf_page_block_facts *facts,
                        const sheaf_page_element *element, size_t at) {
    switch (element->tag) {
    case SHEAF_HTML_A:
    case SHEAF_HTML_B:
    case SHEAF_HTML_STRONG:
    case SHEAF_HTML_I:
    case SHEAF_HTML_EM: spread(page, facts, element, at); break;
    case SHEAF_HTML_IMG:
    case SHEAF_HTML_VIDEO:
    case SHEAF_HTML_IFRAME: note_image(page, facts, element, at); break;
    case SHEAF_HTML_INPUT:
    case SHEAF_HTML_TEXTAREA:
        if (at < page->block_count)
            facts[at].inputs++;
        break;
    default: break;
    }
}

bool sheaf_page_boxes_make(sheaf_page_boxes *boxes, const sheaf_page *page,
                           sheaf_page_block_facts *facts) {
    boxes->count = 0;
    boxes->articles = 0;
    boxes->top = SHEAF_PAGE_NONE;
    if (!make_room((void **)&boxes->of_element, &boxes->of_element_capacity,
                   page->element_count + 1, sizeof *boxes->of_element))
        return false;
    size_t at = 0; /* the first block that ends behind the element */
    for (uint32_t i = 0; i < page->element_count; i++) {
        const sheaf_page_element *element = &page->elements[i];
        bool parts = sheaf_page_tag_parts((sheaf_html_tag)element->tag);
        bool holds = element->block_end > element->first_block;
        if (element->parent == SHEAF_PAGE_NONE || (parts && holds)) {
            if (!add_box(boxes, page, i))
                return false;
            boxes->of_element[i] = (uint32_t)boxes->count - 1;
        } else {
            boxes->of_element[i] = boxes->of_element[element->parent];
        }
        while (at < page->block_count && page->blocks[at].to <= element->text_from)
            at++;
        if (!parts)
            note_inline(page, facts, element, at);
    }
    for (size_t i = 0; i < page->block_count; i++)
        facts[i].box = boxes->of_element[page->blocks[i].element];
    return true;
}

/* ---- sums ----------------------------------------------------------------------- */

static void add_sums(sheaf_page_boxes *boxes, const sheaf_page *page,
                     const sheaf_page_block_facts *facts) {
    boxes->sums[0] = (sheaf_page_sums){0};
    for (size_t i = 0; i < page->block_count; i++) {
        sheaf_page_sums *sum = &boxes->sums[i + 1];
        *sum = boxes->sums[i];
        sum->words += facts[i].words;
        sum->linked += facts[i].words * facts[i].link_share;
        sum->prose += facts[i].prose ? facts[i].words : 0;
        sum->sentences += facts[i].sentences;
        sum->images += facts[i].images_in + facts[i].images_before;
        sum->inputs += facts[i].inputs;
    }
}

sheaf_page_sums sheaf_page_sums_between(const sheaf_page_boxes *boxes, size_t blocks, long from,
                                        long to) {
    size_t begin = from < 0 ? 0 : (size_t)from > blocks ? blocks : (size_t)from;
    size_t end = to < 0 ? 0 : (size_t)to > blocks ? blocks : (size_t)to;
    if (begin > end)
        begin = end;
    const sheaf_page_sums *a = &boxes->sums[begin], *b = &boxes->sums[end];
    return (sheaf_page_sums){b->words - a->words,   b->linked - a->linked,
                             b->prose - a->prose,   b->sentences - a->sentences,
                             b->images - a->images, b->inputs - a->inputs};
}

sheaf_page_sums sheaf_page_sums_of(const sheaf_page_boxes *boxes, const sheaf_page_box *box) {
    return sheaf_page_sums_between(boxes, SIZE_MAX, (long)box->first_block, (long)box->block_end);
}

/* ---- the top box ------------------------------------------------------------------- */

enum { POINT = 60 };

/* Points of a block go up to the boxes around; a paragraph itself takes none. */
static void give_points(sheaf_page_boxes *boxes, const sheaf_page *page,
                        const sheaf_page_block_facts *facts) {
    uint32_t hundreds = facts->characters / 100;
    uint32_t points = POINT * (1 + facts->commas + (hundreds < 3 ? hundreds : 3));
    uint32_t level = 0;
    for (uint32_t at = facts->box; at != SHEAF_PAGE_NONE; at = boxes->items[at].parent) {
        sheaf_page_box *box = &boxes->items[at];
        if (page->elements[box->element].tag == SHEAF_HTML_P)
            continue;
        uint32_t share = level == 0 ? points : level == 1 ? points / 2 : points / (level * 3);
        if (share == 0)
            break;
        box->score += share;
        level++;
    }
}

static uint32_t final_score(const sheaf_page *page, const sheaf_page_box *box,
                            const sheaf_page_sums *sums) {
    const uint32_t good = SHEAF_PAGE_WORD_STORY | SHEAF_PAGE_WORD_BODY | SHEAF_PAGE_WORD_STORY_BODY;
    const uint32_t bad = SHEAF_PAGE_WORD_NAV | SHEAF_PAGE_WORD_FOOTER | SHEAF_PAGE_WORD_SIDEBAR |
                         SHEAF_PAGE_WORD_COMMENTS | SHEAF_PAGE_WORD_RELATED |
                         SHEAF_PAGE_WORD_SHARE | SHEAF_PAGE_WORD_ADVERT | SHEAF_PAGE_WORD_DIALOG;
    uint64_t score = box->score;
    if (sums->words > 0)
        score = score * (1000 - sums->linked / sums->words) / 1000;
    sheaf_html_tag tag = (sheaf_html_tag)page->elements[box->element].tag;
    if (tag == SHEAF_HTML_BODY || tag == SHEAF_HTML_HTML)
        score = score * 9 / 10;
    const uint64_t correction = POINT * 15 / 2;
    if (score > 0 && (box->classes & good))
        score += correction;
    if (box->classes & bad)
        score = score > correction ? score - correction : 0;
    return (uint32_t)score;
}

bool sheaf_page_boxes_sum(sheaf_page_boxes *boxes, const sheaf_page *page,
                          const sheaf_page_block_facts *facts) {
    if (!make_room((void **)&boxes->sums, &boxes->sums_capacity, page->block_count + 1,
                   sizeof *boxes->sums))
        return false;
    add_sums(boxes, page, facts);
    for (size_t i = 0; i < page->block_count; i++)
        if (facts[i].prose)
            give_points(boxes, page, &facts[i]);
    uint32_t best = 0;
    for (size_t i = 0; i < boxes->count; i++) {
        sheaf_page_box *box = &boxes->items[i];
        if (box->score == 0)
            continue;
        sheaf_page_sums sums = sheaf_page_sums_of(boxes, box);
        box->score = final_score(page, box, &sums);
        if (box->score > best) {
            best = box->score;
            boxes->top = (uint32_t)i;
        }
    }
    return true;
}

void sheaf_page_boxes_clear(sheaf_page_boxes *boxes) {
    sheaf_free(boxes->items);
    sheaf_free(boxes->of_element);
    sheaf_free(boxes->sums);
    *boxes = (sheaf_page_boxes){0};
}
