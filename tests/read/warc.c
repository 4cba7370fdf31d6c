/* warc.c - crawls as they should be: every packing gives the same documents, with
 * what is known of each; what is no document is counted. */
#include "crawl.h"

static crawl_result got;

static const char page_a[] = "<html><p>The ferry left the harbour at nine.</p></html>";
static const char page_b[] = "<html><p>It came back at noon.</p></html>";
static const char url_a[] = "http://a.example/1.html";
static const char url_b[] = "http://a.example/2.html";

enum { RECORDS = 3 };

static void make_records(sheaf_buffer records[RECORDS]) {
    crawl_record(&records[0], "warcinfo", "file:x", "", SLICE("software: none\r\n"));
    crawl_page(&records[1], url_a, "", page_a);
    crawl_page(&records[2], url_b, "", page_b);
}

static void clear_records(sheaf_buffer records[RECORDS]) {
    for (int i = 0; i < RECORDS; i++)
        sheaf_buffer_clear(&records[i]);
}

static void check_both_pages(void) {
    CHECK_NUMBER(got.status, SHEAF_END);
    CHECK_NUMBER(got.count, 2);
    CHECK_NUMBER(got.told_count, 0);
    CHECK_NUMBER(crawl_passed(&got, "requests and notes of the crawler"), 1);
    CHECK_STRING(got.given[0].url, url_a);
    CHECK_STRING(got.given[0].text, page_a);
    CHECK_STRING(got.given[0].record, "urn:x:http://a.example/1.html");
    CHECK_STRING(got.given[0].retrieved, "2021-03-04T05:06:07Z");
    CHECK_STRING(got.given[0].type, "text/html; charset=utf-8");
    CHECK_STRING(got.given[0].note, "");
    CHECK_STRING(got.given[1].text, page_b);
}

TEST(reads_plain_records) {
    sheaf_buffer records[RECORDS] = {0}, all = {0};
    make_records(records);
    for (int i = 0; i < RECORDS; i++)
        sheaf_buffer_add(&all, sheaf_buffer_view(&records[i]));
    size_t first = records[0].size, second = first + records[1].size;
    crawl_read(&got, &all);
    check_both_pages();
    CHECK_NUMBER(got.given[0].from, first);
    CHECK_NUMBER(got.given[0].to, second - 4);
    CHECK_NUMBER(got.given[1].from, second);
    clear_records(records);
}

TEST(reads_gzip_members) {
    sheaf_buffer records[RECORDS] = {0}, all = {0};
    size_t starts[RECORDS + 1] = {0};
    make_records(records);
    for (int i = 0; i < RECORDS; i++) {
        crawl_gzip(&all, sheaf_buffer_view(&records[i]));
        starts[i + 1] = all.size;
    }
    crawl_read(&got, &all);
    check_both_pages();
    CHECK_NUMBER(got.given[0].from, starts[1]);
    CHECK_NUMBER(got.given[0].to, starts[2]);
    CHECK_NUMBER(got.given[1].from, starts[2]);
    CHECK_NUMBER(got.given[1].to, starts[3]);
    clear_records(records);
}

TEST(reads_all_records_in_one_gzip_member) {
    sheaf_buffer records[RECORDS] = {0}, all = {0}, packed = {0};
    make_records(records);
    for (int i = 0; i < RECORDS; i++)
        sheaf_buffer_add(&all, sheaf_buffer_view(&records[i]));
    crawl_gzip(&packed, sheaf_buffer_view(&all));
    crawl_read(&got, &packed);
    check_both_pages();
    CHECK_NUMBER(got.given[1].from, 0);
    sheaf_buffer_clear(&all);
    clear_records(records);
}

/* Members that end anywhere, as parallel gzip programs make them. */
TEST(reads_members_that_end_within_records) {
    sheaf_buffer records[RECORDS] = {0}, all = {0};
    make_records(records);
    for (int i = 0; i < RECORDS; i++)
        sheaf_buffer_add(&all, sheaf_buffer_view(&records[i]));
    for (size_t step = 1; step < 200; step += 13) {
        sheaf_buffer packed = {0};
        for (size_t at = 0; at < all.size; at += step)
            crawl_gzip(&packed, sheaf_slice_part(sheaf_buffer_view(&all), at, at + step));
        crawl_read(&got, &packed);
        check_both_pages();
    }
    sheaf_buffer_clear(&all);
    clear_records(records);
}

