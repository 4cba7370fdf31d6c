/* page_claims.c - what a page claims of itself and what is not to be believed: dates of
 * other things, names that are addresses, addresses that eat memory. */
#include "page/page.h"

#include "article/article.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "check.h"
#include "page/page_dates.h"
#include "page/page_url.h"

static sheaf_page page;
static sheaf_article article;

static void parse(sheaf_slice html) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_article_reset(&article);
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
}

static void describe(const char *html, const char *url) {
    sheaf_page_hints hints = {.url = sheaf_slice_of(url),
                              .retrieved = SLICE("2026-11-22T12:00:00Z")};
    parse(sheaf_slice_of(html));
    sheaf_page_describe(&article, &page, &hints);
}

static sheaf_slice why_published(void) {
    for (size_t i = 0; i < article.reasons.count; i++)
        if (sheaf_slice_is(article.reasons.items[i].field, "published"))
            return article.reasons.items[i].rule;
    return (sheaf_slice){0};
}

#define PUBLISHED article.field[SHEAF_FIELD_PUBLISHED]
#define MODIFIED article.field[SHEAF_FIELD_MODIFIED]
#define PUBLISHER article.field[SHEAF_FIELD_PUBLISHER]
#define PLAIN_URL "https://www.harbour-post.example/ferry"
#define LD(json) "<script type=\"application/ld+json\">" json "</script>"
#define BODY                                                                                       \
    "<p>The council of Bravik voted on Tuesday to keep the old ferry for another year, after two " \
    "years of quarrels about who should pay for its repair and for the crew that sails it.</p>"    \
    "<p>The boat crosses the bay eleven times a day, and more often in summer, when guests come "  \
    "from all over the coast to see the cliffs and to eat what the fishermen bring home.</p>"      \
    "<p>Nobody else would pay for it, said the mayor, who had counted the votes twice before she " \
    "went home, and who hopes that the new engine lasts longer than the last one did.</p>"

/* ---- dates that words tell --------------------------------------------------------- */

#define SAYS_TODAY "<h1>Ferry sails on</h1><p class=date>Heute, 07.57 Uhr</p>" BODY

