/* page_describe_memory.c - describing a page with every allocation refused in turn.
 *
 * Out of memory or the right result, no leak, and never a row that is silently less
 * than the whole. */

#include "article/row.h"
#include "base/slice.h"
#include "starve.h"
#include "page/page.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

static const char html[] =
    "<!doctype html><html lang=en><head><title>Ferry &amp; bay | Harbour Post</title>"
    "<meta property=og:title content='Ferry &amp; bay'><meta name=keywords content='a, b; c'>"
    "<meta property=og:site_name content='Harbour Post'><meta name=author content='ANA LOPEZ'>"
    "<script "
    "type=application/ld+json>{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;author&quot;:"
    "[{&quot;@id&quot;:&quot;#a&quot;},&quot;Ben Ode&quot;]}</script>"
    "<script type=application/ld+json>{\"@id\":\"#a\",\"@type\":\"Person\",\"name\":\"Ana "
    "L\\u00f3pez\"}"
    "</script></head><body><h1>Ferry &amp; bay</h1><p class=byline>By <a rel=author>Ana Lopez</a>, "
    "Editor, "
    "3 March 2021</p><p>The council of Bravik voted on Tuesday to keep the old ferry for another "
    "year, "
    "after two years of quarrels about who should pay for its repair.</p></body></html>";

static sheaf_status describe(sheaf_buffer *result) {
    sheaf_page page;
    sheaf_article article;
    sheaf_page_hints hints = {.url = SLICE("https://h.example/x"),
                              .retrieved = SLICE("2021-03-04T10:00:00Z")};
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    sheaf_status status = sheaf_page_parse(&page, SLICE(html), &limits, NULL);
    if (status == SHEAF_OK)
        sheaf_page_find(&page);
    if (status == SHEAF_OK && page.failed)
        status = SHEAF_NO_MEMORY;
    if (status == SHEAF_OK) {
        sheaf_page_describe(&article, &page, &hints);
        status = article.arena.failed || page.failed ? SHEAF_NO_MEMORY : SHEAF_OK;
    }
    if (status == SHEAF_OK)
        sheaf_row_write(result, &article);
    if (result->failed)
        status = SHEAF_NO_MEMORY;
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
    return status;
}

TEST(describing_a_page_survives) {
    starve_maker(describe);
}

int main(void) {
    RUN(T(describing_a_page_survives));
}
