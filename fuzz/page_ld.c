/* page_ld.c - fuzzes the reading of JSON-LD: the mending reader by itself, and what
 * a page that holds the bytes says of its article. */
#include <stdlib.h>

#include "article/date.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "page/page.h"
#include "page/page_ld.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise) {
    if (!promise)
        abort();
}

/* The tree is one: parents stand before children, and all strings lie in the script. */
static void check_tree(sheaf_slice script) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    sheaf_ld_tree tree = {.arena = &arena};
    sheaf_ld_tree_read(&tree, script);
    sheaf_ld_tree_read(&tree, script);
    for (size_t i = 0; i < tree.count; i++) {
        const sheaf_ld_node *node = &tree.nodes[i];
        must(i == 0 ? node->parent == SHEAF_LD_NONE : node->parent < i);
        must(node->next == SHEAF_LD_NONE || (node->next > i && node->next < tree.count));
        must(node->first == SHEAF_LD_NONE || (node->first > i && node->first < tree.count));
        must(sheaf_utf8_valid(sheaf_ld_text(&tree, node)));
    }
    sheaf_arena_clear(&arena);
}

/* Values of dates are dates, and no author is empty. */
static void check_page(sheaf_slice script) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_page_hints hints = {.url = SLICE("https://h.example/a"),
                              .retrieved = SLICE("2021-03-03T09:10:00Z")};
    sheaf_page page;
    sheaf_article article;
    sheaf_buffer html = {0};
    sheaf_page_init(&page);
    sheaf_article_init(&article);
    sheaf_buffer_add(&html, SLICE("<h1>A ferry</h1><script type=application/ld+json>"));
    sheaf_buffer_add(&html, script);
    sheaf_buffer_add(&html, SLICE("</script><p class=byline>"));
    sheaf_buffer_add(&html, script);
    if (sheaf_page_parse(&page, sheaf_buffer_view(&html), &limits, NULL) == SHEAF_OK) {
        int64_t first;
        int64_t last;
        sheaf_page_describe(&article, &page, &hints);
        sheaf_slice published = article.field[SHEAF_FIELD_PUBLISHED];
        must(published.size == 0 || sheaf_date_range(published, &first, &last));
        for (size_t i = 0; i < article.authors.count; i++)
            must(article.authors.items[i].name.size > 0);
    }
    sheaf_article_clear(&article);
    sheaf_page_clear(&page);
    sheaf_buffer_clear(&html);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice script = {(const char *)data, size};
    check_tree(script);
    check_page(script);
    return 0;
}
