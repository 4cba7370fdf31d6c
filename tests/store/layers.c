/* layers.c - annotations beside the articles. */
#include <sys/wait.h>

#include "store/amend.h"
#include "store/layer.h"
#include "store/life.h"
#include "store/sample.h"
#include "store/sheet.h"

/* A layer whose rows are those of every step-th sample, with a span over the first
 * word. */
static sheaf_status annotate(const char *path, const char *version, unsigned from, unsigned to,
                             unsigned step) {
    sheaf_layer_writer *writer;
    sheaf_error error = {0};
    sheaf_article *article = sheaf_article_new();
    sheaf_status status =
        sheaf_layer_writer_open(&writer, path, SLICE("firsts"), sheaf_slice_of(version), &error);
    if (status == SHEAF_OK) {
        for (unsigned i = from; i < to && status == SHEAF_OK; i += step) {
            char fields[64], spans[64];
            fill_sample(article, i);
            sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
            snprintf(fields, sizeof fields, "{\"number\":%u}", i);
            snprintf(spans, sizeof spans, "[[0,%zu,{\"n\":%u}]]",
                     sheaf_slice_find_char(text, 0, ' '), i);
            status = sheaf_layer_writer_add(writer, article, sheaf_slice_of(fields),
                                            sheaf_slice_of(spans), &error);
        }
        if (status == SHEAF_OK)
            status = sheaf_layer_writer_commit(writer, &error);
        sheaf_layer_writer_close(writer);
    }
    sheaf_article_free(article);
    if (status != SHEAF_OK)
        fprintf(stderr, "annotate: %s\n", error.message);
    return status;
}

/* "0 3 6 ": the numbers in the rows of all articles, in order. */
static const char *rows_of(const char *path, const char *name) {
    static char list[4096];
    sheaf_file *file;
    sheaf_layer *layer;
    sheaf_error error = {0};
    size_t size = 0;
    list[0] = '\0';
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return "no file";
    if (sheaf_layer_open(&layer, file, sheaf_slice_of(name), &error) != SHEAF_OK) {
        sheaf_file_close(file);
        return error.status == SHEAF_MISSING ? "no layer" : "damaged";
    }
    sheaf_article *article = sheaf_article_new();
    for (uint64_t i = 0; i < sheaf_file_count(file); i++) {
        sheaf_layer_row row;
        unsigned number;
        if (sheaf_file_read(file, i, article, NULL) != SHEAF_OK)
            continue;
        sheaf_status status = sheaf_layer_get(layer, i, article, &row, &error);
        if (status == SHEAF_MISSING)
            continue;
        if (status == SHEAF_OK && sscanf(row.fields.data, "{\"number\":%u}", &number) == 1)
            size += (size_t)snprintf(list + size, sizeof list - size, "%u ", number);
        else
            size += (size_t)snprintf(list + size, sizeof list - size, "? ");
    }
    sheaf_article_free(article);
    sheaf_layer_close(layer);
    sheaf_file_close(file);
    return list;
}

static bool is_whole(const char *path) {
    sheaf_file *file;
    sheaf_error error = {0};
    sheaf_status status = sheaf_file_open(&file, path, &error);
    if (status == SHEAF_OK) {
        status = sheaf_file_verify(file, NULL, &error);
        sheaf_file_close(file);
    }
    if (status != SHEAF_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    return status == SHEAF_OK;
}

static size_t layers_in(const char *path, sheaf_layer_about *last) {
    sheaf_file *file;
    size_t count = 0;
    if (sheaf_file_open(&file, path, NULL) != SHEAF_OK)
        return 99;
    while (sheaf_file_layer(file, count, last, NULL) == SHEAF_OK)
        count++;
    sheaf_file_close(file);
    return count;
}

TEST(a_layer_is_read_beside_its_articles_and_replaced_by_the_next) {
    char folder[64], path[128];
    sheaf_layer_about about;
    sheaf_buffer before = {0}, after = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 20, NULL), SHEAF_OK);
    read_whole(&before, path);
    CHECK_TEXT(sheaf_slice_of(rows_of(path, "firsts")), "no layer");
    CHECK_NUMBER(annotate(path, "1.0.0", 0, 20, 3), SHEAF_OK);
    read_whole(&after, path);
    CHECK(after.size > before.size && memcmp(before.data, after.data, before.size) == 0);
    CHECK_TEXT(sheaf_slice_of(rows_of(path, "firsts")), "0 3 6 9 12 15 18 ");
    CHECK_TEXT(sheaf_slice_of(rows_of(path, "firsts@1.0.0")), "0 3 6 9 12 15 18 ");
    CHECK_TEXT(sheaf_slice_of(rows_of(path, "firsts@2")), "no layer");
    CHECK_NUMBER(annotate(path, "1.1.0", 0, 20, 9), SHEAF_OK);
    CHECK_NUMBER(layers_in(path, &about), 1);
    CHECK_NUMBER(about.rows, 3);
    CHECK_NUMBER(about.commit, 3);
    CHECK_TEXT(sheaf_slice_of(rows_of(path, "firsts")), "0 9 18 ");
    CHECK(is_whole(path));
    CHECK_NUMBER(sheaf_layer_drop(path, SLICE("seconds"), NULL), SHEAF_MISSING);
    CHECK_NUMBER(sheaf_layer_drop(path, SLICE("firsts"), NULL), SHEAF_OK);
    CHECK_NUMBER(layers_in(path, &about), 0);
    CHECK_NUMBER(intact(path), 20);
    CHECK(is_whole(path));
    sheaf_buffer_clear(&before);
    sheaf_buffer_clear(&after);
    remove_folder(folder);
}

