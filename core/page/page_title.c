/* page_title.c - the headline, by vote.
 *
 * Each source names a title; <title> and og:title after the name of the site is taken
 * off. Titles that are the same but for signs and case vote together, and a title
 * that only adds something behind a bar votes for the shorter one. The weights come
 * from how often each source was right where sources disagree (docs/pages.md). */
#include "page/page_title.h"

#include "article/url.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "page/page_authors.h"
#include "page/page_words.h"
#include "text/letter.h"

enum { VOTES_MOST = 24, HEADINGS_MOST = 8, LONGEST = 400 };

/* ---- the name of the site --------------------------------------------------------------- */

/* True when the letters of word stand in host, one after the other. */
static bool in_host(sheaf_slice host, sheaf_slice word) {
    for (size_t i = 0; i + word.size <= host.size; i++)
        if (sheaf_slice_equal_fold(sheaf_slice_part(host, i, i + word.size), word))
            return true;
    return false;
}

static bool is_generic(sheaf_slice word) {
    static const char *const words[] = {
        "the", "blog", "news", "magazine", "online", "inc",     "co",      "llc", "com",
        "of",  "and",  "for",  "official", "site",   "website", "journal", "der", "die",
        "das", "le",   "la",   "el",       "gmbh",   "ag",      "e",       "v",   "ltd"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sheaf_slice_equal_fold(word, sheaf_slice_of(words[i])))
            return true;
    return false;
}

/* True when every word of text is in the host, or says nothing, and one is long. */
static bool is_of_host(sheaf_slice host, sheaf_slice text) {
    enum { LONGEST_SITE = 60 };
    size_t known = 0;
    if (text.size > LONGEST_SITE)
        return false;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size &&
               (sheaf_is_alpha(text.data[end]) || sheaf_is_digit(text.data[end]) ||
                (unsigned char)text.data[end] >= 0x80))
            end++;
        sheaf_slice word = sheaf_slice_part(text, at, end);
        if (word.size >= 2 && in_host(host, word))
            known += word.size >= 3 ? word.size : 0;
        else if (word.size > 0 && !is_generic(word))
            return false;
        at = end > at ? end : at + 1;
    }
    return known >= 4 || (known == 3 && text.size <= 4);
}

bool sheaf_page_title_is_site(const sheaf_page_facts *facts, sheaf_slice host, sheaf_slice text) {
    for (size_t i = 0; i < facts->count; i++) {
        const sheaf_page_fact *fact = &facts->items[i];
        bool site = fact->kind == SHEAF_FACT_PUBLISHER || fact->kind == SHEAF_FACT_SITE;
        if (site && sheaf_page_names_equal(fact->value, text))
            return true;
    }
    return is_of_host(host, text);
}

/* ---- cleaning ---------------------------------------------------------------------------- */

/* Length of the sign that parts a title at text[at], blanks included; 0 for none. */
static size_t parting_at(sheaf_slice text, size_t at) {
    static const char *const signs[] = {" | ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " :: ",
                                        " \xC2\xB7 ",
                                        " \xE2\x80\xA2 ",
                                        " \xC2\xBB ",
                                        " \xC2\xAB ",
                                        " / ",
                                        " \xE2\x80\xBA ",
                                        "- ",
                                        "| ",
                                        " \xE2\x88\x99 ",
                                        " \xE2\x97\x8F ",
                                        "\xEF\xBD\x9C",
                                        " : ",
                                        " ~ ",
                                        " \\ ",
                                        " \xE2\x8B\x86 ",
                                        " > ",
                                        "|"};
    char c = text.data[at];
    if (c != ' ' && c != '-' && c != '|' && c != '\xEF')
        return 0;
    char next = at + 1 < text.size ? text.data[at + 1] : '\0';
    if (c == ' ' && (sheaf_is_alpha(next) || sheaf_is_digit(next)))
        return 0;
    sheaf_slice rest = sheaf_slice_part(text, at, text.size);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        sheaf_slice sign = sheaf_slice_of(signs[i]);
        if (sheaf_slice_starts(rest, sign))
            return sign.size;
    }
    return 0;
}

