/* page_visible.c - what stands around the headline.
 *
 *   -10 blocks … headline … +24 blocks … body … last kept block … +10 blocks
 *
 * Each block there is asked whether it is a line of dates, a byline, or names in an
 * element that is called so. Answers are weighed by distance from the headline and by
 * what the page calls their place; teasers, comments and menus are not asked. The
 * best date and the best people become facts like any other. */
#include "page/page_visible.h"

#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "page/page_authors.h"
#include "page/page_title.h"
#include "page/page_words.h"
#include "text/letter.h"

enum {
    BEFORE = 10,
    BEHIND = 24,
    BEHIND_BODY = 10,
    BESIDE = 3,
    FAR = 30, /* no place is farther than that */
    LINE_MOST = 400,
    BYLINE_MOST = 240,
    NAME_MOST = 120,
    NEVER = SHEAF_PAGE_UNSEEN
};

typedef struct found_people {
    sheaf_slice text;
    int cost;
    uint32_t block;
    uint32_t element; /* with the class of an author, or SHEAF_PAGE_NONE */
    const char *rule;
} found_people;

typedef struct sight {
    sheaf_page_facts *facts;
    const sheaf_page *page;
    const sheaf_page_clock *clock;
    sheaf_page_seen *seen;
    sheaf_slice headline;
    uint32_t title;  /* the block of the headline, or SHEAF_PAGE_NONE */
    uint32_t anchor; /* the same; without one, where the body begins */
    uint32_t body;   /* where the body begins */
    found_people people;
} sight;

/* ---- where ------------------------------------------------------------------------------- */

static const sheaf_page_element *element_of(const sight *s, uint32_t block) {
    return &s->page->elements[s->page->blocks[block].element];
}

/* How far a block is from the headline, and how strange its surroundings are. */
static int cost_of(const sight *s, uint32_t block) {
    enum {
        BAD = SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FORM | SHEAF_PAGE_IN_BUTTON | SHEAF_PAGE_IN_HIDDEN
    };
    const sheaf_page_element *element = element_of(s, block);
    const sheaf_page_element *title = s->title == SHEAF_PAGE_NONE ? NULL : element_of(s, s->title);
    uint32_t shared = title ? title->all_classes : 0; /* a word around both says nothing */
    uint32_t words = element->all_classes & ~shared;
    int cost = block >= s->anchor ? (int)(block - s->anchor) : 2 + 2 * (int)(s->anchor - block);
    if (cost > FAR)
        cost = FAR;
    if (element->inside & BAD & ~(title ? title->inside : 0u))
        return NEVER;
    if (words & SHEAF_PAGE_WORD_COMMENTS)
        return NEVER;
    if (words & (SHEAF_PAGE_WORD_RELATED | SHEAF_PAGE_WORD_ADVERT))
        cost += 40;
    if (words & SHEAF_PAGE_WORD_FOOTER)
        cost += 20;
    if (element->inside & SHEAF_PAGE_IN_FOOTER)
        cost += element->inside & SHEAF_PAGE_IN_ARTICLE ? 6 : 40;
    if (words & SHEAF_PAGE_WORD_SIDEBAR)
        cost += 10;
    return cost;
}

/* ---- dates ---------------------------------------------------------------------------------- */

static bool has_digit(sheaf_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (sheaf_is_digit(text.data[i]) || (unsigned char)text.data[i] >= 0xD9)
            return true;
    return false;
}

static void keep_date(sheaf_page_seen_date *best, const sheaf_date *date, int cost, uint32_t block,
                      bool labelled, bool relative) {
    if (cost < best->cost)
        *best = (sheaf_page_seen_date){*date, cost, block, labelled, relative};
}

static bool is_called_date(const sight *s, uint32_t block) {
    return (element_of(s, block)->all_classes & (SHEAF_PAGE_WORD_DATE | SHEAF_PAGE_WORD_AUTHOR)) !=
           0;
}

/* An item of a list behind the body: a footnote, a source, a teaser. Its date is its own. */
static bool is_item(const sight *s, uint32_t block) {
    enum { PARENTS = 4, FIRST = 2 };
    if (block <= s->anchor + FIRST || block <= s->body + FIRST)
        return false;
    uint32_t at = s->page->blocks[block].element;
    for (int i = 0; i < PARENTS && at != SHEAF_PAGE_NONE; i++, at = s->page->elements[at].parent)
        if (s->page->elements[at].tag == SHEAF_HTML_LI)
            return true;
    return false;
}