TEST(layers_of_many_frames_are_found_by_ordinal) {
    char folder[64], path[128];
    sheaf_layer_about about;
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    const sheaf_writer_options fast = {.level = 1};
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 6000, &fast), SHEAF_OK);
    CHECK_NUMBER(annotate(path, "1", 0, 6000, 1), SHEAF_OK);
    CHECK_NUMBER(layers_in(path, &about), 1);
    CHECK_NUMBER(about.rows, 6000);
    char command[256];
    snprintf(command, sizeof command,
             "test $(unzip -p '%s' 'layers/*' | zstdcat | grep -c number) = 6000", path);
    CHECK(system(command) == 0);
    CHECK(is_whole(path));
    remove_folder(folder);
}

TEST(merging_and_compacting_carry_layers_along) {
    char folder[64], a[128], b[128], out[128];
    sheaf_file *file;
    sheaf_about about;
    sheaf_layer_about layer;
    char state[65];
    const uint64_t gone[] = {0, 4};
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf"), in_folder(b, folder, "b.sheaf")};
    in_folder(out, folder, "out.sheaf");
    CHECK_NUMBER(pack(a, SHEAF_WRITER_CREATE, 0, 10, NULL), SHEAF_OK);
    CHECK_NUMBER(pack(b, SHEAF_WRITER_CREATE, 8, 16, NULL), SHEAF_OK);
    CHECK_NUMBER(annotate(a, "1.0", 0, 10, 2), SHEAF_OK);
    CHECK_NUMBER(annotate(b, "1.0", 8, 16, 1), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_open(&file, a, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_about(file, &about, NULL), SHEAF_OK);
    snprintf(state, sizeof state, "%.*s", SLICE_ARGS(about.sha256));
    sheaf_file_close(file);
    CHECK_NUMBER(sheaf_drop(a, gone, 2, sheaf_slice_of(state), NULL, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(rows_of(a, "firsts")), "2 6 8 ");
    CHECK_NUMBER(sheaf_merge(out, paths, 2, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(rows_of(out, "firsts")), "2 6 8 10 11 12 13 14 15 ");
    CHECK_NUMBER(layers_in(out, &layer), 1);
    CHECK(is_whole(out));
    CHECK_NUMBER(sheaf_compact(a, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(rows_of(a, "firsts")), "2 6 8 ");
    CHECK(is_whole(a));
    CHECK_NUMBER(annotate(b, "1.10", 8, 16, 1), SHEAF_OK);
    unlink(out);
    CHECK_NUMBER(sheaf_merge(out, paths, 2, NULL, NULL, NULL), SHEAF_OK);
    CHECK_NUMBER(layers_in(out, &layer), 2);
    CHECK_TEXT(sheaf_slice_of(rows_of(out, "firsts")), "2 6 8 10 11 12 13 14 15 ");
    CHECK_TEXT(sheaf_slice_of(rows_of(out, "firsts@1.10")), "10 11 12 13 14 15 ");
    CHECK_NUMBER(sheaf_split(out, folder, SHEAF_SPLIT_COUNT, 8, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(sheaf_slice_of(rows_of(in_folder(a, folder, "out-0002.sheaf"), "firsts")),
               "10 11 12 13 14 15 ");
    remove_folder(folder);
}

TEST(a_row_made_from_another_text_is_refused) {
    char folder[64], path[128];
    sheaf_file *file;
    sheaf_layer *layer;
    sheaf_layer_row row;
    sheaf_error error = {0};
    sheaf_article *article = sheaf_article_new();
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 4, NULL), SHEAF_OK);
    CHECK_NUMBER(annotate(path, "1", 0, 4, 1), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_layer_open(&layer, file, SLICE("firsts"), NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_file_read(file, 2, article, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_layer_get(layer, 2, article, &row, &error), SHEAF_OK);
    set(article, SHEAF_FIELD_TEXT, "Something else.");
    CHECK_NUMBER(sheaf_layer_get(layer, 2, article, &row, &error), SHEAF_CORRUPT);
    CHECK(strstr(error.message, "another text") != NULL);
    CHECK_NUMBER(sheaf_layer_get(layer, 3, article, &row, &error), SHEAF_CORRUPT);
    sheaf_layer_close(layer);
    sheaf_file_close(file);
    sheaf_article_free(article);
    remove_folder(folder);
}

TEST(what_does_not_fit_is_refused_when_written) {
    char folder[64], path[128];
    sheaf_layer_writer *writer;
    sheaf_article *article = sheaf_article_new();
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 4, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_layer_writer_open(&writer, path, SLICE("../x"), SLICE("1"), NULL),
                 SHEAF_MISUSE);
    CHECK_NUMBER(sheaf_layer_writer_open(&writer, path, SLICE("x"), SLICE(""), NULL), SHEAF_MISUSE);
    CHECK_NUMBER(sheaf_layer_writer_open(&writer, path, SLICE("x"), SLICE("1"), NULL), SHEAF_OK);
    fill_sample(article, 2);
    CHECK_NUMBER(sheaf_layer_writer_add(writer, article, SLICE("{}"), SLICE("[[0,9999]]"), NULL),
                 SHEAF_BAD_INPUT);
    CHECK_NUMBER(sheaf_layer_writer_add(writer, article, SLICE("{}"), (sheaf_slice){0}, NULL),
                 SHEAF_OK);
    CHECK_NUMBER(sheaf_layer_writer_add(writer, article, SLICE("{}"), (sheaf_slice){0}, NULL),
                 SHEAF_MISUSE);
    fill_sample(article, 50);
    CHECK_NUMBER(sheaf_layer_writer_add(writer, article, SLICE("{}"), (sheaf_slice){0}, NULL),
                 SHEAF_MISSING);
    sheaf_layer_writer_close(writer);
    CHECK_NUMBER(intact(path), 4);
    CHECK(is_whole(path));
    sheaf_article_free(article);
    remove_folder(folder);
}

TEST(spans_are_counted_in_code_points) {
    sheaf_buffer out = {0};
    const sheaf_slice text = SLICE("\xc3\x96l ist da.");
    CHECK_NUMBER(sheaf_spans_points(&out, SLICE("[[0,3,{\"k\":1}],[4,7],[0,11]]"), text, NULL),
                 SHEAF_OK);
    CHECK_TEXT(sheaf_buffer_view(&out), "[[0,2,{\"k\":1}],[3,6],[0,10]]");
    CHECK_NUMBER(sheaf_spans_check(SLICE("[]"), text, NULL), SHEAF_OK);
    static const char *const wrong[] = {"[[1,3]]",   "[[3,0]]",       "[[0,12]]", "[[0]]",
                                        "[[0,3,4]]", "[[0,3,{},{}]]", "[0,3]",    "{}",
                                        "[[-1,3]]",  "[[0,3",         "[[0.5,3]]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(sheaf_spans_check(sheaf_slice_of(wrong[i]), text, NULL) != SHEAF_OK);
    sheaf_buffer_clear(&out);
}

/* Every bit of the layer flipped: nothing but rows, or words about damage. */
TEST(a_damaged_layer_harms_no_article) {
    char folder[64], path[128];
    sheaf_buffer bytes = {0};
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 4, NULL), SHEAF_OK);
    read_whole(&bytes, path);
    size_t from = bytes.size, to = from + 500;
    CHECK_NUMBER(annotate(path, "1", 0, 4, 1), SHEAF_OK);
    read_whole(&bytes, path);
    for (size_t i = from + 60; i < to && i < bytes.size; i++) {
        bytes.data[i] ^= (char)(1 << (i % 8));
        write_whole(path, bytes.data, bytes.size);
        CHECK(strcmp(rows_of(path, "firsts"), "no file") != 0);
        CHECK_NUMBER(intact(path), 4);
        bytes.data[i] ^= (char)(1 << (i % 8));
    }
    sheaf_buffer_clear(&bytes);
    remove_folder(folder);
}

/* ---- rows with good sums, and wrong in themselves ------------------------------------- */

static void keep_sentence(void *context, const char *sentence) {
    sheaf_buffer_printf(context, "%s\n", sentence);
}

/* What verify says of a sheaf of three samples with a layer of this one row for the
 * article with that ordinal. */
static sheaf_slice verdict(sheaf_buffer *said, const char *path, uint64_t ordinal,
                           const char *row) {
    sheaf_amend amend;
    sheaf_sheet_builder sheet = {0};
    sheaf_file *file;
    sheaf_pool *pool = sheaf_pool_new(1, 1);
    unlink(path);
    sheaf_buffer_reset(said);
    CHECK_NUMBER(pack(path, SHEAF_WRITER_CREATE, 0, 3, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_amend_open(&amend, path, NULL), SHEAF_OK);
    CHECK_NUMBER(
        sheaf_sheet_begin(&sheet, &amend.emitter, pool, SLICE("made"), SLICE("1"), 2, NULL),
        SHEAF_OK);
    CHECK_NUMBER(sheaf_sheet_add(&sheet, ordinal, sheaf_slice_of(row), NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_sheet_end(&sheet, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_amend_commit(&amend, 3, amend.file->manifest.bytes, "", NULL), SHEAF_OK);
    sheaf_sheet_clear(&sheet);
    sheaf_amend_close(&amend);
    sheaf_pool_free(pool);
    CHECK_NUMBER(sheaf_file_open(&file, path, NULL), SHEAF_OK);
    sheaf_file_verify(file, &(sheaf_verify_options){.problem = keep_sentence, .context = said},
                      NULL);
    sheaf_file_close(file);
    return sheaf_buffer_view(said);
}

static bool has(sheaf_slice text, const char *part) {
    return sheaf_slice_find(text, 0, sheaf_slice_of(part)) != SIZE_MAX;
}

TEST(verify_looks_at_every_row) {
    char folder[64], path[128], hash[SHEAF_TEXT_HASH + 1], row[200];
    sheaf_buffer said = {0};
    sheaf_article *article = sheaf_article_new();
    make_folder(folder);
    in_folder(path, folder, "a.sheaf");
    fill_sample(article, 1);
    sheaf_text_hash(hash, article->field[SHEAF_FIELD_TEXT]);
    const sheaf_slice id = article->field[SHEAF_FIELD_ID];
#define ROW(id, hash, spans)                                                                       \
    (snprintf(row, sizeof row, "{\"id\":\"%.16s\",\"text_hash\":\"%s\",\"spans\":%s}", id, hash,   \
              spans),                                                                              \
     row)
    CHECK_TEXT(verdict(&said, path, 1, ROW(id.data, hash, "[[0,2]]")), "");
    CHECK(has(verdict(&said, path, 2, row), "the row for article"));
    CHECK(has(verdict(&said, path, 3, row), "of no article"));
    CHECK(has(verdict(&said, path, 1, ROW(id.data, "0123456789abcdef", "[[0,2]]")),
              "was made from another text"));
    CHECK(has(verdict(&said, path, 1, ROW(id.data, hash, "[[0,100000]]")), "span 1"));
    CHECK(has(verdict(&said, path, 1, ROW(id.data, hash, "[[0,2],[3,1]]")), "span 2"));
    CHECK(has(verdict(&said, path, 1, "{\"id\":"), "layers/made@1/000002.jsonl.zst"));
    CHECK(has(verdict(&said, path, 1, "[]"), "no object"));
#undef ROW
    sheaf_article_free(article);
    sheaf_buffer_clear(&said);
    remove_folder(folder);
}

int main(void) {
    RUN(T(a_layer_is_read_beside_its_articles_and_replaced_by_the_next),
        T(layers_of_many_frames_are_found_by_ordinal), T(merging_and_compacting_carry_layers_along),
        T(a_row_made_from_another_text_is_refused), T(what_does_not_fit_is_refused_when_written),
        T(spans_are_counted_in_code_points), T(a_damaged_layer_harms_no_article),
        T(verify_looks_at_every_row));
}
