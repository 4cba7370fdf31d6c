/* search.c - how fast an index is made and searched, beside SQLite's FTS5.
 *
 *   bench-search ARTICLES.jsonl [MEGABYTES]
 *
 * CPU time, all in one run and one thread. Both index headline and text; FTS5 has its
 * tokenizer unicode61 and ranks by bm25. Queries are the best ten, warm, the best of
 * several rounds; our words are =exact, as FTS5's are, and once more in any form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article/row.h"
#include "base/slice.h"
#include "index/build.h"
#include "index/merge.h"
#include "index/search.h"

#ifdef SHEAF_BENCH_SQLITE
#include <sqlite3.h>
#endif

typedef struct corpus {
    sheaf_slice *headlines, *texts;
    size_t count;
    uint64_t bytes;
} corpus;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static sheaf_slice keep(sheaf_slice text) {
    char *copy = malloc(text.size + 1);
    if (!copy)
        exit(2);
    memcpy(copy, text.data ? text.data : "", text.size);
    copy[text.size] = '\0';
    return (sheaf_slice){copy, text.size};
}

static corpus load(const char *path, uint64_t most) {
    corpus c = {0};
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    sheaf_limits limits = SHEAF_LIMITS_DEFAULT;
    sheaf_article *article = sheaf_article_new();
    FILE *file = fopen(path, "r");
    c.headlines = calloc(4 << 20, sizeof *c.headlines);
    c.texts = calloc(4 << 20, sizeof *c.texts);
    if (!file || !article || !c.headlines || !c.texts)
        exit(2);
    while ((size = getline(&line, &room, file)) > 0 && c.count < 4 << 20 && c.bytes < most) {
        sheaf_error error = {0};
        if (sheaf_row_read(article, (sheaf_slice){line, (size_t)size}, &limits, &error) != SHEAF_OK)
            continue;
        c.headlines[c.count] = keep(article->field[SHEAF_FIELD_HEADLINE]);
        c.texts[c.count] = keep(article->field[SHEAF_FIELD_TEXT]);
        c.bytes += c.headlines[c.count].size + c.texts[c.count].size;
        c.count++;
    }
    free(line);
    fclose(file);
    sheaf_article_free(article);
    return c;
}

/* ---- ours ----------------------------------------------------------------------- */

enum { RUNS = 64, ROUNDS = 15 };

static sheaf_status put(void *context, sheaf_slice bytes, sheaf_error *error) {
    (void)error;
    sheaf_buffer_add(context, bytes);
    return SHEAF_OK;
}

static void must(sheaf_status status, const sheaf_error *error) {
    if (status == SHEAF_OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(2);
}

/* Runs as large as the builder wants them, then joined. */
static void build(const corpus *c, bool positions, sheaf_buffer *out) {
    static sheaf_buffer runs[RUNS];
    sheaf_index parts[RUNS];
    sheaf_error error = {0};
    size_t count = 0;
    sheaf_index_options options = {.positions = positions};
    double began = now();
    sheaf_index_builder *b = sheaf_index_builder_new(0, &options);
    for (size_t i = 0; i < c->count; i++) {
        sheaf_index_document document = {.language = SLICE("en")};
        document.field[SHEAF_INDEX_HEADLINE] = c->headlines[i];
        document.field[SHEAF_INDEX_TEXT] = c->texts[i];
        must(sheaf_index_builder_add(b, &document, &error), &error);
        if ((sheaf_index_builder_full(b) || i + 1 == c->count) && count < RUNS) {
            must(sheaf_index_builder_finish(b, put, &runs[count], &error), &error);
            must(sheaf_index_open(&parts[count], sheaf_buffer_view(&runs[count]), &error), &error);
            count++;
        }
    }
    sheaf_index_builder_free(b);
    double runs_took = now() - began;
    if (count > 1)
        must(sheaf_index_merge(parts, count, put, out, &error), &error);
    double took = now() - began;
    if (count == 1) {
        *out = runs[0];
        runs[0] = (sheaf_buffer){0};
    }
    for (size_t i = 0; i < count; i++)
        sheaf_buffer_clear(&runs[i]);
    printf("%-34s %8.1f MB/s of text (without joining %.1f), %.3f of the text\n",
           positions ? "build, with positions" : "build, without", (double)c->bytes / took / 1e6,
           (double)c->bytes / runs_took / 1e6, (double)out->size / (double)c->bytes);
}

static double ours(const sheaf_index *index, const char *text, uint64_t *total) {
    sheaf_query query;
    sheaf_error error = {0};
    size_t at;
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        sheaf_search_result result;
        sheaf_search_options options = {.limit = 10};
        double began = now();
        must(sheaf_query_parse(&query, sheaf_slice_of(text), &at, &error), &error);
        must(sheaf_search(&result, &query, &index, 1, &options, &error), &error);
        double took = now() - began;
        best = took < best ? took : best;
        *total = result.count;
        sheaf_search_result_clear(&result);
        sheaf_query_clear(&query);
    }
    return best;
}

