/* memory.c - every allocation fails in turn, and nothing worse comes of it.
 *
 * Each job is run with allocation 0 refused, then 1, 2, and so on until it
 * needs no more. It must say out of memory whenever one was refused to it and
 * it could not do without, give the right result when it says that all is
 * well, and leak nothing, which AddressSanitizer sees. */
#include "article/row.h"
#include "base/slice.h"
#include "starve.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

typedef sheaf_status (*job)(sheaf_buffer *result);

/* A job, what it is to give, and what it has given. */
typedef struct trial {
    job work;
    sheaf_buffer wanted, result;
} trial;

static sheaf_status once(void *context) {
    trial *t = context;
    return t->work(&t->result);
}

static void compare(void *context, sheaf_status status) {
    trial *t = context;
    if (status == SHEAF_OK)
        CHECK(sheaf_slice_equal(sheaf_buffer_view(&t->result), sheaf_buffer_view(&t->wanted)));
    sheaf_buffer_clear(&t->result);
}

/* Runs a job once with all the memory it wants, then without. Returns the
 * number of allocations that were refused in turn. */
static uint64_t starve_job(job work) {
    trial t = {.work = work};
    CHECK_NUMBER(work(&t.wanted), SHEAF_OK);
    CHECK(t.wanted.size > 0);
    uint64_t number = starve(once, compare, &t);
    sheaf_buffer_clear(&t.wanted);
    return number;
}

/* Something of everything that an article can hold; text that is neither valid
 * UTF-8 nor NFC, so that mending allocates, too. */
static void fill(sheaf_article *article) {
    static char long_text[6000];
    for (size_t i = 0; i + 10 < sizeof long_text; i += 10)
        memcpy(long_text + i, i % 100 ? "e\xCC\x81 words \n" : "\xFF words. \n\n", 10);
    const sheaf_block_text blocks[] = {
        {SLICE("A heading"), SHEAF_BLOCK_HEADING, 10, 19},
        {sheaf_slice_from(long_text, sizeof long_text - 20), SHEAF_BLOCK_PARAGRAPH, 20, 5000}};
    sheaf_article_win(article, SHEAF_FIELD_HEADLINE, SLICE(" The \n headline e\xCC\x81 "),
                      "a rule");
    sheaf_article_set(article, SHEAF_FIELD_URL, SLICE("HTTP://A.Example:80/x?utm_id=1"));
    sheaf_article_set(article, SHEAF_FIELD_PUBLISHED, SLICE("2022-02-10"));
    for (char i = '0'; i < 'Z'; i++) {
        char name[] = {'n', i, '\0'};
        sheaf_article_add_keyword(article, sheaf_slice_of(name));
        sheaf_article_add_author(article, sheaf_slice_of(name), SLICE("Editor"));
        sheaf_article_add_link(article, SLICE("https://a.example/"), sheaf_slice_of(name));
    }
    sheaf_article_add_image(article, SLICE("https://a.example/i"), SLICE("A hall"), SLICE("X"));
    sheaf_article_set_attribute(article, SLICE("quotes"), SLICE("{\"n\":[1,2,\"\\u00e9\"]}"));
    sheaf_article_set_blocks(article, blocks, 2);
}

static sheaf_status finish_and_write(sheaf_buffer *result) {
    sheaf_article article;
    sheaf_article_init(&article);
    fill(&article);
    sheaf_status status = sheaf_article_finish(&article, SLICE("the source"), 0, &limits, NULL);
    if (status == SHEAF_OK)
        sheaf_row_write(result, &article);
    if (result->failed)
        status = SHEAF_NO_MEMORY;
    sheaf_article_clear(&article);
    return status;
}

TEST(finishing_and_writing_survive) {
    CHECK(starve_job(finish_and_write) > 5);
}

static sheaf_buffer row;

static sheaf_status read_and_write(sheaf_buffer *result) {
    sheaf_article article;
    sheaf_article_init(&article);
    sheaf_status status = sheaf_row_read(&article, sheaf_buffer_view(&row), &limits, NULL);
    if (status == SHEAF_OK)
        sheaf_row_write(result, &article);
    if (result->failed)
        status = SHEAF_NO_MEMORY;
    sheaf_article_clear(&article);
    return status;
}

TEST(reading_rows_survives) {
    CHECK_NUMBER(finish_and_write(&row), SHEAF_OK);
    CHECK(starve_job(read_and_write) > 5);
    sheaf_buffer_clear(&row);
}

/* Rows come from strangers, too. */
static sheaf_status read_escaped(sheaf_buffer *result) {
    static const char text[] =
        "{\"headline\":\"\\u0041 \\ud83d\\ude00 e\\u0301\",\"text\":\"One.\\n\\nTwo\\t.\","
        "\"keywords\":[\"a\",\"b\"],\"unknown\":{\"deep\":[[[1]]]},"
        "\"authors\":[{\"name\":\"A\\\"B\"}],\"attributes\":{\"x\":{\"y\":[1,null]}}}";
    sheaf_article article;
    sheaf_article_init(&article);
    sheaf_status status = sheaf_row_read(&article, SLICE(text), &limits, NULL);
    if (status == SHEAF_OK)
        sheaf_row_write(result, &article);
    if (result->failed)
        status = SHEAF_NO_MEMORY;
    sheaf_article_clear(&article);
    return status;
}

TEST(reading_escapes_survives) {
    CHECK(starve_job(read_escaped) > 2);
}

/* One article used again and again, as packing does, after a failure too. */
TEST(an_article_can_be_used_after_a_failure) {
    sheaf_article article;
    sheaf_article_init(&article);
    sheaf_memory_fail_at(3);
    fill(&article);
    sheaf_status status = sheaf_article_finish(&article, SLICE("s"), 0, &limits, NULL);
    sheaf_memory_fail_at(UINT64_MAX);
    CHECK_NUMBER(status, SHEAF_NO_MEMORY);
    sheaf_article_reset(&article);
    fill(&article);
    CHECK_NUMBER(sheaf_article_finish(&article, SLICE("s"), 0, &limits, NULL), SHEAF_OK);
    CHECK_TEXT(article.field[SHEAF_FIELD_HEADLINE], "The headline \xC3\xA9");
    sheaf_article_clear(&article);
}

int main(void) {
    RUN(T(finishing_and_writing_survive), T(reading_rows_survives), T(reading_escapes_survives),
        T(an_article_can_be_used_after_a_failure));
}
