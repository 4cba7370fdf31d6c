/* html_token.c - the tokenizer: what it says of short pages, all short inputs against
 * the letter of the standard, and inputs made to be slow. */
#include "page/html_token.h"

#include <stdlib.h>
#include <time.h>

#include "base/slice.h"
#include "check.h"
#include "html_judge.h"

/* ---- short pages ---- */

/* The tokens of input, one after the other, in a short notation; the caller frees it. */
static char *told(const char *input, bool foreign) {
    static const char *const marks[] = {"END", "T", "S", "E", "C", "D", "CDATA"};
    sheaf_html html;
    sheaf_html_token token;
    sheaf_buffer out = {0};
    sheaf_html_init(&html, sheaf_slice_of(input));
    html.foreign = foreign;
    for (;;) {
        sheaf_html_next(&html, &token);
        if (token.kind == SHEAF_HTML_END_OF_FILE)
            break;
        sheaf_buffer_printf(&out, "%s(%.*s%.*s%s", marks[token.kind], SLICE_ARGS(token.name),
                            SLICE_ARGS(token.attributes), token.self_closing ? " closed" : "");
        sheaf_html_token_text(&out, &token);
        sheaf_buffer_char(&out, ')');
    }
    sheaf_buffer_char(&out, '\0');
    return out.data;
}

#define CHECK_TOLD(input, wanted) check_told(__LINE__, input, false, wanted)

static void check_told(int line, const char *input, bool foreign, const char *wanted) {
    char *got = told(input, foreign);
    if (strcmp(got, wanted) != 0) {
        check_failures++;
        fprintf(stderr, "%s:%d: %s: got %s, wanted %s\n", __FILE__, line, input, got, wanted);
    }
    free(got);
}

TEST(cuts_a_page_into_tokens) {
    CHECK_TOLD("<!DOCTYPE html><p>Hello, <b>world</b>!</p>",
               "D( html)S(p)T(Hello, )S(b)T(world)E(b)T(!)E(p)");
    CHECK_TOLD("a < b <3 c </", "T(a < b <3 c </)");
    CHECK_TOLD("one<!-- two -->three<!four><?five?></ six>",
               "T(one)C( two )T(three)C(four)C(?five?)C( six)");
    CHECK_TOLD("a</>b", "T(a)T()T(b)");
    CHECK_TOLD("text<a href='no end", "T(text)");
    CHECK_TOLD("", "");
}

TEST(knows_where_a_tag_ends) {
    CHECK_TOLD("<a title=\"x > y\">z", "S(a title=\"x > y\")T(z)");
    CHECK_TOLD("<a title='\">'>z", "S(a title='\">')T(z)");
    CHECK_TOLD("<a it's>z", "S(a it's)T(z)");
    CHECK_TOLD("<a =\">z", "S(a =\")T(z)");
    CHECK_TOLD("<a b=c\"d>z", "S(a b=c\"d)T(z)");
    CHECK_TOLD("<a b=c=\"d>z", "S(a b=c=\"d)T(z)");
    CHECK_TOLD("<br/><br /><a href=x/>", "S(br/ closed)S(br / closed)S(a href=x/)");
    CHECK_TOLD("<a b = \">\" c>z", "S(a b = \">\" c)T(z)");
}

TEST(reads_raw_text_to_its_own_end_tag) {
    CHECK_TOLD("<title>A &amp; <b>B</title>c", "S(title)T(A & <b>B)E(title)T(c)");
    CHECK_TOLD("<style>a &amp; </styles> </STYLE >c", "S(style)T(a &amp; </styles> )E(STYLE )T(c)");
    CHECK_TOLD("<textarea><!--</textarea>-->", "S(textarea)T(<!--)E(textarea)T(-->)");
    CHECK_TOLD("<script>if (a<b) c('</b>')</script>d",
               "S(script)T(if (a<b) c('</b>'))E(script)T(d)");
    CHECK_TOLD("<script></script><script>", "S(script)E(script)S(script)");
    CHECK_TOLD("<plaintext><b></plaintext>", "S(plaintext)T(<b></plaintext>)");
    CHECK_TOLD("<noscript><p>x</noscript>", "S(noscript)S(p)T(x)E(noscript)");
}

