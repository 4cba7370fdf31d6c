/* page_describe.c - what a page says of its article, source by source. */
#include "page/page.h"

#include "article/article.h"
#include "base/slice.h"
#include "check.h"
#include "page/page_meta.h"

static sheaf_page page;
static sheaf_article article;

/* Describes a page as it would be read: parsed, judged, described. */
static void describe_at(const char *html, const char *url, const char *retrieved) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_page_hints hints = {.url = sheaf_slice_of(url), .retrieved = sheaf_slice_of(retrieved)};
    sheaf_article_reset(&article);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_slice_of(html), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    sheaf_page_describe(&article, &page, &hints);
}

static void describe(const char *html) {
    describe_at(html, "https://www.harbour-post.example/news/ferry", "");
}

static sheaf_slice field(sheaf_field name) {
    return article.field[name];
}

static sheaf_slice why(const char *name) {
    for (size_t i = 0; i < article.reasons.count; i++)
        if (sheaf_slice_is(article.reasons.items[i].field, name))
            return article.reasons.items[i].rule;
    return (sheaf_slice){0};
}

static sheaf_slice author(size_t number) {
    return number < article.authors.count ? article.authors.items[number].name : (sheaf_slice){0};
}

static sheaf_slice role(size_t number) {
    return number < article.authors.count ? article.authors.items[number].role : (sheaf_slice){0};
}

#define HEAD(head)                                                                                 \
    "<!doctype html><html lang=en><head>" head "</head><body><h1>Ferry sails on</h1></body>"
#define LD(json) HEAD("<script type=\"application/ld+json\">" json "</script>")

/* Text long enough that it is a body. */
#define BODY                                                                                       \
    "<p>The council of Bravik voted on Tuesday to keep the old ferry for another year, after two " \
    "years of quarrels about who should pay for its repair and for the crew that sails it.</p>"    \
    "<p>The boat crosses the bay eleven times a day, and more often in summer, when guests come "  \
    "from all over the coast to see the cliffs and to eat what the fishermen bring home.</p>"      \
    "<p>Nobody else would pay for it, said the mayor, who had counted the votes twice before she " \
    "went home, and who hopes that the new engine lasts longer than the last one did.</p>"

/* ---- one source each ---------------------------------------------------------- */

TEST(every_meta_name_is_found) {
    const sheaf_page_meta *entry;
    for (size_t i = 0; (entry = sheaf_page_meta_at(i)) != NULL; i++)
        CHECK(sheaf_page_meta_find(sheaf_slice_of(entry->name)) == entry);
    for (size_t i = 0; (entry = sheaf_page_property_at(i)) != NULL; i++)
        CHECK(sheaf_page_property_find(sheaf_slice_of(entry->name)) == entry);
    CHECK(sheaf_page_meta_find(SLICE("DC.Date.Issued")) != NULL);
    CHECK(sheaf_page_meta_find(SLICE("viewport")) == NULL);
    CHECK(sheaf_page_meta_find(SLICE("autho")) == NULL);
    CHECK(sheaf_page_meta_find(SLICE("authorss")) == NULL);
    CHECK(sheaf_page_property_find(SLICE("price")) == NULL);
}

TEST(meta_tells_most_fields) {
    describe(HEAD("<meta property=og:title content='Ferry sails on'>"
                  "<meta property=og:description content='A narrow vote &amp; a long night'>"
                  "<meta property=article:published_time content=2021-03-03T09:10:00+01:00>"
                  "<meta property=article:modified_time content=2021-03-04T10:00:00+01:00>"
                  "<meta property=article:section content=Coast>"
                  "<meta property=article:tag content=ferry><meta property=article:tag content=bay>"
                  "<meta property=og:site_name content='Harbour Post'>"
                  "<meta property=og:image content=/img/ferry.jpg>"
                  "<meta name=author content='Ana Lopez'>"
                  "<link rel='shortlink canonical' href='https://harbour-post.example/ferry'>"));
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on");
    CHECK_TEXT(field(SHEAF_FIELD_DESCRIPTION), "A narrow vote & a long night");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03T09:10:00+01:00");
    CHECK_TEXT(field(SHEAF_FIELD_MODIFIED), "2021-03-04T10:00:00+01:00");
    CHECK_TEXT(field(SHEAF_FIELD_SECTION), "Coast");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHER), "Harbour Post");
    CHECK_TEXT(field(SHEAF_FIELD_CANONICAL_URL), "https://harbour-post.example/ferry");
    CHECK_TEXT(field(SHEAF_FIELD_URL), "https://www.harbour-post.example/news/ferry");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_NUMBER(article.keywords.count, 2);
    CHECK_NUMBER(article.images.count, 1);
    if (article.images.count)
        CHECK_TEXT(article.images.items[0].url, "https://www.harbour-post.example/img/ferry.jpg");
    CHECK_TEXT(why("published"), "article:published_time");
    CHECK_TEXT(why("authors"), "meta author");
    CHECK_TEXT(why("canonical_url"), "rel=canonical");
}

