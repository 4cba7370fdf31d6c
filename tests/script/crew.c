/* crew.c - a crew of plugins when memory runs out: it says so, or gives what it gives with memory.
 *
 * The plugins are made once and stay, as those of a host do; everything else is made anew each
 * time. What fails is what this thread asks for, inside Lua and outside. */
#include "script/crew.h"

#include <stdlib.h>
#include <unistd.h>

#include "article/row.h"
#include "check.h"
#include "starve.h"
#include "store/store.h"

static char path[] = "/tmp/sheaf-crew-XXXXXX";
static sheaf_file *file;
static sheaf_plugin filter, note, rows, parts;
static sheaf_sink sink;

enum { ARTICLES = 40 };

static void make_file(void) {
    sheaf_writer *writer = NULL;
    sheaf_error error = {0};
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    close(fd);
    unlink(path);
    CHECK_NUMBER(sheaf_writer_create(&writer, path, &error), SHEAF_OK);
    for (unsigned i = 0; i < ARTICLES; i++) {
        sheaf_article article;
        sheaf_buffer text = {0};
        sheaf_article_init(&article);
        sheaf_buffer_printf(&text, "Boat %u left the harbour.\n\nNobody waved.", i);
        sheaf_article_set(&article, SHEAF_FIELD_HEADLINE, SLICE("A \"boat\" leaves"));
        sheaf_article_set(&article, SHEAF_FIELD_TEXT, sheaf_buffer_view(&text));
        CHECK_NUMBER(sheaf_article_finish(&article, sheaf_buffer_view(&text), 0,
                                          &SHEAF_LIMITS_DEFAULT, &error),
                     SHEAF_OK);
        CHECK_NUMBER(sheaf_writer_add(writer, &article, &error), SHEAF_OK);
        sheaf_buffer_clear(&text);
        sheaf_article_clear(&article);
    }
    CHECK_NUMBER(sheaf_writer_commit(writer, &error), SHEAF_OK);
    sheaf_writer_close(writer);
    CHECK_NUMBER(sheaf_file_open(&file, path, &error), SHEAF_OK);
}

static void make_plugin(sheaf_plugin *plugin, const char *name, const char *source) {
    sheaf_plugin_init(plugin);
    const sheaf_recipe recipe = {.source = sheaf_slice_of(source), .chunk = "=test"};
    CHECK(sheaf_recipe_copy(&plugin->recipe, &recipe));
    CHECK(sheaf_plugin_prepare(plugin, (size_t)64 << 20, 20));
    strncpy(plugin->name, name, sizeof plugin->name - 1);
    CHECK(sheaf_plugin_load(plugin));
}

static void make_plugins(void) {
    make_plugin(&filter, "even",
                "return { kind = 'filter', order = 'any', each = function(a)\n"
                "return tonumber(a.text:match('%d+')) % 2 == 0 end }");
    make_plugin(&note, "note",
                "return { kind = 'extractor', order = 'any', each = function(a)\n"
                "return { length = #a.text, section = a.headline } end }");
    make_plugin(&rows, "rows",
                "return { kind = 'exporter', rows = true, between = '\\n',\n"
                "each = function(a, _, out) out:json(a) end }");
    make_plugin(&parts, "parts",
                "return { kind = 'exporter', start = function() return {} end,\n"
                "add = function(s, a) s[#s + 1] = a.id end,\n"
                "merge = function(s, t) table.move(t, 1, #t, #s + 1, s) end,\n"
                "finish = function() end }");
    sheaf_sink_open_memory(&sink, (size_t)1 << 24);
    CHECK(sheaf_plugin_start(&rows, &sink));
    CHECK(sheaf_plugin_start(&parts, &sink));
}

/* Takes all chunks; failures of plugins are of memory here, since nothing else is wrong. */
static sheaf_status take_all(sheaf_crew *crew, sheaf_crew_mode mode, sheaf_buffer *out,
                             sheaf_error *error) {
    sheaf_crew_chunk *chunk;
    for (;;) {
        sheaf_status status = sheaf_crew_take(crew, &chunk, error);
        if (status != SHEAF_OK || !chunk)
            return status;
        if (chunk->aborted || chunk->broken)
            return SHEAF_NO_MEMORY;
        for (size_t i = 0; i < chunk->item_count; i++) {
            const sheaf_crew_item *item = &chunk->items[i];
            if (item->fate == SHEAF_FATE_FAILED || item->fate == SHEAF_FATE_DAMAGED)
                return SHEAF_NO_MEMORY;
            if (item->fate == SHEAF_FATE_KEPT && mode == SHEAF_CREW_ARTICLES)
                sheaf_row_write(out, &chunk->articles[item->at]);
        }
        sheaf_buffer_add(out, sheaf_buffer_view(&chunk->out));
    }
}

static sheaf_status run(sheaf_crew_mode mode, unsigned threads, sheaf_buffer *out) {
    const sheaf_crew_step steps[] = {{&filter, false}, {&note, false}};
    const sheaf_crew_plan plan = {.steps = steps,
                                  .step_count = 2,
                                  .exporter = mode == SHEAF_CREW_ROWS    ? &rows
                                              : mode == SHEAF_CREW_PARTS ? &parts
                                                                         : NULL,
                                  .mode = mode,
                                  .threads = threads};
    sheaf_error error = {0};
    sheaf_crew *crew = NULL;
    sheaf_status status = sheaf_crew_new(&crew, &plan, &error);
    if (status == SHEAF_OK)
        status = sheaf_crew_file(crew, file, NULL, 0, 0, UINT64_MAX, &error);
    if (status == SHEAF_OK)
        status = take_all(crew, mode, out, &error);
    sheaf_crew_free(crew);
    return status == SHEAF_OK && out->failed ? SHEAF_NO_MEMORY : status;
}

static sheaf_status to_rows(sheaf_buffer *out) {
    return run(SHEAF_CREW_ROWS, 1, out);
}

static sheaf_status to_parts(sheaf_buffer *out) {
    return run(SHEAF_CREW_PARTS, 1, out);
}

static sheaf_status to_articles(sheaf_buffer *out) {
    return run(SHEAF_CREW_ARTICLES, 1, out);
}

static sheaf_status to_rows_by_two(sheaf_buffer *out) {
    return run(SHEAF_CREW_ROWS, 2, out);
}

TEST(rows_survive) {
    starve_maker(to_rows);
}

TEST(parts_survive) {
    starve_maker(to_parts);
}

TEST(articles_survive) {
    starve_maker(to_articles);
}

TEST(another_thread_goes_on) {
    starve_maker(to_rows_by_two);
}

TEST(the_plugins_are_as_good_as_before) {
    sheaf_buffer out = {0};
    CHECK_NUMBER(to_rows(&out), SHEAF_OK);
    size_t count = 0;
    for (size_t i = 0; i < out.size; i++)
        count += out.data[i] == '{' && (i == 0 || out.data[i - 1] == '\n');
    CHECK_NUMBER(count, ARTICLES / 2);
    sheaf_buffer_clear(&out);
}

static int run_all(void) {
    RUN(T(rows_survive), T(parts_survive), T(articles_survive), T(another_thread_goes_on),
        T(the_plugins_are_as_good_as_before));
}

int main(void) {
    make_file();
    make_plugins();
    int failed = run_all();
    sheaf_plugin *const plugins[] = {&filter, &note, &rows, &parts};
    for (size_t i = 0; i < sizeof plugins / sizeof *plugins; i++)
        sheaf_plugin_clear(plugins[i]);
    sheaf_buffer_clear(&sink.buffer);
    sheaf_file_close(file);
    unlink(path);
    return failed;
}
