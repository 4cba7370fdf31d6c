/* Rules of sites: which site a page is of, and what they change about it. */
#include "base/memory.h"
#include "base/slice.h"
#include "page/page_rules.h"
#include "check.h"

static const char html[] =
    "<html lang=en><head><title>Wall gives way | The Lantern</title>"
    "<meta property='og:title' content='Wall &amp; crane'></head><body>"
    "<nav>Home</nav><h1 class=title>Harbour wall <b>gives</b> way</h1>"
    "<div class=by><a>By Mina Okafor and Tobias Renn</a><a>Ines Holm</a><a>Ines Holm</a></div>"
    "<time datetime='2021-03-17T09:00:00Z'>today</time>"
    "<div class=story><p>The wall gave way at noon.</p><div class=promo><p>Read more</p></div>"
    "<p>Nobody was hurt.</p></div>"
    "<p class=when>Updated on 18 March 2021 at noon</p>"
    "<ul class=tags><li>harbour<li>walls<li>harbour</ul><p>Follow us</p></body></html>";

static sheaf_page page;
static sheaf_article article;
static sheaf_page_rules *rules;
static sheaf_page_rule *site;

static void begin(sheaf_page_verdict verdict) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    rules = sheaf_page_rules_new();
    site = sheaf_page_rules_add(rules, SLICE("lantern"));
    CHECK(sheaf_page_parse(&page, SLICE(html), &limits, NULL) == SHEAF_OK);
    for (size_t i = 0; i < page.block_count; i++)
        page.blocks[i].verdict = (uint8_t)verdict;
}

static void end(void) {
    sheaf_page_clear(&page);
    sheaf_article_clear(&article);
    sheaf_page_rules_free(rules);
}

static void select_blocks(sheaf_page_rule_kind kind, const char *selector) {
    sheaf_error error = {0};
    sheaf_page_rule_select(site, kind, sheaf_slice_of(selector), &error);
    CHECK_TEXT(sheaf_slice_of(error.message), "");
}

static void field(const char *name, const char *from) {
    sheaf_error error = {0};
    sheaf_page_rule_field(site, sheaf_slice_of(name), sheaf_slice_of(from), &error);
    CHECK_TEXT(sheaf_slice_of(error.message), "");
}

/* The texts that are kept, parted by bars. */
static const char *kept(void) {
    static char out[1000];
    size_t at = 0;
    *out = '\0';
    for (size_t i = 0; i < page.block_count; i++) {
        sheaf_slice text = sheaf_slice_trim(sheaf_page_block_text(&page, &page.blocks[i]));
        if (page.blocks[i].verdict == SHEAF_PAGE_KEPT)
            at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s", at ? "|" : "",
                                   SLICE_ARGS(text));
    }
    return out;
}

static sheaf_slice reason_of(const char *name) {
    for (size_t i = 0; i < article.reasons.count; i++) {
        if (sheaf_slice_is(article.reasons.items[i].field, name))
            return article.reasons.items[i].rule;
    }
    return SLICE("none");
}

#define KEPT(wanted) CHECK_TEXT(sheaf_slice_of(kept()), wanted)