TEST(cards_name_authors_under_a_label) {
    describe(HEAD("<meta name=twitter:label1 content='Written by'>"
                  "<meta name=twitter:data1 content='Ben Ode'>"
                  "<meta name=twitter:label2 content='Reading time'>"
                  "<meta name=twitter:data2 content='4 minutes'>"));
    CHECK_TEXT(author(0), "Ben Ode");
    CHECK_NUMBER(article.authors.count, 1);
}

TEST(microdata_and_rdfa_are_read) {
    describe("<body itemscope itemtype=https://schema.org/NewsArticle>"
             "<h2 itemprop=headline>Ferry sails on for another year</h2>"
             "<span itemprop=author itemscope><a itemprop=name href=/a>Ana Lopez</a></span>"
             "<meta itemprop=datePublished content=2021-03-03>"
             "<span property='dc:creator'>Ben Ode</span>" BODY);
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on for another year");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(why("published"), "itemprop datePublished");
}

TEST(time_rel_and_address_are_read) {
    describe_at("<body><h1>Ferry sails on</h1><a rel='author nofollow' href=/ana>Ana Lopez</a>"
                "<time datetime='2021-03-03T09:10Z'>last week</time>" BODY,
                "https://h.example/x", "");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03T09:10Z");
    describe_at("<body><h1>Ferry sails on</h1>" BODY, "https://h.example/2021/03/03/ferry", "");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(why("published"), "date in the address");
}

TEST(a_script_of_data_is_the_last_resort) {
    describe("<body><h1>Ferry sails on</h1>" BODY
             "<script>self.data={\"publishedAt\":\"2021-03-03T09:10:00Z\"}</script>");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03T09:10:00Z");
    CHECK_TEXT(why("published"), "date in a script");
}

/* ---- graphs --------------------------------------------------------------------- */

TEST(json_ld_in_one_object) {
    describe(LD("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
                "\"headline\":\"Ferry sails on\",\"datePublished\":\"2021-03-03T09:10:00Z\","
                "\"author\":{\"@type\":\"Person\",\"name\":\"Ana Lopez\",\"jobTitle\":\"Editor\"},"
                "\"publisher\":{\"@type\":\"Organization\",\"name\":\"Harbour Post\"},"
                "\"image\":{\"@type\":\"ImageObject\",\"url\":\"https://h.example/a.jpg\"},"
                "\"articleSection\":[\"Coast\",\"Ships\"],\"keywords\":\"ferry, bay\"}"));
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(role(0), "Editor");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHER), "Harbour Post");
    CHECK_TEXT(field(SHEAF_FIELD_SECTION), "Coast");
    CHECK_TEXT(why("published"), "JSON-LD datePublished");
    CHECK_NUMBER(article.keywords.count, 2);
    CHECK_NUMBER(article.images.count, 1);
}

TEST(json_ld_in_a_graph_with_references) {
    describe(
        LD("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Harbour Post\"},"
           "{\"@type\":[\"Article\",\"NewsArticle\"],\"headline\":\"Ferry sails on\","
           "\"author\":[{\"@id\":\"#ana\"},{\"@id\":\"#ben\"}],\"datePublished\":\"2021-03-03\","
           "\"isPartOf\":{\"@id\":\"#page\"}},"
           "{\"@type\":\"Person\",\"@id\":\"#ana\",\"name\":\"Ana Lopez\"},"
           "{\"@type\":\"Person\",\"@id\":\"#ben\",\"name\":\"Ben Ode\"}]}"));
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(author(1), "Ben Ode");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
}