/* Takes the name of the site off the end, once. */
static bool cut_end(const sheaf_page_facts *facts, sheaf_slice host, sheaf_slice *title) {
    for (size_t at = title->size; at-- > 1;) {
        size_t size = parting_at(*title, at);
        if (size == 0)
            continue;
        sheaf_slice tail = sheaf_slice_trim(sheaf_slice_part(*title, at + size, title->size));
        if (tail.size == 0 || sheaf_page_title_is_site(facts, host, tail)) {
            *title = sheaf_slice_trim(sheaf_slice_part(*title, 0, at));
            return true;
        }
    }
    return false;
}

/* The same at the front, where a colon parts, too. */
static bool cut_front(const sheaf_page_facts *facts, sheaf_slice host, sheaf_slice *title) {
    for (size_t at = 1; at < title->size; at++) {
        size_t size = title->data[at] == ':' ? 1 : parting_at(*title, at);
        if (size == 0)
            continue;
        sheaf_slice head = sheaf_slice_trim(sheaf_slice_part(*title, 0, at));
        sheaf_slice rest = sheaf_slice_trim(sheaf_slice_part(*title, at + size, title->size));
        if (rest.size == 0 || !sheaf_page_title_is_site(facts, host, head))
            return false;
        *title = rest;
        return true;
    }
    return false;
}

/* A bar in a title parts it from what is not: a site nobody named, a section, a
 * slogan. Of 653 headlines four hold one. */
static sheaf_slice before_bar(sheaf_slice title) {
    enum { SHORTEST = 10 };
    size_t bar = sheaf_slice_find(title, 0, SLICE(" | "));
    if (bar == SIZE_MAX || bar < SHORTEST || bar * 2 < title.size - bar)
        return title;
    return sheaf_slice_trim(sheaf_slice_part(title, 0, bar));
}

static sheaf_slice clean(const sheaf_page_facts *facts, sheaf_slice host, sheaf_slice title) {
    title = sheaf_slice_trim(sheaf_slice_part(title, 0, LONGEST));
    while (cut_end(facts, host, &title))
        ;
    cut_front(facts, host, &title);
    return before_bar(title);
}

/* ---- votes -------------------------------------------------------------------------------- */

enum { FROM_H1, FROM_LD, FROM_OG, FROM_TITLE, FROM_TWITTER, FROM_ITEM, FROM_META, FROM_CLASS };

typedef struct vote {
    sheaf_slice title;
    const char *rule;
    int weight;
    int sum;
    int source; /* two votes of one source do not add up */
} vote;

typedef struct ballot {
    vote votes[VOTES_MOST];
    size_t count;
} ballot;

static void cast(ballot *b, sheaf_slice title, const char *rule, int weight, int source) {
    if (title.size > 1 && b->count < VOTES_MOST)
        b->votes[b->count++] = (vote){title, rule, weight, 0, source};
}

/* True when longer is shorter with something behind a bar. */
static bool extends(sheaf_slice longer, sheaf_slice shorter) {
    if (longer.size <= shorter.size)
        return false;
    for (size_t at = 1; at < longer.size; at++)
        if (parting_at(longer, at) > 0 &&
            sheaf_page_names_equal(sheaf_slice_part(longer, 0, at), shorter))
            return true;
    return false;
}

/* A JSON-LD headline that repeats og:title or <title> to the letter is their copy. */
static void weigh_copies(ballot *b) {
    enum { COPY = 10 };
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; b->votes[i].source == FROM_LD && j < b->count; j++)
            if ((b->votes[j].source == FROM_OG || b->votes[j].source == FROM_TITLE) &&
                b->votes[i].weight > COPY &&
                sheaf_page_names_equal(b->votes[i].title, b->votes[j].title))
                b->votes[i].weight = COPY;
}

/* True when longer ends in shorter, and what stands before is the lesser part: a kicker. */
static bool ends_in(sheaf_slice longer, sheaf_slice shorter) {
    enum { SHORTEST = 12 };
    if (shorter.size < SHORTEST || shorter.size >= longer.size || shorter.size * 2 < longer.size)
        return false;
    for (size_t at = 1; at < longer.size / 2 + 1; at++)
        if (longer.data[at - 1] == ' ' &&
            sheaf_page_names_equal(sheaf_slice_part(longer, at, longer.size), shorter))
            return true;
    return false;
}