TEST(knows_the_site_by_its_host) {
    sheaf_error error = {0};
    begin(SHEAF_PAGE_DROPPED);
    sheaf_page_rule *other = sheaf_page_rules_add(rules, SLICE("islands"));
    CHECK(!sheaf_page_rule_host(rules, site, SLICE("www.Lantern.example"), NULL));
    CHECK(!sheaf_page_rule_host(rules, other, SLICE("islands.lantern.example"), NULL));
    CHECK(!sheaf_page_rule_host(rules, other, SLICE("lantern.example"), NULL));
    CHECK_NUMBER(sheaf_page_rules_count(rules), 2);
    CHECK(sheaf_page_rules_for(rules, SLICE("https://lantern.example/a")) == site);
    CHECK(sheaf_page_rules_for(rules, SLICE("http://WWW.lantern.example:80/")) == site);
    CHECK(sheaf_page_rules_for(rules, SLICE("https://m.lantern.example/a")) == site);
    CHECK(sheaf_page_rules_for(rules, SLICE("https://x.islands.lantern.example/")) == other);
    CHECK(!sheaf_page_rules_for(rules, SLICE("https://magic-lantern.example/")));
    CHECK(!sheaf_page_rules_for(rules, SLICE("https://example/")));
    CHECK(!sheaf_page_rules_for(rules, SLICE("lantern.example")));
    CHECK(!sheaf_page_rules_for(NULL, SLICE("https://lantern.example/")));
    CHECK(sheaf_page_rule_host(rules, site, SLICE("a/b"), &error) == SHEAF_MISUSE);
    CHECK_TEXT(sheaf_slice_of(error.message), "'a/b' is no host, such as example.com");
    CHECK(sheaf_page_rule_host(rules, site, SLICE(""), &error) == SHEAF_MISUSE);
    end();
}

TEST(keeps_what_the_rule_says_and_nothing_else) {
    begin(SHEAF_PAGE_DROPPED);
    page.blocks[0].verdict = SHEAF_PAGE_KEPT;
    select_blocks(SHEAF_PAGE_RULE_KEEP, ".story");
    select_blocks(SHEAF_PAGE_RULE_KEEP, ".story p");
    select_blocks(SHEAF_PAGE_RULE_DROP, ".promo");
    sheaf_page_rule_apply(site, &article, &page);
    KEPT("The wall gave way at noon.|Nobody was hurt.");
    CHECK_TEXT(sheaf_slice_of(page.blocks[0].why), "rule of the site");
    CHECK(!page.failed);
    end();
}

TEST(looks_only_within_and_leaves_the_rest_to_the_finder) {
    begin(SHEAF_PAGE_KEPT);
    select_blocks(SHEAF_PAGE_RULE_WITHIN, ".story");
    select_blocks(SHEAF_PAGE_RULE_WITHIN, ".when");
    select_blocks(SHEAF_PAGE_RULE_DROP, "[class=promo]");
    sheaf_page_rule_apply(site, &article, &page);
    KEPT("The wall gave way at noon.|Nobody was hurt.|Updated on 18 March 2021 at noon");
    end();
    begin(SHEAF_PAGE_DROPPED);
    select_blocks(SHEAF_PAGE_RULE_WITHIN, ".story");
    sheaf_page_rule_apply(site, &article, &page);
    KEPT("");
    end();
}

TEST(changes_nothing_where_it_finds_nothing) {
    begin(SHEAF_PAGE_KEPT);
    const char *before = kept();
    char copy[1000];
    snprintf(copy, sizeof copy, "%s", before);
    select_blocks(SHEAF_PAGE_RULE_KEEP, ".gone");
    select_blocks(SHEAF_PAGE_RULE_WITHIN, "#gone");
    field("headline", "h2.gone");
    field("authors", "h2.gone");
    sheaf_article_win(&article, SHEAF_FIELD_HEADLINE, SLICE("As found"), "h1");
    sheaf_article_add_author(&article, SLICE("A. Found"), SLICE(""));
    sheaf_page_rule_apply(site, &article, &page);
    KEPT(copy);
    CHECK_TEXT(article.field[SHEAF_FIELD_HEADLINE], "As found");
    CHECK_TEXT(reason_of("headline"), "h1");
    CHECK_NUMBER(article.authors.count, 1);
    end();
}

TEST(leaves_captions_and_headlines_where_they_were_put) {
    begin(SHEAF_PAGE_ASIDE);
    select_blocks(SHEAF_PAGE_RULE_KEEP, ".story");
    select_blocks(SHEAF_PAGE_RULE_DROP, "h1");
    sheaf_page_rule_apply(site, &article, &page);
    KEPT("");
    CHECK_NUMBER(page.blocks[0].verdict, SHEAF_PAGE_ASIDE);
    CHECK_NUMBER(page.blocks[1].verdict, SHEAF_PAGE_DROPPED);
    end();
}