TEST(json_ld_nested_and_in_arrays) {
    describe(LD(
        "[{\"@type\":\"BreadcrumbList\",\"itemListElement\":[{\"@type\":\"NewsArticle\","
        "\"headline\":\"Another\",\"datePublished\":\"2019-01-01\"}]},"
        "{\"@type\":\"WebPage\",\"name\":\"Page\",\"mainEntity\":{\"@type\":\"LiveBlogPosting\","
        "\"headline\":\"Ferry sails on\",\"datePublished\":\"2021-03-03\",\"author\":\"Ana Lopez\","
        "\"liveBlogUpdate\":[{\"@type\":\"BlogPosting\",\"headline\":\"Update\","
        "\"datePublished\":\"2021-03-05\",\"author\":\"Someone Else\"}]}}]"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_NUMBER(article.authors.count, 1);
}

TEST(json_ld_of_several_scripts) {
    describe(HEAD(
        "<script type=application/ld+json>{\"@type\":\"Organization\",\"name\":\"Harbour Post\"}"
        "</script><script type='application/ld+json'>{\"@type\":\"http://schema.org/NewsArticle\","
        "\"author\":{\"name\":[\"Ana Lopez\",\"Ben "
        "Ode\"]},\"dateCreated\":\"2021-03-03\"}</script>"));
    CHECK_NUMBER(article.authors.count, 2);
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(why("published"), "JSON-LD dateCreated");
}

TEST(broken_json_ld_is_mended) {
    static const char *const scripts[] = {
        /* commas too many, and a line end in a string */
        "{\"@type\":\"NewsArticle\",,\"headline\":\"Ferry\nsails "
        "on\",\"datePublished\":\"2021-03-03\",}",
        /* quotes in a string */
        "{\"@type\":\"NewsArticle\",\"name\":\"The \"old\" "
        "ferry\",\"datePublished\":\"2021-03-03\"}",
        /* wrapped */
        "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-03\"}\n//]]>",
        "<!-- {\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-03\"} -->",
        "/* data */ {\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-03\"};",
        /* escaped */
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2021-03-03&"
        "quot;}",
        /* cut off */
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-03\",\"author\":{\"name\":\"An",
        /* brackets that do not match */
        "[{\"@type\":\"NewsArticle\",\"keywords\":[\"a\",\"datePublished\":1},\"x\"],"
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-03\"}"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        char html[2048];
        snprintf(html, sizeof html, HEAD("<script type=application/ld+json>%s</script>"),
                 scripts[i]);
        describe(html);
        CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    }
}

TEST(references_in_json_ld_are_decoded) {
    describe("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":"
             "\"Ferry &amp;#8217;s <b>last</b> \\u2018year\\u2019\"}</script><body>" BODY);
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry \u2019s last \u2018year\u2019");
}

/* ---- headlines ---------------------------------------------------------------------- */

TEST(the_name_of_the_site_is_taken_off) {
    static const char *const titles[] = {
        "Ferry sails on | Harbour Post", "Ferry sails on - Harbour Post",
        "Harbour Post: Ferry sails on", "Ferry sails on | Whatever this is",
        "Ferry sails on - The Harbour-Post"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char html[2048];
        snprintf(html, sizeof html,
                 "<title>%s</title><meta property=og:site_name content='Harbour Post'><body>" BODY,
                 titles[i]);
        describe(html);
        CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on");
    }
}

TEST(the_headline_is_what_most_sources_say) {
    describe("<title>Best ferries | Post</title><meta property=og:title content='Ferry sails on'>"
             "<body><h1>Harbour Post</h1><h1>Ferry sails on</h1><h1>More</h1>" BODY);
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on");
    describe("<title>Vote on ferry: what it means</title><meta property=og:title content='Vote on "
             "ferry: "
             "what it means'><body><h1>Ferry sails on for another year</h1>" BODY);
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on for another year");
    CHECK_TEXT(field(SHEAF_FIELD_ALTERNATIVE_HEADLINE), "Vote on ferry: what it means");
    describe("<meta property=og:title content='Ferry sails on for a year'>"
             "<body><h1><span>Bravik</span> Ferry sails on for a year</h1>" BODY);
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on for a year");
}

TEST(the_headline_block_leaves_the_text) {
    describe("<body><article><h1>Ferry sails on</h1><p class=byline>By Ana Lopez</p>" BODY
             "</article>");
    for (size_t i = 0; i < page.block_count; i++) {
        sheaf_slice text = sheaf_page_block_text(&page, &page.blocks[i]);
        if (sheaf_slice_is(text, "Ferry sails on") || sheaf_slice_is(text, "By Ana Lopez"))
            CHECK(page.blocks[i].verdict != SHEAF_PAGE_KEPT);
    }
}

/* ---- people --------------------------------------------------------------------------- */

TEST(names_are_parted_and_cleaned) {
    static const struct {
        const char *content;
        const char *first;
        const char *second;
        size_t count;
    } cases[] = {{"By Ana Lopez and Ben Ode", "Ana Lopez", "Ben Ode", 2},
                 {"Ana Lopez, Ben Ode", "Ana Lopez", "Ben Ode", 2},
                 {"Ana Lopez, Science Editor; Ben Ode", "Ana Lopez", "Ben Ode", 2},
                 {"Ana Lopez | Harbour Post", "Ana Lopez", "", 1},
                 {"Ana Lopez, PhD", "Ana Lopez, PhD", "", 1},
                 {"ANA LOPEZ", "Ana Lopez", "", 1},
                 {"Ana Lopez ana@h.example", "Ana Lopez", "", 1},
                 {"Von Ana Lopez und Ben Ode", "Ana Lopez", "Ben Ode", 2},
                 {"Ana Lopez, ana lopez", "Ana Lopez", "", 1},
                 {"https://facebook.com/ana", "", "", 0},
                 {"@analopez", "", "", 0},
                 {"admin", "", "", 0},
                 {"Reuters", "Reuters", "", 1},
                 {"Автор: Анна Петрова", "Анна Петрова", "", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char html[2048];
        snprintf(html, sizeof html, HEAD("<meta name=author content=\"%s\">"), cases[i].content);
        describe(html);
        CHECK_TEXT(author(0), cases[i].first);
        CHECK_TEXT(author(1), cases[i].second);
        CHECK_NUMBER(article.authors.count, cases[i].count);
    }
}

TEST(libraries_turn_names_round) {
    describe(HEAD("<meta name=citation_author content='Lopez, Ana'>"
                  "<meta name=citation_author content='Ode, Ben'>"));
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(author(1), "Ben Ode");
}

TEST(a_person_seen_beats_the_house_in_markup) {
    describe("<meta property=og:site_name content='Harbour Post'>"
             "<meta name=author content='Harbour Post'>"
             "<body><h1>Ferry sails on</h1><p>By Ana Lopez, Coast Reporter</p>" BODY);
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(role(0), "Coast Reporter");
    CHECK_TEXT(why("authors"), "visible byline");
    describe("<meta property=og:site_name content='Harbour Post'>"
             "<meta name=author content='Harbour Post'><body><h1>Ferry sails on</h1>" BODY);
    CHECK_TEXT(author(0), "Harbour Post");
}

TEST(an_element_called_author_names_one) {
    describe(
        "<body><h1>Ferry sails on</h1><div class='post-author'><span class=author-name>Ana Lopez"
        "</span> <span class=author-name>Ben Ode</span></div>" BODY
        "<div class=comments><span class=comment-author>Someone Else</span></div>");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_TEXT(author(1), "Ben Ode");
    CHECK_NUMBER(article.authors.count, 2);
}

TEST(bylines_are_seen_in_many_languages) {
    static const struct {
        const char *line;
        const char *name;
    } cases[] = {{"By Ana Lopez", "Ana Lopez"},
                 {"Von Max Muster", "Max Muster"},
                 {"Par Jeanne Petit", "Jeanne Petit"},
                 {"Por Luis Mora", "Luis Mora"},
                 {"Di Carla Verdi", "Carla Verdi"},
                 {"Door Piet Smit", "Piet Smit"},
                 {"Av Nils Berg", "Nils Berg"},
                 {"Af Lone Holm", "Lone Holm"},
                 {"Автор: Анна Петрова", "Анна Петрова"},
                 {"Text: Max Muster", "Max Muster"},
                 {"Autor: Petr Novák", "Petr Novák"},
                 {"Tekst: Jan Nowak", "Jan Nowak"},
                 {"Oleh Budi Santoso", "Budi Santoso"},
                 {"بقلم أحمد علي", "أحمد علي"},
                 {"מאת דוד כהן", "דוד כהן"},
                 {"作者：王小明", "王小明"},
                 {"김철수 기자", "김철수"},
                 {"Yazan: Ali Demir", "Ali Demir"},
                 {"Szerző: Kovács Anna", "Kovács Anna"},
                 {"Skrevet av Kari Lie", "Kari Lie"},
                 {"Συντάκτης: Νίκος Παπάς", "Νίκος Παπάς"},
                 {"De: Ana Lopez", ""},
                 {"Scris de Ion Pop", "Ion Pop"},
                 {"Tác giả: Nguyễn Văn An", "Nguyễn Văn An"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char html[2048];
        snprintf(html, sizeof html, "<body><h1>Ferry sails on</h1><p>%s</p>" BODY, cases[i].line);
        describe(html);
        CHECK_TEXT(author(0), cases[i].name);
    }
}

/* ---- dates ------------------------------------------------------------------------------ */

#define SEEN(line) "<body><h1>Ferry sails on</h1><p class=small>" line "</p>" BODY

TEST(dates_are_seen_in_many_languages) {
    static const char *const lines[] = {"March 3, 2021",
                                        "3. März 2021, 14:30 Uhr",
                                        "Publié le 3 mars 2021 à 9h10",
                                        "3 de marzo de 2021",
                                        "3 marzo 2021",
                                        "3 maart 2021",
                                        "3 mars 2021",
                                        "3. marts 2021",
                                        "3. maaliskuuta 2021",
                                        "3 marca 2021",
                                        "3. března 2021",
                                        "2021. március 3.",
                                        "3 martie 2021",
                                        "3 марта 2021",
                                        "3 березня 2021",
                                        "3 Mart 2021",
                                        "3 Μαρτίου 2021",
                                        "3 مارس 2021",
                                        "2021年3月3日",
                                        "2021년 3월 3일",
                                        "3 Maret 2021",
                                        "3 de março de 2021",
                                        "Published: Mar 3, 2021",
                                        "03.03.2021",
                                        "Stand: 03.03.21",
                                        "3 मार्च 2021",
                                        "3 ožujka 2021"};
    size_t read = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char html[2048];
        snprintf(html, sizeof html, SEEN("%s"), lines[i]);
        describe(html);
        bool good = sheaf_slice_starts(field(SHEAF_FIELD_PUBLISHED), SLICE("2021-03-03"));
        if (!good)
            fprintf(stderr, "  not read: %s\n", lines[i]);
        read += good;
    }
    CHECK_NUMBER(read, sizeof lines / sizeof *lines);
}

TEST(a_date_of_change_is_no_date_of_publication) {
    describe(SEEN("Published 3 March 2021, updated 5 March 2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(field(SHEAF_FIELD_MODIFIED), "2021-03-05");
    describe(SEEN("Last updated: 5 March 2021"));
    CHECK_TEXT(field(SHEAF_FIELD_MODIFIED), "2021-03-05");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-05");
    CHECK_TEXT(why("published"), "date of change in the text, the only date told");
}

TEST(markup_and_sight_are_weighed) {
    /* a day apart: markup, which knows the zone */
    describe("<meta property=article:published_time content=2021-03-04T02:00:00Z>" SEEN(
        "March 3, 2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-04T02:00:00Z");
    /* years apart: what readers see */
    describe("<meta property=article:published_time content=2024-05-04T02:00:00Z>" SEEN(
        "March 3, 2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    /* but not when it is the date of a change */
    describe(
        "<meta property=article:published_time content=2019-05-04T02:00:00Z>"
        "<meta property=article:modified_time content=2021-03-03T02:00:00Z>" SEEN("March 3, 2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2019-05-04T02:00:00Z");
    CHECK_TEXT(field(SHEAF_FIELD_MODIFIED), "2021-03-03T02:00:00Z");
}

TEST(dates_of_others_are_not_taken) {
    describe("<body><h1>Ferry sails on</h1>" BODY
             "<div class=related-posts><a href=/x>Old boats</a> <span class=date>1 January "
             "2019</span></div>"
             "<footer>Copyright 2021 Harbour Post</footer>");
    CHECK(!sheaf_slice_starts(field(SHEAF_FIELD_PUBLISHED), SLICE("2021")));
}

TEST(figures_are_read_as_the_language_has_them) {
    describe("<html lang=de>" SEEN("04/03/2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-04");
    describe("<html lang=en-US>" SEEN("04/03/2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-04-03");
    describe("<html lang=xx>" SEEN("04/03/2021"));
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "");
}

TEST(relative_dates_need_a_known_time) {
    describe_at(SEEN("3 hours ago"), "https://h.example/x", "");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "");
    describe_at(SEEN("3 hours ago"), "https://h.example/x", "2021-03-03T09:10:00Z");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "2021-03-03");
    CHECK_TEXT(why("published"), "relative date in the text");
}

static int verdict_of(const char *text) {
    for (size_t i = 0; i < page.block_count; i++)
        if (sheaf_slice_is(sheaf_page_block_text(&page, &page.blocks[i]), text))
            return page.blocks[i].verdict;
    return -1;
}

TEST(what_became_a_field_is_not_called_dropped) {
    describe("<!doctype html><html lang=en><body><nav><a href=/>Front page</a></nav>"
             "<div class=page-header><h1>Ferry sails on</h1><div class=author>By Ana Lopez</div>"
             "</div><div class=story>" BODY "</div></body>");
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "Ferry sails on");
    CHECK_TEXT(author(0), "Ana Lopez");
    CHECK_NUMBER(verdict_of("Ferry sails on"), SHEAF_PAGE_ASIDE);
    CHECK_NUMBER(verdict_of("By Ana Lopez"), SHEAF_PAGE_ASIDE);
    CHECK_NUMBER(verdict_of("Front page"), SHEAF_PAGE_DROPPED);
}

TEST(nothing_comes_of_nothing) {
    describe("");
    CHECK_TEXT(field(SHEAF_FIELD_HEADLINE), "");
    CHECK_NUMBER(article.authors.count, 0);
    describe("<script type=application/ld+json></script><meta content=x><time "
             "datetime></time><h1></h1>");
    CHECK_TEXT(field(SHEAF_FIELD_PUBLISHED), "");
}

int main(void) {
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    const check_test tests[] = {T(every_meta_name_is_found),
                                T(meta_tells_most_fields),
                                T(cards_name_authors_under_a_label),
                                T(microdata_and_rdfa_are_read),
                                T(time_rel_and_address_are_read),
                                T(a_script_of_data_is_the_last_resort),
                                T(json_ld_in_one_object),
                                T(json_ld_in_a_graph_with_references),
                                T(json_ld_nested_and_in_arrays),
                                T(json_ld_of_several_scripts),
                                T(broken_json_ld_is_mended),
                                T(references_in_json_ld_are_decoded),
                                T(the_name_of_the_site_is_taken_off),
                                T(the_headline_is_what_most_sources_say),
                                T(the_headline_block_leaves_the_text),
                                T(names_are_parted_and_cleaned),
                                T(libraries_turn_names_round),
                                T(a_person_seen_beats_the_house_in_markup),
                                T(an_element_called_author_names_one),
                                T(bylines_are_seen_in_many_languages),
                                T(dates_are_seen_in_many_languages),
                                T(a_date_of_change_is_no_date_of_publication),
                                T(markup_and_sight_are_weighed),
                                T(dates_of_others_are_not_taken),
                                T(figures_are_read_as_the_language_has_them),
                                T(relative_dates_need_a_known_time),
                                T(what_became_a_field_is_not_called_dropped),
                                T(nothing_comes_of_nothing)};
    int failed = check_run(tests, sizeof tests / sizeof *tests);
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
    return failed;
}