static void look_for_dates(sight *s, uint32_t block, sheaf_slice text, int cost) {
    sheaf_page_dates dates;
    bool called = is_called_date(s, block);
    if (text.size > LINE_MOST || (!s->clock->known && !has_digit(text)) ||
        !sheaf_page_dates_line(&dates, text, s->clock, called && text.size < BYLINE_MOST))
        return;
    cost -= called ? 3 : 0;
    cost += text.size > BYLINE_MOST / 2 ? 6 : 0;
    cost += dates.relative ? 12 : 0; /* those that stand still are surer */
    if (dates.has_published && (dates.labelled || !is_item(s, block)))
        keep_date(&s->seen->published, &dates.published, cost - (dates.labelled ? 4 : 0), block,
                  dates.labelled, dates.relative);
    if (dates.has_modified)
        keep_date(&s->seen->modified, &dates.modified, cost, block, true, dates.relative);
}

/* <time datetime>: the machine's date of a place that readers see. */
static void look_at_time(sight *s, const sheaf_page_element *element) {
    sheaf_slice value;
    sheaf_date date;
    if (element->first_block >= s->page->block_count ||
        !sheaf_page_attribute(element, "datetime", &value))
        return;
    int cost = cost_of(s, element->first_block);
    sheaf_slice line = sheaf_page_block_text(s->page, &s->page->blocks[element->first_block]);
    sheaf_page_dates dates;
    if (cost >= NEVER || !sheaf_page_date_read(&date, value, s->clock) || date.month == 0)
        return;
    bool modified = sheaf_page_dates_line(&dates, line, s->clock, true) && dates.has_modified &&
                    !dates.has_published;
    keep_date(modified ? &s->seen->modified : &s->seen->published, &date, cost - 5,
              element->first_block, false, false);
}

/* ---- people --------------------------------------------------------------------------------- */

static void keep_people(sight *s, sheaf_slice text, int cost, uint32_t block, uint32_t element,
                        const char *rule) {
    if (cost < s->people.cost)
        s->people = (found_people){text, cost, block, element, rule};
}

/* Where the first sentence ends: at a point behind a word that is no initial or title. */
static size_t sentence_end(sheaf_slice text) {
    enum { SHORT = 4 };
    size_t word = 0;
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (text.data[at] == '.' && text.data[at + 1] == ' ' && at - word > SHORT)
            return at;
        if (text.data[at] == ' ')
            word = at + 1;
    }
    return text.size;
}

/* Without the date that stands behind a name: "Jane Doe, 3 March 2021". */
static sheaf_slice before_date(const sight *s, sheaf_slice text) {
    sheaf_date date;
    size_t from;
    size_t to;
    (void)s;
    if (sheaf_date_find(&date, text, 0, true, &from, &to))
        text = sheaf_slice_part(text, 0, from);
    static const char *const words[] = {
        " Published",     " Updated", " Posted",    " Veröffentlicht", " Aktualisiert",
        " vom ",          " am ",     " on ",       " Last ",          " Reviewed",
        " Edited",        " Fact",    " Medically", " Photo",          " \xC2\xB7 ",
        " \xE2\x80\xA2 ", " | "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = sheaf_slice_find(text, 1, sheaf_slice_of(words[i]));
        text = sheaf_slice_part(text, 0, at);
    }
    return sheaf_slice_trim(sheaf_slice_part(text, 0, sentence_end(text)));
}

/* A word that no name holds. */
static bool has_stranger(sheaf_slice name) {
    static const char *const words[] = {
        "About",     "Article",    "Articles",   "Best",       "Blog",        "Category",
        "Click",     "Comments",   "Content",    "Contents",   "Download",    "Guide",
        "How",       "Latest",     "Minutes",    "More",       "News",        "Posted",
        "Posts",     "Read",       "Related",    "Resources",  "Reviews",     "Share",
        "Subscribe", "Tips",       "Updated",    "Using",      "View",        "What",
        "Why",       "Your",       "Artikel",    "Beitrag",    "Mehr",        "Teilen",
        "Themen",    "Aktuelles",  "Kommentare", "Checklists", "Nachrichten", "Startseite",
        "Lesezeit",  "Newsletter", "Jetzt",      "Alle",       "Home",        "Contact"};
    for (size_t at = 0; at < name.size;) {
        size_t end = sheaf_slice_find_char(name, at, ' ');
        sheaf_slice word = sheaf_slice_part(name, at, end);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (sheaf_slice_equal_fold(word, sheaf_slice_of(words[i])))
                return true;
        at = end == SIZE_MAX ? name.size : end + 1;
    }
    return false;
}