TEST(reads_zstd_frames) {
    sheaf_buffer records[RECORDS] = {0}, all = {0};
    size_t second = 0;
    make_records(records);
    for (int i = 0; i < RECORDS; i++) {
        second = all.size;
        crawl_zstd(&all, sheaf_buffer_view(&records[i]), (sheaf_slice){0});
    }
    crawl_read(&got, &all);
    check_both_pages();
    CHECK_NUMBER(got.given[1].from, second);
    clear_records(records);
}

static void add_number(sheaf_buffer *out, size_t number) {
    for (int i = 0; i < 4; i++)
        sheaf_buffer_char(out, (char)(number >> 8 * i & 255));
}

/* A skippable frame with the dictionary in front; packed: compressed itself. */
static void check_dictionary(bool packed) {
    sheaf_buffer records[RECORDS] = {0}, all = {0}, inside = {0};
    char trained[4096];
    static const char sample[] = "WARC/1.0\r\nWARC-Type: response\r\n<html><p>The ferry</p></html>";
    sheaf_buffer samples = {0};
    size_t sizes[200];
    for (int i = 0; i < 200; i++) {
        size_t before = samples.size;
        sheaf_buffer_printf(&samples, "%s%d harbour %d", sample, i * 7919, i);
        sizes[i] = samples.size - before;
    }
    size_t size = crawl_train(trained, sizeof trained, samples.data, sizes, 200);
    sheaf_slice dictionary = {trained, size};
    if (packed)
        crawl_zstd(&inside, dictionary, (sheaf_slice){0});
    else
        sheaf_buffer_add(&inside, dictionary);
    sheaf_buffer_append(&all, "\x5D\x2A\x4D\x18", 4);
    add_number(&all, inside.size);
    sheaf_buffer_add(&all, sheaf_buffer_view(&inside));
    make_records(records);
    for (int i = 0; i < RECORDS; i++)
        crawl_zstd(&all, sheaf_buffer_view(&records[i]), dictionary);
    sheaf_input named = {.name = (char *)(uintptr_t) "x"};
    CHECK(sheaf_warc_reader.bid(&named, sheaf_buffer_view(&all)) > 90);
    crawl_read(&got, &all);
    check_both_pages();
    sheaf_buffer_clear(&samples);
    sheaf_buffer_clear(&inside);
    clear_records(records);
}

TEST(reads_zstd_with_a_dictionary) {
    check_dictionary(false);
}

TEST(reads_zstd_with_a_packed_dictionary) {
    check_dictionary(true);
}

TEST(reads_other_versions_and_line_ends) {
    static const char *const versions[] = {"WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"};
    for (size_t i = 0; i < 4; i++) {
        sheaf_buffer all = {0};
        sheaf_buffer_printf(&all,
                            "%s\nwarc-type: response\nWARC-Target-URI: <http://a.example/x>\n"
                            "WARC-Date: 2021-03-04T05:06:07.123456Z\ncontent-length: 57\n\n"
                            "HTTP/1.0 200 OK\nContent-Type:\n  text/html\n\n<p>Short.</p>\n\n\n",
                            versions[i]);
        sheaf_buffer_printf(&all, "%s\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
                            versions[i]);
        crawl_read(&got, &all);
        CHECK_NUMBER(got.count, 1);
        CHECK_STRING(got.given[0].url, "http://a.example/x");
        CHECK_STRING(got.given[0].retrieved, "2021-03-04T05:06:07Z");
        CHECK_STRING(got.given[0].text, "<p>Short.</p>\n");
        CHECK_NUMBER(got.told_count, 0);
    }
}

TEST(unfolds_headers) {
    sheaf_buffer all = {0}, block = {0};
    crawl_http(&block, "Content-Type: text/html;\r\n\t charset=latin1\r\nX: y\r\n", page_a);
    crawl_record(&all, "response", "http://a.example/long\r\n  /name", "WARC-Other: a\r\n  b\r\n",
                 sheaf_buffer_view(&block));
    crawl_read(&got, &all);
    CHECK_STRING(got.given[0].type, "text/html; charset=latin1");
    CHECK_STRING(got.given[0].url, "http://a.example/long /name");
    sheaf_buffer_clear(&block);
}