/* ---- FTS5 ----------------------------------------------------------------------- */

#ifdef SHEAF_BENCH_SQLITE
static void run_sql(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
}

static sqlite3 *build_fts(const corpus *c) {
    sqlite3 *db;
    sqlite3_stmt *insert;
    double began = now();
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        exit(2);
    run_sql(db, "create virtual table t using fts5(headline, text, content='')");
    run_sql(db, "begin");
    sqlite3_prepare_v2(db, "insert into t(rowid, headline, text) values(?,?,?)", -1, &insert, NULL);
    for (size_t i = 0; i < c->count; i++) {
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(insert, 2, c->headlines[i].data, (int)c->headlines[i].size,
                          SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, c->texts[i].data, (int)c->texts[i].size, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run_sql(db, "commit");
    double took = now() - began;
    run_sql(db, "insert into t(t) values('optimize')");
    sqlite3_stmt *pages;
    sqlite3_prepare_v2(db, "select page_count * page_size from pragma_page_count, pragma_page_size",
                       -1, &pages, NULL);
    sqlite3_step(pages);
    printf("%-34s %8.1f MB/s of text, %.3f of the text\n", "build, FTS5",
           (double)c->bytes / took / 1e6,
           (double)sqlite3_column_int64(pages, 0) / (double)c->bytes);
    sqlite3_finalize(pages);
    return db;
}

static double theirs(sqlite3 *db, const char *match) {
    sqlite3_stmt *select;
    double best = 1e9;
    sqlite3_prepare_v2(db, "select rowid from t where t match ? order by rank limit 10", -1,
                       &select, NULL);
    for (int i = 0; i < 3; i++) {
        double began = now();
        sqlite3_bind_text(select, 1, match, -1, SQLITE_STATIC);
        while (sqlite3_step(select) == SQLITE_ROW)
            sqlite3_column_int64(select, 0);
        sqlite3_reset(select);
        double took = now() - began;
        best = took < best ? took : best;
    }
    sqlite3_finalize(select);
    return best;
}
#endif

static const struct {
    const char *name, *exact, *forms, *fts;
} queries[] = {
    {"rare word", "=mozambique", "mozambique", "mozambique"},
    {"common word", "=government", "government", "government"},
    {"the commonest word", "=the", "the", "the"},
    {"three words", "=president =war =history", "president war history", "president war history"},
    {"any of three", "=city OR =river OR =bridge", "city OR river OR bridge",
     "city OR river OR bridge"},
    {"phrase", "\"united states\"", "\"united states\"", "\"united states\""},
    {"phrase of common words", "\"of the\"", "\"of the\"", "\"of the\""},
    {"longer phrase", "\"member of the united nations\"", "\"member of the united nations\"",
     "\"member of the united nations\""},
    {"near", "=peace NEAR/5 =talks", "peace NEAR/5 talks", "NEAR(peace talks, 4)"},
    {"beginning", "govern*", "govern*", "govern*"},
    {"nearly alike", "goverment~1", "korona~2", NULL},
};

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: bench-search ARTICLES.jsonl [MEGABYTES]\n");
        return 2;
    }
    corpus c = load(arguments[1], (count > 2 ? strtoull(arguments[2], NULL, 10) : 100000) << 20);
    printf("%zu articles, %.1f MB of text\n", c.count, (double)c.bytes / 1e6);
    sheaf_buffer with = {0}, without = {0};
    sheaf_index index;
    sheaf_error error = {0};
    build(&c, false, &without);
    build(&c, true, &with);
    must(sheaf_index_open(&index, sheaf_buffer_view(&with), &error), &error);
#ifdef SHEAF_BENCH_SQLITE
    sqlite3 *db = build_fts(&c);
#endif
    printf("\n%-26s %12s %12s %12s %8s %8s\n", "best ten, microseconds", "exact", "any form",
           "FTS5", "ratio", "any form");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        uint64_t total;
        double exact = ours(&index, queries[i].exact, &total);
        double forms = ours(&index, queries[i].forms, &total);
        printf("%-26s %12.1f %12.1f", queries[i].name, exact * 1e6, forms * 1e6);
#ifdef SHEAF_BENCH_SQLITE
        double fts = queries[i].fts ? theirs(db, queries[i].fts) : 0;
        if (queries[i].fts)
            printf(" %12.1f %7.1fx %7.1fx", fts * 1e6, fts / exact, fts / forms);
#endif
        printf("\n");
    }
    return 0;
}
