/* page.c - units of page_parse.c, page_find.c and page_fill.c, on small pages of our own. */
#include "page/page.h"

#include <stdlib.h>

#include "base/slice.h"
#include "starve.h"
#include "page/page_features.h"
#include "page/page_words.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

/* Parses html and gives its blocks as "tag:text|tag:text". */
static const char *blocks_of(const char *html) {
    static char out[8192];
    sheaf_page page;
    size_t at = 0;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_slice_of(html), &limits, NULL), SHEAF_OK);
    out[0] = '\0';
    for (size_t i = 0; i < page.block_count; i++) {
        const sheaf_page_block *block = &page.blocks[i];
        sheaf_slice text = sheaf_page_block_text(&page, block);
        const char *tag = sheaf_html_tag_name((sheaf_html_tag)page.elements[block->element].tag);
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s:%.*s", i ? "|" : "", tag,
                               SLICE_ARGS(text));
    }
    sheaf_page_clear(&page);
    return out;
}

#define BLOCKS(html, wanted) CHECK_TEXT(sheaf_slice_of(blocks_of(html)), wanted)

/* ---- parsing -------------------------------------------------------------------- */

TEST(paragraphs_end_by_themselves) {
    BLOCKS("<p>One<p>Two<div>Three</div>", "p:One|p:Two|div:Three");
    BLOCKS("<p>One <b>bold<p>Two", "p:One bold|p:Two");
    BLOCKS("<p>One<ul><li>Two</ul>Three", "p:One|li:Two|html:Three");
    BLOCKS("<div>One</p>Two</div>", "div:One|div:Two");
    BLOCKS("<p><span>One<div>Two</div></span>", "p:One|div:Two");
}

TEST(items_end_by_themselves) {
    BLOCKS("<ul><li>One<li><div>Two</div><li>Three</ul>", "li:One|div:Two|li:Three");
    BLOCKS("<ul><li>One<ul><li>Two</ul>Three<li>Four</ul>", "li:One|li:Two|li:Three|li:Four");
    BLOCKS("<dl><dt>One<dd>Two<dt>Three<dd>Four</dl>", "dt:One|dd:Two|dt:Three|dd:Four");
}

TEST(cells_and_rows_end_by_themselves) {
    BLOCKS("<table><tr><th>A<th>B<tr><td>1<td>2</table>After", "th:A|th:B|td:1|td:2|html:After");
    BLOCKS("<table><thead><tr><td>A<tbody><tr><td>1<p>2</table>", "td:A|td:1|p:2");
    BLOCKS("<table><caption>C<tr><td>1</table>", "caption:C|td:1");
    BLOCKS("<table><tr><td>a<table><tr><td>b</table>c<td>d</table>", "td:a|td:b|td:c|td:d");
}

TEST(headings_end_by_themselves) {
    BLOCKS("<h2>One<h3>Two</h2>Three", "h2:One|h3:Two|html:Three");
    BLOCKS("<h1>One <em>two</em></h1>", "h1:One two");
}

TEST(end_tags_stay_in_their_cell) {
    BLOCKS("<div><table><tr><td>One</div>Two</td><td>Three</table></div>Four",
           "td:One|td:Two|td:Three|html:Four");
    BLOCKS("<ul><li><table><tr><td>One</li>Two</table></ul>", "td:One|td:Two");
}

TEST(links_end_beyond_blocks) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html = SLICE("<p><a href=x>one <a href=y>two</a> three<div><a>four<p>five</p></a> "
                             "six</div>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    const char *wanted[] = {"one", "two", "four\nfive"};
    size_t found = 0;
    for (size_t i = 0; i < page.element_count; i++)
        if (page.elements[i].tag == SHEAF_HTML_A)
            CHECK_TEXT(sheaf_page_text_of(&page, &page.elements[i]), wanted[found++ % 3]);
    CHECK_NUMBER(found, 3);
    sheaf_page_clear(&page);
}

