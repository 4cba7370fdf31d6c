/* resume.c - a walk that begins anew at any of its positions goes on with the
 * very article that would have come next, with any number of threads. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/article.h"
#include "base/slice.h"
#include "check.h"
#include "read/pile.h"

enum { MOST = 200, ID = 17, PLACE = 512 };

static char folder[64];
static unsigned threads;

typedef struct walked {
    int count;
    char ids[MOST][ID];
    char positions[MOST][PLACE]; /* behind each */
    char told[4096];             /* of what was refused, and behind which article */
} walked;

static void write_file(const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

static void run(const char *command) {
    char line[512];
    snprintf(line, sizeof line, "cd %s && %s", folder, command);
    if (system(line) != 0)
        abort();
}

/* Pages with an article, and one without. */
static void make_pages(void) {
    char name[64], text[2048];
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "pile/%s%d.html", i % 3 ? "b" : "inner/p", i);
        snprintf(
            text, sizeof text,
            "<!doctype html><title>Harbour news %d</title><body><nav><a href=/>Home</a></nav>"
            "<article><h1>Harbour news %d</h1><p>The council of the harbour town met on Monday "
            "to hear about plan %d, which has been discussed for years, and nobody left before "
            "it was over.</p><p>\"We will build it,\" the mayor said, \"when the money is "
            "there, and not a day before that.\" The opposition did not agree.</p></article>",
            i, i, i);
        write_file(name, i == 7 ? "<html><body></body></html>" : text);
    }
}

static void add_record(char *out, size_t room, const char *type, const char *block) {
    size_t size = strlen(out);
    snprintf(out + size, room - size,
             "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%zu>\r\nContent-Type: "
             "text/plain\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
             type, size, strlen(block), block);
}

/* Articles of its own and children, packed too. */
static void make_crawl(void) {
    char text[4096] = "";
    add_record(text, sizeof text, "conversion", "A headline of a page\nIts text.");
    add_record(text, sizeof text, "resource", "{\"title\":\"W1\"}\n{\"title\":\"W2\"}\n");
    add_record(text, sizeof text, "conversion", "Another page of these\nIts other text.");
    write_file("pile/w.warc", text);
    text[0] = '\0';
    add_record(text, sizeof text, "conversion", "A packed headline\nIts text, packed.");
    add_record(text, sizeof text, "resource", "{\"title\":\"P1\"}\n{\"title\":\"P2\"}\n");
    write_file("pile/x.warc", text);
    run("gzip pile/x.warc && tar cf pile/y.tar pile/x.warc.gz");
}

/* Every shape of JSON, an envelope, text, and archives within folders and
 * archives; each record is another one. */
