/* search.c - random queries on random articles, against an evaluator that knows no index.
 *
 * The evaluator goes through the words of every article for every part of the
 * query, and lists every pair of places. What it finds, and how it ranks, is what
 * searches have to find, with the articles in one segment or in several. */
#include <math.h>

#include "check.h"
#include "collection.h"
#include "index/merge.h"

enum { ARTICLES = 700, VOCABULARY = 60, SPANS = 4096 };

static made_article *articles;

/* ---- the evaluator -------------------------------------------------------------- */

typedef struct span {
    uint32_t from, to;
} span;

typedef struct spans {
    span items[SPANS];
    size_t count;
} spans;

static bool word_matches(const sheaf_query_node *term, unsigned word) {
    char text[16];
    int size = snprintf(text, sizeof text, "w%u", word);
    sheaf_slice slice = {text, (size_t)size};
    if (term->match == SHEAF_MATCH_PREFIX)
        return sheaf_slice_starts(slice, term->key);
    if (term->match == SHEAF_MATCH_FUZZY)
        return sheaf_query_fuzzy_match(term->key, slice, term->edits);
    return sheaf_slice_equal(slice, term->key);
}

static const unsigned field_lists[] = {SHEAF_LIST_HEADLINE, SHEAF_LIST_KEYWORDS, SHEAF_LIST_AUTHORS,
                                       SHEAF_LIST_TEXT, SHEAF_LIST_SITE};

static bool in_list(unsigned field, unsigned list) {
    return list == SHEAF_LIST_ALL ? field != SHEAF_INDEX_SITE : field_lists[field] == list;
}

/* Slots count through all fields with gaps, or, in a field of its own list, from 0. */
static void term_spans(const made_article *a, const sheaf_query_node *term, spans *out) {
    uint32_t base = 0;
    bool own = term->list != SHEAF_LIST_ALL && term->list != SHEAF_LIST_TEXT;
    out->count = 0;
    for (unsigned field = 0; field < SHEAF_INDEX_FIELDS; field++) {
        for (size_t i = 0; i < a->count[field] && in_list(field, term->list); i++) {
            uint32_t at = (uint32_t)i + (own ? 0 : base);
            if (word_matches(term, a->words[field][i]) && out->count < SPANS)
                out->items[out->count++] = (span){at, at};
        }
        base += (uint32_t)a->count[field] + 100000;
    }
}

static void add_span(spans *out, span s) {
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].from == s.from && out->items[i].to == s.to)
            return;
    }
    if (out->count < SPANS)
        out->items[out->count++] = s;
}

static void find_spans(const made_article *a, const sheaf_query_node *n, spans *out);

static bool has_at(const spans *s, uint32_t at) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->items[i].from == at)
            return true;
    }
    return false;
}

static void phrase_spans(const made_article *a, const sheaf_query_node *n, spans *out) {
    spans *parts = calloc(n->count, sizeof *parts);
    uint32_t length = n->parts[n->count - 1]->offset - n->parts[0]->offset;
    for (size_t i = 0; i < n->count; i++)
        term_spans(a, n->parts[i], &parts[i]);
    for (size_t i = 0; i < parts[0].count; i++) {
        uint32_t from = parts[0].items[i].from;
        bool all = true;
        for (size_t j = 1; j < n->count; j++)
            all = all && has_at(&parts[j], from + n->parts[j]->offset - n->parts[0]->offset);
        if (all)
            add_span(out, (span){from, from + length});
    }
    free(parts);
}

static void near_spans(const made_article *a, const sheaf_query_node *n, spans *out) {
    spans *parts = calloc(2, sizeof *parts);
    find_spans(a, n->parts[0], &parts[0]);
    find_spans(a, n->parts[1], &parts[1]);
    for (size_t i = 0; i < parts[0].count; i++) {
        for (size_t j = 0; j < parts[1].count; j++) {
            span l = parts[0].items[i], r = parts[1].items[j];
            if (r.from > l.to && r.from - l.to <= n->distance)
                add_span(out, (span){l.from, r.to});
            if (!n->ordered && l.from > r.to && l.from - r.to <= n->distance)
                add_span(out, (span){r.from, l.to});
        }
    }
    free(parts);
}

static void find_spans(const made_article *a, const sheaf_query_node *n, spans *out) {
    out->count = 0;
    if (n->kind == SHEAF_QUERY_TERM)
        term_spans(a, n, out);
    else if (n->kind == SHEAF_QUERY_PHRASE)
        phrase_spans(a, n, out);
    else if (n->kind == SHEAF_QUERY_NEAR)
        near_spans(a, n, out);
    else if (n->kind == SHEAF_QUERY_OR) {
        spans *one = calloc(1, sizeof *one);
        for (size_t i = 0; i < n->count; i++) {
            find_spans(a, n->parts[i], one);
            for (size_t j = 0; j < one->count; j++)
                add_span(out, one->items[j]);
        }
        free(one);
    }
}