/* "the Harbour Team": a desk that signs. */
static bool is_desk(sheaf_slice name) {
    static const char *const words[] = {"Team",  "Staff",    "Redaktion", "Editors",
                                        "Desk",  "Newsdesk", "Newsroom",  "Contributor",
                                        "Admin", "Editorial"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sheaf_slice_find(name, 0, sheaf_slice_of(words[i])) != SIZE_MAX)
            return name.size <= BYLINE_MOST / 4;
    return false;
}

/* True when text is people whom a line may name, and nothing else. */
static bool names_somebody(const sight *s, sheaf_slice text, bool single) {
    sheaf_page_people people = {.count = 0};
    sheaf_page_people_read(&people, s->facts->arena, text, (sheaf_slice){0});
    for (size_t i = 0; i < people.count; i++) {
        sheaf_slice name = people.items[i].name;
        bool good = sheaf_page_people_is_name(name) || sheaf_agency(name).size > 0 ||
                    is_desk(name) || (single && sheaf_byline_is_name(name, true)) ||
                    sheaf_slice_find_char(name, 0, ',') != SIZE_MAX;
        if (!good || has_stranger(name))
            return false;
    }
    return people.count > 0;
}

/* "3 March 2021 by Jane Doe": a lead in the middle of a line of small print. */
static bool lead_within(const sight *s, uint32_t block, sheaf_slice text, sheaf_slice *rest) {
    static const char *const leads[] = {" by ",  " By ",  " von ", " Von ", " par ",
                                        " Par ", " por ", " Por ", " di ",  " door ",
                                        " av ",  " af ",  " BY "};
    enum { LINE = 120 };
    if (text.size > LINE || !(is_called_date(s, block) || s->seen->published.block == block ||
                              s->seen->modified.block == block))
        return false;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t at = sheaf_slice_find(text, 0, sheaf_slice_of(leads[i]));
        if (at == SIZE_MAX)
            continue;
        *rest = sheaf_slice_trim(sheaf_slice_part(text, at + strlen(leads[i]), text.size));
        return rest->size > 0;
    }
    return false;
}

/* One word of letters: "by ibby", right beside the headline. */
static bool is_handle(sheaf_slice text) {
    enum { LONGEST = 24 };
    for (size_t i = 0; i < text.size; i++)
        if (!sheaf_is_alpha(text.data[i]) && !sheaf_is_digit(text.data[i]) && text.data[i] != '_')
            return false;
    return text.size > 2 && text.size <= LONGEST && sheaf_is_alpha(text.data[0]);
}

/* "By Jane Doe", "Von Max Muster, 3. März 2021"; or "Author" with the name behind. */
static void look_for_byline(sight *s, uint32_t block, sheaf_slice text, int cost) {
    sheaf_slice rest;
    if (text.size > BYLINE_MOST || cost - 6 >= s->people.cost)
        return;
    if (sheaf_byline_is_lead(text) && block + 1 < s->page->block_count) {
        sheaf_slice next = sheaf_page_block_text(s->page, &s->page->blocks[block + 1]);
        next = before_date(s, next);
        if (next.size <= NAME_MOST && names_somebody(s, next, true))
            keep_people(s, next, cost - 6, block + 1, SHEAF_PAGE_NONE, "visible byline");
        return;
    }
    if (!sheaf_page_people_lead(text, &rest) && !lead_within(s, block, text, &rest))
        return;
    rest = before_date(s, rest);
    if (names_somebody(s, rest, is_called_date(s, block)) || (cost <= BESIDE && is_handle(rest)))
        keep_people(s, rest, cost - 6, block, SHEAF_PAGE_NONE, "visible byline");
}