TEST(reads_arc_files) {
    sheaf_buffer all = {0};
    static const char body[] = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Old.</p>";
    static const char info[] = "1 0 someone\nURL IP-address Archive-date Content-type "
                               "Archive-length\n";
    sheaf_buffer_printf(&all, "filedesc://x.arc 0.0.0.0 20010203040506 text/plain %zu\n%s\n",
                        sizeof info - 1, info);
    sheaf_buffer_printf(&all,
                        "http://a.example/with blank 192.0.2.7 20010203040507 text/html "
                        "%zu\n%s\n",
                        sizeof body - 1, body);
    sheaf_buffer_printf(&all, "dns:a.example 192.0.2.7 20010203040507 text/dns 3\nabc\n");
    size_t third = all.size;
    sheaf_buffer_printf(&all,
                        "http://a.example/2 192.0.2.7 20010203040508 text/html 200 - - 88 "
                        "x.arc %zu\n%s\n",
                        sizeof body - 1, body);
    crawl_read(&got, &all);
    CHECK_NUMBER(got.status, SHEAF_END);
    CHECK_NUMBER(got.count, 2);
    CHECK_NUMBER(got.told_count, 0);
    CHECK_STRING(got.given[0].url, "http://a.example/with blank");
    CHECK_STRING(got.given[0].retrieved, "2001-02-03T04:05:07Z");
    CHECK_STRING(got.given[1].url, "http://a.example/2");
    CHECK_STRING(got.given[1].text, "<p>Old.</p>");
    CHECK_NUMBER(got.given[1].from, third);
    CHECK_NUMBER(crawl_passed(&got, "requests and notes of the crawler"), 2);
}

static void add_answer(sheaf_buffer *all, const char *url, const char *status, const char *type,
                       const char *body) {
    sheaf_buffer block = {0};
    sheaf_buffer_printf(&block, "HTTP/1.1 %s\r\n%s%s%s\r\n%s", status,
                        *type ? "Content-Type: " : "", type, *type ? "\r\n" : "", body);
    crawl_record(all, "response", url, "", sheaf_buffer_view(&block));
    sheaf_buffer_clear(&block);
}

TEST(counts_what_is_no_document) {
    sheaf_buffer all = {0};
    crawl_record(&all, "request", "http://a/", "", SLICE("GET / HTTP/1.1\r\n\r\n"));
    crawl_record(&all, "metadata", "http://a/", "", SLICE("via: x\r\n"));
    crawl_record(&all, "response", "dns:a.example", "Content-Type: text/dns\r\n", SLICE("1.2.3.4"));
    crawl_record(&all, "resource", "urn:pageinfo:x", "Content-Type: image/png\r\n",
                 SLICE("\x89PNG"));
    add_answer(&all, "http://a/i.jpg", "200 OK", "image/jpeg", "\xFF\xD8");
    add_answer(&all, "http://a/s.css", "200 OK", "text/css", "p {}");
    add_answer(&all, "http://a/s.js", "200 OK", "application/javascript", "x = 1");
    add_answer(&all, "http://a/f.woff", "200 OK", "font/woff2", "wOF2");
    add_answer(&all, "http://a/v.mp4", "200 OK", "video/mp4", "ftyp");
    add_answer(&all, "http://a/old", "301 Moved", "text/html", "<p>Moved.</p>");
    add_answer(&all, "http://a/none", "404 Not Found", "text/html", "<p>None.</p>");
    add_answer(&all, "http://a/empty", "200 OK", "text/html", "");
    add_answer(&all, "http://a/robots.txt", "200 OK", "text/plain", "User-agent: *");
    add_answer(&all, "http://a/feed", "200 OK", "application/rss+xml", "<rss/>");
    add_answer(&all, "http://a/doc.pdf", "200 OK", "application/pdf", "%PDF");
    add_answer(&all, "http://a/what", "200 OK", "application/octet-stream", "\1\2\3\4");
    add_answer(&all, "http://a/data", "200 OK", "application/json", "call({})");
    add_answer(&all, url_b, "200 OK", "text/html", page_b);
    crawl_read(&got, &all);
    CHECK_NUMBER(got.status, SHEAF_END);
    CHECK_NUMBER(got.count, 1);
    CHECK_NUMBER(got.told_count, 0);
    CHECK_NUMBER(crawl_passed(&got, "requests and notes of the crawler"), 3);
    CHECK_NUMBER(crawl_passed(&got, "pictures, scripts and styles"), 5);
    CHECK_NUMBER(crawl_passed(&got, "films and sounds"), 1);
    CHECK_NUMBER(crawl_passed(&got, "redirects and errors"), 2);
    CHECK_NUMBER(crawl_passed(&got, "empty answers"), 1);
    CHECK_NUMBER(crawl_passed(&got, "rules for robots"), 1);
    CHECK_NUMBER(crawl_passed(&got, "feeds and sitemaps"), 1);
    CHECK_NUMBER(crawl_passed(&got, "files of other kinds"), 2);
    CHECK_NUMBER(crawl_passed(&got, "JSON without an article"), 1);
}