TEST(breaks_part_blocks_when_double) {
    BLOCKS("<p>One<br>two<br><br>Three<br> &nbsp; <br/>Four</p>", "p:One two|p:Three|p:Four");
    BLOCKS("<div><br><br>One</div>", "div:One");
    BLOCKS("<div>a</br>b</div>", "div:a b");
}

TEST(white_space_is_folded) {
    BLOCKS("<p>  One\n\t two&nbsp;three\xC2\xA0 four </p>", "p:One two three four");
    BLOCKS("<p>so&shy;ft zero\xE2\x80\x8Bwidth thin\xE2\x80\xAFspace wide\xE3\x80\x80space",
           "p:soft zerowidth thin space wide space");
    BLOCKS("<p>A<b> B </b>C<i>D</i></p>", "p:A B CD");
    BLOCKS("<p>   </p><p>&nbsp;</p>", "");
    BLOCKS("<p>caf&eacute; &amp; &lt;bar&gt; \xC2\xAB"
           "quoted\xC2\xBB \xE2\x82\xAC"
           "5",
           "p:caf\xC3\xA9 & <bar> \xC2\xABquoted\xC2\xBB \xE2\x82\xAC"
           "5");
}

TEST(preformatted_text_is_kept) {
    BLOCKS("<pre>  a\n   b</pre>", "pre:a\n   b");
    BLOCKS("<pre><code>if\n  x</code></pre><p>a\n b", "pre:if\n  x|p:a b");
}

TEST(raw_and_foreign_text_is_skipped) {
    BLOCKS("<script>var a = '<p>no';</script><style>p{}</style><p>yes", "p:yes");
    BLOCKS("<p>a<svg><title>no</title><text>no</text><svg></svg><g/></svg>b", "p:ab");
    BLOCKS("<svg><g>no<p>yes", "p:yes");
    BLOCKS("<noscript><p>no</p></noscript><select><option>no</select><p>yes", "p:yes");
    BLOCKS("<template><p>no</p></template><object>no</object><p>yes", "p:yes");
    BLOCKS("<template shadowrootmode=open><p>yes</p></template>", "p:yes");
    BLOCKS("<textarea><p>no</textarea><iframe>no</iframe>yes", "html:yes");
    BLOCKS("<title>no</title><body>yes", "body:yes");
}

TEST(the_head_ends_where_text_begins) {
    BLOCKS("<html><head><title>T</title><meta charset=utf-8><p>One", "p:One");
    BLOCKS("<head><title>T</title> Text", "html:Text");
    BLOCKS("<body>One</body></html> Two", "body:One|body:Two");
    BLOCKS("<html><body>One<body class=x>Two<html lang=de>Three", "body:OneTwoThree");
}

static sheaf_page_element *element_named(sheaf_page *page, const char *id) {
    for (size_t i = 0; i < page->element_count; i++) {
        sheaf_slice value;
        if (sheaf_page_attribute(&page->elements[i], "id", &value) && sheaf_slice_is(value, id))
            return &page->elements[i];
    }
    return NULL;
}