/* Without a label or a class to vouch for it, a name must look like nothing else: two to
 * four words with capitals, none of them owning something, none of the headline. */
static bool is_likely_name(const sight *s, sheaf_slice part) {
    size_t at = 0;
    size_t blanks = 0;
    sheaf_date date;
    if (!sheaf_page_people_is_name(part) || has_stranger(part) || sheaf_date_parse(&date, part))
        return false;
    for (size_t i = 0; i < part.size; i++)
        blanks += part.data[i] == ' ';
    return blanks >= 1 && blanks <= 3 && sheaf_char_is_upper(sheaf_utf8_next(part, &at)) &&
           sheaf_slice_find(part, 0, SLICE("'s")) == SIZE_MAX &&
           sheaf_slice_find(part, 0, SLICE("\xE2\x80\x99s")) == SIZE_MAX &&
           sheaf_slice_find(s->headline, 0, part) == SIZE_MAX;
}

/* The part of a line that is a name, where signs part it: "3 March 2021 · Jane Doe". */
static sheaf_slice name_part(const sight *s, sheaf_slice line) {
    static const char *const signs[] = {
        " \xC2\xB7 ", " | ", " \xE2\x80\xA2 ", " - ", " \xE2\x80\x93 ", " / ", ", "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        sheaf_slice sign = sheaf_slice_of(signs[i]);
        for (size_t at = 0; at < line.size;) {
            size_t end = sheaf_slice_find(line, at, sign);
            sheaf_slice part = sheaf_slice_trim(sheaf_slice_part(line, at, end));
            if (is_likely_name(s, part))
                return part;
            at = end == SIZE_MAX ? line.size : end + sign.size;
        }
    }
    return (sheaf_slice){0};
}

/* A name beside the date: the weakest sign. */
static void look_for_neighbour(sight *s, uint32_t block, sheaf_slice text, int cost) {
    enum { REACH = 2 };
    const sheaf_page_seen_date *seen =
        s->seen->published.cost < NEVER ? &s->seen->published : &s->seen->modified;
    bool dated = seen->cost < NEVER && seen->block <= block + REACH && block <= seen->block + REACH;
    if (!dated || text.size > NAME_MOST || cost > BEHIND ||
        (element_of(s, block)->all_classes & SHEAF_PAGE_WORD_TOPIC))
        return;
    sheaf_slice name = name_part(s, text);
    if (name.size > 0)
        keep_people(s, name, cost + 14, block, SHEAF_PAGE_NONE, "name beside the date");
}

/* An element that is called author, and holds a name. */
static void look_at_author(sight *s, uint32_t index, const sheaf_page_element *element) {
    if (element->first_block >= s->page->block_count)
        return;
    sheaf_slice text = sheaf_page_text_of(s->page, element);
    int cost = cost_of(s, element->first_block);
    if (element->classes & SHEAF_PAGE_WORD_AUTHOR)
        cost--; /* the innermost of those called so */
    bool inner = s->people.element != SHEAF_PAGE_NONE && cost == s->people.cost &&
                 index < s->page->elements[s->people.element].end;
    if (text.size < 3 || text.size > NAME_MOST || cost >= NEVER ||
        (cost >= s->people.cost && !inner))
        return;
    sheaf_slice rest;
    if (sheaf_page_people_lead(text, &rest))
        text = rest;
    text = before_date(s, text);
    bool single = (element->classes & SHEAF_PAGE_WORD_AUTHOR) && element->end == index + 1;
    if (names_somebody(s, text, single))
        keep_people(s, text, inner ? cost - 1 : cost, element->first_block, index,
                    "element called author");
}