/* An h1 with a kicker in it says what another source says without. */
static void drop_kickers(ballot *b) {
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; b->votes[i].source == FROM_H1 && j < b->count; j++)
            if ((b->votes[j].source == FROM_LD || b->votes[j].source == FROM_OG) &&
                ends_in(b->votes[i].title, b->votes[j].title))
                b->votes[i].title = b->votes[j].title;
}

static void count_votes(ballot *b) {
    for (size_t i = 0; i < b->count; i++) {
        unsigned seen = 1u << b->votes[i].source;
        b->votes[i].sum = b->votes[i].weight;
        for (size_t j = 0; j < b->count; j++) {
            const vote *other = &b->votes[j];
            if (i == j || (seen & (1u << other->source)))
                continue;
            if (sheaf_page_names_equal(b->votes[i].title, other->title))
                b->votes[i].sum += other->weight;
            else if (extends(other->title, b->votes[i].title))
                b->votes[i].sum += other->weight / 2;
            else
                continue;
            seen |= 1u << other->source;
        }
    }
}

/* ---- candidates ----------------------------------------------------------------------------- */

static bool is_good_heading(const sheaf_page_facts *facts, sheaf_slice host,
                            const sheaf_page_element *element, sheaf_slice text) {
    enum {
        BAD = SHEAF_PAGE_IN_NAV | SHEAF_PAGE_IN_FOOTER | SHEAF_PAGE_IN_HIDDEN | SHEAF_PAGE_IN_BUTTON
    };
    enum { ELSEWHERE = SHEAF_PAGE_WORD_COMMENTS | SHEAF_PAGE_WORD_DIALOG };
    return text.size > 1 && text.size <= LONGEST && !(element->inside & BAD) &&
           !(element->all_classes & ELSEWHERE) && !sheaf_page_title_is_site(facts, host, text);
}

/* One or two words: the name of a section, more often than not. */
static bool is_scant(sheaf_slice text) {
    enum { SHORT = 24 };
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++)
        blanks += text.data[i] == ' ';
    return blanks < 2 && text.size < SHORT;
}

/* The block from which on an h1 is the heading of a part: much of the body is before. */
static uint32_t first_deep_block(const sheaf_page *page) {
    enum { MUCH = 5 };
    size_t kept = 0;
    for (uint32_t i = 0; i < page->block_count; i++) {
        if (kept >= MUCH)
            return i;
        kept += page->blocks[i].verdict == SHEAF_PAGE_KEPT;
    }
    return SHEAF_PAGE_NONE;
}

static void cast_headings(ballot *b, const sheaf_page_facts *facts, sheaf_slice host) {
    const sheaf_page *page = facts->page;
    sheaf_slice found[HEADINGS_MOST];
    size_t count = 0;
    uint32_t deep = first_deep_block(page);
    for (size_t i = 0; i < page->element_count && count < HEADINGS_MOST; i++) {
        const sheaf_page_element *element = &page->elements[i];
        if (element->tag != SHEAF_HTML_H1 || element->first_block >= deep)
            continue;
        sheaf_slice text = sheaf_page_plain(facts->arena, sheaf_page_text_of(page, element));
        bool again = false;
        for (size_t j = 0; j < count; j++)
            again = again || sheaf_page_names_equal(found[j], text);
        if (!again && is_good_heading(facts, host, element, text))
            found[count++] = text;
    }
    for (size_t i = 0; i < count; i++) {
        int alone = is_scant(found[i]) ? 20 : 46;
        cast(b, before_bar(found[i]), count == 1 ? "the only h1" : "an h1",
             count == 1 ? alone
             : i == 0   ? 16
                        : 10,
             FROM_H1);
    }
}

static int source_of(const sheaf_page_fact *fact, int *weight) {
    static const struct {
        const char *rule;
        int source;
        int weight;
    } sources[] = {{"JSON-LD headline", FROM_LD, 36},        {"JSON-LD name", FROM_LD, 8},
                   {"JSON-LD name of the page", FROM_LD, 3}, {"og:title", FROM_OG, 17},
                   {"title element", FROM_TITLE, 13},        {"twitter:title", FROM_TWITTER, 5},
                   {"itemprop headline", FROM_ITEM, 12}};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(fact->rule, sources[i].rule) == 0) {
            *weight = sources[i].weight;
            return sources[i].source;
        }
    *weight = fact->rank <= 3 ? 24 : 8;
    return FROM_META;
}