static bool column_holds(size_t number, const sheaf_query_node *n) {
    return n->column == SHEAF_COLUMN_LANGUAGE ? number % 3 == 0 : number % 4 < 2;
}

static bool matches(size_t number, const sheaf_query_node *n) {
    bool any = false, all = true;
    static spans found;
    switch (n->kind) {
    case SHEAF_QUERY_AND:
    case SHEAF_QUERY_OR:
        for (size_t i = 0; i < n->count; i++) {
            bool one = matches(number, n->parts[i]);
            any = any || one;
            all = all && one;
        }
        return n->kind == SHEAF_QUERY_AND ? all : any;
    case SHEAF_QUERY_NOT: return !matches(number, n->parts[0]);
    case SHEAF_QUERY_COLUMN: return column_holds(number, n);
    case SHEAF_QUERY_ALL: return true;
    case SHEAF_QUERY_NOTHING: return false;
    case SHEAF_QUERY_TERM:
    case SHEAF_QUERY_PHRASE:
    case SHEAF_QUERY_NEAR: break;
    }
    find_spans(&articles[number], n, &found);
    return found.count > 0;
}

/* ---- its scores ----------------------------------------------------------------- */

static uint64_t length_of(const made_article *a) {
    return 3 * a->count[SHEAF_INDEX_HEADLINE] + 2 * a->count[SHEAF_INDEX_KEYWORDS] +
           a->count[SHEAF_INDEX_AUTHORS] + a->count[SHEAF_INDEX_TEXT];
}

static double freq_of(const made_article *a, const sheaf_query_node *term) {
    double freq = 0;
    for (unsigned field = 0; field < SHEAF_INDEX_FIELDS; field++) {
        for (size_t i = 0; i < a->count[field] && in_list(field, term->list); i++)
            freq += word_matches(term, a->words[field][i])
                        ? term->list == SHEAF_LIST_ALL ? sheaf_list_weight(field_lists[field]) : 1
                        : 0;
    }
    return freq;
}

static double idf_of(const sheaf_query_node *n) {
    double have = 0, sum = 0;
    if (n->kind != SHEAF_QUERY_TERM) {
        for (size_t i = 0; i < n->count; i++)
            sum += idf_of(n->parts[i]);
        return sum * n->boost;
    }
    for (size_t i = 0; i < ARTICLES; i++)
        have += freq_of(&articles[i], n) > 0;
    return log(1 + (ARTICLES - have + 0.5) / (have + 0.5)) * n->boost;
}

static double average_length(void) {
    double sum = 0;
    for (size_t i = 0; i < ARTICLES; i++)
        sum += (double)length_of(&articles[i]);
    return sum / ARTICLES;
}

static double score_of(size_t number, const sheaf_query_node *n, double boost) {
    const made_article *a = &articles[number];
    static spans found;
    double sum = 0, freq;
    if (n->kind == SHEAF_QUERY_AND || n->kind == SHEAF_QUERY_OR) {
        for (size_t i = 0; i < n->count; i++)
            sum +=
                matches(number, n->parts[i]) ? score_of(number, n->parts[i], boost * n->boost) : 0;
        return sum;
    }
    if (n->kind != SHEAF_QUERY_TERM && n->kind != SHEAF_QUERY_PHRASE && n->kind != SHEAF_QUERY_NEAR)
        return 0;
    find_spans(a, n, &found);
    freq = n->kind == SHEAF_QUERY_TERM ? freq_of(a, n) : (double)found.count;
    double length = sheaf_norm_length(sheaf_norm_of(length_of(a)));
    double against = n->list == SHEAF_LIST_ALL || n->list == SHEAF_LIST_TEXT
                         ? 1.2 * (0.25 + 0.75 * length / average_length())
                         : 1.2;
    return boost * idf_of(n) * 2.2 * freq / (freq + against);
}

/* ---- queries -------------------------------------------------------------------- */

static void some_term(sheaf_buffer *out) {
    static const char *const tails[] = {"", "", "", "*", "~1", "^3", "^0.5"};
    unsigned tail = made_random(7);
    sheaf_buffer_printf(out, "%sw%u%s", made_random(4) ? "" : "=", made_word(VOCABULARY),
                        tails[tail]);
}

static void some_phrase(sheaf_buffer *out) {
    sheaf_buffer_printf(out, "\"");
    for (unsigned i = 2 + made_random(2); i > 0; i--)
        sheaf_buffer_printf(out, "w%u ", made_random(8));
    sheaf_buffer_printf(out, "\"");
}