TEST(takes_fields_from_text_and_attributes) {
    begin(SHEAF_PAGE_DROPPED);
    field("headline", "h1.title");
    field("alternative_headline", "meta[property='og:title']@content");
    field("description", "title");
    field("published", ".when");
    field("modified", "time @datetime");
    field("published", "time@datetime");
    field("section", ".none");
    field("section", "nav");
    field("language", "html@lang");
    sheaf_page_rule_apply(site, &article, &page);
    CHECK_TEXT(article.field[SHEAF_FIELD_HEADLINE], "Harbour wall gives way");
    CHECK_TEXT(reason_of("headline"), "rule of lantern");
    CHECK_TEXT(article.field[SHEAF_FIELD_ALTERNATIVE_HEADLINE], "Wall & crane");
    CHECK_TEXT(article.field[SHEAF_FIELD_DESCRIPTION], "Wall gives way | The Lantern");
    CHECK_TEXT(article.field[SHEAF_FIELD_PUBLISHED], "2021-03-18");
    CHECK_TEXT(article.field[SHEAF_FIELD_MODIFIED], "2021-03-17T09:00:00Z");
    CHECK_TEXT(article.field[SHEAF_FIELD_SECTION], "Home");
    CHECK_TEXT(article.field[SHEAF_FIELD_LANGUAGE], "en");
    end();
}

TEST(passes_over_values_that_are_none) {
    begin(SHEAF_PAGE_DROPPED);
    field("published", "h1");
    field("published", "time@datetime");
    field("canonical_url", "time@datetime");
    sheaf_page_rule_apply(site, &article, &page);
    CHECK_TEXT(article.field[SHEAF_FIELD_PUBLISHED], "2021-03-17T09:00:00Z");
    CHECK_TEXT(article.field[SHEAF_FIELD_CANONICAL_URL], "");
    CHECK_TEXT(reason_of("canonical_url"), "none");
    end();
}

TEST(takes_lists_each_item_once_in_place_of_what_was_there) {
    begin(SHEAF_PAGE_DROPPED);
    sheaf_article_add_author(&article, SLICE("The Lantern"), SLICE(""));
    sheaf_article_add_keyword(&article, SLICE("news"));
    sheaf_article_set(&article, SHEAF_FIELD_BYLINE, SLICE("as it was"));
    field("authors", ".by a");
    field("keywords", ".tags li");
    sheaf_page_rule_apply(site, &article, &page);
    CHECK_NUMBER(article.authors.count, 3);
    CHECK_TEXT(article.authors.items[0].name, "Mina Okafor");
    CHECK_TEXT(article.authors.items[1].name, "Tobias Renn");
    CHECK_TEXT(article.authors.items[2].name, "Ines Holm");
    CHECK_TEXT(article.field[SHEAF_FIELD_BYLINE], "as it was");
    CHECK_NUMBER(article.keywords.count, 2);
    CHECK_TEXT(reason_of("authors"), "rule of lantern");
    end();
}

TEST(refuses_what_it_cannot_do) {
    sheaf_error error = {0};
    begin(SHEAF_PAGE_DROPPED);
    CHECK(sheaf_page_rule_field(site, SLICE("text"), SLICE("p"), &error) == SHEAF_MISUSE);
    CHECK_TEXT(sheaf_slice_of(error.message), "no rule can give the field 'text'");
    CHECK(sheaf_page_rule_field(site, SLICE("headline"), SLICE("time@"), &error) == SHEAF_MISUSE);
    CHECK_TEXT(sheaf_slice_of(error.message), "expected the name of an attribute behind @");
    CHECK(sheaf_page_rule_field(site, SLICE("headline"), SLICE("@content"), &error) ==
          SHEAF_MISUSE);
    CHECK(sheaf_page_rule_select(site, SHEAF_PAGE_RULE_DROP, SLICE("p["), &error) == SHEAF_MISUSE);
    CHECK(!sheaf_page_rule_field(site, SLICE("headline"), SLICE("[a='x@y']"), &error));
    end();
}