/* Others of the same kind near the best one: two spans, two authors. */
static void add_people(sight *s) {
    enum { NEAR = 6, RANK_BYLINE = 4, RANK_ELEMENT = 6, RANK_FAR = 14, RANK_WEAK = 18 };
    const sheaf_page_element *best =
        s->people.element == SHEAF_PAGE_NONE ? NULL : &s->page->elements[s->people.element];
    int base = best ? RANK_ELEMENT : s->people.cost > 12 ? RANK_WEAK : RANK_BYLINE;
    sheaf_page_fact fact = {.kind = SHEAF_FACT_AUTHOR,
                            .rank = (uint8_t)(s->people.cost > 16 ? RANK_FAR : base),
                            .rule = s->people.rule,
                            .value = s->people.text,
                            .element = s->page->blocks[s->people.block].element};
    sheaf_page_fact_add(s->facts, fact);
    for (uint32_t i = 0; best && i < s->page->element_count; i++) {
        const sheaf_page_element *other = &s->page->elements[i];
        if (other == best || other->path != best->path || other->first_block < s->people.block ||
            other->first_block > s->people.block + NEAR)
            continue;
        sheaf_slice text = sheaf_page_text_of(s->page, other);
        if (text.size <= NAME_MOST && names_somebody(s, text, false)) {
            fact.value = text;
            sheaf_page_fact_add(s->facts, fact);
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void look_at_block(sight *s, uint32_t block, int extra) {
    sheaf_slice text = sheaf_page_block_text(s->page, &s->page->blocks[block]);
    int cost = cost_of(s, block);
    if (block == s->title || cost >= NEVER || text.size < 2 || text.size > LINE_MOST)
        return;
    look_for_dates(s, block, text, cost + extra);
    look_for_byline(s, block, text, cost + extra);
}

static void look_at_elements(sight *s, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < s->page->element_count; i++) {
        const sheaf_page_element *element = &s->page->elements[i];
        if (element->first_block < from || element->first_block >= to)
            continue;
        if (element->tag == SHEAF_HTML_TIME && (element->flags & SHEAF_PAGE_HAS_DATETIME))
            look_at_time(s, element);
        if (element->all_classes & SHEAF_PAGE_WORD_AUTHOR)
            look_at_author(s, i, element);
    }
}

/* Blocks far from both ends of the body are asked only where the page calls them a
 * date, an author, or <time>. */
static bool is_called_so(const sight *s, uint32_t block) {
    const sheaf_page_element *element = element_of(s, block);
    return (element->classes & (SHEAF_PAGE_WORD_DATE | SHEAF_PAGE_WORD_AUTHOR)) ||
           element->tag == SHEAF_HTML_TIME || element->tag == SHEAF_HTML_ADDRESS;
}

/* Where the body begins and ends; the whole page when nothing was kept. */
static void find_body(const sheaf_page *page, uint32_t *first, uint32_t *last) {
    *first = 0;
    *last = SHEAF_PAGE_NONE;
    for (uint32_t i = (uint32_t)page->block_count; i-- > 0;)
        if (page->blocks[i].verdict == SHEAF_PAGE_KEPT) {
            *last = *last == SHEAF_PAGE_NONE ? i : *last;
            *first = i;
        }
}

void sheaf_page_visible_read(sheaf_page_facts *facts, sheaf_page_seen *seen, sheaf_slice headline,
                             const sheaf_page_clock *clock) {
    const sheaf_page *page = facts->page;
    sight s = {.facts = facts, .page = page, .clock = clock, .seen = seen, .headline = headline};
    uint32_t first;
    uint32_t last;
    find_body(page, &first, &last);
    s.body = first;
    *seen = (sheaf_page_seen){.people = SHEAF_PAGE_NONE};
    seen->published.cost = seen->modified.cost = s.people.cost = NEVER;
    s.title = seen->title = sheaf_page_title_block(page, headline);
    s.anchor = s.title == SHEAF_PAGE_NONE ? first : s.title;
    uint32_t count = (uint32_t)page->block_count;
    uint32_t from = s.anchor < BEFORE ? 0 : s.anchor - BEFORE;
    uint32_t to = s.anchor + BEHIND < count ? s.anchor + BEHIND : count;
    for (uint32_t i = 0; i < count; i++) {
        bool near = i >= from && i < to;
        bool behind = last != SHEAF_PAGE_NONE && i > last && i <= last + BEHIND_BODY;
        if (near || behind || is_called_so(&s, i))
            look_at_block(&s, i, near ? 0 : behind ? -(FAR - 18) : -2);
    }
    look_at_elements(&s, from, to);
    for (uint32_t i = from; i < to && s.people.cost == NEVER; i++)
        look_for_neighbour(&s, i, sheaf_page_block_text(page, &page->blocks[i]), cost_of(&s, i));
    if (s.people.cost < NEVER) {
        add_people(&s);
        seen->people = s.people.block;
    }
}