static void some_place(sheaf_buffer *out, unsigned depth) {
    if (depth > 0 && made_random(3) == 0) {
        sheaf_buffer_printf(out, "(");
        some_place(out, depth - 1);
        sheaf_buffer_printf(out, " %s/%u ", made_random(2) ? "NEAR" : "ONEAR", 1 + made_random(12));
        some_place(out, depth - 1);
        sheaf_buffer_printf(out, ")");
    } else if (depth > 0 && made_random(5) == 0) {
        sheaf_buffer_printf(out, "(w%u OR w%u)", made_random(9), made_random(20));
    } else if (made_random(3) == 0) {
        some_phrase(out);
    } else {
        some_term(out);
    }
}

static void some_query(sheaf_buffer *out, unsigned depth) {
    static const char *const fields[] = {"headline:", "text:", "author:", "keyword:", "site:"};
    static const char *const joints[] = {" ", " OR ", " AND ", " "};
    unsigned kind = made_random(depth > 0 ? 12 : 6);
    if (kind < 3) {
        some_term(out);
    } else if (kind == 3) {
        sheaf_buffer_printf(out, "%s(", fields[made_random(5)]);
        some_place(out, 1);
        sheaf_buffer_printf(out, ")");
    } else if (kind < 6) {
        some_place(out, 2);
    } else if (kind == 6) {
        sheaf_buffer_printf(out, made_random(2) ? "language:en" : "published:2022");
    } else if (kind == 7) {
        sheaf_buffer_printf(out, "NOT ");
        some_query(out, depth - 1);
    } else {
        sheaf_buffer_printf(out, "(");
        some_query(out, depth - 1);
        for (unsigned i = 1 + made_random(2); i > 0; i--) {
            sheaf_buffer_printf(out, "%s", joints[kind - 8]);
            some_query(out, depth - 1);
        }
        sheaf_buffer_printf(out, ")");
    }
}

/* ---- segments ------------------------------------------------------------------- */

enum { PARTS = 3 };

typedef struct cut {
    size_t count;
    sheaf_buffer bytes[PARTS];
    sheaf_index index[PARTS];
    const sheaf_index *list[PARTS];
} cut;

static bool cut_up(cut *c, size_t count) {
    static const size_t ends[] = {0, 5, 400, ARTICLES};
    sheaf_error error = {0};
    memset(c, 0, sizeof *c);
    c->count = count;
    for (size_t i = 0; i < count; i++) {
        size_t from = count == 1 ? 0 : ends[i], to = count == 1 ? ARTICLES : ends[i + 1];
        if (!made_segment(&c->bytes[i], articles, from, to, true) ||
            sheaf_index_open(&c->index[i], sheaf_buffer_view(&c->bytes[i]), &error) != SHEAF_OK)
            return false;
        c->list[i] = &c->index[i];
    }
    return true;
}

static void clear_cut(cut *c) {
    for (size_t i = 0; i < c->count; i++)
        sheaf_buffer_clear(&c->bytes[i]);
}

static sheaf_status column(void *context, const sheaf_index *index, const sheaf_query_node *node,
                           uint8_t *bits, sheaf_error *error) {
    (void)context;
    (void)error;
    for (uint32_t i = 0; i < index->docs; i++)
        bits[i / 8] |= (uint8_t)(column_holds(index->first + i, node) << (i % 8));
    return SHEAF_OK;
}

static uint64_t number_of(const cut *c, const sheaf_search_hit *hit) {
    return c->index[hit->part].first + hit->doc;
}

static bool parse(sheaf_query *query, sheaf_slice text) {
    sheaf_error error = {0};
    size_t at;
    if (sheaf_query_parse(query, text, &at, &error) == SHEAF_OK)
        return true;
    fprintf(stderr, "%.*s: %s\n", SLICE_ARGS(text), error.message);
    return false;
}

/* ---- tests ---------------------------------------------------------------------- */

static bool near(double a, double b) {
    return fabs(a - b) <= 1e-9 * (1 + fabs(a));
}

/* All that match, in order, with their scores. */
static bool finds_all(const cut *c, const sheaf_query *query) {
    sheaf_search_options options = {.in_order = true, .total = true, .column = column};
    sheaf_search_result found;
    sheaf_error error = {0};
    size_t at = 0;
    bool same = sheaf_search(&found, query, c->list, c->count, &options, &error) == SHEAF_OK;
    for (size_t i = 0; i < ARTICLES && same; i++) {
        if (matches(i, query->root))
            same = at < found.count && number_of(c, &found.hits[at++]) == i;
    }
    same = same && at == found.count && found.total == found.count && found.exact;
    sheaf_search_result_clear(&found);
    return same;
}

