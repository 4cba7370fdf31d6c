/* copies_group.c - what is tied to the same is tied together (union-find).
 *
 * Only articles that have a match take part; they are numbered anew, so that the
 * table is as small as what was found. The root of a tree is its lowest article. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "index/copies.h"

static int compare_articles(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* All articles of the matches, each once, rising. Returns how many. */
static size_t gather(uint32_t *articles, const sheaf_match *matches, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        articles[2 * i] = matches[i].a;
        articles[2 * i + 1] = matches[i].b;
    }
    qsort(articles, 2 * count, sizeof *articles, compare_articles);
    for (size_t i = 0; i < 2 * count; i++) {
        if (kept == 0 || articles[i] != articles[kept - 1])
            articles[kept++] = articles[i];
    }
    return kept;
}

static size_t number_of(const uint32_t *articles, size_t count, uint32_t article) {
    const uint32_t *at = bsearch(&article, articles, count, sizeof *articles, compare_articles);
    return (size_t)(at - articles);
}

static size_t root_of(size_t *parent, size_t i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void tie(size_t *parent, size_t a, size_t b) {
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/* Counting sort by root: the groups come in order of their lowest article. */
static void lay_out(sheaf_groups *groups, size_t *parent, const uint32_t *articles, size_t count) {
    size_t *starts = groups->starts, number = 0;
    for (size_t i = 0; i < count; i++)
        parent[i] = parent[i] == i ? i : root_of(parent, i);
    for (size_t i = 0; i < count; i++) /* roots come before those that hang on them */
        parent[i] = parent[i] == i ? number++ : parent[parent[i]];
    for (size_t i = 0; i < count; i++)
        starts[parent[i] + 1]++;
    for (size_t g = 0; g < number; g++)
        starts[g + 1] += starts[g];
    for (size_t i = 0; i < count; i++)
        groups->members[starts[parent[i]]++] = articles[i];
    for (size_t g = number; g > 0; g--)
        starts[g] = starts[g - 1];
    starts[0] = 0;
    groups->count = number;
}

sheaf_status sheaf_copies_group(sheaf_groups *groups, const sheaf_match *matches, size_t count,
                                sheaf_error *error) {
    sheaf_status status = SHEAF_NO_MEMORY;
    sheaf_groups made = {0};
    uint32_t *articles = sheaf_malloc(2 * count * sizeof *articles);
    size_t kept = articles && count ? gather(articles, matches, count) : 0;
    size_t *parent = sheaf_malloc(kept * sizeof *parent);
    made.members = sheaf_malloc(kept * sizeof *made.members);
    made.starts = sheaf_calloc(kept + 1, sizeof *made.starts);
    if (articles && parent && made.members && made.starts) {
        for (size_t i = 0; i < kept; i++)
            parent[i] = i;
        for (size_t i = 0; i < count; i++)
            tie(parent, number_of(articles, kept, matches[i].a),
                number_of(articles, kept, matches[i].b));
        lay_out(&made, parent, articles, kept);
        *groups = made;
        status = SHEAF_OK;
    } else {
        sheaf_groups_clear(&made);
        sheaf_fail(error, status, "out of memory");
    }
    sheaf_free(articles);
    sheaf_free(parent);
    return status;
}

void sheaf_groups_clear(sheaf_groups *groups) {
    sheaf_free(groups->members);
    sheaf_free(groups->starts);
    *groups = (sheaf_groups){0};
}