TEST(markup_beats_words) {
    describe("<html lang=de>" LD("{\"@type\":\"NewsArticle\",\"datePublished\":"
                                 "\"2024-11-22T06:57:50Z\"}") SAYS_TODAY,
             PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2024-11-22T06:57:50Z");
    CHECK_TEXT(why_published(), "JSON-LD datePublished");
}

TEST(an_address_beats_words) {
    describe("<html lang=de>" SAYS_TODAY, "https://www.harbour-post.example/2024/11/22/ferry");
    CHECK_TEXT(PUBLISHED, "2024-11-22");
    CHECK_TEXT(why_published(), "date in the address");
}

TEST(words_of_a_day_long_after_the_last_change_are_not_believed) {
    describe("<html lang=de><meta property=article:modified_time content=2024-11-22>" SAYS_TODAY,
             PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2024-11-22");
}

TEST(words_count_when_nothing_else_is_told) {
    describe("<html lang=de>" SAYS_TODAY, PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2026-11-22T07:57");
    CHECK_TEXT(why_published(), "relative date in the text");
}

TEST(a_date_near_words_counts_before_them) {
    describe("<html lang=en><h1>Ferry sails on</h1><p>2 days ago</p><p>3 March 2021</p>" BODY,
             PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2021-03-03");
}

/* ---- dates of other things ----------------------------------------------------------- */

#define NOTES(item)                                                                                \
    "<html lang=en><h1>Bravik</h1>" BODY "<h2>References</h2><ol class=references><li>" item       \
    "</li></ol>"

TEST(sources_have_dates_of_their_own) {
    describe(NOTES("^ \"Town\". Town site. Retrieved 3 May 2010."), PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "");
    describe(NOTES("Ode, B. (3 May 2010)."), PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "");
    describe(NOTES("Retrieved 3 May 2010.") "<footer><ul><li>This page was last edited on 5 March "
                                            "2024, at 10:12 (UTC).</li></ul></footer>",
             PLAIN_URL);
    CHECK_TEXT(MODIFIED, "2024-03-05T10:12Z");
    CHECK_TEXT(PUBLISHED, "2024-03-05T10:12Z");
}

TEST(words_tell_of_other_things) {
    static const char *const lines[] = {
        "Retrieved 3 May 2010",     "Archived from the original on 3 May 2010",
        "Accessed: 3 May 2010",     "born 3 May 1950",
        "geboren 3. Mai 1950",      "Abgerufen am 3. Mai 2010",
        "Consulté le 3 mai 2010",   "Consultado el 3 de mayo de 2010",
        "Geraadpleegd 3 mei 2010",  "Hämtad 3 maj 2010",
        "dostęp 3 maja 2010",       "Дата обращения: 3 мая 2010",
        "Erişim tarihi 3 May 2010", "2010年5月3日閲覧"};
    sheaf_page_clock clock = {0};
    sheaf_page_dates dates;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (sheaf_page_dates_line(&dates, sheaf_slice_of(lines[i]), &clock, true) &&
            dates.has_published) {
            check_failures++;
            fprintf(stderr, "\"%s\" is published\n", lines[i]);
        }
    CHECK(sheaf_page_dates_line(&dates, SLICE("Published 3 May 2010, archived 4 June 2012"), &clock,
                                true));
    CHECK_NUMBER(dates.published.year, 2010);
}

TEST(a_date_in_a_list_near_the_headline_counts) {
    describe("<html lang=en><h1>Ferry sails on</h1><ul><li>3 March 2021</li></ul>" BODY, PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2021-03-03");
}

/* ---- other calendars ------------------------------------------------------------------ */

TEST(pages_of_iran_and_thailand_have_dates) {
    describe(
        "<html lang=fa dir=rtl><h1>دیوار بندر</h1><span class=date>سه‌شنبه ۱۵ "
        "اسفند "
        "۱۴۰۲</span>" BODY,
        PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2024-03-05");
    describe("<html lang=th><h1>กำแพงท่าเรือ</h1><div>5 มีนาคม 2567</div>" BODY, PLAIN_URL);
    CHECK_TEXT(PUBLISHED, "2024-03-05");
}

/* ---- publishers ------------------------------------------------------------------------ */

#define HOUSE(name)                                                                                \
    LD("{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"publisher\":{\"@type\":\"Organization\","  \
       "\"name\":\"" name "\"}}")

TEST(a_publisher_is_no_address) {
    describe(HOUSE("https://www.harbour-post.example") "<meta property=og:site_name "
                                                       "content='Harbour Post'><h1>A</h1>" BODY,
             PLAIN_URL);
    CHECK_TEXT(PUBLISHER, "Harbour Post");
    describe(HOUSE("https://www.harbour-post.example") "<h1>A</h1>" BODY, PLAIN_URL);
    CHECK_TEXT(PUBLISHER, "harbour-post.example");
    describe(HOUSE("www.harbour-post.example/") "<h1>A</h1>" BODY, PLAIN_URL);
    CHECK_TEXT(PUBLISHER, "harbour-post.example");
    describe(HOUSE("Harbour.Example") "<h1>A</h1>" BODY, PLAIN_URL);
    CHECK_TEXT(PUBLISHER, "Harbour.Example");
}

/* ---- addresses --------------------------------------------------------------------------- */

static void add_link(sheaf_buffer *html, sheaf_slice base, size_t links) {
    sheaf_buffer_printf(html, "<html><head><base href=\"");
    sheaf_buffer_add(html, base);
    sheaf_buffer_printf(html, "\"></head><body><h1>Ferry sails on</h1>%s<p>Also said: ", BODY);
    for (size_t i = 0; i < links; i++)
        sheaf_buffer_printf(html, "<a href=\"x%zu\">a word</a> ", i);
    sheaf_buffer_printf(html, "</p>%s</body></html>", BODY);
}

static void describe_base(size_t size, size_t links) {
    sheaf_buffer base = {0};
    sheaf_buffer html = {0};
    sheaf_buffer_printf(&base, "https://harbour.example/");
    while (base.size + 1 < size)
        sheaf_buffer_char(&base, 'a');
    sheaf_buffer_char(&base, '/');
    add_link(&html, sheaf_buffer_view(&base), links);
    parse(sheaf_buffer_view(&html));
    sheaf_slice found = sheaf_page_base(&article.arena, &page, SLICE(PLAIN_URL));
    if (size <= 2048)
        CHECK_NUMBER(found.size, size);
    else
        CHECK_TEXT(found, PLAIN_URL);
    sheaf_page_fill(&article, &page);
    sheaf_buffer_clear(&base);
    sheaf_buffer_clear(&html);
}

TEST(a_long_base_does_not_count) {
    describe_base(2048, 2);
    describe_base(2049, 2);
}

/* A page of three megabytes must not ask for gigabytes. */
TEST(a_base_of_megabytes_is_not_copied) {
    describe_base(2 << 20, 1000);
    for (size_t i = 0; i < article.links.count; i++)
        CHECK(article.links.items[i].url.size < 8192);
}

TEST(long_addresses_are_refused) {
    sheaf_slice base = SLICE("https://harbour.example/a/b");
    static char raw[3 * SHEAF_PAGE_URL_MOST];
    memset(raw, 'x', sizeof raw);
    size_t fits = SHEAF_PAGE_URL_MOST - (base.size - 1);
    CHECK_NUMBER(sheaf_page_url(&article.arena, base, sheaf_slice_from(raw, fits)).size,
                 SHEAF_PAGE_URL_MOST);
    CHECK_NUMBER(sheaf_page_url(&article.arena, base, sheaf_slice_from(raw, fits + 1)).size, 0);
    memcpy(raw, "https://x.example/", 18);
    CHECK_NUMBER(
        sheaf_page_url(&article.arena, base, sheaf_slice_from(raw, SHEAF_PAGE_URL_MOST)).size,
        SHEAF_PAGE_URL_MOST);
    CHECK_NUMBER(
        sheaf_page_url(&article.arena, base, sheaf_slice_from(raw, SHEAF_PAGE_URL_MOST + 1)).size,
        0);
    CHECK_TEXT(sheaf_page_url(&article.arena, base, SLICE("../c")), "https://harbour.example/c");
}

/* ---- captions ------------------------------------------------------------------------------ */

TEST(a_credit_in_a_caption_goes_to_the_credit) {
    describe("<html lang=en><h1>Ferry sails on</h1>" BODY
             "<figure><img src=https://harbour.example/f.jpg><figcaption>The ferry at dawn. "
             "(Photograph: Ana Lopez/PA)</figcaption></figure>" BODY,
             PLAIN_URL);
    sheaf_page_fill(&article, &page);
    CHECK_NUMBER(article.images.count, 1);
    CHECK_TEXT(article.images.items[0].caption, "The ferry at dawn.");
    CHECK_TEXT(article.images.items[0].credit, "Ana Lopez/PA");
}

int main(void) {
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    const check_test check_tests[] = {T(markup_beats_words),
                                      T(an_address_beats_words),
                                      T(words_of_a_day_long_after_the_last_change_are_not_believed),
                                      T(words_count_when_nothing_else_is_told),
                                      T(a_date_near_words_counts_before_them),
                                      T(sources_have_dates_of_their_own),
                                      T(words_tell_of_other_things),
                                      T(a_date_in_a_list_near_the_headline_counts),
                                      T(pages_of_iran_and_thailand_have_dates),
                                      T(a_publisher_is_no_address),
                                      T(a_long_base_does_not_count),
                                      T(a_base_of_megabytes_is_not_copied),
                                      T(long_addresses_are_refused),
                                      T(a_credit_in_a_caption_goes_to_the_credit)};
    int status = check_run(check_tests, sizeof check_tests / sizeof *check_tests);
    sheaf_page_clear(&page);
    sheaf_article_clear(&article);
    return status;
}