/* The best few are the head of all of them, with and without passing over blocks. */
static bool ranks_alike(const cut *c, const sheaf_query *query, bool check_scores) {
    sheaf_search_options options = {.column = column};
    sheaf_search_result all, few = {0};
    sheaf_error error = {0};
    bool same = sheaf_search(&all, query, c->list, c->count, &options, &error) == SHEAF_OK;
    for (size_t limit = 1; limit <= 20 && same; limit += 9) {
        options.limit = limit;
        same = sheaf_search(&few, query, c->list, c->count, &options, &error) == SHEAF_OK &&
               few.count == (all.count < limit ? all.count : limit);
        for (size_t i = 0; i < few.count && same; i++)
            same = few.hits[i].doc == all.hits[i].doc && few.hits[i].part == all.hits[i].part &&
                   near(few.hits[i].score, all.hits[i].score);
        sheaf_search_result_clear(&few);
    }
    for (size_t i = 0; i < all.count && i < 5 && same && check_scores; i++)
        same =
            near(all.hits[i].score, score_of((size_t)number_of(c, &all.hits[i]), query->root, 1));
    sheaf_search_result_clear(&all);
    return same;
}

TEST(finds_and_ranks_what_the_evaluator_does) {
    cut whole, parts;
    sheaf_buffer text = {0};
    size_t wrong = 0, tried = 0;
    CHECK(cut_up(&whole, 1) && cut_up(&parts, PARTS));
    for (; tried < 200 && wrong < 5; tried++) {
        sheaf_query query;
        sheaf_buffer_reset(&text);
        some_query(&text, 2);
        if (!parse(&query, sheaf_buffer_view(&text))) {
            wrong++;
        } else if (!finds_all(&whole, &query) || !finds_all(&parts, &query)) {
            fprintf(stderr, "not found as it should be: %.*s\n", (int)text.size, text.data);
            wrong++;
        } else if (!ranks_alike(&whole, &query, tried % 8 == 0) ||
                   !ranks_alike(&parts, &query, tried % 8 == 0)) {
            fprintf(stderr, "not ranked as it should be: %.*s\n", (int)text.size, text.data);
            wrong++;
        }
        sheaf_query_clear(&query);
    }
    CHECK_NUMBER(wrong, 0);
    CHECK(tried == 200);
    clear_cut(&whole);
    clear_cut(&parts);
    sheaf_buffer_clear(&text);
}

static bool is_even(void *context, const sheaf_index *index, uint32_t doc) {
    (void)context;
    return (index->first + doc) % 2 == 0;
}

TEST(leaves_out_what_is_gone) {
    cut parts;
    sheaf_query query;
    sheaf_search_result found;
    sheaf_error error = {0};
    sheaf_search_options options = {.limit = 10, .gone = is_even, .total = true};
    uint64_t odd = 0;
    CHECK(cut_up(&parts, PARTS) && parse(&query, SLICE("w1 OR w3")));
    CHECK(sheaf_search(&found, &query, parts.list, PARTS, &options, &error) == SHEAF_OK);
    for (size_t i = 1; i < ARTICLES; i += 2)
        odd += matches(i, query.root);
    CHECK_NUMBER(found.total, odd);
    for (size_t i = 0; i < found.count; i++)
        CHECK(number_of(&parts, &found.hits[i]) % 2 == 1);
    sheaf_search_result_clear(&found);
    sheaf_query_clear(&query);
    clear_cut(&parts);
}

/* Joined parts are the segment that all articles make at once. */
TEST(joined_parts_are_the_whole) {
    cut whole, parts;
    sheaf_buffer joined = {0};
    sheaf_error error = {0};
    CHECK(cut_up(&whole, 1) && cut_up(&parts, PARTS));
    CHECK(sheaf_index_merge(parts.index, PARTS, made_put, &joined, &error) == SHEAF_OK);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&joined), sheaf_buffer_view(&whole.bytes[0])));
    CHECK(sheaf_index_merge(parts.index + 1, 0, made_put, &joined, &error) == SHEAF_MISUSE);
    parts.index[1].first++;
    CHECK(sheaf_index_merge(parts.index, PARTS, made_put, &joined, &error) == SHEAF_MISUSE);
    sheaf_buffer_clear(&joined);
    clear_cut(&whole);
    clear_cut(&parts);
}

int main(void) {
    articles = calloc(ARTICLES, sizeof *articles);
    for (size_t i = 0; i < ARTICLES; i++)
        made_fill(&articles[i], VOCABULARY, i % 7 ? 40 : 300);
    const check_test tests[] = {T(finds_and_ranks_what_the_evaluator_does),
                                T(leaves_out_what_is_gone), T(joined_parts_are_the_whole)};
    int failed = check_run(tests, sizeof tests / sizeof *tests);
    free(articles);
    return failed;
}