TEST(elements_know_their_place) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html =
        SLICE("<html lang=en><body><nav id=n class='main-menu'>x</nav>"
              "<article id=a><img id=i><p id=p hidden>One <b id=b>two</b></p><p id=q "
              "itemprop=articleBody>Three</p></article><script id=s type=x>raw</script>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_element *article = element_named(&page, "a"), *p = element_named(&page, "p");
    sheaf_page_element *nav = element_named(&page, "n"), *q = element_named(&page, "q");
    CHECK(nav->classes & SHEAF_PAGE_WORD_NAV);
    CHECK(nav->inside & SHEAF_PAGE_IN_NAV);
    CHECK_NUMBER(article->place, 1);
    CHECK_NUMBER(p->place, 1);
    CHECK_NUMBER(p->depth, 3);
    CHECK(&page.elements[p->parent] == article);
    CHECK(p->flags & SHEAF_PAGE_HIDDEN);
    CHECK(p->inside & SHEAF_PAGE_IN_ARTICLE);
    CHECK(q->inside & SHEAF_PAGE_IN_BODY_PROPERTY);
    CHECK_NUMBER(article->end - (size_t)(article - page.elements), 5);
    CHECK_NUMBER(article->first_block, 1);
    CHECK_NUMBER(article->block_end, 3);
    CHECK_TEXT(sheaf_page_text_of(&page, article), "One two\nThree");
    CHECK_TEXT(sheaf_page_text_of(&page, element_named(&page, "b")), "two");
    CHECK_TEXT(element_named(&page, "s")->content, "raw");
    const sheaf_page_block *block = &page.blocks[1];
    CHECK_TEXT(sheaf_slice_part(html, block->source_from, block->source_to), "One <b id=b>two");
    sheaf_page_clear(&page);
}

/* html, count times, as one page. */
static sheaf_status parse_many(const char *html, size_t count, const sheaf_limits *most,
                               sheaf_page *page) {
    sheaf_buffer text = {0};
    for (size_t i = 0; i < count; i++)
        sheaf_buffer_add(&text, sheaf_slice_of(html));
    sheaf_error error;
    sheaf_status status = sheaf_page_parse(page, sheaf_buffer_view(&text), most, &error);
    sheaf_page_find(page);
    sheaf_buffer_clear(&text);
    return status;
}

TEST(depth_is_bounded) {
    sheaf_page page;
    sheaf_page_init(&page);
    CHECK_NUMBER(parse_many("<div>x", 20000, &limits, &page), SHEAF_OK);
    CHECK_NUMBER(page.block_count, 20000);
    CHECK_NUMBER(page.element_count, 20001);
    CHECK_NUMBER(parse_many("<b><table><i><div></b>", 20000, &limits, &page), SHEAF_OK);
    CHECK_NUMBER(parse_many("</div><p></b>", 20000, &limits, &page), SHEAF_OK);
    sheaf_page_clear(&page);
}

TEST(numbers_are_limited) {
    sheaf_page page;
    sheaf_limits few = limits;
    few.block_items = 10;
    sheaf_page_init(&page);
    CHECK_NUMBER(parse_many("<p>x", 10, &few, &page), SHEAF_OK);
    CHECK_NUMBER(parse_many("<p>x", 11, &few, &page), SHEAF_LIMIT);
    few.document_bytes = 20;
    CHECK_NUMBER(parse_many("<p>x", 6, &few, &page), SHEAF_LIMIT);
    CHECK_NUMBER(parse_many("<p>x", 5, &few, &page), SHEAF_OK);
    sheaf_page_clear(&page);
}

/* ---- finding ---------------------------------------------------------------------- */

#define MENU                                                                                       \
    "<header class=site-header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a>"            \
    "<li><a href=/s>Sport</a></ul></nav></header>"
#define FIRST                                                                                      \
    "The council of Bravik voted on Tuesday to keep the ferry that crosses the bay, after two "    \
    "years of quarrels about who should pay for it."
#define SECOND                                                                                     \
    "The boat runs eleven times a day, and more often in summer, when visitors come to see the "   \
    "old harbour and the seals on the rocks."
#define THIRD                                                                                      \
    "Nobody else would have paid for the crossing, said the mayor, who had asked the region for "  \
    "help three times and was refused each time."
#define FOOT                                                                                       \
    "<footer class=site-footer><p>Copyright 2022 Example News. All rights reserved.</p>"           \
    "<a href=/terms>Terms</a></footer>"

