/* page_describe.c - what an article is called, who wrote it, when: from all that the
 * page says, in markup and in sight.
 *
 * Facts are collected first, then each field is decided on its own: the headline by
 * vote, dates and people by the rank of their sources, and by what contradicts what.
 * The order and the figures behind it stand in docs/pages.md. */
#include "page/page_authors.h"
#include "article/credit.h"
#include "article/date_beside.h"
#include "article/url.h"
#include "base/slice.h"
#include "page/page_credit.h"
#include "page/page_dates.h"
#include "page/page_facts.h"
#include "page/page_parts.h"
#include "page/page_title.h"
#include "page/page_url.h"
#include "page/page_visible.h"

enum { KEYWORDS_MOST = 60, IMAGES_MOST = 12, LONGEST_KEYWORD = 100 };

typedef struct describer {
    sheaf_article *article;
    sheaf_page *page;
    const sheaf_page_hints *hints;
    sheaf_page_facts facts;
    sheaf_page_seen seen;
    sheaf_page_clock clock;
    sheaf_slice host;
} describer;

/* Gives a field the best fact of a kind, unless it is set. */
static void win_best(describer *d, sheaf_field field, sheaf_page_fact_kind kind) {
    const sheaf_page_fact *best = sheaf_page_fact_best(&d->facts, kind);
    if (best && d->article->field[field].size == 0)
        sheaf_article_win(d->article, field, best->value, best->rule);
}

/* ---- addresses ------------------------------------------------------------------------- */

/* An address as the page means it: "//host/x" and "/x" become whole. */
static sheaf_slice absolute(describer *d, sheaf_slice address) {
    enum { LONGEST_HOST = 255 };
    sheaf_arena *arena = &d->article->arena;
    sheaf_url base;
    address = sheaf_slice_trim(address);
    if (address.size > SHEAF_PAGE_URL_MOST)
        return (sheaf_slice){0};
    if (sheaf_slice_starts(address, SLICE("//")))
        return sheaf_arena_format(arena, "https:%.*s", SLICE_ARGS(address));
    if (sheaf_slice_starts(address, SLICE("/")) && sheaf_url_parse(&base, d->hints->url) &&
        base.host.size <= LONGEST_HOST)
        return sheaf_arena_format(arena, "%.*s://%.*s%.*s", SLICE_ARGS(base.scheme),
                                  SLICE_ARGS(base.host), SLICE_ARGS(address));
    return address;
}

static bool is_whole(sheaf_slice address) {
    sheaf_url parts;
    return sheaf_url_parse(&parts, address);
}

/* The best address that is one, and no mere front page. */
static void win_address(describer *d, sheaf_field field, sheaf_page_fact_kind kind) {
    const sheaf_page_fact *best = NULL;
    sheaf_slice address = {0};
    for (size_t i = 0; i < d->facts.count; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        sheaf_url parts;
        if (fact->kind != kind || (best && fact->rank >= best->rank))
            continue;
        sheaf_slice whole = absolute(d, fact->value);
        if (!sheaf_url_parse(&parts, whole) || parts.path.size + parts.query.size <= 1)
            continue;
        best = fact;
        address = whole;
    }
    if (best)
        sheaf_article_win(d->article, field, address, best->rule);
}

static void describe_addresses(describer *d) {
    win_address(d, SHEAF_FIELD_CANONICAL_URL, SHEAF_FACT_CANONICAL);
    if (d->article->field[SHEAF_FIELD_URL].size == 0 && is_whole(d->hints->url))
        sheaf_article_win(d->article, SHEAF_FIELD_URL, d->hints->url, "address of the page");
    if (d->article->field[SHEAF_FIELD_URL].size == 0)
        win_address(d, SHEAF_FIELD_URL, SHEAF_FACT_URL);
    if (d->article->field[SHEAF_FIELD_URL].size == 0 &&
        d->article->field[SHEAF_FIELD_CANONICAL_URL].size > 0)
        sheaf_article_win(d->article, SHEAF_FIELD_URL, d->article->field[SHEAF_FIELD_CANONICAL_URL],
                          "rel=canonical");
}