TEST(gives_json_and_plain_text) {
    sheaf_buffer all = {0};
    add_answer(&all, "http://a/1", "200 OK", "application/json; charset=utf-8",
               "{\"title\":\"A\",\"text\":\"B\"}");
    add_answer(&all, "http://a/2", "200 OK", "text/plain", "Some text.");
    add_answer(&all, "http://a/3.json", "200 OK", "", "{\"title\":\"A\"}");
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 3);
    CHECK_STRING(got.given[1].text, "Some text.");
}

TEST(makes_articles_of_conversions) {
    sheaf_buffer all = {0};
    crawl_record(&all, "conversion", url_a, "Content-Type: text/plain\r\n",
                 SLICE("Ferry back on time\nThe ferry left the harbour at nine.\n\n"
                       "  It came back at noon. \n"));
    crawl_record(&all, "conversion", url_b, "Content-Type: text/plain\r\n",
                 SLICE("The first line is a sentence.\nThe second is one too."));
    crawl_record(&all, "conversion", url_b, "Content-Type: image/png\r\n", SLICE("\x89PNG"));
    crawl_read(&got, &all);
    CHECK_NUMBER(got.status, SHEAF_END);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].note, "Ferry back on time");
    CHECK_STRING(got.given[0].text, "The ferry left the harbour at nine.\n\nIt came back at noon.");
    CHECK_STRING(got.given[0].url, url_a);
    CHECK_STRING(got.given[0].record, "urn:x:http://a.example/1.html");
    CHECK_STRING(got.given[0].retrieved, "2021-03-04T05:06:07Z");
    CHECK_STRING(got.given[1].note, "");
    CHECK_NUMBER(crawl_passed(&got, "pictures, scripts and styles"), 1);
}

TEST(knows_repeats) {
    sheaf_buffer all = {0};
    static const char told[] = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    crawl_page(&all, url_a, "", page_a);
    crawl_record(&all, "revisit", url_a, "WARC-Refers-To: <urn:x:http://a.example/1.html>\r\n",
                 SLICE("HTTP/1.1 200 OK\r\n\r\n"));
    crawl_record(&all, "revisit", url_b, told, SLICE("HTTP/1.1 304 Not Modified\r\n\r\n"));
    crawl_page(&all, url_b, told, page_b);
    crawl_record(&all, "revisit", url_b, told, SLICE("HTTP/1.1 200 OK\r\n\r\n"));
    crawl_record(&all, "revisit", "http://a/1.png", "",
                 SLICE("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"));
    crawl_record(&all, "revisit", "http://a/old", "", SLICE("HTTP/1.1 301 Moved\r\n\r\n"));
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 2);
    CHECK_NUMBER(crawl_passed(&got, "repeats of what is in the pile"), 2);
    CHECK_NUMBER(crawl_passed(&got, "pictures, scripts and styles"), 1);
    CHECK_NUMBER(crawl_passed(&got, "redirects and errors"), 1);
    CHECK_NUMBER(got.told_count, 2);
    CHECK(crawl_told(&got, "its digest is wrong"));
    CHECK(crawl_told(&got, "a repeat of a record that was not seen: sha1:AAAA"));
}

/* Every mark leads to the record it was made at: a page is given again, and behind an
 * article the next one comes. */