static const char news_page[] =
    "<!doctype html><html><head><title>Harbour town keeps its ferry - Example News</title>"
    "<meta property=og:title content='Harbour town keeps its ferry'></head><body>" MENU
    "<main><article class=story><h1>Harbour town keeps its ferry</h1>"
    "<div class=byline>By <a href=/ana>Ana Lopez</a></div>"
    "<figure><img src=/i/ferry.jpg width=800 alt=''><figcaption>The ferry in the bay of Bravik "
    "<span class=credit>Photo: Ben Ode</span></figcaption></figure>"
    "<div class=story-body><p>" FIRST "</p><p>" SECOND " <a href='timetable?day=1'>Timetable</a> "
    "and prices stay as they are for the coming year.</p>"
    "<h2>Who pays</h2><p>" THIRD "</p>"
    "<blockquote><p>We shall see in two years whether the boat pays for itself, and then decide "
    "again.</p></blockquote>"
    "<ul><li>Eleven crossings a day, from six in the morning until midnight in the summer.</li>"
    "<li>Two boats in summer, one of them for cars and lorries of up to seven tonnes.</li></ul>"
    "<p>" SECOND " It has done so since the bridge was closed, and will go on doing so.</p>"
    "<div class=related-links><h3>Read also</h3><ul><li><a href=/1>Bridge stays closed</a>"
    "<li><a href=/2>Seals counted</a></ul></div>"
    "</div></article>"
    "<section class=comments id=comments><h3>Comments</h3><div class=comment><p>I never take that "
    "boat, it is always late and the coffee is bad.</p></div></section></main>"
    "<aside class=sidebar><h3>Most read</h3><ol><li><a href=/3>Storm warning for the coast</a>"
    "<li><a href=/4>Two cats found</a></ol></aside>" FOOT "</body></html>";

static const sheaf_page_block *block_with(const sheaf_page *page, const char *words) {
    for (size_t i = 0; i < page->block_count; i++)
        if (sheaf_slice_find(sheaf_page_block_text(page, &page->blocks[i]), 0,
                             sheaf_slice_of(words)) != SIZE_MAX)
            return &page->blocks[i];
    return NULL;
}

static void check_block(const sheaf_page *page, const char *words, sheaf_page_verdict verdict) {
    const sheaf_page_block *block = block_with(page, words);
    CHECK(block != NULL);
    if (block && block->verdict != verdict)
        fprintf(stderr, "%s: %s (%.3f)\n", words, block->why, (double)block->score);
    CHECK(block && block->verdict == verdict);
    CHECK(block && block->why[0] != '\0');
}