/* The host of the page, as far as anything tells. */
static sheaf_slice find_host(const describer *d) {
    sheaf_slice host = sheaf_url_site(d->hints->url);
    for (size_t i = 0; i < d->facts.count && host.size == 0; i++)
        if (d->facts.items[i].kind == SHEAF_FACT_CANONICAL ||
            d->facts.items[i].kind == SHEAF_FACT_URL)
            host = sheaf_url_site(d->facts.items[i].value);
    return host;
}

/* ---- publisher --------------------------------------------------------------------------- */

/* The host of a publisher's name that is an address, and empty for other names. */
static sheaf_slice host_of_name(sheaf_slice name) {
    sheaf_slice host = sheaf_url_site(name);
    if (host.size == 0 && sheaf_slice_equal_fold(sheaf_slice_part(name, 0, 4), SLICE("www.")) &&
        sheaf_slice_find_char(name, 0, ' ') == SIZE_MAX) {
        size_t slash = sheaf_slice_find_char(name, 0, '/');
        host = sheaf_slice_part(name, 4, slash);
    }
    return host;
}

static const sheaf_page_fact *best_name(const describer *d, sheaf_page_fact_kind kind,
                                        bool address) {
    const sheaf_page_fact *best = NULL;
    for (size_t i = 0; i < d->facts.count; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        if (fact->kind == kind && (!best || fact->rank < best->rank) &&
            (host_of_name(fact->value).size > 0) == address)
            best = fact;
    }
    return best;
}

/* A name, wherever it stands; only without one the host of an address. */
static void describe_publisher(describer *d) {
    static const sheaf_page_fact_kind kinds[] = {SHEAF_FACT_PUBLISHER, SHEAF_FACT_SITE};
    if (d->article->field[SHEAF_FIELD_PUBLISHER].size > 0)
        return;
    for (int address = 0; address <= 1; address++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            const sheaf_page_fact *best = best_name(d, kinds[i], address != 0);
            if (!best)
                continue;
            sheaf_article_win(d->article, SHEAF_FIELD_PUBLISHER,
                              address ? host_of_name(best->value) : best->value, best->rule);
            return;
        }
}

/* ---- language --------------------------------------------------------------------------- */

static sheaf_slice said_language(const describer *d) {
    const sheaf_page_fact *best = sheaf_page_fact_best(&d->facts, SHEAF_FACT_LANGUAGE);
    return best ? best->value : d->hints->language;
}

/* ---- dates ------------------------------------------------------------------------------- */

typedef struct dated {
    sheaf_date date;
    const sheaf_page_fact *fact;
} dated;

/* The surest fact of a kind that is a date. */
static dated best_date(const describer *d, sheaf_page_fact_kind kind) {
    dated best = {.fact = NULL};
    for (size_t i = 0; i < d->facts.count; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        sheaf_date date;
        if (fact->kind == kind && (!best.fact || fact->rank < best.fact->rank) &&
            sheaf_page_date_read(&date, fact->value, &d->clock))
            best = (dated){date, fact};
    }
    return best;
}

static void win_date(describer *d, sheaf_field field, const sheaf_date *date, const char *rule) {
    sheaf_article_win(d->article, field, sheaf_date_text(&d->article->arena, date), rule);
}

static int64_t days_between(const sheaf_date *a, const sheaf_date *b) {
    int64_t first;
    int64_t second;
    if (!sheaf_date_seconds(a, &first) || !sheaf_date_seconds(b, &second))
        return 0;
    return (first > second ? first - second : second - first) / 86400;
}

