/* Selectors, over a page whose table was put together by hand. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "page/selector.h"
#include "check.h"

/*  0 html
 *  1   head
 *  2     meta name="author" content="Mina &amp; Sons"
 *  3   body#top.page
 *  4     div.story.lead  data-kind="a-b c"
 *  5       h1 .title              "Harbour wall gives way"
 *  6       p  .first              "The wall gave way at noon."
 *  7         a rel="Next" href="/x?a=1&b=2"   "noon."
 *  8       p                      "Nobody was hurt."
 *  9       aside.promo            "Read more"
 * 10       p lang="en-GB"         "A crane is on its way."
 * 11     x-box.story              (empty)
 * 12     div                      "Read on"
 * 13       p .a&amp;b             "Read on" */
typedef struct row {
    const char *name;
    uint32_t parent, end, place, text_from, text_to;
    const char *attributes;
} row;

static const row rows[] = {
    {"html", SHEAF_PAGE_NONE, 14, 0, 0, 110, ""},
    {"head", 0, 3, 0, 0, 0, ""},
    {"META", 1, 3, 0, 0, 0, " NAME=\"author\" content='Mina &amp; Sons'"},
    {"body", 0, 14, 1, 0, 110, " id=top class=page"},
    {"div", 3, 11, 0, 0, 101, " class=\"story  lead\" data-kind=\"a-b c\""},
    {"h1", 4, 6, 0, 0, 22, " class=title"},
    {"p", 4, 8, 1, 23, 49, " class='first'"},
    {"a", 6, 8, 0, 44, 49, " rel=Next href=\"/x?a=1&b=2\""},
    {"p", 4, 9, 2, 50, 66, ""},
    {"aside", 4, 10, 3, 67, 76, " class=promo"},
    {"p", 4, 11, 4, 77, 99, " lang=en-GB"},
    {"x-box", 3, 12, 1, 100, 100, " class=story"},
    {"div", 3, 14, 2, 101, 108, ""},
    {"p", 12, 14, 0, 101, 108, " class=\"a&amp;b\""},
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char text[] = "Harbour wall gives way\nThe wall gave way at noon.\nNobody was hurt.\n"
                           "Read more\nA crane is on its way.\n\nRead on";

static sheaf_page_element elements[ROWS];

static uint32_t flags_of(const char *attributes) {
    uint32_t flags = 0;
    if (strstr(attributes, " class="))
        flags |= SHEAF_PAGE_HAS_CLASS;
    if (strstr(attributes, " id="))
        flags |= SHEAF_PAGE_HAS_ID;
    return flags;
}

static sheaf_page make_page(void) {
    sheaf_page page = {.elements = elements, .element_count = ROWS};
    for (size_t i = 0; i < ROWS; i++) {
        elements[i] = (sheaf_page_element){.parent = rows[i].parent,
                                           .end = rows[i].end,
                                           .place = rows[i].place,
                                           .text_from = rows[i].text_from,
                                           .text_to = rows[i].text_to,
                                           .name = sheaf_slice_of(rows[i].name),
                                           .attributes = sheaf_slice_of(rows[i].attributes),
                                           .flags = flags_of(rows[i].attributes)};
        elements[i].tag = (uint16_t)sheaf_html_tag_of(elements[i].name);
    }
    sheaf_buffer_append(&page.text, text, sizeof text - 1);
    return page;
}

/* The numbers that selector matches, as "4 5 9"; or the whole error. */
static const char *matches(const char *selector) {
    static char out[800];
    sheaf_page page = make_page();
    sheaf_selector *compiled;
    sheaf_error error = {0};
    const uint32_t *found;
    size_t count = 0, at = 0;
    *out = '\0';
    if (sheaf_selector_compile(&compiled, sheaf_slice_of(selector), &error) != SHEAF_OK) {
        snprintf(out, sizeof out, "%s", error.message);
    } else {
        sheaf_selection *selection = sheaf_selection_new();
        CHECK(selection && sheaf_selection_begin(selection, &page));
        CHECK(sheaf_selection_find(selection, compiled, &found, &count));
        for (size_t i = 0; i < count; i++)
            at += (size_t)snprintf(out + at, sizeof out - at, "%s%u", i ? " " : "", found[i]);
        sheaf_selection_free(selection);
        sheaf_selector_free(compiled);
    }
    sheaf_buffer_clear(&page.text);
    return out;
}

#define MATCHES(selector, wanted) CHECK_TEXT(sheaf_slice_of(matches(selector)), wanted)

TEST(finds_tags_classes_and_ids) {
    MATCHES("p", "6 8 10 13");
    MATCHES("P", "6 8 10 13");
    MATCHES("meta", "2");
    MATCHES("X-BOX", "11");
    MATCHES("*", "0 1 2 3 4 5 6 7 8 9 10 11 12 13");
    MATCHES(".story", "4 11");
    MATCHES("div.lead.story", "4");
    MATCHES(".STORY", "");
    MATCHES("#top", "3");
    MATCHES("#Top", "");
    MATCHES("body#top.page", "3");
    MATCHES(".sto", "");
    MATCHES("section", "");
}

TEST(compares_attributes_as_html_does) {
    MATCHES("[data-kind]", "4");
    MATCHES("[DATA-KIND='a-b c']", "4");
    MATCHES("[data-kind=\"A-B C\"]", "");
    MATCHES("[data-kind=\"A-B C\" i]", "4");
    MATCHES("[data-kind~=c]", "4");
    MATCHES("[data-kind~=a]", "");
    MATCHES("[data-kind^=a-]", "4");
    MATCHES("[data-kind$=' c']", "4");
    MATCHES("[data-kind*=b]", "4");
    MATCHES("[data-kind*='']", "");
    MATCHES("[lang|=en]", "10");
    MATCHES("[lang|=e]", "");
    MATCHES("[rel=next]", "7");
    MATCHES("[rel=next s]", "");
    MATCHES("[href*='a=1&b']", "7");
    MATCHES("meta[name=author]", "2");
    MATCHES("[content='Mina & Sons']", "2");
    MATCHES("[ class ]", "3 4 5 6 9 11 13");
}

TEST(decodes_references_and_escapes) {
    MATCHES(".a\\&b", "13");
    MATCHES(".a\\26 b", "13");
    MATCHES(".\\73 tory", "4 11");
    MATCHES(".a", "");
}

TEST(follows_combinators) {
    MATCHES("body p", "6 8 10 13");
    MATCHES(".story p", "6 8 10");
    MATCHES(".story > a", "");
    MATCHES(".story a", "7");
    MATCHES("html > body > div > p", "6 8 10 13");
    MATCHES("html>body>.story>p>a", "7");
    MATCHES("h1 + p", "6");
    MATCHES("h1 ~ p", "6 8 10");
    MATCHES("aside+p", "10");
    MATCHES("p + p", "8");
    MATCHES("p ~ aside ~ p", "10");
    MATCHES("div ~ div p", "13");
    MATCHES("x-box + div > p", "13");
    MATCHES("head p", "");
    MATCHES("body body", "");
}

TEST(tries_what_needs_more_than_the_nearest_ancestor) {
    MATCHES("body > div p a", "7");
    MATCHES("html > div a", "");
    MATCHES("html div > p > a", "7");
}

TEST(takes_lists) {
    MATCHES("h1, aside , x-box", "5 9 11");
    MATCHES(".story > p, p", "6 8 10 13");
    MATCHES("head,body > div", "1 4 12");
}

TEST(counts_children) {
    MATCHES(":root", "0");
    MATCHES("body > :first-child", "4");
    MATCHES("p:last-child", "10 13");
    MATCHES("p:only-child", "13");
    MATCHES(".story > :nth-child(2)", "6");
    MATCHES(".story > :nth-child(odd)", "5 8 10");
    MATCHES(".story > :nth-child( even )", "6 9");
    MATCHES(".story > :nth-child(-n+2)", "5 6");
    MATCHES(".story > :nth-child(3n + 1)", "5 9");
    MATCHES(".story > :nth-child(n+4)", "9 10");
    MATCHES(".story > :nth-child(2n-1)", "5 8 10");
    MATCHES("body :empty", "11");
}

TEST(knows_not_is_has_and_contains) {
    MATCHES("p:not(.first)", "8 10 13");
    MATCHES("p:not(.first, [lang])", "8 13");
    MATCHES(":is(h1, aside)", "5 9");
    MATCHES(":where(h1):not(p)", "5");
    MATCHES("p:not(:is(.first, :last-child))", "8");
    MATCHES("div:has(aside)", "4");
    MATCHES("body:has(a)", "3");
    MATCHES("div:has(> a)", "");
    MATCHES("p:has(>a)", "6");
    MATCHES("div:not(:has(h1))", "12");
    MATCHES(":has(> h1, > .promo) > p", "6 8 10");
    MATCHES("p:contains('wall')", "6");
    MATCHES("p:contains(Wall)", "");
    MATCHES("p:contains('Read on')", "13");
    MATCHES("div:contains(\"Read more\") > p", "6 8 10");
    MATCHES("div:has(aside:contains('Read more'))", "4");
    MATCHES("div:has(aside:contains('Read on'))", "");
    MATCHES("p:contains(way)", "6 10");
    MATCHES("p:contains('noon.\nNobody')", "");
}

#define REFUSED(selector, message) MATCHES(selector, message)

TEST(points_at_what_is_wrong) {
    REFUSED("", "the selector is empty\n  \n  ^");
    REFUSED("p >", "expected a selector behind the combinator\n  p >\n     ^");
    REFUSED("> p", "expected a selector, such as p, .class, #id or [attribute]\n  > p\n  ^");
    REFUSED("p..x", "expected a class behind the dot\n  p..x\n    ^");
    REFUSED("é > .x#", "expected an id behind #\n  é > .x#\n         ^");
    REFUSED("p[a", "this [ is not closed\n  p[a\n   ^");
    REFUSED("p[a=x/y]", "expected ]; a value with other signs than letters, digits, - and _ must "
                        "be quoted\n  p[a=x/y]\n       ^");
    REFUSED("p[a!=x]", "expected ] or one of = ~= |= ^= $= *=\n  p[a!=x]\n     ^");
    REFUSED("[a='x]", "this quotation mark is not closed\n  [a='x]\n     ^");
    REFUSED("p:hover", "not known; there are :first-child, :last-child, :only-child, "
                       ":nth-child(), :empty, :root, :is(), :not(), :has() and :contains()\n"
                       "  p:hover\n   ^");
    REFUSED("p::before", "pseudo-elements have no text in a page\n  p::before\n   ^");
    REFUSED("p:not", "expected ( here\n  p:not\n       ^");
    REFUSED("p:not(a b)", "within these brackets only a list without combinators\n  p:not(a b)\n"
                          "          ^");
    REFUSED("p:not(a", "this ( is not closed\n  p:not(a\n       ^");
    REFUSED("a:has(b:has(c))", ":has cannot stand within :has\n  a:has(b:has(c))\n              ^");
    REFUSED("a:nth-child(x)", "expected odd, even, a number, or a step such as 2n+1\n"
                              "  a:nth-child(x)\n              ^");
    REFUSED("a, , b", "expected a selector, such as p, .class, #id or [attribute]\n  a, , b\n"
                      "     ^");
    REFUSED("a$", "not understood here\n  a$\n   ^");
    REFUSED("\xff", "the selector is not valid UTF-8");
}

TEST(shows_the_part_around_the_place_of_a_long_selector) {
    char long_one[400];
    memset(long_one, 'x', sizeof long_one);
    memcpy(long_one + 200, "p..q", 4);
    long_one[300] = '\0';
    const char *got = matches(long_one);
    CHECK(strstr(got, "expected a class behind the dot\n  ...xxx") != NULL);
    CHECK(strstr(got, "xxx...\n") != NULL);
    CHECK(strlen(got) < 300);
}

TEST(has_limits) {
    char many[SHEAF_SELECTOR_BYTES + 3];
    for (size_t i = 0; i < sizeof many - 1; i++)
        many[i] = i % 2 ? ' ' : 'p';
    many[sizeof many - 1] = '\0';
    MATCHES(many, "a selector has at most 2048 bytes");
    many[2 * SHEAF_SELECTOR_COMPOUNDS - 1] = '\0';
    MATCHES(many, "");
    many[2 * SHEAF_SELECTOR_COMPOUNDS - 1] = ' ';
    many[2 * SHEAF_SELECTOR_COMPOUNDS + 1] = '\0';
    CHECK(strstr(matches(many), "the selector has too many parts") != NULL);
    MATCHES(":not(:not(:not(:not(h1))))", "5");
    CHECK(strstr(matches(":not(:not(:not(:not(:not(h1)))))"), "nested too deep") != NULL);
}

TEST(survives_lack_of_memory_at_every_step) {
    const char *selector = "div:not(.x):has(> p, a) > p:is([lang=en], :contains('wall')), .a\\26 b";
    for (uint64_t n = 0; n < 200; n++) {
        sheaf_page page = make_page();
        sheaf_selector *compiled = NULL;
        const uint32_t *found;
        size_t count;
        sheaf_memory_fail_at(n);
        sheaf_status status = sheaf_selector_compile(&compiled, sheaf_slice_of(selector), NULL);
        sheaf_selection *selection = status ? NULL : sheaf_selection_new();
        bool fine = selection && sheaf_selection_begin(selection, &page) &&
                    sheaf_selection_find(selection, compiled, &found, &count);
        sheaf_memory_fail_at(UINT64_MAX);
        CHECK(!status || status == SHEAF_NO_MEMORY);
        if (fine)
            CHECK_NUMBER(count, 2);
        sheaf_selection_free(selection);
        sheaf_selector_free(compiled);
        sheaf_buffer_clear(&page.text);
        if (fine)
            return;
    }
    CHECK(!"it never came through");
}

int main(void) {
    RUN(T(finds_tags_classes_and_ids), T(compares_attributes_as_html_does),
        T(decodes_references_and_escapes), T(follows_combinators),
        T(tries_what_needs_more_than_the_nearest_ancestor), T(takes_lists), T(counts_children),
        T(knows_not_is_has_and_contains), T(points_at_what_is_wrong),
        T(shows_the_part_around_the_place_of_a_long_selector), T(has_limits),
        T(survives_lack_of_memory_at_every_step));
}
