/* url.c - addresses: parsed, found, made equal. */
#include "article/url.h"

#include "base/slice.h"
#include "check.h"

typedef struct pair {
    const char *text;
    const char *wanted;
} pair;

TEST(parses) {
    sheaf_url url;
    CHECK(sheaf_url_parse(&url, SLICE("HTTPS://user:word@www.Example.com:8080/a/b?x=1&y#top")));
    CHECK_TEXT(url.scheme, "HTTPS");
    CHECK_TEXT(url.host, "www.Example.com");
    CHECK_TEXT(url.path, "/a/b");
    CHECK_TEXT(url.query, "x=1&y");
    CHECK(sheaf_url_parse(&url, SLICE("http://a.example")));
    CHECK_TEXT(url.path, "");
    CHECK_TEXT(url.query, "");
    CHECK(sheaf_url_parse(&url, SLICE("http://[::1]:80/x")));
    CHECK_TEXT(url.host, "[::1]");
    CHECK(sheaf_url_parse(&url, SLICE("http://a.example?q#f")));
    CHECK_TEXT(url.query, "q");
    CHECK(sheaf_url_parse(&url, SLICE("http://пример.рф/путь")));
    CHECK_TEXT(url.host, "пример.рф");
}

TEST(refuses) {
    static const char *const rows[] = {"",
                                       "http://",
                                       "http:///path",
                                       "ftp://a.example/",
                                       "//a.example/x",
                                       "a.example/x",
                                       "mailto:x@a.example",
                                       "http://a example/",
                                       "http://a.example/a b",
                                       "http://a.example/\n",
                                       "see http://a.example/",
                                       "http://a.example:99999/",
                                       "http://a.example:x/",
                                       "http://@/",
                                       "http://.example/",
                                       "http://a..example/",
                                       "http://a.example/<b>",
                                       "http://[::1/",
                                       "https:/a.example",
                                       "http://a,b/"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheaf_url url = {.host = SLICE("kept")};
        if (sheaf_url_parse(&url, sheaf_slice_of(rows[i])))
            fprintf(stderr, "%s: taken\n", rows[i]);
        CHECK_TEXT(url.host, "kept");
    }
}

TEST(finds) {
    static const pair rows[] = {
        {"go to https://a.example/x, now", "https://a.example/x"},
        {"(https://a.example/x)", "https://a.example/x"},
        {"https://a.example/x_(y) z", "https://a.example/x_(y)"},
        {"(see https://a.example/x_(y)).", "https://a.example/x_(y)"},
        {"[link](https://a.example/x)", "https://a.example/x"},
        {"<a href=\"http://a.example/?q=1&r=2\">", "http://a.example/?q=1&r=2"},
        {"“https://a.example/x”", "https://a.example/x"},
        {"见https://a.example/x，然后", "https://a.example/x"},
        {"https://a.example/x的", "https://a.example/x"},
        {"https://ru.example/Россия.", "https://ru.example/Россия"},
        {"HTTP://A.EXAMPLE!", "HTTP://A.EXAMPLE"},
        {"http:// and http://b.example", "http://b.example"},
        {"ftp://x.example http://b.example", "http://b.example"},
        {"http://...", NULL},
        {"http://a,b,c", NULL},
        {"no address", NULL},
        {"://", NULL},
        {"", NULL},
        {"https://a.example/web/http://b.example/c", "https://a.example/web/http://b.example/c"},
        {"urlhttps://a.example/x", "https://a.example/x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheaf_slice text = sheaf_slice_of(rows[i].text);
        size_t start = 0;
        size_t end = 0;
        bool found = sheaf_url_find(text, 0, &start, &end);
        CHECK(found == (rows[i].wanted != NULL));
        CHECK_TEXT(sheaf_slice_part(text, start, end), rows[i].wanted ? rows[i].wanted : "");
    }
}

TEST(finds_the_next) {
    sheaf_slice text = SLICE("http://a.example http://b.example");
    size_t start;
    size_t end;
    CHECK(sheaf_url_find(text, 1, &start, &end));
    CHECK_NUMBER(start, 17);
    CHECK(!sheaf_url_find(text, end, &start, &end));
}

TEST(normalises) {
    static const pair rows[] = {
        {"HTTP://Example.COM", "http://example.com/"},
        {"https://a.example:443/X", "https://a.example/X"},
        {"http://a.example:80/", "http://a.example/"},
        {"http://a.example:443/", "http://a.example:443/"},
        {"http://a.example:/", "http://a.example/"},
        {"http://a.example/p#frag", "http://a.example/p"},
        {"http://a.example/p?utm_source=x&id=7&fbclid=y#z", "http://a.example/p?id=7"},
        {"http://a.example/p?UTM_Medium=x&gclid=1", "http://a.example/p"},
        {"http://a.example/p?a=1&&b=2&", "http://a.example/p?a=1&b=2"},
        {"http://a.example?utm=1", "http://a.example/?utm=1"},
        {"http://a.example/p?", "http://a.example/p"},
        {"http://a.example/%D0%B0?q=A", "http://a.example/%D0%B0?q=A"},
        {"http://User@A.example/", "http://User@a.example/"},
        {"/relative", "/relative"},
        {"not a url", "not a url"},
        {"", ""},
    };
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheaf_slice once = sheaf_url_normalise(&arena, sheaf_slice_of(rows[i].text));
        CHECK_TEXT(once, rows[i].wanted);
        CHECK_TEXT(sheaf_url_normalise(&arena, once), rows[i].wanted);
    }
    sheaf_arena_clear(&arena);
}

TEST(names_the_site) {
    CHECK_TEXT(sheaf_url_site(SLICE("https://www.a.example/x")), "a.example");
    CHECK_TEXT(sheaf_url_site(SLICE("https://WWW.a.example:8080")), "a.example");
    CHECK_TEXT(sheaf_url_site(SLICE("http://news.a.example")), "news.a.example");
    CHECK_TEXT(sheaf_url_site(SLICE("http://www.")), "www.");
    CHECK_TEXT(sheaf_url_site(SLICE("a.example")), "");
}

int main(void) {
    RUN(T(parses), T(refuses), T(finds), T(finds_the_next), T(normalises), T(names_the_site));
}
