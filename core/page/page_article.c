/* page_article.c - decode, parse, judge, describe, correct, fill. */
#include "page/page_article.h"

#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "page/page_saved.h"
#include "text/encoding.h"

/* Views bytes as UTF-8, by way of text where they are not; notes how. */
static sheaf_slice decode(sheaf_buffer *text, sheaf_article *article, sheaf_slice bytes,
                          sheaf_slice label) {
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(bytes, label, true);
    bool utf8 = strcmp(guess.name, "UTF-8") == 0;
    if (utf8 && sheaf_slice_starts(bytes, SLICE("\xEF\xBB\xBF")))
        bytes = sheaf_slice_part(bytes, 3, bytes.size);
    if (utf8 && (guess.valid_utf8 || sheaf_utf8_valid(bytes)))
        return bytes;
    sheaf_buffer_reset(text);
    size_t bad = sheaf_encoding_to_utf8(text, bytes, guess.name);
    sheaf_slice rule = bad ? sheaf_arena_format(&article->arena, "%s (%s), %zu places unreadable",
                                                guess.name, guess.why, bad)
                           : sheaf_arena_format(&article->arena, "%s (%s)", guess.name, guess.why);
    if (rule.data)
        sheaf_article_reason(article, "encoding", rule.data);
    return sheaf_buffer_view(text);
}

/* Rules are found by the page's address: that of the crawl, or its own. */
static void apply_rules(sheaf_article *article, sheaf_page *page, const sheaf_page_rules *rules) {
    sheaf_slice url = article->field[SHEAF_FIELD_URL];
    if (url.size == 0)
        url = article->field[SHEAF_FIELD_CANONICAL_URL];
    const sheaf_page_rule *rule = sheaf_page_rules_for(rules, url);
    if (rule)
        sheaf_page_rule_apply(rule, article, page);
}

sheaf_status sheaf_page_article(sheaf_article *article, sheaf_page *page, sheaf_buffer *text,
                                sheaf_slice bytes, const sheaf_page_asked *asked,
                                const sheaf_limits *limits, sheaf_error *error) {
    sheaf_page_hints hints = asked->hints;
    sheaf_slice source = decode(text, article, bytes, asked->charset);
    if (text->failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = sheaf_page_parse(page, source, limits, error);
    if (status)
        return status;
    sheaf_page_saved(&hints, source, &article->arena);
    sheaf_page_find(page);
    sheaf_page_describe(article, page, &hints);
    apply_rules(article, page, asked->rules);
    sheaf_page_fill(article, page);
    if (page->failed || article->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return SHEAF_OK;
}
