/* page_find.c - which blocks are the article.
 *
 * Features, scores by the trees, verdicts. A page that shows no story may keep
 * one in a script; one that has none at all gets what looks most like it. */
#include "base/memory.h"
#include "page/page_parts.h"
#include "page/page_trees.h"

_Static_assert(SHEAF_PAGE_FEATURE_COUNT <= 256, "a node has eight bits for its feature");

enum { STORY_LEAST = 25 };

static const float keep_at = 0.55f;
static const float last_resort = 0.2f;
static const float embedded_at = 0.35f; /* there is little else to compare with */

/* Scores of the blocks in doubt; the others have none. */
static bool score_all(sheaf_page *page, const sheaf_page_features *features) {
    size_t count;
    const uint32_t *doubtful = sheaf_page_features_doubtful(features, &count);
    float *scores = sheaf_malloc((count + 1) * sizeof *scores);
    if (!scores)
        return false;
    if (count > 0)
        sheaf_page_trees_score(scores, sheaf_page_features_rows(features), SHEAF_PAGE_FEATURE_COUNT,
                               count);
    for (size_t i = 0; i < page->block_count; i++)
        page->blocks[i].score = 0;
    for (size_t i = 0; i < count; i++)
        page->blocks[doubtful[i]].score = scores[i];
    sheaf_free(scores);
    return true;
}

/* Features and scores of the page as it stands. NULL when memory is out. */
static const sheaf_page_features *look_at(sheaf_page *page) {
    const sheaf_page_features *features = sheaf_page_features_of(page);
    if (features && score_all(page, features))
        return features;
    page->failed = true;
    return NULL;
}

/* The story was in a script: what the page itself shows is none of it. */
static void keep_embedded(sheaf_page *page, size_t first) {
    const sheaf_page_features *features = look_at(page);
    if (!features)
        return;
    sheaf_page_judge(page, features, embedded_at);
    for (size_t i = 0; i < page->block_count; i++) {
        sheaf_page_block *block = &page->blocks[i];
        if (block->verdict != SHEAF_PAGE_KEPT)
            continue;
        block->why = i < first ? "outside the story" : "told in a script only";
        block->verdict = i < first ? SHEAF_PAGE_DROPPED : SHEAF_PAGE_KEPT;
    }
}

void sheaf_page_decide(sheaf_page *page, const sheaf_page_features *features) {
    uint32_t words = sheaf_page_judge(page, features, keep_at);
    size_t blocks = page->block_count;
    if (words < STORY_LEAST && sheaf_page_embedded(page))
        keep_embedded(page, blocks);
    else if (words == 0 && !page->failed)
        sheaf_page_judge(page, features, last_resort);
}

void sheaf_page_find(sheaf_page *page) {
    const sheaf_page_features *features = look_at(page);
    if (features)
        sheaf_page_decide(page, features);
}