TEST(takes_only_so_many_selectors) {
    sheaf_error error = {0};
    begin(SHEAF_PAGE_DROPPED);
    for (int i = 0; i < SHEAF_PAGE_RULE_SELECTORS; i++)
        CHECK(!sheaf_page_rule_select(site, i % SHEAF_PAGE_RULE_COUNT, SLICE("p"), &error));
    CHECK(sheaf_page_rule_select(site, SHEAF_PAGE_RULE_KEEP, SLICE("p"), &error) == SHEAF_LIMIT);
    for (int i = 0; i < SHEAF_PAGE_RULE_ALTERNATIVES; i++)
        CHECK(!sheaf_page_rule_field(site, SLICE("section"), SLICE("h1"), &error));
    CHECK(sheaf_page_rule_field(site, SLICE("section"), SLICE("h1"), &error) == SHEAF_LIMIT);
    CHECK(!sheaf_page_rule_field(site, SLICE("headline"), SLICE("h1"), &error));
    end();
}

TEST(takes_only_so_many_parts_of_selectors) {
    sheaf_error error = {0};
    sheaf_slice four = SLICE("a, b > c:has(d)");
    begin(SHEAF_PAGE_DROPPED);
    for (int i = 0; i < SHEAF_PAGE_RULE_COMPOUNDS / 4 - 1; i++)
        CHECK(!sheaf_page_rule_select(site, SHEAF_PAGE_RULE_KEEP, four, &error));
    CHECK(!sheaf_page_rule_field(site, SLICE("section"), four, &error));
    CHECK(sheaf_page_rule_field(site, SLICE("section"), SLICE("p"), &error) == SHEAF_LIMIT);
    CHECK(sheaf_page_rule_select(site, SHEAF_PAGE_RULE_KEEP, SLICE("p"), &error) == SHEAF_LIMIT);
    end();
}

/* Fills the rules and applies them with allocation n failing; true when all was well. */
static bool apply_failing(uint64_t n) {
    static const char *const fields[] = {"headline", "authors", "keywords", "published"};
    static const char *const from[] = {"h1", ".by a", ".tags li", "time@datetime"};
    bool fine = true;
    sheaf_memory_fail_at(n);
    fine &= !sheaf_page_rule_host(rules, site, SLICE("lantern.example"), NULL);
    for (size_t i = 0; i < 4; i++)
        fine &=
            !sheaf_page_rule_field(site, sheaf_slice_of(fields[i]), sheaf_slice_of(from[i]), NULL);
    fine &= !sheaf_page_rule_select(site, SHEAF_PAGE_RULE_KEEP, SLICE(".story p"), NULL);
    fine &= !sheaf_page_rule_select(site, SHEAF_PAGE_RULE_DROP, SLICE("p:has(b)"), NULL);
    if (fine)
        sheaf_page_rule_apply(site, &article, &page);
    sheaf_memory_fail_at(UINT64_MAX);
    return fine && !page.failed;
}

TEST(survives_lack_of_memory_at_every_step) {
    bool done = false;
    for (uint64_t n = 0; n < 400 && !done; n++) {
        begin(SHEAF_PAGE_DROPPED);
        done = apply_failing(n);
        if (done)
            KEPT("The wall gave way at noon.|Read more|Nobody was hurt.");
        end();
    }
    CHECK(done);
}

int main(void) {
    RUN(T(knows_the_site_by_its_host), T(keeps_what_the_rule_says_and_nothing_else),
        T(looks_only_within_and_leaves_the_rest_to_the_finder),
        T(changes_nothing_where_it_finds_nothing),
        T(leaves_captions_and_headlines_where_they_were_put),
        T(takes_fields_from_text_and_attributes), T(passes_over_values_that_are_none),
        T(takes_lists_each_item_once_in_place_of_what_was_there), T(refuses_what_it_cannot_do),
        T(takes_only_so_many_selectors), T(takes_only_so_many_parts_of_selectors),
        T(survives_lack_of_memory_at_every_step));
}
