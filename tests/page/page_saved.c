/* page_saved.c - the comments of programs that save pages. */
#include "page/page_saved.h"

#include "base/slice.h"
#include "check.h"

static sheaf_arena arena;

static sheaf_page_hints saved(const char *text) {
    sheaf_page_hints hints = {0};
    sheaf_page_saved(&hints, sheaf_slice_of(text), &arena);
    return hints;
}

TEST(browsers_tell_the_address) {
    sheaf_page_hints hints =
        saved("<!DOCTYPE html>\n"
              "<!-- saved from url=(0024)https://example.com/news -->\n<html>");
    CHECK_TEXT(hints.url, "https://example.com/news");
    CHECK_TEXT(hints.retrieved, "");
}

TEST(single_file_tells_address_and_time) {
    sheaf_page_hints hints =
        saved("<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n"
              " url: https://example.com/news?x=1 \n"
              " saved date: Sat Nov 12 2022 10:00:07 GMT+0100 (Central European Standard Time)\n"
              "-->");
    CHECK_TEXT(hints.url, "https://example.com/news?x=1");
    CHECK_TEXT(hints.retrieved, "2022-11-12T10:00:07+01:00");
}

TEST(a_crawl_knows_better) {
    sheaf_page_hints hints = {.url = SLICE("https://example.org/a")};
    sheaf_page_saved(&hints, SLICE("<!-- saved from url=(0024)https://example.com/news -->"),
                     &arena);
    CHECK_TEXT(hints.url, "https://example.org/a");
}

TEST(nonsense_gives_nothing) {
    static const char *const texts[] = {"",
                                        "<html>",
                                        "<!-- saved from url=(",
                                        "<!-- saved from url=(0014)about:internet -->",
                                        "<!-- saved from url=(0014)",
                                        "Page saved with SingleFile url: saved date: ",
                                        "Page saved with SingleFile\nurl: x\nsaved date: Sat (",
                                        "Page saved with SingleFile\nsaved date: GMT GMT"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sheaf_page_hints hints = saved(texts[i]);
        CHECK_NUMBER(hints.url.size + hints.retrieved.size, 0);
    }
}

int main(void) {
    sheaf_arena_init(&arena);
    int failed = 0;
    const check_test tests[] = {T(browsers_tell_the_address), T(single_file_tells_address_and_time),
                                T(a_crawl_knows_better), T(nonsense_gives_nothing)};
    failed = check_run(tests, sizeof tests / sizeof *tests);
    sheaf_arena_clear(&arena);
    return failed != 0;
}