static void cast_facts(ballot *b, const sheaf_page_facts *facts, sheaf_slice host) {
    unsigned seen = 0;
    for (size_t i = 0; i < facts->count; i++) {
        const sheaf_page_fact *fact = &facts->items[i];
        int weight;
        if (fact->kind != SHEAF_FACT_HEADLINE)
            continue;
        int source = source_of(fact, &weight);
        sheaf_slice title = clean(facts, host, fact->value);
        if ((seen & (1u << source)) && source != FROM_LD && source != FROM_META)
            continue;
        if (sheaf_page_title_is_site(facts, host, title))
            continue;
        seen |= 1u << source;
        cast(b, title, fact->rule, weight, source);
    }
}

/* The second best title that says something else. */
static void set_alternative(sheaf_article *article, const sheaf_page_facts *facts, const ballot *b,
                            const vote *winner) {
    const sheaf_page_fact *told = sheaf_page_fact_best(facts, SHEAF_FACT_ALTERNATIVE);
    const vote *best = NULL;
    if (told && !sheaf_page_names_equal(told->value, winner->title)) {
        sheaf_article_win(article, SHEAF_FIELD_ALTERNATIVE_HEADLINE, told->value, told->rule);
        return;
    }
    for (size_t i = 0; i < b->count; i++) {
        const vote *v = &b->votes[i];
        if (v->source == FROM_H1 || extends(v->title, winner->title) ||
            extends(winner->title, v->title) || sheaf_page_names_equal(v->title, winner->title))
            continue;
        if (!best || v->sum > best->sum)
            best = v;
    }
    if (best && best->weight > 8)
        sheaf_article_win(article, SHEAF_FIELD_ALTERNATIVE_HEADLINE, best->title, best->rule);
}

void sheaf_page_title_choose(sheaf_article *article, const sheaf_page_facts *facts,
                             sheaf_slice host) {
    ballot b = {.count = 0};
    cast_headings(&b, facts, host);
    cast_facts(&b, facts, host);
    drop_kickers(&b);
    weigh_copies(&b);
    count_votes(&b);
    const vote *best = NULL;
    for (size_t i = 0; i < b.count; i++)
        if (!best || b.votes[i].sum > best->sum)
            best = &b.votes[i];
    if (!best)
        return;
    sheaf_article_win(article, SHEAF_FIELD_HEADLINE, best->title, best->rule);
    set_alternative(article, facts, &b, best);
}

static uint32_t first_kept(const sheaf_page *page) {
    for (uint32_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].verdict == SHEAF_PAGE_KEPT)
            return i;
    return SHEAF_PAGE_NONE;
}

/* An h1 that says it; else an h1 before the body; else any block before the body that
 * says it; else an h1. */
uint32_t sheaf_page_title_block(const sheaf_page *page, sheaf_slice headline) {
    enum { INTO_BODY = 3 };
    uint32_t kept = first_kept(page);
    uint32_t body = kept == SHEAF_PAGE_NONE ? kept : kept + INTO_BODY;
    uint32_t same = SHEAF_PAGE_NONE;
    uint32_t heading = SHEAF_PAGE_NONE;
    for (uint32_t i = 0; i < page->block_count; i++) {
        const sheaf_page_block *block = &page->blocks[i];
        const sheaf_page_element *element = &page->elements[block->element];
        bool of_h1 = element->tag == SHEAF_HTML_H1;
        if (of_h1 && heading == SHEAF_PAGE_NONE && !(element->inside & SHEAF_PAGE_IN_NAV))
            heading = i;
        if (block->to - block->from > LONGEST ||
            (!of_h1 && (i >= body || same != SHEAF_PAGE_NONE)) ||
            !sheaf_page_names_equal(sheaf_page_block_text(page, block), headline))
            continue;
        if (of_h1)
            return i;
        if (!(element->inside & SHEAF_PAGE_IN_NAV))
            same = i;
    }
    if (same != SHEAF_PAGE_NONE)
        return same;
    return heading;
}