static bool same_day(const sheaf_date *a, const sheaf_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* Readers see another date right at the headline, and it is not that of a change: then
 * markup tells when the page was made anew, or moved. A day or two apart is a
 * matter of time zones. Words such as "today" contradict nothing: a page may be
 * fetched, or saved, long after they were true. */
static bool is_overruled(const dated *published, const dated *modified,
                         const sheaf_page_seen_date *seen) {
    enum { NEAR = 6, DAYS = 2 };
    const sheaf_date *a = &published->date;
    const sheaf_date *b = &seen->date;
    bool turned = a->year == b->year && a->month == b->day && a->day == b->month; /* 03/04, 04/03 */
    return seen->cost <= NEAR && !seen->relative && !turned && days_between(a, b) > DAYS &&
           !(modified->fact && same_day(&modified->date, &seen->date));
}

static bool is_key_byte(char c) {
    return sheaf_is_alpha(c) || c == '_';
}

/* True when the word of source that holds at is a key for the date of publication;
 * *end is behind it. */
static bool is_date_key(sheaf_slice source, size_t at, size_t *end) {
    static const char *const keys[] = {"datePublished", "publishedAt",   "publishDate",
                                       "published_at",  "publishedDate", "publicationDate"};
    enum { LONGEST_KEY = 16 };
    size_t from = at;
    while (from > 0 && at - from < LONGEST_KEY && is_key_byte(source.data[from - 1]))
        from--;
    *end = at;
    while (*end < source.size && *end - from < LONGEST_KEY && is_key_byte(source.data[*end]))
        *end += 1;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (sheaf_slice_is(sheaf_slice_part(source, from, *end), keys[i]))
            return true;
    return false;
}

/* The date behind such a key in the data of a script: pages made by programs carry it
 * where nothing else tells it. The first counts. */
static bool find_in_scripts(const describer *d, sheaf_date *out) {
    enum { LONGEST_GAP = 12, LONGEST_DATE = 40 };
    sheaf_slice source = d->page->source;
    size_t end;
    for (size_t at = 0; (at = sheaf_slice_find(source, at, SLICE("ubli"))) != SIZE_MAX; at = end) {
        bool key = is_date_key(source, at, &end);
        end = end > at ? end : at + 1;
        if (!key)
            continue;
        size_t from = end;
        while (from < source.size && from - end < LONGEST_GAP &&
               !sheaf_is_digit(source.data[from]) && !sheaf_is_alpha(source.data[from]))
            from++;
        size_t to = from;
        while (to < source.size && to - from < LONGEST_DATE && !strchr("\"\\&", source.data[to]))
            to++;
        if (sheaf_page_date_read(out, sheaf_slice_part(source, from, to), &d->clock) &&
            out->day > 0)
            return true;
    }
    return false;
}

/* A date that the address tells, or a script. */
static bool find_hidden_date(const describer *d, sheaf_date *out, const char **rule) {
    *rule = "date in the address";
    if (sheaf_date_of_url(out, d->hints->url) ||
        sheaf_date_of_url(out, d->article->field[SHEAF_FIELD_CANONICAL_URL]))
        return true;
    *rule = "date in a script";
    return find_in_scripts(d, out);
}

/* Whether a relative date must be that of something else, or of another time: the
 * page was changed days before it. */
static bool is_too_late(const sheaf_page_seen *seen, const dated *modified) {
    enum { DAYS = 1 };
    const sheaf_date *date = &seen->published.date;
    const sheaf_date *change = modified->fact                            ? &modified->date
                               : seen->modified.cost < SHEAF_PAGE_UNSEEN ? &seen->modified.date
                                                                         : NULL;
    int64_t first;
    int64_t second;
    return change && sheaf_date_seconds(change, &first) && sheaf_date_seconds(date, &second) &&
           second > first && days_between(date, change) > DAYS;
}

/* Without a word of publication in markup: what else there is, from sure to less so. A
 * date told from the moment of reading comes behind those that stand still. */
static void describe_other_date(describer *d, const dated *modified) {
    const sheaf_page_seen *seen = &d->seen;
    bool is_seen = seen->published.cost < SHEAF_PAGE_UNSEEN;
    sheaf_date hidden;
    const char *rule;
    if (is_seen && !seen->published.relative)
        win_date(d, SHEAF_FIELD_PUBLISHED, &seen->published.date, "date in the text");
    else if (find_hidden_date(d, &hidden, &rule))
        win_date(d, SHEAF_FIELD_PUBLISHED, &hidden, rule);
    else if (is_seen && !is_too_late(seen, modified))
        win_date(d, SHEAF_FIELD_PUBLISHED, &seen->published.date, "relative date in the text");
    else if (seen->modified.cost < SHEAF_PAGE_UNSEEN)
        win_date(d, SHEAF_FIELD_PUBLISHED, &seen->modified.date,
                 "date of change in the text, the only date told");
    else if (modified->fact)
        win_date(d, SHEAF_FIELD_PUBLISHED, &modified->date, "date of change, the only date told");
}

static void describe_dates(describer *d) {
    const sheaf_page_seen_date *seen = &d->seen.published;
    dated published = best_date(d, SHEAF_FACT_PUBLISHED);
    dated modified = best_date(d, SHEAF_FACT_MODIFIED);
    if (published.fact && !is_overruled(&published, &modified, seen))
        win_date(d, SHEAF_FIELD_PUBLISHED, &published.date, published.fact->rule);
    else
        describe_other_date(d, &modified);
    if (modified.fact)
        win_date(d, SHEAF_FIELD_MODIFIED, &modified.date, modified.fact->rule);
    else if (d->seen.modified.cost < SHEAF_PAGE_UNSEEN)
        win_date(d, SHEAF_FIELD_MODIFIED, &d->seen.modified.date, "date of change in the text");
}

/* ---- people ------------------------------------------------------------------------------- */

/* Libraries write "Doe, Jane". */
static sheaf_slice turned(describer *d, const sheaf_page_fact *fact) {
    size_t comma = sheaf_slice_find_char(fact->value, 0, ',');
    bool library =
        strcmp(fact->rule, "citation_author") == 0 || strcmp(fact->rule, "DC.creator") == 0;
    if (!library || comma == SIZE_MAX ||
        sheaf_slice_find_char(fact->value, comma + 1, ',') != SIZE_MAX)
        return fact->value;
    sheaf_slice given =
        sheaf_slice_trim(sheaf_slice_part(fact->value, comma + 1, fact->value.size));
    return sheaf_arena_format(&d->article->arena, "%.*s %.*s", SLICE_ARGS(given), (int)comma,
                              fact->value.data);
}

/* The people of all facts of one source. */
static void read_people(describer *d, sheaf_page_people *people, const sheaf_page_fact *source) {
    people->count = 0;
    for (size_t i = 0; i < d->facts.count; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        if (fact->kind != SHEAF_FACT_AUTHOR || fact->rank != source->rank ||
            strcmp(fact->rule, source->rule) != 0)
            continue;
        if (fact->organisation && people->count < SHEAF_PAGE_PEOPLE_MOST)
            people->items[people->count++] = (sheaf_page_person){fact->value, fact->role};
        else
            sheaf_page_people_read(people, &d->article->arena, turned(d, fact), fact->role);
    }
}

static const sheaf_page_fact *next_source(const describer *d, const sheaf_page_fact *after) {
    const sheaf_page_fact *best = NULL;
    for (size_t i = 0; i < d->facts.count; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        if (fact->kind != SHEAF_FACT_AUTHOR ||
            (after && (fact->rank < after->rank || (fact->rank == after->rank && fact <= after))))
            continue;
        if (!best || fact->rank < best->rank)
            best = fact;
    }
    return best;
}

/* How much a list of people is worth: names of people are, names of the house are not. */
static int worth(const describer *d, const sheaf_page_people *people, bool organisation) {
    if (people->count == 0)
        return 0;
    sheaf_slice first = people->items[0].name;
    if (sheaf_page_title_is_site(&d->facts, d->host, first))
        return 1;
    if (organisation)
        return 2;
    return sheaf_page_people_is_name(first) ? 4 : 3;
}

static void describe_people(describer *d) {
    enum { ENOUGH = 4, SOURCES_MOST = 40 };
    sheaf_page_people best = {.count = 0};
    const char *rule = NULL;
    int best_worth = 0;
    const sheaf_page_fact *source = NULL;
    for (int i = 0; i < SOURCES_MOST && best_worth < ENOUGH; i++) {
        sheaf_page_people people;
        source = next_source(d, source);
        if (!source)
            break;
        read_people(d, &people, source);
        int value = worth(d, &people, source->organisation);
        if (value > best_worth) {
            best = people;
            best_worth = value;
            rule = source->rule;
        }
    }
    for (size_t i = 0; i < best.count; i++)
        if (best.count == 1 || best_worth == 1 ||
            !sheaf_page_title_is_site(&d->facts, d->host, best.items[i].name))
            sheaf_article_add_author(d->article, best.items[i].name, best.items[i].role);
    if (rule)
        sheaf_article_reason(d->article, "authors", rule);
}

/* ---- lists --------------------------------------------------------------------------------- */

static void add_keywords(describer *d, const sheaf_page_fact *fact, size_t *left) {
    sheaf_slice value = fact->value;
    for (size_t at = 0; at <= value.size && *left > 0;) {
        size_t end = at;
        while (end < value.size && value.data[end] != ',' && value.data[end] != ';')
            end++;
        sheaf_slice word = sheaf_slice_trim(sheaf_slice_part(value, at, end));
        if (word.size > 0 && word.size <= LONGEST_KEYWORD) {
            sheaf_article_add_keyword(d->article, word);
            *left -= 1;
        }
        at = end + 1;
    }
}

static void describe_keywords(describer *d) {
    const sheaf_page_fact *best = sheaf_page_fact_best(&d->facts, SHEAF_FACT_KEYWORDS);
    size_t left = KEYWORDS_MOST;
    for (size_t i = 0; best && i < d->facts.count; i++)
        if (d->facts.items[i].kind == SHEAF_FACT_KEYWORDS && d->facts.items[i].rank == best->rank)
            add_keywords(d, &d->facts.items[i], &left);
    if (best)
        sheaf_article_reason(d->article, "keywords", best->rule);
}

static bool has_image(const describer *d, sheaf_slice url) {
    for (size_t i = 0; i < d->article->images.count; i++)
        if (sheaf_slice_equal(d->article->images.items[i].url, url))
            return true;
    return false;
}

static void describe_images(describer *d) {
    for (size_t i = 0; i < d->facts.count && d->article->images.count < IMAGES_MOST; i++) {
        const sheaf_page_fact *fact = &d->facts.items[i];
        if (fact->kind != SHEAF_FACT_IMAGE)
            continue;
        sheaf_slice url = absolute(d, fact->value);
        sheaf_slice caption = fact->role;
        sheaf_slice credit = sheaf_page_credit_take(&caption);
        if (is_whole(url) && !has_image(d, url))
            sheaf_article_add_image(d->article, url, caption, credit);
    }
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* What is told in a field need not be told in the text. */
/* told: a field says the same, so a block that is left out is not lost either. */
static void set_aside(describer *d, uint32_t block, const char *why, bool told) {
    enum { SHORT = 300 };
    if (block == SHEAF_PAGE_NONE || block >= d->page->block_count)
        return;
    sheaf_page_block *b = &d->page->blocks[block];
    bool shown = b->verdict == SHEAF_PAGE_KEPT || (b->verdict == SHEAF_PAGE_DROPPED && told);
    if (shown && b->to - b->from <= SHORT) {
        b->verdict = SHEAF_PAGE_ASIDE;
        b->why = why;
    }
}

/* Whether a block names one of the authors that the article was given. */
static bool names_author(const describer *d, uint32_t block) {
    if (block == SHEAF_PAGE_NONE || block >= d->page->block_count)
        return false;
    sheaf_slice text = sheaf_page_block_text(d->page, &d->page->blocks[block]);
    for (size_t i = 0; i < d->article->authors.count; i++)
        if (sheaf_slice_find(text, 0, d->article->authors.items[i].name) != SIZE_MAX)
            return true;
    return false;
}

static void set_aside_date(describer *d, const sheaf_page_seen_date *seen) {
    if (seen->cost < SHEAF_PAGE_UNSEEN)
        set_aside(d, seen->block, "date", false);
}

void sheaf_page_describe(sheaf_article *article, sheaf_page *page, const sheaf_page_hints *hints) {
    describer d = {.article = article, .page = page, .hints = hints};
    d.facts = (sheaf_page_facts){.page = page, .arena = &article->arena};
    sheaf_page_facts_read(&d.facts);
    d.host = find_host(&d);
    const sheaf_page_scratch *scratch = page->scratch;
    d.clock = sheaf_page_clock_of(scratch ? scratch->ago : NULL, hints->retrieved,
                                  said_language(&d), d.host);
    sheaf_page_title_choose(article, &d.facts, d.host);
    sheaf_page_visible_read(&d.facts, &d.seen, article->field[SHEAF_FIELD_HEADLINE], &d.clock);
    describe_addresses(&d);
    describe_dates(&d);
    describe_people(&d);
    win_best(&d, SHEAF_FIELD_DESCRIPTION, SHEAF_FACT_DESCRIPTION);
    win_best(&d, SHEAF_FIELD_SECTION, SHEAF_FACT_SECTION);
    describe_publisher(&d);
    describe_keywords(&d);
    describe_images(&d);
    set_aside(&d, d.seen.title, "headline", article->field[SHEAF_FIELD_HEADLINE].size > 0);
    set_aside(&d, d.seen.people, "byline", names_author(&d, d.seen.people));
    set_aside_date(&d, &d.seen.published);
    set_aside_date(&d, &d.seen.modified);
}