TEST(follows_scripts_within_comments_of_scripts) {
    CHECK_TOLD("<script><!-- <script> </script> --></script>x",
               "S(script)T(<!-- <script> </script> -->)E(script)T(x)");
    CHECK_TOLD("<script><!-- </script>x", "S(script)T(<!-- )E(script)T(x)");
    CHECK_TOLD("<script><!--><script></script>x", "S(script)T(<!--><script>)E(script)T(x)");
    CHECK_TOLD("<script><!-- <script> --> </script>x",
               "S(script)T(<!-- <script> --> )E(script)T(x)");
}

TEST(closes_comments_as_browsers_do) {
    CHECK_TOLD("<!-->a<!--->b<!---->c", "C()T(a)C()T(b)C()T(c)");
    CHECK_TOLD("<!--a--!>b", "C(a)T(b)");
    CHECK_TOLD("<!--a--", "C(a)");
    CHECK_TOLD("<!--a--!", "C(a)");
    CHECK_TOLD("<!--a > b -- > c", "C(a > b -- > c)");
}

TEST(reads_cdata_and_styles_of_foreign_content) {
    check_told(__LINE__, "<![CDATA[a]]b]]>c", true, "CDATA(a]]b)T(c)");
    check_told(__LINE__, "<![CDATA[a]]b]]>c", false, "C([CDATA[a]]b]])T(c)");
    check_told(__LINE__, "<style>a<b>", true, "S(style)T(a)S(b)");
}

/* ---- attributes and references ---- */

TEST(takes_attributes_off_a_tag) {
    sheaf_slice raw = SLICE(" a=1 b='2 3' C=\"&amp;\" d / e = f =g a=4");
    static const char *const wanted[][2] = {{"a", "1"}, {"b", "2 3"}, {"C", "&amp;"}, {"d", ""},
                                            {"e", "f"}, {"=g", ""},   {"a", "4"}};
    sheaf_html_attribute one;
    size_t at = 0, count = 0;
    for (; sheaf_html_attribute_next(raw, &at, &one) && count < 7; count++) {
        CHECK_TEXT(one.name, wanted[count][0]);
        CHECK_TEXT(one.value, wanted[count][1]);
    }
    CHECK_NUMBER(count, 7);
    CHECK(!sheaf_html_attribute_next(raw, &at, &one));
}

static void check_unescaped(sheaf_slice text, bool in_attribute, const char *wanted) {
    sheaf_buffer out = {0};
    sheaf_html_unescape(&out, text, in_attribute);
    CHECK_TEXT(sheaf_buffer_view(&out), wanted);
    sheaf_buffer_clear(&out);
}