static void check_marks(sheaf_slice bytes) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    static crawl_result whole, rest;
    crawl_read_from(&whole, bytes, NULL, &limits);
    CHECK_NUMBER(whole.count, 4);
    for (int i = 0; i < whole.count; i++) {
        int first = i + (i == 1); /* the second is an article */
        crawl_read_from(&rest, bytes, whole.given[i].mark, &limits);
        CHECK_NUMBER(rest.status, SHEAF_END);
        CHECK_NUMBER(rest.count, whole.count - first);
        CHECK_STRING(rest.given[0].url, whole.given[first].url);
        CHECK_NUMBER(rest.given[0].from, whole.given[first].from);
        CHECK_STRING(rest.given[rest.count - 1].mark, whole.given[whole.count - 1].mark);
    }
}

static void make_mixed(sheaf_buffer records[4]) {
    crawl_page(&records[0], url_a, "", page_a);
    crawl_record(&records[1], "conversion", "http://a.example/t", "Content-Type: text/plain\r\n",
                 SLICE("A headline stands here\nAnd a paragraph."));
    crawl_page(&records[2], url_b, "", page_b);
    crawl_page(&records[3], "http://a.example/3.html", "", page_b);
}

TEST(goes_on_from_marks) {
    sheaf_buffer records[4] = {0}, plain = {0}, members = {0}, one = {0}, frames = {0};
    make_mixed(records);
    for (int i = 0; i < 4; i++) {
        sheaf_slice record = sheaf_buffer_view(&records[i]);
        sheaf_buffer_add(&plain, record);
        crawl_gzip(&members, record);
        crawl_zstd(&frames, record, (sheaf_slice){0});
    }
    crawl_gzip(&one, sheaf_buffer_view(&plain));
    check_marks(sheaf_buffer_view(&plain));
    check_marks(sheaf_buffer_view(&members));
    check_marks(sheaf_buffer_view(&one));
    check_marks(sheaf_buffer_view(&frames));
    sheaf_buffer *all[] = {&records[0], &records[1], &records[2], &records[3],
                           &plain,      &members,    &one,        &frames};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sheaf_buffer_clear(all[i]);
}

TEST(refuses_marks_of_another_crawl) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_buffer all = {0};
    crawl_page(&all, url_a, "", page_a);
    crawl_read_from(&got, sheaf_buffer_view(&all), "0.0.12345", &limits);
    CHECK_NUMBER(got.status, SHEAF_MISUSE);
    crawl_read_from(&got, sheaf_buffer_view(&all), "99999.0.0", &limits);
    CHECK(got.status != SHEAF_OK && got.count == 0);
    crawl_read_from(&got, sheaf_buffer_view(&all), "x", &limits);
    CHECK_NUMBER(got.status, SHEAF_MISUSE);
    sheaf_buffer_clear(&all);
}

static int bid_for(sheaf_slice head) {
    sheaf_input named = {.name = (char *)(uintptr_t) "x"};
    return sheaf_warc_reader.bid(&named, head);
}

TEST(bids_on_crawls_alone) {
    sheaf_buffer crawl = {0}, other = {0};
    crawl_gzip(&crawl,
               SLICE("WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"));
    crawl_gzip(&other, SLICE("{\"title\":\"no crawl\"}"));
    CHECK(bid_for(sheaf_buffer_view(&crawl)) > 90);
    CHECK(bid_for(sheaf_slice_part(sheaf_buffer_view(&crawl), 0, 40)) > 90);
    CHECK(bid_for(SLICE("filedesc://x.arc 0.0.0.0 20010203040506 text/plain 3\n")) > 90);
    CHECK_NUMBER(bid_for(sheaf_buffer_view(&other)), 0);
    CHECK_NUMBER(bid_for(SLICE("WARC is a format")), 0);
    CHECK_NUMBER(bid_for(SLICE("http://a.example/ and more")), 0);
    CHECK_NUMBER(bid_for((sheaf_slice){0}), 0);
    sheaf_buffer_clear(&crawl);
    sheaf_buffer_clear(&other);
}

int main(void) {
    RUN(T(reads_plain_records), T(reads_gzip_members), T(reads_all_records_in_one_gzip_member),
        T(reads_members_that_end_within_records), T(reads_zstd_frames),
        T(reads_zstd_with_a_dictionary), T(reads_zstd_with_a_packed_dictionary),
        T(reads_other_versions_and_line_ends), T(unfolds_headers), T(reads_arc_files),
        T(counts_what_is_no_document), T(gives_json_and_plain_text),
        T(makes_articles_of_conversions), T(knows_repeats), T(goes_on_from_marks),
        T(refuses_marks_of_another_crawl), T(bids_on_crawls_alone));
}