TEST(the_story_is_found) {
    sheaf_page page;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, SLICE(news_page), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    CHECK(!page.failed);
    const char *kept[] = {"The council",  "Who pays",     "Nobody else",
                          "We shall see", "Eleven cross", "since the bridge"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        check_block(&page, kept[i], SHEAF_PAGE_KEPT);
    const char *dropped[] = {"World",     "Ana Lopez", "Seals counted", "I never take",
                             "Most read", "Two cats",  "All rights"};
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        check_block(&page, dropped[i], SHEAF_PAGE_DROPPED);
    check_block(&page, "The ferry in the bay", SHEAF_PAGE_ASIDE);
    CHECK_TEXT(sheaf_slice_of(block_with(&page, "World")->why), "inside nav");
    CHECK_NUMBER(block_with(&page, "Who pays")->kind, SHEAF_BLOCK_HEADING);
    CHECK_NUMBER(block_with(&page, "We shall see")->kind, SHEAF_BLOCK_QUOTE);
    CHECK_NUMBER(block_with(&page, "Eleven cross")->kind, SHEAF_BLOCK_LIST);
    CHECK_NUMBER(block_with(&page, "The council")->kind, SHEAF_BLOCK_PARAGRAPH);
    sheaf_page_clear(&page);
}

TEST(an_article_is_filled) {
    sheaf_page page;
    sheaf_article article;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    CHECK_NUMBER(sheaf_page_parse(&page, SLICE(news_page), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    sheaf_article_set(&article, SHEAF_FIELD_URL, SLICE("https://news.example.org/2022/ferry"));
    sheaf_page_fill(&article, &page);
    CHECK(sheaf_slice_starts(article.field[SHEAF_FIELD_TEXT], SLICE(FIRST "\n\n")));
    CHECK(article.blocks.count >= 7);
    CHECK_NUMBER(article.links.count, 1);
    CHECK_TEXT(article.links.items[0].url, "https://news.example.org/2022/timetable?day=1");
    CHECK_TEXT(article.links.items[0].text, "Timetable");
    CHECK_NUMBER(article.images.count, 1);
    CHECK_TEXT(article.images.items[0].url, "https://news.example.org/i/ferry.jpg");
    CHECK_TEXT(article.images.items[0].caption, "The ferry in the bay of Bravik");
    CHECK_TEXT(article.images.items[0].credit, "Ben Ode");
    const sheaf_block *first = &article.blocks.items[0];
    CHECK_TEXT(sheaf_slice_part(SLICE(news_page), first->source_from, first->source_to), FIRST);
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
}

/* A page with nothing but verdicts of our own making. */
TEST(rows_of_tables_become_one_block) {
    sheaf_page page;
    sheaf_article article;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    sheaf_slice html = SLICE("<table><tr><th>Town<th>Boats<tr><td>Bravik<td>2<tr><td>Oslo<td>9"
                             "</table><p>End.");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    for (size_t i = 0; i < page.block_count; i++)
        page.blocks[i].verdict = SHEAF_PAGE_KEPT;
    page.blocks[3].verdict = SHEAF_PAGE_DROPPED;
    sheaf_page_fill(&article, &page);
    CHECK_TEXT(article.field[SHEAF_FIELD_TEXT], "Town | Boats\n\nBravik\n\nOslo | 9\n\nEnd.");
    CHECK_NUMBER(article.blocks.items[0].kind, SHEAF_BLOCK_TABLE);
    CHECK_NUMBER(article.blocks.items[3].kind, SHEAF_BLOCK_PARAGRAPH);
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
}

TEST(a_story_in_a_script_is_found) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html =
        SLICE("<html><body><div id=root></div><script>window.state = {\"title\": \"Ferry\", "
              "\"html\": \"\\u003cp class=\\\"x\\\"\\u003e" FIRST "\\u003c/p\\u003e\\u003cp\\u003e"
              "" SECOND "\\u003c/p\\u003e\\u003cp\\u003e" THIRD " Caf\\u00e9 owners "
              "agreed.\\u003c/p\\u003e\"};</script></body></html>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    CHECK_NUMBER(page.block_count, 0);
    sheaf_page_find(&page);
    CHECK_NUMBER(page.block_count, 3);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    check_block(&page, "Caf\xC3\xA9 owners", SHEAF_PAGE_KEPT);
    CHECK(page.blocks[2].source_to > page.blocks[2].source_from);
    CHECK(page.blocks[2].source_to <= html.size);
    sheaf_page_clear(&page);
}

TEST(cells_of_a_forum_stay_apart) {
    sheaf_page page;
    sheaf_article article;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    sheaf_slice html = SLICE("<table><tr><td>Sigrid<td><p>Low tide</p><p>at nine</p><td>Reply"
                             "<tr><td>Odd<td>None</table>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    for (size_t i = 0; i < page.block_count; i++) {
        page.blocks[i].verdict = SHEAF_PAGE_KEPT;
        page.blocks[i].kind = SHEAF_BLOCK_TABLE;
    }
    sheaf_page_fill(&article, &page);
    CHECK_TEXT(article.field[SHEAF_FIELD_TEXT],
               "Sigrid\n\nLow tide\n\nat nine\n\nReply\n\nOdd | None");
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
}

static void check_pushed(const char *html) {
    sheaf_page page;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_slice_of(html), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    CHECK_NUMBER(page.block_count, 3);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    check_block(&page, "Caf\xC3\xA9 owners", SHEAF_PAGE_KEPT);
    CHECK(page.blocks[2].source_to > page.blocks[2].source_from);
    CHECK(page.blocks[2].source_to <= strlen(html));
    sheaf_page_clear(&page);
}

TEST(a_story_in_pieces_of_pushed_data_is_found) {
    check_pushed("<div id=app></div><script>self.__next_f.push([0])</script>"
                 "<script>self.__next_f.push([1,\"4:[{\\\"html\\\":\\\"\\\\u003cp\\\\u003e" FIRST
                 "\\\\u003c/p\\\\u003e\\\\u003cp\\\\u003e" SECOND "\"])</script>"
                 "<script>self.__next_f.push([1,\"\\\\u003c/p\\\\u003e\\\\u003cp\\\\u003e" THIRD
                 " Caf\\\\u00e9 owners agreed.\\\\u003c/p\\\\u003e\\\"}]\"])</script>");
}

TEST(a_story_in_a_row_of_pushed_data_is_found) {
    check_pushed(
        "<div id=app></div><script>self.__next_f.push([1,\"3:[\\\"$\\\"]\\n1c:Tfff,"
        "\\u003cp class=\\\"lead\\\"\\u003e" FIRST "\\u003c/p\\u003e\\u003cp\\u003e" SECOND
        "\"])</script><script>self.__next_f.push([1,\"\\u003c/p\\u003e\\u003cp\\u003e" THIRD
        " Caf\\u00e9 owners agreed.\\u003c/p\\u003e\"])</script>");
}

/* What a script holds may break the limits that the page itself keeps. */
TEST(a_story_too_long_for_the_limits_is_left) {
    sheaf_limits few = limits;
    few.block_items = 20;
    sheaf_buffer html = {0};
    sheaf_buffer_add(&html, SLICE("<p>Boats<p>Tides<script>{\"articleBody\": \""));
    for (int i = 0; i < 200; i++)
        sheaf_buffer_add(&html, SLICE("<p>boat"));
    sheaf_buffer_add(&html, SLICE("\"}</script>"));
    sheaf_page page;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_buffer_view(&html), &few, NULL), SHEAF_OK);
    size_t elements = page.element_count, text = page.text.size;
    sheaf_page_find(&page);
    CHECK(!page.failed);
    CHECK_NUMBER(page.block_count, 2);
    CHECK_NUMBER(page.element_count, elements);
    CHECK_NUMBER(page.text.size, text);
    sheaf_page_clear(&page);
    sheaf_buffer_clear(&html);
}

TEST(teasers_beside_the_story_are_dropped) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html = SLICE("<main><h1>Ferry</h1><p>" FIRST "</p><p>" SECOND "</p><p>" THIRD
                             "</p></main><aside><p>Beside " THIRD "</p></aside>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    check_block(&page, "Beside", SHEAF_PAGE_DROPPED);
    sheaf_page_clear(&page);
}

TEST(what_is_said_again_and_again_is_dropped) {
    const char *notice = "<div><p>Our settings keep this map from being shown here, because it "
                         "comes from somebody else and may set cookies of its own.</p></div>";
    sheaf_buffer html = {0};
    sheaf_buffer_add(&html, SLICE("<main><h1>Ferry</h1><p>" FIRST "</p><p>" SECOND "</p>"));
    for (int i = 0; i < 3; i++) {
        sheaf_buffer_add(&html, sheaf_slice_of(notice));
        sheaf_buffer_add(&html, SLICE("<p>" THIRD " It is a long way round by road."));
        for (int k = 0; k <= i; k++)
            sheaf_buffer_add(&html, SLICE(" And longer yet in winter."));
    }
    sheaf_page page;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_buffer_view(&html), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    for (size_t i = 0; i < page.block_count; i++)
        if (sheaf_slice_starts(sheaf_page_block_text(&page, &page.blocks[i]), SLICE("Our set")))
            CHECK_NUMBER(page.blocks[i].verdict, SHEAF_PAGE_DROPPED);
    sheaf_page_clear(&page);
    sheaf_buffer_clear(&html);
}

TEST(a_second_story_is_dropped_whatever_its_classes) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html = SLICE("<title>Ferry stays</title><div><article class=a><h1 class=t9>Ferry "
                             "stays</h1><p>" FIRST "</p><p>" SECOND "</p><p>" THIRD " Nobody knew "
                             "better than she how long the harbour had waited for an answer, and "
                             "how little time there was left to find the money that the region "
                             "had asked for.</p></article></div><div><article class=b><h1 "
                             "class=t5>Seals counted</h1><p>Counting " FIRST "</p><p>" SECOND
                             "</p></article></div>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    check_block(&page, "Counting", SHEAF_PAGE_DROPPED);
    sheaf_page_clear(&page);
}

/* How many blocks are kept of a page with eight headings that are links and text behind
 * each, every pair between these tags. */
static size_t kept_of_list(const char *head, const char *before, const char *after) {
    sheaf_buffer html = {0};
    sheaf_buffer_add(&html, sheaf_slice_of(head));
    for (int i = 1; i <= 8; i++)
        sheaf_buffer_printf(&html,
                            "%s<h2><a href=/a%d>The council of Bravik votes on boat number "
                            "%d</a></h2><p>After %d years of quarrels about who should pay for "
                            "it, the town has found an answer that few people had expected, our "
                            "reporter writes from the harbour.</p>%s",
                            before, i, i, i + 1, after);
    sheaf_page page;
    size_t kept = 0;
    sheaf_page_init(&page);
    CHECK_NUMBER(sheaf_page_parse(&page, sheaf_buffer_view(&html), &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    for (size_t i = 0; i < page.block_count; i++)
        kept += page.blocks[i].verdict == SHEAF_PAGE_KEPT;
    sheaf_page_clear(&page);
    sheaf_buffer_clear(&html);
    return kept;
}

TEST(a_section_has_no_story) {
    const char *section = "<title>Politics</title><main><h1>Politics</h1>";
    const char *article = "<meta property=og:type content=article><title>Eight boats</title>"
                          "<main><h1>Eight boats</h1>";
    CHECK_NUMBER(kept_of_list(section, "<div class=teaser>", "</div>"), 0);
    CHECK(kept_of_list(article, "<div class=teaser>", "</div>") >= 8);
    CHECK(kept_of_list(section, "", "") >= 8);
}

TEST(marks_of_a_wiki_are_not_read) {
    BLOCKS("<h2>Sea<span class='x mw-editsection'>[<a>edit</a>]</span></h2><p>One<sup "
           "class=reference>[1]</sup> two<sup>2</sup>",
           "h2:Sea|p:One two2");
    BLOCKS("<div class=reference><span>One</span></div>", "div:One");
}

/* Some pages hide their story until a script has counted the reader. */
TEST(a_page_all_hidden_is_read) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html = SLICE("<article style='display:none'><h1>Ferry</h1><p>" FIRST
                             "</p><p>" SECOND "</p><p>" THIRD "</p></article>");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    sheaf_page_find(&page);
    check_block(&page, "The council", SHEAF_PAGE_KEPT);
    sheaf_page_clear(&page);
}

TEST(streamed_parts_are_not_hidden) {
    sheaf_page page;
    sheaf_page_init(&page);
    sheaf_slice html = SLICE("<div hidden id=\"S:1f\"><p>Late</p></div><div hidden id=x><p>Never");
    CHECK_NUMBER(sheaf_page_parse(&page, html, &limits, NULL), SHEAF_OK);
    CHECK_NUMBER(page.block_count, 2);
    const uint32_t bit = SHEAF_PAGE_IN_HIDDEN;
    CHECK(!(page.elements[page.blocks[0].element].inside & bit));
    CHECK(page.elements[page.blocks[1].element].inside & bit);
    sheaf_page_clear(&page);
}

TEST(stray_end_tags_close_nothing) {
    BLOCKS("<div>One</section></h2></td></x>Two</div>Three", "div:One|div:Two|html:Three");
    BLOCKS("<h1>One</h2>Two</h1>Three", "h1:One|html:Two|html:Three");
}

TEST(pages_without_text_are_no_trouble) {
    static const char *const pages[] = {
        "",         "<",       "<html>",  "<p>", "<img src=x>", "&", "x", "<table><tr><td>",
        "<script>", "<svg><p", "<title>x"};
    sheaf_page page;
    sheaf_article article;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        CHECK_NUMBER(sheaf_page_parse(&page, sheaf_slice_of(pages[i]), &limits, NULL), SHEAF_OK);
        sheaf_page_find(&page);
        CHECK(!page.failed);
        sheaf_article_reset(&article);
        sheaf_page_fill(&article, &page);
    }
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
}

TEST(a_page_may_be_used_again) {
    sheaf_page page, fresh;
    sheaf_page_init(&page);
    sheaf_page_init(&fresh);
    sheaf_page_parse(&fresh, SLICE(news_page), &limits, NULL);
    sheaf_page_find(&fresh);
    for (int round = 0; round < 3; round++) {
        sheaf_page_parse(&page, SLICE("<div><p>other"), &limits, NULL);
        sheaf_page_find(&page);
        sheaf_page_parse(&page, SLICE(news_page), &limits, NULL);
        sheaf_page_find(&page);
        CHECK_NUMBER(page.block_count, fresh.block_count);
        for (size_t i = 0; i < page.block_count; i++)
            CHECK(page.blocks[i].score == fresh.blocks[i].score);
    }
    sheaf_page_clear(&fresh);
    sheaf_page_clear(&page);
}

/* ---- memory ------------------------------------------------------------------------- */

static sheaf_status read_all(sheaf_buffer *out) {
    sheaf_page page;
    sheaf_article article;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    sheaf_status status = sheaf_page_parse(&page, SLICE(news_page), &limits, NULL);
    if (status == SHEAF_OK)
        sheaf_page_find(&page);
    if (status == SHEAF_OK && !page.failed)
        sheaf_page_fill(&article, &page);
    if (page.failed || article.arena.failed)
        status = SHEAF_NO_MEMORY;
    sheaf_buffer_add(out, article.field[SHEAF_FIELD_TEXT]);
    if (out->failed)
        status = SHEAF_NO_MEMORY;
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
    return status;
}

TEST(every_allocation_may_fail) {
    starve_maker(read_all);
}

int main(void) {
    RUN(T(paragraphs_end_by_themselves), T(items_end_by_themselves),
        T(cells_and_rows_end_by_themselves), T(headings_end_by_themselves),
        T(end_tags_stay_in_their_cell), T(links_end_beyond_blocks),
        T(breaks_part_blocks_when_double), T(white_space_is_folded), T(preformatted_text_is_kept),
        T(raw_and_foreign_text_is_skipped), T(the_head_ends_where_text_begins),
        T(elements_know_their_place), T(depth_is_bounded), T(numbers_are_limited),
        T(the_story_is_found), T(an_article_is_filled), T(rows_of_tables_become_one_block),
        T(a_story_in_a_script_is_found), T(a_story_too_long_for_the_limits_is_left),
        T(teasers_beside_the_story_are_dropped), T(marks_of_a_wiki_are_not_read),
        T(a_page_all_hidden_is_read), T(stray_end_tags_close_nothing),
        T(pages_without_text_are_no_trouble), T(a_page_may_be_used_again),
        T(cells_of_a_forum_stay_apart), T(a_story_in_pieces_of_pushed_data_is_found),
        T(a_story_in_a_row_of_pushed_data_is_found), T(what_is_said_again_and_again_is_dropped),
        T(a_second_story_is_dropped_whatever_its_classes), T(a_section_has_no_story),
        T(streamed_parts_are_not_hidden), T(every_allocation_may_fail));
}