TEST(decodes_references) {
    check_unescaped(SLICE("&lt;p&gt; &amp;amp; &nbsp;"), false, "<p> &amp; \xC2\xA0");
    check_unescaped(SLICE("&notit; &notin; &not &NotEqualTilde;"), false,
                    "\xC2\xACit; \xE2\x88\x89 \xC2\xAC \xE2\x89\x82\xCC\xB8");
    check_unescaped(SLICE("&CounterClockwiseContourIntegral; &CounterClockwiseContourIntegralx;"),
                    false, "\xE2\x88\xB3 &CounterClockwiseContourIntegralx;");
    check_unescaped(SLICE("&#65;&#x42;&#X43&#0;&#xD800;&#x110000;&#99999999999999999999;"), false,
                    "ABC\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    check_unescaped(SLICE("&#150;&#x93;&#129;"), false, "\xE2\x80\x93\xE2\x80\x9C\xC2\x81");
    check_unescaped(SLICE("& &; &# &#x &#; &#xg; &unknown; &"), false,
                    "& &; &# &#x &#; &#xg; &unknown; &");
}

TEST(leaves_addresses_in_attributes_alone) {
    check_unescaped(SLICE("?a=b&copy=1&lt=2&reg"), true, "?a=b&copy=1&lt=2\xC2\xAE");
    check_unescaped(SLICE("&notit; &notit &amp;x &ampx"), true, "&notit; &notit &x &ampx");
}

TEST(makes_line_ends_and_nul_even) {
    check_unescaped(SLICE("a\rb\r\nc\n\rd&#13;"), false, "a\nb\nc\n\nd\r");
    check_unescaped(SLICE("a\0b"), false, "ab");
    check_unescaped(SLICE("a\0b"), true,
                    "a\xEF\xBF\xBD"
                    "b");
}

/* ---- tags ---- */

TEST(knows_every_tag_in_any_case) {
    for (int i = 1; i < SHEAF_HTML_TAG_COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%s", sheaf_html_tag_name((sheaf_html_tag)i));
        CHECK_NUMBER(sheaf_html_tag_of(sheaf_slice_of(name)), i);
        for (char *c = name; *c; c++)
            if (sheaf_is_lower(*c))
                *c = (char)(*c - 'a' + 'A');
        CHECK_NUMBER(sheaf_html_tag_of(sheaf_slice_of(name)), i);
    }
}

TEST(takes_no_other_name_for_a_tag) {
    static const char *const names[] = {
        "",          "x",    "h7", "h\x11",     "blockquota", "divv", "plaintexx", "figcaption2",
        "custom-el", "\xE1", "di", "s\xE3ript", "@",          "`"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_NUMBER(sheaf_html_tag_of(sheaf_slice_of(names[i])), SHEAF_HTML_OTHER);
    CHECK_NUMBER(sheaf_html_tag_of(SLICE("a\0")), SHEAF_HTML_OTHER);
    CHECK_TEXT(sheaf_slice_of(sheaf_html_tag_name(SHEAF_HTML_OTHER)), "");
}

/* ---- every short input ---- */

/* Judges all tokens of input; false at the first that is wrong. */
static bool judged(sheaf_slice input) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_init(&html, input);
    do {
        sheaf_html before = html;
        sheaf_html_next(&html, &token);
        const char *wrong = judge(&before, &token);
        if (wrong) {
            fprintf(stderr, "%s: %.*s\n", wrong, SLICE_ARGS(input));
            return false;
        }
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
    return true;
}

/* head, then every row of at most most pieces, then tail. */
static bool all_judged(const char *head, const char *const *pieces, size_t count, size_t most,
                       const char *tail) {
    size_t digits[16] = {0};
    for (size_t length = 0; length <= most;) {
        char input[256];
        size_t size = (size_t)snprintf(input, sizeof input, "%s", head);
        for (size_t i = 0; i < length; i++)
            size += (size_t)snprintf(input + size, sizeof input - size, "%s", pieces[digits[i]]);
        size += (size_t)snprintf(input + size, sizeof input - size, "%s", tail);
        if (!judged(sheaf_slice_from(input, size)))
            return false;
        size_t i = 0;
        while (i < length && ++digits[i] == count)
            digits[i++] = 0;
        length += i == length;
    }
    return true;
}

TEST(agrees_with_the_standard_on_every_short_tag) {
    static const char *const pieces[] = {"a", "=", "\"", "'", "/", " ", ">"};
    CHECK(all_judged("<a", pieces, 7, 6, ""));
    CHECK(all_judged("</a ", pieces, 7, 4, "><p class=\"long enough for sixteen bytes\">"));
}

TEST(agrees_with_the_standard_on_every_short_comment) {
    static const char *const pieces[] = {"-", "!", ">", "<", "a"};
    CHECK(all_judged("<!--", pieces, 5, 6, ""));
    CHECK(all_judged("<!--", pieces, 5, 5, "-->"));
}

TEST(agrees_with_the_standard_on_every_short_script) {
    static const char *const pieces[] = {"<", "/", "!", "-", "--", ">", "\r", "script", "x"};
    CHECK(all_judged("<script>", pieces, 9, 5, ""));
    CHECK(all_judged("<script><!--", pieces, 9, 4, "</script>"));
    CHECK(all_judged("<script><!--<script>", pieces, 9, 4, "</script></script>"));
}

TEST(agrees_with_the_standard_on_every_short_text) {
    static const char *const pieces[] = {"<", "/", "!", "?", "a", ">", "&", "\r"};
    CHECK(all_judged("", pieces, 8, 5, ""));
    CHECK(all_judged("more than sixteen bytes", pieces, 8, 4, " and sixteen bytes more<b>"));
    CHECK(all_judged("<title>", pieces, 8, 4, "</title>"));
}

/* ---- inputs made to be slow ---- */

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Reads all that can be read of input; returns how many steps the caller took. */
static size_t read_all(sheaf_slice input, sheaf_buffer *out) {
    sheaf_html html;
    sheaf_html_token token;
    sheaf_html_attribute one;
    size_t steps = 0;
    sheaf_html_init(&html, input);
    do {
        sheaf_html_next(&html, &token);
        sheaf_buffer_reset(out);
        sheaf_html_token_text(out, &token);
        sheaf_html_unescape(out, token.attributes, true);
        for (size_t at = 0; sheaf_html_attribute_next(token.attributes, &at, &one);)
            steps++;
        steps++;
    } while (token.kind != SHEAF_HTML_END_OF_FILE);
    return steps;
}

static sheaf_slice repeated(const char *piece, size_t size) {
    sheaf_buffer out = {0};
    while (out.size < size)
        sheaf_buffer_append(&out, piece, strlen(piece));
    return sheaf_buffer_view(&out);
}

/* A megabyte is some milliseconds of work; where each byte looked at all the others it
 * would be minutes. Two seconds stand between the two on any machine. */
TEST(takes_linear_time_on_the_worst) {
    static const char *const pieces[] = {
        "<",         "</",           "<!",          "<!--",       "<!-- >",
        "--!",       "<!-- -- ",     "&",           "&#",         "&#x",
        "&amp",      "&#1",          "&aaaaaaa",    "<a ",        "<a href=\"",
        "<a b='>",   "<a =",         "=",           "<a = ",      " =",
        "<script>",  "<script><!--", "<script",     "</script",   "<script><!--<script>",
        "<title>",   "</titl",       "<title></t",  "<![CDATA[",  "]]",
        "<!doctype", "<?",           "</>",         "< /",        "<textarea>&",
        "<a/",       "<a b=c",       "<plaintext>", "<style></s", "<svg><![CDATA[]]"};
    sheaf_buffer out = {0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        sheaf_slice input = repeated(pieces[i], (size_t)1 << 20);
        double start = seconds();
        size_t steps = read_all(input, &out);
        double took = seconds() - start;
        CHECK(steps <= input.size + 1);
        CHECK(took < 2);
        free((void *)(uintptr_t)input.data);
    }
    sheaf_buffer_clear(&out);
}

/* The same within one tag and within one raw text. */
TEST(takes_linear_time_within_one_token) {
    static const char *const heads[] = {"<a ",          "<a b=\"", "<script>",
                                        "<script><!--", "<title>", "<!--"};
    static const char *const tails[] = {">", "\">", "</script>", "</script>", "</title>", "-->"};
    static const char *const pieces[] = {"a=", "= ", "/", "<!--", "&", "</scrip", "--", "<script "};
    sheaf_buffer out = {0}, page = {0};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
            sheaf_buffer_reset(&page);
            sheaf_buffer_append(&page, heads[i], strlen(heads[i]));
            while (page.size < (size_t)1 << 19)
                sheaf_buffer_append(&page, pieces[k], strlen(pieces[k]));
            sheaf_buffer_append(&page, tails[i], strlen(tails[i]));
            double start = seconds();
            CHECK(read_all(sheaf_buffer_view(&page), &out) <= page.size + 1);
            CHECK(seconds() - start < 2);
        }
    }
    sheaf_buffer_clear(&out);
    sheaf_buffer_clear(&page);
}

int main(void) {
    RUN(T(cuts_a_page_into_tokens), T(knows_where_a_tag_ends), T(reads_raw_text_to_its_own_end_tag),
        T(follows_scripts_within_comments_of_scripts), T(closes_comments_as_browsers_do),
        T(reads_cdata_and_styles_of_foreign_content), T(takes_attributes_off_a_tag),
        T(decodes_references), T(leaves_addresses_in_attributes_alone),
        T(makes_line_ends_and_nul_even), T(knows_every_tag_in_any_case),
        T(takes_no_other_name_for_a_tag), T(agrees_with_the_standard_on_every_short_tag),
        T(agrees_with_the_standard_on_every_short_comment),
        T(agrees_with_the_standard_on_every_short_script),
        T(agrees_with_the_standard_on_every_short_text), T(takes_linear_time_on_the_worst),
        T(takes_linear_time_within_one_token));
}