static void make_pile(void) {
    char text[8192] = "";
    strcpy(folder, "/tmp/sheaf-resume-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    run("mkdir -p pile/inner pack");
    for (int i = 0; i < 5; i++)
        snprintf(text + strlen(text), 100, "{\"title\":\"Line %d\",\"text\":\"A story.\"}\n", i);
    write_file("pile/a.jsonl", text);
    write_file("pack/2.jsonl", "{\"title\":\"In a tar\",\"text\":\"One.\"}\nbroken\n"
                               "{\"title\":\"In a tar too\",\"text\":\"Two.\"}\n");
    write_file("pile/b.json", " [ {\"title\":\"First\"} ,\n{\"title\":\"Second\"},{\"title\":"
                              "\"Third\"}\n]");
    write_file("pack/1.json", "{\"articles\":[{\"title\":\"E1\",\"text\":\"x\"},{\"title\":\"E2\","
                              "\"text\":\"y\"},{\"title\":\"E3\",\"text\":\"z\"}]}");
    write_file("pile/inner/c.json", "{\n \"title\":\"S1\"\n}\n{\n \"title\":\"S2\"\n}\n");
    make_crawl();
    write_file("pile/nothing.bin", "\1\2\3");
    make_pages();
    write_file("pack/4.html", "<html><head><title>Nothing</title></head><body></body></html>");
    write_file("pack/3.txt",
               "Headline of a short story\n\nBERGEN, May 5, 2021 (Reuters) - The ferry "
               "left the harbour at nine. It came back at noon with forty people.\n");
    run("tar czf pile/inner/d.tar.gz pack && cd pile && tar cf z.tar inner a.jsonl && gzip -k "
        "a.jsonl && sed -i s/story/tale/ a.jsonl");
}

static void note(void *context, const char *place, sheaf_status status, const char *reason) {
    walked *out = context;
    size_t used = strlen(out->told);
    snprintf(out->told + used, sizeof out->told - used, "%d %s %d %s\n", out->count, place,
             (int)status, reason);
}

static bool begin(sheaf_pile **pile, walked *out, const char *from, sheaf_error *error) {
    sheaf_pile_options options = {.reject = note, .reject_context = out, .threads = threads};
    char one[128], two[128];
    snprintf(one, sizeof one, "%s/pile", folder);
    snprintf(two, sizeof two, "%s/pack/2.jsonl", folder);
    const char *paths[] = {one, two};
    return sheaf_pile_open(pile, paths, 2, &options, error) == SHEAF_OK &&
           (!from || sheaf_pile_resume(*pile, sheaf_slice_of(from), error) == SHEAF_OK);
}

static sheaf_status walk(walked *out, const char *from) {
    sheaf_pile *pile = NULL;
    sheaf_article article;
    sheaf_error error = {0};
    sheaf_buffer place = {0};
    *out = (walked){0};
    sheaf_article_init(&article);
    sheaf_status status = begin(&pile, out, from, &error) ? SHEAF_OK : error.status;
    while (status == SHEAF_OK && out->count < MOST &&
           (status = sheaf_pile_next(pile, &article, &error)) == SHEAF_OK) {
        snprintf(out->ids[out->count], ID, "%.*s", SLICE_ARGS(article.field[SHEAF_FIELD_ID]));
        sheaf_buffer_reset(&place);
        CHECK(sheaf_pile_position(pile, &place));
        snprintf(out->positions[out->count++], PLACE, "%.*s",
                 SLICE_ARGS(sheaf_buffer_view(&place)));
    }
    sheaf_pile_close(pile);
    sheaf_article_clear(&article);
    sheaf_buffer_clear(&place);
    return status;
}

TEST(goes_on_from_everywhere) {
    static walked whole, rest;
    if (!*folder)
        make_pile();
    CHECK_NUMBER(walk(&whole, NULL), SHEAF_END);
    CHECK(whole.count >= 40);
    for (int at = 0; at < whole.count; at++) {
        CHECK_NUMBER(walk(&rest, whole.positions[at]), SHEAF_END);
        CHECK_NUMBER(rest.count, whole.count - at - 1);
        for (int i = 0; i < rest.count; i++) {
            CHECK_TEXT(sheaf_slice_of(rest.ids[i]), whole.ids[at + 1 + i]);
            CHECK_TEXT(sheaf_slice_of(rest.positions[i]), whole.positions[at + 1 + i]);
        }
    }
}

TEST(goes_on_from_everywhere_with_threads) {
    threads = 3;
    goes_on_from_everywhere();
    threads = 0;
}

TEST(is_the_same_with_any_number_of_threads) {
    static walked one, many;
    CHECK_NUMBER(walk(&one, NULL), SHEAF_END);
    CHECK(strstr(one.told, "b7.html") != NULL);
    for (threads = 2; threads <= 9; threads += 7) {
        CHECK_NUMBER(walk(&many, NULL), SHEAF_END);
        CHECK_NUMBER(many.count, one.count);
        CHECK(memcmp(many.ids, one.ids, sizeof one.ids) == 0);
        CHECK(memcmp(many.positions, one.positions, sizeof one.positions) == 0);
        CHECK_TEXT(sheaf_slice_of(many.told), one.told);
    }
    threads = 0;
}

/* A walk may be left while pages are being read. */
TEST(can_be_closed_in_the_middle) {
    static walked out;
    sheaf_pile *pile = NULL;
    sheaf_article article;
    sheaf_error error = {0};
    threads = 4;
    sheaf_article_init(&article);
    CHECK(begin(&pile, &out, NULL, &error));
    for (int i = 0; i < 9; i++)
        CHECK_NUMBER(sheaf_pile_next(pile, &article, &error), SHEAF_OK);
    sheaf_pile_close(pile);
    sheaf_article_clear(&article);
    threads = 0;
}

/* What stands before the position is not opened: it may be unreadable now. */
TEST(opens_nothing_that_is_behind_it) {
    static walked whole, rest;
    CHECK_NUMBER(walk(&whole, NULL), SHEAF_END);
    run("rm pile/a.jsonl pile/b.json && mkfifo pile/a.jsonl");
    CHECK_NUMBER(walk(&rest, whole.positions[whole.count - 3]), SHEAF_END);
    CHECK_NUMBER(rest.count, 2);
}

TEST(refuses_another_pile) {
    static walked whole, rest;
    run("rm pile/a.jsonl");
    CHECK_NUMBER(walk(&whole, NULL), SHEAF_END);
    CHECK_NUMBER(walk(&rest, "[\"1./elsewhere\",\"a.jsonl\",\"1.2.3.0\"]"), SHEAF_MISUSE);
    CHECK_NUMBER(walk(&rest, "[\"9.x\",\"a.jsonl\"]"), SHEAF_MISUSE);
    CHECK_NUMBER(walk(&rest, "[]"), SHEAF_MISUSE);
    CHECK_NUMBER(walk(&rest, "[\"1.x\",3]"), SHEAF_MISUSE);
    CHECK(walk(&rest, "nonsense") != SHEAF_OK);
    CHECK_NUMBER(rest.count, 0);
    run("mv pile/z.tar pile/y.tar");
    int stale = 0;
    for (int i = 0; i < whole.count; i++)
        stale += walk(&rest, whole.positions[i]) == SHEAF_MISUSE && rest.count == 0;
    CHECK(stale >= 5);
    CHECK(stale < whole.count);
}

TEST(cleans_up) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    CHECK_NUMBER(system(command), 0);
}

int main(void) {
    RUN(T(goes_on_from_everywhere), T(goes_on_from_everywhere_with_threads),
        T(is_the_same_with_any_number_of_threads), T(can_be_closed_in_the_middle),
        T(opens_nothing_that_is_behind_it), T(refuses_another_pile), T(cleans_up));
}
